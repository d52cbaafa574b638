"""What ``show`` and ``log`` are about: actions by code or number, groups, directorates by code."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from plancli.errors import Usage
from plancli.i18n import _, did_you_mean
from plancli.location import Path
from plancli.plan.model import Action, Directorate, Group, Level, Plan, identities, path_of
from plancli.plan.query.facets import Facet, facets_of, parse_calendar, parse_code, parse_number, typed_words
from plancli.text import closest, fold, quote_argument, to_nfc, truncate

Target = Action | Directorate | Group

_MOST = 10_000
"""Maximum numbers of a range that are looked for where no plan says which exist."""


def find_targets(plan: Plan, words: Sequence[str], place: Callable[[Path], str]) -> tuple[Target, ...]:
    """Return what the words mean: ``9``, ``18-20``, ``9,12``, ``M7``, ``DSJ``; each once, in their order.

    Raise Usage for what isn't there; ``place`` names the place of a path in the file.
    """
    found: list[Target] = []
    for word in words_in(plan, words):
        found += _find(plan, word, place)
    if not found:
        raise Usage(
            _("nothing to show"),
            _("Give numbers of actions or codes of directorates: {examples}").format(examples="9, 18-20, DSJ"),
        )
    return tuple(dict.fromkeys(found))


def numbers_in(word: str) -> range:
    """Return the numbers that a word stands for (``9``, ``18-20``), none where it is no number; never too many."""
    ends = _ends_of_range(word)
    return range(ends[0], min(ends[1] + 1, ends[0] + _MOST)) if ends else range(0)


def _ends_of_range(word: str) -> tuple[int, int] | None:
    first, dash, last = word.partition("-")
    start, end = parse_number(first), parse_number(last if dash else first)
    return None if start is None or end is None else (start, end)


def words_in(plan: Plan | None, typed: Iterable[str]) -> list[str]:
    """Return the words of some lists with commas; a code of the plan is one word, whatever is in it.

    The name of a level and the number behind it are one word as well: ``measure 8``.
    """
    words: list[str] = []
    for given in typed:
        for word in typed_words(given, lambda word: plan is not None and bool(_coded(plan, word))):
            if plan and word[:1].isdecimal() and words and _is_level(plan, words[-1]):
                words[-1] += f" {word}"
            else:
                words.append(word)
    return words


def _is_level(plan: Plan, word: str) -> bool:
    """Return whether a word is the name of a level of groups, and no code."""
    return not _coded(plan, word) and any(fold(word) in map(fold, _names(level)) for level in plan.levels)


def _names(level: Level) -> tuple[str, ...]:
    """Return the words for the groups of a level, in the language of the screens too."""
    return (level.name, level.plural, *(("mesure", "mesures") if level.name == "measure" else ()))


def _find(plan: Plan, word: str, place: Callable[[Path], str]) -> Sequence[Target]:
    """Return what a word means: the exact code goes first, then the number, the path of a group, the range."""
    found: Sequence[Target] = _coded(plan, word) or (_at_path(plan, word) if "." in word else ())
    if found:
        return found
    ends = _ends_of_range(word)
    if ends:
        return _numbered(plan, word, ends, place)
    codes = parse_code(plan, word)
    if codes:
        return [directorate for directorate in plan.directorates if directorate.code in codes]
    groups = _groups(plan, word)
    if groups:
        return groups
    raise _unknown(plan, word)


def find_groups(plan: Plan, word: str, numbered: Iterable[Group]) -> Sequence[Group]:
    """Return the groups that a word means: any by its code, some by their number, any by its path or as ``M7``."""
    coded = [each for each in _coded(plan, word) if isinstance(each, Group)]
    own = [group for group in numbered if str(group.number) == word]
    return coded or own or _at_path(plan, word) or _groups(plan, word)


def _at_path(plan: Plan, word: str) -> Sequence[Group]:
    """Return the group whose numbers from the top are the word: ``1.2``."""
    return [group for group in plan.all_groups if path_of(group) == word]


def _coded(plan: Plan, word: str) -> Sequence[Target]:
    """Return the action, group or directorate whose code is the word, else those that differ in case only."""
    same = (word, to_nfc(word))
    exact = [block for code, block in plan.codes if code in same]
    declared = [each for each in plan.directorates if each.code in same]
    return exact or declared or [block for code, block in plan.codes if fold(code) == fold(word)]


def _groups(plan: Plan, word: str) -> list[Group]:
    """Return the group that a word such as ``M7``, ``measure 7`` or ``objectif 1.2`` stands for."""
    for facet, rest in _named_groups(plan, word):
        wanted = facet.parse(plan, rest)
        groups = [group for group in plan.all_groups if group.level == facet.depth]
        own = identities(groups)
        if wanted:
            return [group for group in groups if own[group.path] in wanted]
    return []


def _named_groups(plan: Plan, word: str) -> Iterator[tuple[Facet, str]]:
    """Yield the level that a word begins with, by its name or its first letter, and the rest of the word."""
    facets = {facet.depth: facet for facet in facets_of(plan) if facet.depth}
    initials = [fold(level.name[:1]) for level in plan.levels]
    for depth, level in enumerate(plan.levels, 1):
        names = [*_names(level), *([level.name[:1]] if initials.count(fold(level.name[:1])) == 1 else [])]
        for name in names:
            rest = word[len(name) :].lstrip(" =-")
            if rest and fold(word[: len(name)]) == fold(name):
                yield facets[depth], rest


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
    acronyms = [acronym.acronym for acronym in plan.glossary]
    ministries = [each.ministry for each in plan.directorates if each.ministry]
    for what, option, names in (
        (_("an acronym of the texts"), "-t", acronyms),
        (_("a ministry"), "--ministry", ministries),
    ):
        name = next((name for name in names if fold(name) == fold(word)), None)
        if name:
            sentence = _("{value} is {what}, not a directorate").format(value=word, what=what)
            guess = f"plancli list {option} {quote_argument(name)}"
            return Usage(did_you_mean(sentence, guess))
    for facet, rest in _named_groups(plan, word):
        if rest[:1].isdecimal():
            others = [level.name for level in plan.levels if _groups(plan, f"{level.name} {rest}")]
            is_shared = any(str(group.number) == rest for group in plan.all_groups if group.level == facet.depth)
            if others and not is_shared:
                sentence = _("unknown code {value}").format(value=truncate(word, 60))
                return Usage(did_you_mean(sentence, _as_typed(plan, others[0], rest)))
            from plancli.plan.query.suggestions import unknown_value

            return unknown_value(plan, facet, rest)
    alone = _without_number(plan, word)
    if alone:
        return alone
    sentence = _("{word} is neither the number of an action nor the code of a directorate").format(
        word=truncate(word, 60)
    )
    near = closest(word, [code for code, _block in plan.codes])
    if near:
        sentence = _("unknown code {value}").format(value=truncate(word, 60))
        return Usage(did_you_mean(sentence, near))
    near = closest(word, [directorate.code for directorate in plan.directorates])
    if near:
        sentence = did_you_mean(_("unknown directorate {value}").format(value=truncate(word, 60)), near)
    return Usage(sentence, _("Codes: plancli directorates"))


def _without_number(plan: Plan, word: str) -> Usage | None:
    """Return the error for the name of a level without its number, or for ``action``; None for another word."""
    for depth, level in enumerate(plan.levels, 1):
        own = identities([group for group in plan.all_groups if group.level == depth])
        if own and fold(word) in map(fold, _names(level)):
            sentence = _("{word} stands in one word with its number").format(word=word)
            example = _as_typed(plan, level.name, next(iter(own.values())))
            return Usage(sentence, _("For example: {forms}").format(forms=example))
    called, _blank, number = word.partition(" ")
    if fold(called) in ("action", "actions"):
        sentence = _("{word} is not needed: an action is named by its number").format(word=called)
        return Usage(sentence, _("For example: {forms}").format(forms=number or "9, 18-20"))
    return None


def _as_typed(plan: Plan, level: str, number: int | str) -> str:
    """Return the shortest word that means a group: ``M7``, or ``"mesure 7"`` where levels share a letter."""
    short = f"{level[:1].upper()}{number}"
    return short if _groups(plan, short) else quote_argument(f"{level} {number}")
