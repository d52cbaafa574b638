"""Every code under `pilots` and `associated` is declared under `directorates`.

Codes count exactly as they are declared, capitals and accents included. A code that was mistyped gets the nearest
declared one as a suggestion. Where a declared code is used nowhere and a very similar one is used again and again
without being declared, the slip is in the declaration, and it is reported there, once.

Pass:

    directorates: {DIHAL: {}, DGTrésor: {}}
    pilots: [DIHAL]
    associated: [DGTrésor]

Fail:

    directorates: {DIHAL: {}, DGTrésor: {}}
    pilots: [DIHAL]
    associated: [DGTresor]
"""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from plancli.check.rules.base import each_code, guess_question, rule, suggest_codes
from plancli.diagnostic import Finding, Fixable, Part, Remedy
from plancli.i18n import _, ngettext
from plancli.location import Path
from plancli.plan.model import Plan
from plancli.text import fold

_MOST_CODES = 100
"""A list of more codes isn't written again for each that is wrong."""

_SLIPS = 2
"""A code that is used oftener wasn't mistyped each time: its declaration is missing."""


def find(plan: Plan) -> Iterator[Finding]:
    """Find codes that aren't declared."""
    declared = {directorate.code for directorate in plan.directorates}
    unknown: dict[str, list[_Mention]] = {}
    for action in plan.actions:
        if not (declared.issuperset(action.pilots) and declared.issuperset(action.associated)):
            for role, code, path in each_code(action):
                if code not in declared:
                    both = (action.pilots, action.associated)
                    own, other = both if role == "pilots" else both[::-1]
                    unknown.setdefault(code, []).append(_Mention(path, own, other))
    if not unknown:
        return
    used = {code for action in plan.actions for code in action.pilots + action.associated}
    codes = [directorate.code for directorate in plan.directorates]  # in their order: the first of two as near
    meant = suggest_codes(unknown, [code for code in codes if code not in used], codes)
    spellings = Counter(map(fold, codes))
    names = {fold(directorate.name): directorate.code for directorate in plan.directorates if directorate.name}
    for code, mentions in unknown.items():
        near = meant.get(code)
        named = names.get(fold(code))
        if named:
            yield from (_unknown(code, named, mention, declared, is_safe=False) for mention in mentions)
        elif near and near not in used and len(mentions) > 1:
            yield _misdeclared(code, near, len(mentions))
        else:
            same = near is not None and fold(near) == fold(code)
            if near and len(mentions) > _SLIPS and not same:
                near = None
            is_safe = same and spellings[fold(code)] == 1
            yield from (_unknown(code, near, mention, declared, is_safe) for mention in mentions)


class _Mention(NamedTuple):
    """A code's place, the codes of its list, and those of the other list of its action."""

    path: Path
    own: tuple[str, ...]
    other: tuple[str, ...]


def _unknown(code: str, near: str | None, mention: _Mention, declared: set[str], is_safe: bool) -> Finding:
    if code != code.strip():
        message = _("unknown directorate {code}: there is a space around it").format(code=f'"{code}"')
    else:
        message = _("unknown directorate {code}").format(code=code or '""')
    several = _several(code, declared)
    fix = _remedy(several or [near] if near else several, mention, is_safe or bool(several))
    if several:
        near = ", ".join(several)
    hint = _('correct the code, or declare {code} under "directorates" (line {{line}})').format(code=code)
    asked = guess_question(near)
    detail = ", " + asked if near else ""
    if near and (hidden := _disguised(code, near)):
        detail = _(" (it holds {characters})").format(characters=hidden) + detail
        again = _("write the code again: it holds {characters}, which can't be told by eye")
        hint = again.format(characters=hidden)
    return Finding(
        message,
        mention.path,
        detail=detail,
        label=asked,
        help=hint,
        value=code,
        line_of=("directorates",),
        fix=fix,
    )


def _remedy(codes: list[str], mention: _Mention, is_safe: bool) -> Remedy | None:
    """Return what to write instead; None where the other list has it: a directorate has one role."""
    if not codes or not set(codes).isdisjoint(mention.other):
        return None
    if len(codes) == 1:
        return Remedy(mention.path, codes[0], is_safe=is_safe)
    if len(mention.own) > _MOST_CODES:
        return None
    index = int(mention.path[-1])
    return Remedy(mention.path[:-1], [*mention.own[:index], *codes, *mention.own[index + 1 :]], is_safe=is_safe)


def _disguised(code: str, near: str) -> str:
    """Return the characters that make a code look like another: invisible ones, letters of other alphabets."""
    if code.isascii():
        return ""
    from unicodedata import category, name

    def latin(character: str) -> bool:
        return not character.isalpha() or name(character, "").startswith("LATIN")

    if not all(map(latin, near)):
        return ""
    odd = [c for c in code if c not in near and (not latin(c) or category(c) in ("Cf", "Mn"))]
    return ", ".join(dict.fromkeys(f"U+{ord(character):04X}" for character in odd))


def _several(code: str, declared: set[str]) -> list[str]:
    """Return the declared codes that one code is made of: they were written without a comma."""
    for mark in (";", "/", "+", " - ", " et "):
        code = code.replace(mark, " ")
    codes = code.split()
    return codes if len(codes) > 1 and declared.issuperset(codes) else []


def _misdeclared(code: str, near: str, count: int) -> Finding:
    times = ngettext("{n} time", "{n} times", count)
    message = _("{near} is declared and used nowhere, {code} is used {times} and not declared")
    return Finding(
        message.format(near=near, code=code, times=times),
        ("directorates", near),
        Part.KEY,
        label=guess_question(code),
        help=_("correct the declaration, or declare {code} too").format(code=code),
        value=code,
        fix=Remedy(("directorates", near), key=code, is_safe=False),
    )


RULE = rule(find, requires=["directorates"], fixable=Fixable.BOTH)
