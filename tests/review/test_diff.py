"""What two plans differ in: edits of the real plan as people make them, and laws."""

from collections.abc import Callable
from typing import Any

import pytest

from plancli.plan.model import Plan, read_plan
from plancli.review.change import Change, ChangeKind
from plancli.review.diff.comparison import compare
from plancli.review.diff.identity import similarity
from plancli.review.diff.matching import match
from tests.review.edits import DATA, PLAN, Edits

Fact = tuple[str, int | None, int | None, str | None, Any, Any]


def facts(old: Plan, new: Plan) -> list[Fact]:
    return [(c.kind.value, c.action, c.was, c.field, c.old, c.new) for c in compare(old, new)]


def text(number: int) -> str:
    return str(Edits().action(number)["text"])


def edited(edit: Callable[[Edits], None]) -> list[Fact]:
    edits = Edits()
    edit(edits)
    return facts(PLAN, edits.plan())


# The twelve edits on which seven diff tools were wrong, and more of their kind.


def test_diff_of_a_plan_with_itself() -> None:
    assert compare(PLAN, PLAN) == []


def test_diff_of_a_priority() -> None:
    def edit(e: Edits) -> None:
        e.action(13)["priority"] = 1

    assert edited(edit) == [("changed", 13, 13, "priority", 2, 1)]


def test_whole_fields_old_and_new() -> None:
    def edit(e: Edits) -> None:
        e.action(28)["pilots"] = ["DIHAL", "DSJ"]
        e.action(28)["associated"] = ["DACS"]

    assert edited(edit) == [
        ("changed", 28, 28, "pilots", ("DIHAL",), ("DIHAL", "DSJ")),
        ("changed", 28, 28, "associated", ("DSJ", "DACS"), ("DACS",)),
    ]


def test_diff_of_a_moved_action() -> None:
    def edit(e: Edits) -> None:
        e.move(24, 8)

    assert edited(edit) == [("moved", 24, 24, "measure", 7, 8)]


def test_renumbered_and_edited() -> None:
    """Number-keyed tools say that two texts changed; here one action has a new number and a word."""

    def edit(e: Edits) -> None:
        e.renumber({32: 26})
        e.action(26)["text"] = text(32).replace("volontariste", "ambitieuse")
        e.action(26)["years"] = [2022]

    new = text(32).replace("volontariste", "ambitieuse")
    assert edited(edit) == [
        ("renumbered", 26, 32, "number", 32, 26),
        ("changed", 26, 32, "text", text(32), new),
        ("changed", 26, 32, "years", (2021, 2022), (2022,)),
    ]


def test_moved_and_renumbered() -> None:
    def edit(e: Edits) -> None:
        e.move(24, 8)
        e.renumber({24: 26})

    assert edited(edit) == [("moved", 26, 24, "measure", 7, 8), ("renumbered", 26, 24, "number", 24, 26)]


def test_moved_renumbered_and_edited() -> None:
    def edit(e: Edits) -> None:
        action = e.move(25, 8)
        e.renumber({25: 33})
        action["text"] = action["text"].replace("mauvaise volonté", "mauvaise foi")
        action["priority"] = 1

    kinds = [(kind, action, was, field) for kind, action, was, field, _old, _new in edited(edit)]
    assert kinds == [
        ("moved", 33, 25, "measure"),
        ("renumbered", 33, 25, "number"),
        ("changed", 33, 25, "text"),
        ("changed", 33, 25, "priority"),
    ]


def test_order_of_lists_is_layout() -> None:
    def edit(e: Edits) -> None:
        e.action(3)["years"].reverse()
        e.measure(2)["actions"].reverse()
        e.data["orientations"].reverse()
        e.data["directorates"] = dict(reversed(e.data["directorates"].items()))
        e.data["source_notes"].reverse()
        e.data["glossary"] = dict(reversed(e.data["glossary"].items()))

    assert edited(edit) == []


def test_another_order_of_codes_is_a_fact() -> None:
    def edit(e: Edits) -> None:
        e.action(5)["pilots"] = ["DIHAL", "DHUP"]
        e.action(8)["associated"] = ["DSJ", "DACS"]

    assert edited(edit) == [
        ("reordered", 5, 5, "pilots", ("DHUP", "DIHAL"), ("DIHAL", "DHUP")),
        ("reordered", 8, 8, "associated", ("DACS", "DSJ"), ("DSJ", "DACS")),
    ]


def test_another_order_beside_a_new_code() -> None:
    def edit(e: Edits) -> None:
        e.action(5)["pilots"] = ["DIHAL", "DGCL", "DHUP"]
        e.action(8)["associated"] = ["DB", "DACS", "DSJ"]

    assert [each[:4] for each in edited(edit)] == [
        ("changed", 5, 5, "pilots"),
        ("reordered", 5, 5, "pilots"),
        ("changed", 8, 8, "associated"),
    ]


def test_a_code_that_stands_twice_is_no_other_order() -> None:
    assert edited(lambda e: e.action(8).update(associated=["DACS", "DSJ", "DACS"])) == []


def test_one_action_taken_out_and_all_after_it_renumbered() -> None:
    """As people do after a deletion: 27 to 32 become 26 to 31."""

    def edit(e: Edits) -> None:
        e.data["unused_numbers"] = []
        e.renumber({number: number - 1 for number in range(27, 33)})

    found = edited(edit)
    assert found[:-1] == [("renumbered", n, n + 1, "number", n + 1, n) for n in range(26, 32)]
    assert found[-1][:4] == ("declared", None, None, "unused_numbers")
    assert found[-1][5] is None


def test_swap_of_two_numbers() -> None:
    def edit(e: Edits) -> None:
        e.renumber({28: 29, 29: 28})

    assert edited(edit) == [
        ("renumbered", 28, 29, "number", 29, 28),
        ("renumbered", 29, 28, "number", 28, 29),
    ]


def test_swap_of_two_texts_under_their_numbers() -> None:
    """What is asked of whom stays with the number; the text goes: the text decides."""

    def edit(e: Edits) -> None:
        e.renumber({12: 13, 13: 12})
        first, second = e.action(12), e.action(13)
        for key in ("pilots", "associated", "years", "priority"):
            first[key], second[key] = second[key], first[key]

    assert [fact[:4] for fact in edited(edit)] == [
        ("renumbered", 12, 13, "number"),
        ("changed", 12, 13, "associated"),
        ("changed", 12, 13, "years"),
        ("changed", 12, 13, "priority"),
        ("renumbered", 13, 12, "number"),
        ("changed", 13, 12, "associated"),
        ("changed", 13, 12, "years"),
        ("changed", 13, 12, "priority"),
    ]


def test_number_given_to_another_text() -> None:
    def edit(e: Edits) -> None:
        e.action(24)["text"] = "Publier chaque trimestre un tableau de bord des expulsions évitées."

    assert edited(edit) == [("removed", 24, 24, None, None, None), ("added", 24, None, None, None, None)]


def test_reworded_but_itself() -> None:
    """Under its own number, six words in ten are enough."""

    def edit(e: Edits) -> None:
        e.action(24)["text"] = (
            "Définir avec les associations une méthodologie réglementaire de calcul du reste pour vivre, "
            "qui fixe la capacité de maintien d'un locataire dans son logement."
        )

    assert [fact[:4] for fact in edited(edit)] == [("changed", 24, 24, "text")]


def test_reworded_elsewhere_is_another() -> None:
    def edit(e: Edits) -> None:
        action = e.action(24)
        action["number"] = 26
        action["text"] = (
            "Définir avec les associations une méthodologie réglementaire de calcul du reste pour vivre, "
            "qui fixe la capacité de maintien d'un locataire dans son logement."
        )

    assert edited(edit) == [("removed", 24, 24, None, None, None), ("added", 26, None, None, None, None)]


def test_diff_of_an_action_split_in_two() -> None:
    """The half that keeps the number and enough of the text is the action; the other half is new."""
    first, second = text(27).split(" 2/ ")

    def edit(e: Edits) -> None:
        e.action(27)["text"] = first
        e.measure(7)["actions"].append({**e.action(27), "number": 33, "text": second})

    assert edited(edit) == [
        ("changed", 27, 27, "text", text(27), first),
        ("added", 33, None, None, None, None),
    ]


def test_diff_of_added_and_removed_actions() -> None:
    def edit(e: Edits) -> None:
        e.take(30)
        e.measure(9)["actions"].append({**e.action(31), "number": 33, "text": "Ouvrir une ligne d'écoute."})

    assert edited(edit) == [("removed", 30, 30, None, None, None), ("added", 33, None, None, None, None)]


def test_a_copy_leaves_the_original_itself() -> None:
    def edit(e: Edits) -> None:
        e.measure(8)["actions"].append({**e.action(28), "number": 33})

    assert edited(edit) == [("added", 33, None, None, None, None)]


def test_the_exact_text_goes_before_the_near_one() -> None:
    def edit(e: Edits) -> None:
        e.renumber({30: 33})
        e.measure(8)["actions"].append({**e.action(33), "number": 30, "text": text(30).replace("PCS", "plan")})

    assert [fact[:3] for fact in edited(edit)] == [("added", 30, None), ("renumbered", 33, 30)]


TWIN = "Renforcer les effectifs en charge de l'instruction des demandes des bailleurs dans chaque préfecture."


def twins(*rows: tuple[int, str, str, str, list[int]]) -> Plan:
    """Make a plan of one measure; a row is (number, text, pilot, associated, years)."""
    actions = [
        {"number": number, "text": text, "pilots": [pilot], "associated": [other], "years": years, "priority": 1}
        for number, text, pilot, other, years in rows
    ]
    measure = {"number": 1, "title": "Une mesure", "actions": actions}
    orientation = {"number": 1, "title": "Une orientation", "measures": [measure]}
    return read_plan({**DATA, "source_notes": [], "orientations": [orientation]})


def test_of_two_actions_of_one_text_roles_and_years_tell_which_was_renumbered() -> None:
    old = twins((1, TWIN, "DHUP", "DB", [2021]), (2, TWIN, "DSJ", "DSS", [2022]))
    near = TWIN.replace("chaque", "toute")
    new = twins((1, near, "DHUP", "DB", [2021]), (3, TWIN, "DSJ", "DSS", [2022]))
    assert facts(old, new) == [("changed", 1, 1, "text", TWIN, near), ("renumbered", 3, 2, "number", 2, 3)]
    assert match(old, new).assumed == ()


def test_two_numbers_exchanged_between_actions_of_one_text() -> None:
    old = twins((1, TWIN, "DHUP", "DB", [2021]), (2, TWIN, "DSJ", "DSS", [2022]))
    new = twins((2, TWIN, "DHUP", "DB", [2021]), (1, TWIN, "DSJ", "DSS", [2022]))
    assert [fact[:4] for fact in facts(old, new)] == [
        ("renumbered", 1, 2, "number"),
        ("renumbered", 2, 1, "number"),
    ]


def test_the_one_of_two_near_texts_that_was_removed() -> None:
    """The number went to the twin; its years and roles say that it is the twin, and the text nearly does."""
    near = TWIN.replace("chaque", "toute")
    old = twins((1, TWIN, "DHUP", "DB", [2021]), (2, near, "DSJ", "DSS", [2022]))
    new = twins((1, near.replace("demandes", "dossiers"), "DSJ", "DSS", [2022]))
    assert [fact[:3] for fact in facts(old, new)] == [
        ("removed", 1, 1),
        ("renumbered", 1, 2),
        ("changed", 1, 2),
    ]


def test_two_matches_as_good_as_each_other_are_an_assumption() -> None:
    """One pilot more or less, or two numbers: either may have been exchanged."""
    old = twins((1, TWIN, "DHUP", "DB", [2021]), (2, TWIN, "DSJ", "DB", [2021]))
    new = twins((1, TWIN, "DSJ", "DB", [2021]), (2, TWIN, "DHUP", "DB", [2021]))
    assumed = match(old, new).assumed
    assert [(each.before.number, each.after and each.after.number) for each in assumed] == [(1, 1), (2, 2)]
    assert [[other and other.number for other in each.others] for each in assumed] == [[2], [1]]


def test_measures_of_one_title_are_told_by_their_actions() -> None:
    def edit(e: Edits) -> None:
        for number in (1, 2):
            e.measure(number)["title"] = "Gouvernance et suivi"

    base = Edits()
    edit(base)
    edits = Edits(base.data)
    edits.renumber({1: 2, 2: 1}, "measure")
    measures = edits.data["orientations"][0]["measures"]
    measures[0], measures[1] = measures[1], measures[0]
    found = facts(base.plan(), edits.plan())
    assert [(kind, field) for kind, _action, _was, field, _old, _new in found] == [("declared", "measures")] * 2


def test_spaces_and_case_in_a_text_are_a_change() -> None:
    def edit(e: Edits) -> None:
        e.action(1)["text"] = text(1).replace("Définir la", "DÉFINIR  la")

    assert [fact[:4] for fact in edited(edit)] == [("changed", 1, 1, "text")]


def test_a_number_twice_on_one_side() -> None:
    """Invalid, yet it has the shape of a plan: the texts tell which is which."""

    def edit(e: Edits) -> None:
        e.renumber({29: 28})

    assert [fact for fact in edited(edit) if fact[0] != "declared"] == [("renumbered", 28, 29, "number", 29, 28)]


def test_diff_of_titles() -> None:
    def edit(e: Edits) -> None:
        e.data["title"] += ", version 2"
        e.data["orientations"][1]["title"] = "Coordonner"
        e.measure(8)["title"] = "Aider au maintien"

    changes = compare(PLAN, changed(edit))
    assert [(c.kind, c.field, c.action, c.measure, c.orientation) for c in changes] == [
        (ChangeKind.RETITLED, "plan", None, None, None),
        (ChangeKind.RETITLED, "orientation", None, None, 2),
        (ChangeKind.RETITLED, "measure", None, 8, 3),
    ]
    assert changes[1].old == DATA["orientations"][1]["title"]
    assert changes[1].new == "Coordonner"


def changed(edit: Callable[[Edits], None], data: dict[str, Any] = DATA) -> Plan:
    edits = Edits(data)
    edit(edits)
    return edits.plan()


def test_a_measure_inserted_renumbers_those_after_it() -> None:
    """Nothing moves: the measures keep their titles and their actions."""

    def edit(e: Edits) -> None:
        e.renumber({number: number + 1 for number in range(3, 10)}, "measure")
        e.data["orientations"][0]["measures"].insert(
            2, {"number": 3, "title": "Former les acteurs", "actions": []}
        )

    found = edited(edit)
    assert [fact[:4] for fact in found] == [("declared", None, None, "measures")] * 8
    assert found[0][4:] == (None, (("number", 3), ("orientation", 1), ("title", "Former les acteurs")))
    assert [(dict(old)["number"], dict(new)["number"]) for *_fact, old, new in found[1:]] == [
        (n, n + 1) for n in range(3, 10)
    ]


def test_titles_of_two_measures_exchanged() -> None:
    """The actions stay with the numbers: titles changed, and no action moved."""

    def edit(e: Edits) -> None:
        first, second = e.measure(4), e.measure(6)
        first["title"], second["title"] = second["title"], first["title"]

    found = compare(PLAN, changed(edit))
    assert [(c.kind, c.field, c.measure) for c in found] == [
        (ChangeKind.RETITLED, "measure", 4),
        (ChangeKind.RETITLED, "measure", 6),
    ]


def test_a_measure_with_another_number_and_another_title_is_known_by_its_actions() -> None:
    def edit(e: Edits) -> None:
        e.renumber({4: 6, 6: 4}, "measure")
        e.measure(6)["title"] = "Piloter"

    found = compare(PLAN, changed(edit))
    assert [c.kind for c in found if c.action] == []
    assert [(c.field, c.measure, c.new) for c in found if c.kind is ChangeKind.RETITLED] == [
        ("measure", 6, "Piloter")
    ]


def test_a_measure_in_another_orientation() -> None:
    def edit(e: Edits) -> None:
        measure = e.data["orientations"][0]["measures"].pop()
        e.data["orientations"][1]["measures"].insert(0, measure)

    assert edited(edit) == [("moved", None, None, "orientation", 1, 2)]


def test_an_orientation_inserted() -> None:
    def edit(e: Edits) -> None:
        for orientation in e.data["orientations"]:
            orientation["number"] += 1
        e.data["orientations"].insert(0, {"number": 1, "title": "Prévenir", "measures": []})

    found = edited(edit)
    assert [fact[3] for fact in found] == ["orientations"] * 4
    assert found[0][4:] == (None, (("number", 1), ("title", "Prévenir")))


DECLARED = [
    ("language", lambda e: e.data.update(language="en"), "fr", "en"),
    (
        "period",
        lambda e: e.data["period"].update(end=2023),
        {"start": 2021, "end": 2022},
        {"start": 2021, "end": 2023},
    ),
    ("priorities", lambda e: e.data.update(priorities=[1, 2, 3]), (1, 2), (1, 2, 3)),
    (
        "directorates",
        lambda e: e.data["directorates"].update(ANCT={"note": "Nouvelle."}),
        None,
        {"code": "ANCT", "name": None, "ministry": None, "note": "Nouvelle."},
    ),
    (
        "directorates",
        lambda e: e.data["directorates"].update(DSE=None),
        {"code": "DSE", "name": None, "ministry": None, "note": "Sigle non identifié dans la source."},
        {"code": "DSE", "name": None, "ministry": None, "note": None},
    ),
    (
        "unused_numbers",
        lambda e: e.data["unused_numbers"].append({"number": 33, "reason": "Retirée."}),
        None,
        {"number": 33, "reason": "Retirée."},
    ),
    (
        "unused_numbers",
        lambda e: e.data["unused_numbers"][0].update(reason="Perdue."),
        {"number": 26, "reason": "Absent du tableau publié."},
        {"number": 26, "reason": "Perdue."},
    ),
    (
        "source_notes",
        lambda e: e.data["source_notes"].append({"measure": 5, "field": "title", "note": "Accord."}),
        None,
        {"action": None, "measure": 5, "orientation": None, "field": "title", "source": None, "note": "Accord."},
    ),
    (
        "glossary",
        lambda e: e.data["glossary"].pop("SI"),
        {"acronym": "SI", "expansion": "système d'information"},
        None,
    ),
    (
        "glossary",
        lambda e: e.data["glossary"].update(SI="autre"),
        {"acronym": "SI", "expansion": "système d'information"},
        {"acronym": "SI", "expansion": "autre"},
    ),
    (
        "measures",
        lambda e: e.data["orientations"][2]["measures"].append({"number": 10, "title": "Évaluer", "actions": []}),
        None,
        {"number": 10, "orientation": 3, "title": "Évaluer"},
    ),
    (
        "orientations",
        lambda e: e.data["orientations"].append({"number": 4, "title": "Évaluer", "measures": []}),
        None,
        {"number": 4, "title": "Évaluer"},
    ),
]


@pytest.mark.parametrize(("field", "edit", "old", "new"), DECLARED)
def test_diff_of_what_is_declared(field: str, edit: Callable[[Edits], None], old: object, new: object) -> None:
    [change] = compare(PLAN, changed(edit))
    assert (change.kind, change.action, change.was, change.field) == (ChangeKind.DECLARED, None, None, field)
    assert (told(change.old), told(change.new)) == (old, new)
    [back] = compare(changed(edit), PLAN)
    assert (told(back.old), told(back.new)) == (new, old)


def told(value: Any) -> object:
    return dict(value) if isinstance(value, tuple) and value and isinstance(value[0], tuple) else value


def test_a_note_that_follows_its_action_is_no_change() -> None:
    def edit(e: Edits) -> None:
        e.renumber({32: 33})

    assert edited(edit) == [("renumbered", 33, 32, "number", 32, 33)]


def test_a_note_isnt_that_of_the_action_that_took_its_number() -> None:
    """Hypothesis found that this looked otherwise from the other side."""
    old, edits = Edits(), Edits()
    old.data["source_notes"] = [{"action": 29, "note": "Sur la 29."}, {"action": 30, "note": "Sur la 30."}]
    edits.data["source_notes"] = [{"action": 29, "note": "Sur la 30, redite."}]
    edits.take(29)
    edits.action(30)["number"] = 29
    there = [
        (told(c.old), told(c.new)) for c in compare(old.plan(), edits.plan()) if c.kind is ChangeKind.DECLARED
    ]
    back = [(told(c.new), told(c.old)) for c in compare(edits.plan(), old.plan()) if c.kind is ChangeKind.DECLARED]
    empty = {"measure": None, "orientation": None, "field": None, "source": None}
    assert there == [
        ({"action": 30, **empty, "note": "Sur la 30."}, {"action": 29, **empty, "note": "Sur la 30, redite."}),
        ({"action": 29, **empty, "note": "Sur la 29."}, None),
    ]
    assert sorted(map(str, back)) == sorted(map(str, there))


def test_directorates_of_a_change_are_those_before_and_after() -> None:
    def edit(e: Edits) -> None:
        e.action(8)["associated"] = ["DACS", "DLPAJ"]

    [change] = compare(PLAN, changed(edit))
    assert change.directorates == ("DIHAL", "DACS", "DLPAJ", "DSJ")


def test_a_moved_action_has_its_measure_and_orientation_now() -> None:
    def edit(e: Edits) -> None:
        e.move(24, 5)

    [change] = compare(PLAN, changed(edit))
    assert (change.measure, change.orientation) == (5, 2)


def test_a_removed_action_has_its_former_measure_and_orientation() -> None:
    def edit(e: Edits) -> None:
        e.take(24)

    [gone] = compare(PLAN, changed(edit))
    assert (gone.measure, gone.orientation) == (7, 3)


@pytest.mark.parametrize(
    ("old", "new", "share"),
    [
        ("un deux trois quatre", "un deux trois quatre", 1.0),
        ("un deux trois quatre", "Un, DEUX : trois — quatré.", 1.0),
        ("un deux trois quatre", "quatre trois deux un", 0.25),
        ("un deux", "un deux trois quatre", 4 / 6),
        ("un", "deux", 0.0),
        ("", "", 1.0),
        ("", "un", 0.0),
    ],
)
def test_similarity_of_texts(old: str, new: str, share: float) -> None:
    assert similarity(old, new) == pytest.approx(share)


def many(count: int, text: Callable[[int], str], number: Callable[[int], int] = lambda n: n) -> Plan:
    actions = [
        {
            "number": number(n),
            "text": text(n),
            "pilots": ["DIHAL"],
            "associated": [],
            "years": [2021],
            "priority": 1,
        }
        for n in range(1, count + 1)
    ]
    measure = {"number": 1, "title": "Une mesure", "actions": actions}
    return read_plan(
        {
            **DATA,
            "source_notes": [],
            "orientations": [{"number": 1, "title": "Une orientation", "measures": [measure]}],
        }
    )


def test_all_renumbered_and_edited_in_a_plan_of_look_alikes() -> None:
    """Boilerplate in every text, and one word that tells them apart."""

    def before(n: int) -> str:
        return (
            f"Mettre en place dans le département {n} un guichet commun aux services et aux caisses d'allocations"
        )

    def after(n: int) -> str:
        return before(n).replace("guichet commun", "guichet unique")

    old, new = many(300, before), many(300, after, lambda n: n + 1000)
    pairs = {(b and b.number, a and a.number) for b, a in match(old, new).actions}
    assert pairs == {(n, n + 1000) for n in range(1, 301)}


@pytest.mark.parametrize(
    "hostile",
    [
        lambda side: many(2000, lambda n: f"a b c d e f g h {n * 7 + side}"),
        lambda side: many(2000, lambda n: "même texte partout"),
        lambda side: many(2000, lambda n: "" if side else "x"),
        lambda side: many(2000, lambda n: f"mot {n % 3 + side} " * 20, lambda n: 7),
        lambda side: many(
            40, lambda n: " ".join(str((i * (n + side)) % 11) for i in range(5000)), lambda n: n + side
        ),
        lambda side: many(2, lambda n: "a b " * 40_000 if side else "b a c " * 30_000),
    ],
)
def test_diff_of_hostile_texts_ends(hostile: Callable[[int], Plan]) -> None:
    old, new = hostile(0), hostile(1)
    found = compare(old, new)
    reached = {c.after.path for c in found if c.after} | {b.path for a, b in match(old, new).actions if a and b}
    assert reached == {action.path for action in new.actions}
    assert isinstance(found[0] if found else Change(ChangeKind.ADDED), Change)
