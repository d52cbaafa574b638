"""What a plan's own words became: fields, priorities, choices and statuses that only have other names now.

A word that is no longer declared has a new name where most of the actions that had it have one newly declared word
now. If no action had it, the new name is the word at the same place of a list of the same length.
"""

from collections import Counter, defaultdict
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import Any, Final, NamedTuple

from plancli.plan.model import Action, Field, Plan
from plancli.review.diff.identity import Pair

MOST_ALIKE: Final = 8
"""How many new fields of one value are looked at for a field that is gone."""

PRIORITY: Final = "priority"

Renames = Mapping[Any, Any]
"""The words of a list that have other names now: before -> now."""

Votes = Counter[Any]
"""How many actions have two words, one before and the other now."""


class Vocabulary(NamedTuple):
    """The names of fields before -> now, the words of each field by its name now, and those of statuses.

    ``gone`` and ``come`` are the keys of fields that only one plan declares: what actions have of them is told
    with the declaration. ``retyped`` are those of another type now.
    """

    fields: dict[str, str]
    words: dict[str, Renames]
    statuses: Renames
    gone: frozenset[str] = frozenset()
    come: frozenset[str] = frozenset()
    retyped: frozenset[str] = frozenset()

    def before(self, key: str) -> str:
        """Return the key that a field had before."""
        return next((was for was, now in self.fields.items() if now == key), key)

    def same(self, field: Field, old: Any, new: Any) -> bool:
        """Return whether a value before and one now mean the same."""
        known = self.words.get(field.key)
        if known:
            old = known.get(old, old)
        if field.key in self.retyped and old is not None and new is not None:
            return _as_text(old) == _as_text(new)
        return field.is_same(old, new)


def vocabulary(old: Plan, new: Plan, pairs: Sequence[Pair[Action]]) -> Vocabulary:
    """Return what the words of a plan became; ``pairs`` are the actions before and now."""
    both = [(before, after) for before, after in pairs if before and after]
    fields = _fields(old, new, both)
    olds = {field.key: field for field in old.declared_fields}
    news = {field.key: field for field in new.declared_fields}
    words: dict[str, Renames] = {}
    if set(old.priorities) != set(new.priorities):
        votes = Counter((before.priority, after.priority) for before, after in both)
        words[PRIORITY] = _find_renames(old.priorities, new.priorities, votes)
    for was, now in {**{key: key for key in olds if key in news}, **fields}.items():
        if olds[was].values != news[now].values:
            own = Counter((before.value(was), after.value(now)) for before, after in both)
            words[now] = _find_renames(olds[was].values, news[now].values, own)
    gone = {key for key in olds if key not in news and key not in fields}
    come = {key for key in news if key not in olds and key not in fields.values()}
    if not old.priorities or not new.priorities:
        (gone if old.priorities else come).add(PRIORITY)
    kept = ((field, news.get(fields.get(field.key, field.key))) for field in olds.values())
    retyped = frozenset(now.key for was, now in kept if now and was.type is not now.type)
    return Vocabulary(fields, words, _statuses(old, new, both), frozenset(gone), frozenset(come), retyped)


def _fields(old: Plan, new: Plan, pairs: Sequence[tuple[Action, Action]]) -> dict[str, str]:
    olds, news = ({field.key: field for field in plan.declared_fields} for plan in (old, new))
    gone = [key for key in olds if key not in news]
    come = [key for key in news if key not in olds]
    if not gone or not come:
        return {}
    votes: Votes = Counter()
    for before, after in pairs:
        there: dict[Hashable, list[str]] = defaultdict(list)
        for key, value in after.more:
            if key in news and key not in olds:
                there[_as_text(value)].append(key)
        for key, value in before.more:
            if key in olds and key not in news:
                same = there.get(_as_text(value), ())[:MOST_ALIKE]
                votes.update((key, each) for each in same or (None,))
    return dict(_majority_renames(gone, come, votes)) | {
        was: now
        for was, now in zip(gone, come, strict=False)
        if len(gone) == len(come)
        and not any(was == one or now == other for one, other in votes)
        and olds[was].type is news[now].type
        and olds[was].label.casefold() == news[now].label.casefold()
    }


def _statuses(old: Plan, new: Plan, pairs: Sequence[tuple[Action, Action]]) -> Renames:
    if {each.name for each in old.statuses} == {each.name for each in new.statuses}:
        return {}
    votes: Votes = Counter()
    for before, after in pairs:
        there = {(entry.date, entry.note, entry.by): entry.status for entry in after.progress}
        votes.update(
            (entry.status, there.get((entry.date, entry.note, entry.by)))
            for entry in before.progress
            if entry.status
        )
    return _find_renames([each.name for each in old.statuses], [each.name for each in new.statuses], votes)


def _find_renames(olds: Sequence[Hashable], news: Sequence[Hashable], votes: Votes) -> dict[Hashable, Hashable]:
    """Return the words of a list that only have other names now."""
    known, now = frozenset(olds), frozenset(news)
    gone, come = [each for each in olds if each not in now], [each for each in news if each not in known]
    if not gone or not come:
        return {}
    found = dict(_majority_renames(gone, come, votes))
    used = {word for pair in votes for word in pair}
    if len(olds) == len(news):
        for one, other in zip(olds, news, strict=True):
            if one not in now and other not in known and one not in used and other not in used:
                found.setdefault(one, other)
    return found


def _majority_renames(
    gone: Sequence[Hashable], come: Sequence[Hashable], votes: Votes
) -> Iterator[tuple[Any, Any]]:
    """Yield the words that most actions exchanged for another, each with it."""
    own = Counter(dict.fromkeys(gone, 0))
    for (one, _other), count in votes.items():
        own[one] += count
    wanted, left = frozenset(gone), set(come)
    for (one, other), count in votes.most_common():
        if one in wanted and other in left and 2 * count > own[one]:
            left.discard(other)
            yield one, other


def _as_text(value: Any) -> Hashable:
    return tuple(map(str, value)) if isinstance(value, tuple) else str(value)
