"""Options that go together, written once for all commands that have them."""

from typing import Any


class Bundle:
    """Options that a command takes as one parameter: each is an annotated attribute with its default.

    A dataclass would be made of source code each time plancli starts, at ten times the cost.
    """

    def __init__(self, **values: Any) -> None:
        vars(self).update(values)

    @classmethod
    def options(cls) -> dict[str, Any]:
        """Give the annotation of each option, those of the class it extends first."""
        bases = (vars(base).get("__annotations__", {}) for base in reversed(cls.__mro__))
        return {name: annotation for found in bases for name, annotation in found.items()}
