"""Where the JSON Schema of a plan is found."""

from pathlib import Path

from plancli.errors import Unavailable
from plancli.i18n import _

_NAME = Path("schema", "plan.schema.json")


def read_schema() -> str:
    """Give the text of the schema: a wheel carries it beside the package, a checkout has it at its top."""
    package = Path(__file__).parents[2]
    for folder in (package, package.parents[1]):  # an editable install is a checkout
        try:
            return (folder / _NAME).read_text("utf-8")
        except OSError:
            continue
    raise Unavailable(
        _("this installation of plancli lacks its schema ({name})").format(name=_NAME), _("Install plancli again")
    )
