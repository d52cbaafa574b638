"""``plancli rule``: the rules, or one explained."""

from plancli.cli import completion
from plancli.cli.options import argument
from plancli.cli.streams import print_out, terminal
from plancli.i18n import N_, _

WIDEST = 100
"""Columns of a paragraph, however wide the window is."""

EXAMPLES = ("plancli rule", "plancli rule duplicate-number")


def command(
    name: str | None = argument(N_("NAME"), N_("The rule to explain."), completion.rules, default=None),
) -> int:
    """List the rules, or explain one with examples that pass and fail."""
    from plancli.check.catalogue import RULES
    from plancli.cli.usage import choose
    from plancli.text import ascii_symbols

    if name is None:
        return _list()
    known = {rule.name: rule for rule in RULES}
    rule = known[choose(name, tuple(known), _("no rule {word}"), _("Rules: plancli rule"))]
    screen = terminal()
    page = f"{rule.name} ({rule.severity.word})\n\n{rule.translated(min(screen.columns or WIDEST, WIDEST))}\n"
    page += f"\n{rule.fixable.sentence}\n"
    print_out(ascii_symbols(page) if screen.simple else page)
    return 0


def _list() -> int:
    """Write a line a rule: its name, its severity, what it asks."""
    from plancli.check.catalogue import RULES
    from plancli.text import ascii_symbols, truncate

    screen = terminal()
    names = max(len(rule.name) for rule in RULES)
    weights = max(len(rule.severity.word) for rule in RULES)
    shown = ascii_symbols if screen.simple else str
    ellipsis = len(shown("…")) - 1
    lines = []
    for rule in RULES:
        head = f" {rule.name:{names}}  {rule.severity.word:{weights}}  "
        summary = _(rule.summary)
        room = screen.columns - len(head) if screen.columns else 0
        lines.append(shown(head + (truncate(summary, max(room, 20) - ellipsis) if room else summary)))
    print_out("\n".join(lines) + "\n")
    if screen.columns:
        more = _("one rule explained: {command}").format(command="plancli rule duplicate-number")
        print_out(shown(f"\n {more}\n"))
    return 0
