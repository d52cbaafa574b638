"""The canonical layout: plain data that has the shape of a plan to lines of text."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from plancli.dates import last_day
from plancli.location import Path
from plancli.plan.model import Type, read_value, shape
from plancli.plan.model.shape import CONTENTS, Holds
from plancli.plan.writer.edits import Replace, edited
from plancli.plan.writer.scalars import WIDTH, can_fold, flow, fold_prose, is_plain, key, quote, scalar


class PlanLine(NamedTuple):
    """One line: the path of the entry it belongs to, its indent, and its text; both empty for a blank line."""

    path: Path
    indent: int
    text: str

    def __str__(self) -> str:
        return " " * self.indent + self.text if self.text else ""


BLANK = PlanLine((), 0, "")


def dump_lines(plan: dict[str, Any]) -> list[PlanLine]:
    """Return the lines of a whole plan."""
    return _block("plan", plan, (), 0, decimals_of(plan))


def decimals_of(plan: dict[str, Any]) -> frozenset[str]:
    """Return the keys of the declared fields whose values are numbers; plain data says so by a point only."""
    return frozenset(
        key
        for key, about in plan.get("fields", {}).items()
        if isinstance(about, dict) and about.get("type") == "number"
    )


def _block(kind: str, block: dict[str, Any], path: Path, indent: int, decimals: frozenset[str]) -> list[PlanLine]:
    """Return the lines of the keys of a block of a kind, in the order of the file, at an indent."""
    lines: list[PlanLine] = []
    for name, what, _required, inner, _values in shape.SHAPE[kind]:
        if name in block:
            value, here = block[name], (*path, name)
            if type(what) is Holds:
                lines += _nested(name, what, inner, value, here, indent, decimals)
            else:
                lines += _entry(name, what, value, here, indent)
    return lines


def lines_at(value: Any, path: Path, indent: int, decimals: frozenset[str]) -> list[PlanLine]:
    """Return the lines of a value at a path: an item of a list, with its dash, or a key with its value."""
    key, is_item = shape.key_at(path)
    if not isinstance(key.type, Holds):
        return list(_entry(key.name, key.type, value, path, indent))
    if is_item:
        return list(_item(key.type, key.block, value, path, indent, decimals))
    return list(_nested(key.name, key.type, key.block, value, path, indent, decimals))


def _nested(
    name: str, holds: Holds, kind: str, value: Any, path: Path, indent: int, decimals: frozenset[str]
) -> Iterator[PlanLine]:
    """Return the lines of a key under which blocks, texts or values stand."""
    if holds is Holds.NAMES and not any(isinstance(item, dict) for item in value):
        yield PlanLine(path, indent, f"{name}: {flow(value)}")
        return
    yield PlanLine(path, indent, _head(name, value))
    if holds is Holds.BLOCK:
        yield from _block(kind, value, path, indent + 2, decimals)
        return
    for step, item in enumerate(value) if isinstance(value, list) else value.items():
        if step and name in shape.LEVELS:
            yield BLANK
        yield from _item(holds, kind, item, (*path, step), indent + 2, decimals)


def _item(
    holds: Holds, kind: str, item: Any, path: Path, indent: int, decimals: frozenset[str]
) -> Iterator[PlanLine]:
    """Return the lines of a block or a name in a list, or of an entry of a register."""
    name = str(path[-1])
    if holds is Holds.BLOCKS or (holds is Holds.NAMES and isinstance(item, dict)):
        first, *others = _block(kind, item, path, indent + 2, decimals)
        yield PlanLine(first.path, indent, f"- {first.text}")
        yield from others
    elif holds is Holds.NAMES:
        yield PlanLine(path, indent, f"- {scalar(item)}")
    elif holds is Holds.TEXTS:
        yield PlanLine(path, indent, f"{key(name)}: {scalar(item)}")
    elif holds is Holds.VALUES:
        yield from _value(name, item, path, indent, name in decimals)
    else:
        yield PlanLine(path, indent, f"{key(name)}: {{}}" if item == {} else f"{key(name)}:")
        yield from _block(kind, item or {}, path, indent + 2, decimals)


def _value(word: str, value: Any, path: Path, indent: int, is_number: bool) -> Iterator[PlanLine]:
    """Return the lines of the value of a declared field; a list that doesn't fit on a line has a line an item."""
    name = key(word)
    if isinstance(value, list) and len(line := f"{name}: {flow(value)}") + indent > WIDTH:
        yield PlanLine(path, indent, f"{name}:")
        for index, item in enumerate(value):
            for at, text in enumerate(_text(item, indent + 4)):
                dash = "- " if at == 0 else "  "
                yield PlanLine((*path, index), indent + 2, dash + text)
    elif isinstance(value, list):
        yield PlanLine(path, indent, line)
    elif is_number and _is_decimal(value):
        yield PlanLine(path, indent, f"{name}: {value}")
    elif isinstance(value, str) and indent + len(line := f"{name}: {scalar(value)}") > WIDTH:
        yield from _prose(name, value, path, indent, always=False)
    else:
        yield PlanLine(path, indent, f"{name}: {scalar(value)}")


def _text(item: Any, indent: int) -> Iterator[str]:
    """Return the lines of an item of a list of texts, without their indent."""
    if not isinstance(item, str) or (is_plain(item) and indent + len(item) <= WIDTH):
        yield scalar(item)
    elif can_fold(item) and indent + len(item) > WIDTH:
        yield ">-"
        yield from fold_prose(item, indent)
    else:
        yield quote(item)


def _entry(name: str, type_: Type | Holds, value: Any, path: Path, indent: int) -> Iterator[PlanLine]:
    """Return the lines of one key whose value is a scalar or a list of scalars."""
    if isinstance(value, list):
        yield PlanLine(path, indent, f"{name}: {flow(value)}")
    elif isinstance(value, str) and (type_ is Type.TEXT or type_ is Type.PROSE):
        yield from _prose(name, value, path, indent, always=type_ is Type.TEXT)
    else:
        is_number = type_ is Type.DECIMAL and _is_decimal(value)
        yield PlanLine(path, indent, f"{name}: {value if is_number else scalar(value)}")


def _is_decimal(value: object) -> bool:
    """Return whether a value is a number with a point, which is a text in plain data and has no quotes."""
    return isinstance(value, str) and read_value(Type.DECIMAL, value) != value


def _prose(name: str, text: str, path: Path, indent: int, always: bool) -> Iterator[PlanLine]:
    if not always and is_plain(text) and indent + len(name) + 2 + len(text) <= WIDTH:
        yield PlanLine(path, indent, f"{name}: {text}")
    elif can_fold(text):
        yield PlanLine(path, indent, f"{name}: >-")
        for line in fold_prose(text, indent + 2):
            yield PlanLine(path, indent + 2, line)
    else:
        yield PlanLine(path, indent, f"{name}: {quote(text)}")


def _head(name: str, value: Any) -> str:
    """Write a key whose value is under it, or beside it when it is empty."""
    return f"{name}:" if value else f"{name}: {'{}' if isinstance(value, dict) else '[]'}"


Orders = dict[Path, list[int]]
"""The indexes of entries in their order, by the path of their list; only of lists in another order."""


def sort_entries(plan: dict[str, Any]) -> tuple[dict[str, Any], Orders]:
    """Return the data of a plan with the entries of each action in order, the oldest first, and that order."""
    found = list(_unsorted(plan, ()))
    edits = [Replace(path, [entries[at] for at in order]) for path, entries, order in found]
    return edited(plan, edits), {path: order for path, _entries, order in found}


def _unsorted(block: dict[str, Any], path: Path) -> Iterator[tuple[Path, list[Any], list[int]]]:
    """Yield the path of each list of entries that are in another order, the entries, and their order."""
    for name in CONTENTS["plan"] + CONTENTS["measure"]:
        for index, inner in enumerate(block.get(name) or ()):
            here = (*path, name, index)
            if name != "actions":
                yield from _unsorted(inner, here)
            elif len(entries := inner.get("progress") or []) > 1:
                days = [last_day(str(entry.get("date"))) for entry in entries]
                order = sorted(range(len(entries)), key=lambda at: days[at])
                if order != list(range(len(entries))):
                    yield (*here, "progress"), entries, order


def sorted_path(path: Path, orders: Orders) -> Path:
    """Return where a path leads once entries are in their order."""
    for length in range(len(path) if orders else 0):
        if path[:length] in orders:
            return (*path[:length], orders[path[:length]].index(int(path[length])), *path[length + 1 :])
    return path
