"""``plancli schema``: the JSON Schema of a plan."""

import sys

EXAMPLES = ("plancli schema > plan.schema.json",)


def command() -> None:
    """Print the schema as it stands in the repository."""
    from plancli.check.schema import read_schema

    sys.stdout.write(read_schema())
