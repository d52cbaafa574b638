"""The canonical layout."""

from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from plancli.errors import Invalid
from plancli.plan.document import read_document
from plancli.plan.writer import dump, format_document

PLAN: dict[str, Any] = {
    "title": "Le plan",
    "language": "fr",
    "period": {"start": 2021, "end": 2022},
    "priorities": [1],
    "directorates": {"DSJ": None},
    "orientations": [],
}


def plan(**changes: Any) -> dict[str, Any]:
    return {**PLAN, **changes}


def text_of(text: str) -> str:
    """Return the lines of the title when the text is written there."""
    return dump(plan(title=text)).partition("language:")[0]


def test_layout_of_a_written_plan() -> None:
    action = {
        "priority": 1,
        "years": [2021],
        "associated": [],
        "pilots": ["DSJ", "NO"],
        "text": "Un.",
        "number": 1,
    }
    second = {**action, "number": 2}
    measure = {"actions": [action, second], "title": "M", "number": 1}
    written = dump(
        {
            "glossary": {"SI": "système d'information", "name": "nom : sens"},
            "source_notes": [{"note": "mot : sens", "field": "text", "action": 1}, {"note": "x"}],
            "unused_numbers": [{"reason": "Absent.", "number": 3}],
            "orientations": [
                {"measures": [measure, {**measure, "actions": []}], "title": "O", "number": 1},
                {"measures": [], "title": "P", "number": 2},
            ],
            "directorates": {"DSJ": None, "DB": {}, "NO": {"note": "Note.", "name": "Nom"}},
            "priorities": [],
            "period": {"end": 2022, "start": 2021},
            "language": "no",
            "title": "Le plan",
        }
    )
    assert (
        written
        == """\
title: >-
  Le plan
language: "no"
period:
  start: 2021
  end: 2022
priorities: []
directorates:
  DSJ:
  DB: {}
  "NO":
    name: Nom
    note: Note.
orientations:
  - number: 1
    title: >-
      O
    measures:
      - number: 1
        title: >-
          M
        actions:
          - number: 1
            text: >-
              Un.
            pilots: [DSJ, "NO"]
            associated: []
            years: [2021]
            priority: 1

          - number: 2
            text: >-
              Un.
            pilots: [DSJ, "NO"]
            associated: []
            years: [2021]
            priority: 1

      - number: 1
        title: >-
          M
        actions: []

  - number: 2
    title: >-
      P
    measures: []
unused_numbers:
  - number: 3
    reason: Absent.
source_notes:
  - action: 1
    field: text
    note: >-
      mot : sens
  - note: x
glossary:
  SI: système d'information
  name: "nom : sens"
"""
    )


def test_a_text_is_written_with_one_clause_a_line() -> None:
    assert text_of("Veiller : - a) à ceci ; - b) à cela. Puis.") == (
        "title: >-\n  Veiller :\n  - a) à ceci ;\n  - b) à cela.\n  Puis.\n"
    )


def test_long_clauses_wrap_inside_themselves() -> None:
    lines = text_of("mot " * 60 + "fin. Court.").splitlines()
    assert max(map(len, lines)) <= 100
    assert lines[-1] == "  Court."
    assert "title: >-\n  - motmot" in text_of("- " + "mot" * 50)


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("un\ndeux", r'"un\ndeux"'),
        (" un", '" un"'),
        ("un ", '"un "'),
        ("Un.  Deux", '"Un.  Deux"'),
        ("", '""'),
        ('dit "\\"\t\x1b\x85\u2028\ufeff', r'"dit \"\\\"\t\x1b\x85\u2028\ufeff"'),
    ],
)
def test_writer_quotes_texts_that_cannot_be_folded(text: str, wanted: str) -> None:
    assert text_of(text) == f"title: {wanted}\n"


AMBIGUOUS = [
    "",
    *["NO", "on", "y", "~", "null", "True", "012", "1:30", "1_000", "0x1F", "1e3", ".5", "2021-06-24", "+1", "-1"],
    *[
        "=",
        "12",
        "<<",
        "a: b",
        "a #b",
        "#a",
        "a:",
        "-",
        "- a",
        "? a",
        "@a",
        "`a",
        "%a",
        "&a",
        "*a",
        "!a",
        "'a'",
        "",
    ],
]


@pytest.mark.parametrize("code", AMBIGUOUS)
def test_writer_quotes_words_that_yaml_readers_take_for_something_else(code: str) -> None:
    written = dump(plan(directorates={code: {"ministry": code}}))
    assert f"  {yaml_quoted(code)}:\n    ministry: {yaml_quoted(code)}\n" in written
    assert_all_readers_agree(written, plan(directorates={code: {"ministry": code}}))


def yaml_quoted(text: str) -> str:
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


@pytest.mark.parametrize("code", ["DGTrésor", "1er ministre", "a-b", "a:b", "10 000 logements", "l'État", "a, b"])
def test_needless_quotes_are_not_written(code: str) -> None:
    assert f"    ministry: {code}\n" in dump(plan(directorates={"DB": {"ministry": code}}))


def test_prose_stands_on_the_line_of_its_key_if_it_fits() -> None:
    note = "x" * 90
    assert f"    note: {note}\n" in dump(plan(directorates={"DB": {"note": note}}))
    assert f"    note: >-\n      {note}x\n" in dump(plan(directorates={"DB": {"note": note + "x"}}))


def test_a_value_of_a_declared_field_stands_on_its_line_if_it_fits() -> None:
    action = {"number": 1, "text": "Agir", "pilots": ["A"], "associated": [], "years": [2024]}
    fields = {"vote": "2024-03-28", "note": "à voir : oui", "lots": ["a", "b: c"], "long": "mot " * 40 + "mot"}
    written = dump({"actions": [{**action, "fields": fields}]})
    assert (
        """
    fields:
      vote: "2024-03-28"
      note: "à voir : oui"
      lots: [a, "b: c"]
      long: >-
        mot mot"""
        in written
    )


def test_a_list_that_does_not_fit_has_a_line_an_item_long_texts_folded() -> None:
    action = {"number": 1, "text": "Agir", "pilots": ["A"], "associated": [], "years": [2024]}
    long = " ".join(["mot"] * 40)
    data = {"actions": [{**action, "fields": {"lots": ["court", "a: b", long, f" {long}"]}}]}
    written = dump(data)
    assert (
        f"""
      lots:
        - court
        - "a: b"
        - >-
          {" ".join(["mot"] * 22)}
          {" ".join(["mot"] * 18)}
        - " {long}"
"""
        in written
    )
    assert read_document(written, "plan.yaml").data == data


def test_writer_refuses_what_yaml_cannot_hold() -> None:
    with pytest.raises(Invalid, match="longer than"):
        dump(plan(glossary={"x" * 1100: ""}))
    with pytest.raises(Invalid, match="U\\+D800"):
        dump(plan(title="\ud800"))


def assert_all_readers_agree(written: str, data: dict[str, Any]) -> None:
    document = read_document(written, "plan.yaml")
    assert document.findings == []
    assert document.data == data
    assert yaml.safe_load(written) == data
    assert YAML(typ="safe", pure=True).load(written) == data


HARD = st.sampled_from([*AMBIGUOUS, "x #y", "- 1/ un ; deux. trois", "a  b", "é\u00a0: ", "\t", '"'])
LONG = st.text("ab .;-1/) ", max_size=300)
TEXT = st.one_of(st.text(max_size=30), HARD, st.lists(HARD, max_size=6).map(" ".join), LONG)
WHOLE = st.integers(1, 9999)
CODES = st.lists(TEXT, max_size=4)


def block(**entries: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(entries)


ACTION = block(number=WHOLE, text=TEXT, pilots=CODES, associated=CODES, years=st.lists(WHOLE), priority=WHOLE)
NOTE = st.fixed_dictionaries({"note": TEXT}, optional={"action": WHOLE, "source": TEXT, "field": st.just("text")})
MEASURE = block(number=WHOLE, title=TEXT, actions=st.lists(ACTION, max_size=2))
PLANS = st.fixed_dictionaries(
    {
        "title": TEXT,
        "language": TEXT,
        "period": block(start=WHOLE, end=WHOLE),
        "priorities": st.lists(WHOLE, max_size=3),
        "directorates": st.dictionaries(
            TEXT,
            st.none() | st.fixed_dictionaries({}, optional={"name": TEXT, "ministry": TEXT, "note": TEXT}),
            max_size=3,
        ),
        "orientations": st.lists(
            block(number=WHOLE, title=TEXT, measures=st.lists(MEASURE, max_size=2)), max_size=2
        ),
    },
    optional={
        "unused_numbers": st.lists(block(number=WHOLE, reason=TEXT), max_size=2),
        "source_notes": st.lists(NOTE, max_size=2),
        "glossary": st.dictionaries(TEXT, TEXT, max_size=3),
    },
)


@pytest.mark.slow
@settings(deadline=None)
@given(PLANS)
@example(plan(glossary={"a": "x" * 2000}))
def test_every_reader_reads_what_is_written(data: dict[str, Any]) -> None:
    """Every reader reads the same back, and what is written is written so again."""
    written = dump(data)
    assert_all_readers_agree(written, data)
    assert dump(read_document(written, "plan.yaml").data) == written


def test_entries_are_sorted_with_their_comments_the_oldest_first() -> None:
    text = """\
title: >-
  Un plan
language: fr
period:
  start: 2021
  end: 2022
directorates:
  AA:
actions:
  - number: 1
    text: >-
      Agir.
    pilots: [AA]
    associated: []
    years: [2021]
    progress:
      # du comité
      - date: "2021-09-30"  # de septembre
        note: Troisième.
      - date: "2021-06"
        note: Premier.  # en juin
      # du même jour
      - date: "2021-06-30"
        note: Second.
"""
    tidy = format_document(read_document(text, "plan.yaml"))
    assert (
        tidy[tidy.index("    progress:") :]
        == """\
    progress:
      - date: "2021-06"
        note: Premier.  # en juin
      # du même jour
      - date: "2021-06-30"
        note: Second.
      # du comité
      - date: "2021-09-30"  # de septembre
        note: Troisième.
"""
    )
    assert format_document(read_document(tidy, "plan.yaml")) == tidy
