"""Texts that aren't on the command line: those of a file (``@FILE``), and what is typed in an editor."""

import os
import shlex
import subprocess
import sys
import tempfile

from plancli.errors import Invalid, Unavailable, Usage
from plancli.files import read_file
from plancli.i18n import _, os_error_text

SCISSORS = "# ------------------------ >8 ------------------------"
"""The line under which nothing belongs to the text; git's, so that editors know it."""


def read_text(words: str) -> str:
    """Return the words, or the text of the file that they name: ``@FILE``, ``@-`` for stdin; ``@@`` is an @."""
    if not words.startswith("@"):
        return words
    if words.startswith("@@"):
        return words[1:]
    path = words[1:]
    if not path:
        raise Usage(_("@ needs the name of a file"), _("A text that begins with @ is written with two: @@"))
    try:
        return read_file(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Unavailable(_("{path} isn't UTF-8").format(path=path)) from None


def with_text(assignment: str) -> str:
    """Return ``FIELD=VALUE`` with the text of the file that the value names, if it does."""
    name, equals, words = assignment.partition("=")
    return f"{name}{equals}{read_text(words.strip())}" if equals else assignment


def has_editor() -> bool:
    """Return whether somebody sits at a terminal, so that an editor can be opened."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stdout))


def edit_text(about: str) -> str:
    """Return what is typed in an editor, which shows what it is about; raise Invalid where it is left empty."""
    command = os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi"
    with tempfile.TemporaryDirectory(prefix="plancli-") as folder:
        path = os.path.join(folder, "text.txt")
        with open(path, "w", encoding="utf-8") as stream:
            stream.write(f"\n{SCISSORS}\n{about}")
        try:
            ended = subprocess.run([*shlex.split(command), path], check=False).returncode
        except (OSError, ValueError) as error:
            reason = os_error_text(error) if isinstance(error, OSError) else str(error)
            message = _("can't start the editor {command}: {reason}").format(command=command, reason=reason)
            raise Unavailable(message, _("Set $EDITOR, or give the text: --text TEXT")) from None
        if ended:
            raise Unavailable(_("the editor {command} ended with {code}").format(command=command, code=ended))
        text = read_text(f"@{path}").partition(SCISSORS)[0]
    if not text.strip():
        raise Invalid(_("nothing is written: the text is empty"))
    return text
