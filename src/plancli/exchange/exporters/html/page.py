"""One plan as one HTML page that needs nothing else: no script, style, font or picture from anywhere."""

from base64 import b64encode
from collections import Counter
from collections.abc import Mapping
from hashlib import sha256
from importlib.resources import files
from typing import Any, NamedTuple

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from plancli import __version__
from plancli.exchange.exporters.html import figures, texts
from plancli.exchange.exporters.html.words import ACCESSIBILITY, of_these, unknown, words
from plancli.exchange.request import ExportRequest, describe_selection, describe_source
from plancli.i18n import _, current_language, format_number, ngettext
from plancli.output.views.actions import shown
from plancli.plan.model import FIELDS, Plan, SourceNote, UnusedNumber, calendar, lost_quotations
from plancli.plan.query import facets_of
from plancli.text import escape_bidi, fold, truncate

_ROOM = 30
"""Blocks there is room for in a bar of roles, so that a small plan has no large ones."""

EXCERPT = 110
"""Characters of an action's text in the list; the whole text stands below it."""


def make_page(request: ExportRequest) -> str:
    """Return the page in the current language; the same request gives the same text."""
    plan = request.plan
    environment = Environment(
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    template = environment.from_string(_read("page.html.j2"))
    style, script = _read("page.css"), "".join(_read(f"{name}.js") for name in ("search", "menus", "page"))
    page = template.render(
        plan=plan,
        words=words(),
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script),
        language=current_language(),
        own=_own(plan.language),
        question=request.question,
        of_these=of_these(len(plan.actions)),
        summed_up=describe_selection(request),
        unknown=unknown(action.number for action in plan.actions),
        made_from=describe_source(request),
        lost=lost_quotations(plan),
        version=__version__,
        accessibility=_(ACCESSIBILITY[request.accessibility]),
        **_totals(plan),
        **_tools(plan),
        **_charts(plan),
        more_columns=_more_columns(plan),
    )
    return escape_bidi(page)  # in attributes too; the template itself has none


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
    calendars = Counter(action.covered for action in actions)
    priorities = Counter(action.priority for action in actions)
    return {
        "actions": actions,
        "period": "-".join(str(year) for year in dict.fromkeys((plan.period.start, plan.period.end))),
        "counts": (
            _split(ngettext("{n} action", "{n} actions", len(actions)), len(actions)),
            _split(ngettext("{n} measure", "{n} measures", len(plan.measures)), len(plan.measures)),
            _split(
                ngettext("{n} orientation", "{n} orientations", len(plan.orientations)), len(plan.orientations)
            ),
            _split(ngettext("{n} directorate", "{n} directorates", len(active)), len(active)),
        ),
        "by_calendar": tuple(
            (calendar(years), calendars[years]) for years in sorted(calendars, key=lambda each: (len(each), each))
        ),
        "by_priority": tuple(
            (priority, priorities[priority]) for priority in plan.ranks if priority in priorities
        ),
    }


class MoreColumn(NamedTuple):
    """An optional field: its key, its heading, the value of each action by its number.

    ``choices`` are its values with their counts, to filter by; ``chosen`` has the places among them, from 1, of
    each action's own.
    """

    key: str
    label: str
    values: Mapping[int, str]
    choices: tuple[tuple[str, int], ...]
    chosen: Mapping[int, tuple[int, ...]]


def _more_columns(plan: Plan) -> tuple[MoreColumn, ...]:
    """Return the optional fields; those with few values are offered as filters."""
    facets = {facet.name: facet for facet in facets_of(plan) if facet.counted}
    found = []
    for field in plan.fields:
        if field.required:
            continue
        values = {action.number: shown(field, action.value(field.key)) for action in plan.actions}
        facet = facets.get(field.key)
        own = {action.number: facet.values(action) if facet else () for action in plan.actions}
        counts = Counter(each for some in own.values() for each in some)
        places = {each: place for place, each in enumerate(facet.choices(plan) if facet else (), 1)}
        choices = tuple((str(each), counts[each]) for each in places)
        chosen = {number: tuple(places[each] for each in some) for number, some in own.items()}
        found.append(MoreColumn(field.key, _(field.label), values, choices, chosen))
    return tuple(found)


def _split(counted: str, count: int) -> tuple[str, str]:
    """Part a counted noun into the number and the noun, to set the number large."""
    return format_number(count), counted.replace(format_number(count), "", 1).strip()


def _tools(plan: Plan) -> dict[str, Any]:
    """Return what the template calls for each text, code and number."""
    start = texts.abbreviate(plan.glossary)
    declared = {each.code: each for each in plan.directorates}
    index = {code: place for place, code in enumerate(declared)}
    labels = {each.key: _(each.label) for each in FIELDS} | {"title": _("Title"), "text": _("Text")}
    return {
        "declared": declared,
        "index": index,
        "calendar": calendar,
        "number": format_number,
        "plural": ngettext,
        "whole": lambda text: texts.whole(text, start()),
        "inline": lambda text: start()(text),
        "excerpt": lambda text: truncate(" ".join(text.split()), EXCERPT),
        "code": lambda code: texts.code_of(declared[code]),
        "field": lambda key: labels[key],
        "anchor": lambda code: _anchor(code, index),
        "remark": lambda note: _remark(note, plan.language),
        "notes": _notes(plan),
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


def _notes(plan: Plan) -> dict[tuple[str, int], list[SourceNote]]:
    """Sort the source notes by what they are about; ``("plan", 0)`` is the plan."""
    found: dict[tuple[str, int], list[SourceNote]] = {}
    for note in plan.source_notes:
        places = ((kind, getattr(note, kind)) for kind in ("action", "measure", "orientation"))
        place = next(((kind, number) for kind, number in places if number is not None), ("plan", 0))
        found.setdefault(place, []).append(note)
    return found


def _gaps(plan: Plan) -> dict[int, list[UnusedNumber]]:
    """Return the unused numbers by the action they are told after; 0: before the first."""
    found: dict[int, list[UnusedNumber]] = {}
    numbers = sorted(action.number for action in plan.actions)
    for gap in sorted(plan.unused_numbers, key=lambda each: each.number):
        before = [number for number in numbers if number < gap.number]
        found.setdefault(before[-1] if before else 0, []).append(gap)
    return found


def _charts(plan: Plan) -> dict[str, Any]:
    works = figures.works(plan)
    years = tuple(plan.period.years)
    counts = [[figures.covering(each.actions, year) for year in years] for each in plan.orientations]
    tallest = max((count for row in counts for count in row), default=0)
    longest = max([_ROOM, *(len(work.pilot) + len(work.associated) for work in works)])
    return {
        "years": years,
        "year_rows": tuple(
            (each, tuple((count, figures.bar(count, 0, tallest)) for count in row))
            for each, row in zip(plan.orientations, counts, strict=True)
        ),
        "year_totals": tuple(figures.covering(plan.actions, year) for year in years),
        "overlap": sum(map(sum, counts)) > len(plan.actions),
        "works": works,
        "role_rows": tuple(
            (work, figures.bar(len(work.pilot), len(work.associated), longest)) for work in works if work.total
        ),
        "matrix_rows": figures.matrix(works, plan.measures),
        "sorted_codes": sorted(plan.directorates, key=lambda each: fold(each.code)),
        "totals_of": {work.directorate.code: work for work in works},
    }
