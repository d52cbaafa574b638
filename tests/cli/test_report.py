"""``report``: a dated entry at its place, every other byte kept."""

import json
import os
import pty
import shutil
import subprocess
import sys
from collections.abc import Callable
from difflib import unified_diff
from pathlib import Path
from typing import Any

import pytest

from tests.reliability.processes import killed_at_any_moment

Typed = Callable[..., Any]
ROOT = Path(__file__).parents[2]
CLIMATE = (ROOT / "examples" / "climate.yaml").read_text("utf-8")


@pytest.fixture
def plan(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of a plan that is followed up, in the folder where commands are run."""
    monkeypatch.chdir(tmp_path)
    path = tmp_path / "plan.yaml"
    path.write_bytes(CLIMATE.encode())
    return path


def difference(plan: Path, before: str = CLIMATE) -> list[str]:
    """Return the lines that went and came."""
    lines = unified_diff(before.splitlines(), plan.read_bytes().decode().splitlines(), lineterm="", n=0)
    return [line for line in lines if not line.startswith(("---", "+++", "@@"))]


DONE = ("report", "BAT-02", "--status", "REALISE", "--date", "2025-09-26", "--by", "dpb", "--percent", "100 %")


def test_report_writes_an_entry_at_its_place_and_nothing_else(plancli: Typed, plan: Path) -> None:
    answer = plancli(*DONE, "--source", "https://ambelle.example/pv-09", columns=80)
    assert answer.code == 0
    assert answer.lines == [
        " ! Action BAT-02  en cours → réalisé, 100 % (26 Sep 2025)        chantier 1.1.1",
        "     Régler et suivre à distance les chaufferies des quatorze écoles, et…",
        " plan.yaml: 5 lines added",
    ]
    assert difference(plan) == [
        '+                  - date: "2025-09-26"',
        "+                    status: réalisé",
        "+                    by: DPB",
        "+                    percent: 100",
        "+                    source: https://ambelle.example/pv-09",
    ]
    assert plancli("fmt", "--check", "plan.yaml").code == 0


def test_whoever_reports_may_be_nobody_of_the_register(plancli: Typed, plan: Path) -> None:
    plancli("report", "BAT-02", "--date", "2025-09-26", "--note", "Vu.", "--by", "  Cabinet   Duval ")
    assert "+                    by: Cabinet Duval" in difference(plan)


@pytest.mark.parametrize(
    ("date", "index"), [("2024-09-30", 0), ("2024-10-01", 1), ("01/12/2024", 1), ("2025-03", 2), ("2025-04-01", 2)]
)
def test_report_puts_an_entry_in_the_order_of_dates(plancli: Typed, plan: Path, date: str, index: int) -> None:
    assert plancli("report", "BAT-02", "--note", "Entre deux.", "--date", date).code == 0
    shown = json.loads(plancli("progress", "--on", "2026-01-01", "--format", "json").out)
    notes = [entry.get("note") for entry in shown["entries"] if entry["number"] == 2]
    assert notes.index("Entre deux.") == index


def test_several_at_once_in_any_case(plancli: Typed, plan: Path) -> None:
    assert plancli("report", "bat-01,3", "LOG-03", "--status", "En Cours", "--date", "2025-09-26").code == 0
    lines = difference(plan)
    assert [line.strip("+ ") for line in lines].count('- date: "2025-09-26"') == 3
    assert [line.strip("+ ") for line in lines].count("status: en cours") == 3
    assert [line.strip("+ ") for line in lines].count("progress:") == 1
    assert len(lines) == 7


def test_comments_and_line_breaks_stay(plancli: Typed, plan: Path) -> None:
    text = CLIMATE.replace("percent: 40\n", "percent: 40  # à vérifier\n", 1).replace("\n", "\r\n")
    plan.write_bytes(text.encode())
    assert plancli(*DONE).code == 0
    after = plan.read_bytes()
    assert after.count(b"\r\n") == after.count(b"\n") == text.count("\n") + 4
    assert "# à vérifier" in after.decode()


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["BAT-02", "--status", "realisse"], "unknown status realisse. Did you mean réalisé?"),
        (["BAT-2", "--status", "réalisé"], "unknown code BAT-2. Did you mean BAT-02?"),
        (["300", "--status", "réalisé"], "there is no action 300"),
        (["DPB", "--status", "réalisé"], "DPB is a directorate, not an action"),
        (["1", "--note", "x", "--by", "DMPE"], "DMPE is nearly DMEP. Did you mean DMEP?"),
        (["1", "--note", "x", "--by", "DBP"], "DBP is nearly DPB. Did you mean DPB?"),
        (["1", "--note", "x", "--date", "31/02/2025"], "31/02/2025 is no date"),
        (["1", "--percent", "120"], "120 is no percentage from 0 to 100"),
        (["1", "--note", "  "], "the text is empty"),
        (["1", "--by", "DPB"], "nothing is reported"),
        (["1"], "nothing is reported"),
    ],
)
def test_report_refuses_impossible_values(plancli: Typed, plan: Path, typed: list[str], said: str) -> None:
    answer = plancli("report", *typed)
    assert (answer.code, answer.out) == (2, "")
    assert answer.err.startswith(f"plancli: {said}")
    assert difference(plan) == []


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        (["BAT-02", "--status", "en cours", "--date", "9999-01-01"], "1 Jan 9999 is in the future"),
        (
            ["BAT-02", "--note", "x", "--date", "2019-01-01"],
            "1 Jan 2019 is before the plan starts (2024)",
        ),
        (
            ["BAT-05", "--status", "en cours", "--date", "2025-09-26"],
            "action BAT-05 was closed (réalisé, 10 Dec 2024)",
        ),
        (
            ["BAT-02", "--note", "x", "--date", "2024-12-01"],
            "action BAT-02 has a report of 14 Mar 2025: this one stands before it",
        ),
        (
            ["BAT-02", "--status", "suspendu", "--date", "2025-03-14"],
            "action BAT-02 has a status of that day already (en cours): this one counts",
        ),
        (["BAT-02", "--percent", "100", "--date", "2025-09-26"], "100 %, and still en cours"),
    ],
)
def test_report_warns_of_odd_values_and_writes_them(
    plancli: Typed, plan: Path, typed: list[str], said: str
) -> None:
    answer = plancli("report", *typed)
    assert answer.code == 0
    assert f"warning: {said}" in answer.err.splitlines()
    assert difference(plan)


def test_a_later_report_is_named_by_its_month_where_it_has_no_day(plancli: Typed, plan: Path) -> None:
    plan.write_text(plan.read_text("utf-8").replace('date: "2025-03-14"', 'date: "2025-03"'), "utf-8")
    answer = plancli("report", "BAT-02", "--note", "x", "--date", "2024-12-01")
    assert "action BAT-02 has a report of Mar 2025: this one stands before it" in answer.err


@pytest.mark.parametrize("typed", ["26 septembre 2025", "26/9/2025", "2025/09/26", "Sept 2025", "26th sep 2025"])
def test_report_reads_a_date_as_people_write_it(plancli: Typed, plan: Path, typed: str) -> None:
    assert plancli("report", "BAT-02", "--note", "Vu.", "--date", typed).code == 0
    day = "30" if typed.startswith("Sept") else "26"
    assert f'+                  - date: "2025-09-{day}"' in difference(plan)


def test_report_dry_run_writes_nothing(plancli: Typed, plan: Path) -> None:
    answer = plancli(*DONE, "--dry-run")
    assert answer.lines[-1] == "plan.yaml: not written (--dry-run)"
    assert difference(plan) == []


def test_report_in_json(plancli: Typed, plan: Path) -> None:
    data = json.loads(plancli(*DONE, "--format", "json").out)
    entry = {"date": "2025-09-26", "status": "réalisé", "percent": 100, "by": "DPB"}
    assert data == {"changes": [{"kind": "reported", "action": 2, "code": "BAT-02", "old": None, "new": entry}]}


def test_without_statuses_it_says_how_to_begin(plancli: Typed, plan: Path) -> None:
    shutil.copy(ROOT / "data" / "plan.yaml", plan)
    for command in (["report", "1", "--note", "x"], ["progress"], ["progress", "--on", "2022-01-01"]):
        answer = plancli(*command, PLANCLI_LANG="fr")
        assert answer.code == 2
        said, hint = answer.err.replace("\u00a0", " ").splitlines()
        assert said == "plancli: plan.yaml ne déclare aucun statut : rien ne dit où en sont ses actions"
        assert hint.startswith(
            "Pour commencer : plancli progress --start (à lancer, en cours, réalisé, suspendu, "
        )


def test_start_writes_statuses_in_the_language_of_the_plan(plancli: Typed, plan: Path) -> None:
    published = (ROOT / "data" / "plan.yaml").read_text("utf-8")
    plan.write_text(published, "utf-8")
    assert plancli("progress", "--start", "--dry-run").code == 0
    assert difference(plan, published) == []
    assert plancli("progress", "--start").lines[-1] == "plan.yaml: 10 lines added"
    assert difference(plan, published) == [
        "+statuses:",
        "+  à lancer:",
        "+  en cours:",
        "+  réalisé:",
        "+    closed: true",
        "+  suspendu:",
        "+  abandonné:",
        "+    closed: true",
        "+  devenu sans objet:",
        "+    closed: true",
    ]
    assert plancli("fmt", "--check", "plan.yaml").code == 0
    assert plancli("progress", "--start").code == 2
    assert plancli("report", "1", "--status", "en cours").code == 0


def typed_at_a_terminal(plan: Path, lines: list[str], *args: str) -> str:
    """Return what a person sees who answers questions with some lines."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "plancli", *args],
        cwd=plan.parent,
        env={"PATH": os.environ["PATH"], "COLUMNS": "80", "NO_COLOR": "1", "PLANCLI_LANG": "en"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    os.write(ours, "".join(f"{line}\n" for line in lines).encode())
    seen = b""
    while True:
        try:
            piece = os.read(ours, 4096)
        except OSError:
            break
        if not piece:
            break
        seen += piece
    process.wait()
    return seen.decode()


def test_report_asks_for_values_on_a_terminal(plan: Path) -> None:
    lines = ["realise", "2025-09-30", "", "100", "Les six rues sont livrées.", ""]
    seen = typed_at_a_terminal(plan, lines, "report", "MOB-03")
    assert "Status (à lancer, en cours, réalisé, suspendu, abandonné, devenu sans objet), now en cours:" in seen
    assert "By [DMEP]:" in seen
    assert "Percent, now 60:" in seen
    assert difference(plan) == [
        '+                  - date: "2025-09-30"',
        "+                    status: réalisé",
        "+                    by: DMEP",
        "+                    percent: 100",
        "+                    note: Les six rues sont livrées.",
    ]


def test_report_asks_again_after_a_wrong_answer(plan: Path) -> None:
    lines = ["fini", "", "2025-09-30", "moi", "", "Une note.", ""]
    seen = typed_at_a_terminal(plan, lines, "report", "MOB-03")
    assert "unknown status fini" in seen
    assert difference(plan) == [
        '+                  - date: "2025-09-30"',
        "+                    by: moi",
        "+                    note: Une note.",
    ]


@pytest.mark.slow
def test_report_killed_at_any_moment_loses_nothing(plancli: Typed, plan: Path) -> None:
    before = plan.read_bytes()
    assert plancli(*DONE).code == 0
    after = plan.read_bytes()
    for _turn in killed_at_any_moment(DONE, 40, lambda: plan.write_bytes(before)):
        assert plan.read_bytes() in (before, after)
