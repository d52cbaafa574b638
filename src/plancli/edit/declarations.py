"""Edits of the register of directorates."""

from collections.abc import Mapping

from plancli.errors import Usage
from plancli.i18n import _
from plancli.loader import Loaded
from plancli.plan.query.facets import parse_code
from plancli.plan.writer.edits import Edit, Insert, Replace
from plancli.text import truncate


def declare_directorate(loaded: Loaded, code: str, about: Mapping[str, str]) -> list[Edit]:
    """Return the edits that declare a code, or say more about one (nothing: take it away).

    Raise Usage for a code that can't be typed, or that is nearly declared.
    """
    known = parse_code(loaded.plan, code)
    is_code = code and code != "none" and code == " ".join(code.split()) and not any(mark in code for mark in ",|")
    if not known and not is_code:
        raise Usage(
            _("“{code}” can't be a code").format(code=truncate(code, 60)),
            _("A code is a word that isn't “none”, without commas and |"),
        )
    if known and code not in known:
        sentence = _("{code} differs from {known} in case or accents only").format(code=code, known=known[0])
        raise Usage(_("{sentence}. Did you mean {guess}?").format(sentence=sentence, guess=known[0]))
    path = ("directorates", code)
    if not known:
        return [Insert(path, {key: value for key, value in about.items() if value} or None)]
    old = loaded.document.at(path) or {}
    new = {key: value for key, value in {**old, **about}.items() if value} or None
    return [] if (new or {}) == old else [Replace(path, new)]
