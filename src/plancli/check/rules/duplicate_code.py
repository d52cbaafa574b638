"""No two actions have the same code, no two groups either, and no code is the number of another block.

Wherever a number can be typed, a code can: it must mean one thing.

Pass:

    actions: [{number: 1, code: "1.1"}, {number: 2, code: "1.2"}]

Fail:

    actions: [{number: 1, code: "1.1"}, {number: 2, code: "1.1"}]
"""

from collections.abc import Iterator, Sequence

from plancli.check.rules.base import beginning, rule
from plancli.diagnostic import Finding, Label
from plancli.i18n import N_, _
from plancli.plan.model import Action, Block, Group, Plan, path_of

_TWICE = {
    Action: N_("two actions have the code {code}"),
    Group: N_("two groups have the code {code}"),
}
_NUMBER = {
    Action: N_("the code {code} is the number of another action"),
    Group: N_("the code {code} is the number or the path of another group"),
}


def find(plan: Plan) -> Iterator[Finding]:
    """Find codes that stand again, and those that are what another block is typed by."""
    yield from _find(plan.actions)
    yield from _find(plan.all_groups)


def _find(blocks: Sequence[Action] | Sequence[Group]) -> Iterator[Finding]:
    firsts: dict[str, Block] = {}
    typed: dict[str, Block] | None = None
    for block in blocks:
        code = block.code
        if code is None:
            continue
        first = firsts.setdefault(code, block)
        if first is not block:
            yield _clash(_TWICE[type(block)], code, block, first, "code")
            continue
        if typed is None:
            typed = {str(each.number): each for each in blocks} | {
                path_of(each): each for each in blocks if isinstance(each, Group)
            }
        other = typed.get(code)
        if other is not None and other is not block and other.code != code:
            yield _clash(_NUMBER[type(block)], code, block, other, "number")


def _clash(sentence: str, code: str, block: Block, other: Block, key: str) -> Finding:
    words = other.text if isinstance(other, Action) else other.title
    label = _("the other one: {words}").format(words=beginning(words))
    return Finding(
        _(sentence).format(code=code),
        (*block.path, "code"),
        more=_(" (line {line})"),
        help=_("give one of them another code, or none"),
        related=(Label((*other.path, key), label),),
        value=code,
        see=(*other.path, key),
        unnamed=True,
    )


RULE = rule(find)
