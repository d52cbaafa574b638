"""``plancli schema``: the JSON Schema of a plan."""

from plancli.cli.streams import print_out

EXAMPLES = ("plancli schema > plan.schema.json",)


def command() -> None:
    """Print the schema as it stands in the repository."""
    from plancli.check.schema import read_schema

    print_out(read_schema())
