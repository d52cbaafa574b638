"""Texts: their clauses and marks, their width on a terminal, and what two of them have in common."""

from plancli.prose.clauses import Clause, clauses, foldable
from plancli.prose.comparison import composed, find, fold, mentions, nearest
from plancli.prose.display import cut, lay_out, wrap
from plancli.prose.terminal import (
    TURNS,
    disarmed,
    simplified,
    stand_in,
    visible,
    visible_json,
    visible_turns,
    width,
)

__all__ = [
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
    "simplified",
    "stand_in",
    "visible",
    "visible_json",
    "visible_turns",
    "width",
    "wrap",
]
