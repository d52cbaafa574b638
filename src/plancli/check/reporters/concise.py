"""One line a diagnostic, for pipes, logs and grep."""

from plancli.check.run import Run
from plancli.text import escape_control


def report(run: Run) -> str:
    """Write ``file:line:column: severity[rule] action: sentence`` for each diagnostic."""
    return "".join(
        escape_control(
            f"{each.file}:{each.span.start.line}:{each.span.start.column}:"
            f" {each.severity.word}[{each.rule}] {each.placed_sentence}"
        )
        + "\n"
        for each in run.reported
    )
