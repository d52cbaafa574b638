"""The welcome screen: the plan that was found, whether it is valid, and an example of each use."""

from shlex import quote

from plancli import __version__
from plancli.i18n import _, current_language, known_language, ngettext, use_language
from plancli.output.report import Blocks, Examples, InlineList, Paragraph, Report, Style, Styled, Words
from plancli.output.views.stats import count_late, participations
from plancli.plan.model import Plan, count_groups


def welcome_view(name: str | None, plan: Plan | None, errors: int = 0) -> Report:
    """Return the welcome screen; without a name no plan was found, and an invalid file may have no plan."""
    heading = _("plancli {version}: ask, check and review an action plan kept in git").format(version=__version__)
    language = _other_language(plan)
    more: list[Words] = [_("All commands: {command}").format(command="plancli --help")]
    if language:
        with use_language(language):
            more.append(_("in English: {command}").format(command=f"export PLANCLI_LANG={language}"))
    shown: tuple[Blocks, ...] = (
        (Paragraph(heading, flush=True),),
        _plan(name, plan, errors),
        _examples(plan),
        (InlineList(tuple(more), flush=True),),
    )
    return Report(shown)


def _plan(name: str | None, plan: Plan | None, errors: int) -> Blocks:
    if name is None:
        missing = _("no plan here (data/plan.yaml, or a folder above): give one with --plan PATH")
        return (Paragraph(missing), Paragraph(_("or begin one: {command}").format(command="plancli new")))
    state = _("valid")
    if errors:
        count = ngettext("{n} error", "{n} errors", errors)
        state = _("{errors}: {command}").format(errors=count, command="plancli validate")
    found = InlineList(((Styled(name, Style.HEADING),), state))
    if plan is None:
        return (found,)
    counts = (
        *reversed(count_groups(plan)),
        ngettext("{n} action", "{n} actions", len(plan.actions)),
        ngettext("{n} directorate", "{n} directorates", len(plan.directorates)),
    )
    return (found, Paragraph(plan.title), InlineList(counts))


def _examples(plan: Plan | None) -> Blocks:
    code, year, number = _choose_examples(plan)
    ask = (
        ("plancli summary", _("the plan at a glance")),
        _second(plan)
        or (
            f"plancli list -d {code} -y {year}",
            _("what {code} takes part in that covers {year}").format(code=code, year=year),
        ),
        (
            f"plancli show {number}",
            _("one action whole; {command}: one directorate").format(command=f"show {code}"),
        ),
        (f"plancli summary --by directorate --by {'priority' if plan is None or plan.priorities else 'year'}", ""),
    )
    check = (
        ("plancli validate", _("every mistake, at its line and column")),
        ("plancli fmt", _("tidy the layout; no text ever changes")),
    )
    review = (
        ("plancli diff main...", _("what this branch decides, and for whom")),
        (f"plancli log {number}", _("how action {number} came to be what it is").format(number=number)),
    )
    exchange = (
        ("plancli export plan.xlsx", _("also .html .csv .json .md, by the ending")),
        ("plancli import table.xlsx", _("a published table becomes a plan")),
    )
    groups = ((_("Ask"), ask), (_("Check"), check), (_("Review"), review), (_("Exchange"), exchange))
    return (Examples(groups),)


def _second(plan: Plan | None) -> tuple[str, str] | None:
    """Return the example for a plan that is followed up: where things stand on its day."""
    if plan is None or not plan.day:
        return None
    late = count_late(plan.actions)
    never = sum(not action.progress for action in plan.actions)
    words = _("where things stand: {late}, {never}").format(
        late=ngettext("{n} late", "{n} late", late),
        never=ngettext("{n} never reported", "{n} never reported", never),
    )
    return "plancli progress", words


def _choose_examples(plan: Plan | None) -> tuple[str, str, str]:
    """Return a code, a year and an action of this plan for the examples.

    The directorate with most actions that isn't in all of them, its last year, the action with most directorates.
    """
    actions = plan.actions if plan else ()
    if plan is None or not actions or not plan.directorates:
        return "CODE", _("YEAR"), "1"
    listed = participations(plan, actions)
    part = next((each for each in listed if 0 < len(each.actions) < len(actions)), listed[0])
    action = max(actions, key=lambda each: len(each.directorates))
    years = {year for each in part.actions for year in each.covered}
    return quote(part.code), str(max(years, default=plan.period.end)), quote(action.code or str(action.number))


def _other_language(plan: Plan | None) -> str:
    """Return the plan's language if plancli has it and doesn't use it now."""
    language = known_language(plan.language) if plan else ""
    return language if language != current_language() else ""
