"""Usage errors: what can't be followed in a command line, and what was probably meant."""

import shlex
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import takewhile
from typing import TYPE_CHECKING, Any

import typer

from plancli.cli.completion import options_of, plan_of_today
from plancli.cli.errors import plan_on_line
from plancli.errors import Usage
from plancli.i18n import _, did_you_mean

if TYPE_CHECKING:
    from plancli.plan.model import Plan

TYPER_ERRORS: tuple[type[Exception], ...] = (typer.BadParameter.__mro__[1],)
"""The base of all that Typer refuses in a command line, UsageError; Typer exports only the class below it."""

FRENCH = {
    "add": ("ajouter",),
    "added": ("ajoute", "ajoutee", "ajoutees"),
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
    "moved": ("deplace", "deplacee", "deplacees"),
    "name": ("nom",),
    "new": ("nouveau",),
    "number": ("numero",),
    "orientation": ("orientations",),
    "output": ("sortie",),
    "percent": ("pourcentage",),
    "period": ("periode",),
    "pilot": ("pilote", "pilotes"),
    "plan": ("fichier",),
    "priority": ("priorite", "priorites"),
    "problems": ("probleme", "problemes"),
    "reason": ("motif",),
    "remove": ("supprimer",),
    "removed": ("supprime", "supprimee", "supprimees"),
    "reported": ("suivi", "suivie", "suivies"),
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

OTHER_WORDS = {
    "list": ("actions", "filter", "filtrer", "ll", "ls", "print", "query", "select"),
    "list -t": ("cherche", "chercher", "find", "grep", "recherche", "rechercher", "search", "trouver"),
    "list --late": ("late", "overdue", "retard", "retards", "en-retard"),
    "show": ("action", "cat", "describe", "display", "get", "info", "open", "view"),
    "show --blame": ("annotate", "blame"),
    "summary": (
        *("axes", "compte", "compter", "contents", "count", "counts", "measures", "mesures"),
        *("objectifs", "orientations", "outline", "overview", "sommaire", "stat", "statistics", "statistiques"),
        *("stats", "tableau", "toc", "total", "totals", "totaux", "tree"),
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
    "--diff": ("dry-run", "preview"),
    "--full": ("all", "long", "no-trunc", "tout", "verbose", "whole"),
    "--ignore": ("disable", "exclude", "skip"),
    "--late": ("overdue", "retard"),
    "--measure": ("m",),
    "--no-pager": ("no-less",),
    "--note": ("comment", "commentaire", "m", "message"),
    "--output": ("file", "o", "out"),
    "--since": ("after", "from"),
    "--sort": ("order", "order-by", "sort-by"),
    "--until": ("before", "to"),
    "--without": ("except", "exclude", "not", "sauf"),
}
"""Each option, and the words that other tools, or people, have for it."""

_VERSION = ("-v", "-V")
"""What other tools show their version by."""

_FORMATS = {"csv": "csv", "json": "json", "markdown": "markdown", "md": "markdown", "table": "table"}
"""The formats that are typed as options, and their names."""

_ENDINGS = {
    **{ending: ending for ending in ("csv", "json", "md", "html", "xlsx", "docx", "db", "sqlite")},
    "excel": "xlsx",
    "markdown": "md",
    "page": "html",
    "pdf": "html",
    "word": "docx",
}
"""The endings of exported files by what is typed as an option; a browser makes a PDF of a page."""

_MEANT = {
    "list": {
        "action": "plancli show",
        "by": "plancli summary --by",
        "count": "plancli summary",
        "group-by": "plancli summary --by",
        "number": "plancli show",
        "total": "plancli summary",
    },
    "move": {"to": "--measure"},
}
"""Options that a command hasn't got, each with the option or the other command that does it."""


def _suggest(word: str, words: Sequence[str]) -> tuple[str | None, str]:
    """Return the closest of ``words``, if one is close, and a note if ``word`` is its French name."""
    from plancli.text import closest, fold

    folded = fold(word)
    english = next((english for english, french in FRENCH.items() if folded in french), word)
    for candidate in (english, f"{english}s"):
        if candidate in words and english != word:
            return candidate, _("Commands and options are English.")
    return closest(word, words), ""


def unknown_word(sentence: str, word: str, words: Iterable[str], *, before: str = "", hint: str) -> Usage:
    """Return the error for a word that isn't one of ``words``, with the closest one (``before`` put before it)."""
    known, note = _suggest(word, tuple(words))
    if not known:
        return Usage(sentence, hint)
    question = did_you_mean(sentence, before + known)
    return Usage(f"{question} {note}" if note else question, "" if note else hint)


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


def explain(error: Any, args: Sequence[str], commands: Sequence[str]) -> Usage:
    """Return one of Typer's errors in our words."""
    page = help_page(error.ctx.command_path) if error.ctx else ""
    match type(error).__name__:
        case "NoSuchOption" if error.ctx.parent is None:
            return _before_command(error.option_name, error.ctx, args, commands)
        case "NoSuchOption":
            return _key_of_plan(error.option_name, error.ctx, args) or _no_option(
                error.option_name, error.ctx, args
            )
        case "MissingParameter":
            return missing(error.ctx.command_path, _name(error.param))
        case "BadOptionUsage":
            with_value = any(arg.startswith(f"{error.option_name}=") for arg in args)
            sentence = _("{option} takes no value") if with_value else _("{option} needs a value")
            return Usage(sentence.format(option=error.option_name), page)
        case "BadParameter":  # of our types, only whole numbers refuse a value
            return Usage(_("{name} takes a whole number").format(name=_name(error.param)), page)
    return Usage(str(error))


def no_command(name: str, ctx: Any, rest: Sequence[str]) -> Usage:
    """Return the error for a name that no command has; ``rest`` is what was typed after it."""
    from plancli.text import fold

    names = list(ctx.command.commands)
    sentence = _("no command {name}").format(name=name)
    if name.isdecimal() and "show" in names:
        return Usage(did_you_mean(sentence, f"plancli show {name}"))
    if name in ("help", "aide") and rest and rest[0] in names:
        return Usage(did_you_mean(sentence, f"{ctx.command_path} {rest[0]} --help"))
    if name in ("help", "version", "aide"):
        return Usage(did_you_mean(sentence, "--version" if name == "version" else "--help"))
    words = _suggest_command(fold(name), rest)
    if words and words[0] in names:
        return Usage(did_you_mean(sentence, f"{ctx.command_path} {shlex.join(words)}"))
    if name.isupper() and "show" in names and not _suggest(name, names)[0]:
        return Usage(did_you_mean(sentence, f"plancli show {name}"))
    hint = _("All commands: {command}").format(command=f"{ctx.command_path} --help")
    return unknown_word(sentence, name, names, hint=hint)


_BLOCKS = {"action": "", "direction": "", "directorate": "", "measure": "M", "mesure": "M", "orientation": "O"}
"""The prefix of a block's number for ``show``, by the word for such a block."""


def _suggest_command(word: str, rest: Sequence[str]) -> list[str]:
    """Return the command line that was meant by a word and what was typed after it; empty for none."""
    if any(each.startswith("-") for each in rest):  # one command's options aren't another's
        rest = ()
    if rest and word in _BLOCKS:
        return ["show", *(_BLOCKS[word] + each for each in rest)]
    command = next((command for command, words in OTHER_WORDS.items() if word in words), "")
    return [*command.split(), *rest]


def _no_option(name: str, ctx: Any, args: Sequence[str] = ()) -> Usage:
    """Return the error for an option that a command hasn't got; ``args`` may have the value of a format."""
    sentence = _("no option {name}").format(name=name)
    options = options_of(ctx)
    long = [option.lstrip("-") for option in options if option.startswith("--")]
    word = name.lstrip("-")
    if word in long:
        return Usage(did_you_mean(sentence, f"--{word}"))
    if name in _VERSION:
        return Usage(did_you_mean(sentence, "plancli --version"))
    if word in _FORMATS and "--format" in options:
        return Usage(did_you_mean(sentence, f"--format {_FORMATS[word]}"))
    form = _value_typed(name, args) if word == "format" else word
    if form in _ENDINGS and "--measure" in options:  # what is filtered is what is exported
        return Usage(did_you_mean(sentence, f"plancli export plan.{_ENDINGS[form]}"))
    own = next((own for own, words in OTHER_OPTIONS.items() if own in options and word in words), None)
    own = own or _MEANT.get(ctx.info_name, {}).get(word)
    if own:
        return Usage(did_you_mean(sentence, own))
    if not name.startswith("--"):
        return Usage(sentence, help_page(ctx.command_path))
    return unknown_word(sentence, name.lstrip("-"), long, before="--", hint=help_page(ctx.command_path))


def _key_of_plan(name: str, ctx: Any, args: Sequence[str]) -> Usage | None:
    """Return the error for an option that is a level or a field of the plan; None for any other."""
    from plancli.edit.values import settable
    from plancli.plan.query import FIELD, facets_of
    from plancli.text import fold, quote_argument

    assigns, places = ctx.info_name == "set", ctx.info_name in ("add", "move")
    plan = plan_of_today(plan_on_line(args)) if assigns or places or "--field" in options_of(ctx) else None
    if plan is None:
        return None
    value = quote_argument(_value_typed(name, args)) or "…"
    if assigns:
        meant = {field.key: f"{field.key}={value}" for field in settable(plan)}
    elif places:
        meant = {
            level.name: f"{'--measure' if at else '--orientation'} {value}" for at, level in enumerate(plan.levels)
        }
    else:
        meant = {facet.name: f"-f {facet.name}=…" for facet in facets_of(plan) if facet.flag == FIELD}
    for key, guess in meant.items():
        if fold(key) == fold(name.lstrip("-")):
            return Usage(did_you_mean(_("no option {name}").format(name=name), guess))
    return None


def _value_typed(name: str, args: Sequence[str]) -> str:
    """Return the value that was typed for an option which doesn't exist; empty for none."""
    for arg, after in zip(args, [*args[1:], ""], strict=True):
        option, equals, value = arg.partition("=")
        if option == name:
            return value if equals or after.startswith("-") else after
    return ""


def unexpected_argument(arg: str, typed: Sequence[str], ctx: Any) -> Usage:
    """Return the error for an argument that no parameter takes; ``typed`` is all that the command was given."""
    sentence = _("unexpected {arg}").format(arg=arg)
    known = options_of(ctx)
    before = typed[: _position(arg, typed)]
    option = before[-2] if len(before) > 1 else ""
    if option in known and not known[option].is_flag and known[option].multiple:
        value = before[-1]
        if known[option].name == "text":
            meaning = _("{sentence}. For several words: {guess}")
            words = f"{option} {shlex.quote(f'{value} {arg}')}"
        else:
            quoted = _as_one_value(known[option].name, typed[len(before) - 1 :], typed)
            if quoted:
                return Usage(did_you_mean(sentence, quoted))
            meaning = _("{sentence}. For several values: {guess}")
            words = f"{option} {value.rstrip(',')},{arg.lstrip(',')}"
        return Usage(meaning.format(sentence=sentence, guess=words))
    meant = _meant_argument(arg, known, ctx.info_name, typed)
    if meant.partition(" ")[0] in typed:
        meant = ""
    return Usage(did_you_mean(sentence, meant)) if meant else Usage(sentence, help_page(ctx.command_path))


def _as_one_value(name: str, words: Sequence[str], args: Sequence[str]) -> str:
    """Return a filter with values that the plan knows and that were typed as several words; empty for none."""
    from plancli.plan.query import make_query

    plan = plan_of_today(plan_on_line(args))
    if plan is None or words[0].endswith(","):  # a list with blanks in it
        return ""
    words = [words[0], *takewhile(lambda word: not word.startswith("-"), words[1:])]
    for end in range(len(words), 1, -1):
        value = " ".join(words[:end])
        with suppress(Usage):
            query = make_query(plan, {}, [value]) if name == "field" else make_query(plan, {name: [value]})
            return next((typed for typed, _query in query.single_filters()), "")
    return ""


def refuse_misread(ctx: Any, typed: Sequence[str]) -> None:
    """Raise Usage for what Typer would misread: ``-pilot`` as ``-p ilot``, the last of two plans as the one."""
    known = options_of(ctx)
    options = list(_typed_options(known, typed))
    for name in options:
        if len(name) > 2 and not name.startswith("--") and f"-{name}" in known:
            raise _no_option(name, ctx)
    count = options.count("--plan")
    if count > 1 and not known["--plan"].multiple:
        sentence = _("{command} is about one plan, and {n} are named").format(command=ctx.command_path, n=count)
        raise Usage(sentence, _("Name one: --plan PATH"))


def _typed_options(known: dict[str, Any], typed: Sequence[str]) -> Iterator[str]:
    """Yield the words of a command line that aren't values of options, up to ``--``."""
    is_value = False
    for arg in typed:
        if is_value:
            is_value = False
        elif arg == "--":
            return
        else:
            is_value = arg in known and not known[arg].is_flag
            yield arg.partition("=")[0]


def _before_command(name: str, ctx: Any, args: Sequence[str], commands: Sequence[str]) -> Usage:
    """Return the error for an option before the command, with the line put right if there is a command."""
    near = "version" if name in _VERSION else None
    near = near or _suggest(name.lstrip("-"), [option.lstrip("-") for option in options_of(ctx)])[0]
    if near and len(near) > 1:
        return Usage(did_you_mean(_("no option {name}").format(name=name), f"--{near}"))
    if name.lstrip("-") in _FORMATS:
        form = _FORMATS[name.lstrip("-")]
        args = [each for arg in args for each in (["--format", form] if arg == name else [arg])]
    place = next((index for index, arg in enumerate(args) if arg in commands), None)
    if place is None:
        sentence, right = _("no option {name} without a command"), ["plancli", "list", *args]
    else:
        sentence = _("no option {name} before the command")
        right = ["plancli", args[place], *args[:place], *args[place + 1 :]]
    hint = _("Options stand after the command: {command}").format(command=shlex.join(right))
    if name == "--lang" and (place is None or args[place] != "diff"):
        hint = _("The language of answers: {command}").format(command="export PLANCLI_LANG=fr")
    return Usage(sentence.format(name=name), hint)


def _meant_argument(arg: str, known: dict[str, Any], command: str, args: Sequence[str]) -> str:
    """Return what an argument of a command was probably meant for, or nothing: most take no argument."""
    if command == "directorates":
        return f"plancli show {arg}"
    key, equals, value = arg.partition("=")
    word = _option_word(key, known)
    if word and equals and not known[f"--{word}"].is_flag:
        return f"--{word} {shlex.quote(value) if value else '…'}"
    if word and not equals:
        from plancli.plan.query.facets import FACETS

        is_counted = any(facet.name == word and facet.counted for facet in FACETS)
        return f"--by {word}" if "--by" in known and is_counted else f"--{word}"
    if arg.lower().endswith((".yaml", ".yml")) and "--plan" in known:
        return f"--plan {shlex.quote(arg)}"
    if command == "move":
        return f"--measure {shlex.quote(arg)}"
    if not {"-d", "-y", "-t"} <= known.keys() or arg.startswith(",") or arg.rpartition(".")[2] in _ENDINGS:
        return ""
    if arg.isdecimal():
        return f"-y {arg}" if len(arg) == 4 else f"plancli show {arg}"
    plan = plan_of_today(plan_on_line(args))
    if plan and arg in dict(plan.codes):
        return f"plancli show {arg}"
    meant = _meant_value(plan, arg) if plan else ""
    return meant or (f"-d {arg}" if arg.isupper() else f"-t {shlex.quote(arg)}")


def _option_word(word: str, known: dict[str, Any]) -> str:
    """Return the option that a word names, in English or French, without its dashes; empty for none."""
    from plancli.text import fold

    english = (english for english, french in FRENCH.items() if fold(word) in french)
    return next((each for each in (word, *english) if f"--{each}" in known), "")


def _meant_value(plan: "Plan", word: str) -> str:
    """Return the filter by a directorate, a ministry, a status or a priority; empty for any other word."""
    from plancli.plan.query import facets_of

    names = ("directorate", "ministry", "status", "priority")
    facets = [facet for facet in facets_of(plan) if facet.name in names]
    return next((facet.typed([str(found[0])]) for facet in facets if (found := facet.parse(plan, word))), "")


def _position(arg: str, typed: Sequence[str]) -> int:
    """Return the index of a positional argument, ignoring equal values of options."""
    places = [index for index, other in enumerate(typed) if other == arg]
    alone = [index for index in places if index == 0 or not typed[index - 1].startswith("-")]
    return (alone or places)[-1]


def _name(param: Any) -> str:
    if param.param_type_name == "argument":
        return _(param.metavar or param.name.upper())
    return str(max(param.opts, key=len))
