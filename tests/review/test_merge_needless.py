"""Conflicts that git marks and nobody needs: each must merge clean, and hold what both sides did."""

import pytest

from plancli.plan.document import read_document
from plancli.plan.writer import format_document
from plancli.review.merge import MergeResult
from tests.review.edits import SOURCE, Edits
from tests.review.merging import action, merged, new_action, own_merge, plan_of, sides, told

pytestmark = pytest.mark.slow  # each merge is laid out three times

BASE = Edits().source()


def clean(ours: Edits | bytes, theirs: Edits | bytes, base: bytes = BASE, needless: bool = True) -> MergeResult:
    """Merge; git alone must stop (else the test shows nothing), and the merge by meaning must not."""
    one, other = (side if isinstance(side, bytes) else side.source() for side in (ours, theirs))
    assert bool(own_merge(base, one, other).conflicts) == needless
    result = merged(base, one, other)
    assert result.clean, told(result)
    mirrored = merged(base, other, one)
    assert mirrored.clean
    assert mirrored.content == result.content
    return result


def test_merge_of_two_fields_of_one_action() -> None:
    _base, ours, theirs = sides()
    ours.action(13)["years"] = [2021, 2022]
    theirs.action(13)["priority"] = 1
    result = action(clean(ours, theirs), 13)
    assert (result.years, result.priority) == ((2021, 2022), 1)


def test_a_file_that_is_not_canonical_is_laid_out() -> None:
    """A merge by meaning writes what ``fmt`` would write of it, comments included."""
    ours = SOURCE.replace(b"    ministry: Logement", b"    # un commentaire\n    ministry:   Logement", 1)
    theirs = SOURCE.replace(b"    name: D\xc3\xa9l\xc3\xa9gation", b"    name:  D\xc3\xa9l\xc3\xa9gation", 1)
    ours = ours.replace(b"start: 2021", b"start:   2021   # la premi\xc3\xa8re", 1)
    result = clean(ours, theirs, SOURCE)
    wanted = ours.replace(b"    name: D\xc3\xa9l\xc3\xa9gation", b"    name:  D\xc3\xa9l\xc3\xa9gation", 1)
    assert result.content == format_document(read_document(wanted, "data/plan.yaml")).encode()


def test_a_move_against_an_edit_is_merged() -> None:
    _base, ours, theirs = sides()
    ours.move(24, 8)
    theirs.action(24)["years"] = [2021, 2022]
    result = action(clean(ours, theirs), 24)
    assert (result.measure, result.years) == (8, (2021, 2022))


def test_move_and_edit_against_edit() -> None:
    _base, ours, theirs = sides()
    ours.move(24, 8)["priority"] = 1
    theirs.action(24)["years"] = [2021, 2022]
    result = action(clean(ours, theirs), 24)
    assert (result.measure, result.years, result.priority) == (8, (2021, 2022), 1)


def test_both_add_an_associated() -> None:
    _base, ours, theirs = sides()
    ours.action(28)["associated"].append("DGCL")
    theirs.action(28)["associated"].append("DB")
    assert action(clean(ours, theirs), 28).associated == ("DSJ", "DACS", "DB", "DGCL")


def test_one_adds_and_one_removes_an_associated() -> None:
    _base, ours, theirs = sides()
    ours.action(28)["associated"].append("DGCL")
    theirs.action(28)["associated"].remove("DACS")
    assert action(clean(ours, theirs), 28).associated == ("DSJ", "DGCL")


def test_a_refold_against_a_rewording_is_merged() -> None:
    ours = BASE.replace(
        "Prévoir l'envoi d'un courrier type au locataire explicitant".encode(),
        "Prévoir l'envoi\n              d'un courrier type au locataire explicitant".encode(),
    )
    theirs = Edits()
    theirs.action(28)["text"] = theirs.action(28)["text"].replace("courrier type", "courrier unique")
    assert ours != BASE
    assert "courrier unique" in action(clean(ours, theirs), 28).text


def test_two_rewordings_of_one_clause() -> None:
    _base, ours, theirs = sides()
    ours.action(24)["text"] = ours.action(24)["text"].replace("Définir", "Arrêter")
    theirs.action(24)["text"] = theirs.action(24)["text"].replace("du reste pour vivre", "du reste à vivre")
    result = action(clean(ours, theirs), 24).text
    assert result.startswith("Arrêter au niveau national")
    assert "du reste à vivre" in result


def test_swap_of_roles_against_an_addition() -> None:
    _base, ours, theirs = sides()
    ours.action(28)["pilots"] = ["DIHAL", "DSJ"]
    ours.action(28)["associated"] = ["DACS"]
    theirs.action(28)["associated"] = ["DSJ", "DACS", "DB"]
    result = action(clean(ours, theirs), 28)
    assert (result.pilots, result.associated) == (("DIHAL", "DSJ"), ("DACS", "DB"))


def test_new_co_pilot_against_new_year() -> None:
    _base, ours, theirs = sides()
    ours.action(24)["pilots"] = ["DIHAL", "DSS"]
    ours.action(24)["associated"] = ["DHUP", "DGCS"]
    theirs.action(24)["years"] = [2021, 2022]
    result = action(clean(ours, theirs), 24)
    assert (result.pilots, result.years) == (("DIHAL", "DSS"), (2021, 2022))


def test_a_code_that_both_declare_is_merged() -> None:
    _base, ours, theirs = sides()
    ours.data["directorates"]["DGALN"] = {"name": "Direction générale de l'aménagement"}
    theirs.data["directorates"]["ANCT"] = {"note": "Agence"}
    ours.action(1)["associated"].append("DGALN")
    theirs.action(2)["associated"].append("ANCT")
    codes = [each.code for each in plan_of(clean(ours, theirs).content).directorates]
    assert codes[-3:] == ["DGTrésor", "ANCT", "DGALN"]


def test_both_note_and_declare_numbers_and_acronyms() -> None:
    _base, ours, theirs = sides()
    for side, number, word in ((ours, 40, "ours"), (theirs, 41, "theirs")):
        side.data["unused_numbers"].append({"number": number, "reason": word})
        side.data["source_notes"].append({"action": 31, "note": word})
        side.data["glossary"][f"X{number}"] = word
    plan = plan_of(clean(ours, theirs).content)
    assert [each.number for each in plan.unused_numbers][-2:] == [40, 41]
    assert {each.note for each in plan.source_notes[-2:]} == {"ours", "theirs"}
    assert [each.acronym for each in plan.glossary][-2:] == ["X40", "X41"]


def test_renumbering_against_an_edit_of_an_old_number() -> None:
    _base, ours, theirs = sides()
    ours.renumber({number: number - 1 for number in range(27, 33)})
    ours.data["unused_numbers"] = []
    theirs.action(30)["years"] = [2022]
    theirs.action(30)["priority"] = 2
    text = theirs.action(30)["text"]
    result = action(clean(ours, theirs, needless=False), 29)
    assert (result.text, result.years, result.priority) == (text, (2022,), 2)


def test_renumbering_against_a_note_on_an_old_number() -> None:
    _base, ours, theirs = sides()
    ours.renumber({number: number - 1 for number in range(27, 33)})
    ours.data["unused_numbers"] = []
    theirs.data["source_notes"].append({"action": 31, "field": "years", "note": "à vérifier"})
    notes = plan_of(clean(ours, theirs, needless=False).content).source_notes
    assert [each.action for each in notes if each.note == "à vérifier"] == [30]


def test_move_against_insertion_in_the_same_measure() -> None:
    _base, ours, theirs = sides()
    ours.move(25, 8)
    theirs.measure(7)["actions"].append(new_action(33, "Publier chaque année le bilan des actions menées."))
    plan = plan_of(clean(ours, theirs, needless=False).content)
    assert [each.number for each in plan.measures[6].actions][-1] == 33
    assert [each.number for each in plan.measures[7].actions][-1] == 25


def test_comments_of_both_sides_stay() -> None:
    line = b"            years: [2021]\n            priority: 1\n\n          - number: 29"
    assert BASE.count(line) == 1
    ours = BASE.replace(line, b"            # yours\n" + line.replace(b"[2021]", b"[2021]  # ours"))
    theirs = BASE.replace(line, b"            # theirs\n" + line.replace(b"[2021]", b"[2022]"))
    text = clean(ours, theirs).content.decode()
    for comment in ("# yours", "# ours", "# theirs", "years: [2022]"):
        assert text.count(comment) - BASE.decode().count(comment) == 1


def test_windows_line_ends_on_one_side() -> None:
    _base, ours, theirs = sides()
    ours.action(13)["years"] = [2021, 2022]
    theirs.action(13)["priority"] = 1
    base, one, other = BASE, ours.source().replace(b"\n", b"\r\n"), theirs.source()
    result = clean(one, other, base)
    assert b"\n" not in result.content.replace(b"\r\n", b"")
    assert (action(result, 13).years, action(result, 13).priority) == ((2021, 2022), 1)


def test_another_indent_on_one_side() -> None:
    ours = Edits()
    ours.action(13)["years"] = [2021, 2022]
    head, _, rest = BASE.decode().partition("orientations:\n")
    body, _, tail = rest.partition("unused_numbers:")
    wide = [f"  {line}".rstrip() for line in body.splitlines()]
    theirs = "\n".join([f"{head}orientations:", *wide, f"unused_numbers:{tail}"])
    theirs = theirs.replace("priority: 2", "priority: 1", 1)
    result = clean(ours, theirs.encode())
    assert action(result, 13).years == (2021, 2022)
    assert action(result, 3).priority == 1


def test_an_edit_that_git_alone_puts_into_the_wrong_action() -> None:
    """Lines that are alike in two actions which changed places: git merges clean, and wrong."""
    _base, ours, theirs = sides()
    actions = ours.measure(8)["actions"]
    actions[0], actions[1] = actions[1], actions[0]
    theirs.action(28)["years"] = [2022]
    own = plan_of(own_merge(BASE, ours.source(), theirs.source()).content)
    assert {each.number: each.years for each in own.actions if each.number in (28, 29)} == {
        28: (2021,),
        29: (2022,),
    }
    result = clean(ours, theirs, needless=False)
    assert (action(result, 28).years, action(result, 29).years) == ((2022,), (2021,))
