"""``plancli import``: a table becomes a plan."""

from typing import TYPE_CHECKING, Any

from plancli.cli.errors import in_place
from plancli.cli.options import (
    PLAN,
    EditOptions,
    OptionGroup,
    OutputOptions,
    argument,
    flag,
    format_by_ending,
    language_code,
    option,
    refuse_link_outside,
)
from plancli.cli.streams import print_err, print_out, terminal
from plancli.dates import read_day, today
from plancli.errors import Invalid, Unavailable, Usage
from plancli.files import read_file, write_file
from plancli.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from plancli.exchange.importer import Imported

EXAMPLES = (
    "plancli import tableau.xlsx --output data/plan.yaml",
    "plancli import tableau.xlsx --explain",
    "plancli import tableau.xlsx --map 'Porteur=pilots,Remarques=-' --default priority=2",
    "plancli import tableau.xlsx --into data/plan.yaml --dry-run",
    "plancli import table.csv --title 'Housing plan' --language en > plan.yaml",
)

TABLE = N_("Table")
BACK = N_("A table that comes back")


class PlanMetadata(OptionGroup):
    """The title and the language of the plan: a table has neither."""

    title: str | None = option(
        N_("TEXT"), N_("The plan's title; else the line above the table, else the file's name."), panel=PLAN
    )
    language: str | None = option(
        N_("CODE"), N_("The plan's language; else en or fr, as the headings are."), panel=PLAN
    )

    def __init__(self, **values: Any) -> None:
        """Raise Usage for what is no code of a language."""
        super().__init__(**values)
        if self.language:
            language_code(self.language)


class TableReading(OptionGroup):
    """The options for a table whose headings don't say enough."""

    sheet: str | None = option(
        N_("NAME"), N_("The sheet, or all; else the one that looks like a plan."), panel=TABLE
    )
    map: list[str] | None = option(
        N_("HEADING=WHAT"), N_("What a column is: 'Porteur=pilots,Remarques=-'; - leaves it out."), panel=TABLE
    )
    default: list[str] | None = option(N_("WHAT=VALUE"), N_("What an empty cell means: priority=2."), panel=TABLE)
    date: str | None = option(N_("DATE"), N_("The day of statuses without one; else today."), panel=TABLE)
    explain: bool = flag("--explain", N_("Show how it would be read; write nothing."), panel=TABLE)
    strict: bool = flag("--strict", N_("Write nothing if anything is told."), panel=TABLE)

    def read(self, table: str, metadata: PlanMetadata) -> "Imported":
        """Return what is read from a table; raise Usage for options that mean nothing."""
        from plancli.exchange.importer import import_table, read_choices

        choices = read_choices(self.map or (), self.default or (), _day(self.date))
        return import_table(read_file(table), table, metadata.title, metadata.language, self.sheet, choices)


def _day(typed: str | None) -> str:
    """Return a day as ISO 8601; today where none is typed."""
    if typed is None:
        return today()
    day = read_day(typed)
    if not day:
        raise Usage(
            _("--date: “{words}” is no day").format(words=typed), _("For example: {day}").format(day="2025-06-30")
        )
    return day.isoformat()


class BackOptions(OptionGroup):
    """The plan that tables which were sent out bring up to date."""

    into: str | None = option(N_("PATH"), N_("Bring this plan up to date from workbooks of export."), panel=BACK)
    dry_run: bool = flag("--dry-run", N_("Show what it would decide; write nothing."), panel=BACK)
    declare: bool = flag("--declare", N_("Declare the codes that the plan doesn't know."), panel=BACK)
    remove_missing: bool = flag("--remove-missing", N_("Remove the actions whose rows are gone."), panel=BACK)

    def check(self, metadata: PlanMetadata, reading: TableReading, output: str | None, force: bool) -> None:
        """Raise Usage for an option that means nothing with --into, or without it."""
        given: dict[str, object]
        if self.into is None:
            given = {"--dry-run": self.dry_run, "--declare": self.declare, "--remove-missing": self.remove_missing}
            message, hint = _("{option} goes with {other}"), _("To see what a table comes to: --explain")
        else:
            given = {"--output": output, "--force": force, "--explain": reading.explain}
            given |= {"--title": metadata.title, "--language": metadata.language, "--default": reading.default}
            message, hint = _("{option} doesn't go with --into"), _("To see what it would decide: --dry-run")
        for name, value in given.items():
            if value:
                raise Usage(message.format(option=name, other=f"--into {_('PATH')}"), hint)

    def update(self, tables: list[str], reading: TableReading) -> int:
        """Bring the plan up to date from tables, and show what that decides; return the exit code."""
        from plancli.exchange.importer import lines_of, read_choices, remedies
        from plancli.exchange.importer.returned import UpdateOptions
        from plancli.exchange.importer.update import read_update

        target = EditOptions(plan=self.into, dry_run=self.dry_run)
        loaded = target.load()
        columns = read_choices(reading.map or (), (), "").columns
        options = UpdateOptions(self.declare, self.remove_missing, _day(reading.date), reading.sheet, columns)
        found = read_update(loaded, [(table, read_file(table)) for table in tables], options)
        for line in lines_of(found.errors or found.issues, found.headings):
            print_err(line)
        if found.errors or (reading.strict and found.issues):
            for line in remedies(found.errors):
                print_err(line)
            raise Invalid(_("{file}: nothing is written").format(file=loaded.name))
        return target.change(loaded, found.edits, OutputOptions())


def command(
    tables: list[str] = argument(N_("TABLE"), N_("TSV, CSV, XLSX, XLS or ODS; -: stdin. Several with --into.")),
    *,
    reading: TableReading,
    metadata: PlanMetadata,
    back: BackOptions,
    output: str | None = option(N_("FILE"), N_("Write the plan to a file that isn't there yet.")),
    force: bool = flag("--force", N_("Replace the file of --output.")),
) -> int:
    """Read a table, report what is odd in it, and write it as a plan; or bring a plan up to date from it."""
    back.check(metadata, reading, output, force)
    if back.into is not None:
        return back.update(tables, reading)
    if len(tables) > 1:
        raise Usage(_("one table makes a plan"), _("Several bring one up to date: --into PATH"))
    return _import(tables[0], reading, metadata, output, force)


def _import(table: str, reading: TableReading, metadata: PlanMetadata, output: str | None, force: bool) -> int:
    """Write the plan of a table, and warnings about it; raise the error that keeps it from being written."""
    from plancli.exchange.importer import counts, messages, remedies
    from plancli.plan.writer import dump

    output = None if output == "-" else output
    format_by_ending(output, {".yaml": "yaml", ".yml": "yaml"}, has_format=False)
    imported = reading.read(table, metadata)
    if reading.explain:
        _explain(imported)
    old = _replaced(output, imported.data, force) if output and not reading.explain else b""
    for line in messages(imported):
        print_err(line)
    if imported.data is None:
        for line in remedies(imported.errors):
            print_err(line)
        raise _refusal_of_errors(table, imported)
    if reading.strict and imported.warnings:
        raise _refusal_of_warnings(table, imported)
    if reading.explain:
        return 0
    text, held = dump(imported.data), counts(imported.data)
    if output:
        write_file(output, text.encode(), old)
        held = _("{file}: {answer}").format(file=output, answer=held)
    else:
        print_out(text)
    print_err(held)
    _check(text, output)
    return 0


def _explain(imported: "Imported") -> None:
    from plancli.exchange.importer import explain_view
    from plancli.output.renderers import render

    print_out(render(explain_view(imported), "table", terminal()).text)


def _refusal_of_errors(table: str, imported: "Imported") -> Invalid:
    """Return the error for a table with rows that can't be read."""
    rows = len({(issue.sheet, issue.row) for issue in imported.errors})
    count = ngettext("{n} row can't be read", "{n} rows can't be read", rows)
    return Invalid(
        _("{file}: {rows}, nothing is written").format(file=table, rows=count),
        _("Correct the table and import it again"),
    )


def _refusal_of_warnings(table: str, imported: "Imported") -> Invalid:
    """Return the error for a table with warnings, with --strict."""
    told = ngettext("{n} thing was told", "{n} things were told", len(imported.warnings))
    return Invalid(
        _("{file}: {told}, nothing is written").format(file=table, told=told),
        _("Correct the table, or leave --strict out"),
    )


def _replaced(output: str, data: dict[str, Any] | None, force: bool) -> bytes:
    """Return the bytes of the file that is replaced, report what is lost; raise Unavailable without force."""
    import os

    from plancli.exchange.importer import losses

    refuse_link_outside(output)
    if not os.path.isfile(output):
        return b""
    old = read_file(output)
    lost = losses(old, data) if data else ()
    parts = " · ".join(lost or ())
    if not force:
        hint = _("To replace it: --force")
        dropped = _("To replace it: --force; that drops what the table doesn't have: {parts}").format(parts=parts)
        raise Unavailable(_("{file} is there already").format(file=output), dropped if parts else hint)
    if lost is None:
        print_err(_("{file} isn't a plan that can be read; it is replaced").format(file=output))
    elif parts:
        line = _("{file} is replaced, and what the table doesn't have is dropped: {parts}")
        print_err(line.format(file=output, parts=parts))
    return old


def _check(text: str, output: str | None) -> None:
    """Raise InvalidPlan where what was read breaks a rule; the plan is written all the same, as it was read."""
    from plancli.check.checker import check
    from plancli.diagnostic import InvalidPlan

    name = output or "<stdout>"
    errors = check(text.encode(), name, only_errors=True).errors
    if not errors:
        return
    count = ngettext("{n} error", "{n} errors", len(errors))
    raise InvalidPlan(
        _("written as read, but it isn't a valid plan: {file} has {errors}").format(file=name, errors=count),
        errors,
        in_place(output) if output else _("To see them in place, write the plan to a file: --output FILE"),
    )
