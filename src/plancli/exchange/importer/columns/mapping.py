"""The options about the columns of a table: ``--map 'Porteur=pilots'``, ``--default priority=2``."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from plancli.errors import Invalid, Unavailable, Usage
from plancli.exchange.importer.columns import LEFT_OUT, Columns, letters
from plancli.exchange.importer.columns.vocabulary import FIELD, TEXT, heading_meaning
from plancli.exchange.importer.file import Sheet
from plancli.i18n import N_, _, did_you_mean
from plancli.text import closest, fold

_DESCRIPTIONS = {
    "number": N_("the number of the action"),
    "code": N_("the code of the action"),
    TEXT: N_("the text of the action"),
    "pilots": N_("pilots"),
    "associated": N_("associated"),
    "directorates": N_("pilots and associated"),
    "years": N_("calendar"),
    "when": N_("calendar, in words"),
    "start": N_("begin"),
    "end": N_("end"),
    "due": N_("end"),
    "year": N_("a year, where it is marked"),
    "priority": N_("priority"),
    "status": N_("status"),
    "state": N_("a status, where it is marked"),
    "percent": N_("progress in percent"),
    "date": N_("date of the status"),
    "note": N_("note of the status"),
    "sub": N_("parts of the action, a list"),
    FIELD: N_("a field of its own"),
    LEFT_OUT: N_("left out"),
    "": N_("no heading: kept as notes"),
}

TARGETS = (
    *(role for role in _DESCRIPTIONS if role),
    *(f"level{n}" for n in range(1, 5)),
    *(f"number{n}" for n in range(1, 5)),
)
"""What a column can be taken for."""

DEFAULTS = ("pilots", "associated", "years", "when", "due", "priority", "status", "percent", "period")
"""The fields for which ``--default`` gives a value to empty cells."""

_ALIASES = {"orientation": "level1", "measure": "level2", "steps": "sub", "list": "sub", "roles": "directorates"}


@dataclass(frozen=True, slots=True)
class Choices:
    """The options about a table: the roles of columns by heading or letter, values for empty cells, and a day.

    ``date`` is the day of a status that isn't dated; without one, such a table is refused.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    defaults: Mapping[str, str] = field(default_factory=dict)
    date: str = ""


def read_choices(columns: Sequence[str], defaults: Sequence[str], date: str) -> Choices:
    """Return the choices of the options; raise Usage for what isn't ``NAME=VALUE`` or has an unknown name."""
    mapped = {}
    for heading, target in _pairs(columns, "--map"):
        target = _ALIASES.get(target, target)
        if target not in TARGETS:
            sentence = _("--map: a column can't be taken for “{target}”").format(target=target)
            near = closest(target, TARGETS)
            raise Usage(
                did_you_mean(sentence, near) if near else sentence,
                _("Known: {names}").format(names=", ".join(TARGETS)),
            )
        level = re.fullmatch(r"(level|number)([1-4])", target)
        kind = "title" if level and level[1] == "level" else "code"
        mapped[fold(heading)] = f"{kind} {level[2]}" if level else target
    known = {}
    for key, value in _pairs(defaults, "--default"):
        if key not in DEFAULTS:
            raise Usage(
                _("--default: empty cells of “{key}” stay empty").format(key=key),
                _("Known: {names}").format(names=", ".join(DEFAULTS)),
            )
        known[key] = value
    return Choices(mapped, known, date)


def _pairs(options: Iterable[str], name: str) -> Iterable[tuple[str, str]]:
    for option in options:
        for pair in re.split(r",(?=[^,=]+=)", option):
            key, sign, value = pair.rpartition("=") if name == "--map" else pair.partition("=")
            if not sign or not key.strip() or not value.strip():
                raise Usage(
                    _("{option}: “{words}” isn't NAME=VALUE").format(option=name, words=pair),
                    _("For example: {example}").format(
                        example="--map 'Porteur=pilots,Remarques=-'" if name == "--map" else "--default priority=2"
                    ),
                )
            yield key.strip(), value.strip()


def check_mapped(columns: Columns, mapped: Mapping[str, str]) -> None:
    """Raise Usage for a heading that somebody named and the table doesn't have."""
    known = {fold(each.heading): each.heading for each in columns.columns if each.heading}
    letters_known = {fold(letters(each.index)) for each in columns.columns}
    for heading in mapped:
        if heading not in known and heading not in letters_known:
            near = closest(heading, known)
            raise Usage(
                _("--map: the table has no column “{heading}”").format(heading=heading),
                _("Did you mean “{name}”?").format(name=known[near])
                if near
                else _("Headings: {names}").format(names=" · ".join(known.values())),
            )


def describe_role(columns: Columns, role: str) -> str:
    """Return what a column was taken for, in words."""
    of_level = re.fullmatch(r"(title|code|sign) ([1-9])", role)
    if not of_level or int(of_level[2]) > len(columns.levels):  # a field, or the key of an exported column
        return _(_DESCRIPTIONS[role]) if role in _DESCRIPTIONS else role
    sentence = _("level {n}: {name}") if of_level[1] == "title" else _("number of level {n}: {name}")
    return sentence.format(n=of_level[2], name=columns.levels[int(of_level[2]) - 1])


def _suggested(sheet: Sheet, columns: Columns) -> str:
    """Return the ``--map`` line to copy for a table whose texts of actions have no column: the wordiest one."""
    lengths = {
        each.index: sum(len(row[each.index]) for row in sheet.rows[columns.last :] if each.index < len(row))
        for each in columns.columns
        if each.role in (FIELD, "") or each.role.startswith("title")
    }
    index = max(lengths, key=lambda at: lengths[at], default=0)
    heading = columns.columns[index].heading or letters(index)
    quoted = heading.replace("'", "'\\''")
    return f"--map '{quoted}={TEXT}'"


def lacking_texts(name: str, sheet: Sheet, columns: Columns) -> Invalid | Unavailable:
    """Return the refusal of a table without texts of actions: what its headings were taken for, what to type."""
    if refusal := _refused_form(name, sheet):
        return refusal
    taken = [
        _("{column} “{heading}”: {role}").format(
            column=letters(each.index), heading=each.heading, role=describe_role(columns, each.role)
        )
        for each in columns.columns
        if each.heading
    ]
    option = _suggested(sheet, columns)
    return Invalid(
        _("{file}: no column is taken for the texts of the actions").format(file=name),
        _("Say which column has the texts, for example: {option}").format(option=option),
        [
            _("Headings in row {row}, and what each was taken for:").format(row=columns.row),
            *(f"  {line}" for line in taken),
        ],
    )


def without_actions(name: str, sheet: Sheet, columns: Columns, known: bool) -> Invalid | Unavailable:
    """Return the refusal of a table in which no row is an action; its headings are ``known``, or a guess."""
    if known:
        return Invalid(_("{file} has headings, but no action under them").format(file=name))
    if not columns.of(TEXT) and _is_table(sheet, columns):
        return lacking_texts(name, sheet, columns)
    return _refused_form(name, sheet) or Unavailable(
        _("{file} isn't a table of actions").format(file=name),
        _("It needs a row of headings, such as: {headings}; or say what its columns are: {option}").format(
            headings="Axe · Objectif · N° · Action · Pilote · Partenaires · Échéance · Priorité · Statut",
            option="--map 'Intitulé=text,Service=pilots'",
        ),
    )


def _is_table(sheet: Sheet, columns: Columns) -> bool:
    """Return whether short words, each once, stand above rows of several cells, of which some are texts."""
    headings = [each.heading for each in columns.columns if each.heading]
    rows = [[cell for cell in row if cell.strip()] for row in sheet.rows[columns.last :] if any(row)]
    return (
        len(headings) == len(set(headings)) > 2
        and not any(len(each) > _LONGEST_LABEL or each[0].isdigit() for each in headings)
        and sum(len(row) > 1 for row in rows) * 2 > len(rows)
        and any(" " in cell.strip() for row in rows for cell in row)
    )


def _refused_form(name: str, sheet: Sheet) -> Unavailable | None:
    """Return the refusal of a form, whose headings stand one below the other; None for any other sheet."""
    rows = sheet.rows[:_LONGEST_FORM]
    ends = [max((at for at, cell in enumerate(row) if cell.strip()), default=0) for row in rows]
    for column in range(max(ends, default=0)):
        beside = (row for row, end in zip(rows, ends, strict=True) if column < end)
        labels = [" ".join(row[column].split()) for row in beside]
        named = {heading_meaning(label): label for label in labels if len(label) <= _LONGEST_LABEL}
        known = [label for said, label in named.items() if said.role not in ("", FIELD, "year")]
        if len(known) < _LEAST_LABELS:
            continue
        place = _("sheet “{name}”, column {column}") if sheet.name else _("column {column}")
        place = place.format(name=sheet.name, column=letters(column))
        return Unavailable(
            _("{file} is a form and no table: its headings stand one below the other").format(file=name),
            _(
                "Make one table of all forms: these headings in one row, and below them a row for each action "
                "(in Excel: Paste Special, Transpose)"
            ),
            [_("{place}: {note}").format(place=place, note=" · ".join(known))],
        )
    return None


_LONGEST_FORM = 100
"""Rows of a form, at most."""

_LEAST_LABELS = 3
_LONGEST_LABEL = 60
"""By how many headings that stand one below the other a form is known, and how long they may be."""
