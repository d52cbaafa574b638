"""Words that cells have: for priorities and statuses, for the same as above, of totals and failed formulas."""

import re
from collections.abc import Iterable

from plancli.exchange.importer.cells.dates import read_date_cell
from plancli.text import fold


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, as a set."""
    return frozenset(text.split())


def begins_total(cell: str) -> bool:
    """Return whether a cell begins a row that adds up others: ``Total``, ``Sous-total orientation 1``."""
    return bool(re.match(r"(?:(?:(?:sous|sub|grand)[ -]?)?tota(?:l|ls|ux)|s/t)\b", fold(cell)))


def begins_average(cell: str) -> bool:
    """Return whether a cell begins a row of averages: ``Moyenne axe 1``."""
    return bool(re.match(r"(?:moyennes?|average)\b", fold(cell)))


def is_error(cell: str) -> bool:
    """Return whether a cell shows that a formula failed, in any language: ``#REF!``, ``#NOM?``, ``#N/D``."""
    return bool(
        re.fullmatch(r"#(?:[^\W_][\w/]{1,20} ?[!?]|N/[A-Z]|GETTING_DATA|#+)|Err:[0-9]{3}", cell.strip(), re.I)
    )


def is_formula(cell: str) -> bool:
    """Return whether a cell is a formula as it is typed: ``=A1``, ``=SI(A1;B1)``."""
    return bool(re.match(r"=[\w(+$'-]", cell.strip()))


_DASHES = re.compile(r"\s*[-–—−‐‑]+\s*")


def is_dash(cell: str) -> bool:
    """Return whether a cell says that it is empty: ``-``, ``—``."""
    return bool(_DASHES.fullmatch(cell))


def is_mark(cell: str) -> bool:
    """Return whether a cell is a cross or another mark: ``x``, ``●``, ``oui``."""
    return bool(re.fullmatch(r"(?i)[x✓✔√●■•*1v+]|oui|yes|vrai|true", cell))


_DITTO = re.compile(r"(?:idem|ditto|(?:voir |cf\.? )?ci-dessus|same(?: as above)?|[\"”“″〃'’`]+)\.?")


def is_ditto(cell: str) -> bool:
    """Return whether a cell says that it is the same as the one above: ``idem``, ``"``."""
    return bool(_DITTO.fullmatch(fold(cell)))


_IMPORTANCE = (
    words_of("critique critical urgent urgente")
    | {"tres haut", "tres haute", "tres eleve", "tres elevee", "very high"},
    words_of("haut haute eleve elevee fort forte high essentielle essentiel prioritaire major"),
    words_of("moyen moyenne modere moderee medium moderate normal normale"),
    words_of("bas basse faible low minor secondaire"),
    words_of("nul nulle") | {"tres faible", "tres bas", "tres basse", "very low"},
)

_COURSE = (
    words_of("planned prevu prevue planifie planifiee upcoming pending todo")
    | {"a venir", "a lancer", "a faire", "a l'etude", "en projet", "to do", "to start"},
    words_of("demarre demarree commence commencee lance lancee initie initiee started engage engagee"),
    words_of("ongoing underway open ouvert ouverte permanent limited substantial partial")
    | {"en cours", "in progress", "under way", "on track", "partiellement realise", "partiellement realisee"}
    | {"en continu", "partially complete", "limited progress", "substantial progress", "substantially completed"},
    words_of("retarde retardee delayed late bloque bloquee blocked reporte reportee postponed")
    | {"suspendu", "suspendue", "suspended", "en retard", "en pause", "behind schedule", "on hold"},
)

CLOSED = words_of(
    """realise realisee termine terminee acheve achevee fait faite fini finie clos close cloture cloturee livre
    livree solde soldee atteint atteinte completed complete done finished closed delivered achieved implemented
    fulfilled complet totale abandonne abandonnee annule annulee supprime supprimee abandoned cancelled canceled
    dropped withdrawn refuse refusee rejete rejetee refused rejected"""
) | (
    {"fully implemented", "mis en oeuvre", "mise en oeuvre", "sans suite"}
    | {"sans objet", "devenu sans objet", "no longer relevant"}
)
"""Statuses that can't be late any more, folded; any other word is open."""


def by_importance(words: Iterable[str]) -> list[str]:
    """Return the words from the highest to the lowest, or by the numbers they begin with; else as they came."""
    known = list(words)
    numbers = [re.match(r"\D{0,12}([0-9]{1,9})", word) for word in known]
    ranks = [int(number[1]) if number else -1 for number in numbers]
    ranks = ranks if all(numbers) else [_place(word, _IMPORTANCE) for word in known]
    places = dict(zip(known, ranks, strict=True))
    return sorted(known, key=lambda word: places[word]) if min(ranks, default=0) >= 0 else known


def is_importance(word: str) -> bool:
    """Return whether a word says how urgent something is: ``haute``."""
    return _place(word, _IMPORTANCE) >= 0


def in_course(words: Iterable[str]) -> list[str]:
    """Return statuses from the first to the last; those that nobody knows stay after the one they came after."""
    known, last = [], 0
    for word in words:
        rank = len(_COURSE) if is_closed_status(word) else _place(word, _COURSE)
        last = rank if rank >= 0 else last
        known.append((last, word))
    return [word for _rank, word in sorted(known, key=lambda each: each[0])]


def is_status(word: str) -> bool:
    """Return whether a word is one that says where an action stands."""
    return is_closed_status(word) or _place(word, _COURSE) >= 0


def is_closed_status(word: str) -> bool:
    """Return whether a status says that nothing is to be done any more."""
    return _bare(word) in CLOSED


def _bare(word: str) -> str:
    """Return a word without the signs around it and its day: ``✅ Terminé``, ``Fait le 12/03/2024``."""
    plain = re.sub(r"^\W+|\W+$", "", fold(word))
    dated = re.match(r"(\D+?)(?: (?:le|en|depuis|on|in))? \(?(?:le |en )?(\w.*)", plain)
    return dated[1] if dated and read_date_cell(dated[2]) else plain


_NOT = re.compile(r"(?:pas encore|pas|non|not yet|not) ")


def _place(word: str, ranks: tuple[frozenset[str], ...]) -> int:
    plain = _bare(word)
    negated = _NOT.match(plain)
    if negated and ranks is _COURSE and plain[negated.end() :] in CLOSED.union(*_COURSE):
        return 0
    return next((rank for rank, words in enumerate(ranks) if plain in words), -1)
