"""Records to the data of a plan: orientations and measures are put together, codes settled, gaps declared."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from plancli.exchange.importer.codes import Settled, settle
from plancli.exchange.importer.nouns import Oddity, Place, Problem, Record
from plancli.i18n import N_, _

Block = dict[str, Any]

MOST_UNUSED = 100
"""Missing numbers that are declared, at most: a table whose numbers leap further was numbered otherwise."""


class Assembly:
    """Orientations and measures in the making; records are added in the order of the table.

    ``numbered`` names the columns that the table has: places it doesn't number are numbered in its order.
    """

    def __init__(self, numbered: Collection[str]) -> None:
        self.orientations: list[Block] = []
        self.problems: list[Problem] = []
        self.oddities: list[Oddity] = []
        self._numbered = numbered
        self._orientation: Block | None = None
        self._measure: Block | None = None
        self._measures = 0
        self._places: dict[int, tuple[dict[int, Block], dict[str, Block]]] = {}

    def add(self, record: Record, settled: Settled) -> None:
        """Put one action where its row says, in a new orientation or measure if need be."""
        before = self._orientation
        orientation = self._find(record, record.orientation, "orientation", self.orientations, before)
        if orientation is None:
            return
        measures = orientation["measures"]
        current = self._measure if orientation is before else None
        measure = self._find(record, record.measure, "measure", measures, current)
        self._orientation = orientation
        if measure is None:
            return
        self._measure = measure
        measure["actions"].append(
            {
                "number": record.number,
                "text": record.text,
                "pilots": list(settled.pilots),
                "associated": list(settled.associated),
                "years": list(record.years),
                "priority": record.priority,
                **dict(record.more),
            }
        )

    def _find(
        self, record: Record, place: Place, kind: str, blocks: list[Block], current: Block | None
    ) -> Block | None:
        """Give the orientation or measure a row stands in; nothing said means the one above."""
        number, title = place.number, place.title
        numbers, titles = self._places.setdefault(id(blocks), ({}, {}))  # of the blocks of one list, which stays
        if number is None and not title:
            if current is None:
                self._wrong(record, place, _(_WITHOUT[kind]))
            return current
        if number is None:
            if title in titles:
                return titles[title]
            if kind in self._numbered:
                self._wrong(record, place, _(_UNNUMBERED[kind]))
                return None
            number = (len(blocks) if kind == "orientation" else self._measures) + 1
        known = current if current and current["number"] == number else numbers.get(number)
        if known is not None:
            self._compare(record, place, kind, known)
            return known
        if not title:
            self._wrong(record, place, _(_UNTITLED[kind]).format(number=number))
            return None
        block: Block = {"number": number, "title": title}
        block["measures" if kind == "orientation" else "actions"] = []
        self._measures += kind == "measure"
        blocks.append(block)
        numbers[number] = titles[title] = block
        return block

    def _compare(self, record: Record, place: Place, kind: str, known: Block) -> None:
        if place.title and place.title != known["title"]:
            done = N_("another title for the same number, the first one is kept")
            about = {kind: known["number"]}
            self.oddities.append(Oddity(record.row, place.column, place.title, done, field="title", **about))

    def _wrong(self, record: Record, place: Place, message: str) -> None:
        self.problems.append(Problem(record.row, place.column, message))


_WITHOUT = {
    "orientation": N_("no orientation here or above"),
    "measure": N_("no measure here or above in its orientation"),
}
_UNNUMBERED = {
    "orientation": N_("the orientation has no number"),
    "measure": N_("the measure has no number"),
}
_UNTITLED = {
    "orientation": N_("orientation {number} has no title"),
    "measure": N_("measure {number} has no title"),
}


@dataclass(frozen=True, slots=True)
class Assembled:
    """The data of a plan, still without its head; the numbers no row carries; what was odd on the way."""

    data: Block
    unused: tuple[int, ...]
    oddities: tuple[Oddity, ...]
    problems: tuple[Problem, ...]


def assemble(records: Sequence[Record], numbered: Collection[str], own: bool) -> Assembled:
    """Put records together; ``numbered`` names the columns that the table has."""
    assembly = Assembly(numbered)
    oddities: list[Oddity] = []
    codes: dict[str, None] = {}
    for record, settled in zip(records, settle(records, own), strict=True):
        assembly.add(record, settled)
        oddities += [*record.oddities, *settled.oddities]
        codes |= dict.fromkeys((*settled.pilots, *settled.associated))
    years = {year for record in records for year in record.years}
    data: Block = {
        "period": {"start": min(years, default=0), "end": max(years, default=0)},
        "priorities": sorted({record.priority for record in records}),
        "directorates": dict.fromkeys(codes),
        "orientations": assembly.orientations,
    }
    unused, gaps = _gaps(records)
    return Assembled(data, unused, (*oddities, *assembly.oddities, *gaps), tuple(assembly.problems))


def _gaps(records: Sequence[Record]) -> tuple[tuple[int, ...], list[Oddity]]:
    """Give the numbers between 1 and the last that no row carries, and tell each at the row that follows it."""
    rows = {record.number: record.row for record in records}
    last = max(rows, default=0)
    if last - len(rows) > MOST_UNUSED:
        done = N_("{n} action numbers below {last} are missing, too many to declare in unused_numbers")
        words = (("n", last - len(rows)), ("last", last))
        return (), [Oddity(rows[last], None, "", done, noted=False, words=words)]
    unused = tuple([number for number in range(1, last) if number not in rows])
    done = N_("there is no action {number}, declared in unused_numbers")
    oddities = []
    for number in unused:
        row = next(rows[following] for following in range(number, last + 1) if following in rows)
        oddities.append(Oddity(row, None, "", done, noted=False, words=(("number", number),)))
    return unused, oddities
