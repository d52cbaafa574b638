"""YAML text to data with places; what isn't a plan's YAML is refused at its place."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from plancli.diagnostic import Part
from plancli.location import Position
from plancli.plan.document import Document, paths_of, read_document, resolve


def read(text: str | bytes) -> Document:
    return read_document(text, "plan.yaml")


def at(text: str, *path: str | int, part: Part = Part.VALUE) -> tuple[int, int, int, int]:
    span = read(text).span(path, part)
    return (*span.start, *span.end)


def test_plain_data_is_read() -> None:
    document = read("a: 1\nb: [x, 'y']\nc:\n  - d: >-\n      deux\n      mots\n    e: null\n  - f: true\ng:\n")
    assert document.data == {
        "a": 1,
        "b": ["x", "y"],
        "c": [{"d": "deux mots", "e": None}, {"f": True}],
        "g": None,
    }
    assert document.findings == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("~", None),
        ("null", None),
        ("Null", "Null"),
        ("true", True),
        ("True", "True"),
        ("no", "no"),
        ("0", 0),
        ("-3", -3),
        ("012", "012"),
        ("+1", "+1"),
        ("1_000", "1_000"),
        ("1:30", "1:30"),
        ("1e3", "1e3"),
        ("2021-06-24", "2021-06-24"),
        ("٣", "٣"),
        ("²", "²"),
        ("-", "-"),
        ("9" * 18, int("9" * 18)),
        ("9" * 19, "9" * 19),
    ],
)
def test_resolves_plain_scalars(text: str, value: object) -> None:
    resolved = resolve(text)
    assert resolved == value
    assert type(resolved) is type(value)


def test_quoted_scalars_are_text() -> None:
    assert read("a: '1'\nb: \"null\"\n").data == {"a": "1", "b": "null"}


TEXT = """\
title: Un plan
years: [2021, 2022]
actions:
  - number: 1
    text: >-
      Première phrase.
      Seconde.

    pilots: []
  - number: 2
    text: "entre guillemets"
empty:
"""


@pytest.mark.parametrize(
    ("path", "part", "place"),
    [
        (("title",), Part.VALUE, (1, 8, 1, 15)),
        (("title",), Part.KEY, (1, 1, 1, 6)),
        (("years", 1), Part.VALUE, (2, 15, 2, 19)),
        (("years",), Part.VALUE, (2, 8, 2, 20)),
        (("actions", 0), Part.HEAD, (4, 5, 4, 11)),
        (("actions", 0), Part.VALUE, (4, 5, 4, 11)),
        (("actions", 0, "text"), Part.VALUE, (5, 11, 7, 15)),
        (("actions", 0, "pilots"), Part.VALUE, (9, 13, 9, 15)),
        (("actions", 1, "text"), Part.VALUE, (11, 11, 11, 29)),
        (("actions", 1, "text"), Part.KEY, (11, 5, 11, 9)),
        (("actions", 1, "priority"), Part.VALUE, (10, 5, 10, 11)),
        (("empty",), Part.VALUE, (12, 1, 12, 6)),
        ((), Part.HEAD, (1, 1, 1, 6)),
        (("nowhere", 3), Part.VALUE, (1, 1, 1, 6)),
    ],
)
def test_places_of_keys_and_values(
    path: tuple[str | int, ...], part: Part, place: tuple[int, int, int, int]
) -> None:
    assert at(TEXT, *path, part=part) == place


def test_columns_count_code_points_and_not_the_byte_order_mark() -> None:
    assert at("é😀: x\n", "é😀") == (1, 5, 1, 6)
    assert at("\ufeffa: x\n", "a") == (1, 4, 1, 5)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_lines_end_as_yaml_says(newline: str) -> None:
    text = newline.join(["a: 1", "b:", "  - x", "  - y", ""])
    assert at(text, "b", 1) == (4, 5, 4, 6)
    assert read(text).line(4) == "  - y"
    assert read(text).line(9) == ""


def test_second_keys_are_told_with_both_places_and_shift_no_other_place() -> None:
    text = "a: 1\nb:\n  c: 1\n  d: 2\n  c: [7, {e: 8}]\n  c: 3\na: {x: {y: 1}}\nz: 5\n"
    document = read(text)
    assert document.data == {"a": 1, "b": {"c": 1, "d": 2}, "z": 5}
    told = {(f.span.start, f.related[0].span.start) for f in document.findings if f.span and f.related[0].span}
    assert told == {
        (Position(5, 3), Position(3, 3)),
        (Position(6, 3), Position(3, 3)),
        (Position(7, 1), Position(1, 1)),
    }
    assert {f.path for f in document.findings} == {("a",), ("b", "c")}
    assert at(text, "z") == (8, 4, 8, 5)
    assert at(text, "b", "d") == (4, 6, 4, 7)


@pytest.mark.parametrize(("text", "has_fix"), [("a: {\n  b: 1, b: 1}\n", False), ("a:\n  b: 1\n  b: 1\n", True)])
def test_a_second_key_is_taken_out_with_its_line_only(text: str, has_fix: bool) -> None:
    (finding,) = read(text).findings
    assert (finding.fix is not None) is has_fix


@pytest.mark.parametrize(
    ("text", "check", "place"),
    [
        ("a: 1\nb: &x 2\n", "anchor", (2, 4)),
        ("a: &x [1]\n", "anchor", (1, 4)),
        ("a: *x\n", "alias", (1, 4)),
        ("a: !!int 2\n", "tag", (1, 4)),
        ("a: ! {}\n", "tag", (1, 4)),
        ("a: {<<: {b: 1}}\n", "merge-key", (1, 5)),
        ("a: 1\n---\nb: 2\n", "second-document", (2, 1)),
        ("? [a]\n: b\n", "key-not-text", (1, 3)),
        ("a: 1\n2021: b\n", "key-not-text", (2, 1)),
        ("a: " + "[" * 40 + "]" * 40, "deep-nesting", (1, 35)),
        ("a: b: c\n", "yaml-syntax", (1, 5)),
        ("a: [1\n", "yaml-syntax", (2, 1)),
        ("\ta: 1\n", "yaml-syntax", (1, 1)),
    ],
)
def test_document_refuses_what_is_no_plain_yaml(text: str, check: str, place: tuple[int, int]) -> None:
    (finding,) = read(text).findings
    assert (finding.rule, finding.span and finding.span.start) == (check, place)


def test_one_document_with_its_markers_is_fine() -> None:
    assert read("---\na: 1\n...\n").findings == []


@pytest.mark.parametrize(
    "text",
    [
        "[" * 100_000,
        "a: &a [x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(1000)),
        "{" * 50_000,
        "- " * 30_000,
    ],
    ids=["brackets", "anchors", "braces", "dashes"],
)
def test_hostile_input_is_refused_at_once(text: str) -> None:
    started = time.process_time()
    assert read(text).findings
    assert time.process_time() - started < 1.0  # 0.1 s of work on a free machine; the rest is room for a busy one


def test_a_long_number_is_text() -> None:
    assert read("a: " + "9" * 5000).data == {"a": "9" * 5000}


@given(st.binary(max_size=200))
def test_reading_never_raises_on_bytes(source: bytes) -> None:
    document = read(source)
    for finding in document.findings:
        assert finding.span is not None
        assert 1 <= finding.span.start.line <= document.text.count("\n") + document.text.count("\r") + 1


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers(-5, 10**9) | st.text("ab é:#-'\"", max_size=8),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text("abc", min_size=1), inner, max_size=3),
        max_leaves=12,
    )
)
def test_each_value_is_found_where_its_text_stands(data: object) -> None:
    from io import StringIO

    stream = StringIO()
    yaml = YAML()
    yaml.default_flow_style = None
    yaml.dump({"top": data}, stream)
    document = read(stream.getvalue())
    if document.findings:
        return

    places = zip(document.nodes, paths_of(document.nodes), strict=True)
    starts = {path: [node.start] for node, path in places if not node.is_key}

    def walk(value: object, path: tuple[str | int, ...]) -> None:
        start, end = document.extent(path)
        if isinstance(value, dict):
            for key, item in value.items():
                walk(item, (*path, key))
        elif isinstance(value, list):
            for index, item in enumerate(value):
                walk(item, (*path, index))
        elif start < end and start in starts.get(path, ()):
            assert read("x: " + document.text[start:end].replace("\n", "\n ")).data == {"x": value}

    walk(document.data, ())


def test_more_tag_directives_than_anybody_needs_are_refused_unread() -> None:
    source = "# é\n" + "".join(f"%TAG !{at}! x\n" for at in range(1001)) + "---\na: 1\n"
    document = read_document(source, "plan.yaml")
    (finding,) = document.findings
    assert (finding.rule, document.stopped, document.data) == ("yaml-syntax", source.index("%TAG"), None)
    assert "%TAG" in finding.message
