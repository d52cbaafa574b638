"""The shape of a plan file: which block has which keys, of what type, in the order of the file.

Reader, layout, exporters and checks derive theirs from here; ``schema/plan.schema.json`` says the same for
editors, and a test holds the two together. The keys of an action are the table of fields.
"""

from enum import StrEnum
from typing import Final, NamedTuple

from plancli.location import Path
from plancli.plan.model.fields import FIELD_TYPES, FIELDS, NOTE_FIELDS, Type


class Holds(StrEnum):
    """The kinds of what a key holds where that is more than one value."""

    BLOCK = "block"
    """One block."""
    BLOCKS = "blocks"
    """A list of blocks."""
    REGISTER = "register"
    """Codes, each followed by a block or by nothing."""
    TEXTS = "texts"
    """Words, each followed by a text."""
    VALUES = "values"
    """Words, each followed by a value or a list of values."""
    NAMES = "names"
    """A list of names, each alone or as a block with its plural."""


class Key(NamedTuple):
    """A key of a block: its name, what it holds, whether it is required; ``block`` is the kind of block it holds.

    ``values`` are the only ones it may have; empty where any will do.
    """

    name: str
    type: Type | Holds
    required: bool = True
    block: str = ""
    values: tuple[str, ...] = ()


_FIRST = ("number", "code", "text", "pilots", "associated", "years", "when", "due")
"""The fields that stand first in an action of the file; the others follow as in their table."""


_GROUP = (
    Key("number", Type.NUMBER),
    Key("code", Type.WORD, required=False),
    Key("title", Type.TEXT),
    Key("measures", Holds.BLOCKS, required=False, block="measure"),
    Key("actions", Holds.BLOCKS, required=False, block="action"),
)

SHAPE: Final[dict[str, tuple[Key, ...]]] = {
    "plan": (
        Key("title", Type.TEXT),
        Key("language", Type.WORD),
        Key("period", Holds.BLOCK, block="period"),
        Key("levels", Holds.NAMES, required=False, block="level"),
        Key("priorities", Type.NUMBERS_OR_WORDS, required=False),
        Key("statuses", Holds.REGISTER, required=False, block="status"),
        Key("fields", Holds.REGISTER, required=False, block="field"),
        Key("directorates", Holds.REGISTER, block="directorate"),
        Key("orientations", Holds.BLOCKS, required=False, block="orientation"),
        Key("actions", Holds.BLOCKS, required=False, block="action"),
        Key("unused_numbers", Holds.BLOCKS, required=False, block="unused_number"),
        Key("source_notes", Holds.BLOCKS, required=False, block="source_note"),
        Key("glossary", Holds.TEXTS, required=False),
    ),
    "period": (Key("start", Type.YEAR), Key("end", Type.YEAR)),
    "level": (Key("name", Type.PROSE), Key("plural", Type.LINE, required=False)),
    "status": (Key("closed", Type.FLAG, required=False),),
    "field": (
        Key("label", Type.LINE, required=False),
        Key("type", Type.WORD, values=tuple(FIELD_TYPES)),
        Key("values", Type.LIST, required=False),
    ),
    "directorate": (
        Key("name", Type.PROSE, required=False),
        Key("ministry", Type.LINE, required=False),
        Key("note", Type.PROSE, required=False),
    ),
    "orientation": _GROUP,
    "measure": _GROUP,
    "action": (
        *(
            Key(field.key, field.type, field.required and field.key != "priority")
            for field in sorted(FIELDS, key=lambda field: (*_FIRST, field.key).index(field.key))
        ),
        Key("fields", Holds.VALUES, required=False),
        Key("progress", Holds.BLOCKS, required=False, block="entry"),
    ),
    "entry": (
        Key("date", Type.DATE),
        Key("status", Type.LINE, required=False),
        Key("by", Type.LINE, required=False),
        Key("percent", Type.PERCENT, required=False),
        Key("note", Type.PROSE, required=False),
        Key("source", Type.LINE, required=False),
    ),
    "unused_number": (Key("number", Type.NUMBER), Key("reason", Type.PROSE)),
    "source_note": (
        Key("action", Type.NUMBER, required=False),
        Key("measure", Type.NUMBER_OR_WORD, required=False),
        Key("orientation", Type.NUMBER, required=False),
        Key("field", Type.WORD, required=False, values=NOTE_FIELDS),
        Key("source", Type.LINE, required=False),
        Key("note", Type.PROSE),
    ),
}
"""The keys of each kind of block, in the order of the file.

``priority`` is required where the plan has priorities; a group and the plan hold groups, actions or both.
"""


KEYS: Final = {key.name: key for keys in reversed(SHAPE.values()) for key in keys}
"""Every key by its name; of ``fields``, that of the plan, which stands first."""

REQUIRED: Final = {block: frozenset(key.name for key in keys if key.required) for block, keys in SHAPE.items()}
KNOWN: Final = {block: frozenset(key.name for key in keys) for block, keys in SHAPE.items()}

BLOCK_LISTS: Final = {key.name: key.block for key in KEYS.values() if key.type is Holds.BLOCKS}
"""The keys that hold a list of blocks, with the kind of block."""

LEVELS: Final = {"orientations": "orientation", "measures": "measure", "actions": "action"}
"""The nested lists of blocks, outermost first, with the kind of block; measures may be in measures."""

CONTENTS: Final = {block: tuple(key.name for key in keys if key.name in LEVELS) for block, keys in SHAPE.items()}
"""The keys of a kind of block under which groups and actions stand; one of them is required."""

USUAL: Final = {"plan": "orientations", "orientation": "measures", "measure": "actions"}
"""The key that is meant where a block has none of those."""

OWN: Final = {
    "action": tuple(key.name for key in SHAPE["action"] if key.name not in KNOWN["measure"]),
    "measure": ("actions",),
    "orientation": ("measures",),
}
"""The keys by which an action, a measure and an orientation are told from each other, innermost first: those of a
measure and an orientation only usually."""


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

LISTS: Final = names_of(Type.CODES, Type.YEARS, Type.NUMBERS, Type.NUMBERS_OR_WORDS, Type.LIST)
"""The keys that hold a list of codes or numbers."""

MAPPINGS: Final = names_of(Holds.REGISTER, Holds.TEXTS)
"""The keys under which any word may be a key: codes, acronyms, names of statuses and of fields."""


def is_text(path: Path) -> bool:
    """Return whether people read what is at a path: a text, a title, a name, a declared field."""
    return bool(path) and (
        path[-1] in PROSE or path[0] in names_of(Holds.TEXTS) or not _VALUES.isdisjoint(map(str, path[-3:-1]))
    )


_VALUES = frozenset(key.name for keys in SHAPE.values() for key in keys if key.type is Holds.VALUES)
