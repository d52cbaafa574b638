"""What is left of a plan's data when every block is taken out that the model reads: all that may be at fault.

jsonschema takes a hundred times as long for a block as the model does, and has nothing to say about those.
"""

from collections.abc import Mapping
from typing import Any

from plancli.location import Path
from plancli.plan.model import is_block, shape

_LEVELS = tuple(shape.LEVELS)


class Suspects:
    """Data without the blocks that have their shape; ``place`` gives where something of it stands in all data."""

    def __init__(self, data: Mapping[str, Any]) -> None:
        self._kept: dict[Path, list[int]] = {}
        self.data = self._without(data, (), 0)

    def place(self, path: Path) -> Path:
        """Give the path in the whole data."""
        return tuple(
            self._kept[path[:length]][step] if isinstance(step, int) and path[:length] in self._kept else step
            for length, step in enumerate(path)
        )

    def _without(self, block: Any, here: Path, level: int) -> Any:
        key = _LEVELS[level] if level < len(_LEVELS) else ""
        if type(block) is not dict or type(block.get(key)) is not list:
            return block
        path = (*here, key)
        kept = [index for index, item in enumerate(block[key]) if not is_block(key, item)]
        self._kept[path] = kept
        items = [self._without(block[key][index], (*path, at), level + 1) for at, index in enumerate(kept)]
        return {**block, key: items}
