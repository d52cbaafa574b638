"""French typography, for the words plancli makes itself; the texts of a plan never pass here."""

import re

WIDE = "\u00a0"
NARROW = "\u202f"

_QUOTED = re.compile(r'("[^"]*"|`[^`]*`)')
_BEFORE = {":": WIDE, ";": NARROW, "!": NARROW, "?": NARROW, "»": NARROW, "%": NARROW}
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")


def typeset(text: str) -> str:
    """Put the spaces of French typography where a translation has plain ones.

    U+00A0 before ``:`` and after ``n°``; U+202F before ``; ! ? %``, inside « » and inside numbers. What stands in
    straight quotes or backquotes is a name or code to be typed, and left alone.
    """
    return "".join(piece if place % 2 else _set(piece) for place, piece in enumerate(_QUOTED.split(text)))


def _set(text: str) -> str:
    for mark, space in _BEFORE.items():
        text = text.replace(f" {mark}", space + mark)
    text = text.replace("« ", f"«{NARROW}").replace("n° ", f"n°{WIDE}").replace("N° ", f"N°{WIDE}")
    return _THOUSANDS.sub(NARROW, text)
