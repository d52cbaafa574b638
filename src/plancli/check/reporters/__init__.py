"""Diagnostics in the form that somebody, or some program, reads. A reporter is a module with ``report(run)``."""

from importlib import import_module
from typing import Any

from plancli.check.run import FixCount, Run
from plancli.diagnostic import Severity
from plancli.i18n import _, ngettext

REPORTERS = {
    "full": "plancli.check.reporters.full",
    "concise": "plancli.check.reporters.concise",
    "json": "plancli.check.reporters.json",
    "github": "plancli.check.reporters.github",
    "gitlab": "plancli.check.reporters.gitlab",
    "sarif": "plancli.check.reporters.sarif",
    "junit": "plancli.check.reporters.junit",
}
"""Each format, and the module that writes it."""

FOR_PEOPLE = ("full", "concise")
"""The formats whose last line counts, and that name files as they were given."""

LEAVING_OUT = ("github", "gitlab")
"""The formats that have no place for what is ignored: a line on standard error says it."""


def report(run: Run, form: str, **screen: Any) -> str:
    """Write a run in a form; ``screen`` (columns, colour, encoding, simple) is for ``full`` alone."""
    module = import_module(REPORTERS[form])
    text: str = module.report(run, **screen) if form == "full" else module.report(run)
    return text


def fixed_line(count: FixCount, dry: bool = False) -> str:
    """Return what was fixed and what is left; ``dry``: what would be."""
    if not count.fixed:
        done = _("nothing to fix")
    elif dry:
        done = ngettext("{n} to fix", "{n} to fix", count.fixed)
    else:
        done = ngettext("{n} fixed", "{n} fixed", count.fixed)
    left = ngettext("{n} left", "{n} left", count.left) if count.left else ""
    if count.unsafe:
        left += ngettext(", {n} of them with --unsafe-fixes", ", {n} of them with --unsafe-fixes", count.unsafe)
    more = _("not all was tried: run plancli validate --fix again") if count.unfinished else ""
    return " · ".join(filter(None, (done, left, more)))


def fixable_line(run: Run) -> str:
    """Return the line that says how many diagnostics ``--fix`` would mend; empty where it mends none."""
    safe, unsafe = run.count_fixable(is_safe=True), run.count_fixable(is_safe=False)
    if not safe:
        words = ngettext(
            "{n} can be fixed with --fix --unsafe-fixes", "{n} can be fixed with --fix --unsafe-fixes", unsafe
        )
        return words if unsafe else ""
    words = ngettext("{n} can be fixed with --fix", "{n} can be fixed with --fix", safe)
    return words + (
        ngettext(", {n} more with --unsafe-fixes", ", {n} more with --unsafe-fixes", unsafe) if unsafe else ""
    )


def counts_line(run: Run) -> str:
    """Return the line that counts: what was found, what was checked, what was left out."""
    errors, warnings = run.count(Severity.ERROR) - len(run.unread), run.count(Severity.WARNING)
    notes = run.count(Severity.NOTE)
    parts = [
        ngettext("{n} file not read", "{n} files not read", len(run.unread)) if run.unread else "",
        ngettext("{n} error", "{n} errors", errors) if errors else "",
        ngettext("{n} warning", "{n} warnings", warnings) if warnings else "",
        ngettext("{n} note", "{n} notes", notes) if notes else "",
    ]
    if not any(parts):
        parts = [_("no mistakes")]
    if len(run.files) > 1:
        parts.append(ngettext("{n} file", "{n} files", len(run.files)))
    parts.append(ngettext("{n} action checked", "{n} actions checked", run.actions))
    if run.unchecked:
        parts.append(ngettext("{n} not checked", "{n} not checked", run.unchecked))
    return " · ".join(filter(None, (*parts, run.ignored_words)))
