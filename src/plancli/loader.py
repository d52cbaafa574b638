"""From a path, standard input or a git revision to a Plan, or to the diagnostics that say why not."""

import os
import sys
from dataclasses import dataclass

from plancli.check.checker import Checked, check
from plancli.diagnostic import InvalidPlan, Part
from plancli.errors import Unavailable
from plancli.language import _, plural, reason
from plancli.location import Path
from plancli.plan.model import Plan

PLACES = (os.path.join("data", "plan.yaml"), "plan.yaml")
"""Where a plan is looked for, in the working folder and each folder above it."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A plan that can be trusted, the name of its file as given or found, and the rest of what its check found."""

    plan: Plan
    name: str
    checked: Checked

    def place(self, path: Path) -> str:
        """Name the line of a path: ``data/plan.yaml:490``."""
        return f"{self.name}:{self.checked.document.span(path, Part.HEAD).start.line}"


def find_plan(path: str | None = None) -> str:
    """Give the file that is meant: ``path``, else $PLANCLI_PLAN, else the nearest one upward; ``-`` is stdin."""
    path = path or os.environ.get("PLANCLI_PLAN")
    if path:
        return path
    folder = os.getcwd()
    while True:
        for place in PLACES:
            candidate = os.path.join(folder, place)
            if os.path.isfile(candidate):
                return os.path.relpath(candidate)
        above = os.path.dirname(folder)
        if above == folder:
            raise Unavailable(
                _("no plan here: neither data/plan.yaml nor plan.yaml, in this folder or above"),
                _("Name one: --plan PATH"),
            )
        folder = above


def read_source(path: str) -> bytes:
    """Give the bytes of a file, or of standard input for ``-``."""
    try:
        if path == "-":
            return sys.stdin.buffer.read()
        with open(path, "rb") as file:
            return file.read()
    except OSError as error:
        raise Unavailable(
            _("can't read {path}: {reason}").format(path=path, reason=reason(error)),
            _("Name a plan: --plan PATH"),
        ) from error


def display_name(path: str) -> str:
    """Give the name by which diagnostics call a file."""
    return "<stdin>" if path == "-" else path


def load_checked(path: str | None = None) -> Checked:
    """Read and check a plan, whatever is wrong with it; raise Unavailable where nothing can be read."""
    path = find_plan(path)
    return check(read_source(path), display_name(path))


def load_plan(path: str | None = None) -> Loaded:
    """Give a plan that has no error; raise InvalidPlan with the diagnostics, or Unavailable."""
    checked = load_checked(path)
    if checked.plan is None or checked.errors:
        count = plural("{n} error", "{n} errors", len(checked.errors))
        name = checked.document.name
        message = _("no answer from an invalid plan: {file} has {errors}").format(file=name, errors=count)
        raise InvalidPlan(message, checked.diagnostics)
    return Loaded(checked.plan, checked.document.name, checked)
