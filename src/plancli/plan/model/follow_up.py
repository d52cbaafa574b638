"""What became of actions: their status on a day, their end, whether they are late; derived, and stored nowhere."""

from collections.abc import Iterable, Iterator

from plancli.dates import last_day
from plancli.plan.model.fields import DERIVED_FIELDS, LATE, STATUS, STATUS_DATE
from plancli.plan.model.types import Action, Entry, Plan, Value, with_actions


def end_of(action: Action) -> str:
    """Return the last day of an action: that of ``due``, else the last of its years; empty without both."""
    due = action.value("due") if action.more else None
    if due is not None:
        return last_day(str(due))
    return last_day(f"{max(action.years):04}") if action.years else ""


def in_order(entries: Iterable[Entry]) -> list[Entry]:
    """Return entries with the oldest first; of one day in the order of the file."""
    return sorted(entries, key=lambda entry: last_day(entry.date))


def status_entry(entries: Iterable[Entry]) -> Entry | None:
    """Return the newest entry with a status; of two on one day, the later in the file."""
    found, day = None, ""
    for entry in entries:
        if entry.status is not None and (own := last_day(entry.date)) >= day:
            found, day = entry, own
    return found


def _last_report(action: Action) -> str:
    """Return the day of the newest entry, whatever it says; empty where nothing was reported."""
    return max((last_day(entry.date) for entry in action.progress), default="")


def newest_day(plan: Plan) -> str:
    """Return the day of the newest entry of a plan; empty where it has none."""
    return max(map(_last_report, plan.actions), default="")


def on_day(plan: Plan, day: str) -> Plan:
    """Return a plan as it stood on a day: without later entries, with what follows from the others.

    A plan that was given a later day already may be given an earlier one. Where it declares statuses, ``day`` is
    set and each action has the values of ``DERIVED_FIELDS``.
    """
    closed = {status.name for status in plan.statuses if status.closed}
    known = {field.key for field in plan.derived}

    def derived(action: Action, progress: tuple[Entry, ...]) -> Iterator[tuple[str, Value]]:
        entry = status_entry(progress)
        if entry:
            yield STATUS.key, entry.status
            yield STATUS_DATE.key, entry.date
        is_open = entry is None or entry.status not in closed
        yield LATE.key, is_open and "" < end_of(action) < day

    def chosen(actions: tuple[Action, ...]) -> tuple[Action, ...]:
        found = []
        for action in actions:
            progress = tuple([entry for entry in action.progress if last_day(entry.date) <= day])
            own = tuple([pair for pair in action.more if pair[0] not in known]) if plan.derived else action.more
            more = (*own, *derived(action, progress)) if plan.statuses else own
            found.append(action._replace(progress=progress, more=more))
        return tuple(found)

    dated = with_actions(plan, chosen)
    return dated._replace(day=day, derived=DERIVED_FIELDS) if plan.statuses else dated


def is_closed(plan: Plan, action: Action) -> bool:
    """Return whether the status that an action has on the day of its plan is a closed one."""
    status = action.value(STATUS.key)
    return any(each.closed and each.name == status for each in plan.statuses)


def days_between(start: str, end: str) -> int:
    """Return the days from one day to another."""
    from datetime import date

    return (date.fromisoformat(end) - date.fromisoformat(start)).days


def is_silent(plan: Plan, action: Action, days: int) -> bool:
    """Return whether an open action has no report in some days before the day of its plan."""
    if is_closed(plan, action):
        return False
    from datetime import date, timedelta

    try:
        since = (date.fromisoformat(plan.day) - timedelta(days=days)).isoformat()
    except OverflowError:
        since = ""
    return _last_report(action) < since or not action.progress
