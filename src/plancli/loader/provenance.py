"""Where a plan comes from: its file as others know it, and the commit that last changed it."""

import os
from typing import NamedTuple

from plancli.errors import Unavailable
from plancli.git import HEAD, NoRepository
from plancli.i18n import _
from plancli.loader.plan_files import display_name, find_plan
from plancli.loader.revisions import RevisionReader


class Provenance(NamedTuple):
    """A file, and the commit that last changed it with its day in ISO 8601 (empty where there is none).

    ``file`` is a path inside the repository, or a bare name: what is published doesn't tell where on a machine a
    plan stood. ``edited`` means that the file has changed since, in the work tree. ``doubt`` says why the commit
    isn't known, or may not be the right one.
    """

    file: str
    revision: str = ""
    date: str = ""
    edited: bool = False
    doubt: str = ""


def find_provenance(source: bytes, path: str | None = None, at: str | None = None) -> Provenance:
    """Return the provenance of a plan that was read as ``source``; a file that git doesn't know has no commit."""
    with RevisionReader(path) as reader:
        if at is not None:
            version = reader.revision(at)
            return _provenance(reader, source, version.commit or HEAD, version.path)
        file = find_plan(path)
        if file == "-":
            return Provenance(display_name(file))
        name = os.path.basename(file)
        try:
            return _provenance(reader, source, HEAD, reader.paths[0])
        except NoRepository:
            return Provenance(name)
        except Unavailable as error:
            return Provenance(name, doubt=error.message)


def _provenance(reader: RevisionReader, source: bytes, commit: str, path: str) -> Provenance:
    repo = reader.repository
    try:
        if commit == HEAD and repo.is_unborn():
            return Provenance(path)
        commit = repo.commit(reader.objects, commit)
        found = repo.last_change(commit, path)
        if found is None:
            return Provenance(path)
        committed = reader.objects.read_file(commit, path)
        is_shallow = found[0] in repo.shallow_commits()
    except Unavailable as error:
        return Provenance(path, doubt=error.message)
    doubt = _("this clone is shallow, so an older commit may be the one that last changed the plan")
    return Provenance(
        path,
        found[0][:7],
        found[1],
        committed is None or _lines(committed.content) != _lines(source),
        doubt if is_shallow else "",
    )


def _lines(source: bytes) -> bytes:
    """Return the bytes with LF line ends: git may convert them."""
    return source.replace(b"\r\n", b"\n")
