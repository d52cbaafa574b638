"""How files are checked and told, as it was asked for."""

import sys
from collections.abc import Sequence
from typing import NamedTuple

from plancli.check.checker import RULES
from plancli.check.reporters import REPORTERS
from plancli.cli.options import format_by_ending
from plancli.cli.suggest import choose, split_commas
from plancli.errors import Usage
from plancli.i18n import _

FORMATS_BY_ENDING = {
    ".sarif.json": "sarif",
    ".sarif": "sarif",
    ".json": "json",
    ".xml": "junit",
    ".txt": "concise",
}
"""The formats of reports by the ending of ``--output``."""

_UNITS = {"": 1, "K": 2**10, "M": 2**20, "G": 2**30}


class Settings(NamedTuple):
    """How files are checked and told; ``output`` is empty for standard output."""

    form: str
    output: str
    ignored: tuple[str, ...]
    max_size: int
    strict: bool


def settle(
    form: str | None, output: str | None, ignore: Sequence[str] | None, max_size: str, strict: bool
) -> Settings:
    """Make settings of what was typed; raise Usage for what doesn't exist."""
    output = "" if output in (None, "-") else str(output)
    terminal = not output and bool(sys.stdout) and sys.stdout.isatty()
    form = form or format_by_ending(output, FORMATS_BY_ENDING) or ("full" if terminal else "concise")
    choose(form, tuple(REPORTERS), _("no format {word}"), _("Formats: {words}"))
    ignored = tuple(dict.fromkeys(_ignored(name) for name in split_commas(ignore)))
    return Settings(form, output, ignored, _size(max_size), strict)


def _ignored(name: str) -> str:
    names = [rule.name for rule in RULES]
    if name not in names:
        choose(name, names, _("no rule {word}"), _("Rules: plancli rule"))
    if next(rule for rule in RULES if rule.name == name).ends:
        raise Usage(
            _("{rule} can't be ignored: what it stands in isn't checked").format(rule=name),
            _("Why: {command}").format(command=f"plancli rule {name}"),
        )
    return name


def _size(text: str) -> int:
    unit = text.strip().upper().removesuffix("B").removesuffix("I")
    number = unit.rstrip("KMG")
    unit = unit[len(number) :]
    if not (number.isascii() and number.isdecimal() and unit in _UNITS and len(number) < 16 and int(number)):
        raise Usage(_("no size {text}").format(text=text), _("For example: --max-size 300M"))
    return int(number) * _UNITS[unit]
