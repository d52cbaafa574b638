"""A query: which values may match, and the actions that do."""

from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from plancli.errors import Usage
from plancli.i18n import _
from plancli.plan.model import Action, Plan
from plancli.plan.query.facets import FACETS, Facet, Value, facets_of
from plancli.text import fold


class Query(NamedTuple):
    """What may match: values of one facet mean *or*, facets mean *and*; a facet that isn't there asks nothing.

    Values stand as the plan has them, except words to search for, which stand as typed.
    """

    asked: tuple[tuple[Facet, tuple[Value, ...]], ...] = ()

    @classmethod
    def of(cls, name: str, *values: Value) -> "Query":
        """Return the query that asks some values of one facet."""
        return cls(((next(facet for facet in FACETS if facet.name == name), values),))

    def values(self, *names: str) -> tuple[Value, ...]:
        """Return what is asked of some facets."""
        asked = {facet.name: values for facet, values in self.asked}
        return tuple(value for name in names for value in asked.get(name, ()))

    def select(self, plan: Plan) -> tuple[Action, ...]:
        """Return the actions that match, in plan order."""
        actions = plan.actions
        for facet, values in self.asked:
            if facet.name == "text":
                wanted = [fold(str(words)) for words in values]
                actions = tuple([each for each in actions if _holds(fold(each.text), wanted)])
            else:
                known = frozenset(values)
                actions = tuple([each for each in actions if not known.isdisjoint(facet.values(each))])
        return actions

    def alone(self) -> Iterator[tuple[str, "Query"]]:
        """Return each flag as it would be typed by itself, with the query it makes: what emptied an answer."""
        for facet, values in self.asked:
            words = [str(value) for value in values]
            written = words if facet.name == "text" else [",".join(words)]
            yield " ".join(f"{facet.flag} {_quoted(word)}" for word in written), Query(((facet, values),))


def _holds(text: str, wanted: Sequence[str]) -> bool:
    return any(words in text for words in wanted)


def _quoted(word: str) -> str:
    return f'"{word}"' if any(character.isspace() for character in word) else word


def make_query(plan: Plan, typed: Mapping[str, Sequence[str]]) -> Query:
    """Return the query that the typed values ask (by name of the facet); raise Usage for a value that isn't known.

    A value is a list with commas, except in ``text``, where a comma is text.
    """
    asked = [
        (facet, tuple(dict.fromkeys(_parse(plan, facet, typed[facet.name]))))
        for facet in facets_of(plan.fields)
        if typed.get(facet.name)
    ]
    return Query(tuple(asked))


def _parse(plan: Plan, facet: Facet, typed: Sequence[str]) -> Iterator[Value]:
    parts = typed if facet.name == "text" else [part for value in typed for part in value.split(",")]
    values = [value for value in map(str.strip, parts) if (fold(value) if facet.name == "text" else value)]
    if not values:
        raise Usage(_("{flag} needs a value").format(flag=facet.flag))
    for value in values:
        found = facet.parse(plan, value)
        if not found:
            from plancli.plan.query.suggestions import unknown_value  # only a mistyped value needs it

            raise unknown_value(plan, facet, value)
        yield from found
