"""A plan as flat lines, for git's own diff: one a field, so that a hunk names its action by itself."""

from collections.abc import Iterator, Mapping, Sequence

from plancli.location import Path
from plancli.plan.model import Action, Comparison, Plan, Type
from plancli.text import clauses, escape_control


def textconv_lines(
    plan: Plan, bad_paths: Sequence[Path] = (), raw: Mapping[Path, Sequence[str]] | None = None
) -> Iterator[str]:
    """Return the lines: ``28 pilots DIHAL``, each with the number of its action first.

    Texts stand by clause, years sorted, actions in the order of their numbers: what is layout makes no difference,
    a move is one line (``28 measure 8``). A value of several lines stands on one; its breaks, and what could take
    over the terminal that git writes to, are shown.

    What stands at ``bad_paths`` is left out. ``raw`` has lines of the file that follow an action, by its
    path; those at ``()`` come first.
    """
    known = raw or {}
    yield from known.get((), ())
    lines = _Lines(bad_paths)
    yield from map(escape_control, lines.head(plan))
    for action in lines.in_order(plan.actions):
        yield from map(escape_control, lines.action(plan, action))
        yield from known.get(action.path, ())
    yield from map(escape_control, lines.rest(plan))


class _Lines:
    """The lines of the parts of a plan, without what is wrong."""

    def __init__(self, bad_paths: Sequence[Path]) -> None:
        self.bad = {path[:end] for path in bad_paths for end in range(len(path) + 1)} if bad_paths else frozenset()

    def is_bad(self, *path: str | int) -> bool:
        """Return whether something at a path, or in it, is no part of a plan."""
        return path in self.bad

    def in_order(self, actions: Sequence[Action]) -> list[Action]:
        """Return the actions by number; one without a readable number follows its predecessor in the file."""
        keys, last = {}, 0
        for place, action in enumerate(actions):
            last = last if self.is_bad(*action.path, "number") else action.number
            keys[action.path] = (last, place)
        return sorted(actions, key=lambda action: keys[action.path])

    def head(self, plan: Plan) -> Iterator[str]:
        """Return what stands before the actions."""
        if not self.is_bad("title"):
            yield f"plan title {plan.title}"
        if not self.is_bad("language"):
            yield f"plan language {plan.language}"
        if not self.is_bad("period"):
            yield f"plan period {plan.period.start} {plan.period.end}"
        if not self.is_bad("priorities"):
            yield f"plan priorities {_sorted(plan.priorities)}"
        for directorate in sorted(plan.directorates, key=lambda each: each.code):
            if self.is_bad(*directorate.path):
                continue
            about = (directorate.name, directorate.ministry, directorate.note)
            yield from (f"directorate {directorate.code} {each}".rstrip() for each in about if each is not None)
            if not any(about):
                yield f"directorate {directorate.code}"
        for orientation in plan.orientations:
            if not self.is_bad(*orientation.path, "title"):
                yield f"orientation {orientation.number} title {orientation.title}"
            for measure in orientation.measures:
                yield f"measure {measure.number} orientation {orientation.number}"
                if not self.is_bad(*measure.path, "title"):
                    yield f"measure {measure.number} title {measure.title}"

    def action(self, plan: Plan, action: Action) -> Iterator[str]:
        """Return an action, a line a field, and one a clause of a text."""
        number = "?" if self.is_bad(*action.path, "number") else action.number
        yield f"{number} measure {action.measure}"
        for field in plan.fields:
            value = action.value(field.key)
            if field.key == "number" or value is None or self.is_bad(*action.path, field.key):
                continue
            if isinstance(value, str) and field.comparison is Comparison.WORDS:
                yield from (f"{number} {field.key} {clause.line}" for clause in clauses(value))
                continue
            if isinstance(value, tuple):
                shown = " ".join(map(str, value)) if field.type is Type.CODES else _sorted(value)
            else:
                shown = str(value)
            yield f"{number} {field.key} {shown}".rstrip()

    def rest(self, plan: Plan) -> Iterator[str]:
        """Return what stands after the actions."""
        for unused in sorted(plan.unused_numbers):
            if not self.is_bad(*unused.path):
                yield f"unused {unused.number} {unused.reason}"
        for note in plan.source_notes:
            if self.is_bad(*note.path):
                continue
            place = [
                f"{key} {number}" for key in ("action", "measure", "orientation") if (number := getattr(note, key))
            ]
            words = [*place, *(each for each in (note.field, note.source, note.note) if each)]
            yield f"note {' '.join(words)}"
        for acronym in plan.glossary:
            if not self.is_bad(*acronym.path):
                yield f"acronym {acronym.acronym} {acronym.expansion}"


def _sorted(values: tuple[object, ...]) -> str:
    return " ".join(str(value) for value in sorted(values, key=str))
