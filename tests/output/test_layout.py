"""What holds on every screen, rule by rule, on plans of any shape."""

import pytest

from plancli.output.renderers import render
from plancli.output.report import (
    Column,
    ColumnKind,
    Definition,
    DefinitionList,
    Examples,
    InlineList,
    Paragraph,
    Report,
    Section,
    Table,
)
from plancli.output.terminal import NO_TERMINAL, Terminal
from plancli.output.views.directorates import directorates_view
from plancli.output.views.progress import progress_view
from plancli.plan.model import Plan
from plancli.plan.model.follow_up import on_day
from plancli.plan.query import make_query
from tests.output.conftest import Ask
from tests.output.made_plans import action, listed, made, piped, shown

LONG = "Un texte assez long pour que la fenêtre soit toujours trop étroite, et de loin, quoi qu'on y fasse."
SIX = [action(n, LONG, pilots=["AA"], associated=["BB", "CC", "DD"], years=[2021, 2022]) for n in range(1, 7)]


def heading(columns: int) -> str:
    return shown(listed(made(*SIX), directorate="BB"), columns)[0]


def test_measure_leaves_first_then_associated_then_role() -> None:
    seen = [heading(columns) for columns in (100, 92, 74, 60)]
    assert seen == [
        " No  Measure  Role    Pilots  Associated  Calendar   Priority  Action",
        " No  Role    Pilots  Associated  Calendar   Prio  Action",
        " No  Role    Pilots  Calendar   Prio  Action",
        " No  Pilots  Calendar   Prio  Action",
    ]


def test_the_text_never_gets_fewer_than_thirty_columns_while_a_column_may_leave() -> None:
    for columns in range(50, 140):
        line = heading(columns)
        room = columns - line.index("Action")
        assert room >= 30 or "Role" not in line, columns


def test_dropped_associated_directorates_are_counted_behind_the_pilots() -> None:
    assert shown(listed(made(*SIX)), 60)[1].startswith("  1  AA +3   2021-2022     1  Un texte")


def test_without_pilots_the_count_stands_alone() -> None:
    lines = shown(listed(made(*SIX[:5], action(6, LONG, pilots=[], associated=["BB"]))), 60)
    assert lines[6].startswith("  6  +1      2021          1  Un")


def test_a_text_that_would_get_a_few_letters_stands_under_its_row() -> None:
    lines = shown(listed(made(*SIX)), 36)
    assert lines[:3] == [
        " No  Pilots  Calendar   Prio",
        "  1  AA +3   2021-2022     1",
        "     Un texte assez long pour que…",
    ]


def test_short_texts_need_no_column_to_leave() -> None:
    plan = made(*(action(n, "Faire.", associated=["BB"]) for n in range(1, 8)))
    assert shown(listed(plan), 64)[0] == " No  Measure  Pilots  Associated  Calendar  Priority  Action"


@pytest.mark.parametrize("columns", range(40, 200, 7))
@pytest.mark.parametrize(
    "line", ["list", "summary", "directorates", "show DHUP", "list -t ccapex", "summary --by year"]
)
def test_no_line_is_wider_than_the_window(line: str, columns: int, published: Plan, ask: Ask) -> None:
    widest = max(map(len, ask(published, line, columns=columns).lines))
    assert widest <= columns


@pytest.mark.parametrize(
    "line", ["summary --by directorate --by priority", "summary --by measure --by pilot", "show 9"]
)
def test_no_line_is_wider_than_a_usual_window(line: str, published: Plan, ask: Ask) -> None:
    for columns in (60, 80, 99, 100, 101, 120, 200):
        assert max(map(len, ask(published, line, columns=columns).lines)) <= columns


def test_names_appear_from_a_hundred_columns_on(published: Plan, ask: Ask) -> None:
    narrow, wide = (ask(published, "summary --by directorate", columns=columns).lines for columns in (99, 100))
    assert narrow[0] == " Directorate  Actions  █ actions"
    assert wide[0].startswith(" Directorate  Name  ")


def test_sentences_are_never_wider_than_a_hundred_columns() -> None:
    report = Report(
        (
            (
                Paragraph("word " * 80),
                InlineList(("piece " * 5,) * 9),
                DefinitionList(((Definition("L", "fact " * 60),),)),
            ),
        )
    )
    assert max(map(len, shown(report, 250))) <= 100
    assert max(map(len, piped(report))) > 300  # a pipe has no window


LONG_NAME = "Direction de l'eau et des milieux"


def test_a_register_without_names_has_no_empty_lines() -> None:
    statuses = {"en cours": {}, "fait": {"closed": True}}
    plan = on_day(made(action(1, pilots=[LONG_NAME]), action(2), statuses=statuses), "2022-01-01")
    for columns in range(60, 100):
        assert shown(directorates_view(plan), columns).index("") == 3, columns


def test_the_last_report_leaves_where_long_names_have_no_room() -> None:
    progress = [{"date": "2021-09-27", "status": "en cours"}]
    plan = made(action(1, pilots=[LONG_NAME], progress=progress), statuses={"en cours": {}})
    report = progress_view(on_day(plan, "2022-01-01"), make_query(plan, {}), plan.actions, 90)
    assert "Last report" in "\n".join(shown(report, 90))
    assert max(map(len, shown(report, 72))) <= 72


def test_cut_texts_end_with_an_ellipsis_at_a_word() -> None:
    table = Table(
        (Column("text", "Text", ColumnKind.TEXT),), (("Renforcer le relogement",), ("Anticonstitutionnellement",))
    )
    report = Report(((table,),))
    assert shown(report, 18)[1:] == [" Renforcer le…", " Anticonstitution…"]
    assert "Anticonstitutionnellement" in render(report, "table", NO_TERMINAL).text


def test_nothing_is_padded_at_the_end(published: Plan, ask: Ask) -> None:
    for line in ("list", "summary", "summary --by directorate --by priority", "show 9", "directorates", ""):
        for columns in (None, 80, 120):
            lines = ask(published, line, columns=columns).lines
            assert [each for each in lines if each != each.rstrip()] == []


def test_a_pipe_has_every_column_and_text_last(published: Plan, ask: Ask) -> None:
    assert ask(published, "summary").lines[6].split()[:3] == ["Orientation", "Measure", "Actions"]
    assert ask(published, "summary --by directorate").lines[0].endswith("  Name")


def test_zero_is_a_dot_and_blank_is_nothing() -> None:
    columns = (Column("a", "A", ColumnKind.NUMBER), Column("b", "B", ColumnKind.NUMBER), Column("c", "C"))
    report = Report(((Table(columns, ((0, None, "x"),)),),))
    assert shown(report) == [" A  B  C", " ·     x"]


def test_a_total_stands_under_a_rule_that_leaves_the_bar_out() -> None:
    columns = (
        Column("a", "Code"),
        Column("n", "Actions", ColumnKind.NUMBER),
        Column("bar", "█ x", ColumnKind.BAR),
    )
    report = Report(((Table(columns, (("AA", 3, (3,)),), ("Total", 3, None)),),))
    assert shown(report) == [
        " Code   Actions  █ x",
        " AA           3  ███",
        " ──────────────",
        " Total        3",
    ]


def test_a_table_without_rows_is_a_heading_in_a_pipe_and_nothing_on_a_terminal() -> None:
    report = Report(((Table((Column("a", "A"),), ()),),))
    assert shown(report) == []
    assert piped(report) == ["A"]


def test_the_passage_starts_at_a_word_and_holds_the_match() -> None:
    text = "Au début il y a beaucoup de mots, puis vient enfin le mot cherché, et après lui d'autres mots encore."
    plan = made(*(action(n, text) for n in range(1, 7)))
    lines = shown(listed(plan, text="CHERCHE"), 66)
    assert lines[0].endswith("  Passage")
    assert lines[1].endswith("  …enfin le mot cherché, et après lui…")
    assert piped(listed(plan, text="CHERCHE"))[0].endswith("  Action")


def test_a_match_at_the_end_leaves_no_empty_room() -> None:
    text = "Au début il y a beaucoup de mots, puis vient enfin le mot cherché."
    plan = made(*(action(n, text) for n in range(1, 7)))
    assert shown(listed(plan, text="cherché"), 66)[1].endswith("  …puis vient enfin le mot cherché.")


def test_matches_are_marked_across_a_line_break() -> None:
    text = "Avec la force publique et " * 3 + "la force publique."
    report = listed(made(action(1, text)), text="force publique")
    answer = render(report, "table", Terminal(44, 24, colour=True)).text
    assert answer.count("\x1b[1;36m") == 4 + 2  # one match goes over a line break; the note has the words too
    assert "\x1b[1;36mforce\x1b[0m\n     \x1b[1;36mpublique\x1b[0m" in answer


def test_asked_codes_and_numbers_are_marked_wherever_they_occur() -> None:
    plan = made(action(1, pilots=["AA"], associated=["AAB", "BB"], years=[2021, 2022], priority=2))
    answer = render(
        listed(plan, directorate="BB", year="2022", priority="2"), "table", Terminal(80, 24, colour=True)
    ).text
    first = answer.splitlines()[1]
    asked = [part.partition("\x1b[0m")[0] for part in first.split("\x1b[1;36m")[1:]]
    assert asked == ["BB", "2022", "2"]


def test_only_bold_dim_and_the_eight_basic_colours() -> None:
    from plancli.output.layout.page import APPEARANCE
    from plancli.output.report import Style

    basic = {"bold", "dim", "red", "green", "yellow", "blue", "cyan"}
    assert set(APPEARANCE) == set(Style)
    assert {word for style in APPEARANCE.values() for word in style.split()} <= basic


def test_without_colour_every_screen_reads_the_same(published: Plan, ask: Ask) -> None:
    from re import sub

    for line in ("list", "summary", "show 9", "list -d DSJ -y 2022", "summary --by pilot --by year", ""):
        for columns in (40, 80, 120):
            painted = ask(published, line, columns=columns, colour=True).out
            assert sub(r"\x1b\[[0-9;]*m", "", painted).splitlines() == ask(published, line, columns=columns).lines


def test_every_sign_has_a_stand_in_on_a_poor_terminal(published: Plan, ask: Ask) -> None:
    for line in ("list", "summary", "show 9", "summary --by directorate --by priority", "list -t ccapex", ""):
        ask(published, line, columns=80, encoding="ascii").out.encode("ascii")
        simple = ask(published, line, columns=80, TERM="dumb").out
        assert not set(simple) & set("█░·→…│⋮─«»")
        assert max(map(len, simple.splitlines())) <= 80


def test_an_unknown_encoding_is_as_poor_as_ascii(published: Plan) -> None:
    answer = render(listed(published), "table", Terminal(80, 24, encoding="no-such-encoding")).text
    assert answer.isascii()


def test_wide_and_combining_characters_keep_columns_in_line() -> None:
    plan = made(action(1, pilots=["漢字"]), action(2, pilots=["e\u0301e\u0301"]))
    lines = piped(listed(plan, columns=("pilots", "priority")))
    assert lines == ["Pilots  Priority", "漢字           1", "e\u0301e\u0301             1"]


def test_a_section_has_its_remark_at_the_right_end() -> None:
    report = Report(((Section("Action 8", (Paragraph("x"),), remark="measure 2"),),))
    assert shown(report, 80) == [f" Action 8{'measure 2':>70}", "   x"]
    assert piped(report) == ["Action 8  measure 2", "  x"]


def test_examples_give_up_their_wide_gap_before_they_wrap() -> None:
    report = Report(((Examples((("Ask", (("plancli list", "w" * 61),)),)),),))
    assert shown(report, 80)[1] == f"  plancli list  {'w' * 61}"
