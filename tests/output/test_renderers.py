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
    ColumnKind,
    Definition,
    DefinitionList,
    Details,
    Examples,
    FormatNotSupported,
    HtmlComment,
    InlineList,
    Note,
    NoteKind,
    Paragraph,
    Participants,
    PlanText,
    Records,
    Report,
    Row,
    Section,
    Style,
    Styled,
    Table,
    TaskList,
)
from plancli.output.terminal import NO_TERMINAL, Terminal

ESCAPES = "a\x1b[31mred\x1b]8;;http://x\x07\x9b1m\u202egnol\u2066\ufeff"
HOSTILE = f"{ESCAPES} [red]b[/red] <b>&amp; *c* _d_ |e| `f` @all #1 $x$"
LINES = "one\ntwo\r\nthree\tfour\u2028five\x00"
COLUMNS = (
    Column("number", "No", ColumnKind.NUMBER, bold=True),
    Column("codes", "Codes", ColumnKind.CODES, highlight=frozenset({"BB"})),
    Column("years", "Years", highlight=frozenset({"2022"})),
    Column("text", "Text", ColumnKind.TEXT),
)


def tabled(*rows: Row) -> Report:
    keys = tuple(column.key for column in COLUMNS)
    return Report(((Table(COLUMNS, rows),),), records=Records(keys, tuple(rows)))


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
        (InlineList(((Styled("Head", Style.HEADING),), "of it"), title=True), Paragraph("- a sentence [red]")),
        (
            DefinitionList(
                (
                    (Definition("Label", "words", "TERM"), Definition("Label", "more words " * 12, "T")),
                    (Definition("Other", "x"),),
                )
            ),
        ),
        (PlanText("First: 1/ one ; - a) two ; - b) three. Last.", frozenset({"two"})),),
        (InlineList(tuple(f"CODE{n} {n}" for n in range(12)), lead="List: ", list=True),),
        (
            Section(
                (Styled("Action 8", Style.HEADING), "  text: 1 passage"),
                (
                    Paragraph(("… of ", Styled("old", Style.DELETED), Styled("new words", Style.INSERTED), " …")),
                    Paragraph("brief " * 30, brief=True),
                    InlineList(("pilot AA", "associated BB")),
                ),
                sign=Styled("~", Style.CHANGED),
                remark="measure 2",
            ),
        ),
        (
            Section(
                "What follows",
                (DefinitionList(((Definition("DSJ", "pilot of 0 → 1"), Definition("DHUP", "more")),)),),
            ),
        ),
        (Examples((("Ask", (("plancli list", "all of it"), ("plancli summary --by x", ""))),)),),
    ),
    (Note("a hint", NoteKind.HINT), Note("3 of 4", NoteKind.COUNT), Note("Beware.", NoteKind.CORRECTION)),
    data={"blocks": True},
    no_records="Ask otherwise.",
)


@pytest.mark.parametrize("name", ["terminal", "text", *(name for name in RENDERERS if name != "table")])
def test_golden_tables(name: str, golden: Callable[[str, str], None]) -> None:
    text = ""
    for case, report in CASES.items():
        window = Terminal(80, 24, colour=name == "terminal") if name in ("terminal", "text") else NO_TERMINAL
        form = "table" if name in ("terminal", "text") else name
        text += f"--- {case}\n{render(report, form, window).text}"
    golden(f"renderer-{name}.txt", text)


@pytest.mark.parametrize("form", ["table", "json", "markdown"])
def test_golden_blocks(form: str, golden: Callable[[str, str], None]) -> None:
    window = Terminal(80, 24) if form == "table" else NO_TERMINAL
    golden(f"blocks-{form}.txt", render(BLOCKS, form, window).text)


def test_a_report_that_is_not_a_table_is_refused_as_csv() -> None:
    with pytest.raises(FormatNotSupported) as refused:
        render(BLOCKS, "csv")
    assert refused.value.exit_code == 2
    assert refused.value.hint == "Ask otherwise."


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize(
    "window", [NO_TERMINAL, Terminal(80, 24), Terminal(80, 24, colour=True)], ids=["pipe", "80", "colour"]
)
def test_nothing_takes_over_a_terminal(form: str, window: Terminal) -> None:
    given = render(CASES["hostile"], form, window).text
    for style in ("0m", "1m", "2m", "1;36m"):
        given = given.replace(f"\x1b[{style}", "") if window.colour and form == "table" else given
    allowed = "\r\n" if form == "csv" else "\n"
    left = {character for character in given if unicodedata.category(character) in ("Cc", "Cf")}
    assert left <= set(allowed)


def test_json_and_csv_carry_every_value() -> None:
    rows = CASES["hostile"].records
    assert rows is not None
    for row, given in zip(rows.rows, json.loads(render(CASES["hostile"], "json").text), strict=True):
        assert list(given.values()) == [list(value) if isinstance(value, tuple) else value for value in row]
    text = render(CASES["starts"], "csv").text
    assert text.count("\r\n") == text.count("\n") == 5
    assert list(csv.reader(StringIO(text)))[1:] == [
        ["1", "", "", "- a"],
        ["2", "", "", "/close"],
        ["3", "", "", "1. b"],
        ["4", "", "", "=1+1"],
    ]


def test_csv_keeps_line_breaks_inside_quotes() -> None:
    rows = list(csv.reader(StringIO(render(CASES["hostile"], "csv").text)))
    assert rows[2][3] == "one\ntwo\nthree\\tfour\\u2028five\\x00"


def test_markdown_rows_are_one_line_each() -> None:
    lines = render(CASES["hostile"], "markdown").text.splitlines()
    assert len(lines) == 4
    assert all(line.startswith("| ") for line in lines)
    assert "@<!-- -->all" in lines[2]
    assert "\\|e\\|" in lines[2]


def test_rows_beyond_two_hundred_are_not_painted() -> None:
    row: Row = (1, ("BB",), "2021", "Faire.")
    window = Terminal(80, 24, colour=True)
    assert "\x1b" in render(tabled(*[row] * 200), "table", window).text
    assert "\x1b" not in render(tabled(*[row] * 201), "table", window).text


def test_markdown_has_a_day_without_the_blanks_that_align_it() -> None:
    days = Table((Column("last", "Last report"),), (("12 Sep 2025",), (" 8 Jul 2025",)))
    assert render(Report(((days,),)), "markdown").text.splitlines()[2:] == ["| 12 Sep 2025 |", "| 8 Jul 2025 |"]


def test_a_terminal_shows_of_a_comment_what_is_no_markdown() -> None:
    table = Table((Column("who", "Directorates"),), ((Participants(("DIHAL",), ("DACS", "DSJ")),),))
    folded = Details("Action 8: the words", (Paragraph("…"),))
    report = Report(((HtmlComment("plancli:diff"), table, folded, TaskList("Sign-off", ("DIHAL",))),))
    assert render(report, "table", Terminal(80, 24)).text == " Directorates\n DIHAL · DACS DSJ\n"
