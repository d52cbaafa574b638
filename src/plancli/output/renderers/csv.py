"""CSV (RFC 4180): a header of stable keys, commas, quotes where needed, CRLF; lists are joined with ``|``."""

from plancli.i18n import _
from plancli.output.report import FormatNotSupported, Report
from plancli.output.terminal import Terminal
from plancli.text import escape_control


def render(report: Report, terminal: Terminal) -> str:
    """Return the records of a report; raise FormatNotSupported if it has none."""
    from csv import writer
    from io import StringIO

    if report.records is None:
        raise FormatNotSupported(_("this answer is no single table: it can't be CSV"), report.no_records)
    stream = StringIO()
    write = writer(stream)  # its default dialect is the RFC's
    write.writerow(report.records.keys)
    write.writerows([_field(value) for value in row] for row in report.records.rows)
    return stream.getvalue()


def _field(value: object) -> object:
    if isinstance(value, tuple | list):
        return "|".join(str(_field(item)) for item in value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if not isinstance(value, str):
        return value
    return "\n".join(map(escape_control, value.replace("\r\n", "\n").split("\n")))
