"""Three plans to merged text, or conflicts: by action and by field, and never less than git's own result."""

from plancli.review.merge.merging import Merged, merge
from plancli.review.merge.pieces import Conflict, Subject
from plancli.review.merge.told import sentences

__all__ = ["Conflict", "Merged", "Subject", "merge", "sentences"]
