"""Two plans, now and before."""

from collections.abc import Callable
from functools import partial

from fuzz.nasty.made import GOOD, SIZE, action, alone, counted, filled, large, plan, words


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
