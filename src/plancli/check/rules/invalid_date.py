"""Every date is a day, a month or a year of the calendar.

A date is written as ISO 8601 has it, in quotes: `"2025-12-31"`, `"2025-12"`, or `2025`.

Pass:

    years: [2022]
    due: "2022-06-30"

Fail:

    years: [2022]
    due: "2022-06-31"
"""

import re
from collections.abc import Iterator

from plancli.check.rules.base import rule
from plancli.dates import last_day, read_date
from plancli.diagnostic import Finding, Fixable, Remedy
from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import Plan, Type

_QUOTES = "\"'“”«»„‘’ \u00a0\u202f"
"""What may be around a date that was pasted."""


def find(plan: Plan) -> Iterator[Finding]:
    """Find dates that the calendar doesn't have, or that are written in another way."""
    dates = [field.key for field in plan.fields if field.type is Type.DATE]
    for action in plan.actions:
        for key, value in action.more:
            if key in dates and isinstance(value, str) and not last_day(value):
                yield _invalid(value, (*action.path, key) if key == "due" else (*action.path, "fields", key))
        for entry in action.progress:
            if not last_day(entry.date):
                yield _invalid(entry.date, (*entry.path, "date"))


def _invalid(value: str, path: Path) -> Finding:
    meant = read_date(value.strip(_QUOTES))
    hint = _('write a day, a month or a year: "2025-12-31", "2025-12" or 2025')
    if meant:
        hint = _("write {text}").format(text=f'"{meant}"')
    return Finding(
        _("{text} is no date").format(text=value),
        path,
        help=hint,
        value=value[:100],
        fix=_remedy(value, meant, path),
    )


def _remedy(value: str, meant: str, path: Path) -> Remedy | None:
    """Return the date in ISO 8601, where one is written; unsafe where day and month may be exchanged."""
    if not meant:
        return None
    month, day = meant[5:7], meant[8:]
    two_numbers_first = re.match(r"\D*\d{1,2}\D\d{1,2}\D", value)
    return Remedy(path, meant, is_safe=not two_numbers_first or int(day) > 12 or day == month)


RULE = rule(find, fixable=Fixable.BOTH)
