"""What is wrong with a file's bytes, lines, YAML and scalars; ``schema`` and ``rules`` know what a plan is.

``recovery`` and what it needs is imported only for a file whose YAML is broken.
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
