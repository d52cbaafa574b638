"""The commands, their modules and one line of help each; errors are told here and nowhere else."""


def main() -> None:
    """Run the command that was typed."""
    raise SystemExit(0)
