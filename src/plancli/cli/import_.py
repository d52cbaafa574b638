"""``plancli import``: a table becomes a plan."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from plancli.cli.options import OptionGroup, format_by_ending, refuse_link_outside
from plancli.cli.suggest import in_place
from plancli.cli.terminal import print_err, print_out
from plancli.errors import Invalid, Unavailable
from plancli.files import read_file, write_file
from plancli.i18n import N_, _, ngettext

if TYPE_CHECKING:
    from plancli.exchange.importer import Imported

EXAMPLES = (
    "plancli import tableau.xlsx --output data/plan.yaml",
    "plancli import table.csv --title 'Housing plan' --language en > plan.yaml",
)

PANEL = N_("Plan")


class PlanMetadata(OptionGroup):
    """The title and the language of the plan: a table has neither."""

    title: Annotated[
        str | None,
        typer.Option(
            metavar="TEXT",
            help=N_("The plan's title; else the line above the table, else the file's name."),
            rich_help_panel=PANEL,
        ),
    ] = None
    language: Annotated[
        str, typer.Option(metavar="CODE", help=N_("The plan's language; else fr."), rich_help_panel=PANEL)
    ] = "fr"


def command(
    table: Annotated[str, typer.Argument(metavar="TABLE", help=N_("TSV, CSV, XLSX, XLS or ODS; -: stdin."))],
    metadata: PlanMetadata,
    *,
    sheet: Annotated[
        str | None,
        typer.Option(metavar="NAME", help=N_("The sheet; else the one that looks like a plan.")),
    ] = None,
    output: Annotated[
        str | None,
        typer.Option(metavar="FILE", help=N_("Write the plan to a file that isn't there yet.")),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help=N_("Replace the file of --output."))] = False,
) -> None:
    """Read a table, report what is odd in it, and write it as a plan."""
    from plancli.exchange.importer import counts, import_table, messages, remedies
    from plancli.plan.writer import dump

    output = None if output == "-" else output
    format_by_ending(output, {".yaml": "yaml", ".yml": "yaml"}, has_format=False)
    imported = import_table(read_file(table), table, metadata.title, metadata.language, sheet)
    old = _replaced(output, imported.data, force) if output else b""
    for line in messages(imported):
        print_err(line)
    if imported.data is None:
        for line in remedies(imported):
            print_err(line)
        raise _unreadable(table, imported)
    text = dump(imported.data)
    if output:
        write_file(output, text.encode(), old)
    else:
        print_out(text)
    print_err(counts(imported.data))
    _check(text, output)


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


def _unreadable(table: str, imported: "Imported") -> Invalid:
    rows = len({issue.row for issue in imported.errors})
    count = ngettext("{n} row can't be read", "{n} rows can't be read", rows)
    return Invalid(
        _("{file}: {rows}, nothing is written").format(file=table, rows=count),
        _("Correct the table and import it again"),
    )


def _check(text: str, output: str | None) -> None:
    """Raise InvalidPlan where what was read breaks a rule; the plan is written all the same, as it was read."""
    from plancli.check.checker import check
    from plancli.diagnostic import InvalidPlan

    name = output or "<stdout>"
    errors = check(text.encode(), name).errors
    if not errors:
        return
    count = ngettext("{n} error", "{n} errors", len(errors))
    raise InvalidPlan(
        _("written as read, but it isn't a valid plan: {file} has {errors}").format(file=name, errors=count),
        errors,
        in_place(output) if output else _("To see them in place, write the plan to a file: --output FILE"),
    )
