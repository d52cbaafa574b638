"""Two plans compared: what is the same (``match``), and every fact that differs (``compare``)."""

from plancli.review.diff.comparison import compare
from plancli.review.diff.identity import ELSEWHERE, SAME_NUMBER, similarity
from plancli.review.diff.matching import Match, Matches, match, matches
from plancli.review.diff.sequences import (
    Passage,
    PieceKind,
    edits,
    grouped,
    matching_blocks,
    passages,
    unified,
    without,
)
from plancli.review.diff.vocabulary import PRIORITY, Renames, Vocabulary, vocabulary

__all__ = [
    "ELSEWHERE",
    "PRIORITY",
    "SAME_NUMBER",
    "Match",
    "Matches",
    "Passage",
    "PieceKind",
    "Renames",
    "Vocabulary",
    "compare",
    "edits",
    "grouped",
    "match",
    "matches",
    "matching_blocks",
    "passages",
    "similarity",
    "unified",
    "vocabulary",
    "without",
]
