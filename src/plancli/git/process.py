"""Run git independently of the reader's language and configuration, and of what a branch or a clone would run.

Nothing is ever fetched: an object that a partial clone lacks is an error. What git's configuration could start
while it only reads (a file system monitor, the transport of a promisor remote, a pager, a signature check) is
off. Who owns the repository is git's own question (``safe.directory``), and stays it.
"""

import os
import re
import subprocess
from collections.abc import Sequence
from typing import IO, NamedTuple

from plancli.errors import Unavailable
from plancli.i18n import _, os_error_text

_SETTINGS = (
    "core.fsmonitor=false",
    "core.quotePath=false",
    "log.showSignature=false",
    "log.follow=false",
    "color.ui=false",
    "protocol.allow=never",
)

# A folder that only looks like a repository is never believed, where git is new enough to know this (2.38).
_NOT_BARE = "safe.bareRepository=explicit"

_UNWANTED = frozenset(
    {
        "GIT_EXTERNAL_DIFF",
        "GIT_DIFF_OPTS",
        "GIT_GLOB_PATHSPECS",
        "GIT_NOGLOB_PATHSPECS",
        "GIT_ICASE_PATHSPECS",
        "GIT_FLUSH",
    }
)

_SET = {
    "GIT_LITERAL_PATHSPECS": "1",  # a plan may be called [plan].yaml
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_ALLOW_PROTOCOL": "none",  # the same for a git before 2.45: no transport has this name
    "LC_ALL": "C",
    "LANGUAGE": "C",
}


_OF_A_NAME = r"upstream|no such branch|point to a branch|^fatal: log for |expected \w+ type"
"""What git ends with, of a name that stands for nothing: ``main@{upstream}``, ``HEAD@{99}``, ``HEAD^{blob}``."""


class GitFailed(Unavailable):
    """Git ended with an error: ``reason`` is its standard error, ``code`` its exit code, negative for a signal."""

    def __init__(self, reason: str, code: int = 128) -> None:
        said = [line for line in reason.splitlines() if line.strip()]
        last = said[-1].strip() if said else _("it ended with {code}").format(code=code)
        hint = _("To look for damage: {command}").format(command="git fsck")
        if re.search(_OF_A_NAME, last):
            hint = _("Branches and tags: git branch --all, git tag")
        elif "promisor" in reason:
            hint = _("This clone is partial, and nothing is fetched here. To fetch the rest: {command}").format(
                command="git fetch --refetch --no-filter"
            )
        super().__init__(_("git can't answer: {reason}").format(reason=last), hint)
        self.reason = reason
        self.code = code


class Git(NamedTuple):
    """Git as run in a folder; ``is_bare`` where this folder itself is the repository, and the user's own."""

    folder: str
    is_bare: bool = False

    def run(self, *args: str, **variables: str) -> bytes:
        """Run git and return what it writes; raise GitFailed where it ends with an error."""
        done = self.run_unchecked(*args, **variables)
        if done.returncode:
            raise GitFailed(done.stderr.decode("utf-8", "replace").strip(), done.returncode)
        return done.stdout

    def text(self, *args: str, **variables: str) -> str:
        """Run git; return what it writes, decoded as names of files are, without the end of its last line."""
        return os.fsdecode(self.run(*args, **variables).removesuffix(b"\n"))

    def run_unchecked(self, *args: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
        """Run git, whatever it ends with; ``variables`` are added to its environment."""
        try:
            return subprocess.run(
                self._command(args),
                cwd=self.folder,
                env=environment() | variables,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                check=False,
            )
        except OSError as error:
            raise _absent(error) from error

    def tracks(self, file: str) -> bool:
        """Return whether a file is in the index."""
        return bool(self.run_unchecked("ls-files", "-z", "--", file).stdout)

    def start(self, args: Sequence[str], stderr: IO[bytes]) -> subprocess.Popen[bytes]:
        """Start git with pipes for standard input and output, and a file as its standard error."""
        try:
            return subprocess.Popen(
                self._command(args),
                cwd=self.folder,
                env=environment(),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=stderr,
            )
        except OSError as error:
            raise _absent(error) from error

    def _command(self, args: Sequence[str]) -> list[str]:
        settings = _SETTINGS if self.is_bare else (*_SETTINGS, _NOT_BARE)
        return ["git", "--no-pager", *(word for setting in settings for word in ("-c", setting)), *args]


def environment() -> dict[str, str]:
    """Return the environment git runs in: where the repository is stays the user's choice, what is printed not."""
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in _UNWANTED and not name.startswith("GIT_TRACE")
    }
    return kept | _SET


def _absent(error: OSError) -> Unavailable:
    if isinstance(error, FileNotFoundError) and error.filename == "git":
        return Unavailable(_("git isn't installed, or isn't on the PATH"), _("Revisions need git."))
    return Unavailable(_("can't run git: {reason}").format(reason=os_error_text(error)))


MOST_CONFLICTS = 127
"""Git counts no more than these in its exit code; past them are errors."""


class LineMerge(NamedTuple):
    """Git's merge of three files, line by line, and the number of conflicts that are marked in it."""

    content: bytes
    conflicts: int


def merge_file(ours: str, base: str, theirs: str, size: int) -> LineMerge:
    """Merge three files as git would by itself, with markers of a size; raise GitFailed for what isn't text."""
    labels = [word for name in ("ours", "base", "theirs") for word in ("-L", name)]
    done = Git(os.curdir).run_unchecked(
        "merge-file", "-p", f"--marker-size={size}", *labels, "--", ours, base, theirs
    )
    if not 0 <= done.returncode <= MOST_CONFLICTS:
        raise GitFailed(done.stderr.decode("utf-8", "replace").strip())
    return LineMerge(done.stdout, done.returncode)


def shows_base() -> bool:
    """Return whether conflicts are written with the base between the sides (``merge.conflictStyle``)."""
    try:
        return Git(os.curdir).text("config", "merge.conflictStyle") in ("diff3", "zdiff3")
    except GitFailed:
        return False
