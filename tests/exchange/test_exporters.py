"""What holds for every exporter, and the way from an ending to a file."""

import builtins
from copy import deepcopy
from importlib import import_module
from typing import Any

import pytest

from plancli.errors import Unavailable, Usage
from plancli.exchange.exporters import EXPORTERS, FEEDS, export, find_exporter
from plancli.exchange.request import make_request
from plancli.plan.model import Plan, read_plan
from plancli.text import escape_bidi, escape_control
from tests.exchange.made_up import HOSTILE, SMALL, small
from tests.exchange.readers import READERS


def exported(plan: Plan, ending: str) -> bytes:
    return export(make_request(plan, plan.actions, "data/plan.yaml"), f"plan{ending}")


@pytest.mark.parametrize("ending", EXPORTERS)
def test_the_same_request_gives_the_same_bytes(ending: str) -> None:
    assert exported(small(), ending) == exported(small(), ending)


@pytest.mark.parametrize("ending", EXPORTERS)
def test_every_ending_has_its_module(ending: str) -> None:
    assert callable(import_module(EXPORTERS[ending]).write)
    assert find_exporter(f"PLAN{ending.upper()}") == EXPORTERS[ending]


@pytest.mark.parametrize("ending", EXPORTERS)
def test_an_export_has_every_action(ending: str, published: Plan) -> None:
    found = READERS[ending](exported(published, ending))
    assert [number for number, _text in found] == [action.number for action in published.actions]
    for action, (_number, text) in zip(published.actions, found, strict=True):
        assert words(text) == words(action.text)


@pytest.mark.parametrize("ending", EXPORTERS)
@pytest.mark.parametrize("first", range(4))
def test_an_export_survives_hostile_texts(ending: str, first: int) -> None:
    """Each is the text, the titles, a name and a note of an action; some are the title of the plan."""
    texts = HOSTILE[first::4]
    data: dict[str, Any] = deepcopy(SMALL)
    data["title"] = "\n".join(texts)
    data["directorates"] = {f"D{number}": {"name": text} for number, text in enumerate(texts, 1)}
    action = data["orientations"][0]["measures"][0]["actions"][1]
    data["orientations"] = [
        {"number": number, "title": text, "measures": [{"number": number, "title": text, "actions": [made]}]}
        for number, text in enumerate(texts, 1)
        for made in [action | {"number": number, "text": text, "pilots": [f"D{number}"]}]
    ]
    data["source_notes"] = [{"action": number, "note": text} for number, text in enumerate(texts, 1)]
    found = READERS[ending](exported(read_plan(data), ending))
    if ending in (".md", ".html", ".docx"):
        assert [number for number, _text in found] == [*range(1, len(texts) + 1)]
        for (_number, shown), text in zip(found, texts, strict=True):
            assert words(shown) in (words(text), words(escape_control(text)), words(escape_bidi(text)))
    else:
        assert found == [*enumerate(texts, 1)]


def words(text: str) -> list[str]:
    """Return the words of a text; a dash before an item may be shown as its bullet."""
    return [word for word in text.split() if word != "-"]


@pytest.mark.parametrize("ending", EXPORTERS)
def test_an_empty_answer_is_an_empty_table(ending: str) -> None:
    request = make_request(small(), (), "data/plan.yaml", ("covering 2023",))
    assert READERS[ending](export(request, f"plan{ending}")) == []


def test_an_unknown_ending_is_refused_with_the_list() -> None:
    with pytest.raises(Usage) as refusal:
        find_exporter("plan.abc")
    assert refusal.value.message == "no format has the ending .abc"
    assert refusal.value.hint == f"Endings: {' '.join([*EXPORTERS, *FEEDS])}"


def test_a_name_without_ending_is_refused() -> None:
    with pytest.raises(Usage, match="plan has no ending"):
        find_exporter("plan")


def test_a_missing_extra_is_one_line_that_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(__import__("sys").modules, EXPORTERS[".xlsx"], raising=False)
    real = builtins.__import__

    def without(name: str, *args: Any) -> Any:
        if name == "xlsxwriter":
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        return real(name, *args)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(Unavailable) as refusal:
        exported(small(), ".xlsx")
    assert refusal.value.message == "writing plan.xlsx needs xlsxwriter, which isn't installed"
    assert refusal.value.hint == "Install it: pip install 'plancli[office]'"


def test_a_request_holds_what_was_asked_for_and_what_goes_with_it() -> None:
    plan = small()
    part = make_request(plan, plan.actions[:1], "plan.yaml", ("DSE in any role",)).plan
    assert [action.number for action in part.actions] == [1]
    assert [orientation.number for orientation in part.groups] == [1]
    assert [directorate.code for directorate in part.directorates] == ["DIHAL", "DSJ", "DSE"]
    assert [note.note for note in part.source_notes] == ["DSJ figure deux fois.", "Le tableau compte deux pages."]
    assert part.unused_numbers == ()
    assert part.glossary == ()


def test_a_request_without_a_question_is_the_whole_plan() -> None:
    plan = small()
    request = make_request(plan, plan.actions, "plan.yaml")
    assert request.plan is plan
    assert request.total == 3
