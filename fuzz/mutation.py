"""Edits of a text, out of a fuzzer's bytes or Hypothesis's numbers."""

from collections.abc import Sequence

Edit = tuple[int, int, int]
"""Where (in 65,536 parts of a text), how many characters are taken out, which scrap is put there."""

SCRAPS = (
    "",
    *"\t\n\r '\"[]{}#:-,&*!|>%@`?=<~0\u00a0\u2028\x85\x00\x1b\ufeffé\u202e|;",
    ": ",
    " #",
    " # note-7\n",
    "\n# note-8\n",
    "- ",
    "\n\n",
    "\r\n",
    "<<<<<<< a\n",
    "=======\n",
    ">>>>>>> b\n",
    "\n---\n",
    "\n...\n",
    "e\u0301",
    '"\\u2028"',
    '"\\ud800"',
    "- number: 2\n",
    "number: 1\n",
    "            text: x\n",
    "            pilots: [DHUP, DIHAL]\n",
    "pilot",
    "years: []\n",
    "012",
    "NO",
    "2021-2022",
    "99999999999999999999",
    "-1",
    "1.0",
    "[]",
    "{}",
    "null",
    "true",
    ">-\n",
    "|+\n",
    "\ue0ff",
    "\U0001f600",
    "=cmd()",
    "[red]",
    "</script>",
    "&a ",
    "*a",
    "!!python/object ",
    "  ",
    "      ",
)


def edited(text: str, edits: Sequence[Edit]) -> str:
    """Carry out edits one after the other."""
    for place, length, scrap in edits:
        start = place * (len(text) + 1) // 65536
        text = text[:start] + SCRAPS[scrap % len(SCRAPS)] + text[start + length :]
    return text


def moved(text: str, moves: Sequence[Edit]) -> str:
    """Move lines, double them (even lengths) and shift them sideways."""
    lines = text.split("\n")
    for source, target, shift in moves:
        line = lines[source % len(lines)]
        if shift % 2:
            lines.remove(line)
        shift = shift // 2 % 13 - 6
        lines.insert(target % (len(lines) + 1), " " * shift + line if shift > 0 else line[-shift:])
    return "\n".join(lines)


def script(data: bytes) -> tuple[list[Edit], list[Edit]]:
    """Read edits and moves out of a fuzzer's bytes, five bytes each."""
    found: tuple[list[Edit], list[Edit]] = ([], [])
    for at in range(0, min(len(data), 60) - 4, 5):
        kind, high, low, length, scrap = data[at : at + 5]
        if kind < 200:
            found[0].append((high * 256 + low, length % 40, scrap))
        else:
            found[1].append((high, low, length))
    return found
