"""Plan > Group > Action, frozen; each knows its path in the file."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple, TypeAlias, TypeVar

from plancli.i18n import N_
from plancli.location import Path
from plancli.plan.model.fields import FIELDS, REQUIRED_FIELDS, Field

if TYPE_CHECKING:
    from decimal import Decimal

Value: TypeAlias = "str | int | Decimal | tuple[str, ...] | tuple[int, ...] | None"
"""The value of a field; None where an action lacks it."""


class Entry(NamedTuple):
    """A report on an action; its day is as in the file (``2025-06-30``)."""

    date: str
    status: str | None
    by: str | None
    percent: int | None
    note: str | None
    source: str | None
    path: Path


class Action(NamedTuple):
    """One action; ``place`` has the numbers of the groups that it is in, from the top.

    ``more`` holds the fields that have no attribute here: key and value, in the order of the table; ``progress``
    what was reported, in the order of the file.
    """

    number: int
    text: str
    pilots: tuple[str, ...]
    associated: tuple[str, ...]
    years: tuple[int, ...]
    priority: int | str | None
    place: tuple[int, ...]
    path: Path
    more: tuple[tuple[str, Value], ...] = ()
    progress: tuple[Entry, ...] = ()

    def value(self, key: str) -> Value:
        """Return the value of a field, or the number of its orientation or measure; None where it has none."""
        if key in _ATTRIBUTES:
            own: Value = getattr(self, key)
            return own
        for name, value in self.more:
            if name == key:
                return value
        return None

    @property
    def orientation(self) -> int | None:
        """Return the number of the top group that it is in."""
        return self.place[0] if self.place else None

    @property
    def measure(self) -> int | None:
        """Return the number of the group of the second level that it is in."""
        return self.place[1] if len(self.place) > 1 else None

    @property
    def code(self) -> str | None:
        """Return its code in the published table."""
        code = self.value("code")
        return code if isinstance(code, str) else None

    @property
    def directorates(self) -> tuple[str, ...]:
        """Return every code that takes part, pilots first, each once."""
        return tuple(dict.fromkeys(self.pilots + self.associated))

    @property
    def covered(self) -> tuple[int, ...]:
        """Return the years it covers, ascending, each once: its ``years``, else the year in which it is due."""
        if self.years:
            return tuple(sorted(set(self.years)))
        due = self.value("due") if self.more else None
        year = str(due or "")[:4]
        return (int(year),) if len(year) == 4 and year.isdecimal() else ()


_ATTRIBUTES = frozenset(field.key for field in FIELDS if field.key in Action._fields) | {"orientation", "measure"}


class Group(NamedTuple):
    """A group of actions: an orientation, a measure or what a plan calls its levels.

    ``groups`` are the groups in it, ``loose`` the actions that are in none of them; ``place`` has the numbers of
    the groups it is in, from the top, and its own.
    """

    number: int
    title: str
    groups: tuple["Group", ...]
    loose: tuple[Action, ...]
    place: tuple[int, ...]
    path: Path
    code: str | None = None

    @property
    def actions(self) -> tuple[Action, ...]:
        """Return all actions in it, in plan order: those of its groups, then the loose ones."""
        return _actions_in(self)

    @property
    def level(self) -> int:
        """Return how deep it stands; 1 is the top."""
        return len(self.place)

    @property
    def orientation(self) -> int:
        """Return the number of the top group that it is or is in."""
        return self.place[0]

    @property
    def measure(self) -> int | None:
        """Return the number of the group of the second level that it is or is in."""
        return self.place[1] if len(self.place) > 1 else None


Block = Action | Group
"""A node of the tree of a plan: it has a number, perhaps a code, and a path."""


class Level(NamedTuple):
    """The name that a plan has for the groups of one depth."""

    name: str
    plural: str

    @property
    def words(self) -> str:
        """The name; with the plural, ``linea (linee)``, where the plan says another than the usual one."""
        return self.name if self.plural == plural_of(self.name) else f"{self.name} ({self.plural})"


def plural_of(name: str) -> str:
    """Return what several of a level are called where the plan doesn't say: an ``s`` on each word without one."""
    return " ".join(word if word[-1:] in "sxz" else f"{word}s" for word in name.split(" "))


class Status(NamedTuple):
    """A word that progress may use; an action with a ``closed`` one can't be late."""

    name: str
    closed: bool
    path: Path


class Directorate(NamedTuple):
    """A declared code; what isn't known for certain is None."""

    code: str
    name: str | None
    ministry: str | None
    note: str | None
    path: Path

    @property
    def title(self) -> str:
        """Return its name, or its note if no name is established."""
        return self.name or self.note or ""


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
    """A note on the published source of an action, a measure, an orientation, or (none of them) the plan.

    ``measure`` is the number of a measure, or the path of a group where numbers are shared (``1.2``).
    """

    action: int | None
    measure: int | str | None
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


USUAL_LEVELS = (Level(N_("orientation"), N_("orientations")), Level(N_("measure"), N_("measures")))
"""What the levels are called where a plan doesn't say."""


def ranked(priorities: Iterable[int | str]) -> tuple[int | str, ...]:
    """Return priorities, each once, the highest first: numbers ascending, words in their order."""
    each = tuple(dict.fromkeys(priorities))
    return tuple(sorted(each, key=int)) if all(isinstance(one, int) for one in each) else each


class _PlanValues(NamedTuple):
    """The values of a plan; ``directorates`` and ``glossary`` keep the order of the file.

    ``groups`` are those at the top, ``loose`` the actions that are in none. ``fields`` are those of its actions:
    the built-in ones that are required, each optional one that some action has, and those that it declares.
    ``declared_levels`` is None, and ``priorities`` are empty, where it declares none. ``day`` is set, and
    ``derived`` has further fields, where its actions have the status of a day (``on_day``).
    """

    title: str
    language: str
    period: Period
    priorities: tuple[int | str, ...]
    directorates: tuple[Directorate, ...]
    groups: tuple[Group, ...]
    unused_numbers: tuple[UnusedNumber, ...] = ()
    source_notes: tuple[SourceNote, ...] = ()
    glossary: tuple[Acronym, ...] = ()
    fields: tuple[Field, ...] = REQUIRED_FIELDS
    loose: tuple[Action, ...] = ()
    declared_levels: tuple[Level, ...] | None = None
    statuses: tuple[Status, ...] = ()
    day: str = ""
    derived: tuple[Field, ...] = ()


class Plan(_PlanValues):
    """A whole plan: its values, and what follows from them."""

    @property
    def answer_fields(self) -> tuple[Field, ...]:
        """Return the fields that answers show: those of its actions, and those derived from them for a day."""
        return (*self.fields, *self.derived)

    @property
    def levels(self) -> tuple[Level, ...]:
        """Return what its levels are called, from the top."""
        return USUAL_LEVELS if self.declared_levels is None else self.declared_levels

    @property
    def declared_fields(self) -> tuple[Field, ...]:
        """Return the fields that it declares itself, in their order."""
        return tuple(field for field in self.fields if field.declared)

    @property
    def ranks(self) -> tuple[int | str, ...]:
        """Return its priorities, each once, the highest first: numbers ascending, words in the plan's order."""
        return ranked(self.priorities)

    @property
    def measures(self) -> tuple[Group, ...]:
        """Return the groups of the second level, in plan order."""
        return tuple(measure for orientation in self.groups for measure in orientation.groups)

    @property
    def inner_groups(self) -> tuple[Group, ...]:
        """Return every group below the top, each before those in it, in plan order."""
        return tuple(group for top in self.groups for group in _each_group(top.groups))

    @cached_property
    def all_groups(self) -> tuple[Group, ...]:
        """Every group, each before those in it, in plan order."""
        return tuple(_each_group(self.groups))

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """All actions, in plan order; the rules ask for them dozens of times."""
        return _actions_in(self)

    @cached_property
    def codes(self) -> tuple[tuple[str, Block], ...]:
        """Each code of an action, then each of a group, with what has it."""
        blocks: tuple[Block, ...] = (*self.actions, *self.all_groups)
        return tuple([(block.code, block) for block in blocks if block.code is not None])


B = TypeVar("B", Plan, Group)


def _actions_in(block: Group | Plan) -> tuple[Action, ...]:
    """Return all actions in a group or a plan, in plan order."""
    found: list[Action] = []

    def walk(block: Group | Plan) -> None:
        for group in block.groups:
            walk(group)
        found.extend(block.loose)

    walk(block)
    return tuple(found)


def _each_group(groups: Iterable[Group]) -> Iterator[Group]:
    for group in groups:
        yield group
        yield from _each_group(group.groups)


def each_action(block: Plan | Group, above: tuple[Group, ...] = ()) -> Iterator[tuple[tuple[Group, ...], Action]]:
    """Yield each action in a plan or a group in plan order, with the groups that it is in, from the top."""
    for group in block.groups:
        yield from each_action(group, (*above, group))
    yield from ((above, action) for action in block.loose)


def with_actions(block: B, chosen: Callable[[tuple[Action, ...]], tuple[Action, ...]]) -> B:
    """Return a plan or a group with other actions in each place: ``chosen`` is given those that are there."""
    groups = tuple([with_actions(group, chosen) for group in block.groups])
    return block._replace(groups=groups, loose=chosen(block.loose))


def fields_of(*plans: Plan) -> tuple[Field, ...]:
    """Return the fields that any of some plans has, in the order of the table, then as declared."""
    found = {field.key: field for plan in reversed(plans) for field in plan.fields}
    order = {field.key: place for place, field in enumerate(FIELDS)}
    return tuple(sorted(found.values(), key=lambda field: order.get(field.key, len(order))))


def keys_of(fields: Sequence[Field]) -> tuple[str, ...]:
    """Return the keys of an action in a table for programs; an optional field comes after those that all have."""
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


def written_runs(numbers: Sequence[int]) -> list[str]:
    """Return numbers as people write them, in order: ``1-9``, or ``1``, ``2``; runs of three or more are one."""
    if isinstance(numbers, range) and len(numbers) > 2:  # it may be as long as a hostile plan has it
        return [f"{numbers[0]}-{numbers[-1]}"]
    written = ([f"{run[0]}-{run[-1]}"] if len(run) > 2 else map(str, run) for run in runs(numbers))
    return [part for parts in written for part in parts]


def calendar(years: tuple[int, ...]) -> str:
    """Return years as people write them: ``2021``, ``2021-2022``; runs with a gap between them joined by ``+``."""
    if len(years) == 1:
        return str(years[0])
    return "+".join(str(run[0]) if len(run) == 1 else f"{run[0]}-{run[-1]}" for run in runs(years))
