"""What a change comes to, for whom, and by the rules."""

from collections.abc import Callable

from plancli.check.checker import Checked, check
from plancli.diagnostic import Diagnostic, Severity
from plancli.exchange.data import plan_data
from plancli.location import Position, Span
from plancli.output.renderers import render
from plancli.output.views.review import review_view
from plancli.plan.writer import dump
from plancli.review.change import ChangeKind, Review
from plancli.review.review import filter_by_directorates, review
from tests.output.made_plans import action, made
from tests.review.edits import PLAN, SOURCE, Edits, calendar_2022

OLD = check(SOURCE, "plan.yaml")


def edited(edit: Callable[[Edits], None]) -> Checked:
    edits = Edits()
    edit(edits)
    return check(edits.source(), "plan.yaml")


def reviewed(edit: Callable[[Edits], None]) -> Review:
    return review(OLD, edited(edit))


def impacts(found: Review) -> dict[str, list[tuple[str, int | str | None, int, int]]]:
    return {
        each.code: [(s.metric.value, s.value, s.before, s.after) for s in each.count_changes]
        for each in found.impacts
    }


def test_the_branch_of_the_example() -> None:
    found = reviewed(calendar_2022)
    assert found.summary == {
        ChangeKind.ADDED: 0,
        ChangeKind.REMOVED: 0,
        ChangeKind.MOVED: 1,
        ChangeKind.RENUMBERED: 0,
        ChangeKind.CHANGED: 4,
        ChangeKind.RETITLED: 0,
        ChangeKind.DECLARED: 0,
        ChangeKind.REORDERED: 0,
        ChangeKind.REPORTED: 0,
    }
    assert found.sign_off == (
        ("DIHAL", (8, 13, 19, 24, 28)),
        ("DACS", (8, 19, 28)),
        ("DSJ", (8, 19, 28)),
        ("DHUP", (13, 24)),
    )
    assert list(impacts(found).items()) == [
        ("DSJ", [("pilot", None, 0, 1), ("year", 2022, 2, 3)]),
        ("DACS", [("year", 2022, 1, 2)]),
        ("DHUP", [("priority", 1, 9, 10)]),
        ("DIHAL", [("year", 2022, 16, 17), ("priority", 1, 21, 22)]),
    ]
    assert not found.layout_only
    assert found.emptied == ()


def test_review_of_one_directorate() -> None:
    found = filter_by_directorates(reviewed(calendar_2022), frozenset({"DSJ"}))
    assert [change.action for change in found.changes] == [8, 19, 28, 28]
    assert found.unrelated == (13, 24)
    assert found.sign_off == (("DSJ", (8, 19, 28)),)
    assert list(impacts(found)) == ["DSJ"]


def test_a_new_number_alone_asks_nobody() -> None:
    found = reviewed(lambda e: e.renumber({n: n - 1 for n in range(27, 33)}))
    assert found.summary[ChangeKind.RENUMBERED] == 6
    assert found.sign_off == ()
    assert found.impacts == ()


def test_sign_off_asks_directorates_that_took_part_before() -> None:
    def edit(e: Edits) -> None:
        e.action(30)["associated"] = ["DSS"]

    assert reviewed(edit).sign_off == (("DHUP", (30,)), ("DIHAL", (30,)), ("DSS", (30,)))


def test_declarations_and_another_order_ask_nobody() -> None:
    def edit(e: Edits) -> None:
        e.data["directorates"]["ANCT"] = None
        e.action(9)["pilots"].reverse()

    found = reviewed(edit)
    assert found.sign_off == ()
    assert (found.summary[ChangeKind.REORDERED], found.summary[ChangeKind.DECLARED]) == (1, 1)


def test_a_title_is_for_the_pilots_of_the_actions_under_it() -> None:
    def edit(e: Edits) -> None:
        e.measure(2)["title"] = "Aider les commissions"

    pilots = (("DIHAL", (4, 5, 6, 8, 9)), ("DHUP", (5, 7)), ("DMAT", (9,)), ("SAFSL", (7,)))
    assert reviewed(edit).sign_off == pilots
    assert filter_by_directorates(reviewed(edit), frozenset({"DMAT"})).sign_off == (("DMAT", (9,)),)


def test_a_measure_that_moves_is_for_the_pilots_of_its_actions() -> None:
    def edit(e: Edits) -> None:
        measure = e.data["orientations"][0]["measures"].pop(1)
        e.data["orientations"][1]["measures"].insert(0, measure)

    found = reviewed(edit)
    assert [code for code, _numbers in found.sign_off] == ["DIHAL", "DHUP", "DMAT", "SAFSL"]
    assert found.summary[ChangeKind.MOVED] == 1
    assert found.counts[ChangeKind.MOVED] == 0


def test_the_period_and_the_title_are_for_all_pilots() -> None:
    def edit_title(e: Edits) -> None:
        e.data["title"] += " bis"

    def edit_period(e: Edits) -> None:
        e.data["period"]["end"] = 2023

    pilots = {
        code: {a.number for a in PLAN.actions if code in a.pilots} for b in PLAN.actions for code in b.pilots
    }
    for edit in (edit_title, edit_period):
        assert {code: set(numbers) for code, numbers in reviewed(edit).sign_off} == pilots


def test_ministries_have_the_actions_of_their_directorates() -> None:
    assert ("Justice", (8, 19, 28)) in reviewed(calendar_2022).ministries


def test_a_summary_counts_actions_and_not_facts() -> None:
    def edit(e: Edits) -> None:
        e.action(30).update(priority=1, years=[2021], associated=[])
        e.move(30, 9)

    found = reviewed(edit)
    assert len(found.changes) == 4
    assert (found.summary[ChangeKind.CHANGED], found.summary[ChangeKind.MOVED]) == (1, 1)


def test_review_of_layout_only() -> None:
    assert review(OLD, check(b"# a remark\n" + SOURCE, "plan.yaml")).layout_only
    assert not review(OLD, OLD).layout_only


def test_impacts_say_which_directorates_enter_or_leave() -> None:
    def edit(e: Edits) -> None:
        e.data["directorates"]["ANCT"] = None
        e.action(22)["associated"] = ["DGCL", "ANCT", "DILP"]

    found = {each.code: (each.enters, each.leaves) for each in reviewed(edit).impacts}
    assert found == {"ANCT": (True, False), "CGET": (False, True)}


def test_a_measure_left_empty() -> None:
    def edit(e: Edits) -> None:
        e.move(10, 2)
        e.move(11, 2)
        e.data["orientations"][0]["measures"].append({"number": 10, "title": "Nouvelle", "actions": []})

    assert [measure.number for measure in reviewed(edit).emptied] == [3]


def test_every_year_and_priority_that_differs() -> None:
    """Postponed and removed: counts fall, and with fewer actions no priority follows from the others."""

    def edit(e: Edits) -> None:
        e.action(16)["years"] = [2022]
        e.take(29)

    assert impacts(reviewed(edit))["DIHAL"] == [
        ("pilot", None, 30, 29),
        ("year", 2021, 22, 20),
        ("priority", 1, 21, 20),
    ]


def problem(action: int | None, check: str = "no-pilot", value: str = "", line: int = 1) -> Diagnostic:
    span = Span(Position(line, 1), Position(line, 2))
    return Diagnostic("plan.yaml", span, check, Severity.WARNING, "a message", action=action, value=value)


def with_problems(checked: Checked, *problems: Diagnostic) -> Checked:
    return checked._replace(diagnostics=problems)


def test_problems_new_and_fixed() -> None:
    old = with_problems(OLD, problem(9), problem(9), problem(10))
    new = with_problems(edited(calendar_2022), problem(9, line=40), problem(24))
    found = review(old, new)
    assert found.new_problems == (problem(24),)
    assert found.fixed_problems == (problem(9), problem(10))


def test_a_problem_follows_its_action_to_another_number() -> None:
    old = with_problems(OLD, problem(32, value="32"), problem(32, "unknown-directorate", "DGLC"))
    new = edited(lambda e: e.renumber({32: 33}))
    found = review(old, with_problems(new, problem(33, value="33"), problem(33, "unknown-directorate", "DGLC")))
    assert (found.new_problems, found.fixed_problems) == ((), ())


def test_missing_numbers_stay_the_same_problem_where_actions_change_places() -> None:
    first, second = "Faire une première chose utile.", "Construire des logements neufs."

    def plan(*actions: tuple[int, str]) -> Checked:
        edits = Edits()
        made = [{**edits.action(12), "number": number, "text": text} for number, text in actions]
        del edits.data["orientations"][1:]
        edits.data["orientations"][0]["measures"] = [{"number": 1, "title": "Mesure", "actions": made}]
        return check(edits.source(), "plan.yaml")

    for old, new in (
        (plan((5, first), (6, second)), plan((5, second), (6, first))),
        (plan((5, first), (5, second)), plan((5, first))),
    ):
        found = review(old, new)
        assert "missing-number" not in {each.rule for each in (*found.new_problems, *found.fixed_problems)}
    found = review(plan((5, first), (6, second)), plan((4, first), (6, second)))
    assert [each.value for each in found.new_problems if each.rule == "missing-number"] == ["1-3", "5-5"]


def test_a_problem_goes_with_the_action_that_had_it() -> None:
    def edit(e: Edits) -> None:
        e.action(24)["text"] = "Publier chaque trimestre un tableau de bord des expulsions évitées."

    found = review(with_problems(OLD, problem(24)), with_problems(edited(edit), problem(24)))
    assert len(found.new_problems) == len(found.fixed_problems) == 1


def test_problems_of_a_number_that_stands_twice_on_both_sides() -> None:
    both = with_problems(edited(lambda e: e.renumber({29: 28})), problem(28), problem(28, value="28"))
    found = review(both, both)
    assert (found.new_problems, found.fixed_problems) == ((), ())


def test_the_sentences_of_a_review_have_the_thousands_of_counts_apart() -> None:
    old, new = (made(*(action(number, priority=rank) for number in range(1, 1201))) for rank in (1, 2))
    before, after = (check(dump(plan_data(plan)).encode(), "plan.yaml") for plan in (old, new))
    found = review(before, after)
    said = render(review_view(found, "old → new")).text
    assert "priority 1: 1,200 → 0" in said
    assert "Plan: 0 to add, 1,200 to change, 0 to move, 0 to remove, 0 renumbered." in said
    said = render(review_view(filter_by_directorates(found, frozenset(["AA"])), "old → new", ["AA"])).text
    assert "AA takes part in 1,200 of the 1,200 actions that change" in said
    assert "AA: 1,200 to change" in said
