"""When the action of a row is done, from all the columns that say so."""

from plancli.exchange.importer.cells.dates import Calendar, is_month_or_year, read_calendar, without_serial
from plancli.exchange.importer.rows.records import Schedule
from plancli.exchange.importer.rows.row import Row
from plancli.i18n import N_


def read_schedule(row: Row) -> Schedule:
    """Return when, from a calendar, a begin and an end, and columns of years."""
    start, end, cell = map(row.words, ("start", "end", "years"))
    exported, english = row.columns.exported, row.reading.months_first
    if exported:
        return Schedule(read_calendar(cell, exported).years, row.text("due"), row.text("when"))
    start, end, cell = map(without_serial, (start, end, cell))
    said = read_calendar(cell, english=english)
    if is_month_or_year(cell):
        row.tell("years", N_("a month or two years: no year is taken from it"))
    elif said.years and not said.plain and not said.exact:
        row.tell("years", N_("read as {years}"), field="years", years=", ".join(map(str, said.years)))
    columns = [each for each in row.columns.columns if each.role == "year" and row.at(each.index, "")]
    marked = {each.year for each in columns if each.year}
    if start or end:
        return _span(row, start, end, said)
    due = row.words("due")
    last = read_calendar(due, english=english)
    ends = last.due or (str(last.years[0]) if last.plain else "") or said.due
    words = [row.text("when"), "" if said.plain or cell == ends else cell]
    words += [each.heading for each in columns if each.heading != str(each.year)]
    ends = ends or next((read_calendar(each.heading).due for each in reversed(columns)), "")
    words.append("" if due in ("", last.due) or last.plain else due)
    years = said.years or tuple(sorted(marked)) or last.years
    return Schedule(years, ends, " · ".join(dict.fromkeys(filter(None, words))))


def _span(row: Row, start: str, end: str, said: Calendar) -> Schedule:
    """Return from when until when two cells say; ``said`` is what a calendar beside them says."""
    first, last = (read_calendar(each, english=row.reading.months_first) for each in (start, end))
    years = first.years or last.years
    if first.years and last.years and last.years[-1] >= first.years[0]:
        years = tuple(range(first.years[0], last.years[-1] + 1))
    words = " – ".join(each for each in (start, end) if each)
    if (first.plain or not start) and (last.plain or end == last.due):
        words = ""
    others = [row.words(name) for name in ("years", "when", "due")]
    others = [each for each in others if each not in ("", words, last.due)]
    if said.plain and said.years == years:
        others = others[1:]
    beside = " · ".join(dict.fromkeys(others))
    return Schedule(
        years or said.years,
        last.due or said.due,
        f"{beside} ({words})" if beside and words else beside or words,
    )
