"""The codes of a table in the light of all its rows: one name or several, spellings, slips."""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any

from plancli.exchange.importer.cells.directorates import LINKS, is_directorate_code, is_nobody, split_names
from plancli.exchange.importer.issues import ImportIssue
from plancli.exchange.importer.rows import CodeCell, Record
from plancli.i18n import N_
from plancli.text import fold

_MOST_COMPARED = 2000
"""Codes that are compared with each other, at most: no register is as long."""

_MOST_JOINED = 8
"""Separators inside a code of the register, at most."""

NEW_CODE = {
    True: N_("{code} isn't on the sheet of directorates: was {other} meant? It is kept as a new code"),
    False: N_("{code} isn't on the sheet of directorates: it is kept as a new code"),
}
"""The messages about a code that isn't declared, by whether another one is near it."""


class CodeReader:
    """The codes of a table in the light of all its rows: ``A-B`` is two codes where both are known.

    ``counts`` says how often each code is there; codes are read in the order of the rows.
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
                self._add_issue(record, field, done, noted=True, code=code, n=times)
            self._first.setdefault(code, (record, field))
        self.counts.update(found.keys())
        return tuple(found)

    def without(self, record: Record, associated: Sequence[str], pilots: Sequence[str]) -> list[str]:
        """Return the associated who aren't pilots too; an exported table stays as it is."""
        both = [code for code in associated if code in pilots and not self._separator]
        for code in both:
            self._add_issue(
                record, "associated", N_("{code} is pilot too, counted as that"), noted=True, code=code
            )
        return [code for code in associated if code not in both]

    def _add_issue(
        self, record: Record, field: str, done: str, read: str = "", noted: bool = False, **words: str | int
    ) -> None:
        cell: CodeCell = getattr(record, field)
        shown = " ".join((read or cell.written).split())
        about = {"action": 0, "field": field, "noted": noted or not self._separator}
        self.issues.append(record.issue(cell.column, done, shown, words, **about))

    def _split(self, record: Record, field: str, name: str) -> tuple[str, ...]:
        parts = (name,) if name in self._known else _split_tight(name, self._known)
        if not self._known.issuperset(parts):
            if len(parts) > 1:
                done = N_("taken as {n} codes: {parts}")
                self._add_issue(record, field, done, name, n=len(parts), parts=", ".join(parts))
            elif " " not in name and not self._known.isdisjoint(_TIGHT.split(name)):
                self._add_issue(
                    record, field, N_("kept as one name; to make it several, put ; between them"), name
                )
        return parts

    def _exported(self, record: Record, field: str, name: str) -> tuple[str, ...]:
        """Return a code of an exported table as it is; tell where a hand seems to have written in it."""
        if name in self._register:
            return (name,)
        if is_nobody(name):
            self._add_issue(record, field, N_("“{words}” is nobody, left out"), name, words=name)
            return ()
        parts = [part for piece in split_names(name).names for part in _split_tight(piece, self._known)]
        if len(parts) > 1 and not self._known.isdisjoint(parts):
            self._add_issue(
                record, field, N_("kept as one code, since an exported table parts them otherwise"), name
            )
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

    def report_doubtful(self) -> None:
        """Add an issue for each code that may be meant for another one, where it stands first."""
        near = {} if self._register else near_codes(self.counts)
        spellings: dict[str, str] = {}
        for code, place in self._first.items():
            other = spellings.setdefault(bare(code), code)
            if self._register:
                if code not in self._register:
                    self._report_unregistered(code, place)
            elif other != code and not self._separator:
                self._add_issue(
                    *place, N_("{code} is {other} elsewhere, kept as two codes"), code=code, other=other
                )
            elif code in near:
                done = N_("{code} is nearly {other}: was that meant? It is kept as a code of its own")
                self._add_issue(*place, done, code=code, other=near[code])

    def _report_unregistered(self, code: str, place: tuple[Record, str]) -> None:
        alike = (other for other in self._register if bare(code) == bare(other) or _is_near(code, other))
        meant = next(alike, "")
        self._add_issue(*place, NEW_CODE[bool(meant)], code=code, other=meant)


_TIGHT = re.compile(r"\s*[-–—/]\s*")


def _split_tight(name: str, known: Collection[str]) -> tuple[str, ...]:
    """Return the codes of ``DIHAL-DMAT`` where each is known or can only be one; else the name whole."""
    parts = tuple(_TIGHT.split(name))
    if len(parts) < 2 or not all(parts):
        return (name,)
    sure = all(part in known for part in parts) and " " not in "".join(parts)
    codes = all(
        re.fullmatch(r"[A-Z0-9]{2,6}", part) and part not in LINKS and is_directorate_code(part) for part in parts
    )
    return parts if sure or codes else (name,)


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
    slip = _differs_by_a_slip(first, second)
    shorter = min(len(first), len(second))
    if slip == "changed":
        return shorter > 4 or (shorter == 4 and often)
    return bool(slip) and shorter > 2


def bare(code: str) -> str:
    """Return a code without what makes no difference to the eye: case, accents, dots, blanks."""
    return re.sub(r"[\W_]", "", fold(code)) or code


def _differs_by_a_slip(first: str, second: str) -> str:
    """Return the one slip by which two words differ: ``added``, ``changed``, ``swapped``; else nothing.

    Digits are no slips: ``Service 1`` and ``Service 2`` are two.
    """
    if len(first) == len(second):
        places = [index for index, pair in enumerate(zip(first, second, strict=True)) if pair[0] != pair[1]]
        if len(places) == 1 and not (first[places[0]].isdigit() and second[places[0]].isdigit()):
            return "changed"
        if len(places) == 2 and places[1] == places[0] + 1 and first[places[0]] == second[places[1]]:
            digits = first[places[0]].isdigit() or first[places[1]].isdigit()
            return "swapped" if first[places[1]] == second[places[0]] and not digits else ""
        return ""
    short, long = sorted((first, second), key=len)
    if len(long) - len(short) != 1:
        return ""
    place = next(
        (index for index, pair in enumerate(zip(short, long, strict=False)) if pair[0] != pair[1]), len(short)
    )
    return "added" if short[place:] == long[place + 1 :] and not long[place].isdigit() else ""
