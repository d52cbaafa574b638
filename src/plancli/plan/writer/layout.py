"""The canonical layout: plain data that has the shape of a plan to lines of text."""

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from plancli.location import Path
from plancli.plan.model import FIELDS, Kind
from plancli.plan.writer.scalars import WIDTH, can_fold, flow, fold_prose, is_plain, key, quote, scalar


class Line(NamedTuple):
    """One line: the path of the entry it belongs to, its indent, and its text; both empty for a blank line."""

    path: Path
    indent: int
    text: str

    def __str__(self) -> str:
        return " " * self.indent + self.text


BLANK = Line((), 0, "")

_PLAN = ("title", "language", "period", "priorities", "directorates", "orientations")
_OPTIONAL = ("unused_numbers", "source_notes", "glossary")
_ORDER = {
    "period": ("start", "end"),
    "directorates": ("name", "ministry", "note"),
    "unused_numbers": ("number", "reason"),
    "source_notes": ("action", "measure", "orientation", "field", "source", "note"),
}
_TEXTS = frozenset(["title", *(field.key for field in FIELDS if field.kind is Kind.TEXT)])
_PROSE = _TEXTS | {"name", "note", "reason"}


def lay_out_plan(plan: dict[str, Any]) -> Iterator[Line]:
    """Give the lines of a whole plan."""
    for name in (*_PLAN, *_OPTIONAL):
        if name not in plan:
            continue
        value, path = plan[name], (name,)
        if name == "orientations":
            yield from _orientations(value, path)
        elif name == "period":
            yield Line(path, 0, "period:")
            yield from _entries(value, _ORDER[name], path, 2)
        elif name == "directorates":
            yield from _directorates(value, path)
        elif name == "glossary":
            yield Line(path, 0, _head("glossary", value))
            for acronym, expansion in value.items():
                yield Line((*path, acronym), 2, f"{key(acronym)}: {scalar(expansion)}")
        elif name in _OPTIONAL:
            yield Line(path, 0, _head(name, value))
            for index, item in enumerate(value):
                yield from _item(_entries(item, _ORDER[name], (*path, index), 4))
        else:
            yield from _entry(name, value, path, 0)


def _orientations(orientations: list[Any], path: Path) -> Iterator[Line]:
    yield Line(path, 0, _head("orientations", orientations))
    yield from _blocks(
        (
            *_item(_entries(orientation, ("number", "title"), here, 4)),
            *_measures(orientation["measures"], (*here, "measures")),
        )
        for orientation, here in _each(orientations, path)
    )


def _measures(measures: list[Any], path: Path) -> Iterator[Line]:
    yield Line(path, 4, _head("measures", measures))
    yield from _blocks(
        (
            *_item(_entries(measure, ("number", "title"), here, 8)),
            *_actions(measure["actions"], (*here, "actions")),
        )
        for measure, here in _each(measures, path)
    )


def _actions(actions: list[Any], path: Path) -> Iterator[Line]:
    yield Line(path, 8, _head("actions", actions))
    fields = tuple(field.key for field in FIELDS)
    yield from _blocks(_item(_entries(action, fields, here, 12)) for action, here in _each(actions, path))


def _directorates(directorates: dict[str, Any], path: Path) -> Iterator[Line]:
    yield Line(path, 0, _head("directorates", directorates))
    for code, about in directorates.items():
        here = (*path, code)
        yield Line(here, 2, f"{key(code)}: {{}}" if about == {} else f"{key(code)}:")
        yield from _entries(about or {}, _ORDER["directorates"], here, 4)


def _each(items: list[Any], path: Path) -> Iterator[tuple[Any, Path]]:
    for index, item in enumerate(items):
        yield item, (*path, index)


def _blocks(blocks: Iterable[Iterable[Line]]) -> Iterator[Line]:
    """Put one blank line between blocks."""
    for index, block in enumerate(blocks):
        if index:
            yield BLANK
        yield from block


def _item(lines: Iterable[Line]) -> Iterator[Line]:
    """Put the dash of a list before the first line."""
    for index, line in enumerate(lines):
        yield line if index else Line(line.path, line.indent - 2, f"- {line.text}")


def _entries(block: dict[str, Any], order: tuple[str, ...], path: Path, indent: int) -> Iterator[Line]:
    for name in order:
        if name in block:
            yield from _entry(name, block[name], (*path, name), indent)


def lay_out_entry(name: str, value: Any, indent: int) -> list[str]:
    """Give the lines of one key whose value is a scalar or a list of scalars, as they stand at an indent."""
    return [str(line) for line in _entry(name, value, (name,), indent)]


def _entry(name: str, value: Any, path: Path, indent: int) -> Iterator[Line]:
    """Give the lines of one key whose value is a scalar or a list of scalars."""
    head = key(name)
    if isinstance(value, list):
        yield Line(path, indent, f"{head}: {flow(value)}")
    elif name in _PROSE and isinstance(value, str):
        yield from _prose(head, value, path, indent, always=name in _TEXTS)
    else:
        yield Line(path, indent, f"{head}: {scalar(value)}")


def _prose(name: str, text: str, path: Path, indent: int, always: bool) -> Iterator[Line]:
    if not always and is_plain(text) and indent + len(name) + 2 + len(text) <= WIDTH:
        yield Line(path, indent, f"{name}: {text}")
    elif can_fold(text):
        yield Line(path, indent, f"{name}: >-")
        for line in fold_prose(text, indent + 2):
            yield Line(path, indent + 2, line)
    else:
        yield Line(path, indent, f"{name}: {quote(text)}")


def _head(name: str, value: Any) -> str:
    """Write a key whose value stands under it, or beside it when it is empty."""
    return f"{name}:" if value else f"{name}: {'{}' if isinstance(value, dict) else '[]'}"
