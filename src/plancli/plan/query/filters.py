"""A query: which values may match, and the actions that do."""

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from plancli.plan.model import Action, Plan, calendar
from plancli.text import fold


class Filter(NamedTuple):
    """One filter: the long option's name, the field of Query it fills, the flag as it is usually typed."""

    name: str
    field: str
    flag: str


FILTERS: tuple[Filter, ...] = (
    Filter("directorate", "directorates", "-d"),
    Filter("pilot", "pilots", "--pilot"),
    Filter("associated", "associated", "--associated"),
    Filter("year", "years", "-y"),
    Filter("calendar", "calendars", "--calendar"),
    Filter("priority", "priorities", "-p"),
    Filter("orientation", "orientations", "--orientation"),
    Filter("measure", "measures", "--measure"),
    Filter("text", "text", "-t"),
)


class Query(NamedTuple):
    """What may match: values of one field mean *or*, fields mean *and*, an empty field asks nothing.

    Codes stand as the plan declares them; ``calendars`` are the years an action must cover, no fewer and no more.
    """

    directorates: tuple[str, ...] = ()
    pilots: tuple[str, ...] = ()
    associated: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    calendars: tuple[tuple[int, ...], ...] = ()
    priorities: tuple[int, ...] = ()
    orientations: tuple[int, ...] = ()
    measures: tuple[int, ...] = ()
    text: tuple[str, ...] = ()

    def select(self, plan: Plan) -> tuple[Action, ...]:
        """Give the actions that match, in plan order."""
        actions = plan.actions
        for field, match in _MATCHES.items():
            values = getattr(self, field)
            if values:
                wanted = frozenset(map(fold, values) if field == "text" else values)
                actions = tuple([action for action in actions if match(wanted, action)])
        return actions

    @property
    def asked(self) -> tuple[Filter, ...]:
        """Give the filters that ask something."""
        return tuple(each for each in FILTERS if getattr(self, each.field))

    def alone(self) -> Iterator[tuple[str, "Query"]]:
        """Give each flag as it would be typed by itself, with the query it makes: what emptied an answer."""
        for each in self.asked:
            values = getattr(self, each.field)
            written = (
                [str(value) for value in values]
                if each.field == "text"
                else [",".join(calendar(value) if isinstance(value, tuple) else str(value) for value in values)]
            )
            flags = " ".join(f"{each.flag} {_quoted(value)}" for value in written)
            yield flags, Query()._replace(**{each.field: values})


def _quoted(word: str) -> str:
    return f'"{word}"' if any(character.isspace() for character in word) else word


_MATCHES: dict[str, Callable[[frozenset[Any], Action], bool]] = {
    "priorities": lambda wanted, action: action.priority in wanted,
    "orientations": lambda wanted, action: action.orientation in wanted,
    "measures": lambda wanted, action: action.measure in wanted,
    "calendars": lambda wanted, action: action.covered in wanted,
    "years": lambda wanted, action: not wanted.isdisjoint(action.years),
    "pilots": lambda wanted, action: not wanted.isdisjoint(action.pilots),
    "associated": lambda wanted, action: not wanted.isdisjoint(action.associated),
    "directorates": lambda wanted, action: (
        not (wanted.isdisjoint(action.pilots) and wanted.isdisjoint(action.associated))
    ),
    "text": lambda wanted, action: _holds(wanted, fold(action.text)),
}
"""How each field of a query is matched, the cheapest first."""


def _holds(wanted: frozenset[str], text: str) -> bool:
    return any(words in text for words in wanted)
