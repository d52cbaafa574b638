"""Where a plan comes from: its file as others know it, and the commit that last changed it."""

import datetime
import os
from typing import NamedTuple

from plancli.errors import PlanError
from plancli.git import HEAD, GitFailed, objects, repository
from plancli.loader.places import display_name, find_plan, named_plan, nearest_plan
from plancli.loader.revisions import read_at


class Origin(NamedTuple):
    """A file, and the commit that last changed it (empty and None where there is none).

    ``file`` is a path inside the repository, or a bare name: what is published doesn't tell where on a machine a
    plan stood. ``edited`` tells that the file has changed since, in the work tree.
    """

    file: str
    revision: str = ""
    date: datetime.date | None = None
    edited: bool = False


def find_origin(source: bytes, path: str | None = None, at: str | None = None) -> Origin:
    """Give the origin of a plan that was read as ``source``; a file that git doesn't know has no commit."""
    if at is not None:
        version = read_at(path, at)
        file, commit = version.path, version.commit or HEAD
        near = named_plan(path) or nearest_plan() or os.path.join(os.curdir, os.path.basename(file))
    else:
        near = find_plan(path)
        if near == "-":
            return Origin(display_name(near))
        file, commit = "", HEAD
    try:
        git = repository(near)
        file = file or git.path_of(near)
        revision, day = git.last_change(commit, file)
        with objects(git.folder) as known:
            found = known.read(f"{commit}:{file}")
    except (GitFailed, PlanError, LookupError):
        return Origin(file or os.path.basename(near))
    return Origin(file, revision, day, found is None or _lines(found.content) != _lines(source))


def _lines(source: bytes) -> bytes:
    """Put the ends of lines aside, which git may change on the way."""
    return source.replace(b"\r\n", b"\n")
