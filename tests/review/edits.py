"""The real plan, and edits of it as people make them."""

from copy import deepcopy
from pathlib import Path
from typing import Any

from plancli.plan.document import read_document
from plancli.plan.model import Plan, read_plan
from plancli.plan.writer import dump

SOURCE = (Path(__file__).parents[2] / "data" / "plan.yaml").read_bytes()
DATA: dict[str, Any] = read_document(SOURCE, "data/plan.yaml").data
PLAN = read_plan(DATA)


class Edits:
    """A copy of the plan's data to be edited."""

    def __init__(self, data: dict[str, Any] = DATA) -> None:
        self.data = deepcopy(data)

    def measure(self, number: int) -> dict[str, Any]:
        """Return a measure by its number."""
        found: list[dict[str, Any]] = [m for o in self.data["orientations"] for m in o["measures"]]
        return next(measure for measure in found if measure["number"] == number)

    def action(self, number: int) -> dict[str, Any]:
        """Return an action by its number."""
        found: list[dict[str, Any]] = [
            action for o in self.data["orientations"] for m in o["measures"] for action in m["actions"]
        ]
        return next(action for action in found if action["number"] == number)

    def take(self, number: int) -> dict[str, Any]:
        """Take an action out of its measure."""
        for orientation in self.data["orientations"]:
            for measure in orientation["measures"]:
                for action in measure["actions"]:
                    if action["number"] == number:
                        measure["actions"].remove(action)
                        return dict(action)
        raise KeyError(number)

    def move(self, number: int, measure: int) -> dict[str, Any]:
        """Move an action to the end of another measure."""
        action = self.take(number)
        self.measure(measure)["actions"].append(action)
        return action

    def renumber(self, numbers: dict[int, int], key: str = "action") -> None:
        """Give actions (or measures) other numbers, all at once, and let the notes follow."""
        found = [self.action(was) if key == "action" else self.measure(was) for was in numbers]
        for block, now in zip(found, numbers.values(), strict=True):
            block["number"] = now
        for note in self.data["source_notes"]:
            if note.get(key) in numbers:
                note[key] = numbers[note[key]]

    def source(self) -> bytes:
        """Write the plan as a file."""
        return dump(self.data).encode()

    def plan(self) -> Plan:
        """Build the plan."""
        return read_plan(self.data)


def calendar_2022(e: Edits) -> None:
    """Make the edits of the branch ``calendrier-2022``, the example of a review."""
    e.action(8)["text"] = e.action(8)["text"].replace("systématiquement", "sous quinze jours")
    e.action(13)["priority"] = 1
    e.action(19)["years"] = [2021, 2022]
    e.move(24, 8)
    e.action(28)["pilots"] = ["DIHAL", "DSJ"]
    e.action(28)["associated"] = ["DACS"]
