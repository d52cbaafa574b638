"""The plans in ``examples/``: valid, canonical, used as they are meant, and answered by each command."""

import json
import re
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plancli.plan.document import read_document
from plancli.plan.model import Plan, read_plan

pytestmark = pytest.mark.slow

Typed = Callable[..., Any]

ROOT = Path(__file__).parents[1]
EXAMPLES = sorted(ROOT.glob("examples/*.yaml"))
MEANT = {"climate": {"no-pilot": 1}, "open-government": {"no-pilot": 1}, "security": {}}
"""The warnings that each example has on purpose."""

each_example = pytest.mark.parametrize("file", EXAMPLES, ids=lambda file: str(file.stem))


def read(file: Path) -> Plan:
    return read_plan(read_document(file.read_bytes(), file.name).data)


def codes(plan: Plan) -> list[str]:
    return [action.code or str(action.number) for action in plan.actions]


def test_the_examples_are_those_that_the_docs_name() -> None:
    assert [file.stem for file in EXAMPLES] == list(MEANT)


@each_example
def test_examples_have_only_the_diagnostics_that_are_meant(plancli: Typed, file: Path) -> None:
    answer = plancli("validate", str(file), "--format", "json")
    assert answer.code == 0
    found = Counter(each["rule"] for each in json.loads(answer.out)["diagnostics"])
    assert found == MEANT[file.stem]


@each_example
def test_examples_have_canonical_layout(plancli: Typed, file: Path) -> None:
    assert plancli("fmt", "--check", str(file)).code == 0


@each_example
def test_examples_are_true_to_life(file: Path) -> None:
    plan = read(file)
    assert 15 <= len(plan.actions) <= 40
    assert len({action.text for action in plan.actions}) == len(plan.actions)
    entries = [entry for action in plan.actions for entry in action.progress]
    assert {entry.status for entry in entries if entry.status} <= {status.name for status in plan.statuses}
    assert any(not action.progress for action in plan.actions)
    assert max(entry.date for entry in entries) < "2025-10-01"  # no clock makes it a day to come


def test_the_climate_plan_uses_each_type_of_field_and_uneven_depth() -> None:
    plan = read(ROOT / "examples" / "climate.yaml")
    assert [level.name for level in plan.levels] == ["axe", "objectif", "chantier"]
    assert {len(action.place) for action in plan.actions} == {0, 1, 2, 3}
    assert len({field.type for field in plan.declared_fields}) == 5
    assert plan.priorities == ("haute", "moyenne", "basse")
    assert any(action.value("when") and not action.years for action in plan.actions)


def test_the_open_government_plan_has_codes_milestones_and_no_priority() -> None:
    plan = read(ROOT / "examples" / "open-government.yaml")
    assert plan.priorities == ()
    assert all(re.fullmatch(r"AR\d{4}\.\d", str(action.code)) for action in plan.actions)
    assert all(isinstance(action.value("milestones"), tuple | None) for action in plan.actions)


def test_the_security_plan_has_no_levels_and_one_owner_an_action() -> None:
    plan = read(ROOT / "examples" / "security.yaml")
    assert plan.all_groups == ()
    assert all(
        len(action.pilots) == 1 and not action.associated and action.value("due") for action in plan.actions
    )
    assert [unused.number for unused in plan.unused_numbers] == [9]


QUESTIONS = (
    "list",
    "list --full",
    "list --late --on 2025-09-30",
    "list -y 2025 --format json",
    "list --format csv",
    "list --format markdown",
    "summary",
    "summary --format json",
    "summary --by pilot --by status",
    "summary --by year",
    "directorates",
    "progress --on 2025-09-30",
    "progress --since 2025-01-01 --until 2025-06-30 --format markdown",
)


@each_example
@pytest.mark.parametrize("question", QUESTIONS)
@pytest.mark.parametrize("language", ["en", "fr"])
def test_each_question_is_answered(plancli: Typed, file: Path, question: str, language: str) -> None:
    answer = plancli(*question.split(), "--plan", str(file), columns=80, PLANCLI_LANG=language)
    assert answer.code == 0, answer.err
    assert answer.out
    if "--format" not in question:
        assert max(map(len, answer.lines)) <= 80


@each_example
def test_each_action_and_directorate_is_shown(plancli: Typed, file: Path) -> None:
    plan = read(file)
    asked = [*codes(plan), *(each.code for each in plan.directorates)]
    answer = plancli("show", *asked, "--plan", str(file), columns=80)
    assert answer.code == 0, answer.err
    assert max(len(line) for line in answer.lines if "https://" not in line) <= 80  # a link is never broken
    for code in asked:
        assert code in answer.out


@each_example
@pytest.mark.parametrize("ending", ["xlsx", "html", "csv", "json", "md", "db", "docx", "atom"])
def test_each_file_for_others_is_written(plancli: Typed, file: Path, ending: str, tmp_path: Path) -> None:
    made = tmp_path / f"plan.{ending}"
    answer = plancli("export", str(made), "--plan", str(file))
    assert answer.code == 0, answer.err
    assert f"{len(read(file).actions)} actions" in answer.err
    assert made.stat().st_size > 1000


def test_what_the_docs_show_of_the_file_stands_in_an_example() -> None:
    texts = ["\n".join(line.strip() for line in file.read_text("utf-8").splitlines()) for file in EXAMPLES]
    for page in ("any-plan.md", "follow-up.md"):
        shown = re.findall(r"^```yaml\n(.*?)^```$", (ROOT / "docs" / page).read_text("utf-8"), re.S | re.M)
        assert shown
        for fence in shown:
            lines = "\n".join(line.strip() for line in fence.splitlines())
            assert any(lines in text for text in texts), fence
