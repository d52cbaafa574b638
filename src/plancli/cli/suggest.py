"""Check a choice; suggest the closest one, the English word for a French one, and what to type next."""

import os
import re
from collections.abc import Iterable, Iterator, Sequence

from plancli.errors import Usage
from plancli.i18n import _, did_you_mean

FRENCH = {
    "add": ("ajouter",),
    "after": ("apres",),
    "associated": ("associe", "associee", "associees", "associes"),
    "at": ("date",),
    "author": ("auteur",),
    "by": ("par",),
    "calendar": ("calendrier",),
    "columns": ("colonne", "colonnes"),
    "declare": ("declarer",),
    "diff": ("comparer", "difference", "differences"),
    "directorate": ("direction",),
    "directorates": ("directions",),
    "export": ("exporter",),
    "field": ("champ", "champs", "niveau"),
    "fmt": ("formater",),
    "full": ("complet",),
    "help": ("aide",),
    "import": ("importer",),
    "language": ("langue",),
    "levels": ("niveaux",),
    "list": ("liste", "lister"),
    "log": ("historique", "journal"),
    "measure": ("mesure", "mesures"),
    "ministry": ("ministere", "ministeres"),
    "move": ("deplacer",),
    "new": ("nouveau",),
    "number": ("numero",),
    "orientation": ("orientations",),
    "output": ("sortie",),
    "period": ("periode",),
    "pilot": ("pilote", "pilotes"),
    "plan": ("fichier",),
    "priority": ("priorite", "priorites"),
    "reason": ("motif",),
    "remove": ("supprimer",),
    "rule": ("regle", "regles"),
    "schema": ("schema",),
    "set": ("modifier",),
    "show": ("afficher", "montrer", "voir"),
    "since": ("depuis",),
    "sort": ("tri", "trier"),
    "status": ("statut",),
    "summary": ("bilan", "resume", "synthese"),
    "text": ("texte",),
    "title": ("titre",),
    "until": ("jusque",),
    "validate": ("valider", "verifier"),
    "width": ("largeur",),
    "without": ("sans",),
    "year": ("annee", "annees"),
}
"""Each English word and its French names, without accents."""


def suggest(word: str, words: Sequence[str]) -> tuple[str | None, str]:
    """Return the closest of ``words``, if one is close, and a note if ``word`` is its French name."""
    from plancli.text import closest, fold

    folded = fold(word)
    english = next((english for english, french in FRENCH.items() if folded in french), word)
    for candidate in (english, f"{english}s"):
        if candidate in words and english != word:
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


def help_page(command: str) -> str:
    """Return the hint that leads to the help of a command."""
    return _("See {command}").format(command=f"{command} --help")


def missing(command: str, name: str) -> Usage:
    """Return the error for an argument or an option that a command needs."""
    return Usage(_("{command} needs {name}").format(command=command, name=name), help_page(command))


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
