"""Comments through the canonical layout."""

from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from plancli.errors import Invalid
from plancli.plan.document import read_document
from plancli.plan.writer import check_kept, dump, format_document
from plancli.plan.writer.comments import comments

REAL = (Path(__file__).parents[2] / "data" / "plan.yaml").read_text("utf-8")
HEAD, _, BODY = REAL.partition("\n")


def tidied(text: str) -> str:
    document = read_document(text, "plan.yaml")
    assert document.findings == []
    return format_document(document)


UNTIDY = """\
# top
--- # doc
# above title
title: "Le plan"  # the title
language: fr
priorities:
- 1 # one
# two follows
- 2
period: {start: 2021, # s
  end: 2022} # e
directorates:
    # first
    DSJ:  # c
      # of DSJ
    DB: { name: X }
    # last of register
# the orientations
orientations: # o
-   title: > # folded
      Bla
    # about number
    number: 1
    measures:
    - number: 1
      # t
      title: |-
        Bla # not a comment
      actions:
      # A
      - # dash
        priority: 1
        number: 1 # n
        text: foo
          bar # end of text
        pilots: # p
        - DSJ # why
        - DB # also
        # - DX
        associated: [
          DB, # db
          # in
          DSJ ] # close
        years:
          [2021
          ] # y
        # end of action
       # odd
      # - number: 2
    # end of measures
# the glossary
glossary:
  SI: x

  # end of glossary
... # end
# really
"""

TIDY = """\
# top
# doc
# above title
title: >-  # the title
  Le plan
language: fr
period:
  start: 2021  # s
  end: 2022  # e
# one
# two follows
priorities: [1, 2]
directorates:
  # first
  # of DSJ
  DSJ:  # c
  DB:
    name: X
  # last of register
# the orientations
orientations:  # o
  # about number
  - number: 1
    title: "Bla\\n"  # folded
    measures:
      - number: 1
        # t
        title: >-
          Bla # not a comment
        actions:
          # A
          - number: 1  # n
            text: >-  # end of text
              foo bar
            # why
            # also
            pilots: [DSJ, DB]  # p
            # - DX
            # db
            # in
            # close
            associated: [DB, DSJ]
            # y
            years: [2021]
            # end of action
            # dash
            priority: 1
          # odd
          # - number: 2
      # end of measures
# the glossary
glossary:
  SI: x
  # end of glossary
# end
# really
"""


def test_comments_go_where_fmt_puts_them() -> None:
    assert tidied(UNTIDY) == TIDY
    assert tidied(TIDY) == TIDY


@pytest.mark.parametrize("ending", ["\r\n", "\r"])
def test_fmt_of_other_line_endings(ending: str) -> None:
    assert tidied(UNTIDY.replace("\n", ending)) == TIDY


def test_a_comment_that_would_be_lost_stops_it() -> None:
    document = read_document(REAL + "# end\n", "plan.yaml")
    with pytest.raises(Invalid, match=r"plan\.yaml:1: this comment can't be kept: # yaml-language-server"):
        check_kept(document, dump(document.data))


def test_a_value_that_would_change_stops_it() -> None:
    document = read_document(REAL, "plan.yaml")
    with pytest.raises(Invalid, match="without changing a value"):
        check_kept(document, dump({**document.data, "language": "en"}, document))


def shuffled(data: Any, draw: Any) -> Any:
    """Return the same data with the keys of numbered blocks in another order."""
    if isinstance(data, list):
        return [shuffled(item, draw) for item in data]
    if isinstance(data, dict) and "number" in data:
        return {key: shuffled(data[key], draw) for key in draw(st.permutations(list(data)))}
    return {key: shuffled(value, draw) for key, value in data.items()} if isinstance(data, dict) else data


DATA = yaml.safe_load(REAL)
FEW = {
    **DATA,
    "directorates": dict(list(DATA["directorates"].items())[:3]),
    "orientations": [
        {**o, "measures": [{**m, "actions": m["actions"][:2]} for m in o["measures"][:1]]}
        for o in DATA["orientations"][:2]
    ],
    "source_notes": DATA["source_notes"][:2],
    "glossary": {"SI": "système d'information"},
}


@st.composite
def commented(draw: Any) -> str:
    """Write a plan in some layout, with comments at any place where they are comments."""
    data = shuffled(FEW, draw)
    style = draw(st.sampled_from([None, False, "canonical"]))
    if style == "canonical":
        text = dump(data)
    else:
        text = yaml.safe_dump(
            data, sort_keys=False, allow_unicode=True, default_flow_style=style, width=draw(st.integers(20, 200))
        )
    for number in range(draw(st.integers(1, 6))):
        lines = text.split("\n")
        at = draw(st.integers(0, len(lines) - 1))
        if draw(st.booleans()):
            lines[at] += f" # beside {number}"
        else:
            lines.insert(at, " " * draw(st.integers(0, 16)) + f"# - above: {number}")
        changed = "\n".join(lines)
        document = read_document(changed, "plan.yaml")
        if not document.findings and document.data == data:
            text = changed
    return text


@pytest.mark.slow
@settings(deadline=None, max_examples=150)
@given(commented())
def test_no_comment_is_lost_in_canonical_layout(text: str) -> None:
    """No comment is lost, no value changes, and what is tidy stays."""
    before = read_document(text, "plan.yaml")
    assume("#" in text)
    once = format_document(before)
    after = read_document(once, "plan.yaml")
    assert after.data == before.data
    assert Counter(c.text for c in comments(after)) == Counter(c.text for c in comments(before))
    assert format_document(after) == once
    assert sum("#" in line for line in text.splitlines()) >= len(comments(before))
