"""Who takes part, as one cell says it: roles and names, and words for nobody."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html import unescape
from itertools import pairwise

from plancli.exchange.importer.cells.numbers import MOST_KEPT
from plancli.text import fold, to_nfc


@dataclass(frozen=True, slots=True)
class Roles:
    """Who takes part, as a cell says it: the names under each role, as written.

    ``bare`` are labels without a colon, with their names; ``guessed`` says that a name without a label stands
    beside one that is marked; ``unknown`` is a label that is no role.
    """

    pilots: str
    associated: str
    bare: tuple[tuple[str, str], ...] = ()
    guessed: bool = False
    unknown: str = ""


_PILOT = r"(?:co-?)?(?:pilot(?:e|age)?|lead|porteu(?:r|se)|responsable|chef(?:fe)?s? de file)(?:\(s\)|s)?"
_ASSOCIATED = (
    r"associated|associ[ée](?:\(e\)|[.·]?e)?(?:\(s\)|[.·]?s)?|partenaires?|partners?|appuis?|soutiens?|support"
    r"|contribut(?:eur|rice|or)s?"
)
_LABEL = re.compile(
    rf"(?<!\w)(?:(?P<pilot>{_PILOT})|(?P<associated>{_ASSOCIATED}))(?!\w)(?P<colon>\s*:)?"
    r"|(?P<beside>,?\s*\b(?:en lien avec|en partenariat avec|en association avec|avec l['’]appui d(?:e|u|es)"
    r"|avec le soutien d(?:e|u|es)|in partnership with|with support from)\b)",
    re.IGNORECASE,
)
_BRACKETED = re.compile(rf"\s*\(\s*(?:(?P<pilot>{_PILOT})|(?P<associated>{_ASSOCIATED}))\s*\)", re.IGNORECASE)
_OTHER_LABEL = re.compile(r"[^\W\d][\w'’ ]{0,40}:(?=\s|$)")
_ARTICLE = re.compile(r"(?:l['’]|les?\s|la\s|the\s)\s*", re.IGNORECASE)


@lru_cache(MOST_KEPT)
def read_roles(cell: str, column: str = "") -> Roles | None:
    """Return who takes part: ``Pilote(s) : A - B Associé(e)(s) : C, D``, ``A (pilote), C``, ``A en lien avec C``.

    ``column`` is the role of a column that is for one role only, in which names need no label. Elsewhere a cell
    that doesn't say who the pilot is gives None.
    """
    text = _spaced(to_nfc(cell))
    parts: dict[str, list[str]] = {"pilots": [], "associated": []}
    if _BRACKETED.search(text):
        return _bracketed(text, column or "associated")
    labels = [label for label in _LABEL.finditer(text) if _is_label(label, text, column)]
    bare = []
    start = labels[0].start() if labels else len(text)
    if column:
        parts[column].append(text[:start])
    elif start or not any(label["pilot"] for label in labels):
        return None
    for label, end in zip(labels, [*(each.start() for each in labels[1:]), len(text)], strict=False):
        names = text[label.end() : end].strip()
        role = "pilots" if label["pilot"] else "associated"
        parts[role].append(
            _ARTICLE.sub("", names, count=1) if label["beside"] and _ARTICLE.match(names) else names
        )
        if not label["colon"] and not (column and label["beside"]):
            bare.append((role, text[label.start() : end].strip()))
    pilots, associated = (", ".join(filter(None, map(_trim, parts[role]))) for role in parts)
    other = _OTHER_LABEL.search(pilots) or _OTHER_LABEL.search(associated)
    return Roles(pilots, associated, tuple(bare), unknown=other[0] if other else "")


def _is_label(label: re.Match[str], text: str, column: str) -> bool:
    """Return whether a word is a label and not part of a name: a colon or a code is after it."""
    if label["colon"] or label["beside"]:
        return True
    if column and label.start():
        return False
    behind = text[label.end() :].split(maxsplit=1)
    return bool(behind) and is_directorate_code(behind[0].strip(" ,;."))


def _bracketed(text: str, unmarked: str) -> Roles:
    """Read names that are marked by a role in brackets; beside a marked pilot the others are associated."""
    parts: dict[str, list[str]] = {"pilots": [], "associated": []}
    if any(mark["pilot"] for mark in _BRACKETED.finditer(text)):
        unmarked = "associated"
    guessed = False
    for name, _separator in _names_with_separators(text):
        mark = _BRACKETED.search(name)
        role = unmarked if not mark else "pilots" if mark["pilot"] else "associated"
        guessed = guessed or not mark
        parts[role].append(_BRACKETED.sub("", name).strip())
    return Roles("; ".join(parts["pilots"]), "; ".join(parts["associated"]), guessed=guessed)


def _trim(names: str) -> str:
    return names.strip(" \t\n\xa0\u202f,;")


_NOBODY = re.compile(
    r"(?:neant|rien|aucune?(?: pour l'instant)?|sans(?: objet)?|s[./]o|n[./]?a|n[./][dc]|non (?:concerne|renseigne"
    r"|defini|determine)e?s?|none|nobody|nil|not applicable|vide|(?:reste )?a (?:definir|determiner|designer"
    r"|preciser|completer|confirmer|venir|identifier|nommer)|t\.?b\.?[adc]"
    r"|to be (?:defined|determined|confirmed|announced)|\?+"
    r"|[-–—−‐‑/_.…*·]+)"
)

_PERHAPS_NOBODY = re.compile(
    r"(?:pas|aucune?|sans|non|no|not) (?:de |d'|encore |yet |for |a )?\w[\w' -]{0,60}"
    r"|non|ras|r[.]a[.]s|so|nc|x|0|ø|∅|nan|null|en (?:cours|attente)(?: d.*)?|to be \w+|tb[acd]\b.*"
    r"|(?:(?:les? |la )?(?:co-?)?(?:pilotes?|partenaires?|services?|directions?) )?a \w+(?:er|ir|re)\b.*"
)
"""Words for nobody, unless they are the name of a service after all."""


@lru_cache(MOST_KEPT)
def is_nobody(name: str) -> bool:
    """Return whether a name says that there is nobody (yet): ``néant``, ``sans objet``, ``–``, ``à définir``."""
    text = fold(name).strip(" ()[]")
    return bool(_NOBODY.fullmatch(text.rstrip(".!") or text))


@lru_cache(MOST_KEPT)
def is_perhaps_nobody(name: str) -> bool:
    """Return whether a name probably says so: ``pas de partenaire``, ``pilote à désigner``, ``NC``."""
    text = fold(name).strip(" ()[]").rstrip(".!")
    return bool(_PERHAPS_NOBODY.fullmatch(text)) and not is_nobody(name)


@lru_cache(MOST_KEPT)
def is_directorate_code(name: str) -> bool:
    """Return whether a name is a code, ``DHUP``, ``DGTrésor``, ``D1`` or ``SG-CIH``, and not words."""
    if " " in name or not any(map(str.isupper, name)):
        return False
    return all(
        part and part[0].isalnum() and (len(part) == 1 or sum(map(str.isupper, part)) > 1 or _D1.fullmatch(part))
        for part in _DASHES.split(name)
    )


def is_service(name: str) -> bool:
    """Return whether a name is that of a service: a code, or several words of which the first says so."""
    return is_directorate_code(name) or (" " in name and _SERVICES.match(fold(name)) is not None)


_DASHES = re.compile(r"[-–—/]")
_D1 = re.compile(r"[A-Z][0-9]+")


@dataclass(frozen=True, slots=True)
class SplitNames:
    """The names in a cell; ``doubts`` are those that may be several, ``cut`` says that a comma parted some.

    ``nobody`` are the words for nobody that are beside names.
    """

    names: tuple[str, ...]
    doubts: tuple[str, ...] = ()
    cut: bool = False
    nobody: tuple[str, ...] = ()


_HARD = ";|•"

_LONGEST_NAME = 300
"""Characters of a name of a service, at most: what is longer is a list."""

_AHEAD = 8
"""Pieces among which the end of an enumeration is looked for."""
_SEPARATOR = re.compile(
    r"\s*[;|\n•]\s*|\s*,\s*|\s+(?:et|and|&)\s+|\s*\+\s*|(?<=\S)\s+[-–—/]\s+", re.IGNORECASE
)  # in the order of the text, outside brackets
_CONTINUES = re.compile(
    r"(?:d['’]|l['’]|(?:de|du|des|la|le|les|et|au|aux|en|à|pour|par|sur|of|and|for|the|in)\b)", re.IGNORECASE
)
_SERVICES = re.compile(
    r"(?:sous-)?(?:direction|ministere|service|agence|office|ville|mairie|commune|communaute|metropole|departement"
    r"|conseil|prefecture|secretariat|delegation|mission|department|ministry|agency|council|region)s?\b"
)


def _names_with_separators(text: str) -> Iterator[tuple[str, str]]:
    """Yield each piece between separators, and the separator after it; brackets and quotes keep together."""
    depth = _depths(text)
    start = 0
    for separator in _SEPARATOR.finditer(text):
        if depth[separator.start()] == 0 and separator.start() >= start:
            yield text[start : separator.start()], separator[0]
            start = separator.end()
    yield text[start:], ""


def _depths(text: str) -> list[int]:
    """Return how deep in brackets each character stands; brackets that don't close don't count."""
    depths = [0] * (len(text) + 1)
    opened: list[int] = []
    pairs = {")": "(", "]": "[", "»": "«", "”": "“"}
    for index, character in enumerate(text):
        if character in pairs.values():
            opened.append(index)
        elif opened and pairs.get(character) == text[opened[-1]]:
            first = opened.pop()
            if not opened:
                depths[first : index + 1] = [1] * (index + 1 - first)
    return depths


def _spaced(text: str) -> str:
    """Return a text with one space between words and one line break between lines.

    Invisible signs are left out, marks of HTML are what they stand for.
    """
    text = unescape(re.sub(r"(?i)<br */?>", "\n", text))
    lines = (" ".join(line.split()) for line in re.sub("[\u00ad\u200b\u2060\ufeff]", "", text).splitlines())
    return "\n".join(line for line in lines if line)


@lru_cache(MOST_KEPT)
def split_names(written: str) -> SplitNames:
    """Return the names in a cell: codes between any separators, names of services where that is sure.

    ``;``, ``|`` and a new line part names, a comma does unless what follows goes on with a name (``, de la
    Jeunesse et des Sports``); ``et``, ``&``, ``+`` and a dash part codes only.
    """
    text = re.sub(r"(?:^|(?<=\n))[-–—•*·] ", "", _spaced(written))  # the dashes of a list on lines
    pieces = [(_bare(piece), separator) for piece, separator in _names_with_separators(text)]
    pieces = [(piece, separator) for piece, separator in pieces if piece]
    names: list[str] = []
    doubts: dict[str, None] = {}
    cut = False
    for index, (piece, _separator) in enumerate(pieces):
        before = pieces[index - 1][1] if index else ""
        if not names or _separates(names[-1], before, pieces, index):
            cut = cut or bool(names and before.strip() == "," and (" " in piece or " " in names[-1]))
            names.append(piece)
            continue
        whole = names[-1]
        names[-1] = f"{whole}{' ' if before.isspace() else before}{piece}"
        if whole in doubts or _is_doubtful(whole, before, piece):
            doubts[names[-1]] = None
    nobody = tuple([name for name in names if is_nobody(name) or is_perhaps_nobody(name)])
    kept = tuple([name for name in names if name not in nobody])
    doubtful = tuple([name for name in kept if name in doubts or _may_be_several(name)])
    return SplitNames(kept, doubtful, cut and len(kept) > 1, nobody)


_ABBREVIATED = re.compile(
    r"(?:dept|dpt|dir|div|serv|svcs?|tech|admin|assoc?|asso|gen|reg|nat|intl|govt?|univ|min|inc|ltd|corp|co|etc)\.$"
)


def _bare(piece: str) -> str:
    """Return a name without the end of its sentence, and a code without its article: ``la DHUP``.

    An abbreviation keeps its dot: ``Planning Dept.``
    """
    name = piece.strip().lstrip(". ")
    name = name if _ABBREVIATED.search(fold(name)) else name.rstrip(". ")
    article = _ARTICLE.match(name)
    return name[article.end() :] if article and is_directorate_code(name[article.end() :]) else name


LINKS = frozenset(["ET", "DE", "DU", "DES", "LE", "LA", "LES", "EN", "SUR", "OF", "AND"])
"""Words in capitals that join the words of a name, and are no codes."""


def _may_be_several(name: str) -> bool:
    """Return whether a name has two codes in it or a word that joins two: ``DHUP DGCL``, ``DHUP avec la DGCL``."""
    bare = re.sub(r"\([^()]*\)", " ", name)
    codes = sum(is_directorate_code(word) and word not in LINKS for word in re.findall(r"[^\s(),]+", bare))
    return codes > 1 or bool(
        codes and re.search(r"\b(?:ou|or|avec|with|puis|then|dont|y compris|including)\b", name)
    )


def _separates(whole: str, separator: str, pieces: list[tuple[str, str]], index: int) -> bool:
    """Return whether a separator is between two names."""
    sign, piece = separator.strip(), pieces[index][0]
    if len(whole) > _LONGEST_NAME or is_nobody(piece) or is_nobody(whole) or (sign and sign in _HARD):
        return True
    if "\n" in separator:
        return not (
            _CONTINUES.match(piece) or _CONTINUES.fullmatch(whole.rpartition(" ")[2]) or piece[0].islower()
        )
    if sign != ",":
        return is_directorate_code(piece) and is_directorate_code(whole)
    if _CONTINUES.match(piece) and " " in piece:
        return False
    if is_directorate_code(piece) or is_directorate_code(whole) or _SERVICES.match(fold(piece)):
        return True
    return not (piece[0].islower() and " " in whole) and not _enumerates(pieces[index : index + _AHEAD])


def _enumerates(pieces: list[tuple[str, str]]) -> bool:
    """Return whether pieces end an enumeration inside a name: ``…, Science and Economic Development``."""
    for (piece, separator), (following, _after) in pairwise(pieces):
        sign = separator.strip().lower()
        if sign in ("et", "and", "&"):
            return not (is_directorate_code(piece) and is_directorate_code(following)) and not _CONTINUES.match(
                following
            )
        if sign != "," or is_directorate_code(piece):
            return False
    return False


def _is_doubtful(whole: str, separator: str, piece: str) -> bool:
    """Return whether a piece that is kept as one name may be two."""
    sign = separator.strip().lower()
    if sign == ",":
        return not _CONTINUES.match(piece)
    if sign in ("et", "and", "&", "+"):
        return is_directorate_code(whole.rpartition(", ")[2]) or is_directorate_code(piece)
    return piece[:1].isupper()
