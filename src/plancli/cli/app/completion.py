"""Shell completion: Typer's own protocol, without all it would load, and silent when something is wrong."""

import os
import sys
from typing import Any


def complete(group: Any, instruction: str) -> int:
    """Answer the shell; it hears nothing rather than an error."""
    from typer import _completion_classes, completion

    _completion_classes._sanitize_help_text = _plain  # Typer would import Rich to take out markup we don't write
    _completion_classes.completion_init()
    _join_equals()
    told = sys.stderr
    try:
        with open(os.devnull, "w", encoding="utf-8") as sys.stderr:
            return completion.shell_complete(group, {}, "plancli", "_PLANCLI_COMPLETE", instruction)
    except Exception:
        return 1
    finally:
        sys.stderr = told


def _plain(text: str) -> str:
    return text


def _join_equals() -> None:
    """Put ``--pilot = D`` together again: Bash takes ``--pilot=D`` apart at its ``=``."""
    words = os.environ.get("COMP_WORDS", "")
    at = os.environ.get("COMP_CWORD", "")
    if " = " not in f"{words} " or not at.isdecimal():
        return
    parts = f"{words} ".replace(" = ", " ")
    os.environ["COMP_WORDS"] = parts.rstrip("\n")
    os.environ["COMP_CWORD"] = str(int(at) - (len(words.split(" ")) - len(parts.rstrip().split(" "))))
