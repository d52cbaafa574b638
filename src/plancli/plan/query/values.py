"""One value of a filter as typed, and what it stands for in a plan."""

from collections.abc import Callable, Iterable

from plancli.plan.model import Plan
from plancli.text import fold

Found = str | int | tuple[int, ...]


def _codes(plan: Plan, value: str) -> tuple[str, ...]:
    declared = [directorate.code for directorate in plan.directorates]
    if value in declared:
        return (value,)
    wanted = fold(value)
    return tuple(code for code in declared if fold(code) == wanted)


def whole(value: str) -> int | None:
    """Give the number that is written with digits only; None for all else, and beyond 18 digits."""
    return int(value) if value.isascii() and value.isdecimal() and len(value) <= 18 else None


def _year(plan: Plan, value: str) -> tuple[int, ...]:
    number = whole(value)
    return (number,) if number is not None and number in plan.period.years else ()


def years_of(plan: Plan, value: str) -> tuple[tuple[int, ...], ...]:
    """Read a calendar as the plan writes it: ``2021``, ``2021-2022``, ``2021+2023``; nothing if it isn't one."""
    years: list[int] = []
    for run in value.split("+"):
        first, dash, last = run.partition("-")
        start, end = _year(plan, first), _year(plan, last if dash else first)
        if not start or not end or end < start or (years and start[0] <= years[-1]):
            return ()
        years += range(start[0], end[0] + 1)
    return (tuple(years),)


def _among(numbers: Callable[[Plan], Iterable[int]]) -> Callable[[Plan, str], tuple[Found, ...]]:
    def read(plan: Plan, value: str) -> tuple[Found, ...]:
        number = whole(value)
        return (number,) if number is not None and number in set(numbers(plan)) else ()

    return read


READERS: dict[str, Callable[[Plan, str], tuple[Found, ...]]] = {
    "directorate": _codes,
    "pilot": _codes,
    "associated": _codes,
    "year": _year,
    "calendar": years_of,
    "priority": _among(lambda plan: plan.priorities),
    "orientation": _among(lambda plan: (orientation.number for orientation in plan.orientations)),
    "measure": _among(lambda plan: (measure.number for measure in plan.measures)),
    "text": lambda plan, value: (value,),
}
"""How each filter reads one value: what it stands for in the plan; nothing if the plan doesn't know it."""
