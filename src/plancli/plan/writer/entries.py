"""The order of entries of progress: the oldest first, those of one day as they stand."""

from collections.abc import Iterator
from typing import Any

from plancli.location import Path
from plancli.plan.model.follow_up import last_day
from plancli.plan.model.shape import CONTENTS

Orders = dict[Path, list[int]]
"""The indexes of entries in their order, by the path of their list; only of lists in another order."""


def orders_of(plan: dict[str, Any]) -> Orders:
    """Return the order of the entries of each action that has them in another one."""
    return dict(_orders(plan, ()))


def _orders(block: dict[str, Any], path: Path) -> Iterator[tuple[Path, list[int]]]:
    for key in CONTENTS["plan"] + CONTENTS["measure"]:
        for index, inner in enumerate(block.get(key) or ()):
            here = (*path, key, index)
            if key != "actions":
                yield from _orders(inner, here)
            elif len(entries := inner.get("progress") or ()) > 1:
                found = sorted(range(len(entries)), key=lambda at: last_day(str(entries[at].get("date"))))
                if found != list(range(len(entries))):
                    yield (*here, "progress"), found


def in_order(data: Any, orders: Orders, path: Path = ()) -> Any:
    """Return plain data with entries in their order; what has none is shared."""
    if not orders:
        return data
    if path in orders:
        return [data[at] for at in orders[path]]
    if not any(each[: len(path)] == path for each in orders):
        return data
    if isinstance(data, dict):
        return {key: in_order(value, orders, (*path, key)) for key, value in data.items()}
    return (
        [in_order(value, orders, (*path, at)) for at, value in enumerate(data)] if isinstance(data, list) else data
    )


def moved(path: Path, orders: Orders) -> Path:
    """Return where a path leads once entries are in their order."""
    for length in range(len(path) if orders else 0):
        if path[:length] in orders:
            return (*path[:length], orders[path[:length]].index(int(path[length])), *path[length + 1 :])
    return path
