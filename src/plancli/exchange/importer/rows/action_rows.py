"""The rows of one action, taken together."""

from dataclasses import replace

from plancli.dates import last_day
from plancli.exchange.importer.cells.numbers import read_number
from plancli.exchange.importer.columns import Columns
from plancli.exchange.importer.issues import ImportIssue
from plancli.exchange.importer.rows import CodeCell, Record, Schedule
from plancli.exchange.importer.rows.row import Row
from plancli.i18n import N_
from plancli.text import fold


class ActionRows:
    """The actions of a sheet, each with all that its rows say; ``joined`` are the rows that say more of one."""

    def __init__(self) -> None:
        self.records: list[Record] = []
        self.joined: list[int] = []
        self._places: dict[tuple[object, ...], int] = {}

    def add(self, row: Row, record: Record, continues: bool) -> None:
        """Add what a row says: to the action above where it ``continues`` it, or to one that it says again."""
        titles = tuple([each.title for each in record.banners])
        key = (record.number, record.code, record.text, titles, record.groups)
        same = -1
        if continues:
            same = len(self.records) - 1
            record = _with_number_of_part(record, self.records[same], row.columns)
        elif record.number or record.code or self._says_more(record, row.columns):
            same = self._places.get(key, -1)
        if same < 0:
            self._places[key] = len(self.records)
            self.records.append(record)
            return
        first = self.records[same]
        if row.own("priority").strip():
            record = _with_priority_told(record, first)
        self.records[same] = _join(first, record)
        self.joined.append(row.number)

    def _says_more(self, record: Record, columns: Columns) -> bool:
        """Return whether a row without a number says more of an action: of another day, or a part of it."""
        last = self.records[-1] if self.records else record
        dated = bool(record.reports and record.reports[0].date)
        return dated or (bool(columns.of("sub")) and (last.text, last.groups) == (record.text, record.groups))


def _with_number_of_part(record: Record, action: Record, columns: Columns) -> Record:
    """Return a row of an action's part with the number that it has of its own in the text of the part."""
    own = record.code or str(record.number or "")
    if own in ("", action.code, str(action.number)):
        return record
    parts = {each.label for each in columns.declared if each.role == "sub"} & record.fields.keys()
    if not parts:
        done = N_("left out, the row says more of action {number}")
        words = {"number": action.code or action.number or action.text}
        return _with_told(record, record.issue(columns.first("number"), done, own, words))
    fields = {
        label: (f"{own} {cells[0]}", *cells[1:]) if label in parts else cells
        for label, cells in record.fields.items()
    }
    return replace(record, fields=fields)


def _with_priority_told(record: Record, first: Record) -> Record:
    """Return a row of an action that tells its priority, where the first row has another one."""
    said = [each.priority for each in (first, record) if each.priority]
    if len({read_number(each) or fold(each) for each in said}) < 2:
        return record
    done = N_("another priority of the same action, the first one is kept")
    issue = record.issue(record.priority_column, done, record.priority, field="priority", noted=True)
    return _with_told(record, issue)


def _with_told(record: Record, issue: ImportIssue) -> Record:
    return replace(record, issues=(*record.issues, issue))


def _join(record: Record, other: Record) -> Record:
    """Return an action with what another of its rows says of it too."""
    fields = dict(record.fields)
    for label, cells in other.fields.items():
        known = fields.get(label, ())
        fields[label] = (*known, *(cell for cell in cells if cell not in known))
    years = tuple(sorted({*record.calendar.years, *other.calendar.years}))
    words = [each.calendar.when for each in (record, other) if each.calendar.when]
    ends = [each.calendar.due or str(max(each.calendar.years, default="")) for each in (record, other)]
    latest = max(ends, key=last_day)
    due = latest if latest in (record.calendar.due, other.calendar.due) else ""
    return replace(
        record,
        pilots=_with_names(record.pilots, other.pilots),
        associated=_with_names(record.associated, other.associated),
        calendar=Schedule(years, due, " · ".join(dict.fromkeys(words))),
        priority=record.priority or other.priority,
        reports=(*record.reports, *other.reports),
        fields=fields,
        issues=(*record.issues, *other.issues),
    )


def _with_names(cell: CodeCell, other: CodeCell) -> CodeCell:
    new = tuple(name for name in other.names if name not in cell.names)
    if not new:
        return cell
    return CodeCell(", ".join(filter(None, (cell.written, other.written))), (*cell.names, *new), cell.column)
