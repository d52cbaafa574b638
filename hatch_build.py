"""Compile the translations for a build, so that a wheel, `pip install .` and an editable install carry them.

A wheel gets them from a temporary folder: building doesn't write into the source. An editable install runs from
the source, so there they are written beside the .po; git ignores them.
"""

import tempfile
from pathlib import Path
from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class TranslationsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compile each .po under src/plancli/locale."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and tell the builder where the results go."""
        self.made = tempfile.TemporaryDirectory(prefix="plancli-")
        source = Path(self.root, "src")
        for po in sorted(source.glob("plancli/locale/*/LC_MESSAGES/*.po")):
            place = po.relative_to(source).with_suffix(".mo")
            compiled = Path(source if version == "editable" else self.made.name, place)
            compiled.parent.mkdir(parents=True, exist_ok=True)
            with po.open("rb") as text, compiled.open("wb") as file:
                write_mo(file, read_po(text, abort_invalid=True))
            if version != "editable":
                build_data["force_include"][str(compiled)] = place.as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Put the temporary folder away."""
        self.made.cleanup()
