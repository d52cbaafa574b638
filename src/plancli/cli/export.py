"""``plancli export``: the plan in a file for others."""

import os
from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated

import typer

from plancli.cli import completion
from plancli.cli.options import ExportedPlans, Filters, OptionGroup, SeveralPlans, refuse_to_overwrite_plan
from plancli.cli.suggest import choose
from plancli.cli.terminal import print_err
from plancli.errors import Usage
from plancli.i18n import LANGUAGES, N_, _, ngettext, use_language

if TYPE_CHECKING:
    from plancli.exchange.request import ExportRequest
    from plancli.loader import Loaded
    from plancli.plan.model import Action, Plan
    from plancli.plan.query import Query

TABLES = (".csv", ".xlsx")
"""The endings of the formats that hold several plans."""

DIALECTS = ("excel-fr",)
STATEMENTS = ("none", "partial", "full")

EXAMPLES = (
    "plancli export plan.xlsx",
    "plancli export plan.html",
    "plancli export dsj.md -d DSJ -y 2022",
    "plancli export actions.csv --dialect excel-fr",
)


class FileOptions(OptionGroup):
    """The dialect, the language and the accessibility statement of a file."""

    dialect: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=N_("For .csv: excel-fr (semicolons, byte order mark, no formula)."),
            autocompletion=completion.of_words(lambda: DIALECTS),
        ),
    ] = None
    accessibility: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=N_("For .html: what an audit found, none (the default), partial or full."),
            autocompletion=completion.of_words(lambda: STATEMENTS),
        ),
    ] = None
    lang: Annotated[
        str | None,
        typer.Option(
            metavar="NAME",
            help=N_("The words around the plan, en or fr, if not in its own language."),
            autocompletion=completion.of_words(lambda: LANGUAGES),
        ),
    ] = None

    def check(self, file: str) -> None:
        """Raise Usage for an unknown value, and for an option that isn't about this kind of file."""
        if self.dialect is not None:
            choose(self.dialect, DIALECTS, _("no dialect {word}"), _("Dialects: {words}"))
            if not file.lower().endswith(".csv"):
                raise Usage(_("--dialect is for .csv files"))
        if self.accessibility is not None:
            choose(self.accessibility, STATEMENTS, _("no level {word}"), _("Levels: {words}"))
            if not file.lower().endswith(".html"):
                raise Usage(_("--accessibility is for .html files"))
        if self.lang is not None:
            choose(self.lang, LANGUAGES, _("no language {word}"), _("Languages: {words}"))


def command(
    file: Annotated[
        str,
        typer.Argument(
            metavar="FILE", help=N_("Its ending says the format: .html .xlsx .docx .csv .json .md .db .atom")
        ),
    ],
    filters: Filters,
    *,
    form: FileOptions,
    source: ExportedPlans,
) -> None:
    """Write the plan, or the actions that match, to a file; what stood there is replaced."""
    from plancli.exchange.exporters import export, find_exporter
    from plancli.files import write_file

    find_exporter(file)
    form.check(file)
    files = source.files
    refuse_to_overwrite_plan(file, files or [source.one])
    if files and not file.lower().endswith(TABLES):
        raise Usage(
            _("{file} holds one plan, and {n} are asked").format(file=file, n=len(files)),
            _("Several plans make a table: {endings}").format(endings=" ".join(TABLES)),
        )
    loaded = None if files else source.load()
    plan = loaded.plan if loaded else source.ask()
    query = filters.query(plan)
    actions = query.select(plan)
    request = (
        _request(loaded, query, actions, form, source) if loaded else _several(plan, query, actions, form, files)
    )
    if loaded and file.lower().endswith(".atom"):
        request = _with_history(request, source)
    write_file(file, export(request, file))
    summary = " · ".join(_summary(plan, query, actions))
    print_err(_("{file}: {answer}").format(file=file, answer=summary))


def _several(
    plan: "Plan", query: "Query", actions: "Sequence[Action]", form: FileOptions, files: "Sequence[str]"
) -> "ExportRequest":
    """Return the request for the actions of several plans."""
    from dataclasses import replace

    from plancli.exchange.request import make_request
    from plancli.text import escape_control

    with use_language(form.lang or plan.language):
        question = _summary(plan, query, actions)[1:]
        source = ngettext("{n} file", "{n} files", len(files))
    source = escape_control(f"{source}: {os.path.commonpath(list(map(os.path.abspath, files)))}")
    return replace(make_request(plan, actions, source, question, form.dialect or ""), language=form.lang or "")


def _request(
    loaded: "Loaded", query: "Query", actions: "Sequence[Action]", form: FileOptions, source: SeveralPlans
) -> "ExportRequest":
    """Return the request: the actions, the question in the file's language, and where the plan comes from."""
    from dataclasses import replace

    from plancli.exchange.request import make_request
    from plancli.loader.provenance import find_provenance
    from plancli.text import escape_control

    plan = loaded.plan
    with use_language(form.lang or plan.language):
        question = _summary(plan, query, actions)[1:]
    provenance = find_provenance(loaded.checked.document.source, source.one, source.at)
    if provenance.doubt:
        print_err(_("which commit the plan is from isn't sure: {reason}").format(reason=provenance.doubt))
    request = make_request(plan, actions, escape_control(provenance.file), question, form.dialect or "")
    return replace(
        request,
        revision=provenance.revision,
        date=provenance.date,
        edited=provenance.edited,
        accessibility=form.accessibility or STATEMENTS[0],
        language=form.lang or "",
    )


def _with_history(request: "ExportRequest", source: SeveralPlans) -> "ExportRequest":
    """Return the request with the newest commits of the plan; as it is where git knows none."""
    from dataclasses import replace
    from itertools import islice

    from plancli.errors import PlanError
    from plancli.git import HEAD
    from plancli.loader.revisions import open_at
    from plancli.review.history import Subjects, history

    numbers = frozenset(action.number for action in request.plan.actions) if request.question else frozenset()
    try:
        with open_at(source.one, source.at or HEAD) as (here, objects, version):
            entries = history(here, objects, version.commit, version.path, Subjects(numbers), here.cut_off())
            return replace(request, history=tuple(islice(entries, MOST_COMMITS)))
    except PlanError:
        return request


MOST_COMMITS = 200
"""The newest commits that a feed tells of: all of a long history would take minutes."""


def _summary(plan: "Plan", query: "Query", actions: "Sequence[Action]") -> tuple[str, ...]:
    """Return the count of actions and the question, in words; for no actions, the filter that leaves none."""
    from plancli.output.report import plain
    from plancli.output.views.question import notes

    return tuple(plain(note.words) for note in notes(plan, query, actions))
