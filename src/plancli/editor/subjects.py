"""What a word of a plan means: a code, an acronym, a number; where it is declared, and where it stands again."""

import re
from collections.abc import Iterator
from enum import StrEnum
from typing import Any, NamedTuple

from plancli.diagnostic import Part
from plancli.errors import Usage
from plancli.i18n import _
from plancli.location import Path, Span
from plancli.plan.document import Document
from plancli.plan.model import shape


class Kind(StrEnum):
    """What a word of a plan means."""

    DIRECTORATE = "directorate"
    ACRONYM = "acronym"
    ACTION = "action"
    GROUP = "group"
    STATUS = "status"
    BLOCK_CODE = "code"


class Subject(NamedTuple):
    """A word of a plan that means something, and where it stands; ``owner`` is the block whose number it is."""

    kind: Kind
    word: str | int
    path: Path
    part: Part
    span: Span
    owner: Path = ()


def subject_at(document: Document, offset: int) -> Subject | None:
    """Return what stands at an offset of a plan; None where it means nothing by itself."""
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


def _kind(document: Document, path: Path, part: Part) -> Kind | None:
    if part is Part.KEY:
        kinds = {"directorates": Kind.DIRECTORATE, "glossary": Kind.ACRONYM, "statuses": Kind.STATUS}
        return kinds.get(str(path[0])) if len(path) == 2 else None
    last, list_of = path[-1:], path[-2:-1]
    if list_of in (("pilots",), ("associated",)):
        return Kind.DIRECTORATE
    if last == ("by",) and document.at(path) in _keys(document, "directorates"):
        return Kind.DIRECTORATE
    if last == ("status",):
        return Kind.STATUS
    if last == ("code",) and path[0] in shape.LEVELS:
        return Kind.BLOCK_CODE
    if path[:1] == ("source_notes",) and last in (("action",), ("measure",), ("orientation",)):
        return Kind.ACTION if last == ("action",) else Kind.GROUP
    if last == ("number",) and path[0] in shape.LEVELS:
        return Kind.ACTION if path[-3] == "actions" else Kind.GROUP
    return None


def _owner(path: Path, kind: Kind) -> Path:
    return path[:-1] if kind in (Kind.ACTION, Kind.GROUP, Kind.BLOCK_CODE) and path[0] in shape.LEVELS else ()


def _word(document: Document, path: Path, offset: int, start: int, end: int) -> Subject | None:
    """Return the acronym or the code that a word of a text is."""
    for found in re.finditer(r"[\w'’-]+", document.text[start:end]):
        if start + found.start() <= offset <= start + found.end():
            for word in (found[0], *re.split(r"['’-]", found[0])):
                for name, kind in (("glossary", Kind.ACRONYM), ("directorates", Kind.DIRECTORATE)):
                    if word in _keys(document, name):
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
    registers = {Kind.DIRECTORATE: "directorates", Kind.ACRONYM: "glossary", Kind.STATUS: "statuses"}
    if subject.kind in registers:
        name = registers[subject.kind]
        return ((name, str(subject.word)), Part.KEY) if subject.word in _keys(document, name) else None
    if subject.owner:
        return (*subject.owner, "number"), Part.VALUE
    field = str(subject.path[-1])
    for kind, path, block in each_block(document.data):
        if kind == field and subject.word in (block.get("number"), block.get("code")):
            return (*path, "number"), Part.VALUE
    return None


def each_block(data: Any, path: Path = ()) -> Iterator[tuple[str, Path, dict[str, Any]]]:
    """Yield each group and action of plain data, in its order: its kind, its path, its keys."""
    if not isinstance(data, dict):
        return
    for key, kind in shape.LEVELS.items():
        items = data.get(key)
        for index, item in enumerate(items if isinstance(items, list) else ()):
            if isinstance(item, dict):
                yield kind, (*path, key, index), item
                yield from each_block(item, (*path, key, index))


def occurrences(document: Document, subject: Subject) -> list[tuple[Path, Part]]:
    """Return each place where a subject stands as itself, its declaration first; words of texts aren't any."""
    declared = declaration_of(document, subject)
    found = [declared] if declared else []
    if subject.kind is Kind.DIRECTORATE:
        found += _mentions(document.data, ("pilots", "associated"), "by", subject.word)
    elif subject.kind is Kind.STATUS:
        found += _mentions(document.data, (), "status", subject.word)
    elif subject.kind is Kind.BLOCK_CODE:
        found = [(subject.path, Part.VALUE)]
    elif subject.kind in (Kind.ACTION, Kind.GROUP):
        found += _notes_on(document, subject, declared)
    return found


def _mentions(data: Any, lists: tuple[str, ...], key: str, word: object) -> Iterator[tuple[Path, Part]]:
    for kind, path, block in each_block(data):
        if kind != "action":
            continue
        for name in lists:
            items = block.get(name)
            for index, item in enumerate(items if isinstance(items, list) else ()):
                if item == word:
                    yield (*path, name, index), Part.VALUE
        entries = block.get("progress")
        for index, entry in enumerate(entries if isinstance(entries, list) else ()):
            if isinstance(entry, dict) and entry.get(key) == word:
                yield (*path, "progress", index, key), Part.VALUE


def _notes_on(
    document: Document, subject: Subject, declared: tuple[Path, Part] | None
) -> Iterator[tuple[Path, Part]]:
    """Yield the source notes on a number, unless other groups have it too."""
    if declared is None:
        return
    field = shape.LEVELS[str(declared[0][-3])]
    blocks = [block for kind, _path, block in each_block(document.data) if kind == field]
    if sum(1 for block in blocks if block.get("number") == subject.word) != 1:
        return
    notes = document.at(("source_notes",))
    for index, note in enumerate(notes if isinstance(notes, list) else ()):
        if isinstance(note, dict) and note.get(field) == subject.word:
            yield ("source_notes", index, field), Part.VALUE


def renamed(document: Document, subject: Subject, new: str) -> list[tuple[Span, str]]:
    """Return the edits that give a subject another name, all through the plan; raise Usage where it is taken."""
    from plancli.plan.writer.scalars import key, scalar

    _refuse_taken(document, subject, new)
    edits = []
    for path, part in occurrences(document, subject):
        number = subject.kind in (Kind.ACTION, Kind.GROUP)
        text = new if number else key(new) if part is Part.KEY else scalar(new, flow=document.is_flow(path))
        edits.append((document.span(path, part), text))
    return edits


def _refuse_taken(document: Document, subject: Subject, new: str) -> None:
    if not new.strip() or new != new.strip():
        raise Usage(_("a name can't be blank, or begin or end with a blank"))
    if subject.kind is Kind.DIRECTORATE and any(mark in new for mark in ",|"):
        raise Usage(_("a code can't hold a comma or |: they separate codes"))
    if subject.kind in (Kind.ACTION, Kind.GROUP):
        if not (new.isascii() and new.isdigit() and new[0] != "0" and len(new) < 10):
            raise Usage(_("{text} is no number").format(text=new))
        taken: set[object] = set(map(str, _numbers_beside(document, subject)))
    elif subject.kind is Kind.BLOCK_CODE:
        taken = {block.get("code") for _kind, _path, block in each_block(document.data)}
    else:
        names = {Kind.DIRECTORATE: "directorates", Kind.STATUS: "statuses"}
        taken = set(_keys(document, names.get(subject.kind, "glossary")))
    if new in taken:
        raise Usage(_("{name} is taken").format(name=new))


def _numbers_beside(document: Document, subject: Subject) -> Iterator[object]:
    """Yield the numbers that another block has, or had: of all actions, of the groups beside a group."""
    if subject.kind is Kind.ACTION:
        yield from (block.get("number") for kind, _path, block in each_block(document.data) if kind == "action")
        unused = document.at(("unused_numbers",))
        blocks = unused if isinstance(unused, list) else ()
        yield from (each.get("number") for each in blocks if isinstance(each, dict))
        return
    declared = declaration_of(document, subject)
    around = document.at(declared[0][:-2]) if declared else None
    blocks = around if isinstance(around, list) else ()
    yield from (each.get("number") for each in blocks if isinstance(each, dict))
