"""Each rule: the examples of its page, and the places of what it finds."""

import json
from typing import Any

import pytest

from plancli.check import schema
from plancli.check.catalogue import RULES
from plancli.check.checker import check
from plancli.check.rules import PLAN_RULES
from plancli.diagnostic import Rule, Severity
from tests.check.small_plans import PLAN, TODAY, checked, completed, edited, examples, found

OF_PLANS = [each for each in RULES if each.name in PLAN_RULES]
EXPLAINED = [*OF_PLANS, *schema.SHAPE_RULES]


def names(data: Any) -> list[str]:
    return [each.rule for each in check(json.dumps(data).encode(), "example", today=TODAY).diagnostics]


@pytest.mark.parametrize("each", OF_PLANS, ids=lambda each: str(each.name))
def test_each_rule_has_examples_of_both_kinds(each: Rule) -> None:
    assert {word for word, _ in examples(each.page)} == {"Pass", "Fail"}


@pytest.mark.parametrize(
    ("name", "word", "example"),
    [(each.name, word, example) for each in EXPLAINED for word, example in examples(each.page)],
)
def test_examples_do_what_they_say(name: str, word: str, example: str) -> None:
    told = names(completed(example))
    assert (name in told) == (word == "Fail"), told
    assert set(told) <= {name, "wrong-type"} or word == "Pass", "an example shows one thing"
    assert word == "Fail" or told == []


def test_a_rule_is_named_after_its_file() -> None:
    from pathlib import Path

    import plancli.check.rules as folder

    files = {file.stem for file in Path(str(folder.__file__)).parent.glob("*.py")} - {"__init__"}
    assert {name.replace("-", "_") for name in PLAN_RULES} == files


def test_names_are_unique_and_lines_short() -> None:
    assert len({each.name for each in RULES}) == len(RULES)
    assert all(len(each.summary) <= 110 and each.summary for each in RULES)


def test_a_good_plan_has_nothing() -> None:
    assert found(PLAN) == []
    assert checked(PLAN).actions == 3


FIRST, SECOND = "number: 1\n            text", "number: 2\n            text"
END = "            years: [2022]\n            priority: 1\n"
MEASURE = "      - number: 2\n        title"
ACTION = """\
          - number: 2
            text: >-
              Une action de plus.
            pilots: [DIHAL]
            associated: []
            years: [2022]
            priority: 1
"""
ROLES = "            pilots: [DIHAL]\n            associated: [DHUP]"
ROLES_TURNED = "            associated: [DIHAL]\n            pilots: [DIHAL]"
ORIENTATION = "  - number: {}\n    title: x\n    measures: []\n"


def declared(text: str) -> tuple[str, str]:
    return "orientations:", f"{text}\norientations:"


def coded(code: str) -> list[tuple[str, str]]:
    return [("[DHUP]", f"[{code}]"), ("[DHUP]", f"[{code}]")]


CASES = [
    # unknown-directorate
    ([("[DHUP]", "[DHPU]")], [(24, 26, "unknown-directorate")], "did you mean DHUP?"),
    ([("[DIHAL]", "[DIHLA]")], [(23, 22, "unknown-directorate")], "did you mean DIHAL?"),
    ([("[DIHAL]", "[dihal]")], [(23, 22, "unknown-directorate")], "did you mean DIHAL?"),
    (
        [("  DHUP:", "  DGTrésor:"), ("[DHUP]", "[DGTresor]"), ("[DHUP]", "[DGTrésor]")],
        [(24, 26, "unknown-directorate")],
        "did you mean DGTrésor?",
    ),
    ([("[DHUP]", "[DHUP DIHAL]"), ("[DIHAL]", "[DHUP]")], [(24, 26, "unknown-directorate")], "DHUP, DIHAL"),
    ([("[DHUP]", "[\u00a0DHUP]")], [(24, 26, "unknown-directorate")], "space around it"),
    ([("[DHUP]", "[QQQQ]")], [(24, 26, "unknown-directorate")], 'declare QQQQ under "directorates" (line 8)'),
    ([("  DIHAL:", "  DIHLA:")], [(9, 3, "unknown-directorate")], "DIHAL is used 3 times and not declared"),
    ([("[DHUP]", "[QQ, QQ]")], [(24, 26, "unknown-directorate"), (24, 30, "unknown-directorate")], "QQ"),
    # roles
    ([("[DHUP]", "[DHUP, DIHAL]")], [(24, 32, "pilot-and-associated")], "both"),
    ([(ROLES, ROLES_TURNED)], [(24, 22, "pilot-and-associated")], "both"),
    ([("[DHUP]", "[DHUP, DHUP]")], [(24, 32, "repeated-directorate")], "twice"),
    ([("pilots: [DIHAL]", "pilots: []")], [(23, 21, "no-pilot")], ""),
    # numbers
    ([(SECOND, FIRST)], [(28, 21, "duplicate-number")], "2 is the one number that is missing"),
    ([(MEASURE, ACTION + MEASURE)], [(36, 21, "duplicate-number")], "4 is free"),
    ([("number: 3", "number: 4")], [(40, 21, "missing-number")], "number 3"),
    ([("number: 3", "number: 7")], [(40, 21, "missing-number")], "numbers 3 to 6"),
    ([(FIRST, "number: 4\n            text")], [(20, 21, "out-of-order")], "1 is missing here"),
    (
        [
            (FIRST, "number: 4\n            text"),
            ("number: 3", "number: 5"),
            declared("unused_numbers: [{number: 3, reason: x}]"),
        ],
        [(21, 21, "out-of-order")],
        "1 is missing here",
    ),
    ([("number: 3", "number: 4"), declared("unused_numbers: [{number: 3, reason: x}]")], [], ""),
    ([(SECOND, "number: 22\n            text")], [(28, 21, "missing-number")], "2 is missing here"),
    ([(MEASURE, ACTION.replace("number: 2", "number: 4") + MEASURE)], [], ""),
    (
        [
            (SECOND, "number: 3\n            text"),
            (
                "number: 3\n            text: >-\n              Inf",
                "number: 2\n            text: >-\n              Inf",
            ),
        ],
        [],
        "",
    ),
    (
        [
            (FIRST, "number: 3\n            text"),
            (
                "number: 3\n            text: >-\n              Inf",
                "number: 1\n            text: >-\n              Inf",
            ),
        ],
        [(20, 21, "out-of-order")],
        "stands before action 2",
    ),
    (
        [(FIRST, "number: 9\n            text"), (SECOND, FIRST), ("number: 9", "number: 2")],
        [(20, 21, "out-of-order")],
        "stands before action 1",
    ),
    ([declared("unused_numbers: [{number: 2, reason: x}]")], [(29, 21, "unused-number-used")], "4 is free"),
    ([declared("unused_numbers: [{number: 4, reason: x}]")], [], ""),
    ([declared("unused_numbers: [{number: 40, reason: x}]")], [(11, 27, "points-nowhere")], "last action (3)"),
    ([("number: 3", "number: 999999999999999999")], [(40, 21, "missing-number")], ""),
    ([(MEASURE, "      - number: 1\n        title")], [(36, 17, "duplicate-measure")], "the first on line 16"),
    (
        [(END, END + ORIENTATION.format(1))],
        [(47, 13, "duplicate-measure"), (49, 15, "no-content")],
        "the first on line 12",
    ),
    # years and priorities
    ([("[2021, 2022]", "[2022, 2023]")], [(33, 27, "year-outside-period")], "after the plan ends (2022)"),
    ([("[2021, 2022]", "[2020, 2022]")], [(33, 21, "year-outside-period")], "before the plan starts (2021)"),
    ([("end: 2022", "end: 2020")], [(6, 8, "period-reversed")], ""),
    ([("end: 2022", "end: 2220")], [], ""),
    ([("end: 2022", "end: 2221")], [(6, 8, "period-too-long")], "from 2021 to 2221"),
    ([("start: 2021", "start: 202")], [(5, 10, "period-too-long")], ""),
    ([("end: 2022", "end: 999999999999999999")], [(6, 8, "period-too-long")], ""),
    ([("years: [2021]", "years: []")], [(25, 20, "no-years")], "[2021, 2022]"),
    ([("[2021, 2022]", "[2022, 2021]")], [(33, 27, "years-order")], "write years: [2021, 2022]"),
    ([("[2021, 2022]", "[2021, 2021]")], [(33, 27, "years-order")], "twice"),
    ([("priority: 2", "priority: 3")], [(34, 23, "undeclared-priority")], "declared: 1, 2"),
    ([("[1, 2]", "[1, 2, 2]")], [(7, 20, "repeated-declaration")], ""),
    # texts and contents
    ([(">-\n          Seconde mesure", '" "')], [(37, 16, "blank-text")], "title"),
    ([(">-\n              Définir la stratégie.", "''")], [(21, 19, "blank-text")], "text"),
    ([(">-\n  Un plan", '""')], [(1, 8, "blank-text")], "the plan"),
    ([("  DHUP:", "  DHUP: {name: ''}")], [(10, 16, "blank-text")], "the name"),
    ([("[1, 2]", "[1, 2, ' ']")], [(7, 20, "blank-text")], "the name"),
    ([declared("levels: [axe, '']")], [(11, 15, "blank-text")], "the name"),
    ([declared("statuses: {'': }")], [(11, 12, "blank-text")], "the name"),
    ([declared("fields: {'': {type: text}}")], [(11, 10, "blank-text")], "the name"),
    ([declared("fields: {a: {type: choice, values: [x, '']}}")], [(11, 40, "blank-text")], "the name"),
    ([("priority: 2", "priority: 2\n            code: ''")], [(35, 19, "blank-text")], "the code"),
    ([declared("glossary: {CAF: ' '}")], [(11, 12, "unused-acronym"), (11, 17, "blank-text")], "CAF"),
    (
        [(">-\n              Définir la stratégie.", "|\n              Définir.")],
        [(21, 19, "line-break")],
        "at an end",
    ),
    ([("Définir la stratégie.", "Définir.\n\n              Suivre.")], [(21, 19, "line-break")], "in the text"),
    ([(END, END + ORIENTATION.format(2))], [(49, 15, "no-content")], "orientation 2"),
    (
        [(END, END + "      - number: 3\n        title: x\n        actions: []\n")],
        [(49, 18, "no-content")],
        "measure 3",
    ),
    # declarations
    (
        [declared('source_notes: [{action: "1.1.1", note: x}]')],
        [(11, 25, "wrong-type")],
        "action must be the number of an action",
    ),
    (
        [declared("source_notes: [{orientation: A, note: x}]")],
        [(11, 30, "wrong-type")],
        "number of an orientation",
    ),
    (
        [declared("source_notes: [{action: '2', note: x}]")],
        [(11, 25, "wrong-type")],
        "write action: 2, without quotes",
    ),
    ([declared("source_notes: [{action: 9, note: x}]")], [(11, 25, "points-nowhere")], "no action 9"),
    ([declared("source_notes: [{measure: 9, note: x}]")], [(11, 26, "points-nowhere")], "no measure 9"),
    ([declared("source_notes: [{orientation: 9, note: x}]")], [(11, 30, "points-nowhere")], "no orientation 9"),
    ([declared("source_notes: [{action: 2, field: text, source: 'un bilan', note: x}]")], [], ""),
    ([declared("source_notes: [{action: 2, field: text, source: Assurer … par  mois, note: x}]")], [], ""),
    ([declared("source_notes: [{action: 2, source: un commentaire, note: x}]")], [], ""),
    ([declared("source_notes: [{source: sous le tableau, note: x}]")], [], ""),
    ([declared("source_notes: [{action: 2, field: pilots, source: 'Pilote : X', note: x}]")], [], ""),
    ([declared("source_notes: [{field: text, source: les ménages, note: x}]")], [], ""),
    (
        [
            ("un bilan", "deux bilans"),
            declared("source_notes: [{action: 2, field: text, source: un bilan, note: x}]"),
        ],
        [(11, 49, "lost-quotation")],
        "in the text of action 2",
    ),
    (
        [declared("source_notes: [{measure: 2, source: Première, note: x}]")],
        [(11, 37, "lost-quotation")],
        "in the title of measure 2",
    ),
    (
        [declared("source_notes: [{field: text, source: X, note: x}]")],
        [(11, 38, "lost-quotation")],
        "any text of the plan",
    ),
    ([("  DHUP:", "  DHUP:\n  DSJ:")], [(11, 3, "unused-directorate")], "DSJ"),
    ([("  DHUP:", '  "A,B":'), *coded('"A,B"')], [(10, 3, "ambiguous-code")], "holds a comma"),
    ([("  DHUP:", "  A|B:"), *coded("A|B")], [(10, 3, "ambiguous-code")], "holds |"),
    ([("  DHUP:", '  " A":'), *coded('" A"')], [(10, 3, "ambiguous-code")], "around the code “ A”"),
    ([("  DHUP:", '  "":'), *coded('""')], [(10, 3, "ambiguous-code")], "blank"),
    ([("  DHUP:", '  "2":'), *coded('"2"')], [(10, 3, "ambiguous-code")], "“2” is also the number of an action"),
    (
        [("number: 2\n        title", "number: 2\n        code: DHUP\n        title")],
        [(10, 3, "ambiguous-code")],
        "“DHUP” is also the code of an action or a group",
    ),
    (
        [("number: 2\n        title", 'number: 2\n        code: "3"\n        title')],
        [(37, 15, "duplicate-code")],
        "the code 3 is the number of an action",
    ),
    ([("number: 2\n        title", "number: 2\n        code: M3\n        title")], [], ""),
    ([declared("glossary: {CAF: caisse, suivi: x}")], [(11, 12, "unused-acronym")], "CAF"),
]


@pytest.mark.parametrize(("edits", "wanted", "words"), CASES)
def test_each_rule_tells_its_mistakes_at_their_places(
    edits: list[tuple[str, str]], wanted: list[tuple[int, int, str]], words: str
) -> None:
    text = edited(*edits)
    assert found(text) == wanted
    diagnostics = checked(text).diagnostics
    assert not words or any(words in f"{each.sentence} {each.help}" for each in diagnostics), diagnostics


def test_severities_of_rules() -> None:
    severity = {each.name: each.severity for each in RULES}
    warnings = {
        "direction",
        "not-nfc",
        "out-of-order",
        "missing-number",
        "years-order",
        "points-nowhere",
        "lost-quotation",
        "quoted-value",
        "repeated-text",
        "invisible-character",
        "garbled-text",
        "html-entity",
        "comment-in-block",
        "repeated-declaration",
        "ambiguous-code",
        "line-break",
        "no-pilot",
        "no-years",
        "due-outside",
        "unquoted-value",
        "shared-number",
        "future-date",
        "entries-out-of-order",
        "two-statuses",
        "done-but-open",
        "nearly-a-code",
    }
    notes = {"byte-order-mark", "line-ends", "unused-directorate", "unused-acronym", "no-source", "stale-ignore"}
    assert {name for name in severity if severity[name] is Severity.WARNING} == warnings
    assert {name for name in severity if severity[name] is Severity.NOTE} == notes


def test_only_errors_leaves_the_rest_unasked() -> None:
    text = edited(("  DHUP:", "  DHUP:\n  DSJ:"), ("[DIHAL]", "[DIHLA]"), ("[2021, 2022]", "[2022, 2021]"))
    assert {each.rule for each in check(text.encode(), "x", only_errors=True).diagnostics} == {
        "unknown-directorate"
    }
