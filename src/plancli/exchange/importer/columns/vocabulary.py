"""What the words of headings and titles mean, in French or English."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache
from typing import NamedTuple

from plancli.exchange.importer.cells.dates import YEAR, read_date_cell
from plancli.exchange.importer.cells.words import is_importance, words_of
from plancli.plan.model import FIELDS
from plancli.text import fold

LEVEL = "level"

TEXT = "text"

FIELD = "field"

NUMBER = "number"

ROLES = ("pilots", "associated")

SINGLE = ("years", "when", "due", "code", "start", "end", "priority", "status", "percent", "date", "note", "sub")
"""The meanings that one column may have; a second one is a field that the plan declares."""

_ENGLISH = words_of(
    """goal objective pillar commitment milestone measure strategy lead owner responsible responsibility partner
    supporting agency department ministry office party start end due deadline target timeline timeframe timescale
    schedule status progress completion update priority outcome deliverable step task activity title name number
    comments description of the by for and to who when what how funding cost indicator english other involved
    policy recommendation"""
)

_FRENCH = words_of(
    """axe objectif mesure orientations volet thematique chantier engagement pilote porteur porteuse responsables
    referent partenaire associe associee appui service direction structure echeance calendrier debut fin periode
    annee delai statut etat avancement priorite intitule titre libelle nom numero fiche commentaire descriptif
    indicateur financement cout coordination mise jour de du des la le les l d et ou par qui quoi quand francais
    jalon recommandations etape sous remarque observations"""
)
"""Words of headings that are of one language only: in the singular, unless that is a word of both."""

_OF_PLANS = words_of("plan contrat programme strategie strategy roadmap pacte schema")


class Meaning(NamedTuple):
    """The meaning of a heading: ``role`` is a field, LEVEL, TEXT, FIELD or empty without a heading.

    ``noun`` names the level (``axe``, ``sous-axe``); ``part`` is its ``number`` or ``title``, where that is said.
    """

    role: str
    noun: str = ""
    part: str = ""


_IGNORED = words_of("a au aux d de des du en et l la le les ou par pour un une and by for of on or the to")

_NUMBER = words_of("n no n° num numero number nb # code id identifiant ref reference index numerotation")

_TITLE = words_of("title titre intitule libelle text texte nom name quoi what")

_SHORT = {
    "resp": "responsable",
    "moa": "maitre",
    "ech": "echeance",
    "reco": "recommandation",
    "obj": "objectif",
    "strat": "strategique",
    "oper": "operationnel",
}
"""Words that headings shorten."""

_IN_Y = words_of("agency entity activity ministry body authority policy company strategy territory")
"""English words whose plural ends otherwise than French ones do."""

_KINDS = words_of(
    "strategique operationnel general generale specifique prioritaire principal principale "
    "thematique transversal intermediaire grand grande propose proposee concret concrete retenu "
    "retenue travail focus strategic operational specific verifiable key main priority proposed policy"
)
"""Words beside the noun of a level that say which kind it is."""

_NOUNS = """
    plan pilier pillar axe axis chapitre chapter partie part volet orientation thematique theme topic
    domaine domain area champ secteur sector enjeu issue defi challenge ambition finalite aim goal but
    strategie strategy programme program objectif objective outcome result resultat chantier workstream
    levier lever mesure measure projet project engagement commitment milestone jalon recommandation
    recommendation initiative operation deliverable livrable intervention dispositif proposition proposal
    activite activity tache task fiche action
"""
"""What plans call their levels, from the top; the last one that a table has is its action."""

RANKS = {noun: rank for rank, noun in enumerate(_NOUNS.split())}

_LEADING = RANKS.keys() | {"sous", "sub", "priorite", "priority"}
"""Words that the title of a group may begin with; a priority only with its number."""

_PRIORITIES = (words_of("priorite strategique"), words_of("strategic priority"))

_PARTS = words_of("objectif objective goal theme thematique chantier domaine chapitre chapter")

_FIRM = words_of("axe axis pilier pillar volet orientation mesure measure priorite priority")
"""Nouns that name a level wherever their column stands; others do so only before that of the actions."""

_BODIES = words_of(
    """dept dpt acteur actor action agence agency administration body charge commitment department designe
    designee direction directorate entite entity indicator institution institutionnel main milestone ministere
    ministry nom office officer operationnel operationnelle organisation organisme organization partie party
    person personne politique prenante principal principale projet responsible service structure team
    technique unit accountable implementing"""
)
"""Words beside those for a role: what kind of body plays it."""

_CHARGED = words_of(
    """referent referente acteur actor charge chargee intervenant contact entite entity agent elu elue accountable
    person personne assignee assigned assigne affecte attribue sro ministere ministry agence agency organisme
    organisation organization institution structure team equipe operateur operator destinataire"""
)
"""Words that name who is in charge, where no other heading does."""

_ROLES = (
    (
        "pilots",
        words_of(
            """pilote copilote pilotage pilot copilot coporteur porteur porteuse portage responsable
            responsible lead leader colead owner qui who whom responsibility responsabilite maitre maitrise chef
            implementing directeur coordinateur coordinatrice coordinator co"""
        ),
        _BODIES | words_of("file ouvrage mise oeuvre suivi member senior"),
    ),
    (
        "associated",
        words_of(
            """associe associee associated partenaire partner partenariat appui soutien support supporting
            contributeur contributrice contributor involved implique mobilise prenante stakeholder"""
        ),
        _BODIES | words_of("autre other key principaux contributing delivery"),
    ),
    (
        "years",
        words_of(
            """calendrier calendar annee year echeancier planning timetable timeline timeframe schedule periode
            period horizon delai timescale timing quarter trimestre semestre fiscal fy temporalite phasage
            echeance deadline duree due quand"""
        ),
        words_of(
            """realisation mise oeuvre previsionnel previsionnelle prevu prevue completion execution
            implementation action indicator target date milestone commitment limite butoir indicatif
            indicative temporel initial initiale"""
        ),
    ),
    (
        "priority",
        words_of("priorite priority prio criticite criticality"),
        words_of("niveau level degre agency action rang ordre rank"),
    ),
    (
        "percent",
        words_of("taux pourcentage percent percentage %"),
        words_of(
            """avancement realisation progress completion complete execution action realise realisee execute
            mise oeuvre"""
        ),
    ),
    (
        "status",
        words_of("""statut status etat avancement progress progression state completion rag"""),
        words_of(
            """action actuel actuelle current implementation realisation mise oeuvre projet indicator level
            niveau milestone commitment general stade date"""
        ),
    ),
)
"""A meaning, the words of which a heading needs one, and those that it may have beside them."""

_UNIT = r"(?:date|annee|trimestre|semestre|mois)"

_PHRASES = (
    (
        "start",
        rf"(?:{_UNIT} )?(?:(?:de |d'|du )?(?:debut|demarrage|lancement))(?: (?:de|d'|du|prevue?|previsionnel).*)?",
        r"(?:start|begin|beginning)(?: date)?",
    ),
    (
        "end",
        rf"(?:{_UNIT} )?(?:de |d')?fin(?: (?:de|d'|du|prevue?|previsionnel).*)?",
        r"(?:end|finish)(?: date)?",
        r"(?:(?:planned|expected|anticipated|actual|target|estimated) )?(?:end|completion|target) date",
        r"date (?:prevue?|previsionnelle|souhaitee|attendue|visee|limite|butoir|cible).*",
        rf"{_UNIT} (?:d'echeance|de realisation|d'achevement|de livraison).*|livraison(?: prevue)?",
    ),
    (
        "date",
        r"(?:date (?:de |du |d')?)?(?:derniere )?(?:mise a jour|maj|actualisation)|reporting period|as of",
        r"date (?:du |de |d')?(?:dernier )?(?:statut|bilan|avancement|etat|point|suivi).*",
        r"date (?:of )?(?:update|status)|status date",
        r"(?:last )?updated?(?: on)?",
    ),
    (
        "note",
        r"(?:commentaires?|notes?|details?|precisions?) (?:sur |de |d'|du )?(?:l')?(?:avancement|statut|etat).*",
        r"(?:progress|status) (?:notes?|comments?|update)|progress during reporting period",
        r"(?:avancement|statut|etat|suivi|progress|status) [–-] (?:commentaires?|observations?|comments?|notes?)",
    ),
    (
        "due",
        r"(?:nouvelle )?(?:echeance|date (?:limite|butoir|cible)|calendrier) (?:revisee?|actualisee?|reportee?)",
        r"nouvelle (?:echeance|date)|(?:revised|new|current) (?:deadline|due date|target date|end date)",
    ),
    ("status", r"(?:degre|niveau|stade) (?:de |d')(?:avancement|realisation|mise en oeuvre|execution).*"),
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

_PERIOD = re.compile(rf"(?:[tqsh][1-4][ –-]*)?({YEAR})(?:[ –-]*[tqsh][1-4])?")

_DAY = (
    r"(?:[0-9]{1,2}[/.-][0-9]{1,2}[/.-][0-9]{2,4}|[0-9]{4}-[0-9]{2}(?:-[0-9]{2})?|(?:[a-z]+|[tqs][1-4]) [0-9]{4})"
)


def day_of(heading: str) -> str:
    """Return the day or year at the end of a heading: ``État d'avancement au 31/12/2024``; else nothing."""
    found = (re.search(rf"\b({form})\W*$", fold(heading)) for form in (_DAY, YEAR))
    return next((each[1] for each in found if each and read_date_cell(each[1])), "")


def year_of(heading: str) -> int:
    """Return the year that a heading is, ``2024``, ``T1 2024`` or ``janv. 2024``; else 0."""
    plain = fold(heading).strip()
    found = _PERIOD.fullmatch(plain)
    month = "" if found or not re.match(r"[a-z]{3,9}\.?[ -]", plain) else read_date_cell(plain)
    return int(found[1] if found else month[:4] or 0)


def is_part_of_year(heading: str) -> bool:
    """Return whether a heading is a month or a quarter of a year that it doesn't name: ``Févr.``, ``T1``."""
    return bool(read_date_cell(f"{heading.strip(' .')} 2000")) and not re.search(r"[0-9]{2}|^[0-9 ]*$", heading)


@lru_cache(4096)
def heading_meaning(heading: str) -> Meaning:
    """Return the meaning of a heading; notes in brackets, ``Axe (x.x)``, don't count."""
    plain = _plain(heading)
    words = frozenset(_words(plain))
    if not words:
        return Meaning("year" if year_of(heading) else FIELD if heading.strip() else "")
    if year_of(heading) or is_part_of_year(heading):
        return Meaning("year")
    if words <= _NUMBER:
        return Meaning(NUMBER)
    phrase = next((role for role, *forms in _PHRASES if any(re.fullmatch(form, plain) for form in forms)), "")
    if phrase:
        return Meaning(phrase)
    ranked = re.fullmatch(r"(?:niveau|level) ([1-4])", plain)
    if ranked or words in _PRIORITIES:
        return Meaning(LEVEL, plain)
    level = _level(plain, words)
    if level:
        return level
    role = "" if re.search(r"\bfy ?[0-9]{2}\b", plain) else _role(words)
    if role:
        return Meaning(role)
    if words <= _TITLE:
        return Meaning(TEXT, part="title")
    return Meaning(TEXT, part="detail") if words <= _DETAILS | _TITLE | {"action"} else Meaning(FIELD)


def _plain(heading: str) -> str:
    text = (
        fold(re.sub("[¹²³⁰⁴-⁹]", "", heading.replace("\xa0", " ")))
        .replace("(s)", "")
        .replace("(e)", "e")
        .replace("º", "°")
    )
    text = re.sub(r"[·.]e(?:[·.]?s)?\b", "e", text)
    text = re.sub(rf" (?:au|le|a la date du|en|as of|on) {_DAY}$", "", text)
    return " ".join(re.sub(r"\([^()]*\)|\[[^][]*\]|[*:]+\s*$", " ", text).replace("_", " ").split())


def _words(plain: str) -> Iterable[str]:
    for word in re.findall(r"n°|#|%|[a-z]+", plain):
        if word not in _IGNORED:
            yield _SHORT.get(_singular(word), _singular(word))


def _level(plain: str, words: frozenset[str]) -> Meaning | None:
    """Return the level or the action that a heading names."""
    plain = re.sub(
        r"^(axe|domaine|champ|volet|theme|thematique|secteur) d'(?:action|intervention)s?\b", r"\1", plain
    )
    words = frozenset(_words(plain))
    if re.search(r"[^\W\d_] [0-9]{1,2}$", plain):  # one of several alike: ``Jalon 1``, ``Jalon 2``
        return None
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
        if words & needed and words <= needed | beside and (role != "percent" or words & beside):
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
    """Return whether a noun names a level wherever its column stands: ``axe``, ``axe strategique``."""
    return noun.rpartition("sous-")[2].partition(" ")[0] in _FIRM


def level_name(heading: str, noun: str) -> str:
    """Return what a plan calls a level, in the words of its heading: ``axe`` of ``Axes (x)``."""
    plain = re.sub(r"\([^()]*\)|\[[^][]*\]|[*:]+\s*$|_", " ", heading.replace("\xa0", " ").lower())
    plain = re.sub(
        r"^\W*(?:titre|intitulé|libellé|nom|n°|numéro|no)s? +(?:de la |du |des |(?:de )?[dl]['’]|de )?", "", plain
    )
    words = [word for word in plain.split() if _first(word) not in _TITLE | _NUMBER]
    return " ".join(map(_singular, words)) or noun


def is_about(heading: str, role_heading: str) -> bool:
    """Return whether a heading names what another speaks of: ``Indicator (English)``, ``Indicator Deadline``."""
    words = frozenset(_words(_plain(heading))) - _NUMBER - _TITLE
    return len(words) == 1 and words < frozenset(_words(_plain(role_heading)))


def speaks_english(headings: Iterable[str]) -> bool:
    """Return whether headings are plainly English: more of their words are English than French."""
    words = [{word, _singular(word)} for heading in headings for word in re.findall(r"[a-z]+", fold(heading))]
    english, french = (sum(not word.isdisjoint(own) for word in words) for own in (_ENGLISH, _FRENCH))
    return english > french


def is_charge(heading: str) -> bool:
    """Return whether a heading names who is in charge, in words that may also say something else.

    ``Contact du référent`` is where to reach somebody.
    """
    words = frozenset(_words(_plain(heading)))
    if re.match(r"\W*contacts? d", fold(heading)):
        return False
    return bool(words) and words <= _CHARGED | _BODIES and bool(words & _CHARGED)


def is_deadline(heading: str) -> bool:
    """Return whether a heading of a calendar speaks of its end alone: ``Échéance``, ``Due``."""
    return not {"echeance", "due", "deadline"}.isdisjoint(_words(_plain(heading)))


def is_comment(heading: str) -> bool:
    """Return whether a heading begins with a word for comments: ``Commentaires au 30/06/2024``."""
    return _first(heading) in ("commentaire", "comment", "observation", "remarque", "precision", "note")


def is_date(heading: str) -> bool:
    """Return whether a heading is ``Date`` and says no more."""
    return set(_words(_plain(heading))) == {"date"}


def may_be_remark(heading: str) -> bool:
    """Return whether a heading of days, ``Update``, may also be one of what was done."""
    return fold(heading).strip(" :") in ("update", "updates", "last update", "latest update", "mise a jour", "maj")


def _first(word: str) -> str:
    return next(iter(_words(_plain(word))), "")


def _singular(word: str) -> str:
    if len(word) < 4 or word.startswith("sous") or not word.endswith("s") or word.endswith(("ss", "us", "xis")):
        return word
    return f"{word[:-3]}y" if f"{word[:-3]}y" in _IN_Y else word[:-1]


def names_a_plan(line: str) -> bool:
    """Return whether a line above a table says that it is a plan: ``Plan vélo``, not ``Ville de Saint-Malo``."""
    return not _OF_PLANS.isdisjoint(re.findall("[a-z]+", fold(line)))


_PRIORITY_TITLE = re.compile(r"(priorite|priority) (?:n° ?)?[0-9]{1,2} ?[:.–—-]+ ?(\D.*)", re.DOTALL)


def is_priority_title(text: str) -> bool:
    """Return whether a text is a title, ``Priorité 1 : Se loger``, and doesn't say how urgent something is."""
    found = _PRIORITY_TITLE.fullmatch(fold(text))
    return found is not None and not is_importance(found[2])


def is_noun(words: str) -> bool:
    """Return whether words name a level or an action: ``Fiche action``, ``Objectif opérationnel``."""
    found = [word.removesuffix("s") for word in re.findall(r"[a-z]+", fold(words))]
    return bool(found) and found[0] in _LEADING and all(word in _LEADING or word in _KINDS for word in found)


def written_noun(text: str) -> str:
    """Return the noun that a title begins with as it is written, in small letters: ``thème`` of ``THÈME 1``."""
    found = re.match(r"(?:(?:sous|sub)[ -])*[^\W\d_]+", text.strip().lower())
    return found[0] if found and leading_noun(text) else leading_noun(text)


def leading_noun(text: str) -> str:
    """Return the noun that a title begins with: ``axe`` in ``AXE 1 : SE LOGER``; else nothing."""
    found = re.match(r"((?:(?:sous|sub)[ -])*)([a-z]+)\b", fold(text))
    if not found:
        return ""
    if is_priority_title(text):
        return found[2]
    noun = found[2][:-1] if found[2].endswith("s") and found[2][:-1] in RANKS else found[2]
    return "sous-" * len(re.findall("sous|sub", found[1])) + noun if noun in RANKS else ""
