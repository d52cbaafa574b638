"""Check a choice; suggest the closest one, the English word for a French one, and what to type next."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence

from plancli.errors import Usage
from plancli.i18n import _, did_you_mean

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
    "statut": "status",
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
    "list": ("actions", "filter", "filtrer", "ll", "ls", "print", "query", "select"),
    "list -t": ("chercher", "find", "grep", "recherche", "rechercher", "search", "trouver"),
    "list --late": ("late", "overdue", "retard", "retards", "en-retard"),
    "show": ("action", "cat", "describe", "display", "get", "info", "open", "view"),
    "show --blame": ("annotate", "blame"),
    "summary": (
        "axes",
        "compte",
        "compter",
        "contents",
        "count",
        "counts",
        "measures",
        "mesures",
        "objectifs",
        "orientations",
        "outline",
        "overview",
        "sommaire",
        "stat",
        "statistics",
        "statistiques",
        "stats",
        "tableau",
        "toc",
        "total",
        "totals",
        "totaux",
        "tree",
    ),
    "summary --by ministry": ("ministere", "ministeres", "ministries", "ministry"),
    "summary --by pilot": ("pilot", "pilote", "pilotes", "pilots"),
    "summary --by priority": ("priorite", "priorites", "priorities", "priority"),
    "summary --by year": ("annee", "annees", "calendar", "calendrier", "year", "years"),
    "directorates": ("annuaire", "codes", "qui", "register", "registre", "services", "who"),
    "validate": ("check", "controle", "controler", "doctor", "lint", "test", "tester", "verify"),
    "validate --fix": ("corriger", "fix", "repair", "reparer"),
    "rule": ("explain", "expliquer"),
    "fmt": ("beautify", "format", "indent", "prettier", "reformat", "tidy"),
    "diff": ("changements", "changes", "compare", "modifications", "relire", "review", "revue"),
    "log": ("chronologie", "history", "shortlog", "timeline"),
    "progress": ("avancement", "etat", "status", "statut", "suivi", "todo"),
    "report": ("point", "rapport", "rapporter", "renseigner", "signaler"),
    "new": ("create", "creer", "init", "initialiser"),
    "set": ("change", "changer", "edit", "editer", "modify", "update"),
    "move": ("bouger", "mv"),
    "remove": ("del", "delete", "effacer", "enlever", "retirer", "rm"),
    "lsp": ("editor", "ide", "serve", "server"),
    "export": ("convert", "dump", "save"),
    "export plan.csv": ("csv",),
    "export plan.docx": ("docx", "word"),
    "export plan.html": ("html", "page", "pdf"),
    "export plan.json": ("json",),
    "export plan.md": ("markdown",),
    "export plan.xlsx": ("excel", "xlsx"),
    "import": ("load", "read"),
}
"""Each command, and the words that other tools, or people, have for it; folded."""

OTHER_OPTIONS = {
    "-d": ("code", "org", "service"),
    "-n": ("head", "limit", "max", "top"),
    "-t": ("chercher", "contains", "find", "grep", "match", "search"),
    "--by": ("count-by", "group", "group-by"),
    "--columns": ("fields", "select"),
    "--full": ("all", "long", "no-trunc", "tout", "verbose", "whole"),
    "--ignore": ("disable", "exclude", "skip"),
    "--no-pager": ("no-less",),
    "--output": ("file", "o", "out"),
    "--since": ("after", "from"),
    "--sort": ("order", "order-by", "sort-by"),
    "--until": ("before", "to"),
    "--without": ("except", "exclude", "not", "sauf"),
}
"""Each option, and the words that other tools, or people, have for it."""


def suggest(word: str, words: Sequence[str]) -> tuple[str | None, str]:
    """Return the closest of ``words``, if one is close, and a note if ``word`` is its French name."""
    from plancli.text import closest, fold

    english = ENGLISH.get(fold(word))
    for candidate in (english, english and f"{english}s"):
        if candidate and candidate in words and candidate != word:
            return candidate, _("Commands and options are English.")
    return closest(word, words), ""


def unknown_word(sentence: str, word: str, words: Iterable[str], *, before: str = "", hint: str = "") -> Usage:
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
    raise unknown_word(sentence.format(word=word), word, words, hint=known.format(words=", ".join(words)))


def in_place(file: str | None, at_revision: bool = False) -> str:
    """Return the hint that shows the errors of a plan in place; ``at_revision`` if ``file`` is ``REV:path``."""
    import shlex

    command = "plancli validate"
    if at_revision:
        command = f"git show {shlex.quote(file or '')} | {command} -"
    elif file is not None:
        command = f"{command} {shlex.quote(file)}"
    return _("In place: {command}").format(command=command)


ABOUT_A_PLAN = (
    *("list", "show", "summary", "directorates", "diff", "log", "progress", "report"),
    *("set", "add", "move", "remove", "declare", "export", "git install", "git uninstall", "git status"),
)
"""The commands that have ``--plan``."""

_COMMAND = re.compile(
    rf"\bplancli (?:{'|'.join(ABOUT_A_PLAN)})(?! --help)(?: (?!\(|\?|--plan)\S+?)*(?=\s*\?$|[.;)](?:\s|$)| \(|$)"
)

_named: list[str] = []


def name_plan(args: Sequence[str]) -> None:
    """Take note of the plan that a command line names with ``--plan``, if it is one file."""
    named = [*_values(args)]
    is_file = len(named) == 1 and named[0] not in ("", "-") and not os.path.isdir(named[0])
    _named[:] = named if is_file else []


def plan_on_line(args: Sequence[str]) -> str | None:
    """Return the plan that a command line names with ``--plan``, the first if there are several."""
    return next(_values(args), None)


def with_plan(text: str) -> str:
    """Return a hint whose commands name the plan that the command line names."""
    if not _named:
        return text
    import shlex

    from plancli.text import escape_control

    option = escape_control(f" --plan {shlex.quote(_named[0])}")

    # before a last option: its value is still to be typed
    return _COMMAND.sub(lambda found: re.sub(r"(?= --[a-z-]+$)|$", lambda _at: option, found[0], count=1), text)


def _values(args: Sequence[str]) -> Iterator[str]:
    for index, arg in enumerate(args):
        if arg == "--plan" and index + 1 < len(args):
            yield args[index + 1]
        elif arg.startswith("--plan="):
            yield arg.removeprefix("--plan=")
