"""``plancli declare``: a directorate's code, with what it stands for."""

from plancli.cli import completion
from plancli.cli.options import EditOptions, OutputOptions, argument, option
from plancli.i18n import N_

EXAMPLES = (
    'plancli declare DREAL --name "Direction régionale de l\'environnement" --ministry Écologie',
    'plancli declare DSE --note "Sigle non identifié dans la source."',
)


def command(
    code: str = argument(N_("CODE"), N_("The code, as actions are to name it."), completion.codes),
    name: str | None = option(N_("TEXT"), N_("What the code stands for.")),
    ministry: str | None = option(N_("TEXT"), N_("Its ministry.")),
    note: str | None = option(N_("TEXT"), N_("What else is to be known of it.")),
    *,
    answer: OutputOptions,
    target: EditOptions,
) -> int:
    """Declare a directorate, or say more about one that is declared."""
    from plancli.edit.actions import declare_directorate
    from plancli.edit.values import one_line
    from plancli.plan.model import NONE
    from plancli.text import fold

    loaded = target.load()
    about = {"name": name, "ministry": "" if fold(ministry or "") == NONE else ministry, "note": note}
    given = {key: one_line(value) for key, value in about.items() if value is not None}
    return target.change(loaded, declare_directorate(loaded, code.strip(), given), answer)
