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

from collections.abc import Iterator

from plancli.check.rules.base import each_code, rule, suggest_codes
from plancli.diagnostic import Finding, Part, Severity
from plancli.i18n import _, ngettext
from plancli.location import Path
from plancli.plan.model import Plan
from plancli.text import fold

_SLIPS = 2
"""A code that is used oftener wasn't mistyped each time: its declaration is missing."""


def find(plan: Plan) -> Iterator[Finding]:
    """Find codes that aren't declared."""
    declared = {directorate.code for directorate in plan.directorates}
    unknown: dict[str, list[Path]] = {}
    for action in plan.actions:
        if not (declared.issuperset(action.pilots) and declared.issuperset(action.associated)):
            for _role, _index, code, path in each_code(action):
                if code not in declared:
                    unknown.setdefault(code, []).append(path)
    if not unknown:
        return
    used = {code for action in plan.actions for code in action.pilots + action.associated}
    codes = [directorate.code for directorate in plan.directorates]  # in their order: the first of two as near
    meant = suggest_codes(unknown, [code for code in codes if code not in used], codes)
    for code, paths in unknown.items():
        near = meant.get(code)
        if near and near not in used and len(paths) > 1:
            yield _misdeclared(code, near, paths)
        else:
            if near and len(paths) > _SLIPS and fold(near) != fold(code):
                near = None
            yield from (_unknown(code, near, path, declared) for path in paths)


def _unknown(code: str, near: str | None, path: Path, declared: set[str]) -> Finding:
    if code != code.strip():
        message = _("unknown directorate {code}: there is a space around it").format(code=f'"{code}"')
    else:
        message = _("unknown directorate {code}").format(code=code or '""')
    several = _several(code, declared)
    if several:
        near = ", ".join(several)
    hint = _('correct the code, or declare {code} under "directorates" (line {{line}})').format(code=code)
    asked = _("did you mean {code}?").format(code=near) if near else ""
    more = ", " + asked if near else ""
    if near and (hidden := _disguised(code, near)):
        more = _(" (it holds {characters})").format(characters=hidden) + more
        again = _("write the code again: it holds {characters}, which can't be told by eye")
        hint = again.format(characters=hidden)
    return Finding(
        message,
        path,
        more=more,
        label=asked,
        help=hint,
        value=code,
        see=("directorates",),
    )


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


def _misdeclared(code: str, near: str, paths: list[Path]) -> Finding:
    times = ngettext("{n} time", "{n} times", len(paths))
    message = _("{near} is declared and used nowhere, {code} is used {times} and not declared")
    return Finding(
        message.format(near=near, code=code, times=times),
        ("directorates", near),
        Part.KEY,
        label=_("did you mean {code}?").format(code=code),
        help=_("correct the declaration, or declare {code} too").format(code=code),
        value=code,
    )


RULE = rule(__name__, __doc__, Severity.ERROR, find, requires=["directorates"])
