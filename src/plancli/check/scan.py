"""Raw bytes and lines: what a YAML parser can't name."""

from collections.abc import Iterator

from plancli.diagnostic import Finding
from plancli.language import _
from plancli.location import Position, Span

_BREAKS = {"\x85": "U+0085", "\u2028": "U+2028", "\u2029": "U+2029"}


def scan(source: bytes) -> Iterator[Finding]:
    """Find what must be said of a file before YAML is asked; any finding here means that YAML isn't asked."""
    try:
        source.decode("utf-8")
    except UnicodeDecodeError as error:
        before = source[: error.start].decode("utf-8")
        yield Finding("not-utf-8", _("this byte is not UTF-8"), span=_place(before, 1))
        return
    for character, name in _BREAKS.items():
        index = source.find(character.encode())
        if index >= 0:
            before = source[:index].decode("utf-8")
            message = _("the character {name} breaks a line for some readers and not for others").format(name=name)
            yield Finding("control-character", message, span=_place(before, 1))


def _place(before: str, length: int) -> Span:
    line = before.count("\n") + 1
    column = len(before) - (before.rfind("\n") + 1) + 1
    return Span(Position(line, column), Position(line, column + length))
