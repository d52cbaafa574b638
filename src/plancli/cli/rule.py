"""``plancli rule``: what is checked, or one check explained."""

import sys
from typing import Annotated

import typer

from plancli.cli.options import completion, say
from plancli.language import _, marked

EXAMPLES = ("plancli rule", "plancli rule duplicate-number")


def command(
    name: Annotated[
        str | None,
        typer.Argument(metavar="NAME", help=marked("The rule to explain."), autocompletion=completion.rules),
    ] = None,
) -> int:
    """List what is checked, or explain one rule with examples that pass and fail."""
    from plancli.check.checker import CHECKS
    from plancli.cli.options import choose

    if name is None:
        return _list()
    known = {check.name: check for check in CHECKS}
    check = known[choose(name, tuple(known), _("no rule {word}"), _("Rules: plancli rule"))]
    say(f"{check.name} ({check.severity.word})\n\n{_(check.page)}\n")
    return 0


def _list() -> int:
    """Write a line a rule: its name, how much it weighs, what it asks."""
    import os

    from plancli.check.checker import CHECKS
    from plancli.output.window import PIPE, window_of
    from plancli.prose import cut

    window = window_of(sys.stdout, os.environ) if sys.stdout else PIPE
    names = max(len(check.name) for check in CHECKS)
    weights = max(len(check.severity.word) for check in CHECKS)
    lines = []
    for check in CHECKS:
        head = f" {check.name:{names}}  {check.severity.word:{weights}}  "
        summary = _(check.summary)
        room = window.columns - len(head) if window.columns else 0
        lines.append(head + (cut(summary, max(room, 20)) if room else summary))
    say("\n".join(lines) + "\n")
    if window.columns:
        say("\n " + _("one rule explained: {command}").format(command="plancli rule duplicate-number") + "\n")
    return 0
