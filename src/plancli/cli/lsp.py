"""``plancli lsp``: mistakes, fixes, codes and numbers of a plan, in an editor."""

import sys
from io import BufferedReader, FileIO

from plancli.dates import today
from plancli.errors import Unavailable, Usage
from plancli.files import MAX_SIZE
from plancli.i18n import _, format_number

EXAMPLES = ("plancli lsp",)

LONGEST_LINE = 4096
"""The most bytes in a line of a header; what is longer comes from no editor, and may have no end."""


def command() -> int:
    """Answer an editor that speaks the Language Server Protocol, over standard input and output."""
    try:
        from plancli.editor.server import make_server
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] not in ("pygls", "lsprotocol"):
            raise
        raise Unavailable(
            _("{library} is needed for this, and isn't installed").format(library="pygls"),
            _("Install it: pip install 'plancli[{extra}]'").format(extra="editor"),
        ) from None
    if sys.stdin is None or sys.stdin.isatty():
        raise Usage(_("an editor starts this, and talks to it over a pipe"), _("How: docs/ci.md, In the editor"))
    import gc
    import logging

    gc.enable()  # a server runs for days
    logging.getLogger("pygls").setLevel(logging.CRITICAL)
    make_server(today).start_io(_Input(FileIO(sys.stdin.fileno(), closefd=False)))
    return 0


class _Input(BufferedReader):
    """Standard input as the server reads it: lines of headers and messages, none of them without end."""

    def readline(self, size: int | None = -1, /) -> bytes:
        line = super().readline(LONGEST_LINE)
        if len(line) == LONGEST_LINE:
            raise _too_long(LONGEST_LINE)
        return line

    def read(self, size: int | None = -1, /) -> bytes:
        if size and size > MAX_SIZE:
            raise _too_long(MAX_SIZE)
        return super().read(size)


def _too_long(most: int) -> Usage:
    message = _("no editor writes this: more than {n} bytes at once").format(n=format_number(most))
    return Usage(message, _("How: docs/ci.md, In the editor"))
