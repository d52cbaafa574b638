"""Two plans compared: what is the same (``match``), and every fact that differs (``compare``)."""

from plancli.review.diff.facts import compare
from plancli.review.diff.identity import ELSEWHERE, SAME_NUMBER, similarity
from plancli.review.diff.matching import Match, Matches, match, matches
from plancli.review.diff.passages import Edit, Passage, passages
from plancli.review.diff.unified import unified
from plancli.review.diff.words import common

__all__ = [
    "ELSEWHERE",
    "SAME_NUMBER",
    "Edit",
    "Match",
    "Matches",
    "Passage",
    "common",
    "compare",
    "match",
    "matches",
    "passages",
    "similarity",
    "unified",
]
