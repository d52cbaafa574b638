"""The canonical layout: plain data that has the shape of a plan to lines of text."""

from collections.abc import Iterator
from typing import Any, NamedTuple

from plancli.location import Path
from plancli.plan.model import Type, shape
from plancli.plan.model.shape import Holds
from plancli.plan.writer.scalars import WIDTH, can_fold, flow, fold_prose, is_plain, key, quote, scalar


class PlanLine(NamedTuple):
    """One line: the path of the entry it belongs to, its indent, and its text; both empty for a blank line."""

    path: Path
    indent: int
    text: str

    def __str__(self) -> str:
        return " " * self.indent + self.text


BLANK = PlanLine((), 0, "")


def dump_lines(plan: dict[str, Any]) -> list[PlanLine]:
    """Return the lines of a whole plan."""
    return _block("plan", plan, (), 0)


def _block(kind: str, block: dict[str, Any], path: Path, indent: int) -> list[PlanLine]:
    """Return the lines of the keys of a block, in the order of the file."""
    lines: list[PlanLine] = []
    for name, what, _required, inner, _values in shape.SHAPE[kind]:
        if name in block:
            value, here = block[name], (*path, name)
            if type(what) is Holds:
                lines += _nested(name, what, inner, value, here, indent)
            else:
                lines += _entry(name, what, value, here, indent)
    return lines


def lines_at(value: Any, path: Path, indent: int) -> list[PlanLine]:
    """Return the lines of a value at a path: an item of a list, with its dash, or a key with its value."""
    key, is_item = shape.key_at(path)
    if not isinstance(key.type, Holds):
        return list(_entry(key.name, key.type, value, path, indent))
    if is_item:
        return list(_item(key.type, key.block, value, path, indent))
    return list(_nested(key.name, key.type, key.block, value, path, indent))


def _nested(name: str, what: Holds, kind: str, value: Any, path: Path, indent: int) -> Iterator[PlanLine]:
    """Return the lines of a key under which blocks or texts stand."""
    yield PlanLine(path, indent, _head(name, value))
    if what is Holds.BLOCK:
        yield from _block(kind, value, path, indent + 2)
        return
    for step, item in enumerate(value) if what is Holds.BLOCKS else value.items():
        if step and name in shape.LEVELS:
            yield BLANK
        yield from _item(what, kind, item, (*path, step), indent + 2)


def _item(what: Holds, kind: str, item: Any, path: Path, indent: int) -> Iterator[PlanLine]:
    """Return the lines of a block in a list, or of an entry of a register."""
    if what is Holds.BLOCKS:
        first, *others = _block(kind, item, path, indent + 2)
        yield PlanLine(first.path, indent, f"- {first.text}")
        yield from others
    elif what is Holds.TEXTS:
        yield PlanLine(path, indent, f"{key(str(path[-1]))}: {scalar(item)}")
    else:
        code = key(str(path[-1]))
        yield PlanLine(path, indent, f"{code}: {{}}" if item == {} else f"{code}:")
        yield from _block(kind, item or {}, path, indent + 2)


def _entry(name: str, what: Type | Holds, value: Any, path: Path, indent: int) -> Iterator[PlanLine]:
    """Return the lines of one key whose value is a scalar or a list of scalars."""
    if isinstance(value, list):
        yield PlanLine(path, indent, f"{name}: {flow(value)}")
    elif isinstance(value, str) and (what is Type.TEXT or what is Type.PROSE):
        yield from _prose(name, value, path, indent, always=what is Type.TEXT)
    else:
        yield PlanLine(path, indent, f"{name}: {scalar(value)}")


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
    """Write a key whose value stands under it, or beside it when it is empty."""
    return f"{name}:" if value else f"{name}: {'{}' if isinstance(value, dict) else '[]'}"
