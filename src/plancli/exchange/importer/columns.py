"""Which column of a table is what: by its heading, by what its cells hold, or as somebody said."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from plancli.exchange.importer.headings import (
    FIELD,
    NUMBER,
    TEXT,
    day_of,
    year_of,
)

PUBLISHED = ("title 1", "code 1", "title 2", "code 2", TEXT, NUMBER, "directorates", "years", "priority")
"""The columns of the published table, in its order: what is taken where nothing is said."""

LEFT_OUT = "-"

REPORTED = ("status", "percent", "note")
"""The columns that say where an action stands."""


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column, from 0: its heading on one line, and its role.

    ``role`` is a field of an action, ``title 1`` or ``code 1`` (of the first level; ``sign 1`` is its code
    where the other has its number), ``year`` (a mark in it says that the year is covered), ``sub``, ``start``,
    ``end``, ``status``, ``percent``, ``date``, ``note``; FIELD is a field that the plan will declare by its
    ``label``, LEFT_OUT what somebody wants left out, nothing a column without heading.
    """

    index: int
    heading: str
    role: str
    year: int = 0
    label: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """The columns of a sheet; ``row`` is the row of their headings (0 without), ``last`` where headings end.

    ``levels`` are the names of the plan's levels, from the top. ``code_separator`` stands between the codes of a
    table that plancli exported, whose cells are read as they stand; it is empty for any other table. ``roles`` has
    the columns of each role, ``read`` those whose cells go into the plan, also ``in_order``. ``days`` has those of
    where actions stand, by role, for each day that their headings speak of.
    """

    columns: tuple[TableColumn, ...]
    row: int
    last: int
    levels: tuple[str, ...] = ("orientation", "measure")
    code_separator: str = ""
    roles: Mapping[str, tuple[int, ...]] = field(init=False)
    read: frozenset[int] = field(init=False)
    in_order: tuple[int, ...] = field(init=False)
    days: Mapping[str, Mapping[str, int]] = field(init=False)

    def __post_init__(self) -> None:
        roles: dict[str, tuple[int, ...]] = {}
        for each in self.columns:
            roles[each.role] = (*roles.get(each.role, ()), each.index)
        read = [each.index for each in self.columns if each.role not in ("", LEFT_OUT)]
        object.__setattr__(self, "roles", roles)
        object.__setattr__(self, "read", frozenset(read))
        object.__setattr__(self, "in_order", tuple(sorted(read)))
        object.__setattr__(self, "days", _by_day([each for each in self.columns if each.role in REPORTED]))

    @property
    def exported(self) -> bool:
        """Whether plancli made the table."""
        return bool(self.code_separator)

    @property
    def width(self) -> int:
        """Where the columns end."""
        return max((each.index + 1 for each in self.columns if each.role), default=0)

    @property
    def known(self) -> int:
        """How many columns are more than a field of the table's own."""
        return len(self.roles.keys() - {"", FIELD, LEFT_OUT})

    @property
    def declared(self) -> tuple[TableColumn, ...]:
        """The columns that the plan will declare as fields."""
        return tuple(each for each in self.columns if each.role in (FIELD, "sub"))

    def of(self, role: str) -> tuple[int, ...]:
        """Return the columns of a role."""
        return self.roles.get(role, ())

    def first(self, role: str) -> int:
        """Return the first column of a role; -1 where there is none."""
        return self.roles.get(role, (-1,))[0]


def _by_day(columns: Sequence[TableColumn]) -> dict[str, dict[str, int]]:
    """Return columns by role for each day; where headings speak of one day at most, all are of that day."""
    said = list(dict.fromkeys(day for each in columns if (day := day_of(each.heading))))
    found: dict[str, dict[str, int]] = {}
    for each in columns:
        day = day_of(each.heading) if len(said) > 1 else "".join(said)
        found.setdefault(day, {}).setdefault(each.role, each.index)
    return found or {"": {}}


_CODE = re.compile(
    r"(?:n° ?)?(?:[^\W\d_]{1,4}[ .-]?)?[0-9]{1,4}(?:[.-][0-9]{1,3})*(?:[a-z]| ?(?:bis|ter))?\.?"
    r"|[IVXLC]{1,6}\.?|[A-Z]\.?|(?=[\w./-]*[0-9])(?=[\w./-]*[A-Z.])[A-Za-z0-9][\w./-]{1,19}"
)


def is_code(cell: str) -> bool:
    """Return whether a cell is a number or a code: ``4``, ``1.1.2``, ``A1``, ``FA-12``, ``II``."""
    return bool(_CODE.fullmatch(cell.strip()))


def labelled(names: Sequence[str], roles: Mapping[int, str]) -> tuple[TableColumn, ...]:
    """Return columns; of several fields with one heading, each later one has its place in its label."""
    labels: dict[str, int] = {}
    columns: list[TableColumn] = []
    for at, name in enumerate(names):
        role, label = roles.get(at, ""), ""
        if role in (FIELD, "sub"):
            before = name or next((each.label for each in reversed(columns) if each.role == role), "")
            bare = re.sub(r" \([0-9]+\)$", "", before) if not name else before
            times = labels[bare] = labels.get(bare, 0) + 1
            label = bare if times == 1 else f"{bare} ({times})"
        columns.append(TableColumn(at, name, role, year_of(name), label))
    return tuple(columns)


def letters(column: int) -> str:
    """Return the name of a column, counted from 0, as spreadsheets have it: ``A``, ``Z``, ``AA``."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def is_amount(cell: str) -> bool:
    """Return whether a cell is a number, perhaps of money."""
    return bool(re.fullmatch(r"[\d \u00a0\u202f.,]*\d[\d \u00a0\u202f.,]*(?:[kM]?€)?", cell))


def read_percent(cell: str) -> int | None:
    """Return the whole percentage that ``40 %``, ``40`` or ``0.4`` says."""
    found = re.fullmatch(r"([0-9]{1,3})(?:[.,]0+)?\s*%?", cell.strip())
    if found:
        return int(found[1]) if int(found[1]) <= 100 else None
    part = re.fullmatch(r"0[.,]([0-9]{1,2})", cell.strip())
    return int(part[1].ljust(2, "0")) if part else None
