"""A plan as flat lines, for git's own diff: one a field, so that a hunk names its action by itself."""

from collections.abc import Iterator, Mapping, Sequence

from plancli.location import Path
from plancli.plan.model import FIELD_TYPES, Action, Plan, Type, has_two_levels, path_of
from plancli.plan.model.follow_up import in_order
from plancli.text import clauses, escape_control


def textconv_lines(
    plan: Plan, bad_paths: Sequence[Path] = (), raw: Mapping[Path, Sequence[str]] | None = None
) -> Iterator[str]:
    """Return the lines: ``28 pilots DIHAL``, each with the number of its action first.

    Texts are by clause, years sorted, actions in the order of their numbers: what is layout makes no difference,
    a move is one line (``28 measure 8``; where levels aren't two, ``28 measure 1.2.1``). A value of several lines
    is on one; its breaks, and what could take over the terminal that git writes to, are shown.

    What is at ``bad_paths`` is left out. ``raw`` has lines of the file that follow an action, by its
    path; those at ``()`` come first.
    """
    known = raw or {}
    yield from known.get((), ())
    parts = _PlanParts(bad_paths, by_measure=has_two_levels(plan))
    yield from map(escape_control, parts.head(plan))
    for action in parts.in_order(plan.actions):
        yield from map(escape_control, parts.action(plan, action))
        yield from known.get(action.path, ())
    yield from map(escape_control, parts.rest(plan))


class _PlanParts:
    """The lines of each part of a plan, without what is at ``bad_paths``."""

    def __init__(self, bad_paths: Sequence[Path], by_measure: bool) -> None:
        self.by_measure = by_measure
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
        """Return what is before the actions."""
        if not self.is_bad("title"):
            yield f"plan title {plan.title}"
        if not self.is_bad("language"):
            yield f"plan language {plan.language}"
        if not self.is_bad("period"):
            yield f"plan period {plan.period.start} {plan.period.end}"
        yield from self._declared(plan)
        for directorate in sorted(plan.directorates, key=lambda each: each.code):
            if self.is_bad(*directorate.path):
                continue
            about = (directorate.name, directorate.ministry, directorate.note)
            yield from (f"directorate {directorate.code} {each}".rstrip() for each in about if each is not None)
            if not any(about):
                yield f"directorate {directorate.code}"
        yield from self._groups(plan)

    def _declared(self, plan: Plan) -> Iterator[str]:
        """Return what the plan says of its own levels, priorities, statuses and fields."""
        if plan.declared_levels is not None and not self.is_bad("levels"):
            yield f"plan levels {', '.join(level.words for level in plan.levels)}".rstrip()
        if plan.priorities and not self.is_bad("priorities"):
            are_words = any(isinstance(each, str) for each in plan.priorities)
            yield f"plan priorities {', '.join(map(str, plan.ranks)) if are_words else _sorted(plan.priorities)}"
        for status in plan.statuses:
            if not self.is_bad(*status.path):
                yield f"status {status.name} closed" if status.closed else f"status {status.name}"
        types = {kind: name for name, kind in FIELD_TYPES.items()}
        for field in plan.declared_fields:
            if not self.is_bad("fields", field.key):
                yield f"field {field.key} {types[field.type]} {field.label} {', '.join(field.values)}".rstrip()

    def _groups(self, plan: Plan) -> Iterator[str]:
        """Return the groups, each before those in it: by their paths where levels aren't two."""
        for group in plan.all_groups:
            code = None if self.is_bad(*group.path, "code") else group.code
            if self.by_measure:
                name = f"measure {group.number}" if group.level > 1 else f"orientation {group.number}"
                if group.level > 1:
                    yield f"{name} orientation {group.orientation}"
            else:
                name = f"group {path_of(group)}"
                if not code:
                    yield name
            if code:
                yield f"{name} code {code}"
            if not self.is_bad(*group.path, "title"):
                yield f"{name} title {group.title}"

    def action(self, plan: Plan, action: Action) -> Iterator[str]:
        """Return an action, a line a field, and one a clause of a text."""
        number = "?" if self.is_bad(*action.path, "number") else action.number
        path = action.measure if self.by_measure else ".".join(map(str, action.place)) or "-"
        yield f"{number} measure {path}"
        for field in plan.fields:
            value = action.value(field.key)
            keys = ("fields", field.key) if field.declared else (field.key,)
            if field.key == "number" or value is None or self.is_bad(*action.path, *keys):
                continue
            if isinstance(value, str) and field.type in (Type.TEXT, Type.PROSE):
                yield from (f"{number} {field.key} {clause.line}" for clause in clauses(value))
                continue
            if field.type is Type.LIST and isinstance(value, tuple):
                yield from (f"{number} {field.key} {each}" for each in sorted(map(_word, value)))
                continue
            if isinstance(value, tuple):
                shown = " ".join(map(str, value)) if field.type is Type.CODES else _sorted(value)
            else:
                shown = _word(value)
            yield f"{number} {field.key} {shown}".rstrip()
        yield from self._progress(number, action)

    def _progress(self, number: int | str, action: Action) -> Iterator[str]:
        """Return what was reported of an action, the oldest first: a line for each thing that an entry says."""
        for entry in in_order(action.progress):
            if self.is_bad(*entry.path):
                continue
            said = [(key, each) for key, each in entry._asdict().items() if key not in ("date", "path")]
            lines = [f"{number} progress {entry.date} {key} {each}" for key, each in said if each is not None]
            yield from lines or [f"{number} progress {entry.date}"]

    def rest(self, plan: Plan) -> Iterator[str]:
        """Return what is after the actions."""
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


def _word(value: object) -> str:
    """Return a value as the file has it; true and false are no values that a field may have."""
    return str(value).lower() if isinstance(value, bool) else str(value)
