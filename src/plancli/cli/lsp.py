"""``plancli lsp``: mistakes, fixes, codes and numbers of a plan, in an editor."""

import sys

from plancli.dates import today
from plancli.errors import Unavailable, Usage
from plancli.i18n import _

EXAMPLES = ("plancli lsp",)


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
    make_server(today).start_io()
    return 0
