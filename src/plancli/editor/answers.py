"""What an editor shows of a plan: what a word means, on hovering; its declaration, its uses, and renaming it.

And the outline of the plan, and words that may be typed.
"""

import re
from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any, NamedTuple

from plancli.diagnostic import Part
from plancli.errors import Usage
from plancli.i18n import _, ngettext
from plancli.location import Path, Span
from plancli.plan.document import Document
from plancli.plan.model import NOTE_FIELDS, shape
from plancli.plan.writer.scalars import key as written_key
from plancli.plan.writer.scalars import scalar
from plancli.text import truncate
from plancli.text.markdown import escape


class SubjectKind(StrEnum):
    """The kinds of things that a word of a plan may mean."""

    DIRECTORATE = "directorate"
    ACRONYM = "acronym"
    ACTION = "action"
    GROUP = "group"
    STATUS = "status"
    BLOCK_CODE = "code"


_REGISTERS = {
    SubjectKind.DIRECTORATE: "directorates",
    SubjectKind.ACRONYM: "glossary",
    SubjectKind.STATUS: "statuses",
}
"""The key of the plan under which a kind of word is declared."""


class Subject(NamedTuple):
    """A word of a plan that means something, and where it stands; ``owner`` is the block whose number it is."""

    kind: SubjectKind
    word: str | int
    path: Path
    part: Part
    span: Span
    owner: Path = ()


def subject_at(document: Document, offset: int) -> Subject | None:
    """Return what is at an offset of a plan; None where it means nothing by itself."""
    path = document.path_at(offset)
    for part in (Part.VALUE, Part.KEY):
        start, end = document.extent(path, part)
        if start <= offset <= end:
            kind = _kind(document, path, part)
            if kind is not None:
                word = path[-1] if part is Part.KEY else document.at(path)
                if isinstance(word, str | int) and not isinstance(word, bool):
                    return Subject(kind, word, path, part, document.span_between(start, end), _owner(path, kind))
            elif part is Part.VALUE and shape.is_text(path):
                return _word(document, path, offset, start, end)
    return None


def _kind(document: Document, path: Path, part: Part) -> SubjectKind | None:
    if part is Part.KEY:
        return next((kind for kind, name in _REGISTERS.items() if path[:-1] == (name,)), None)
    last, list_of = path[-1:], path[-2:-1]
    if list_of in (("pilots",), ("associated",)):
        return SubjectKind.DIRECTORATE
    if last == ("by",) and document.at(path) in _keys(document, "directorates"):
        return SubjectKind.DIRECTORATE
    if last == ("status",):
        return SubjectKind.STATUS
    if last == ("code",) and path[0] in shape.LEVELS:
        return SubjectKind.BLOCK_CODE
    if path[:1] == ("source_notes",) and last in (("action",), ("measure",), ("orientation",)):
        return SubjectKind.ACTION if last == ("action",) else SubjectKind.GROUP
    if last == ("number",) and path[-3:-2] and path[-3] in shape.LEVELS:
        return SubjectKind.ACTION if path[-3] == "actions" else SubjectKind.GROUP
    return None


def _owner(path: Path, kind: SubjectKind) -> Path:
    is_of_block = kind in (SubjectKind.ACTION, SubjectKind.GROUP, SubjectKind.BLOCK_CODE)
    return path[:-1] if is_of_block and path[0] in shape.LEVELS else ()


def _word(document: Document, path: Path, offset: int, start: int, end: int) -> Subject | None:
    """Return the acronym or the code that a word of a text is."""
    for found in re.finditer(r"[\w'’-]+", document.text[start:end]):
        if start + found.start() <= offset <= start + found.end():
            for word in (found[0], *re.split(r"['’-]", found[0])):
                for kind in (SubjectKind.ACRONYM, SubjectKind.DIRECTORATE):
                    if word in _keys(document, _REGISTERS[kind]):
                        place = start + found.start() + found[0].index(word)
                        return Subject(
                            kind, word, path, Part.VALUE, document.span_between(place, place + len(word))
                        )
    return None


def _keys(document: Document, name: str) -> dict[str, Any]:
    found = document.at((name,))
    return found if isinstance(found, dict) else {}


def declaration_of(document: Document, subject: Subject) -> tuple[Path, Part] | None:
    """Return where a subject is declared; None where it isn't."""
    if subject.kind in _REGISTERS:
        name = _REGISTERS[subject.kind]
        return ((name, str(subject.word)), Part.KEY) if subject.word in _keys(document, name) else None
    if subject.owner:
        return (*subject.owner, "number"), Part.VALUE
    field = str(subject.path[-1])
    for kind, path, block in _each_block(document.data):
        if kind == field and subject.word in (block.get("number"), block.get("code")):
            return (*path, "number"), Part.VALUE
    return None


def _items(data: Any) -> Sequence[Any]:
    """Return the items of a list; none of what isn't one."""
    return data if isinstance(data, list) else ()


def _blocks_in(data: Any, path: Path) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """Yield the groups and actions that are directly in a block, in their order: their kind, path and keys."""
    for key, kind in shape.LEVELS.items() if isinstance(data, dict) else ():
        for index, item in enumerate(_items(data.get(key))):
            if isinstance(item, dict):
                yield kind, (*path, key, index), item


def _each_block(data: Any, path: Path = ()) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """Yield each group and action of plain data, in its order: its kind, its path, its keys."""
    for kind, here, item in _blocks_in(data, path):
        yield kind, here, item
        yield from _each_block(item, here)


def occurrences(document: Document, subject: Subject) -> list[tuple[Path, Part]]:
    """Return each place where a subject stands as itself, its declaration first; words of texts aren't any."""
    declared = declaration_of(document, subject)
    found = [declared] if declared else []
    if subject.kind is SubjectKind.DIRECTORATE:
        found += _mentions(document.data, ("pilots", "associated"), "by", subject.word)
    elif subject.kind is SubjectKind.STATUS:
        found += _mentions(document.data, (), "status", subject.word)
    elif subject.kind is SubjectKind.BLOCK_CODE:
        found = [(subject.path, Part.VALUE)]
    elif subject.kind in (SubjectKind.ACTION, SubjectKind.GROUP):
        found += _notes_on(document, subject, declared)
    return found


def _mentions(data: Any, lists: tuple[str, ...], key: str, word: object) -> Iterator[tuple[Path, Part]]:
    for kind, path, block in _each_block(data):
        if kind != "action":
            continue
        for name in lists:
            for index, item in enumerate(_items(block.get(name))):
                if item == word:
                    yield (*path, name, index), Part.VALUE
        for index, entry in enumerate(_items(block.get("progress"))):
            if isinstance(entry, dict) and entry.get(key) == word:
                yield (*path, "progress", index, key), Part.VALUE


def _notes_on(
    document: Document, subject: Subject, declared: tuple[Path, Part] | None
) -> Iterator[tuple[Path, Part]]:
    """Yield the source notes on a number, unless other groups have it too."""
    if declared is None:
        return
    field = shape.LEVELS[str(declared[0][-3])]
    blocks = [block for kind, _path, block in _each_block(document.data) if kind == field]
    if sum(1 for block in blocks if block.get("number") == subject.word) != 1:
        return
    for index, note in enumerate(_items(document.at(("source_notes",)))):
        if isinstance(note, dict) and note.get(field) == subject.word:
            yield ("source_notes", index, field), Part.VALUE


def renamed(document: Document, subject: Subject, new: str) -> list[tuple[Span, str]]:
    """Return the edits that give a subject another name, all through the plan; raise Usage where it is taken."""
    _refuse_taken(document, subject, new)

    def written(path: Path, part: Part) -> str:
        if subject.kind in (SubjectKind.ACTION, SubjectKind.GROUP):
            return new
        return written_key(new) if part is Part.KEY else scalar(new, flow=document.is_flow(path))

    places = occurrences(document, subject)
    return [(document.span(path, part), written(path, part)) for path, part in places]


def _refuse_taken(document: Document, subject: Subject, new: str) -> None:
    if not new.strip() or new != new.strip():
        raise Usage(_("a name can't be blank, or begin or end with a blank"))
    if subject.kind is SubjectKind.DIRECTORATE and any(mark in new for mark in ",|"):
        raise Usage(_("a code can't hold a comma or |: they separate codes"))
    if subject.kind in (SubjectKind.ACTION, SubjectKind.GROUP):
        if not (new.isascii() and new.isdigit() and new[0] != "0" and len(new) < 10):
            raise Usage(_("{text} is no number").format(text=new))
        taken: set[object] = set(map(str, _numbers_beside(document, subject)))
    elif subject.kind is SubjectKind.BLOCK_CODE:
        taken = {block.get("code") for _kind, _path, block in _each_block(document.data)}
    else:
        taken = set(_keys(document, _REGISTERS[subject.kind]))
    if new in taken:
        raise Usage(_("{name} is taken").format(name=new))


def _numbers_beside(document: Document, subject: Subject) -> Iterator[object]:
    """Yield the numbers that another block has, or had: of all actions, of the groups beside a group."""
    if subject.kind is SubjectKind.ACTION:
        blocks: list[Any] = [block for kind, _path, block in _each_block(document.data) if kind == "action"]
        blocks += _items(document.at(("unused_numbers",)))
    else:
        declared = declaration_of(document, subject)
        blocks = list(_items(document.at(declared[0][:-2]))) if declared else []
    yield from (each.get("number") for each in blocks if isinstance(each, dict))


def hover_text(document: Document, subject: Subject) -> str:
    """Return the text shown on hovering over a subject, in Markdown; empty for none."""
    word = escape(str(subject.word))
    if subject.kind is SubjectKind.ACRONYM:
        return f"**{word}**: {escape(str(document.at(('glossary', str(subject.word)))))}"
    if subject.kind is SubjectKind.DIRECTORATE:
        return _explain_directorate(document, str(subject.word))
    if subject.kind is SubjectKind.STATUS:
        about = document.at(("statuses", str(subject.word)))
        closed = isinstance(about, dict) and about.get("closed") is True
        return f"**{word}**" + (f": {_('closed')}" if closed else "")
    declared = declaration_of(document, subject)
    if declared is None:
        return ""
    path = declared[0][:-1]
    block = document.at(path)
    words = block["text"] if "text" in block else block.get("title")
    return f"**{_name(document, path, block)}**\n\n{escape(str(words or ''))}"


def _explain_directorate(document: Document, code: str) -> str:
    about = document.at(("directorates", code))
    known = about if isinstance(about, dict) else {}
    parts = [escape(str(known[key])) for key in ("name", "ministry", "note") if known.get(key)]
    lines = [f"**{escape(code)}**" + (f": {parts[0]}" if parts else ""), *parts[1:]]
    numbers: dict[str, list[str]] = {"pilots": [], "associated": []}
    for kind, _path, block in _each_block(document.data):
        for role, found in numbers.items() if kind == "action" else ():
            if code in _items(block.get(role)):
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
    """A line of the outline: a group or an action, all of its text and its number, and what is in it."""

    name: str
    words: str
    is_action: bool
    whole: Span
    head: Span
    inside: tuple["Symbol", ...]


def outline(document: Document) -> tuple[Symbol, ...]:
    """Return the groups of a plan with what they hold, and the actions that are in none."""
    return tuple(_symbols(document, document.data, ()))


def _symbols(document: Document, data: Any, path: Path) -> Iterator[Symbol]:
    for kind, here, item in _blocks_in(data, path):
        _key, node = document.find(here)
        if node is None:
            continue
        is_action = kind == "action"
        words = item.get("text" if is_action else "title")
        head = document.span((*here, "number") if "number" in item else here, Part.HEAD)
        end = node.start + len(document.text[node.start : node.end].rstrip())
        start = document.extent(here, Part.DASH)[0]
        yield Symbol(
            _name(document, here, item).replace("\\", ""),
            truncate(" ".join(str(words or "").split()), 80),
            is_action,
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
    is_list = key in shape.LISTS and key != "values"
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


def _key_above(text: str, indent: int) -> str:
    """Return the key of the list that an item is in, by the lines above it."""
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
    if key == "priority":
        return [(each, "") for each in _items(data.get("priorities")) if isinstance(each, str | int)]
    if key == "field":
        return [(each, "") for each in NOTE_FIELDS]
    if key == "action":
        actions = (
            (block.get("number"), block.get("text")) for kind, _p, block in _each_block(data) if kind == key
        )
        return [(number, truncate(str(text), 60)) for number, text in actions if isinstance(number, int)]
    declared = data.get("fields")
    about = declared.get(key) if isinstance(declared, dict) else None
    values = _items(about.get("values")) if isinstance(about, dict) else ()
    return [(each, "") for each in values if isinstance(each, str)]
