"""Measure plancli against its targets, whole processes in turn, and print one table.

    python benchmarks/run.py              everything (about half an hour)
    python benchmarks/run.py --quick      fewer runs, nothing past 10,000 actions
    python benchmarks/run.py --only log   the rows whose name holds the word

Makes a venv for plancli and one for the peers in benchmarks/.work, and generates plans and a history there.
"""

import argparse
import os
import platform
import shutil
import subprocess
import sys
import venv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from generate import history, plan
from measure import Command, Ratio, compare, run

HERE = Path(__file__).parent
ROOT = HERE.parent
WORK = HERE / ".work"
SIZES = (31, 1_000, 10_000, 100_000)
SCHEMA = ROOT / "schema" / "plan.schema.json"
REAL = ROOT / "data" / "plan.yaml"


@dataclass(frozen=True)
class Row:
    """One line of the table: what is measured, against what, the target, and how."""

    name: str
    against: str
    target: float
    measure: Callable[[], Ratio]
    big: bool = False


@dataclass(frozen=True)
class Bench:
    """The venvs, the generated files and how many rounds a row takes."""

    rounds: int

    @property
    def plancli(self) -> str:
        return str(WORK / "plancli" / "bin" / "plancli")

    @property
    def python(self) -> str:
        return str(WORK / "plancli" / "bin" / "python")

    def peer(self, name: str) -> str:
        return str(WORK / "peers" / "bin" / name)

    def file(self, actions: int) -> str:
        return str(WORK / f"plan-{actions}.yaml")

    def ours(self, *words: str, terminal: bool = False, **environment: str) -> Command:
        """Give a plancli command on the real plan, or on the one the words name."""
        return Command((self.plancli, *words), environment, ROOT, terminal)

    def bare(self) -> Command:
        """Give the bare interpreter, the unit of start-up."""
        return Command((self.python, "-c", "pass"))

    def wall(self, ours: Command, theirs: Command, rounds: int | None = None) -> Ratio:
        return compare(ours, theirs, rounds or self.rounds, lambda r: r.wall)

    def start_up(self) -> Iterator[Row]:
        pairs = [("list",), ("summary",), ("show", "9")]
        for words in pairs:
            name = f"{' '.join(words)}, piped"
            yield Row(name, "python -c pass", 8.5, lambda w=words: self.wall(self.ours(*w), self.bare()))
        for words in pairs[:2]:
            command = self.ours(*words, terminal=True, TERM="xterm-256color")
            yield Row(f"{words[0]}, terminal", "python -c pass", 13, lambda c=command: self.wall(c, self.bare()))
        completion = self.ours(_PLANCLI_COMPLETE="complete_bash", COMP_WORDS="plancli list -d D", COMP_CWORD="3")
        yield Row("completion of -d D", "python -c pass", 9, lambda: self.wall(completion, self.bare()))
        yield Row("--help", "python -c pass", 16, lambda: self.wall(self.ours("--help"), self.bare()))
        diff = Command((self.plancli, "diff", "HEAD~1"), {}, WORK / "real-history")
        yield Row("diff HEAD~1", "python -c pass", 10.5, lambda: self.wall(diff, self.bare()))
        french = self.ours("list", PLANCLI_LANG="fr")
        yield Row("list in French", "list in English", 1.1, lambda: self.wall(french, self.ours("list")))

    def loading(self) -> Iterator[Row]:
        for actions, target in ((31, 0.48), (10_000, 0.15)):
            yield Row(
                f"load with positions, in process, {actions:,}",
                "yaml.load(CSafeLoader)",
                target,
                lambda n=actions: self.load(n),
            )
        for actions, target in ((10_000, 0.48), (100_000, 0.33)):
            yield Row(
                f"peak memory of list, {actions:,}",
                "the same load",
                target,
                lambda n=actions: compare(
                    self.ours("list", "--plan", self.file(n)),
                    self.safe_load(n),
                    1 if n > 10_000 else 2,
                    lambda r: r.peak,
                ),
                big=actions > 10_000,
            )
        yield Row(
            "list -d D01 piped, 10,000, whole process",
            "load alone with CSafeLoader",
            0.40,
            lambda: self.wall(
                self.ours("list", "-d", "D01", "--plan", self.file(10_000)), self.safe_load(10_000), 5
            ),
        )

    def load(self, actions: int) -> Ratio:
        rounds = 60 if actions < 1000 else 5
        arguments = [self.python, str(HERE / "load.py"), self.file(actions), str(rounds)]
        values: tuple[list[float], list[float]] = ([], [])
        for _round in range(3):
            printed = subprocess.run(arguments, check=True, capture_output=True, text=True).stdout.split()
            for series, value in zip(values, printed, strict=True):
                series.append(float(value))
        return Ratio.of(*values)

    def safe_load(self, actions: int) -> Command:
        code = f"import yaml; yaml.load(open({self.file(actions)!r}, 'rb').read(), yaml.CSafeLoader)"
        return Command((self.python, "-c", code))

    def validating(self) -> Iterator[Row]:
        for label, files, target, rounds in self.validated():
            peer = Command((self.peer("check-jsonschema"), "--schemafile", str(SCHEMA), *files))
            ours = self.ours("validate", *files)
            yield Row(
                f"validate, {label}",
                "check-jsonschema",
                target,
                lambda o=ours, p=peer, n=rounds: self.wall(o, p, n),
            )
        ajv = WORK / "node_modules" / ".bin" / "ajv"
        if not ajv.exists():
            return
        for (label, files, _target, rounds), target in zip(self.validated()[1:], (1.0, 0.65), strict=True):
            data = [part for file in files for part in ("-d", file)]
            peer = Command((str(ajv), "validate", "--spec=draft2020", "-s", str(SCHEMA), *data))
            ours = self.ours("validate", *files)
            yield Row(f"validate, {label}", "ajv-cli", target, lambda o=ours, p=peer, n=rounds: self.wall(o, p, n))

    def validated(self) -> list[tuple[str, list[str], float, int]]:
        many = [str(file) for file in sorted((WORK / "many").glob("*.yaml"))]
        return [
            ("real plan", [str(REAL)], 0.40, self.rounds),
            ("10,000", [self.file(10_000)], 0.12, 3),
            ("101 files of 31", many, 0.20, 3),
        ]

    def growing(self) -> Iterator[Row]:
        yield Row(
            "summary --by a --by b at 100,000, beyond loading", "loading", 0.2, self.beyond_loading, big=True
        )
        log = Command((self.plancli, "log"), {}, WORK / "history")
        git = Command(("git", "log", "-p", "--", "data/plan.yaml"), {"GIT_PAGER": "cat"}, WORK / "history")
        yield Row("log over 500 commits", "git log -p", 8, lambda: self.wall(log, git, 5))
        commands = {
            "list": ("list",),
            "summary": ("summary",),
            "summary --by --by": ("summary", "--by", "directorate", "--by", "priority"),
            "validate": ("validate",),
        }
        for name, words in commands.items():
            yield Row(
                f"growth of {name}, 1,000 to 100,000 (time an action)",
                "100 × as long",
                1.2,
                lambda w=words: self.growth(w),
                big=True,
            )

    def timed(self, words: tuple[str, ...], actions: int, rounds: int) -> float:
        plan_of = (self.file(actions),) if words[0] == "validate" else ("--plan", self.file(actions))
        return min(run(self.ours(*words, *plan_of)).cpu for _round in range(rounds))

    def growth(self, words: tuple[str, ...]) -> Ratio:
        """Compare CPU seconds an action, beyond start-up, at 100,000 and at 1,000."""
        start = self.timed(words, 31, 7)
        small = (self.timed(words, 1_000, 7) - start) / (1_000 - 31)
        large = (self.timed(words, 100_000, 2) - start) / (100_000 - 31)
        return Ratio.of([large], [small])

    def beyond_loading(self) -> Ratio:
        """Compare what a cross-table costs beyond `show 1`, with what `show 1` costs (reading and checking)."""
        show = self.timed(("show", "1"), 100_000, 3)
        cross = self.timed(("summary", "--by", "pilot", "--by", "year"), 100_000, 3)
        return Ratio.of([max(cross - show, 1e-9)], [show])


def prepare(quick: bool) -> None:
    """Make the venvs, the plans and the histories that aren't there yet; plancli itself is installed anew."""
    WORK.mkdir(exist_ok=True)
    for name, packages in (("plancli", [f"{ROOT}[all]"]), ("peers", ["check-jsonschema", "yamllint"])):
        folder = WORK / name
        if name == "plancli":
            shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            venv.create(folder, with_pip=True)
            subprocess.run([folder / "bin" / "pip", "install", "-q", *packages], check=True)
    if shutil.which("npm") and not (WORK / "node_modules").exists():
        subprocess.run(["npm", "install", "--silent", "--prefix", str(WORK), "ajv-cli@5"], check=False)
    for actions in SIZES[: 3 if quick else 4]:
        file = WORK / f"plan-{actions}.yaml"
        if not file.exists():
            file.write_text(plan(actions), "utf-8", newline="\n")
    if not (WORK / "many").exists():
        (WORK / "many").mkdir()
        for seed in range(101):
            (WORK / "many" / f"plan-{seed:03}.yaml").write_text(plan(31, seed), "utf-8", newline="\n")
    if not (WORK / "history").exists():
        history(REAL.read_text("utf-8"), 500, WORK / "history")
    if not (WORK / "real-history").exists():
        history(REAL.read_text("utf-8"), 2, WORK / "real-history")


def machine() -> str:
    """Name the machine and the versions that the figures belong to."""
    peers = subprocess.run(
        [WORK / "peers" / "bin" / "pip", "list", "--format=freeze"], capture_output=True, text=True, check=True
    ).stdout.split()
    named = [line for line in peers if line.startswith(("check-jsonschema", "yamllint"))]
    own = subprocess.run(
        [WORK / "plancli" / "bin" / "pip", "list", "--format=freeze"], capture_output=True, text=True, check=True
    ).stdout.split()
    named += [
        line for line in own if line.lower().startswith(("typer=", "rich=", "pyyaml=", "jsonschema=", "plancli="))
    ]
    return f"{platform.platform()}, {os.cpu_count()} cores, Python {platform.python_version()}; {', '.join(named)}"


def main() -> int:
    """Measure the rows that are asked for; exit 1 when a target isn't met."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--only", default="", metavar="WORD")
    options = parser.parse_args()
    prepare(options.quick)
    bench = Bench(rounds=9 if options.quick else 25)
    print(machine(), flush=True)
    print(
        "\n| what | against | target | ratio | quartiles | ours | theirs | |\n|---|---|--:|--:|--:|--:|--:|---|",
        flush=True,
    )
    missed = 0
    for row in [*bench.start_up(), *bench.loading(), *bench.validating(), *bench.growing()]:
        if options.only not in row.name or (options.quick and row.big):
            continue
        ratio = row.measure()
        met = ratio.value <= row.target
        missed += not met
        cells = [
            row.name,
            row.against,
            f"≤ {row.target:g}",
            f"{ratio.value:.3g}",
            f"{ratio.low:.3g}–{ratio.high:.3g}",
        ]
        cells += [figure(ratio.ours), figure(ratio.theirs), "met" if met else "**missed**"]
        print(f"| {' | '.join(cells)} |", flush=True)
    return 1 if missed else 0


def figure(value: float) -> str:
    """Give seconds (or MiB) with three significant digits."""
    return f"{value:.3g}"


if __name__ == "__main__":
    sys.exit(main())
