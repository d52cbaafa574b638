"""The options that several commands have, as groups; a command takes a group as one parameter."""

import os
import re
import sys
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

import typer

from plancli.cli import completion
from plancli.cli.errors import in_place, with_plan
from plancli.cli.streams import page_out, print_err, terminal
from plancli.cli.usage import help_page, unknown_word
from plancli.errors import Unavailable, Usage
from plancli.i18n import N_, _, current_language, did_you_mean, ngettext, use_language
from plancli.text import truncate

if TYPE_CHECKING:
    from plancli.loader import Loaded
    from plancli.output.report import Note, Report
    from plancli.plan.model import Plan
    from plancli.plan.query import Query
    from plancli.plan.writer.edits import Edit

PLAN = N_("Plan")
ANSWER = N_("Answer")
FILTERS = N_("Filters (repeated or with commas: or; different ones: and)")
"""The headings of ``--help`` over options."""


def option(
    metavar: str,
    text: str,
    complete: completion.Complete | None = None,
    *,
    names: Sequence[str] = (),
    default: Any = None,
    panel: str | None = None,
) -> Any:
    """Return an option with a value, called as its parameter unless it has ``names``; ``text`` is its help."""
    return typer.Option(
        default, *names, metavar=metavar, help=text, autocompletion=complete, rich_help_panel=panel
    )


def flag(name: str, text: str, panel: str | None = None) -> Any:
    """Return an option without a value; ``text`` is its help."""
    return typer.Option(False, name, help=text, rich_help_panel=panel)


def argument(metavar: str, text: str, complete: completion.Complete | None = None, default: Any = ...) -> Any:
    """Return an argument, which is required unless it has a default; ``text`` is its help."""
    return typer.Argument(default, metavar=metavar, help=text, autocompletion=complete)


def split_commas(values: Sequence[str] | None) -> tuple[str, ...]:
    """Return the words of an option that may be repeated, each a list with commas."""
    return tuple(word for value in values or () for word in map(str.strip, value.split(",")) if word)


class OptionGroup:
    """Options that a command takes as one parameter: each is an attribute that is an ``option`` or a ``flag``.

    A dataclass would be made of source code each time plancli starts, at ten times the cost.
    """

    def __init__(self, **values: Any) -> None:
        defaults = {name: option.default for name, (_kind, option) in self.options().items()}
        vars(self).update(defaults | values)

    @classmethod
    def options(cls) -> dict[str, tuple[Any, Any]]:
        """Return the type and the option of each attribute, those of the class it extends first."""
        bases = (vars(base).get("__annotations__", {}) for base in reversed(cls.__mro__))
        return {name: (kind, getattr(cls, name)) for found in bases for name, kind in found.items()}


class PlanFile(OptionGroup):
    """The plan that a command is about."""

    plan: str | None = option(
        N_("PATH"),
        N_("The plan's file (-: standard input); else $PLANCLI_PLAN, else the nearest data/plan.yaml."),
        panel=PLAN,
    )


class PlanOptions(PlanFile):
    """The plan that a command asks, and the revision."""

    at: str | None = option(
        N_("REV"),
        N_("As it stood at a git revision (HEAD~1, main, v1), or at the end of a day (2021-06-24)."),
        completion.revisions,
        panel=PLAN,
    )

    def load(self) -> "Loaded":
        """Return the plan, checked; raise InvalidPlan or Unavailable."""
        from plancli.loader import load_plan

        return load_plan(self.plan, self.at)


class DayOptions(PlanOptions):
    """The plan that a command asks, the revision, and the day on which its actions have their status."""

    on: str | None = option(
        N_("DATE"),
        N_("With the status of that day, by the entries up to it (2025-06-30, 2025); else of today."),
        panel=PLAN,
    )

    def load(self) -> "Loaded":
        """Return the plan, checked, as it stood on the day; raise InvalidPlan, Unavailable or Usage."""
        return self.dated(super().load())

    def dated(self, loaded: "Loaded") -> "Loaded":
        """Return a plan as it stood on the day; raise Usage for a day where it has no entry."""
        day = None if self.on is None else _time_of("--on", self.on)[1]
        if not loaded.plan.statuses and not any(action.progress for action in loaded.plan.actions):
            if day is None:
                return loaded
            raise Usage(
                _("no action of {file} has a progress, so no day differs").format(file=loaded.name),
                _("As it stood in git: --at {day}").format(day=day),
            )
        from plancli.plan.model.follow_up import on_day

        day = day or self.usual_day(loaded.plan)
        return loaded._replace(plan=on_day(loaded.plan, day)) if day else loaded

    def usual_day(self, plan: "Plan") -> str:
        """Return the day that counts where none is typed; empty for none."""
        from plancli.dates import today

        return today()


class SeveralPlans(DayOptions):
    """The plan, or the plans together, that a command asks; the revision, and the day."""

    plan: list[str] | None = option(
        N_("PATH"),
        N_("The plan's file (-: standard input), several, or a folder; else the nearest data/plan.yaml."),
        panel=PLAN,
    )  # type: ignore[assignment]  # several of what the others have one of

    @property
    def files(self) -> list[str]:
        """Return the files that are meant, if there are several or a folder was named; else nothing."""
        from plancli.loader.plan_files import named_plan, several_files

        paths = self.plan or [path for path in [named_plan(None)] if path]
        return several_files(paths) if len(paths) > 1 or any(map(os.path.isdir, paths)) else []

    @property
    def one(self) -> str | None:
        """Return the plan that was named, where it is one."""
        return self.plan[0] if self.plan else None

    def load(self) -> "Loaded":
        """Return the one plan, checked; raise InvalidPlan, Unavailable or Usage."""
        from plancli.loader import load_plan

        return self.dated(load_plan(self.one, self.at))

    def ask(self, outline: bool = False) -> "Plan":
        """Return the one plan that was named, or several joined into one; with ``outline``, as their outline.

        Raise InvalidPlan for the first that is invalid: nothing is answered then.
        """
        files = self.files
        if not files:
            return self.load().plan
        from plancli.plan.model.several import join_plans, outline_plans

        return (outline_plans if outline else join_plans)(self.each(files))

    def each(self, files: "Sequence[str]") -> "dict[str, Plan]":
        """Return several plans by their names; raise InvalidPlan for the first that is invalid."""
        if self.at is not None:
            raise Usage(_("--at is about one plan, and {n} are asked").format(n=len(files)))
        from plancli.loader import load_plan
        from plancli.loader.plan_files import plan_names

        loaded = [load_plan(file) for file in files]
        reported = [each for each in loaded if any(action.progress for action in each.plan.actions)]
        plans = [self.dated(each).plan if each in reported or not reported else each.plan for each in loaded]
        return dict(zip(plan_names(files), plans, strict=True))


def _time_of(option: str, text: str) -> tuple[str, str]:
    """Return the first and the last day of the value of an option; raise Usage for what is no date."""
    from plancli.dates import read_time

    found = read_time(text)
    if found is None:
        raise Usage(
            _("{option}: {text} is no date").format(option=option, text=text),
            _("Write a day, a month or a year: {examples}").format(examples="2025-06-30, 2025-06, 2025"),
        )
    return found


def read_since_until(since: str | None, until: str | None) -> tuple[str, str]:
    """Return the first day of ``--since`` and the last of ``--until``, empty for none; raise Usage for no time."""
    start = "" if since is None else _time_of("--since", since)[0]
    end = "" if until is None else _time_of("--until", until)[1]
    if start and end and start > end:
        raise Usage(_("the time ends before it begins: {start}, {end}").format(start=start, end=end))
    return start, end


def load_to_change(path: str, hint: str, only_errors: bool = False) -> "Loaded":
    """Return a plan, whatever rules it breaks; raise InvalidPlan with a hint for what hasn't the shape of one."""
    from plancli.check.checker import check
    from plancli.diagnostic import InvalidPlan
    from plancli.loader import Loaded
    from plancli.loader.plan_files import display_name, read_source

    name = display_name(path)
    checked = check(read_source(path), name, only_errors=only_errors)
    if checked.plan is None:
        message = _("{file} hasn't the shape of a plan; it stays as it is").format(file=name)
        raise InvalidPlan(message, checked.errors, hint)
    return Loaded(checked.plan, name, checked)


class EditOptions(PlanFile):
    """The plan that a command changes, and whether it only shows what it would do."""

    dry_run: bool = flag("--dry-run", N_("Show what it would decide; write nothing."), panel=PLAN)

    @property
    def path(self) -> str:
        """Return the plan's file; raise Unavailable where there is none."""
        from plancli.loader.plan_files import find_plan

        return find_plan(self.plan)

    def load(self) -> "Loaded":
        """Return the plan, whatever rules it breaks; raise InvalidPlan where it hasn't the shape of one."""
        path = self.path
        if path == "-" and not self.dry_run:
            raise Usage(_("standard input can't be changed"), _("Name a file: --plan PATH, or add --dry-run"))
        return load_to_change(path, in_place(self.plan))

    def change(self, loaded: "Loaded", edits: "Sequence[Edit]", answer: "OutputOptions") -> int:
        """Make edits in the plan's file, and write the review of them; return the exit code."""
        from plancli.check.checker import check
        from plancli.edit.edited_plan import apply_edits
        from plancli.output.views.comment import comment_view
        from plancli.output.views.review import review_view

        refuse_to_overwrite_plan(answer.output, [self.path])
        name, source = loaded.name, loaded.document.source
        is_comment = answer.form == "markdown"  # it has the plan's language, and so have the problems in it
        language = loaded.plan.language if is_comment else current_language()
        with use_language(language):
            edited = apply_edits(check(source, name) if is_comment else loaded.checked, edits)
            title = _("{file}: not written (--dry-run)") if self.dry_run else _("{file}: written")
            title = title if edited.source != source else _("{file}: nothing to change")
            title = title.format(file=name)
            view = comment_view(edited.review, name) if is_comment else review_view(edited.review, title)
        if edited.source != source:
            self.write(loaded, edited.source)
        for comment in edited.removed:
            print_err(_("this comment goes with it: {comment}").format(comment=comment.text))
        return answer.write(view, self.path, language=language)

    def write(self, loaded: "Loaded", new: bytes) -> str:
        """Write the plan's file, unless nothing is to be written; return what became of it, in a sentence."""
        from plancli.files import write_file

        if self.dry_run:
            return _("{file}: not written (--dry-run)").format(file=loaded.name)
        old = loaded.document.source
        write_file(self.path, new, old)
        lines = ngettext("{n} line added", "{n} lines added", new.count(b"\n") - old.count(b"\n"))
        return _("{file}: {lines}").format(file=loaded.name, lines=lines)


class PlaceOptions(OptionGroup):
    """The place to which an action or a group goes."""

    measure: str | None = option(
        N_("NUMBER"),
        N_("The measure it is to stand in; any other group by its path or code."),
        completion.of_groups(of_top=False),
    )
    orientation: str | None = option(
        N_("NUMBER"), N_("The orientation it is to stand directly in."), completion.of_groups(of_top=True)
    )
    after: str | None = option(
        N_("NUMBER"), N_("What it is to stand behind; else its number says where."), completion.actions
    )


WITH_GROUP = flag("--with-group", N_("Also take out the group that would be left empty."))
"""Whether a group goes with its last action."""


ANSWER_ENDINGS = {".csv": "csv", ".json": "json", ".md": "markdown", ".markdown": "markdown", ".txt": "table"}
"""The formats of answers by the ending of ``--output``."""


LEAST_WIDTH = 20
"""The least width of an answer, in columns: below it, each word would have a line."""


class OutputOptions(OptionGroup):
    """The format of an answer, and where it goes."""

    format: str | None = option(
        N_("FORMAT"), N_("table (the default), csv, json or markdown."), completion.formats, panel=ANSWER
    )
    output: str | None = option(
        N_("FILE"), N_("Write to a file (atomically); without --format, in that of its ending."), panel=ANSWER
    )
    width: str | None = option(
        N_("COLUMNS"), N_("Columns of a table, as in a terminal so wide, in a pipe or a file too."), panel=ANSWER
    )
    no_pager: bool = flag(
        "--no-pager", N_("Never a pager for a long answer ($PLANCLI_PAGER, else $PAGER, else less)."), panel=ANSWER
    )

    def __init__(self, **values: Any) -> None:
        """Raise Usage for an unknown format or width, and for an output that is a plan; no plan is read yet."""
        super().__init__(**values)
        from plancli.output.renderers import FORMATS

        refuse_to_overwrite_plan(self.output)
        if self.format is not None and self.format not in FORMATS:
            raise _no_format(self.format, FORMATS)
        self.form = self.format or format_by_ending(self.output, ANSWER_ENDINGS) or "table"
        width = self.width
        self.columns = None if width is None else whole_number(width, "--width", "plancli list", LEAST_WIDTH)

    def write(self, report: "Report", *plans: str | None, language: str | None = None) -> int:
        """Write a report to ``--output`` or standard output, its notes to standard error; return the exit code.

        ``plans`` are the names of what was read: none of these files is overwritten. ``language`` is that of the
        answer, if it isn't the reader's.
        """
        from plancli.output.renderers import render
        from plancli.output.terminal import NO_TERMINAL

        file = "" if self.output in (None, "-") else str(self.output)
        refuse_to_overwrite_plan(file, plans)
        screen = NO_TERMINAL if file else terminal()
        if self.columns is not None:
            screen = screen._replace(columns=self.columns)
        report = report._replace(notes=tuple([_with_plan_named(note) for note in report.notes]))
        with use_language(language or current_language()):
            rendering = render(report, self.form, screen)
        if file:
            from plancli.files import write_file

            write_file(file, rendering.text.encode("utf-8", "backslashreplace"))
        for line in rendering.notes.splitlines():  # before the rows of a pipe, so never in the middle of them
            print_err(line)
        if file:
            return 0
        page_out(rendering.text, None if self.no_pager else screen.rows)
        return 0


def _no_format(word: str, formats: Sequence[str]) -> Usage:
    """Return the error for what is no format of an answer; it may be the ending of one."""
    sentence = _("no format {word}").format(word=word)
    if f".{word}" in ANSWER_ENDINGS:
        return Usage(did_you_mean(sentence, f"--format {ANSWER_ENDINGS[f'.{word}']}"))
    return unknown_word(sentence, word, formats, hint=_("Formats: {words}").format(words=", ".join(formats)))


def _with_plan_named(note: "Note") -> "Note":
    """Return a note whose command, if it has one, names the plan that was named."""
    words = note.words
    return note._replace(words=with_plan(words)) if note.kind.is_hint and isinstance(words, str) else note


def format_by_ending(output: str | None, formats: dict[str, str], has_format: bool = True) -> str | None:
    """Return the format for the ending of a file, None where it has no ending; raise Usage for another ending.

    ``has_format`` says that the command has ``--format``, which goes before the ending.
    """
    name = os.path.basename(output or "").lower()
    ending = next((ending for ending in formats if name.endswith(ending)), os.path.splitext(name)[1])
    if not ending:
        return None
    if ending in formats:
        return formats[ending]
    hint = _("Endings: {endings}; any other with --format") if has_format else _("Endings: {endings}")
    raise Usage(
        _("no format for the ending {ending} of {path}").format(ending=ending, path=output),
        hint.format(endings=" ".join(formats)),
    )


def refuse_to_overwrite_plan(output: str | None, plans: Iterable[str | None] = ()) -> None:
    """Raise Usage if ``output`` is an existing YAML file, or one of ``plans`` by any name."""
    if not output:
        return
    refuse_link_outside(output)
    if not os.path.exists(output):
        return
    from plancli.loader.plan_files import named_plan, nearest_plan

    read = [plan for plan in (*plans, named_plan(None), nearest_plan()) if plan and os.path.isfile(plan)]
    is_yaml = os.path.realpath(output).lower().endswith((".yaml", ".yml"))
    if is_yaml or any(os.path.samefile(output, plan) for plan in read):
        raise Usage(
            _("refusing to overwrite the plan {path}").format(path=output),
            _("Give another file: --output FILE"),
        )


def refuse_link_outside(output: str) -> None:
    """Raise Unavailable for a link out of the repository: whoever can push could have anything replaced."""
    from plancli.loader.plan_files import is_written_outside

    if is_written_outside(output):
        raise Unavailable(
            _("{path} is a link out of the repository, and is not written through").format(path=output),
            _("Give another file, or the one that it leads to"),
        )


def language_code(text: str) -> str:
    """Return the code of a language as BCP 47 has it: ``fr``, ``pt-BR``; raise Usage for what isn't one."""
    if not re.fullmatch(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*", text):
        raise Usage(_("{text} is no code of a language: fr, en").format(text=truncate(text, 60)))
    return text


def whole_number(text: str, option: str, command: str, least: int) -> int:
    """Return the value of an option as a number; raise Usage for anything else and for less than ``least``."""
    try:
        number = min(int(text), sys.maxsize)
    except ValueError:
        number = least - 1
    if number < least:
        raise Usage(
            _("{name} takes a whole number, {least} or more").format(name=option, least=least),
            help_page(command),
        )
    return number


class Filters(OptionGroup):
    """The filters of actions, as typed, one a facet: those of ``list``, ``summary`` and ``export``."""

    @classmethod
    def options(cls) -> dict[str, tuple[Any, Any]]:
        """Return the type and the option of each facet, and of ``--field``."""
        from plancli.plan.query import FACETS

        found: dict[str, tuple[Any, Any]] = {}
        for facet in FACETS:
            if facet.is_flag:
                found[facet.name] = bool, flag(facet.flag, facet.help, FILTERS)
            else:
                complete = completion.of_facet(facet)
                typed = option(facet.metavar, facet.help, complete, names=facet.flags, panel=FILTERS)
                found[facet.name] = list[str] | None, typed
        return found | super().options()

    field: list[str] | None = option(
        N_("KEY=VALUE"),
        N_("Has that value of a field that the plan declares, or stands in that group of a level it names."),
        completion.fields,
        names=("-f", "--field"),
        panel=FILTERS,
    )

    def query(self, plan: "Plan") -> "Query":
        """Return the query that these filters ask; raise Usage for a value that the plan doesn't know."""
        from plancli.plan.query import FACETS, make_query

        typed = {
            facet.name: (facet.name,) if facet.is_flag and given else given or ()
            for facet in FACETS
            if (given := getattr(self, facet.name)) is not False
        }
        return make_query(plan, typed, self.field or ())
