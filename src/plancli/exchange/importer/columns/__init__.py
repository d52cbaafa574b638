"""The columns of a sheet, each with its role.

``finder`` finds the row that names them, and what each is by its heading and its cells; ``vocabulary`` knows the
words of headings; ``mapping`` is what somebody says of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from plancli.exchange.importer.columns.vocabulary import FIELD, ROLES, day_of
from plancli.text import fold

LEFT_OUT = "-"

CLASSIC: tuple[str, ...] = ("orientation", "measure")
"""The names of a plan's levels where it names none."""

REPORTED = ("status", "percent", "note")
"""The columns that say where an action stands."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column, from 0: its heading on one line, and its role.

    ``role`` is one of these: a field of an action; ``title 1`` or ``code 1`` (of the first level; ``sign 1`` is
    its code where the other has its number); ``year`` (a mark in it says that the year is covered); ``sub``,
    ``start``, ``end``, ``status``, ``percent``, ``date``, ``note``; FIELD, a field that the plan will declare by
    its ``label``; LEFT_OUT, by option; empty for a column without heading. ``label`` is also the name of a
    service under which a mark says that it is a pilot or associated.
    """

    index: int
    heading: str
    role: str
    year: int = 0
    label: str = ""


@dataclass(frozen=True)
class Columns:
    """The columns of a sheet; ``row`` is the row of their headings (0 without), ``last`` where headings end.

    ``levels`` are the names of the plan's levels, from the top. ``code_separator`` is between the codes of a
    table that plancli exported, whose cells are read as they stand; it is empty for any other table.
    """

    columns: tuple[TableColumn, ...]
    row: int
    last: int
    levels: tuple[str, ...] = CLASSIC
    code_separator: str = ""

    @cached_property
    def roles(self) -> dict[str, tuple[int, ...]]:
        """The columns of each role."""
        roles: dict[str, list[int]] = {}
        for each in self.columns:
            roles.setdefault(each.role, []).append(each.index)
        return {role: tuple(indices) for role, indices in roles.items()}

    @cached_property
    def read(self) -> tuple[int, ...]:
        """The columns whose cells go into the plan."""
        return tuple([each.index for each in self.columns if each.role not in ("", LEFT_OUT)])

    @cached_property
    def days(self) -> dict[str, dict[str, int]]:
        """The columns of where actions stand, by role, for each day that their headings speak of.

        Where they speak of one day at most, all are of that day.
        """
        columns = [each for each in self.columns if each.role in REPORTED]
        said = list(dict.fromkeys(day for each in columns if (day := day_of(each.heading))))
        found: dict[str, dict[str, int]] = {}
        for each in columns:
            day = day_of(each.heading) if len(said) > 1 else "".join(said)
            found.setdefault(day, {}).setdefault(each.role, each.index)
        return found or {"": {}}

    @property
    def exported(self) -> bool:
        """Whether plancli made the table."""
        return bool(self.code_separator)

    @property
    def width(self) -> int:
        """Where the columns end."""
        return max((each.index + 1 for each in self.columns if each.role), default=0)

    @property
    def known_roles(self) -> set[str]:
        """The roles that are more than a field of the table's own."""
        return self.roles.keys() - {"", FIELD, LEFT_OUT}

    @property
    def known(self) -> int:
        """How many roles are known."""
        return len(self.known_roles)

    @cached_property
    def services(self) -> dict[int, str]:
        """The services that head columns in which it is marked who takes part, by column."""
        return {each.index: each.label for each in self.columns if each.role in ROLES and each.label}

    @cached_property
    def declared(self) -> tuple[TableColumn, ...]:
        """The columns that the plan will declare as fields."""
        return tuple([each for each in self.columns if each.role in (FIELD, "sub")])

    def of(self, role: str) -> tuple[int, ...]:
        """Return the columns of a role."""
        return self.roles.get(role, ())

    def first(self, role: str) -> int:
        """Return the first column of a role; -1 where there is none."""
        return self.roles.get(role, (-1,))[0]


def letters(column: int) -> str:
    """Return the name of a column, counted from 0, as spreadsheets have it: ``A``, ``Z``, ``AA``."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def mapped_role(mapped: Mapping[str, str], heading: str, column: int) -> str:
    """Return the role that ``--map`` gives to a column by its heading or its letter; else nothing."""
    return mapped.get(fold(heading)) or mapped.get(fold(letters(column)), "")
