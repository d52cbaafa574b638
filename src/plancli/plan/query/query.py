"""A query: the filters of a question, and the actions that pass them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from plancli.errors import Usage
from plancli.i18n import _
from plancli.plan.model import NONE, Action, Plan
from plancli.plan.query.facets import FACETS, FIELD, Facet, FacetValue, Matching, facets_of, typed_words
from plancli.text import fold

FilterValue = FacetValue | None
"""A value to filter by; None stands for the actions without one."""


class Query(NamedTuple):
    """The filters of a question: the values of one facet mean what its ``match`` says, several facets mean *and*.

    Values are as the plan has them, words to search for as they are typed.
    """

    filters: tuple[tuple[Facet, tuple[FilterValue, ...]], ...] = ()

    @classmethod
    def of(cls, name: str, *values: FacetValue) -> "Query":
        """Return the query with one filter."""
        return cls(((next(facet for facet in FACETS if facet.name == name), values),))

    def values(self, *names: str) -> tuple[FacetValue, ...]:
        """Return the values that some facets are filtered by."""
        filters = {facet.name: values for facet, values in self.filters}
        return tuple(value for name in names for value in filters.get(name, ()) if value is not None)

    def of_level(self, level: Facet) -> tuple[FacetValue, ...]:
        """Return the groups of a level that are filtered by, by its name or as orientation or measure."""
        groups = (value for facet, values in self.filters if facet.depth == level.depth for value in values)
        return tuple(value for value in groups if value is not None)

    def select(self, plan: Plan) -> tuple[Action, ...]:
        """Return the actions that match, in plan order."""
        actions = plan.actions
        for facet, values in self.filters:
            matches = matcher(facet, values)
            actions = tuple([each for each in actions if matches(facet.values(each))])
        return actions

    def single_filters(self) -> Iterator[tuple[str, "Query"]]:
        """Return each filter alone: as it would be typed, and its query."""
        for facet, values in self.filters:
            yield (
                facet.typed([NONE if value is None else str(value) for value in values]),
                Query(((facet, values),)),
            )


def matcher(facet: Facet, values: Sequence[FilterValue]) -> Callable[[tuple[FacetValue, ...]], bool]:
    """Return a function that says whether the values of an action match those of a filter."""
    known, lacking = frozenset(value for value in values if value is not None), None in values
    match facet.match:
        case Matching.ALL:
            return known.issubset
        case Matching.NO:
            return known.isdisjoint
        case Matching.WORDS:
            wanted = [fold(str(words)) for words in known]
            return lambda own: any(words in str(text) for text in own for words in wanted) or (lacking and not own)
        case Matching.START:
            starts = tuple(map(str, known))
            return lambda own: any(str(value).startswith(starts) for value in own) or (lacking and not own)
        case Matching.ANY:
            return lambda own: not known.isdisjoint(own) or (lacking and not own)


def make_query(plan: Plan, typed: Mapping[str, Sequence[str]], fields: Sequence[str] = ()) -> Query:
    """Return the query that the typed values ask (by name of the facet); raise Usage for a value that isn't known.

    A value is a list with commas, except in ``text``, where a comma is text, and where the whole is a value.
    ``fields`` are typed as ``KEY=VALUE``.
    """
    facets = facets_of(plan)
    given = {name: list(values) for name, values in typed.items()}
    for each in fields:
        key, _sign, value = each.partition("=")
        given.setdefault(_find_facet(facets, key.strip(), each).name, []).append(value)
    filters = [
        (facet, tuple(dict.fromkeys(_parse(plan, facet, given[facet.name]))))
        for facet in facets
        if given.get(facet.name)
    ]
    return Query(tuple(filters))


def _find_facet(facets: Sequence[Facet], key: str, typed: str) -> Facet:
    """Return the facet whose name, or label, is typed before the sign; raise Usage for an unknown one."""
    wanted = fold(key)
    named = {fold(name): facet for facet in reversed(facets) for name in (facet.title, facet.name)}
    if wanted in named and "=" in typed:
        return named[wanted]
    from plancli.plan.query.suggestions import unknown_field

    raise unknown_field(facets, typed, named.get(wanted))


def _parse(plan: Plan, facet: Facet, typed: Sequence[str]) -> Iterator[FilterValue]:
    """Yield the values that were typed for a facet; raise Usage for none, or one that isn't known."""
    if facet.match is Matching.WORDS:
        values = [each.strip() for each in typed if fold(each)]
    else:
        values = [word for each in typed for word in typed_words(each, lambda word: bool(facet.parse(plan, word)))]
    if not values:
        raise Usage(_("{option} needs a value").format(option=facet.typed([""]).rstrip()))
    for value in values:
        is_none = fold(value) == NONE and (facet.counted or facet.flag == FIELD)
        found = () if is_none and facet.match is Matching.WORDS else facet.parse(plan, value)
        if found:
            yield from found
        elif is_none:
            yield None
        else:
            from plancli.plan.query.suggestions import unknown_value  # only a mistyped value needs it

            raise unknown_value(plan, facet, value)
