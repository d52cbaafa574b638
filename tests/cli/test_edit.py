"""``set``, ``add``, ``move``, ``remove`` and ``declare``: one change of the plan, and nothing else."""

import json
import os
import pty
import subprocess
import sys
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

from plancli.plan.document import read_document
from plancli.plan.writer import dump
from tests.check.small_plans import PLAN
from tests.command import complete
from tests.repositories import Repo

Typed = Callable[..., Any]
PUBLISHED = (Path(__file__).parents[2] / "data" / "plan.yaml").read_text("utf-8")


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the published plan, in the folder where commands are run."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.yaml"
    path.write_text(PUBLISHED, "utf-8")
    return path


def difference(plan: Path, before: str = PUBLISHED) -> list[str]:
    """Return the lines that went and came."""
    after = plan.read_bytes().decode()
    lines = unified_diff(before.splitlines(), after.splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        (["priority=1"], ["-            priority: 2", "+            priority: 1"]),
        (["years=2021-2022"], ["-            years: [2022]", "+            years: [2021, 2022]"]),
        (["years=2021–2022"], ["-            years: [2022]", "+            years: [2021, 2022]"]),
        (["years=2022 et 2021"], ["-            years: [2022]", "+            years: [2021, 2022]"]),
        (["years=2021 à 2022"], ["-            years: [2022]", "+            years: [2021, 2022]"]),
        *(
            ([f"years={years}"], ["-            years: [2022]", "+            years: [2021, 2022]"])
            for years in ("2021-22", "de 2021 à 2022", "entre 2021 et 2022", "[2021, 2022]", "2021→2022")
        ),
        (["pilots=[DSJ, dacs]"], ["-            pilots: [DIHAL]", "+            pilots: [DSJ, DACS]"]),
        (
            ["pilots=direction des services judiciaires, DACS"],
            ["-            pilots: [DIHAL]", "+            pilots: [DSJ, DACS]"],
        ),
        (["associated=none"], ["-            associated: [DHUP]", "+            associated: []"]),
        (["years+=2021"], ["-            years: [2022]", "+            years: [2021, 2022]"]),
        (["years+=2021", "years-=2022"], ["-            years: [2022]", "+            years: [2021]"]),
        (["pilots+=dsj"], ["-            pilots: [DIHAL]", "+            pilots: [DIHAL, DSJ]"]),
        (["pilots=dgtresor, Dsj"], ["-            pilots: [DIHAL]", "+            pilots: [DGTrésor, DSJ]"]),
        (["pilots=DSJ et DACS"], ["-            pilots: [DIHAL]", "+            pilots: [DSJ, DACS]"]),
        (["associated-=DHUP"], ["-            associated: [DHUP]", "+            associated: []"]),
        (["associated="], ["-            associated: [DHUP]", "+            associated: []"]),
        (["associated+=DSJ,DHUP"], ["-            associated: [DHUP]", "+            associated: [DHUP, DSJ]"]),
        (
            ["Priority = 1", "years=2021"],
            [
                "-            years: [2022]",
                "-            priority: 2",
                "+            years: [2021]",
                "+            priority: 1",
            ],
        ),
    ],
)
def test_values_as_people_type_them(plancli: Typed, plan: Path, typed: list[str], changed: list[str]) -> None:
    assert plancli("set", "24", *typed).code == 0
    assert difference(plan) == changed


def test_what_was_decided_is_told_with_its_sign_off(plancli: Typed, plan: Path) -> None:
    answer = plancli("set", "24", "priority=1", "associated-=DHUP", columns=80)
    assert answer.lines[0] == " plan.yaml: written"
    assert " ~ Action 24  DHUP: not associated any more · priority 2 → 1        measure 7" in answer.lines or (
        "Action 24" in answer.out
    )
    assert answer.lines[-2:] == [" Sign-off: DHUP (24) · DIHAL (24)", " Ministry: Logement (24)"]
    told = json.loads(plancli("set", "24", "priority=2", "--format", "json").out)
    assert [(each["kind"], each["field"], each["new"]) for each in told["changes"]] == [("changed", "priority", 2)]
    assert told["sign_off"] == {"DIHAL": [24]}


def test_set_says_which_values_change_nothing(plancli: Typed, plan: Path) -> None:
    answer = plancli("set", "24", "priority=1", "pilots+=DIHAL", "associated-=DSJ", "years=2022")
    assert answer.code == 0
    assert answer.err.splitlines() == [
        "pilots+=DIHAL changes nothing",
        "associated-=DSJ changes nothing",
        "years=2022 changes nothing",
    ]
    assert difference(plan) == ["-            priority: 2", "+            priority: 1"]


def test_set_dry_run_writes_nothing(plancli: Typed, plan: Path) -> None:
    answer = plancli("set", "24", "priority=1", "--dry-run")
    assert answer.lines[0] == "plan.yaml: not written (--dry-run)"
    assert "Sign-off: DHUP (24) · DIHAL (24)" in answer.out
    assert plan.read_text("utf-8") == PUBLISHED


def test_standard_input_can_only_be_tried(plancli: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = plancli("set", "24", "priority=1", "--plan", "-")
    assert (answer.code, answer.err.splitlines()[0]) == (2, "plancli: standard input can't be changed")


def test_a_value_that_is_there_already_changes_nothing(plancli: Typed, plan: Path) -> None:
    answer = plancli("set", "24", "priority=2", "pilots+=DIHAL")
    assert (answer.code, answer.lines[0]) == (0, "plan.yaml: nothing to change")
    assert plan.read_text("utf-8") == PUBLISHED


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["99", "priority=1"], "there is no action 99"),
        (["26", "priority=1"], "there is no action 26: Absent du tableau publié."),
        (["DSJ", "priority=1"], "DSJ is a directorate, not an action"),
        (["24-25", "text=Agir."], "text is set for one action at a time"),
        (["24", "25", "code=A"], "code is set for one action at a time"),
        (["24", "priority=1", "priority=2"], "priority is set twice"),
        (["24"], "nothing is set"),
        (["priority=1"], "no action is named"),
        (
            ["priority=1", "24", "25", "text=Un mot"],
            'the action stands before what is set. Did you mean plancli set 24 25 priority=1 "text=Un mot"?',
        ),
        (["title=Aider", "M7"], "the action stands before what is set. Did you mean plancli set M7 title=Aider?"),
        (["pilots+=DSJ", "24"], "the action stands before what is set. Did you mean plancli set 24 pilots+=DSJ?"),
        (["24", "deadline=2021"], "no field deadline. Did you mean due?"),
        (["24", "fin=2021"], "no field fin. Did you mean due?"),
        (["24", "2"], "2 assigns nothing. Did you mean priority=2?"),
        (["24", "Un mot"], 'Un mot assigns nothing. Did you mean text="Un mot"?'),
        (["24", "25"], "25 assigns nothing"),
        (["24", "priority=1", "25"], "25 assigns nothing"),
        (["24", "99", "priority=1"], "there is no action 99"),
        (["24", "priority"], "priority assigns nothing"),
        (["24", "priority", "1"], "nothing is set. Did you mean priority=1?"),
        (["24", "text", "Un", "mot", "code", "A"], 'nothing is set. Did you mean text="Un mot" code=A?'),
        (["3", "24", "years", "2021"], "nothing is set. Did you mean years=2021?"),
        (["24", "--priority", "1"], "no option --priority. Did you mean priority=1?"),
        (["24", "--priority=1"], "no option --priority. Did you mean priority=1?"),
        (["24", "--text", "Un mot"], 'no option --text. Did you mean text="Un mot"?'),
        (["24", "--priority", "--dry-run"], "no option --priority. Did you mean priority=…?"),
        (["24", "priority", "=", "1"], "blanks stand around =. Did you mean priority=1?"),
        (["24", "pilots", "+=", "DSJ"], "blanks stand around +=. Did you mean pilots+=DSJ?"),
        (["24", "priority", "=1"], "blanks stand around =. Did you mean priority=1?"),
        (["24", "text", "=", "Un mot"], 'blanks stand around =. Did you mean text="Un mot"?'),
        (["24", "text", "=Un mot"], 'blanks stand around =. Did you mean text="Un mot"?'),
        (["24", "priority", "="], "blanks stand around =. Did you mean priority=…?"),
        (["24", "=1"], "no field ="),
        (["24", "=", "1"], "no field ="),
        (["24", "priority=1", "=2"], "no field ="),
        (["24", "priority=3"], "unknown priority 3 (1, 2)"),
        (["24", "priority="], "priority can't be empty"),
        (["24", "priority+=1"], "priority holds one value, so nothing is added to it or taken from it"),
        (["24", "pilot=DHUP"], "no field pilot. Did you mean pilots?"),
        (["24", "priorité=1"], "no field priorité. Did you mean priority?"),
        (["24", "calendrier=2021"], "no field calendrier. Did you mean years?"),
        (["24", "measure=8"], "measure is where an action stands. Did you mean plancli move 24 --measure 8?"),
        (["24", "mesure=8"], "mesure is where an action stands. Did you mean plancli move 24 --measure 8?"),
        (["24", "number=40"], "an action keeps its number, and a number is never used again"),
        (["24", "pilots=DHPU"], "unknown directorate DHPU. Did you mean DHUP?"),
        (["24", "pilots-=DHPU"], "unknown directorate DHPU. Did you mean DHUP?"),
        (["24", "pilots+="], "pilots+= needs a value"),
        (["24", "years=next"], "next is no year"),
        (["24", "years=2022-2021"], "2022-2021 is no year"),
        (["24", "text=@"], "@ needs the name of a file"),
        (["24", "text="], "text can't be empty"),
    ],
)
def test_set_refuses_values_that_cannot_be_meant(plancli: Typed, plan: Path, typed: list[str], told: str) -> None:
    answer = plancli("set", *typed)
    assert (answer.code, answer.err.splitlines()[0]) == (2, f"plancli: {told}")
    assert plan.read_text("utf-8") == PUBLISHED


def test_add_with_a_group_but_without_its_option_names_the_option(plancli: Typed, plan: Path) -> None:
    answer = plancli("add", "9", "text=Un mot.", "priority=1")
    assert (answer.code, answer.err) == (2, "plancli: 9 assigns nothing. Did you mean --measure 9?\n")
    assert plan.read_text("utf-8") == PUBLISHED


def test_set_refuses_a_new_error(plancli: Typed, plan: Path) -> None:
    answer = plancli("set", "24", "years=2023")
    assert answer.code == 1
    assert answer.out == ""
    assert answer.err.splitlines() == [
        "plancli: nothing is written: plan.yaml would have 1 new error",
        "  plan.yaml:419:21  action 24: 2023 is after the plan ends (2022)",
        "The lines are those of the file as it would be",
    ]
    assert plan.read_text("utf-8") == PUBLISHED


def test_a_plan_with_an_error_can_be_mended(plancli: Typed, plan: Path) -> None:
    broken = PUBLISHED.replace("years: [2022]", "years: [2023]", 1)
    plan.write_text(broken, "utf-8")
    number = next(action for action in range(1, 33) if f"action {action}:" in plancli("validate").out)
    assert plancli("set", str(number), "priority=1").code == 0  # an error that was there already stops nothing
    assert plancli("set", str(number), "years=2022").code == 0
    assert plancli("validate").code == 0


def test_what_has_not_the_shape_of_a_plan_stays(plancli: Typed, plan: Path) -> None:
    for broken in (PLAN.replace("priority: 2", "priority: 2\n            priority: 1"), "a: [", PLAN + "x: 1\n"):
        plan.write_text(broken, "utf-8")
        answer = plancli("set", "2", "priority=1")
        assert answer.code == 1
        assert "hasn't the shape of a plan; it stays as it is" in answer.err
        assert plan.read_text("utf-8") == broken


def test_what_is_hinted_at_is_nothing_that_a_change_refuses(plancli: Typed, plan: Path) -> None:
    """A change has no --at, though git has a plan that could be asked."""
    Repo(plan.parent).commit()
    plan.write_text(PUBLISHED.replace("title:", "titel:", 1), "utf-8")
    assert plancli("list").err.endswith("last committed plan: plancli list --at HEAD\n")
    for line in (["set", "24", "priority=1"], ["remove", "12", "--reason", "x"], ["report", "9", "--note", "x"]):
        assert plancli(*line).err.splitlines()[-1] == "In place: plancli validate"


def test_a_number_that_two_actions_have_names_none(plancli: Typed, plan: Path) -> None:
    plan.write_text(PLAN.replace("number: 2\n            text", "number: 1\n            text"), "utf-8")
    answer = plancli("set", "1", "priority=1")
    assert (answer.code, answer.err) == (
        2,
        "plancli: one action at a time: 1 means 2 (plan.yaml:20, plan.yaml:28)\n",
    )


def test_what_stands_in_braces_is_refused_and_fmt_helps(plancli: Typed, plan: Path) -> None:
    data = read_document(PLAN, "").data
    flow = json.dumps(data, ensure_ascii=False)
    plan.write_text(flow, "utf-8")
    answer = plancli("set", "2", "priority=1")
    assert (answer.code, answer.err.splitlines()) == (
        1,
        [
            "plancli: plan.yaml is laid out in such a way that this can't be changed alone",
            "Nothing is written. Tidy the layout first: plancli fmt",
        ],
    )
    assert plan.read_text("utf-8") == flow
    named = plancli("set", "2", "priority=1", "--plan", "plan.yaml").err.splitlines()
    assert named[1] == "Nothing is written. Tidy the layout first: plancli fmt plan.yaml"
    plancli("fmt")
    assert plancli("set", "2", "priority=1").code == 0


def test_set_and_add_take_texts_of_files(plancli: Typed, plan: Path, tmp_path: Path) -> None:
    (tmp_path / "text.txt").write_text("\ufeffAgir ;\n  - puis suivre.\n\n", "utf-8")
    assert plancli("set", "24", "text=@text.txt").code == 0
    action = next(each for each in json.loads(plancli("list", "--format", "json").out) if each["number"] == 24)
    assert action["text"] == "Agir ; - puis suivre."
    assert plancli("set", "24", "text=@@home.").code == 0
    assert "              @home.\n" in plan.read_text("utf-8")
    assert plancli("set", "24", "text=@none.txt").code == 3
    (tmp_path / "latin.txt").write_bytes(b"\xe9")
    answer = plancli("set", "24", "text=@latin.txt")
    assert (answer.code, answer.err) == (3, "plancli: latin.txt isn't UTF-8\n")


def test_an_action_moves_with_its_comments(plancli: Typed, plan: Path) -> None:
    commented = PUBLISHED.replace("          - number: 16\n", "          # à suivre\n          - number: 16\n")
    plan.write_text(commented, "utf-8")
    assert plancli("move", "16", "--measure", "8").code == 0
    moved = plan.read_text("utf-8")
    assert sorted(moved.splitlines()) == sorted(commented.splitlines())
    assert moved.index("# à suivre\n          - number: 16") < moved.index("- number: 28")
    shown = plancli("list", "--measure", "8", "--columns", "number").out.split()[1:]
    assert shown == ["16", "28", "29", "30"]


def test_an_action_moves_behind_another(plancli: Typed, plan: Path) -> None:
    answer = plancli("move", "16", "--measure", "8", "--after", "30")
    assert "Action 16  moved to measure 8 from measure 5, text unchanged" in answer.out
    assert plancli("list", "--measure", "8", "--columns", "number").out.split()[1:] == ["28", "29", "30", "16"]
    assert plancli("move", "16", "--after", "28").code == 0
    assert plancli("list", "--measure", "8", "--columns", "number").out.split()[1:] == ["28", "16", "29", "30"]
    assert plancli("move", "16", "--measure", "5").code == 0
    assert plan.read_text("utf-8") == PUBLISHED


@pytest.mark.parametrize("word", ["M8", "m8", "measure 8", "3.8"])
def test_a_place_is_named_as_show_names_it(plancli: Typed, plan: Path, word: str) -> None:
    title = plancli("show", word).out.splitlines()[0]
    assert title == "Measure 8 · 3 actions"
    assert plancli("move", "16", "--measure", word).code == 0
    assert plancli("add", "--measure", word, "--years", "2021", "--priority", "1", "--text", "Agir.").code == 0
    listed = plancli("list", "--measure", "8", "--columns", "number")
    assert listed.out.split()[1:] == ["16", "28", "29", "30", "33"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["16"], "plancli move needs --measure"),
        (["16", "--measure", "M12"], "unknown measure M12 (1-9)"),
        (["16", "17", "--measure", "8"], "unexpected 17"),
        (["16", "--measure", "12"], "unknown measure 12 (1-9)"),
        (["16", "--measure", "8", "--after", "1"], "1 stands elsewhere (plan.yaml:86)"),
        (["16", "--after", "16"], "16 can't stand behind itself"),
    ],
)
def test_a_move_that_cannot_be_meant_is_told(plancli: Typed, plan: Path, typed: list[str], told: str) -> None:
    answer = plancli("move", *typed)
    assert (answer.code, answer.err.splitlines()[0]) == (2, f"plancli: {told}")


def test_a_removed_number_is_retired_and_its_notes_go_along(plancli: Typed, plan: Path) -> None:
    answer = plancli("remove", "9", "--reason", "Réunie à l'action 8.")
    assert "- Action 9  removed" in answer.out
    assert "+ Unused number 9          declared\n    reason  Réunie à l'action 8." in answer.out
    assert "- Source note on action 9  removed\n    source  des signalement d'impayés\n" in answer.out
    text = plan.read_text("utf-8")
    assert "unused_numbers:\n  - number: 9\n    reason: Réunie à l'action 8.\n  - number: 26\n" in text
    assert "action: 9\n" not in text
    assert plancli("show", "9").err.startswith("plancli: there is no action 9: Réunie à l'action 8.")
    assert plancli("remove", "8", "--reason", " ").code == 2
    assert plancli("remove", "8").code == 2


def test_comments_of_a_removed_action_are_told(plancli: Typed, plan: Path) -> None:
    plan.write_text(PLAN.replace("priority: 2", "priority: 2  # à revoir"), "utf-8")
    answer = plancli("remove", "2", "--reason", "Retirée.")
    assert answer.err == "this comment goes with it: # à revoir\n"
    assert plan.read_text("utf-8").endswith("unused_numbers:\n  - number: 2\n    reason: Retirée.\n")


def test_the_last_note_leaves_no_rest(plancli: Typed, plan: Path) -> None:
    note = "source_notes:\n  - action: 2\n    field: text\n    note: Sic.\n"
    plan.write_text(PLAN + note, "utf-8")
    assert plancli("remove", "2", "--reason", "Retirée.").code == 0
    text = plan.read_text("utf-8")
    assert "source_notes" not in text
    assert text.endswith("unused_numbers:\n  - number: 2\n    reason: Retirée.\n")


@pytest.mark.parametrize("typed", [["remove", "3", "--reason", "Retirée."], ["move", "3", "--measure", "1"]])
def test_the_last_action_of_a_measure_takes_the_measure_along_or_stays(
    plancli: Typed, plan: Path, typed: list[str]
) -> None:
    notes = "source_notes:\n  - measure: 2\n    note: Sic.\n  - action: 1\n    note: Sic.\n"
    plan.write_text(PLAN + notes, "utf-8")
    answer = plancli(*typed)
    assert (answer.code, answer.err.splitlines()) == (
        1,
        [
            "plancli: nothing is written: measure 2 would be left empty",
            "To take it out as well, add --with-group; to keep it, give it another action first",
        ],
    )
    assert plan.read_text("utf-8") == PLAN + notes
    answer = plancli(*typed, "--with-group")
    assert (answer.code, answer.err) == (0, "")
    assert "- Measure 2                 removed" in answer.out
    assert "- Source note on measure 2  removed" in answer.out
    assert [each["number"] for each in data_at(plan, "orientations", 0, "measures")] == [1]
    assert data_at(plan, "source_notes") == [{"action": 1, "note": "Sic."}]


def test_groups_that_are_left_empty_go_up_to_the_one_that_holds_more(plancli: Typed, any_plan: Path) -> None:
    answer = plancli("remove", "4", "--reason", "Retirée.", "--with-group")
    assert "- Axe 2" in answer.out
    assert [each["number"] for each in data_at(any_plan, "orientations")] == [1]
    any_plan.write_text(ANY, "utf-8")
    assert plancli("move", "4", "--orientation", "2", "--with-group").code == 0
    assert list(data_at(any_plan, "orientations", 1)) == ["number", "title", "actions"]
    any_plan.write_text(ANY, "utf-8")
    assert plancli("move", "2.1", "--orientation", "1", "--with-group").code == 0
    assert [each["number"] for each in data_at(any_plan, "orientations", 0, "measures")] == [1, 2, 3]
    assert len(data_at(any_plan, "orientations")) == 1


def test_several_actions_get_the_same_values(plancli: Typed, plan: Path) -> None:
    answer = plancli("set", "24-25", "27,30", "priority=1", "associated+=DSJ")
    assert answer.code == 0
    assert answer.err.splitlines() == [
        "action 27: priority=1 changes nothing",
    ]
    listed = json.loads(plancli("list", "--format", "json").out)
    changed = [each for each in listed if each["number"] in (24, 25, 27, 30)]
    assert all(each["priority"] == 1 and "DSJ" in each["associated"] for each in changed)
    assert "Plan: 0 to add, 4 to change, 0 to move, 0 to remove, 0 renumbered." in answer.lines


def test_a_wholly_new_text_is_that_of_the_same_action(plancli: Typed, plan: Path) -> None:
    answer = plancli("set", "24", "text=Tout autre chose.", "--format", "json")
    (change,) = json.loads(answer.out)["changes"]
    assert (change["kind"], change["action"], change["field"], change["new"]) == (
        "changed",
        24,
        "text",
        "Tout autre chose.",
    )


def test_a_new_action_has_the_next_number(plancli: Typed, plan: Path) -> None:
    typed = ["--measure", "9", "--pilot", "dhup", "--years", "2022", "--priority", "1", "--text", "Recenser."]
    answer = plancli("add", *typed)
    assert "+ Action 33  added · 2022 · priority 1" in answer.out
    assert difference(plan) == [
        "+",
        "+          - number: 33",
        "+            text: >-",
        "+              Recenser.",
        "+            pilots: [DHUP]",
        "+            associated: []",
        "+            years: [2022]",
        "+            priority: 1",
    ]
    plancli("remove", "33", "--reason", "Retirée.")
    assert "Action 34  added" in plancli("add", *typed, "associated=DSJ", "--dry-run").out


def test_a_new_action_stands_behind_another(plancli: Typed, plan: Path) -> None:
    typed = ["--measure", "1", "--after", "1", "pilots=DHUP", "years=2022", "priority=1", "text=Recenser."]
    assert plancli("add", *typed).code == 0
    assert plancli("list", "--measure", "1", "--columns", "number").out.split()[1:] == ["1", "33", "2", "3"]


@pytest.mark.parametrize(
    ("typed", "code", "told"),
    [
        (["--measure", "9", "--pilot", "DHUP"], 2, "plancli add needs --text"),
        (["--text", "Agir."], 2, "plancli add needs --measure"),
        (
            ["--measure", "9", "--text", "Agir.", "--years", "2021", "--pilot", "DHUP"],
            1,
            "nothing is written: plan.yaml would have 1 new error",
        ),
    ],
)
def test_an_action_that_lacks_something(
    plancli: Typed, plan: Path, typed: list[str], code: int, told: str
) -> None:
    answer = plancli("add", *typed)
    assert (answer.code, answer.err.splitlines()[0]) == (code, f"plancli: {told}")
    assert plan.read_text("utf-8") == PUBLISHED


def in_terminal(plan: Path, editor: str, *args: str) -> tuple[int, str]:
    """Run a command in a terminal, with an editor; give its exit code and what is seen."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "plancli", *args],
        cwd=plan.parent,
        env={**os.environ, "EDITOR": editor, "VISUAL": "", "PLANCLI_LANG": "en", "NO_COLOR": "1", "COLUMNS": "80"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
    )
    os.close(theirs)
    seen = b""
    while True:
        try:
            piece = os.read(ours, 65536)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    os.close(ours)
    return process.wait(), seen.decode()


def test_an_editor_asks_for_the_text(plan: Path, tmp_path: Path) -> None:
    editor = tmp_path / "my editor"
    editor.write_text('#!/bin/sh\ncp "$1" shown\nsed -i "1s/^/Agir ;\\n- puis suivre./" "$1"\n')
    editor.chmod(0o755)
    typed = ["add", "--measure", "9", "--pilot", "DHUP", "--years", "2022", "--priority", "1"]
    code, seen = in_terminal(plan, f"'{editor}'", *typed)
    assert (code, "+ Action 33  added" in seen) == (0, True)
    assert "              Agir ;\n              - puis suivre.\n" in plan.read_text("utf-8")
    shown = (tmp_path / "shown").read_text("utf-8").splitlines()
    assert shown[0] == ""
    assert "the text of action 33" in shown[2]
    assert shown[-1].startswith("# Augmenter le nombre")


@pytest.mark.parametrize(
    ("editor", "code", "told"),
    [
        ("true", 1, "nothing is written: the text is empty"),
        ("false", 3, "the editor false ended with 1"),
        ("./none", 3, "can't start the editor ./none: No such file or directory"),
    ],
)
def test_an_editor_that_gives_no_text(plan: Path, editor: str, code: int, told: str) -> None:
    ended, seen = in_terminal(plan, editor, "add", "--measure", "9", "--years", "2022", "--priority", "1")
    assert (ended, told in seen) == (code, True)
    assert plan.read_text("utf-8") == PUBLISHED


def test_a_code_is_declared(plancli: Typed, plan: Path) -> None:
    answer = plancli("declare", "DREAL", "--name", "Direction de l'environnement", "--ministry", "Écologie")
    assert "+ Directorate DREAL  declared" in answer.out
    assert difference(plan) == [
        "+  DREAL:",
        "+    name: Direction de l'environnement",
        "+    ministry: Écologie",
    ]
    plancli("declare", "DREAL", "--ministry", "Transition écologique")
    assert "    name: Direction de l'environnement\n    ministry: Transition écologique\n" in plan.read_text(
        "utf-8"
    )
    plancli("declare", "DREAL", "--name", "")
    assert "  DREAL:\n    ministry: Transition écologique\n" in plan.read_text("utf-8")
    for word in ("none", "None"):
        plancli("declare", "DREAL", "--ministry", "Justice")
        plancli("declare", "DREAL", "--ministry", word, "--note", "none")
        assert "  DREAL:\n    note: none\n" in plan.read_text("utf-8")
    assert plancli("declare", "ANAH").code == 0
    assert "\n  ANAH:\n" in plan.read_text("utf-8")
    answer = plancli("declare", "dihal")
    assert (answer.code, answer.err) == (
        2,
        "plancli: dihal differs from DIHAL in case or accents only. Did you mean DIHAL?\n",
    )


@pytest.mark.parametrize("code", ["A,B", "A|B", "A\tB", " ", "none", "NONE"])
def test_a_code_that_cannot_be_typed_is_refused(plancli: Typed, plan: Path, code: str) -> None:
    answer = plancli("declare", code)
    assert answer.code == 2
    assert "can't be a code" in answer.err
    assert plan.read_text("utf-8") == PUBLISHED


def test_a_code_that_names_an_action_already_is_refused(plancli: Typed, plan: Path) -> None:
    answer = plancli("declare", "12", "--name", "x")
    told = (
        "plancli: “12” is the number of an action already\nA code names one thing: give the directorate another\n"
    )
    assert (answer.code, answer.err) == (2, told)
    assert plan.read_text("utf-8") == PUBLISHED
    plancli("set", "12", "code=A-12")
    answer = plancli("declare", "a-12")
    assert (answer.code, answer.err.splitlines()[0]) == (
        2,
        "plancli: “a-12” is the code of an action or a group already",
    )


def test_line_ends_and_byte_order_mark_stay(plancli: Typed, plan: Path) -> None:
    source = b"\xef\xbb\xbf" + PUBLISHED.replace("\n", "\r\n").encode()
    plan.write_bytes(source)
    assert plancli("set", "24", "priority=1").code == 0
    at = source.index(b"- number: 24\r")
    at = source.index(b"priority: 2", at)
    assert plan.read_bytes() == source[:at] + b"priority: 1" + source[at + 11 :]


def test_an_edit_made_while_the_editor_is_open_is_kept(plan: Path) -> None:
    editor = plan.parent / "editor"
    editor.write_text(f'#!/bin/sh\nsed -i "s/DGFI/DGFIP/" {plan}\necho Agir. > "$1"\n')
    editor.chmod(0o755)
    typed = ["add", "--measure", "9", "--pilot", "DHUP", "--years", "2022", "--priority", "1"]
    code, seen = in_terminal(plan, str(editor), *typed)
    assert (code, "+ Action 33  added" in seen) == (0, True)
    assert difference(plan, PUBLISHED.replace("DGFI", "DGFIP"))[2:4] == [
        "+            text: >-",
        "+              Agir.",
    ]


def test_a_text_that_was_typed_is_never_lost(plan: Path) -> None:
    editor = plan.parent / "editor"
    editor.write_text(f'#!/bin/sh\nsed -i "s/DHUP/DHAUP/" {plan}\necho Agir vite. > "$1"\n')
    editor.chmod(0o755)
    typed = ["add", "--measure", "9", "--pilot", "DHUP", "--years", "2022", "--priority", "1"]
    code, seen = in_terminal(plan, str(editor), *typed)
    assert (code, "Agir vite." in seen, "unknown directorate DHUP" in seen) == (2, True, True)


def test_no_editor_opens_for_what_would_be_refused(plan: Path) -> None:
    code, seen = in_terminal(
        plan, "touch opened; true", "add", "--measure", "9", "--pilot", "DHUP", "--years", "2022"
    )
    assert (code, "plan.yaml would have 1 new error" in seen) == (1, True)
    assert not (plan.parent / "opened").exists()


def test_an_answer_never_overwrites_the_plan(plancli: Typed, plan: Path) -> None:
    other = plan.rename(plan.with_name("plan.txt"))
    answer = plancli("set", "24", "priority=1", "--plan", "plan.txt", "--output", "plan.txt")
    assert answer.code == 2
    assert other.read_text("utf-8") == PUBLISHED


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("24 pri", ["priority="]),
        ("24 pil", ["pilots=", "pilots+=", "pilots-="]),
        ("24 priority=", ["priority=1", "priority=2"]),
        ("24 pilots+=DH", ["pilots+=DHUP"]),
        ("24 pilots=DSJ,DH", ["pilots=DSJ,DHUP"]),
        ("24 years=2021,", ["years=2021,2022"]),
        ("M7 ", ["title=", "code="]),
        ("24 31", ["31"]),
        ("24 25 pri", ["priority="]),
        ("M", [f"M{number}" for number in range(1, 10)]),
    ],
)
def test_completion_of_set(words: str, found: list[str], plan: Path) -> None:
    told, err = complete(f"plancli set {words}", "fish", cwd=plan.parent)
    assert err == ""
    assert [word.split("\t")[0] for word in told] == found


def test_completion_of_set_knows_the_choices_of_a_plan(any_plan: Path) -> None:
    told, err = complete("plancli set 1 risque=", "fish", cwd=any_plan.parent)
    assert ([word.split("\t")[0] for word in told], err) == (["risque=faible", "risque=fort"], "")


@pytest.mark.parametrize(
    ("words", "found"), [("24 pilots+ = DH", ["DHUP"]), ("24 priority = ", ["1", "2"]), ("2", ["2", "20"])]
)
def test_completion_in_bash_which_takes_words_apart(words: str, found: list[str], plan: Path) -> None:
    told, err = complete(f"plancli set {words}", cwd=plan.parent)
    assert err == ""
    assert told[: len(found)] == found


SCREENS = {
    "set": ["set", "24", "priority=1", "years=2021-2022", "associated-=DHUP"],
    "set-text": ["set", "24", "text=Définir au niveau national une méthode de calcul du reste pour vivre."],
    "set-refused": ["set", "24", "years=2023"],
    "set-nothing": ["set", "24", "priority=2"],
    "add": [
        "add",
        "--measure",
        "9",
        "--pilot",
        "DHUP",
        "--years",
        "2022",
        "--priority",
        "1",
        "--text",
        "Recenser.",
    ],
    "move": ["move", "16", "--measure", "8", "--after", "30"],
    "remove": ["remove", "27", "--reason", "Réunie à l'action 28."],
    "declare": ["declare", "DREAL", "--name", "Direction régionale de l'environnement", "--ministry", "Écologie"],
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("columns", [80, 120])
def test_screens_of_each_command_that_changes_a_plan(
    plancli: Typed, plan: Path, golden: Callable[[str, str], None], language: str, columns: int
) -> None:
    text = ""
    for name, typed in SCREENS.items():
        answer = plancli(*typed, "--dry-run", columns=columns, PLANCLI_LANG=language)
        text += f"=== {name}: exit {answer.code}\n{answer.out}{answer.err}"
    golden(f"edit-{language}-{columns}.txt", text)


@pytest.mark.parametrize("form", ["csv", "json", "markdown"])
def test_answers_in_each_format(plancli: Typed, plan: Path, golden: Callable[[str, str], None], form: str) -> None:
    texts = [
        plancli(*SCREENS[name], "--dry-run", "--format", form).out for name in ("set", "add", "move", "remove")
    ]
    golden(f"edit.{form}", "".join(texts))


ANY = """\
title: >-
  Un plan
language: fr
period:
  start: 2024
  end: 2026
levels: [axe, objectif, chantier]
priorities: [haute, basse]
statuses:
  en cours:
  fait:
    closed: true
fields:
  budget:
    label: Budget (€ HT)
    type: number
  risque:
    label: Risque
    type: choice
    values: [faible, fort]
  etapes:
    label: Étapes
    type: list
  vote:
    label: Vote
    type: date
directorates:
  DPB:
  Grand Ambelle:
orientations:
  - number: 1
    title: >-
      Se loger
    measures:
      - number: 1
        title: >-
          Bâtir
        measures:
          - number: 1
            title: >-
              Les écoles
            actions:
              - number: 1
                code: A-1
                text: >-
                  Rénover les écoles.
                pilots: [DPB]
                associated: []
                years: [2024]
                priority: haute
                fields:
                  budget: 100

              - number: 2
                text: >-
                  Isoler les toits.
                pilots: [DPB]
                associated: []
                years: [2025]
                priority: basse

      - number: 2
        title: >-
          Accompagner
        actions:
          - number: 3
            text: >-
              Ouvrir une maison du logement.
            pilots: [Grand Ambelle]
            associated: []
            years: [2025]
            priority: basse

  - number: 2
    title: >-
      Se déplacer
    measures:
      - number: 1
        title: >-
          À pied
        actions:
          - number: 4
            text: >-
              Élargir les trottoirs.
            pilots: [DPB]
            associated: []
            years: [2026]
            priority: basse
source_notes:
  - measure: "1.2"
    note: Titre abrégé.
"""


@pytest.fixture
def any_plan(plan: Path) -> Path:
    """Return a plan with levels, priorities and fields of its own."""
    plan.write_text(ANY, "utf-8")
    return plan


@pytest.mark.parametrize(
    ("typed", "changed"),
    [
        (["A-1", "priority=BASSE"], ["-                priority: haute", "+                priority: basse"]),
        (["1", "budget=6 500 000,5"], ["-                  budget: 100", "+                  budget: 6500000.5"]),
        (["1", "budget=6,500,000"], ["-                  budget: 100", "+                  budget: 6500000"]),
        (["1", "budget=6,500.5"], ["-                  budget: 100", "+                  budget: 6500.5"]),
        (["1", "budget=6.500,5"], ["-                  budget: 100", "+                  budget: 6500.5"]),
        (["1", "budget=12.000"], ["-                  budget: 100", "+                  budget: 12.000"]),
        (["1", "budget=-0,5"], ["-                  budget: 100", "+                  budget: -0.5"]),
        (["1", "budget=none"], ["-                fields:", "-                  budget: 100"]),
        (["1", "budget="], ["-                fields:", "-                  budget: 100"]),
        (["1", "risque=FORT"], ["+                  risque: fort"]),
        (["1", "etapes=plan, devis ; travaux"], ['+                  etapes: ["plan, devis", travaux]']),
        (["2", "vote=31/12/2024"], ["+                fields:", '+                  vote: "2024-12-31"']),
        (["2", "due=12/2025"], ['+                due: "2025-12"']),
        (["2", "due=31 décembre 2025"], ['+                due: "2025-12-31"']),
        (["2", "due=déc. 2025"], ['+                due: "2025-12"']),
        (["2", "due=2025/12/31"], ['+                due: "2025-12-31"']),
        (["2", "due=2025"], ["+                due: 2025"]),
        (["2", "when=à partir de 2025"], ["+                when: à partir de 2025"]),
        (["2", "code=A-2"], ["+                code: A-2"]),
        (["A-1", "code="], ["-                code: A-1"]),
        (
            ["2", "pilots+=grand ambelle"],
            ["-                pilots: [DPB]", "+                pilots: [DPB, Grand Ambelle]"],
        ),
        (["3", "pilots-=grand ambelle"], ["-            pilots: [Grand Ambelle]", "+            pilots: []"]),
    ],
)
def test_set_fields_of_any_plan(plancli: Typed, any_plan: Path, typed: list[str], changed: list[str]) -> None:
    answer = plancli("set", *typed)
    assert (answer.code, answer.err) == (0, "")
    assert difference(any_plan, ANY) == changed


def test_a_list_of_texts_grows_and_shrinks(plancli: Typed, any_plan: Path) -> None:
    plancli("set", "1", "etapes=plan, devis;travaux")
    plancli("set", "1", "etapes+=bilan")
    assert 'etapes: ["plan, devis", travaux, bilan]' in any_plan.read_text("utf-8")
    plancli("set", "1", "etapes-=plan, devis")
    assert "etapes: [travaux, bilan]" in any_plan.read_text("utf-8")
    answer = plancli("set", "1", "etapes-=recette")
    assert (answer.code, answer.err) == (2, "plancli: recette is not in etapes (travaux, bilan)\n")


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["1", "budget=beaucoup"], "beaucoup is no number"),
        (["1", "budget=12,000"], "12,000 can be read as 12000 and as 12.000"),
        (["1", "budget=1 2"], "1 2 is no number"),
        (["1", "risque=moyen"], "risque can't be moyen (faible, fort)"),
        (["1", "risque=fotr"], "risque can't be fotr (faible, fort). Did you mean fort?"),
        (["1", "vote=demain"], "demain is no date"),
        (["1", "vote=31/02/2025"], "31/02/2025 is no date"),
        (["1", "vote=jui 2025"], "jui 2025 is no date"),
        (["1", "priority=moyenne"], "unknown priority moyenne (haute, basse)"),
        (["1", "buget=1"], "no field buget. Did you mean budget?"),
        (
            ["1", "statut=fait"],
            "statut is reported, with its date. Did you mean plancli report A-1 --status fait?",
        ),
    ],
)
def test_values_that_any_plan_does_not_know(plancli: Typed, any_plan: Path, typed: list[str], told: str) -> None:
    answer = plancli("set", *typed)
    assert (answer.code, answer.err.splitlines()[0]) == (2, f"plancli: {told}")


def test_a_plan_without_priorities_has_no_such_field(plancli: Typed, plan: Path) -> None:
    bare = "".join(line for line in PLAN.splitlines(keepends=True) if "priorit" not in line)
    plan.write_text(bare, "utf-8")
    answer = plancli("set", "1", "priority=1")
    assert (answer.code, answer.err.splitlines()[0]) == (2, "plancli: the plan has no priorities")
    assert plancli("add", "--measure", "1", "--pilot", "DHUP", "--years", "2021", "--text", "Agir.").code == 0


def data_at(plan: Path, *path: str | int) -> Any:
    return read_document(plan.read_bytes(), "").at(path)


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["move", "1", "--measure", "1"], "1 means 2 groups: name one by its path (1.1, 2.1)"),
        (["move", "1", "--measure", "1.2", "--orientation", "2"], "measure 1.2 doesn't stand in orientation 2"),
        (["move", "1.1", "--measure", "1.1.1"], "a group can't move into itself"),
        (["add", "--text", "Agir."], "plancli add needs --measure"),
    ],
)
def test_places_that_cannot_be_meant(plancli: Typed, any_plan: Path, typed: list[str], told: str) -> None:
    answer = plancli(*typed)
    assert (answer.code, answer.err.splitlines()[0]) == (2, f"plancli: {told}")


def test_the_code_of_a_group_is_typed_in_any_case_as_in_a_filter(plancli: Typed, any_plan: Path) -> None:
    assert plancli("set", "2.1", "code=B.1").code == 0
    assert plancli("move", "1", "--measure", "b.1").code == 0
    assert [each["number"] for each in data_at(any_plan, "orientations", 1, "measures", 0, "actions")] == [1, 4]
    assert plancli("add", "b.1", "text=Un mot.").err.endswith("Did you mean --measure b.1?\n")


def test_a_group_moves_and_paths_in_notes_follow(plancli: Typed, any_plan: Path) -> None:
    assert plancli("move", "1.2", "--orientation", "2").code == 0
    assert [each["title"] for each in data_at(any_plan, "orientations", 1, "measures")] == [
        "À pied",
        "Accompagner",
    ]
    assert data_at(any_plan, "source_notes", 0, "measure") == "2.2"
    assert plancli("move", "2.2", "--orientation", "1").code == 0
    assert any_plan.read_text("utf-8") == ANY


def test_actions_move_between_depths(plancli: Typed, any_plan: Path) -> None:
    assert plancli("move", "A-1", "--measure", "1.2").code == 0
    group = data_at(any_plan, "orientations", 0, "measures", 1)
    assert [action["number"] for action in group["actions"]] == [1, 3]
    assert plancli("move", "1", "--orientation", "2").code == 0
    orientation = data_at(any_plan, "orientations", 1)
    assert (list(orientation), [each["number"] for each in orientation["actions"]]) == (
        ["number", "title", "measures", "actions"],
        [1],
    )
    assert plancli("move", "1", "--measure", "1.1.1").code == 0
    assert any_plan.read_text("utf-8") == ANY  # and the key that isn't needed is gone


def test_a_group_whose_number_is_taken_gets_the_next(plancli: Typed, any_plan: Path) -> None:
    assert plancli("move", "2.1", "--orientation", "1").code == 1  # nothing would be left in orientation 2
    plancli(
        "add", "--orientation", "2", "--pilot", "DPB", "--years", "2026", "--priority", "basse", "--text", "Agir."
    )
    assert plancli("move", "2.1", "--orientation", "1").code == 0
    assert [each["number"] for each in data_at(any_plan, "orientations", 0, "measures")] == [1, 2, 3]


def test_a_plan_without_groups(plancli: Typed, plan: Path) -> None:
    data = read_document(ANY, "").data
    actions = [
        *data["orientations"][0]["measures"][1]["actions"],
        *data["orientations"][1]["measures"][0]["actions"],
    ]
    del data["orientations"], data["source_notes"]
    plan.write_text(dump({**data, "levels": [], "actions": actions}), "utf-8")
    assert plancli("add", "--years", "2024", "--priority", "haute", "--pilot", "DPB", "--text", "Agir.").code == 0
    assert plancli("move", "5", "--after", "3").code == 0
    assert [each["number"] for each in data_at(plan, "actions")] == [3, 5, 4]


SCREENS_OF_ANY_PLAN = {
    "set": ["set", "A-1", "priority=basse", "budget=6 500 000,5", "risque=fort", "due=12/2024"],
    "move": ["move", "A-1", "--measure", "1.2"],
    "move-group": ["move", "1.2", "--orientation", "2"],
    "add": [
        "add",
        "--orientation",
        "2",
        "--years",
        "2026",
        "-p",
        "haute",
        "--pilot",
        "DPB",
        "--text",
        "Relier les parcs.",
    ],
    "remove": ["remove", "2", "--reason", "Réunie à l'action A-1."],
    "no-group": ["move", "A-1", "--measure", "9.9"],
}


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("columns", [80, 120])
def test_screens_of_any_plan(
    plancli: Typed, any_plan: Path, golden: Callable[[str, str], None], language: str, columns: int
) -> None:
    text = ""
    for name, typed in SCREENS_OF_ANY_PLAN.items():
        answer = plancli(*typed, "--dry-run", columns=columns, PLANCLI_LANG=language)
        text += f"=== {name}: exit {answer.code}\n{answer.out}{answer.err}"
    golden(f"edit-any-{language}-{columns}.txt", text)


def test_a_group_has_another_title(plancli: Typed, plan: Path) -> None:
    answer = plancli("set", "M9", "title=Loger les ménages.")
    assert (answer.code, answer.err) == (0, "")
    assert "1 retitled (Measure 9)" in answer.out
    lines = difference(plan)
    assert lines[-1] == "+          Loger les ménages."
    assert all(line.startswith("-") for line in lines[:-1])
    assert plancli("set", "O1", "title=Prévenir").code == 0
    assert data_at(plan, "orientations", 0, "title") == "Prévenir"


def test_a_group_has_another_code(plancli: Typed, plan: Path) -> None:
    assert plancli("set", "2.4", "code=2.4").code == 0
    assert difference(plan) == ['+        code: "2.4"']
    assert plancli("set", "2.4", "code=").code == 0
    assert plan.read_text("utf-8") == PUBLISHED


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["24", "--measure", "8", "--after", "24"], "24 can't stand behind itself"),
        (["24-25", "--measure", "8"], "one action at a time: 24-25 means 2 (plan.yaml:413, plan.yaml:422)"),
        (["24", "--measure", "8,9"], "no group 8,9"),
    ],
)
def test_what_cannot_be_meant_by_a_move_is_told(plancli: Typed, plan: Path, typed: list[str], told: str) -> None:
    answer = plancli("move", *typed)
    assert (answer.code, answer.err.splitlines()[0]) == (2, f"plancli: {told}")
    assert plan.read_text("utf-8") == PUBLISHED


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        (["set", "M9", "priority=1"], "no field priority"),
        (["set", "M9", "titre=x"], "no field titre. Did you mean title?"),
        (["set", "M9", "title="], "title can't be empty"),
        (["remove", "M9", "--reason", "x"], "M9 is measure 9, not an action"),
        (["move", "M9", "--orientation", "1", "--after", "32"], "32 is an action, not a group"),
    ],
)
def test_what_cannot_be_meant_of_a_group_is_told(plancli: Typed, plan: Path, typed: list[str], told: str) -> None:
    answer = plancli(*typed)
    assert (answer.code, answer.err.splitlines()[0]) == (2, f"plancli: {told}")
    assert plan.read_text("utf-8") == PUBLISHED


def test_a_group_moves_behind_another(plancli: Typed, plan: Path) -> None:
    assert plancli("move", "M9", "--orientation", "1", "--after", "1").code == 0
    assert [each["number"] for each in data_at(plan, "orientations", 0, "measures")] == [1, 9, 2, 3]
    assert plancli("move", "M9", "--after", "M8").code == 0
    assert plan.read_text("utf-8") == PUBLISHED
