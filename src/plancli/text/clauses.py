"""Where a text breaks by itself: the one place that knows enumeration marks and sentences.

A clause ends after ``. `` and ``; `` and before a mark. Marks are ``-``, ``1/``, ``1)``, ``1 -``, ``a)``, ``a/``,
``iv)`` and ``A -`` (any one or two digits, any letter, any roman numeral), always with a space after them, at the
start or after a space. Marks in a row are one mark (``- a)``). Breaks fall on single spaces only, so that joining
clauses with a space gives the text back, whatever the text.
"""

from typing import NamedTuple


class Clause(NamedTuple):
    """One clause: how deep its item stands (0 = in no list), its mark (``- a)``, or empty), and its words."""

    depth: int
    mark: str
    text: str

    @property
    def line(self) -> str:
        """The clause as it is in the text, mark and all."""
        return f"{self.mark} {self.text}" if self.mark else self.text


def clauses(text: str) -> tuple[Clause, ...]:
    """Break a text at its own marks and sentences; at least one clause, even for an empty text."""
    words = text.split(" ")
    found = []
    levels: list[tuple[str, str]] = []
    for start, body, end in _stretches(words):
        if body > start:
            _enter(levels, words[start:body])
        found.append(Clause(len(levels), " ".join(words[start:body]), " ".join(words[body:end])))
    return tuple(found)


def foldable(text: str) -> bool:
    """Return whether a text can be set on several lines that read back as the same text.

    It can't with a line break or a tab, a space at an end, or two spaces where a clause ends.
    """
    if not text or text[0] == " " or text[-1] == " " or any(mark in text for mark in "\n\r\t\x85\u2028\u2029"):
        return False
    return "  " not in text or not _breaks_at_two_spaces(text)


def _breaks_at_two_spaces(text: str) -> bool:
    single = [word for word in text.split(" ") if word]
    starts = {start for start, _, _ in _stretches(single)}
    count = 0
    for word in text.split(" "):
        if word:
            count += 1
        elif count in starts:
            return True
    return False


_ENDS = frozenset("-/).;")
"""What a mark or a clause ends with: words that end otherwise are passed over (but for ``1`` of ``1 -``)."""


def _stretches(words: list[str]) -> list[tuple[int, int, int]]:
    """Yield each clause as indexes of words: its start, where its mark ends, its end."""
    found = []
    start = 0
    body = index = _marks_end(words, 0, 0)
    total = len(words)
    while index < total:
        word = words[index]
        if not word or (word[-1] not in _ENDS and not (index + 1 < total and words[index + 1] == "-")):
            index += 1
            continue
        marks = _marks_end(words, index, start) if index > body and words[index - 1] else index
        if marks > index:
            found.append((start, body, index))
            start, body, index = index, marks, marks
            continue
        index += 1
        if word[-1] in ".;" and index < total and words[index] and not _is_ordinal(words, body, index):
            found.append((start, body, index))
            start = index
            body = index = _marks_end(words, index, start)
    found.append((start, body, total))
    return found


def _is_ordinal(words: list[str], body: int, end: int) -> bool:
    """Return whether the clause so far is only ``1.``, which must not be on a line alone."""
    return end == body + 1 and words[body][-1] == "." and bool(_enumerator(words[body][:-1]))


def _marks_end(words: list[str], index: int, start: int) -> int:
    """Return the index after the marks in a row that are at ``index``; itself if there is none."""
    end = index
    while length := _mark_length(words, end, start):
        end += length
    return end


def _mark_length(words: list[str], index: int, start: int) -> int:
    """Return how many words the mark at ``index`` has (longest first), 0 if none or if nothing follows it."""
    word, following, third = (*words[index : index + 3], "", "", "")[:3]
    if not word or not following:
        return 0
    if following == "-" and third and _enumerator(word) and not word.islower():
        return 2
    if word == "-" or (word[-1] == "/" and _enumerator(word[:-1])):
        return 1
    if word[-1] == ")" and _enumerator(word[:-1]):
        before = " ".join(words[max(start, index - _FAR) : index])
        return 0 if before.count("(") > before.count(")") else 1  # "(annexe a)" closes a parenthesis
    return 0


_FAR = 100
"""How many words back an open parenthesis is looked for: more would make a hostile text slow, and help nobody."""


def _enumerator(word: str, roman: bool = False) -> str:
    """Return the kind of an enumerator: ``1``, ``a``, ``A``, ``i``, ``I``; empty if it is none.

    ``i``, ``v`` and ``x`` are letters, unless ``roman`` says otherwise.
    """
    numeral = word.lower() in _ROMAN and (word.islower() or word.isupper())
    if numeral and (roman or len(word) > 1):
        return "i" if word.islower() else "I"
    if len(word) == 1 and word.isalpha():
        return "a" if word.islower() else "A"
    return "1" if len(word) < 3 and word.isdecimal() else ""


_UNITS = ("", "i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix")
_ROMAN = frozenset(tens + units for tens in ("", "x", "xx", "xxx") for units in _UNITS if tens + units)


def _enter(levels: list[tuple[str, str]], marks: list[str]) -> None:
    """Change the open levels (kind of mark, last value) for an item with these marks.

    An item of a kind that is open goes on that list and closes what was opened in it; another kind opens a list.
    """
    value = next((mark.rstrip("/)") for mark in reversed(marks) if mark != "-"), "-")
    kind = _kind(marks)
    if value.lower() in ("i", "v", "x") and not _goes_on(levels, kind, value):
        kind = _kind(marks, roman=True)
    for depth, (other, _) in enumerate(levels):
        if other == kind:
            del levels[depth:]
            break
    levels.append((kind, value))


def _kind(marks: list[str], roman: bool = False) -> str:
    return " ".join(
        (_enumerator(mark.rstrip("/)"), roman) or "-") + (mark[-1] if mark[-1] in "/)" else "") for mark in marks
    )


def _goes_on(levels: list[tuple[str, str]], kind: str, value: str) -> bool:
    """Return whether ``i)`` continues a list of letters (after ``h)``) instead of being a roman numeral."""
    return any(other == kind and ord(last) == ord(value) - 1 for other, last in levels)
