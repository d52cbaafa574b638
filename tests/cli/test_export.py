"""``plancli export``: the format by the ending, the actions by the filters, the file whole or not at all."""

import csv
import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from plancli.cli.export import STATEMENTS
from plancli.exchange.exporters import EXPORTERS, FEEDS
from plancli.exchange.exporters.html.page import ACCESSIBILITY
from tests.repositories import Repo

Typed = Callable[..., Any]

PLAN = str(Path(__file__).parents[2] / "data" / "plan.yaml")


@pytest.mark.parametrize("ending", EXPORTERS)
def test_each_ending_makes_a_file_and_says_so(plancli: Typed, tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"plan{ending}"
    assert plancli("export", str(file), "--plan", PLAN) == (0, "", f"{file}: 31 actions\n")
    assert file.stat().st_size > 1000


def test_filters_are_those_of_list(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "dsj.csv"
    told = f"{file}: 2 of 31 actions · DSJ in any role · covering 2022 (2022: 1, 2021-2022: 1)\n"
    assert plancli("export", str(file), "--plan", PLAN, "-d", "dsj", "-y", "2022") == (0, "", told)
    with file.open(encoding="utf-8", newline="") as opened:
        assert [row["number"] for row in csv.DictReader(opened)] == ["3", "20"]


def test_the_document_says_what_was_asked_in_the_language_of_the_plan(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "dsj.md"
    assert plancli("export", str(file), "--plan", PLAN, "-d", "DSJ", "-y", "2022").code == 0
    assert "\n2 actions sur 31 · DSJ, tous rôles · couvrant 2022" in file.read_text("utf-8")


def test_an_empty_answer_says_which_filter_emptied_it(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "none.json"
    code, out, err = plancli("export", str(file), "--plan", PLAN, "-d", "SAFSL", "-y", "2022")
    assert (code, out) == (0, "")
    assert err.endswith(
        "none.json: 0 of 31 actions · -d SAFSL alone: 1 (7) · -y 2022 alone: 16 · together: none\n"
    )
    assert json.loads(file.read_text("utf-8"))["orientations"] == []


def test_an_unknown_value_is_refused_and_nothing_is_written(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    code, out, err = plancli("export", str(file), "--plan", PLAN, "-d", "DHPU")
    assert (code, out) == (2, "")
    assert err.startswith("plancli: unknown directorate DHPU. Did you mean DHUP?")
    assert not file.exists()


@pytest.mark.parametrize("name", ["plan.abc", "plan", "-"])
def test_export_to_an_unknown_ending_is_exit_code_2_and_names_the_known(plancli: Typed, name: str) -> None:
    code, out, err = plancli("export", name)
    assert (code, out) == (2, "")
    assert err.splitlines()[1] == f"Endings: {' '.join([*EXPORTERS, *FEEDS])}"


def test_export_into_a_missing_folder_is_exit_code_3(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "nowhere" / "plan.csv"
    told = (
        f"plancli: can't write {file}: No such file or directory\nMake the folder first: mkdir -p {file.parent}\n"
    )
    assert plancli("export", str(file), "--plan", PLAN) == (3, "", told)


def test_export_replaces_a_file_whole_or_not_at_all(
    plancli: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "plan.csv"
    file.write_text("before", encoding="utf-8")

    def full(*_args: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr("os.replace", full)
        assert plancli("export", str(file), "--plan", PLAN).code == 3
    assert [each.name for each in tmp_path.iterdir()] == ["plan.csv"]
    assert file.read_text("utf-8") == "before"
    assert plancli("export", str(file), "--plan", PLAN).code == 0
    assert file.read_text("utf-8").startswith("number,")


@pytest.mark.slow
def test_another_clock_zone_language_and_hash_give_the_same_bytes(tmp_path: Path) -> None:
    """Wait for longer than the two seconds that a ZIP archive counts in."""
    script = (
        "import sys; from plancli.cli.main import run\n"
        "sys.exit(sum(run(['export', name, '--plan', sys.argv[1]]) for name in sys.argv[2:]))"
    )
    command = [sys.executable, "-c", script, PLAN, *(f"plan{ending}" for ending in EXPORTERS)]
    made: list[dict[str, bytes]] = []
    for folder, settings in (
        ("one", {"TZ": "UTC", "PLANCLI_LANG": "en", "PYTHONHASHSEED": "1"}),
        ("two", {"TZ": "Asia/Tokyo", "PLANCLI_LANG": "fr", "PYTHONHASHSEED": "2", "LC_ALL": "C"}),
    ):
        if made:
            time.sleep(2.1)
        (tmp_path / folder).mkdir()
        subprocess.run(command, cwd=tmp_path / folder, env=os.environ | settings, check=True, capture_output=True)
        made.append({each.name: each.read_bytes() for each in (tmp_path / folder).iterdir()})
    assert len(made[0]) == len(EXPORTERS)
    assert [name for name in made[0] if made[0][name] != made[1][name]] == []


def test_dialects_of_csv(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "plan.csv"
    assert plancli("export", str(file), "--plan", PLAN, "--dialect", "excel-fr").code == 0
    assert file.read_bytes().startswith(b"\xef\xbb\xbfnumber;")
    told = "plancli: no dialect excel. Did you mean excel-fr?\nDialects: excel-fr\n"
    assert plancli("export", str(file), "--plan", PLAN, "--dialect", "excel") == (2, "", told)
    told = "plancli: --dialect is for .csv files\n"
    assert plancli("export", str(tmp_path / "plan.md"), "--plan", PLAN, "--dialect", "excel-fr") == (2, "", told)


def test_no_file_comes_of_an_invalid_plan(plancli: Typed, tmp_path: Path) -> None:
    broken = tmp_path / "plan.yaml"
    broken.write_text("title: [\n", encoding="utf-8")
    file = tmp_path / "plan.csv"
    assert plancli("export", str(file), "--plan", str(broken)).code == 1
    assert not file.exists()


def test_a_page_says_what_its_publisher_states(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "plan.html"
    assert plancli("export", str(file), "--plan", PLAN).code == 0
    assert "Accessibilité\u00a0: non conforme" in file.read_text("utf-8")
    assert plancli("export", str(file), "--plan", PLAN, "--accessibility", "partial").code == 0
    assert "Accessibilité\u00a0: partiellement conforme" in file.read_text("utf-8")
    told = "plancli: no level ful. Did you mean full?\nLevels: none, partial, full\n"
    assert plancli("export", str(file), "--plan", PLAN, "--accessibility", "ful") == (2, "", told)
    told = "plancli: --accessibility is for .html files\n"
    assert plancli("export", str(tmp_path / "plan.md"), "--plan", PLAN, "--accessibility", "full") == (2, "", told)


def test_the_statements_are_those_the_page_knows() -> None:
    assert tuple(ACCESSIBILITY) == STATEMENTS


def test_another_language_for_the_words_around_the_plan(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "plan.html"
    assert plancli("export", str(file), "--plan", PLAN, "-d", "DSJ", "--lang", "en").code == 0
    page = file.read_text("utf-8")
    assert '<html lang="en">' in page
    assert "7 of 31 actions · DSJ in any role" in page
    told = "plancli: no language de\nLanguages: en, fr\n"
    assert plancli("export", str(file), "--plan", PLAN, "--lang", "de") == (2, "", told)


def test_export_of_no_actions_is_a_page(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "none.html"
    assert plancli("export", str(file), "--plan", PLAN, "-d", "SAFSL", "-y", "2022").code == 0
    assert "0 action sur 31" in file.read_text("utf-8")


def test_a_file_says_which_commit_it_was_made_from(plancli: Typed, repo: Repo) -> None:
    first = repo.commit(Path(PLAN).read_bytes(), day="2021-06-24T12:00:00+0000")
    repo.commit(Path(PLAN).read_bytes().replace(b"priority: 2", b"priority: 1", 1), day="2021-09-12T12:00:00+0000")
    made = f"data/plan.yaml ({first[:7]}, 24 juin 2021)"
    for name in ("plan.html", "plan.md"):
        assert plancli("export", name, "--at", "HEAD~1").code == 0
        assert made in (repo.folder / name).read_text("utf-8").replace("`", "")
    repo.write("data/plan.yaml", Path(PLAN).read_bytes())
    assert plancli("export", "plan.html").code == 0
    assert "12 septembre 2021, modifié depuis)" in (repo.folder / "plan.html").read_text("utf-8")


class TestEach:
    """``--each``: a file for each directorate to fill in, and all of them taken back at once."""

    @pytest.fixture(autouse=True)
    def plan(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
        """Work in a folder with the published plan in it."""
        monkeypatch.chdir(tmp_path)
        file = tmp_path / "plan.yaml"
        file.write_text(Path(PLAN).read_text("utf-8"), "utf-8")
        return file

    def test_a_workbook_for_each_pilot(self, plancli: Typed, tmp_path: Path) -> None:
        answer = plancli("export", "out/", "--each", "pilot")
        assert (answer.code, answer.out) == (0, "")
        assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
            "DHUP.xlsx",
            "DIHAL.xlsx",
            "DMAT.xlsx",
            "SAFSL.xlsx",
        ]
        book = openpyxl.load_workbook(tmp_path / "out" / "DHUP.xlsx")
        rows = list(book.worksheets[0].iter_rows(min_row=5, values_only=True))
        assert [row[0] for row in rows if isinstance(row[0], int)] == [5, 7, 14, 23, 31, 32]
        assert "out/DHUP.xlsx: 6 of 31 actions · piloted by DHUP" in answer.err.splitlines()

    @pytest.mark.slow
    def test_all_of_them_come_back_at_once_and_change_no_byte(
        self, plancli: Typed, plan: Path, tmp_path: Path
    ) -> None:
        before = plan.read_bytes()
        assert plancli("export", "out/", "--each", "directorate").code == 0
        files = sorted(map(str, (tmp_path / "out").glob("*.xlsx")))
        assert plancli("import", *files, "--into", "plan.yaml").code == 0
        assert plan.read_bytes() == before

    def test_another_ending_is_a_file_beside_it_for_each_value(self, plancli: Typed, tmp_path: Path) -> None:
        assert plancli("export", "year.md", "--each", "year", "--measure", "1").code == 0
        assert sorted(each.name for each in tmp_path.glob("*.md")) == ["year-2021.md", "year-2022.md"]
        assert "## Orientation 1" in (tmp_path / "year-2022.md").read_text("utf-8")

    def test_a_value_leads_to_no_other_folder(self, plancli: Typed, plan: Path, tmp_path: Path) -> None:
        text = plan.read_text("utf-8").replace("SAFSL", "../../SAF/SL").replace("DMAT", "..")
        plan.write_text(text.replace("  ..:", '  "..":').replace("  ../../SAF/SL:", '  "../../SAF/SL":'), "utf-8")
        answer = plancli("export", "out/", "--each", "pilot")
        assert answer.code == 0, answer.err
        assert sorted(each.name for each in (tmp_path / "out").iterdir()) == [
            "-..-SAF-SL.xlsx",
            "-.xlsx",
            "DHUP.xlsx",
            "DIHAL.xlsx",
        ]
        assert [each.name for each in tmp_path.iterdir() if each.suffix == ".xlsx"] == []

    def test_values_that_differ_in_what_no_name_may_have_get_two_files(
        self, plancli: Typed, plan: Path, tmp_path: Path
    ) -> None:
        text = plan.read_text("utf-8").replace("SAFSL", "A+B").replace("DMAT", "A/B").replace("DHUP", "A-B-4")
        plan.write_text(text, "utf-8")
        assert plancli("export", "plan.md", "--each", "pilot").code == 0
        names = sorted(each.name for each in tmp_path.glob("*.md"))
        assert names == ["plan-A-B-4.md", "plan-A-B-5.md", "plan-A-B.md", "plan-DIHAL.md"]

    def test_a_value_that_is_too_long_for_a_name_is_cut_in_it(
        self, plancli: Typed, plan: Path, tmp_path: Path
    ) -> None:
        long = "Établissement " * 20
        text = plan.read_text("utf-8").replace("SAFSL", f"{long}un").replace("DMAT", f"{long}deux")
        plan.write_text(text, "utf-8")
        answer = plancli("export", "plan.md", "--each", "pilot")
        assert (answer.code, len(answer.err.splitlines())) == (0, 4)
        assert len(list(tmp_path.glob("*.md"))) == 4

    def test_no_folder_is_made_where_no_action_matches(self, plancli: Typed, tmp_path: Path) -> None:
        told = "plancli: no action that matches has a pilot\n"
        assert plancli("export", "out/a/", "--each", "pilot", "-d", "SAFSL", "-y", "2022") == (2, "", told)
        assert not (tmp_path / "out").exists()

    def test_a_folder_that_cannot_be_made_is_named(self, plancli: Typed, plan: Path) -> None:
        told = "plancli: can't write plan.yaml/out: Not a directory\n"
        assert plancli("export", f"{plan.name}/out/", "--each", "pilot") == (3, "", told)

    def test_slips_say_what_there_is(self, plancli: Typed) -> None:
        answer = plancli("export", "out/", "--each", "pilote")
        assert (answer.code, "pilot?" in answer.err) == (2, True)
        assert plancli("export", "out.doc", "--each", "pilot").code == 2
