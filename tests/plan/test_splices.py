"""Edits of single blocks: what they don't touch stays, byte for byte."""

from collections import Counter
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, event, given, settings
from hypothesis import strategies as st

from plancli.errors import Invalid
from plancli.location import Path as DataPath
from plancli.plan.document import BOM, Document, read_document
from plancli.plan.model import read_plan
from plancli.plan.writer import dump, format_document
from plancli.plan.writer.comments import comments
from plancli.plan.writer.edits import Edit, Insert, Remove, Replace, edited
from plancli.plan.writer.splices import splice
from tests.check.small_plans import PLAN
from tests.plan.test_comments import commented

EXAMPLES = ("climate", "open-government", "security")
MEASURE = ("orientations", 0, "measures", 0, "actions")
NEW = {"number": 9, "text": "Nouvelle.", "pilots": [], "associated": [], "years": [2021], "priority": 1}
WRITTEN = """\
          - number: 9
            text: >-
              Nouvelle.
            pilots: []
            associated: []
            years: [2021]
            priority: 1
"""


def spliced(text: str, *edits: Edit) -> str:
    document = read_document(text, "plan.yaml")
    assert document.findings == []
    return splice(document, edits).source.decode()


def changed(path: tuple[Any, ...], **values: Any) -> Replace:
    return Replace(path, {**read_document(PLAN, "").at(path), **values})


def test_a_block_is_laid_out_anew_and_the_rest_stays() -> None:
    loose = PLAN.replace("years: [2021, 2022]", "years: [ 2021,2022 ]").replace(
        "pilots: [DHUP]", "pilots: [ DHUP ]"
    )
    assert spliced(loose, changed((*MEASURE, 1), priority=1)) == loose.replace(
        "years: [ 2021,2022 ]\n            priority: 2", "years: [2021, 2022]\n            priority: 1"
    )


def test_a_block_is_put_in_at_each_place() -> None:
    for at, text in enumerate(["Définir", "Assurer", ""]):
        place = PLAN.index("      - number: 2\n        title: >-\n          Seconde") - 1
        if text:
            place = PLAN.index(f"          - number: {at + 1}\n            text: >-\n              {text}")
        block = f"{WRITTEN}\n" if text else f"\n{WRITTEN}"
        assert spliced(PLAN, Insert((*MEASURE, at), NEW)) == PLAN[:place] + block + PLAN[place:]


def test_the_last_of_a_file_without_a_line_break_at_its_end() -> None:
    path = ("orientations", 0, "measures", 1, "actions", 1)
    assert spliced(PLAN.rstrip(), Insert(path, NEW)) == f"{PLAN}\n{WRITTEN}".rstrip()


def test_a_list_is_emptied_and_filled() -> None:
    empty = spliced(PLAN, Remove((*MEASURE, 0)), Remove((*MEASURE, 1)))
    assert "Première mesure\n        actions: []\n\n      - number: 2\n" in empty
    assert f"Première mesure\n        actions:\n{WRITTEN}\n      - number: 2\n" in spliced(
        empty, Insert((*MEASURE, 0), NEW)
    )
    commented = empty.replace("actions: []", "actions: [ ]  # none yet")
    assert f"        actions:  # none yet\n{WRITTEN}" in spliced(commented, Insert((*MEASURE, 0), NEW))


def test_a_new_key_stands_at_its_place_in_the_file() -> None:
    plan = f"{PLAN}glossary:\n  A: b\n"
    edit = Insert(("unused_numbers",), [{"number": 7, "reason": "Retirée."}])
    assert (
        spliced(plan, edit) == f"{PLAN}unused_numbers:\n  - number: 7\n    reason: Retirée.\nglossary:\n  A: b\n"
    )
    code = Insert(("directorates", "DSJ"), {"name": "Services judiciaires"})
    assert spliced(plan, code) == plan.replace("  DHUP:\n", "  DHUP:\n  DSJ:\n    name: Services judiciaires\n")
    assert "directorates:\n  DSJ:\norientations" in spliced(
        PLAN.replace("directorates:\n  DIHAL:\n  DHUP:", "directorates: {}"), Insert(("directorates", "DSJ"), None)
    )


COMMENTED = PLAN.replace(
    "          - number: 2\n",
    "          # the second\n          - number: 2  # its number\n            # of its text\n",
).replace("            priority: 2\n", "            priority: 2  # not urgent\n            # ends the second\n")


def test_comments_stay_with_a_block() -> None:
    assert spliced(COMMENTED, changed((*MEASURE, 1), priority=1)) == COMMENTED.replace(
        "priority: 2", "priority: 1"
    )


def test_comments_go_along_with_a_block_that_moves() -> None:
    path = (*MEASURE, 1)
    to = ("orientations", 0, "measures", 1, "actions", 0)
    moved = spliced(COMMENTED, Remove(path), Insert(to, read_document(COMMENTED, "").at(path), path))
    start = COMMENTED.index("\n          # the second")
    end = COMMENTED.index("\n      - number: 2\n        title")
    place = COMMENTED.index("          - number: 3")
    block = COMMENTED[start:end]
    assert moved == COMMENTED[:start] + COMMENTED[end:place] + f"{block.strip(chr(10))}\n\n" + COMMENTED[place:]


def test_comments_that_go_with_a_block_are_told() -> None:
    document = read_document(COMMENTED, "plan.yaml")
    done = splice(document, [Remove((*MEASURE, 1))])
    assert [comment.text for comment in done.removed] == [
        "# the second",
        "# its number",
        "# of its text",
        "# not urgent",
        "# ends the second",
    ]
    assert b"#" not in done.source


def test_a_comment_on_a_key_that_goes_stays_in_the_block() -> None:
    plan = f"{PLAN}source_notes:\n  - action: 1\n    field: text  # seen\n    note: Sic.\n"
    edit = Replace(("source_notes", 0), {"action": 1, "note": "Sic."})
    assert spliced(plan, edit).endswith("  - action: 1\n    note: Sic.\n    # seen\n")


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("        actions:\n          - number: 3\n", "        actions: [\n          {number: 3,\n"),
        ("orientations:\n  - number: 1\n", "orientations:\n  - {number: 1,\n"),
    ],
)
def test_what_stands_in_braces_is_refused(old: str, new: str) -> None:
    data = read_document(PLAN, "").data
    flow = dump({**data, "orientations": []}).replace("orientations: []", f"orientations: {data['orientations']}")
    document = read_document(flow, "plan.yaml")
    assert document.data == data
    with pytest.raises(Invalid, match="can't be changed alone") as refused:
        splice(document, [Insert((*MEASURE, 0), NEW)])
    assert "plancli fmt" in refused.value.hint


def test_line_ends_and_byte_order_mark_stay() -> None:
    source = BOM + PLAN.replace("\n", "\r\n").encode()
    done = splice(read_document(source, "plan.yaml"), [Insert((*MEASURE, 0), NEW)]).source
    assert done.startswith(BOM)
    assert b"\n" not in done.replace(b"\r\n", b"")
    assert done.replace(b"\r\n", b"\n").decode().lstrip("\ufeff") == spliced(PLAN, Insert((*MEASURE, 0), NEW))


ROOT = Path(__file__).parents[2]


def tidied(plan: str) -> Document:
    return read_document(format_document(read_document((ROOT / plan).read_bytes(), plan)), plan)


@pytest.mark.parametrize("plan", ["data/plan.yaml", *(f"examples/{name}.yaml" for name in EXAMPLES)])
def test_in_a_tidy_plan_every_block_is_laid_out_as_it_stands(plan: str) -> None:
    document = tidied(plan)
    model = read_plan(document.data)
    blocks: list[Any] = [
        *model.actions,
        *model.all_groups,
        *model.source_notes,
        *model.unused_numbers,
        *model.directorates,
    ]
    for block in blocks:
        assert splice(document, [Replace(block.path, document.at(block.path))]).source == document.source, block


@pytest.mark.parametrize("plan", ["data/plan.yaml", *(f"examples/{name}.yaml" for name in EXAMPLES)])
def test_what_is_moved_there_and_back_leaves_a_tidy_plan_as_it_was(plan: str) -> None:
    document = tidied(plan)
    model = read_plan(document.data)
    lists = sorted({action.path[:-1] for action in model.actions})
    for number, action in enumerate(model.actions[::3]):
        there = lists[number % len(lists)]
        if there != action.path[:-1]:
            size = len(document.at(there))
            moves: list[Edit] = [
                Remove(action.path),
                Insert((*there, size), document.at(action.path), action.path),
            ]
            moved = read_document(splice(document, moves).source, plan)
            back: list[Edit] = [
                Remove((*there, size)),
                Insert(action.path, moved.at((*there, size)), (*there, size)),
            ]
            assert splice(moved, back).source == document.source


@st.composite
def edits_of(draw: Any, document: Document) -> list[Edit]:
    """Draw an edit of an action, a group, a note or a code, or a move."""
    data = document.data
    groups = [
        ("orientations", o, "measures", m, "actions")
        for o, orientation in enumerate(data["orientations"])
        for m in range(len(orientation["measures"]))
    ]
    lists: list[tuple[Any, ...]] = [*groups, ("source_notes",), ("unused_numbers",), ("orientations",)]
    path = draw(st.sampled_from([each for each in lists if document.at(each)]))
    items = document.at(path)
    at = draw(st.integers(0, len(items) - 1))
    item = deepcopy(items[at])
    match draw(st.sampled_from(["replace", "insert", "remove", "move", "code", "title"])):
        case "replace":
            key = next(key for key in ("priority", "note", "reason", "title") if key in item)
            item[key] = 2 if key == "priority" else draw(st.text("ab: #;.-'", min_size=1))
            return [Replace((*path, at), item)]
        case "insert":
            return [Insert((*path, draw(st.integers(0, len(items)))), {**item, "number": 99})]
        case "remove":
            return [Remove((*path, at))]
        case "move":
            path = draw(st.sampled_from(groups[:1])) if path not in groups else path
            at = draw(st.integers(0, len(document.at(path)) - 1))
            to = draw(st.sampled_from(groups))
            place = draw(st.integers(0, len(document.at(to))))
            return [Remove((*path, at)), Insert((*to, place), document.at((*path, at)), (*path, at))]
        case "code":
            return [Insert(("directorates", "ZZZ"), draw(st.sampled_from([None, {"name": "Z", "note": "z"}])))]
        case _:
            return [Replace((*path[:-1], "title"), draw(st.text("ab: #;.-'", min_size=1)))]


def shared(one: str, other: str) -> int:
    """Count the characters with which both begin."""
    pairs = zip(one, other, strict=False)
    return next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))


def line_end(document: Document, path: DataPath) -> int:
    """Return the end of the line on which the last value of a block ends."""
    while data := document.at(path):
        if not isinstance(data, dict | list):
            break
        path = (*path, len(data) - 1 if isinstance(data, list) else next(reversed(data)))
    end = document.extent(path)[1]
    return end + len(document.text[end:].split("\n")[0])


@settings(deadline=None, max_examples=30)
@given(commented(), st.booleans(), st.booleans(), st.data())
def test_a_splice_changes_only_its_lines(text: str, crlf: bool, bom: bool, data: Any) -> None:
    hold_laws(text, crlf, bom, data)


@pytest.mark.slow
@settings(deadline=None, max_examples=200)
@given(commented(), st.booleans(), st.booleans(), st.data())
def test_a_splice_changes_only_its_lines_tried_at_length(text: str, crlf: bool, bom: bool, data: Any) -> None:
    hold_laws(text, crlf, bom, data)


def hold_laws(text: str, crlf: bool, bom: bool, data: Any) -> None:
    """The data differs by the edit and nothing else; comments and all other bytes stay."""
    source = (text.replace("\n", "\r\n") if crlf else text).encode()
    document = read_document(BOM + source if bom else source, "plan.yaml")
    assume(not document.findings)
    edits = data.draw(edits_of(document))
    try:
        done = splice(document, edits)
    except Invalid:
        event("refused")
        return
    event(type(edits[0]).__name__ + str(len(edits)))
    again = read_document(done.source, "plan.yaml")
    assert again.findings == []
    assert again.data == edited(document.data, edits)
    assert again.has_bom == bom
    left = Counter(comment.text for comment in comments(again)) + Counter(each.text for each in done.removed)
    assert left == Counter(comment.text for comment in comments(document))
    old, new = document.text, again.text
    if isinstance(edits[0], Replace) and isinstance(edits[0].path[-1], int):
        assert new.endswith(old[line_end(document, edits[0].path) :])
        if edits[0].path[-1]:
            assert new.startswith(old[: line_end(document, (*edits[0].path[:-1], edits[0].path[-1] - 1))])
    if len(edits) == 1:
        same = shared(old, new) + shared(old[::-1], new[::-1])
        if isinstance(edits[0], Remove) and len(document.at(edits[0].path[:-1])) > 1:  # else brackets come
            assert same >= len(new)
        if isinstance(edits[0], Insert):
            assert same >= len(old)
    if crlf:
        assert "\n" not in new.replace("\r\n", "")
