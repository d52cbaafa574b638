"""A workbook that was sent out, back into its plan: what was changed in it is changed there, and nothing else.

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
from plancli.edit.progress import read_status
from plancli.edit.values import Assignment, assigned_values, settable, texts
from plancli.errors import Usage
from plancli.exchange.importer.calendar import read_calendar
from plancli.exchange.importer.cells import is_error, is_nobody, read_number, split_names
from plancli.exchange.importer.columns import read_percent
from plancli.exchange.importer.heading_row import likeness
from plancli.exchange.importer.issues import Headings, ImportIssue
from plancli.exchange.importer.rows import FORMULA_HELP
from plancli.exchange.importer.sent import Sent, UpdateOptions, read_sent
from plancli.exchange.importer.sheets import DESCRIBED
from plancli.exchange.importer.tables import Tables, read_tables
from plancli.exchange.table import Heading, action_cells, level_key, place_cells, plan_headings
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
    title: str = ""

    @property
    def errors(self) -> tuple[ImportIssue, ...]:
        """What keeps the plan from being changed."""
        return tuple([each for each in self.issues if each.error])


def read_update(loaded: Loaded, sources: Sequence[tuple[str, bytes]], options: UpdateOptions) -> Update:
    """Return the edits that bring a plan up to date from tables; raise what says why one is no table of it."""
    updater = _Updater(loaded, options)
    several = len(sources) > 1
    for name, source in sources:
        tables = read_tables(source, name, likeness)
        updater.take(read_sent(loaded.plan, tables, name, options), name if several else "")
    return updater.update()


def read_exported(tables: Tables, name: str, date: str) -> tuple[dict[str, Any] | None, Update] | None:
    """Return the data of the plan that a workbook was exported from, with what was changed in it since.

    The data are None where a cell can't be read; None is returned for a table that isn't such a workbook, or has
    columns of its own.
    """
    base = tables.base
    counts = [int(cell) for cell in base[0][3:6] if cell.isdecimal()] if base and base[0][:1] == ("1",) else []
    if len(counts) < 3 or not counts[2]:
        return None
    text = "".join(row[0] for row in base[3 + counts[0] + counts[1] :][: counts[2]] if row)
    checked = check(text.encode("utf-8", "surrogatepass"), name)
    if checked.plan is None:
        return None
    loaded = Loaded(checked.plan, name, checked)
    options = UpdateOptions(declare=True, remove_missing=True, date=date, new=True)
    sent = read_sent(loaded.plan, tables, name, options)
    if sent.extra:
        return None
    updater = _Updater(loaded, options)
    updater.take(sent, "")
    update = updater.update()._replace(title=sent.title)
    return (None if update.errors else edited(checked.document.data, update.edits)), update


def _text(cell: object) -> str:
    """Return a cell of a workbook as its reader gives it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)


def _is_same(one: str, other: str) -> bool:
    return one == other or one.split() == other.split()


_NEW_CODE = {
    True: N_("{code} isn't on the sheet of directorates: was {other} meant? It is kept as a new code"),
    False: N_("{code} isn't on the sheet of directorates: it is kept as a new code"),
}


class _Updater:
    """What tables change in a plan, gathered cell by cell."""

    def __init__(self, loaded: Loaded, options: UpdateOptions) -> None:
        self.issues: list[ImportIssue] = []
        self._loaded = loaded
        self._plan = loaded.plan
        self._options = options
        self._fields = {each.key: each for each in settable(loaded.plan)}
        self._values: dict[int, dict[str, Any]] = {}
        self._said: dict[tuple[object, str], tuple[str, Any]] = {}
        self._reported: dict[int, dict[str, str]] = {}
        self._moved: dict[int, Group] = {}
        self._removed: dict[int, Action] = {}
        self._added: list[tuple[Group | None, dict[str, Any], int]] = []
        self._declared: dict[str, dict[str, str | None]] = {}
        self._retitled: dict[Path, dict[str, list[tuple[Sent, int, str, int]]]] = {}
        self._groups = {action.number: groups for groups, action in each_action(self._plan)}
        self._actions = {action.number: action for action in self._plan.actions}
        headings = plan_headings(self._plan)
        self._cells = {
            action.number: _cells(self._plan, headings, groups, action)
            for groups, action in each_action(self._plan)
        }
        self._levels = [
            heading.key for heading in headings if heading.key not in {each.key for each in self._plan.fields}
        ]
        self._sheet = ""
        self._shown: set[int] = set()
        self._headings: Headings = ()

    def take(self, sent: Sent, sheet: str) -> None:
        """Take in what one table changes; ``sheet`` names it where there are several."""
        self._sheet = sheet
        self._headings = (sent.headings,)
        if self._options.remove_missing and sent.base is None:
            raise Usage(
                _("--remove-missing: {file} doesn't say which actions were exported").format(file=sent.name),
                _("Only a workbook that plancli export wrote says it"),
            )
        for at, heading, rows in sent.extra:
            done = N_("this column wasn't exported, and is left out (rows {rows})")
            words = {"rows": ", ".join(written_runs(rows))}
            self.issues.append(ImportIssue(sent.headings[0], at, done, heading, words, sheet=sheet))
        self._shown |= sent.now.keys() & self._actions.keys()
        self._tell_shape(sent)
        for number, cells in sent.now.items():
            self._compare(sent, number, cells)
        for row, cells in sent.new:
            self._add(sent, row, cells)
        for row, action_number, said in sent.reports:
            self._report(sent, row, action_number, said)
        for number, base in (sent.base or {}).items():
            if number not in sent.now and number in self._actions:
                self._miss(number, base)
        for code, (row, about) in sent.register.items():
            self._describe(sent, code, row, about)

    def _tell_shape(self, sent: Sent) -> None:
        """Record as issues what was taken out of a table, and what stands in it twice."""
        for heading in sent.gone:
            done = N_("the column “{heading}” is gone: what it said stays")
            self._tell(sent, sent.headings[0], "", done, error=False, heading=heading)
        for row, number in sent.again:
            done = N_("action {number} stands in row {other} too")
            self._tell(sent, row, "number", done, number=number, other=sent.rows[number])
        for code in sent.known if sent.register else ():
            if code not in sent.register:
                self._tell(
                    None, 0, "", N_("directorate {code} is gone from its sheet, and kept"), error=False, code=code
                )

    def _report(self, sent: Sent, row: int, number: int, said: dict[str, str]) -> None:
        """Take in the next report of an action, as its sheet has it."""
        if number not in self._actions:
            self._tell(sent, row, "number", N_("the plan has no action {number}"), number=number)
            return
        try:
            if "status" in said:
                said = said | {"status": read_status(self._plan, said["status"])}
        except Usage as refusal:
            self._tell(sent, row, "", "{sentence}", help=refusal.hint, sentence=refusal.message)
            return
        if "percent" in said and read_percent(said["percent"]) is None:
            done = N_("“{text}” is no percentage from 0 to 100")
            self._tell(sent, row, "", done, text=said["percent"])
            return
        if said.get("percent") == "1":
            self._tell(sent, row, "", N_("“1” is 1 % or 100 %: write 1 % or 100"))
            return
        others = [self._is_otherwise(sent, row, f"next_{key}", number, value) for key, value in said.items()]
        if not any(others):
            self._reported.setdefault(number, {}).update(said)

    def update(self) -> Update:
        """Return the edits of all tables."""
        titles = [*self._titles()]
        for number in self._removed.keys() & {*self._values, *self._reported, *self._moved}:
            done = N_("action {number} is gone from one sheet, and changed in another")
            self._tell(None, 0, "", done, number=number)
        if any(each.error for each in self.issues):
            return Update((), tuple(self.issues), self._headings)
        edits: list[Edit] = titles
        for code, about in self._declared.items():
            edits += self._declaration(code, about)
        for number in dict.fromkeys([*self._values, *self._reported, *self._moved]):
            edits += self._edits(number)
        if self._removed:
            with use_language(self._plan.language):
                reason = plain_spaces(_("No longer in the table that came back."))
            edits += remove_actions(self._loaded, [*self._removed.values()], reason, with_group=True)
        taken = {number for _group, _values, number in self._added}
        free = (number for number in count(next_number(self._plan)) if number not in taken)
        for group, values, number in self._added:
            edits += add_action(self._loaded, group, values, number or next(free))
        return Update(tuple(edits), tuple(self.issues), self._headings)

    def _edits(self, number: int) -> list[Edit]:
        action = self._actions[number]
        values = dict(self._values.get(number, {}))
        if number in self._reported:
            known = self._loaded.document.at(action.path).get("progress") or []
            entry = self._entry(number)
            if entry not in known:
                values["progress"] = [*known, entry]
        edits = set_values(self._loaded, action, values)
        if number not in self._moved:
            return edits
        block = edits[0].value if edits and isinstance(edits[0], Replace) else None
        moved = move_action(self._loaded, action, self._moved[number])
        return [each._replace(value=block) if block and isinstance(each, Insert) else each for each in moved]

    def _entry(self, number: int) -> dict[str, Any]:
        said = self._reported[number]
        percent = read_percent(said.get("percent", ""))
        entry: dict[str, Any] = {"date": self._options.date}
        entry |= {"status": said["status"]} if said.get("status") else {}
        entry |= {"percent": percent} if percent is not None else {}
        return entry | ({"note": said["note"]} if said.get("note") else {})

    def _tell(
        self,
        sent: Sent | None,
        row: int,
        key: str,
        message: str,
        *,
        read: str = "",
        help: str = "",
        error: bool = True,
        **words: Any,
    ) -> None:
        column = sent.columns.get(key) if sent else None
        self.issues.append(
            ImportIssue(row, column, message, read, words, error=error, help=help, sheet=self._sheet)
        )

    def _compare(self, sent: Sent, number: int, cells: dict[str, str]) -> None:
        """Compare the cells of an action with what was exported and with the plan."""
        action, row = self._actions.get(number), sent.rows[number]
        base = None if sent.base is None else sent.base.get(number)
        changed = [key for key in cells if base is None or not _is_same(cells[key], base.get(key, ""))]
        if action is None:
            if changed and base is not None:
                self._tell(
                    sent,
                    row,
                    "number",
                    N_("the plan has no action {number} any more, and its row was changed"),
                    number=number,
                )
            elif base is None:
                self._tell(sent, row, "number", N_("the plan has no action {number}"), number=number)
            return
        if sent.base is not None and base is None:
            self._tell(
                sent, row, "number", N_("action {number} isn't one of those that were exported"), number=number
            )
            return
        ours = self._cells[number]
        for key in changed:
            if key not in ours or key == "number" or _is_same(cells[key], ours[key]):
                continue
            if self._means(key, action, cells[key], ours[key]):
                continue
            if (row - 1, sent.columns[key]) in sent.failed or is_error(cells[key]):
                done = N_("a formula failed here: {cell}")
                self._tell(sent, row, key, done, help=FORMULA_HELP, cell=cells[key] or "–")
            elif base is None or not _is_same(ours[key], base.get(key, "")):
                self._conflict(sent, row, key, cells[key], ours[key], base)
            elif key in self._levels:
                self._move(sent, row, key, number, cells)
            else:
                self._set(sent, row, key, action, cells[key])

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

    def _conflict(
        self, sent: Sent, row: int, key: str, theirs: str, ours: str, base: dict[str, str] | None
    ) -> None:
        if base is None:
            done = N_("“{theirs}” in the table, “{ours}” in the plan, and nothing says which is newer")
            help = N_("Send a workbook out with plancli export, and take that one back")
            self._tell(sent, row, key, done, help=help, theirs=theirs or "–", ours=ours or "–")
            return
        done = N_("conflict: “{theirs}” in the table, “{ours}” in the plan, “{base}” when it was exported")
        help = N_("Make the table say what the plan says, or the plan what the table says, and import it again")
        was = base.get(key, "") or "–"
        self._tell(sent, row, key, done, help=help, theirs=theirs or "–", ours=ours or "–", base=was)

    def _set(self, sent: Sent, row: int, key: str, action: Action, cell: str) -> None:
        if key not in self._fields:
            return
        try:
            value = self._value(sent, row, self._fields[key], action, cell)
        except Usage as refusal:
            self._tell(sent, row, key, "{sentence}", help=refusal.hint, sentence=refusal.message)
            return
        if not self._is_otherwise(sent, row, key, action.number, value):
            self._values.setdefault(action.number, {})[key] = value

    def _is_otherwise(self, sent: Sent, row: int, key: str, what: object, value: Any) -> bool:
        """Return whether another table says otherwise of the same, and tell it."""
        file, known = self._said.setdefault((what, key), (sent.name, value))
        if known == value:
            return False
        self._tell(sent, row, key, N_("{file} changes this otherwise"), file=os.path.basename(file))
        return True

    def _value(self, sent: Sent, row: int, field: Field, action: Action | None, cell: str) -> Any:
        """Return what a cell says, as the file has it; raise Usage for what the field can't be."""
        if field.type is Type.CODES:
            return self._codes(sent, row, field.key, cell)
        if field.type is Type.YEARS and (read := read_calendar(cell)).plain:
            return list(read.years)
        if field.type is Type.LIST:
            items = action.value(field.key) if action else None
            known = items if isinstance(items, tuple) else ()
            lines = [" ".join(line.split()) for line in cell.split("\n")]
            return [item for line in lines for item in ([line] if line in known else texts(line))]
        return assigned_values(self._plan, action, [Assignment(field, "=", cell)])[field.key]

    def _codes(self, sent: Sent, row: int, key: str, cell: str) -> list[str]:
        """Return the codes of a cell; one that isn't declared is declared, if that was said, or refused."""
        found: list[str] = []
        rest = re.split(r", |;|\n|\|", cell)
        while rest:
            whole = next((end for end in range(min(len(rest), 9), 0, -1) if self._known(", ".join(rest[:end]))), 0)
            piece, rest = ", ".join(rest[: whole or 1]), rest[whole or 1 :]
            nobody = not whole and (is_nobody(piece) or not split_names(piece).names)
            if nobody and piece.strip():
                done = N_("“{words}” is nobody, left out")
                self._tell(sent, row, key, done, read=cell, error=False, words=piece.strip())
            names = () if nobody else (piece,) if whole else split_names(piece).names
            found += [self._code(sent, row, key, name.strip()) for name in names if name.strip()]
        return list(dict.fromkeys(found))

    def _known(self, name: str) -> str:
        name = name.strip()
        return name if name in self._declared else next(iter(parse_code(self._plan, name) or ()), "")

    def _code(self, sent: Sent, row: int, key: str, name: str) -> str:
        known = self._known(name)
        if known:
            return known
        near = closest(name, [each.code for each in self._plan.directorates])
        if self._options.declare:
            self._declared[name] = {}
            is_new = self._options.new and name not in sent.register
            done = _NEW_CODE[bool(near)] if is_new else N_("{code} is declared")
            self._tell(sent, row, key, done, error=False, read=name, code=name, other=near or "")
            return name
        done = N_("unknown directorate {code}, was {other} meant?") if near else N_("unknown directorate {code}")
        help = N_("To declare the codes that the plan doesn't know: --declare")
        self._tell(sent, row, key, done, help=help, code=name, other=near or "")
        return name

    def _move(self, sent: Sent, row: int, key: str, number: int, cells: dict[str, str]) -> None:
        """Take an action to the group whose numbers the row has; a title is no place."""
        places = [cells[each] for each in self._numbers() if cells.get(each)]
        group = next((each for each in self._plan.all_groups if list(map(str, each.place)) == places), None)
        if key in self._numbers() and group:
            if not self._is_otherwise(sent, row, "places", number, group.place):
                self._moved[number] = group
        elif key in self._numbers():
            self._tell(sent, row, key, N_("the plan has no group {place}"), place=".".join(places))
        elif not self._is_moving(cells, number):
            level, part = self._column(key)
            if level > len(self._groups[number]):
                done = N_("the action stands in no group of this level: give its number too")
                self._tell(sent, row, key, done)
                return
            path = self._groups[number][level - 1].path
            self._retitled.setdefault((*path, part), {}).setdefault(cells[key], []).append(
                (sent, row, key, number)
            )

    def _titles(self) -> Iterator[Edit]:
        """Yield the edits of titles and codes that all rows of a group say alike; tell the others."""
        for path, said in self._retitled.items():
            rows = {number for places in said.values() for _sent, _row, _key, number in places}
            inside = {
                number for number in self._shown if path[:-1] in [each.path for each in self._groups[number]]
            }
            (text, places), *others = said.items()
            if others or rows < inside or (not text and path[-1] == "title"):
                done = N_("only some rows of this group say so: change its title in each of its rows")
                sent, row, key, _number = places[0]
                self._tell(sent, row, key, done, read=text)
            else:
                there = self._loaded.document.at(path) is not None
                yield Remove(path) if not text else Replace(path, text) if there else Insert(path, text)

    def _column(self, key: str) -> tuple[int, str]:
        """Return the level, from 1, and the key in the file of a column of titles or codes of groups."""
        levels = enumerate(self._levels_of(), 1)
        columns = (((at, part), level_key(name, part)) for at, name in levels for part in ("title", "code"))
        return next(column for column, own in columns if own == key)

    def _levels_of(self) -> list[str]:
        if self._plan.declared_levels is None:
            return ["orientation", "measure"]
        return [level.name for level in self._plan.levels]

    def _is_moving(self, cells: dict[str, str], number: int) -> bool:
        return any(cells.get(key, "") != self._cells[number].get(key, "") for key in self._numbers())

    def _numbers(self) -> list[str]:
        """Return the keys of the columns of numbers of levels, from the top."""
        if self._plan.declared_levels is None:
            return ["orientation", "measure"]
        return [level.name for level in self._plan.levels if level.name in self._levels]

    def _add(self, sent: Sent, row: int, cells: dict[str, str]) -> None:
        """Take in a row that the table didn't have: a new action."""
        number = read_number(cells.get("number", "")) or 0
        if number and number in [each for _group, _values, each in self._added]:
            self._tell(sent, row, "number", N_("action {number} stands in another new row too"), number=number)
            return
        places = [cells[each] for each in self._numbers() if cells.get(each)]
        group = next((each for each in self._plan.all_groups if list(map(str, each.place)) == places), None)
        nowhere = not group and (places or (self._plan.groups and not self._plan.loose))
        if not cells.get("text") or nowhere or sent.base is None:
            done = N_("a new row needs a text, and the numbers of the group it stands in")
            self._tell(sent, row, "text", done, read=cells.get("text", ""))
            return
        values: dict[str, Any] = {}
        for key, cell in cells.items():
            if key in self._fields and cell:
                try:
                    values[key] = self._value(sent, row, self._fields[key], None, cell)
                except Usage as refusal:
                    self._tell(sent, row, key, "{sentence}", help=refusal.hint, sentence=refusal.message)
        self._added.append((group, values, number))

    def _miss(self, number: int, base: Mapping[str, str]) -> None:
        """Take note of an action whose row is gone."""
        ours = self._cells[number]
        if not self._options.remove_missing:
            done = N_("action {number} is gone from the table, and kept; to remove it: --remove-missing")
            self._tell(None, 0, "", done, error=False, number=number)
        elif all(_is_same(ours.get(key, ""), cell) for key, cell in base.items() if key in ours):
            self._removed[number] = self._actions[number]
        else:
            done = N_("action {number} is gone from the table, and was changed in the plan")
            self._tell(None, 0, "", done, number=number)

    def _describe(self, sent: Sent, code: str, row: int, about: dict[str, str]) -> None:
        """Take in what the sheet of directorates says otherwise of a code."""
        known = next((each for each in self._plan.directorates if each.code == code), None)
        base = sent.known.get(code)
        if sent.base is None or (known is None and base is None and not self._options.declare):
            if known is None:
                help = N_("To declare the codes that the plan doesn't know: --declare")
                self._tell(None, row, "", N_("unknown directorate {code}"), help=help, code=code)
            return
        for key in DESCRIBED:
            theirs, was = about.get(key, ""), (base or {}).get(key, "")
            ours = (getattr(known, key) or "") if known else ""
            if _is_same(theirs, was) or _is_same(theirs, ours):
                continue
            if not _is_same(ours, was):
                done = N_("conflict: “{theirs}” in the table, “{ours}” in the plan, “{base}” when it was exported")
                self._tell(None, row, "", done, theirs=theirs or "–", ours=ours or "–", base=was or "–")
            elif not self._is_otherwise(sent, row, f"register_{key}", code, theirs):
                self._declared.setdefault(code, {})[key] = theirs or None
        if known is None and base is None:
            self._declared.setdefault(code, {})

    def _declaration(self, code: str, about: Mapping[str, str | None]) -> Iterator[Edit]:
        path = ("directorates", code)
        known = any(each.code == code for each in self._plan.directorates)
        old = self._loaded.document.at(path) if known else None
        said = {**(old or {}), **about}
        new = {key: said[key] for key in DESCRIBED if said.get(key)} or None
        if not known:
            yield Insert(path, new)
        elif new != old:
            yield Replace(path, new)


def _cells(plan: Plan, headings: Sequence[Heading], groups: Sequence[Group], action: Action) -> dict[str, str]:
    types = {each.key: each.type for each in plan.fields}
    cells = action_cells(headings, types, place_cells(plan, groups), action)
    return {heading.key: _text(cell) for heading, cell in zip(headings, cells, strict=True)}
