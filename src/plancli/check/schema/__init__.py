"""The shape of a plan: the JSON Schema and the rules it stands for, with their pages.

The modules of this package are imported only for a plan that the model refuses.
"""

from pathlib import Path

from plancli.diagnostic import Fixable, Rule, Severity
from plancli.errors import Unavailable
from plancli.i18n import N_, _

_NAME = Path("schema", "plan.schema.json")


def read_schema() -> str:
    """Return the text of the schema: a wheel carries it beside the package, a checkout has it at its top."""
    package = Path(__file__).parents[2]
    for folder in (package, package.parents[1]):  # an editable install is a checkout
        try:
            return (folder / _NAME).read_text("utf-8")
        except OSError:
            continue
    raise Unavailable(
        _("this installation of plancli lacks its schema ({name})").format(name=_NAME), _("Install plancli again")
    )


SHAPE_RULES = (
    Rule.from_page(
        "not-a-plan",
        Severity.ERROR,
        N_("""The file holds the keys of a plan, not a list or a single text.

Fail:

    - number: 1
      text: Définir la stratégie nationale
"""),
    ),
    Rule.from_page(
        "missing-key",
        Severity.ERROR,
        N_("""Every block has the keys it needs.

An action needs `number`, `text`, `pilots`, `associated`, `years` and `priority`, even where a list is empty:
`associated: []` says that nobody is associated, and that it wasn't forgotten. The place is the first key of the
block.

Pass:

    associated: []

Fail:

    associated: null
"""),
    ),
    Rule.from_page(
        "unknown-key",
        Severity.ERROR,
        N_("""Every key is one that a plan has, spelt as it is.

Where a required key is missing and this one is close to it, they are one mistake, and it is reported here.

Pass:

    pilots: [DIHAL]

Fail:

    pilot: [DIHAL]
"""),
        fixable=Fixable.BOTH,
    ),
    Rule.from_page(
        "wrong-type",
        Severity.ERROR,
        N_("""Every key has a value of its kind: a whole number, a text, a list of codes, a list of years.

A number in quotes is a text. A list stands in brackets, even with one entry.

Pass:

    years: [2021, 2022]
    number: 1

Fail:

    years: 2021-2022
    number: "1"
"""),
        fixable=Fixable.BOTH,
    ),
    Rule.from_page(
        "value-not-allowed",
        Severity.ERROR,
        N_("""Every value is one of those that its key may have.

Numbers and years are 1 or more; `field` of a source note names a field of an action, or `title`.

Pass:

    priority: 1

Fail:

    priority: 0
"""),
        fixable=Fixable.BOTH,
    ),
)
