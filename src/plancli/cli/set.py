"""``plancli set``: other values for fields of an action."""

from typing import Annotated

import typer

from plancli.cli import completion
from plancli.cli.editor import read_text
from plancli.cli.options import EditOptions, OutputOptions
from plancli.cli.terminal import print_err
from plancli.i18n import N_, _

EXAMPLES = (
    "plancli set 24 priority=1 years=2021-2022",
    "plancli set 24 pilots+=DSJ associated-=DHUP --dry-run",
    "plancli set 24 text=@action-24.txt",
    'plancli set M7 title="Aider les ménages à payer leur loyer" --dry-run',
)


def command(
    number: Annotated[
        str,
        typer.Argument(
            metavar="NUMBER",
            help=N_("The action; or a group (M7 is measure 7), to give it another title or code."),
            autocompletion=completion.blocks,
        ),
    ],
    assignments: Annotated[
        list[str],
        typer.Argument(
            metavar="FIELD=VALUE",
            help=N_("What it has from now on; += adds to a list, -= takes out of it, @FILE is a file's text."),
            autocompletion=completion.assignments,
        ),
    ],
    target: EditOptions,
    answer: OutputOptions,
) -> int:
    """Change fields of an action; nothing else in the file changes."""
    from plancli.edit.actions import set_values
    from plancli.edit.subjects import find_block
    from plancli.edit.values import assigned_values, changes_nothing, read_assignment

    loaded = target.load()
    block = find_block(loaded, number)
    read = [read_assignment(loaded.plan, word, block) for word in assignments]
    read = [each._replace(words=read_text(each.words)) for each in read]
    edits = set_values(loaded, block, assigned_values(loaded.plan, block, read))
    for word, each in zip(assignments, read, strict=True):
        if edits and changes_nothing(loaded.plan, block, each):
            print_err(_("{assignment} changes nothing").format(assignment=word))
    return target.change(loaded, edits, answer)
