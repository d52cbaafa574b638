"""Fixes of what a plan declares for itself: levels, codes, words, dates and fields."""

import re
from pathlib import Path

import pytest

from plancli.check.catalogue import RULES
from plancli.check.checker import check
from plancli.edit.fixes import fix
from tests.check.small_plans import edited
from tests.edit.test_fix_laws import IS_SAFE, assert_lawful, commented
from tests.edit.test_fix_laws import SLIPS as PLAN_SLIPS
from tests.gallery.test_gallery import PLANS

CLIMATE = (Path(__file__).parents[2] / "examples" / "climate.yaml").read_text("utf-8")
BUDGET, DUE, VALUES = "budget: 6400000", 'due: "2027-08-31"', "values: [acquis, demandé, à trouver]"

# what stands in the plan, the slip, the rule, whether its fix is safe, what the fix writes (empty: as it was)
SLIPS = [
    ("financeurs: [État, Région]", "financeurs: État, Région]", "wrong-value", True, ""),
    ("code: BAT-01", "code: 99", "wrong-type", True, 'code: "99"'),
    ("code: BAT-01", "code: 1.1", "unquoted-value", True, 'code: "1.1"'),
    (DUE, "due: 2027-08-31", "unquoted-value", True, ""),
    ('- date: "2024-09-12"', "- date: 2024-09-12", "unquoted-value", True, ""),
    (DUE, 'due: "31/08/2027"', "invalid-date", True, ""),
    (DUE, 'due: "2027-8-31"', "invalid-date", True, ""),
    (DUE, 'due: "03/04/2027"', "invalid-date", False, 'due: "2027-04-03"'),
    (DUE, 'due: "08/2027"', "invalid-date", True, 'due: "2027-08"'),
    (DUE, "due: 31 août 2027", "invalid-date", True, ""),
    (DUE, "due: août 2027", "invalid-date", True, 'due: "2027-08"'),
    (DUE, "due: fin août 2027", "invalid-date", None, ""),
    ("priority: haute", "priority: Haute", "undeclared-priority", True, ""),
    ("priority: haute", "priority: hautte", "undeclared-priority", False, ""),
    ("priority: haute", "priority: 3", "undeclared-priority", None, ""),
    ("status: en cours", "status: En cours", "unknown-status", True, ""),
    ("status: réalisé", "status: realise", "unknown-status", True, ""),
    ("status: en cours", "status: en cour", "unknown-status", False, ""),
    ("by: DPB", "by: dpb", "nearly-a-code", True, ""),
    ("by: DPB", "by: DMEQ", "nearly-a-code", False, "by: DMEP"),
    ("associated: []", "associated:", "wrong-type", False, ""),
    ("  LED: ", "   LED: ", "wrong-indentation", True, ""),
    ("  GES: gaz", "  2027: gaz", "key-not-text", True, '  "2027": gaz'),
    ("financement: acquis", "financement: Acquis", "wrong-value", True, ""),
    ("financement: acquis", "financement: acqui", "wrong-value", False, ""),
    ("financeurs: [SDE]", "financeurs: SDE", "wrong-value", True, "financeurs: [SDE]"),
    ("financeurs: [SDE]", "financeurs: [1, 2]", "wrong-value", True, 'financeurs: ["1", "2"]'),
    ("financeurs: [SDE]", "financeurs: [1, annulle]", "wrong-value", True, 'financeurs: ["1", annulle]'),
    ("financeurs: [SDE]", "financeurs: [1, ~]", "wrong-value", None, ""),
    (BUDGET, 'budget: "6400000"', "wrong-value", True, ""),
    (BUDGET, "budget: 6 400 000", "wrong-value", True, ""),
    (BUDGET, "budget: 06400000", "wrong-value", True, ""),
    (BUDGET, "budget: 6400000 €", "wrong-value", False, ""),
    (BUDGET, 'budget: ""', "wrong-value", None, ""),
    (BUDGET, "budget: 12,000", "wrong-value", None, ""),
    (BUDGET, "budget: 6 4", "wrong-value", None, ""),
    (BUDGET, "budget: -6400000 €", "wrong-value", False, "budget: -6400000"),
    (BUDGET, "Budget: 6400000", "unknown-field", True, ""),
    (BUDGET, "budgett: 6400000", "unknown-field", False, ""),
    (BUDGET, "Budget (€ HT): 6400000", "unknown-field", False, ""),
    (VALUES, VALUES.replace("]", ", acquis]"), "choice-values", True, ""),
    ("[haute, moyenne, basse]", "[haute, moyenne, basse, haute]", "repeated-declaration", True, ""),
]


@pytest.mark.parametrize(("right", "slip", "rule", "is_safe", "written"), SLIPS)
def test_a_slip_is_fixed(right: str, slip: str, rule: str, is_safe: bool | None, written: str) -> None:
    assert right in CLIMATE
    text = CLIMATE.replace(right, slip, 1)
    known = {each.rule for each in fix(CLIMATE.encode(), "x").before.diagnostics}
    results = [fix(text.encode(), "plan.yaml", unsafe=unsafe) for unsafe in (False, True)]
    (found,) = [each for each in results[0].before.diagnostics if each.rule == rule and rule not in known]
    assert (found.fix.is_safe if found.fix else None) is is_safe
    wanted = CLIMATE.replace(right, written or right, 1)
    assert results[0].content.decode() == (wanted if is_safe else text)
    assert results[1].content.decode() == (wanted if is_safe is not None else text)


def test_an_amount_that_is_two_numbers_is_told_with_both() -> None:
    text = CLIMATE.replace(BUDGET, "budget: 6,400", 1)
    (found,) = [each for each in fix(text.encode(), "x").before.diagnostics if each.rule == "wrong-value"]
    assert (found.message, found.help) == ("6,400 is not a number", "6,400 can be read as 6400 and as 6.400")


def test_entries_are_put_in_order_unless_a_comment_would_lose_its_place() -> None:
    first, second = '- date: "2024-09-12"', '- date: "2025-09-04"'
    exchanged = CLIMATE.replace(first, "FIRST", 1).replace(second, '- date: "2024-09-12"', 1)
    exchanged = exchanged.replace("FIRST", second, 1)
    fixed = fix(exchanged.encode(), "plan.yaml")
    assert "entries-out-of-order" in {each.rule for each in fixed.before.diagnostics}
    after = fixed.content.decode()
    assert sorted(after) == sorted(exchanged)
    assert after.index("percent: 35") < after.index("percent: 10")
    assert after.index(first) < after.index(second)
    commented = exchanged.replace(second, f"{second}  # relu", 1)
    assert fix(commented.encode(), "plan.yaml").content.decode() == commented


@pytest.mark.parametrize(
    ("right", "slip"),
    [
        ("            pilots: [CCAS]", "\t            pilots: [CCAS]"),
        ("  SDE:", "\t  SDE:"),
        ('- date: "2025-09-04"', '\t- date: "2025-09-04"'),
        ("              - number: 3", "              - number 3"),
        ("    type: number", "\ttype: number"),
        ("                    note: Maître", "                     note: Maître"),
    ],
)
def test_what_follows_a_slip_stays_as_it_is(right: str, slip: str) -> None:
    assert right in CLIMATE
    text = CLIMATE.replace(right, slip, 1)
    assert fix(text.encode(), "plan.yaml").content.decode() in (CLIMATE, text)


def test_a_colon_is_put_back_after_any_key_of_a_report() -> None:
    lines = CLIMATE.split("\n")
    indented = " " * 20
    places = [
        n for n, line in enumerate(lines) if re.match(rf"{indented[2:]}- date:|{indented}(by|percent):", line)
    ]
    assert len(places) > 60
    for number in places[::7]:
        for sign in ("", ";"):
            slipped = "\n".join([*lines[:number], lines[number].replace(":", sign, 1), *lines[number + 1 :]])
            fixed = fix(slipped.encode(), "plan.yaml")
            assert (len(fixed.before.errors), fixed.content.decode() == CLIMATE) == (1, True), lines[number]


def test_each_kind_of_fix_that_a_rule_names_is_seen() -> None:
    texts = [CLIMATE.replace(right, slip, 1).encode() for right, slip, *_rest in SLIPS]
    texts += [edited(slip).encode() for slip in PLAN_SLIPS]
    texts += [file.read_bytes() for file in PLANS.values()]
    texts += [CLIMATE.encode("utf-16"), CLIMATE.encode("cp1252", "replace")]
    found = [each for text in texts for each in check(text, "x").diagnostics if each.fix]
    seen = {(each.rule, each.fix.is_safe) for each in found if each.fix}
    named = {(rule.name, is_safe) for rule in RULES for is_safe in IS_SAFE[rule.fixable]}
    assert seen - named == set()
    assert named - seen == set()


@pytest.mark.slow
@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: str(slip[1]))
def test_fixing_each_slip_in_any_plan_is_lawful(slip: tuple[str, str, str, bool | None, str]) -> None:
    assert_lawful(commented(CLIMATE.replace(slip[0], slip[1], 1)))
