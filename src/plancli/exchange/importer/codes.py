"""Codes of directorates as many hands have typed them: what parts two, what stands twice, what nearly agrees."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from plancli.exchange.importer.cells import split_codes, split_tight
from plancli.exchange.importer.nouns import Codes, Oddity, Record
from plancli.i18n import N_
from plancli.text import fold


@dataclass(frozen=True, slots=True)
class Settled:
    """The codes of one row as the plan has them."""

    pilots: tuple[str, ...]
    associated: tuple[str, ...]
    oddities: tuple[Oddity, ...]


def settle(records: Sequence[Record], own: bool) -> Iterator[Settled]:
    """Settle the codes of each row in the light of all: ``A-B`` is two codes, and odd if one is nowhere else."""
    known = {
        piece
        for record in records
        for codes in (record.pilots, record.associated)
        for piece in codes.pieces
        if len(split_tight(piece)) == 1 and len(split_codes(piece)) == 1
    }
    spellings: dict[str, list[str]] = {}
    for record in records:
        oddities: list[Oddity] = []
        settled = []
        for field, codes in (("pilots", record.pilots), ("associated", record.associated)):
            part = _own if own else _parted
            parted = part(record, field, codes, known, oddities)
            settled.append(_once(record, field, codes, parted, oddities))
            if not own:
                _compare(record, field, codes, settled[-1], spellings, oddities)
        yield Settled(settled[0], settled[1], tuple(oddities))


def _odd(record: Record, field: str, codes: Codes, read: str, done: str, **words: str | int) -> Oddity:
    return Oddity(
        record.row, codes.column, read, done, action=record.number, field=field, words=tuple(words.items())
    )


_PARTED = N_("taken as {n} codes: {parts}")


def _parted(record: Record, field: str, codes: Codes, known: set[str], oddities: list[Oddity]) -> list[str]:
    found: list[str] = []
    for piece in codes.pieces:
        parts = split_tight(piece)
        found += parts
        if len(parts) > 1 and not known.issuperset(parts):
            read = ", ".join(parts)
            oddities.append(_odd(record, field, codes, piece, _PARTED, n=len(parts), parts=read))
    return found


def _own(record: Record, field: str, codes: Codes, known: set[str], oddities: list[Oddity]) -> list[str]:
    """Keep the codes of an exported table as they are, and tell where a hand seems to have written several."""
    for piece in codes.pieces:
        parts = [part for clear in split_codes(piece) for part in split_tight(clear)]
        if len(parts) > 1 and known.issuperset(parts):
            done = N_("kept as one code, since an exported table parts them otherwise")
            oddities.append(Oddity(record.row, codes.column, piece, done, noted=False))
    return list(codes.pieces)


def _once(
    record: Record, field: str, codes: Codes, found: Sequence[str], oddities: list[Oddity]
) -> tuple[str, ...]:
    counts = Counter(found)
    for code, times in counts.items():
        if times > 1:
            done = N_("{code} stands there {n} times, counted once")
            oddities.append(_odd(record, field, codes, codes.written, done, code=code, n=times))
    return tuple(counts)


def _compare(
    record: Record,
    field: str,
    codes: Codes,
    found: Sequence[str],
    spellings: dict[str, list[str]],
    oddities: list[Oddity],
) -> None:
    """Tell codes that differ in case or accents only; they stay two codes."""
    for code in found:
        others = spellings.setdefault(fold(code), [])
        if code not in others:
            others.append(code)
            if len(others) > 1:
                done = N_("{code} is {other} elsewhere, kept as two codes")
                oddities.append(_odd(record, field, codes, codes.written, done, code=code, other=others[0]))
