"""What has the shape of a plan: wrong or odd, and fine."""

from collections.abc import Callable

from fuzz.nasty.made import GOOD, action, alone, counted, filled, large, plan, words

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
