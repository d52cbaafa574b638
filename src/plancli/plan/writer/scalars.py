"""Scalars as text that every YAML reader takes for the same value: plain, quoted, or prose folded on lines."""

from plancli.errors import Invalid
from plancli.i18n import _
from plancli.text import clauses, foldable, wrap

WIDTH = 100
"""The column that no line of prose passes, unless a single word does. Columns count code points, as editors do."""

_LONGEST_KEY = 1000
"""YAML allows 1024 characters between the start of a key and its colon."""

_WORDS = frozenset(["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<"])
"""Words that some YAML reader takes for something other than text, whatever their case."""

_INDICATORS = frozenset("-?:,[]{}#&*!|>'\"%@`=~<.+")
"""Plain text doesn't begin with these: marks of YAML, or the beginning of a number."""

_NUMERIC = frozenset("0123456789abcdefABCDEFxXoO_.:+-tTzZ ")
"""Plain text that begins with a digit holds something besides these: no number, time or date does."""


def is_plain(text: str, flow: bool = False) -> bool:
    """Return whether a text can stand without quotes (``flow``: in brackets) and be the same for any reader."""
    if not text or text != text.strip() or text[0] in _INDICATORS or text.lower() in _WORDS:
        return False
    if ": " in text or " #" in text or text[-1] == ":" or not _is_printable(text) or "\t" in text:
        return False
    if flow and not _INSIDE.isdisjoint(text):
        return False
    return not (text[0].isdigit() and _NUMERIC.issuperset(text))


_INSIDE = frozenset(",[]{}:#\"'?")


def _is_printable(text: str) -> bool:
    """Return whether YAML allows every character outside quotes, on one line."""
    return text.isprintable() or not any(_is_escaped(character) for character in text)


def _is_escaped(character: str) -> bool:
    if character.isprintable():
        return character in '"\\'
    return (
        character < " "
        or "\x7f" <= character < "\xa0"
        or character in "\u2028\u2029\ufeff\ufffe\uffff"
        or "\ud800" <= character < "\ue000"
    )


def quote(text: str) -> str:
    r"""Write a text in double quotes on one line; what can't be on a line as ``\n``, ``\t``, ``\xNN``."""
    return f'"{"".join(_escape(c) if _is_escaped(c) else c for c in text)}"'


def _escape(character: str) -> str:
    short = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
    if character in short:
        return short[character]
    code = ord(character)
    if 0xD800 <= code < 0xE000:
        raise Invalid(_("half a character (U+{code:04X}) can't be written").format(code=code))
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


def scalar(value: object, flow: bool = False) -> str:
    """Write a scalar on one line."""
    if isinstance(value, str):
        return value if is_plain(value, flow) else quote(value)
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    return str(value)


def key(text: str) -> str:
    """Write the key of a mapping."""
    written = scalar(text)
    if len(written) > _LONGEST_KEY:
        message = _("the key {key} is longer than the {n} characters a key may have")
        raise Invalid(message.format(key=text[:20] + "…", n=_LONGEST_KEY))
    return written


def flow(values: list[object]) -> str:
    """Write a list on one line, in brackets."""
    return f"[{', '.join(scalar(value, flow=True) for value in values)}]"


def fold_prose(text: str, indent: int) -> list[str]:
    """Set a text under ``>-``, a clause a line, wrapped inside the clause; lines come without their indent.

    Only for texts that ``foldable`` allows.
    """
    lines = []
    for clause in clauses(text):
        lines += wrap(clause.line, WIDTH - indent, clause.mark, measure=len)
    return lines


def can_fold(text: str) -> bool:
    """Return whether a text can be under ``>-``."""
    return foldable(text) and _is_printable(text)
