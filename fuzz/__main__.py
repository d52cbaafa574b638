"""Fuzz one target with atheris: ``python -m fuzz TARGET [OPTIONS OF LIBFUZZER]``.

The targets are ``reader`` (bytes), ``plans`` (mutated plans through validate, list, diff and fmt) and ``tables``
(bytes and mutated CSV, XLSX and ODS into import). ``-max_total_time=600`` runs for ten minutes. What is found is
written to ``crash-…`` with the input; it becomes a test in ``tests/reliability``.
"""

import pkgutil
import sys
import tempfile
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["plancli", "fuzz.mutation", "fuzz.properties"]):
    import plancli
    from fuzz import mutation, properties

    for module in pkgutil.walk_packages(plancli.__path__, "plancli."):  # what is imported late isn't instrumented
        if not module.name.endswith("__main__"):
            import_module(module.name)

FOLDER = Path(tempfile.mkdtemp(prefix="plancli-fuzz-"))


def reader(data: bytes) -> None:
    """Take the bytes for a file."""
    properties.hold_reading(data)


def plans(data: bytes) -> None:
    """Take the bytes for edits of a plan."""
    edits, moves = mutation.script(data[1:])
    base = properties.plans()[data[:1] > b"\xd0"]
    text = mutation.moved(mutation.edited(base, edits), moves)
    properties.hold_commands(text.encode("utf-8", "surrogatepass"), base.encode(), FOLDER)


def tables(data: bytes) -> None:
    """Take the bytes for a table, or for edits of one."""
    kind, rest = data[:1], data[1:]
    if kind < b"\x30":
        properties.hold_import(rest, "x")
        return
    edits, moves = mutation.script(rest)

    def change(text: str) -> str:
        return mutation.moved(mutation.edited(text, edits), moves)

    if kind < b"\xa0":
        properties.hold_import(change(properties.table()).encode(), "x.csv")
    elif kind < b"\xd0":
        properties.hold_import(properties.workbook(properties.table(), change), "x.xlsx")
    else:
        properties.hold_import(properties.opendocument(properties.table(), change), "x.ods")


MOST_SECONDS = 5
"""Processor time an input may take, instrumented: a busy machine is no finding."""


def bounded(target: Callable[[bytes], None]) -> Callable[[bytes], None]:
    """Hold a target to its processor time."""

    def run(data: bytes) -> None:
        before = time.process_time()
        target(data)
        assert time.process_time() - before < MOST_SECONDS

    return run


TARGETS = {"reader": reader, "plans": plans, "tables": tables}


def main() -> None:
    """Fuzz the target that is named."""
    properties.speak_english()
    name = sys.argv[1] if len(sys.argv) > 1 else ""
    if name not in TARGETS:
        sys.exit(f"{__doc__}\nTargets: {' '.join(TARGETS)}")
    options = [
        sys.argv[0],
        "-timeout=60",
        "-len_control=0",
        "-rss_limit_mb=600",
        f"-artifact_prefix={name}-",
        *sys.argv[2:],
    ]
    atheris.Setup(options, bounded(TARGETS[name]))
    atheris.Fuzz()


if __name__ == "__main__":
    main()
