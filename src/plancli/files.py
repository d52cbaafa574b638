"""The only writer of files: whole or not at all."""

import os

from plancli.errors import Unavailable
from plancli.i18n import _, os_error_text


def write_file(path: str, content: bytes) -> None:
    """Write a file: beside it first, on the disk, then in its place, with its mode and, where allowed, its owner.

    A symlink stays one: what it points to is replaced. What is no regular file (a pipe, a terminal) is written as
    it is; a file that may not be written stays as it is. Raise Unavailable where that fails.
    """
    try:
        target = os.path.realpath(path)
        if os.path.islink(target):  # a link that leads back to itself
            from errno import ELOOP

            raise OSError(ELOOP, os.strerror(ELOOP), target)
        if os.path.exists(target) and not os.path.isfile(target):
            with open(target, "wb") as stream:
                stream.write(content)
        else:
            _replace(target, content)
    except OSError as error:
        raise Unavailable(
            _("can't write {path}: {reason}").format(path=path, reason=os_error_text(error))
        ) from error


def _replace(target: str, content: bytes) -> None:
    from contextlib import suppress
    from tempfile import mkstemp

    mode = _mode(target)
    folder = os.path.dirname(target)
    descriptor, beside = mkstemp(prefix=".plancli-", dir=folder)
    try:
        with open(descriptor, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        _give(beside, target)
        os.chmod(beside, mode)
        os.replace(beside, target)
    except BaseException:
        with suppress(OSError):
            os.unlink(beside)
        raise
    _settle(folder)


def _mode(target: str) -> int:
    """Give the mode of a file, or that of a new one; raise PermissionError where it may not be written."""
    if not os.path.exists(target):
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask
    if not os.access(target, os.W_OK):  # replacing it would ask the folder's leave only
        raise PermissionError(13, os.strerror(13), target)
    return os.stat(target).st_mode & 0o777


def _give(beside: str, target: str) -> None:
    """Give a file the owner and the group of the one it replaces, each as far as this user may."""
    from contextlib import suppress

    if not hasattr(os, "chown") or not os.path.exists(target):
        return
    kept = os.stat(target)
    for owner, group in ((-1, kept.st_gid), (kept.st_uid, -1)):
        with suppress(OSError):
            os.chown(beside, owner, group)


def _settle(folder: str) -> None:
    """Put the new name on the disk too, where the system lets a folder be opened."""
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
