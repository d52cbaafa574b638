"""What ``validate`` writes, where, and its exit code."""

import os
from collections.abc import Sequence

from plancli.check.reporters import FOR_PEOPLE, closing, report
from plancli.cli.terminal import print_err, print_out, terminal
from plancli.cli.validate.settings import Settings
from plancli.diagnostic import Run
from plancli.errors import PlanError, raise_all
from plancli.files import cannot_write, write_file
from plancli.i18n import _, os_error_text


def give(run: Run, failures: Sequence[PlanError], settings: Settings) -> int:
    """Write the report, then raise for what couldn't be read; give 1 if something fails, else 0."""
    if settings.output:
        _to_file(run, settings)
    elif run.files or settings.form not in FOR_PEOPLE:
        _to_screen(run, settings)
    if settings.form == "github":
        _add_to_step_summary(run)
    raise_all(failures)
    return 1 if run.fails else 0


def _to_screen(run: Run, settings: Settings) -> None:
    if settings.form not in FOR_PEOPLE:
        print_out(report(run, settings.form))
        return
    last = closing(run)
    run = run._replace(unread=())  # what couldn't be read is told on standard error
    if settings.form == "concise":
        print_out(f"{report(run, 'concise')}{last}\n")
        return
    from plancli.text import ascii_symbols

    screen = terminal()
    if run.diagnostics and screen.columns:
        command = f"plancli rule {run.diagnostics[-1].rule}"
        last = f"{last} · " + _("{command} explains a rule").format(command=command)
    last = ascii_symbols(last) if screen.simple else last
    blocks = report(
        run,
        "full",
        columns=screen.columns,
        colour=screen.colour,
        encoding=screen.encoding,
        simple=screen.simple,
    )
    print_out(f"{blocks}{last}\n")


def _to_file(run: Run, settings: Settings) -> None:
    """Write the report to its file, and what is wrong to standard error."""
    text = report(run, settings.form)
    if settings.form in FOR_PEOPLE:
        text += f"{closing(run)}\n"
    write_file(settings.output, text.encode("utf-8", "backslashreplace"))
    last = _("report: {file}").format(file=settings.output)
    found = report(run._replace(unread=()), "concise").splitlines()
    for line in (*found, f"{closing(run)} · {last}"):
        print_err(line)


def _add_to_step_summary(run: Run) -> None:
    """Give GitHub the whole table: annotations are only shown up to ten of a kind."""
    file = os.environ.get("GITHUB_STEP_SUMMARY")
    if not file:
        return
    from plancli.check.reporters.github import MAX_SUMMARY, summary

    try:
        with open(file, "a", encoding="utf-8", errors="backslashreplace") as stream:
            stream.write(summary(run, MAX_SUMMARY - stream.tell()))
    except OSError as error:
        print_err(f"plancli: {cannot_write(file, os_error_text(error)).message}")
