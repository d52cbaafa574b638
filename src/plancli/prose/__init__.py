"""Texts: their clauses and marks, their width on a terminal, and what two of them have in common."""

from plancli.prose.clauses import Clause, clauses, foldable
from plancli.prose.comparison import composed, find, fold, mentions, nearest
from plancli.prose.display import cut, lay_out, wrap
from plancli.prose.terminal import STAND_INS, stand_in, visible, width

__all__ = [
    "STAND_INS",
    "Clause",
    "clauses",
    "composed",
    "cut",
    "find",
    "fold",
    "foldable",
    "lay_out",
    "mentions",
    "nearest",
    "stand_in",
    "visible",
    "width",
    "wrap",
]
