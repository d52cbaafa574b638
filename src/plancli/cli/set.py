"""``plancli set``: other values for fields of actions."""

import re
from typing import TYPE_CHECKING

from plancli.cli import completion
from plancli.cli.options import EditOptions, OutputOptions, argument
from plancli.cli.streams import print_err
from plancli.cli.text_input import with_text
from plancli.errors import Usage
from plancli.i18n import N_, _, did_you_mean
from plancli.text import quote_argument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from plancli.edit.values import Assignment
    from plancli.plan.model import Block

EXAMPLES = (
    "plancli set 24 priority=1 years=2021-2022",
    "plancli set 24 pilots+=DSJ associated-=DHUP --dry-run",
    "plancli set 3-5 24 priority=1 --dry-run",
    "plancli set 24 text=@action-24.txt",
    'plancli set M7 title="Aider les ménages à payer leur loyer" --dry-run',
)


def command(
    words: list[str] = argument(
        N_("NUMBER… FIELD=VALUE"),
        N_(
            "The actions (9, 18-20, a code), or a group (M7 is measure 7), to give it another title or code. "
            "Then what they have from now on; += adds to a list, -= takes out of it, @FILE is a file's text."
        ),
        completion.blocks_and_assignments,
    ),
    *,
    answer: OutputOptions,
    target: EditOptions,
) -> int:
    """Change fields of actions; nothing else in the file changes."""
    from plancli.edit.actions import set_values
    from plancli.edit.blocks import block_name, find_blocks
    from plancli.edit.values import assigned_values, changes_nothing, read_assignment, settable

    loaded = target.load()
    numbers, assignments = _split_words(words, [field.key for field in settable(loaded.plan)])
    blocks, typed = find_blocks(loaded, numbers), [with_text(word) for word in assignments]
    edits, idle = [], []
    for block in blocks:
        read = [read_assignment(loaded.plan, word, block) for word in typed]
        _refuse_two_values(read)
        _refuse_one_for_all(blocks, read)
        edits += set_values(loaded, block, assigned_values(loaded.plan, block, read))
        pairs = zip(assignments, read, strict=True)
        idle += [(block, word) for word, each in pairs if changes_nothing(loaded.plan, block, each)]
    for block, word in idle if edits else ():
        sentence = _("{assignment} changes nothing").format(assignment=word)
        if len(blocks) > 1:
            sentence = _("{action}: {sentence}").format(action=block_name(loaded, block), sentence=sentence)
        print_err(sentence)
    return target.change(loaded, edits, answer)


def _split_words(words: "Sequence[str]", keys: "Sequence[str]") -> "tuple[Sequence[str], Sequence[str]]":
    """Return the words that name actions, and those that assign; the first may be a code with an = in it."""
    named = [word for word in words if "=" not in word]
    if named and re.split(r"[+-]?=", words[0])[0] in (*keys, "title"):
        ordered = [*named, *(word for word in words if "=" in word)]
        line = " ".join(["plancli set", *map(quote_argument, ordered)])
        raise Usage(did_you_mean(_("the action stands before what is set"), line))
    for at, word in enumerate(words):
        sign = next((sign for sign in ("+=", "-=", "=") if word.startswith(sign)), "")
        if sign and at > 1 and "=" not in words[at - 1]:
            value = word.removeprefix(sign) or "".join(words[at + 1 : at + 2])
            sentence = _("blanks stand around {sign}").format(sign=sign)
            raise Usage(did_you_mean(sentence, f"{words[at - 1]}{sign}{quote_argument(value) or '…'}"))
    first = next((at for at, word in enumerate(words) if at and "=" in word), len(words) - 1)
    if not first and "=" not in words[0]:
        forms = _("For example: {forms}").format(forms=f"plancli set {words[0]} priority=1")
        raise Usage(_("nothing is set"), forms)
    at = next((at for at, word in enumerate(words[:-1]) if at and word in keys), 0)
    if at and not any("=" in word for word in words):
        raise Usage(did_you_mean(_("nothing is set"), _with_signs(words[at:], keys)))
    return words[:first], words[first:]


def _with_signs(words: "Sequence[str]", keys: "Sequence[str]") -> str:
    """Return fields and values that were typed without signs as assignments; the first word is a field."""
    parts: list[list[str]] = []
    for word in words:
        if word in keys:
            parts.append([word])
        else:
            parts[-1].append(word)
    return " ".join(f"{key}={quote_argument(' '.join(value)) or '…'}" for key, *value in parts)


def _refuse_two_values(read: "Sequence[Assignment]") -> None:
    """Raise Usage where a field would get two values, of which only the last would stay."""
    keys = [each.field.key for each in read if each.sign == "="]
    for key in keys:
        if keys.count(key) > 1:
            raise Usage(_("{field} is set twice").format(field=key))


def _refuse_one_for_all(blocks: "Sequence[Block]", read: "Sequence[Assignment]") -> None:
    """Raise Usage where several actions would get one text, title or code."""
    for each in read if len(blocks) > 1 else ():
        if each.field.key in ("text", "title", "code"):
            raise Usage(_("{field} is set for one action at a time").format(field=each.field.key))
