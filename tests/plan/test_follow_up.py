"""What became of actions on a day: status, end, late, silent."""

from calendar import monthrange
from datetime import date
from typing import Any

import pytest

from plancli.check.rules.future_date import find
from plancli.dates import last_day
from plancli.plan.model import Plan, read_plan
from plancli.plan.model.follow_up import end_of, is_closed, is_silent, on_day, status_entry


def plan_of(*entries: dict[str, Any], **more: Any) -> Plan:
    action = {"number": 1, "text": "Agir.", "pilots": ["AA"], "associated": [], "years": [2024, 2025]}
    return read_plan(
        {
            "title": "Un plan",
            "language": "fr",
            "period": {"start": 2024, "end": 2026},
            "statuses": {"en cours": None, "suspendu": None, "réalisé": {"closed": True}},
            "directorates": {"AA": None},
            "actions": [{**action, **more, "progress": list(entries)}],
        }
    )


def state(day: str, *entries: dict[str, Any], **more: Any) -> tuple[object, object, object]:
    (action,) = on_day(plan_of(*entries, **more), day).actions
    return action.value("status"), action.value("status_date"), action.value("late")


@pytest.mark.parametrize(
    ("date", "told"),
    [
        ("2025-06", "2025-06 isn't over: the entry counts from 30 Jun 2025 on"),
        ("2025", "2025 isn't over: the entry counts from 31 Dec 2025 on"),
        ("2025-06-16", "2025-06-16 is in the future"),
        ("2025-07", "2025-07 is in the future"),
        ("2025-06-15", None),
        ("2025-05", None),
    ],
)
def test_what_no_day_counts_yet_is_warned_of(date: str, told: str | None) -> None:
    plan = plan_of({"date": date, "status": "réalisé"})
    assert [finding.message for finding in find(plan._replace(day="2025-06-15"))] == ([told] if told else [])
    assert (state("2025-06-15", {"date": date, "status": "réalisé"})[0] is None) == bool(told)


BEGUN = {"date": "2024-10-01", "status": "en cours"}
SAID = {"date": "2025-03-01", "note": "Dix sur quatorze."}
DONE = {"date": "2025-06-30", "status": "réalisé"}


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("2025-06-30", "2025-06-30"),
        ("2024-02", "2024-02-29"),
        ("2025-02", "2025-02-28"),
        ("2025", "2025-12-31"),
        *(
            (text, "")
            for text in ("2025-02-29", "2025-13", "30/06/2025", "2025-6-1", "20250630", "0000", "", "٢٠٢٥")
        ),
    ],
)
def test_a_month_and_a_year_mean_their_last_day(text: str, day: str) -> None:
    assert last_day(text) == day


def test_days_are_those_of_the_calendar() -> None:
    for year in (1900, 2000, 2023, 2024):
        for month in range(1, 13):
            last = date(year, month, monthrange(year, month)[1])
            assert last_day(f"{year}-{month:02}") == last_day(last.isoformat()) == last.isoformat()
            assert last_day(f"{year}-{month:02}-{last.day + 1}") == ""


def test_the_newest_entry_with_a_status_is_the_status() -> None:
    assert state("2024-09-30", BEGUN, SAID, DONE) == (None, None, False)
    assert state("2024-10-01", BEGUN, SAID, DONE)[:2] == ("en cours", "2024-10-01")
    assert state("2025-03-01", BEGUN, SAID, DONE)[:2] == ("en cours", "2024-10-01"), "a note leaves the status"
    assert state("2026-01-01", DONE, SAID, BEGUN)[:2] == ("réalisé", "2025-06-30"), "whatever their order"


def test_of_two_on_one_day_the_later_in_the_file_counts() -> None:
    assert state("2026-01-01", DONE, {"date": "2025-06-30", "status": "suspendu"})[0] == "suspendu"
    assert state("2026-01-01", {"date": "2025-06", "status": "suspendu"}, DONE)[0] == "réalisé"


def test_late_is_open_after_its_end() -> None:
    assert [state(day, BEGUN)[2] for day in ("2025-12-31", "2026-01-01")] == [False, True]
    assert [state(day, BEGUN, due="2025-06")[2] for day in ("2025-06-30", "2025-07-01")] == [False, True]
    assert state("2026-01-01")[2], "never reported"
    assert not state("2026-01-01", DONE)[2]
    assert state("2026-01-01", DONE, {"date": "2025-12-01", "status": "en cours"})[2], "opened again"
    assert not state("2030-01-01", BEGUN, years=[], when="en continu")[2], "without an end"


def test_without_statuses_nothing_is_late() -> None:
    plan = plan_of(SAID)._replace(statuses=())
    (action,) = on_day(plan, "2030-01-01").actions
    assert (action.more, len(action.progress)) == ((), 1)
    assert on_day(plan, "2025-01-01").actions[0].progress == ()
    assert end_of(action) == "2025-12-31"


def test_silent_is_open_and_without_a_report_for_some_days() -> None:
    def silent(day: str, days: int, *entries: dict[str, Any]) -> bool:
        plan = on_day(plan_of(*entries), day)
        return is_silent(plan, plan.actions[0], days)

    assert silent("2025-01-01", 90)
    assert [silent(day, 90, BEGUN) for day in ("2024-12-30", "2024-12-31")] == [False, True]
    assert not silent("2025-03-02", 90, BEGUN, SAID), "a note is a report"
    assert not silent("2030-01-01", 90, DONE)
    assert not silent("2025-01-01", 10**9, BEGUN)
    assert is_closed(on_day(plan_of(DONE), "2030-01-01"), on_day(plan_of(DONE), "2030-01-01").actions[0])
    assert status_entry(()) is None
