"""The update of a plan from a workbook that was exported of it: what was changed there, and nothing else.

Each cell is compared three ways: as it was exported (the hidden sheet has it), as it is in the table, and as the
plan says it now. What both sides changed is a conflict, unless they say the same. A table without the hidden sheet
has no base: there each cell that differs from the plan is a conflict.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import count
from typing import Any, NamedTuple

from plancli.check.checker import check
from plancli.edit.actions import add_action, move_action, next_number, remove_actions, set_values
from plancli.edit.progress import KEYS, read_status
from plancli.edit.values import Assignment, assigned_values, settable, texts
from plancli.errors import Usage
from plancli.exchange.importer.cells.dates import read_calendar
from plancli.exchange.importer.cells.directorates import is_nobody, split_names
from plancli.exchange.importer.cells.numbers import read_number, read_percent
from plancli.exchange.importer.cells.words import is_error
from plancli.exchange.importer.codes import NEW_CODE
from plancli.exchange.importer.columns import Columns, TableColumn
from plancli.exchange.importer.columns.headings import likeness
from plancli.exchange.importer.file import Tables, read_tables
from plancli.exchange.importer.issues import Headings, Imported, ImportIssue
from plancli.exchange.importer.returned import ReturnedTable, UpdateOptions, read_returned
from plancli.exchange.importer.rows.row_reader import FORMULA_HELP
from plancli.exchange.table import DESCRIBED, Cell, action_cells, level_key, place_cells, plan_headings
from plancli.i18n import N_, _, plain_spaces, use_language
from plancli.loader import Loaded
from plancli.location import Path
from plancli.plan.model import Action, Field, Group, Plan, Type, each_action, written_runs
from plancli.plan.query.facets import parse_code
from plancli.plan.writer.edits import Edit, Insert, Remove, Replace, edited
from plancli.text import closest, fold


class Update(NamedTuple):
    """The edits of a plan, and what is told: conflicts and what can't be read are errors."""

    edits: tuple[Edit, ...]
    issues: tuple[ImportIssue, ...]
    headings: Headings

    @property
    def errors(self) -> tuple[ImportIssue, ...]:
        """What keeps the plan from being changed."""
        return tuple([each for each in self.issues if each.error])


def read_update(loaded: Loaded, sources: Sequence[tuple[str, bytes]], options: UpdateOptions) -> Update:
    """Return the edits that bring a plan up to date from tables; raise what says why one is no table of it."""
    several = len(sources) > 1
    updater = _Updater(loaded, options)
    for name, source in sources:
        tables = read_tables(source, name, likeness)
        updater.take(read_returned(loaded.plan, tables, name, options, name if several else ""))
    return updater.update()


def read_exported(
    tables: Tables, name: str, date: str, title: str | None, language: str | None
) -> Imported | None:
    """Return the plan that a workbook was exported from, with what was changed in it since.

    Return None for a table that isn't such a workbook, or has columns of its own.
    """
    base = tables.base
    if base is None or not base.plan:
        return None
    checked = check(base.plan.encode("utf-8", "surrogatepass"), name)
    if checked.plan is None:
        return None
    loaded = Loaded(checked.plan, name, checked)
    options = UpdateOptions(declare=True, remove_missing=True, date=date, new=True)
    table = read_returned(loaded.plan, tables, name, options)
    if table.extra:
        return None
    updater = _Updater(loaded, options)
    updater.take(table)
    update = updater.update()
    columns = tuple([TableColumn(at, heading, key) for at, (key, heading) in enumerate(base.columns)])
    about = update.issues, update.headings, Columns(columns, 0, 0)
    if update.errors:
        return Imported(None, *about)
    data = edited(checked.document.data, update.edits)
    head = {"title": title or table.title or data["title"], "language": language or data["language"]}
    return Imported({**data, **head}, *about)


def _is_same(one: str, other: str) -> bool:
    return one.split() == other.split()


_CONFLICT = N_("conflict: “{theirs}” in the table, “{ours}” in the plan, “{base}” when it was exported")
_CONFLICT_HELP = N_("Make the table say what the plan says, or the plan what the table says, and import it again")
_UNKNOWN_BASE = (
    N_("“{theirs}” in the table, “{ours}” in the plan, and nothing says which is newer"),
    N_("Send a workbook out with plancli export, and take that one back"),
)
_DECLARE_HELP = N_("To declare the codes that the plan doesn't know: --declare")


class _Updater:
    """What tables change in a plan, gathered cell by cell."""

    _table: ReturnedTable
    """The table that is being taken in."""

    def __init__(self, loaded: Loaded, options: UpdateOptions) -> None:
        plan = loaded.plan
        self._loaded = loaded
        self._plan = plan
        self._options = options
        self._issues: list[ImportIssue] = []
        self._values: dict[int, dict[str, Any]] = {}
        self._said: dict[tuple[object, str], tuple[str, Any]] = {}
        self._reported: dict[int, dict[str, Any]] = {}
        self._moved: dict[int, Group] = {}
        self._removed: dict[int, Action] = {}
        self._added: list[tuple[Group | None, dict[str, Any], int]] = []
        self._declared: dict[str, dict[str, str | None]] = {}
        self._retitled: dict[Path, dict[str, list[tuple[int, ImportIssue]]]] = {}
        self._shown: set[int] = set()
        self._headings: dict[str, tuple[tuple[int, tuple[str, ...]]]] = {}
        self._fields = {each.key: each for each in settable(plan)}
        self._directorates = {each.code: each for each in plan.directorates}
        self._groups = {action.number: groups for groups, action in each_action(plan)}
        self._actions = {action.number: action for action in plan.actions}
        self._cells = _cells_of(plan)
        keys = {heading.key for heading in plan_headings(plan)}
        levels = [(at, level.name) for at, level in enumerate(plan.levels)]
        self._numbers = [name for _at, name in levels if name in keys]
        self._titles = {
            level_key(name, part): (at, part)
            for at, name in levels
            for part in ("title", "code")
            if level_key(name, part) in keys
        }
        self._by_place = {tuple(map(str, each.place)): each for each in plan.all_groups}

    def take(self, table: ReturnedTable) -> None:
        """Take in what one table changes."""
        self._table = table
        self._headings[table.label] = (table.headings,)
        if self._options.remove_missing and table.base is None:
            raise Usage(
                _("--remove-missing: {file} doesn't say which actions were exported").format(file=table.name),
                _("Only a workbook that plancli export wrote says it"),
            )
        self._tell_shape()
        self._shown |= table.actions.keys() & self._actions.keys()
        for number, (row, cells) in table.actions.items():
            self._compare(number, row, cells)
        for row, cells in table.new:
            self._add(row, cells)
        for number, (row, said) in table.reports:
            self._report(number, row, said)
        for number, base in table.base.actions.items() if table.base else ():
            if number not in table.actions and number in self._actions:
                self._miss(number, base)
        for code, (row, about) in table.register.items():
            self._describe(code, row, about)

    def _tell_shape(self) -> None:
        """Record as issues what was added to a table or taken out of it, and what stands in it twice."""
        table = self._table
        for at, heading, rows in table.extra:
            done = N_("this column wasn't exported, and is left out (rows {rows})")
            words = {"rows": ", ".join(written_runs(rows))}
            self._issues.append(ImportIssue(table.headings[0], at, done, heading, words, sheet=table.label))
        for heading in table.gone:
            done = N_("the column “{heading}” is gone: what it said stays")
            self._tell(table.headings[0], "", done, error=False, heading=heading)
        for row, number in table.again:
            done = N_("action {number} stands in row {other} too")
            self._tell(row, "number", done, number=number, other=table.actions[number][0])
        for code in table.base.directorates if table.base and table.register else ():
            if code not in table.register:
                done = N_("directorate {code} is gone from its sheet, and kept")
                self._tell(0, "", done, error=False, code=code)

    def _tell(self, row: int, key: str, message: str, **about: Any) -> None:
        self._issues.append(self._issue(row, key, message, **about))

    def _issue(
        self,
        row: int,
        key: str,
        message: str,
        *,
        read: str = "",
        help: str = "",
        error: bool = True,
        **words: Any,
    ) -> ImportIssue:
        column = self._table.columns.get(key)
        return ImportIssue(row, column, message, read, words, error=error, help=help, sheet=self._table.label)

    def _refuse(self, row: int, key: str, refusal: Usage) -> None:
        self._tell(row, key, "{sentence}", help=refusal.hint, sentence=refusal.message)

    def _compare(self, number: int, row: int, cells: dict[str, str]) -> None:
        """Take in what the row of an action says otherwise than it was exported."""
        table = self._table
        base = table.base.actions.get(number) if table.base else None
        action = self._actions.get(number)
        changed = [key for key, cell in cells.items() if base is None or not _is_same(cell, base.get(key, ""))]
        if action is None:
            if base is None:
                self._tell(row, "number", N_("the plan has no action {number}"), number=number)
            elif changed:
                done = N_("the plan has no action {number} any more, and its row was changed")
                self._tell(row, "number", done, number=number)
            return
        if table.base and base is None:
            done = N_("action {number} isn't one of those that were exported")
            self._tell(row, "number", done, number=number)
            return
        ours = self._cells[number]
        said = ours | cells  # what a column that is gone said stays
        for key in changed:
            if key in ours and key != "number" and not _is_same(cells[key], ours[key]):
                self._take_cell(row, key, action, said, base)

    def _take_cell(
        self, row: int, key: str, action: Action, cells: dict[str, str], base: dict[str, str] | None
    ) -> None:
        """Take in a cell that says neither what was exported nor, letter by letter, what the plan says."""
        cell, ours = cells[key], self._cells[action.number][key]
        if self._means(key, action, cell, ours):
            return
        if (row - 1, self._table.columns[key]) in self._table.failed or is_error(cell):
            self._tell(row, key, N_("a formula failed here: {cell}"), help=FORMULA_HELP, cell=cell or "–")
        elif base is None or not _is_same(ours, base.get(key, "")):
            self._conflict(row, key, cell, ours, base)
        elif key in self._numbers:
            self._move(row, key, action.number, cells)
        elif key in self._titles:
            self._retitle(row, key, action.number, cells)
        elif key in self._fields:
            self._set(row, key, action, cell)

    def _means(self, key: str, action: Action, cell: str, ours: str) -> bool:
        """Return whether a cell says what the plan says, read as the column is read and not letter by letter."""
        field = self._fields.get(key)
        if field is None:
            return key == "status" and fold(cell) == fold(ours)
        value = action.value(key)
        if field.type is Type.YEARS:
            read = read_calendar(cell)
            return read.years == value and read.due in ("", str(action.value("due") or ""))
        if field.type is Type.CODES:
            pieces = [each.strip() for each in re.split(r"[,;|\n]", cell)]
            names = [
                name for each in pieces for name in ((each,) if self._known(each) else split_names(each).names)
            ]
            return tuple([self._known(name) for name in names]) == value
        if field.type is Type.LIST:
            return tuple([each.strip() for each in re.split(r"[;|\n]", cell)]) == value
        try:
            read_value = assigned_values(self._plan, action, [Assignment(field, "=", cell)])[key]
        except Usage:
            return False
        if field.type is Type.DECIMAL and None not in (read_value, value):
            return Decimal(str(read_value)) == value
        return fold(str(read_value)) == fold(str(value)) if read_value is not None else value is None

    def _conflict(self, row: int, key: str, theirs: str, ours: str, base: dict[str, str] | None) -> None:
        done, help = _UNKNOWN_BASE if base is None else (_CONFLICT, _CONFLICT_HELP)
        was = {} if base is None else {"base": base.get(key, "") or "–"}
        self._tell(row, key, done, help=help, theirs=theirs or "–", ours=ours or "–", **was)

    def _set(self, row: int, key: str, action: Action, cell: str) -> None:
        try:
            value = self._value(row, self._fields[key], action, cell)
        except Usage as refusal:
            self._refuse(row, key, refusal)
            return
        if not self._is_otherwise(row, key, action.number, value):
            self._values.setdefault(action.number, {})[key] = value

    def _is_otherwise(self, row: int, key: str, what: object, value: Any) -> bool:
        """Return whether another table says otherwise of the same, and tell it."""
        file, known = self._said.setdefault((what, key), (self._table.name, value))
        if known == value:
            return False
        self._tell(row, key, N_("{file} changes this otherwise"), file=os.path.basename(file))
        return True

    def _value(self, row: int, field: Field, action: Action | None, cell: str) -> Any:
        """Return what a cell says, as the file has it; raise Usage for what the field can't be."""
        if field.type is Type.CODES:
            return self._codes(row, field.key, cell)
        if field.type is Type.YEARS and (read := read_calendar(cell)).plain:
            return list(read.years)
        if field.type is Type.LIST:
            items = action.value(field.key) if action else None
            known = items if isinstance(items, tuple) else ()
            lines = [" ".join(line.split()) for line in cell.split("\n")]
            return [item for line in lines for item in ([line] if line in known else texts(line))]
        return assigned_values(self._plan, action, [Assignment(field, "=", cell)])[field.key]

    def _codes(self, row: int, key: str, cell: str) -> list[str]:
        """Return the codes of a cell; one that isn't declared is declared, if that was said, or refused."""
        found: list[str] = []
        rest = re.split(r", |;|\n|\|", cell)
        while rest:
            whole = next((end for end in range(min(len(rest), 9), 0, -1) if self._known(", ".join(rest[:end]))), 0)
            piece, rest = ", ".join(rest[: whole or 1]), rest[whole or 1 :]
            nobody = not whole and (is_nobody(piece) or not split_names(piece).names)
            if nobody and piece.strip():
                done = N_("“{words}” is nobody, left out")
                self._tell(row, key, done, read=cell, error=False, words=piece.strip())
            names = () if nobody else (piece,) if whole else split_names(piece).names
            found += [self._code(row, key, name.strip()) for name in names if name.strip()]
        return list(dict.fromkeys(found))

    def _known(self, name: str) -> str:
        name = name.strip()
        return name if name in self._declared else next(iter(parse_code(self._plan, name) or ()), "")

    def _code(self, row: int, key: str, name: str) -> str:
        known = self._known(name)
        if known:
            return known
        near = closest(name, self._directorates)
        if self._options.declare:
            self._declared[name] = {}
            is_new = self._options.new and name not in self._table.register
            done = NEW_CODE[bool(near)] if is_new else N_("{code} is declared")
            self._tell(row, key, done, error=False, read=name, code=name, other=near or "")
            return name
        done = N_("unknown directorate {code}, was {other} meant?") if near else N_("unknown directorate {code}")
        self._tell(row, key, done, help=_DECLARE_HELP, code=name, other=near or "")
        return name

    def _place(self, cells: Mapping[str, str]) -> tuple[str, ...]:
        """Return the numbers of the group that a row stands in, from the top."""
        return tuple([cells[key] for key in self._numbers if cells.get(key)])

    def _move(self, row: int, key: str, number: int, cells: dict[str, str]) -> None:
        """Take an action to the group whose numbers its row has."""
        group = self._by_place.get(self._place(cells))
        if group is None:
            self._tell(row, key, N_("the plan has no group {place}"), place=".".join(self._place(cells)))
        elif not self._is_otherwise(row, "places", number, group.place):
            self._moved[number] = group

    def _retitle(self, row: int, key: str, number: int, cells: dict[str, str]) -> None:
        """Take note of a title or code that the row of an action gives to its group, or to the one it moves to."""
        groups = self._groups[number]
        level, part = self._titles[key]
        if self._place(cells) != self._place(self._cells[number]):
            target = self._by_place.get(self._place(cells))
            if target is None or not cells[key]:  # the first is told of its number, the second says nothing
                return
            groups = self._path_to(target)
            if level < len(groups) and _is_same(cells[key], getattr(groups[level], part) or ""):
                return
        if level >= len(groups):
            self._tell(row, key, N_("the action stands in no group of this level: give its number too"))
            return
        done = N_("only some rows of this group say so: change its title in each of its rows")
        issue = self._issue(row, key, done, read=cells[key])
        path = (*groups[level].path, part)
        self._retitled.setdefault(path, {}).setdefault(cells[key], []).append((number, issue))

    def _path_to(self, group: Group) -> tuple[Group, ...]:
        """Return a group and those that it stands in, from the top."""
        return tuple(
            [self._by_place[tuple(map(str, group.place[:end]))] for end in range(1, len(group.place) + 1)]
        )

    def _title_edits(self) -> Iterator[Edit]:
        """Yield the edits of titles and codes that all rows of a group say alike; tell the others."""
        for path, said in self._retitled.items():
            rows = {number for places in said.values() for number, _issue in places}
            inside = {number for number in self._shown if path[:-1] in self._paths(number)}
            (text, places), *others = said.items()
            if others or inside - rows or (not text and path[-1] == "title"):
                self._issues.append(places[0][1])
            else:
                there = self._loaded.document.at(path) is not None
                yield Remove(path) if not text else Replace(path, text) if there else Insert(path, text)

    def _paths(self, number: int) -> list[Path]:
        """Return the paths of the groups that an action stands in, once it has moved."""
        groups = self._path_to(self._moved[number]) if number in self._moved else self._groups[number]
        return [each.path for each in groups]

    def _add(self, row: int, cells: dict[str, str]) -> None:
        """Take in a row that the table didn't have: a new action."""
        number = read_number(cells.get("number", "")) or 0
        if number and number in [each for _group, _values, each in self._added]:
            self._tell(row, "number", N_("action {number} stands in another new row too"), number=number)
            return
        place = self._place(cells)
        group = self._by_place.get(place)
        nowhere = not group and (place or (self._plan.groups and not self._plan.loose))
        if not cells.get("text") or nowhere or self._table.base is None:
            done = N_("a new row needs a text, and the numbers of the group it stands in")
            self._tell(row, "text", done, read=cells.get("text", ""))
            return
        values: dict[str, Any] = {}
        for key, cell in cells.items():
            if key in self._fields and cell:
                try:
                    values[key] = self._value(row, self._fields[key], None, cell)
                except Usage as refusal:
                    self._refuse(row, key, refusal)
        self._added.append((group, values, number))

    def _report(self, number: int, row: int, said: dict[str, Any]) -> None:
        """Take in the next report of an action, as its sheet has it."""
        if number not in self._actions:
            self._tell(row, "number", N_("the plan has no action {number}"), number=number)
            return
        said = dict(said)
        if "status" in said:
            try:
                said["status"] = read_status(self._plan, said["status"])
            except Usage as refusal:
                self._refuse(row, "", refusal)
                return
        if "percent" in said:
            cell, said["percent"] = said["percent"], read_percent(said["percent"])
            if said["percent"] is None:
                self._tell(row, "", N_("“{text}” is no percentage from 0 to 100"), text=cell)
                return
            if cell == "1":
                self._tell(row, "", N_("“1” is 1 % or 100 %: write 1 % or 100"))
                return
        others = [self._is_otherwise(row, f"next_{key}", number, value) for key, value in said.items()]
        if not any(others):
            self._reported.setdefault(number, {}).update(said)

    def _miss(self, number: int, base: Mapping[str, str]) -> None:
        """Take note of an action whose row is gone."""
        ours = self._cells[number]
        if not self._options.remove_missing:
            done = N_("action {number} is gone from the table, and kept; to remove it: --remove-missing")
            self._tell(0, "", done, error=False, number=number)
        elif all(_is_same(ours[key], cell) for key, cell in base.items() if key in ours):
            self._removed[number] = self._actions[number]
        else:
            done = N_("action {number} is gone from the table, and was changed in the plan")
            self._tell(0, "", done, number=number)

    def _describe(self, code: str, row: int, about: dict[str, str]) -> None:
        """Take in what the sheet of directorates says otherwise of a code."""
        base = self._table.base
        known = self._directorates.get(code)
        was = base.directorates.get(code) if base else None
        if base is None or (known is None and was is None and not self._options.declare):
            if known is None:
                self._tell(row, "", N_("unknown directorate {code}"), help=_DECLARE_HELP, code=code)
            return
        for key in DESCRIBED:
            theirs, exported = about.get(key, ""), (was or {}).get(key, "")
            ours = (getattr(known, key) or "") if known else ""
            if _is_same(theirs, exported) or _is_same(theirs, ours):
                continue
            if not _is_same(ours, exported):
                self._tell(row, "", _CONFLICT, theirs=theirs or "–", ours=ours or "–", base=exported or "–")
            elif not self._is_otherwise(row, f"register_{key}", code, theirs):
                self._declared.setdefault(code, {})[key] = theirs or None
        if known is None and was is None:
            self._declared.setdefault(code, {})

    def update(self) -> Update:
        """Return the edits of all tables."""
        edits = list(self._title_edits())
        for number in self._removed.keys() & {*self._values, *self._reported, *self._moved}:
            self._tell(0, "", N_("action {number} is gone from one sheet, and changed in another"), number=number)
        if any(each.error for each in self._issues):
            return Update((), tuple(self._issues), self._headings)
        for code, about in self._declared.items():
            edits += self._declaration(code, about)
        for number in dict.fromkeys([*self._values, *self._reported, *self._moved]):
            edits += self._action_edits(self._actions[number])
        if self._removed:
            with use_language(self._plan.language):
                reason = plain_spaces(_("No longer in the table that came back."))
            edits += remove_actions(self._loaded, [*self._removed.values()], reason, with_group=True)
        taken = {number for _group, _values, number in self._added}
        free = (number for number in count(next_number(self._plan)) if number not in taken)
        for group, values, number in self._added:
            edits += add_action(self._loaded, group, values, number or next(free))
        return Update(tuple(edits), tuple(self._issues), self._headings)

    def _action_edits(self, action: Action) -> list[Edit]:
        values = dict(self._values.get(action.number, {}))
        said = self._reported.get(action.number)
        if said:
            known = self._loaded.document.at(action.path).get("progress") or []
            dated = {"date": self._options.date, **said}
            entry = {key: dated[key] for key in KEYS if key in dated}
            if entry not in known:
                values["progress"] = [*known, entry]
        edits = set_values(self._loaded, action, values)
        if action.number not in self._moved:
            return edits
        block = edits[0].value if edits and isinstance(edits[0], Replace) else None
        moved = move_action(self._loaded, action, self._moved[action.number])
        return [each._replace(value=block) if block and isinstance(each, Insert) else each for each in moved]

    def _declaration(self, code: str, about: Mapping[str, str | None]) -> Iterator[Edit]:
        path = ("directorates", code)
        old = self._loaded.document.at(path) if code in self._directorates else None
        said = {**(old or {}), **about}
        new = {key: said[key] for key in DESCRIBED if said.get(key)} or None
        if code not in self._directorates:
            yield Insert(path, new)
        elif new != old:
            yield Replace(path, new)


def _cells_of(plan: Plan) -> dict[int, dict[str, str]]:
    """Return the cells of each action by the keys of their columns, as a workbook of it reads."""
    headings = plan_headings(plan)
    types = {each.key: each.type for each in plan.fields}
    found = {}
    for groups, action in each_action(plan):
        cells = action_cells(headings, types, place_cells(plan, groups), action)
        found[action.number] = {heading.key: _text(cell) for heading, cell in zip(headings, cells, strict=True)}
    return found


def _text(cell: Cell) -> str:
    """Return a cell of a workbook as its reader gives it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
