"""Every priority of an action is one of `priorities`, and each action has one where there are any.

Priorities are numbers or words, in the plan's order. A plan without `priorities` has actions without priority.

Pass:

    priorities: [1, 2]
    priority: 2

Fail:

    priorities: [1, 2]
    priority: 3
"""

from collections.abc import Iterator

from plancli.check.rules.base import guess_question, rule
from plancli.diagnostic import Finding, Fixable, Part, Remedy
from plancli.i18n import _
from plancli.plan.model import Action, Plan
from plancli.text import closest, fold


def find(plan: Plan) -> Iterator[Finding]:
    """Find priorities that aren't declared, and actions that lack one."""
    if not plan.priorities:
        having = next((action for action in plan.actions if action.priority is not None), None)
        if having:
            yield Finding(
                _("no priority is declared"),
                (*having.path, "priority"),
                help=_("write priorities: and the levels that actions have, in brackets"),
            )
        return
    for action in plan.actions:
        if action.priority is None:
            yield Finding(
                _("{key} is missing").format(key="priority"),
                action.path,
                Part.HEAD,
                help=_("write {key}: and its value").format(key="priority"),
                value="priority",
                rule="missing-key",
            )
        elif action.priority not in plan.priorities:
            yield _undeclared(plan, action)


def _undeclared(plan: Plan, action: Action) -> Finding:
    key, known = "priority", ", ".join(map(str, plan.priorities))
    guess = _suggest_priority(plan, str(action.priority))
    hint = _('write one of them, or add {number} to "priorities" (line {{line}})').format(number=action.priority)
    detail = _(" (declared: {known})").format(known=known)
    if isinstance(guess, int):
        hint = _("write {text}, without quotes").format(text=f"{key}: {guess}")
    elif guess:
        hint = _("write {text}").format(text=f"{key}: {guess}")
        detail = f", {guess_question(guess)}"
    return Finding(
        _("priority {number} is not declared").format(number=action.priority),
        (*action.path, "priority"),
        detail=detail,
        label=_("declared: {known}").format(known=known),
        help=hint,
        value=str(action.priority),
        line_of=("priorities",),
        fix=Remedy((*action.path, key), guess, is_safe=_is_same(guess, action.priority)) if guess else None,
    )


def _is_same(guess: int | str, priority: object) -> bool:
    """Return whether a priority is a declared one but for quotes, case and accents."""
    return fold(str(guess)) == fold(str(priority))


def _suggest_priority(plan: Plan, typed: str) -> int | str | None:
    """Return the declared priority that was probably meant: the number in quotes, or the nearest word."""
    for each in plan.priorities:
        if fold(str(each)) == fold(typed).strip().lstrip("0"):
            return each
    return closest(typed, [each for each in plan.priorities if isinstance(each, str)])


RULE = rule(find, requires=["priorities"], fixable=Fixable.BOTH)
