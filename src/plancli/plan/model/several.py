"""Several plans as one, to be asked together: each action has the name of its plan."""

from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, partial
from typing import TypeVar

from plancli.i18n import N_, _, known_language, ngettext
from plancli.location import Path
from plancli.plan.model.fields import Field, Type
from plancli.plan.model.types import Action, Group, Level, Period, Plan, Value, fields_of, with_actions

T = TypeVar("T")

PLAN = Field("plan", Type.CHOICE, N_("Plan"), N_("plan"), french="Plan", required=False, width=22)
"""The name of the plan that an action is of."""


class JoinedPlan(Plan):
    """Several plans as one: the actions of each stand together."""

    @cached_property
    def actions(self) -> tuple[Action, ...]:
        """All actions, plan by plan."""
        order = {name: place for place, name in enumerate(self.fields[-1].values)}
        return tuple(sorted(super().actions, key=lambda action: order[str(action.value(PLAN.key))]))


def join_plans(plans: Mapping[str, Plan]) -> Plan:
    """Return some plans, by their names, as one whose actions have a field ``plan``.

    Columns, priorities, statuses and directorates are those of all of them, as the first plan that has each says.
    Levels keep their names where all plans have the same. A field that they declare with other types is a text.
    """
    several = list(plans.values())
    fields = _fields_of(several)
    texts = frozenset(field.key for field in fields if field.declared and field.type is Type.PROSE)
    levels = {plan.declared_levels for plan in several}
    languages = {known_language(plan.language) or plan.language for plan in several}
    groups: list[Group] = []
    loose: list[Action] = []
    for name, plan in plans.items():
        own = with_actions(plan, partial(_with_plan_name, name, texts))
        groups += [
            _with_paths_under(group, ("orientations", at)) for at, group in enumerate(own.groups, len(groups))
        ]
        loose += [each._replace(path=("actions", len(loose) + at)) for at, each in enumerate(own.loose)]
    return JoinedPlan._make(several[0])._replace(
        title=ngettext("{n} plan", "{n} plans", len(several)),
        language=several[0].language if len(languages) == 1 else "en",
        period=Period(min(plan.period.start for plan in several), max(plan.period.end for plan in several)),
        priorities=_each_once(plan.priorities for plan in several),
        directorates=_each_once((plan.directorates for plan in several), lambda each: each.code),
        groups=tuple(groups),
        unused_numbers=(),
        source_notes=(),
        glossary=_each_once((plan.glossary for plan in several), lambda each: each.acronym),
        fields=(*fields, PLAN._replace(values=tuple(plans))),
        loose=tuple(loose),
        declared_levels=levels.pop() if len(levels) == 1 else None,
        statuses=_each_once((plan.statuses for plan in several), lambda each: each.name),
        derived=max((plan.derived for plan in several), key=len),
        day=max(plan.day for plan in several),
    )


def outline_plans(plans: Mapping[str, Plan]) -> Plan:
    """Return some plans as one with a group a plan, whose code is its name."""
    joined = join_plans(plans)
    groups = []
    for number, (name, plan) in enumerate(plans.items(), 1):
        path = ("orientations", number - 1)
        actions = tuple(
            action._replace(place=(number,), path=(*path, "actions", at)) for at, action in enumerate(plan.actions)
        )
        groups.append(Group(number, plan.title, (), actions, (number,), path, code=name))
    return Plan._make(joined)._replace(
        groups=tuple(groups),
        loose=(),
        fields=tuple(field for field in joined.fields if field.key != PLAN.key),
        declared_levels=(Level(_("plan"), _("plans")),),
    )


def _fields_of(plans: Sequence[Plan]) -> tuple[Field, ...]:
    """Return the fields of some plans: called by its key, and a text, what they don't call or type alike."""
    declared = [field for plan in plans for field in plan.declared_fields]
    found = []
    for field in fields_of(*plans):
        same = [each for each in declared if each.key == field.key]
        if len({each.label for each in same}) > 1:
            field = field._replace(label=field.key)
        if len({each.type for each in same}) > 1:
            field = field._replace(type=Type.PROSE, values=())
        found.append(field)
    return tuple(found)


def _with_plan_name(name: str, texts: Container[str], actions: tuple[Action, ...]) -> tuple[Action, ...]:
    """Return actions with the name of their plan as a field, and with some fields as texts."""

    def fields(action: Action) -> Iterator[tuple[str, Value]]:
        yield PLAN.key, name
        for key, value in action.more:
            yield key, _text(value) if key in texts else value

    return tuple([each._replace(more=tuple(fields(each))) for each in actions])


def _text(value: Value) -> str:
    """Return a value of any type as a text."""
    return " · ".join(map(str, value)) if isinstance(value, tuple) else str(value)


def _with_paths_under(group: Group, top: Path) -> Group:
    """Return a group, and all in it, with other first steps of their paths."""
    return group._replace(
        path=(*top, *group.path[2:]),
        groups=tuple([_with_paths_under(each, top) for each in group.groups]),
        loose=tuple([each._replace(path=(*top, *each.path[2:])) for each in group.loose]),
    )


def _each_once(several: Iterable[tuple[T, ...]], key: Callable[[T], object] = lambda each: each) -> tuple[T, ...]:
    """Return the items of several tuples in their order; of those with the same key, the first."""
    found: dict[object, T] = {}
    for some in several:
        for each in some:
            found.setdefault(key(each), each)
    return tuple(found.values())
