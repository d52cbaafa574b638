"""The plans of a folder."""

import os
import re

from plancli.errors import Unavailable
from plancli.files import read_file
from plancli.loader.places import leads_out
from plancli.plan.model import shape


def plans_under(folder: str) -> list[str]:
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


def has_plan_keys(source: bytes) -> bool:
    """Return whether three of a plan's keys, its register or its orientations among them, stand at the top."""
    text = source.replace(b"\0", b"").removeprefix(b"\xef\xbb\xbf").replace(b"\r", b"\n")
    start = rb"[{,]\s*" if text.lstrip()[:1] == b"{" else b"^"
    names = "|".join(key.name for key in shape.SHAPE["plan"] if key.required).encode()
    pattern = start + rb"[\"']?(" + names + rb")[\"']?[ \t]*:"
    keys = {match[1] for match in re.finditer(pattern, text, re.MULTILINE)}
    return len(keys) >= 3 and not keys.isdisjoint((b"directorates", b"orientations"))
