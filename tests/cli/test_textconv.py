"""``plancli git textconv``: what git's own diff shows of a plan, and of one with a mistake."""

import difflib
from collections.abc import Callable
from pathlib import Path

import pytest

from plancli.cli.git import textconv
from tests.review.edits import SOURCE

TEXT = SOURCE.decode()
Differences = Callable[[bytes], list[str]]


def edited(key: str, change: Callable[[str], str], number: int = 12) -> str:
    """Return the published plan with one line of an action changed."""
    lines = TEXT.split("\n")
    start = next(at for at, line in enumerate(lines) if line.strip() == f"- number: {number}")
    place = next(at for at in range(start, len(lines)) if lines[at].strip().startswith(f"{key}:"))
    lines[place] = change(lines[place])
    return "\n".join(lines)


@pytest.fixture
def differences(tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Differences:
    """Return the lines in which the answer for a file differs from that for the published plan."""

    def shown(content: bytes) -> list[str]:
        file = tmp_path / "plan.yaml"
        file.write_bytes(content)
        capsysbinary.readouterr()
        assert textconv(str(file)) == 0
        return capsysbinary.readouterr().out.decode().splitlines()

    def compared(content: bytes) -> list[str]:
        lines = difflib.unified_diff(shown(SOURCE), shown(content), lineterm="", n=0)
        return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]

    return compared


MISTAKES = {
    "a colon is missing": edited("pilots", lambda line: line.replace(":", "")),
    "a tab": edited("pilots", lambda line: "\t" + line.strip()),
    "a key is misspelt": edited("pilots", lambda line: line.replace("pilots", "pilot")),
    "no list": edited("pilots", lambda line: line.replace("[", "").replace("]", "")),
    "a word for a year": edited("years", lambda line: line.replace("2021", "deux mille")),
    "a bracket is missing": edited("years", lambda line: line.replace("]", "")),
    "a quote is missing": edited("priority", lambda line: line.replace(" 1", ' "1')),
    "a key stands twice": edited("years", lambda line: f"{line}\n{line.replace('2021', '2022')}"),
    "an indent too much": edited("years", lambda line: f"  {line}"),
    "an anchor": edited("priority", lambda line: line.replace(" 1", " &a 1")),
    "a conflict": edited("priority", lambda line: f"<<<<<<< ours\n{line}\n=======\n{line[:-1]}2\n>>>>>>> theirs"),
    "no year of the period": TEXT.replace("  end: 2022", "  end: x", 1),
    "a key of a measure is misspelt": TEXT.replace(
        "- number: 4\n        title:", "- number: 4\n        titre:", 1
    ),
    "a key of a note is misspelt": TEXT.replace("    note: DLPAJ figure", "    noot: DLPAJ figure", 1),
}


@pytest.mark.parametrize("mistake", MISTAKES)
def test_git_diff_shows_only_the_mistake_of_a_side(differences: Differences, mistake: str) -> None:
    found = differences(MISTAKES[mistake].encode())
    assert 1 <= len(found) <= 4
    assert any(line.startswith("+") for line in found)


def test_the_line_with_the_mistake_stands_as_it_is(differences: Differences) -> None:
    assert differences(MISTAKES["a colon is missing"].encode()) == [
        "-12 pilots DIHAL",
        "+            pilots [DIHAL]",
    ]
    assert differences(MISTAKES["no list"].encode()) == ["-12 pilots DIHAL", "+            pilots: DIHAL"]


def test_textconv_of_a_plan_with_several_mistakes(differences: Differences) -> None:
    text = MISTAKES["a colon is missing"].replace("language: fr", "language fr").replace("  end: 2022", "  end: [")
    assert len(differences(text.encode())) <= 8


def test_textconv_of_a_byte_that_is_not_utf_8(differences: Differences) -> None:
    found = differences(SOURCE.replace("interministériel".encode(), b"interminist\xe9riel", 1))
    assert [line[:40] for line in found] == [
        "-plan title Plan d'actions interministér",
        "+plan title Plan d'actions interminist\\x",
    ]


def test_an_action_without_a_number(differences: Differences) -> None:
    found = differences(SOURCE.replace(b"- number: 12\n", b"- number: douze\n"))
    assert next(line for line in found if line.startswith("+")) == "+? measure 4"
    assert found[-1] == "+          - number: douze"
    assert len(found) == 13


def test_another_order_of_codes_is_shown(differences: Differences) -> None:
    text = edited("associated", lambda line: line.replace("DACS, DSJ", "DSJ, DACS"), 8)
    assert differences(text.encode()) == ["-8 associated DACS DSJ", "+8 associated DSJ DACS"]


ANY = b"""
title: Plan
language: fr
period: {start: 2024, end: 2025}
levels: [axe, {name: linea, plural: linee}]
fields:
  etapes: {label: Etapes, type: list}
  suivi: {label: Suivi, type: text}
directorates: {DPB: }
orientations:
  - number: 1
    title: Se loger
    measures:
      - number: 1
        title: Les toits
        actions:
          - number: 1
            text: Isoler les toits.
            pilots: [DPB]
            associated: []
            years: [2024]
            fields: {etapes: [plan, devis], suivi: non}
"""


@pytest.mark.parametrize(
    ("old", "new", "found"),
    [
        ("linee", "linii", ["-plan levels axe, linea (linee)", "+plan levels axe, linea (linii)"]),
        ("[plan, devis]", "[devis, plan]", []),
        ("suivi: non", "suivi: true", ["-1 suivi non", "+1 suivi true"]),
        ("title: Les", "code: A.1\n        title: Les", ["+measure 1 code A.1"]),
        ("title: Se", "code: A\n    title: Se", ["+orientation 1 code A"]),
        ("title: Se", "code: [A]\n    title: Se", ["+    code: [A]"]),
    ],
)
def test_each_change_of_any_plan_is_shown(differences: Differences, old: str, new: str, found: list[str]) -> None:
    text = ANY.decode()
    assert old in text
    shown = differences(ANY), differences(text.replace(old, new, 1).encode())
    assert [line[0] + line[3:] for line in difflib.ndiff(*shown) if line[0] in "+-"] == found


def test_layout_is_not_shown(differences: Differences) -> None:
    assert differences(SOURCE.replace(b"\n", b"\r\n")) == []
    assert differences(b"\xef\xbb\xbf# a remark\n" + SOURCE) == []


def test_textconv_of_what_is_not_a_plan_is_the_file(differences: Differences) -> None:
    assert [line for line in differences(b"un texte\nun autre\n") if line.startswith("+")] == [
        "+un texte",
        "+un autre",
    ]
