"""What an editor shows: on a word that the pointer rests on, in the outline, as a word that may be typed."""

import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from plancli.diagnostic import Part
from plancli.editor.subjects import Kind, Subject, declaration_of, each_block
from plancli.i18n import _, ngettext
from plancli.location import Path, Span
from plancli.plan.document import Document
from plancli.plan.model import NOTE_FIELDS, shape
from plancli.text import truncate
from plancli.text.markdown import escape


def explain(document: Document, subject: Subject) -> str:
    """Return what is known of a subject, in Markdown; empty for nothing."""
    word = escape(str(subject.word))
    if subject.kind is Kind.ACRONYM:
        return f"**{word}**: {escape(str(document.at(('glossary', str(subject.word)))))}"
    if subject.kind is Kind.DIRECTORATE:
        return _explain_directorate(document, str(subject.word))
    if subject.kind is Kind.STATUS:
        about = document.at(("statuses", str(subject.word)))
        closed = isinstance(about, dict) and about.get("closed") is True
        return f"**{word}**" + (f": {_('closed')}" if closed else "")
    declared = declaration_of(document, subject)
    block = document.at(declared[0][:-1]) if declared else None
    if not isinstance(block, dict):
        return ""
    words = block.get("text") if "text" in block else block.get("title")
    return f"**{_name(document, declared[0][:-1] if declared else (), block)}**\n\n{escape(str(words or ''))}"


def _explain_directorate(document: Document, code: str) -> str:
    about = document.at(("directorates", code))
    known = about if isinstance(about, dict) else {}
    parts = [escape(str(known[key])) for key in ("name", "ministry", "note") if known.get(key)]
    lines = [f"**{escape(code)}**" + (f": {parts[0]}" if parts else ""), *parts[1:]]
    numbers: dict[str, list[str]] = {"pilots": [], "associated": []}
    for kind, _path, block in each_block(document.data):
        for role, found in numbers.items() if kind == "action" else ():
            if isinstance(block.get(role), list) and code in block[role]:
                found.append(str(block.get("number")))
    for role, title in (("pilots", _("Pilot")), ("associated", _("Associated"))):
        if numbers[role]:
            count = ngettext("{n} action", "{n} actions", len(numbers[role]))
            lines.append(f"{title}: {count} ({', '.join(numbers[role])})")
    return "\n\n".join(lines)


def _name(document: Document, path: Path, block: dict[str, Any]) -> str:
    """Return the name of a group or an action: what the plan calls its level, and its code or number."""
    written = escape(str(block.get("code") or block.get("number") or ""))
    if path[-2:-1] == ("actions",):
        return _("action {number}").format(number=written)
    return f"{escape(_level(document, len(path) // 2))} {written}".strip()


def _level(document: Document, level: int) -> str:
    names = document.at(("levels",))
    if isinstance(names, list):
        name = names[level - 1] if level <= len(names) else ""
        return str(name.get("name", "") if isinstance(name, dict) else name)
    return _("Orientation") if level == 1 else _("Measure")


class Symbol(NamedTuple):
    """A line of the outline: a group or an action, all of its text and its number, and what stands in it."""

    name: str
    words: str
    is_action: bool
    whole: Span
    head: Span
    inside: tuple["Symbol", ...]


def outline(document: Document) -> tuple[Symbol, ...]:
    """Return the groups of a plan with what they hold, and the actions that stand in none."""
    return tuple(_symbols(document, document.data, ()))


def _symbols(document: Document, data: Any, path: Path) -> Iterator[Symbol]:
    for key in shape.LEVELS if isinstance(data, dict) else ():
        items = data.get(key)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            here = (*path, key, index)
            _key, node = document.find(here)
            if not isinstance(item, dict) or node is None:
                continue
            words = item.get("text") if key == "actions" else item.get("title")
            head = document.span((*here, "number") if "number" in item else here, Part.HEAD)
            end = node.start + len(document.text[node.start : node.end].rstrip())
            start = document.extent(here, Part.DASH)[0]
            yield Symbol(
                _name(document, here, item).replace("\\", ""),
                truncate(" ".join(str(words or "").split()), 80),
                key == "actions",
                document.span_between(start, max(end, start + 1)),
                head,
                tuple(_symbols(document, item, here)),
            )


class Proposal(NamedTuple):
    """A word that may be typed at a place: what is written, what it stands for, and what it replaces (offsets)."""

    word: str
    text: str
    about: str
    start: int
    end: int


def propose(text: str, offset: int, data: Any) -> list[Proposal]:
    """Return what may be typed at an offset of a text; ``data`` is the plan as it was read last."""
    from plancli.plan.writer.scalars import scalar

    line_start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    line = text[line_start:offset]
    found = re.match(r"(?P<indent>[ ]*)(?:- +)*(?P<key>[^\s:#\"'\[\]{},]+) *:[ ]+(?P<rest>.*)", line)
    item = re.match(r"(?P<indent>[ ]*)- +(?P<rest>[^:]*)$", line)
    if found:
        key, rest = found["key"], found["rest"]
    elif item:
        key, rest = _key_above(text[:line_start], len(item["indent"])), item["rest"]
    else:
        return []
    values = _values(key, data if isinstance(data, dict) else {})
    is_list = key in ("pilots", "associated") or _is_list(key)
    in_brackets = rest.startswith("[") and "]" not in rest
    typed = re.split(r"[\[,]", rest)[-1].lstrip() if in_brackets else rest
    if not values or (rest.startswith("[") and not in_brackets):
        return []
    start = offset - len(typed)
    flow = in_brackets or (is_list and not item)
    proposals = []
    for word, about in values:
        written = scalar(word, flow=flow)
        new = f"[{written}]" if is_list and not in_brackets and not item else written
        proposals.append(Proposal(str(word), new, about, start, offset))
    return proposals


def _is_list(key: str) -> bool:
    return key in shape.LISTS and key not in ("values",)


def _key_above(text: str, indent: int) -> str:
    """Return the key of the list that an item stands in, by the lines above it."""
    for line in reversed(text.split("\n")):
        match = re.match(r"( *)(?:- +)?([^\s:#]+) *:\s*$", line)
        if match and len(match[1]) <= indent:
            return match[2]
        if line.strip() and not line.lstrip().startswith(("-", "#")):
            return ""
    return ""


def _values(key: str, data: dict[str, Any]) -> list[tuple[str | int, str]]:
    """Return the values that a key may have, each with what it stands for."""
    register = data.get("directorates")
    if key in ("pilots", "associated", "by") and isinstance(register, dict):
        described = ((code, about if isinstance(about, dict) else {}) for code, about in register.items())
        return [(code, str(about.get("name", ""))) for code, about in described]
    if key == "status" and isinstance(data.get("statuses"), dict):
        return [
            (name, _("closed") if isinstance(about, dict) and about.get("closed") else "")
            for name, about in data["statuses"].items()
        ]
    if key == "priority" and isinstance(data.get("priorities"), list):
        return [(each, "") for each in data["priorities"] if isinstance(each, str | int)]
    if key == "field":
        return [(each, "") for each in NOTE_FIELDS]
    if key == "action":
        actions = ((block.get("number"), block.get("text")) for kind, _p, block in each_block(data) if kind == key)
        return [(number, truncate(str(text), 60)) for number, text in actions if isinstance(number, int)]
    declared = data.get("fields")
    about = declared.get(key) if isinstance(declared, dict) else None
    values = about.get("values") if isinstance(about, dict) else None
    return [(each, "") for each in values if isinstance(each, str)] if isinstance(values, list) else []
