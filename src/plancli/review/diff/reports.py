"""What was reported between two plans: entries that came, were corrected or withdrawn."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from plancli.plan.model import Entry
from plancli.review.change import Attributes
from plancli.review.diff.vocabulary import Words

Reported = tuple[Attributes | None, Attributes | None]
"""An entry before and now, as keys and values; None where it isn't there."""


def reports(olds: Sequence[Entry], news: Sequence[Entry], renamed: Words) -> Iterator[Reported]:
    """Yield the entries that differ, by their dates; their order is layout, and so is a status that is renamed."""
    before = [entry._replace(status=renamed.get(entry.status, entry.status)) for entry in olds]
    waiting: dict[str, list[Entry]] = defaultdict(list)
    for entry in reversed(_without(before, news)):
        waiting[entry.date].append(entry)
    come = _without(news, before)
    pairs = [(waiting[entry.date].pop() if waiting[entry.date] else None, entry) for entry in come]
    left = [entry for entries in waiting.values() for entry in reversed(entries)]
    found: list[tuple[str, Reported]] = []
    for was, now in pairs:
        old = was or _redated(left, now)
        found.append((now.date, (_attributes(old) if old else None, _attributes(now))))
    found += [(entry.date, (_attributes(entry), None)) for entry in left]
    yield from (each for _date, each in sorted(found, key=lambda each: each[0]))


def _without(some: Sequence[Entry], others: Sequence[Entry]) -> list[Entry]:
    """Return the entries that others lack; the same one twice counts twice."""
    counts = Counter(entry[:-1] for entry in others)
    found = []
    for entry in some:
        if counts[entry[:-1]]:
            counts[entry[:-1]] -= 1
        else:
            found.append(entry)
    return found


def _redated(left: list[Entry], entry: Entry) -> Entry | None:
    """Take the entry that says the same under another date out of some, and return it."""
    found = next((each for each in left if each[1:-1] == entry[1:-1]), None)
    if found:
        left.remove(found)
    return found


def _attributes(entry: Entry) -> Attributes:
    """Return the keys and values of an entry as in the file."""
    values = entry._asdict()
    return tuple((key, value) for key, value in values.items() if value is not None and key != "path")
