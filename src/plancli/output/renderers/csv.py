"""CSV (RFC 4180): a header of stable keys, commas, quotes where needed, CRLF; lists are joined with ``|``."""

from plancli.i18n import _
from plancli.output.report import Report, Unsuited
from plancli.output.terminal import Window
from plancli.text import escape_control


def answer(report: Report, window: Window) -> str:
    """Give the sheet of a report; raise Unsuited where there is none."""
    from csv import writer
    from io import StringIO

    if report.sheet is None:
        raise Unsuited(_("this answer is no single table: it can't be CSV"), report.no_sheet)
    stream = StringIO()
    write = writer(stream)  # its default dialect is the RFC's
    write.writerow(report.sheet.keys)
    write.writerows([_field(value) for value in row] for row in report.sheet.rows)
    return stream.getvalue()


def _field(value: object) -> object:
    if isinstance(value, tuple | list):
        return "|".join(str(_field(item)) for item in value)
    if not isinstance(value, str):
        return value
    return (
        escape_control(value)
        if "\n" not in value
        else "\n".join(escape_control(line) for line in value.replace("\r\n", "\n").split("\n"))
    )
