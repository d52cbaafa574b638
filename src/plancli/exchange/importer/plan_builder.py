"""Actions to the data of a plan: orientations and measures are put together, codes normalized, gaps declared."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from plancli.exchange.importer.cells import (
    differs_by_a_slip,
    has_known_part,
    is_nobody,
    split_names,
    split_tight,
)
from plancli.exchange.importer.issues import ImportIssue
from plancli.exchange.importer.rows import BlockRef, CodeCell, Record
from plancli.i18n import N_
from plancli.text import fold

Block = dict[str, Any]

MOST_UNUSED = 100
"""Missing numbers that are declared, at most: a table whose numbers leap further was numbered otherwise."""


_MOST_COMPARED = 2000
"""Codes that are compared with each other, at most: no register is as long."""

_MOST_JOINED = 8
"""Separators inside a code of the register, at most."""


@dataclass(frozen=True, slots=True)
class Built:
    """The data of a plan, still without its head; the numbers no row carries; what was odd on the way."""

    data: Block
    unused: tuple[int, ...]
    issues: tuple[ImportIssue, ...]


def build_plan(
    records: Sequence[Record], numbered: Collection[str], separator: str, register: Mapping[str, Any]
) -> Built:
    """Return the plan of records; ``numbered`` names the columns of the table, ``register`` the codes it declares.

    ``separator`` stands between the codes of an exported table; it is empty for any other.
    """
    builder = PlanBuilder(numbered)
    reader = CodeReader(records, separator, register)
    issues: list[ImportIssue] = []
    for record in records:
        pilots, associated = reader.read(record, "pilots"), reader.read(record, "associated")
        builder.add(record, pilots, associated)
        issues += record.issues
    reader.question()
    builder.question()
    codes: dict[str, Any] = {**dict.fromkeys(reader.counts), **register}
    years = {year for record in records for year in record.years}
    data: Block = {
        "period": {"start": min(years, default=0), "end": max(years, default=0)},
        "priorities": sorted({record.priority for record in records}),
        "directorates": codes,
        "orientations": builder.orientations,
    }
    unused, gaps = _gaps(records)
    return Built(data, unused, (*issues, *reader.issues, *builder.issues, *gaps))


class PlanBuilder:
    """Orientations and measures in the making; records are added in the order of the table.

    ``numbered`` names the columns that the table has: blocks it doesn't number are numbered in its order.
    """

    def __init__(self, numbered: Collection[str]) -> None:
        self.orientations: list[Block] = []
        self.issues: list[ImportIssue] = []
        self._numbered = numbered
        self._orientation: Block | None = None
        self._measure: Block | None = None
        self._measures: dict[int, int] = {}
        self._actions: dict[int, int] = {}
        self._count = 0
        self._titles: dict[str, dict[str, Record]] = {"orientation": {}, "measure": {}}
        self._known: dict[int, tuple[dict[int, Block], dict[str, Block]]] = {}

    def add(self, record: Record, pilots: Sequence[str], associated: Sequence[str]) -> None:
        """Add an action where its row says, in a new orientation or measure if need be."""
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
        first = self._actions.setdefault(record.number, record.row)
        if first != record.row:
            message = N_("action {number} stands in row {other} too: numbers run through the whole plan")
            words = {"number": record.number, "other": first}
            self.issues.append(ImportIssue(record.row, None, message, words=words))
        measure["actions"].append(
            {
                "number": record.number,
                "text": record.text,
                "pilots": list(pilots),
                "associated": list(associated),
                "years": list(record.years),
                "priority": record.priority,
                **dict(record.more),
            }
        )

    def _find(
        self, record: Record, ref: BlockRef, kind: str, blocks: list[Block], current: Block | None
    ) -> Block | None:
        """Return the orientation or measure a row stands in; nothing said means the one above."""
        number, title = ref.number, ref.title
        numbers, titles = self._known.setdefault(id(blocks), ({}, {}))  # of the blocks of one list, which stays
        if number is None and not title:
            if current is None:
                self._refuse(record, ref, _WITHOUT[kind])
            return current
        if number is None:
            if title in titles:
                return titles[title]
            if kind in self._numbered:
                self._refuse(record, ref, _UNNUMBERED[kind])
                return None
            number = (len(blocks) if kind == "orientation" else self._count) + 1
        known = current if current and current["number"] == number else numbers.get(number)
        if known is not None:
            self._compare_title(record, ref, kind, known)
            return known
        if not title:
            self._refuse(record, ref, _UNTITLED[kind], number=number)
            return None
        block: Block = {"number": number, "title": title}
        block["measures" if kind == "orientation" else "actions"] = []
        if kind == "measure":
            self._count += 1
            self._tell_repeated(record, ref, number)
        self._titles[kind].setdefault(title, record)
        blocks.append(block)
        numbers[number] = titles[title] = block
        return block

    def question(self) -> None:
        """Ask about the titles that may be meant for an earlier one."""
        for kind, first in self._titles.items():
            spellings: dict[str, str] = {}
            near = near_codes(dict.fromkeys(first, 1))
            for title, record in first.items():
                other = spellings.setdefault(_bare(title), title)
                other = near.get(title, title) if other == title else other
                if other != title and not _differ_in_a_letter(title, other):
                    ref: BlockRef = getattr(record, kind)
                    issue = ImportIssue(record.row, ref.column, _NEARLY[kind], title, {"other": other})
                    self.issues.append(issue)

    def _tell_repeated(self, record: Record, ref: BlockRef, number: int) -> None:
        """Add an issue where another orientation has a measure of that number already."""
        first = self._measures.setdefault(number, record.row)
        if first != record.row:
            message = N_(
                "measure {number} stands in another orientation too (row {other}): number measures through the"
                " whole plan, or take out the column of their numbers"
            )
            self.issues.append(
                ImportIssue(record.row, ref.column, message, words={"number": number, "other": first})
            )

    def _compare_title(self, record: Record, ref: BlockRef, kind: str, known: Block) -> None:
        if ref.title and ref.title != known["title"]:
            done = N_("another title for the same number, the first one is kept")
            about = {kind: known["number"]}
            issue = ImportIssue(record.row, ref.column, done, ref.title, field="title", noted=True)
            self.issues.append(replace(issue, **about))

    def _refuse(self, record: Record, ref: BlockRef, message: str, **words: int) -> None:
        self.issues.append(ImportIssue(record.row, ref.column, message, words=words, error=True))


def _differ_in_a_letter(title: str, other: str) -> bool:
    """Return whether two titles differ in a word of one letter, as ``Axe A`` and ``Axe B`` do."""
    pairs = zip(title.split(), other.split(), strict=False)
    return any(one != two and len(one) == len(two) == 1 for one, two in pairs)


_NEARLY = {
    "orientation": N_("nearly “{other}”: was that meant? It is kept as another orientation"),
    "measure": N_("nearly “{other}”: was that meant? It is kept as another measure"),
}
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


def _gaps(records: Sequence[Record]) -> tuple[tuple[int, ...], list[ImportIssue]]:
    """Return the numbers between 1 and the last that no row carries, and an issue for each."""
    rows = {record.number: record.row for record in records}
    last = max(rows, default=0)
    if last - len(rows) > MOST_UNUSED:
        done = N_("{n} action numbers below {last} are missing, too many to declare in unused_numbers")
        return (), [ImportIssue(rows[last], None, done, words={"n": last - len(rows), "last": last})]
    unused = tuple([number for number in range(1, last) if number not in rows])
    done = N_("there is no action {number}, declared in unused_numbers")
    issues = []
    for number in unused:
        row = next(rows[following] for following in range(number, last + 1) if following in rows)
        issues.append(ImportIssue(row, None, done, words={"number": number}))
    return unused, issues


class CodeReader:
    """The codes of a table in the light of all its rows: ``A-B`` is two codes where both are known.

    ``counts`` says how often each code stands there; codes are read in the order of the rows.
    """

    def __init__(self, records: Sequence[Record], separator: str, register: Mapping[str, Any]) -> None:
        self.issues: list[ImportIssue] = []
        self.counts: Counter[str] = Counter()
        self._separator = separator
        self._register = register
        self._first: dict[str, tuple[Record, str]] = {}
        cells = [cell for record in records for cell in (record.pilots, record.associated)]
        alone = {name for cell in cells for name in cell.names if not any(sign in name for sign in "-–—/")}
        self._known = alone | set(register)

    def read(self, record: Record, field: str) -> tuple[str, ...]:
        """Return the codes of one role in one row, each once."""
        names = getattr(record, field).names
        split = self._exported if self._separator else self._split
        found = Counter(code for name in self._rejoined(names) for code in split(record, field, name))
        for code, times in found.items():
            if times > 1:
                done = N_("{code} stands there {n} times, counted once")
                self._tell(record, field, done, noted=True, code=code, n=times)
            self._first.setdefault(code, (record, field))
        self.counts.update(found.keys())
        return tuple(found)

    def _tell(
        self, record: Record, field: str, done: str, read: str = "", noted: bool = False, **words: str | int
    ) -> None:
        cell: CodeCell = getattr(record, field)
        self.issues.append(
            ImportIssue(
                record.row,
                cell.column,
                done,
                " ".join((read or cell.written).split()),
                words,
                action=record.number,
                field=field,
                noted=noted or not self._separator,
            )
        )

    def _split(self, record: Record, field: str, name: str) -> tuple[str, ...]:
        parts = (name,) if name in self._known else split_tight(name, self._known)
        if not self._known.issuperset(parts):
            if len(parts) > 1:
                done = N_("taken as {n} codes: {parts}")
                self._tell(record, field, done, name, n=len(parts), parts=", ".join(parts))
            elif has_known_part(name, self._known):
                self._tell(record, field, N_("kept as one name; to make it several, put ; between them"), name)
        return parts

    def _exported(self, record: Record, field: str, name: str) -> tuple[str, ...]:
        """Return a code of an exported table as it is; tell where a hand seems to have written in it."""
        if name in self._register:
            return (name,)
        if is_nobody(name):
            self._tell(record, field, N_("“{words}” is nobody, left out"), name, words=name)
            return ()
        parts = [part for piece in split_names(name).names for part in split_tight(piece, self._known)]
        if len(parts) > 1 and not self._known.isdisjoint(parts):
            self._tell(record, field, N_("kept as one code, since an exported table parts them otherwise"), name)
        return (name,)

    def _rejoined(self, names: Sequence[str]) -> Iterator[str]:
        """Yield names, those joined again that the register has with the separator in them."""
        index = 0
        while index < len(names):
            most = index + 1 + (_MOST_JOINED if self._register else 0)
            ends = range(min(most, len(names)), index, -1)
            joined = (end for end in ends if self._separator.join(names[index:end]) in self._register)
            end = next(joined, index + 1)
            yield self._separator.join(names[index:end])
            index = end

    def question(self) -> None:
        """Ask about the codes that may be meant for another one, each where it stands first."""
        near = {} if self._register else near_codes(self.counts)
        spellings: dict[str, str] = {}
        for code, place in self._first.items():
            other = spellings.setdefault(_bare(code), code)
            if self._register:
                if code not in self._register:
                    self._ask_register(code, place)
            elif other != code and not self._separator:
                self._tell(*place, N_("{code} is {other} elsewhere, kept as two codes"), code=code, other=other)
            elif code in near:
                done = N_("{code} is nearly {other}: was that meant? It is kept as a code of its own")
                self._tell(*place, done, code=code, other=near[code])

    def _ask_register(self, code: str, place: tuple[Record, str]) -> None:
        alike = (other for other in self._register if _bare(code) == _bare(other) or _is_near(code, other))
        meant = next(alike, "")
        done = (
            N_("{code} isn't on the sheet of directorates: was {other} meant? It is kept as a new code")
            if meant
            else N_("{code} isn't on the sheet of directorates: it is kept as a new code")
        )
        self._tell(*place, done, code=code, other=meant)


def near_codes(counts: Mapping[str, int]) -> dict[str, str]:
    """Return each code that is one slip away from another one which is there more often, or first."""
    if len(counts) > _MOST_COMPARED:
        return {}
    by_variant: dict[str, list[str]] = {}
    order = {code: place for place, code in enumerate(counts)}
    near: dict[str, str] = {}
    for code in counts:
        for variant in _variants(fold(code)):
            by_variant.setdefault(variant, []).append(code)
    for codes in by_variant.values():
        for code in codes if len(codes) < 50 else ():
            for other in codes:
                rarer = (counts[code], -order[code]) < (counts[other], -order[other])
                often = counts[code] == 1 and counts[other] > 2
                if code not in near and rarer and _is_near(code, other, often):
                    near[code] = other
    return near


def _variants(word: str) -> set[str]:
    """Return a word and what is left of it without one letter: two words one slip apart share one."""
    if len(word) > 80:
        return {word}
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _is_near(code: str, other: str, often: bool = True) -> bool:
    """Return whether a code was probably typed for another one.

    Four letters that differ in one are two codes, unless the other stands ``often`` and this one once; three are.
    """
    first, second = fold(code), fold(other)
    slip = differs_by_a_slip(first, second)
    shorter = min(len(first), len(second))
    if slip == "changed":
        return shorter > 4 or (shorter == 4 and often)
    return bool(slip) and shorter > 2


def _bare(code: str) -> str:
    """Return a code without what makes no difference to the eye: case, accents, dots, blanks."""
    return re.sub(r"[\W_]", "", fold(code)) or code
