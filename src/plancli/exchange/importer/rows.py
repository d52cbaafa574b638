"""Rows to records: shifted rows are put straight, cells read, and what can't be read is named."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from plancli.exchange.formula import rearm
from plancli.exchange.importer.cells import read_number, read_roles, read_years, split_codes, without_label
from plancli.exchange.importer.columns import Columns
from plancli.exchange.importer.nouns import Codes, Oddity, Place, Problem, Record, Sheet
from plancli.i18n import N_, _
from plancli.plan.model import FIELDS, NOTE_FIELDS, Type
from plancli.text import fold

ROLES = ("pilots", "associated")
INHERITED = ("directorates", *ROLES, "years", "priority")
"""The columns of an action in which an empty cell says what stands above it."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row whose cells stand under their headings; ``offset`` says how many columns they stood too far right.

    ``above`` has what the row above says of who, when and how urgent: an empty cell says the same.
    """

    number: int
    cells: tuple[str, ...]
    offset: int
    sheet: Sheet
    columns: Columns
    above: Mapping[str, str] = field(default_factory=dict)

    def raw(self, name: str) -> str:
        """Give a cell as it stands; a merged one reads the same on each row that it covers."""
        return self.above[name] if self.inherits(name) else self._own(name)

    def inherits(self, name: str) -> bool:
        """Tell whether a cell is empty and so says what stands above; nobody associated is no empty cell."""
        names = ROLES if name in ROLES else (name,)
        return name in self.above and not any(self._own(each).strip() for each in names)

    def _own(self, name: str) -> str:
        index = self.columns.places.get(name, -1)
        cell = self.cells[index] if 0 <= index < len(self.cells) else ""
        if not cell.strip() and not self.offset and name not in ("text", "number"):
            cell = self.sheet.merged.get((self.number - 1, index), cell)
        return cell

    @property
    def below(self) -> dict[str, str]:
        """Give what the row below may leave to this one."""
        if self.columns.own:
            return {}
        return {name: self.raw(name) for name in INHERITED if name in self.columns.places}

    def text(self, name: str) -> str:
        """Give a text: as it stands in an exported table, else on one line without blanks around it.

        Exported for Excel it may have a quote in front, and may since have been saved as something else.
        """
        cell = self.raw(name)
        if not self.columns.own:
            return " ".join(line.strip() for line in cell.strip().splitlines() if line.strip())
        return rearm(cell) if self.columns.own == "|" and self.sheet.separator != "," else cell

    def place(self, name: str) -> int | None:
        """Give the column, from 0, in which a cell stood in the table."""
        index = self.columns.places.get(name)
        return None if index is None else index + self.offset


def straighten(sheet: Sheet, columns: Columns, number: int, above: Mapping[str, str]) -> Row:
    """Put the cells of a row under their headings.

    As they stand, if so they can be read; else counted from the right, trailing empty cells left out; else as they
    stand, with what stands above them.
    """
    cells = sheet.rows[number - 1]
    length = max((index + 1 for index, cell in enumerate(cells) if cell.strip()), default=0)
    as_is = Row(number, cells[:length], 0, sheet, columns)
    offset = length - columns.width
    if not _faults(as_is):
        return as_is
    as_is = replace(as_is, above=above)
    if not offset:
        return as_is
    if offset < 0:
        moved = Row(number, ("",) * -offset + cells[:length], offset, sheet, columns)
    elif any(cell.strip() for cell in cells[:offset]):
        return as_is
    else:
        moved = Row(number, cells[offset:length], offset, sheet, columns)
    return as_is if _faults(moved) else moved


def _faults(row: Row) -> bool:
    return any(isinstance(each, Problem) for each in _read(row, 1))


def read_row(row: Row, ordinal: int) -> Record | tuple[Problem, ...]:
    """Read one row, number ``ordinal`` in the table if it says none; or give everything that is wrong with it."""
    found = list(_read(row, ordinal))
    problems = tuple([each for each in found if isinstance(each, Problem)])
    if problems:
        return problems
    record = next(each for each in found if isinstance(each, Record))
    record = replace(record, oddities=(*_inherited(row, record.number), *record.oddities))
    if row.offset and row.columns.row:
        right = N_("the row is shifted to the right (by {n}), its cells are counted from the right")
        left = N_("the row is shifted to the left (by {n}), its cells are counted from the right")
        done, words = (right if row.offset > 0 else left), (("n", abs(row.offset)),)
        moved = Oddity(row.number, None, "", done, action=record.number, words=words)
        record = replace(record, oddities=(moved, *record.oddities))
    return record


def _read(row: Row, ordinal: int) -> Iterator[Problem | Record]:
    """Give the problems of a row, and its record if there are none."""
    problems: list[Problem] = []

    def wrong(name: str, message: str) -> None:
        problems.append(Problem(row.number, row.place(name), message))

    number = _number(row, "number", problems) if "number" in row.columns.places else ordinal
    text = row.text("text")
    if not text.strip():
        wrong("text", _("there is no text of an action"))
    oddities: list[Oddity] = []
    pilots, associated = _roles(row, problems, oddities, number)
    years = read_years(row.raw("years"), bool(row.columns.own))
    if years is None:
        wrong("years", _lacks(row.raw("years"), _("there is no year"), _("no year in “{cell}”")))
    elif not years.plain:
        read = row.text("years")
        words = (("years", ", ".join(map(str, years.years))),)
        done = N_("read as {years}")
        oddities.append(
            Oddity(row.number, row.place("years"), read, done, action=number, field="years", words=words)
        )
    priority = _number(row, "priority", problems)
    orientation = _place(row, "orientation", problems)
    measure = _place(row, "measure", problems)
    more = tuple(_more(row, problems))
    yield from problems
    if not problems and years and priority:
        joined = not row.columns.own and "\n" in row.raw("text").strip()
        yield Record(
            row.number,
            orientation,
            measure,
            number or ordinal,
            text,
            pilots,
            associated,
            years.years,
            priority,
            tuple(oddities),
            joined,
            more,
        )


def _more(row: Row, problems: list[Problem]) -> Iterator[tuple[str, Any]]:
    """Read the optional fields; an empty cell is an action that lacks the field."""
    for field_ in FIELDS:
        if field_.required or not row.raw(field_.key).strip():
            continue
        if field_.type in (Type.NUMBER, Type.YEAR):
            yield field_.key, _number(row, field_.key, problems)
        elif field_.type is Type.CODES:
            yield field_.key, list(_codes(row, field_.key).pieces)
        elif field_.type in (Type.YEARS, Type.NUMBERS):
            years = read_years(row.raw(field_.key), own=True)
            if years is None:
                message = _lacks(row.raw(field_.key), "", _("no number in “{cell}”"))
                problems.append(Problem(row.number, row.place(field_.key), message))
            yield field_.key, list(years.years) if years else []
        else:
            yield field_.key, row.text(field_.key)


def _inherited(row: Row, action: int) -> Iterator[Oddity]:
    """Tell the empty cells that were read as above."""
    for name, cell in row.above.items():
        if row.inherits(name) and (name != "associated" or "pilots" not in row.above):
            about = name if name in NOTE_FIELDS else "pilots"
            done, words = N_("empty, read as above: {cell}"), (("cell", " ".join(cell.split())),)
            yield Oddity(row.number, row.place(name), "", done, action=action, field=about, words=words)


def _lacks(cell: str, empty: str, other: str) -> str:
    return other.format(cell=" ".join(cell.split())) if cell.strip() else empty


def _number(row: Row, name: str, problems: list[Problem]) -> int | None:
    cell = row.raw(name)
    number = read_number(cell)
    if number is None:
        message = _lacks(cell, _("there is no number"), _("no number in “{cell}”"))
        problems.append(Problem(row.number, row.place(name), message))
    return number


def _place(row: Row, name: str, problems: list[Problem]) -> Place:
    title = row.text(f"{name}_title")
    cell = row.raw(name)
    number = read_number(cell)
    if number is None and cell.strip():
        problems.append(Problem(row.number, row.place(name), _lacks(cell, "", _("no number in “{cell}”"))))
    column = row.place(f"{name}_title") if title.strip() else row.place(name)
    return Place(number, title if title.strip() else "", column)


def _roles(row: Row, problems: list[Problem], oddities: list[Oddity], action: int | None) -> tuple[Codes, Codes]:
    if "pilots" in row.columns.places:
        column = row.place("pilots")
        pilots, associated = _codes(row, "pilots"), _codes(row, "associated")
    else:
        column = row.place("directorates")
        cell = row.raw("directorates")
        roles = read_roles(cell)
        if roles is None:
            problems.append(Problem(row.number, column, _lacks(cell, *_no_pilot())))
            return Codes("", (), column), Codes("", (), column)
        pilots = Codes(roles.pilots, split_codes(roles.pilots), column)
        associated = Codes(roles.associated, split_codes(roles.associated), column)
        for bare in roles.bare:
            done = N_("no colon after the label, read as if there were one")
            field = "associated" if bare.lower().startswith("assoc") else "pilots"
            oddities.append(Oddity(row.number, column, bare, done, action=action, field=field))
    if not pilots.pieces:
        problems.append(Problem(row.number, column, _lacks(pilots.written, *_no_pilot())))
    return pilots, associated


def _no_pilot() -> tuple[str, str]:
    return _("there is no pilot"), _("“{cell}” doesn't say who the pilot is")


def _codes(row: Row, name: str) -> Codes:
    if row.columns.own:
        cell = row.text(name)
        return Codes(cell, split_codes(cell, row.columns.own), row.place(name))
    cell = without_label(row.raw(name))
    return Codes(cell, split_codes(cell), row.place(name))


def headings(sheet: Sheet, columns: Columns) -> frozenset[str]:
    """Give the headings, folded; nothing where there are none."""
    cells = sheet.rows[columns.row - 1] if columns.row else ()
    return frozenset([fold(cell) for cell in cells if cell.strip()])
