"""The files that are meant, and what checking them came to."""

import os
import sys
from collections.abc import Iterable, Iterator, Sequence

from plancli import __version__
from plancli.check.checker import RULES, Checked, check
from plancli.check.reporters import FOR_PEOPLE
from plancli.cli.options import PlanOptions
from plancli.cli.validate.settings import Settings
from plancli.diagnostic import Run, unreadable
from plancli.errors import PlanError, Unavailable, Usage
from plancli.i18n import _
from plancli.loader import load_source
from plancli.loader.find import find_plans, leads_out, link_out

MANY = 20
"""From so many files on, a terminal shows how far it is."""


Failures = list[tuple[str, PlanError]]
"""Files that couldn't be read, and why."""

PLAN_NAME = "data/plan.yaml"
"""What a report calls a plan that wasn't found."""


def check_all(files: Sequence[str], source: PlanOptions, settings: Settings) -> tuple[Run, list[PlanError]]:
    """Check every file that is meant; what can't be read is an error, and the others are checked all the same."""
    failures: Failures = []
    if files and source.plan:
        raise Usage(_("files and --plan say which plan twice"), _("Name all of them as files"))
    paths: list[str | None] = list(_named(files, failures)) if files else [source.plan]
    results: list[Checked] = []
    for path in _with_progress(paths):
        try:
            content, name = load_source(path, source.at, settings.max_size + 1)
            results.append(_without_data(check(content, name, max_size=settings.max_size)))
        except PlanError as error:
            failures.append((path or PLAN_NAME, error))
    return _run(results, failures, settings), [error for _file, error in failures]


def _named(files: Sequence[str], failures: Failures) -> Iterator[str]:
    """Give each file once, folders with the plans under them."""
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
            key = path if path == "-" else os.path.realpath(path)
            if key not in seen:
                seen.add(key)
                yield path


def _with_progress(paths: Sequence[str | None]) -> Iterable[str | None]:
    """Go through files, with a bar on standard error if it is a terminal and they are many."""
    if len(paths) < MANY or not sys.stderr or not sys.stderr.isatty() or os.environ.get("TERM") == "dumb":
        return paths
    from rich.console import Console
    from rich.progress import track

    return track(paths, _("Checking"), console=Console(stderr=True), transient=True)


def _without_data(checked: Checked) -> Checked:
    """Keep what is told and let the rest of a file go."""
    return checked._replace(plan=None)


def _run(results: Sequence[Checked], failures: Failures, settings: Settings) -> Run:
    diagnostics = [each for checked in results for each in checked.diagnostics]
    counts = dict.fromkeys(settings.ignored, 0)
    for each in diagnostics:
        if each.rule in counts:
            counts[each.rule] += 1
    kept = [each for each in diagnostics if each.rule not in counts]
    names = [checked.document.name for checked in results]
    if settings.form not in FOR_PEOPLE:
        named = {name: _from_root(name) for name in names}
        kept = [each._replace(file=named[each.file]) for each in kept]
        names = list(named.values())
    return Run(
        diagnostics=tuple(kept),
        rules=tuple(each for each in RULES if each.name not in counts),
        files=tuple(names),
        actions=sum(checked.actions for checked in results),
        unchecked=sum(checked.unchecked for checked in results),
        ignored=tuple(counts.items()),
        strict=settings.strict,
        version=__version__,
        unread=tuple(unreadable(_report_name(file), error.message, error.hint) for file, error in failures),
    )


def _report_name(file: str) -> str:
    """Return the name of a file that couldn't be read, as the report of a forge takes it."""
    return "<stdin>" if file == "-" else _from_root(file)


def _from_root(name: str) -> str:
    """Give a file's path from the top of its repository, with slashes; as it is where there is none."""
    if not os.path.exists(name):
        return name
    path = os.path.abspath(name)
    folder = os.path.dirname(path)
    while not os.path.exists(os.path.join(folder, ".git")):
        above = os.path.dirname(folder)
        if above == folder:
            return name.replace(os.sep, "/")
        folder = above
    return os.path.relpath(path, folder).replace(os.sep, "/")
