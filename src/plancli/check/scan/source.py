"""The bytes of a file, before YAML is asked: size, encoding, byte order mark, line ends."""

from codecs import BOM_UTF8
from typing import NamedTuple

from plancli.diagnostic import NOWHERE, Finding, Fix, TextEdit
from plancli.i18n import _, format_number, ngettext
from plancli.location import Position, Span

PLACEHOLDER = "\ue0ff"
"""Placeholder for text that couldn't be read: a character for private use."""

_BOMS = (
    (b"\xff\xfe\0\0", "UTF-32"),
    (b"\0\0\xfe\xff", "UTF-32"),
    (b"\xff\xfe", "UTF-16"),
    (b"\xfe\xff", "UTF-16"),
)
_NOT_IN_1252 = frozenset(b"\x81\x8d\x8f\x90\x9d")


class Scanned(NamedTuple):
    """The findings, and the text to show them in; ``readable`` says whether it can be parsed as YAML."""

    findings: tuple[Finding, ...]
    readable: bool = True
    shown: str = ""


def scan_bytes(source: bytes, name: str, max_size: int, notes: bool) -> Scanned:
    """Return what is wrong with a file's bytes; ``notes``: with what is only worth a note."""
    if len(source) > max_size:
        return Scanned((_too_large(max_size),), readable=False)
    try:
        source.decode("utf-8")
    except UnicodeDecodeError as error:
        return _not_utf_8(source, error.start, name)
    encoding = _encoding_by_zeros(source)
    if encoding:
        return _other_encoding(source, encoding, name)
    return Scanned(tuple(_notes(source, name)) if notes else ())


def _too_large(limit: int) -> Finding:
    message = _("the file is larger than the {limit} bytes that are read").format(limit=format_number(limit))
    hint = _("if it is a plan, read more of it: plancli validate --max-size {size}M").format(
        size=limit // 2**19 or 1
    )
    return Finding(message, span=NOWHERE, help=hint, rule="too-large")


def _notes(source: bytes, name: str) -> list[Finding]:
    found = []
    if source.startswith(BOM_UTF8):
        message = _("the file begins with a byte order mark, which UTF-8 doesn't need")
        hint = _("remove it: plancli fmt {file}").format(file=name)
        found.append(Finding(message, span=NOWHERE, help=hint, rule="byte-order-mark", fix=_REWRITTEN))
    if b"\r" in source:
        pairs = source.count(b"\r\n")
        lone = source.count(b"\r") - pairs
        if lone > pairs:
            message = ngettext("{n} line ends with CR", "{n} lines end with CR", pairs + lone)
        else:
            message = ngettext(
                "{n} line ends with CR LF, not with LF alone",
                "{n} lines end with CR LF, not with LF alone",
                pairs + lone,
            )
        hint = _("write LF: plancli fmt {file}").format(file=name)
        found.append(Finding(message, span=NOWHERE, help=hint, rule="line-ends", fix=_with_lf(source)))
    return found


_REWRITTEN = Fix((), is_safe=True)


def _with_lf(source: bytes) -> Fix:
    """Return the fix that ends all lines with LF; it is one edit, of the whole text."""
    lines = source.decode("utf-8").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    end = Position(len(lines), len(lines[-1]) + 1)
    return Fix((TextEdit(Span(NOWHERE.start, end), "\n".join(lines)),), is_safe=True)


def _encoding_by_zeros(source: bytes) -> str:
    """Return the encoding of a text whose plain letters come with zero bytes; UTF-8 never has any."""
    if b"\0" not in source[:400]:
        return ""
    head = source[:400]
    if head[1::2].count(0) > len(head) // 3:
        return "UTF-16LE" if head[2::4].count(0) < len(head) // 8 else "UTF-32LE"
    if head[0::2].count(0) > len(head) // 3:
        return "UTF-16BE" if head[1::4].count(0) < len(head) // 8 else "UTF-32BE"
    return ""


def _not_utf_8(source: bytes, offset: int, name: str) -> Scanned:
    for mark, encoding in _BOMS:
        if source.startswith(mark):
            return _other_encoding(source, encoding, name)
    encoding = _encoding_by_zeros(source)
    if encoding:
        return _other_encoding(source, encoding, name)
    text = source.decode("utf-8", "surrogateescape").removeprefix("\ufeff")
    strange = [ord(c) - 0xDC00 for c in text if "\udc80" <= c <= "\udcff"]
    shown = "".join(_as_1252(c) if "\udc80" <= c <= "\udcff" else c for c in text)
    before = source[:offset].decode("utf-8").removeprefix("\ufeff")
    mixed = any("\x80" <= c < "\udc80" or c > "\udcff" for c in text)
    known = _NOT_IN_1252.isdisjoint(strange)
    byte = f"0x{source[offset]:02X}"
    character = _as_1252(chr(0xDC00 + source[offset])) if known else ""
    if known and mixed:
        message = _("the byte {byte} is not UTF-8: it is {character} in Windows-1252, and the rest is UTF-8")
        hint = ngettext("write this character again", "write these {n} characters again", len(strange))
    elif known:
        message = _("the byte {byte} is not UTF-8: it is {character} in Windows-1252, as the file probably is")
        hint = _convert(name, "WINDOWS-1252")
    else:
        message = _("the byte {byte} is not UTF-8")
        hint = _("save the file as UTF-8 in the program it was written with")
    finding = Finding(
        message.format(byte=byte, character=character),
        span=_place(before),
        help=hint,
        value=byte,
        rule="not-utf-8",
        fix=Fix((), is_safe=False) if known else None,
    )
    return Scanned((finding,), readable=False, shown=shown)


def _as_1252(character: str) -> str:
    return bytes([ord(character) - 0xDC00]).decode("cp1252", "replace")


def _other_encoding(source: bytes, encoding: str, name: str) -> Scanned:
    message = _("the file is {encoding}, not UTF-8").format(encoding=encoding)
    finding = Finding(message, span=NOWHERE, help=_convert(name, encoding), value=encoding, rule="not-utf-8")
    try:
        shown = source.decode(encoding).removeprefix("\ufeff")
        finding = finding._replace(fix=_REWRITTEN)
    except UnicodeDecodeError:
        shown = source.decode(encoding, "replace").removeprefix("\ufeff")
    return Scanned((finding,), readable=False, shown=shown)


def _convert(name: str, encoding: str) -> str:
    import shlex

    if name.startswith("<"):
        return _("convert it: {command}").format(command=f"iconv -f {encoding} -t UTF-8")
    file, new = shlex.quote(name), shlex.quote(name + ".new")
    command = f"iconv -f {encoding} -t UTF-8 {file} > {new} && mv {new} {file}"
    return _("convert it: {command}").format(command=command)


def _place(before: str) -> Span:
    """Return the span of the one character after a text."""
    normal = before.replace("\r\n", "\n").replace("\r", "\n")
    line, column = normal.count("\n") + 1, len(normal) - normal.rfind("\n")
    return Span(Position(line, column), Position(line, column + 1))


BREAKS = ("\x85", "\u2028", "\u2029")
"""Line breaks for libyaml and some editors, and not for git and others: it reads them without a word."""


def has_breaks(text: str) -> bool:
    """Return whether a text has any of ``BREAKS``."""
    return any(each in text for each in BREAKS)


def has_escapes(source: bytes) -> bool:
    """Return whether a file may have escapes of characters that aren't text."""
    import re

    return b"\\" in source and re.search(rb"\\[xuU0abtefvNLP]", source) is not None


def count_actions(text: str) -> int:
    """Count the actions of a file that can't be read, by their texts."""
    import re

    return len(re.findall(r"^[ \t]*(?:- +)?text *:", text, re.MULTILINE))
