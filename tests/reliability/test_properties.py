"""The properties of ``fuzz/``, bounded: a few hundred inputs in each run of the tests."""

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fuzz import mutation, properties
from plancli.dates import last_day
from plancli.plan.document import read_document
from plancli.plan.writer import dump
from tests.allowed import allowed

EDITS = st.lists(st.tuples(st.integers(0, 65535), st.integers(0, 40), st.integers(0, 90)), min_size=1, max_size=4)
MOVES = st.lists(st.tuples(st.integers(0, 90), st.integers(0, 90), st.integers(0, 60)), max_size=2)
bounded = settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))


@pytest.fixture(scope="module")
def folder() -> Path:
    return Path(tempfile.mkdtemp(prefix="plancli-fuzz-"))


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(source: bytes) -> None:
    properties.hold_reading(source)


@bounded
@given(edits=EDITS, moves=MOVES)
def test_mutated_plans_are_answered_for_or_refused(
    folder: Path, edits: list[mutation.Edit], moves: list[mutation.Edit]
) -> None:
    base = properties.plans()[0]
    text = mutation.moved(mutation.edited(base, edits), moves)
    properties.hold_commands(text.encode("utf-8", "surrogatepass"), base.encode(), folder)


def with_entries_in_order(block: Any) -> Any:
    """Return a plan or group as it is written: the entries of each action by their day, what is no day first."""
    for action in block.get("actions") or ():
        action.get("progress", []).sort(key=lambda entry: last_day(str(entry["date"])))
    for group in (*block.get("orientations", ()), *block.get("measures", ())):
        with_entries_in_order(group)
    return block


@pytest.mark.slow
@bounded
@given(data=allowed())
def test_plans_made_from_the_schema_are_answered_for_or_refused(folder: Path, data: Any) -> None:
    """What the schema allows can be written, reads as it was, and is answered for or refused as any plan."""
    text = dump(data)
    document = read_document(text, "x")
    assert document.data == with_entries_in_order(data)
    properties.hold_commands(text.encode(), properties.plans()[0].encode(), folder)


@bounded
@given(edits=EDITS, moves=MOVES, kind=st.sampled_from(["csv", "xlsx", "ods"]))
def test_mutated_tables_are_imported_or_refused(
    edits: list[mutation.Edit], moves: list[mutation.Edit], kind: str
) -> None:
    def change(text: str) -> str:
        return mutation.moved(mutation.edited(text, edits), moves)

    if kind == "csv":
        source = change(properties.table()).encode()
    else:
        make = properties.workbook if kind == "xlsx" else properties.opendocument
        source = make(properties.table(), change)
    properties.hold_import(source, f"x.{kind}")


@pytest.mark.slow
@settings(max_examples=60, deadline=None)
@given(
    st.binary(max_size=200),
    st.sampled_from([b"", b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\xff\xfe"]),
)
def test_any_bytes_as_a_table_are_imported_or_refused(source: bytes, start: bytes) -> None:
    properties.hold_import(start + source, "x")
