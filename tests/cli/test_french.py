"""The command line in French: Typer's own words too, which it translates none of."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plancli.cli.main import COMMANDS
from tests.conftest import PUBLISHED
from tests.repositories import Repo

Typed = Callable[..., Any]
CLIMATE = PUBLISHED.parents[1] / "examples" / "climate.yaml"

TYPERS = (
    "Usage:",
    "Try ",
    "Error",
    "No such",
    "Invalid value",
    "Missing",
    "Got unexpected",
    "requires an argument",
    "Show this message",
    "Options:",
    "Commands:",
    "Arguments:",
    "[required]",
    "[default",
)


@pytest.fixture
def french(plancli: Typed, monkeypatch: pytest.MonkeyPatch) -> Typed:
    monkeypatch.setenv("PLANCLI_LANG", "fr")
    return plancli


PAGES = ["", *(command.name for command in COMMANDS), "git install", "git uninstall", "git status"]


@pytest.mark.parametrize("command", PAGES)
def test_help_has_none_of_typers_words(french: Typed, command: str) -> None:
    answer = french(*command.split(), "--help")
    assert answer.code == 0
    about = answer.out.split("\n\n")[1]
    assert (about[0].isupper(), about[-1]) == (True, "."), "each page says what the command does"
    assert answer.out.startswith("Usage\u00a0: plancli")
    assert "Afficher cette aide." in answer.out
    assert [word for word in TYPERS if word in answer.out] == []


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("liste", "plancli: commande inconnue\u00a0: liste. Vouliez-vous dire list\u202f?"),
        ("list --pilote DSJ", "plancli: option inconnue\u00a0: --pilote. Vouliez-vous dire --pilot\u202f?"),
        ("list -d DSJ DACS", "plancli: argument inattendu\u00a0: DACS. Pour plusieurs valeurs\u00a0: -d DSJ,DACS"),
        ("list -d DHPU", "plancli: direction inconnue\u00a0: DHPU. Vouliez-vous dire DHUP\u202f?"),
        (
            "list -p DHUP",
            "plancli: DHUP est une direction, pas une priorité (1, 2). Vouliez-vous dire -d DHUP\u202f?",
        ),
        ("list -d", "plancli: -d attend une valeur"),
        ("list --full=yes", "plancli: --full ne prend pas de valeur"),
        ("list --format xml", "plancli: format inconnu\u00a0: xml"),
        ("show", "plancli: plancli show attend QUOI"),
        ("log -n x", "plancli: --max-count attend un nombre entier, 1 ou plus"),
        ("log -n 0", "plancli: --max-count attend un nombre entier, 1 ou plus"),
        ("git", "plancli: plancli git attend COMMANDE"),
        ("git instal", "plancli: commande inconnue\u00a0: instal. Vouliez-vous dire install\u202f?"),
        ("git install plan.yaml", "plancli: argument inattendu\u00a0: plan.yaml"),
        ("git merge-driver a b c x p", "plancli: TAILLE attend un nombre entier"),
        ("list -pilot DSJ", "plancli: option inconnue\u00a0: -pilot. Vouliez-vous dire --pilot\u202f?"),
        ("list --by year", "plancli: option inconnue\u00a0: --by"),
        ("diff a b c", "plancli: argument inattendu\u00a0: c"),
        ("summary --by mesure", "plancli: dimension inconnue\u00a0: mesure. Vouliez-vous dire measure\u202f?"),
        ("export", "plancli: plancli export attend FICHIER"),
        ("export a.html --lang de", "plancli: langue inconnue\u00a0: de"),
        ("diff --lang de", "plancli: langue inconnue\u00a0: de"),
        ("list --output /nowhere/a.csv", "plancli: impossible d'écrire /nowhere/a.csv\u00a0: ce fichier ou ce"),
        ("show 26", "plancli: il n'y a pas d'action 26\u00a0: Absent du tableau publié."),
        ("--foo list", "plancli: pas d'option --foo avant la commande"),
        (
            "list --plan nowhere.yaml",
            "plancli: impossible de lire nowhere.yaml\u00a0: ce fichier ou ce dossier n'existe pas",
        ),
    ],
)
def test_usage_errors_in_french(french: Typed, line: str, wanted: str) -> None:
    answer = french(*line.split())
    assert answer.code in (2, 3)
    assert answer.out == ""
    assert answer.err.splitlines()[0].startswith(wanted)
    assert [word for word in TYPERS if word in answer.err] == []


def test_a_day_before_the_first_commit(french: Typed, repo: Repo) -> None:
    repo.write("data/plan.yaml", PUBLISHED.read_bytes())
    assert french("list", "--at", "1999-01-01").err.startswith("plancli: il n'y a pas encore de commit\n")
    repo.commit()
    answer = french("list", "--at", "1999-01-01")
    assert (answer.code, answer.out) == (3, "")
    assert answer.err.startswith("plancli: il n'y avait pas encore de commit le 1er janvier 1999\n")


def test_the_environment_is_asked_for_each_command(plancli: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLANCLI_LANG")
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES"):
        monkeypatch.delenv(name, raising=False)
    for value, word in (("fr_FR.UTF-8", "Pilotes"), ("C.UTF-8", "Pilots"), ("fr_CA", "Pilotes")):
        monkeypatch.setenv("LANG", value)
        assert word in plancli("list").out.splitlines()[0]


@pytest.mark.parametrize(
    "line", ["", "summary -t xyz", "show 10", "progress", "export plan.md", "export plan.html"]
)
def test_the_case_of_the_plans_language_makes_no_difference(
    plancli: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, line: str
) -> None:
    monkeypatch.chdir(tmp_path)
    text = CLIMATE.read_text("utf-8")
    answers = []
    for language in ("fr", "FR"):
        (tmp_path / "plan.yaml").write_text(text.replace("language: fr", f"language: {language}"), "utf-8")
        answers.append(
            [*plancli(*line.split()), *(file.read_text("utf-8") for file in tmp_path.glob("plan.[mh]*"))]
        )
    assert answers[0] == answers[1]


def test_a_language_that_only_begins_like_french_is_not_french(
    plancli: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    text = CLIMATE.read_text("utf-8").replace("language: fr", "language: frr")
    (tmp_path / "plan.yaml").write_text(text, "utf-8")
    assert '"14 km": La carte' in plancli("show", "10").out
