"""The notes below an answer: what was asked, how much was found, and why an answer is empty."""

from collections.abc import Iterable, Iterator, Sequence

from plancli.dates import show_date
from plancli.i18n import N_, _, format_number, ngettext
from plancli.output.report import Note, NoteKind, Style, Styled, Words, fill, join
from plancli.output.views.stats import by_calendar, count_words
from plancli.plan.model import Action, Plan
from plancli.plan.query import Matching, Query, matcher

FEW_NUMBERS = 5
"""The roles are counted if an answer has more rows than this."""


def notes(plan: Plan, query: Query, actions: Sequence[Action]) -> tuple[Note, ...]:
    """Return how many actions were found, and what was asked; for an empty answer, which filter emptied it."""
    if not query.filters:
        return (Note(ngettext("{n} action", "{n} actions", len(actions)), NoteKind.COUNT),)
    count = Note(of_how_many(len(actions), len(plan.actions)), NoteKind.COUNT)
    pieces = _filter_words(plan, query, actions) if actions else _why_empty(plan, query)
    return (count, *(Note(piece, NoteKind.QUESTION) for piece in pieces))


def of_how_many(count: int, total: int) -> str:
    """Return how many actions of how many."""
    if total == 1:
        return _("{n} of 1 action").format(n=count)
    # In English the noun is that of the total; other languages put it to the count: "2 actions sur 31".
    sentence = ngettext("{n} of {{total}} actions", "{n} of {{total}} actions", count)
    return sentence.format(total=format_number(total))


def _filter_words(plan: Plan, query: Query, actions: Sequence[Action]) -> Iterator[Words]:
    """Yield each filter in words, with its values highlighted."""
    for facet, values in query.filters:
        written = facet.written(plan)
        words = [_("none") if value is None else written.get(value, str(value)) for value in values]
        if facet.name == "text":
            sentence = _(_IN_TITLES if is_in_titles(query, actions) else facet.asked)
            yield _fill_values(sentence, words, _('"{value}"'))
            continue
        if facet.is_flag:
            yield _("late as of {day}").format(day=show_date(plan.day))
            continue
        if values == (None,):
            yield _(facet.lacking).format(name=facet.spoken(plan) if facet.depth else facet.title_in_sentence)
            continue
        more = _roles(query, actions) if facet.name == "directorate" else ()
        more = _calendars(query, actions) if facet.name == "year" else more
        name = facet.spoken(plan) if facet.depth else facet.title
        last = _(" and ") if facet.match is Matching.ALL else _(" or ")
        yield (*_fill_values(_(facet.asked), words, last=last, name=name), *more)


def is_in_titles(query: Query, actions: Sequence[Action]) -> bool:
    """Return whether words are searched, and are in a title above some action."""
    for facet, words in query.filters:
        if facet.match is Matching.WORDS:
            matches = matcher(facet, words)
            return any(matches(facet.values(action)[1:]) for action in actions)
    return False


_IN_TITLES = N_("action text or a title above holds {values} (case and accents aside)")
"""The words for a search that found some in titles."""


def _fill_values(
    sentence: str, values: Iterable[str], quoted: str = "{value}", last: str = "", name: str = ""
) -> tuple[str | Styled, ...]:
    """Return a sentence with the values highlighted at ``{values}``, ``last`` (*or*) before the last of several.

    ``quoted`` sets each; ``name`` is that of what is filtered by.
    """
    *most, final = (fill(quoted, value=(Styled(value, Style.HIGHLIGHT),)) for value in values)
    several = join([join(most, ", "), final], last or _(" or ")) if most else final
    return fill(sentence, values=several, name=name)


def _roles(query: Query, actions: Sequence[Action]) -> tuple[str, ...]:
    """Return the counts of a single directorate's roles, if the answer is long."""
    codes = query.values("directorate")
    if len(codes) != 1 or len(actions) <= FEW_NUMBERS:
        return ()
    pilot = sum(codes[0] in action.pilots for action in actions)
    others = len(actions) - pilot
    counts = [
        _("{n} pilot").format(n=format_number(pilot)) if pilot else "",
        _("{n} associated").format(n=format_number(others)) if others else "",
    ]
    return (f" ({', '.join(filter(None, counts))})",)


def _calendars(query: Query, actions: Sequence[Action]) -> tuple[str, ...]:
    """Return the counts of calendars in an answer by year, if some cover other years."""
    counts = by_calendar(actions)
    if set(counts) <= {str(year) for year in query.values("year")}:
        return ()
    return (f" ({', '.join(count_words(counts))})",)


def _why_empty(plan: Plan, query: Query) -> Iterator[Words]:
    """Yield how many actions each filter selects alone; a single filter in words."""
    alone = [(flag, one.select(plan)) for flag, one in query.single_filters()]
    if len(alone) == 1:
        yield from _filter_words(plan, query, ())
        return
    for flag, actions in alone:
        found = ", ".join(action.code or str(action.number) for action in actions)
        count = format_number(len(actions)) if actions else _("none")
        count = f"{count} ({found})" if 0 < len(actions) <= FEW_NUMBERS else count
        yield _("{flag} alone: {count}").format(flag=flag, count=count)
    if all(actions for _flag, actions in alone):
        yield _("together: none")
