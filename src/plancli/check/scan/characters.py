"""Characters that don't belong in a text: those that control or break lines, and accents written apart."""

import re
from collections.abc import Iterator
from itertools import islice

from plancli.check.scan.source import BREAKS, has_escapes
from plancli.diagnostic import MOST_FINDINGS, Finding, Fix
from plancli.i18n import N_, _, ngettext
from plancli.location import Path
from plancli.plan.document import Document
from plancli.plan.model import shape
from plancli.text import BIDI_CONTROLS, find_invisible, to_nfc

_CONTROL = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff\ud800-\udfff]"
_ESCAPE = r"\\(?:x([0-9A-Fa-f]{2})|u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|([0abtefvNLP])|(?s:.))"
_LETTERS = {
    "0": "\0",
    "a": "\a",
    "b": "\b",
    "t": "\t",
    "e": "\x1b",
    "f": "\f",
    "v": "\v",
    "N": "\x85",
    "L": "\u2028",
    "P": "\u2029",
}
_NAMES = {
    "\0": N_("NUL"),
    "\x08": N_("backspace"),
    "\f": N_("form feed"),
    "\x1b": N_("escape"),
    "\x7f": N_("delete"),
    "\x85": N_("next line"),
    "\u2028": N_("line separator"),
    "\u2029": N_("paragraph separator"),
}


def find_controls(document: Document) -> list[Finding]:
    """Find characters that control or break lines; those that follow each other on one line are one finding."""
    found: list[Finding] = []
    last = -1
    for match in re.finditer(_CONTROL, document.text):
        if match.start() != last:
            if len(found) > MOST_FINDINGS:
                break
            found.append(_control(document, match.start(), match.end(), match.group(), ""))
        last = match.end()
    return found


def without_controls(text: str) -> str:
    """Return the text with a visible character in place of each control character."""
    return re.sub(_CONTROL, "\ufffd", text)


def find_escapes(document: Document) -> Iterator[Finding]:
    """Find such characters written as escapes, which only double-quoted scalars have."""
    for start, end, character in _escapes(document):
        if re.match(_CONTROL, character):
            yield _control(document, start, end, character, document.text[start:end])


def _escapes(document: Document) -> Iterator[tuple[int, int, str]]:
    """Yield the start, the end and the meaning of each escape of a character."""
    if not has_escapes(document.source):
        return
    escape = re.compile(_ESCAPE)
    for first, last, written in document.scalars():
        if not written.startswith('"'):
            continue
        for match in escape.finditer(document.text, first + 1, last - 1):
            code = match[1] or match[2] or match[3]
            character = _character(code) if code else _LETTERS.get(match[4] or "", "")
            if character:
                yield match.start(), match.end(), character


def find_bidi_controls(document: Document) -> Iterator[Finding]:
    """Find characters that turn the direction of reading, also as escapes; one finding a scalar."""
    told: dict[Path, list[tuple[int, int, str]]] = {}
    for found in islice(_bidi_controls(document), MOST_FINDINGS):
        told.setdefault(document.path_at(found[0]), []).append(found)
    for all_of_them in told.values():
        start, end, character = all_of_them[0]
        name = f"U+{ord(character):04X} ({_(_BIDI_NAMES[character])})"
        message = _("{name} turns the direction of what is read").format(name=name)
        hint = _("remove it, unless the text is written from right to left")
        edits = tuple(document.edit(first, last, "") for first, last, _sign in all_of_them)
        fix = Fix(edits, is_safe=False)
        yield Finding(
            message, span=document.span_between(start, end), help=hint, value=name, rule="direction", fix=fix
        )


def _bidi_controls(document: Document) -> Iterator[tuple[int, int, str]]:
    """Yield the start, the end and the meaning of each such character, or of its escape."""
    if not document.special_characters.isdisjoint(BIDI_CONTROLS):
        for match in re.finditer(f"[{BIDI_CONTROLS}]", document.text):
            yield match.start(), match.end(), match[0]
    yield from (escape for escape in _escapes(document) if escape[2] in BIDI_CONTROLS)


_BIDI_NAMES = {
    "\u202a": N_("left-to-right embedding"),
    "\u202b": N_("right-to-left embedding"),
    "\u202c": N_("end of an embedding"),
    "\u202d": N_("left-to-right override"),
    "\u202e": N_("right-to-left override"),
    "\u2066": N_("left-to-right isolate"),
    "\u2067": N_("right-to-left isolate"),
    "\u2068": N_("isolate of its own direction"),
    "\u2069": N_("end of an isolate"),
}


def find_invisible_characters(document: Document) -> Iterator[tuple[int, int, Finding]]:
    """Yield each character that can't be seen, a tab inside a text and a sign for private use among them."""
    text = document.text
    places = []
    if any(map(_is_unseen, document.special_characters)):
        places = [(place, place + 1, text[place]) for place in find_invisible(text)]
    if "\t" in text:
        places += [(found.start(), found.end(), "\t") for found in re.finditer("\t", text)]
    for start, end, character in _escapes(document):
        if character == "\t" or _is_unseen(character):
            places.append((start, end, character))
    for start, end, character in sorted(places):
        finding = _unseen_character(character)
        if not is_private(character):
            edit = document.edit(start, end, " " if character == "\t" else "")
            finding = finding._replace(fix=Fix((edit,), is_safe=False))
        yield start, end, finding


def _is_unseen(character: str) -> bool:
    """Return whether a character by itself can't be seen."""
    return next(find_invisible(character), None) is not None


def _unseen_character(character: str) -> Finding:
    name = character_name(character)
    if is_private(character):
        message = _("{name} is a character for private use: other programs show a box or nothing")
        hint = _("write what it stood for, a dash before an item for instance, or remove it")
    elif character == "\t":
        message, hint = _("{name} stands in a text"), _("write a space instead")
    elif character == "\u00ad":
        message, hint = _("{name} can't be seen, and a search doesn't find the word"), _("remove it")
    else:
        message, hint = _("{name} can't be seen"), _("remove it")
    return Finding(
        message.format(name=name), help=hint, value=f"U+{ord(character):04X}", rule="invisible-character"
    )


def is_private(character: str) -> bool:
    """Return whether Unicode leaves the meaning of a character to fonts and agreements."""
    return "\ue000" <= character <= "\uf8ff" or character >= "\U000f0000"


def character_name(character: str) -> str:
    """Return the code of a character, and its name if it has one: ``U+00AD (soft hyphen)``."""
    from unicodedata import name

    code = f"U+{ord(character):04X}"
    known = _(_UNSEEN[character]) if character in _UNSEEN else name(character, "").lower()
    return f"{code} ({known})" if known else code


def invisible_in(text: str) -> str:
    """Return the names of the characters of a text that can't be seen, each once."""
    return ", ".join(dict.fromkeys(character_name(text[place]) for place in find_invisible(text)))


def without_invisible(text: str) -> str:
    """Return a text without the characters that can't be seen."""
    unseen = set(find_invisible(text))
    return "".join(character for place, character in enumerate(text) if place not in unseen)


_UNSEEN = {
    "\t": N_("tab"),
    "\u00ad": N_("soft hyphen"),
    "\u200b": N_("zero width space"),
    "\u200c": N_("zero width non-joiner"),
    "\u200d": N_("zero width joiner"),
    "\u200e": N_("left-to-right mark"),
    "\u200f": N_("right-to-left mark"),
    "\u2060": N_("word joiner"),
    "\ufeff": N_("byte order mark"),
    "\ufffc": N_("object that was left out"),
}


def _character(code: str) -> str:
    number = int(code, 16)
    return chr(number) if number < 0x110000 else ""


def _control(document: Document, start: int, end: int, character: str, escape: str) -> Finding:
    name = f"U+{ord(character):04X}"
    if character in _NAMES:
        name += f" ({_(_NAMES[character])})"
    if character in BREAKS:
        message = _("{name} breaks the line for some readers and not for others").format(name=name)
    else:
        message = _("{name} is a control character, not text").format(name=name)
    hint = (
        _("remove {escape}, or write a space").format(escape=escape)
        if escape
        else _("remove it, or write a space")
    )
    span = document.span_between(start, end)
    value = f"U+{ord(character):04X}"
    fix = None if character == "\x1b" else _without_control(document, start, end, character, escape)
    return Finding(message, span=span, help=hint, value=value, rule="control-character", fix=fix)


def _without_control(document: Document, start: int, end: int, character: str, escape: str) -> Fix:
    """Return the fix that removes a control character, and those after it; what breaks a line leaves a space."""
    if not escape:
        run = re.compile(f"{_CONTROL}+").match(document.text, start)
        end = run.end() if run else end
    around = document.text[start - 1 : start] + document.text[end : end + 1]
    text = " " if character.isspace() and len(around) == 2 and not any(map(str.isspace, around)) else ""
    return Fix((document.edit(start, end, text),), is_safe=False)


def find_decomposed(document: Document) -> Iterator[Finding]:
    """Find texts with accents written apart from their letters; one finding a scalar."""
    if max(document.special_characters, default="") < "\u0300":  # before the first mark, all is in NFC
        return
    from unicodedata import is_normalized

    text = document.text
    if is_normalized("NFC", text):
        return
    told = set()
    offset = 0
    for line in text.splitlines(keepends=True):
        if not is_normalized("NFC", line):
            start, end = _first_decomposed(line)
            path = document.path_at(offset + start)
            if path not in told:
                told.add(path)
                count = _count_decomposed(document, offset + start)
                yield _decomposed_letters(document, offset + start, offset + end, count)
        offset += len(line)


def _first_decomposed(line: str) -> tuple[int, int]:
    """Return the first stretch, a character with the marks after it, that NFC writes in another way."""
    from unicodedata import is_normalized

    for start, end in _clusters(line):
        if not is_normalized("NFC", line[start:end]):
            return start, end
    return 0, len(line.rstrip("\r\n"))


def _clusters(text: str) -> Iterator[tuple[int, int]]:
    from unicodedata import combining

    start = 0
    for index in range(1, len(text) + 1):
        if index == len(text) or not combining(text[index]):
            yield start, index
            start = index


def _count_decomposed(document: Document, offset: int) -> int:
    """Count such characters in the scalar that an offset is in."""
    from unicodedata import is_normalized

    path = document.path_at(offset)
    start, end = document.extent(path)
    if not start <= offset < end:
        return 1
    text = document.text[start:end]
    return sum(1 for first, last in _clusters(text) if not is_normalized("NFC", text[first:last]))


def _decomposed_letters(document: Document, start: int, end: int, count: int) -> Finding:
    message = ngettext(
        "{n} letter is not in NFC: its accent is a character of its own",
        "{n} letters are not in NFC: their accents are characters of their own",
        count,
    )
    hint = _("write it again as one letter, or convert the file with uconv -x nfc")
    span, value = document.span_between(start, end), document.text[start:end]
    return Finding(message, span=span, help=hint, value=value, rule="not-nfc", fix=_compose(document, start))


def _compose(document: Document, offset: int) -> Fix | None:
    """Return the fix that writes the text in NFC in which an offset stands; none for keys, codes and comments."""
    path = document.path_at(offset)
    start, end = document.extent(path)
    if not (start <= offset < end and shape.is_text(path)):
        return None
    return Fix((document.edit(start, end, to_nfc(document.text[start:end])),), is_safe=False)
