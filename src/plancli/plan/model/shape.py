"""The shape of a plan file: which block has which keys, of what type, in the order of the file.

Reader, layout, exporters and checks derive theirs from here; ``schema/plan.schema.json`` says the same for
editors, and a test holds the two together. The keys of an action are the table of fields.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Final, NamedTuple

from plancli.location import Path
from plancli.plan.model.fields import FIELDS, NOTE_FIELDS, Type


class Holds(StrEnum):
    """What a key holds that is no single value."""

    BLOCK = "block"
    """One block."""
    BLOCKS = "blocks"
    """A list of blocks."""
    REGISTER = "register"
    """Codes, each followed by a block or by nothing."""
    TEXTS = "texts"
    """Words, each followed by a text."""


class Key(NamedTuple):
    """A key of a block: its name, what it holds, whether it is required; ``block`` is the kind of block it holds.

    ``values`` are the only ones it may have; empty where any will do.
    """

    name: str
    type: Type | Holds
    required: bool = True
    block: str = ""
    values: tuple[str, ...] = ()


SHAPE: Final[Mapping[str, tuple[Key, ...]]] = {
    "plan": (
        Key("title", Type.TEXT),
        Key("language", Type.WORD),
        Key("period", Holds.BLOCK, block="period"),
        Key("priorities", Type.NUMBERS),
        Key("directorates", Holds.REGISTER, block="directorate"),
        Key("orientations", Holds.BLOCKS, block="orientation"),
        Key("unused_numbers", Holds.BLOCKS, required=False, block="unused_number"),
        Key("source_notes", Holds.BLOCKS, required=False, block="source_note"),
        Key("glossary", Holds.TEXTS, required=False),
    ),
    "period": (Key("start", Type.YEAR), Key("end", Type.YEAR)),
    "directorate": (
        Key("name", Type.PROSE, required=False),
        Key("ministry", Type.LINE, required=False),
        Key("note", Type.PROSE, required=False),
    ),
    "orientation": (
        Key("number", Type.NUMBER),
        Key("title", Type.TEXT),
        Key("measures", Holds.BLOCKS, block="measure"),
    ),
    "measure": (
        Key("number", Type.NUMBER),
        Key("title", Type.TEXT),
        Key("actions", Holds.BLOCKS, block="action"),
    ),
    "action": tuple(Key(field.key, field.type, field.required) for field in FIELDS),
    "unused_number": (Key("number", Type.NUMBER), Key("reason", Type.PROSE)),
    "source_note": (
        Key("action", Type.NUMBER, required=False),
        Key("measure", Type.NUMBER, required=False),
        Key("orientation", Type.NUMBER, required=False),
        Key("field", Type.WORD, required=False, values=NOTE_FIELDS),
        Key("source", Type.LINE, required=False),
        Key("note", Type.PROSE),
    ),
}
"""The keys of each kind of block, in the order of the file. A name means the same in each block that has it."""


def _walk(block: str) -> Iterator[Key]:
    for key in SHAPE[block]:
        yield key
        if key.block:
            yield from _walk(key.block)


KEYS: Final[Mapping[str, Key]] = dict(reversed([(key.name, key) for key in reversed([*_walk("plan")])]))
"""Every key by its name, in the order of a plan file."""

REQUIRED: Final = {block: frozenset(key.name for key in keys if key.required) for block, keys in SHAPE.items()}
OPTIONAL: Final = {block: frozenset(key.name for key in keys if not key.required) for block, keys in SHAPE.items()}

BLOCK_LISTS: Final = {key.name: key.block for key in KEYS.values() if key.type is Holds.BLOCKS}
"""The keys that hold a list of blocks, with the kind of block."""

LEVELS: Final = {"orientations": "orientation", "measures": "measure", "actions": "action"}
"""The nested lists of blocks, outermost first, with the kind of block."""

OWN: Final = {
    block: tuple(
        key.name
        for key in SHAPE[block]
        if all(key.name not in (other.name for other in SHAPE[each]) for each in LEVELS.values() if each != block)
    )
    for block in reversed(LEVELS.values())
}
"""The keys that tell an action, a measure and an orientation from each other, innermost first."""


def key_at(path: Path) -> tuple[Key, bool]:
    """Return the key that a path leads to, and whether the path goes on to an item or an entry under it."""
    kind, found, is_inside = "plan", SHAPE["plan"][0], True
    for step in path:
        if is_inside:
            found = next(key for key in SHAPE[kind] if key.name == step)
            kind, is_inside = found.block, found.type is Holds.BLOCK or not isinstance(found.type, Holds)
        else:
            is_inside = True
    return found, is_inside and isinstance(found.type, Holds) and found.type is not Holds.BLOCK


def names_of(*types: Type | Holds) -> frozenset[str]:
    """Return the names of the keys of some types."""
    return frozenset(key.name for key in KEYS.values() if key.type in types)


PROSE: Final = names_of(Type.TEXT, Type.PROSE, Type.LINE)
"""The keys that hold free text."""

LISTS: Final = names_of(Type.CODES, Type.YEARS, Type.NUMBERS)
"""The keys that hold a list of codes or numbers."""
