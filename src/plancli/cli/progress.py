"""``plancli progress``: where the plan stands, and what happened in a period."""

from typing import TYPE_CHECKING

from plancli.cli.options import (
    DayOptions,
    EditOptions,
    Filters,
    OptionGroup,
    OutputOptions,
    PlanOptions,
    flag,
    option,
    read_since_until,
    whole_number,
)
from plancli.dates import today
from plancli.errors import Usage
from plancli.i18n import N_, _, current_language, use_language

if TYPE_CHECKING:
    from plancli.loader import Loaded

EXAMPLES = (
    "plancli progress --start",
    "plancli progress",
    "plancli progress --pilot DIHAL --silent 30",
    "plancli progress --since 2025 --until 2025 --format markdown --output bilan-2025.md",
)


class TimeOptions(OptionGroup):
    """The period to report on, and after how many days an action counts as silent."""

    since: str | None = option(N_("DATE"), N_("Tell what a time brought: from this day, month or year on."))
    until: str | None = option(N_("DATE"), N_("The end of that time; else the day that is asked."))
    silent: str | None = option(N_("DAYS"), N_("Days without a report after which an open action is silent (90)."))

    def days(self) -> int:
        """Return the days of silence; raise Usage for what is no number."""
        from plancli.output.views.progress import SILENT

        return SILENT if self.silent is None else whole_number(self.silent, "--silent", "plancli progress", 1)

    def span(self, on: str | None) -> tuple[str, str] | None:
        """Return the first and the last day of the period, if one is typed; raise Usage for what is none."""
        if self.since is None:
            if self.until is not None:
                raise Usage(_("--until needs --since"), _("Of one day: --on DATE"))
            return None
        if on is not None and self.until is not None:
            raise Usage(_("--on and --until are the same day"), _("Leave one of them out"))
        return read_since_until(self.since, (on if self.until is None else self.until) or today())


def command(
    start: bool = flag("--start", N_("Write a usual set of statuses into the plan, in its language.")),
    dry_run: bool = flag("--dry-run", N_("With --start: write nothing.")),
    *,
    time: TimeOptions,
    filters: Filters,
    answer: OutputOptions,
    source: DayOptions,
) -> int:
    """Show where things stand on a day, or what a time brought."""
    if start:
        return _start(EditOptions(plan=source.plan, dry_run=dry_run), answer)
    if dry_run:
        raise Usage(_("{option} goes with {other}").format(option="--dry-run", other="--start"))
    from plancli.output.views.progress import period_view, progress_view

    days, span = time.days(), time.span(source.on)
    if span:
        source = DayOptions(plan=source.plan, at=source.at, on=span[1])
    loaded = _load_followed(source)
    plan = loaded.plan
    query = filters.query(plan)
    if span:
        document = answer.form == "markdown"  # a report to send has the plan's language
        language = plan.language if document else current_language()
        with use_language(language):
            view = period_view(plan, query, query.select(plan), span[0], document)
        return answer.write(view, source.plan, language=language)
    return answer.write(progress_view(plan, query, query.select(plan), days), source.plan)


def _load_followed(source: DayOptions) -> "Loaded":
    """Return the plan on the day; raise Usage where it declares no statuses."""
    from plancli.edit.progress import no_statuses

    loaded = PlanOptions.load(source)
    if not loaded.plan.statuses:
        raise no_statuses(loaded.name, loaded.plan)
    return source.dated(loaded)


def _start(target: EditOptions, answer: OutputOptions) -> int:
    """Write the usual statuses into the plan, and say what to type next."""
    from plancli.edit.edited_plan import edited_source
    from plancli.edit.progress import start_edits, usual_statuses
    from plancli.output.views.written import started_view

    loaded = target.load()
    plan = loaded.plan
    closing = target.write(loaded, edited_source(loaded.checked, start_edits(loaded.name, plan)))
    return answer.write(started_view(plan, usual_statuses(plan.language), closing), target.path)
