"""The files of plans: the one that is meant, those of a folder, and the name of each; their bytes."""

import os
import re
from codecs import BOM_UTF8
from collections import Counter
from collections.abc import Sequence

from plancli.errors import Unavailable
from plancli.files import MAX_SIZE, absolute, read_file, working_folder
from plancli.i18n import _
from plancli.plan.model import shape

PLAN_PLACES = (os.path.join("data", "plan.yaml"), "plan.yaml")
"""Where a plan is looked for, in the working folder and each folder above it."""


def named_plan(path: str | None) -> str | None:
    """Return the plan that was named: ``path``, else $PLANCLI_PLAN."""
    return path or os.environ.get("PLANCLI_PLAN") or None


def nearest_plan() -> str | None:
    """Return the nearest plan from the working folder upward, whatever it links to."""
    try:
        return os.path.relpath(os.path.join(*_search()))
    except Unavailable:
        return None


def nearest_leads_out() -> str:
    """Return the folder in which the nearest plan was found, where that plan is a link out of its repository."""
    try:
        folder, place = _search()
    except Unavailable:
        return ""
    return folder if leads_out(os.path.join(folder, place), folder) else ""


def find_plan(path: str | None = None) -> str:
    """Return the file that is meant: ``path``, else $PLANCLI_PLAN, else the nearest one upward; ``-`` is stdin.

    A file that was found, and not named, and that is a link out of its repository is refused: whoever can push
    could make anything be read.
    """
    named = named_plan(path)
    if named:
        return named
    folder, place = _search()
    file = os.path.relpath(os.path.join(folder, place))
    if leads_out(file, folder):
        raise link_out(file)
    return file


def _search() -> tuple[str, str]:
    """Return the nearest folder upward that has a plan, and the plan's path in it; raise Unavailable for none.

    What has a plan's name and can't be read, such as a link that leads nowhere, is found too, so that it is told.
    """
    folder = working_folder()
    while True:
        for place in PLAN_PLACES:
            if os.path.lexists(os.path.join(folder, place)):
                return folder, place
        above = os.path.dirname(folder)
        if above == folder:
            raise Unavailable(
                _("no plan here: neither data/plan.yaml nor plan.yaml, in this folder or above"),
                _("Name one: --plan PATH; or begin one: plancli new"),
            )
        folder = above


def find_plans(folder: str) -> list[str]:
    """Return every ``*.yaml`` and ``*.yml`` under a folder that has a plan's keys, hidden ones aside, in order."""
    found = []
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if name.endswith((".yaml", ".yml")) and not name.startswith("."):
                path = os.path.join(place, name)
                if leads_out(path, folder) or _is_plan(path):
                    found.append(path)
    return found


def _is_plan(path: str) -> bool:
    """Return whether a file is meant as a plan, broken or not; one that can't be read is asked again later."""
    try:
        return has_plan_keys(read_file(path))
    except Unavailable:
        return True


_USUAL = ("priorities", "orientations", "actions")
"""Keys by which a plan is known although it may lack them."""


def has_plan_keys(source: bytes) -> bool:
    """Return whether three of a plan's keys, its register or its orientations among them, are at the top."""
    text = source.replace(b"\0", b"").removeprefix(BOM_UTF8).replace(b"\r", b"\n")
    start = rb"[{,]\s*" if text.lstrip()[:1] == b"{" else b"^"
    names = "|".join(key.name for key in shape.SHAPE["plan"] if key.required or key.name in _USUAL).encode()
    pattern = start + rb"[\"']?(" + names + rb")[\"']?[ \t]*:"
    keys = {match[1] for match in re.finditer(pattern, text, re.MULTILINE)}
    return len(keys) >= 3 and not keys.isdisjoint((b"directorates", b"orientations", b"actions"))


def several_files(paths: Sequence[str]) -> list[str]:
    """Return the plans that some paths mean, each once: those of a folder, and files; raise Unavailable."""
    found: list[str] = []
    for path in paths:
        if os.path.isdir(path):
            plans = find_plans(path)
            if not plans:
                raise Unavailable(
                    _("there is no plan in {folder}").format(folder=path),
                    _("A plan ends in .yaml and has the keys of one"),
                )
            found += plans
        else:
            found.append(path)
    return list(dict.fromkeys(found))


def plan_names(files: Sequence[str]) -> list[str]:
    """Return the name of each plan: that of its file without the ending, with folders where two share it."""
    parts = [os.path.splitext(os.path.abspath(file))[0].split(os.sep) for file in files]
    lengths = [1] * len(files)
    names = [part[-1] for part in parts]
    while len(set(names)) < len(names) and any(
        length < len(part) for length, part in zip(lengths, parts, strict=True)
    ):
        counts = Counter(names)
        for place, name in enumerate(names):
            if counts[name] > 1:
                lengths[place] = min(lengths[place] + 1, len(parts[place]))
        names = ["/".join(part[-length:]) for part, length in zip(parts, lengths, strict=True)]
    return names


def leads_out(file: str, folder: str) -> bool:
    """Return whether a file that was found under a folder is a link to what isn't content of its repository.

    That is a file outside it, but also ``.git/config`` or a ``.env`` that is there and not tracked.
    """
    folder, real = os.path.realpath(folder), os.path.realpath(file)
    if real == os.path.join(folder, os.path.relpath(os.path.abspath(file), os.path.abspath(folder))):
        return False

    from plancli.git import discover  # only a link needs it

    git = discover(os.path.join(folder, PLAN_PLACES[-1]))
    return git is not None and not git.tracks(real)


def is_tracked(file: str) -> bool:
    """Return whether git has a file in its index."""
    from plancli.git import discover

    git = discover(os.path.join(os.path.dirname(os.path.abspath(file)), PLAN_PLACES[-1]))
    return git is not None and git.tracks(os.path.realpath(file))


def is_written_outside(path: str) -> bool:
    """Return whether a file to be written is a link out of the work tree it is in, or into its ``.git``."""
    is_relative = not os.path.isabs(path)
    path = absolute(path)
    folder = working_folder() if is_relative else os.path.dirname(path)
    real = os.path.realpath(path)
    if real == os.path.normpath(os.path.join(os.path.realpath(folder), os.path.relpath(path, folder))):
        return False

    from plancli.git import discover  # only a link needs it

    git = discover(os.path.join(folder, PLAN_PLACES[-1]))
    if git is None or git.is_bare:
        return False
    return not is_inside(real, git.folder) or is_inside(real, os.path.join(git.folder, ".git"))


def is_inside(file: str, folder: str) -> bool:
    """Return whether a file really is under a folder, wherever links lead."""
    folder = os.path.realpath(folder)
    try:
        return os.path.commonpath((folder, os.path.realpath(file))) == folder
    except ValueError:  # another drive
        return False


def link_out(file: str, hint: str = "") -> Unavailable:
    """Return the error for a link out of the repository that nobody named; a plan may be named."""
    return Unavailable(
        _("{file} is a link to what isn't in the repository, and is not followed").format(file=file),
        hint or _("If it is meant, name it: --plan PATH"),
    )


def read_source(path: str, size: int = MAX_SIZE + 1) -> bytes:
    """Return the bytes of a file, or of standard input for ``-``; at most ``size`` of them."""
    try:
        return read_file(path, size)
    except Unavailable as error:
        raise Unavailable(error.message, _where_plans_are(path)) from error


def _where_plans_are(unread: str) -> str:
    if os.path.isdir(unread):
        return _("One plan is wanted here: name its file")
    if unread == os.environ.get("PLANCLI_PLAN"):
        return _("$PLANCLI_PLAN names it. Name another: --plan PATH")
    near = nearest_plan()
    if near is None or near == unread:
        return _("Name another plan")
    return _("The plan here: {file}").format(file=near)


def display_name(path: str) -> str:
    """Return the name by which diagnostics call a file."""
    return "<stdin>" if path == "-" else path
