"""Random merges of plans of uneven depth with twins, codes, declared fields and reports.

As in ``twins.py``, every action, group and entry carries a hidden identity through the edits, so that what a merge
must hold is known without comparing anything: nothing here imports ``plancli.review`` but to run the merge.
``python -m tests.review.trees 500`` tries merges and counts.
"""

import sys
from collections import Counter
from copy import deepcopy
from random import Random
from typing import Any

from plancli.plan.document import read_document
from tests.review.merging import merged, own_merge
from tests.review.twins import (
    EDITS,
    Conflict,
    Editor,
    Record,
    Side,
    made,
    meaning,
    merged_value,
    numbers_clash,
)

STEPS = ["Études", "Travaux", "Réception", "Bilan"]
STATUSES = ["à venir", "en cours", "réalisé"]
DAYS = ["2021-03-01", "2021-06-30", "2021-09-15", "2022-01-10"]
DEPTH = 3


class Tree(Side):
    """A plan whose groups stand in each other; ``above`` is the hidden group they stand in, or None."""

    def copy(self) -> "Tree":
        return Tree(deepcopy(self.homes), deepcopy(self.actions), list(self.unused))

    def data(self) -> dict[str, Any]:
        data = super().data()
        data["levels"] = ["axe", "objectif", "chantier"]
        data["statuses"] = dict.fromkeys(STATUSES)
        data["fields"] = {"budget": {"type": "number"}, "steps": {"type": "list"}}
        data["orientations"] = [self._group(home) for home in self.homes if home["above"] is None]
        data["actions"] = self._actions(None)
        return data

    def _group(self, home: Record) -> Record:
        inner = [self._group(each) for each in self.homes if each["above"] == home["id"]]
        found = {"number": home["number"], "title": home["title"], "measures": inner}
        return found | {"actions": self._actions(home["id"])}

    def _actions(self, home: Any) -> list[Record]:
        return [self._action(each) for each in self.actions if each["home"] == home]

    def _action(self, each: Record) -> Record:
        keys = ("number", "code", "text", "pilots", "associated", "years", "priority")
        fields = {key: each[key] for key in ("budget", "steps") if each[key]}
        entries = sorted(each["progress"].values(), key=lambda entry: str(entry["date"]))
        return {key: each[key] for key in keys} | {"fields": fields, "progress": entries}

    def depth(self, home: Any) -> int:
        above = {each["id"]: each["above"] for each in self.homes}
        depth = 0
        while home is not None and depth <= len(above):
            depth, home = depth + 1, above[home]
        return depth


def grown(random: Random) -> Tree:
    """Return a plan with twins as a tree."""
    side = made(random)
    for at, home in enumerate(side.homes):
        home["above"] = random.choice([None, *range(at)]) if at else None
    tree = Tree(side.homes, side.actions, side.unused)
    for home in tree.homes:
        if tree.depth(home["id"]) > DEPTH:
            home["above"] = None
    _number(tree)
    _complete(tree, random, "base")
    for action in tree.actions:
        if random.random() < 0.5:
            action["progress"][f"base {action['id']}"] = _entry(random, "base")
    return tree


def _number(tree: Tree) -> None:
    counts: Counter[Any] = Counter()
    for home in tree.homes:
        counts[home["above"]] += 1
        home["number"] = counts[home["above"]]


def _complete(tree: Tree, random: Random, name: str) -> None:
    """Give actions that were made what every action of a tree has."""
    for action in tree.actions:
        if "code" not in action:
            action |= {"code": f"{name[:1].upper()}{random.randrange(10**9)}", "progress": {}}
            action |= {
                "budget": random.choice([0, 1000, 2500]),
                "steps": random.sample(STEPS, random.randint(0, 2)),
            }


def _entry(random: Random, name: str) -> Record:
    entry: Record = {"date": random.choice(DAYS), "note": f"{name} {random.randrange(10**6)}"}
    return entry | ({"status": random.choice(STATUSES)} if random.random() < 0.7 else {})


class Gardener(Editor):
    """Somebody who edits a tree."""

    side: Tree

    def edit(self, count: int) -> Tree:
        for _ in range(count):
            what = self.random.choice(TREE_EDITS)
            getattr(self, what)()
            _complete(self.side, self.random, self.name)
            self.side.done.append(what)
        return self.side

    def budget(self) -> None:
        self.some()["budget"] = self.random.choice([500, 1500, 9000])

    def step(self) -> None:
        steps = self.some()["steps"]
        step = self.random.choice(STEPS)
        steps.remove(step) if step in steps else steps.append(step)

    def report(self) -> None:
        self.some()["progress"][self._id()] = _entry(self.random, self.name)

    def correct(self) -> None:
        entries = list(self.some()["progress"].values())
        if entries:
            self.random.choice(entries)["note"] = f"{self.name} {self.random.randrange(10**6)}"

    def withdraw(self) -> None:
        progress = self.some()["progress"]
        if progress:
            progress.pop(self.random.choice(list(progress)))

    def loosen(self) -> None:
        """Let an action stand in another group, or in none."""
        self.some()["home"] = self.random.choice([None, *(home["id"] for home in self.side.homes)])

    def transplant(self) -> None:
        """Put a group, with all in it, somewhere else, behind those that are there."""
        home = self.random.choice(self.side.homes)
        before = dict(home)
        home["above"] = self.random.choice([None, *(each["id"] for each in self.side.homes if each is not home)])
        beside = [
            each["number"] for each in self.side.homes if each is not home and each["above"] == home["above"]
        ]
        home["number"] = max(beside, default=0) + 1
        if any(self.side.depth(each["id"]) > DEPTH for each in self.side.homes):
            home |= before


TREE_EDITS = [
    *(each for each in EDITS if each not in ("swap_homes",)),
    *("budget", "step", "report", "report", "report", "correct", "withdraw", "loosen", "transplant", "transplant"),
]


def three_trees(random: Random, most: int = 4) -> tuple[Tree, Tree, Tree]:
    """Return a tree and what two people made of it."""
    base = grown(random)
    ours = Gardener(base, random, "ours").edit(random.randint(1, most))
    theirs = Gardener(base, random, "theirs").edit(random.randint(1, most))
    return base, ours, theirs


def wanted(base: Tree, ours: Tree, theirs: Tree) -> Tree:
    """Return the plan as merged; raise Conflict where only a person can decide."""
    homes = _blocks(base.homes, ours.homes, theirs.homes)
    actions = _blocks(base.actions, ours.actions, theirs.actions)
    tree = Tree(homes, actions, [])
    beside = Counter((home["above"], home["number"]) for home in homes)
    is_deep = any(tree.depth(home["id"]) > DEPTH for home in homes)
    if numbers_clash(actions, base, ours, theirs) or max(beside.values()) > 1 or is_deep:
        raise Conflict
    if any(not each["pilots"] or set(each["pilots"]) & set(each["associated"]) for each in actions):
        raise Conflict
    return tree


def _blocks(base: list[Record], ours: list[Record], theirs: list[Record]) -> list[Record]:
    known, one, other = ({each["id"]: each for each in side} for side in (base, ours, theirs))
    found = []
    for identity in {**known, **one, **other}:
        before, mine, their = (side.get(identity) for side in (known, one, other))
        if before is None:
            found.append(mine or their or {})
        elif mine and their:
            found.append({key: _value(key, before[key], mine[key], their[key]) for key in before})
        elif (left := mine or their) and any(
            _said(left[key]) != _said(before[key]) for key in before if key != "number"
        ):
            raise Conflict
    return found


def _said(value: Any) -> Any:
    return value if isinstance(value, dict) else meaning(value)


def _value(key: str, base: Any, ours: Any, theirs: Any) -> Any:
    if key == "progress":
        return _progress(base, ours, theirs)
    if key == "steps":
        old, one, other = map(set, (base, ours, theirs))
        return sorted((old & one & other) | (one - old) | (other - old))
    return merged_value(key, base, ours, theirs)


def _progress(base: Record, ours: Record, theirs: Record) -> Record:
    found = {}
    for identity in {**base, **ours, **theirs}:
        before, mine, their = (side.get(identity) for side in (base, ours, theirs))
        if mine == their or their == before:
            entry = mine
        elif mine == before:
            entry = their
        else:
            raise Conflict
        if entry:
            found[identity] = entry
    for one in (entry for key, entry in ours.items() if entry != base.get(key)):
        for other in (entry for key, entry in theirs.items() if entry != base.get(key)):
            statuses = one.get("status"), other.get("status")
            if one["date"] == other["date"] and None not in statuses and len(set(statuses)) == 2:
                raise Conflict
    return found


def is_right(content: bytes, base: Tree, ours: Tree, theirs: Tree) -> bool:
    """Return whether a file that nobody needs to look at holds what both people did and nothing else."""
    try:
        tree = wanted(base, ours, theirs)
    except Conflict:
        return False
    document = read_document(content, "plan.yaml")
    if document.findings:
        return False
    groups, left = _facts(tree.data())
    found_groups, found = _facts(document.data)
    if Counter(groups) != Counter(found_groups):
        return False
    for each in found:
        at = next((at for at, other in enumerate(left) if other == each), None)
        if at is None:
            return False
        left.pop(at)
    return not left


def _facts(data: Any) -> tuple[list[Any], list[Any]]:
    """Return the groups of a plan, and its actions with all they say, each with where it stands."""
    groups: list[Any] = []
    actions: list[Any] = []

    def walk(block: Any, place: tuple[Any, ...]) -> None:
        for group in (*block.get("orientations", ()), *block.get("measures", ())):
            here = (*place, (group["number"], group["title"]))
            groups.append(here)
            walk(group, here)
        for action in block.get("actions", ()):
            sets = (meaning(action[key]) for key in ("pilots", "associated", "years"))
            fields = {key: meaning(value) for key, value in action.get("fields", {}).items()}
            entries = Counter(tuple(sorted(entry.items())) for entry in action.get("progress", ()))
            said = (action["number"], action["code"], *sets, action["priority"], fields, entries)
            actions.append((place, *said, action["text"]))

    walk(data, ())
    return groups, actions


def count(merges: int, seed: int) -> tuple[Counter[tuple[str, bool]], list[int]]:
    """Try merges; return what came of them, whether a person was needed, and which were clean and wrong."""
    counts: Counter[tuple[str, bool]] = Counter()
    wrong = []
    for number in range(merges):
        base, ours, theirs = three_trees(Random(f"{seed} {number}"))
        sources = base.source(), ours.source(), theirs.source()
        result = merged(*sources)
        try:
            wanted(base, ours, theirs)
            needs = False
        except Conflict:
            needs = True
        verdict = "stopped"
        if result.clean:
            verdict = "right" if is_right(result.content, base, ours, theirs) else "wrong"
            own = own_merge(*sources)
            if verdict == "wrong" and (own.conflicts or own.content != result.content):
                wrong.append(number)
        counts[verdict, needs] += 1
    return counts, wrong


def main() -> None:
    """Print the counts: ``python -m tests.review.trees 500 [SEED]``."""
    merges, seed = int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1
    counts, wrong = count(merges, seed)
    told = " · ".join(
        f"{verdict}{' (needs a person)' if needs else ''} {number}"
        for (verdict, needs), number in sorted(counts.items())
    )
    print(f"{merges} merges of trees, seed {seed}: {told}; wrong where git alone isn't: {wrong}")


if __name__ == "__main__":
    from plancli.i18n import detect_language

    detect_language()
    main()
