"""Warnings about texts: letters that were garbled or lost on their way into them, HTML, what can't be seen."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice
from typing import NamedTuple

from plancli.check.scan.characters import find_bidi_controls, find_decomposed, find_invisible_characters
from plancli.check.scan.scalars import find_hashes
from plancli.diagnostic import MOST_FINDINGS, Finding, Fix, Part
from plancli.i18n import _, ngettext
from plancli.location import Path
from plancli.plan.document import Document
from plancli.plan.model import shape
from plancli.text import escape_control, truncate

REPLACEMENT = "\ufffd"

_LEADS = {2: b"\xc2\xc3\xc4\xc5\xc6\xcb", 3: b"\xe2\xef", 4: b"\xf0"}
"""The first bytes in UTF-8 of the characters of French, typography and Windows-1252, and of emoji, by length."""

_ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"


class Encoding(NamedTuple):
    """An encoding that UTF-8 is read as by mistake, and what that makes of its sequences.

    ``leads`` are the first characters of these; the ``pattern`` finds some that follow each other.
    """

    name: str
    table: dict[str, int]
    leads: frozenset[str]
    pattern: str


def _encoding(name: str, codec: str) -> Encoding:
    decoded = bytes(range(0x80, 0x100)).decode(codec, "surrogateescape")
    # Windows-1252 leaves five bytes out, and readers take them for controls
    letters = "".join(chr(ord(sign) - 0xDC00) if "\udc80" <= sign <= "\udcff" else sign for sign in decoded)
    table = {letter: byte for byte, letter in enumerate(letters, 0x80)}
    rest = re.escape(letters[:0x40])
    if codec == "cp1252":  # what Latin-1 has there, and lost spaces
        rest += "\x80-\x9f "
        table |= {chr(byte): byte for byte in range(0x80, 0xA0)} | {" ": 0xA0}
    firsts = {length: "".join(letters[lead - 0x80] for lead in leads) for length, leads in _LEADS.items()}
    sequences = "|".join(f"[{re.escape(some)}][{rest}]{{{length - 1}}}" for length, some in firsts.items())
    return Encoding(name, table, frozenset("".join(firsts.values())), f"(?:{sequences})+")


@cache
def _encodings() -> tuple[Encoding, ...]:
    named = (("Windows-1252", "cp1252"), ("Mac OS Roman", "mac_roman"), ("DOS (cp850)", "cp850"))
    return tuple(_encoding(*each) for each in named)


def decode_mojibake(text: str) -> tuple[str, str, int] | None:
    """Return what a text was before it was read in a wrong encoding, that encoding, and how many times it was."""
    for each in _encodings():
        times = 0
        before = text
        while re.fullmatch(each.pattern, before):
            try:
                before = bytes(each.table[character] for character in before).decode("utf-8")
            except UnicodeDecodeError:
                break
            times += 1
        if times and all(map(_is_plausible, before)):
            return before, each.name, times
    return None


def _is_plausible(character: str) -> bool:
    """Return whether a character may be in a French or English text."""
    return (
        "\xa0" <= character <= "\u017f"
        or "\u2010" <= character <= "\u203a"
        or character in "\u202f\u20ac\u2122\u2212\ufeff"
        or "\U0001f000" <= character <= "\U0001faff"
    )


def find_mojibake(document: Document) -> Iterator[tuple[int, int, Finding]]:
    """Yield each text whose letters were read in a wrong encoding, with the place of the first of them."""
    text = document.text
    for encoding in _encodings():
        for found in _sequences(encoding, document):
            known = decode_mojibake(found[0])
            if known is None or known[1] != encoding.name:
                continue
            start, end = _word(text, *found.span())
            word = text[start:end]
            again = re.sub(encoding.pattern, _decode, text[start : end + 1])
            edit = document.edit(*found.span(), known[0])
            finding = _mojibake(found[0], known, word, again)
            yield found.start(), found.end(), finding._replace(fix=Fix((edit,), is_safe=False))


def _decode(found: re.Match[str]) -> str:
    known = decode_mojibake(found[0])
    return known[0] if known else found[0]


def _sequences(encoding: Encoding, document: Document) -> Iterator[re.Match[str]]:
    """Yield what the pattern finds; it is slow, and only tried where a first character stands."""
    leads = "".join(encoding.leads & document.special_characters)
    if not leads:
        return
    pattern = re.compile(encoding.pattern)
    end = 0
    for lead in re.finditer(f"[{leads}]", document.text):
        found = pattern.match(document.text, lead.start()) if lead.start() >= end else None
        if found:
            end = found.end()
            yield found


def _mojibake(garbled: str, known: tuple[str, str, int], word: str, again: str) -> Finding:
    before, encoding, times = known
    message = ngettext(
        "“{{garbled}}” was “{{before}}”: UTF-8 that was read as {{encoding}}",
        "“{{garbled}}” was “{{before}}”: UTF-8 that was read as {{encoding}} {n} times",
        times,
    ).format(garbled=escape_control(garbled), before=escape_control(before), encoding=encoding)
    hint = _("write {text}, and mend such letters in all of the text, or paste it again")
    return Finding(
        message, help=hint.format(text=truncate(again.strip(), 40)), value=word[:100], rule="garbled-text"
    )


def _word(text: str, start: int, end: int) -> tuple[int, int]:
    """Return the word around a stretch."""
    while start and not text[start - 1].isspace():
        start -= 1
    while end < len(text) and not text[end].isspace():
        end += 1
    return start, end


def find_replacement_characters(document: Document) -> Iterator[tuple[int, int, Finding]]:
    """Yield each U+FFFD, which stands for a letter that a program couldn't read."""
    if REPLACEMENT not in document.special_characters:
        return
    for found in re.finditer(f"{REPLACEMENT}+", document.text):
        message = _("{name} stands for a letter that was lost when the text was converted").format(name="U+FFFD")
        hint = _("write the letter again, as the source has it")
        yield found.start(), found.end(), Finding(message, help=hint, value="U+FFFD", rule="garbled-text")


def find_entities(document: Document) -> Iterator[tuple[int, int, Finding]]:
    """Yield each character that is written as HTML has it."""
    if "&" not in document.text:
        return
    from html import unescape

    for found in re.finditer(_ENTITY, document.text):
        character = unescape(found[0])
        if character == found[0]:
            continue
        shown = escape_control(character)
        if character.isspace():
            shown = _("a space")
        message = _("{entity} is HTML for {character}, and stays as it is in a plan")
        is_plain = character not in _MEANT_BY_YAML and not (character.isspace() and character != "\u00a0")
        edit = document.edit(*found.span(), character)
        yield (
            found.start(),
            found.end(),
            Finding(
                message.format(entity=found[0], character=shown),
                help=_("write {character} instead").format(character=shown),
                value=found[0],
                rule="html-entity",
                fix=Fix((edit,), is_safe=False) if is_plain else None,
            ),
        )


_MEANT_BY_YAML = frozenset("\"'#:\\{}[],*!|%@`-?")
"""What would be no letter to YAML at some places of a text, and isn't written there without looking."""


_FINDERS = (
    find_invisible_characters,
    find_mojibake,
    find_replacement_characters,
    find_entities,
    find_hashes,
)


def find_in_texts(document: Document) -> Iterator[Finding]:
    """Yield what doesn't belong in the texts of a document, a bounded number of each kind."""
    yield from _first_in_scalars(document)
    yield from find_bidi_controls(document)
    yield from islice(find_decomposed(document), MOST_FINDINGS + 1)


def _first_in_scalars(document: Document) -> Iterator[Finding]:
    """Yield the first finding of each rule in a scalar, with the fixes of the others there."""
    told: dict[tuple[str, Path, Part], Finding] = {}
    for find in _FINDERS:
        for start, end, finding in islice(find(document), MOST_FINDINGS):
            place = _scalar(document, start)
            if place is None:
                continue
            if place[1] is Part.KEY or not shape.is_text(place[0]):  # one code, and not its others
                finding = finding._replace(fix=None)
            named = (finding.rule, *place)
            first = told.setdefault(named, finding._replace(span=document.span_between(start, end)))
            if isinstance(first.fix, Fix) and isinstance(finding.fix, Fix) and first.fix is not finding.fix:
                fix = first.fix._replace(edits=first.fix.edits + finding.fix.edits)
                told[named] = first._replace(fix=fix)
    yield from told.values()


def _scalar(document: Document, offset: int) -> tuple[Path, Part] | None:
    """Return the key or the value that an offset is in; None for a comment or what is between them."""
    path = document.path_at(offset)
    for part in (Part.VALUE, Part.KEY):
        start, end = document.extent(path, part)
        if start <= offset < end:
            return path, part
    return None
