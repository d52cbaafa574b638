"""What one cell says: a number, a code, an amount, a percentage."""

import re
from collections.abc import Sequence
from functools import lru_cache

from plancli.text import fold

MOST_KEPT = 4096
"""Cells whose reading is kept: most columns say the same again and again."""

MOST_DIGITS = 18
"""Digits of the largest number a plan holds, at most."""


@lru_cache(MOST_KEPT)
def read_number(cell: str) -> int | None:
    """Return the number that ``4``, ``4.``, ``4.0``, ``n° 4``, ``P1``, ``Action 4`` or ``Priorité 1`` says."""
    found = re.fullmatch(
        r"(?:(?:n°|no|numero|number|action|mesure|measure|orientation|niveau|level|priorite|priority|prio|[amop])"
        r"[ .:]*)*([0-9]+)(?:[.,]0+)?[.)]?",
        fold(cell),
    )
    footnote = any(character.isdigit() and not character.isascii() for character in cell)
    if not found or footnote or len(found[1]) > MOST_DIGITS:
        return None
    return int(found[1]) or None


def are_numbers(cells: Sequence[str], exported: bool) -> bool:
    """Return whether most of some priorities are numbers; the words of an exported table are kept as they are.

    Where one is 0, as P0 is before P1, they are words: a plan's numbers begin at 1.
    """
    if exported:
        return all(re.fullmatch(r"[0-9]+(?:[.,]0+)?", cell) for cell in cells)
    has_zero = any(re.fullmatch(r"\D*0+", cell) for cell in cells)
    return not has_zero and sum(read_number(cell) is not None for cell in cells) * 2 > len(cells)


def has_letter_code(cell: str) -> bool:
    """Return whether a number may be a code of its own, as in ``A1`` or ``A.1``."""
    return bool(re.fullmatch(r"[amop][ .:]*[0-9]+\.?", fold(cell)))


_CODE = re.compile(
    r"(?:n° ?)?(?:[^\W\d_]{1,4}[ .-]?)?[0-9]{1,4}(?:[.-][0-9]{1,3})*(?:[a-z]| ?(?:bis|ter))?\.?"
    r"|[IVXLC]{1,6}\.?|[A-Z]\.?|(?=[\w./-]*[0-9])(?=[\w./-]*[A-Z.])[A-Za-z0-9][\w./-]{1,19}"
)


def is_number_or_code(cell: str) -> bool:
    """Return whether a cell is a number or a code: ``4``, ``1.1.2``, ``A1``, ``FA-12``, ``II``."""
    return bool(_CODE.fullmatch(cell.strip()))


def is_amount(cell: str) -> bool:
    """Return whether a cell is a number, perhaps of money."""
    return bool(re.fullmatch(r"[\d \u00a0\u202f.,]*\d[\d \u00a0\u202f.,]*(?:[kM]?€)?", cell))


def read_percent(cell: str) -> int | None:
    """Return the whole percentage that ``40 %``, ``40`` or ``0.4`` says."""
    found = re.fullmatch(r"([0-9]{1,3})(?:[.,]0+)?\s*%?", cell.strip())
    if found:
        return int(found[1]) if int(found[1]) <= 100 else None
    part = re.fullmatch(r"0[.,]([0-9]{1,2})", cell.strip())
    return int(part[1].ljust(2, "0")) if part else None
