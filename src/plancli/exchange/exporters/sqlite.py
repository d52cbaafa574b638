"""SQLite: typed tables with their keys, and a view ``plan`` of one row an action; Datasette opens it as it is."""

import os
import sqlite3
from collections.abc import Iterable, Iterator
from decimal import Decimal
from tempfile import TemporaryDirectory

from plancli.exchange.request import ExportRequest
from plancli.files import cannot_write
from plancli.plan.model import Field, Plan, Type, Value

SCHEMA = """
CREATE TABLE about (
  key TEXT PRIMARY KEY NOT NULL,
  value TEXT NOT NULL
);
CREATE TABLE orientations (
  number INTEGER PRIMARY KEY NOT NULL,
  title TEXT NOT NULL
);
CREATE TABLE measures (
  number INTEGER PRIMARY KEY NOT NULL,
  title TEXT NOT NULL,
  orientation INTEGER NOT NULL REFERENCES orientations (number)
);
CREATE TABLE directorates (
  code TEXT PRIMARY KEY NOT NULL,
  name TEXT,
  ministry TEXT,
  note TEXT
);
CREATE TABLE actions (
  number INTEGER PRIMARY KEY NOT NULL,
  position INTEGER NOT NULL UNIQUE, -- its place in the plan, from 1
  text TEXT NOT NULL,
  priority INTEGER NOT NULL,
  measure INTEGER NOT NULL REFERENCES measures (number){columns}
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
  measure INTEGER REFERENCES measures (number),
  orientation INTEGER REFERENCES orientations (number),
  field TEXT,
  source TEXT,
  note TEXT NOT NULL
);
CREATE TABLE glossary (
  acronym TEXT PRIMARY KEY NOT NULL,
  expansion TEXT NOT NULL
);
CREATE INDEX measures_by_orientation ON measures (orientation);
CREATE INDEX actions_by_measure ON actions (measure);
CREATE INDEX actions_by_priority ON actions (priority);
CREATE INDEX roles_by_directorate ON roles (directorate, role);
CREATE INDEX years_by_year ON years (year);
CREATE INDEX source_notes_by_action ON source_notes (action);
CREATE VIEW plan AS
SELECT
  actions.number,
  measures.orientation,
  actions.measure,
  actions.text,
  (SELECT group_concat(directorate, '|') FROM (
    SELECT directorate FROM roles WHERE action = actions.number AND role = 'pilot' ORDER BY position
  )) AS pilots,
  coalesce((SELECT group_concat(directorate, '|') FROM (
    SELECT directorate FROM roles WHERE action = actions.number AND role = 'associated' ORDER BY position
  )), '') AS associated,
  (SELECT group_concat(year, '|') FROM (
    SELECT year FROM years WHERE action = actions.number ORDER BY year
  )) AS years,
  actions.priority{selected},
  orientations.title AS orientation_title,
  measures.title AS measure_title
FROM actions
JOIN measures ON measures.number = actions.measure
JOIN orientations ON orientations.number = measures.orientation
ORDER BY actions.position;
"""
"""The tables, to be filled in with the optional fields; ``plan`` has the columns of the CSV file."""


def schema(fields: Iterable[Field]) -> str:
    """Return the tables for actions with some fields; an optional field is a column of ``actions``."""
    optional = [(field.key, "INTEGER" if field.type in _INTEGERS else "TEXT") for field in _optional(fields)]
    return SCHEMA.format(
        columns="".join(f",\n  {_quoted(key)} {kind}" for key, kind in optional),
        selected="".join(f",\n  actions.{_quoted(key)}" for key, _kind in optional),
    )


def _quoted(key: str) -> str:
    """Return a key as the name of a column: in quotes, since it may be a word of SQL."""
    return f'"{key.replace(chr(34), 2 * chr(34))}"'


_INTEGERS = (Type.NUMBER, Type.YEAR)


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
    for pragma in ("page_size = 4096", "journal_mode = OFF", "synchronous = OFF", "foreign_keys = ON"):
        database.execute(f"PRAGMA {pragma}")
    database.executescript(schema(request.plan.fields))
    database.execute("BEGIN")
    for table, row in _rows(request):
        database.execute(f"INSERT INTO {table} VALUES ({', '.join('?' * len(row))})", row)
    database.execute("COMMIT")


Row = tuple[int | float | str | None, ...]


def _rows(request: ExportRequest) -> Iterator[tuple[str, Row]]:
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
    position = 0
    optional = _optional(plan.fields)
    for orientation in plan.orientations:
        yield "orientations", (orientation.number, orientation.title)
        for measure in orientation.measures:
            yield "measures", (measure.number, measure.title, orientation.number)
            for action in measure.actions:
                position += 1
                more = (_cell(action.value(field.key)) for field in optional)
                yield "actions", (action.number, position, action.text, action.priority, measure.number, *more)
                for role, codes in (("pilot", action.pilots), ("associated", action.associated)):
                    for place, code in enumerate(codes, 1):
                        yield "roles", (action.number, code, role, place)
                for year in dict.fromkeys(action.years):
                    yield "years", (action.number, year)
    yield from _remarks(plan)


def _cell(value: Value) -> int | float | str | None:
    if isinstance(value, tuple):
        return "|".join(map(str, value))
    return float(value) if isinstance(value, Decimal) else value


def _remarks(plan: Plan) -> Iterator[tuple[str, Row]]:
    for index, unused in enumerate(plan.unused_numbers, 1):
        yield "unused_numbers", (index, unused.number, unused.reason)
    known = (
        {action.number for action in plan.actions},
        {measure.number for measure in plan.measures},
        {orientation.number for orientation in plan.orientations},
    )
    for index, note in enumerate(plan.source_notes, 1):
        places = (note.action, note.measure, note.orientation)
        keys = (place if place in own else None for place, own in zip(places, known, strict=True))
        yield "source_notes", (index, *keys, note.field, note.source, note.note)
    for acronym in plan.glossary:
        yield "glossary", (acronym.acronym, acronym.expansion)
