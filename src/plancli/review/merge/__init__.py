"""Three plans to one: by action and by field, and never less than git's own result.

1.  Two of the three files are equal: the third is the result (``driver.merge``).
2.  One of them isn't a plan: git's own merge stands (``driver.merge``).
3.  Match base with ours and with theirs by the identity of ``diff``: every match that may be right
    (``alignment.alignments``).
4.  An alignment knows each block by its paths in the three plans: notes and unused numbers too
    (``alignment.align``).
5.  Say where each block goes, which are gone, and which a person must choose (``placement.resolve_placements``).
6.  Merge plain data from the top down, each value by its type: as a set, word by word, or as a whole
    (``three_way.merge_data``, ``value_merge``). What only a person can decide differs between the results.
7.  Git's own clean merge is kept where it says the same as the likeliest of the merges (``driver.merge``).
8.  Where two alignments that may be right give different plans, the merge stops (``driver.merge``).
9.  Lay the results out with the comments of both sides, and mark where they differ (``markers``).
10. Read the result again: it must break no rule that no side breaks. Else git's own merge stands, and a person is
    asked (``messages``).
"""

from plancli.review.merge.conflict import BlockName, MergeConflict
from plancli.review.merge.driver import MergeResult, merge
from plancli.review.merge.messages import sentences

__all__ = ["BlockName", "MergeConflict", "MergeResult", "merge", "sentences"]
