"""A plan as one line a field."""

from pathlib import Path

from plancli.plan.document import read_document
from plancli.plan.model import Entry, Plan, read_plan, with_actions
from plancli.plan.writer.textconv import textconv_lines

PLAN = Path(__file__).parents[2] / "data" / "plan.yaml"


def published() -> Plan:
    return read_plan(read_document(PLAN.read_bytes(), "plan.yaml").data)


def test_each_line_of_an_action_begins_with_its_number() -> None:
    lines = [line for line in textconv_lines(published()) if line.startswith("28 ")]
    assert lines == [
        "28 measure 8",
        (
            "28 text Prévoir l'envoi d'un courrier type au locataire explicitant les implications d'une "
            "décision d'expulsion conditionnelle, notamment en matière de respect du terme du paiement et de "
            "possibilité de saisine des organismes locaux d'apurement de la dette."
        ),
        "28 pilots DIHAL",
        "28 associated DSJ DACS",
        "28 years 2021",
        "28 priority 1",
    ]


def test_every_field_and_declaration_has_its_line() -> None:
    plan = published()
    lines = list(textconv_lines(plan))
    for action in plan.actions:
        for field in plan.fields[1:]:
            assert any(line.startswith(f"{action.number} {field.key}") for line in lines)
    for directorate in plan.directorates:
        assert any(line.startswith(f"directorate {directorate.code}") for line in lines)
    assert sum(line.startswith("acronym ") for line in lines) == len(plan.glossary)
    assert sum(line.startswith("note ") for line in lines) == len(plan.source_notes)
    assert "unused 26 Absent du tableau publié." in lines


def test_a_line_break_in_a_value_stays_on_its_line() -> None:
    plan = published()._replace(title="Un\nplan")
    assert next(textconv_lines(plan)) == "plan title Un\\nplan"


def test_reports_stand_in_the_order_of_their_days_a_year_being_its_last() -> None:
    plan = published()
    days = ("2021", "2021-06", "2021-06-30", "2021-07-01")
    entries = tuple(Entry(day, None, None, None, "Dit.", None, ("x", day)) for day in days)
    plan = with_actions(plan, lambda actions: tuple(each._replace(progress=entries) for each in actions))
    lines = [line for line in textconv_lines(plan) if line.startswith("28 progress")]
    assert [line.split()[2] for line in lines] == ["2021-06", "2021-06-30", "2021-07-01", "2021"]


def test_an_entry_that_is_none_is_left_out() -> None:
    entry = Entry("2021-06", None, None, 40, None, None, ("x", 0))
    other = entry._replace(percent=50, path=("x", 1))
    plan = with_actions(
        published(), lambda actions: tuple(each._replace(progress=(entry, other)) for each in actions)
    )
    lines = [line for line in textconv_lines(plan, [("x", 0, "date")]) if line.startswith("28 progress")]
    assert lines == ["28 progress 2021-06 percent 50"]
