"""Edits of the register of directorates."""

from collections.abc import Mapping

from plancli.errors import Usage
from plancli.i18n import _, did_you_mean
from plancli.loader import Loaded
from plancli.plan.model import Block, Plan
from plancli.plan.query.facets import parse_code
from plancli.plan.writer.edits import Edit, Insert, Replace
from plancli.text import fold, truncate


def declare_directorate(loaded: Loaded, code: str, about: Mapping[str, str]) -> list[Edit]:
    """Return the edits that declare a code, or say more about one (nothing: take it away).

    Raise Usage for a code that can't be typed, that is nearly declared, or that names something else.
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
        raise Usage(did_you_mean(sentence, known[0]))
    path = ("directorates", code)
    other = "" if known else _named_otherwise(loaded.plan, code)
    if other:
        raise Usage(
            _("“{code}” is {what} already").format(code=code, what=other),
            _("A code names one thing: give the directorate another"),
        )
    if not known:
        return [Insert(path, {key: value for key, value in about.items() if value} or None)]
    old = loaded.document.at(path) or {}
    new = {key: value for key, value in {**old, **about}.items() if value} or None
    return [] if (new or {}) == old else [Replace(path, new)]


def _named_otherwise(plan: Plan, code: str) -> str:
    """Return what else a code of a directorate names: an action or a group, by number or code; else nothing."""
    if code in {str(action.number) for action in plan.actions}:
        return _("the number of an action")
    blocks: list[Block] = [*plan.actions, *plan.all_groups]
    if fold(code) in {fold(block.code) for block in blocks if block.code}:
        return _("the code of an action or a group")
    return ""
