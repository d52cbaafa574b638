"""Compile the translations for a build, so that a wheel, `pip install .` and an editable install carry them.

A wheel gets them from a temporary folder: building doesn't write into the source. An editable install runs from
the source, so there they are written beside the .po; git ignores them.
"""

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).parent))  # a build has no other path to the script

from scripts.translations import catalogues, compiled


class TranslationsHook(BuildHookInterface):  # type: ignore[type-arg]
    """Compile each .po under src/plancli/locale."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and tell the builder where the results go."""
        self.made = tempfile.TemporaryDirectory(prefix="plancli-")
        folder = Path(self.root, "src")
        for source in catalogues(folder / "plancli"):
            place = source.relative_to(folder).with_suffix(".mo")
            target = Path(folder if version == "editable" else self.made.name, place)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(compiled(source))
            if version != "editable":
                build_data["force_include"][str(target)] = place.as_posix()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Remove the temporary folder."""
        self.made.cleanup()
