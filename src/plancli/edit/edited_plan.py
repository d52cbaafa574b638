"""A plan with edits made in its file: the new bytes, what they mean, and no new error."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from plancli.check.checker import Checked, check
from plancli.diagnostic import Diagnostic, InvalidPlan, Severity
from plancli.i18n import _, ngettext
from plancli.plan.writer.comments import Comment
from plancli.plan.writer.edits import Edit
from plancli.plan.writer.splices import splice

if TYPE_CHECKING:
    from plancli.review.change import Review


class EditedPlan(NamedTuple):
    """An edited plan: its new bytes, what the edits mean, the comments that went with what was removed."""

    source: bytes
    review: "Review"
    removed: tuple[Comment, ...]


def apply_edits(checked: Checked, edits: Sequence[Edit]) -> EditedPlan:
    """Return a plan, which has the shape of one, with edits made in it.

    Raise InvalidPlan where it would have an error that isn't there now, and Invalid where an edit can't be made
    without touching what is around it.
    """
    from plancli.review.review import review  # takes time to load, and a report has no need of it

    done = splice(checked.document, edits)
    after = check(done.source, checked.document.name)
    if after.plan is None:
        raise _refusal(checked.document.name, after.errors)
    changes = review(checked, after, by_number=True)
    errors = tuple(each for each in changes.new_problems if each.severity is Severity.ERROR)
    if errors:
        raise _refusal(checked.document.name, errors)
    return EditedPlan(done.source, changes, done.removed)


def edited_source(checked: Checked, edits: Sequence[Edit]) -> bytes:
    """Return the bytes of an edited plan, for edits whose meaning is known; raise as ``apply_edits`` does."""
    done = splice(checked.document, edits)
    after = check(done.source, checked.document.name, only_errors=True)
    if after.plan is None or len(after.errors) > len(checked.errors):
        return apply_edits(checked, edits).source
    return done.source


def _refusal(name: str, errors: tuple[Diagnostic, ...]) -> InvalidPlan:
    count = ngettext("{n} new error", "{n} new errors", len(errors))
    message = _("nothing is written: {file} would have {errors}").format(file=name, errors=count)
    return InvalidPlan(message, errors, _("The lines are those of the file as it would be"))
