"""A small plan in the canonical layout, ways to break it, and plans completed from the examples of a page."""

import re
from typing import Any

from plancli.check.checker import Checked, check
from plancli.plan.document import read_document

PLAN = """\
title: >-
  Un plan
language: fr
period:
  start: 2021
  end: 2022
priorities: [1, 2]
directorates:
  DIHAL:
  DHUP:
orientations:
  - number: 1
    title: >-
      Première orientation
    measures:
      - number: 1
        title: >-
          Première mesure
        actions:
          - number: 1
            text: >-
              Définir la stratégie.
            pilots: [DIHAL]
            associated: [DHUP]
            years: [2021]
            priority: 1

          - number: 2
            text: >-
              Assurer le suivi : un bilan par mois.
            pilots: [DIHAL]
            associated: []
            years: [2021, 2022]
            priority: 2

      - number: 2
        title: >-
          Seconde mesure
        actions:
          - number: 3
            text: >-
              Informer les ménages.
            pilots: [DHUP]
            associated: [DIHAL]
            years: [2022]
            priority: 1
"""


TODAY = "2026-11-26"
"""The day on which plans of tests are checked."""

TEXT = "Définir la stratégie"
"""What an action of an example says where nothing else is given: each says it with its number."""


def edited(*edits: tuple[str, str]) -> str:
    """Replace the first occurrence of each text; the first of two edits of one text takes the first occurrence."""
    text = PLAN
    for old, new in edits:
        assert old in text, old
        text = text.replace(old, new, 1)
    return text


def checked(text: str | bytes) -> Checked:
    return check(text.encode() if isinstance(text, str) else text, "plan.yaml", today=TODAY)


def found(text: str | bytes) -> list[tuple[int, int, str]]:
    """Return line, column and rule of each diagnostic."""
    return [(*each.span.start, each.rule) for each in checked(text).diagnostics]


def examples(page: str) -> list[tuple[str, str]]:
    """Return the examples of a page, each with its word: Pass or Fail."""
    pattern = re.compile(r"^(Pass|Fail):\n\n((?:(?: {4}.*)?\n)+)", re.MULTILINE)
    return [(word, re.sub(r"^ {4}", "", text, flags=re.MULTILINE)) for word, text in pattern.findall(page + "\n")]


def completed(example: str) -> Any:
    """Make a whole plan of an example: keys of the plan, or of its one action; of blocks only what matters."""
    data = read_document(example, "example").data
    if not isinstance(data, dict):
        return data
    plan: dict[str, Any] = {
        "title": "Un plan",
        "language": "fr",
        "period": {"start": 2021, "end": 2022},
        "priorities": [1, 2],
        "directorates": {"DIHAL": {}, "DHUP": {}, "DSJ": {}},
    }
    top = {
        *plan,
        "levels",
        "fields",
        "statuses",
        "orientations",
        "unused_numbers",
        "source_notes",
        "glossary",
        "2021",
    }
    plan |= {key: value for key, value in data.items() if key in top}
    action = {key: value for key, value in data.items() if key not in {*top, "measures", "actions"}}
    actions = data.get("actions", [action])
    measures = data.get("measures", [{"actions": actions}])
    orientations = plan.pop("orientations", [{"measures": measures}])
    plan["orientations"] = [_orientation(n, each) for n, each in enumerate(orientations, 1)]
    actions = [each for o in plan["orientations"] for m in o["measures"] for each in m.get("actions", [])]
    for number, each in enumerate(actions, 1):
        if each.get("text") == TEXT:
            each["text"] = f"{TEXT} {number}"
        if each.get("number") == -1:
            each["number"] = number
    if "directorates" not in data:
        plan["directorates"] = {code: {} for code in _codes(plan["orientations"])}
    return {key: value for key, value in plan.items() if value is not None}


def _codes(data: Any) -> list[str]:
    """Return every code that actions mention."""
    if isinstance(data, list):
        return [code for each in data for code in _codes(each)]
    if not isinstance(data, dict):
        return []
    lists = [data[key] for key in ("pilots", "pilot", "associated") if isinstance(data.get(key), list)]
    own = [code for codes in lists for code in codes]
    return own + _codes(data.get("measures")) + _codes(data.get("actions"))


def _orientation(number: int, given: dict[str, Any]) -> dict[str, Any]:
    block = {"number": number, "title": "Une orientation", **given}
    block["measures"] = [_measure(n, each) for n, each in enumerate(given["measures"], 1)]
    return block


def _measure(number: int, given: dict[str, Any]) -> dict[str, Any]:
    if "text" in given:
        return given
    block = {"number": number, "title": "Une mesure", **given}
    block["actions"] = [_action(each) for each in given.get("actions", [{}])]
    return block


def _action(given: dict[str, Any]) -> dict[str, Any]:
    block = {
        "number": -1,
        "text": TEXT,
        "pilots": ["DIHAL"],
        "associated": [],
        "years": [2021],
        "priority": 1,
    }
    for key in given:
        if key not in block:
            block = {k: v for k, v in block.items() if k != f"{key}s"}
    block |= given
    return {key: value for key, value in block.items() if value is not None}
