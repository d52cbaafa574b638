"""The one clock: whoever needs the day is given it."""


def today() -> str:
    """Return the day of the reader (ISO 8601)."""
    from datetime import date

    return date.today().isoformat()
