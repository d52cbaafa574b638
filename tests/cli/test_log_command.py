"""``plancli log``, with the real git."""

import json
import os
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.repositories import Repo, git
from tests.review.edits import SOURCE, Edits

pytestmark = pytest.mark.slow  # many runs of git

Typed = Callable[..., Any]
HEAD = SOURCE.partition(b"\n")[0] + b"\n"


def commit(repo: Repo, edits: Edits, subject: str, day: str = "2021-09-12", path: str = "data/plan.yaml") -> str:
    return repo.commit(HEAD + edits.source(), subject, path, f"{day}T12:00:00+0000", "DSJ")


@pytest.fixture
def published(repo: Repo) -> Edits:
    """Commit the published plan; give it to be edited."""
    repo.commit(SOURCE, "Le plan publié")
    return Edits()


def told(plancli: Typed, *args: str) -> list[tuple[str, list[tuple[Any, ...]]]]:
    """Return the subjects of the commits with their facts."""
    code, out, err = plancli("log", *args, "--format", "json")
    assert (code, err) == (0, "")
    return [
        (each["subject"], [(c["kind"], c["action"], c["field"]) for c in each["changes"]])
        for each in json.loads(out)
    ]


def pilot(edits: Edits) -> None:
    edits.action(28)["pilots"] = ["DIHAL", "DSJ"]
    edits.action(28)["associated"] = ["DACS"]


def test_log_of_an_action_matches_the_target_screen(repo: Repo, published: Edits, plancli: Typed) -> None:
    pilot(published)
    second = commit(repo, published, "Calendrier 2022 après le COPIL du 9 septembre")
    first = repo.git("rev-parse", "HEAD~1").strip()
    repo.commit("x", path="README.md")
    assert plancli("log", "28", columns=80) == (
        0,
        (
            " Action 28 · Prévoir l'envoi d'un courrier type au locataire explicitant les…\n"
            "\n"
            f" 12 Sep 2021  {second[:7]}  DSJ    Calendrier 2022 après le COPIL du 9 septembre\n"
            "              ~ DSJ: associated → pilot\n"
            f" 24 Jun 2021  {first[:7]}  DIHAL  Le plan publié\n"
            "              + added to measure 8\n"
        ),
        "",
    )


def test_log_of_the_whole_plan(repo: Repo, published: Edits, plancli: Typed) -> None:
    pilot(published)
    published.action(13)["priority"] = 1
    published.measure(8)["title"] = "Aider au maintien"
    published.data["directorates"]["ANCT"] = None
    commit(repo, published, "Quatre choses")
    repo.write("data/plan.yaml", b"# remark\n" + HEAD + published.source())
    repo.commit(subject="Un commentaire", day="2021-10-01T12:00:00+0000")
    out = plancli("log").out
    hashes = repo.git("log", "--format=%h", "--abbrev=7").split()
    assert out.splitlines() == [
        f" 1 Oct 2021  {hashes[0]}  DIHAL  Un commentaire",
        "             layout only",
        f"12 Sep 2021  {hashes[1]}  DSJ    Quatre choses",
        "             ~ 13  priority 2 → 1",
        "             ~ 28  DSJ: associated → pilot",
        "             ~ Measure 8  retitled",
        "             + Directorate ANCT  declared",
        f"24 Jun 2021  {hashes[2]}  DIHAL  Le plan publié",
        "             + 31 actions (1–25, 27–32)  added",
    ]


def test_log_in_french(repo: Repo, published: Edits, plancli: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    published.take(22)
    published.data["unused_numbers"].append({"number": 22, "reason": "Retirée."})
    commit(repo, published, "Sans la 22")
    monkeypatch.setenv("PLANCLI_LANG", "fr")
    lines = [line.strip() for line in plancli("log").out.splitlines()]
    assert lines[1:3] == ["- 22  supprimée de la mesure 7", "+ Numéro non utilisé 22  déclaré"]
    assert lines[-1] == "+ 31 actions (1–25, 27–32)  ajoutées"


def test_json_has_the_keys_of_the_contract(repo: Repo, published: Edits, plancli: Typed) -> None:
    pilot(published)
    name = commit(repo, published, "Un « sujet » | avec, des signes")
    [entry, _first] = json.loads(plancli("log", "28", "--format", "json").out)
    assert list(entry) == ["commit", "date", "author", "subject", "changes"]
    assert entry["commit"] == name
    assert entry["date"] == "2021-09-12T12:00:00+00:00"
    assert (entry["author"], entry["subject"]) == ("DSJ", "Un « sujet » | avec, des signes")
    assert [change["field"] for change in entry["changes"]] == ["pilots", "associated"]
    rows = plancli("log", "28", "--format", "csv").out.splitlines()
    assert rows[0] == "commit,date,author,subject,kind,action,was,measure,orientation,field,old,new,directorates"
    assert len(rows) == 4


def test_log_follows_an_action_through_renumbering(repo: Repo, published: Edits, plancli: Typed) -> None:
    published.action(27)["priority"] = 2
    commit(repo, published, "Priorité")
    published.data["unused_numbers"] = []
    published.renumber({n: n - 1 for n in range(27, 33)})
    commit(repo, published, "Renuméroter")
    published.action(26)["years"] = [2022]
    commit(repo, published, "Calendrier")
    published.action(27)["years"] = [2022]
    commit(repo, published, "Une autre, qui a pris ce numéro")
    assert told(plancli, "26") == [
        ("Calendrier", [("changed", 26, "years")]),
        ("Renuméroter", [("renumbered", 26, "number")]),
        ("Priorité", [("changed", 27, "priority")]),
        ("Le plan publié", [("added", 27, None)]),
    ]


class TestSeveralActions:
    @pytest.mark.parametrize("words", [["9", "25-27"], ["25-27,9"], ["27", "26-27", "25", "9"]])
    def test_log_of_numbers_and_ranges(
        self, repo: Repo, published: Edits, plancli: Typed, words: list[str]
    ) -> None:
        published.action(9)["priority"] = 2
        published.action(27)["years"] = [2022]
        published.action(28)["years"] = [2022]
        commit(repo, published, "Trois actions")
        assert told(plancli, *words) == [
            ("Trois actions", [("changed", 9, "priority"), ("changed", 27, "years")]),
            ("Le plan publié", [("added", n, None) for n in (9, 25, 27)]),
        ]
        out = plancli("log", *words).out.splitlines()
        assert [line[:9].rstrip() for line in out[:4]] == ["Action 9", "Action 25", "Action 27", ""]
        assert out[5:7] == [
            "             ~  9  priority 1 → 2",
            "             ~ 27  calendar 2021 → 2022 (postponed)",
        ]

    def test_log_of_a_range_includes_removed_actions(self, repo: Repo, published: Edits, plancli: Typed) -> None:
        published.take(29)
        published.take(30)
        commit(repo, published, "Retirer deux actions")
        gone = ("Retirer deux actions", [("removed", 29, None), ("removed", 30, None)])
        assert told(plancli, "29-30")[0] == gone
        assert told(plancli, "28-31")[0] == gone
        assert told(plancli, "28-31")[-1][1] == [("added", n, None) for n in (28, 29, 30, 31)]
        out = plancli("log", "28-31").out.splitlines()
        assert [line.partition(" ·")[0] for line in out[:4]] == [f"Action {n}" for n in (28, 29, 30, 31)]

    def test_log_of_a_range_names_only_actions_that_existed(
        self, repo: Repo, published: Edits, plancli: Typed
    ) -> None:
        out = plancli("log", "25-26").out.splitlines()
        assert out[0].startswith("Action 25 · ")
        assert out[-1] == "             + added to measure 7"
        assert plancli("log", "31-999999999").code == 0

    @pytest.mark.parametrize("word", ["40-42", "27-25", "26-26", "0-0", "40-999999999"])
    def test_log_of_an_empty_range_is_a_usage_error(
        self, repo: Repo, published: Edits, plancli: Typed, word: str
    ) -> None:
        code, out, err = plancli("log", "9", word)
        assert (code, out) == (2, "")
        assert err.startswith("plancli: ")

    def test_log_of_an_unknown_action_beside_a_known_one(
        self, repo: Repo, published: Edits, plancli: Typed
    ) -> None:
        assert plancli("log", "9", "99").err.startswith("plancli: there is no action 99")


def test_log_of_a_removed_action(repo: Repo, published: Edits, plancli: Typed) -> None:
    published.action(30)["years"] = [2021]
    commit(repo, published, "Calendrier")
    published.take(30)
    commit(repo, published, "Retirer")
    assert told(plancli, "30") == [
        ("Retirer", [("removed", 30, None)]),
        ("Calendrier", [("changed", 30, "years")]),
        ("Le plan publié", [("added", 30, None)]),
    ]
    assert plancli("log", "30").out.startswith("Action 30 · Sanctionner le non-respect")


def test_log_of_a_directorate(repo: Repo, published: Edits, plancli: Typed) -> None:
    published.action(12)["priority"] = 2
    commit(repo, published, "Rien pour elle")
    published.action(30)["associated"] = ["DHUP", "SAFSL"]
    commit(repo, published, "Elle entre")
    published.action(30)["associated"] = ["DHUP"]
    commit(repo, published, "Elle sort")
    assert [subject for subject, _ in told(plancli, "safsl")] == ["Elle sort", "Elle entre", "Le plan publié"]
    assert [subject for subject, _ in told(plancli, "SAFSL", "12")][2:] == ["Rien pour elle", "Le plan publié"]


def test_log_of_a_removed_directorate(repo: Repo, published: Edits, plancli: Typed) -> None:
    published.action(22)["associated"].remove("CGET")
    del published.data["directorates"]["CGET"]
    commit(repo, published, "Sans elle")
    assert [subject for subject, _ in told(plancli, "CGET")] == ["Sans elle", "Le plan publié"]


@pytest.mark.parametrize(
    ("word", "message"),
    [
        ("99", "there is no action 99"),
        ("26", "there is no action 26: Absent du tableau publié."),
        ("DSK", "unknown directorate DSK. Did you mean DSE?"),
    ],
)
def test_log_of_an_unknown_number_or_code_is_a_usage_error(
    repo: Repo, published: Edits, plancli: Typed, word: str, message: str
) -> None:
    code, out, err = plancli("log", word)
    assert (code, out, err.splitlines()[0]) == (2, "", f"plancli: {message}")


class TestMerges:
    def test_a_merge_says_nothing_that_its_branch_said(self, repo: Repo, published: Edits, plancli: Typed) -> None:
        repo.git("checkout", "--quiet", "-b", "side")
        pilot(published)
        commit(repo, published, "Sur la branche")
        repo.git("checkout", "--quiet", "main")
        other = Edits()
        other.action(4)["priority"] = 2
        commit(repo, other, "Sur main")
        repo.git("merge", "--quiet", "--no-edit", "side")
        assert {
            subject: facts for subject, facts in told(plancli) if "main" in subject or "branche" in subject
        } == {
            "Sur la branche": [("changed", 28, "pilots"), ("changed", 28, "associated")],
            "Sur main": [("changed", 4, "priority")],
        }
        merges = [facts for subject, facts in told(plancli) if subject.startswith("Merge")]
        assert merges in ([], [[]])
        assert [subject for subject, _ in told(plancli, "28")] == ["Sur la branche", "Le plan publié"]

    def test_log_tells_what_a_merge_commit_changes_itself(
        self, repo: Repo, published: Edits, plancli: Typed
    ) -> None:
        repo.git("checkout", "--quiet", "-b", "side")
        published.action(4)["years"] = [2022]
        commit(repo, published, "Sur la branche")
        repo.git("checkout", "--quiet", "main")
        other = Edits()
        other.action(4)["years"] = [2021, 2022]
        commit(repo, other, "Sur main")
        repo.git("merge", "--quiet", "--no-edit", "--no-commit", "--strategy=ours", "side")
        other.action(4)["years"] = [2021]
        other.action(4)["priority"] = 2
        commit(repo, other, "Fusion")
        found = dict(told(plancli, "4"))
        assert found["Fusion"] == [("changed", 4, "years"), ("changed", 4, "priority")]
        assert list(found)[-1] == "Le plan publié"

    def test_an_action_is_followed_into_a_branch_with_other_numbers(
        self, repo: Repo, published: Edits, plancli: Typed
    ) -> None:
        repo.git("checkout", "--quiet", "-b", "side")
        published.action(32)["priority"] = 2
        commit(repo, published, "Priorité sur la branche")
        repo.git("checkout", "--quiet", "main")
        other = Edits()
        other.renumber({32: 33})
        commit(repo, other, "Renuméroter sur main")
        repo.git("merge", "--quiet", "--no-edit", "--no-commit", "--strategy=ours", "side")
        other.action(33)["priority"] = 2
        commit(repo, other, "Fusion")
        subjects = [subject for subject, _ in told(plancli, "33")]
        assert set(subjects) == {"Priorité sur la branche", "Renuméroter sur main", "Le plan publié"}

    def test_log_of_an_octopus_merge(self, repo: Repo, published: Edits, plancli: Typed) -> None:
        for number in (4, 12, 28):
            repo.git("checkout", "--quiet", "-b", f"side-{number}", "main")
            own = Edits()
            own.action(number)["priority"] = 3 - own.action(number)["priority"]
            commit(repo, own, f"Priorité de {number}")
        repo.git("checkout", "--quiet", "main")
        repo.git("merge", "--quiet", "--no-ff", "-m", "Pieuvre", "side-4", "side-12", "side-28")
        assert len(repo.git("rev-parse", "HEAD^@").split()) == 4
        assert dict(told(plancli)) == {
            "Pieuvre": [],
            **{f"Priorité de {n}": [("changed", n, "priority")] for n in (4, 12, 28)},
            "Le plan publié": [("added", n, None) for n in range(1, 33) if n != 26],
        }
        lines = plancli("log").out.splitlines()
        assert "Pieuvre" in lines[0]
        assert lines[1] == "             nothing beyond what was merged"
        assert [subject for subject, _ in told(plancli, "12")] == ["Priorité de 12", "Le plan publié"]
        assert [subject for subject, _ in told(plancli, "4-5", "28")][-1] == "Le plan publié"

    def test_an_octopus_merge_with_changes_of_its_own(self, repo: Repo, published: Edits, plancli: Typed) -> None:
        for number in (4, 12):
            repo.git("checkout", "--quiet", "-b", f"side-{number}", "main")
            own = Edits()
            own.renumber({number: 60 + number})
            commit(repo, own, f"Renuméroter {number}")
        repo.git("checkout", "--quiet", "main")
        repo.git("merge", "--quiet", "--no-ff", "--no-commit", "--strategy=octopus", "side-4", "side-12")
        both = Edits()
        both.renumber({4: 64, 12: 72})
        both.action(72)["years"] = [2022]
        commit(repo, both, "Pieuvre")
        assert dict(told(plancli, "72")) == {
            "Pieuvre": [("changed", 72, "years")],
            "Renuméroter 12": [("renumbered", 72, "number")],
            "Le plan publié": [("added", 12, None)],
        }


class TestRenamedFile:
    def test_log_of_a_file_renamed_twice(self, repo: Repo, plancli: Typed) -> None:
        edits = Edits()
        commit(repo, edits, "Le plan publié", path="a.yaml")
        for turn, (old, new) in enumerate(
            (("a.yaml", "un dossier/é.yaml"), ("un dossier/é.yaml", "data/plan.yaml"))
        ):
            (repo.folder / new).parent.mkdir(parents=True)
            (repo.folder / old).rename(repo.folder / new)
            repo.commit(subject=f"Renommer {turn}")
            edits.action(4)["priority"] = 2 - turn
            commit(repo, edits, f"Priorité {turn}", path=new)
        assert [subject for subject, _ in told(plancli)] == [
            "Priorité 1",
            "Renommer 1",
            "Priorité 0",
            "Renommer 0",
            "Le plan publié",
        ]
        assert told(plancli, "4") == [
            ("Priorité 1", [("changed", 4, "priority")]),
            ("Priorité 0", [("changed", 4, "priority")]),
            ("Le plan publié", [("added", 4, None)]),
        ]

    def test_a_file_renamed_and_back(self, repo: Repo, published: Edits, plancli: Typed) -> None:
        for old, new in (("data/plan.yaml", "ailleurs.yaml"), ("ailleurs.yaml", "data/plan.yaml")):
            (repo.folder / old).rename(repo.folder / new)
            repo.commit(subject=f"Vers {new}")
            (repo.folder / "data").mkdir(exist_ok=True)
        entries = json.loads(plancli("log", "--format", "json").out)
        assert [(entry["subject"], entry["changes"] and len(entry["changes"])) for entry in entries] == [
            ("Vers data/plan.yaml", []),
            ("Vers ailleurs.yaml", None),  # the plan is not there
            ("Le plan publié", 31),
        ]

    def test_changes_before_and_after_a_rename(self, repo: Repo, plancli: Typed) -> None:
        edits = Edits()
        commit(repo, edits, "Le plan publié", path="plan à plat.yaml")
        edits.action(4)["priority"] = 2
        commit(repo, edits, "Priorité", path="plan à plat.yaml")
        (repo.folder / "plan à plat.yaml").rename(repo.folder / "plan.yaml")
        repo.commit(subject="Renommer")
        edits.action(4)["years"] = [2022]
        commit(repo, edits, "Calendrier", path="plan.yaml")
        assert told(plancli) == [
            ("Calendrier", [("changed", 4, "years")]),
            ("Renommer", []),
            ("Priorité", [("changed", 4, "priority")]),
            ("Le plan publié", [("added", n, None) for n in range(1, 33) if n != 26]),
        ]
        assert [subject for subject, _ in told(plancli, "4")] == ["Calendrier", "Priorité", "Le plan publié"]

    def test_a_rename_with_an_edit_in_one_commit(self, repo: Repo, plancli: Typed) -> None:
        edits = Edits()
        commit(repo, edits, "Le plan publié", path="ancien/plan.yaml")
        (repo.folder / "ancien/plan.yaml").unlink()
        edits.action(4)["priority"] = 2
        commit(repo, edits, "Déplacer et modifier")
        assert told(plancli, "4")[0] == ("Déplacer et modifier", [("changed", 4, "priority")])
        assert told(plancli)[-1][0] == "Le plan publié"


class TestUnreadable:
    def test_an_unreadable_version_is_reported_and_skipped(
        self, repo: Repo, published: Edits, plancli: Typed
    ) -> None:
        repo.commit(SOURCE.replace(b"[DACS, DSJ]", b"[DACS, DSJ"), "Cassé", day="2021-07-01T12:00:00+0000")
        pilot(published)
        commit(repo, published, "Réparé")
        lines = plancli("log").out.splitlines()
        assert "Cassé" in lines[2]
        assert lines[3].startswith("             the plan can't be read here: line ")
        assert lines[1] == "             ~ 28  DSJ: associated → pilot"
        data = json.loads(plancli("log", "28", "--format", "json").out)
        assert [entry["changes"] and len(entry["changes"]) for entry in data] == [2, None, 1]

    def test_a_plan_that_was_gone_for_a_while(self, repo: Repo, published: Edits, plancli: Typed) -> None:
        (repo.folder / "data/plan.yaml").unlink()
        repo.commit(subject="Effacé")
        published.action(4)["priority"] = 2
        commit(repo, published, "Revenu")
        lines = plancli("log", "4").out.splitlines()
        assert lines[3] == "             ~ priority 1 → 2"
        assert lines[5] == "             the plan can't be read here: the plan is not there"
        assert lines[-1] == "             + added to measure 2"

    def test_the_newest_version_is_unreadable(self, repo: Repo, published: Edits, plancli: Typed) -> None:
        repo.commit(b"title: x\n", "Cassé", day="2021-07-01T12:00:00+0000")
        data = json.loads(plancli("log", "28", "--format", "json").out)
        assert [entry["subject"] for entry in data] == ["Cassé", "Le plan publié"]


def test_max_count_limits_the_commits(repo: Repo, published: Edits, plancli: Typed) -> None:
    pilot(published)
    commit(repo, published, "Second")
    assert [subject for subject, _ in told(plancli, "-n", "1")] == ["Second"]
    assert len(told(plancli, "-n", "9" * 20)) == 2


@pytest.mark.parametrize("count", ["0", "-1", "x", "1.5", ""])
def test_a_count_that_is_no_whole_number_is_a_usage_error(plancli: Typed, count: str) -> None:
    assert plancli("log", "-n", count) == (
        2,
        "",
        "plancli: --max-count takes a whole number, 1 or more\nSee plancli log --help\n",
    )


def test_log_at_another_revision(repo: Repo, published: Edits, plancli: Typed) -> None:
    pilot(published)
    commit(repo, published, "Second")
    assert [subject for subject, _ in told(plancli, "--at", "HEAD~1")] == ["Le plan publié"]
    assert [subject for subject, _ in told(plancli, "28", "--at", "2021-06-24")] == ["Le plan publié"]


def test_a_shallow_clone_says_so(
    repo: Repo, published: Edits, plancli: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pilot(published)
    commit(repo, published, "Second")
    git(tmp_path, "clone", "--quiet", "--depth=1", f"file://{repo.folder}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow")
    assert [line.strip() for line in plancli("log").out.splitlines()[1:]] == [
        "what it changed is not known: the commits before it were not fetched",
        "",
        "this clone is shallow; to fetch the older commits: git fetch --unshallow",
    ]
    [entry] = json.loads(plancli("log", "28", "--format", "json").out)
    assert (entry["subject"], entry["changes"]) == ("Second", None)


def test_in_a_shallow_clone_what_came_since_is_told(
    repo: Repo, published: Edits, plancli: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    repo.commit("x", path="README.md")
    (repo.folder / "data/plan.yaml").unlink()
    repo.commit(subject="Effacé")
    commit(repo, published, "Revenu")
    pilot(published)
    commit(repo, published, "Second")
    git(tmp_path, "clone", "--quiet", "--depth=3", f"file://{repo.folder}", "shallow")
    monkeypatch.chdir(tmp_path / "shallow" / "data")
    entries = json.loads(plancli("log", "--format", "json").out)
    assert [(entry["subject"], entry["changes"] and len(entry["changes"])) for entry in entries] == [
        ("Second", 2),
        ("Revenu", 31),
    ]


def test_a_plan_that_was_never_committed(repo: Repo, plancli: Typed) -> None:
    repo.commit("x", path="README.md")
    repo.write("data/plan.yaml", SOURCE)
    for command in ("log", "diff"):
        assert plancli(command) == (
            3,
            "",
            "plancli: data/plan.yaml isn't in HEAD\nCommit the plan first: git add, git commit\n",
        )


def test_a_former_number_finds_its_action(repo: Repo, published: Edits, plancli: Typed) -> None:
    pilot(published)
    commit(repo, published, "Pilotage")
    published.renumber({28: 33})
    commit(repo, published, "Le 28 devient le 33")
    published.data["unused_numbers"] = [{"number": 28, "reason": "Renumérotée."}]
    published.renumber({33: 26})
    commit(repo, published, "Le 33 devient le 26")
    for number in ("33", "28"):
        code, out, err = plancli("log", number)
        assert (code, err) == (0, "")
        assert out.startswith(f"Action 26, once {number} · Prévoir l'envoi")
        assert told(plancli, number) == told(plancli, "26")
    assert plancli("log", "34").code == 2


def test_a_former_number_of_two_actions_is_that_of_the_last(repo: Repo, published: Edits, plancli: Typed) -> None:
    published.renumber({28: 33})
    commit(repo, published, "Le 28 devient le 33")
    published.take(27)
    commit(repo, published, "Le 27 sort")
    published.renumber({33: 27})
    commit(repo, published, "Le 33 devient le 27")
    published.renumber({27: 34})
    commit(repo, published, "Le 27 devient le 34")
    assert plancli("log", "27").out.startswith("Action 34, once 27 · Prévoir l'envoi")


def test_an_author_is_cut_on_a_terminal_only(repo: Repo, plancli: Typed) -> None:
    name = "Marie-Charlotte de la Rochefoucauld-Montmorency"
    repo.commit(SOURCE, "Le plan", author=name)
    for form in ("table", "csv", "json", "markdown"):
        assert name in plancli("log", "--format", form).out
    assert "  Marie-Charlotte de…  Le plan" in plancli("log", columns=80).out
    for form in ("table", "markdown"):
        assert name in plancli("show", "--blame", "9", "--format", form).out
    for columns in (80, 160):
        assert name in plancli("show", "--blame", "9", columns=columns).out


def test_in_markdown_a_commit_is_a_list(repo: Repo, published: Edits, plancli: Typed) -> None:
    name = commit(repo, published, "Rien")
    published.take(30)
    name = commit(repo, published, "Retirer")
    out = plancli("log", "-n", "1", "--format", "markdown").out
    assert out == f"#### 12 Sep 2021 · Retirer\n\n`{name[:7]}` · DSJ\n\n- \\- 30  removed from measure 8\n"


def test_log_of_an_unborn_branch(repo: Repo, plancli: Typed) -> None:
    repo.write("data/plan.yaml", SOURCE)
    assert plancli("log") == (
        3,
        "",
        "plancli: there is no commit yet\nCommit the plan first: git add, git commit\n",
    )


def test_authors_and_subjects_cant_take_over_the_terminal(repo: Repo, plancli: Typed) -> None:
    repo.commit(SOURCE, "sujet \x1b[2J", author="x\x1b]0;y\x07")
    out = plancli("log").out
    assert "\x1b" not in out
    assert "\x07" not in out


MARKUP = "[red]x[/red] [[/] <b>y</b><script> **z** `a` | ![i](http://x) $(id) %s {n} ---"


def test_markup_in_subjects_and_authors_is_text(repo: Repo, plancli: Typed) -> None:
    name = repo.commit(SOURCE, MARKUP, author="[b]A[/b]|{n}_*")
    out = " ".join(line.strip() for line in plancli("log", columns=160, colour=True).out.splitlines())
    assert out.startswith(f"24 Jun 2021  \x1b[33m{name[:7]}\x1b[0m  [b]A[/b]|{{n}}_*  {MARKUP} ")
    [entry] = json.loads(plancli("log", "--format", "json").out)
    assert (entry["author"], entry["subject"]) == ("[b]A[/b]|{n}_*", MARKUP)
    shown = plancli("log", "--format", "markdown").out
    for sign in ("<b>", "<script>", "**z", " | ", "](http://"):
        assert sign not in shown


def test_a_plan_outside_of_the_repository(
    repo: Repo, published: Edits, plancli: Typed, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "plan.yaml").write_bytes(SOURCE)
    code, out, err = plancli("log", "--plan", str(outside / "plan.yaml"))
    assert (code, out) == (3, "")
    assert err == f"plancli: {outside} is in no git repository\nRevisions need one: git init\n"


def test_a_plan_of_another_repository(
    repo: Repo, published: Edits, plancli: Typed, tmp_path_factory: pytest.TempPathFactory
) -> None:
    other = Repo(tmp_path_factory.mktemp("other"))
    other.commit(SOURCE, "Ailleurs")
    assert [subject for subject, _ in told(plancli, "--plan", str(other.folder / "data/plan.yaml"))] == [
        "Ailleurs"
    ]


def test_one_process_reads_all_the_plans(
    repo: Repo, published: Edits, plancli: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(5):
        published.action(4)["priority"] = 1 + number % 2
        commit(repo, published, f"Priorité {number}")
    asked = tmp_path / "asked"
    wrapper = tmp_path / "bin" / "git"
    wrapper.parent.mkdir()
    wrapper.write_text(f'#!/bin/sh\necho "$@" >> "{asked}"\nexec "{shutil.which("git")}" "$@"\n')
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{wrapper.parent}{os.pathsep}{os.environ['PATH']}")
    before = sorted(repo.folder.rglob("[!.]*"))
    assert len(plancli("log", "4").out.splitlines()) > 6
    lines = asked.read_text().splitlines()
    assert len([line for line in lines if "cat-file" in line]) == 1
    assert not [line for line in lines if "checkout" in line or "worktree" in line or " show " in line]
    assert len(lines) <= 6, lines
    assert sorted(repo.folder.rglob("[!.]*")) == before


def test_log_of_a_measure_is_what_happened_in_it_and_to_it(repo: Repo, published: Edits, plancli: Typed) -> None:
    published.action(1)["priority"] = 2
    commit(repo, published, "Une autre mesure")
    published.data["orientations"][2]["measures"][0]["title"] = "Un autre titre"
    commit(repo, published, "Le titre")
    published.action(24)["priority"] = 1
    commit(repo, published, "Une action")
    assert [subject for subject, _facts in told(plancli, "M7")] == ["Une action", "Le titre", "Le plan publié"]
    assert [subject for subject, _facts in told(plancli, "O3")] == ["Une action", "Le titre", "Le plan publié"]
    assert [subject for subject, _facts in told(plancli, "M1")] == ["Une autre mesure", "Le plan publié"]
    assert plancli("log", "M7", columns=80).out.startswith(" Measure 7 · Un autre titre")


def test_log_of_some_days_and_authors(repo: Repo, published: Edits, plancli: Typed) -> None:
    pilot(published)
    commit(repo, published, "Septembre")
    published.action(24)["priority"] = 1
    commit(repo, published, "Octobre", "2021-10-03")
    for asked, wanted in {
        "--since 2021-10": ["Octobre"],
        "--since 10/2021": ["Octobre"],
        "--since 03/10/2021": ["Octobre"],
        "--since 2021-10-04": [],
        "--since 2021": ["Octobre", "Septembre", "Le plan publié"],
        "--until 2021-09": ["Septembre", "Le plan publié"],
        "--until 2021-06-23": [],
        "--since 2021-09 --until 2021-09": ["Septembre"],
        "--author dihal": ["Le plan publié"],
        "--author dsj -n 1": ["Octobre"],
        "--author dihal --author DSJ": ["Octobre", "Septembre", "Le plan publié"],
    }.items():
        found = json.loads(plancli("log", *asked.split(), "--format", "json").out)
        assert [each["subject"] for each in found] == wanted, asked
    assert plancli("log", "--author", " ").err == "plancli: --author needs a value\n"
    assert plancli("log", "--since", "hier").err.splitlines()[0] == "plancli: --since: hier is no date"
    answer = plancli("log", "--since", "2022", "--until", "2021")
    assert (answer.code, answer.err) == (2, "plancli: the time ends before it begins: 2022-01-01, 2021-12-31\n")
    shown = plancli("log", "--since", "2021-10", "--author", "dsj", columns=80).lines
    assert shown[-1] == " 1 commit · since 1 Oct 2021 · by dsj"


def test_blame_says_who_last_changed_each_field(repo: Repo, published: Edits, plancli: Typed) -> None:
    first = repo.git("rev-parse", "HEAD").strip()
    pilot(published)
    second = commit(repo, published, "Pilotes")
    published.action(28)["priority"] = 2
    repo.write("data/plan.yaml", HEAD + published.source())
    found = json.loads(plancli("show", "--blame", "28", "--format", "json").out)
    assert {each["field"]: each["commit"] for each in found} == {
        "measure": first,
        "number": first,
        "text": first,
        "pilots": second,
        "associated": second,
        "years": first,
        "priority": None,
    }
    shown = plancli("show", "--blame", "28", columns=80)
    assert shown.lines[2:6] == [
        " Field     Changed        Commit   Author  Title",
        f" measure   24 Jun 2021    {first[:7]}  DIHAL   Le plan publié",
        f" number    24 Jun 2021    {first[:7]}  DIHAL   Le plan publié",
        f" text      24 Jun 2021    {first[:7]}  DIHAL   Le plan publié",
    ]
    assert " priority  not committed" in shown.out
    assert plancli("show", "--blame", "DSJ").err.startswith("plancli: --blame is about actions")


HISTORY = {
    "blame": ("show", "--blame", "28,13"),
    "days": ("log", "--since", "2021-09", "--until", "2021-10"),
    "author": ("log", "--author", "dsj", "--author", "dhup", "DSJ"),
    "measure": ("log", "M8", "--until", "2021-09"),
    "nothing": ("log", "--since", "2022"),
}


@pytest.fixture
def committed(repo: Repo, published: Edits) -> Callable[[str], str]:
    """Commit three changes, and make one more; return a function that gives each commit a name that stays."""
    pilot(published)
    commit(repo, published, "Calendrier 2022 après le COPIL du 9 septembre")
    published.action(24)["priority"] = 1
    published.data["orientations"][2]["measures"][1]["title"] = "Aider au maintien"
    commit(repo, published, "Les suites données au rapport remis en octobre par l'inspection", "2021-10-03")
    published.action(28)["priority"] = 2
    repo.write("data/plan.yaml", HEAD + published.source())
    names = repo.git("rev-list", "HEAD").split()

    def named(text: str) -> str:
        for count, name in enumerate(names):
            text = text.replace(name, f"{count}" * 40).replace(name[:7], f"{count}" * 7)
        return text

    return named


@pytest.mark.parametrize("language", ["en", "fr"])
@pytest.mark.parametrize("columns", [80, 120])
def test_screens_of_history(
    committed: Callable[[str], str],
    plancli: Typed,
    golden: Callable[[str, str], None],
    language: str,
    columns: int,
) -> None:
    text = ""
    for name, typed in HISTORY.items():
        answer = plancli(*typed, columns=columns, PLANCLI_LANG=language)
        text += f"=== {name}: exit {answer.code}\n{answer.out}{answer.err}"
    golden(f"history-{language}-{columns}.txt", committed(text))


@pytest.mark.parametrize("form", ["csv", "json", "markdown"])
def test_formats_of_history(
    committed: Callable[[str], str], plancli: Typed, golden: Callable[[str, str], None], form: str
) -> None:
    texts = [plancli(*typed, "--format", form).out for typed in HISTORY.values()]
    if form == "markdown":
        texts += [plancli(*typed, "--format", form, PLANCLI_LANG="fr").out for typed in HISTORY.values()]
    golden(f"history.{form}", committed("\n".join(texts)))


def test_blame_follows_an_action_through_another_number(repo: Repo, published: Edits, plancli: Typed) -> None:
    published.action(32)["priority"] = 2
    changed = commit(repo, published, "Priorité")
    published.action(32)["number"] = 33
    moved = commit(repo, published, "Numéro")
    rows = plancli("show", "--blame", "33", "--format", "csv").lines
    assert [row.split(",")[1:3] for row in rows if ",number," in row or ",priority," in row] == [
        ["number", moved],
        ["priority", changed],
    ]
