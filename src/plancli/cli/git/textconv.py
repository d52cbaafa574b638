"""``plancli git textconv``: a plan as git's own diff shows it (gitattributes(5), "performing text diffs")."""

import sys
from contextlib import suppress
from typing import Annotated

import typer

from plancli.files import read_file
from plancli.i18n import N_


def textconv(file: Annotated[str, typer.Argument(metavar="FILE", help=N_("The plan to show."))]) -> int:
    """Show a plan as one line a field; whatever hasn't the shape of a plan line by line."""
    # Whatever goes wrong here would end `git diff` and `git log -p` for the whole repository.
    source = b""
    with suppress(Exception):
        source = read_file(file)
    content = source
    with suppress(Exception):
        content = _flat(source, file)
    sys.stdout.flush()
    sys.stdout.buffer.write(content)
    return 0


def _flat(source: bytes, file: str) -> bytes:
    from plancli.plan.document import read_document
    from plancli.plan.model import ShapeError, read_plan
    from plancli.plan.writer.flat import flat

    document = read_document(source, file)
    try:
        lines = None if document.findings else list(flat(read_plan(document.data)))
    except ShapeError:
        lines = None
    if lines is None:
        return _as_it_is(source)
    return "".join(f"{line}\n" for line in lines).encode("utf-8", "surrogateescape")


def _as_it_is(source: bytes) -> bytes:
    """Give the lines of a file, with what could take over the terminal that git writes to made visible."""
    from plancli.text import escape_control

    lines = source.decode("utf-8").split("\n")
    return "\n".join(
        "\t".join(map(escape_control, line.removesuffix("\r").split("\t"))) for line in lines
    ).encode()
