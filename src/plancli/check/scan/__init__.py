"""What is wrong with a file's bytes, lines, YAML and scalars; ``schema`` and ``rules`` know what a plan is.

``source`` looks at bytes; ``scalars``, ``characters`` and ``texts`` at what YAML accepts. Where it
doesn't, ``lost_lines`` finds lines that were deleted, ``conflicts`` those that git left, and ``recovery`` reads on
after each error that ``syntax`` diagnoses by the ``lines`` around it, or ``odd_spaces`` in it, with the fixes of
``syntax_fixes``. These are imported only for a file that is no plan.
"""

from plancli.check.scan.scalars import find_ambiguous, find_comments
from plancli.check.scan.source import PLACEHOLDER, count_actions, has_breaks, has_escapes, scan_bytes

__all__ = [
    "PLACEHOLDER",
    "count_actions",
    "find_ambiguous",
    "find_comments",
    "has_breaks",
    "has_escapes",
    "scan_bytes",
]
