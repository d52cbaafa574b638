"""``plancli validate``: every mistake, once, at its place."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from plancli import __version__
from plancli.check.catalogue import RULES
from plancli.check.checker import Checked, check
from plancli.check.reporters import (
    FOR_PEOPLE,
    LEAVING_OUT,
    REPORTERS,
    counts_line,
    fixable_line,
    fixed_line,
    report,
)
from plancli.check.run import FixCount, Run, Suppressed
from plancli.cli import completion
from plancli.cli.options import (
    ANSWER,
    OptionGroup,
    PlanOptions,
    argument,
    flag,
    format_by_ending,
    option,
    refuse_to_overwrite_plan,
    split_commas,
)
from plancli.cli.streams import print_err, print_out, show_difference, show_text, terminal
from plancli.cli.usage import choose
from plancli.dates import today
from plancli.diagnostic import Diagnostic, unreadable
from plancli.errors import PlanError, Unavailable, Usage, raise_all
from plancli.files import absolute, cannot_write, write_file
from plancli.i18n import N_, _, os_error_text
from plancli.loader import load_source
from plancli.loader.ignore_list import Ignored, ignore_list, split, stale
from plancli.loader.plan_files import display_name, find_plan, find_plans, leads_out, link_out, named_plan

EXAMPLES = (
    "plancli validate",
    "plancli validate plans/ --strict",
    "plancli validate --format gitlab --output gl-code-quality-report.json",
    "plancli validate --ignore unused-acronym,unused-directorate",
    "plancli validate --fix",
)


class CheckOptions(OptionGroup):
    """The rules that are checked, and what fails."""

    strict: bool = flag("--strict", N_("Warnings fail too."))
    ignore: list[str] | None = option(N_("RULES"), N_("Leave these rules out."), completion.rules)
    max_size: str = option(N_("SIZE"), N_("Read files up to this size: 300M, 1G, or bytes."), default="256M")


class FixOptions(OptionGroup):
    """The options that fix findings before the report."""

    fix: bool = flag("--fix", N_("Mend what has one sure remedy; no word of the plan changes."))
    diff: bool = flag("--diff", N_("Write nothing; show what --fix would change."))
    unsafe_fixes: bool = flag(
        "--unsafe-fixes",
        N_("With --fix or --diff: also the nearest code or key, and letters of texts. Look at it after."),
    )


def command(
    files: list[str] | None = argument(
        N_("FILE"), N_("Plan files, or folders that hold some; - is standard input."), default=None
    ),
    *,
    rules: CheckOptions,
    fixes: FixOptions,
    form: str | None = option(
        N_("FORMAT"),
        N_("full (on a terminal), concise, json, github, gitlab, sarif or junit."),
        completion.reports,
        names=("--format",),
        panel=ANSWER,
    ),
    output: str | None = option(
        N_("FILE"), N_("Write the report to a file; the diagnostics are shown all the same."), panel=ANSWER
    ),
    source: PlanOptions,
) -> int:
    """Write every mistake of plans, each at its line and column."""
    refuse_to_overwrite_plan(output, [*(files or []), source.plan or ""])
    settings = _parse_settings(form, output, rules)
    settings = settings._replace(fixing=_fixing(fixes, files or [], source, settings))
    run, failures = check_all(files or [], source, settings)
    _write_report(run, settings)
    raise_all(failures)
    return 1 if run.fails else 0


REPORT_ENDINGS = {
    ".sarif.json": "sarif",
    ".sarif": "sarif",
    ".json": "json",
    ".xml": "junit",
    ".txt": "concise",
}
"""The formats of reports by the ending of ``--output``."""

_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30}


class Fixing(NamedTuple):
    """The way to fix files: ``dry`` writes nothing, ``shown`` writes standard input, fixed, to standard output."""

    dry: bool
    unsafe: bool
    shown: bool


class Settings(NamedTuple):
    """The settings by which files are checked, fixed and reported; ``output`` is empty for standard output."""

    form: str
    output: str
    ignored: tuple[str, ...]
    max_size: int
    strict: bool
    fixing: Fixing | None = None


def _parse_settings(form: str | None, output: str | None, rules: CheckOptions) -> Settings:
    """Return the settings for what was typed; raise Usage for what doesn't exist."""
    output = "" if output in (None, "-") else str(output)
    is_terminal = not output and bool(sys.stdout) and sys.stdout.isatty()
    form = form or format_by_ending(output, REPORT_ENDINGS) or ("full" if is_terminal else "concise")
    choose(form, tuple(REPORTERS), _("no format {word}"), _("Formats: {words}"))
    ignored = tuple(dict.fromkeys(_ignorable(name) for name in split_commas(rules.ignore)))
    return Settings(form, output, ignored, _size(rules.max_size), rules.strict)


def _fixing(fixes: FixOptions, files: Sequence[str], source: PlanOptions, settings: Settings) -> Fixing | None:
    """Return how files are fixed, if they are; raise Usage where what is fixed, or its report, has no place."""
    if not (fixes.fix or fixes.diff):
        if fixes.unsafe_fixes:
            raise Usage(_("--unsafe-fixes goes with --fix or --diff"), _("For example: --diff --unsafe-fixes"))
        return None
    shown = not fixes.diff and "-" in (*files, named_plan(source.plan))
    is_report = bool(settings.output) or settings.form not in FOR_PEOPLE
    if fixes.diff and is_report:
        raise Usage(_("--diff shows what would change, and no report"), _("Leave --format and --output out"))
    if source.at is not None and not fixes.diff:
        raise Usage(_("what stands at a revision can't be fixed"), _("See what would change: --diff"))
    if shown and is_report and not settings.output:
        raise Usage(
            _("the fixed text of standard input goes to standard output"), _("Write the report to --output FILE")
        )
    return Fixing(fixes.diff, fixes.unsafe_fixes, shown)


def _ignorable(name: str) -> str:
    rules = {rule.name: rule for rule in RULES}
    choose(name, tuple(rules), _("no rule {word}"), _("Rules: plancli rule"))
    if rules[name].ends:
        raise Usage(
            _("{rule} can't be ignored: what it stands in isn't checked").format(rule=name),
            _("Why: {command}").format(command=f"plancli rule {name}"),
        )
    return name


def _size(text: str) -> int:
    unit = text.strip().upper().removesuffix("B").removesuffix("I")
    number = unit.rstrip("KMG")
    unit = unit[len(number) :]
    if not (number.isascii() and number.isdecimal() and unit in _UNITS and len(number) < 16 and int(number)):
        raise Usage(_("no size {text}").format(text=text), _("For example: --max-size 300M"))
    return int(number) * _UNITS[unit]


MANY_FILES = 20
"""The number of files from which on a terminal gets a progress bar."""


class FileResult(NamedTuple):
    """The result of one file; what was read isn't kept, for there may be many."""

    name: str
    diagnostics: list[Diagnostic]
    actions: int
    unchecked: int


Failures = list[tuple[str, PlanError]]
"""Files that couldn't be read, and why."""

PLAN_NAME = "data/plan.yaml"
"""The name of a plan that wasn't found, in a report."""


def check_all(files: Sequence[str], source: PlanOptions, settings: Settings) -> tuple[Run, list[PlanError]]:
    """Return the results of all files, and the errors of those that can't be read."""
    failures: Failures = []
    if files and source.plan:
        raise Usage(_("files and --plan say which plan twice"), _("Name all of them as files"))
    paths: list[str | None] = list(_files(files, failures)) if files else [source.plan]
    results: list[FileResult] = []
    counts: list[FixCount] = []
    lists: dict[str, tuple[Ignored, ...]] = {}  # the files of a folder have one
    found = _Suppressions()
    for path in _with_progress(paths):
        try:
            content, name = load_source(path, source.at, settings.max_size + 1)
            file = path or find_plan()
            folder = file if file == "-" else os.path.dirname(absolute(file))
            if folder not in lists:
                lists[folder] = ignore_list(file)
            entries = lists[folder]
            if settings.fixing:
                checked, count = _fix(file, content, name, settings, entries)
                counts.append(count)
            else:
                checked = check(content, name, max_size=settings.max_size, today=today())
            left = found.take(checked, file, entries)
            results.append(FileResult(checked.document.name, left, checked.actions, checked.unchecked))
        except PlanError as error:
            failures.append((path or PLAN_NAME, error))
    if source.at is not None or failures:
        found.unsure.update(found.counts)
    asked = {absolute(result.name) for result in results}
    found.unsure |= {entry for entry, count in found.counts.items() if not count and not _plans_of(entry) <= asked}
    run = _run(results, failures, settings, found)
    if settings.fixing:
        run = run._replace(fixes=FixCount(*map(sum, zip(FixCount(0, 0, 0, 0), *counts, strict=True))))
    return run, [error for _file, error in failures]


class _Suppressions:
    """The ignored findings of all files, and how many each entry of the ignore list left out."""

    def __init__(self) -> None:
        self.found: list[Suppressed] = []
        self.counts: dict[Ignored, int] = {}
        self.unsure: set[Ignored] = set()
        """Entries about files that weren't read to their end: what they leave out may not have been found."""

    def take(self, checked: Checked, file: str, entries: Sequence[Ignored]) -> list[Diagnostic]:
        """Return a file's diagnostics without the ignored ones, which are counted."""
        left, ignored = split(checked, file, entries)
        own = [entry for entry in entries if entry.is_about(file)]
        lost = [entry for entry in entries if entry.plan_file and not os.path.exists(entry.plan_file)]
        self.counts.update({entry: self.counts.get(entry, 0) for entry in (*own, *lost)})
        for each, entry in ignored:
            self.counts[entry] += 1
            self.found.append(Suppressed(each, entry.reason))
        if checked.plan is None:
            self.unsure.update(own)
        return left

    @property
    def stale(self) -> list[Diagnostic]:
        """Return the notes on entries that leave nothing out any more."""
        return [stale(entry) for entry, count in self.counts.items() if not count and entry not in self.unsure]


def _plans_of(entry: Ignored) -> set[str]:
    """Return the plans below the file of an entry that names none: it is about all of them."""
    return set() if entry.plan else set(map(absolute, find_plans(os.path.dirname(entry.file) or os.curdir)))


def _fix(
    path: str, content: bytes, name: str, settings: Settings, entries: Sequence[Ignored]
) -> tuple[Checked, FixCount]:
    """Mend a file and write it, or show what would change; return the check to report, and what was fixed."""
    from plancli.edit.fixes import fix

    def left(checked: Checked) -> list[Diagnostic]:
        return [each for each in split(checked, path, entries)[0] if each.rule not in settings.ignored]

    fixing = settings.fixing
    assert fixing
    fixed = fix(content, name, unsafe=fixing.unsafe, left=left, max_size=settings.max_size, today=today())
    if fixing.dry:
        show_difference(path, content, fixed.content)
    elif path == "-":
        show_text(fixed.content.decode("utf-8", "surrogateescape"))
    elif fixed.content != content:
        write_file(path, fixed.content, content)
    rest = left(fixed.checked)
    unsafe = sum(1 for each in rest if each.fix and not each.fix.is_safe)
    count = FixCount(fixed.applied, len(rest), unsafe, not fixed.is_done)
    return fixed.before if fixing.dry else fixed.checked, count


def _files(files: Sequence[str], failures: Failures) -> Iterator[str]:
    """Yield each file once, and for a folder the plans under it."""
    seen = set()
    for file in files:
        found = [file]
        if file != "-" and os.path.isdir(file):
            found = find_plans(file)
            if not found:
                message = _("no plan under {folder}").format(folder=file)
                hint = _("A plan is a .yaml or .yml file with title:, directorates:, orientations: …")
                failures.append((file, Unavailable(message, hint)))
        for path in found:
            if path != file and leads_out(path, file):
                failures.append((path, link_out(path)))
                continue
            try:
                key = path if path == "-" else os.path.realpath(absolute(path))
            except Unavailable as error:
                failures.append((path, error))
                continue
            if key not in seen:
                seen.add(key)
                yield path


def _with_progress(paths: Sequence[str | None]) -> Iterable[str | None]:
    """Return the files, with a progress bar on standard error if it is a terminal and they are many."""
    if len(paths) < MANY_FILES or not sys.stderr or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return paths
    from rich.console import Console
    from rich.progress import track

    return track(paths, _("Checking"), console=Console(stderr=True), transient=True)


def _run(results: Sequence[FileResult], failures: Failures, settings: Settings, found: _Suppressions) -> Run:
    diagnostics = [each for result in results for each in result.diagnostics] + found.stale
    counts = dict.fromkeys(settings.ignored, 0)
    for each in (*diagnostics, *(each.diagnostic for each in found.found)):
        if each.rule in counts:
            counts[each.rule] += 1
    kept = [each for each in diagnostics if each.rule not in counts]
    suppressed = [each for each in found.found if each.diagnostic.rule not in counts]
    names = [result.name for result in results]
    if settings.form not in FOR_PEOPLE:
        named = {name: _from_root(name) for name in (*names, *(entry.file for entry in found.counts))}
        kept = [each._replace(file=named[each.file]) for each in kept]
        suppressed = [
            each._replace(diagnostic=each.diagnostic._replace(file=named[each.diagnostic.file]))
            for each in suppressed
        ]
        names = [named[name] for name in names]
    left_out = [
        (entry.words, count) for entry, count in found.counts.items() if count and entry.rule not in counts
    ]
    return Run(
        diagnostics=tuple(kept),
        rules=tuple(each for each in RULES if each.name not in counts),
        files=tuple(names),
        actions=sum(result.actions for result in results),
        unchecked=sum(result.unchecked for result in results),
        ignored=(*counts.items(), *left_out),
        strict=settings.strict,
        version=__version__,
        unread=tuple(
            unreadable(_from_root(display_name(file)), error.message, error.hint) for file, error in failures
        ),
        suppressed=tuple(suppressed),
    )


def _from_root(name: str) -> str:
    """Return a file's path from the top of its repository, with slashes; as it is where there is none."""
    if not os.path.exists(name):
        return name
    path = Path(os.path.abspath(name))
    top = next((folder for folder in path.parents if os.path.exists(folder / ".git")), None)
    return path.relative_to(top).as_posix() if top else name.replace(os.sep, "/")


def _write_report(run: Run, settings: Settings) -> None:
    """Write the report to its file or to standard output, and for GitHub to the summary of the step too."""
    if settings.fixing and settings.fixing.dry and run.fixes:
        print_err(fixed_line(run.fixes, dry=True))
    elif settings.output:
        _to_file(run, settings)
    elif settings.fixing and settings.fixing.shown:
        _to_people(run, counts_line(run))
    elif run.files or settings.form not in FOR_PEOPLE:
        _to_screen(run, settings)
    if settings.form == "github":
        _add_to_step_summary(run)


def _to_screen(run: Run, settings: Settings) -> None:
    if settings.form not in FOR_PEOPLE:
        print_out(report(run, settings.form))
        if run.suppressed and settings.form in LEAVING_OUT:
            print_err(run.ignored_words)
        if run.fixes:
            print_err(fixed_line(run.fixes))
        return
    last = counts_line(run)
    run = run._replace(unread=())  # the errors of these go to standard error
    if settings.form == "concise":
        print_out(f"{report(run, 'concise')}{last}\n" + (f"{fixed_line(run.fixes)}\n" if run.fixes else ""))
        return
    from plancli.text import ascii_symbols, width, wrap

    screen = terminal()
    hint = ""
    if run.diagnostics and screen.columns:
        command = f"plancli rule {run.diagnostics[-1].rule}"
        hint = _("{command} explains a rule").format(command=command)
        hint = f"\n{hint}" if width(f"{last} · {hint}") > screen.columns else f" · {hint}"
    if screen.columns:  # many rules may be ignored
        last = "\n  ".join(wrap(last, max(screen.columns - 2, 1)))
    last += hint
    last = ascii_symbols(last) if screen.simple else last
    blocks = report(
        run, "full", columns=screen.columns, colour=screen.colour, encoding=screen.encoding, simple=screen.simple
    )
    more = fixed_line(run.fixes) if run.fixes else fixable_line(run) if screen.columns else ""
    print_out(f"{blocks}{last}\n" + (f"{more}\n" if more else ""))


def _to_file(run: Run, settings: Settings) -> None:
    """Write the report to its file, and the diagnostics to standard error."""
    text = report(run, settings.form)
    if settings.form in FOR_PEOPLE:
        text += f"{counts_line(run)}\n"
    write_file(settings.output, text.encode("utf-8", "backslashreplace"))
    last = _("report: {file}").format(file=settings.output)
    _to_people(run, f"{counts_line(run)} · {last}")


def _to_people(run: Run, last: str) -> None:
    """Write a line a diagnostic to standard error, one that counts, and what was fixed."""
    found = report(run._replace(unread=()), "concise").splitlines()
    for line in (*found, last, *([fixed_line(run.fixes)] if run.fixes else ())):
        print_err(line)


def _add_to_step_summary(run: Run) -> None:
    """Append the whole table to GitHub's summary of the step: annotations are shown up to ten of a kind."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if not file:
        return
    from plancli.check.reporters.github import MAX_SUMMARY, summary

    try:
        with open(file, "a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(summary(run, MAX_SUMMARY - stream.tell()))
    except OSError as error:
        print_err(f"plancli: {cannot_write(file, os_error_text(error)).message}")
