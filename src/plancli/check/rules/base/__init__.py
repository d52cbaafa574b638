"""The parts of every rule, and the words that rules share."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from plancli.diagnostic import Finding, Fixable, Label
from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import Action, Block, Entry, Plan, shape
from plancli.text import closest, truncate

Find = Callable[[Plan], Iterable[Finding]]

B = TypeVar("B", bound=Block)


class PlanRule(NamedTuple):
    """The functions that find what breaks a rule; its page is the docstring of its file.

    ``find_partial`` is used instead where some of the plan couldn't be read; None: the rule needs a complete plan.
    ``requires`` has the top-level keys, besides ``orientations``, without which the rule can't be checked.
    """

    find: Find
    find_partial: Find | None
    requires: frozenset[str]
    fixable: Fixable


def rule(
    find: Find,
    *,
    needs_complete_plan: bool = False,
    find_partial: Find | None = None,
    requires: Iterable[str] = (),
    fixable: Fixable = Fixable.NO,
) -> PlanRule:
    """Return a rule; in a plan that is read in part ``find`` is used as well, unless it is said otherwise."""
    return PlanRule(find, None if needs_complete_plan else find_partial or find, frozenset(requires), fixable)


_MOST_COMPARISONS = 20_000
"""Beyond that, suggestions would take longer than all the rest."""


def quoted(text: str) -> str:
    """Return a text of the plan in quotation marks."""
    return _("« {text} »").format(text=text)


def beginning(text: str, columns: int = 30) -> str:
    """Return the first words of a text in quotation marks, without its own around it."""
    words = " ".join(text.split())
    if words.count("«") == words.count("»") == 1 and words[0] + words[-1] == "«»":
        words = words[1:-1].strip()
    return quoted(truncate(words, columns))


def each_code(action: Action) -> Iterator[tuple[str, str, Path]]:
    """Yield each mention of a directorate in an action: its list, its code, its path."""
    for role, codes in (("pilots", action.pilots), ("associated", action.associated)):
        for index, code in enumerate(codes):
            yield role, code, (*action.path, role, index)


def each_entry(plan: Plan) -> Iterator[Entry]:
    """Yield each entry of ``progress``."""
    for action in plan.actions:
        yield from action.progress


_DIRECTORATE_TEXTS = tuple(key.name for key in shape.SHAPE["directorate"])


def each_text(plan: Plan) -> Iterator[tuple[str, Path, str]]:
    """Yield each text that people read, the path of its block and its key; what a source note quotes isn't one."""
    yield plan.title, (), "title"
    for directorate in plan.directorates:
        for key in _DIRECTORATE_TEXTS:
            text = getattr(directorate, key)
            if text is not None:
                yield text, directorate.path, key
    for group in plan.all_groups:
        yield group.title, group.path, "title"
    for action in plan.actions:
        yield action.text, action.path, "text"
        for entry in action.progress:
            if entry.note is not None:
                yield entry.note, entry.path, "note"
    for unused in plan.unused_numbers:
        yield unused.reason, unused.path, "reason"
    for note in plan.source_notes:
        yield note.note, note.path, "note"
    for acronym in plan.glossary:
        yield acronym.expansion, ("glossary",), acronym.acronym


def duplicates(blocks: Iterable[B]) -> Iterator[tuple[B, B]]:
    """Yield each block whose number another one before it has, with that first one."""
    firsts: dict[int, B] = {}
    for block in blocks:
        first = firsts.setdefault(block.number, block)
        if first is not block:
            yield block, first


def duplicate_number(message: str, second: Block, first: Block, hint: str) -> Finding:
    """Return the finding for a block whose number another one before it has."""
    words = beginning(first.text if isinstance(first, Action) else first.title)
    return Finding(
        message.format(number=second.number),
        (*second.path, "number"),
        detail=_(", the first on line {line}"),
        label=_("second here"),
        help=hint,
        related=(Label((*first.path, "number"), _("first here: {words}").format(words=words)),),
        value=str(second.number),
        line_of=(*first.path, "number"),
        by_text=True,
    )


def guess_question(guess: object) -> str:
    """Return the question whether something else was meant; empty where there is no guess."""
    return _("did you mean {code}?").format(code=guess) if guess else ""


def suggest_codes(
    unknown: Iterable[str], *known: Sequence[str], near: Callable[[str, Sequence[str]], str | None] = closest
) -> dict[str, str]:
    """Return the code that an unknown one probably means, of the first of some lists that has one near enough.

    As many are looked at as there is time for.
    """
    compared = sum(map(len, known))
    found = {}
    for code in islice(unknown, _MOST_COMPARISONS // max(compared, 1)):
        meant = next(filter(None, (near(code, codes) for codes in known)), None)
        if meant:
            found[code] = meant
    return found
