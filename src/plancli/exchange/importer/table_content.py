"""The rows of all sheets as those of one table, and what of its headings the plan takes over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from plancli.errors import Invalid
from plancli.exchange.importer.columns import Columns, TableColumn
from plancli.exchange.importer.columns.vocabulary import leading_noun, written_noun
from plancli.exchange.importer.declared import Language
from plancli.exchange.importer.rows.records import GroupRef, Record
from plancli.exchange.importer.rows.sheet_reader import SheetReader
from plancli.exchange.table import BAR
from plancli.i18n import _


@dataclass(frozen=True, slots=True)
class TableContent:
    """What the rows of a table came to, and what of its headings the plan takes over.

    ``columns`` are those of its first sheet, ``banners`` the names of the levels whose titles stand in rows of
    their own. ``declared`` are the columns of the fields to declare, by label; ``register`` has the directorates
    that an exported table declares; ``date`` is the day of what isn't dated.
    """

    records: Sequence[Record]
    columns: Columns
    banners: tuple[str, ...]
    declared: Mapping[str, TableColumn]
    register: Mapping[str, Any]
    date: str
    language: Language


def join_sheets(
    reads: Sequence[SheetReader], register: Mapping[str, Any], date: str, english: bool
) -> TableContent:
    """Return the rows of all sheets as those of one table; a sheet is a group where nothing else says which."""
    columns = reads[0].columns
    for read in reads[1:]:
        if read.columns.levels != columns.levels:
            raise Invalid(
                _("the sheets have other levels: {one} and {other}").format(
                    one=", ".join(columns.levels) or "–", other=", ".join(read.columns.levels) or "–"
                ),
                _("Import them one by one: --sheet NAME"),
            )
    banners = max((read.banner_nouns for read in reads), key=len)
    nouns = [*banners.values()]
    titles = [_sheet_title(read) for read in reads]
    records = [record for read in reads for record in read.records]
    if len(reads) > 1 and _are_groups(titles, [*banners], columns.levels):
        records = [
            replace(record, banners=(GroupRef(title=title), *record.banners))
            for read, title in zip(reads, titles, strict=True)
            for record in read.records
        ]
        nouns = [written_noun(titles[0]), *nouns]
    return TableContent(
        records,
        columns,
        banners=tuple(nouns),
        declared={each.label: each for read in reads for each in read.columns.declared},
        register=register,
        date=date,
        language=Language(english, any(read.months_first for read in reads), columns.code_separator == BAR),
    )


def _sheet_title(read: SheetReader) -> str:
    """Return what a sheet is called: the line above its table, where it says more of the same, else its name."""
    name = read.sheet_name
    return read.title if leading_noun(read.title) and leading_noun(read.title) == leading_noun(name) else name


def _are_groups(titles: Sequence[str], nouns: Sequence[str], levels: Sequence[str]) -> bool:
    named = {leading_noun(title) for title in titles}
    if not levels and not nouns:
        return True
    return len(named) == 1 and "" not in named and not named & {*nouns, *levels}
