"""What ``summary`` counts, ``list`` can show: each figure has a question that finds just these actions."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from plancli.plan.document import read_document
from plancli.plan.model import read_plan
from plancli.plan.query import make_query
from tests.conftest import PUBLISHED

Typed = Callable[..., Any]
PLANS = [PUBLISHED, *sorted((PUBLISHED.parents[1] / "examples").glob("*.yaml"))]
FLAGS = {
    "directorate": "-d",
    "pilot": "--pilot",
    "associated": "--associated",
    "ministry": "--ministry",
    "year": "-y",
    "calendar": "--calendar",
    "priority": "-p",
    "status": "--status",
    "orientation": "--orientation",
    "measure": "--measure",
}

BARE = b"""title: Un plan
language: fr
period: {start: 2021, end: 2022}
directorates: {DSJ: {ministry: Justice}, DHUP: }
statuses: {en cours: , fini: {closed: true}}
fields: {etat: {label: Etat, type: choice, values: [vert, rouge]}, remarque: {label: Remarque, type: text}}
levels: [axe]
orientations:
  - number: 1
    title: Un axe
    actions:
      - {number: 1, text: Faire., pilots: [], associated: [DSJ], years: [2021], fields: {etat: vert}}
      - {number: 2, text: Finir., pilots: [DHUP], associated: [], years: [], when: en continu}
actions:
  - {number: 3, text: Dire., pilots: [DHUP, DSJ], associated: [], years: [2021, 2022], due: "2021-06",
     progress: [{date: "2021-01-01", status: en cours}]}
"""


@pytest.fixture(params=[*(pytest.param(plan, marks=pytest.mark.slow, id=plan.stem) for plan in PLANS), BARE])
def plan(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if isinstance(request.param, bytes):
        (tmp_path / "plan.yaml").write_bytes(request.param)
        return str(tmp_path / "plan.yaml")
    return str(request.param)


def asked(name: str, value: object) -> list[str]:
    """Return the filter that asks for a value of a dimension."""
    if name == "late":
        return ["--late"]
    word = "none" if value is None else str(value)
    return [FLAGS[name], word] if name in FLAGS else ["-f", f"{name}={word}"]


def dimensions(plancli: Typed, plan: str) -> list[str]:
    said = plancli("summary", "--by", "?", "--plan", plan).err
    return str(said.splitlines()[1].partition(": ")[2]).split(", ")


def listed(plancli: Typed, plan: str, *filters: str) -> int:
    answer = plancli("list", *filters, "--plan", plan, "--format", "json")
    assert answer.code == 0, (filters, answer.err)
    return len(json.loads(answer.out))


def test_each_row_of_a_count_is_a_list(plancli: Typed, plan: str) -> None:
    for name in dimensions(plancli, plan):
        counted = json.loads(plancli("summary", "--by", name, "--plan", plan, "--format", "json").out)
        for row in counted["rows"]:
            if row[name] is False:  # what isn't late is the rest of what is
                rest = counted["total"] - sum(other["actions"] for other in counted["rows"] if other[name])
                assert row["actions"] == rest
                continue
            assert listed(plancli, plan, *asked(name, row[name])) == row["actions"], (name, row)


def test_each_cell_of_a_cross_is_a_list(plancli: Typed, plan: str) -> None:
    names = [name for name in dimensions(plancli, plan) if name != "late"]
    first = names[0]
    for second in names[1:]:
        line = ("summary", "--by", first, "--by", second, "--plan", plan, "--format", "json")
        for row in json.loads(plancli(*line).out)["rows"][::12]:
            filters = [*asked(first, row[first]), *asked(second, row[second])]
            assert listed(plancli, plan, *filters) == row["actions"], row


def figures(summary: dict[str, Any], levels: list[str]) -> Iterator[tuple[dict[str, str], int]]:
    """Yield the values, by dimension, and the count of each figure of a plain summary."""
    yield {}, summary["total"]
    for row in summary["directorates"]:
        code = row["directorate"]
        yield {"directorate": code}, row["actions"]
        yield {"pilot": code}, row["pilot"]
        yield {"associated": code}, row["associated"]
        yield from crossed({"directorate": code}, row)
    for row in summary.get("orientations", ()):
        usual = [number for number in (row["orientation"], row["measure"]) if number is not None]
        path = row.get("groups", usual)
        place = {levels[len(path) - 1]: ".".join(map(str, path)) if "groups" in row else str(path[-1])}
        yield place, row["actions"]
        yield from crossed(place, row)


def crossed(values: dict[str, str], row: dict[str, Any]) -> Iterator[tuple[dict[str, str], int]]:
    """Yield the figures of a row for each year and each priority."""
    for name, key in (("year", "years"), ("priority", "priorities")):
        yield from (({name: value, **values}, count) for value, count in row.get(key, {}).items())


def test_each_figure_of_the_summary_is_a_list(plancli: Typed, plan: str) -> None:
    """Each is asked of the query that ``list`` makes, and the first of each kind of ``list`` itself."""
    summary = json.loads(plancli("summary", "--plan", plan, "--format", "json").out)
    read = read_plan(read_document(Path(plan).read_bytes(), plan).data)
    kinds = set()
    for values, count in figures(summary, dimensions(plancli, plan)):
        typed = {name: [value] for name, value in values.items() if name in FLAGS}
        fields = [f"{name}={value}" for name, value in values.items() if name not in FLAGS]
        assert len(make_query(read, typed, fields).select(read)) == count, values
        if (*values,) not in kinds:
            kinds.add((*values,))
            filters = [word for name, value in values.items() for word in asked(name, value)]
            assert listed(plancli, plan, *filters) == count, filters
