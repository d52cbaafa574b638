"""What makes a count misleading, in words: actions that count twice, or nowhere, values that nobody asked for."""

from collections.abc import Iterator, Sequence

from plancli.i18n import _, format_number, ngettext
from plancli.output.report import Note, Purpose
from plancli.output.table import Axis
from plancli.output.views.axes import asked
from plancli.plan.model import Action
from plancli.plan.query import CODES, Facet, Query

_ROWS = {
    "directorate": lambda n: ngettext("{n} directorate in any role.", "{n} directorates in any role.", n),
    "pilot": lambda n: ngettext("{n} directorate as pilot.", "{n} directorates as pilot.", n),
    "associated": lambda n: ngettext("{n} associated directorate.", "{n} associated directorates.", n),
}


def cautions(
    query: Query, actions: Sequence[Action], sides: Sequence[Facet], axes: Sequence[Axis]
) -> tuple[Note, ...]:
    """Say, as sentences below a count, why its sums are not what they seem."""
    notes = []
    rows = sides[0]
    if rows.name in _ROWS:
        notes.append(Note(_ROWS[rows.name](len(axes[0].values)), Purpose.CORRECTION))
    if any(len(rows.values(action)) > 1 for action in actions):
        sums = _sums(actions, sides, axes)
        notes.append(Note(_rows_add_up(rows, sums, len(actions)), Purpose.CORRECTION, _counts_for_each(rows)))
    if len(sides) == 2 and any(len(sides[1].values(action)) > 1 for action in actions):
        notes.append(Note(_columns_add_up(sides[1]), Purpose.CORRECTION, _counts_for_each(sides[1])))
    for side, own in zip(sides, axes, strict=True):
        notes += [Note(sentence, Purpose.CORRECTION) for sentence in _missing(actions, side)]
        notes += [Note(sentence, Purpose.CORRECTION) for sentence in _unasked(query, side, own)]
    return tuple(notes)


def _missing(actions: Sequence[Action], side: Facet) -> Iterator[str]:
    """Say how many actions have no value: no associated directorate, or none of an optional field."""
    nowhere = sum(not side.values(action) for action in actions)
    if nowhere and side.name not in CODES:
        yield ngettext(
            "{n} action has no {{name}} and counts in the total only.",
            "{n} actions have no {{name}} and count in the total only.",
            nowhere,
        ).format(name=side.name)
    elif nowhere:
        yield ngettext(
            "{n} action has no associated directorate and counts in the total only.",
            "{n} actions have no associated directorate and count in the total only.",
            nowhere,
        )


def _sums(actions: Sequence[Action], sides: Sequence[Facet], axes: Sequence[Axis]) -> str:
    """Give what the rows add up to, with the sums of a few columns that part it: ``93 (60 + 33)``."""
    counts = [len(sides[0].values(action)) for action in actions]
    total = format_number(sum(counts))
    if len(sides) != 2 or len(axes[1].values) not in (2, 3, 4):
        return total
    if any(len(sides[1].values(action)) != 1 for action in actions):
        return total
    sums = dict.fromkeys(axes[1].values, 0)
    for action, count in zip(actions, counts, strict=True):
        sums[sides[1].values(action)[0]] += count
    return f"{total} ({' + '.join(map(format_number, sums.values()))})"


def _rows_add_up(rows: Facet, sums: str, actions: int) -> str:
    sentences = {
        "directorate": _(
            "An action counts for each directorate in it, so the rows add up to {sum} for {actions}."
        ),
        "pilot": _("An action counts for each of its pilots, so the rows add up to {sum} for {actions}."),
        "associated": _(
            "An action counts for each directorate associated in it, so the rows add up to {sum} for {actions}."
        ),
        "year": _("An action counts for each year it covers, so the rows add up to {sum} for {actions}."),
    }
    each = _("An action counts for each {name} it has, so the rows add up to {sum} for {actions}.")
    return sentences.get(rows.name, each).format(
        name=rows.name, sum=sums, actions=ngettext("{n} action", "{n} actions", actions)
    )


def _columns_add_up(columns: Facet) -> str:
    sentences = {
        "directorate": _("In a row, an action counts in the column of each directorate in it."),
        "pilot": _("In a row, an action counts in the column of each of its pilots."),
        "associated": _("In a row, an action counts in the column of each directorate associated in it."),
        "year": _("In a row, an action counts in the column of each year it covers."),
    }
    each = _("In a row, an action counts in the column of each {name} it has.")
    return sentences.get(columns.name, each).format(name=columns.name)


def _counts_for_each(side: Facet) -> str:
    """Say why counts overlap where rows may be columns."""
    sentences = {
        "directorate": _("An action counts for each directorate in it."),
        "pilot": _("An action counts for each of its pilots."),
        "associated": _("An action counts for each directorate associated in it."),
        "year": _("An action counts for each year it covers."),
    }
    return sentences.get(side.name, _("An action counts for each {name} it has.")).format(name=side.name)


def _unasked(query: Query, side: Facet, own: Axis) -> Iterator[str]:
    """Say why values stand there that the filters don't name: filters choose actions, not cells."""
    named = asked(query, side)
    others = [str(value) for value in own.values if value not in named]
    if not side.several or not named or not others:
        return
    wanted = _(" or ").join(map(str, named))
    if len(others) == 1:
        yield _("{other} is here for the actions it shares with {asked}.").format(other=others[0], asked=wanted)
    else:
        yield ngettext(
            "{n} other is here for the actions it shares with {{asked}}.",
            "{n} others are here for the actions they share with {{asked}}.",
            len(others),
        ).format(asked=wanted)
