"""The reader and the only writer of files: what is written is whole or not at all, under a lock file beside it."""

import os
import shlex
import stat
import sys
import time
from contextlib import ExitStack, suppress
from errno import EAGAIN, EINVAL, EISDIR, ELOOP, ENOENT, ENOSYS, ENXIO
from typing import BinaryIO

from plancli.errors import Unavailable
from plancli.i18n import _, format_number, os_error_text

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

MAX_SIZE = 256 * 1024 * 1024
"""How many bytes of a file are read; a larger one is refused."""

_USUAL_SIZE = 2**16
"""How many bytes are read first of what doesn't say its size, as a pipe: most plans have fewer."""

_ATTEMPTS = 100
_PAUSE = 0.02
"""How often a lock or the other end of a pipe is tried, and how many seconds pass between two tries."""

_INHERITED = ("/dev/stdin", "/dev/fd/", "/proc/self/fd/")
"""Names of what this process was given open, a pipe of the shell (``<(…)``): it has an end."""


def read_file(path: str, size: int | None = None) -> bytes:
    """Return the bytes of a file, or of standard input for ``-``: at most ``size`` of them.

    Without a ``size``, raise Unavailable for more than MAX_SIZE bytes. Also raise it for what can't be read and
    for what may have no end: a device, a named pipe into which nobody writes.
    """
    try:
        if path == "-":
            return _limited(_standard_input(), path, size)
        with _opened(path) as stream:
            start = _wait_for_writer(path, stream.fileno())
            return start + _limited(stream, path, size, os.fstat(stream.fileno()).st_size)
    except OSError as error:
        if path != "-":
            absolute(path)  # raises what is the matter where the working folder is gone
        reason = os_error_text(error)
        if error.errno == ENOENT and os.path.islink(path):
            reason = _("it is a link to {file}, which isn't there").format(file=os.readlink(path))
        raise _cannot_read(path, reason) from error


def working_folder() -> str:
    """Return the working folder; raise Unavailable where it was deleted."""
    try:
        return os.getcwd()
    except OSError:
        raise Unavailable(_("the working folder is gone"), _("Go to one that is there: cd FOLDER")) from None


def absolute(path: str) -> str:
    """Return the absolute path of a file; raise Unavailable where it needs a working folder that is gone."""
    return os.path.normpath(path if os.path.isabs(path) else os.path.join(working_folder(), path))


def relative(path: str) -> str:
    """Return a path from the working folder; as it is where that folder is gone."""
    try:
        return os.path.relpath(path)
    except OSError:
        return path


def _cannot_read(path: str, why: str) -> Unavailable:
    """Return the error for a file that can't be read."""
    return Unavailable(_("can't read {path}: {reason}").format(path=path, reason=why))


def cannot_write(path: str, why: str) -> Unavailable:
    """Return the error for a file that can't be written."""
    return Unavailable(_("can't write {path}: {reason}").format(path=path, reason=why))


def _standard_input() -> BinaryIO:
    if sys.stdin is None:
        raise _cannot_read("-", _("standard input is closed"))
    return sys.stdin.buffer


def _opened(path: str) -> BinaryIO:
    # Without O_NONBLOCK, to open a named pipe would wait for a writer that may never come.
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    try:
        mode = os.fstat(descriptor).st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(EISDIR, os.strerror(EISDIR), path)
        if not (stat.S_ISREG(mode) or stat.S_ISFIFO(mode) or path.startswith(_INHERITED)) or stat.S_ISBLK(mode):
            raise _cannot_read(path, _("it isn't a regular file"))
        return open(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _wait_for_writer(path: str, descriptor: int) -> bytes:
    """Make a pipe block, once it has a writer; return what was read meanwhile. Raise Unavailable if none comes."""
    if not stat.S_ISFIFO(os.fstat(descriptor).st_mode):
        if path.startswith(_INHERITED):  # a terminal: its user types
            os.set_blocking(descriptor, True)
        return b""
    start = b""
    for _attempt in range(_ATTEMPTS):
        try:
            start = os.read(descriptor, 1)
        except BlockingIOError:  # there is a writer, who has nothing to say yet
            break
        if start or path.startswith(_INHERITED):
            break
        time.sleep(_PAUSE)
    else:
        raise _cannot_read(path, _("nobody writes into this pipe"))
    os.set_blocking(descriptor, True)
    return start


def _limited(stream: BinaryIO, path: str, size: int | None, expected: int = _USUAL_SIZE) -> bytes:
    most = MAX_SIZE + 1 if size is None else size
    usual = max(expected + 1, _USUAL_SIZE)
    content = stream.read(min(most, usual))  # all that is asked for is reserved
    if content and len(content) == usual:
        content += stream.read(most - usual) or b""
    if content is None:  # a file of the system that has nothing to say now, such as /proc/kmsg
        raise BlockingIOError(EAGAIN, os.strerror(EAGAIN), path)
    if size is None and len(content) > MAX_SIZE:
        raise _cannot_read(path, _("it is larger than {limit} bytes").format(limit=format_number(MAX_SIZE)))
    return content


def make_folder_of(path: str) -> None:
    """Make the folder of a file to be written, and those above it; raise Unavailable where it can't be made."""
    try:
        os.makedirs(os.path.dirname(path), exist_ok=True)
    except OSError as error:
        raise cannot_write(path, os_error_text(error)) from error


def write_file(path: str, content: bytes, old: bytes | None = None) -> None:
    """Write a file: beside it first, on the disk, then in its place, with its mode and, where allowed, its owner.

    With ``old``, the bytes that were read from it (none: it wasn't there), it is replaced only while it still
    holds them: raise Unavailable where it changed meanwhile. A symlink stays one: what it points to is replaced.
    What is no regular file (a pipe, a terminal) is written as it is; a file that may not be written stays as it
    is. Raise Unavailable where any of this fails.
    """
    try:
        target = os.path.realpath(path)
        if os.path.islink(target):  # a link that leads back to itself
            raise OSError(ELOOP, os.strerror(ELOOP), target)
        if os.path.exists(target) and not os.path.isfile(target):
            _write_special(target, content)
        else:
            _replace(path, target, content, old)
    except OSError as error:
        folder = os.path.dirname(path)
        hint = _("Make the folder first: {command}").format(command=f"mkdir -p {shlex.quote(folder)}")
        is_missing = folder and not os.path.exists(folder)
        raise Unavailable(cannot_write(path, os_error_text(error)).message, hint if is_missing else "") from error


def _write_special(target: str, content: bytes) -> None:
    if stat.S_ISBLK(os.stat(target).st_mode):
        raise cannot_write(target, _("it is a disk"))
    flags = os.O_WRONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    for attempt in range(_ATTEMPTS):
        try:
            descriptor = os.open(target, flags)
            break
        except OSError as error:  # without O_NONBLOCK, a named pipe would wait for a reader that may never come
            if error.errno != ENXIO or attempt == _ATTEMPTS - 1:
                raise
            time.sleep(_PAUSE)
    with open(descriptor, "wb") as stream:
        if hasattr(os, "O_NONBLOCK"):
            os.set_blocking(descriptor, True)
        stream.write(content)


def _replace(path: str, target: str, content: bytes, old: bytes | None) -> None:
    mode = _mode(target)
    folder, name = os.path.split(target)
    lock, beside = (os.path.join(folder, each) for each in _names_beside(name))
    with _lock(path, lock):
        try:
            _write_beside(beside, content)
            _copy_owner(beside, target)
            os.chmod(beside, mode)
            if not _take_place(beside, target, content, old):
                message = _("{file} changed while it was read").format(file=path)
                raise Unavailable(message, _("Run the command again"))
        finally:
            for each in (beside, lock):
                with suppress(OSError):
                    os.unlink(each)
    if fcntl is None:  # Windows deletes no open file
        os.unlink(lock)
    _sync_folder(folder)


def _write_beside(beside: str, content: bytes) -> None:
    with suppress(FileNotFoundError):  # what a killed process left
        os.unlink(beside)
    descriptor = os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
    with open(descriptor, "wb") as stream:
        stream.write(content)
        stream.flush()
        os.fsync(stream.fileno())


def _take_place(beside: str, target: str, content: bytes, old: bytes | None) -> bool:
    """Replace a file by a new one; return whether it still held the old bytes, where they count.

    On Linux the two are exchanged, and what was there is looked at once more: an edit that came after the last
    look is put back. Elsewhere such an edit is lost.
    """
    if old is None:
        os.replace(beside, target)
        return True
    if _content(target) != old:
        return False
    if not _exchange(beside, target):
        os.replace(beside, target)
        return True
    if _content(beside) == old:
        return True
    _exchange(beside, target)
    if _content(beside) != content:  # one more edit, while the first was put back
        _exchange(beside, target)
    return False


def _exchange(one: str, other: str) -> bool:
    """Exchange two files in one step, with renameat2(2); return whether the system and the file system can."""
    if sys.platform != "linux" or not os.path.exists(other):
        return False
    from ctypes import CDLL, get_errno  # dear, and only a file that was read needs it

    try:
        rename = CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    if rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0:
        return True
    if get_errno() in (ENOSYS, EINVAL, ENOENT):
        return False
    raise OSError(get_errno(), os.strerror(get_errno()), other)


def _names_beside(name: str) -> tuple[str, str]:
    """Return the names of a file's lock, which makes other processes wait, and of its new content."""
    if len(os.fsencode(name)) > 200:
        from zlib import crc32

        name = f"{crc32(os.fsencode(name)):08x}"
    return f".plancli-{name}.lock", f".plancli-{name}.new"


def _lock(path: str, lock: str) -> BinaryIO:
    """Make the lock file of a file and open it; raise Unavailable where another process keeps it.

    A lock file that a killed process left is taken over: the system unlocked it.
    """
    for attempt in range(_ATTEMPTS):
        if attempt:
            time.sleep(_PAUSE)
        stream = _locked(lock)
        if stream:
            return stream
    raise Unavailable(
        _("another process is writing {file}").format(file=path),
        _("Run the command again; if nothing is running, delete {lock}").format(lock=lock),
    )


def _locked(lock: str) -> BinaryIO | None:
    """Return a lock file open and locked; None where another process has it, renamed it or deleted it."""
    flags = os.O_RDWR | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_BINARY", 0)
    is_new = True
    try:
        descriptor = os.open(lock, flags | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        is_new = False
        try:
            descriptor = os.open(lock, flags)
        except FileNotFoundError:
            return None
    with ExitStack() as opened:
        stream = opened.enter_context(open(descriptor, "r+b"))
        if not _flock(stream, is_new) or not _is_there(stream, lock):
            return None
        opened.pop_all()
        return stream


def _flock(stream: BinaryIO, is_new: bool) -> bool:
    """Lock an open file; where the system has no locks, a file that is new is taken for locked."""
    if fcntl is None:
        return is_new
    try:
        fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError:  # a file system without locks
        return is_new
    return True


def _is_there(stream: BinaryIO, name: str) -> bool:
    """Return whether a name still is that of an open file."""
    try:
        return os.path.samestat(os.fstat(stream.fileno()), os.lstat(name))
    except FileNotFoundError:
        return False


def _content(target: str) -> bytes:
    try:
        with open(target, "rb") as stream:
            return stream.read()
    except FileNotFoundError:
        return b""


def _mode(target: str) -> int:
    """Return the mode of a file, or that of a new one; raise PermissionError where it may not be written."""
    if not os.path.exists(target):
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    if not os.access(target, os.W_OK):  # replacing it would ask the folder's leave only
        raise PermissionError(13, os.strerror(13), target)
    return os.stat(target).st_mode & 0o777


def _copy_owner(beside: str, target: str) -> None:
    """Set the owner and the group of the one it replaces, each as far as this user may."""
    if not hasattr(os, "chown") or not os.path.exists(target):
        return
    kept = os.stat(target)
    for owner, group in ((-1, kept.st_gid), (kept.st_uid, -1)):
        with suppress(OSError):
            os.chown(beside, owner, group)


def _sync_folder(folder: str) -> None:
    """Flush a folder to the disk, where the system lets one be opened."""
    try:
        descriptor = os.open(folder, os.O_RDONLY)
    except OSError:
        return
    try:
        os.fsync(descriptor)
    except OSError:
        return
    finally:
        os.close(descriptor)
