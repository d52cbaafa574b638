"""What to do with a plan that was just begun."""

import shlex

from plancli.i18n import _
from plancli.output.report import Examples, InlineList, Paragraph, Report, Style, Styled


def first_plan_view(file: str, mark: str, found: bool) -> Report:
    """Return the file, what it holds and what to type next; ``found`` if commands find it without its name."""
    plan = "" if found else f" --plan {shlex.quote(file)}"
    name = "" if found else f" {shlex.quote(file)}"
    steps = (
        (f"plancli list{plan} -t {shlex.quote(mark)}", _("what is still an example")),
        ("plancli add --help", _("the next action; also declare, set, move and remove")),
        (f"plancli validate{name}", _("every mistake, at its line and column")),
        (f"plancli fmt{name}", _("tidy the layout; no text ever changes")),
        (f"plancli summary{plan}", _("the plan at a glance")),
        (f"plancli progress --start{plan}", _("words for what becomes of each action")),
        (f"plancli export plan.xlsx{plan}", _("also .html .csv .json .md, by the ending")),
    )
    held = _('It holds one example of each block, marked "{mark}": open it in an editor and write yours there.')
    return Report(
        (
            (InlineList(((Styled(file, Style.HEADING),), _("valid"))), Paragraph(held.format(mark=mark))),
            (Examples(((_("Next"), steps),)),),
        )
    )
