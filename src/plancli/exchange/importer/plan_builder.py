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
    codes: dict[str, Any] = {}
    issues: list[ImportIssue] = []
    normalized = list(normalize_codes(records, separator, register))
    for record, (pilots, associated, odd) in zip(records, normalized, strict=True):
        builder.add(record, pilots, associated)
        issues += [*record.issues, *odd]
        codes |= dict.fromkeys((*pilots, *associated))
    if not register:
        issues += _near_codes(records, normalized, bool(separator))
    codes |= register
    years = {year for record in records for year in record.years}
    data: Block = {
        "period": {"start": min(years, default=0), "end": max(years, default=0)},
        "priorities": sorted({record.priority for record in records}),
        "directorates": codes,
        "orientations": builder.orientations,
    }
    unused, gaps = _gaps(records)
    return Built(data, unused, (*issues, *builder.issues, *gaps))


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
        blocks.append(block)
        numbers[number] = titles[title] = block
        return block

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


Normalized = tuple[tuple[str, ...], tuple[str, ...], list[ImportIssue]]
"""The pilots and the associated of one row as the plan has them, and what was odd in them."""


def normalize_codes(
    records: Sequence[Record], separator: str, register: Mapping[str, Any]
) -> Iterator[Normalized]:
    """Yield the codes of each row in the light of all: ``A-B`` is two codes where both are known."""
    known = {
        name
        for record in records
        for cell in (record.pilots, record.associated)
        for name in cell.names
        if not any(sign in name for sign in "-–—/")
    } | set(register)
    spellings: dict[str, list[str]] = {}
    told: set[str] = set()
    for record in records:
        issues: list[ImportIssue] = []
        found = []
        for field, cell in (("pilots", record.pilots), ("associated", record.associated)):
            odd = _CellIssues(record, field, cell, not separator)
            if separator:
                codes = _exported_codes(odd, separator, register, known, issues)
            else:
                codes = [code for name in cell.names for code in _split(odd, name, known, issues)]
            found.append(_once(odd, codes, issues))
            if not separator:
                _compare_spelling(odd, found[-1], spellings, issues)
            if register:
                _ask_register(odd, found[-1], register, told, issues)
        yield found[0], found[1], issues


class _CellIssues:
    """A maker of issues about the codes of one cell."""

    def __init__(self, record: Record, field: str, cell: CodeCell, noted: bool) -> None:
        self.cell = cell
        self._record = record
        self._field = field
        self._noted = noted

    def __call__(self, read: str, done: str, **words: str | int) -> ImportIssue:
        return ImportIssue(
            self._record.row,
            self.cell.column,
            done,
            " ".join(read.split()),
            words=words,
            action=self._record.number,
            field=self._field,
            noted=self._noted,
        )


def _split(odd: _CellIssues, name: str, known: Collection[str], issues: list[ImportIssue]) -> tuple[str, ...]:
    parts = (name,) if name in known else split_tight(name, known)
    if len(parts) > 1 and not set(known).issuperset(parts):
        done = N_("taken as {n} codes: {parts}")
        issues.append(odd(name, done, n=len(parts), parts=", ".join(parts)))
    elif len(parts) == 1 and name not in known and has_known_part(name, known):
        issues.append(odd(name, N_("kept as one name; to make it several, put ; between them")))
    return parts


def _exported_codes(
    odd: _CellIssues,
    separator: str,
    register: Mapping[str, Any],
    known: Collection[str],
    issues: list[ImportIssue],
) -> list[str]:
    """Return the codes of an exported table as they are; add where a hand seems to have written in it."""
    found = []
    for name in _rejoined(odd.cell.names, separator, register):
        if name not in register and is_nobody(name):
            issues.append(odd(name, N_("“{words}” is nobody, left out"), words=name))
            continue
        found.append(name)
        parts = [part for piece in split_names(name).names for part in split_tight(piece, known)]
        if len(parts) > 1 and name not in register and not set(known).isdisjoint(parts):
            done = N_("kept as one code, since an exported table parts them otherwise")
            issues.append(odd(name, done))
    return found


def _rejoined(names: Sequence[str], separator: str, register: Mapping[str, Any]) -> Iterator[str]:
    """Yield names, those joined again that the register has with the separator in them."""
    index = 0
    while index < len(names):
        most = index + 1 + (_MOST_JOINED if register else 0)
        ends = range(min(most, len(names)), index, -1)
        end = next((end for end in ends if separator.join(names[index:end]) in register), index + 1)
        yield separator.join(names[index:end])
        index = end


def _once(odd: _CellIssues, found: Sequence[str], issues: list[ImportIssue]) -> tuple[str, ...]:
    counts = Counter(found)
    for code, times in counts.items():
        if times > 1:
            done = N_("{code} stands there {n} times, counted once")
            issues.append(replace(odd(odd.cell.written, done, code=code, n=times), noted=True))
    return tuple(counts)


def _compare_spelling(
    odd: _CellIssues, found: Sequence[str], spellings: dict[str, list[str]], issues: list[ImportIssue]
) -> None:
    """Add codes that differ in case, accents, dots or blanks only; they stay two codes."""
    for code in found:
        others = spellings.setdefault(_bare(code), [])
        if code not in others:
            others.append(code)
            if len(others) > 1:
                done = N_("{code} is {other} elsewhere, kept as two codes")
                issues.append(odd(odd.cell.written, done, code=code, other=others[0]))


def _ask_register(
    odd: _CellIssues, found: Sequence[str], register: Mapping[str, Any], told: set[str], issues: list[ImportIssue]
) -> None:
    """Add codes that the sheet of directorates doesn't have, each once."""
    for code in found:
        if code not in register and code not in told:
            told.add(code)
            meant = next((other for other in register if _bare(code) == _bare(other) or _is_near(code, other)), "")
            done = (
                N_("{code} isn't on the sheet of directorates: was {other} meant? It is kept as a new code")
                if meant
                else N_("{code} isn't on the sheet of directorates: it is kept as a new code")
            )
            issues.append(odd(odd.cell.written, done, code=code, other=meant))


def _near_codes(
    records: Sequence[Record], normalized: Sequence[Normalized], exported: bool
) -> Iterator[ImportIssue]:
    """Yield each code that is one slip away from another one of the table which is there more often."""
    counts = Counter(code for pilots, associated, _issues in normalized for code in (*pilots, *associated))
    if len(counts) > _MOST_COMPARED:
        return
    by_variant: dict[str, list[str]] = {}
    order = {code: place for place, code in enumerate(counts)}
    asked = {}
    for code in counts:
        for variant in _variants(fold(code)):
            by_variant.setdefault(variant, []).append(code)
    for codes in by_variant.values():
        for code in codes if len(codes) < 50 else ():
            for other in codes:
                rarer = (counts[code], -order[code]) < (counts[other], -order[other])
                often = counts[code] == 1 and counts[other] > 2
                same = _bare(code) == _bare(other)  # told already
                if code not in asked and rarer and not same and _is_near(code, other, often):
                    asked[code] = other
    for record, (pilots, associated, _issues) in zip(records, normalized, strict=True):
        for field, found, cell in (
            ("pilots", pilots, record.pilots),
            ("associated", associated, record.associated),
        ):
            for code in found:
                if code in asked:
                    other = asked.pop(code)
                    done = N_("{code} is nearly {other}: was that meant? It is kept as a code of its own")
                    yield _CellIssues(record, field, cell, not exported)(
                        cell.written, done, code=code, other=other
                    )


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
