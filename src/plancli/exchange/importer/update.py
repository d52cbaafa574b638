"""The update of a plan from a workbook that was exported of it: what was changed there, and nothing else.

Each cell is compared three ways: as it was exported (the hidden sheet has it), as it is in the table, and as the
plan says it now. What both sides changed is a conflict, unless they say the same. A table without the hidden sheet
has no base: there each cell that differs from the plan is a conflict.
"""

import os
import re
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from typing import Any

from plancli.check.checker import check
from plancli.edit.progress import read_status
from plancli.edit.values import Assignment, assigned_values, known_codes, texts
from plancli.errors import Invalid, Usage
from plancli.exchange.importer.cells.dates import DateOrder, read_calendar
from plancli.exchange.importer.cells.directorates import is_nobody, split_names
from plancli.exchange.importer.cells.numbers import read_number, read_percent
from plancli.exchange.importer.changes import Changes, PlanIndex, Update
from plancli.exchange.importer.codes import NEW_CODE
from plancli.exchange.importer.columns import Columns, TableColumn, letters
from plancli.exchange.importer.columns.finder import likeness
from plancli.exchange.importer.columns.vocabulary import FIELD
from plancli.exchange.importer.declared import DeclaredField, Language, declare, taken_keys
from plancli.exchange.importer.file import Tables
from plancli.exchange.importer.file.reader import read_tables
from plancli.exchange.importer.issues import Imported
from plancli.exchange.importer.returned import ReturnedTable, UpdateOptions, read_returned
from plancli.exchange.table import DESCRIBED, NEXT
from plancli.i18n import N_, _, known_language, use_language
from plancli.loader import Loaded
from plancli.plan.model import Action, Field, Plan, Type
from plancli.plan.writer import dump
from plancli.plan.writer.edits import edited
from plancli.text import capital, closest, fold


def read_update(loaded: Loaded, sources: Sequence[tuple[str, bytes]], options: UpdateOptions) -> Update:
    """Return the edits that bring a plan up to date from tables; raise what says why one is no table of it."""
    several = len(sources) > 1
    changes = Changes(loaded, PlanIndex(loaded.plan), options.date)
    for name, source in sources:
        tables = read_tables(source, name, likeness)
        table = read_returned(loaded.plan, tables, name, options, name if several else "")
        _TableComparison(changes, table, options).take()
    return changes.update()


def read_exported(
    tables: Tables, name: str, sheet: str | None, date: str, title: str | None, language: str | None
) -> Imported | None:
    """Return the plan that a workbook was exported from, with what was changed in it since.

    Columns that were added are fields. Return None for a table that isn't such a workbook, and where another
    ``sheet`` of it is asked for than that of its actions.
    """
    base = tables.base
    if base is None or not base.plan:
        return None
    checked = check(base.plan.encode("utf-8", "surrogatepass"), name)
    if checked.plan is None:
        return None
    loaded = Loaded(checked.plan, name, checked)
    options = UpdateOptions(declare=True, remove_missing=True, date=date, new=True)
    try:
        table = read_returned(loaded.plan, tables, name, options)
    except Invalid:
        if sheet:  # the one of the actions may be gone
            return None
        raise
    if sheet not in (None, table.sheet.name):
        return None
    own = _own_fields(table, loaded.plan)
    if own:
        data = checked.document.data
        fields = data.get("fields", {}) | {each.key: each.definition for each in own.values()}
        checked = check(dump({**data, "fields": fields}).encode("utf-8", "surrogatepass"), name)
        assert checked.plan is not None  # as before, with more fields
        loaded = Loaded(checked.plan, name, checked)
    changes = Changes(loaded, PlanIndex(loaded.plan), date)
    _TableComparison(changes, table, options, list(own.values())).take()
    update = changes.update()
    columns = [TableColumn(at, heading, key) for at, (key, heading) in enumerate(base.columns)]
    columns += [TableColumn(at, table.heading(at), FIELD, label=table.heading(at)) for at in own]
    about = update.issues, update.headings, Columns(tuple(columns), 0, 0)
    if update.errors:
        return Imported(None, *about)
    data = edited(checked.document.data, update.edits)
    head = {"title": title or table.title or data["title"], "language": language or data["language"]}
    return Imported({**data, **head}, *about)


def _own_fields(table: ReturnedTable, plan: Plan) -> dict[int, DeclaredField]:
    """Return the columns that were added to a table, by their places, as fields; one has a value for each row."""
    taken = {*taken_keys(level.name for level in plan.levels), *(field.key for field in plan.declared_fields)}
    language = Language(known_language(plan.language) == "en", dates=DateOrder.DAYS, own=False)
    found: dict[int, DeclaredField] = {}
    for at, rows in table.own_columns().items():
        table.issues += filter(None, [table.failure(row, at) for row in rows])
        words = [table.word(row, at) for row, _cells in table.rows]
        if any(words):
            with use_language(plan.language):
                label = table.heading(at) or capital(_("column {column}").format(column=letters(at)))
            cells = [(each,) if each else () for each in words]
            found[at] = declare(label, cells, False, taken, language)
            taken.add(found[at].key)
    return found


def _is_same(one: str, other: str) -> bool:
    return one.split() == other.split()


_CONFLICT = N_("conflict: “{theirs}” in the table, “{ours}” in the plan, “{base}” when it was exported")
_CONFLICT_HELP = N_("Make the table say what the plan says, or the plan what the table says, and import it again")
_UNKNOWN_BASE = N_("“{theirs}” in the table, “{ours}” in the plan, and nothing says which is newer")
_UNKNOWN_BASE_HELP = N_("Send a workbook out with plancli export, and take that one back")
_NO_FIELD = N_("“{cell}” was written here, and the plan has no such field any more")
_NO_FIELD_HELP = N_("Make the cell say what was exported, or declare the field in the plan again")
_DECLARE_HELP = N_("To declare the codes that the plan doesn't know: --declare")


class _TableComparison:
    """The comparison of a table with its base and with the plan, cell by cell."""

    def __init__(
        self, changes: Changes, table: ReturnedTable, options: UpdateOptions, own: Sequence[DeclaredField] = ()
    ) -> None:
        self._changes = changes
        self._index = changes.index
        self._plan = changes.index.plan
        self._table = table
        self._options = options
        self._own = {
            row: {each.key: each.values[at] for each in own if each.values[at] is not None}
            for at, (row, _cells) in enumerate(table.rows)
        }

    def take(self) -> None:
        """Take in what the table changes."""
        table = self._table
        self._changes.headings[table.label] = ((table.head, table.sheet.rows[table.head - 1]),)
        if self._options.remove_missing and table.base is None:
            raise Usage(
                _("--remove-missing: {file} doesn't say which actions were exported").format(file=table.name),
                _("Only a workbook that plancli export wrote says it"),
            )
        self._changes.issues += table.issues
        self._changes.shown |= table.actions.keys() & self._index.actions.keys()
        for number, (row, cells) in table.actions.items():
            self._compare(number, row, cells)
        for row, cells in table.new:
            self._add(row, cells)
        for number, (row, cells) in table.reports:
            said = {key.removeprefix("next_"): cells[key] for key in NEXT if cells.get(key)}
            if said:
                self._report(number, row, said)
            self._check_shown(number, row, cells)
        for number, base in table.base.actions.items() if table.base else ():
            if number not in table.actions and number in self._index.actions:
                self._miss(number, base)
        for code, (row, about) in table.register.items():
            self._describe(code, row, about)

    def _add_issue(self, row: int, key: str, message: str, **about: Any) -> None:
        self._changes.issues.append(self._table.issue(row, key, message, **about))

    def _refuse(self, row: int, key: str, refusal: Usage) -> None:
        self._add_issue(row, key, "{sentence}", help=refusal.hint, sentence=refusal.message)

    def _compare(self, number: int, row: int, cells: dict[str, str]) -> None:
        """Take in what the row of an action says otherwise than it was exported."""
        table = self._table
        base = table.base.actions.get(number) if table.base else None
        action = self._index.actions.get(number)
        changed = [key for key, cell in cells.items() if base is None or not _is_same(cell, base.get(key, ""))]
        if action is None:
            if changed:
                done = N_("the plan has no action {number} any more, and its row was changed")
                self._add_issue(row, "number", done, number=number)
            return
        if table.base and base is None:
            done = N_("action {number} isn't one of those that were exported")
            self._add_issue(row, "number", done, number=number)
            return
        ours = self._index.cells[number]
        said = ours | cells  # what a column that is gone said stays
        for key in changed:
            if key not in ours and key not in self._index.fields:
                self._add_issue(row, key, _NO_FIELD, help=_NO_FIELD_HELP, cell=cells[key] or "–")
            elif key != "number" and not _is_same(cells[key], ours.get(key, "")):
                self._take_cell(row, key, action, said, base)
        if self._own[row]:
            self._changes.values.setdefault(number, {}).update(self._own[row])

    def _take_cell(
        self, row: int, key: str, action: Action, cells: dict[str, str], base: dict[str, str] | None
    ) -> None:
        """Take in a cell that says neither what was exported nor, letter by letter, what the plan says."""
        cell, ours = cells[key], self._index.cells[action.number].get(key, "")
        if self._means(key, action, cell, ours):
            return
        if failure := self._table.failure(row, self._table.columns[key]):
            self._changes.issues.append(failure)
        elif base is None or not _is_same(ours, base.get(key, "")):
            self._conflict(row, key, cell, ours, base)
        elif key in self._index.numbers:
            self._move(row, key, action.number, cells)
        elif key in self._index.titles:
            self._retitle(row, key, action.number, cells)
        elif key in self._index.fields:
            self._set(row, key, action, cell)

    def _means(self, key: str, action: Action, cell: str, ours: str) -> bool:
        """Return whether a cell says what the plan says, read as the column is read and not letter by letter."""
        field = self._index.fields.get(key)
        if field is None:
            return key == "status" and fold(cell) == fold(ours)
        value = action.value(key)
        if field.type is Type.YEARS:
            read = read_calendar(cell)
            return read.years == value and read.due in ("", str(action.value("due") or ""))
        if field.type is Type.CODES:
            names = [name for _piece, found in self._names(cell) for name in found]
            return tuple([self._known_code(name) for name in names]) == value
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
        done, help = (_CONFLICT, _CONFLICT_HELP) if base is not None else (_UNKNOWN_BASE, _UNKNOWN_BASE_HELP)
        was = {} if base is None else {"base": base.get(key, "") or "–"}
        self._add_issue(row, key, done, help=help, theirs=theirs or "–", ours=ours or "–", **was)

    def _set(self, row: int, key: str, action: Action, cell: str) -> None:
        try:
            value = self._value(row, self._index.fields[key], action, cell)
        except Usage as refusal:
            self._refuse(row, key, refusal)
            return
        if not self._is_otherwise(row, key, action.number, value):
            self._changes.values.setdefault(action.number, {})[key] = value

    def _is_otherwise(self, row: int, key: str, what: object, value: Any) -> bool:
        """Return whether another table says otherwise of the same, and add the issue."""
        file, known = self._changes.said.setdefault((what, key), (self._table.name, value))
        if known == value:
            return False
        self._add_issue(row, key, N_("{file} changes this otherwise"), file=os.path.basename(file))
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
        for piece, names in self._names(cell):
            if piece and not names:
                done = N_("“{words}” is nobody, left out")
                self._add_issue(row, key, done, read=cell, error=False, words=piece)
            found += [self._code(row, key, name) for name in names]
        return list(dict.fromkeys(found))

    def _names(self, cell: str) -> Iterator[tuple[str, Sequence[str]]]:
        """Yield each piece of a cell of codes, and the names in it: a code that the plan knows is one whole."""
        rest = re.split(r", |;|\n|\|", cell)
        while rest:
            ends = range(min(len(rest), 9), 0, -1)
            known = next((end for end in ends if self._known_code(", ".join(rest[:end]))), 0)
            piece, rest = ", ".join(rest[: known or 1]).strip(), rest[known or 1 :]
            yield piece, (piece,) if known else () if is_nobody(piece) else split_names(piece).names

    def _known_code(self, name: str) -> str:
        name = name.strip()
        return name if name in self._changes.declared else next(iter(known_codes(self._plan, name)), "")

    def _code(self, row: int, key: str, name: str) -> str:
        known = self._known_code(name)
        if known:
            return known
        near = closest(name, self._index.directorates)
        if self._options.declare:
            self._changes.declared[name] = {}
            is_new = self._options.new and name not in self._table.register
            done = NEW_CODE[bool(near)] if is_new else N_("{code} is declared")
            self._add_issue(row, key, done, error=False, read=name, code=name, other=near or "")
            return name
        done = N_("unknown directorate {code}, was {other} meant?") if near else N_("unknown directorate {code}")
        self._add_issue(row, key, done, help=_DECLARE_HELP, code=name, other=near or "")
        return name

    def _move(self, row: int, key: str, number: int, cells: dict[str, str]) -> None:
        """Take an action to the group whose numbers its row has."""
        group = self._index.group(cells)
        if group is None:
            self._refuse_group(row, key, cells)
        elif not self._is_otherwise(row, "places", number, group.place):
            self._changes.moved[number] = group

    def _refuse_group(self, row: int, key: str, cells: dict[str, str]) -> None:
        fix = N_("Give the numbers of a group that the plan has, or write the new one into the plan first")
        place = ".".join(self._index.place(cells))
        self._add_issue(row, key, N_("the plan has no group {place}"), help=fix, place=place)

    def _retitle(self, row: int, key: str, number: int, cells: dict[str, str]) -> None:
        """Take note of a title or code that the row of an action gives to its group, or to the one it moves to."""
        groups = self._index.groups[number]
        level, part = self._index.titles[key]
        if self._index.place(cells) != self._index.place(self._index.cells[number]):
            target = self._index.group(cells)
            if target is None or not cells[key]:  # one has an issue, the other says nothing
                return
            groups = self._index.path_to(target)
            if level < len(groups) and _is_same(cells[key], getattr(groups[level], part) or ""):
                return
        if level >= len(groups):
            self._add_issue(row, key, N_("the action stands in no group of this level: give its number too"))
            return
        done = N_("only some rows of this group say so: change its title in each of its rows")
        issue = self._table.issue(row, key, done, read=cells[key])
        path = (*groups[level].path, part)
        self._changes.retitled.setdefault(path, {}).setdefault(cells[key], []).append((number, issue))

    def _add(self, row: int, cells: dict[str, str]) -> None:
        """Take in a row that the table didn't have: a new action."""
        if self._table.base is None:
            done = N_("the plan lacks this action, and nothing says if it is new")
            self._add_issue(row, "text", done, read=cells.get("text", ""), help=_UNKNOWN_BASE_HELP)
            return
        number = read_number(cells.get("number", "")) or 0
        if number and number in [each for _group, _values, each in self._changes.added]:
            self._add_issue(row, "number", N_("action {number} stands in another new row too"), number=number)
            return
        place = self._index.place(cells)
        group = self._index.group(cells)
        nowhere = not place and self._plan.groups and not self._plan.loose
        if not cells.get("text") or nowhere:
            done = N_("a new row needs a text, and the numbers of the group it stands in")
            self._add_issue(row, "text", done, read=cells.get("text", ""))
            return
        if place and not group:
            self._refuse_group(row, self._index.numbers[len(place) - 1], cells)
            return
        values = dict(self._own[row])
        for key, cell in cells.items():
            if key in self._index.fields and cell:
                try:
                    values[key] = self._value(row, self._index.fields[key], None, cell)
                except Usage as refusal:
                    self._refuse(row, key, refusal)
        self._changes.added.append((group, values, number))

    def _report(self, number: int, row: int, said: dict[str, Any]) -> None:
        """Take in the next report of an action, as its sheet has it."""
        if number not in self._index.actions:
            self._add_issue(row, "report_number", N_("the plan has no action {number}"), number=number)
            return
        said = dict(said)
        if "status" in said:
            try:
                said["status"] = read_status(self._plan, said["status"])
            except Usage as refusal:
                self._refuse(row, "report_next_status", refusal)
                return
        if "percent" in said:
            cell, said["percent"] = said["percent"], read_percent(said["percent"])
            if said["percent"] is None:
                self._add_issue(
                    row, "report_next_percent", N_("“{text}” is no percentage from 0 to 100"), text=cell
                )
                return
            if cell == "1":
                self._add_issue(row, "report_next_percent", N_("“1” is 1 % or 100 %: write 1 % or 100"))
                return
        others = [self._is_otherwise(row, f"report_next_{key}", number, value) for key, value in said.items()]
        taken = self._taken_on(number, said)
        if taken:
            done = N_("this report was taken in before, on {date}, and isn't taken again")
            self._add_issue(row, "report_next_status", done, error=False, date=taken)
        elif not any(others):
            self._changes.reported.setdefault(number, {}).update(said)

    def _taken_on(self, number: int, said: Mapping[str, Any]) -> str:
        """Return the day of an entry that says the same and is newer than the export; empty for none."""
        exported = self._exported.get(number)
        if exported is None:
            return ""
        same = [
            entry.date
            for entry in self._index.actions[number].progress
            if (entry.status, entry.percent, entry.note) == tuple(map(said.get, ("status", "percent", "note")))
        ]
        known = {entry.date for entry in exported.progress}
        return next((date for date in same if date not in known), "")

    def _check_shown(self, number: int, row: int, cells: Mapping[str, str]) -> None:
        """Refuse a status or a percentage that was typed over the one that was exported."""
        shown = [cells.get(key, "") for key in ("status", "percent")]
        action = self._index.actions.get(number)
        if action is None or not any(shown) or _is_known(shown, action):
            return
        exported = self._exported.get(number)
        if exported is None or not _is_known(shown, exported):
            done = N_("“{cell}” stands where the last report is shown, and isn't taken")
            fix = N_("Type a new status or percentage into the columns for it, at the end of the row")
            self._add_issue(row, "report_status", done, help=fix, cell=" · ".join(filter(None, shown)))

    @cached_property
    def _exported(self) -> dict[int, Action]:
        """The actions as they were exported, by their numbers; none where the table doesn't say it."""
        base = self._table.base
        plan = check(base.plan.encode("utf-8", "surrogatepass"), self._table.name).plan if base else None
        return {each.number: each for each in plan.actions} if plan else {}

    def _miss(self, number: int, base: Mapping[str, str]) -> None:
        """Take note of an action whose row is gone."""
        ours = self._index.cells[number]
        if not self._options.remove_missing:
            done = N_("action {number} is gone from the table, and kept; to remove it: --remove-missing")
            self._add_issue(0, "", done, error=False, number=number)
        elif all(_is_same(ours[key], cell) for key, cell in base.items() if key in ours):
            done = N_("action {number} is gone from one sheet, and changed in another")
            self._changes.removed[number] = self._table.issue(0, "", done, number=number)
        else:
            done = N_("action {number} is gone from the table, and was changed in the plan")
            self._add_issue(0, "", done, number=number)

    def _describe(self, code: str, row: int, about: dict[str, str]) -> None:
        """Take in what the sheet of directorates says otherwise of a code."""
        base = self._table.base
        known = self._index.directorates.get(code)
        was = base.directorates.get(code) if base else None
        if base is None or (known is None and was is None and not self._options.declare):
            if known is None:
                self._add_issue(
                    row, "register_code", N_("unknown directorate {code}"), help=_DECLARE_HELP, code=code
                )
            return
        for key in DESCRIBED:
            theirs, exported = about.get(key, ""), (was or {}).get(key, "")
            ours = (getattr(known, key) or "") if known else ""
            if _is_same(theirs, exported) or _is_same(theirs, ours):
                continue
            if not _is_same(ours, exported):
                words = {"theirs": theirs or "–", "ours": ours or "–", "base": exported or "–"}
                self._add_issue(row, f"register_{key}", _CONFLICT, **words)
            elif not self._is_otherwise(row, f"register_{key}", code, theirs):
                self._changes.declared.setdefault(code, {})[key] = theirs or None
        if known is None and was is None:
            self._changes.declared.setdefault(code, {})


def _is_known(shown: Sequence[str], action: Action) -> bool:
    """Return whether a status and a percentage, each if it is shown, were ever reported of an action."""
    status, percent = shown
    known = {fold(entry.status) for entry in action.progress if entry.status}
    percents = {entry.percent for entry in action.progress}
    return (not status or fold(status) in known) and (not percent or read_percent(percent) in percents)
