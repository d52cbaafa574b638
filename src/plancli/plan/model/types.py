"""Plan > Orientation > Measure > Action, frozen; each knows its path in the file."""

from collections.abc import Iterable, Sequence
from itertools import chain
from typing import NamedTuple

from plancli.location import Path
from plancli.plan.model.fields import FIELDS, REQUIRED_FIELDS, Field

Value = str | int | tuple[str, ...] | tuple[int, ...] | None
"""The value of a field; None where an action lacks it."""


class Action(NamedTuple):
    """One action; ``measure`` and ``orientation`` are the numbers of what it stands in.

    ``more`` holds the fields that have no attribute here: key and value, in the order of the table.
    """

    number: int
    text: str
    pilots: tuple[str, ...]
    associated: tuple[str, ...]
    years: tuple[int, ...]
    priority: int
    measure: int
    orientation: int
    path: Path
    more: tuple[tuple[str, Value], ...] = ()

    def value(self, key: str) -> Value:
        """Return the value of a field; None where the action lacks it."""
        return getattr(self, key) if key in self._fields else dict(self.more).get(key)

    @property
    def directorates(self) -> tuple[str, ...]:
        """Return every code that takes part, pilots first, each once."""
        return tuple(dict.fromkeys(self.pilots + self.associated))

    @property
    def covered(self) -> tuple[int, ...]:
        """Return the years it covers, ascending, each once; ``years`` has them as the file does."""
        return tuple(sorted(set(self.years)))


class Measure(NamedTuple):
    """A measure and its actions; measure numbers run through the whole plan."""

    number: int
    title: str
    actions: tuple[Action, ...]
    orientation: int
    path: Path


class Orientation(NamedTuple):
    """An orientation and its measures."""

    number: int
    title: str
    measures: tuple[Measure, ...]
    path: Path

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return the actions of all its measures, in plan order."""
        return tuple(action for measure in self.measures for action in measure.actions)


class Directorate(NamedTuple):
    """A declared code; what isn't known for certain is None."""

    code: str
    name: str | None
    ministry: str | None
    note: str | None
    path: Path


class Period(NamedTuple):
    """The first and the last year of the plan, both inside it."""

    start: int
    end: int

    @property
    def years(self) -> range:
        """Return each year of the plan."""
        return range(self.start, self.end + 1)


class UnusedNumber(NamedTuple):
    """An action number that no action has, on purpose."""

    number: int
    reason: str
    path: Path


class SourceNote(NamedTuple):
    """Where the published source is odd: in an action, a measure, an orientation, or (none of them) the plan."""

    action: int | None
    measure: int | None
    orientation: int | None
    field: str | None
    source: str | None
    note: str
    path: Path


class Acronym(NamedTuple):
    """An entry of the glossary."""

    acronym: str
    expansion: str
    path: Path


class Plan(NamedTuple):
    """A whole plan; ``directorates`` and ``glossary`` keep the order of the file.

    ``fields`` are those that its actions have: all that are required, and each optional one that some action has.
    """

    title: str
    language: str
    period: Period
    priorities: tuple[int, ...]
    directorates: tuple[Directorate, ...]
    orientations: tuple[Orientation, ...]
    unused_numbers: tuple[UnusedNumber, ...] = ()
    source_notes: tuple[SourceNote, ...] = ()
    glossary: tuple[Acronym, ...] = ()
    fields: tuple[Field, ...] = REQUIRED_FIELDS

    @property
    def measures(self) -> tuple[Measure, ...]:
        """Return the measures of all orientations, in plan order."""
        return tuple(measure for orientation in self.orientations for measure in orientation.measures)

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return all actions, in plan order."""
        return tuple(chain.from_iterable(measure.actions for measure in self.measures))


def fields_of(*plans: Plan) -> tuple[Field, ...]:
    """Return the fields that the actions of any of some plans have, in the order of the table."""
    found = {field.key: field for plan in plans for field in plan.fields}
    order = {field.key: place for place, field in enumerate(FIELDS)}
    return tuple(sorted(found.values(), key=lambda field: order.get(field.key, len(order))))


def keys_of(fields: Sequence[Field]) -> tuple[str, ...]:
    """Return the keys of an action in a table for programs; an optional field comes behind those that all have."""
    required = [field.key for field in fields if field.required]
    optional = [field.key for field in fields if not field.required]
    return (required[0], "orientation", "measure", *required[1:], *optional)


def runs(numbers: Iterable[int]) -> list[list[int]]:
    """Return numbers in order, in runs without gaps."""
    found: list[list[int]] = []
    for number in sorted(set(numbers)):
        if found and found[-1][-1] == number - 1:
            found[-1].append(number)
        else:
            found.append([number])
    return found


def calendar(years: tuple[int, ...]) -> str:
    """Return years as people write them: ``2021``, ``2021-2022``; runs with a gap between them joined by ``+``."""
    if len(years) == 1:
        return str(years[0])
    return "+".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs(years))
