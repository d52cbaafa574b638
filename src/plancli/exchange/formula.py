"""Texts that a spreadsheet would take for a formula: made harmless on the way out, given back on the way in."""

MARKS = ("=", "+", "-", "@", "\t", "\r", "\n")
"""What such a text begins with; a tab or a line break may hide the sign that stands behind it."""


def disarm(text: str) -> str:
    """Put a quote before a text that begins, after any quotes of its own, as a formula does.

    The quotes are counted in so that ``rearm`` gives back every text, also one that begins with a quote.
    """
    return f"'{text}" if text.lstrip("'").startswith(MARKS) else text


def rearm(text: str) -> str:
    """Take away the quote that ``disarm`` put."""
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(MARKS) else text
