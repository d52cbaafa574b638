"""JSON (RFC 8259): UTF-8, an item a line for grep and diff; only what could take over a terminal is escaped."""

from plancli.output.report import Report
from plancli.output.window import Window


def answer(report: Report, window: Window) -> str:
    """Give the data of a report, whatever the window."""
    data = report.data
    if data is None and report.sheet:
        keys = report.sheet.keys
        data = [dict(zip(keys, row, strict=True)) for row in report.sheet.rows]
    return _written(data) + "\n"


def _written(data: object) -> str:
    from json import dumps

    def short(value: object) -> str:
        return _harmless(dumps(value, ensure_ascii=False))

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


def _harmless(text: str) -> str:
    r"""Write as ``\u…`` the control and format characters that JSON lets stand: the value stays the same."""
    if text.isprintable():
        return text
    from re import sub

    return sub(
        "[\x7f-\x9f\u2028-\u202e\u2066-\u206f\ufeff\ud800-\udfff]", lambda found: f"\\u{ord(found[0]):04x}", text
    )
