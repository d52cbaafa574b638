"""The text document, read by python-docx."""

import io
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import docx
import pytest

from plancli.exchange.exporters import export
from plancli.exchange.request import make_request
from plancli.plan.document import read_document
from plancli.plan.model import Plan, read_plan
from tests.exchange.made_up import small

EXAMPLES = sorted((Path(__file__).parents[2] / "examples").glob("*.yaml"))
WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def exported(plan: Plan) -> bytes:
    return export(make_request(plan, plan.actions, "data/plan.yaml"), "plan.docx")


def rows(file: bytes) -> list[list[str]]:
    (table,) = docx.Document(io.BytesIO(file)).tables
    return [[cell.text for cell in row.cells] for row in table.rows]


def test_docx_export_of_the_published_plan_is_its_table(published: Plan) -> None:
    head, *found = rows(exported(published))
    assert head == ["Orientation", "Mesure", "Action", "Pilotes et associées", "Calendrier", "Priorité"]
    assert len(found) == 31
    for action, row in zip(published.actions, found, strict=True):
        title = next(each.title for each in published.measures if each.number == action.measure)
        assert row[1] == f"{action.measure}. {title}"
        assert " ".join(row[2].split()) == f"{action.number}. {' '.join(action.text.split())}"
        assert all(code in row[3] for code in action.directorates)
        assert row[5] == str(action.priority)


def test_headings_are_repeated_and_rows_stay_whole(published: Plan) -> None:
    with zipfile.ZipFile(io.BytesIO(exported(published))) as parts:
        body = ElementTree.fromstring(parts.read("word/document.xml"))
    lines = list(body.iter(f"{WORD}tr"))
    assert [line.find(f".//{WORD}tblHeader") is not None for line in lines] == [True, *[False] * 31]
    assert all(line.find(f".//{WORD}cantSplit") is not None for line in lines)
    starts = [each.get(f"{WORD}val") for line in lines[1:] for each in list(line.iter(f"{WORD}vMerge"))[:1]]
    assert starts.count("restart") == 3


def test_the_same_plan_gives_the_same_bytes(published: Plan) -> None:
    assert exported(published) == exported(published)


@pytest.mark.parametrize("source", EXAMPLES, ids=lambda file: file.stem)
def test_plans_of_other_shapes(source: Path) -> None:
    plan = read_plan(read_document(source.read_bytes(), source.name).data)
    head, *found = rows(exported(plan))
    depth = max(len(action.place) for action in plan.actions)
    assert [word.lower() for word in head[:depth]] == [level.name for level in plan.levels[:depth]]
    assert len(found) == len(plan.actions)
    for action, row in zip(plan.actions, found, strict=True):
        assert row[depth].startswith(f"{action.code or action.number}. ")
        for field in plan.declared_fields:
            value = action.value(field.key)
            for each in value if isinstance(value, tuple) else (value,) if isinstance(value, str) else ():
                assert str(each)[:4] in row[depth]


def test_what_xml_cannot_hold_is_shown() -> None:
    plan = small()._replace(title="a\x01b\u202ec <b>&</b>")
    text = "\n".join(each.text for each in docx.Document(io.BytesIO(exported(plan))).paragraphs)
    assert "<b>&</b>" in text
    assert "\u202e" not in text
