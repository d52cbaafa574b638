"""``plancli fmt``: what it writes, what it only says, what it leaves alone."""

import io
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from plancli.cli.main import run

Typed = Callable[..., Any]
REAL = (Path(__file__).parents[2] / "data" / "plan.yaml").read_bytes()
CRLF = REAL.replace(b"\n", b"\r\n")
BOM = b"\xef\xbb\xbf" + REAL
ELSE = REAL.replace(b"priorities: [1, 2]\n", b"priorities:\n\n- 1\n- 2\n").replace(
    b"language: fr", b"language: 'fr'"
)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def standard_input(monkeypatch: pytest.MonkeyPatch, source: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", SimpleNamespace(buffer=io.BytesIO(source)))


@pytest.mark.parametrize("untidy", [CRLF, BOM, ELSE, REAL.rstrip(b"\n"), REAL + b"\n\n", b"---\n" + REAL])
def test_fmt_writes_the_canonical_layout(plancli: Typed, here: Path, untidy: bytes) -> None:
    (here / "plan.yaml").write_bytes(untidy)
    assert plancli("fmt") == (0, "", "plan.yaml tidied\n")
    assert (here / "plan.yaml").read_bytes() == REAL
    assert plancli("fmt") == (0, "", "1 file is tidy\n")


def test_fmt_counts_several_files(plancli: Typed, here: Path) -> None:
    for name in ("a.yaml", "b.yaml"):
        (here / name).write_bytes(CRLF)
    (here / "c.yaml").write_bytes(REAL)
    told = "a.yaml tidied\nb.yaml tidied\n2 files tidied · 1 file is tidy\n"
    assert plancli("fmt", "a.yaml", "b.yaml", "c.yaml") == (0, "", told)


def test_keys_go_in_order_and_blank_lines_where_they_belong(plancli: Typed, here: Path) -> None:
    action = b"            pilots: [DIHAL]\n            associated: [DMAT]\n"
    swapped = b"            associated: [DMAT]\n\n            pilots: [DIHAL]\n"
    assert action in REAL
    (here / "plan.yaml").write_bytes(REAL.replace(action, swapped).replace(b"priority: 1\n\n", b"priority: 1\n"))
    assert plancli("fmt").code == 0
    assert (here / "plan.yaml").read_bytes() == REAL


def test_fmt_leaves_a_canonical_file_untouched(plancli: Typed, here: Path) -> None:
    (here / "plan.yaml").write_bytes(REAL)
    before = (here / "plan.yaml").stat()
    plancli("fmt")
    after = (here / "plan.yaml").stat()
    assert (after.st_ino, after.st_mtime_ns) == (before.st_ino, before.st_mtime_ns)


def test_an_edit_changes_only_its_own_lines(plancli: Typed, here: Path) -> None:
    edited = REAL.replace(
        b"Pr\xc3\xa9voir \xc3\xa0 cette fin :", b"Pr\xc3\xa9voir sans attendre, et \xc3\xa0 cette seule fin :"
    )
    edited = edited.replace(b"years: [2022]", b"years: [ 2022 ]", 1)
    (here / "plan.yaml").write_bytes(edited)
    plancli("fmt")
    lines, before = (here / "plan.yaml").read_text("utf-8").splitlines(), REAL.decode().splitlines()
    assert len(lines) == len(before)
    assert [new for old, new in zip(before, lines, strict=True) if old != new] == [
        "              Prévoir sans attendre, et à cette seule fin :"
    ]


def test_check_names_each_file_that_is_not_canonical(plancli: Typed, here: Path) -> None:
    (here / "a.yaml").write_bytes(REAL)
    (here / "b.yaml").write_bytes(ELSE)
    (here / "c.yaml").write_bytes(CRLF)
    answer = plancli("fmt", "--check", "a.yaml", "b.yaml", "c.yaml")
    out = "b.yaml:5: not formatted from this line on\nc.yaml: the lines end with CR LF; nothing else is untidy\n"
    assert answer == (1, out, "2 files to tidy · 1 file is tidy\n")
    assert (here / "b.yaml").read_bytes() == ELSE
    assert plancli("fmt", "--check", "a.yaml") == (0, "", "1 file is tidy\n")


def test_diff_shows_what_would_change(plancli: Typed, here: Path) -> None:
    (here / "a.yaml").write_bytes(ELSE)
    code, out, err = plancli("fmt", "--diff", "a.yaml")
    assert (code, err) == (0, "1 file to tidy\n")
    assert out.splitlines()[:2] == ["--- a.yaml", "+++ a.yaml"]
    assert "-language: 'fr'\n+language: fr\n" in out
    assert "-- 2\n" in out
    assert (here / "a.yaml").read_bytes() == ELSE
    assert plancli("fmt", "--diff", "--check", "a.yaml") == (1, out, err)


@pytest.mark.parametrize("untidy", [CRLF, BOM, ELSE, REAL.rstrip(b"\n"), REAL + b"\n"])
def test_diff_is_a_patch_that_git_applies(plancli: Typed, here: Path, untidy: bytes) -> None:
    (here / "a.yaml").write_bytes(untidy)
    patch = plancli("fmt", "--diff", "a.yaml").out
    (here / "a.patch").write_bytes(patch.encode())
    subprocess.run(["git", "apply", "-p0", "a.patch"], cwd=here, check=True)
    assert (here / "a.yaml").read_bytes() == REAL


def test_diff_has_colours_on_a_terminal(plancli: Typed, here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (here / "a.yaml").write_bytes(ELSE)
    monkeypatch.setenv("FORCE_COLOR", "1")
    monkeypatch.delenv("TERM", raising=False)
    assert (
        "\x1b[31m-language: 'fr'\x1b[0m\n\x1b[32m+language: fr\x1b[0m\n" in plancli("fmt", "--diff", "a.yaml").out
    )
    assert "\x1b" not in plancli("fmt", "--check", "a.yaml").out


def test_fmt_from_standard_input_to_standard_output(
    plancli: Typed, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for source in (ELSE, REAL):
        standard_input(monkeypatch, source)
        assert plancli("fmt", "-") == (0, REAL.decode(), "")
    standard_input(monkeypatch, ELSE)
    assert plancli("fmt", "-", "--check") == (
        1,
        "<stdin>:5: not formatted from this line on\n",
        "1 file to tidy\n",
    )
    standard_input(monkeypatch, b"title: x\n")
    code, out, err = plancli("fmt", "-")
    assert (code, out) == (1, "")
    assert err.startswith("plancli: <stdin> hasn't the shape of a plan; it stays as it is\n  <stdin>:1:1")
    assert err.endswith("In place: plancli validate -\n")


@pytest.mark.parametrize(
    "broken",
    [
        b"",
        b"[",
        b"title: x\n",
        b"\xff",
        REAL + b"---\n",
        REAL + b"language: fr\n",
        REAL.replace(b"[1, 2]", b"&a [1, 2]"),
    ],
)
def test_fmt_leaves_an_invalid_shape_untouched(plancli: Typed, here: Path, broken: bytes) -> None:
    (here / "plan.yaml").write_bytes(broken)
    for options in [], ["--check"], ["--diff"]:
        code, out, err = plancli("fmt", *options)
        assert (code, out) == (1, "")
        assert err.splitlines()[1].startswith("  plan.yaml:")
        assert (here / "plan.yaml").read_bytes() == broken


def test_a_plan_that_breaks_rules_is_tidied_all_the_same(plancli: Typed, here: Path) -> None:
    wrong = REAL.replace(b"[DHUP, SAFSL]", b"[DHPU, SAFSL, SAFSL]").replace(b"number: 9\n", b"number: 8\n")
    (here / "plan.yaml").write_bytes(wrong.replace(b"\n\n", b"\n"))
    assert plancli("fmt").code == 0
    assert (here / "plan.yaml").read_bytes() == wrong


def test_fmt_goes_on_after_an_error_in_one_file(plancli: Typed, here: Path) -> None:
    (here / "a.yaml").write_bytes(b"[")
    (here / "b.yaml").write_bytes(CRLF)
    code, out, err = plancli("fmt", "a.yaml", "missing.yaml", "b.yaml")
    assert (code, out) == (3, "")
    assert (here / "b.yaml").read_bytes() == REAL
    assert err.splitlines()[0] == "b.yaml tidied"
    assert "plancli: a.yaml hasn't the shape of a plan; it stays as it is" in err
    assert "plancli: can't read missing.yaml: No such file or directory" in err


def test_fmt_reports_a_file_without_write_permission(
    plancli: Typed, here: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (here / "plan.yaml").write_bytes(CRLF)
    monkeypatch.setattr("os.access", lambda path, mode: False)
    answer = plancli("fmt")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith("plancli: can't write plan.yaml: Permission denied")


def test_the_published_plan_is_tidy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(Path(__file__).parents[2])
    assert run(["fmt", "--check"]) == 0
