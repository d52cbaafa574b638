"""The commands, their modules and one line of help each; errors are told here and nowhere else."""

import gc
import sys
from collections.abc import Sequence

from plancli.cli.app.commands import Command, Group
from plancli.errors import PlanError, Unavailable
from plancli.i18n import N_, _, detect_language, os_error_text

COMMANDS: tuple[Command, ...] = (
    Command("list", "plancli.cli.list", Group.ASK, N_("the actions that match, in plan order")),
    Command("show", "plancli.cli.show", Group.ASK, N_("an action (9, 18-20) or a directorate (DSJ), whole")),
    Command("summary", "plancli.cli.summary", Group.ASK, N_("the plan at a glance; --by counts and crosses")),
    Command("directorates", "plancli.cli.directorates", Group.ASK, N_("the register, with counts by role")),
    Command("validate", "plancli.cli.validate", Group.CHECK, N_("every mistake, each at its line and column")),
    Command("rule", "plancli.cli.rule", Group.CHECK, N_("what is checked, or one rule explained")),
    Command("schema", "plancli.cli.schema", Group.CHECK, N_("the JSON Schema of a plan")),
    Command("fmt", "plancli.cli.fmt", Group.CHECK, N_("tidy the layout; no text ever changes")),
    Command("diff", "plancli.cli.diff", Group.REVIEW, N_("what a change means, for whom, and who must agree")),
    Command("log", "plancli.cli.log", Group.REVIEW, N_("what each commit meant; how an action came to be")),
    Command("git", "plancli.cli.git", Group.REVIEW, N_("git's diff and merge of a plan")),
    Command("export", "plancli.cli.export", Group.EXCHANGE, N_("the plan for others, by the file's ending")),
    Command("import", "plancli.cli.import_", Group.EXCHANGE, N_("a published table becomes a plan")),
)
"""Every command, in the order of ``--help``. A new one is one file and one line here."""


OPENING = "plancli.cli.opening"
"""What ``plancli`` alone shows."""


def main() -> None:
    """Run the command that was typed and end with its exit code."""
    from plancli.cli.app.streams import prepare

    # Nothing here makes circles that grow, and to look for them costs more than a start of the interpreter.
    gc.disable()
    prepare()
    code = run(sys.argv[1:])
    gc.freeze()
    sys.exit(code)


def run(args: Sequence[str]) -> int:
    """Run a command line; give its exit code once all that it has to say is written."""
    from plancli.cli.app.streams import silence

    detect_language()
    try:
        try:
            code = _dispatch(args)
        except PlanError as error:
            code = _tell(error, args)
        if sys.stdout:
            sys.stdout.flush()
        return code
    except KeyboardInterrupt:
        silence()
        return 130
    except BrokenPipeError:
        silence()
        return 141
    except OSError as error:
        if error.filename is not None:  # not a stream: a file that the code at fault should have cared for
            raise
        silence()
        message = _("can't write the answer: {reason}").format(reason=os_error_text(error))
        return _tell(Unavailable(message), args)


def _dispatch(args: Sequence[str]) -> int:
    from plancli.cli.app.postponed import postpone

    postpone()
    from plancli.cli.app.group import REFUSALS, build

    group = build(COMMANDS, OPENING)
    try:
        return group.run(args)
    except REFUSALS as error:
        from plancli.cli.app.slips import explain  # only a slip needs it

        raise explain(error, args, COMMANDS) from None


def _tell(error: PlanError, args: Sequence[str]) -> int:
    from plancli.cli.app.told import sentences
    from plancli.cli.options import tell

    try:
        for line in sentences(error, args):
            tell(line)
    except OSError:  # nobody listens: the exit code still says it
        pass
    return error.exit_code
