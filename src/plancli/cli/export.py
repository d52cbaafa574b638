"""``plancli export``: the plan in a file for others."""

import os
import re
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from plancli.cli import completion
from plancli.cli.options import (
    Filters,
    OptionGroup,
    SeveralPlans,
    argument,
    flag,
    option,
    refuse_to_overwrite_plan,
)
from plancli.cli.streams import print_err
from plancli.cli.usage import choose
from plancli.errors import PlanError, Unavailable, Usage
from plancli.i18n import LANGUAGES, N_, _, ngettext, os_error_text, use_language

if TYPE_CHECKING:
    from plancli.exchange.request import ExportRequest
    from plancli.loader import Loaded
    from plancli.loader.provenance import Provenance
    from plancli.plan.model import Action, Plan
    from plancli.plan.query import Query

HOLD_SEVERAL = (".csv", ".xlsx", ".json", ".md")
"""The endings of the formats that hold several plans."""

STATEMENTS = ("none", "partial", "full")

EXAMPLES = (
    "plancli export plan.xlsx",
    "plancli export plan.html",
    "plancli export dsj.md -d DSJ -y 2022",
    "plancli export to-send/ --each pilot",
    "plancli export actions.csv --dialect excel-fr",
)


def _dialects() -> Sequence[str]:
    from plancli.exchange.exporters import DIALECTS

    return DIALECTS


class ExportedPlans(SeveralPlans):
    """The plans that are exported: as of their newest entry, so that the same plan gives the same file."""

    def usual_day(self, plan: "Plan") -> str:
        """Return the day of the newest entry; empty where there is none."""
        from plancli.plan.model.follow_up import newest_day

        return newest_day(plan)


class FileOptions(OptionGroup):
    """The dialect, the language and the accessibility statement of a file."""

    dialect: str | None = option(
        N_("NAME"),
        N_("For .csv: excel-fr (semicolons, byte order mark, no formula)."),
        completion.of_words(_dialects),
    )
    accessibility: str | None = option(
        N_("NAME"),
        N_("For .html: what an audit found, none (the default), partial or full."),
        completion.of_words(lambda: STATEMENTS),
    )
    lang: str | None = option(
        N_("NAME"),
        N_("The words around the plan, en or fr, if not in its own language."),
        completion.of_words(lambda: LANGUAGES),
    )
    force: bool = flag("--force", N_("Replace a file that git tracks and that no export wrote."))

    def check(self, file: str) -> None:
        """Raise Usage for an unknown value, and for an option that isn't about this kind of file."""
        if self.dialect is not None:
            choose(self.dialect, _dialects(), _("no dialect {word}"), _("Dialects: {words}"))
            if not file.lower().endswith(".csv"):
                raise Usage(_("--dialect is for .csv files"))
        if self.accessibility is not None:
            choose(self.accessibility, STATEMENTS, _("no level {word}"), _("Levels: {words}"))
            if not file.lower().endswith(".html"):
                raise Usage(_("--accessibility is for .html files"))
        if self.lang is not None:
            choose(self.lang, LANGUAGES, _("no language {word}"), _("Languages: {words}"))

    def refuse_others(self, files: Sequence[str]) -> None:
        """Raise Unavailable for a file that git tracks and that no export wrote, unless it is to be replaced."""
        from plancli.exchange.exporters import is_export
        from plancli.files import read_file
        from plancli.loader.plan_files import is_tracked

        for file in () if self.force else files:
            if os.path.isfile(file) and not is_export(read_file(file), file) and is_tracked(file):
                message = _("{file} is tracked by git, and no export wrote it").format(file=file)
                raise Unavailable(message, _("To replace it: --force"))


def command(
    file: str = argument(N_("FILE"), N_("Its ending says the format: .html .xlsx .docx .csv .json .md .db .atom")),
    *,
    each: str | None = option(
        N_("DIMENSION"),
        N_("A file for each directorate, pilot, measure …, in the folder FILE (.xlsx) or beside FILE."),
        completion.dimensions,
    ),
    form: FileOptions,
    filters: Filters,
    source: ExportedPlans,
) -> None:
    """Write the plan, or the actions that match, to a file; what stood there is replaced."""
    pattern = _checked(file, each, form, source)
    files = source.files
    if files:
        form.refuse_others([file])
        _export_several(file, filters, form, files, source.each(files))
        return
    loaded = source.load()
    query = filters.query(loaded.plan)
    parts = _parts(loaded.plan, query, each, pattern) if each else [(file, query)]
    form.refuse_others([target for target, _part in parts])
    origin = _origin(loaded, source)
    for target, part in parts:
        request = _request(loaded.plan, part, form, origin)
        if target.lower().endswith(".atom"):
            request = _with_history(request, source)
        _write(target, loaded.plan, part, request)


def _checked(file: str, each: str | None, form: FileOptions, source: SeveralPlans) -> str:
    """Return the file to write, for several the folder and the ending; raise Usage where that can't be."""
    from plancli.exchange.exporters import find_exporter

    is_folder = each is not None and (file.endswith("/") or os.path.isdir(file))
    ending = "plan.xlsx" if is_folder else file
    find_exporter(ending)
    form.check(ending)
    files = source.files
    refuse_to_overwrite_plan(file, files or [source.one])
    if files and (each or not file.lower().endswith(HOLD_SEVERAL)):
        raise Usage(
            _("{file} holds one plan, and {n} are asked").format(file=file, n=len(files)),
            _("Several plans go into {endings}").format(endings=" ".join(HOLD_SEVERAL)),
        )
    return os.path.join(file, ".xlsx") if is_folder else file


def _write(file: str, plan: "Plan", query: "Query", request: "ExportRequest") -> None:
    """Write one file, and say on standard error how much is in it."""
    from plancli.exchange.exporters import export
    from plancli.files import write_file

    write_file(file, export(request, file))
    summary = " · ".join(_summary(plan, query, query.select(plan)))
    print_err(_("{file}: {answer}").format(file=file, answer=summary))


_NOT_IN_NAMES = re.compile(r"[^\w. -]")
"""What isn't kept in the name of a file."""

_MOST_IN_NAME = 80
"""Characters of a value in the name of a file, which may have 255 bytes on most systems."""


def _parts(plan: "Plan", query: "Query", dimension: str, pattern: str) -> "list[tuple[str, Query]]":
    """Return a file and a query for each value of a dimension that an action of a query has.

    A file is named as the value is written, in a folder or after the name before the ending: ``out/DSJ.xlsx``,
    ``out/plan-DSJ.md``. What a file name can't have becomes a dash. The folder is made.
    """
    from plancli.files import cannot_write
    from plancli.plan.query import counted, dimension_names, facets_of
    from plancli.text import fold

    facets = counted(facets_of(plan))
    typed = dimension_names(facets).get(fold(dimension), dimension)
    name = choose(typed, [facet.name for facet in facets], _("no dimension {word}"), _("Dimensions: {words}"))
    facet = next(each for each in facets if each.name == name)
    values = dict.fromkeys(value for action in query.select(plan) for value in facet.values(action))
    written = facet.written(plan)
    folder, base = os.path.split(pattern)
    stem, ending = ("", base) if base.startswith(".") else os.path.splitext(base)
    prefix = f"{stem}-" if stem else ""
    found: dict[str, Query] = {}
    for value in values:
        words = _NOT_IN_NAMES.sub("-", str(written.get(value, value)))[:_MOST_IN_NAME].strip(". ")
        target = os.path.join(folder, f"{prefix}{words or '-'}{ending}")
        number = len(found)
        while target.lower() in map(str.lower, found):  # two values whose names differ in what was replaced
            number += 1
            target = os.path.join(folder, f"{prefix}{words}-{number}{ending}")
        found[target] = query._replace(filters=(*query.filters, (facet, (value,))))
    if not found:
        raise Usage(_("no action that matches has a {name}").format(name=name))
    try:
        os.makedirs(folder or os.curdir, exist_ok=True)
    except OSError as error:
        raise cannot_write(folder, os_error_text(error)) from error
    return list(found.items())


def _export_several(
    file: str, filters: Filters, form: FileOptions, files: "Sequence[str]", plans: "Mapping[str, Plan]"
) -> None:
    """Write several plans to one file: as one table, or one after the other."""
    from dataclasses import replace

    from plancli.exchange.request import make_request
    from plancli.plan.model.several import join_plans
    from plancli.text import escape_control

    joined = join_plans(plans)
    query = filters.query(joined)
    chosen = {(action.value("plan"), action.number) for action in query.select(joined)}
    language = form.lang or joined.language
    with use_language(language):
        question = _summary(joined, query, query.select(joined))[1:]
        count = ngettext("{n} file", "{n} files", len(files))
    common = os.path.commonpath(list(map(os.path.abspath, files)))

    def request(name: str, plan: "Plan", source: str) -> "ExportRequest":
        """Return the request for the chosen actions of one plan, or, without its name, of all of them."""
        actions = [each for each in plan.actions if (name or each.value("plan"), each.number) in chosen]
        made = make_request(plan, actions, escape_control(source), question, form.dialect or "")
        return replace(made, language=language)

    parts = ((name, request(name, plan, path)) for path, (name, plan) in zip(files, plans.items(), strict=True))
    every = request("", joined, f"{count}: {common}")
    _write(file, joined, query, replace(every, parts=tuple(part for part in parts if part[1].plan.actions)))


def _origin(loaded: "Loaded", source: SeveralPlans) -> "Provenance":
    """Return the provenance of the plan; warn where its commit isn't certain."""
    from plancli.loader.provenance import find_provenance

    origin = find_provenance(loaded.document.source, source.one, source.at)
    if origin.doubt:
        print_err(_("which commit the plan is from isn't sure: {reason}").format(reason=origin.doubt))
    return origin


def _request(plan: "Plan", query: "Query", form: FileOptions, origin: "Provenance") -> "ExportRequest":
    """Return the request: the actions, the question in the file's language, and where the plan comes from."""
    from dataclasses import replace

    from plancli.exchange.request import make_request
    from plancli.text import escape_control

    actions = query.select(plan)
    with use_language(form.lang or plan.language):
        question = _summary(plan, query, actions)[1:]
    request = make_request(plan, actions, escape_control(origin.file), question, form.dialect or "")
    return replace(
        request,
        revision=origin.revision,
        date=origin.date,
        edited=origin.edited,
        accessibility=form.accessibility or STATEMENTS[0],
        language=form.lang or "",
    )


def _with_history(request: "ExportRequest", source: SeveralPlans) -> "ExportRequest":
    """Return the request with the newest commits of what it asks for; as it is where that or git has none."""
    from dataclasses import replace
    from itertools import islice

    from plancli.git import HEAD
    from plancli.loader.revisions import open_at
    from plancli.review.history import Subjects, history

    numbers = frozenset(action.number for action in request.plan.actions) if request.question else frozenset()
    if request.question and not numbers:
        return request  # a history without subjects is that of the whole plan
    try:
        with open_at(source.one, source.at or HEAD) as (repo, objects, version):
            entries = history(
                repo, objects, version.commit, version.path, Subjects(numbers), repo.shallow_commits()
            )
            return replace(request, history=tuple(islice(entries, MOST_COMMITS)))
    except PlanError:
        return request


MOST_COMMITS = 200
"""The newest commits that a feed has: all of a long history would take minutes."""


def _summary(plan: "Plan", query: "Query", actions: "Sequence[Action]") -> tuple[str, ...]:
    """Return the count of actions and the question, in words; for no actions, the filter that leaves none."""
    from plancli.output.report import plain
    from plancli.output.views.question import notes

    return tuple(plain(note.words) for note in notes(plan, query, actions))
