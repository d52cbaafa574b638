"""Parts of plans of 1 MB, and plans around them."""

from collections.abc import Callable

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
