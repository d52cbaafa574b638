"""What holds for every exporter, and the way from an ending to a file."""

from importlib import import_module

import pytest
from made_up import small

from plancli.errors import Usage
from plancli.exchange.edition import make_edition
from plancli.exchange.exporters import EXPORTERS, export, find_exporter


@pytest.mark.parametrize("ending", EXPORTERS)
def test_the_same_edition_gives_the_same_bytes(ending: str) -> None:
    plan = small()
    first = export(make_edition(plan, plan.actions, "data/plan.yaml"), f"plan{ending}")
    assert first == export(make_edition(plan, plan.actions, "data/plan.yaml"), f"plan{ending}")


@pytest.mark.parametrize("ending", EXPORTERS)
def test_every_ending_has_its_module(ending: str) -> None:
    assert callable(import_module(EXPORTERS[ending]).write)
    assert find_exporter(f"PLAN{ending.upper()}") == EXPORTERS[ending]


def test_an_unknown_ending_is_refused_with_the_list() -> None:
    with pytest.raises(Usage) as refusal:
        find_exporter("plan.docx")
    assert refusal.value.message == "no format has the ending .docx"
    assert refusal.value.hint == f"Endings: {' '.join(EXPORTERS)}"


def test_a_name_without_ending_is_refused() -> None:
    with pytest.raises(Usage, match="plan has no ending"):
        find_exporter("plan")


def test_an_edition_holds_what_was_asked_for_and_what_goes_with_it() -> None:
    plan = small()
    part = make_edition(plan, plan.actions[:1], "plan.yaml", ("DSE in any role",)).plan
    assert [action.number for action in part.actions] == [1]
    assert [orientation.number for orientation in part.orientations] == [1]
    assert [directorate.code for directorate in part.directorates] == ["DIHAL", "DSJ", "DSE"]
    assert [note.note for note in part.source_notes] == ["DSJ figure deux fois.", "Le tableau compte deux pages."]


def test_an_edition_without_a_question_is_the_whole_plan() -> None:
    plan = small()
    edition = make_edition(plan, plan.actions, "plan.yaml")
    assert edition.plan is plan
    assert edition.total == 3
