"""The first plan of somebody who begins: valid as it is, an example of each block, each marked to be replaced."""

from typing import Any, NamedTuple

from plancli.i18n import _, plain_spaces, use_language
from plancli.location import Path
from plancli.plan.writer.canonical import PlanLine, dump_lines
from plancli.text import capital


class FirstPlan(NamedTuple):
    """The values that a first plan is made from.

    ``levels`` are the names of its levels from the top; None for orientation and measure, which need no names.
    """

    title: str
    language: str
    start: int
    end: int
    levels: tuple[str, ...] | None = None
    priorities: tuple[int | str, ...] = ()


def first_plan(outline: FirstPlan) -> str:
    """Return the text of a plan with one directorate, a group of each level and an action, in its language."""
    with use_language(outline.language):
        mark = mark_of(outline.language)
        levels = (_("Orientation"), _("Measure")) if outline.levels is None else outline.levels
        data = {
            "title": outline.title,
            "language": outline.language,
            "period": {"start": outline.start, "end": outline.end},
            **({} if outline.levels is None else {"levels": list(outline.levels)}),
            **({"priorities": list(outline.priorities)} if outline.priorities else {}),
            "directorates": {_("OFFICE"): {"name": _("Name of the office, {mark}").format(mark=mark)}},
            **_blocks(outline, levels, mark),
        }
        return _with_comments(data)


def mark_of(language: str) -> str:
    """Return the words that mark what is to be replaced, in a language of plans."""
    with use_language(language):
        return _("to be replaced")


def _blocks(outline: FirstPlan, levels: tuple[str, ...], mark: str) -> dict[str, Any]:
    """Return the example of each level, one inside the other, around the example of an action."""
    action = {
        "number": 1,
        "text": plain_spaces(_("Action 1, {mark}: what will be done, in a sentence or more.").format(mark=mark)),
        "pilots": [_("OFFICE")],
        "associated": [],
        "years": [outline.start],
        **({"priority": outline.priorities[0]} if outline.priorities else {}),
    }
    blocks: dict[str, Any] = {"actions": [action]}
    for depth in range(len(levels), 0, -1):
        level = levels[depth - 1]
        title = f"{capital(level)} 1, {mark}"
        blocks = {"measures" if depth > 1 else "orientations": [{"number": 1, "title": title, **blocks}]}
    return blocks


def _with_comments(data: dict[str, Any]) -> str:
    """Return plain data in the canonical layout, with a word on each part above it."""
    top = "orientations" if "orientations" in data else "actions"
    words: dict[Path, tuple[str, ...]] = {
        ("directorates",): (_("Who takes part, by code. Actions name these codes, and no others."),),
        (top,): (
            _("One example of each block: copy it for the next one, with the next number."),
            _("An action may also have a code, when, due, fields and progress: see plancli schema."),
        ),
    }
    lines: list[PlanLine] = []
    for line in dump_lines(data):
        lines += [PlanLine((), line.indent, f"# {plain_spaces(each)}") for each in words.pop(line.path, ())]
        lines.append(line)
    return "".join(f"{line}\n" for line in lines)
