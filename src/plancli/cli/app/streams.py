"""Standard streams: UTF-8 wherever nobody looks, stand-ins on a terminal that lacks a character."""

import os
import sys
from typing import Any


def prepare() -> None:
    """Make the standard streams carry every text: UTF-8 and LF unless it is a terminal, and never an error."""
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is None:
            continue
        if stream.isatty():
            _register_stand_ins()
            reconfigure(errors="plancli.stand-in")
        else:
            reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


def silence() -> None:
    """Let nothing more reach standard output: what is still buffered must not fail a second time at exit."""
    try:
        descriptor = sys.stdout.fileno()
    except (AttributeError, OSError, ValueError):
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, descriptor)
    os.close(nowhere)


def _register_stand_ins() -> None:
    import codecs

    codecs.register_error("plancli.stand-in", _stand_in)


def _stand_in(error: Any) -> tuple[str, int]:
    from plancli.text import transliterate

    return transliterate(error.object[error.start : error.end], error.encoding), error.end
