"""Several plans that are asked together: the files that are meant, and the name of each."""

import os
from collections import Counter
from collections.abc import Sequence

from plancli.errors import Unavailable
from plancli.i18n import _
from plancli.loader.find import find_plans


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
