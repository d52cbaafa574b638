"""What one cell says: a number, years, codes. Nothing is guessed: a cell that says something else gives None."""

import re
from dataclasses import dataclass

from plancli.text import fold, to_nfc

_LONGEST = 18
"""Digits of the largest number a plan holds."""

_SPAN = 1000
"""Years between the first and the last of one action, at most: more is a slip."""


def read_number(cell: str) -> int | None:
    """Read ``4``, ``4.``, ``4.0``, ``n° 4``, ``P1``, ``Action 4``, ``Priorité 1``."""
    found = re.fullmatch(
        r"(?:(?:n°|no|numero|number|action|mesure|measure|orientation|niveau|level|priorite|priority|prio|[amop])"
        r"[ .:]*)*([0-9]+)(?:[.,]0+)?[.)]?",
        fold(cell),
    )
    footnote = any(character.isdigit() and not character.isascii() for character in cell)
    if not found or footnote or len(found[1]) > _LONGEST:
        return None
    return int(found[1]) or None


def is_total(cell: str) -> bool:
    """Tell whether a cell says that its row adds up others: ``Total``, ``Sous-total orientation 1``."""
    return bool(re.match(r"(?:(?:sous|sub|grand)[ -]?)?tota(?:l|ls|ux)\b", fold(cell)))


@dataclass(frozen=True, slots=True)
class Years:
    """The years a cell names, ascending; ``plain`` unless it says more than that."""

    years: tuple[int, ...]
    plain: bool


def read_years(cell: str, own: bool = False) -> Years | None:
    """Read ``2021``, ``2021-2022``, ``2021 à 2022``, ``2021|2022``, ``2021+2023``; years amid words aren't plain.

    In an exported table (``own``) any number is a year; elsewhere a year has four digits.
    """
    text = re.sub(r"^([0-9]+)[.,]0+$", r"\1", fold(cell).replace("–", "-").replace("—", "-"))
    year = r"[0-9]+" if own else _YEAR
    if re.fullmatch(rf"{year}(?:(?:{_UNTIL}|{_AND}){year})*", text):
        years = _spread(text)
        if years:
            return Years(tuple(sorted(set(years))), years == sorted(set(years)))
    named = [int(each) for each in re.findall(rf"(?<![0-9]){_YEAR}(?![0-9])", text)]
    short = re.fullmatch(rf"({_YEAR}) ?[-/] ?([0-9][0-9])", text)
    if short:
        named.append(int(short[1][:2] + short[2]))
    if not named:
        return None
    if len(named) == 2 and named[0] < named[1] and (short or re.search(r"-| a | au | to ", text)):
        named = list(range(named[0], named[1] + 1))
    return Years(tuple(sorted(set(named))), plain=False)


_YEAR = r"(?:19|20|21)[0-9][0-9]"
_UNTIL = r" ?(?:-|a|au|to) ?"
_AND = r" ?(?:[,;|+&/]|et|and) ?"


def _spread(text: str) -> list[int]:
    """Give each year of a list of years and runs; none where a run goes backwards or a number is no year."""
    found: list[int] = []
    for run in re.split(_AND, text):
        numbers = re.split(_UNTIL, run)
        years = [int(number) for number in numbers if len(number) <= _LONGEST]
        first, last = years[:1] or [0], years[-1:] or [0]
        if len(numbers) > 2 or len(years) < len(numbers) or not 0 <= last[0] - first[0] < _SPAN or not first[0]:
            return []
        found += range(first[0], last[0] + 1)
    return found


@dataclass(frozen=True, slots=True)
class Roles:
    """What a cell says of who takes part: the codes under each label, as written, and labels without colon."""

    pilots: str
    associated: str
    bare: tuple[str, ...]


_LABEL = re.compile(
    r"(?<!\w)(?:(?P<pilot>(?:co-?)?(?:pilot(?:e|age)?|lead)(?:\(s\)|s)?)"
    r"|(?P<associated>associated|associ[ée](?:\(e\)|[.·]?e)?(?:\(s\)|[.·]?s)?))(?!\w)(?P<colon>\s*:)?",
    re.IGNORECASE,
)


def read_roles(cell: str) -> Roles | None:
    """Read ``Pilote(s) : A - B Associé(e)(s) : C, D``, colons or not; None without a label of pilots."""
    text = to_nfc(cell).strip()
    labels = list(_LABEL.finditer(text))
    if not labels or labels[0].start() > 0 or not any(label["pilot"] for label in labels):
        return None
    parts: dict[str, list[str]] = {"pilot": [], "associated": []}
    bare = []
    for label, following in zip(labels, [*labels[1:], None], strict=True):
        end = following.start() if following else len(text)
        parts["pilot" if label["pilot"] else "associated"].append(text[label.end() : end].strip())
        if not label["colon"]:
            bare.append(text[label.start() : end].strip())
    return Roles(", ".join(parts["pilot"]), ", ".join(parts["associated"]), tuple(bare))


def without_label(cell: str) -> str:
    """Give what stands after a label, in a column that is for one role only and yet says it."""
    label = _LABEL.match(cell.strip())
    return cell.strip()[label.end() :].strip() if label else cell


_CLEAR = re.compile(
    r"(?:(?<!\s)\s*)?[,;|+&\n]\s*|(?<!\s)\s+[-–—/]\s+|(?<!\s)\s+(?:et|and)\s+"
)  # a run of spaces is looked at from its start only
_TIGHT = re.compile(r"[-–—/]")
_NOBODY = re.compile(r"neant|aucune?|sans[ ]objet|s\.o|n/a|none|[-–—/]")


def split_codes(written: str, separator: str = "") -> tuple[str, ...]:
    """Part codes at ``separator``, or else at any sign that parts words in a table, but not inside a word.

    ``néant`` and the like are no code, unless a table has a separator of its own.
    """
    if not separator and _NOBODY.fullmatch(fold(written).rstrip(".")):
        return ()
    pieces = written.split(separator) if separator else _CLEAR.split(written)
    return tuple(piece.strip(" \t\xa0\u202f.") if not separator else piece for piece in pieces if piece.strip())


def split_tight(code: str) -> tuple[str, ...]:
    """Part ``DIHAL-DMAT`` into its two codes."""
    return tuple(piece for piece in _TIGHT.split(code) if piece)
