"""Texts on a terminal: their width, cut or wrapped to some columns; escapes, stand-ins, colours (ECMA-48, SGR).

Bold, dim and the basic colours only: they stay readable on dark and on light backgrounds.
"""

import re
from collections.abc import Callable, Iterable, Iterator

from plancli.text.clauses import clauses


def width(text: str) -> int:
    """Return how many columns a text takes: combining and format characters 0, East Asian wide ones 2."""
    if text.isascii():
        return len(text)
    special = re.findall(_UNUSUAL, text)
    return len(text) - len(special) + sum(map(_columns, special))


_UNUSUAL = r"[^\0-\u02ff\u2010-\u2027](?<![\u2190-\u22ff\u2500-\u259f])"
"""A character that may be wide, or unseen: none of Latin, no mark between words, arrow, rule or bar.

re walks through each character of a class of three ranges and more to compile it, of two it doesn't.
"""


def _columns(character: str) -> int:
    from unicodedata import category, east_asian_width

    if category(character) in ("Mn", "Me", "Cf") or "\u1160" <= character <= "\u11ff":
        return 0
    return 2 if east_asian_width(character) in ("W", "F") else 1


_NARROWEST = 16
"""Columns a text keeps however deep its enumeration is set."""


def capital(text: str) -> str:
    """Return a text with a capital at its beginning; the rest stays as it is."""
    return text[:1].upper() + text[1:]


def truncate(text: str, columns: int) -> str:
    """Shorten a text to ``columns`` with ``…``: at the last space if that costs at most 8, else in the word."""
    if len(text) <= columns and width(text) <= columns:
        return text
    if columns < 1:
        return ""
    room = columns - 1
    head = text[:room]
    while width(head) > room:
        head = head[:-1]
    if text[len(head) : len(head) + 1] != " ":
        space = head.rfind(" ")
        if space > 0 and width(head) - width(head[:space]) <= 8:
            head = head[:space]
    return head.rstrip(" ") + "…"


def wrap(text: str, columns: int, mark: str = "", measure: Callable[[str], int] = width) -> list[str]:
    """Set a text on lines of at most ``columns``; joining them with a space gives the text back.

    Breaks fall on single spaces, never after ``mark`` (which the text begins with), and where it can be helped
    not before ``: ; ! ? »`` or a closing parenthesis; a word longer than the line stays whole.
    """
    if measure(text) <= columns:
        return [text]
    lines = []
    line = ""
    room = -1
    for piece in _pieces(text, columns, mark, measure):
        wide = measure(piece)
        if room > wide:
            line = f"{line} {piece}"
            room -= wide + 1
        else:
            if room >= 0:
                lines.append(line)
            line, room = piece, max(columns - wide, 0)
    lines.append(line)
    return lines


_TIED = frozenset([":", ";", "!", "?", "»", ")", ").", "),", ");"])
"""Words that would rather not begin a line."""


def _pieces(text: str, columns: int, mark: str, measure: Callable[[str], int]) -> list[str]:
    pieces: list[str] = []
    before = mark
    for word in text[len(mark) + 1 if mark else 0 :].split(" "):
        bound = not word or not before  # there are two spaces
        tied = word in _TIED or before in ("«", "(")
        if pieces and (bound or (tied and measure(pieces[-1]) + measure(word) < columns)):
            pieces[-1] = f"{pieces[-1]} {word}"
        else:
            pieces.append(word)
        before = word
    if mark:
        pieces[0] = f"{mark} {pieces[0]}"
    return pieces


def wrap_clauses(text: str, columns: int) -> list[str]:
    """Set a whole text for reading: a line a clause, items of enumerations indented by depth, the rest hanging.

    Joining the lines, without the spaces they begin with, with a space gives the text back.
    """
    lines = []
    hangs = [0]  # where the words of each open level stand
    for clause in clauses(text):
        if clause.mark:
            del hangs[clause.depth :]
            indent = hangs[-1] or 2
            hangs.append(indent + width(clause.mark) + 1)
        hang = hangs[clause.depth]
        first, *rest = wrap(clause.text, max(columns - hang, _NARROWEST))
        lines.append(f"{clause.mark:>{hang - 1}} {first}" if clause.mark else " " * hang + first)
        lines += [" " * hang + line for line in rest]
    return lines


def escape_control(text: str) -> str:
    r"""Return a text with what could take over a terminal or a log escaped: ``\x1b``, ``\n``, ``\u202e``.

    Control characters (C0, DEL, C1: the beginnings of all ANSI and OSC sequences), line breaks of every kind,
    the bidirectional overrides, embeddings and isolates, what can't be seen (``find_invisible``), lone surrogates,
    and the beginnings of a CI server's commands (``escape_ci_commands``).
    Spaces of all kinds, and joiners in scripts that need them, stay. Widths must be taken afterwards.
    """
    text = escape_ci_commands(text)
    unseen = () if text.isascii() else set(find_invisible(text))
    if not unseen and text.isprintable():
        return text
    return "".join(
        _escaped_character(c) if place in unseen or not (c.isprintable() or _harmless(c)) else c
        for place, c in enumerate(text)
    )


def quote_argument(words: str) -> str:
    """Return words as they are typed as one argument in a shell: between quotation marks where they need them."""
    if all(character.isalnum() or character in "_@%+=:,./-" for character in words):
        return words
    if any(character in '"$`\\!' for character in words):
        from shlex import quote

        return quote(words)
    return f'"{words}"'


def find_invisible(text: str) -> Iterator[int]:
    """Yield the place of each character that can't be seen, or that only a font of its own shows (private use).

    Joiners, direction marks and variation selectors are left out beside a character of a script that needs them,
    or of an emoji.
    """
    if "\u00ad" not in text and not re.search(_UNUSUAL, text):
        return
    for found in re.finditer(f"{_INVISIBLE}|{_PRIVATE_USE}", text):
        place = found.start()
        beside = text[max(place - 1, 0) : place] + text[place + 1 : place + 2]
        if found[0] not in _IN_CONTEXT or not beside or re.fullmatch(_PUNCTUATION, beside):
            yield place


# Patterns, compiled by the first text that needs them: importing this module costs no start anything.
_INVISIBLE = (
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u2060-\u2065\u206a-\u206f\u2800\u3164"
    "\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffc\U000e0000-\U000e0fff]"
)
_PRIVATE_USE = "[\ue000-\uf8ff\U000f0000-\U0010ffff]"
"""Never printable, so that only what looks for each place asks for them: they take long to compile."""
_IN_CONTEXT = frozenset("\u061c\u200c\u200d\u200e\u200f" + "".join(map(chr, range(0xFE00, 0xFE10))))
_PUNCTUATION = "[\u0000-\u058f\u2000-\u206f]*"
"""Latin, Greek and Cyrillic letters and the marks between words: none of them needs a joiner."""


def escape_ci_commands(text: str) -> str:
    r"""Return a text with the first sign of each CI command escaped: ``\x3a`` or ``\x23``.

    GitHub Actions obeys ``::name …::`` after blanks at the start of a line (which a line can come to begin with
    wherever a word may) and ``##[name …]`` anywhere in it; Azure and TeamCity have their own names after ``##``.
    """
    if "::" not in text and "##" not in text:
        return text
    text = re.sub(r"(?<!\S):(?=:)", r"\\x3a", text)
    return re.sub(rf"{_CI_COMMAND}", r"\\x23", text)


_CI_COMMAND = r"#(?=#(?:vso|teamcity)?\[)"
"""The sign that begins a command anywhere in a line, as a regular expression."""


def escape_json_control(text: str) -> str:
    r"""Return JSON with what ``escape_control`` escapes as ``\u…``: the values stay the same."""
    if text.isprintable() and "##" not in text:
        return text
    found = re.sub(rf"[\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff]|{_CI_COMMAND}", _json_escape, text)
    return re.sub("[\U000e0000-\U000e007f]", _json_escape, found)


def _json_escape(found: re.Match[str]) -> str:
    units = found[0].encode("utf-16-be", "surrogatepass")  # JSON escapes each by itself
    return "".join(f"\\u{units[place : place + 2].hex()}" for place in range(0, len(units), 2))


BIDI_CONTROLS = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""The characters that turn the direction of what follows them, or end that (Unicode's UAX 9)."""


def escape_bidi(text: str) -> str:
    r"""Return a text with ``BIDI_CONTROLS`` escaped as ``\u202e``: a document shows them as a screen does."""
    for each in BIDI_CONTROLS:
        if each in text:
            text = text.replace(each, _escaped_character(each))
    return text


def _harmless(character: str) -> bool:
    from unicodedata import category

    kind = category(character)
    if kind == "Cf":
        return not (
            "\u202a" <= character <= "\u202e" or "\u2066" <= character <= "\u206f" or character >= "\ufeff"
        )
    return kind in ("Zs", "Co", "Cn")


def _escaped_character(character: str) -> str:
    return character.encode("unicode_escape").decode("ascii")


STAND_INS = {
    "█": "#",
    "▒": "=",
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
"""Stand-ins for our own signs, and for the spaces of French, where a terminal lacks them."""


_SIGNS = str.maketrans(STAND_INS)


def ascii_symbols(text: str) -> str:
    """Return a text with stand-ins for all our own signs, for terminals without these glyphs."""
    return text.translate(_SIGNS)


_LIKE = {"–": "-", "—": "-", "’": "'", "‘": "'", "œ": "oe", "Œ": "OE", "“": '"', "”": '"', "€": "EUR"}


def transliterate(text: str, encoding: str | None) -> str:
    """Return a text in which each character that ``encoding`` lacks is a stand-in, a bare letter, or ``?``.

    Some stand-ins are longer than what they stand for, so widths must be taken afterwards.
    """
    try:
        text.encode(encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return "".join(_encodable(character, encoding or "ascii") for character in text)
    return text


def _encodable(character: str, encoding: str) -> str:
    from unicodedata import normalize

    bare = "".join(part for part in normalize("NFKD", character) if part < "\u0300" or part > "\u036f")
    for candidate in (character, STAND_INS.get(character, ""), _LIKE.get(character, ""), bare):
        try:
            if candidate and candidate.encode(encoding):
                return candidate
        except UnicodeEncodeError:
            continue
        except LookupError:
            return _encodable(character, "ascii")
    return "?" if width(character) else ""


_CODES = {
    "bold": "1",
    "dim": "2",
    "red": "31",
    "green": "32",
    "yellow": "33",
    "blue": "34",
    "cyan": "36",
}
_RESET = "\x1b[0m"
_STYLE = r"\x1b\[[0-9;]*m"


def paint(text: str, style: str) -> str:
    """Return a text in a style such as ``bold red``; blanks alone, or without a style, as they are."""
    if not style or not text.strip():
        return text
    return f"\x1b[{';'.join(_CODES[word] for word in style.split())}m{text}{_RESET}"


def painted_width(line: str) -> int:
    """Return how many columns a painted line takes."""
    return width(re.sub(_STYLE, "", line) if "\x1b" in line else line)


def carry_styles(rows: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a painted text that was wrapped; a style ends and begins again at each break."""
    style = ""
    for row in rows:
        bare = row.lstrip(" ")
        row = row[: len(row) - len(bare)] + style + bare
        for found in re.findall(_STYLE, row):
            style = "" if found == _RESET else found
        yield row + _RESET if style else row
