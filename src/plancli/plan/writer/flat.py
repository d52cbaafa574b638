"""A plan as flat lines, for git's own diff: one a field, so that a hunk names its action by itself."""

from collections.abc import Iterator

from plancli.plan.model import Comparison, Plan
from plancli.text import clauses, escape_control


def flat(plan: Plan) -> Iterator[str]:
    """Give the lines: ``28 pilots DIHAL``, each with the number of its action first.

    Texts stand by clause, codes and years sorted, actions in the order of their numbers: what is layout makes no
    difference, a move is one line (``28 measure 8``). A value of several lines stands on one; its breaks, and what
    could take over the terminal that git writes to, are shown.
    """
    return map(escape_control, _facts(plan))


def _facts(plan: Plan) -> Iterator[str]:
    yield f"plan title {plan.title}"
    yield f"plan language {plan.language}"
    yield f"plan period {plan.period.start} {plan.period.end}"
    yield f"plan priorities {_sorted(plan.priorities)}"
    for directorate in sorted(plan.directorates, key=lambda each: each.code):
        about = (directorate.name, directorate.ministry, directorate.note)
        yield from (f"directorate {directorate.code} {each}".rstrip() for each in about if each is not None)
        if not any(about):
            yield f"directorate {directorate.code}"
    for orientation in plan.orientations:
        yield f"orientation {orientation.number} title {orientation.title}"
        for measure in orientation.measures:
            yield f"measure {measure.number} orientation {orientation.number}"
            yield f"measure {measure.number} title {measure.title}"
    for action in sorted(plan.actions, key=lambda each: each.number):
        yield f"{action.number} measure {action.measure}"
        for field in plan.fields:
            value = action.value(field.key)
            if isinstance(value, str) and field.comparison is Comparison.WORDS:
                yield from (f"{action.number} {field.key} {clause.line}" for clause in clauses(value))
            elif field.key != "number" and value is not None:
                shown = _sorted(value) if isinstance(value, tuple) else value
                yield f"{action.number} {field.key} {shown}".rstrip()
    for unused in sorted(plan.unused_numbers):
        yield f"unused {unused.number} {unused.reason}"
    for note in plan.source_notes:
        place = [
            f"{key} {number}" for key in ("action", "measure", "orientation") if (number := getattr(note, key))
        ]
        words = [*place, *(each for each in (note.field, note.source, note.note) if each)]
        yield f"note {' '.join(words)}"
    for acronym in plan.glossary:
        yield f"acronym {acronym.acronym} {acronym.expansion}"


def _sorted(values: tuple[object, ...]) -> str:
    return " ".join(str(value) for value in sorted(values, key=str))
