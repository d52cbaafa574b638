"""SQLite: typed tables with their keys, and a view ``plan`` of one row an action; Datasette opens it as it is."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from decimal import Decimal
from tempfile import TemporaryDirectory

from plancli.dates import last_day
from plancli.exchange.request import ExportRequest
from plancli.files import cannot_write
from plancli.output.views.values import notes_by_block
from plancli.plan.model import (
    Action,
    Field,
    Plan,
    SourceNote,
    Type,
    Value,
    each_action,
    has_two_levels,
    level_of,
    path_of,
)
from plancli.plan.model.follow_up import end_of

_HEAD = """
CREATE TABLE about (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
);
"""

_TWO_LEVELS = """CREATE TABLE orientations (
  number INTEGER PRIMARY KEY NOT NULL,
  title TEXT NOT NULL
);
CREATE TABLE measures (
  number INTEGER PRIMARY KEY NOT NULL,
  title TEXT NOT NULL,
  orientation INTEGER NOT NULL REFERENCES orientations (number)
);
"""

_GROUPS = """CREATE TABLE groups (
  path TEXT PRIMARY KEY NOT NULL, -- the numbers from the top: 1.2
  level TEXT NOT NULL,
  number INTEGER NOT NULL,
  code TEXT,
  title TEXT NOT NULL,
  parent TEXT REFERENCES groups (path)
);
"""

_TABLES = """CREATE TABLE directorates (
  code TEXT PRIMARY KEY NOT NULL,
  name TEXT,
  ministry TEXT,
  note TEXT
);
CREATE TABLE actions (
  number INTEGER PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL UNIQUE, -- its place in the plan, from 1
  text TEXT NOT NULL{priority},
  {place}{columns}
);
CREATE TABLE roles (
  action INTEGER NOT NULL REFERENCES actions (number),
  directorate TEXT NOT NULL REFERENCES directorates (code),
  role TEXT NOT NULL CHECK (role IN ('pilot', 'associated')),
  position INTEGER NOT NULL, -- its place among those of its role, from 1
  PRIMARY KEY (action, role, position)
);
CREATE TABLE years (
  action INTEGER NOT NULL REFERENCES actions (number),
  year INTEGER NOT NULL,
  PRIMARY KEY (action, year)
);
CREATE TABLE unused_numbers (
  id INTEGER PRIMARY KEY NOT NULL,
  number INTEGER NOT NULL,
  reason TEXT NOT NULL
);
CREATE TABLE source_notes (
  id INTEGER PRIMARY KEY NOT NULL,
  action INTEGER REFERENCES actions (number),
  {noted}
  field TEXT,
  source TEXT,
  note TEXT NOT NULL
);
CREATE TABLE glossary (
  acronym TEXT PRIMARY KEY NOT NULL,
  expansion TEXT NOT NULL
);
{indexes}CREATE INDEX roles_by_directorate ON roles (directorate, role);
CREATE INDEX years_by_year ON years (year);
CREATE INDEX source_notes_by_action ON source_notes (action);
CREATE VIEW plan AS
SELECT
  actions.number,
  {places}
  actions.text,
  (SELECT group_concat(directorate, '|') FROM (
    SELECT directorate FROM roles WHERE action = actions.number AND role = 'pilot' ORDER BY position
  )) AS pilots,
  coalesce((SELECT group_concat(directorate, '|') FROM (
    SELECT directorate FROM roles WHERE action = actions.number AND role = 'associated' ORDER BY position
  )), '') AS associated,
  (SELECT group_concat(year, '|') FROM (
    SELECT year FROM years WHERE action = actions.number ORDER BY year
  )) AS years{selected}{titles}
FROM actions
{joins}ORDER BY actions.position;
"""
"""The tables, to be filled in; ``plan`` has the columns of the CSV file."""

_PLACE = "measure INTEGER NOT NULL REFERENCES measures (number)"
_NOTED = """measure INTEGER REFERENCES measures (number),
  orientation INTEGER REFERENCES orientations (number),"""
_JOINS = """JOIN measures ON measures.number = actions.measure
JOIN orientations ON orientations.number = measures.orientation
"""


_PROGRESS = """
CREATE TABLE progress (
  id INTEGER PRIMARY KEY NOT NULL, -- in the order of the plan
  action INTEGER NOT NULL REFERENCES actions (number),
  date TEXT NOT NULL,
  day TEXT NOT NULL, -- the date, or the last day of its month or year
  status TEXT,
  "by" TEXT,
  percent INTEGER,
  note TEXT,
  source TEXT
);
CREATE INDEX progress_by_action ON progress (action, day);
"""

_STATUS = """
CREATE TABLE statuses (
  name TEXT PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL,
  closed INTEGER NOT NULL CHECK (closed IN (0, 1))
);
CREATE TABLE ends (
  action INTEGER PRIMARY KEY NOT NULL REFERENCES actions (number),
  day TEXT NOT NULL
);
CREATE VIEW status AS
SELECT
  actions.number,
  reported.status,
  reported.date AS status_date,
  coalesce(statuses.closed, 0) AS closed,
  ends.day AS "end",
  coalesce(statuses.closed, 0) = 0 AND coalesce(ends.day < asked.value, 0) AS late
FROM actions
LEFT JOIN progress AS reported ON reported.id = (
  SELECT id FROM progress
  WHERE action = actions.number AND status IS NOT NULL
  ORDER BY day DESC, id DESC LIMIT 1
)
LEFT JOIN statuses ON statuses.name = reported.status
LEFT JOIN ends ON ends.action = actions.number
JOIN about AS asked ON asked.key = 'on'
ORDER BY actions.position;
"""
"""Where a plan is followed up: what was reported, and the status of each action on the day of the export."""


def _schema(plan: Plan) -> str:
    """Return the tables of a plan; an optional field is a column of ``actions``.

    A plan of orientations and measures has a table for each, any other plan one table of ``groups``, and a column
    of ``actions`` for each of its levels.
    """
    optional = [(_quote(field.key), _KINDS.get(field.type, "TEXT")) for field in _optional(plan.fields)]
    indexes, selected = "", ""
    if plan.priorities:
        indexes, selected = "CREATE INDEX actions_by_priority ON actions (priority);\n", ",\n  actions.priority"
    whole = all(isinstance(each, int) for each in plan.priorities)
    words = {
        "priority": f",\n  priority {'INTEGER' if whole else 'TEXT'} NOT NULL" if plan.priorities else "",
        "columns": "".join(f",\n  {key} {kind}" for key, kind in optional),
        "selected": selected + "".join(f",\n  actions.{key}" for key, _kind in optional),
    }
    if _has_two_levels(plan):
        return (_HEAD + _TWO_LEVELS + _TABLES).format(
            place=_PLACE,
            noted=_NOTED,
            indexes="CREATE INDEX measures_by_orientation ON measures (orientation);\n"
            f"CREATE INDEX actions_by_measure ON actions (measure);\n{indexes}",
            places="measures.orientation,\n  actions.measure,",
            titles=",\n  orientations.title AS orientation_title,\n  measures.title AS measure_title",
            joins=_JOINS,
            **words,
        )
    levels = _levels(plan)
    columns = [f"{_quote(name)} TEXT REFERENCES groups (path)" for name in levels]
    joins = (
        f"LEFT JOIN groups AS level_{at} ON level_{at}.path = actions.{_quote(name)}\n"
        for at, name in enumerate(levels)
    )
    titles = (f",\n  level_{at}.title AS {_quote(f'{name}_title')}" for at, name in enumerate(levels))
    return (_HEAD + _GROUPS + _TABLES).format(
        place=",\n  ".join([*columns, "path TEXT NOT NULL"]),
        noted='"group" TEXT REFERENCES groups (path),',
        indexes=indexes,
        places="".join(f"actions.{_quote(name)},\n  " for name in levels).rstrip(),
        titles="".join(titles),
        joins="".join(joins),
        **words,
    )


def _has_two_levels(plan: Plan) -> bool:
    """Return whether a plan has tables of orientations and measures."""
    return plan.declared_levels is None and has_two_levels(plan)


def _levels(plan: Plan) -> list[str]:
    """Return the names of the levels that some group of the plan has."""
    return [
        level_of(plan, depth).name
        for depth in range(1, max((each.level for each in plan.all_groups), default=0) + 1)
    ]


def _quote(key: str) -> str:
    """Return a key as the name of a column: in quotes, since it may be a word of SQL."""
    return f'"{key.replace(chr(34), 2 * chr(34))}"'


_KINDS = {Type.NUMBER: "INTEGER", Type.YEAR: "INTEGER", Type.PERCENT: "INTEGER", Type.DECIMAL: "NUMERIC"}
"""The type of a column by that of the field; ``TEXT`` where it isn't listed. Dates are texts of ISO 8601."""


def _optional(fields: Iterable[Field]) -> list[Field]:
    return [field for field in fields if not field.required]


def write(request: ExportRequest) -> bytes:
    """Return the bytes of a database that is made in a temporary folder; the same plan gives the same bytes."""
    with TemporaryDirectory(prefix="plancli-") as folder:
        path = os.path.join(folder, "plan.db")
        database = sqlite3.connect(path, isolation_level=None)
        try:
            _fill(database, request)
        except sqlite3.OperationalError as error:
            raise cannot_write(folder, str(error)) from error
        finally:
            database.close()
        with open(path, "rb") as file:
            return file.read()


def _fill(database: sqlite3.Connection, request: ExportRequest) -> None:
    plan = request.plan
    has_progress = bool(plan.day) or any(action.progress for action in plan.actions)
    tables = [_schema(plan), *([_PROGRESS] if has_progress else []), *([_STATUS] if plan.day else [])]
    for pragma in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "foreign_keys = ON"):
        database.execute(f"PRAGMA {pragma}")
    database.executescript("".join(tables))
    database.execute("BEGIN")
    for table, row in _rows(request):
        database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    database.execute("COMMIT")


_Cells = tuple[int | float | str | None, ...]


def _rows(request: ExportRequest) -> Iterator[tuple[str, _Cells]]:
    """Yield every row with its table, after the rows that it refers to."""
    plan = request.plan
    yield "about", ("title", plan.title)
    yield "about", ("language", plan.language)
    yield "about", ("period_start", str(plan.period.start))
    yield "about", ("period_end", str(plan.period.end))
    yield "about", ("source", request.source)
    if request.revision and request.date:
        yield "about", ("revision", request.revision)
        yield "about", ("revision_date", request.date)
    if request.question:
        yield "about", ("question", " · ".join(request.question))
    for each in plan.directorates:
        yield "directorates", (each.code, each.name, each.ministry, each.note)
    two = _has_two_levels(plan)
    for group in plan.all_groups:
        if not two:
            parent = ".".join(map(str, group.place[:-1])) or None
            name = level_of(plan, group.level).name
            yield "groups", (path_of(group), name, group.number, group.code, group.title, parent)
        elif group.level == 1:
            yield "orientations", (group.number, group.title)
        else:
            yield "measures", (group.number, group.title, group.orientation)
    levels = 0 if two else len(_levels(plan))
    for position, (groups, action) in enumerate(each_action(plan), 1):
        paths = [path_of(group) for group in groups]
        place = (action.measure,) if two else (*paths, *[None] * (levels - len(paths)), (paths or [""])[-1])
        yield "actions", (action.number, position, action.text, *_more(plan, action, place))
        for role, codes in (("pilot", action.pilots), ("associated", action.associated)):
            for at, code in enumerate(codes, 1):
                yield "roles", (action.number, code, role, at)
        for year in dict.fromkeys(action.years):
            yield "years", (action.number, year)
    yield from _remarks(plan)
    yield from _follow_up_rows(plan)


def _follow_up_rows(plan: Plan) -> Iterator[tuple[str, _Cells]]:
    """Yield the rows of progress, and those that the status of actions on the day of the plan depends on."""
    entries = ((action, entry) for action in plan.actions for entry in action.progress)
    for index, (action, entry) in enumerate(entries, 1):
        yield "progress", (index, action.number, entry.date, last_day(entry.date), *entry[1:-1])
    if plan.day:
        yield "about", ("on", plan.day)
        for position, status in enumerate(plan.statuses, 1):
            yield "statuses", (status.name, position, int(status.closed))
        for action in plan.actions:
            if end := end_of(action):
                yield "ends", (action.number, end)


def _more(plan: Plan, action: Action, place: _Cells) -> Iterator[int | float | str | None]:
    """Yield the cells of an action after its text: its priority, its place, its optional fields."""
    if plan.priorities:
        yield action.priority
    yield from place
    yield from (_cell(action.value(field.key)) for field in _optional(plan.fields))


def _cell(value: Value) -> int | float | str | None:
    if isinstance(value, tuple):
        return "|".join(map(str, value))
    return float(value) if isinstance(value, Decimal) else value


def _remarks(plan: Plan) -> Iterator[tuple[str, _Cells]]:
    for index, unused in enumerate(plan.unused_numbers, 1):
        yield "unused_numbers", (index, unused.number, unused.reason)
    actions = {action.number for action in plan.actions}
    written = {group.path: path_of(group) for group in plan.all_groups}
    places = {note: written.get(path) for path, notes in notes_by_block(plan).items() for note in notes}
    for index, note in enumerate(plan.source_notes, 1):
        action = note.action if note.action in actions else None
        groups = _numbers(plan, note) if _has_two_levels(plan) else (places.get(note),)
        yield "source_notes", (index, action, *groups, note.field, note.source, note.note)
    for acronym in plan.glossary:
        yield "glossary", (acronym.acronym, acronym.expansion)


def _numbers(plan: Plan, note: SourceNote) -> _Cells:
    """Return the numbers of the measure and of the orientation that a note is about."""
    measures, orientations = ({each.number for each in some} for some in (plan.measures, plan.groups))
    return (
        note.measure if note.measure in measures else None,
        note.orientation if note.orientation in orientations else None,
    )
