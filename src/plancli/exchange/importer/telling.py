"""An import in words: oddities and rows that can't be read, by row and column as a spreadsheet counts them."""

from collections.abc import Iterator
from typing import Any

from plancli.exchange.importer.nouns import Imported, letters
from plancli.i18n import _, ngettext
from plancli.text import truncate

_READ = 60
"""Columns of a cell that are told: enough to know it again."""


def problems(imported: Imported) -> Iterator[str]:
    """Tell why rows can't be read, a line a reason."""
    for each in imported.problems:
        yield _("{place}: {note}").format(
            place=_place(imported, each.row, each.column), note=truncate(each.message, 2 * _READ)
        )


def oddities(imported: Imported) -> Iterator[str]:
    """Tell what was odd: where it stands, what was read, what was done."""
    for each in imported.oddities:
        place = _place(imported, each.row, each.column)
        if each.read:
            yield _("{place}: read “{cell}”; {done}").format(
                place=place, cell=truncate(each.read, _READ), done=each.sentence
            )
        else:
            yield _("{place}: {note}").format(place=place, note=each.sentence)


def _place(imported: Imported, row: int, column: int | None) -> str:
    if column is None:
        return _("row {row}").format(row=row) if row else _("the table")
    headings = imported.headings if row > imported.start else ()
    heading = " ".join(headings[column].split()) if column < len(headings) else ""
    if not heading:
        return _("row {row}, column {column}").format(row=row, column=letters(column))
    return _("row {row}, column {column} ({heading})").format(
        row=row, column=letters(column), heading=truncate(heading, _READ)
    )


def counts(data: dict[str, Any]) -> str:
    """Tell what a plan holds: ``31 actions · 9 measures · …``."""
    measures = [measure for orientation in data["orientations"] for measure in orientation["measures"]]
    actions = sum(len(measure["actions"]) for measure in measures)
    parts = [
        ngettext("{n} action", "{n} actions", actions),
        ngettext("{n} measure", "{n} measures", len(measures)),
        ngettext("{n} orientation", "{n} orientations", len(data["orientations"])),
        ngettext("{n} directorate", "{n} directorates", len(data["directorates"])),
    ]
    if "unused_numbers" in data:
        parts.append(ngettext("{n} unused number", "{n} unused numbers", len(data["unused_numbers"])))
    if "source_notes" in data:
        parts.append(ngettext("{n} source note", "{n} source notes", len(data["source_notes"])))
    return " · ".join(parts)
