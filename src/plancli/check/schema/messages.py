"""What is wrong with the shape of a plan, in a reader's words, and what to write instead."""

from collections.abc import Container, Iterable
from typing import Any

from plancli.check.scan.characters import invisible_in, without_invisible
from plancli.diagnostic import Finding, Part, Remedy
from plancli.i18n import N_, _
from plancli.location import Path
from plancli.plan.model import FIELDS, Type, shape
from plancli.plan.model.shape import Holds
from plancli.text import closest, fold, truncate

_NUMBER = N_("a whole number")
_TEXT = N_("a text")
_YEAR = N_("a year")

_TYPES: dict[Type | Holds, str] = {
    Type.NUMBER: _NUMBER,
    Type.YEAR: _YEAR,
    Type.CODES: N_("a list of codes"),
    Type.YEARS: N_("a list of years"),
    Type.NUMBERS: N_("a list of numbers"),
    Type.NUMBER_OR_WORD: N_("a number or a word"),
    Type.NUMBERS_OR_WORDS: N_("a list of numbers or words"),
    Type.PERCENT: N_("a whole number, 0 or more"),
    Type.DECIMAL: N_("a number"),
    Type.DATE: N_("a date"),
    Type.LIST: N_("a list of texts"),
    Type.FLAG: N_("true or false"),
}
EXPECTED = {name: _TYPES[key.type] for name, key in shape.KEYS.items() if key.type in _TYPES} | {
    "orientations": N_("a list of orientations"),
    "measures": N_("a list of measures"),
    "actions": N_("a list of actions"),
    "levels": N_("a list of names"),
    "statuses": N_("words, each followed by closed: true or by nothing"),
    "fields": N_("keys, each followed by its label and its type"),
    "progress": N_("a list of entries, each with its date"),
    "unused_numbers": N_("a list of numbers with their reasons"),
    "source_notes": N_("a list of notes"),
    "action": N_("the number of an action"),
    "orientation": N_("the number of an orientation"),
    "period": N_("a start and an end"),
    "directorates": N_("codes, each followed by what is known of it"),
    "glossary": N_("acronyms, each followed by what it stands for"),
}
"""What each key holds; a text where a key isn't listed."""

_ITEM_TYPES: dict[Type | Holds, str] = {
    Type.CODES: N_("a code"),
    Type.YEARS: _YEAR,
    Type.NUMBERS: _NUMBER,
    Type.NUMBERS_OR_WORDS: _TYPES[Type.NUMBER_OR_WORD],
    Type.LIST: _TEXT,
}
ITEMS = {name: _ITEM_TYPES[key.type] for name, key in shape.KEYS.items() if key.type in _ITEM_TYPES} | {
    "orientations": N_("an orientation"),
    "measures": N_("a measure"),
    "actions": N_("an action"),
    "levels": N_("a name"),
    "statuses": N_("closed: true or nothing"),
    "fields": N_("the label and the type of a field"),
    "progress": N_("an entry with its date"),
    "unused_numbers": N_("a number with its reason"),
    "source_notes": N_("a note"),
    "directorates": N_("what is known of a directorate"),
    "glossary": _TEXT,
}
"""What each item of a list holds, or each entry under a code or an acronym."""

MISSING = {
    "associated": N_("write associated: [] if no directorate is associated"),
    "pilots": N_("write pilots: and at least one code in brackets"),
    "years": N_("write years: and each year in brackets"),
    "text": N_("write text: >- and the text of the action on the lines under it"),
    "title": N_("write title: >- and the title on the lines under it"),
    "number": N_("write number: and a number that is free, as the first key"),
    "measures": N_("write measures: and the measures of this orientation under it"),
    "actions": N_("write actions: and the actions of this measure under it"),
    "period": N_("write period: with start: and end: under it"),
    "priorities": N_("write priorities: and the levels that actions may have, in brackets"),
    "directorates": N_("write directorates: and the codes that actions name under it"),
    "orientations": N_("write orientations: and the plan itself under it"),
    "language": N_("write language: fr, or another two-letter code"),
    "reason": N_("write reason: and why no action has this number"),
    "note": N_("write note: and what is odd in the source"),
}
"""What to do about a missing key; the others only need to be written."""

KEY_ALIASES = {
    "acronyme": "glossary",
    "acronymes": "glossary",
    "actions": "actions",
    "annee": "years",
    "annees": "years",
    "associe": "associated",
    "associee": "associated",
    "associees": "associated",
    "associes": "associated",
    "axe": "orientation",
    "axes": "orientations",
    "calendar": "years",
    "calendrier": "years",
    "champ": "field",
    "code": "number",
    "debut": "start",
    "description": "text",
    "direction": "directorates",
    "directions": "directorates",
    "fin": "end",
    "glossaire": "glossary",
    "intitule": "title",
    "langue": "language",
    "libelle": "title",
    "mesure": "measure",
    "mesures": "measures",
    "ministere": "ministry",
    "motif": "reason",
    "nom": "name",
    "numero": "number",
    "periode": "period",
    "pilote": "pilots",
    "pilotes": "pilots",
    "priorite": "priority",
    "priorites": "priorities",
    "raison": "reason",
    "remarque": "note",
    "texte": "text",
    "titre": "title",
    "year": "years",
} | {
    alias: field.key
    for field in FIELDS
    if not field.required
    for alias in (fold(field.french), *field.aliases)
    if alias not in shape.KEYS
}
"""What a key is called here; without accents."""


def suggest_key(word: str) -> str | None:
    """Return the key that a French or an ordinary word means."""
    return KEY_ALIASES.get(fold(word))


def describe_value(value: object) -> str:
    """Return the name of a value, as a person would say it."""
    if value is None:
        return _("nothing")
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return _("the number {number}").format(number=truncate(str(value), 20))
    if isinstance(value, str):
        return _("the text {text}").format(text=f'"{truncate(" ".join(value.split()), 30)}"')
    return _("a list") if isinstance(value, list) else _("keys and values")


Suggestion = list[str] | list[int] | int | str
"""What should be written where a value shows what was meant."""


def suggest_value(key: str, value: object, item: bool) -> Suggestion | None:
    """Return what should be written where the value shows what was meant, else None.

    ``item`` means that it is an item of the list at ``key``, or an entry under it; of an item that is several
    numbers, they are a list.
    """
    expected = (ITEMS if item else EXPECTED).get(key, _TEXT)
    kind = shape.KEYS[key].type if key in shape.KEYS else None
    if kind is Type.CODES:
        codes = _codes(value, item)
        return None if key == "pilots" and codes == [] else codes
    if kind is Type.LIST and isinstance(value, str) and value and "," not in value and not item:
        return [value]
    if isinstance(value, str) and not item and _is_words(kind, value):
        return [word for part in value.strip("[] ").split(",") if (word := part.strip())] or None
    if kind in (Type.YEARS, Type.NUMBERS, Type.NUMBERS_OR_WORDS):
        return _numbers(value, digits=4 if kind is Type.YEARS else 18)
    if kind is Type.PERCENT and isinstance(value, str):
        return _number(value.removesuffix("%").rstrip())
    if kind in (Type.NUMBER, Type.YEAR, Type.NUMBER_OR_WORD):
        return _number(value)
    if expected == _TEXT and isinstance(value, int):
        return str(value).lower() if isinstance(value, bool) else str(value)
    return None


def _is_words(kind: Type | Holds | None, value: str) -> bool:
    """Return whether a text is the words of a list without its brackets: names of levels, priorities."""
    return kind is Holds.NAMES or (kind is Type.NUMBERS_OR_WORDS and not any(map(str.isdigit, value)))


def _write(value: Suggestion) -> str:
    if isinstance(value, list):
        return f"[{', '.join(map(str, value))}]"
    return f'"{value}"' if isinstance(value, str) else str(value)


def _number(value: object) -> int | None:
    if isinstance(value, list) and len(value) == 1:
        return _number(value[0])
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and (found := _digits(value)) and len(found) == 1:
        return found[0]
    return None


_NONE = frozenset(["aucun", "aucune", "neant", "none", "no", "non", "n/a", "-", "–", "/", "sans"])
"""How people write that a list is empty, folded."""


def _codes(value: object, item: bool) -> list[str] | str | None:
    if item:
        return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
    if value is None:
        return []
    if isinstance(value, str):
        import re

        if fold(value) in _NONE:
            return []
        parts = re.split(r"\s*[,;/+•]\s*|\s+[-*–]\s+|\s+et\s+|\s+-?", value.strip(" []()"))
        codes = [code for part in parts if (code := part.strip("-"))]
        return codes if codes and len(codes) < 30 else None
    if isinstance(value, dict) and value and len(value) < 30:
        return [*map(str, value)]
    return None


def _numbers(value: object, digits: int) -> list[int] | None:
    """Return a list of the numbers that a value is made of; nothing where a year hasn't its four digits."""
    if isinstance(value, int) and not isinstance(value, bool):
        return [value]
    found = _digits(value) if isinstance(value, str) else []
    if not found or (digits == 4 and any(len(str(number)) != 4 for number in found)):
        return None
    return found


def _digits(text: str) -> list[int]:
    """Return the numbers a text is made of, a short range with all that lies in it; nothing if it holds more."""
    import re

    if re.fullmatch(r"[+]?\d{1,18}([.,]0+)?", text, re.ASCII) and not re.match(r"\d+,0\d", text):
        return [int(re.split("[.,]", text)[0])]
    span = re.fullmatch(r"\s*(\d{4})\s*(?:-|–|/|à|to)\s*(\d{4})\s*", text)
    if span and 0 < int(span[2]) - int(span[1]) < 20:
        return [*range(int(span[1]), int(span[2]) + 1)]
    if re.fullmatch(r"[\s\[]*\d{1,18}(\s*(?:[,;/&+]|\s|et|and)\s*\d{1,18})*[\s\]]*", text, re.ASCII):
        return [int(number) for number in re.findall(r"\d+", text)]
    return []


def not_a_plan(data: object) -> Finding:
    """Return the finding of a file whose top isn't the keys of a plan."""
    if isinstance(data, str) and "//git-lfs.github.com/spec/" in data[:60]:
        return Finding(
            _("this file only says where Git LFS keeps the plan"),
            help=_("fetch the plan itself: {command}").format(command="git lfs pull"),
            rule="not-a-plan",
            about=(),
        )
    return Finding(
        _("this file holds {got}, not a plan").format(got=describe_value(data)),
        help=_("a plan begins with its title: title: >- and the title on the lines under it"),
        rule="not-a-plan",
        about=(),
    )


def missing_key(key: str, path: Path) -> Finding:
    """Return the finding of a block without a key; the place is the block's first key."""
    hint = _(MISSING[key]) if key in MISSING else _("write {key}: and its value").format(key=key)
    message = _("{key} is missing").format(key=key)
    return Finding(message, path, Part.HEAD, help=hint, value=key, rule="missing-key", about=(*path, key))


def unknown_key(key: str, path: Path, guess: str | None, known: Iterable[str], block: Container[str]) -> Finding:
    """Return the finding of a key that has no meaning in its ``block``."""
    unseen = invisible_in(key)
    if unseen:
        key = without_invisible(key)
    guess = guess or suggest_key(key)
    asked = _("did you mean {key}?").format(key=guess) if guess and guess != key else ""
    message = _("unknown key {key}").format(key=key or '""')
    hint = _("the keys that may stand here: {keys}").format(keys=", ".join(known))
    if unseen:
        message = _("the key {key} holds {characters}").format(key=key or '""', characters=unseen)
        hint = _("write the key again: {characters} can't be told by eye").format(characters=unseen)
        asked = "" if key in known else asked
    meant = key if key in known else guess
    fix = None
    if meant and meant in known and meant not in block:
        fix = Remedy(path, key=meant, is_safe=fold(meant) == fold(key))
    return Finding(
        message,
        path,
        Part.KEY,
        detail=", " + asked if asked else "",
        label=asked,
        help=hint,
        value=key,
        rule="unknown-key",
        fix=fix,
    )


def not_allowed(path: Path, value: object, constraint: str, bound: Any) -> Finding:
    """Return the finding of a value of the right type: it is below its ``minimum``, or not in its ``enum``."""
    detail = label = hint = ""
    fix = None
    if constraint == "minimum":
        message = _("{value} is less than {bound}").format(value=value, bound=bound)
        hint = _("write a whole number, {bound} or more").format(bound=bound)
    else:
        message = _("{key} can't be {got}").format(key=path[-1], got=describe_value(value))
        guess = (suggest_key(str(value)) or closest(str(value), bound)) if isinstance(value, str) else None
        if guess in bound:
            label = _("did you mean {key}?").format(key=guess)
            detail = ", " + label
            fix = Remedy(path, guess, is_safe=fold(str(guess)) == fold(str(value)))
        hint = _("write one of: {values}").format(values=", ".join(map(str, bound)))
    return Finding(
        message,
        path,
        detail=detail,
        label=label,
        help=hint,
        value=str(value)[:100],
        rule="value-not-allowed",
        fix=fix,
    )


_VALUES = {
    False: N_("declared fields, each followed by its value"),
    True: N_("a text, a number or a list of texts"),
}
"""What ``fields`` of an action holds, and under it each of them; those of the plan declare them."""


def wrong_type(path: Path, value: object, around: object, register: object) -> Finding:
    """Return the finding of a value of another type, with what to write if the value shows what was meant.

    ``around`` is the list of an item; ``register`` has the declared codes.
    """
    item = len(path) > 1 and (isinstance(path[-1], int) or path[-2] in shape.MAPPINGS)
    key = str(path[-2] if item else path[-1])
    in_action = key == "fields" and path[0] in shape.LEVELS
    expected = _VALUES[item] if in_action else (ITEMS if item else EXPECTED).get(key, _TEXT)
    if item and isinstance(path[-1], int):
        message = _("{expected} belongs here, not {got}").format(expected=_(expected), got=describe_value(value))
    elif value is None:
        message = _("{key} is empty, and must be {expected}").format(key=path[-1], expected=_(expected))
    else:
        sentence = _("{key} must be {expected}, not {got}")
        message = sentence.format(key=path[-1], expected=_(expected), got=describe_value(value))
    meant = suggest_value(key, value, item)
    hint, detail = "" if in_action else _advice(key, expected, value, path[-1] if item else None), ""
    fix = None
    if meant is not None and not hint:
        in_list = item and isinstance(path[-1], int)
        text = _write(meant).strip("[]") if in_list else f"{path[-1]}: {_write(meant)}"
        fix = _remedy(path, value, meant, around if in_list else None, register)
        quoted = isinstance(value, str) and value == text.rpartition(" ")[2]
        hint = (_("write {text}, without quotes") if quoted else _("write {text}")).format(text=text)
        detail = f" ({hint})"
    hint = hint or _("write {expected} instead").format(expected=_(expected))
    value = repr(value)[:100]
    return Finding(message, path, detail=detail, help=hint, value=value, rule="wrong-type", fix=fix, about=path)


def _remedy(path: Path, value: object, meant: Suggestion, around: object, register: object) -> Remedy | None:
    """Return what to write at a path; in the list ``around`` it an item may come to be several."""
    if isinstance(value, dict) and any(each is not None for each in value.values()):
        return None  # what is after a code would be lost
    is_safe = _is_certain(value, meant, register if isinstance(register, dict) else {})
    if not (isinstance(around, list) and isinstance(path[-1], int)):
        return Remedy(path, meant, is_safe=is_safe)
    items = meant if isinstance(meant, list) else [meant]
    if len(items) == 1:
        return Remedy(path, items[0], is_safe=is_safe)
    if len(around) > _MOST_ITEMS:
        return None
    whole = [*around[: path[-1]], *items, *around[path[-1] + 1 :]]
    return Remedy(path[:-1], whole, is_safe=is_safe)


_MOST_ITEMS = 100
"""A list of more isn't written again for each item that is wrong."""


def _is_certain(value: object, meant: Suggestion, declared: Container[str]) -> bool:
    """Return whether nothing else can be meant: words for nobody, undeclared codes and ``2021/2025`` may be."""
    if not isinstance(meant, list):
        return True
    if not meant or (isinstance(value, str) and "/" in value and len(meant) > 2):
        return False
    return meant == [value] or all(isinstance(each, int) or each in declared for each in meant)


_LINES = {
    "directorates": N_("write each code on a line of its own, with a colon after it"),
    "statuses": N_("write each status on a line of its own, with a colon after it"),
    "fields": N_("write each field on a line of its own, with a colon, and its label: and type: under it"),
    "glossary": N_("write each acronym on a line of its own, with a colon and what it stands for"),
}
"""What to do about a key that holds no words with what is known of them."""

_UNDER_WORDS = {
    "directorates": N_("write name: under the code, and the full name after it"),
    "statuses": N_("write {name}: {{closed: true}}, or nothing behind the colon"),
}
"""What to do about what is known of one of these words."""

_DASHES = {
    "progress": N_("begin each entry with a dash: - date: and its day"),
    "source_notes": N_("begin each note with a dash: - note: and what is odd"),
}
"""What to do about a key that holds no list of blocks; the other blocks begin with their number."""


def _advice(key: str, expected: str, value: object, item: str | int | None) -> str:
    """Return what to do where writing the value in another way is not enough; else nothing.

    ``item`` is the place in the list at ``key``, or the word under it; None for the value of the key itself.
    """
    if expected == _TEXT:
        return _advice_on_text(key, value, item)
    if key == "directorates" and isinstance(value, list) and any(map(_is_numbered, value)):
        return _("actions and their groups stand under orientations: move the lines there")
    if key in _LINES and item is None:
        return _(_LINES[key])
    if key == "fields":
        return _advice_on_field(str(item), value)
    if key in _UNDER_WORDS:
        return _(_UNDER_WORDS[key]).format(name=item)
    if key in shape.BLOCK_LISTS:
        return _(_DASHES.get(key, N_("begin each of them with a dash: - number: and its number")))
    if key == "period" or (key == "pilots" and value is None and item is None):
        return _(MISSING[key])
    return ""


def _is_numbered(value: object) -> bool:
    """Return whether a value is a block with a number: an action, or a group of them."""
    return isinstance(value, dict) and "number" in value


def _advice_on_field(name: str, value: object) -> str:
    if value in shape.KEYS["type"].values:
        return _("write {name}: {{type: {type}}}").format(name=name, type=value)
    return _("write type: and what kind of values it has under {name}:").format(name=name)


def _advice_on_text(key: str, value: object, item: str | int | None) -> str:
    if isinstance(item, int) and isinstance(value, list | dict):
        return _("put the text in quotes: a dash, a bracket, or a colon and a space mean something else")
    name = item or key
    if isinstance(value, dict):
        sentence = _("a colon and a space make a key of what is before them: write the text under {key}: >-")
    elif isinstance(value, list):
        sentence = _("a bracket or a dash begins a list: write the text under {key}: >-")
    elif value is None:
        sentence = _("write {key}: >- and the text on the lines under it")
    else:
        return ""
    return sentence.format(key=name)
