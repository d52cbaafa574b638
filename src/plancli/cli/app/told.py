"""The words of an error: what was found, then what to do."""

from collections.abc import Iterator, Sequence

from plancli.diagnostic import Diagnostic, InvalidPlan
from plancli.errors import PlanError, Several
from plancli.i18n import _, ngettext
from plancli.text import escape_control

SHOWN = 5
"""How many errors of a refused plan are named before the rest is only counted."""


def sentences(error: PlanError, args: Sequence[str]) -> Iterator[str]:
    """Give the lines that tell an error; what could take over a terminal is made visible."""
    if isinstance(error, Several):
        for each in error.errors:
            yield from sentences(each, args)
        return
    yield escape_control(f"plancli: {error.message}")
    if isinstance(error, InvalidPlan):
        yield from map(escape_control, _refusal(error, args))
    elif error.hint:
        yield escape_control(error.hint)


def _refusal(error: InvalidPlan, args: Sequence[str]) -> Iterator[str]:
    errors = [each for each in error.diagnostics if each.severity == "error"]
    for each in errors[:SHOWN]:
        action = _("action {number}: ").format(number=each.action) if each.action else ""
        place = f"{each.file}:{each.span.start.line}:{each.span.start.column}"
        yield f"  {place}  {action}{each.sentence}"
    if len(errors) > SHOWN:
        yield "  " + ngettext("… and {n} more", "… and {n} more", len(errors) - SHOWN)
    yield error.hint or " · ".join(_ways_on(errors, args))


def _ways_on(errors: Sequence[Diagnostic], args: Sequence[str]) -> Iterator[str]:
    """Give what to type next: what shows the errors in place, and the same question to the committed plan."""
    import shlex

    from plancli.loader import is_answered_at

    file = errors[0].file if errors else ""
    if any(arg == "--at" or arg.startswith("--at=") for arg in args):
        yield _("In place: {command}").format(command=f"git show {shlex.quote(file)} | plancli validate -")
        return
    yield _("In place: {command}").format(command=_validate(args))
    if is_answered_at(file, "HEAD"):
        asked = shlex.join(["plancli", *args, "--at", "HEAD"])
        yield _("last committed plan: {command}").format(command=asked)


def _validate(args: Sequence[str]) -> str:
    """Give the command that shows the errors in place, on the plan that was asked."""
    import shlex

    for index, arg in enumerate(args):
        if arg == "--plan" and index + 1 < len(args):
            return f"plancli validate {shlex.quote(args[index + 1])}"
        if arg.startswith("--plan="):
            return f"plancli validate {shlex.quote(arg.removeprefix('--plan='))}"
    return "plancli validate"
