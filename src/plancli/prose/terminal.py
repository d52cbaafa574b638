"""Characters on a terminal: how many columns they take, which are made harmless, which need a stand-in."""


def width(text: str) -> int:
    """Give how many columns a text takes: combining and format characters 0, East Asian wide ones 2."""
    if text.isascii() or max(text) < "\u0300":
        return len(text)
    from unicodedata import category, east_asian_width

    columns = 0
    for character in text:
        if character < "\u0300":
            columns += 1
        elif category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff":
            continue
        else:
            columns += 2 if east_asian_width(character) in ("W", "F") else 1
    return columns


def visible(text: str) -> str:
    r"""Write what could take over a terminal or a line as an escape that shows: ``\x1b``, ``\n``, ``\u202e``.

    Control characters (C0, DEL, C1: the beginnings of all ANSI and OSC sequences), line breaks of every kind,
    the bidirectional overrides, embeddings and isolates, the byte order mark, tags, and lone surrogates.
    Spaces of all kinds, joiners and soft hyphens stay. Widths must be taken afterwards.
    """
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or _harmless(c) else _escape(c) for c in text)


def _harmless(character: str) -> bool:
    from unicodedata import category

    kind = category(character)
    if kind == "Cf":
        return not (
            "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u206f" or character >= "\ufeff"
        )
    return kind in ("Zs", "Co", "Cn")


def _escape(character: str) -> str:
    short = {"\n": "\\n", "\r": "\\r", "\t": "\\t"}
    if character in short:
        return short[character]
    code = ord(character)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


STAND_INS = {
    "█": "#",
    "░": "-",
    "·": ".",
    "→": "->",
    "…": "...",
    "│": "|",
    "⋮": ":",
    "─": "-",
    "«": '"',
    "»": '"',
    "\u00a0": " ",
    "\u202f": " ",
}
"""What is shown in place of our own signs, and of the spaces of French, where a terminal hasn't got them."""

_LIKE = {"–": "-", "—": "-", "’": "'", "‘": "'", "œ": "oe", "Œ": "OE", "“": '"', "”": '"', "€": "EUR"}


def stand_in(text: str, encoding: str | None) -> str:
    """Replace each character that ``encoding`` can't carry: our own signs, then the bare letter, then ``?``.

    Some stand-ins are longer than what they stand for, so widths must be taken afterwards.
    """
    try:
        text.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return "".join(_carried(character, encoding or "ascii") for character in text)
    return text


def _carried(character: str, encoding: str) -> str:
    from unicodedata import normalize

    bare = "".join(part for part in normalize("NFKD", character) if part < "\u0300" or part > "\u036f")
    for candidate in (character, STAND_INS.get(character, ""), _LIKE.get(character, ""), bare):
        try:
            if candidate and candidate.encode(encoding):
                return candidate
        except UnicodeEncodeError:
            continue
        except LookupError:
            return _carried(character, "ascii")
    return "?" if width(character) else ""
