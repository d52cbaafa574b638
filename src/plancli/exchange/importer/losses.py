"""What a plan file holds that the plan imported over it doesn't."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from plancli.i18n import _, ngettext
from plancli.plan.document import read_document
from plancli.plan.model import ShapeError, read_plan, written_runs
from plancli.plan.writer.comments import comments


def losses(old: bytes, new: dict[str, Any]) -> tuple[str, ...] | None:
    """Return what would be lost of a plan file, in words; None where it isn't a plan."""
    document = read_document(old, "")
    try:
        read_plan(document.data)
    except ShapeError:
        return None
    data: dict[str, Any] = document.data
    found = [
        _numbered(_("actions {numbers}"), set(_actions(data)) - set(_actions(new))),
        _numbered(_("the old wording or roles of actions {numbers}"), _changed(data, new)),
        _("the title “{title}”").format(title=data["title"]) if data["title"] != new["title"] else "",
        *_declared(data, new),
    ]
    now = new["directorates"]
    known = sum((about or {}) != (now.get(code) or {}) for code, about in data["directorates"].items())
    if known:
        found.append(ngettext("what is known of {n} directorate", "what is known of {n} directorates", known))
    remarks = len(comments(document))
    if remarks:
        found.append(ngettext("{n} comment", "{n} comments", remarks))
    return tuple([each for each in found if each])


def _actions(data: dict[str, Any]) -> dict[int, Any]:
    """Return each action by its number, with the numbers of the groups it stands in."""
    return {action["number"]: (place, action) for place, action in _walk(data, ())}


def _walk(group: dict[str, Any], place: tuple[int, ...]) -> Iterator[tuple[tuple[int, ...], dict[str, Any]]]:
    for each in group.get("orientations", group.get("measures", ())):
        yield from _walk(each, (*place, each["number"]))
    for action in group.get("actions", ()):
        yield place, action


def _changed(old: dict[str, Any], new: dict[str, Any]) -> set[int]:
    now = _actions(new)
    return {number for number, action in _actions(old).items() if number in now and now[number] != action}


def _numbered(sentence: str, numbers: set[int]) -> str:
    return sentence.format(numbers=", ".join(written_runs(sorted(numbers)))) if numbers else ""


def _declared(old: dict[str, Any], new: dict[str, Any]) -> list[str]:
    notes = _missing(old.get("source_notes", []), new.get("source_notes", []))
    unused = _missing(old.get("unused_numbers", []), new.get("unused_numbers", []))
    acronyms = len(old.get("glossary", {}).keys() - new.get("glossary", {}).keys())
    return [
        ngettext("{n} source note", "{n} source notes", notes) if notes else "",
        ngettext("{n} unused number", "{n} unused numbers", unused) if unused else "",
        ngettext("{n} acronym", "{n} acronyms", acronyms) if acronyms else "",
    ]


def _missing(old: list[Any], new: list[Any]) -> int:
    kept = Counter(repr(sorted(each.items())) for each in new)
    return sum((Counter(repr(sorted(each.items())) for each in old) - kept).values())
