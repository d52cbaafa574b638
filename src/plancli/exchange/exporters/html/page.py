"""One plan as one HTML page that needs nothing else: no script, style, font or picture from anywhere."""

import re
from base64 import b64encode
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from plancli import __version__
from plancli.dates import last_day, show_day
from plancli.exchange.exporters.html import texts
from plancli.exchange.request import ExportRequest, describe_selection, describe_source
from plancli.i18n import N_, _, current_language, format_number, ngettext
from plancli.output.views.question import of_how_many
from plancli.output.views.stats import (
    Participation,
    by_calendar,
    by_priority,
    by_status,
    by_year,
    count_late,
    participations,
)
from plancli.output.views.values import entry_head, name_of, notes_by_block, shown, shown_calendar, shown_status
from plancli.plan.model import (
    FIELDS,
    LATE,
    STATUS,
    Action,
    Field,
    Group,
    Plan,
    SourceNote,
    Type,
    UnusedNumber,
    calendar,
    count_groups,
    each_action,
    level_of,
    lost_quotations,
    path_of,
    references,
)
from plancli.plan.model.follow_up import end_of, in_order, is_closed
from plancli.plan.query import FACETS, Facet, facets_of
from plancli.text import capital, escape_bidi, fold, truncate

_COUNTABLE = 40
"""Up to this many actions a bar is one block an action; above, it is scaled."""

_ROOM = 30
"""Blocks there is room for in a bar of roles, so that a small plan has no large ones."""

EXCERPT = 110
"""Characters of an action's text in the list; the whole text stands below it."""


ACCESSIBILITY = {
    "none": N_("Accessibility: not compliant"),
    "partial": N_("Accessibility: partially compliant"),
    "full": N_("Accessibility: fully compliant"),
}
"""What a publisher may state; without an audit only the first is true (RGAA 4; law 2005-102, article 47)."""


def write(request: ExportRequest) -> bytes:
    """Write the page in the current language; it fetches nothing, and the same request gives the same bytes."""
    plan = request.plan
    columns = _more_columns(plan)
    scripts = ("search", "menus", *(("late",) if plan.day else ()), "page")
    style, script = (
        _read("page.css") + _widths(plan, columns) + (_read("follow.css") if plan.day else ""),
        "".join(_read(f"{name}.js") for name in scripts),
    )
    page = _template().render(
        plan=plan,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        language=current_language(),
        own=_own(plan.language),
        question=request.question,
        of_these=_of_these(len(plan.actions)),
        summed_up=describe_selection(request),
        unknown=_unknown(action.number for action in plan.actions),
        made_from=describe_source(request),
        lost=lost_quotations(plan),
        version=__version__,
        accessibility=_(ACCESSIBILITY[request.accessibility]),
        **_totals(plan),
        **_tools(plan),
        **_charts(plan),
        **_groups(plan),
        **_followed(plan),
        more_columns=columns,
        has_associated=_has_associated(plan),
        is_associated=_is_associated(plan),
        has_words=_has_words(plan),
    )
    return escape_bidi(page).encode()  # in attributes too; the template itself has none


@cache
def _template() -> Template:
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.from_string(_read("page.html.j2"))


def _read(name: str) -> str:
    return files("plancli.exchange.exporters.html").joinpath(name).read_text("utf-8")


def _policy(style: str, script: str) -> str:
    """Allow this one style and this one script, by their hashes, and nothing else (Content Security Policy 3)."""

    def allowed(text: str) -> str:
        return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"

    return (
        f"default-src 'none'; style-src {allowed(style)}; script-src {allowed(script)}; "
        "base-uri 'none'; form-action 'none'"
    )


def _own(language: str) -> Markup:
    """Return the attribute that says that a text is in the plan's language, where the page speaks another."""
    if language.partition("-")[0].lower() == current_language() or not language.replace("-", "").isalnum():
        return Markup("")
    return Markup(' lang="{}"').format(language)


def _totals(plan: Plan) -> dict[str, Any]:
    actions = plan.actions
    active = {code for action in actions for code in action.directorates}
    return {
        "actions": actions,
        "period": "-".join(str(year) for year in dict.fromkeys((plan.period.start, plan.period.end))),
        "counts": (
            _split(ngettext("{n} action", "{n} actions", len(actions))),
            *map(_split, count_groups(plan)),
            _split(ngettext("{n} directorate", "{n} directorates", len(active))),
        ),
        "by_calendar": tuple(by_calendar(actions).items()),
        "by_priority": {own: count for own, count in by_priority(plan, actions).items() if count},
    }


class MoreColumn(NamedTuple):
    """An optional field: its key in attributes, its heading, the value of each action by its number.

    ``choices`` are its values with their counts, to filter by; ``chosen`` has the places among them, from 1, of
    each action's own. ``is_short`` tells that two fit beside each other, ``width`` is
    that of its column in the list, 0 without one; ``amounts`` is what a number is
    sorted by, ``items`` are the texts of a list.
    """

    key: str
    label: str
    values: Mapping[int, str]
    choices: tuple[tuple[str, int], ...]
    chosen: Mapping[int, tuple[int, ...]]
    is_short: bool
    width: float
    amounts: Mapping[int, str]
    items: Mapping[int, tuple[str, ...]]

    def lines(self, number: int) -> tuple[str, ...]:
        """Return the value of an action: each text of a list by itself."""
        return self.items.get(number) or (self.values[number],)


_WIDTHS = {Type.DATE: 6.8, Type.DECIMAL: 7.5, Type.CHOICE: 7.5, Type.NUMBER: 5.2, Type.YEAR: 5.2, Type.WORD: 7.5}
"""How wide a column of the list is, by the type of its field, in units of the text; other types have none."""

_ROOM_FOR_COLUMNS = 49.0
"""How wide the columns of the list are together, besides that of the text; what goes beyond stands below only."""

_ROOM_FOR_CHOICES = 56.0
"""The same with status, what is late, and choices: what is filtered by is sorted by too."""

_ASSOCIATED = 10.5
"""How wide the column of who is associated is."""


def _has_associated(plan: Plan) -> bool:
    """Return whether the list has a column of who is associated: it gives way to choices."""
    choices = sum(_WIDTHS[Type.CHOICE] for field in plan.fields if field.type is Type.CHOICE)
    choices += _WIDTHS[Type.CHOICE] + _LATE if plan.day else 0
    has_room = sum(_widths_beside(plan)) + _ASSOCIATED + choices <= _ROOM_FOR_CHOICES
    return _is_associated(plan) and (has_room or not choices)


def _is_associated(plan: Plan) -> bool:
    """Return whether the page tells who is associated."""
    return any(action.associated for action in plan.actions) or not plan.actions


def _least_width(heading: str) -> float:
    """Return how wide the column of a heading is at least: its longest word fits."""
    return 0.56 * max(map(len, heading.split()), default=0) + 1


def _has_words(plan: Plan) -> bool:
    """Return whether a priority is a word."""
    return any(isinstance(each, str) for each in plan.priorities)


_GRID = (
    "@media screen and (min-width: 52.01rem) {{ "
    ".list thead th, .list thead button {{ white-space: normal; text-align: inherit; }} "
    ".list tr {{ grid-template-columns: {0} minmax(10rem, 1fr) {1}; }} }}\n"
    "@media screen and (max-width: 52rem) {{ .list tbody tr {{ padding-left: {0}; }} }}\n"
    '@media print {{ .list th[data-sort="number"] {{ width: {0}; }} '
    '.list th[data-sort="measure"] {{ width: {2:.3g}rem; }} '
    '.list th[data-sort="years"] {{ width: 6.4rem; }} .list th[data-sort="priority"] {{ width: {3:.3g}rem; }} }}\n'
)
"""The style of the list: columns where there is room, else the number beside the rest."""


def _usual_widths(plan: Plan) -> tuple[float, ...]:
    """Return how wide the columns that most plans have are, but the text; 0 for one that is left out."""
    number, group, pilots, years, priority = _widths_beside(plan)
    return number, group, pilots, _ASSOCIATED if _has_associated(plan) else 0.0, years, priority


def _widths_beside(plan: Plan) -> tuple[float, float, float, float, float]:
    """Return how wide they are besides that of who is associated."""
    longest = max((len(action.code or "") for action in plan.actions), default=0)
    priority = 6.2 if _has_words(plan) else 5.2
    number = max(3.6, 0.72 * longest + 0.8)
    group = max(5.4, _least_width(_levels(plan)[-1].word)) if plan.groups else 0.0
    return number, group, 7.5, 7.0, priority if plan.priorities else 0.0


def _widths(plan: Plan, columns: Sequence[MoreColumn]) -> str:
    """Return the style of the columns of the list, where they aren't those that most plans have."""
    first, *others = _usual_widths(plan)
    widths = [*others, *(column.width for column in columns)]
    if (first, *widths) == (3.6, 5.4, 7.5, 10.5, 7.0, 5.2):
        return ""
    tracks = " ".join(f"{each:.3g}rem" for each in widths if each)
    return _GRID.format(f"{first:.3g}rem", tracks, others[0], others[-1])


def _more_columns(plan: Plan) -> tuple[MoreColumn, ...]:
    """Return the optional fields; those with few values are offered as filters. A code stands as the number."""
    facets = {facet.name: facet for facet in facets_of(plan) if facet.counted}
    fields = [field for field in plan.fields if not field.required and field.key != "code"]
    keys = _keys([field.key for field in fields], "field")
    found = [
        *((_status_column(plan), _late_column(plan)) if plan.day else ()),
        *(_more_column(plan, field, key, facets.get(field.key)) for field, key in zip(fields, keys, strict=True)),
    ]
    used = sum(_usual_widths(plan))
    for place, column in sorted(enumerate(found), key=lambda each: not each[1].choices):
        fits = used + column.width <= (_ROOM_FOR_CHOICES if column.choices else _ROOM_FOR_COLUMNS)
        used += column.width if fits else 0
        found[place] = column if fits else column._replace(width=0)
    return tuple(found)


def _status_column(plan: Plan) -> MoreColumn:
    """Return the column of the status that actions have on the day of the plan."""
    names = [*(status.name for status in plan.statuses), _("not reported")]
    own = {action.number: shown_status(action) for action in plan.actions}
    counts = Counter(own.values())
    chosen = {number: (names.index(name) + 1,) for number, name in own.items()}
    choices = tuple((name, counts[name]) for name in names)
    return MoreColumn(STATUS.key, STATUS.title, own, choices, chosen, True, _WIDTHS[Type.CHOICE], {}, {})


_LATE = 5.5


def _late_column(plan: Plan) -> MoreColumn:
    """Return the column of what is late on the day of the plan; the page tells it anew to later readers."""
    late = {action.number: bool(action.value(LATE.key)) for action in plan.actions}
    values = {number: _("late") if is_late else "" for number, is_late in late.items()}
    chosen: dict[int, tuple[int, ...]] = {number: (1,) if is_late else () for number, is_late in late.items()}
    choices = ((_("late"), sum(late.values())),)
    return MoreColumn(LATE.key, LATE.title, values, choices, chosen, True, _LATE, {}, {})


def _followed(plan: Plan) -> dict[str, Any]:
    """Return what the template shows of what was reported: badges, journals, and how many have each status."""
    names = [*(status.name for status in plan.statuses), None]
    rows = [by_status(plan, own) for own in (*(group.actions for group in plan.groups), plan.loose)]
    drawn = _bars([row.values() for row in rows])
    return {
        "statuses": [name or _("not reported") for name in names] if plan.day else [],
        "status_rows": list(zip(plan.groups, drawn, strict=False)),
        "status_loose": drawn[-1],
        "status_totals": list(by_status(plan, plan.actions).values()),
        "by_status_caption": _("Actions by {level} and status").format(level=level_of(plan, 1).name)
        if plan.groups
        else _("Actions by status"),
        "day": plan.day and show_day(plan.day),
        "late_count": count_late(plan.actions),
        "standing": {
            each.number: (shown_status(each), is_closed(plan, each), end_of(each)) for each in plan.actions
        },
        "journal": {action.number: _journal(action) for action in plan.actions if action.progress},
    }


def _journal(action: Action) -> list[tuple[str, str, str, str, str]]:
    """Return the entries of an action, the newest first: day, day in words, what became of it, note, source."""
    return [
        (last_day(each.date), show_day(last_day(each.date)), entry_head(each), each.note or "", each.source or "")
        for each in reversed(in_order(action.progress))
    ]


def _keys(names: Sequence[str], word: str) -> Iterator[str]:
    """Yield names as they can stand in the name of an attribute, each another: ``field-2`` where one can't."""
    for place, name in enumerate(names, 1):
        yield name if _ATTRIBUTE.fullmatch(name) else f"{word}-{place}"


_ATTRIBUTE = re.compile("[a-z][a-z0-9_]*")


def _more_column(plan: Plan, field: Field, key: str, facet: Facet | None) -> MoreColumn:
    values = {action.number: shown(field, action.value(field.key)) for action in plan.actions}
    own = {action.number: facet.values(action) if facet else () for action in plan.actions}
    counts = Counter(each for some in own.values() for each in some)
    places = {each: place for place, each in enumerate(facet.choices(plan) if facet else (), 1)}
    lists = {action.number: action.value(field.key) for action in plan.actions if field.type is Type.LIST}
    amounts = {action.number: action.value(field.key) for action in plan.actions if field.type is Type.DECIMAL}
    return MoreColumn(
        key,
        field.title,
        values,
        tuple((str(each), counts[each]) for each in places),
        {number: tuple(places[each] for each in some) for number, some in own.items()},
        field.type in _WIDTHS,
        max(_WIDTHS[field.type], _least_width(field.title)) if field.type in _WIDTHS else 0,
        {number: "" if value is None else str(value) for number, value in amounts.items()},
        {number: tuple(map(str, value)) for number, value in lists.items() if isinstance(value, tuple)},
    )


class LevelView(NamedTuple):
    """A level of the plan: its name in filters and in attributes, its heading, its groups.

    ``chosen`` has for each action the number by which its group is filtered; ``is_numbered`` tells that it is the
    number of the group itself.
    """

    key: str
    attribute: str
    word: str
    groups: tuple[Group, ...]
    chosen: Mapping[int, int | str]
    is_numbered: bool


def _levels(plan: Plan) -> tuple[LevelView, ...]:
    """Return the levels that some group of the plan has, from the top."""
    depth = max((group.level for group in plan.all_groups), default=0)
    if plan.declared_levels is None:
        depth = max(depth, len(plan.levels))
    names = [level_of(plan, level).name for level in range(1, depth + 1)]
    keys = [*_keys([fold(name) for name in names], "level")]
    return tuple(
        _level(plan, level, name, key) for level, (name, key) in enumerate(zip(names, keys, strict=True), 1)
    )


def _level(plan: Plan, level: int, name: str, key: str) -> LevelView:
    groups = tuple(group for group in plan.all_groups if group.level == level)
    is_numbered = plan.declared_levels is None and level <= len(plan.levels)
    key = plan.levels[level - 1].name if is_numbered else key
    places = {group.path: group.number if is_numbered else place for place, group in enumerate(groups, 1)}
    chosen = {
        action.number: places[chain[level - 1].path] if len(chain) >= level else ""
        for chain, action in each_action(plan)
    }
    attribute = key if is_numbered else f"facet-{key}"
    return LevelView(key, attribute, capital(name), groups, chosen, is_numbered)


def _groups(plan: Plan) -> dict[str, Any]:
    """Return what the template calls for each group, and what it says of all of them."""
    levels, ref = _levels(plan), references(plan)

    def place(group: Group) -> str:
        level = levels[group.level - 1]
        return f"{level.key}-{group.number}" if level.is_numbered else f"group-{path_of(group)}"

    top, inner = level_of(plan, 1), level_of(plan, 2 if plan.measures else 1)
    sentences = {
        "by_year_caption": _("Actions by orientation and year"),
        "all_groups": _("All orientations"),
        "matrix_note": _(
            "One row a directorate, one column a measure; in each cell, the number of actions as pilot and as "
            "associated. Those who meet in a column work on the same measure."
        ),
        "matrix_key": _("The measures"),
    }
    named = {
        "by_year_caption": _("Actions by {level} and year").format(level=top.name),
        "all_groups": _("All {levels}").format(levels=top.plural),
        "matrix_note": _(
            "Rows are directorates, columns {levels}: how many actions as pilot and as associated."
        ).format(levels=inner.plural),
        "matrix_key": capital(inner.plural),
    }
    return {
        **(sentences if plan.declared_levels is None else named),
        "levels": levels,
        "ref": ref,
        "place": place,
        "columns": _columns(plan),
        "inside": {action.number: ref[chain[-1].path] if chain else "–" for chain, action in each_action(plan)},
        "rank": {each: each if isinstance(each, int) else -at for at, each in enumerate(plan.ranks, 1)},
    }


def _columns(plan: Plan) -> list[tuple[Group, tuple[Group, ...]]]:
    """Return the groups of the top that hold others, each with those; one that holds none stands for itself."""
    return [(group, group.groups or (group,)) for group in plan.groups if group.groups or group.loose]


def _split(counted: str) -> tuple[str, str]:
    """Part a counted noun into the number and the noun, to set the number large."""
    number, _space, noun = counted.partition(" ")
    return number, noun


def _tools(plan: Plan) -> dict[str, Any]:
    """Return what the template calls for each text, code and number."""
    start = texts.abbreviate(plan.glossary)
    declared = {each.code: each for each in plan.directorates}
    index = {code: place for place, code in enumerate(declared)}
    labels = {each.key: each.title for each in FIELDS} | {"title": _("Title"), "text": _("Text")}
    return {
        "declared": declared,
        "index": index,
        "calendar": calendar,
        "calendar_of": lambda action: shown_calendar(action) or "–",
        "number": format_number,
        "_": _,
        "ngettext": ngettext,
        "name_of": name_of,
        "says": {facet.name: _(facet.asked) for facet in FACETS},
        "whole": lambda text: texts.whole(text, start()),
        "inline": lambda text: start()(text),
        "excerpt": lambda text: truncate(" ".join(text.split()), EXCERPT),
        "code": {code: texts.code_of(directorate) for code, directorate in declared.items()},
        "field": lambda key: labels[key],
        "anchor": {code: _anchor(code, index) for code in declared},
        "remark": lambda note: _remark(note, plan.language),
        "notes": notes_by_block(plan),
        "gaps": _gaps(plan),
    }


def _anchor(code: str, index: Mapping[str, int]) -> str:
    """Name the place of a directorate: by its code, or by its rank where the code can't stand in an address."""
    return f"directorate-{code if code.replace('-', '').replace('_', '').isalnum() else index[code] + 1}"


def _remark(note: SourceNote, language: str) -> str:
    """Return what the source has, quoted as the plan's language quotes, and what is noted of it."""
    if note.source is None:
        return note.note
    quoted = "«\u202f{source}\u202f»\u00a0: {note}" if language.startswith("fr") else '"{source}": {note}'
    return quoted.format(source=note.source, note=note.note)


def _gaps(plan: Plan) -> dict[int, list[UnusedNumber]]:
    """Return the unused numbers by the action they are told after; 0: before the first."""
    found: dict[int, list[UnusedNumber]] = {}
    numbers = sorted(action.number for action in plan.actions)
    for gap in sorted(plan.unused_numbers, key=lambda each: each.number):
        before = bisect_left(numbers, gap.number)
        found.setdefault(numbers[before - 1] if before else 0, []).append(gap)
    return found


def _charts(plan: Plan) -> dict[str, Any]:
    works = participations(plan, plan.actions)
    counts = [list(by_year(plan, own).values()) for own in (*(top.actions for top in plan.groups), plan.loose)]
    drawn = _bars(counts)
    longest = max([_ROOM, *(len(work.pilot) + len(work.associated) for work in works)])
    return {
        "years": tuple(plan.period.years),
        "year_rows": list(zip(plan.groups, drawn, strict=False)),
        "loose_row": drawn[-1],
        "year_totals": list(by_year(plan, plan.actions).values()),
        "overlap": sum(map(sum, counts)) > len(plan.actions),
        "works": works,
        "role_rows": [
            (work, _bar(len(work.pilot), len(work.associated), longest)) for work in works if work.actions
        ],
        "matrix_rows": _matrix(works, [group for _top, inner in _columns(plan) for group in inner]),
        "sorted_codes": sorted(plan.directorates, key=lambda each: fold(each.code)),
        "totals_of": {work.code: work for work in works},
    }


def _matrix(
    works: Iterable[Participation], groups: Sequence[Group]
) -> list[tuple[Participation, list[tuple[int, int]]]]:
    """Return for each directorate in some action how many of each group it pilots, and is associated in."""
    columns = [
        (
            Counter(code for action in group.actions for code in {*action.pilots}),
            Counter(code for action in group.actions for code in {*action.associated}),
        )
        for group in groups
    ]
    return [
        (work, [(pilot[work.code], associated[work.code]) for pilot, associated in columns])
        for work in works
        if work.actions
    ]


class Bar(NamedTuple):
    """A bar as SVG: its drawing space, and the path of each half (full blocks, hollow blocks)."""

    width: int
    full: str
    hollow: str


def _bar(full: int, hollow: int, longest: int) -> Bar:
    """Draw ``full`` then ``hollow`` actions in a space for ``longest``: a block an action, or one scaled block."""
    if longest <= _COUNTABLE:
        return Bar(
            8 * max(longest, 1),
            "".join(f"M{8 * index} 0h6v10h-6z" for index in range(full)),
            "".join(f"M{8 * index}.5 .5h5v9h-5z" for index in range(full, full + hollow)),
        )
    wide = 240
    first, second = (round(wide * count / longest) or int(count > 0) for count in (full, hollow))
    return Bar(
        wide,
        f"M0 0h{first}v10h-{first}z" if first else "",
        f"M{first}.5 .5h{max(second - 1, 1)}v9h-{max(second - 1, 1)}z" if second else "",
    )


def _bars(rows: Sequence[Iterable[int]]) -> list[list[tuple[int, Bar]]]:
    """Return the counts of some rows with their bars, the longest for the highest of all."""
    counts = [list(row) for row in rows]
    tallest = max((count for row in counts for count in row), default=0)
    return [[(count, _bar(count, 0, tallest)) for count in row] for row in counts]


def _of_these(total: int) -> tuple[str, str, str]:
    """Return how many actions of how many: none, one, more; the page fills in ``{n}``."""
    none, one, more = (of_how_many(count, total).replace(str(count), "{n}", 1) for count in range(3))
    return none, one, more


def _unknown(numbers: Iterable[int]) -> str:
    """Return that there is no such action; the page fills in which."""
    first, *others = sorted(numbers) or [0]
    if not first:
        return _("No action has this number.")
    sentence = _("There is no action {number}: actions run from {first} to {last}.")
    return sentence.format(number="{number}", first=first, last=others[-1] if others else first)
