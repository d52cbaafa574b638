"""Values of fields as people type them: ``priority=1``, ``years=2021-2022``, ``pilots+=dhup``."""

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from plancli.dates import read_date
from plancli.errors import Usage
from plancli.i18n import N_, _, did_you_mean
from plancli.plan.model import FIELDS, Action, Block, Field, Group, Plan, Type, read_amounts
from plancli.plan.query.facets import parse_code, parse_number
from plancli.text import closest, fold, quote_argument, truncate

FileValue = Any
"""A value as the file has it: text, number, list; None for a field that is left out."""

_ASSIGNMENT = re.compile(r"(?P<name>[^=+]*?)(?P<sign>\+=|-=|=)(?P<words>.*)", re.DOTALL)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_SEPARATORS = re.compile(r"[\s,;|/&+]+")
_AND = re.compile(r"(?<=[\s\d])(?:et|and)(?=[\s\d])", re.IGNORECASE)
_TO = re.compile(r"\s*(?:-|→|\.{2,3}|…|(?<=[\s\d])(?:à|au|a|to|until)(?=[\s\d]))\s*", re.IGNORECASE)
_BETWEEN = re.compile(r"(?:entre|between)\s+(\d+)\s+(?:et|and)\s+(\d+)", re.IGNORECASE)
_FROM = re.compile(r"^(?:années?|years?)?\s*(?:de|en|from|in)?\s+(?=\d)", re.IGNORECASE)
_MOST_YEARS = 1000


class Assignment(NamedTuple):
    """One field and what is typed of it: ``sign`` is ``=``, ``+=`` or ``-=``."""

    field: Field
    sign: str
    words: str


def is_list(field: Field) -> bool:
    """Return whether a field holds several values."""
    return field.type in (Type.CODES, Type.YEARS, Type.LIST)


def settable(plan: Plan) -> tuple[Field, ...]:
    """Return the fields that a command may set, those that no action of the plan has yet among them."""
    known = {field.key: field for field in plan.fields if not field.declared}
    built_in = [known.get(field.key, field) for field in FIELDS]
    keys = {field.key for field in FIELDS}
    own = [field for field in plan.declared_fields if field.key not in keys]
    unknown = {"number"} if plan.priorities else {"number", "priority"}
    return tuple(field for field in (*built_in, *own) if field.key not in unknown)


GROUP_FIELDS = (
    Field("title", Type.TEXT, N_("Title"), N_("title"), french="Titre"),
    Field("code", Type.WORD, N_("Code"), N_("code"), french="Code", required=False),
)
"""The fields of a group that a command may set."""


def read_assignment(plan: Plan, word: str, block: Block | None = None) -> Assignment:
    """Return what ``FIELD=VALUE`` assigns to a block (None: a new action).

    Raise Usage for another form and for an unknown field.
    """
    found = _ASSIGNMENT.fullmatch(word)
    if found is None:
        raise Usage(
            did_you_mean(_("{word} assigns nothing").format(word=truncate(word, 60)), _meant_by_value(plan, word)),
            _("For example: {forms}").format(forms=", ".join(("priority=1", "pilots+=CODE", "years=2021-2022"))),
        )
    name = found["name"].strip()
    fields = GROUP_FIELDS if isinstance(block, Group) else settable(plan)
    field = next((each for each in fields if fold(each.key) == fold(name)), None)
    if field is None:
        called = block and str(block.code or block.number)
        meant = (
            None if isinstance(block, Group) else _not_a_field(plan, name, called or "N", found["words"].strip())
        )
        raise meant or _unknown_field(fields, name)
    return Assignment(field, found["sign"], found["words"].strip())


def _meant_by_value(plan: Plan, word: str) -> str:
    """Return the assignment of a value that was typed alone: a priority, a text; empty for any other."""
    if fold(word) in [fold(str(each)) for each in plan.priorities]:
        return f"priority={quote_argument(word)}"
    return f"text={quote_argument(word)}" if " " in word else ""


def _not_a_field(plan: Plan, name: str, number: str, words: str) -> Usage | None:
    """Return the error for what is no field of an action but belongs to it."""
    if fold(name) in ("measure", "mesure", "orientation"):
        sentence = _("{name} is where an action stands").format(name=name)
        option = f"--{fold(name).replace('mesure', 'measure')}"
        return Usage(did_you_mean(sentence, f"plancli move {number} {option} {quote_argument(words)}".rstrip()))
    if fold(name) in ("priority", "priorite") and not plan.priorities:
        return Usage(_("the plan has no priorities"), _fields_hint(settable(plan)))
    if fold(name) in ("status", "statut", "progress", "avancement") and plan.statuses:
        sentence = _("{name} is reported, with its date").format(name=name)
        return Usage(did_you_mean(sentence, f"plancli report {number} --status {quote_argument(words)}".rstrip()))
    if fold(name) in ("number", "numero"):
        sentence = _("an action keeps its number, and a number is never used again")
        return Usage(sentence, _fields_hint(settable(plan)))
    return None


def _fields_hint(fields: Sequence[Field]) -> str:
    return _("Fields: {words}").format(words=", ".join(field.key for field in fields))


def _unknown_field(fields: Sequence[Field], name: str) -> Usage:
    words = {fold(word): field.key for field in fields for word in _names(field)}
    near = closest(fold(name), list(words)) if name else None
    sentence = _("no field {name}").format(name=truncate(name, 60) or "=")
    return Usage(did_you_mean(sentence, near and words[near]), _fields_hint(fields))


def _names(field: Field) -> tuple[str, ...]:
    return (
        *(("deadline", "end", "fin") if field.key == "due" else ()),
        field.key,
        field.key.rstrip("s"),
        field.title,
        field.french,
        field.french.rstrip("s"),
        *field.aliases,
    )


def assigned_values(plan: Plan, block: Block | None, assignments: Sequence[Assignment]) -> dict[str, FileValue]:
    """Return the new values of an action (None: a new one) or a group by key, in the order of the assignments.

    Raise Usage for a value that a field can't have.
    """
    values: dict[str, FileValue] = {}
    for each in assignments:
        key = each.field.key
        old = values[key] if key in values else _value(block, key)
        values[key] = _assigned(plan, each, old)
    return values


def changes_nothing(plan: Plan, block: Block, assignment: Assignment) -> bool:
    """Return whether an assignment leaves a block as it is: adds what is there, or takes out what isn't."""
    key = assignment.field.key
    return bool(assigned_values(plan, block, [assignment])[key] == _value(block, key))


def _value(block: Block | None, key: str) -> FileValue:
    """Return a value that a block has, as the file has it; None where it has none."""
    value = block.value(key) if isinstance(block, Action) else getattr(block, key, None)
    return list(value) if isinstance(value, tuple) else value


def _assigned(plan: Plan, each: Assignment, old: FileValue) -> FileValue:
    field, sign, words = each
    if sign != "=" and not is_list(field):
        raise Usage(
            _("{field} holds one value, so nothing is added to it or taken from it").format(field=field.key),
            _("For example: {forms}").format(forms=f"{field.key}=…"),
        )
    if not words or (words == "none" and sign == "=" and _can_be_none(field)):
        if sign != "=":
            raise Usage(_("{option} needs a value").format(option=f"{field.key}{sign}"))
        if not is_list(field) and field.required:
            raise Usage(_("{field} can't be empty").format(field=field.key))
        return [] if is_list(field) else None
    if field.type in (Type.CODES, Type.YEARS) and not known_codes(plan, words):
        words = words.strip("[] ").replace('"', "").replace("'", "") if words[0] in "[\"'" else words
        if sign == "=" and words in ("", "none"):
            return []
    if sign == "-=":
        return _without(plan, field, words, old or [])
    value = _READERS[field.type](plan, field, words)
    if sign == "+=":
        value = list(dict.fromkeys([*(old or []), *value]))
    return sorted(value) if field.type is Type.YEARS else value


def _can_be_none(field: Field) -> bool:
    """Return whether ``none`` empties a field, as it asks for an empty one: in a text it is a word."""
    is_text = field.type in (Type.TEXT, Type.PROSE, Type.LINE)
    return not field.required and not is_text and "none" not in field.values


def _without(plan: Plan, field: Field, words: str, old: list[FileValue]) -> list[FileValue]:
    """Return a list without some of its values, whether the plan still knows them or not.

    What isn't in it stays out; what neither it nor the plan knows is a Usage error.
    """
    known = {fold(str(value)): value for value in old}
    if field.type is Type.YEARS:
        gone: list[FileValue] = list(_years(words))
    elif field.type is Type.LIST:
        gone = [words] if fold(words) in known else list(texts(words))
    else:
        here = _parts(words, lambda word: fold(word) in known or known_codes(plan, word))
        gone = [word if fold(word) in known else _code(plan, word) for word in here]
    if field.type is Type.LIST and any(fold(word) not in known for word in gone):
        there = ", ".join(map(str, old)) or _("none")
        sentence = _("{word} is not in {field} ({known})")
        raise Usage(sentence.format(word=truncate(words, 60), field=field.key, known=there))
    dropped = {known.get(fold(str(word))) for word in gone}
    return [value for value in old if value not in dropped]


def _parts(words: str, is_known: Callable[[str], object]) -> list[str]:
    """Return the values of a list: the whole is tried first, then what commas part, then what blanks part."""
    if is_known(words):
        return [words]
    found: list[str] = []
    for part in re.split(r"\s*[,;|]\s*", words):
        found += [part] if is_known(part) else _SEPARATORS.split(_AND.sub(" ", part))
    return [part for part in found if part]


def _codes(plan: Plan, field: Field, words: str) -> list[str]:
    return list(dict.fromkeys(_code(plan, word) for word in _parts(words, lambda word: known_codes(plan, word))))


def known_codes(plan: Plan, word: str) -> Sequence[str]:
    """Return the codes that a word is, whatever its case and accents, or that of the directorate it names."""
    return parse_code(plan, word) or [
        each.code for each in plan.directorates if each.name and fold(each.name) == fold(word)
    ]


def _code(plan: Plan, word: str) -> str:
    found = known_codes(plan, word)
    if found:
        return found[0]
    names = {each.name: each.code for each in plan.directorates if each.name}
    near = closest(word, [each.code for each in plan.directorates])
    name = None if near else closest(word, list(names))
    sentence = _("unknown directorate {value}").format(value=truncate(word, 60))
    guess = near or (names[name] if name else None)
    hint = _("Codes: plancli directorates. A new one: {command}").format(command=f"plancli declare {word}")
    raise Usage(did_you_mean(sentence, guess), hint)


def _years(words: str) -> list[int]:
    """Return the years of ``2021``, ``2021-2022``, ``2021-22``, ``de 2021 à 2022``, ``2021 et 2023``."""
    years: list[int] = []
    typed = _FROM.sub("", _BETWEEN.sub(r"\1-\2", words.translate(_DASHES)))
    for part in _SEPARATORS.split(_TO.sub("-", _AND.sub(" ", typed))):
        first, dash, last = part.partition("-")
        if len(first) == 4 and len(last) == 2:
            last = first[:2] + last
        start, end = parse_number(first), parse_number(last if dash else first)
        if start is None or end is None or not start <= end < start + _MOST_YEARS:
            raise Usage(
                _("{word} is no year").format(word=truncate(part or words, 60)),
                _("For example: {forms}").format(forms=", ".join(("2021", "2021-2022", "2021+2023"))),
            )
        years += range(start, end + 1)
    return list(dict.fromkeys(years))


def _number(plan: Plan, field: Field, words: str) -> FileValue:
    number = parse_number(words)
    if number is None:
        raise Usage(_("{name} takes a whole number").format(name=field.key))
    return number


def _choice(plan: Plan, field: Field, words: str) -> FileValue:
    """Return the one of the field's values that a word is, whatever its case and accents."""
    values: Sequence[str | int] = plan.ranks if field.key == "priority" else field.values
    known = {fold(str(value)): value for value in values}
    if fold(words) in known:
        return known[fold(words)]
    there = ", ".join(map(str, values))
    if field.key == "priority":
        sentence = _("unknown priority {value} ({known})").format(value=truncate(words, 60), known=there)
    else:
        sentence = _("{field} can't be {value} ({known})")
        sentence = sentence.format(field=field.key, value=truncate(words, 60), known=there)
    raise Usage(did_you_mean(sentence, closest(words, map(str, values))))


def as_decimal(amount: str) -> int | str:
    """Return an amount as the file has it: with a point as a text."""
    return amount if "." in amount else int(amount)


def _decimal(plan: Plan, field: Field, words: str) -> FileValue:
    amount = re.fullmatch(r"(.*\d)\s*([€$£%]|[kM]€)", words.strip())
    unit = amount is not None and re.search(rf"(?<!\w){re.escape(amount[2])}", field.label)
    amounts = read_amounts(amount[1] if amount and unit else words)
    if len(amounts) > 1:
        raise Usage(
            _("{word} can be read as {first} and as {second}").format(
                word=truncate(words, 60), first=amounts[0], second=amounts[1]
            ),
            _("For example: {forms}").format(forms=", ".join(f"{field.key}={each}" for each in amounts)),
        )
    if not amounts:
        raise Usage(
            _("{word} is no number").format(word=truncate(words, 60)),
            _("For example: {forms}").format(forms=", ".join(("12000", "12000.5"))),
        )
    return as_decimal(amounts[0])


def _date(plan: Plan, field: Field, words: str) -> FileValue:
    """Return a day or a month in ISO 8601, a year as a number."""
    found = read_date(words)
    if not found:
        raise Usage(
            _("{word} is no date").format(word=truncate(words, 60)),
            _("For example: {forms}").format(forms=", ".join(("2025-12-31", "31/12/2025", "2025-12", "2025"))),
        )
    return int(found) if len(found) == 4 else found


def texts(words: str) -> list[str]:
    """Return the texts of a list: a line each, or separated by semicolons; a comma is text."""
    return [" ".join(part.split()) for part in re.split(r"[;\n]", words) if part.strip()]


def one_line(text: str) -> str:
    """Return a text on one line: line breaks are layout, as they are under ``>-`` in the file."""
    return " ".join(line.strip() for line in text.splitlines() if line.strip())


def _text(plan: Plan, field: Field, words: str) -> str:
    return one_line(words)


_READERS: Mapping[Type, Callable[[Plan, Field, str], FileValue]] = {
    Type.TEXT: _text,
    Type.PROSE: _text,
    Type.LINE: _text,
    Type.WORD: _text,
    Type.CODES: _codes,
    Type.YEARS: lambda plan, field, words: _years(words),
    Type.NUMBER: _number,
    Type.NUMBER_OR_WORD: _choice,
    Type.CHOICE: _choice,
    Type.DECIMAL: _decimal,
    Type.DATE: _date,
    Type.LIST: lambda plan, field, words: texts(words),
}
"""How a value of each type that a field may have is read; what it can't be is a Usage error."""


def choices(plan: Plan, field: Field) -> list[tuple[str, str]]:
    """Return the values that a field may have, each with what it stands for; none where any text will do."""
    if field.type is Type.CODES:
        return [(each.code, each.name or "") for each in plan.directorates]
    if field.type is Type.YEARS:
        return [(str(year), "") for year in plan.period.years[:100]]
    if field.key == "priority":
        return [(str(priority), "") for priority in plan.ranks]
    return [(value, "") for value in field.values]
