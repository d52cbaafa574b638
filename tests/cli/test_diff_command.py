"""``plancli diff`` as a reviewer types it, with the real git."""

import json
import os
import re
import shutil
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plancli.cli.diff import CHANGED_FIELDS, FAIL_ON, KINDS
from tests.repositories import Repo
from tests.review.edits import SOURCE, Edits

Typed = Callable[..., Any]
Golden = Callable[[str, str], None]
TARGET = Path(__file__).parents[1] / "output" / "target"


@pytest.fixture(scope="module")
def reviewed(tmp_path_factory: pytest.TempPathFactory) -> Repo:
    """Make the branch of the example: five edits in four commits."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        repo = Repo(tmp_path_factory.mktemp("reviewed"))
        repo.commit(SOURCE, "Le plan publié")
        repo.git("checkout", "--quiet", "-b", "calendrier-2022")
        edits = Edits()
        edits.action(8)["text"] = edits.action(8)["text"].replace("systématiquement", "sous quinze jours")
        commit(repo, edits, "Un délai pour les décisions")
        edits.action(13)["priority"] = 1
        edits.action(19)["years"] = [2021, 2022]
        commit(repo, edits, "Priorités et calendrier")
        edits.move(24, 8)
        commit(repo, edits, "Le reste pour vivre relève du maintien")
        edits.action(28)["pilots"] = ["DIHAL", "DSJ"]
        edits.action(28)["associated"] = ["DACS"]
        commit(repo, edits, "La DSJ pilote le courrier type")
        return repo


@pytest.fixture
def review(reviewed: Repo, repo: Repo) -> Repo:
    """Copy the branch of the example."""
    shutil.copytree(reviewed.folder, repo.folder, dirs_exist_ok=True)
    return repo


def commit(repo: Repo, edits: Edits, subject: str = "Une modification") -> None:
    head = SOURCE.partition(b"\n")[0] + b"\n"
    repo.commit(head + edits.source(), subject)


def change(repo: Repo, edit: Callable[[Edits], object]) -> None:
    """Commit the published plan, and edit it in the work tree."""
    repo.commit(SOURCE)
    edits = Edits()
    edit(edits)
    repo.write("data/plan.yaml", SOURCE.partition(b"\n")[0] + b"\n" + edits.source())


def test_what_was_assumed_of_two_actions_of_one_text_is_said_on_standard_error(repo: Repo, plancli: Typed) -> None:
    """One may have given its pilot to the other, or its number: nothing tells which."""
    edits = Edits()
    edits.move(30, 9)
    first, second = edits.action(30), edits.action(31)
    second.update({key: first[key] for key in ("text", "years", "priority", "associated")})
    first["pilots"], second["pilots"] = ["DHUP"], ["DSJ"]
    first["associated"] = second["associated"] = ["DB"]
    edits.measure(9)["actions"].sort(key=lambda action: int(action["number"]))
    commit(repo, edits)
    first["pilots"], second["pilots"] = ["DSJ"], ["DHUP"]
    repo.write("data/plan.yaml", SOURCE.partition(b"\n")[0] + b"\n" + edits.source())
    for form in ("table", "json"):
        said = plancli("diff", "--format", form).err.splitlines()
        assert said == [
            "plancli: assumed: action 30 is now action 30; nearly the same text as others, it may be action 31",
            "plancli: assumed: action 31 is now action 31; nearly the same text as others, it may be action 30",
        ]


class TestScreens:
    @pytest.mark.parametrize("columns", [80, 120, 50])
    def test_diff_of_the_example_matches_the_golden_screens(
        self, review: Repo, plancli: Typed, golden: Golden, columns: int
    ) -> None:
        code, out, err = plancli("diff", "main...", columns=columns)
        assert (code, err) == (0, "")
        golden(f"diff-{columns}.txt", out)

    def test_diff_of_the_example_matches_the_target_screen(self, review: Repo, plancli: Typed) -> None:
        """But for the line of the problem, which is that of the plan as it came to be."""
        drawn = (TARGET / "diff-80.txt").read_text("utf-8").splitlines()
        given = plancli("diff", "main...", columns=80).out.splitlines()
        assert [line.replace(":470:", ":450:") for line in given] == drawn

    def test_long_problems_wrap_with_a_hanging_indent(self, repo: Repo, plancli: Typed) -> None:
        repo.commit(SOURCE)
        repo.write("data/plan.yaml", SOURCE.replace(b"DGFI, DGCL", b"DGFI, DGLC"))
        lines = plancli("diff", columns=80).out.splitlines()
        start = lines.index(" Problems: 1 new, 0 fixed")
        assert lines[start + 1 : start + 4] == [
            "   data/plan.yaml:202:44 error[unknown-directorate] action 9: unknown",
            "     directorate DGLC, did you mean DGCL?",
            "",
        ]

    @pytest.mark.parametrize(
        ("name", "args"),
        [
            ("dsj", ["-d", "DSJ"]),
            ("two", ["-d", "dhup,dgcl"]),
            ("none", ["-d", "SAFSL"]),
        ],
    )
    def test_diff_filtered_by_directorate(
        self,
        review: Repo,
        plancli: Typed,
        golden: Golden,
        name: str,
        args: list[str],
    ) -> None:
        golden(f"diff-{name}.txt", plancli("diff", "main...", *args, columns=80).out)

    @pytest.mark.parametrize("form", ["json", "csv", "markdown", "table"])
    def test_diff_in_each_format(self, review: Repo, plancli: Typed, golden: Golden, form: str) -> None:
        code, out, err = plancli("diff", "main...", "--format", form)
        assert (code, err) == (0, "")
        golden(f"diff-example.{form}", out)

    def test_every_kind_of_change_as_a_table(self, repo: Repo, plancli: Typed, golden: Golden) -> None:
        change(repo, everything)
        golden("diff-everything.txt", plancli("diff", columns=80).out)

    def test_every_kind_of_change_as_a_markdown_comment(self, repo: Repo, plancli: Typed, golden: Golden) -> None:
        change(repo, everything)
        golden("diff-everything.md", plancli("diff", "--format", "markdown").out)

    def test_every_kind_of_change_as_json(self, repo: Repo, plancli: Typed, golden: Golden) -> None:
        change(repo, everything)
        golden("diff-everything.json", plancli("diff", "--format", "json").out)

    def test_every_kind_of_change_in_french(
        self,
        repo: Repo,
        plancli: Typed,
        golden: Golden,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        """Each fate agrees with what it is said of: a number and an acronym are masculine."""
        change(repo, everything)
        monkeypatch.setenv("PLANCLI_LANG", "fr")
        golden("diff-everything-fr.txt", plancli("diff", columns=80).out)

    def test_a_table_is_in_the_language_of_the_reader(
        self, review: Repo, plancli: Typed, golden: Golden, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("PLANCLI_LANG", "fr")
        golden("diff-french.txt", plancli("diff", "main...").out)


def everything(e: Edits) -> None:
    """Make every kind of change, some of them at once."""
    e.data["title"] += " bis"
    e.data["period"]["end"] = 2023
    e.data["priorities"] = [1, 2, 3]
    e.data["directorates"]["ANCT"] = {"name": "Agence nationale de la cohésion des territoires"}
    e.data["directorates"]["DSE"]["note"] = "Sigle identifié depuis."
    e.data["glossary"].pop("ALUR")
    e.data["unused_numbers"].append({"number": 2, "reason": "Retirée."})
    e.take(2)
    e.action(3)["years"] = [2022, 2023]
    e.action(6)["years"] = [2022]
    e.action(5)["years"] = [2021]
    e.action(7)["associated"] = ["DSS", "ANCT"]
    e.action(9)["text"] = e.action(9)["text"].replace("de façon optimiser", "de façon à optimiser")
    e.action(9)["text"] = e.action(9)["text"].replace("Augmenter les", "Accroître les")
    e.action(16)["years"] = [2021]
    e.move(10, 2)
    e.move(11, 2)["priority"] = 3
    e.action(11)["priority"] = 3
    e.action(22)["associated"] = ["DGCL", "ANCT", "DILP"]
    e.action(30)["text"] = e.action(30)["text"].replace("d'un bail", "d'un  bail")
    e.renumber({31: 40, 32: 41})
    e.action(41)["pilots"] = ["DHUP"]
    e.action(41)["associated"] = ["DIHAL", "DMAT"]
    e.measure(9)["title"] = "Augmenter le nombre d'attributions de logements aux ménages menacés"
    e.measure(8)["actions"].append(
        {
            "number": 33,
            "text": "Ouvrir une ligne d'écoute : 1/ en journée ; 2/ le soir.",
            "pilots": ["ANCT"],
            "associated": [],
            "years": [2023],
            "priority": 3,
        }
    )


class TestNothing:
    def test_diff_without_a_change(self, review: Repo, plancli: Typed) -> None:
        assert plancli("diff") == (0, "data/plan.yaml: HEAD → work tree\n\nNo change.\n", "")

    @pytest.mark.parametrize(
        "layout",
        [
            SOURCE.replace(b"[1, 2]", b"[ 1, 2 ]"),
            b"# a remark\n" + SOURCE,
            SOURCE.replace(b"\n", b"\r\n"),
        ],
    )
    def test_diff_of_layout_only(self, repo: Repo, plancli: Typed, layout: bytes) -> None:
        repo.commit(SOURCE)
        repo.write("data/plan.yaml", layout)
        code, out, _err = plancli("diff", "--exit-code", "--fail-on", "text,pilots,associated,years,priority")
        assert (code, out.splitlines()[2]) == (0, "No change in meaning (layout only).")
        data = json.loads(plancli("diff", "--format", "json").out)
        assert (data["changes"], data["layout_only"]) == ([], True)
        comment = plancli("diff", "--format", "markdown").out
        assert "### Le plan\u00a0: le sens ne change pas (mise en page seulement)" in comment


class TestSides:
    """Which two plans are compared, and what the heading says of them."""

    @pytest.fixture
    def parted(self, repo: Repo) -> Repo:
        """Make a branch that changes action 28, and a main that went on with action 5."""
        repo.commit(SOURCE)
        repo.git("checkout", "--quiet", "-b", "side")
        edits = Edits()
        edits.action(28)["priority"] = 2
        commit(repo, edits)
        repo.git("checkout", "--quiet", "main")
        edits = Edits()
        edits.action(5)["years"] = [2021]
        commit(repo, edits)
        repo.git("checkout", "--quiet", "side")
        return repo

    def test_a_range_of_two_and_of_three_dots(self, parted: Repo, plancli: Typed) -> None:
        base = parted.git("merge-base", "main", "side")[:7]
        assert plancli("diff", "main..side").out.startswith("data/plan.yaml: main..side, 1 commit\n")
        three = f"data/plan.yaml: main ({base}, where they parted) → side, 1 commit\n"
        assert plancli("diff", "main...side").out.startswith(three)
        assert plancli("diff", "main...").out.startswith(three)

    def test_commits_of_main_that_the_branch_lacks_are_reported(self, parted: Repo, plancli: Typed) -> None:
        said = (
            "main has 1 commit of its own (action 5): what it decided is shown here as taken back. Without that: "
        )
        for args, command in (
            (["main"], "plancli diff main..."),
            (["main..side"], "plancli diff main...side"),
            (["main", "side"], "plancli diff main...side"),
        ):
            assert plancli("diff", *args).out.splitlines()[1] == said + command
        assert "1 commit de plus" in plancli("diff", "main", "--lang", "fr").out.splitlines()[1]
        assert "1 commit de plus" in plancli("diff", "main", "--format", "markdown").out

    def test_no_lacking_commits_are_reported_where_there_are_none(self, parted: Repo, plancli: Typed) -> None:
        for args in (["main..."], ["main~1"], ["HEAD"], [], ["main~1..side"]):
            assert "of its own" not in plancli("diff", *args).out


class TestExit:
    def test_exit_code_is_1_if_anything_but_layout_changed(self, review: Repo, plancli: Typed) -> None:
        assert plancli("diff", "main...").code == 0
        assert plancli("diff", "main...", "--exit-code").code == 1
        assert plancli("diff", "main...", "--exit-code", "-d", "SAFSL").code == 0

    @pytest.mark.parametrize(
        ("kinds", "code"),
        [
            ("moved", 1),
            ("added,removed", 0),
            ("added,removed,years", 1),
            ("text", 1),
            ("pilots", 1),
            ("associated", 1),
            ("priority", 1),
            ("renumbered", 0),
            ("retitled,declared", 0),
            ("problems", 1),
        ],
    )
    def test_fail_on_kinds_of_changes(self, review: Repo, plancli: Typed, kinds: str, code: int) -> None:
        assert plancli("diff", "main...", "--fail-on", kinds).code == code

    @pytest.mark.parametrize("kinds", ["", " ", ","])
    def test_fail_on_nothing_is_not_a_gate_that_is_open(self, review: Repo, plancli: Typed, kinds: str) -> None:
        answer = plancli("diff", "main...", "--fail-on", kinds)
        assert (answer.code, answer.out, answer.err) == (2, "", "plancli: --fail-on needs a value\n")

    def test_fail_on_may_be_repeated(self, review: Repo, plancli: Typed) -> None:
        kinds = [["--fail-on", kind] for kind in ("added", "removed", "years")]
        assert plancli("diff", "main...", *kinds[0], *kinds[1]).code == 0
        assert plancli("diff", "main...", *kinds[0], *kinds[1], *kinds[2]).code == 1

    @pytest.mark.parametrize(
        ("wanted", "edit"),
        [
            (
                "added",
                lambda e: e.measure(9)["actions"].append({**e.action(31), "number": 33, "text": "Autre chose."}),
            ),
            ("removed", lambda e: e.take(22)),
            ("moved", lambda e: e.move(24, 8)),
            ("renumbered", lambda e: e.renumber({32: 33})),
            ("retitled", lambda e: e.measure(9).update(title="Attribuer plus de logements")),
            ("declared", lambda e: e.data["glossary"].update(CAF="caisse")),
            ("text", lambda e: e.action(5).update(text=e.action(5)["text"] + " Bis.")),
            ("pilots", lambda e: e.action(5).update(pilots=["DHUP"])),
            ("associated", lambda e: e.action(5).update(associated=[])),
            ("years", lambda e: e.action(5).update(years=[2021])),
            ("priority", lambda e: e.action(5).update(priority=1)),
            ("reordered", lambda e: e.action(9)["pilots"].reverse()),
            ("period", lambda e: e.data["period"].update(end=2023)),
            ("measure", lambda e: e.move(24, 8)),
            ("problems", lambda e: e.action(5).update(years=[2022, 2022])),
        ],
    )
    def test_fail_on_each_kind_alone(
        self, repo: Repo, plancli: Typed, wanted: str, edit: Callable[[Edits], object]
    ) -> None:
        """Only what happened fails, and what follows from it: a problem, or years that are listed twice."""
        change(repo, edit)
        kinds = {*KINDS, *CHANGED_FIELDS, "problems"}
        told = set(re.findall(r"(\w+) \(", plancli("diff", "--fail-on", ",".join(kinds)).err))
        assert plancli("diff", "--fail-on", wanted).code == 1
        assert plancli("diff", "--fail-on", ",".join(kinds - told)).code == 0
        also = {"removed": {"problems"}, "problems": {"years"}, "renumbered": {"problems"}}
        also |= {"moved": {"problems", "measure"}, "measure": {"problems", "moved"}, "retitled": {"measure"}}
        also["period"] = {"declared", "problems"}
        assert wanted in told
        assert told <= {wanted} | also.get(wanted, set())

    def test_fail_on_names_the_kinds_that_happened(self, review: Repo, plancli: Typed) -> None:
        answer = plancli("diff", "main...", "--fail-on", "removed,pilots,moved,problems")
        assert answer.err == "plancli: failed on pilots (action 28), moved (action 24), problems (1 new)\n"
        assert plancli("diff", "main...", "--fail-on", "removed").err == ""
        assert plancli("diff", "main...", "--exit-code").err == ""

    def test_diff_of_a_ministry_is_that_of_its_directorates(self, review: Repo, plancli: Typed) -> None:
        answer = plancli("diff", "main...", "--ministry", "justice")
        assert "takes part in 3 of the 5 actions that change (the others: 13, 24)" in answer.out
        assert answer.lines[-1] == "Ministry: Justice (8, 19, 28)"
        both = plancli("diff", "main...", "--ministry", "justice", "-d", "DSJ,DACS,SADJAV", "--format", "json").out
        assert both == plancli("diff", "main...", "-d", "DSJ,DACS,SADJAV", "--format", "json").out
        assert plancli("diff", "main...", "--ministry", "none").code == 2
        assert plancli("diff", "main...", "-d", "none").err.startswith("plancli: unknown directorate none")
        assert plancli("diff", "main...", "-d", "").err == "plancli: -d needs a value\n"
        assert "Did you mean Justice?" in plancli("diff", "main...", "--ministry", "justise").err

    def test_fail_on_names_changed_groups(self, repo: Repo, plancli: Typed) -> None:
        def edit(e: Edits) -> None:
            e.measure(9)["title"] = "Attribuer plus de logements"
            e.data["orientations"][1]["measures"].append(e.data["orientations"][0]["measures"].pop())
            e.data["period"]["end"] = 2023

        change(repo, edit)
        said = "plancli: failed on moved (Measure 3), retitled (Measure 9), period (Period)\n"
        assert plancli("diff", "--fail-on", "moved,retitled,period,text").err == said

    def test_fail_on_reordered_pilots(self, repo: Repo, plancli: Typed) -> None:
        change(repo, lambda e: e.action(9)["pilots"].reverse())
        assert plancli("diff", "--fail-on", ",".join(kind for kind in FAIL_ON if kind != "reordered")).code == 0
        assert plancli("diff", "--fail-on", "reordered").code == 1
        assert plancli("diff", "--exit-code").code == 1
        out = plancli("diff").out
        assert "= Action 9  pilots in another order: DIHAL DMAT → DMAT DIHAL" in out
        assert "0 renumbered, 1 reordered." in out
        assert "Sign-off" not in out
        found = json.loads(plancli("diff", "--format", "json").out)
        assert found["summary"]["reordered"] == 1
        assert [(c["kind"], c["field"], c["old"]) for c in found["changes"]] == [
            ("reordered", "pilots", ["DIHAL", "DMAT"])
        ]

    def test_fail_on_an_unknown_kind_is_a_usage_error(self, review: Repo, plancli: Typed) -> None:
        code, out, err = plancli("diff", "--fail-on", "prioritys")
        assert (code, out) == (2, "")
        assert err.startswith("plancli: no kind prioritys. Did you mean priority?\nKinds: added, removed, ")
        assert (
            "Did you mean removed? Commands and options are English."
            in plancli("diff", "--fail-on", "supprimé").err
        )

    def test_fail_on_problems_ignores_fixed_ones(self, repo: Repo, plancli: Typed) -> None:
        repo.commit(SOURCE.replace(b"[DACS, DSJ]", b"[DACS, DGLC]", 1))
        repo.write("data/plan.yaml", SOURCE)
        code, out, _err = plancli("diff", "--fail-on", "problems")
        assert code == 0
        assert "Problems: 0 new, 1 fixed" in out


class TestRefused:
    def test_a_directorate_that_neither_side_knows(self, review: Repo, plancli: Typed) -> None:
        assert plancli("diff", "main...", "-d", "DSK") == (
            2,
            "",
            "plancli: unknown directorate DSK. Did you mean DSE?\nCodes: plancli directorates\n",
        )

    def test_a_directorate_that_only_the_old_side_knows(self, repo: Repo, plancli: Typed) -> None:
        def edit(e: Edits) -> None:
            del e.data["directorates"]["CGET"]
            e.action(22)["associated"].remove("CGET")

        change(repo, edit)
        assert "CGET takes part in 1 of the 1 action that changes" in plancli("diff", "-d", "cget").out

    @pytest.mark.parametrize(
        "broken", [b"", b"title: x\n", b"[", b"\xff", SOURCE.replace(b"number: 13", b"number: x")]
    )
    def test_a_side_without_the_shape_of_a_plan(self, repo: Repo, plancli: Typed, broken: bytes) -> None:
        repo.commit(broken)
        repo.commit(SOURCE)
        for args in (["HEAD~1"], ["HEAD", "HEAD~1"], ["HEAD~1..HEAD"]):
            code, out, err = plancli("diff", *args, "--format", "json")
            assert (code, out) == (1, "")
            lines = err.splitlines()
            assert lines[0].endswith(":data/plan.yaml hasn't the shape of a plan")
            assert "data/plan.yaml:" in lines[1]
            assert lines[-1].startswith("In place: git show ")

    def test_the_work_tree_without_the_shape_of_a_plan(self, repo: Repo, plancli: Typed) -> None:
        repo.commit(SOURCE)
        repo.write("data/plan.yaml", "title: x\n")
        code, out, err = plancli("diff")
        assert (code, out) == (1, "")
        assert err.splitlines()[-1] == "In place: plancli validate data/plan.yaml"

    def test_an_invalid_plan_with_the_shape_of_one_is_compared(self, repo: Repo, plancli: Typed) -> None:
        repo.commit(SOURCE.replace(b"[DACS, DSJ]", b"[DACS, DGLC]"))
        repo.write("data/plan.yaml", SOURCE.replace(b"number: 29", b"number: 28"))
        code, out, _err = plancli("diff")
        assert code == 0
        assert "~ Action 8   associated: +DSJ -DGLC" in out
        assert "error[duplicate-number]" in out

    @pytest.mark.parametrize(
        "args", [["nope"], ["nope..."], ["HEAD:nope.yaml"], ["./nope.yaml"], ["HEAD", "nope"]]
    )
    def test_an_unreadable_side_is_never_no_change(self, review: Repo, plancli: Typed, args: list[str]) -> None:
        code, out, err = plancli("diff", *args)
        assert (code, out) == (3, "")
        assert err.startswith("plancli: ")

    def test_an_unborn_branch(self, repo: Repo, plancli: Typed) -> None:
        repo.write("data/plan.yaml", SOURCE)
        assert plancli("diff").code == 3


def test_diff_since_a_date(review: Repo, plancli: Typed) -> None:
    review.git("commit", "--quiet", "--allow-empty", "--message", "later", day="2021-09-01T12:00:00+0000")
    out = plancli("diff", "2021-06-24").out
    assert out.splitlines()[0].startswith("data/plan.yaml: 2021-06-24 (")
    assert out.splitlines()[0].endswith(") → work tree")


def test_diff_of_two_files(plancli: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("un plan.yaml").write_bytes(SOURCE)
    Path("autre.yaml").write_bytes(SOURCE.replace(b"priority: 2", b"priority: 1", 1))
    code, out, _err = plancli("diff", "un plan.yaml", "autre.yaml")
    assert code == 0
    assert out.startswith("un plan.yaml → autre.yaml\n")
    assert "~ Action 3  priority 2 → 1" in out


def test_standard_input_is_the_new_side(review: Repo, plancli: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    from io import BytesIO, TextIOWrapper

    monkeypatch.setattr(sys, "stdin", TextIOWrapper(BytesIO(SOURCE)))
    code, out, _err = plancli("diff", "HEAD", "-")
    assert code == 0
    assert "priority 1 → 2" in out


class TestComment:
    def test_the_marker_is_one_line_and_cant_be_broken(self, repo: Repo, plancli: Typed) -> None:
        path = "un --> plan.yaml"
        repo.commit(SOURCE, path=path)
        repo.write(path, SOURCE.replace(b"priority: 2", b"priority: 1", 1))
        first = plancli("diff", "--plan", path, "--format", "markdown").out.splitlines()[0]
        assert first == "<!-- plancli:diff un - -&gt; plan.yaml -->"

    def test_texts_cant_break_out_of_a_comment(self, repo: Repo, plancli: Typed) -> None:
        def edit(e: Edits) -> None:
            e.action(1)["text"] += " </details> <script>x</script> @toutlemonde | [a](b) `c`"

        change(repo, edit)
        out = plancli("diff", "--format", "markdown").out
        for hostile in ("<script", "</details> ", "@toutlemonde", "[a]", "`c`"):
            assert hostile not in out.replace("\\<", "").replace("\\[", "").replace("\\`", "")

    @pytest.mark.slow
    @pytest.mark.parametrize("count", [400, 1200])
    def test_a_long_comment_is_cut_and_keeps_its_counts(self, repo: Repo, plancli: Typed, count: int) -> None:
        def edit(e: Edits) -> None:
            e.measure(9)["actions"] += [
                {**e.action(31), "number": 100 + 2 * n, "text": f"Faire la chose {n}, avec beaucoup de soin." * 2}
                for n in range(count)
            ]

        change(repo, edit)
        out = plancli("diff", "--format", "markdown").out
        assert 40_000 < len(out.encode()) <= 60_000
        assert f"### Le plan\u00a0: {count:,} actions changent ({count:,} ajoutées)".replace(",", "\u202f") in out
        assert "- [ ] **DIHAL**" in out
        assert "trop long" in out

    def test_long_titles_and_notes_are_cut(self, repo: Repo, plancli: Typed) -> None:
        def edit(e: Edits) -> None:
            e.measure(9)["title"] = "Un titre sans fin " * 100
            e.data["source_notes"].append({"field": "text", "source": "x", "note": "Une note sans fin. " * 100})

        change(repo, edit)
        out = plancli("diff", "--format", "markdown").out
        assert 0 < out.count("Un titre sans fin") < 30
        assert "Une note sans fin" not in out
        assert len(out) < 3000


@pytest.mark.parametrize("typed", ["-d XYZ", "--output missing/comment.md"])
def test_errors_are_in_the_language_of_the_reader_not_of_the_comment(
    plancli: Typed, review: Repo, typed: str
) -> None:
    told = plancli("diff", *typed.split())
    assert told.err.startswith("plancli: ")
    assert plancli("diff", "--format", "markdown", *typed.split()) == told


def test_the_one_other_action_is_no_others(repo: Repo, plancli: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    repo.commit(SOURCE)
    edits = Edits()
    edits.action(8)["priority"] = 2
    edits.action(12)["priority"] = 2
    repo.write("data/plan.yaml", SOURCE.partition(b"\n")[0] + b"\n" + edits.source())
    assert "DSJ takes part in 1 of the 2 actions that change (the other: 12)" in plancli("diff", "-d", "DSJ").out
    monkeypatch.setenv("PLANCLI_LANG", "fr")
    assert "DSJ participe à 1 des 2 actions qui changent (l'autre\u00a0: 12)" in plancli("diff", "-d", "DSJ").out


@pytest.mark.parametrize(("typed", "said"), [("true", "true"), ("beaucoup", "beaucoup"), ("[1, 2]", "1, 2")])
def test_a_number_that_became_something_else_is_a_change_and_a_problem(
    plancli: Typed, tmp_path: Path, typed: str, said: str
) -> None:
    old = (Path(__file__).parents[2] / "examples" / "climate.yaml").read_text("utf-8")
    (tmp_path / "old.yaml").write_text(old, "utf-8")
    (tmp_path / "new.yaml").write_text(old.replace("budget: 6400000", f"budget: {typed}", 1), "utf-8")
    answer = plancli("diff", str(tmp_path / "old.yaml"), str(tmp_path / "new.yaml"))
    assert f"Budget (€ HT) 6,400,000 → {said}" in answer.out
    assert "Problems: 1 new" in answer.out
