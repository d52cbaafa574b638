"""Errors on standard error: the message, then a hint."""

from collections.abc import Iterator, Sequence
from contextlib import suppress

from plancli.cli.suggest import in_place, plan_on_line, with_plan
from plancli.cli.terminal import print_err
from plancli.diagnostic import Diagnostic, InvalidPlan
from plancli.errors import PlanError, PlanErrors
from plancli.i18n import _, ngettext

MOST_ERRORS = 5
"""The number of errors of an invalid plan that are listed; the rest is only counted."""


def print_error(error: PlanError, args: Sequence[str] = ()) -> None:
    """Write an error of a command line; nothing where nobody listens: the exit code still says it."""
    with suppress(OSError):
        for line in error_lines(error, args):
            print_err(line)


def error_lines(error: PlanError, args: Sequence[str]) -> Iterator[str]:
    """Yield the lines of an error of a command line."""
    if isinstance(error, PlanErrors):
        for each in error.errors:
            yield from error_lines(each, args)
        return
    sentence, stop, guess = error.message.rpartition(". ")
    yield f"plancli: {sentence}{stop}{with_plan(guess) if stop else guess}"
    yield from error.details
    if isinstance(error, InvalidPlan):
        yield from _invalid_plan(error, args)
    elif error.hint:
        yield with_plan(error.hint)


def _invalid_plan(error: InvalidPlan, args: Sequence[str]) -> Iterator[str]:
    errors = [each for each in error.diagnostics if each.severity == "error"]
    for each in errors[:MOST_ERRORS]:
        action = _("action {number}: ").format(number=each.name) if each.action else ""
        place = f"{each.file}:{each.span.start.line}:{each.span.start.column}"
        yield f"  {place}  {action}{each.sentence}"
    if len(errors) > MOST_ERRORS:
        yield "  " + ngettext("… and {n} more", "… and {n} more", len(errors) - MOST_ERRORS)
    yield error.hint or " · ".join(_next_commands(errors, args))


def _next_commands(errors: Sequence[Diagnostic], args: Sequence[str]) -> Iterator[str]:
    """Yield what to type next: what shows the errors in place, and the same question to the committed plan."""
    import shlex

    from plancli.loader import is_answered_at

    file = errors[0].file if errors else ""
    if any(arg == "--at" or arg.startswith("--at=") for arg in args):
        yield in_place(file, at_revision=True)
        return
    yield in_place(plan_on_line(args))
    if is_answered_at(file, "HEAD"):
        asked = shlex.join(["plancli", *args, "--at", "HEAD"])
        yield _("last committed plan: {command}").format(command=asked)
