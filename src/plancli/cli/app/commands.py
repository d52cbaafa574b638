"""What the table of commands is made of."""

from enum import StrEnum
from typing import NamedTuple

from plancli.i18n import N_


class Group(StrEnum):
    """What commands are for, as headings of ``--help``."""

    ASK = N_("Ask")
    CHECK = N_("Check")
    REVIEW = N_("Review")
    EXCHANGE = N_("Exchange")


class Command(NamedTuple):
    """One command; ``module`` holds its function ``command`` (or, for one with subcommands, a Typer of that name).

    ``help`` is one line, marked for translation, without a full stop.
    """

    name: str
    module: str
    group: Group
    help: str
