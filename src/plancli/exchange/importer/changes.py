"""The changes that returned tables make in a plan, gathered from all of them, and the edits for them."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

from plancli.edit.actions import add_action, move_action, next_number, remove_actions, set_values
from plancli.edit.progress import KEYS
from plancli.edit.values import settable
from plancli.exchange.importer.issues import Headings, ImportIssue
from plancli.exchange.table import DESCRIBED, WorkbookCell, action_cells, level_key, place_cells, plan_headings
from plancli.i18n import _, plain_spaces, use_language
from plancli.loader import Loaded
from plancli.location import Path
from plancli.plan.model import Action, Group, Plan, each_action
from plancli.plan.writer.edits import Edit, Insert, Remove, Replace


class Update(NamedTuple):
    """The edits of a plan, and the issues: conflicts and what can't be read are errors."""

    edits: tuple[Edit, ...]
    issues: tuple[ImportIssue, ...]
    headings: Headings

    @property
    def errors(self) -> tuple[ImportIssue, ...]:
        """The issues that keep the plan from being changed."""
        return tuple([each for each in self.issues if each.error])


class PlanIndex:
    """A plan by what the rows of its workbook name: its actions with their cells, its groups, its fields.

    ``numbers`` are the keys of the columns with the numbers of groups, from the top; ``titles`` give for those of
    titles and codes the level, from 0, and which of the two it is.
    """

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        self.fields = {each.key: each for each in settable(plan)}
        self.directorates = {each.code: each for each in plan.directorates}
        self.groups = {action.number: groups for groups, action in each_action(plan)}
        self.actions = {action.number: action for action in plan.actions}
        self.cells = _cells_of(plan)
        keys = {heading.key for heading in plan_headings(plan)}
        levels = [(at, level.name) for at, level in enumerate(plan.levels)]
        self.numbers = [name for _at, name in levels if name in keys]
        self.titles = {
            level_key(name, part): (at, part)
            for at, name in levels
            for part in ("title", "code")
            if level_key(name, part) in keys
        }
        self._by_place = {tuple(map(str, each.place)): each for each in plan.all_groups}

    def place(self, cells: Mapping[str, str]) -> tuple[str, ...]:
        """Return the numbers of the group that a row is in, from the top."""
        return tuple([cells[key] for key in self.numbers if cells.get(key)])

    def group(self, cells: Mapping[str, str]) -> Group | None:
        """Return the group that a row is in; None where the plan has no such group, or it names none."""
        return self._by_place.get(self.place(cells))

    def path_to(self, group: Group) -> tuple[Group, ...]:
        """Return a group and those that it is in, from the top."""
        return tuple(
            [self._by_place[tuple(map(str, group.place[:end]))] for end in range(1, len(group.place) + 1)]
        )


@dataclass(slots=True)
class Changes:
    """The changes that tables make in a plan, gathered cell by cell.

    By the numbers of actions: ``values`` that are set, what is ``reported`` on ``date``, the group to which one is
    ``moved``, the ``removed`` ones, each with the issue if another sheet changes it. Those ``added`` have their
    group, values and number (0: the next one). ``declared`` has what is said of directorates by code, ``retitled``
    which actions' rows say what of the titles and codes of groups, by the paths of these, and what is told where
    they don't agree. ``said`` has by which file a thing was changed first, and to what; ``shown`` are the actions
    that some table has.
    """

    loaded: Loaded
    index: PlanIndex
    date: str
    issues: list[ImportIssue] = field(default_factory=list)
    headings: dict[str, tuple[tuple[int, tuple[str, ...]]]] = field(default_factory=dict)
    values: dict[int, dict[str, Any]] = field(default_factory=dict)
    reported: dict[int, dict[str, Any]] = field(default_factory=dict)
    moved: dict[int, Group] = field(default_factory=dict)
    removed: dict[int, ImportIssue] = field(default_factory=dict)
    added: list[tuple[Group | None, dict[str, Any], int]] = field(default_factory=list)
    declared: dict[str, dict[str, str | None]] = field(default_factory=dict)
    retitled: dict[Path, dict[str, list[tuple[int, ImportIssue]]]] = field(default_factory=dict)
    said: dict[tuple[object, str], tuple[str, Any]] = field(default_factory=dict)
    shown: set[int] = field(default_factory=set)

    def update(self) -> Update:
        """Return the edits of all tables."""
        edits = list(self._title_edits())
        for number in self.removed.keys() & {*self.values, *self.reported, *self.moved}:
            self.issues.append(self.removed[number])
        if any(each.error for each in self.issues):
            return Update((), tuple(self.issues), self.headings)
        for code, about in self.declared.items():
            edits += self._declaration(code, about)
        for number in dict.fromkeys([*self.values, *self.reported, *self.moved]):
            edits += self._action_edits(self.index.actions[number])
        if self.removed:
            with use_language(self.loaded.plan.language):
                reason = plain_spaces(_("No longer in the table that came back."))
            gone = [self.index.actions[number] for number in self.removed]
            edits += remove_actions(self.loaded, gone, reason, with_group=True)
        taken = {number for _group, _values, number in self.added}
        free = (number for number in count(next_number(self.loaded.plan)) if number not in taken)
        for group, values, number in self.added:
            edits += add_action(self.loaded, group, values, number or next(free))
        return Update(tuple(edits), tuple(self.issues), self.headings)

    def _title_edits(self) -> Iterator[Edit]:
        """Yield the edits of titles and codes on which all rows of a group agree; add an issue for the others."""
        inside: dict[Path, set[int]] = {}
        for number in self.shown if self.retitled else ():
            for path in self._paths(number):
                inside.setdefault(path, set()).add(number)
        for path, said in self.retitled.items():
            rows = {number for places in said.values() for number, _issue in places}
            (text, places), *others = said.items()
            if others or inside.get(path[:-1], set()) - rows or (not text and path[-1] == "title"):
                self.issues.append(places[0][1])
            else:
                there = self.loaded.document.at(path) is not None
                yield Remove(path) if not text else Replace(path, text) if there else Insert(path, text)

    def _paths(self, number: int) -> list[Path]:
        """Return the paths of the groups that an action is in, once it has moved."""
        groups = self.index.path_to(self.moved[number]) if number in self.moved else self.index.groups[number]
        return [each.path for each in groups]

    def _action_edits(self, action: Action) -> list[Edit]:
        values = dict(self.values.get(action.number, {}))
        said = self.reported.get(action.number)
        if said:
            known = self.loaded.document.at(action.path).get("progress") or []
            dated = {"date": self.date, **said}
            entry = {key: dated[key] for key in KEYS if key in dated}
            if entry not in known:
                values["progress"] = [*known, entry]
        edits = set_values(self.loaded, action, values)
        if action.number not in self.moved:
            return edits
        block = edits[0].value if edits and isinstance(edits[0], Replace) else None
        moved = move_action(self.loaded, action, self.moved[action.number])
        return [each._replace(value=block) if block and isinstance(each, Insert) else each for each in moved]

    def _declaration(self, code: str, about: Mapping[str, str | None]) -> Iterator[Edit]:
        path = ("directorates", code)
        old = self.loaded.document.at(path) if code in self.index.directorates else None
        said = {**(old or {}), **about}
        new = {key: said[key] for key in DESCRIBED if said.get(key)} or None
        if code not in self.index.directorates:
            yield Insert(path, new)
        elif new != old:
            yield Replace(path, new)


def _cells_of(plan: Plan) -> dict[int, dict[str, str]]:
    """Return the cells of each action by the keys of their columns, as a workbook of it reads."""
    headings = plan_headings(plan)
    types = {each.key: each.type for each in plan.fields}
    found = {}
    for groups, action in each_action(plan):
        cells = action_cells(headings, types, place_cells(plan, groups), action)
        found[action.number] = {heading.key: _text(cell) for heading, cell in zip(headings, cells, strict=True)}
    return found


def _text(cell: WorkbookCell) -> str:
    """Return a cell of a workbook as its reader gives it."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell)
