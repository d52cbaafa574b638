"""Git's own merge of three files, and how a repository has its conflicts written."""

import os
from typing import NamedTuple

from plancli.git.process import Git, GitFailed, decoded_line


class LineMerge(NamedTuple):
    """What git made of three files line by line, and how many conflicts are marked in it."""

    content: bytes
    conflicts: int


def merge_file(ours: str, base: str, theirs: str, size: int) -> LineMerge:
    """Merge three files as git would by itself, with markers of a size; raise GitFailed for what isn't text."""
    labels = [word for name in ("ours", "base", "theirs") for word in ("-L", name)]
    done = Git(os.curdir).finish("merge-file", "-p", f"--marker-size={size}", *labels, "--", ours, base, theirs)
    if not 0 <= done.returncode <= MOST_CONFLICTS:
        raise GitFailed(done.stderr.decode("utf-8", "replace").strip())
    return LineMerge(done.stdout, done.returncode)


MOST_CONFLICTS = 127
"""Git counts no more than these in its exit code; past them are errors."""


def shows_base() -> bool:
    """Return whether conflicts are written with the base between the sides (``merge.conflictStyle``)."""
    try:
        return decoded_line(Git(os.curdir).run("config", "merge.conflictStyle")) in ("diff3", "zdiff3")
    except GitFailed:
        return False


MERGE_DRIVER = (
    'f() { cp "$2" "$2.ours" || rm -f "$2.ours";'
    ' git merge-file -q --marker-size="$4" -L ours -L base -L theirs "$2" "$1" "$3"; own=$?;'
    ' plancli git merge-driver "$1" "$2.ours" "$3" "$4" "$5" "$2.new"; r=$?;'
    ' test $r -lt 2 && test -f "$2.new" && mv -f "$2.new" "$2" && own=$r;'
    ' rm -f "$2.ours" "$2.new"; test $own -lt 128 || own=1; return $own; }; f %O %A %B %L %P'
)
"""What ``merge.plan.driver`` holds, and git gives to a shell.

Git's own merge is in the file before plancli runs. Its result replaces it only if plancli wrote one and ended by
itself: a plancli that isn't found, can't start, crashes or is killed leaves git's own. An exit code past 128 would
make git give up the whole merge.
"""

FORMER_DRIVER = (
    "plancli git merge-driver %O %A %B %L %P || { r=$?; test $r -lt 126 && exit $r; "
    "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; }"
)
"""What version 0.1 wrote: ``git install`` replaces it."""
