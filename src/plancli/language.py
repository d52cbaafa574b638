"""The reader's language. English for now; every sentence for a person already passes here."""


def _(message: str) -> str:
    """Give the message in the reader's language; placeholders are filled in afterwards by ``str.format``."""
    return message


def plural(one: str, many: str, count: int) -> str:
    """Give the form for ``count`` in the reader's language, with ``{n}`` filled in.

    ``plural("{n} action", "{n} actions", 31)`` gives ``31 actions``.
    """
    return (one if count == 1 else many).format(n=count)


def marked(message: str) -> str:
    """Mark a sentence made at import time for translation; pass it through ``_()`` where it is shown."""
    return message
