"""Texts: their clauses and marks, their width on a terminal, and what two of them have in common."""

from plancli.prose.clauses import Clause, clauses, foldable
from plancli.prose.comparison import composed, find, fold, mentions, nearest
from plancli.prose.display import cut, lay_out, wrap
from plancli.prose.terminal import (
    STAND_INS,
    TURNS,
    disarmed,
    plain,
    stand_in,
    visible,
    visible_json,
    visible_turns,
    width,
)

__all__ = [
    "STAND_INS",
    "TURNS",
    "Clause",
    "clauses",
    "composed",
    "cut",
    "disarmed",
    "find",
    "fold",
    "foldable",
    "lay_out",
    "mentions",
    "nearest",
    "plain",
    "stand_in",
    "visible",
    "visible_json",
    "visible_turns",
    "width",
    "wrap",
]
