"""Plans of 1 MB: what is no plan, what has the shape of one (wrong or odd, and fine), and two, now and before."""

from collections.abc import Callable
from functools import partial

SIZE = 1_000_000


def filled(piece: str, size: int = SIZE) -> str:
    """Repeat a piece up to a size in UTF-8."""
    return piece * (size // len(piece.encode()))


def counted(piece: Callable[[int], str], size: int = SIZE) -> str:
    """Make different pieces up to a size in UTF-8."""
    found, length, number = [], 0, 0
    while length < size:
        number += 1
        made = piece(number)
        length += len(made.encode())
        found.append(made)
    return "".join(found)


def action(number: int, text: str = "Définir.", pilots: str = "A", associated: str = "", more: str = "") -> str:
    """Write an action."""
    return (
        f"          - number: {number}\n            text: {text}\n            pilots: [{pilots}]\n"
        f"            associated: [{associated}]\n            years: [2021]\n            priority: 1\n{more}"
    )


def plan(actions: str, directorates: str = "  A: {}\n", rest: str = "", title: str = "T") -> str:
    """Write a plan of one measure around its actions."""
    return (
        f"title: {title}\nlanguage: fr\nperiod:\n  start: 2021\n  end: 2022\npriorities: [1, 2]\n"
        f"directorates:\n{directorates}orientations:\n  - number: 1\n    title: O\n    measures:\n"
        f"      - number: 1\n        title: M\n        actions:\n{actions}{rest}"
    )


GOOD = plan(action(1))


def words(number: int) -> str:
    """Make a text of words that come again in others, no two texts alike."""
    picked = ("stratégie", "ménages", "logement", "bailleurs", "commission", "préfet", "suivi", "indicateurs")
    return " ".join(f"{picked[(number * step) % 8]} {number * step % 97}" for step in range(1, 9))


def large(shift: int = 0, order: int = 1, count: int = 4000) -> str:
    """Write a plan of 1 MB that is fine: its actions, or the same under other numbers, or in another order."""
    made = [action(number + shift, words(number)) for number in range(1, count + 1)]
    skipped = "unused_numbers:\n" + "".join(
        f"  - number: {number}\n    reason: r\n" for number in range(1, shift + 1)
    )
    return plan("".join(made[::order]), rest=skipped if shift else "")


def alone(text: str) -> str:
    """Write a plan of one action."""
    return plan(action(1, text))


BROKEN: dict[str, Callable[[], str | bytes]] = {
    "one key again and again": lambda: filled("a: 1\n"),
    "a number without its dash again and again": lambda: plan(
        "          - text: x\n" + filled("            number: 1\n")
    ),
    "each key twice": lambda: counted(lambda n: f"k{n // 2}: 1\n"),
    "opening brackets": lambda: filled("["),
    "opening braces": lambda: filled("{"),
    "brackets in pairs": lambda: "[" + filled("[],") + "]",
    "closing brackets": lambda: filled("]"),
    "dashes in a line": lambda: filled("- "),
    "dashes in lines": lambda: filled("-\n"),
    "a list of a letter": lambda: filled("- a\n"),
    "question marks": lambda: filled("? "),
    "colons": lambda: filled(": "),
    "commas": lambda: "a: [" + filled(",") + "]",
    "double quotes": lambda: filled('"'),
    "single quotes": lambda: filled("'"),
    "quoted texts": lambda: filled('"a": "b"\n'),
    "a quote that is never closed": lambda: '"' + large(),
    "a quote that is never closed in each line": lambda: filled('a: "b\n'),
    "one line": lambda: "title: " + filled("a "),
    "one line without a space": lambda: filled("a"),
    "short lines": lambda: filled("a\n"),
    "short lines of different keys": lambda: counted(lambda n: f"k{n}: 1\n"),
    "unknown keys near to known ones": lambda: GOOD + counted(lambda n: f"titl{n}: 1\n"),
    "unknown keys in an action": lambda: GOOD + counted(lambda n: f"            prioritie{n}: 1\n"),
    "a key of 1 MB": lambda: "title: T\n" + filled("a") + ": 1\n",
    "spaces": lambda: filled(" "),
    "line breaks": lambda: filled("\n"),
    "carriage returns": lambda: filled("a: b\r"),
    "tabs": lambda: filled("\ta: b\n"),
    "nulls": lambda: filled("\0"),
    "bytes that aren't UTF-8": lambda: b"\xff" * SIZE,
    "bytes that aren't UTF-8 here and there": lambda: b"a: \xff\n" * (SIZE // 5),
    "line breaks and a byte that isn't UTF-8": lambda: b"\xff" + b"\n" * SIZE,
    "UTF-16": lambda: large().encode("utf-16"),
    "control characters": lambda: alone("a" + filled("\x01a\n")),
    "odd spaces": lambda: filled("a:\u00a0b\n"),
    "odd spaces in an indentation": lambda: large().replace("            ", "\u00a0" * 12),
    "escape sequences": lambda: alone('"' + filled("\\e[31m") + '"'),
    "escapes": lambda: alone('"' + filled("\\u2028") + '"'),
    "conflict markers": lambda: GOOD + filled("<<<<<<< a\n=======\n>>>>>>> b\n"),
    "conflicts that aren't closed": lambda: GOOD + filled("<<<<<<< a\n"),
    "documents": lambda: filled("---\n"),
    "directives": lambda: filled("%YAML 1.2\n"),
    "tag directives": lambda: counted(lambda n: f"%TAG !a{n}! b\n"),
    "anchors": lambda: filled("- &a b\n"),
    "aliases": lambda: "- &a b\n" + filled("- *a\n"),
    "tags": lambda: filled("- !a b\n"),
    "merge keys": lambda: filled("<<: b\n"),
    "steps to the right": lambda: counted(lambda n: " " * n + f"k{n}:\n"),
    "steps to and fro": lambda: counted(lambda n: " " * (n % 900) + "a\n"),
    "indented badly": lambda: plan(counted(lambda n: " " * (n % 3) + action(n))),
    "colons in texts": lambda: plan(counted(lambda n: action(n, "a: b: c"))),
    "actions that lack everything": lambda: plan(filled("          - number: 1\n")),
    "empty actions": lambda: plan(filled("          - {}\n")),
    "a number in all texts": lambda: plan(counted(lambda n: action(n, "12"))),
    "block scalars": lambda: filled("a: |\n b\n"),
    "a flow that never ends": lambda: "a: {" + counted(lambda n: f"k{n}: [1,"),
}

WRONG: dict[str, Callable[[], str | bytes]] = {
    "one number": lambda: plan(counted(lambda n: action(1, words(n)))),
    "numbers backwards": lambda: plan(counted(lambda n: action(9999999 - n))),
    "numbers far apart": lambda: plan(counted(lambda n: action(n * 10**12))),
    "a number without end": lambda: plan(action(1) + action(10**17)),
    "unknown codes": lambda: plan(
        action(1, associated=counted(lambda n: f"ABCDE{n}, ", 500_000)),
        counted(lambda n: f"  ABCDF{n}: {{}}\n", 500_000),
    ),
    "unknown codes in actions": lambda: plan(
        counted(lambda n: action(n, associated=f"ABCDE{n}"), 500_000),
        counted(lambda n: f"  ABCDF{n}: {{}}\n", 500_000),
    ),
    "long codes": lambda: plan(
        counted(lambda n: action(n, associated="B" * 45_000 + str(n)), 500_000),
        counted(lambda n: f"  {'A' * 45_000}{n}: {{}}\n", 500_000),
    ),
    "two codes of half a megabyte": lambda: plan(
        action(1, associated="B" * 499_000), f"  {'A' * 499_000}: {{}}\n"
    ),
    "one code repeated": lambda: plan(action(1, associated=filled("A, "))),
    "unused codes": lambda: plan(action(1), "  A: {}\n" + counted(lambda n: f"  B{n}: {{}}\n")),
    "years repeated": lambda: GOOD.replace("[2021]", "[" + filled("2021, ") + "]"),
    "years backwards": lambda: GOOD.replace("[2021]", "[" + counted(lambda n: f"{10**9 - n}, ") + "]"),
    "priorities": lambda: GOOD.replace("[1, 2]", "[" + counted(lambda n: f"{n}, ") + "]"),
    "a period without end": lambda: GOOD.replace("end: 2022", f"end: {10**17}"),
    "acronyms": lambda: plan(
        counted(lambda n: action(n, words(n)), 500_000),
        rest="glossary:\n" + counted(lambda n: f"  X{n}: y\n", 500_000),
    ),
    "acronyms that are found in no word": lambda: plan(
        action(1, filled("aA", 500_000)), rest="glossary:\n" + counted(lambda n: f"  {'aA' * n}: y\n", 500_000)
    ),
    "notes that point nowhere": lambda: plan(
        action(1), rest="source_notes:\n" + counted(lambda n: f"  - action: {n}\n    field: text\n    note: n\n")
    ),
    "unused numbers": lambda: plan(
        action(1), rest="unused_numbers:\n" + counted(lambda n: f"  - number: {n}\n    reason: r\n")
    ),
    "unused numbers, all the same": lambda: plan(
        action(1), rest="unused_numbers:\n" + filled("  - number: 1\n    reason: r\n")
    ),
    "measures of one number": lambda: GOOD + filled("      - number: 1\n        title: M\n        actions: []\n"),
    "orientations of one number": lambda: GOOD + filled("  - number: 1\n    title: M\n    measures: []\n"),
    "blank texts": lambda: plan(counted(lambda n: action(n, '"  "'))),
    "ambiguous words": lambda: plan(action(1, associated=filled("NO, "))),
    "combining characters": lambda: alone("a" + filled("\u0301\u0323")),
    "combining characters in a code": lambda: plan(action(1, pilots="a" + filled("\u0301\u0323"))),
    "combining characters in a comment": lambda: GOOD + "# a" + filled("\u0301\u0323"),
    "combining characters of all kinds": lambda: alone(filled("a" + "".join(map(chr, range(0x300, 0x370))))),
    "characters of all kinds": lambda: alone(
        "".join(chr(n) for n in range(0xC0, 0x50000) if chr(n).isprintable())
    ),
    "accents written apart": lambda: plan(counted(lambda n: action(n, filled("e\u0301", 60)))),
    "bidirectional overrides": lambda: alone("a" + filled("\u202e")),
}
"""What has the shape of a plan and is wrong, or odd."""

FINE: dict[str, Callable[[], str | bytes]] = {
    "a large plan": large,
    "one long text": lambda: alone(filled("Définir la stratégie ; ")),
    "one long text of marks": lambda: alone("a " + filled("1/ a) - ")),
    "one long word": lambda: alone(filled("a")),
    "one long word of wide characters": lambda: alone(filled("字")),
    "quotes": lambda: alone("'" + filled("''") + "'"),
    "comments": lambda: filled("# c\n", 500_000) + plan(counted(lambda n: action(n, more="# d\n"), 500_000)),
    "a comment in each line": lambda: large().replace("\n", " # c\n"),
    "directorates": lambda: plan(
        counted(lambda n: action(n, pilots=f"B{n}", associated="A"), 650_000),
        "  A: {}\n" + counted(lambda n: f"  B{n}: {{}}\n" if n < 6000 else " " * 10**6, 80_000).rstrip(" ") + "",
    ),
    "notes on each action": lambda: plan(
        "".join(map(action, range(1, 3501))),
        rest="source_notes:\n" + "".join(f"  - action: {n % 3500 + 1}\n    note: Sic.\n" for n in range(18_000)),
    ),
    "many titles": lambda: GOOD.replace("title: T", "title: " + filled("t ")),
    "measures": lambda: (
        GOOD + counted(lambda n: f"      - number: {n + 1}\n        title: {words(n)}\n        actions: []\n")
    ),
}
"""What is a plan."""


def _texts(count: int, change: Callable[[int], str]) -> str:
    return plan("".join(action(number, change(number)) for number in range(1, count + 1)))


much = partial(filled, size=SIZE // 2)
many = partial(counted, size=SIZE // 2)
half_large = partial(large, count=2000)


def _small_groups(priority: int) -> str:
    measures = counted(
        lambda n: (
            f"      - number: {n + 1}\n        title: {words(n)}\n        actions:\n"
            + action(n + 1).replace("priority: 1", f"priority: {priority}")
        ),
        SIZE // 2,
    )
    return GOOD.replace("directorates:", "levels: [axe, objectif]\ndirectorates:") + measures


CHANGED: dict[str, tuple[Callable[[], str], Callable[[], str]]] = {
    "all numbers": (partial(large, 1, 1, 2000), half_large),
    "all the other way round": (partial(large, 0, -1, 2000), half_large),
    "one text everywhere": (lambda: _texts(3000, lambda n: "a"), lambda: _texts(2500, lambda n: "a")),
    "words everywhere, exchanged": (
        lambda: _texts(2000, lambda n: words(n)),
        lambda: _texts(2000, lambda n: words(2001 - n) + " x"),
    ),
    "one text of 1 MB": (
        lambda: alone(many(lambda n: f"w{n % 997} ")),
        lambda: alone(many(lambda n: f"w{n % 991} ")),
    ),
    "one word again and again": (lambda: alone(much("a b ")), lambda: alone(much("a c "))),
    "letters": (lambda: alone(much("a")), lambda: alone(filled("a", SIZE // 2 - 9) + "b")),
    "titles": (
        lambda: (
            GOOD + many(lambda n: f"      - number: {n + 1}\n        title: {words(n)}\n        actions: []\n")
        ),
        lambda: (
            GOOD
            + many(lambda n: f"      - number: {n + 1}\n        title: {words(n + 1)} x\n        actions: []\n")
        ),
    ),
    "an action in each group of a level that has a name": (
        partial(_small_groups, 2),
        partial(_small_groups, 1),
    ),
    "declarations": (
        lambda: plan(action(1), "  A: {}\n" + many(lambda n: f"  B{n}: {{}}\n")),
        lambda: plan(action(1), "  A: {}\n" + many(lambda n: f"  C{n}: {{}}\n")),
    ),
    "notes": (
        lambda: plan(action(1), rest="source_notes:\n" + many(lambda n: f"  - action: 1\n    note: n{n}\n")),
        lambda: plan(action(1), rest="source_notes:\n" + many(lambda n: f"  - action: 1\n    note: m{n}\n")),
    ),
    "directorates that sign off": (
        lambda: plan(
            counted(lambda n: action(n, words(n), f"B{n}"), 400_000),
            "  A: {}\n" + "".join(f"  B{n}: {{}}\n" for n in range(3000)),
        ),
        half_large,
    ),
}
"""Two plans, now and before: 1 MB together."""
