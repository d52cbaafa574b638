"""Every renderer on the same made-up reports: nothing, one row, long texts, accents, markup, hostile signs."""

import csv
import json
import unicodedata
from collections.abc import Callable
from io import StringIO

import pytest

from plancli.output.renderers import FORMATS, RENDERERS, render
from plancli.output.report import (
    Column,
    Examples,
    Fact,
    Facts,
    Kind,
    Mark,
    Marked,
    Note,
    Pieces,
    Purpose,
    Report,
    Row,
    Section,
    Sentence,
    Sheet,
    Table,
    Unsuited,
    WholeText,
)
from plancli.output.terminal import PIPE, Window

ESCAPES = "a\x1b[31mred\x1b]8;;http://x\x07\x9b1m\u202egnol\u2066\ufeff"
HOSTILE = f"{ESCAPES} [red]b[/red] <b>&amp; *c* _d_ |e| `f` @all #1 $x$"
LINES = "one\ntwo\r\nthree\tfour\u2028five\x00"
COLUMNS = (
    Column("number", "No", Kind.NUMBER, strong=True),
    Column("codes", "Codes", Kind.CODES, asked=frozenset({"BB"})),
    Column("years", "Years", asked=frozenset({"2022"})),
    Column("text", "Text", Kind.TEXT),
)


def tabled(*rows: Row) -> Report:
    keys = tuple(column.key for column in COLUMNS)
    return Report(((Table(COLUMNS, rows),),), sheet=Sheet(keys, tuple(rows)))


CASES = {
    "empty": tabled(),
    "one-row": tabled((1, ("AA", "BB"), "2021-2022", "Faire.")),
    "long": tabled((1, ("AA",), "2021", "word " * 60), (1000, (), "2022", "x" * 300)),
    "accents": tabled((0, ("DGTrésor",), "2021", "Œuvre élevée à Noël ; « ça » – 10 000 €, 漢字 e\u0301")),
    "hostile": tabled((1, (HOSTILE,), HOSTILE, HOSTILE), (2, (), LINES, LINES)),
    "starts": tabled((1, (), "", "- a"), (2, (), "", "/close"), (3, (), "", "1. b"), (4, (), "", "=1+1")),
}
BLOCKS = Report(
    (
        (Pieces(((Marked("Head", Mark.HEADING),), "of it"), title=True), Sentence("- a sentence [red]")),
        (
            Facts(
                ((Fact("Label", "words", "TERM"), Fact("Label", "more words " * 12, "T")), (Fact("Other", "x"),))
            ),
        ),
        (WholeText("First: 1/ one ; - a) two ; - b) three. Last.", frozenset({"two"})),),
        (Pieces(tuple(f"CODE{n} {n}" for n in range(12)), lead="List: ", list=True),),
        (
            Section(
                (Marked("Action 8", Mark.HEADING), "  text: 1 passage"),
                (
                    Sentence(("… of ", Marked("old", Mark.DELETED), Marked("new words", Mark.INSERTED), " …")),
                    Sentence("brief " * 30, brief=True),
                    Pieces(("pilot AA", "associated BB")),
                ),
                sign=Marked("~", Mark.CHANGED),
                remark="measure 2",
            ),
        ),
        (Section("What follows", (Facts(((Fact("DSJ", "pilot of 0 → 1"), Fact("DHUP", "more")),)),)),),
        (Examples((("Ask", (("plancli list", "all of it"), ("plancli summary --by x", ""))),)),),
    ),
    (Note("a hint", Purpose.HINT), Note("3 of 4", Purpose.COUNT), Note("Beware.", Purpose.CORRECTION)),
    data={"blocks": True},
    no_sheet="Ask otherwise.",
)


@pytest.mark.parametrize("name", ["terminal", "text", *(name for name in RENDERERS if name != "table")])
def test_golden_tables(name: str, golden: Callable[[str, str], None]) -> None:
    text = ""
    for case, report in CASES.items():
        window = Window(80, 24, colour=name == "terminal") if name in ("terminal", "text") else PIPE
        form = "table" if name in ("terminal", "text") else name
        text += f"--- {case}\n{render(report, form, window).answer}"
    golden(f"renderer-{name}.txt", text)


@pytest.mark.parametrize("form", ["table", "json", "markdown"])
def test_golden_blocks(form: str, golden: Callable[[str, str], None]) -> None:
    window = Window(80, 24) if form == "table" else PIPE
    golden(f"blocks-{form}.txt", render(BLOCKS, form, window).answer)


def test_what_is_no_table_is_refused_as_csv() -> None:
    with pytest.raises(Unsuited) as refused:
        render(BLOCKS, "csv")
    assert refused.value.exit_code == 2
    assert refused.value.hint == "Ask otherwise."


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "window", [PIPE, Window(80, 24), Window(80, 24, colour=True)], ids=["pipe", "80", "colour"]
)
def test_nothing_takes_over_a_terminal(form: str, window: Window) -> None:
    given = render(CASES["hostile"], form, window).answer
    for style in ("0m", "1m", "2m", "1;36m"):
        given = given.replace(f"\x1b[{style}", "") if window.colour and form == "table" else given
    allowed = "\r\n" if form == "csv" else "\n"
    left = {character for character in given if unicodedata.category(character) in ("Cc", "Cf")}
    assert left <= set(allowed)


def test_json_and_csv_carry_every_value() -> None:
    rows = CASES["hostile"].sheet
    assert rows is not None
    for row, given in zip(rows.rows, json.loads(render(CASES["hostile"], "json").answer), strict=True):
        assert list(given.values()) == [list(value) if isinstance(value, tuple) else value for value in row]
    text = render(CASES["starts"], "csv").answer
    assert text.count("\r\n") == text.count("\n") == 5
    assert list(csv.reader(StringIO(text)))[1:] == [
        ["1", "", "", "- a"],
        ["2", "", "", "/close"],
        ["3", "", "", "1. b"],
        ["4", "", "", "=1+1"],
    ]


def test_csv_keeps_line_breaks_inside_quotes() -> None:
    rows = list(csv.reader(StringIO(render(CASES["hostile"], "csv").answer)))
    assert rows[2][3] == "one\ntwo\nthree\\tfour\\u2028five\\x00"


def test_markdown_rows_are_one_line_each() -> None:
    lines = render(CASES["hostile"], "markdown").answer.splitlines()
    assert len(lines) == 4
    assert all(line.startswith("| ") for line in lines)
    assert "@<!-- -->all" in lines[2]
    assert "\\|e\\|" in lines[2]


def test_rows_beyond_two_hundred_are_not_painted() -> None:
    row: Row = (1, ("BB",), "2021", "Faire.")
    window = Window(80, 24, colour=True)
    assert "\x1b" in render(tabled(*[row] * 200), "table", window).answer
    assert "\x1b" not in render(tabled(*[row] * 201), "table", window).answer
