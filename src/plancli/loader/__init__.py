"""A plan that may be asked: read from its file, standard input or a revision, and refused if it has an error."""

from typing import NamedTuple

from plancli.check.checker import Checked, check
from plancli.diagnostic import InvalidPlan, Part
from plancli.files import MAX_SIZE
from plancli.i18n import _, ngettext
from plancli.loader.plan_files import display_name, find_plan, read_source
from plancli.location import Path
from plancli.plan.document import Document
from plancli.plan.model import Plan


class Loaded(NamedTuple):
    """A plan, the name of its file as given or found, and the result of its check."""

    plan: Plan
    name: str
    checked: Checked

    @property
    def document(self) -> Document:
        """Return the file as it was read."""
        return self.checked.document

    def place(self, path: Path) -> str:
        """Return the file and the line of a path: ``data/plan.yaml:490``."""
        return f"{self.name}:{self.checked.document.span(path, Part.HEAD).start.line}"


def load_source(path: str | None = None, at: str | None = None, size: int = MAX_SIZE + 1) -> tuple[bytes, str]:
    """Return the bytes of a plan, at most ``size`` of them, and the name of its file; raise Unavailable.

    ``at`` is a git revision, a date, or ``REV:path``: the plan as it stood there.
    """
    if at is not None:
        from plancli.loader.revisions import read_at

        version = read_at(path, at)
        return version.source, version.name
    path = find_plan(path)
    return read_source(path, size), display_name(path)


def load_plan(path: str | None, at: str | None = None) -> Loaded:
    """Return a plan that has no error; raise InvalidPlan with the diagnostics, or Unavailable."""
    checked = check(*load_source(path, at), only_errors=True)
    if checked.plan is None or checked.errors:
        count = ngettext("{n} error", "{n} errors", len(checked.errors))
        name = checked.document.name
        message = _("no answer from an invalid plan: {file} has {errors}").format(file=name, errors=count)
        raise InvalidPlan(message, checked.diagnostics)
    return Loaded(checked.plan, checked.document.name, checked)
