"""What makes a count misleading, in words: actions that count twice, or nowhere, values that nobody asked for."""

from collections.abc import Iterator, Sequence

from plancli.language import _, number, plural
from plancli.output.report import Note, Purpose
from plancli.output.table import Axis
from plancli.output.views.axes import asked
from plancli.plan.model import Action
from plancli.plan.query import Dimension, Query

_ROWS = {
    "directorate": lambda n: plural("{n} directorate in any role.", "{n} directorates in any role.", n),
    "pilot": lambda n: plural("{n} directorate as pilot.", "{n} directorates as pilot.", n),
    "associated": lambda n: plural("{n} associated directorate.", "{n} associated directorates.", n),
}


def cautions(
    query: Query, actions: Sequence[Action], sides: Sequence[Dimension], axes: Sequence[Axis]
) -> tuple[Note, ...]:
    """Say, as sentences below a count, why its sums are not what they seem."""
    return tuple(Note(sentence, Purpose.CORRECTION) for sentence in _sentences(query, actions, sides, axes))


def _sentences(
    query: Query, actions: Sequence[Action], sides: Sequence[Dimension], axes: Sequence[Axis]
) -> Iterator[str]:
    rows = sides[0]
    if rows.name in _ROWS:
        yield _ROWS[rows.name](len(axes[0].values))
    sums = [sum(len(side.values(action)) for action in actions) for side in sides]
    if any(len(rows.values(action)) > 1 for action in actions):
        yield _rows_add_up(rows, sums[0], _columns(actions, sides, axes), len(actions))
    if len(sides) == 2 and any(len(sides[1].values(action)) > 1 for action in actions):
        yield _columns_add_up(sides[1])
    for side in sides:
        nowhere = sum(not side.values(action) for action in actions)
        if nowhere:
            yield plural(
                "{n} action has no associated directorate and counts in the total only.",
                "{n} actions have no associated directorate and count in the total only.",
                nowhere,
            )
    for side, own in zip(sides, axes, strict=True):
        yield from _unasked(query, side, own)


def _columns(actions: Sequence[Action], sides: Sequence[Dimension], axes: Sequence[Axis]) -> str:
    """Give the sum of each of a few columns that part the rows' sum: `` (60 + 33)``."""
    if len(sides) != 2 or len(axes[1].values) not in (2, 3, 4):
        return ""
    if any(len(sides[1].values(action)) != 1 for action in actions):
        return ""
    sums = [
        sum(len(sides[0].values(action)) for action in actions if value in sides[1].values(action))
        for value in axes[1].values
    ]
    return f" ({' + '.join(map(number, sums))})"


def _rows_add_up(rows: Dimension, total: int, columns: str, actions: int) -> str:
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
    return sentences[rows.name].format(
        sum=number(total) + columns, actions=plural("{n} action", "{n} actions", actions)
    )


def _columns_add_up(columns: Dimension) -> str:
    sentences = {
        "directorate": _("In a row, an action counts in the column of each directorate in it."),
        "pilot": _("In a row, an action counts in the column of each of its pilots."),
        "associated": _("In a row, an action counts in the column of each directorate associated in it."),
        "year": _("In a row, an action counts in the column of each year it covers."),
    }
    return sentences[columns.name]


def _unasked(query: Query, side: Dimension, own: Axis) -> Iterator[str]:
    """Say why values stand there that the filters don't name: filters choose actions, not cells."""
    named = asked(query, side)
    others = [str(value) for value in own.values if value not in named]
    if not side.several or not named or not others:
        return
    wanted = _(" or ").join(map(str, named))
    if len(others) == 1:
        yield _("{other} is here for the actions it shares with {asked}.").format(other=others[0], asked=wanted)
    else:
        yield plural(
            "{n} other is here for the actions it shares with {{asked}}.",
            "{n} others are here for the actions they share with {{asked}}.",
            len(others),
        ).format(asked=wanted)
