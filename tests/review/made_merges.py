"""Merges made up at random: two people edit the real plan, and the merge is held against what they did.

What each of them did is known from the edits themselves: numbers are followed, and every word, comment, code or
note that somebody writes is one of a kind. So nothing here depends on how plans are compared or merged. As a
program it tries merges for some time and reports how many: ``python tests/review/made_merges.py 120 [SEED]``.
"""

import re
import sys
import time
from collections import Counter
from random import Random
from typing import Any

from plancli.i18n import detect_language
from plancli.plan.model import Action
from plancli.review.diff.comparison import compare
from plancli.review.merge import MergeResult
from tests.review.edits import Edits
from tests.review.merging import merged, own_merge, plan_of, told

BASE = Edits().source()
NUMBERS = [each.number for each in Edits().plan().actions]
CODES = list(Edits().data["directorates"])


class Person:
    """One side: edits, the number each action of base has now, and the words that nobody else wrote."""

    def __init__(self, name: str, random: Random, count: int) -> None:
        self.name = name
        self.random = random
        self.edits = Edits()
        self.now = {number: number for number in NUMBERS}
        self.own: list[str] = []
        self.done: list[str] = []
        for _ in range(count):
            what = random.choice(EDITS)
            getattr(self, what)()
            self.done.append(what)
        self.source = self._commented(self.edits.source().decode()).encode()

    def __repr__(self) -> str:
        """Name the edits: the plan is long."""
        return f"<{self.name}: {' '.join(self.done)}>"

    def word(self) -> str:
        """Make a word that is nowhere else."""
        self.own.append(f"{self.name}{len(self.own)}x")
        return self.own[-1]

    def some(self) -> dict[str, Any]:
        """Choose an action."""
        return self.edits.action(self.random.choice(list(self.now.values())))

    def measures(self) -> list[int]:
        """Return the numbers of the measures that are left."""
        return [each["number"] for part in self.edits.data["orientations"] for each in part["measures"]]

    def years(self) -> None:
        self.some()["years"] = self.random.choice([[2021], [2022], [2021, 2022]])

    def priority(self) -> None:
        action = self.some()
        action["priority"] = 3 - action["priority"]

    def associate(self) -> None:
        action = self.some()
        free = [code for code in CODES if code not in action["associated"] + action["pilots"]]
        action["associated"].insert(self.random.randint(0, len(action["associated"])), self.random.choice(free))

    def dissociate(self) -> None:
        action = self.some()
        if action["associated"]:
            action["associated"].remove(self.random.choice(action["associated"]))

    def promote(self) -> None:
        action = self.some()
        if action["associated"]:
            action["pilots"].append(action["associated"].pop())

    def reword(self) -> None:
        action = self.some()
        words = action["text"].split(" ")
        words[self.random.randrange(len(words))] = self.word()
        action["text"] = " ".join(words)

    def append_words(self) -> None:
        action = self.some()
        action["text"] += f" {self.word()} fin."

    def move(self) -> None:
        self.edits.move(self.some()["number"], self.random.choice(self.measures()))

    def reorder(self) -> None:
        self.random.shuffle(self.edits.measure(self.random.choice(self.measures()))["actions"])

    def add(self) -> None:
        self._insert(max(each.number for each in self.edits.plan().actions) + 1)

    def _insert(self, number: int) -> None:
        text = f"Publier {self.word()} {self.word()} {self.word()} chaque année."
        new = {
            "number": number,
            "text": text,
            "pilots": ["DIHAL"],
            "associated": [],
            "years": [2022],
            "priority": 2,
        }
        actions = self.edits.measure(self.random.choice(self.measures()))["actions"]
        actions.insert(self.random.randint(0, len(actions)), new)

    def take(self) -> None:
        was = self.random.choice(list(self.now))
        number = self.now.pop(was)
        self.edits.take(number)
        data = self.edits.data
        data["source_notes"] = [note for note in data["source_notes"] if note.get("action") != number]
        data["unused_numbers"].append({"number": number, "reason": self.word()})

    def close(self) -> None:
        """Take a whole measure out, unless it is the last of its orientation."""
        number = self.random.choice(self.measures())
        for orientation in self.edits.data["orientations"]:
            for measure in [each for each in orientation["measures"] if each["number"] == number]:
                if len(orientation["measures"]) > 1:
                    orientation["measures"].remove(measure)
                    gone = {action["number"] for action in measure["actions"]}
                    self.now = {was: now for was, now in self.now.items() if now not in gone}
                    notes = self.edits.data["source_notes"]
                    kept = [n for n in notes if n.get("action") not in gone and n.get("measure") != number]
                    self.edits.data["source_notes"] = kept

    def renumber(self) -> None:
        """Close the gap at 26, or make room for a new action."""
        numbers = [each.number for each in self.edits.plan().actions]
        unused = self.edits.data["unused_numbers"]
        close = [each["number"] for each in unused] == [26] and self.random.random() < 0.5
        after = max([each["number"] for each in unused], default=0) + 1
        start = 27 if close else self.random.randint(after, max(after, *numbers))
        shift = {number: number - 1 if close else number + 1 for number in sorted(numbers) if number >= start}
        self.edits.renumber(shift)
        self.now = {was: shift.get(number, number) for was, number in self.now.items()}
        if close:
            unused.clear()
        else:
            self._insert(start)

    def declare(self) -> None:
        code = self.word().upper()
        self.own[-1] = code
        self.edits.data["directorates"][code] = {"note": "Nouveau."}

    def note(self) -> None:
        self.edits.data["source_notes"].append({"action": self.some()["number"], "note": self.word()})

    def acronym(self) -> None:
        self.edits.data["glossary"][self.word()] = "un sigle"

    def retitle(self) -> None:
        measure = self.edits.measure(self.random.choice(self.measures()))
        measure["title"] += f" {self.word()}"

    def _commented(self, text: str) -> str:
        """Put comments above and beside some lines."""
        lines = text.split("\n")
        for _ in range(self.random.randint(0, 2)):
            places = [
                at
                for at, line in enumerate(lines)
                if re.match(r" *(years|pilots|associated|priority|text):", line)
            ]
            at = self.random.choice(places)
            if self.random.random() < 0.5 and "text" not in lines[at]:
                lines[at] += f"  # {self.word()}"
            else:
                indent = len(lines[at]) - len(lines[at].lstrip())
                lines.insert(at, f"{' ' * indent}# {self.word()}")
        return "\n".join(lines)


FIELD = re.compile(r" *(years|pilots|associated|priority|text):")
EDITS = (
    *("years", "priority", "associate", "dissociate", "promote", "reword", "append_words", "move", "reorder"),
    *("add", "take", "close", "renumber", "declare", "note", "acronym", "retitle", "years", "reword", "associate"),
)


def two(random: Random, most: int = 4) -> tuple[Person, Person]:
    """Make two people who each did a few things."""
    return Person("ours", random, random.randint(1, most)), Person("theirs", random, random.randint(1, most))


def hold(ours: Person, theirs: Person) -> MergeResult:
    """Merge what two people did, and hold the result against it; give the result."""
    result = merged(BASE, ours.source, theirs.source)
    text = result.content.decode()
    gone = [word for person in (ours, theirs) for word in person.own if word.lower() not in text.lower()]
    gone = [word for word in gone if word in (ours.source + theirs.source).decode()]
    assert not gone, f"{gone} lost by {ours} {theirs}"
    if result.clean:
        _hold_fields(result, ours, theirs)
    mirrored = merged(BASE, theirs.source, ours.source)
    assert result.clean or told(result), (ours, theirs)
    assert mirrored.clean == result.clean, (ours, theirs, told(result), told(mirrored))
    assert _mirror(result) == Counter((c.field, c.theirs, c.ours) for c in mirrored.conflicts)
    if result.clean:
        assert not compare(plan_of(result.content), plan_of(mirrored.content))
    return result


def _mirror(result: MergeResult) -> Counter[tuple[str, str, str]]:
    return Counter((c.field, c.ours, c.theirs) for c in result.conflicts)


def _hold_fields(result: MergeResult, ours: Person, theirs: Person) -> None:
    """Hold each action of a clean result against the three it comes from."""
    plans = [plan_of(source) for source in (BASE, ours.source, theirs.source, result.content)]
    base, one, other, new = ({each.number: each for each in plan.actions} for plan in plans)
    assert len(new) == len(plans[3].actions)
    for number, before in base.items():
        if number not in ours.now or number not in theirs.now:
            continue
        mine, their = ours.now[number], theirs.now[number]
        now = new[mine if their == number else their]
        for key in ("text", "pilots", "associated", "years", "priority", "measure"):
            old, left, right, value = (_value(each, key) for each in (before, one[mine], other[their], now))
            if left == right or right == old:
                assert value == left, (number, key, ours, theirs)
            elif left == old:
                assert value == right, (number, key, ours, theirs)
            elif key in ("pilots", "associated"):
                assert value == (old & left & right) | (left - old) | (right - old)
            else:
                assert key == "text", (number, key, ours, theirs)
    for number in set(ours.now) ^ set(theirs.now):
        left = one[ours.now[number]] if number in ours.now else other[theirs.now[number]]
        for key in ("text", "pilots", "associated", "years", "priority", "measure"):
            assert _value(left, key) == _value(base[number], key), (number, key, ours, theirs)
    kept = len(set(ours.now) & set(theirs.now))
    added = {each.text for plan in plans[1:3] for each in plan.actions if each.text.startswith("Publier ")}
    assert len(new) == kept + len(added), (ours, theirs)


def _value(action: Action, key: str) -> Any:
    value = action.value(key)
    return frozenset(value) if isinstance(value, tuple) else value


def main(seconds: float, seed: int) -> None:
    """Try merges for some time and say what came of them."""
    detect_language()
    random, ended = Random(seed), time.monotonic() + seconds
    counts: Counter[str] = Counter()
    while time.monotonic() < ended:
        ours, theirs = two(random)
        try:
            result = hold(ours, theirs)
        except BaseException:
            print(f"seed {seed}, merge {counts['tried'] + 1}: {ours} {theirs}", file=sys.stderr)
            raise
        own = own_merge(BASE, ours.source, theirs.source)
        counts["tried"] += 1
        counts[
            f"git {'stopped' if own.conflicts else 'clean'}, by meaning {'clean' if result.clean else 'stopped'}"
        ] += 1
    print(
        f"seed {seed}, {seconds:.0f} s: "
        + " · ".join(f"{what}: {count}" for what, count in sorted(counts.items()))
    )


if __name__ == "__main__":
    main(float(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
