"""The rows of the table: what is measured, against what, the target, and how."""

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from measure import Command, Failed, Ratio, Run, compare, run
from prepare import AJV, HERE, REAL, ROOT, SCHEMA, WORK, file, full_file, many_files, revised_file, table_file

PLANCLI = str(WORK / "plancli" / "bin" / "plancli")
PYTHON = str(WORK / "plancli" / "bin" / "python")
PASS = "python -c pass"


@dataclass(frozen=True)
class Row:
    """One line of the table; ``unit`` is what both sides are told in. A ``big`` one takes 100,000 actions."""

    name: str
    against: str
    target: float
    measure: Callable[[], Ratio]
    unit: str = "s"
    big: bool = False


@dataclass(frozen=True)
class Bench:
    """How often start-up is measured, and whether times are CPU seconds (for a busy machine) or wall seconds."""

    rounds: int
    cpu: bool

    def time(self, result: Run) -> float:
        """Return the time that counts."""
        return result.cpu if self.cpu else result.wall

    def against(self, ours: Command, theirs: Command, rounds: int = 0) -> Callable[[], Ratio]:
        """Compare the times of two commands later."""
        return lambda: compare(ours, theirs, rounds or self.rounds, self.time)

    def rows(self) -> Iterator[Row]:
        """Return all rows, in the order of the table."""
        yield from self.start_up()
        yield from self.loading()
        yield from self.validating()
        yield from self.asking()
        yield from self.growing()

    def start_up(self) -> Iterator[Row]:
        bare = Command((PYTHON, "-c", "pass"))
        for words in (("list",), ("summary",), ("show", "9")):
            yield Row(f"`{' '.join(words)}`, piped, real plan", PASS, 8.5, self.against(ours(*words), bare))
        for word in ("list", "summary"):
            command = ours(word, terminal=True, TERM="xterm-256color")
            yield Row(f"`{word}`, on a terminal", PASS, 13, self.against(command, bare))
        words = {"COMP_WORDS": "plancli list -d D", "COMP_CWORD": "3"}
        yield Row(
            "completion of `-d D`", PASS, 9, self.against(ours(_PLANCLI_COMPLETE="complete_bash", **words), bare)
        )
        yield Row("`--help`", PASS, 16, self.against(ours("--help"), bare))
        # A repository inside another one's work tree, as this one is, takes one more question to git.
        alone = {"GIT_CEILING_DIRECTORIES": str(WORK)}
        diff = Command((PLANCLI, "diff", "HEAD~1"), alone, WORK / "real-history")
        yield Row("`diff HEAD~1`", PASS, 10.5, self.against(diff, bare))

    def loading(self) -> Iterator[Row]:
        safe = "yaml.load(CSafeLoader)"
        for actions, target, rounds in ((31, 0.48, 60), (10_000, 0.15, 2)):
            name = f"load with positions, in process, {actions:,} actions"
            yield Row(name, safe, target, lambda n=actions, r=rounds: load(n, r))
        for actions, target in ((10_000, 0.48), (100_000, 0.33)):
            mine, other = ours("list", "--plan", file(actions)), safe_load(actions)
            yield Row(
                f"peak memory of `list`, {actions:,} actions",
                "the same load",
                target,
                lambda m=mine, o=other: compare(m, o, 1, lambda each: each.peak, warm=False),
                "MiB",
                big=actions > 10_000,
            )

    def validating(self) -> Iterator[Row]:
        sets = (("real plan", [str(REAL)], self.rounds), ("10,000 actions", [file(10_000)], 3))
        sets = (*sets, ("101 files of 31", many_files(), 5))
        checker = str(WORK / "peers" / "bin" / "check-jsonschema")
        for (name, files, rounds), target in zip(sets, (0.40, 0.12, 0.20), strict=True):
            theirs = Command((checker, "--schemafile", str(SCHEMA), *files))
            measure = self.against(ours("validate", *files), theirs, rounds)
            yield Row(f"`validate`, {name}", "check-jsonschema", target, measure)
        for (name, files, rounds), target in zip(sets[1:], (1.0, 0.65), strict=True):
            data = [part for each in files for part in ("-d", each)]
            theirs = Command((str(AJV), "validate", "--spec=draft2020", "-s", str(SCHEMA), *data))
            measure = self.against(ours("validate", *files), theirs, rounds)
            yield Row(f"`validate`, {name}", "ajv-cli", target, measure)
        linter = str(WORK / "peers" / "bin" / "yamllint")
        theirs = Command((linter, "-d", "relaxed", str(REAL)), codes=(0, 1))
        yield Row("`validate`, real plan", "yamllint", 1.0, self.against(ours("validate", str(REAL)), theirs))

    def asking(self) -> Iterator[Row]:
        listed = self.against(ours("list", "-d", "D01", "--plan", file(10_000)), safe_load(10_000), 3)
        yield Row("`list -d X`, piped, 10,000 actions, whole process", "CSafeLoader's load alone", 0.40, listed)
        for actions, rounds in ((31, self.rounds), (10_000, 3)):
            name = f"`list`, all new keys, {actions:,} actions, a byte"
            measure = partial(self.a_byte, ("list",), full_file(actions), file(actions), rounds)
            yield Row(name, "the same plan without them", 1.3, measure)
        late = partial(self.a_byte, ("list", "--late"), full_file(10_000, 5), full_file(10_000), 3)
        name = "`list --late`, 10,000 actions, five entries each, a byte"
        yield Row(name, "the same plan without entries", 1.5, late)
        several = ours("summary", "--plan", str(WORK / "many"))
        one = ours("summary", "--plan", many_files()[0])
        yield Row("`summary`, 101 plans of 31 actions", "one of them", 6, self.against(several, one))
        followed, checked = full_file(10_000, 5), ours("validate", file(10_000))
        progress = self.against(ours("progress", "--plan", followed), ours("list", "--plan", followed), 3)
        yield Row("`progress`, 10,000 actions, five entries each", "`list` of them", 1.5, progress)
        change = ours("set", "5", "priority=1", "years=2021", "--dry-run", "--plan", file(10_000))
        yield Row("`set`, 10,000 actions", "`validate` of them", 4, self.against(change, checked, 3))
        imported = self.against(ours("import", table_file()), checked, 3)
        yield Row("`import` of 10,000 rows", "`validate` of their plan", 5, imported)
        crossed = "`summary --by a --by b`, 100,000 actions, beyond loading"
        yield Row(crossed, "loading", 0.2, self.beyond_loading, big=True)
        log = Command((PLANCLI, "log"), {}, WORK / "history")
        git = Command(("git", "--no-pager", "log", "-p", "--", "data/plan.yaml"), {}, WORK / "history")
        yield Row("`log`, 500 commits", "git log -p", 12, self.against(log, git, 5))

    def growing(self) -> Iterator[Row]:
        commands: dict[str, Callable[[int], Command]] = {
            "list": lambda n: ours("list", "--plan", file(n)),
            "summary": lambda n: ours("summary", "--plan", file(n)),
            "summary --by --by": lambda n: ours(*CROSS, "--plan", file(n)),
            "validate": lambda n: ours("validate", file(n)),
            "export": lambda n: ours("export", str(WORK / "out.csv"), "--plan", file(n)),
            "diff": lambda n: ours("diff", file(n), revised_file(n)),
            "log": lambda n: Command((PLANCLI, "log"), {}, WORK / f"history-{n}"),
        }
        for name, command in commands.items():
            measure = lambda c=command: self.growth(c)  # noqa: E731
            yield Row(f"`{name}`: time an action at 100,000", "the same at 1,000", 1.2, measure, "µs", big=True)

    def quickest(self, command: Command, rounds: int) -> float:
        """Return the CPU seconds of the best of some runs: what is no noise."""
        return min(run(command).cpu for _round in range(rounds))

    def a_byte(self, words: tuple[str, ...], one: str, other: str, rounds: int) -> Ratio:
        """Compare what a command takes for each byte of two plans."""
        found = compare(ours(*words, "--plan", one), ours(*words, "--plan", other), rounds, self.time)
        factor = os.path.getsize(other) / os.path.getsize(one)
        return replace(found, value=found.value * factor, low=found.low * factor, high=found.high * factor)

    def growth(self, command: Callable[[int], Command]) -> Ratio:
        """Compare CPU time an action, beyond start-up, at 100,000 and at 1,000; three times, all in turn."""
        series: tuple[list[float], list[float]] = ([], [])
        for _round in range(3):
            start = self.quickest(command(31), 5)
            small = (self.quickest(command(1_000), 5) - start) / (1_000 - 31)
            large = (self.quickest(command(100_000), 1) - start) / (100_000 - 31)
            series[0].append(large * 1e6)
            series[1].append(small * 1e6)
        return Ratio.of(*series)

    def beyond_loading(self) -> Ratio:
        """Compare what a cross-table costs beyond loading with loading, in one process."""
        words = [PYTHON, str(HERE / "in_process.py"), "cross", file(100_000)]
        cross, loading = _printed(words)
        return Ratio.of([cross], [loading])


CROSS = ("summary", "--by", "pilot", "--by", "year")


def ours(*words: str, terminal: bool = False, **environment: str) -> Command:
    """Return a plancli command on the real plan, or on the one the words name."""
    return Command((PLANCLI, *words), environment, ROOT, terminal)


def safe_load(actions: int) -> Command:
    """Return a process that loads a plan with PyYAML and does nothing else."""
    code = f"import yaml; yaml.load(open({file(actions)!r}, 'rb').read(), yaml.CSafeLoader)"
    return Command((PYTHON, "-c", code))


def load(actions: int, rounds: int) -> Ratio:
    """Compare reading with positions and PyYAML's load, in three processes."""
    series: tuple[list[float], list[float]] = ([], [])
    for _round in range(3):
        for values, value in zip(
            series,
            _printed([PYTHON, str(HERE / "in_process.py"), "load", file(actions), str(rounds)]),
            strict=True,
        ):
            values.append(value)
    return Ratio.of(*series)


def _printed(words: list[str]) -> tuple[float, float]:
    try:
        done = subprocess.run(words, check=True, capture_output=True, text=True, timeout=300)
    except (OSError, subprocess.SubprocessError) as error:
        raise Failed(str(error)) from error
    first, second = map(float, done.stdout.split())
    return first, second
