"""Random merges of plans whose actions are easily mistaken for each other, and what each merge must give.

Two people edit a plan with twins: actions of the same or nearly the same text, sentences and measure titles that
recur. Every action carries a hidden identity through the edits, so what the merge must hold is known without
comparing anything: nothing here imports ``plancli.review``. ``twin_merges.py`` runs the merges and counts.
"""

from collections import Counter
from copy import deepcopy
from random import Random
from typing import Any

from plancli.plan.document import read_document
from plancli.plan.writer import dump

CODES = ["DHUP", "DSJ", "DACS", "SAFSL", "DB", "DIHAL"]
SUBJECTS = [
    "Renforcer les effectifs en charge de l'instruction des demandes d'indemnisation des bailleurs",
    "Publier un guide de bonnes pratiques à l'attention des commissions locales et des associations",
    "Former les agents des services sociaux à la prévention des impayés de loyer et des expulsions",
    "Mettre en place un suivi statistique des décisions de justice et de leur exécution",
]
SENTENCES = [
    "Un bilan annuel est présenté au comité de pilotage.",
    "Cette action est menée en lien avec les préfectures.",
]
ENDS = ["dans chaque préfecture", "dans toute préfecture", "dans les départements tendus", "au niveau national"]
TITLES = ["Gouvernance et suivi", "Gouvernance et suivi", "Accompagner les ménages"]
WORDS = ["durablement", "rapidement", "ensemble", "partout", "désormais"]

Record = dict[str, Any]
"""An action: its hidden ``id``, the hidden ``home`` it stands in, and its fields."""


class Conflict(Exception):
    """Two people decided one thing in two ways: no merge without a person is right."""


class Side:
    """A plan as one person has it: groups with hidden identities, actions in the order of the file."""

    def __init__(self, homes: list[Record], actions: list[Record], unused: list[int]) -> None:
        self.homes, self.actions, self.unused = homes, actions, unused
        self.done: list[str] = []

    def __repr__(self) -> str:
        """Name the edits: the plan is long."""
        return f"<{', '.join(self.done)}>"

    def copy(self) -> "Side":
        """Return a copy for another person to edit."""
        return Side(deepcopy(self.homes), deepcopy(self.actions), list(self.unused))

    def data(self) -> dict[str, Any]:
        """Return the plan as plain data."""
        measures = [
            {
                "number": home["number"],
                "title": home["title"],
                "actions": [
                    {key: each[key] for key in ("number", "text", "pilots", "associated", "years", "priority")}
                    for each in self.actions
                    if each["home"] == home["id"]
                ],
            }
            for home in self.homes
        ]
        return {
            "title": "Plan d'essai",
            "language": "fr",
            "period": {"start": 2021, "end": 2024},
            "priorities": [1, 2, 3],
            "directorates": dict.fromkeys(CODES),
            "orientations": [{"number": 1, "title": "Orientation", "measures": measures}],
            "unused_numbers": [{"number": each, "reason": "Retirée."} for each in sorted(self.unused)],
        }

    def source(self) -> bytes:
        """Return the plan as a file."""
        return dump(self.data()).encode()

    def next_number(self) -> int:
        """Return a number that nobody has."""
        return 1 + max(int(number) for number in [*(each["number"] for each in self.actions), *self.unused])


def made(random: Random) -> Side:
    """Return a plan with twins."""
    homes = [{"id": at, "number": at + 1, "title": random.choice(TITLES)} for at in range(random.randint(2, 4))]
    subjects = random.sample(SUBJECTS, random.randint(1, 3))
    count = random.randint(4, 9)
    places = sorted([*range(len(homes)), *(random.randrange(len(homes)) for _ in range(count - len(homes)))])
    actions = [_new(random, at, at + 1, home, _text(random, subjects)) for at, home in enumerate(places)]
    return Side(homes, actions, [])


def _text(random: Random, subjects: list[str]) -> str:
    text = f"{random.choice(subjects)} {random.choice(ENDS)}."
    return f"{text} {random.choice(SENTENCES)}" if random.random() < 0.5 else text


def _new(random: Random, identity: Any, number: int, home: int, text: str) -> Record:
    codes = random.sample(CODES, random.randint(1, 4))
    pilots = random.randint(1, min(2, len(codes)))
    return {
        "id": identity,
        "home": home,
        "number": number,
        "text": text,
        "pilots": codes[:pilots],
        "associated": codes[pilots:],
        "years": random.choice([[2021], [2022], [2021, 2022], [2023]]),
        "priority": random.randint(1, 3),
    }


class Editor:
    """Somebody who edits a copy of a plan."""

    def __init__(self, base: Side, random: Random, name: str) -> None:
        self.side, self.random, self.name = base.copy(), random, name

    def edit(self, count: int) -> Side:
        """Return the plan after some edits."""
        for _ in range(count):
            what = self.random.choice(EDITS)
            getattr(self, what)()
            self.side.done.append(what)
        return self.side

    def some(self) -> Record:
        """Choose an action."""
        return self.random.choice(self.side.actions)

    def leaver(self) -> Record | None:
        """Choose an action that isn't the last of its measure."""
        homes = Counter(each["home"] for each in self.side.actions)
        there = [each for each in self.side.actions if homes[each["home"]] > 1]
        return self.random.choice(there) if there else None

    def years(self) -> None:
        self.some()["years"] = self.random.choice([[2021], [2022], [2021, 2022], [2023], [2023, 2024]])

    def priority(self) -> None:
        self.some()["priority"] = self.random.randint(1, 3)

    def associate(self) -> None:
        action = self.some()
        free = [code for code in CODES if code not in action["pilots"] + action["associated"]]
        action["associated"].append(self.random.choice(free or ["DGCL"])) if free else None

    def pilot(self) -> None:
        action = self.some()
        free = [code for code in CODES if code not in action["pilots"] + action["associated"]]
        if free:
            action["pilots"][0] = self.random.choice(free)

    def promote(self) -> None:
        action = self.some()
        if action["associated"]:
            action["pilots"].append(action["associated"].pop())

    def reword(self) -> None:
        action = self.some()
        words = action["text"].split(" ")
        words[self.random.randrange(len(words))] = self.random.choice(WORDS)
        action["text"] = " ".join(words)

    def liken(self) -> None:
        """Reword an action by an end that other actions have."""
        action = self.some()
        for end in ENDS:
            action["text"] = action["text"].replace(end, self.random.choice(ENDS))

    def sentence(self) -> None:
        action = self.some()
        action["text"] += f" {self.random.choice(SENTENCES)}"

    def swap_numbers(self) -> None:
        """Exchange two numbers where the actions stand, or (half of the time) sort the file afterwards."""
        one, other = self.random.sample(self.side.actions, 2)
        one["number"], other["number"] = other["number"], one["number"]
        self._sorted()

    def renumber(self) -> None:
        """Give one action a number that was free."""
        action = self.some()
        action["number"], was = self.side.next_number(), action["number"]
        self.side.unused.append(was)
        self._sorted()

    def insert(self) -> None:
        """Make room for a new action: those after it get the next number."""
        at = self.random.randrange(len(self.side.actions))
        number, home = self.side.actions[at]["number"], self.side.actions[at]["home"]
        for each in self.side.actions:
            each["number"] += each["number"] >= number
        self.side.unused = [each + (each >= number) for each in self.side.unused]
        text = self.random.choice(self.side.actions)["text"] if self.random.random() < 0.5 else self._fresh()
        self.side.actions.insert(at, _new(self.random, self._id(), number, home, text))

    def add(self) -> None:
        """Add an action at the end of a measure, now and then with the text of another."""
        home = self.random.choice(self.side.homes)["id"]
        text = self.random.choice(self.side.actions)["text"] if self.random.random() < 0.3 else self._fresh()
        self.side.actions.append(_new(self.random, self._id(), self.side.next_number(), home, text))

    def remove(self) -> None:
        """Take an action away and declare its number unused, or close the gap."""
        action = self.leaver()
        if not action:
            return
        self.side.actions.remove(action)
        if self.random.random() < 0.5:
            self.side.unused.append(action["number"])
            return
        for each in self.side.actions:
            each["number"] -= each["number"] > action["number"]
        self.side.unused = [each - (each > action["number"]) for each in self.side.unused]

    def move(self) -> None:
        action = self.leaver()
        if action:
            action["home"] = self.random.choice(self.side.homes)["id"]

    def exchange_places(self) -> None:
        """Exchange two actions in the file; their numbers go along."""
        one, other = self.random.sample(range(len(self.side.actions)), 2)
        actions = self.side.actions
        actions[one], actions[other] = actions[other], actions[one]

    def retitle(self) -> None:
        self.random.choice(self.side.homes)["title"] = self.random.choice([*TITLES, "Piloter"])

    def swap_homes(self) -> None:
        """Exchange the numbers of two measures, and their places."""
        one, other = self.random.sample(range(len(self.side.homes)), 2)
        homes = self.side.homes
        homes[one]["number"], homes[other]["number"] = homes[other]["number"], homes[one]["number"]
        homes[one], homes[other] = homes[other], homes[one]

    def _sorted(self) -> None:
        if self.random.random() < 0.5:
            self.side.actions.sort(key=lambda each: int(each["number"]))

    def _fresh(self) -> str:
        return f"{self.random.choice(SUBJECTS)} {self.random.choice(ENDS)} et {self.random.choice(WORDS)}."

    def _id(self) -> str:
        return f"{self.name} {len(self.side.done)} {self.random.random()}"


EDITS = [
    *("years", "priority", "associate", "pilot", "promote", "reword", "liken", "sentence", "swap_numbers"),
    *("swap_numbers", "renumber", "insert", "add", "remove", "move", "exchange_places", "retitle", "swap_homes"),
    *("years", "priority", "associate", "reword"),
]


def three(random: Random, most: int = 4) -> tuple[Side, Side, Side]:
    """Return a plan and what two people made of it."""
    base = made(random)
    ours = Editor(base, random, "ours").edit(random.randint(1, most))
    theirs = Editor(base, random, "theirs").edit(random.randint(1, most))
    return base, ours, theirs


# What the merge must give, by hidden identities alone.


def wanted(base: Side, ours: Side, theirs: Side) -> tuple[list[Record], list[Record]]:
    """Return the groups and the actions as merged; raise Conflict where only a person can decide."""
    homes = _blocks(base.homes, ours.homes, theirs.homes, ("number", "title"))
    keys = ("home", "number", "text", "pilots", "associated", "years", "priority")
    actions = _blocks(base.actions, ours.actions, theirs.actions, keys)
    if numbers_clash(actions, base, ours, theirs):
        raise Conflict
    return homes, actions


def numbers_clash(actions: list[Record], base: Side, ours: Side, theirs: Side) -> bool:
    """Return whether two actions of a merged plan have one number, or one has a number that is declared unused."""
    numbers = Counter(each["number"] for each in actions)
    unused = [set(side.unused) for side in (base, ours, theirs)]
    gone = (unused[0] & unused[1] & unused[2]) | (unused[1] - unused[0]) | (unused[2] - unused[0])
    return max(numbers.values()) > 1 or bool(gone & numbers.keys())


def _blocks(base: list[Record], ours: list[Record], theirs: list[Record], keys: tuple[str, ...]) -> list[Record]:
    known, one, other = ({each["id"]: each for each in side} for side in (base, ours, theirs))
    found = []
    for identity in {**known, **one, **other}:
        before, mine, their = (side.get(identity) for side in (known, one, other))
        if before is None:
            found.append(mine or their or {})
        elif mine and their:
            found.append(
                {"id": identity} | {key: merged_value(key, before[key], mine[key], their[key]) for key in keys}
            )
        elif (mine or their) and _touched(before, mine or their or {}):
            raise Conflict
    return found


def _touched(before: Record, after: Record) -> bool:
    return any(meaning(before[key]) != meaning(after[key]) for key in before if key not in ("id", "number"))


def meaning(value: Any) -> Any:
    return frozenset(value) if isinstance(value, list) else value


def merged_value(key: str, base: Any, ours: Any, theirs: Any) -> Any:
    old, one, other = map(meaning, (base, ours, theirs))
    if one == other or other == old:
        return ours
    if one == old:
        return theirs
    if key in ("pilots", "associated"):
        return sorted((old & one & other) | (one - old) | (other - old))
    if key == "text":
        return Texts(base, ours, theirs)
    raise Conflict


class Texts:
    """A text that both sides changed: any text that has the new words of both, and none that nobody wrote."""

    def __init__(self, base: str, ours: str, theirs: str) -> None:
        self.words = [Counter(text.split()) for text in (base, ours, theirs)]

    def __eq__(self, other: object) -> bool:
        base, ours, theirs = self.words
        found = Counter(str(other).split())
        new = ours - base, theirs - base
        return not (new[0] | new[1]) - found and not found - (base + new[0] + new[1])

    __hash__ = None  # type: ignore[assignment]


def is_right(content: bytes, base: Side, ours: Side, theirs: Side) -> bool:
    """Return whether a file that nobody needs to look at holds what both people did and nothing else."""
    try:
        homes, actions = wanted(base, ours, theirs)
    except Conflict:
        return False
    for each in actions:
        if not each["pilots"] or set(each["pilots"]) & set(each["associated"]):
            return False
    document = read_document(content, "plan.yaml")
    if document.findings:
        return False
    measures = [measure for part in document.data["orientations"] for measure in part["measures"]]
    if Counter((m["number"], m["title"]) for m in measures) != Counter((h["number"], h["title"]) for h in homes):
        return False
    places = {home["id"]: (home["number"], home["title"]) for home in homes}
    left = [
        (
            places[each["home"]],
            each["number"],
            *map(meaning, (each["pilots"], each["associated"], each["years"])),
            each["priority"],
            each["text"],
        )
        for each in actions
    ]
    for measure in measures:
        for each in measure["actions"]:
            place = measure["number"], measure["title"]
            facts = (
                place,
                each["number"],
                *map(meaning, (each["pilots"], each["associated"], each["years"])),
                each["priority"],
                each["text"],
            )
            at = next((at for at, other in enumerate(left) if other == facts), None)
            if at is None:
                return False
            left.pop(at)
    return not left
