"""The charts of the page: bars as SVG, and who works with whom."""

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from plancli.exchange.exporters.html.groups import group_columns
from plancli.output.views.stats import (
    Participation,
    by_year,
    participations,
)
from plancli.plan.model import (
    Group,
    Plan,
)
from plancli.text import fold

_COUNTABLE = 40
"""Up to this many actions a bar is one block an action; above, it is scaled."""

_ROOM = 30
"""Blocks there is room for in a bar of roles, so that a small plan has no large ones."""


def chart_values(plan: Plan) -> dict[str, Any]:
    """Return what the template draws: actions by year, by role, and of each directorate by group."""
    works = participations(plan, plan.actions)
    counts = [list(by_year(plan, own).values()) for own in (*(top.actions for top in plan.groups), plan.loose)]
    drawn = bars(counts)
    longest = max([_ROOM, *(len(work.pilot) + len(work.associated) for work in works)])
    return {
        "years": tuple(plan.period.years),
        "year_rows": list(zip(plan.groups, drawn, strict=False)),
        "loose_row": drawn[-1],
        "year_totals": list(by_year(plan, plan.actions).values()),
        "overlap": sum(map(sum, counts)) > len(plan.actions),
        "works": works,
        "role_rows": [
            (work, _bar(len(work.pilot), len(work.associated), longest)) for work in works if work.actions
        ],
        "matrix_rows": _matrix(works, [group for _top, inner in group_columns(plan) for group in inner]),
        "sorted_codes": sorted(plan.directorates, key=lambda each: fold(each.code)),
        "totals_of": {work.code: work for work in works},
    }


def _matrix(
    works: Iterable[Participation], groups: Sequence[Group]
) -> list[tuple[Participation, list[tuple[int, int]]]]:
    """Return for each directorate in some action how many of each group it pilots, and is associated in."""
    columns = [
        (
            Counter(code for action in group.actions for code in {*action.pilots}),
            Counter(code for action in group.actions for code in {*action.associated}),
        )
        for group in groups
    ]
    return [
        (work, [(pilot[work.code], associated[work.code]) for pilot, associated in columns])
        for work in works
        if work.actions
    ]


class Bar(NamedTuple):
    """A bar as SVG: its drawing space, and the path of each half (full blocks, hollow blocks)."""

    width: int
    full: str
    hollow: str


def _bar(full: int, hollow: int, longest: int) -> Bar:
    """Draw ``full`` then ``hollow`` actions in a space for ``longest``: a block an action, or one scaled block."""
    if longest <= _COUNTABLE:
        return Bar(
            8 * max(longest, 1),
            "".join(f"M{8 * index} 0h6v10h-6z" for index in range(full)),
            "".join(f"M{8 * index}.5 .5h5v9h-5z" for index in range(full, full + hollow)),
        )
    wide = 240
    first, second = (round(wide * count / longest) or int(count > 0) for count in (full, hollow))
    return Bar(
        wide,
        f"M0 0h{first}v10h-{first}z" if first else "",
        f"M{first}.5 .5h{max(second - 1, 1)}v9h-{max(second - 1, 1)}z" if second else "",
    )


def bars(rows: Sequence[Iterable[int]]) -> list[list[tuple[int, Bar]]]:
    """Return the counts of some rows with their bars, the longest for the highest of all."""
    counts = [list(row) for row in rows]
    tallest = max((count for row in counts for count in row), default=0)
    return [[(count, _bar(count, 0, tallest)) for count in row] for row in counts]
