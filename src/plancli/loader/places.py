"""Where a plan is looked for, and its bytes."""

import os
import sys

from plancli.errors import Unavailable
from plancli.i18n import _, os_error_text

PLACES = (os.path.join("data", "plan.yaml"), "plan.yaml")
"""Where a plan is looked for, in the working folder and each folder above it."""


def named_plan(path: str | None) -> str | None:
    """Give the plan that was named: ``path``, else $PLANCLI_PLAN."""
    return path or os.environ.get("PLANCLI_PLAN") or None


def nearest_plan() -> str | None:
    """Give the nearest plan from the working folder upward."""
    folder = os.getcwd()
    while True:
        for place in PLACES:
            candidate = os.path.join(folder, place)
            if os.path.isfile(candidate):
                return os.path.relpath(candidate)
        above = os.path.dirname(folder)
        if above == folder:
            return None
        folder = above


def find_plan(path: str | None = None) -> str:
    """Give the file that is meant: ``path``, else $PLANCLI_PLAN, else the nearest one upward; ``-`` is stdin."""
    found = named_plan(path) or nearest_plan()
    if found is None:
        raise no_plan()
    return found


def no_plan() -> Unavailable:
    """Say that there is no plan, and how to name one."""
    return Unavailable(
        _("no plan here: neither data/plan.yaml nor plan.yaml, in this folder or above"),
        _("Name one: --plan PATH"),
    )


def read_source(path: str, size: int = -1) -> bytes:
    """Give the bytes of a file, or of standard input for ``-``; at most ``size`` of them."""
    try:
        if path == "-":
            return sys.stdin.buffer.read(size)
        with open(path, "rb") as file:
            return file.read(size)
    except OSError as error:
        message = _("can't read {path}: {reason}").format(path=path, reason=os_error_text(error))
        raise Unavailable(message, _where_plans_are(path)) from error


def _where_plans_are(unread: str) -> str:
    near = nearest_plan()
    if near is None or near == unread:
        return _("Name another plan")
    return _("The plan here: {file}").format(file=near)


def display_name(path: str) -> str:
    """Give the name by which diagnostics call a file."""
    return "<stdin>" if path == "-" else path
