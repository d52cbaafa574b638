"""The blocks that a command changes, as people name them: an action or a group by number, code or path."""

from collections.abc import Sequence

from plancli.errors import Usage
from plancli.i18n import _
from plancli.loader import Loaded
from plancli.plan.model import Action, Block, Directorate, Group
from plancli.plan.model.groups import group_names, path_of
from plancli.plan.query import make_query
from plancli.plan.query.targets import find_groups, find_targets, numbers_in, words_in
from plancli.text import truncate


def find_blocks(loaded: Loaded, words: Sequence[str]) -> tuple[Block, ...]:
    """Return the actions and groups that words mean, each once: ``9``, ``18-20``, ``9,12``, ``M7``, a code.

    Raise Usage for what isn't there, for a number or a code that several have, and for a directorate.
    """
    found: list[Block] = []
    for word in words_in(loaded.plan, words):
        own = find_targets(loaded.plan, [word], loaded.place)
        blocks = [each for each in own if not isinstance(each, Directorate)]
        if len(blocks) != len(own):
            raise Usage(
                _("{value} is {what}, not an action").format(value=word, what=_("a directorate")),
                _("To say more about it: {command}").format(command=f"plancli declare {word}"),
            )
        if len(blocks) > (len({each.number for each in blocks}) if len(numbers_in(word)) > 1 else 1):
            raise _several(loaded, word, blocks)
        found += blocks
    if not found:
        raise Usage(_("no action is named"), _("Name one by its number or its code"))
    return tuple(dict.fromkeys(found))


def _several(loaded: Loaded, word: str, blocks: Sequence[Block]) -> Usage:
    places = ", ".join(loaded.place(each.path) for each in blocks[:5])
    sentence = _("one action at a time: {word} means {n} ({places})")
    return Usage(sentence.format(word=truncate(word, 60), n=len(blocks), places=places))


def find_block(loaded: Loaded, word: str) -> Block:
    """Return the one action or group that a word means; raise Usage for none, several, or a directorate."""
    found = find_blocks(loaded, [word])
    if len(found) > 1:
        raise _several(loaded, word, found)
    return found[0]


def find_action(loaded: Loaded, word: str) -> Action:
    """Return the one action that a word means; raise Usage for none, several, or something else."""
    return _action(loaded, find_block(loaded, word), word)


def find_actions(loaded: Loaded, words: Sequence[str]) -> tuple[Action, ...]:
    """Return the actions that words mean, each once; raise Usage as ``find_blocks`` does, and for a group."""
    found = (_action(loaded, block, word) for word in words for block in find_blocks(loaded, [word]))
    return tuple(dict.fromkeys(found))


def _action(loaded: Loaded, block: Block, word: str) -> Action:
    if isinstance(block, Group):
        raise Usage(_("{value} is {what}, not an action").format(value=word, what=block_name(loaded, block)))
    return block


def block_name(loaded: Loaded, block: Block) -> str:
    """Return what a block is called in a sentence: ``action 24``, ``measure 7``."""
    if isinstance(block, Group):
        return group_names(loaded.plan)[block.path]
    return _("action {number}").format(number=block.code or block.number)


def find_group(loaded: Loaded, measure: str | None, orientation: str | None) -> Group | None:
    """Return the group that a word for a measure means, or one for an orientation; None where neither is given.

    A measure is named by its number, a group of any level by its code or its path (``1.2``).
    """
    if measure is None and orientation is None:
        return None
    if measure is None:
        return _group(loaded, orientation or "", loaded.plan.groups, "orientation")
    found = _group(loaded, measure, loaded.plan.measures, "measure")
    if (
        orientation is not None
        and _group(loaded, orientation, loaded.plan.groups, "orientation").number != found.place[0]
    ):
        raise Usage(
            _("measure {measure} doesn't stand in orientation {orientation}").format(
                measure=measure, orientation=orientation
            )
        )
    return found


def group_of(loaded: Loaded, block: Block) -> Group | None:
    """Return the group that a block is directly in; None at the top."""
    return next((group for group in loaded.plan.all_groups if group.path == block.path[:-2]), None)


def _group(loaded: Loaded, word: str, groups: tuple[Group, ...], name: str) -> Group:
    """Return the one group that a word means, by its number one of ``groups``; raise Usage for none or several."""
    found = find_groups(loaded.plan, word, groups)
    if not found:
        make_query(loaded.plan, {name: [word]})  # raises what it knows of the word
        raise Usage(_("no group {word}").format(word=truncate(word, 60)))
    if len(found) > 1:
        paths = ", ".join(path_of(group) for group in found)
        raise Usage(
            _("{word} means {n} groups: name one by its path ({paths})").format(
                word=truncate(word, 60), n=len(found), paths=paths
            )
        )
    return found[0]
