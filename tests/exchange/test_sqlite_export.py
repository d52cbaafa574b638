"""SQLite: typed tables, keys that hold, and a view that is the CSV file."""

import csv
import io
from pathlib import Path

from plancli.plan.document import read_document
from plancli.plan.model import Plan, SourceNote, read_plan
from plancli.plan.model.follow_up import is_closed, on_day
from tests.exchange.made_up import SMALL, small
from tests.exchange.readers import database
from tests.exchange.test_exporters import exported


def test_sqlite_export_passes_integrity_and_foreign_key_checks(published: Plan) -> None:
    with database(exported(published, ".db")) as opened:
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        assert opened.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        counts = {
            table: opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in ("orientations", "measures", "actions", "directorates", "roles", "years")
        }
    assert counts == {
        "orientations": 3,
        "measures": 9,
        "actions": 31,
        "directorates": 20,
        "roles": sum(len(action.pilots) + len(action.associated) for action in published.actions),
        "years": sum(len(action.years) for action in published.actions),
    }


def test_every_value_has_the_type_of_its_column(published: Plan) -> None:
    with database(exported(published, ".sqlite")) as opened:
        tables = [name for (name,) in opened.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        for table in tables:
            for _id, column, kind, *_others in opened.execute(f"PRAGMA table_info({table})").fetchall():
                found = {each for (each,) in opened.execute(f"SELECT DISTINCT typeof({column}) FROM {table}")}
                assert found <= {kind.lower(), "null"}, f"{table}.{column} is {kind} and holds {found}"


def test_every_reference_has_an_index_or_is_the_key(published: Plan) -> None:
    with database(exported(published, ".db")) as opened:
        plan = opened.execute("EXPLAIN QUERY PLAN SELECT * FROM roles WHERE directorate = 'DSJ'").fetchall()
    assert "USING INDEX roles_by_directorate" in str(plan)


def test_the_view_is_the_table_of_csv() -> None:
    with database(exported(small(), ".db")) as opened:
        found = opened.execute("SELECT * FROM plan")
        rows = [tuple(column[0] for column in found.description), *found]
    wanted = list(csv.reader(io.StringIO(exported(small(), ".csv").decode(), newline="")))
    assert [[str(cell) for cell in row] for row in rows] == wanted


def test_a_note_that_points_nowhere_is_kept_without_its_place() -> None:
    lost = SourceNote(99, None, None, "text", "x", "Perdue.", ())
    with database(exported(small()._replace(source_notes=(lost,)), ".db")) as opened:
        assert opened.execute("SELECT action, note FROM source_notes").fetchall() == [(None, "Perdue.")]


def test_sqlite_export_says_what_it_was_made_from() -> None:
    with database(exported(small(), ".db")) as opened:
        about = dict(opened.execute("SELECT key, value FROM about").fetchall())
    assert about == {
        "title": "Plan d'actions (2021-2022)",
        "language": "fr",
        "period_start": "2021",
        "period_end": "2022",
        "source": "data/plan.yaml",
    }


def test_what_was_reported_and_the_status_of_each_action() -> None:
    source = (Path(__file__).parents[2] / "examples" / "climate.yaml").read_bytes()
    plan = on_day(read_plan(read_document(source, "plan.yaml").data), "2025-09-30")
    with database(exported(plan, ".db")) as opened:
        assert opened.execute("PRAGMA foreign_key_check").fetchall() == []
        entries = opened.execute('SELECT action, date, status, "by", percent FROM progress').fetchall()
        found = opened.execute("SELECT number, status, status_date, closed, late FROM status").fetchall()
    assert entries == [
        (action.number, entry.date, entry.status, entry.by, entry.percent)
        for action in plan.actions
        for entry in action.progress
    ]
    assert found == [
        (each.number, each.value("status"), each.value("status_date"), is_closed(plan, each), each.value("late"))
        for each in plan.actions
    ]


def test_a_plan_without_progress_has_no_tables_of_it(published: Plan) -> None:
    with database(exported(published, ".db")) as opened:
        names = {name for (name,) in opened.execute("SELECT name FROM sqlite_schema")}
    assert not names & {"progress", "statuses", "ends", "status"}


def test_a_note_on_a_measure_is_about_that_group_where_levels_are_named() -> None:
    measure = {"number": 1, "title": "Prévenir", "actions": []}
    data = {
        **SMALL,
        "levels": ["axe", "objectif"],
        "orientations": [{"number": 1, "title": "Se loger", "measures": [measure]}, *SMALL["orientations"][1:]],
        "source_notes": [{"measure": 1, "note": "Bref."}, {"orientation": 1, "note": "Long."}],
    }
    with database(exported(read_plan(data), ".db")) as opened:
        told = opened.execute('SELECT "group", note FROM source_notes').fetchall()
    assert told == [("1.1", "Bref."), ("1", "Long.")]
