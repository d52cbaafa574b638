"""One plan as one HTML page that needs nothing else: no script, style, font or picture from anywhere."""

from base64 import b64encode
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined, Template
from markupsafe import Markup

from plancli import __version__
from plancli.dates import last_day, show_date
from plancli.exchange.exporters.html import texts
from plancli.exchange.exporters.html.columns import (
    has_associated,
    has_words,
    is_associated,
    is_wide,
    more_columns,
    width_style,
)
from plancli.exchange.exporters.html.groups import group_columns, group_values
from plancli.exchange.request import ExportRequest, describe_selection, describe_source
from plancli.i18n import N_, _, current_language, format_number, known_language, ngettext
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
from plancli.output.views.values import action_name, entry_head, notes_by_block, shown_calendar, shown_status
from plancli.plan.model import (
    FIELDS,
    Action,
    Group,
    Plan,
    SourceNote,
    UnusedNumber,
    calendar,
    count_groups,
    level_of,
    references,
)
from plancli.plan.model.follow_up import end_of, in_order, is_closed
from plancli.plan.model.quotations import lost_quotations
from plancli.plan.query import FACETS
from plancli.text import escape_bidi, fold, truncate

EXCERPT = 110
"""Characters of an action's text in the list; the whole text is below it."""

_COUNTABLE = 40
"""Up to this many actions a bar is one block an action; above, it is scaled."""

_ROOM = 30
"""Blocks there is room for in a bar of roles, so that a small plan has no large ones."""

ACCESSIBILITY = {
    "none": N_("Accessibility: not compliant"),
    "partial": N_("Accessibility: partially compliant"),
    "full": N_("Accessibility: fully compliant"),
}
"""What a publisher may state; without an audit only the first is true (RGAA 4; law 2005-102, article 47)."""


def write(request: ExportRequest) -> bytes:
    """Write the page in the current language; it fetches nothing, and the same request gives the same bytes."""
    plan = request.plan
    columns = more_columns(plan)
    scripts = ("search", "menus", *(("late",) if plan.day else ()), "page")
    style, script = (
        _read("page.css") + width_style(plan, columns) + (_read("follow.css") if plan.day else ""),
        "".join(_read(f"{name}.js") for name in scripts),
    )
    page = _template().render(
        plan=plan,
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        language=current_language(),
        own=_lang(plan.language),
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
        **group_values(plan),
        **_follow_up(plan),
        more_columns=columns,
        has_associated=has_associated(plan),
        is_associated=is_associated(plan),
        has_words=has_words(plan),
        is_wide=is_wide,
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


def _lang(language: str) -> Markup:
    """Return the attribute ``lang`` of a text of the plan, where the page is in another language."""
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


def _charts(plan: Plan) -> dict[str, Any]:
    """Return what the template draws: actions by year, by role, and of each directorate by group."""
    works = participations(plan, plan.actions)
    counts = [list(by_year(plan, own).values()) for own in (*(top.actions for top in plan.groups), plan.loose)]
    drawn = _bars(counts)
    longest = max([_ROOM, *(len(work.pilot) + len(work.associated) for work in works)])
    groups = [group for _top, inner in group_columns(plan) for group in inner]
    written = references(plan)
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
        "matrix_rows": _matrix(works, groups),
        "matrix_numbers": [written[group.path] for group in groups],
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


class _Bar(NamedTuple):
    """A bar as SVG: its drawing space, and the path of each half (full blocks, hollow blocks)."""

    width: int
    full: str
    hollow: str


def _bar(full: int, hollow: int, longest: int) -> _Bar:
    """Draw ``full`` then ``hollow`` actions in a space for ``longest``: a block an action, or one scaled block."""
    if longest <= _COUNTABLE:
        return _Bar(
            8 * max(longest, 1),
            "".join(f"M{8 * index} 0h6v10h-6z" for index in range(full)),
            "".join(f"M{8 * index}.5 .5h5v9h-5z" for index in range(full, full + hollow)),
        )
    wide = 240
    first, second = (round(wide * count / longest) or int(count > 0) for count in (full, hollow))
    return _Bar(
        wide,
        f"M0 0h{first}v10h-{first}z" if first else "",
        f"M{first}.5 .5h{max(second - 1, 1)}v9h-{max(second - 1, 1)}z" if second else "",
    )


def _bars(rows: Sequence[Iterable[int]]) -> list[list[tuple[int, _Bar]]]:
    """Return the counts of some rows with their bars, the longest for the highest of all."""
    counts = [list(row) for row in rows]
    tallest = max((count for row in counts for count in row), default=0)
    return [[(count, _bar(count, 0, tallest)) for count in row] for row in counts]


def _follow_up(plan: Plan) -> dict[str, Any]:
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
        "day": plan.day and show_date(plan.day),
        "late_count": count_late(plan.actions),
        "standing": {
            each.number: (shown_status(each), is_closed(plan, each), end_of(each)) for each in plan.actions
        },
        "journal": {action.number: _journal(action) for action in plan.actions if action.progress},
    }


def _journal(action: Action) -> list[tuple[str, str, str, str, str]]:
    """Return the entries of an action, the newest first: day, day in words, what became of it, note, source."""
    return [
        (last_day(each.date), show_date(each.date), entry_head(each), each.note or "", each.source or "")
        for each in reversed(in_order(action.progress))
    ]


def _split(counted: str) -> tuple[str, str]:
    """Part a counted noun into the number and the noun, to set the number large."""
    number, _space, noun = counted.partition(" ")
    return number, noun


def _tools(plan: Plan) -> dict[str, Any]:
    """Return the functions of the template for texts, codes and numbers."""
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
        "name_of": action_name,
        "says": {facet.name: _(facet.asked) for facet in FACETS},
        "whole": lambda text: texts.whole(text, start()),
        "inline": lambda text: start()(text),
        "excerpt": lambda text: truncate(" ".join(text.split()), EXCERPT),
        "code": {code: texts.abbr(code, directorate.name) for code, directorate in declared.items()},
        "field": lambda key: labels[key],
        "anchor": {code: _anchor(code, index) for code in declared},
        "remark": lambda note: _remark(note, plan.language),
        "notes": notes_by_block(plan),
        "gaps": _gaps(plan),
    }


def _anchor(code: str, index: Mapping[str, int]) -> str:
    """Return the anchor of a directorate: by its code, or by its rank where the code can't be in an address."""
    return f"directorate-{code if code.replace('-', '').replace('_', '').isalnum() else index[code] + 1}"


def _remark(note: SourceNote, language: str) -> str:
    """Return the quotation of a source note, with the marks of the plan's language, and its note."""
    if note.source is None:
        return note.note
    quoted = "«\u202f{source}\u202f»\u00a0: {note}" if known_language(language) == "fr" else '"{source}": {note}'
    return quoted.format(source=note.source, note=note.note)


def _gaps(plan: Plan) -> dict[int, list[UnusedNumber]]:
    """Return the unused numbers by the action they are told after; 0: before the first."""
    found: dict[int, list[UnusedNumber]] = {}
    numbers = sorted(action.number for action in plan.actions)
    for gap in sorted(plan.unused_numbers, key=lambda each: each.number):
        before = bisect_left(numbers, gap.number)
        found.setdefault(numbers[before - 1] if before else 0, []).append(gap)
    return found


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
