"""The notes below an answer: what was asked, how much was found, and why an answer is empty."""

from collections.abc import Iterable, Iterator, Sequence

from plancli.i18n import N_, _, format_number, ngettext
from plancli.output.report import Note, NoteKind, Style, Styled, Words, fill, join
from plancli.output.views.stats import by_calendar
from plancli.plan.model import Action, Plan
from plancli.plan.query import Query

MANY = 5
"""The roles are counted if an answer has more rows than this."""


def notes(plan: Plan, query: Query, actions: Sequence[Action]) -> tuple[Note, ...]:
    """Return how many actions were found, and what was asked; for an empty answer, which filter emptied it."""
    if not query.asked:
        return (Note(ngettext("{n} action", "{n} actions", len(actions)), NoteKind.COUNT),)
    count = Note(of_how_many(len(actions), len(plan.actions)), NoteKind.COUNT)
    pieces = _asked(query, actions) if actions else _why_empty(plan, query)
    return (count, *(Note(piece, NoteKind.QUESTION) for piece in pieces))


def of_how_many(count: int, total: int) -> str:
    """Return how many actions of how many."""
    if total == 1:
        return _("{n} of 1 action").format(n=count)
    # In English the noun is that of the total; other languages put it to the count: "2 actions sur 31".
    sentence = ngettext("{n} of {{total}} actions", "{n} of {{total}} actions", count)
    return sentence.format(total=format_number(total))


def _asked(query: Query, actions: Sequence[Action]) -> Iterator[Words]:
    """Yield each filter in words, with its values highlighted."""
    for facet, values in query.asked:
        words = list(map(str, values))
        if facet.name == "text":
            yield _worded(_(_ASKED["text"]), words, _('"{value}"'))
            continue
        more = _roles(query, actions) if facet.name == "directorate" else ()
        more = _calendars(query, actions) if facet.name == "year" else more
        sentence = _(_ASKED.get(facet.name, _ANY)).replace("{name}", _(facet.label))
        yield (*_worded(sentence, words), *more)


_ASKED = {
    "directorate": N_("{values} in any role"),
    "pilot": N_("piloted by {values}"),
    "associated": N_("{values} associated"),
    "year": N_("covering {values}"),
    "calendar": N_("calendar exactly {values}"),
    "priority": N_("priority {values}"),
    "orientation": N_("orientation {values}"),
    "measure": N_("measure {values}"),
    "text": N_("action text holds {values} (case and accents aside)"),
}
_ANY = N_("{name} {values}")
"""The words for each facet; another one has its label."""


def _worded(sentence: str, values: Iterable[str], quoted: str = "{value}") -> tuple[str | Styled, ...]:
    """Return a sentence with the values, highlighted and joined by *or*, at ``{values}``; ``quoted`` sets each."""
    *most, last = (fill(quoted, value=(Styled(value, Style.HIGHLIGHT),)) for value in values)
    return fill(sentence, values=join([join(most, ", "), last], _(" or ")) if most else last)


def _roles(query: Query, actions: Sequence[Action]) -> tuple[str, ...]:
    """Return the counts of a single directorate's roles, if the answer is long."""
    codes = query.values("directorate")
    if len(codes) != 1 or len(actions) <= MANY:
        return ()
    pilot = sum(codes[0] in action.pilots for action in actions)
    counts = [
        _("{n} pilot").format(n=pilot) if pilot else "",
        _("{n} associated").format(n=len(actions) - pilot) if pilot < len(actions) else "",
    ]
    return (f" ({', '.join(filter(None, counts))})",)


def _calendars(query: Query, actions: Sequence[Action]) -> tuple[str, ...]:
    """Return the counts of calendars in an answer by year, if some cover other years."""
    counts = by_calendar(actions)
    if set(counts) <= {str(year) for year in query.values("year")}:
        return ()
    listed = (_("{name}: {n}").format(name=name, n=count) for name, count in counts.items())
    return (f" ({', '.join(listed)})",)


def _why_empty(plan: Plan, query: Query) -> Iterator[Words]:
    """Yield how many actions each filter selects alone; a single filter in words."""
    alone = [(flag, one.select(plan)) for flag, one in query.alone()]
    if len(alone) == 1:
        yield from _asked(query, ())
        return
    for flag, actions in alone:
        found = ", ".join(str(action.number) for action in actions)
        count = f"{len(actions)} ({found})" if 0 < len(actions) <= MANY else str(len(actions) or _("none"))
        yield _("{flag} alone: {count}").format(flag=flag, count=count)
    if all(actions for _flag, actions in alone):
        yield _("together: none")
