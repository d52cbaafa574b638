"""What ``show`` and ``log`` are about: actions by number, directorates by code."""

from collections.abc import Callable, Sequence

from plancli.errors import Usage
from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import Action, Directorate, Plan
from plancli.plan.query.facets import parse_calendar, parse_code, whole
from plancli.text import closest, fold, truncate

Target = Action | Directorate

_MOST = 10_000
"""Maximum numbers of a range that are looked for where no plan says which exist."""


def find_targets(plan: Plan, words: Sequence[str], place: Callable[[Path], str]) -> tuple[Target, ...]:
    """Return what the words mean: ``9``, ``18-20``, ``9,12``, ``DSJ``; each once, in the order of the words.

    Raise Usage for what isn't there; ``place`` names the place of a path in the file.
    """
    found: list[Target] = []
    for word in (part for given in words for part in given.split(",")):
        if word.strip():
            found += _find(plan, word.strip(), place)
    if not found:
        raise Usage(
            _("nothing to show"),
            _("Give numbers of actions or codes of directorates: {examples}").format(examples="9, 18-20, DSJ"),
        )
    return tuple(dict.fromkeys(found))


def numbers_in(word: str) -> range:
    """Return the numbers that a word stands for (``9``, ``18-20``), none where it is no number; never too many."""
    ends = _ends(word)
    return range(ends[0], min(ends[1] + 1, ends[0] + _MOST)) if ends else range(0)


def _ends(word: str) -> tuple[int, int] | None:
    first, dash, last = word.partition("-")
    start, end = whole(first), whole(last if dash else first)
    return None if start is None or end is None else (start, end)


def _find(plan: Plan, word: str, place: Callable[[Path], str]) -> Sequence[Target]:
    ends = _ends(word)
    if ends:
        return _numbered(plan, word, ends, place)
    codes = parse_code(plan, word)
    if codes:
        return [directorate for directorate in plan.directorates if directorate.code in codes]
    raise _unknown(plan, word)


def _numbered(plan: Plan, word: str, ends: tuple[int, int], place: Callable[[Path], str]) -> Sequence[Action]:
    start, end = ends
    found = [action for action in plan.actions if start <= action.number <= end]
    if found:
        return found
    numbers = [action.number for action in plan.actions]
    run = _("Actions run from {first} to {last}.").format(first=min(numbers), last=max(numbers)) if numbers else ""
    for unused in plan.unused_numbers:
        if start == end == unused.number:
            message = _("there is no action {number}: {reason}").format(number=start, reason=unused.reason)
            declared = _("Declared in unused_numbers ({place}).").format(place=place(unused.path))
            raise Usage(message, f"{declared} {run}".rstrip())
    calendars = parse_calendar(plan, word)
    if calendars:
        flag = f"-y {word}" if calendars[0].isdecimal() else f"--calendar {calendars[0]}"
        raise Usage(
            _("there is no action {number}. Did you mean {guess}?").format(
                number=word, guess=f"plancli list {flag}"
            ),
            run,
        )
    if start > end:
        raise Usage(_("{word} runs backwards. Did you mean {guess}?").format(word=word, guess=f"{end}-{start}"))
    raise Usage(_("there is no action {number}").format(number=truncate(word, 60)), run)


def _unknown(plan: Plan, word: str) -> Usage:
    for acronym in plan.glossary:
        if fold(acronym.acronym) == fold(word):
            sentence = _("{value} is {what}, not a directorate").format(
                value=word, what=_("an acronym of the texts")
            )
            guess = f"plancli list -t {acronym.acronym}"
            return Usage(_("{sentence}. Did you mean {guess}?").format(sentence=sentence, guess=guess))
    sentence = _("{word} is neither the number of an action nor the code of a directorate").format(
        word=truncate(word, 60)
    )
    near = closest(word, [directorate.code for directorate in plan.directorates])
    if near:
        sentence = _("{sentence}. Did you mean {guess}?").format(
            sentence=_("unknown directorate {value}").format(value=truncate(word, 60)), guess=near
        )
    return Usage(sentence, _("Codes: plancli directorates"))
