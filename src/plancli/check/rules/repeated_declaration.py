"""Nothing is declared twice under `priorities` or `unused_numbers`.

Pass:

    priorities: [1, 2]

Fail:

    priorities: [1, 2, 2]
"""

from collections.abc import Iterable, Iterator

from plancli.check.rules.base import rule
from plancli.diagnostic import Finding, Fixable, Label, Remedy
from plancli.i18n import _
from plancli.location import Path
from plancli.plan.model import Plan


def find(plan: Plan) -> Iterator[Finding]:
    """Find declarations that are repeated; the place is the second one."""
    for finding in _find((("priorities", i), number) for i, number in enumerate(plan.priorities)):
        yield finding._replace(fix=Remedy(finding.path, drop=True))
    yield from _find(((*unused.path, "number"), unused.number) for unused in plan.unused_numbers)


def _find(declarations: Iterable[tuple[Path, int | str]]) -> Iterator[Finding]:
    firsts: dict[int | str, Path] = {}
    for path, number in declarations:
        first = firsts.setdefault(number, path)
        if first is not path:
            yield Finding(
                _("{number} is declared twice").format(number=number),
                path,
                label=_("second here"),
                help=_("remove one of them"),
                related=(Label(first, _("first here")),),
                value=str(number),
            )


RULE = rule(find, fixable=Fixable.SAFE)
