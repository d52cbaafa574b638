"""One of a few words: the word itself, or what was probably meant by another one."""

from collections.abc import Iterable, Sequence

from plancli.errors import Usage
from plancli.i18n import _

ENGLISH = {
    "afficher": "show",
    "aide": "help",
    "annee": "year",
    "annees": "year",
    "associe": "associated",
    "associee": "associated",
    "associees": "associated",
    "associes": "associated",
    "bilan": "summary",
    "calendrier": "calendar",
    "colonne": "columns",
    "colonnes": "columns",
    "complet": "full",
    "date": "at",
    "difference": "diff",
    "differences": "diff",
    "comparer": "diff",
    "direction": "directorate",
    "directions": "directorates",
    "exporter": "export",
    "fichier": "plan",
    "formater": "fmt",
    "historique": "log",
    "importer": "import",
    "journal": "log",
    "liste": "list",
    "lister": "list",
    "mesure": "measure",
    "mesures": "measure",
    "montrer": "show",
    "numero": "number",
    "orientations": "orientation",
    "par": "by",
    "pilote": "pilot",
    "pilotes": "pilot",
    "priorite": "priority",
    "priorites": "priority",
    "regle": "rule",
    "regles": "rule",
    "resume": "summary",
    "schema": "schema",
    "sortie": "output",
    "synthese": "summary",
    "texte": "text",
    "tri": "sort",
    "trier": "sort",
    "valider": "validate",
    "verifier": "validate",
    "voir": "show",
}
"""What a French word is called here; without accents."""


def meant(sentence: str, guess: str) -> str:
    """Add what was probably meant to a sentence."""
    return _("{sentence}. Did you mean {guess}?").format(sentence=sentence, guess=guess)


def guess(word: str, words: Sequence[str]) -> tuple[str | None, str]:
    """Give which of ``words`` was probably meant, and a sentence to add when the reason is the language."""
    from plancli.text import closest, fold

    english = ENGLISH.get(fold(word))
    for candidate in (english, english and f"{english}s"):
        if candidate and candidate in words and candidate != word:
            return candidate, _("Commands and options are English.")
    return closest(word, words), ""


def refused(sentence: str, word: str, words: Iterable[str], *, before: str = "", hint: str = "") -> Usage:
    """Make the refusal of a word: the sentence, what was probably meant (``before`` in front of it), the hint."""
    known, reason = guess(word, tuple(words))
    if not known:
        return Usage(sentence, hint)
    asked = meant(sentence, before + known)
    return Usage(f"{asked} {reason}" if reason else asked, "" if reason else hint)


def listed(values: Sequence[str] | None) -> tuple[str, ...]:
    """Give the words of an option that may be repeated, each a list with commas."""
    return tuple(word for value in values or () for word in map(str.strip, value.split(",")) if word)


def choose(word: str, words: Sequence[str], sentence: str, known: str) -> str:
    """Give the word if it is one of ``words``, else raise Usage.

    ``sentence`` takes ``{word}``; ``known``, the hint, takes ``{words}``.
    """
    if word in words:
        return word
    raise refused(sentence.format(word=word), word, words, hint=known.format(words=", ".join(words)))
