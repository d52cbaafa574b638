"""The page's own words, in the language that is spoken while it is written."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from plancli.i18n import N_, _
from plancli.output.views.question import of_how_many


def words() -> Mapping[str, str]:
    """Return the page's headings and sentences by the name the template knows them by."""
    return MappingProxyType({**_headings(), **_figures(), **_filters(), **_rest()})


def _headings() -> dict[str, str]:
    return {
        "skip": _("Skip to the content"),
        "skip_actions": _("Skip to the list of actions"),
        "contents": _("Contents"),
        "overview": _("Overview"),
        "list": _("List of actions"),
        "whole": _("Actions in full"),
        "directorates": _("Directorates"),
        "glossary": _("Acronyms"),
        "source": _("Source"),
        "orientation": _("Orientation"),
        "measure": _("Measure"),
        "action": _("Action"),
        "number": _("No"),
        "associated": _("Associated"),
        "pilots": _("Pilots"),
        "calendar": _("Calendar"),
        "priority": _("Priority"),
        "actions": _("Actions"),
        "directorate": _("Directorate"),
        "year": _("Year"),
        "period": _("Period"),
    }


def _figures() -> dict[str, str]:
    return {
        "by_year_caption": _("Actions by orientation and year"),
        "by_year_note": _("An action counts in each year it covers: the years add up to more than the actions."),
        "roles": _("Roles by directorate"),
        "roles_note": _("An action counts for each directorate in it."),
        "matrix": _("Who works where, and with whom"),
        "matrix_note": _(
            "One row a directorate, one column a measure; in each cell, the number of actions as pilot and as "
            "associated. Those who meet in a column work on the same measure."
        ),
        "all_groups": _("All orientations"),
        "loose": _("Outside all groups"),
        "pilot": _("pilot"),
        "associated_role": _("associated"),
        "as_pilot": _("Pilot of"),
        "as_associated": _("Associated in"),
        "with": _("With"),
        "stranger": _("{label}: {value} isn't in this plan"),
        "matrix_key": _("The measures"),
    }


def _filters() -> dict[str, str]:
    return {
        "filters": _("Filter the actions"),
        "text_label": _("Text"),
        "pilot_label": _("Pilot"),
        "any": _("all"),
        "clear": _("Clear the filters"),
        "or": _(" or "),
        "counted": _("{name}: {n}"),
        "says_directorate": _("{values} in any role"),
        "says_pilot": _("piloted by {values}"),
        "says_associated": _("{values} associated"),
        "says_year": _("covering {values}"),
        "says_priority": _("priority {values}"),
        "says_orientation": _("orientation {values}"),
        "says_measure": _("measure {values}"),
        "says_text": _("action text holds {values} (case and accents aside)"),
        "says_status": _("status {values}"),
        "says_late": "{values}",
        "together": _("together: none"),
        "sort": _("Sort by"),
        "outside": _("Outside the filters"),
    }


def _rest() -> dict[str, str]:
    return {
        "late": _("late"),
        "late_label": _("Late:"),
        "progress": _("Progress"),
        "unused": _("No action has this number."),
        "declared_nothing": _("Takes part in no action."),
        "plan_notes": _("About the source"),
        "verbatim": _("Texts are set as they were published; what is odd in the source stays, and is noted."),
        "changed": _("Texts may have changed since they were published; what was odd in the source is noted."),
        "lost": _("These words are no longer in the text."),
        "made_from": _("Made from {source} with plancli {version}."),
        "top": _("Back to the top"),
    }


ACCESSIBILITY = {
    "none": N_("Accessibility: not compliant"),
    "partial": N_("Accessibility: partially compliant"),
    "full": N_("Accessibility: fully compliant"),
}
"""What a publisher may state; without an audit only the first is true (RGAA 4; law 2005-102, article 47)."""


def of_these(total: int) -> tuple[str, str, str]:
    """Say how many actions of how many: for none, for one, for more; the page fills in ``{n}``."""
    none, one, more = (of_how_many(count, total).replace(str(count), "{n}", 1) for count in range(3))
    return none, one, more


def unknown(numbers: Iterable[int]) -> str:
    """Say that there is no such action; the page fills in which."""
    first, *others = sorted(numbers) or [0]
    if not first:
        return _("No action has this number.")
    sentence = _("There is no action {number}: actions run from {first} to {last}.")
    return sentence.format(number="{number}", first=first, last=others[-1] if others else first)
