"""What a heading of a column says, in French or English: which field of an action, or which level of the plan."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from plancli.plan.model import FIELDS
from plancli.text import fold

LEVEL = "level"
TEXT = "text"
FIELD = "field"
NUMBER = "number"
ROLES = ("pilots", "associated")
SINGLE = ("years", "when", "due", "code", "start", "end", "priority", "status", "percent", "date", "note", "sub")
"""The meanings that one column may have; a second one is a field that the plan declares."""


class Meaning(NamedTuple):
    """What a column holds: ``role`` is a field, LEVEL, TEXT, FIELD or empty without a heading.

    ``noun`` names the level (``axe``, ``sous-axe``); ``part`` is its ``number`` or ``title``, where that is said.
    """

    role: str
    noun: str = ""
    part: str = ""


def words_of(text: str) -> frozenset[str]:
    """Return the words of a text, as a set."""
    return frozenset(text.split())


_IGNORED = words_of("a au aux d de des du en et l la le les ou par un une and by for of on or the to")
_NUMBER = words_of("n no n° num numero number nb # code id identifiant ref reference index numerotation")
_TITLE = words_of("title titre intitule libelle text texte nom name quoi")
_KINDS = words_of(
    "strategique operationnel general generale specifique prioritaire principal principale "
    "thematique transversal intermediaire grand grande propose proposee concret concrete retenu "
    "retenue strategic operational specific verifiable key main priority proposed policy"
)
"""Words beside the noun of a level that say which kind it is."""

_NOUNS = (
    *("plan", "pilier", "pillar", "axe", "axis", "chapitre", "chapter", "partie", "part", "volet", "orientation"),
    *("thematique", "theme", "topic", "domaine", "domain", "area", "champ", "secteur", "sector", "enjeu"),
    *("issue", "defi", "challenge", "ambition", "finalite", "aim", "goal", "but", "strategie", "strategy"),
    *("programme", "program", "objectif", "objective", "outcome", "result", "resultat", "chantier", "workstream"),
    *("levier", "lever", "mesure", "measure", "projet", "project", "engagement", "commitment", "milestone"),
    *("jalon", "recommandation", "recommendation", "initiative", "operation", "deliverable", "livrable"),
    *("activite", "activity", "tache", "task", "fiche", "action"),
)
"""What plans call their levels, from the top; the last one that a table has is its action."""

RANKS = {noun: rank for rank, noun in enumerate(_NOUNS)}
_PARTS = words_of("objectif objective goal theme thematique chantier domaine chapitre chapter")
_FIRM = words_of("axe axis pilier pillar volet orientation mesure measure")
"""Nouns that name a level wherever their column stands; others do so only before that of the actions."""

_BODIES = words_of(
    """acteur actor acteurs action agence agency administration body charge commitment department designe designee
    direction directorate entity indicator institution institutionnel main milestone ministere ministry nom office
    officer operationnel operationnelle organisation organisme organization partie party person personne politique
    prenante principal principale projet responsible service structure team technique unit accountable
    implementing"""
)
"""Words beside those for a role: what kind of body plays it."""

_ROLES = (
    (
        "pilots",
        words_of(
            """pilote copilote pilotage pilot copilot coporteur porteur porteuse portage responsable responsible
            lead leader colead owner qui maitre chef implementing directeur coordinateur coordinatrice coordinator
            co"""
        ),
        _BODIES | words_of("file ouvrage mise oeuvre"),
    ),
    (
        "associated",
        words_of(
            """associe associee associated partenaire partner partenariat appui soutien support supporting
            contributeur contributrice contributor involved implique mobilise prenante stakeholder"""
        ),
        _BODIES | words_of("autre other key principaux contributing"),
    ),
    (
        "years",
        words_of(
            """calendrier calendar annee year echeancier planning timetable timeline timeframe schedule periode
            period horizon delai temporalite phasage echeance deadline duree due quand"""
        ),
        words_of(
            """realisation mise oeuvre previsionnel previsionnelle prevu prevue completion execution implementation
            action indicator target date milestone commitment limite butoir indicatif"""
        ),
    ),
    ("priority", words_of("priorite priority prio"), words_of("niveau level degre agency action rang ordre rank")),
    (
        "percent",
        words_of("taux pourcentage percent percentage %"),
        words_of("avancement realisation progress completion complete execution action"),
    ),
    (
        "status",
        words_of("statut status etat avancement progress state completion"),
        words_of(
            """action actuel actuelle current implementation realisation mise oeuvre projet indicator level niveau
            milestone commitment general rag"""
        ),
    ),
)
"""A meaning, the words of which a heading needs one, and those that it may have beside them."""

_PHRASES = (
    (
        "start",
        r"(?:date )?(?:(?:de |d'|du )?(?:debut|demarrage|lancement))(?: (?:de|d'|du|prevue?|previsionnel).*)?",
        r"(?:start|begin|beginning)(?: date)?",
    ),
    (
        "end",
        r"(?:date )?(?:de |d')?fin(?: (?:de|d'|du|prevue?|previsionnel).*)?",
        r"(?:end|finish)(?: date)?|(?:planned |expected |anticipated |actual )?(?:end|completion|target) date",
        r"date (?:prevue?|previsionnelle|souhaitee|attendue|visee|limite|butoir|cible).*",
        r"date (?:d'echeance|de realisation|d'achevement).*",
    ),
    (
        "date",
        r"(?:date (?:de |du |d')?)?(?:derniere )?(?:mise a jour|maj|actualisation)|reporting period|as of",
        r"date (?:du |de |d')?(?:statut|bilan|avancement|etat).*|date (?:of )?(?:update|status)|status date",
        r"(?:last )?updated?(?: on)?",
    ),
    (
        "note",
        r"(?:commentaires?|notes?|details?|precisions?) (?:sur |de |d'|du )?(?:l')?(?:avancement|statut|etat).*",
        r"(?:progress|status) (?:notes?|comments?|update)|progress during reporting period",
    ),
    (
        "sub",
        r"(?:titre |intitule |libelle |nom )?(?:de )?(?:la |des )?sous[ -]?(?:action|tache|activite|etape)s?",
        r"sub[ -]?(?:actions?|activity|activities|tasks?|steps?)|(?:key |action )?steps?",
        r"(?:grandes )?etapes?(?: cles?)?",
    ),
)
"""A meaning, and headings that have it as a whole, folded."""

_DETAILS = words_of("descriptif description detail contenu content")
_DIRECTORATE = words_of("direction directorate service pilote pilot lead role")
_ASSOCIATED = words_of("associe associee associated")
_PERIOD = re.compile(r"(?:[tqsh][1-4][ –-]*)?((?:19|20|21)[0-9]{2})(?:[ –-]*[tqsh][1-4])?")


_DAY = r"(?:[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?|[a-z]+ [0-9]{4})"


def day_of(heading: str) -> str:
    """Return the day at the end of a heading, as it says it: ``État d'avancement au 31/12/2024``; else nothing."""
    found = re.search(rf"\b({_DAY})\W*$", fold(heading))
    return found[1] if found else ""


def year_of(heading: str) -> int:
    """Return the year that a heading is, ``2024`` or ``T1 2024``; else 0."""
    found = _PERIOD.fullmatch(fold(heading).strip())
    return int(found[1]) if found else 0


@lru_cache(4096)
def meaning(heading: str) -> Meaning:
    """Return what a heading says; notes in brackets, ``Axe (x.x)``, don't count."""
    plain = _plain(heading)
    words = frozenset(_words(plain))
    if not words:
        return Meaning("year" if year_of(heading) else FIELD if heading.strip() else "")
    if year_of(heading):
        return Meaning("year")
    if words <= _NUMBER:
        return Meaning(NUMBER)
    phrase = next((role for role, *forms in _PHRASES if any(re.fullmatch(form, plain) for form in forms)), "")
    if phrase:
        return Meaning(phrase)
    level = _level(plain, words)
    if level:
        return level
    role = _role(words)
    if role:
        return Meaning(role)
    if words <= _TITLE:
        return Meaning(TEXT, part="title")
    return Meaning(TEXT, part="detail") if words <= _DETAILS | _TITLE | {"action"} else Meaning(FIELD)


def _plain(heading: str) -> str:
    text = fold(heading.replace("\xa0", " ")).replace("(s)", "").replace("(e)", "e").replace("º", "°")
    text = re.sub(r"[·.]e(?:[·.]?s)?\b", "e", text)
    text = re.sub(rf" (?:au|le|a la date du|en|as of|on) {_DAY}$", "", text)
    return " ".join(re.sub(r"\([^()]*\)|\[[^][]*\]|[*:]+\s*$", " ", text).replace("_", " ").split())


def _words(plain: str) -> Iterable[str]:
    for word in re.findall(r"n°|#|%|[a-z]+", plain):
        if word not in _IGNORED:
            yield _singular(word)


def _level(plain: str, words: frozenset[str]) -> Meaning | None:
    """Return the level or the action that a heading names."""
    under = len(re.findall(r"\b(?:sous|sub)(?=[ -])", plain))
    words = words - {"sous", "sub"} if under else words
    nouns = [noun for noun in RANKS if noun in words and noun != "thematique"] or words & {"thematique"}
    nouns = [noun for noun in nouns if noun != "fiche" or len(nouns) == 1]
    if len(nouns) != 1:
        return None
    rest = words - set(nouns) - {"fiche"}
    (noun,) = nouns
    kinds = rest & _KINDS
    if rest - kinds - _NUMBER - _TITLE or (rest & _NUMBER and rest & _TITLE):
        return None
    part = "number" if rest & _NUMBER else "title" if rest & _TITLE else ""
    noun = {"measure": "mesure"}.get(noun, noun)
    name = " ".join(["sous-" * under + noun, *sorted(kinds)])
    return Meaning(TEXT if name in ("action", "fiche") or noun == "action" else LEVEL, name, part)


def _role(words: frozenset[str]) -> str:
    known = _fields()
    bare = words - {"niveau", "level"} if len(words) > 1 else words
    if bare in known:
        return known[bare]
    if bare <= _DIRECTORATE | _ASSOCIATED and bare & _DIRECTORATE:
        roles = known.get(bare - {"direction", "directorate", "service"}, "directorates")
        if roles == "directorates" or bare & _ASSOCIATED:
            return roles
    for role, needed, beside in _ROLES:
        if words & needed and words <= needed | beside:
            return role
    return ""


@cache
def _fields() -> dict[frozenset[str], str]:
    """Return the fields of an action by the words of each of their names, but for its number and its text."""
    return {frozenset(["role"]): "directorates"} | {
        frozenset(_words(_plain(name))): each.key
        for each in FIELDS
        if each.key not in ("number", "text")
        for name in (each.key, each.label, each.short, each.heading, each.french, *each.aliases)
        if name
    }


def is_group(noun: str) -> bool:
    """Return whether a noun is that of a part of a plan, and not of the whole: no programme, no project."""
    return noun.rpartition("sous-")[2] in _FIRM | _PARTS


def is_firm(noun: str) -> bool:
    """Return whether a noun names a level wherever its column stands."""
    return noun.rpartition("sous-")[2] in _FIRM


def level_name(heading: str, noun: str) -> str:
    """Return what a plan calls a level, in the words of its heading: ``axe`` of ``Axes (x)``."""
    plain = re.sub(r"\([^()]*\)|\[[^][]*\]|[*:]+\s*$|_", " ", heading.replace("\xa0", " ").lower())
    plain = re.sub(
        r"^\W*(?:titre|intitulé|libellé|nom|n°|numéro|no)s? +(?:(?:de la|du|des|de) |(?:de )?[dl]['’])?", "", plain
    )
    words = [word for word in plain.split() if _first(word) not in _TITLE | _NUMBER]
    return " ".join(map(_singular, words)) or noun


def is_about(heading: str, role_heading: str) -> bool:
    """Return whether a heading names what another speaks of: ``Indicator (English)``, ``Indicator Deadline``."""
    words = frozenset(_words(_plain(heading))) - _NUMBER - _TITLE
    return len(words) == 1 and words < frozenset(_words(_plain(role_heading)))


def _first(word: str) -> str:
    return next(iter(_words(_plain(word))), "")


def _singular(word: str) -> str:
    whole = len(word) < 4 or word.startswith("sous") or not word.endswith("s") or word.endswith(("ss", "us"))
    return word if whole else word[:-1]


def leading_noun(text: str) -> str:
    """Return the noun that a title begins with: ``axe`` in ``AXE 1 : SE LOGER``; else nothing."""
    found = re.match(r"((?:(?:sous|sub)[ -])*)([a-z]+)\b", fold(text))
    if not found:
        return ""
    noun = found[2][:-1] if found[2].endswith("s") and found[2][:-1] in RANKS else found[2]
    return "sous-" * len(re.findall("sous|sub", found[1])) + noun if noun in RANKS else ""
