"""Every field of an action in every output, built in or optional: the table of fields is what all of them read."""

import io
import json
from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from functools import partial
from typing import Any

import docx
import openpyxl
import pytest

from plancli.exchange.data import plan_data
from plancli.exchange.exporters import EXPORTERS, export
from plancli.exchange.importer import import_table
from plancli.exchange.request import make_request
from plancli.i18n import use_language
from plancli.output.renderers import FORMATS, render
from plancli.output.views.actions import list_view
from plancli.output.views.changes import ChangeNames, describe_changes
from plancli.output.views.counts import counts_view
from plancli.output.views.review import changes_data
from plancli.output.views.show import show_view
from plancli.output.views.values import shown
from plancli.plan.document import read_document
from plancli.plan.model import FIELDS, REQUIRED_FIELDS, Action, Field, Plan, Type, Value, read_plan
from plancli.plan.query import Query, counted, facets_of, make_query
from plancli.plan.writer import dump
from plancli.plan.writer.textconv import textconv_lines
from plancli.review.change import Change
from plancli.review.diff.comparison import compare
from tests.exchange.readers import database
from tests.output.made_plans import action, made

VALUES: dict[Type, tuple[Value, Value]] = {
    Type.NUMBER: (7341, 7342),
    Type.YEAR: (2031, 2032),
    Type.TEXT: ("Zébrer la plaine au printemps.", "Balayer la plaine au printemps."),
    Type.PROSE: ("Zébrée par deux fois.", "Peinte par deux fois."),
    Type.LINE: ("à zébrer", "à peindre"),
    Type.WORD: ("zébré", "peint"),
    Type.CODES: (("ZEBRE", "GNOU"), ("OKAPI",)),
    Type.YEARS: ((2031, 2033), (2035,)),
    Type.NUMBERS: ((7341, 7343), (7345,)),
    Type.NUMBER_OR_WORD: (7341, 7342),
    Type.DATE: ("2031-03-02", "2032-05"),
    Type.DECIMAL: (Decimal("73.5"), 74),
    Type.CHOICE: ("zébré", "peint"),
}
"""Two values of each type."""

OPTIONAL = tuple(
    Field(f"extra_{each.value}", each, f"Extra {each.value}", f"extra {each.value}", "", required=False)
    for each in VALUES
    if each not in (Type.TEXT, Type.NUMBER_OR_WORD)  # the published text and the priority
)
"""A field of each type that an action may lack, as if it stood in the table."""

EVERY = (*FIELDS, *OPTIONAL)


def one_with(field: Field, value: Value) -> Plan:
    """Return a plan of three actions, of which the second has a value; of an optional field it alone has one."""
    plan = made(action(1), action(2, "Peindre la plaine au printemps."), action(3, "Troisième."))
    measure = plan.measures[0]
    first, second, third = measure.actions
    if field.key in Action._fields:
        own: Any = {field.key: value}
        second = second._replace(**own)
    else:
        second = second._replace(more=() if value is None else ((field.key, value),))
    (orientation,) = plan.groups
    measures = (measure._replace(loose=(first, second, third)),)
    codes = sorted({code for each in measures[0].actions for code in each.directorates})
    return plan._replace(
        directorates=tuple(plan.directorates[0]._replace(code=code) for code in codes),
        groups=(orientation._replace(groups=measures),),
        fields=REQUIRED_FIELDS if field.required or value is None else (*REQUIRED_FIELDS, field),
    )


def day_or_value(cell: object) -> object:
    return cell.date().isoformat() if isinstance(cell, datetime) else cell


def exported(plan: Plan, ending: str) -> str:
    file = export(make_request(plan, plan.actions, "data/plan.yaml"), f"plan{ending}")
    if ending == ".xlsx":
        rows = openpyxl.load_workbook(io.BytesIO(file)).worksheets[0].iter_rows(values_only=True)
        return "\n".join(str(list(map(day_or_value, row))) for row in rows)
    if ending == ".docx":
        (table,) = docx.Document(io.BytesIO(file)).tables
        return "\n".join(cell.text for row in table.rows for cell in row.cells)
    if ending in (".db", ".sqlite"):
        with database(file) as opened:
            found = opened.execute("SELECT * FROM plan")
            return "\n".join(map(str, ([column[0] for column in found.description], *found)))
    return file.decode("utf-8-sig")


def changes(plan: Plan) -> list[Change]:
    """Return the facts of the second action's having got its value."""
    if any(field.key not in Action._fields for field in plan.fields):
        (field,) = (field for field in plan.fields if field.key not in Action._fields)
        old = one_with(field, None)
    else:
        old = made(action(1), action(2, "Peindre la plaine au printemps."), action(3, "Troisième."))
    return compare(old, plan)


def said(facts: list[Change]) -> str:
    """Return the facts about an action in words, with the passages of its text that differ."""
    passages = [words for fact in facts if fact.field == "text" for words in (str(fact.old), str(fact.new))]
    words = ["".join(map(str, each)) for each in describe_changes(facts, ChangeNames(None, None), apart=True)]
    return "\n".join([*(str(fact.action) for fact in facts), *words, *passages])


def listed(plan: Plan, form: str) -> str:
    return render(list_view(plan, Query(), plan.actions), form).text


def whole(plan: Plan, form: str) -> str:
    return render(show_view(plan, plan.actions[1:2]), form).text


OUTPUTS: dict[str, Callable[[Plan], str]] = {
    **{f"export{ending}": partial(exported, ending=ending) for ending in EXPORTERS},
    **{f"list-{form}": partial(listed, form=form) for form in FORMATS},
    **{f"show-{form}": partial(whole, form=form) for form in FORMATS},
    "diff": lambda plan: said(changes(plan)),
    "diff-json": lambda plan: json.dumps(changes_data(changes(plan)), ensure_ascii=False, default=float),
    "textconv": lambda plan: "\n".join(textconv_lines(plan)),
}


def marks(value: Value) -> list[str]:
    """Return what must stand in an output: each member of a list."""
    return [str(each) for each in value] if isinstance(value, tuple) else [str(value)]


def ways(field: Field, mark: str) -> list[str]:
    """Return how a value may be written: a day or a decimal as in the file, or as people read it."""
    if field.type not in (Type.DATE, Type.DECIMAL):
        return [mark]
    value = mark if field.type is Type.DATE else Decimal(mark)
    with use_language("fr"):
        french = shown(field, value)
    return [mark, shown(field, value), french]


@pytest.mark.parametrize("output", OUTPUTS)
@pytest.mark.parametrize("field", EVERY, ids=lambda field: field.key)
def test_each_output_has_each_field(field: Field, output: str) -> None:
    value, other = VALUES[field.type]
    text = OUTPUTS[output](one_with(field, value))
    for mark in marks(value):
        assert any(way in text for way in ways(field, mark))
    assert text != OUTPUTS[output](one_with(field, other))
    if not field.required and field.key != "code":  # which stands in place of the number
        assert any(name in text for name in (field.key, field.label, field.word, field.french) if name)


@pytest.mark.parametrize("output", [output for output in OUTPUTS if not output.startswith("diff")])
def test_a_field_that_no_action_has_is_in_no_output(output: str) -> None:
    text = OUTPUTS[output](one_with(OPTIONAL[0], None))
    for field in OPTIONAL:
        assert field.key not in text
        assert field.label not in text


@pytest.mark.parametrize("field", OPTIONAL, ids=lambda field: field.key)
def test_an_optional_field_with_few_values_is_filtered_and_counted_by(field: Field) -> None:
    value, _other = VALUES[field.type]
    plan = one_with(field, value)
    wanted = marks(value)[0].upper()
    query = make_query(plan, {field.key: [wanted]})
    assert [each.number for each in query.select(plan)] == [2]
    assert make_query(one_with(field, None), {field.key: [wanted]}) == Query()
    known = {facet.name for facet in counted(facets_of(plan))}
    assert (field.key in known) == (field.type not in (Type.PROSE, Type.LINE, Type.LIST, Type.DATE, Type.DECIMAL))
    if field.key in known:
        assert "2" in render(counts_view(plan, Query(), plan.actions, (field.key,)), "table").text


@pytest.mark.parametrize("ending", [".csv", ".xlsx"])
@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
def test_each_field_comes_back_from_an_exported_table(field: Field, ending: str) -> None:
    plan = one_with(field, VALUES[field.type][0])
    data: Any = import_table(export(make_request(plan, plan.actions, "x"), f"plan{ending}"), f"plan{ending}").data
    assert {each.value(field.key) for each in read_plan(data).actions} == {
        each.value(field.key) for each in plan.actions
    }


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.key)
def test_each_field_is_written_and_read_again(field: Field) -> None:
    plan = one_with(field, VALUES[field.type][0])
    text = dump(plan_data(plan))
    assert [each.value(field.key) for each in read_plan(read_document(text, "x").data).actions] == [
        each.value(field.key) for each in plan.actions
    ]
