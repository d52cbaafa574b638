"""No two actions have the same code, no two groups either, and no code is the number of another block.

Wherever a number can be typed, a code can: it must mean one thing.

Pass:

    actions: [{number: 1, code: "1.1"}, {number: 2, code: "1.2"}]

Fail:

    actions: [{number: 1, code: "1.1"}, {number: 2, code: "1.1"}]
"""

from collections.abc import Iterator

from plancli.check.rules.base import beginning, rule
from plancli.diagnostic import Finding, Label
from plancli.i18n import N_, _
from plancli.plan.model import Action, Block, Group, Plan, path_of

_TWICE = {
    Action: N_("two actions have the code {code}"),
    Group: N_("two groups have the code {code}"),
}
_NUMBER = {
    (Action, Action): N_("the code {code} is the number of another action"),
    (Group, Action): N_("the code {code} is the number of an action"),
    (Group, Group): N_("the code {code} is the number or the path of another group"),
}


def find(plan: Plan) -> Iterator[Finding]:
    """Find codes that are repeated, and those that are what another block is typed by."""
    if not plan.codes:
        return
    actions: dict[str, Block] = {str(each.number): each for each in plan.actions}
    groups: dict[str, Block] = {str(each.number): each for each in plan.all_groups}
    groups |= {path_of(each): each for each in plan.all_groups}
    firsts: dict[tuple[type, str], Block] = {}
    for code, block in plan.codes:
        kind = type(block)
        first = firsts.setdefault((kind, code), block)
        if first is not block:
            yield _clash(_TWICE[kind], block, first, "code")
            continue
        for typed in (groups, actions) if kind is Group else (actions,):
            other = typed.get(code, block)
            if other is not block and other.code != code:
                yield _clash(_NUMBER[kind, type(other)], block, other, "number")
                break


def _clash(sentence: str, block: Block, other: Block, key: str) -> Finding:
    words = other.text if isinstance(other, Action) else other.title
    label = _("the other one: {words}").format(words=beginning(words))
    return Finding(
        _(sentence).format(code=block.code),
        (*block.path, "code"),
        detail=_(" (line {line})"),
        help=_("give one of them another code, or none"),
        related=(Label((*other.path, key), label),),
        value=str(block.code),
        line_of=(*other.path, key),
        by_text=True,
    )


RULE = rule(find)
