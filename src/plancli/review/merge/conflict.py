"""What a merge leaves to a person."""

from typing import Final, NamedTuple


class BlockName(NamedTuple):
    """A block of a plan: the list or register it stands in, its number or code; empty: the plan.

    ``level`` is what a plan that names its levels calls a group.
    """

    holder: str
    name: str
    level: str = ""


THE_PLAN: Final = BlockName("", "")


class MergeConflict(NamedTuple):
    """What a person must decide: of which block, which field, what either side says.

    ``field`` is empty where the block itself is in doubt; then ``ours`` and ``theirs`` say what happened to it.
    """

    subject: BlockName
    field: str
    ours: str
    theirs: str


class CannotMerge(Exception):
    """The sides can't be merged block by block; ``subject`` is where, if that can be said.

    ``ambiguous`` tells that it is not certain which block of one side is which of the other.
    """

    def __init__(self, subject: BlockName | None = None, ambiguous: bool = False) -> None:
        super().__init__(subject)
        self.subject = subject or THE_PLAN
        self.ambiguous = ambiguous
