"""Warnings about texts: letters that were garbled or lost on their way into them, HTML, what can't be seen."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from plancli.check.scan.characters import find_bidi_controls, find_decomposed, find_invisible_characters
from plancli.check.scan.scalars import find_hashes
from plancli.diagnostic import MOST_FINDINGS, Finding, Fix, Part
from plancli.i18n import _, ngettext
from plancli.location import Path
from plancli.plan.document import Document
from plancli.plan.model import shape
from plancli.text import escape_control, truncate

REPLACEMENT = "\ufffd"

_MISREAD = {
    "Windows-1252": ("cp1252", ("ÂÃÄÅÆË", "âï", "ð")),
    "Mac OS Roman": ("mac_roman", ("¬√ƒ≈∆À", "‚Ô", "\uf8ff")),
    "DOS (cp850)": ("cp850", ("┬├─┼ã╦", "Ô\u00b4", "\u00ad")),
}
"""The encodings that UTF-8 is read as by mistake: the codec, and what it makes of the first bytes of characters.

Of two bytes: C2 to C6 and CB (French, Windows-1252); of three: E2 and EF (typography); of four: F0 (emoji).
"""

_ENTITY = r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});"


@cache
def _encoding(name: str) -> tuple[dict[str, int], str]:
    """Return the byte of each character of an encoding, and the pattern of what it makes of UTF-8."""
    codec, firsts = _MISREAD[name]
    decoded = bytes(range(0x80, 0x100)).decode(codec, "surrogateescape")
    # Windows-1252 leaves five bytes out, and readers take them for controls
    letters = "".join(chr(ord(sign) - 0xDC00) if "\udc80" <= sign <= "\udcff" else sign for sign in decoded)
    table = {letter: byte for byte, letter in enumerate(letters, 0x80)}
    rest = re.escape(letters[:0x40])
    if codec == "cp1252":  # what Latin-1 has there, and lost spaces
        rest += "\x80-\x9f "
        table |= {chr(byte): byte for byte in range(0x80, 0xA0)} | {" ": 0xA0}
    sequences = "|".join(f"[{leads}][{rest}]{{{more}}}" for more, leads in enumerate(firsts, 1))
    return table, f"(?:{sequences})+"


def decode_mojibake(text: str) -> tuple[str, str, int] | None:
    """Return what a text was before it was read in a wrong encoding, that encoding, and how many times it was."""
    for name in _MISREAD:
        table, pattern = _encoding(name)
        times = 0
        before = text
        while re.fullmatch(pattern, before):
            try:
                before = bytes(table[character] for character in before).decode("utf-8")
            except UnicodeDecodeError:
                break
            times += 1
        if times and all(map(_is_plausible, before)):
            return before, name, times
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
    for name in _MISREAD:
        for found in _sequences(name, document):
            known = decode_mojibake(found[0])
            if known is None or known[1] != name:
                continue
            start, end = _word(text, *found.span())
            word = text[start:end]
            again = re.sub(_encoding(name)[1], _decode, text[start : end + 1])
            edit = document.edit(*found.span(), known[0])
            finding = _mojibake(found[0], known, word, again)
            yield found.start(), found.end(), finding._replace(fix=Fix((edit,), is_safe=False))


def _decode(found: re.Match[str]) -> str:
    known = decode_mojibake(found[0])
    return known[0] if known else found[0]


def _sequences(name: str, document: Document) -> Iterator[re.Match[str]]:
    """Yield what the pattern of an encoding finds; it is slow, and only tried where a first character stands."""
    _codec, firsts = _MISREAD[name]
    leads = "".join(document.special_characters.intersection("".join(firsts)))
    if not leads:
        return
    pattern = re.compile(_encoding(name)[1])
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
