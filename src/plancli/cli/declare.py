"""``plancli declare``: a directorate's code, with what it stands for."""

from typing import Annotated

import typer

from plancli.cli import completion
from plancli.cli.options import EditOptions, OutputOptions
from plancli.i18n import N_

EXAMPLES = (
    'plancli declare DREAL --name "Direction régionale de l\'environnement" --ministry Écologie',
    'plancli declare DSE --note "Sigle non identifié dans la source."',
)


def command(
    code: Annotated[
        str,
        typer.Argument(
            metavar=N_("CODE"), help=N_("The code, as actions are to name it."), autocompletion=completion.codes
        ),
    ],
    name: Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=N_("What the code stands for."))] = None,
    ministry: Annotated[str | None, typer.Option(metavar=N_("TEXT"), help=N_("Its ministry."))] = None,
    note: Annotated[
        str | None, typer.Option(metavar=N_("TEXT"), help=N_("What else is to be known of it."))
    ] = None,
    *,
    target: EditOptions,
    answer: OutputOptions,
) -> int:
    """Declare a directorate, or say more about one that is declared."""
    from plancli.edit.declarations import declare_directorate
    from plancli.edit.values import one_line

    loaded = target.load()
    about = {"name": name, "ministry": ministry, "note": note}
    given = {key: one_line(value) for key, value in about.items() if value is not None}
    return target.change(loaded, declare_directorate(loaded, code.strip(), given), answer)
