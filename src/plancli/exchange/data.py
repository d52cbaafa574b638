"""A plan as plain data, in the shape of its file."""

from typing import Any

from plancli.plan.model import FIELD_TYPES, Action, Field, Group, Level, Plan, plural_of, shape


def plan_data(plan: Plan) -> dict[str, Any]:
    """Return a plan as plain data, in the order of the file; optional keys that are empty are left out."""
    data: dict[str, Any] = {
        "title": plan.title,
        "language": plan.language,
        "period": {"start": plan.period.start, "end": plan.period.end},
        "levels": None if plan.declared_levels is None else [_level(each) for each in plan.declared_levels],
        "priorities": list(plan.priorities),
        "statuses": {each.name: {"closed": True} if each.closed else None for each in plan.statuses},
        "fields": {each.key: _field(each) for each in plan.declared_fields},
        "directorates": {each.code: _present("directorate", each) for each in plan.directorates},
        "orientations": [_group(plan, each) for each in plan.groups],
        "actions": [_action(plan, each) for each in plan.loose],
        "unused_numbers": [_present("unused_number", each) for each in plan.unused_numbers],
        "source_notes": [_present("source_note", each) for each in plan.source_notes],
        "glossary": {each.acronym: each.expansion for each in plan.glossary},
    }
    kept = {"directorates", "actions" if plan.loose and not plan.groups else "orientations"}
    if plan.declared_levels is not None:
        kept.add("levels")
    return {key: value for key, value in data.items() if value or key in kept}


def _level(level: Level) -> str | dict[str, str]:
    return level.name if level.plural == plural_of(level.name) else {"name": level.name, "plural": level.plural}


def _field(field: Field) -> dict[str, Any]:
    kind = next(name for name, each in FIELD_TYPES.items() if each is field.type)
    about: dict[str, Any] = {"label": field.label, "type": kind}
    return about | ({"values": list(field.values)} if field.values else {})


def _group(plan: Plan, group: Group) -> dict[str, Any]:
    data = {
        "number": group.number,
        "code": group.code,
        "title": group.title,
        "measures": [_group(plan, each) for each in group.groups],
        "actions": [_action(plan, each) for each in group.loose],
    }
    empty = "actions" if group.groups or (group.level < len(plan.levels) and not group.loose) else "measures"
    return {key: value for key, value in data.items() if value is not None and (value or key != empty)}


def _action(plan: Plan, action: Action) -> dict[str, Any]:
    """Return an action; its keys are in the order of the file."""
    declared = [field.key for field in plan.declared_fields]
    others = (field.key for field in plan.fields if not field.declared)
    keys = dict.fromkeys([*(key.name for key in shape.SHAPE["action"]), *others])
    data = {
        key: _plain(action.value(key)) for key in keys if key not in declared and action.value(key) is not None
    }
    own = {key: _plain(value) for key, value in action.more if key in declared}
    progress = [_present("entry", each) for each in action.progress]
    return data | ({"fields": own} if own else {}) | ({"progress": progress} if progress else {})


def _plain(value: Any) -> Any:
    return list(value) if isinstance(value, tuple) else value


def _present(kind: str, item: object) -> dict[str, Any]:
    """Return the keys of a kind of block that an item has."""
    values = ((key.name, getattr(item, key.name)) for key in shape.SHAPE[kind])
    return {name: value for name, value in values if value is not None}
