"""What texts share: case, accents and typography ignored, words mentioned, the nearest of some words."""

from collections.abc import Iterable


def fold(text: str) -> str:
    """Return a text as searches compare it, without case, accents, œ/oe, ’/', kinds and runs of blanks."""
    if not text.isascii():
        for character, bare in FRENCH:  # far quicker than Unicode's tables, and all that most texts need
            text = text.replace(character, bare)
            if text.isascii():
                break
        else:
            text = without_accents(text)
    text = text.lower()
    return text.strip() if text.isprintable() and "  " not in text else " ".join(text.split())


FRENCH = (
    *zip("éèàêçâîôûùïëöüÉÈÀÊÇ", "eeaecaiouuieoueeaec", strict=True),
    *(("œ", "oe"), ("Œ", "oe"), ("’", "'"), ("\u00a0", " "), ("\u202f", " ")),
)
"""The characters of French texts, the commonest first, and what they are folded to."""

_SAME = {"œ": "oe", "æ": "ae", "’": "'", "‘": "'", "ʼ": "'", "′": "'"}
_SAME |= {"\u2010": "-", "\u00ad": "", "\u200b": "", "\ufeff": ""}


_PIECE = 256
"""Characters that are taken apart at a time: marks in a row are sorted, which takes the square of their number."""


def without_accents(text: str) -> str:
    """Return a text without case, accents and typography, its blanks as they are."""
    if len(text) > _PIECE:
        return "".join([without_accents(text[start : start + _PIECE]) for start in range(0, len(text), _PIECE)])
    from unicodedata import combining, normalize

    text = normalize("NFKD", normalize("NFKD", text).casefold())
    for character in set(text):
        if character > "\x7f":
            if character in _SAME:
                text = text.replace(character, _SAME[character])
            elif combining(character):
                text = text.replace(character, "")
    return text


_MOST_MARKS = 30
"""More accents in a row than any letter has (Unicode Standard Annex 15, Stream-Safe Text Format)."""


def to_nfc(text: str) -> str:
    """Write letters and their accents as one character (NFC), unless so many are in a row that it is no text."""
    from unicodedata import combining, is_normalized, normalize

    if is_normalized("NFC", text):
        return text
    run = 0
    for character in text:
        run = run + 1 if combining(character) else 0
        if run > _MOST_MARKS:
            return text
    return normalize("NFC", text)


def find(text: str, words: str) -> tuple[tuple[int, int], ...]:
    """Return where ``words`` occur in ``text`` as ``fold`` compares them: start and end indexes, left to right."""
    wanted = fold(words)
    if not wanted or wanted not in fold(text):
        return ()
    folded: list[str] = []
    origins: list[int] = []
    for index, character in enumerate(text):
        for part in (without_accents(character) if character > "\x7f" else character).lower():
            if part.isspace():
                if not folded or folded[-1] == " ":
                    continue
                part = " "
            folded.append(part)
            origins.append(index)
    whole = "".join(folded)
    found = []
    start = whole.find(wanted)
    while start >= 0:
        end = origins[start + len(wanted) - 1] + 1
        while end < len(text) and text[end] > "\x7f" and without_accents(text[end]) == "":
            end += 1
        found.append((origins[start], end))
        start = whole.find(wanted, start + len(wanted))
    return tuple(found)


def contains_word(text: str, word: str) -> bool:
    """Return whether a text contains a word, written exactly so and whole (``SI``, not in ``SIREN``)."""
    start = text.find(word) if word else -1
    while start >= 0:
        end = start + len(word)
        if not (start and text[start - 1].isalnum()) and not (end < len(text) and text[end].isalnum()):
            return True
        start = text.find(word, start + 1)
    return False


_LONGEST = 100
"""Letters of a word that one was mistyped for: comparing takes the square of them."""


def closest(word: str, words: Iterable[str]) -> str | None:
    """Return the closest of some words: a few typing errors away, or the only one with this prefix.

    An error is a letter added, dropped, changed, or swapped with its neighbour; about one in three letters may be
    wrong. Case and accents cost nothing.
    """
    wanted = fold(word)
    if not wanted or len(wanted) > _LONGEST:
        return None
    limit = max(1, len(wanted) // 3)
    best: tuple[int, bool] | None = None
    found: str | None = None
    longer = []
    for candidate in words:
        folded = fold(candidate)
        if len(wanted) > 1 and folded.startswith(wanted):
            longer.append(candidate)
        if abs(len(folded) - len(wanted)) > limit:
            continue
        slips = _edit_distance(wanted, folded)
        rank = (slips, folded[:1] != wanted[:1])
        if slips <= limit and slips < max(len(wanted), len(folded)) and (best is None or rank < best):
            best, found = rank, candidate
    if found is None and len(longer) == 1:
        return longer[0]
    return found


def nearly(word: str, words: Iterable[str]) -> str | None:
    """Return the word of some that must be meant by another: of the same letters, or one slip away.

    A slip counts where letters are many, or where it only swaps two. ``closest`` guesses what was meant by a word
    that is wrong; here the word may well be right.
    """
    wanted = _letters(word)
    if not wanted or len(wanted) > _LONGEST:
        return None
    each = [(candidate, _letters(candidate)) for candidate in words]
    same = next((candidate for candidate, letters in each if letters == wanted), None)
    if same is not None:
        return same
    near = ((own, letters) for own, letters in each if abs(len(letters) - len(wanted)) <= 1)
    if len(wanted) < _LEAST_LETTERS:
        near = ((own, letters) for own, letters in near if sorted(letters) == sorted(wanted))
    return next((own for own, letters in near if _edit_distance(wanted, letters) == 1), None)


_LEAST_LETTERS = 4
"""Letters of a word in which one slip leaves no doubt."""


def _letters(word: str) -> str:
    return "".join(character for character in fold(word) if character.isalnum())


def _edit_distance(first: str, second: str) -> int:
    """Count the slips between two words (optimal string alignment)."""
    before: list[int] = []
    row = list(range(len(second) + 1))
    for i, a in enumerate(first, 1):
        earlier, before = before, row
        row = [i]
        for j, b in enumerate(second, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == second[j - 2] and first[i - 2] == b:
                cost = min(cost, earlier[j - 2] + 1)
            row.append(cost)
    return row[-1]
