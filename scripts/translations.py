"""Bring the translations in step with the sentences of the source: ``python scripts/translations.py``.

New sentences enter each catalogue empty, those that are gone leave it, and those still to be translated are
listed; then the catalogues are compiled. With ``--check`` nothing is written, and the exit code says whether all
is in step and translated. With ``--compile`` the catalogues are only compiled, as an install does
(``hatch_build.py``): that is what a checkout wants after a pull.

The compiled file (``.mo``) of French gets the spaces of its typography, so that nothing sets them at run time.
"""

import ast
import os
import re
import sys
from collections.abc import Container, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "plancli"
KEYWORDS: Any = {"_": {1: (1,), 2: (1, (2, "c"))}, "ngettext": (1, 2), "N_": None}


def calls(file: Any, keywords: Container[str], comment_tags: object, options: object) -> Iterator[Any]:
    """Yield the marked sentences of a module for Babel, whose own reader passes over those in f-strings."""
    for node in ast.walk(ast.parse(file.read())):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in keywords:
            texts = tuple(str(arg.value) if isinstance(arg, ast.Constant) else "" for arg in node.args)
            if any(texts):
                yield node.lineno, node.func.id, texts if len(texts) > 1 else texts[0], []


def sentences() -> Catalog:
    """Extract every sentence of the source, in its order; of the page of a rule each paragraph."""
    from plancli.check.catalogue import RULES  # a build hasn't installed plancli

    template = Catalog(charset="utf-8")
    for path in sorted([*SOURCE.rglob("*.py"), *SOURCE.rglob("*.j2")]):
        with path.open("rb") as file:
            reader = "jinja2" if path.suffix == ".j2" else calls
            found = sorted(extract(reader, file, KEYWORDS), key=lambda each: each[0])
        for _line, message, _comments, context in found:
            if "\n" not in message[0] and "\n" not in message:
                template.add(message, None, [(path.relative_to(SOURCE).as_posix(), 0)], context=context)
    for rule in RULES:
        template.add(rule.summary, None, [("check", 0)])
        for block in rule.paragraphs[1:]:
            if not block.startswith(" "):
                template.add(block, None, [("check", 0)])
    return template


def catalogues(source: Path = SOURCE) -> Iterator[Path]:
    """Yield the source of each translation."""
    yield from sorted(source.glob("locale/*/LC_MESSAGES/plancli.po"))


def read(path: Path) -> Catalog:
    """Read a catalogue."""
    return read_po(BytesIO(path.read_bytes()), locale=path.parts[-3], abort_invalid=True)


def updated(path: Path, template: Catalog) -> tuple[bytes, list[str]]:
    """Return a catalogue as it should be written, under its own head, and sentences it doesn't translate."""
    head = path.read_bytes().partition(b"\n\n")[0]
    catalogue = read(path)
    catalogue.update(template, no_fuzzy_matching=True, update_creation_date=False)
    catalogue.obsolete.clear()
    out = BytesIO()
    write_po(
        out, catalogue, width=110, omit_header=True, sort_by_file=True, include_lineno=False, ignore_obsolete=True
    )
    missing = [
        message.id if isinstance(message.id, str) else message.id[0]
        for message in catalogue
        if message.id and (message.fuzzy or not all(forms(message)))
    ]
    return head + b"\n\n" + out.getvalue().strip() + b"\n", missing


def forms(message: Message) -> tuple[str, ...]:
    """Return the forms of a translation: one, or two for a plural; an empty one where it is missing."""
    if isinstance(message.id, str):
        return (str(message.string or ""),)
    given = tuple(message.string or ())
    return given + ("",) * (2 - len(given))


WIDE = "\u00a0"
NARROW = "\u202f"

_QUOTED = re.compile(r'("[^"]*"|`[^`]*`)')
_BEFORE = {":": WIDE, ";": NARROW, "!": NARROW, "?": NARROW, "»": NARROW, "%": NARROW}
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


def typeset(text: str) -> str:
    """Return a French text with the spaces of typography where it has plain ones.

    U+00A0 before ``:`` and after ``n°``; U+202F before ``; ! ? %``, inside « » and inside numbers. What is in
    straight quotes or backquotes is a name or code to be typed, and left alone.
    """
    return "".join(piece if place % 2 else _typeset(piece) for place, piece in enumerate(_QUOTED.split(text)))


def _typeset(text: str) -> str:
    for mark, space in _BEFORE.items():
        text = text.replace(f" {mark}", space + mark)
    text = text.replace("« ", f"«{NARROW}").replace("n° ", f"n°{WIDE}").replace("N° ", f"N°{WIDE}")
    return _THOUSANDS.sub(NARROW, text)


def compiled(path: Path) -> bytes:
    """Return the compiled form of a catalogue; a French one with its typography."""
    catalogue = read(path)
    for message in catalogue if path.parts[-3] == "fr" else ():
        if message.id and message.string:
            text = message.string
            message.string = typeset(text) if isinstance(text, str) else tuple(map(typeset, text))
    out = BytesIO()
    write_mo(out, catalogue)
    return out.getvalue()


def compile_stale() -> None:
    """Compile each catalogue that is newer than its compiled file."""
    for path in catalogues():
        target = path.with_suffix(".mo")
        if not target.exists() or target.stat().st_mtime_ns < path.stat().st_mtime_ns:
            part = target.with_suffix(f".{os.getpid()}.mo")  # more than one run of the tests may do this
            part.write_bytes(compiled(path))
            part.replace(target)
            print(f"{target.relative_to(ROOT)}: compiled")


def main(check: bool) -> int:
    """Update or check every catalogue."""
    template = sentences()
    wrong = False
    for path in catalogues():
        text, missing = updated(path, template)
        if text != path.read_bytes():
            wrong = check
            print(f"{path.relative_to(ROOT)}: {'is not in step with the source' if check else 'updated'}")
        if not check:
            path.write_bytes(text)
        for sentence in missing:
            print(f"  to translate: {sentence}")
        wrong |= bool(missing)
    if not check:
        compile_stale()
    return int(wrong)


if __name__ == "__main__":
    if sys.argv[1:] == ["--compile"]:
        compile_stale()
    else:
        sys.exit(main("--check" in sys.argv[1:]))
