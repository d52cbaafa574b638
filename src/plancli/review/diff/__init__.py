"""Two plans compared: what is the same (``match``), and every fact that differs (``compare``).

``sequences`` tells how two texts differ, ``identity`` pairs the blocks of two lists by that and by what each pair
would have changed, ``matching`` does so for the actions of two plans and then for the groups around them. Where
other pairs may be right as well, a ``Match`` names them (``diff`` tells them), and ``matches`` gives each way
(a merge tries all of them).
"""

from plancli.review.diff.comparison import compare
from plancli.review.diff.identity import ELSEWHERE, MOST_ALTERNATIVES, SAME_NUMBER, similarity
from plancli.review.diff.matching import Alternatives, Match, match, matches, pair_entries
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
    "MOST_ALTERNATIVES",
    "PRIORITY",
    "SAME_NUMBER",
    "Alternatives",
    "Match",
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
    "pair_entries",
    "passages",
    "similarity",
    "unified",
    "vocabulary",
    "without",
]
