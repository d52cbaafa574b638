"""Check a choice; suggest the closest one, or the English word for a French one."""

from collections.abc import Iterable, Sequence

from plancli.errors import Usage
from plancli.i18n import _

ENGLISH = {
    "afficher": "show",
    "aide": "help",
    "ajouter": "add",
    "annee": "year",
    "annees": "year",
    "apres": "after",
    "associe": "associated",
    "associee": "associated",
    "associees": "associated",
    "associes": "associated",
    "auteur": "author",
    "bilan": "summary",
    "calendrier": "calendar",
    "champ": "field",
    "champs": "field",
    "colonne": "columns",
    "colonnes": "columns",
    "comparer": "diff",
    "complet": "full",
    "date": "at",
    "declarer": "declare",
    "deplacer": "move",
    "depuis": "since",
    "difference": "diff",
    "differences": "diff",
    "direction": "directorate",
    "directions": "directorates",
    "exporter": "export",
    "fichier": "plan",
    "formater": "fmt",
    "historique": "log",
    "importer": "import",
    "journal": "log",
    "jusque": "until",
    "largeur": "width",
    "langue": "language",
    "liste": "list",
    "lister": "list",
    "mesure": "measure",
    "mesures": "measure",
    "ministere": "ministry",
    "ministeres": "ministry",
    "modifier": "set",
    "montrer": "show",
    "motif": "reason",
    "niveau": "field",
    "niveaux": "levels",
    "nouveau": "new",
    "numero": "number",
    "orientations": "orientation",
    "par": "by",
    "periode": "period",
    "pilote": "pilot",
    "pilotes": "pilot",
    "priorite": "priority",
    "priorites": "priority",
    "regle": "rule",
    "regles": "rule",
    "resume": "summary",
    "sans": "without",
    "schema": "schema",
    "sortie": "output",
    "supprimer": "remove",
    "synthese": "summary",
    "texte": "text",
    "titre": "title",
    "tri": "sort",
    "trier": "sort",
    "valider": "validate",
    "verifier": "validate",
    "voir": "show",
}
"""The English word for a French one, which is without accents."""

OTHER_WORDS = {
    "blame": "show --blame",
    "cat": "show",
    "check": "validate",
    "chercher": "list -t",
    "compare": "diff",
    "count": "summary",
    "create": "new",
    "find": "list -t",
    "format": "fmt",
    "get": "show",
    "grep": "list -t",
    "history": "log",
    "init": "new",
    "lint": "validate",
    "ls": "list",
    "query": "list",
    "rechercher": "list -t",
    "search": "list -t",
    "stats": "summary",
    "trouver": "list -t",
    "verify": "validate",
    "view": "show",
}
"""The command for a word that other tools have for it."""


def did_you_mean(sentence: str, guess: str) -> str:
    """Return a sentence with what was probably meant."""
    return _("{sentence}. Did you mean {guess}?").format(sentence=sentence, guess=guess)


def suggest(word: str, words: Sequence[str]) -> tuple[str | None, str]:
    """Return the closest of ``words``, if one is close, and a note if ``word`` is its French name."""
    from plancli.text import closest, fold

    english = ENGLISH.get(fold(word))
    for candidate in (english, english and f"{english}s"):
        if candidate and candidate in words and candidate != word:
            return candidate, _("Commands and options are English.")
    return closest(word, words), ""


def unknown_value(sentence: str, word: str, words: Iterable[str], *, before: str = "", hint: str = "") -> Usage:
    """Return the error for a word that isn't one of ``words``, with the closest one (``before`` put before it)."""
    known, note = suggest(word, tuple(words))
    if not known:
        return Usage(sentence, hint)
    question = did_you_mean(sentence, before + known)
    return Usage(f"{question} {note}" if note else question, "" if note else hint)


def split_commas(values: Sequence[str] | None) -> tuple[str, ...]:
    """Return the words of an option that may be repeated, each a list with commas."""
    return tuple(word for value in values or () for word in map(str.strip, value.split(",")) if word)


def choose(word: str, words: Sequence[str], sentence: str, known: str) -> str:
    """Return the word if it is one of ``words``, else raise Usage.

    ``sentence`` takes ``{word}``; ``known``, the hint, takes ``{words}``.
    """
    if word in words:
        return word
    raise unknown_value(sentence.format(word=word), word, words, hint=known.format(words=", ".join(words)))


def in_place(file: str | None, at_revision: bool = False) -> str:
    """Return the hint that shows the errors of a plan in place; ``at_revision`` if ``file`` is ``REV:path``."""
    import shlex

    command = "plancli validate"
    if at_revision:
        command = f"git show {shlex.quote(file or '')} | {command} -"
    elif file is not None:
        command = f"{command} {shlex.quote(file)}"
    return _("In place: {command}").format(command=command)
