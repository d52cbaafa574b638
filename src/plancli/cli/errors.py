"""Errors on standard error: the message, then a hint, whose commands name the plan that the command line names."""

import os
import re
import shlex
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import TYPE_CHECKING

from plancli.cli.streams import print_err
from plancli.errors import PlanError, PlanErrors
from plancli.i18n import _, ngettext
from plancli.text import escape_control

if TYPE_CHECKING:
    from plancli.diagnostic import Diagnostic, InvalidPlan

MOST_ERRORS = 5
"""The number of errors of an invalid plan that are listed; the rest is only counted."""


def print_error(error: PlanError, args: Sequence[str] = ()) -> None:
    """Write an error of a command line; nothing where standard error is closed: the exit code is enough."""
    with suppress(OSError):
        for line in error_lines(error, args):
            print_err(line)


def error_lines(error: PlanError, args: Sequence[str]) -> Iterator[str]:
    """Yield the lines of an error of a command line."""
    from plancli.diagnostic import InvalidPlan

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


def _invalid_plan(error: "InvalidPlan", args: Sequence[str]) -> Iterator[str]:
    from plancli.check.scan.file_rules import FILE_RULES

    errors = [each for each in error.diagnostics if each.severity == "error"]
    of_file = {rule.name for rule in FILE_RULES}
    errors.sort(key=lambda each: each.rule not in of_file)  # what else is wrong may follow from these
    for each in errors[:MOST_ERRORS]:
        action = _("action {number}: ").format(number=each.name) if each.action else ""
        place = f"{each.file}:{each.span.start.line}:{each.span.start.column}"
        yield f"  {place}  {action}{each.sentence}"
    if len(errors) > MOST_ERRORS:
        yield "  " + ngettext("… and {n} more", "… and {n} more", len(errors) - MOST_ERRORS)
    yield error.hint or " · ".join(_next_commands(errors, args))


def _next_commands(errors: "Sequence[Diagnostic]", args: Sequence[str]) -> Iterator[str]:
    """Yield what to type next: what shows the errors in place, and the same question to the committed plan."""
    from plancli.loader import load_plan

    file = errors[0].file if errors else ""
    if any(arg == "--at" or arg.startswith("--at=") for arg in args):
        yield in_place(file, at_revision=True)
        return
    yield in_place(plan_on_line(args))
    try:
        load_plan(file, "HEAD")
    except PlanError:
        return
    asked = shlex.join(["plancli", *args, "--at", "HEAD"])
    yield _("last committed plan: {command}").format(command=asked)


def in_place(file: str | None, at_revision: bool = False) -> str:
    """Return the hint that shows the errors of a plan in place; ``at_revision`` if ``file`` is ``REV:path``."""
    command = "plancli validate"
    if at_revision:
        command = f"git show {shlex.quote(file or '')} | {command} -"
    elif file is not None:
        command = f"{command} {shlex.quote(file)}"
    return _("In place: {command}").format(command=command)


ABOUT_A_PLAN = (
    *("list", "show", "summary", "directorates", "diff", "log", "progress", "report"),
    *("set", "add", "move", "remove", "declare", "export", "git install", "git uninstall", "git status"),
)
"""The commands that have ``--plan``."""

_COMMAND = (
    rf"\bplancli (?:{'|'.join(ABOUT_A_PLAN)})(?! --help)(?: (?!\(|\?|--plan)\S+?)*(?=\s*\?$|[.;)](?:\s|$)| \(|$)"
)

_named: list[str] = []


def name_plan(args: Sequence[str]) -> None:
    """Take note of the plan that a command line names with ``--plan``, if it is one file."""
    named = [*_values(args)]
    is_file = len(named) == 1 and named[0] not in ("", "-") and not os.path.isdir(named[0])
    _named[:] = named if is_file else []


def plan_on_line(args: Sequence[str]) -> str | None:
    """Return the plan that a command line names with ``--plan``, the first if there are several."""
    return next(_values(args), None)


def with_plan(text: str) -> str:
    """Return a hint whose commands name the plan that the command line names."""
    if not _named:
        return text
    file = escape_control(shlex.quote(_named[0]))

    def named(found: re.Match[str]) -> str:  # before a last option: its value is still to be typed
        return re.sub(r"(?= --[a-z-]+$)|$", lambda _at: f" --plan {file}", found[0], count=1)

    hint = re.sub(_COMMAND, named, text)
    return f"{hint} {file}" if hint.endswith("plancli fmt") else hint


def _values(args: Sequence[str]) -> Iterator[str]:
    for index, arg in enumerate(args):
        if arg == "--plan" and index + 1 < len(args):
            yield args[index + 1]
        elif arg.startswith("--plan="):
            yield arg.removeprefix("--plan=")
