"""What ``list`` answers, on a terminal, in a pipe and as data."""

import pytest

from plancli.errors import Usage
from plancli.output.renderers import render
from plancli.plan.model import Plan
from tests.output.made_plans import action, listed, made, piped, shown


def test_few_actions_come_with_their_whole_texts(published: Plan) -> None:
    lines = shown(listed(published, directorate="DSJ", year="2022"))
    assert lines[0] == " No  Role    Pilots  Associated                  Calendar   Priority"
    assert lines[2] == "     Améliorer la coordination interministérielle en matière de mise en oeuvre"
    assert lines[-1] == " 2 of 31 actions · DSJ in any role · covering 2022 (2022: 1, 2021-2022: 1)"


def test_few_actions_that_dont_fit_the_window_keep_to_lines(published: Plan) -> None:
    lines = shown(listed(published, directorate="DSJ", year="2022"), rows=22)
    assert lines[0] == " No  Role    Pilots    Calendar   Prio  Action"
    assert len(lines) == 6


def test_few_actions_that_are_read_in_their_lines_keep_to_them() -> None:
    plan = made(action(1), action(2))
    assert shown(listed(plan))[1].endswith("  Faire.")
    assert shown(listed(made(action(1), action(2, "long " * 20))))[2] == "     Faire."


def test_six_actions_keep_to_lines_however_high_the_window() -> None:
    plan = made(*(action(n) for n in range(1, 7)))
    assert len(shown(listed(plan), rows=1000)) == 9
    assert shown(listed(plan))[-1] == " 6 actions"  # nothing was cut: no hint


def test_full_shows_whole_texts_of_many() -> None:
    plan = made(*(action(n) for n in range(1, 7)))
    assert shown(listed(plan, full=True))[2:4] == ["     Faire.", ""]


def test_a_pipe_has_rows_only_and_its_notes_stand_beside(published: Plan) -> None:
    rendering = render(listed(published, directorate="DSJ", year="2022"))
    lines = rendering.text.splitlines()
    assert [line[:2] for line in lines] == ["No", " 3", "20"]
    assert lines[1].endswith(" vers le ministère chargé du Logement.")
    assert rendering.notes == "2 of 31 actions · DSJ in any role · covering 2022 (2022: 1, 2021-2022: 1)\n"


def test_data_has_no_notes_beside_it(published: Plan) -> None:
    for form in ("csv", "json", "markdown"):
        assert render(listed(published, directorate="DSJ"), form).notes == ""


def test_an_empty_answer_says_what_emptied_it(published: Plan) -> None:
    report = listed(published, directorate="SAFSL", year="2022")
    why = "0 of 31 actions · -d SAFSL alone: 1 (7) · -y 2022 alone: 16 · together: none"
    assert shown(report) == [f" {why}"]
    assert piped(report) == ["No  Measure  Role  Pilots  Associated  Calendar  Priority  Action"]
    for form in ("table", "csv", "json"):
        assert render(report, form).notes == f"{why}\n"
    assert piped(report, "json") == ["[]"]
    assert piped(report, "csv") == ["number,orientation,measure,text,pilots,associated,years,priority"]


def test_one_empty_filter_is_said_in_words(published: Plan) -> None:
    assert shown(listed(published, text="zzz")) == [
        ' 0 of 31 actions · action text holds "zzz" (case and accents aside)'
    ]


def test_counts_below_an_answer_have_their_thousands_apart() -> None:
    years = ([2021], [2021, 2022])
    actions = [action(number, years=years[number > 1100], pilots=["AA"]) for number in range(1, 2201)]
    actions += [action(number, pilots=["BB"], associated=["AA"]) for number in range(2201, 3301)]
    found = " ".join(render(listed(made(*actions), directorate="AA", year="2021")).notes.split())
    assert "3,300 of 3,300 actions" in found
    assert "AA in any role (2,200 pilot, 1,100 associated)" in found
    assert "covering 2021 (2021: 2,200, 2021-2022: 1,100)" in found
    empty = " ".join(render(listed(made(*actions), pilot="BB", year="2022")).notes.split())
    assert "--pilot BB alone: 1,100" in empty


def test_a_filter_that_is_empty_alone_needs_no_together(published: Plan) -> None:
    lines = shown(listed(published, text="zzz", priority="1"))
    assert lines == [" 0 of 31 actions · -p 1 alone: 21 · -t zzz alone: none"]


def test_json_is_an_object_a_line(published: Plan) -> None:
    lines = piped(listed(published, pilot="SAFSL"), "json")
    assert lines[0] == "["
    assert lines[1].startswith('  {"number": 7, "orientation": 1, "measure": 2, "text": "Garantir ')
    assert lines[1].endswith('"associated": ["DIHAL", "DSS"], "years": [2021], "priority": 1}')


def test_columns_are_those_that_were_typed() -> None:
    plan = made(action(1, years=[2021, 2022], pilots=["AA", "BB"]))
    report = listed(plan, columns=("number", "calendar", "pilots"))
    assert shown(report)[:2] == [" No  Calendar   Pilots", "  1  2021-2022  AA BB"]
    assert piped(report, "csv") == ["number,years,pilots", "1,2021|2022,AA|BB"]
    assert piped(report, "json")[1] == '  {"number": 1, "years": [2021, 2022], "pilots": ["AA", "BB"]}'


def test_an_unknown_column_has_a_suggestion() -> None:
    with pytest.raises(Usage, match=r"unknown column prioritys\. Did you mean priority\?"):
        listed(made(action(1)), columns=("prioritys",))


def test_sorting_goes_by_each_key_in_turn() -> None:
    plan = made(action(1, priority=2), action(2, years=[2022]), action(3))
    report = listed(plan, columns=("number",), sort=("priority", "-years"))
    assert piped(report) == ["No", " 2", " 3", " 1"]


def test_sorting_puts_accents_and_the_order_in_which_years_are_written_aside() -> None:
    plan = made(action(1, "Zone"), action(2, "Étude", years=[2022, 2021]), action(3, "facile", years=[2022]))
    assert piped(listed(plan, columns=("number",), sort=("text",)))[1:] == [" 2", " 3", " 1"]
    assert piped(listed(plan, columns=("number",), sort=("years",)))[1:] == [" 1", " 2", " 3"]


def test_columns_of_another_question_say_what_to_add() -> None:
    for column, option in (("role", "-d CODE"), ("found_in", "-t WORDS")):
        with pytest.raises(Usage) as refused:
            listed(made(action(1)), columns=(column,))
        assert str(refused.value).startswith(f"the column {column} is about")
        assert refused.value.hint == f"Add: {option}"
