"""JSON (RFC 8259): UTF-8, an item a line for grep and diff; only what could take over a terminal is escaped."""

from plancli.output.report import Report
from plancli.output.terminal import Terminal
from plancli.text import escape_json_control


def render(report: Report, terminal: Terminal) -> str:
    """Return the data of a report."""
    data = report.data
    if data is None and report.records:
        keys = report.records.keys
        data = [dict(zip(keys, row, strict=True)) for row in report.records.rows]
    return _dump(data) + "\n"


def _dump(data: object) -> str:
    from json import dumps

    def short(value: object) -> str:
        return escape_json_control(dumps(value, ensure_ascii=False, default=float))

    def listed(values: list[object] | tuple[object, ...], indent: str) -> str:
        if not values or not any(isinstance(value, dict) for value in values):
            return short(values)
        return f"[\n{indent}  " + f",\n{indent}  ".join(map(short, values)) + f"\n{indent}]"

    if isinstance(data, list | tuple):
        return listed(data, "")
    if not isinstance(data, dict) or not data:
        return short(data)
    fields = (
        f"  {short(key)}: {listed(value, '  ') if isinstance(value, list | tuple) else short(value)}"
        for key, value in data.items()
    )
    return "{\n" + ",\n".join(fields) + "\n}"
