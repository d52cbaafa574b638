"""A run of ``validate``: what was found in all its files, which every reporter writes from."""

from typing import NamedTuple

from plancli.diagnostic import Diagnostic, Rule, Severity
from plancli.i18n import _


class FixCount(NamedTuple):
    """The number of findings that were fixed, or would be, of those left, and of those left for ``unsafe``.

    In so many files as are ``unfinished`` there may be more to fix.
    """

    fixed: int
    left: int
    unsafe: int
    unfinished: int


class Suppressed(NamedTuple):
    """A diagnostic that the repository leaves out on purpose, and why."""

    diagnostic: Diagnostic
    reason: str


class Run(NamedTuple):
    """The result of ``validate`` over all its files: all that a reporter needs.

    ``unread`` has an error for each file that couldn't be read: it is part of every report. ``actions`` were
    checked and ``unchecked`` could not be; ``ignored`` has each rule left out with how many diagnostics that took
    away, and ``suppressed`` those that the repository leaves out; ``rules`` are all that were checked. With
    ``strict`` a warning fails too. ``fixes`` counts what was fixed before; None where nothing was to be.
    """

    diagnostics: tuple[Diagnostic, ...]
    rules: tuple[Rule, ...]
    files: tuple[str, ...]
    actions: int = 0
    unchecked: int = 0
    ignored: tuple[tuple[str, int], ...] = ()
    strict: bool = False
    version: str = ""
    unread: tuple[Diagnostic, ...] = ()
    fixes: FixCount | None = None
    suppressed: tuple[Suppressed, ...] = ()

    @property
    def reported(self) -> tuple[Diagnostic, ...]:
        """Return the diagnostics to report: files that couldn't be read, then what was found in the others."""
        return self.unread + self.diagnostics

    @property
    def errors(self) -> tuple[Diagnostic, ...]:
        """Return the diagnostics that make a plan invalid."""
        return tuple(each for each in self.diagnostics if each.severity is Severity.ERROR)

    @property
    def ignored_words(self) -> str:
        """Return what was left out, in words; empty for nothing."""
        names = ", ".join(f"{name} ({count})" for name, count in self.ignored)
        return _("ignored: {names}").format(names=names) if names else ""

    @property
    def fails(self) -> bool:
        """Return whether the run is a failure."""
        return bool(self.count(Severity.ERROR) or (self.strict and self.count(Severity.WARNING)))

    def count_fixable(self, is_safe: bool) -> int:
        """Count the diagnostics that have a safe fix, or an unsafe one."""
        return sum(1 for each in self.diagnostics if each.fix and each.fix.is_safe is is_safe)

    def count(self, severity: Severity) -> int:
        """Count the reported diagnostics of a severity."""
        return sum(1 for each in self.reported if each.severity is severity)
