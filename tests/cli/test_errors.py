"""How errors are told: five at most of a refused plan, warnings left out, and what to do."""

import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plancli.cli.errors import ABOUT_A_PLAN, error_lines
from plancli.cli.main import COMMANDS, build, run
from plancli.diagnostic import Diagnostic, InvalidPlan, Severity
from plancli.errors import Usage
from plancli.location import Position, Span
from tests.command import Answer, Stream, run_command
from tests.conftest import PUBLISHED
from tests.repositories import Repo


def diagnostic(line: int, severity: Severity = Severity.ERROR, action: int | None = None) -> Diagnostic:
    span = Span(Position(line, 5), Position(line, 9))
    return Diagnostic("plan.yaml", span, "a-rule", severity, f"fault {line}", detail=", it is", action=action)


def test_five_errors_are_named_and_the_rest_counted() -> None:
    found = (diagnostic(1, Severity.WARNING), *(diagnostic(line) for line in range(2, 9)))
    assert list(error_lines(InvalidPlan("no answer", found), ["list"])) == [
        "plancli: no answer",
        *(f"  plan.yaml:{line}:5  fault {line}, it is" for line in range(2, 7)),
        "  … and 2 more",
        "In place: plancli validate",
    ]


def test_an_action_is_named_by_its_number() -> None:
    lines = list(error_lines(InvalidPlan("no answer", (diagnostic(3, action=9),)), ["list"]))
    assert lines[1] == "  plan.yaml:3:5  action 9: fault 3, it is"


def test_an_error_has_its_hint_on_a_second_line() -> None:
    assert list(error_lines(Usage("what", "do this"), [])) == ["plancli: what", "do this"]
    assert list(error_lines(Usage("what"), [])) == ["plancli: what"]


@pytest.mark.parametrize(
    ("columns", "rows"),
    [
        (80, ["plancli: can't read the action that is another.yaml: No such file or directory"]),
        (40, ["plancli: can't read the action that", "  is another.yaml: No such file or", "  directory"]),
        (
            20,
            [
                "plancli: can't",
                "  read the action",
                "  that is",
                "  another.yaml: No",
                "  such file or",
                "  directory",
            ],
        ),
        (None, ["plancli: can't read the action that is another.yaml: No such file or directory"]),
    ],
)
def test_long_errors_wrap_with_an_indent_on_a_narrow_terminal(
    plancli: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, columns: int, rows: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert (
        plancli("list", "--plan", "the action that is another.yaml", columns=columns).err.splitlines()[:-1] == rows
    )


def test_a_long_word_of_an_error_is_not_broken(
    plancli: Callable[..., Answer], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    lines = plancli("list", "--plan", f"{'x' * 30}.yaml", columns=20).err.splitlines()[:-1]
    assert lines == ["plancli: can't", "  read", f"  {'x' * 30}.yaml:", "  No such file or", "  directory"]


def test_notes_on_standard_error_are_ascii_on_a_dumb_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Stream(terminal=True)
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(sys, "stdout", Stream())
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setenv("COLUMNS", "60")
    assert run(["list", "--plan", str(PUBLISHED), "-d", "DSJ", "-y", "2022"]) == 0
    assert terminal.text().splitlines() == [
        "2 of 31 actions . DSJ in any role . covering 2022 (2022:",
        "  1, 2021-2022: 1)",
    ]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("list -d XXX", "Codes: plancli directorates --plan examples/climate.yaml"),
        ("list 7", "plancli: unexpected 7. Did you mean plancli show 7 --plan examples/climate.yaml?"),
        (
            "list BAT-02",
            "plancli: unexpected BAT-02. Did you mean plancli show BAT-02 --plan examples/climate.yaml?",
        ),
        ("list --status en cours -y 2025", 'plancli: unexpected cours. Did you mean --status "en cours"?'),
        ("list -f financement=à trouver", 'plancli: unexpected trouver. Did you mean -f "financement=à trouver"?'),
        ("list -f Financement=à trouver", 'plancli: unexpected trouver. Did you mean -f "financement=à trouver"?'),
        ("list --sort number action", "plancli: unexpected action. For several values: --sort number,action"),
        ("list -d Grand Ambelle DPB", 'plancli: unexpected Ambelle. Did you mean -d "Grand Ambelle"?'),
        ("list --status en panne", "plancli: unexpected panne. For several values: --status en,panne"),
        ("list --overdue", "plancli: no option --overdue. Did you mean --late?"),
        ("report 2 --status devenu sans objet", 'unexpected sans. Did you mean --status "devenu sans objet"?'),
        ("report 2 --comment x", "plancli: no option --comment. Did you mean --note?"),
        ("set BAT-02 status=réalisé", "plancli report BAT-02 --status réalisé --plan examples/climate.yaml?"),
        ("progress", " to report: plancli report BAT-02 --plan examples/climate.yaml"),
        ("show", "plancli: plancli show needs WHAT"),
    ],
)
def test_what_to_type_next_is_about_the_plan_that_was_named(
    plancli: Callable[..., Any], typed: str, told: str
) -> None:
    answer = plancli(*typed.split(), "--plan", "examples/climate.yaml", columns=160)
    assert told.strip() in answer.out + answer.err


def test_every_command_about_a_plan_names_it_in_hints() -> None:
    app = build([row.name for row in COMMANDS])
    commands = {name: command for name, command in app.commands.items() if not hasattr(command, "commands")}
    about = {
        name
        for name, command in commands.items()
        if any("--plan" in param.opts for param in command.params) and name not in ("validate", "fmt", "lsp")
    }
    assert about == {name for name in ABOUT_A_PLAN if not name.startswith("git")}


CLIMATE = " --plan examples/climate.yaml"


@pytest.mark.parametrize(
    ("typed", "code", "told"),
    [
        ("show O9", 2, "unknown code O9. Did you mean M9?"),
        (
            f"report BAT-02 réalisé{CLIMATE}",
            2,
            "réalisé is a status, not an action. Did you mean --status réalisé?",
        ),
        (f"report BAT-02 status=réalisé{CLIMATE}", 2, "Did you mean --status réalisé?"),
        ("diff nope.yaml", 3, "can't read nope.yaml: No such file or directory"),
        ("diff data/plan.yaml nope.yaml", 3, "can't read nope.yaml: No such file or directory"),
        ("show 3 --plan examples", 3, "One plan is wanted here: name its file"),
        ("log --plan examples", 3, "One plan is wanted here: name its file"),
        ("fmt --check examples", 3, "One plan is wanted here: name its file"),
        ("list data/plan.yaml", 2, "unexpected data/plan.yaml. Did you mean --plan data/plan.yaml?"),
        ("export a.csv b.csv", 2, "See plancli export --help"),
        ("--lang fr list", 2, "The language of answers: export PLANCLI_LANG=fr"),
        ("--lang fr diff", 2, "Options stand after the command: plancli diff --lang fr"),
        ("STATUT", 2, "Did you mean plancli progress?"),
        ("list -f axe=2", 2, "Fields: orientation, measure"),
        ("summary --by Status", 2, "The plan declares no statuses. To begin: plancli progress --start"),
        ("summary --by status", 2, "The plan declares no statuses. To begin: plancli progress --start"),
        ("9", 2, "no command 9. Did you mean plancli show 9?"),
        ("DHUP", 2, "no command DHUP. Did you mean plancli show DHUP?"),
        ("directorates DHUP", 2, "unexpected DHUP. Did you mean plancli show DHUP?"),
        ("move 16 8", 2, "unexpected 8. Did you mean --measure 8?"),
        ("move 16", 2, "See plancli move --help"),
        ("set DHUP name=x", 2, "To say more about it: plancli declare DHUP"),
        ("list --format md", 2, "no format md. Did you mean --format markdown?"),
        ("export nodir/a.csv", 3, "Make the folder first: mkdir -p nodir"),
        ("log --since 2026 --until 2025", 2, "the time ends before it begins: 2026-01-01, 2025-12-31"),
        ("import a.csv b.csv", 2, "Several bring one up to date: --into PATH"),
        ("import table.csv --map Pilote=pilot", 2, "can't be taken for “pilot”. Did you mean pilots?"),
    ],
)
def test_a_slip_is_told_with_what_to_do(plancli: Callable[..., Any], typed: str, code: int, told: str) -> None:
    answer = plancli(*typed.split())
    assert (answer.code, answer.out) == (code, "")
    assert told in answer.err


def test_a_plan_that_the_environment_names_is_told_so(plancli: Callable[..., Any]) -> None:
    answer = plancli("list", PLANCLI_PLAN="nope.yaml")
    assert answer.code == 3
    assert answer.err.splitlines()[1] == "$PLANCLI_PLAN names it. Name another: --plan PATH"


@pytest.mark.parametrize("typed", ["2026", "2021-13-01", "31/02/2021", "1/1/70", "24.6.21", "2021-02"])
def test_what_is_no_date_for_a_revision_is_told_so(plancli: Callable[..., Any], repo: Repo, typed: str) -> None:
    repo.commit(PUBLISHED.read_bytes())
    answer = plancli("list", "--at", typed)
    assert answer.code == 3
    if typed == "2021-02":
        assert answer.err == "plancli: there was no commit yet on 28 Feb 2021\n"
    else:
        assert answer.err.splitlines()[1] == "A date is a day or a month that there is: 2021-06-24, 2021-06"


def test_no_year_is_guessed_for_an_unknown_calendar(plancli: Callable[..., Any]) -> None:
    told = "plancli: unknown calendar 2023 (2021, 2022, 2021-2022)\n"
    assert plancli("list", "--calendar", "2023") == (2, "", told)


def test_the_first_two_levels_are_counted_by_their_usual_names_too(plancli: Callable[..., Any]) -> None:
    named = plancli("summary", "--by", "axe", *CLIMATE.split())
    assert (named.code, plancli("summary", "--by", "orientation", *CLIMATE.split())) == (0, named)


LINK = "it is a link to gone.yaml, which isn't there"


def make_link(file: Path) -> None:
    file.symlink_to("gone.yaml")


def make_pipe(file: Path) -> None:
    os.mkfifo(file)


@pytest.mark.parametrize(
    ("make", "reason", "line"),
    [
        *((make_link, LINK, line) for line in ("", "list", "validate", "fmt", "set 9 priority=1")),
        (make_pipe, "nobody writes into this pipe", "list"),
        (Path.mkdir, "Is a directory", "list"),
    ],
)
def test_what_stands_in_the_place_of_a_plan_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None], reason: str, line: str
) -> None:
    (tmp_path / "data").mkdir()
    make(tmp_path / "data" / "plan.yaml")
    monkeypatch.chdir(tmp_path)
    code, _out, err = run_command(*line.split())
    assert code == (3 if line else 0)
    assert err.splitlines()[0] == f"plancli: can't read data/plan.yaml: {reason}"
