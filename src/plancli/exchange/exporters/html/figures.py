"""What the page counts: actions by orientation and year, roles by directorate, directorates by measure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from plancli.plan.model import Action, Directorate, Group, Plan

_COUNTABLE = 40
"""Up to this many actions a bar is one block an action; above, it is scaled."""


@dataclass(frozen=True, slots=True)
class Work:
    """What a directorate does: the numbers of its actions by role, and with whom (code, actions in common)."""

    directorate: Directorate
    pilot: tuple[int, ...]
    associated: tuple[int, ...]
    partners: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """Count the distinct actions."""
        return len({*self.pilot, *self.associated})


def works(plan: Plan) -> tuple[Work, ...]:
    """Return the work of each declared directorate: by number of actions, then times as pilot, then code."""
    together: dict[str, Counter[str]] = {directorate.code: Counter() for directorate in plan.directorates}
    pilot: dict[str, list[int]] = {code: [] for code in together}
    associated: dict[str, list[int]] = {code: [] for code in together}
    for action in plan.actions:
        for code in dict.fromkeys(action.pilots):
            pilot[code].append(action.number)
        for code in dict.fromkeys(action.associated):
            associated[code].append(action.number)
        for code in action.directorates:
            together[code].update(other for other in action.directorates if other != code)
    found = [
        Work(
            directorate,
            tuple(pilot[directorate.code]),
            tuple(associated[directorate.code]),
            tuple(sorted(together[directorate.code].items(), key=lambda pair: (-pair[1], pair[0]))),
        )
        for directorate in plan.directorates
    ]
    return tuple(sorted(found, key=lambda work: (-work.total, -len(work.pilot), work.directorate.code)))


@dataclass(frozen=True, slots=True)
class Cell:
    """How many actions of a measure a directorate pilots, and in how many it is associated."""

    pilot: int
    associated: int


def matrix(done: Iterable[Work], measures: Sequence[Group]) -> tuple[tuple[Work, tuple[Cell | None, ...]], ...]:
    """Cross the directorates that take part in something with the measures; None where they don't meet."""
    columns = [
        (
            Counter(code for action in measure.actions for code in {*action.pilots}),
            Counter(code for action in measure.actions for code in {*action.associated}),
        )
        for measure in measures
    ]
    rows = []
    for work in done:
        if work.total:
            code = work.directorate.code
            counts = [(pilot[code], associated[code]) for pilot, associated in columns]
            rows.append((work, tuple(Cell(*pair) if any(pair) else None for pair in counts)))
    return tuple(rows)


def covering(actions: Iterable[Action], year: int) -> int:
    """Count the actions that cover a year."""
    return sum(year in action.covered for action in actions)


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar as SVG: its drawing space, and the path of each half (full blocks, hollow blocks)."""

    width: int
    full: str
    hollow: str


def bar(full: int, hollow: int, longest: int) -> Bar:
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
