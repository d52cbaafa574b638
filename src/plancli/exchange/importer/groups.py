"""The groups of a plan, put together from what each row says of them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from plancli.check.rules.reserved_name import RESERVED
from plancli.exchange.importer.codes import bare, near_codes
from plancli.exchange.importer.columns import CLASSIC
from plancli.exchange.importer.columns.vocabulary import is_noun
from plancli.exchange.importer.issues import ImportIssue
from plancli.exchange.importer.rows import GroupRef, Record
from plancli.exchange.importer.sheets import TableContent
from plancli.exchange.table import BAR
from plancli.i18n import N_, _
from plancli.text import fold

_TITLED = re.compile(
    r"(?:(?P<noun>[^\W\d_]+(?:[ -][^\W\d_]+){0,2}?) +)?(?:n° ?)?"
    r"(?P<code>[0-9]{1,3}(?:[.-][0-9]{1,3})*[a-z]?|[A-Z]{1,4}[ .-]?[0-9]{1,3}(?:[.-][0-9]{1,3})*|[IVX]{1,5}|[A-Z])"
    r"(?P<sign>\s*[.):–—-]+(?:\s+|(?<=[):])|(?![0-9]))|\s+)(?P<rest>\S.*)",
    re.IGNORECASE | re.DOTALL,
)


def split_code(title: str) -> tuple[str, str] | None:
    """Return the code that a title begins with, and the rest: ``1.1 Prévenir``, ``Axe 2 : Se loger``."""
    found = _TITLED.fullmatch(title.replace("\xa0", " ").replace("\u202f", " "))
    if not found:
        return None
    rest = title[found.start("rest") :]
    code, sign, word = found["code"], found["sign"].strip(), " ".join((found["noun"] or "").split())
    noun = is_noun(word)
    dotted = bool(re.search(r"[0-9][.-][0-9]", code)) or bool(re.fullmatch(r"[A-Z]{1,4}[ .-]?[0-9].*", code))
    if word and not noun and len(word) < 5 and (dotted or (sign and word.isupper())):
        return f"{word} {code}", rest
    if word and not noun:
        return None
    if not (noun or sign or dotted) or (code.isalpha() and not (code.isupper() and (sign or noun))):
        return None
    return code, rest


@dataclass(slots=True)
class _GroupDraft:
    """A group in the making; ``level`` counts from 1, 0 is the top of the plan.

    The groups in it are also found by their code or number, and by their title; ``taken`` are their numbers.
    """

    level: int
    number: int = 0
    title: str = ""
    code: str = ""
    groups: "list[_GroupDraft]" = field(default_factory=list)
    actions: list[dict[str, Any]] = field(default_factory=list)
    by_code: "dict[int | str, _GroupDraft]" = field(default_factory=dict)
    by_title: "dict[str, _GroupDraft]" = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)

    def data(self) -> dict[str, Any]:
        """Return the group as the file has it."""
        found: dict[str, Any] = {"number": self.number}
        found |= {"code": self.code} if self.code else {}
        found |= {"title": self.title}
        found |= {"measures": [each.data() for each in self.groups]} if self.groups else {}
        return found | ({"actions": self.actions} if self.actions or not self.groups else {})


class _Sentences(NamedTuple):
    """The messages about the groups of a level."""

    nearly: str
    without: str
    unnumbered: str
    untitled: str


_SENTENCES = {
    "orientation": _Sentences(
        N_("nearly “{other}”: was that meant? It is kept as another orientation"),
        N_("no orientation here or above"),
        N_("the orientation has no number"),
        N_("orientation {number} has no title"),
    ),
    "measure": _Sentences(
        N_("nearly “{other}”: was that meant? It is kept as another measure"),
        N_("no measure here or above in its orientation"),
        N_("the measure has no number"),
        N_("measure {number} has no title"),
    ),
}

_OF_ANY_LEVEL = _Sentences(
    N_("nearly “{other}”: was that meant? Both are kept"),
    N_("nothing here or above of this level ({level})"),
    N_("no number of this level ({level})"),
    N_("number {number} of this level ({level}) has no title"),
)

_RESERVED = RESERVED - {*CLASSIC}
"""Names that no level may have."""


class GroupBuilder:
    """The groups of a plan; actions are added in the order of the table.

    Groups that the table doesn't number are numbered in its order. An empty cell says the same as above, unless
    the table leaves a level out elsewhere: then it says that the action is in no group of that level.
    """

    def __init__(self, table: TableContent, numbers: Sequence[int]) -> None:
        self.issues: list[ImportIssue] = []
        self._table = table
        self._depth = max((len(each.banners) for each in table.records), default=0)
        self._places = [self._pad(each) for each in table.records]
        self._levels = self._named_levels()
        self._split_titles()
        self._uneven = self._uneven_levels()
        self._top = _GroupDraft(0)
        self._path: list[_GroupDraft] = [self._top]
        self._actions: dict[int, int] = {}
        self._numbers = numbers
        self._counts: dict[int, int] = {}
        self._titles: dict[int, dict[str, tuple[Record, GroupRef]]] = {}
        self._own = [{place[at].number for place in self._places} for at in range(len(self._levels))]

    def _pad(self, record: Record) -> list[GroupRef]:
        return [*record.banners, *[GroupRef()] * (self._depth - len(record.banners)), *record.groups]

    def _named_levels(self) -> tuple[str, ...]:
        """Return what levels are called; one without a name, or with a reserved one, gets a usual name."""
        banners = self._table.banners[: self._depth]
        names = (*(noun.strip(" .") for noun in banners), *self._table.columns.levels)
        missing = [name for name in CLASSIC if name not in names]
        free = iter([*missing, *(_("level {n}").format(n=number) for number in range(1, 9))])
        return tuple([name if name and fold(name) not in _RESERVED else next(free) for name in names])

    def _split_titles(self) -> None:
        """Take numbers and codes out of the titles of a level, where all have one and no column has them."""
        for level, name in enumerate(self._levels, 1):
            refs = [(at, place[level - 1]) for at, place in enumerate(self._places) if place[level - 1].title]
            split = {ref.title: split_code(ref.title) for _at, ref in refs}
            if (
                self._table.columns.exported
                or not split
                or not all(split.values())
                or any(ref.number or ref.code for _at, ref in refs)
            ):
                continue
            if not self._tells_apart(level, {title: said[0] for title, said in split.items() if said}):
                continue
            first, ref = refs[0]
            done = N_("the numbers and codes are taken out of the titles of this level ({level})")
            record = self._table.records[first]
            record = replace(record, row=ref.row or record.row)
            self.issues.append(record.issue(ref.column, done, ref.title, {"level": name}))
            for at, ref in refs:
                code, title = split[ref.title] or ("", ref.title)
                number = int(code) if code.isdigit() else None
                self._places[at][level - 1] = replace(
                    ref, number=number or None, code="" if number else code, title=title
                )

    def _tells_apart(self, level: int, codes: Mapping[str, str]) -> bool:
        """Return whether each title of a level has a code of its own; a number may come again in another group."""
        numbers = all(code.isdigit() for code in codes.values())
        titles: dict[tuple[str, ...], str] = {}
        above = [""] * (level - 1)
        for place in self._places:
            for at, ref in enumerate(place[: level - 1]):
                if not ref.is_empty:
                    above[at:] = [f"{ref.number} {ref.code} {ref.title}", *[""] * (level - 2 - at)]
            title = place[level - 1].title
            words = self._words(title)
            key = (codes.get(title, ""), *(above if numbers else ()))
            if title and titles.setdefault(key, words) != words:
                return False
        return True

    def _uneven_levels(self) -> set[int]:
        """Return the levels that some action is in no group of, though those above have one."""
        found = set(range(2, self._depth + 1))
        for before, place in zip([[GroupRef()] * len(self._levels), *self._places], self._places, strict=False):
            for level in range(2, len(self._levels) + 1):
                above = place[level - 2]
                if place[level - 1].is_empty and not above.is_empty and above != before[level - 2]:
                    found.add(level)
        return found

    def add(self, at: int, record: Record, action: dict[str, Any]) -> None:
        """Add an action where its row says, in new groups if need be."""
        place = self._places[at]
        path = [self._top]
        same = True
        for level, ref in enumerate(place, 1):
            current = self._path[level] if same and level < len(self._path) else None
            if self._table.columns.code_separator == BAR and all(each.is_empty for each in place[level - 1 :]):
                break
            if ref.is_empty and (current is None or (level in self._uneven and not place[level - 2].is_empty)):
                if any(not each.is_empty for each in place[level:]) and current is None:
                    self._refuse(record, ref, level, self._sentences(level).without)
                    return
                if current is None or level in self._uneven:
                    break
            found = current if ref.is_empty and current else self._find(record, ref, path[-1], level)
            if found is None:
                self._path = path if len(path) > 1 else self._path
                return
            same = found is current
            path.append(found)
        self._path = path
        first = self._actions.setdefault(self._numbers[at], record.row)
        if first != record.row:
            message = N_("action {number} stands in row {other} too: numbers run through the whole plan")
            self.issues.append(record.issue(None, message, words={"number": self._numbers[at], "other": first}))
        path[-1].actions.append(action)

    def _find(self, record: Record, ref: GroupRef, parent: _GroupDraft, level: int) -> _GroupDraft | None:
        """Return the group a row is in, made if need be."""
        key = ref.code or ref.number
        if key is None:
            if self._words(ref.title) in parent.by_title:
                return parent.by_title[self._words(ref.title)]
            if self._table.columns.of(f"code {level - self._depth}"):
                self._refuse(record, ref, level, self._sentences(level).unnumbered)
                return None
        else:
            known = parent.by_code.get(key)
            if known is not None:
                self._compare_title(record, ref, level, known)
                return known
            if not ref.title:
                self._refuse(record, ref, level, self._sentences(level).untitled, number=key)
                return None
        group = _GroupDraft(level, self._number(parent, level, ref), ref.title, ref.code)
        self._counts[level] = self._counts.get(level, 0) + 1
        self._titles.setdefault(level, {}).setdefault(ref.title, (record, ref))
        parent.groups.append(group)
        parent.taken.add(group.number)
        parent.by_code[key if key is not None else group.number] = group
        parent.by_title[self._words(ref.title)] = group
        return group

    def _words(self, title: str) -> str:
        """Return the key by which titles are one group: but in an exported table any blanks are alike."""
        return title if self._table.columns.exported else " ".join(title.split())

    def _number(self, parent: _GroupDraft, level: int, ref: GroupRef) -> int:
        """Return the number of a new group: its own, the last one of its code, or the next one of its level."""
        if ref.number:
            return ref.number
        taken = parent.taken
        last = re.search(r"[.-]([0-9]{1,3})$", ref.code)
        if last and int(last[1]) and int(last[1]) not in taken:
            return int(last[1])
        number = len(parent.groups) + 1 if level == 1 or ref.code else self._counts.get(level, 0) + 1
        while number in taken or number in self._own[level - 1]:
            number += 1
        return number

    def names(self) -> dict[str, Any]:
        """Return the key ``levels``; nothing where they are called as those of a plan that doesn't name them."""
        numbers: dict[int, list[int]] = {}
        for group in self._walk(self._top):
            numbers.setdefault(group.level, []).append(group.number)
        shared = any(len(set(each)) < len(each) for each in numbers.values())
        if self._levels in ((), CLASSIC) and max(numbers, default=0) in (0, 2) and not shared:
            return {} if numbers else {"levels": []}
        french = {"measure": "measure" if self._table.language.english else "mesure"}
        return {"levels": [french.get(name, name) for name in self._levels]}

    def _walk(self, group: _GroupDraft) -> Iterator[_GroupDraft]:
        for each in group.groups:
            yield each
            yield from self._walk(each)

    def data(self) -> dict[str, Any]:
        """Return the groups and the actions outside all of them, as the file has them."""
        found: dict[str, Any] = {}
        if self._top.groups:
            found["orientations"] = [each.data() for each in self._top.groups]
        return found | ({"actions": self._top.actions} if self._top.actions or not found else {})

    def report_doubtful(self) -> None:
        """Add an issue for each title that may be meant for an earlier one."""
        for level, first in self._titles.items():
            spellings: dict[str, str] = {}
            near = near_codes(dict.fromkeys(first, 1))
            for title, (record, ref) in first.items():
                other = spellings.setdefault(bare(title), title)
                other = near.get(title, title) if other == title else other
                if other != title and not _differ_in_a_letter(title, other):
                    done = self._sentences(level).nearly
                    self.issues.append(record.issue(ref.column, done, title, {"other": other}))

    def _compare_title(self, record: Record, ref: GroupRef, level: int, known: _GroupDraft) -> None:
        if ref.title and self._words(ref.title) != self._words(known.title):
            done = N_("another title for the same number, the first one is kept")
            about: dict[str, Any] = {CLASSIC[level - 1]: known.number} if self._levels == CLASSIC else {}
            self.issues.append(record.issue(ref.column, done, ref.title, field="title", noted=True, **about))

    def _sentences(self, level: int) -> _Sentences:
        return _SENTENCES.get(self._levels[level - 1], _OF_ANY_LEVEL)

    def _refuse(self, record: Record, ref: GroupRef, level: int, message: str, **words: int | str) -> None:
        words["level"] = self._levels[level - 1]
        self.issues.append(record.issue(ref.column, message, words=words, error=True))


def _differ_in_a_letter(title: str, other: str) -> bool:
    """Return whether two titles differ in a word of one letter, as ``Axe A`` and ``Axe B`` do."""
    pairs = zip(title.split(), other.split(), strict=False)
    return any(one != two and len(one) == len(two) == 1 for one, two in pairs)
