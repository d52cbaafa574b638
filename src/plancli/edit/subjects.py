"""What a command changes, as people name it: an action, a group, by number, code or path."""

from collections.abc import Sequence

from plancli.errors import Usage
from plancli.i18n import _
from plancli.loader import Loaded
from plancli.plan.model import Action, Directorate, Group
from plancli.plan.model.groups import group_names, path_of
from plancli.plan.query import find_targets, make_query
from plancli.text import closest, fold, truncate


def find_block(loaded: Loaded, word: str) -> Action | Group:
    """Return the one action or group that a word means; raise Usage for none, several, or a directorate."""
    found = find_targets(loaded.plan, [word], loaded.place)
    blocks = [each for each in found if not isinstance(each, Directorate)]
    if len(blocks) != len(found):
        raise Usage(_("{value} is {what}, not an action").format(value=word, what=_("a directorate")))
    if len(blocks) > 1:
        places = ", ".join(loaded.place(each.path) for each in blocks[:5])
        sentence = _("one action at a time: {word} means {n} ({places})")
        raise Usage(sentence.format(word=truncate(word, 60), n=len(blocks), places=places))
    return blocks[0]


def find_action(loaded: Loaded, word: str) -> Action:
    """Return the one action that a word means; raise Usage for none, several, or something else."""
    block = find_block(loaded, word)
    if isinstance(block, Group):
        raise Usage(
            _("{value} is {what}, not an action").format(value=word, what=group_names(loaded.plan)[block.path])
        )
    return block


def find_actions(loaded: Loaded, words: Sequence[str]) -> tuple[Action, ...]:
    """Return the actions that words mean, each once: ``9``, ``18-20``, ``9,12``, a code whatever its case.

    Raise Usage for what isn't there, with the code that was probably meant.
    """
    codes = {action.code: action for action in loaded.plan.actions if action.code is not None}
    folded = {fold(code): action for code, action in codes.items()}
    found: list[Action] = []
    for word in (part.strip() for given in words for part in given.split(",") if part.strip()):
        if word in codes or fold(word) in folded:
            found.append(codes.get(word) or folded[fold(word)])
            continue
        near = closest(word, list(codes)) if not word.isdecimal() else None
        if near:
            sentence = _("there is no action {number}").format(number=truncate(word, 60))
            raise Usage(_("{sentence}. Did you mean {guess}?").format(sentence=sentence, guess=near))
        for each in find_targets(loaded.plan, [word], loaded.place):
            if not isinstance(each, Action):
                raise Usage(_("{value} is {what}, not an action").format(value=word, what=_("a directorate")))
            found.append(each)
    if not found:
        raise Usage(_("no action is named"), _("Name one by its number or its code"))
    return tuple(dict.fromkeys(found))


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


def group_of(loaded: Loaded, block: Action | Group) -> Group | None:
    """Return the group that a block stands directly in; None at the top."""
    return next((group for group in loaded.plan.all_groups if group.path == block.path[:-2]), None)


def _group(loaded: Loaded, word: str, groups: tuple[Group, ...], name: str) -> Group:
    """Return the group that a word means: by code or by path any, by number one of some."""
    every = loaded.plan.all_groups
    found = [group for group in every if group.code == word]
    found = found or [group for group in groups if str(group.number) == word]
    found = found or [group for group in every if path_of(group) == word]
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
