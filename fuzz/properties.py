"""What must hold whatever the input is: for the bounded fuzzing of the tests and the long one of ``fuzz.py``."""

import contextlib
import io
import json
import os
import re
from collections.abc import Callable
from functools import cache
from importlib import import_module
from pathlib import Path
from typing import Any

from plancli.check.checker import Checked, check
from plancli.cli.main import COMMANDS, run
from plancli.diagnostic import Severity
from plancli.errors import PlanError
from plancli.exchange.importer import import_table
from plancli.output.renderers import FORMATS
from plancli.plan.document import read_document
from plancli.plan.model import ShapeError, read_plan
from plancli.plan.writer import dump

ROOT = Path(__file__).parents[1]
CODES = (0, 1, 2, 3, 130, 141)
"""Every exit code there may be."""

Ran = tuple[int, str, str]


class Said(io.StringIO):
    """What is said, with the descriptor that a fuzzer's own report of a slow input asks for."""

    def fileno(self) -> int:
        """Return the real standard error."""
        return 2


def typed(*args: str) -> Ran:
    """Run a command line in this process: its exit code, what it answered, what it said."""
    out, err = io.StringIO(), Said()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = run(args)
    assert code in CODES, (args, code)
    assert "Traceback" not in err.getvalue(), err.getvalue()
    for stream in (out, err):
        assert "\x1b" not in stream.getvalue(), (args, stream.getvalue())
    return code, out.getvalue(), err.getvalue()


def hold_reading(source: bytes) -> Checked:
    """Check any bytes: places lie in the file, a plan that can't be used says why, the model is the schema."""
    checked = check(source, "x")
    text = checked.document.text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    for each in checked.diagnostics:
        for start, end in (each.span, *(excerpt.span for excerpt in each.excerpts)):
            assert (1, 1) <= tuple(start) <= tuple(end), each
            assert start.line <= len(lines), each
            assert start.column <= len(lines[start.line - 1]) + 1, each
            assert end.line <= len(lines) + 1, each
            assert end.line > len(lines) or end.column <= len(lines[end.line - 1]) + 1, each
        assert each.message
        assert not re.search(r"<class '[\w.]+'>", each.message), "a type of Python, where words are wanted"
    assert checked.plan is not None or checked.errors
    document = checked.document
    if document.stopped is None and not document.findings and len(source) < 5000:
        assert _modelled(document.data) == _fits_schema(document.data)
    return checked


def _modelled(data: Any) -> bool:
    try:
        read_plan(data)
    except ShapeError:
        return False
    return True


@cache
def _validator() -> Any:
    from jsonschema import Draft202012Validator

    return Draft202012Validator(json.loads((ROOT / "schema" / "plan.schema.json").read_text("utf-8")))


def _fits_schema(data: Any) -> bool:
    return bool(_validator().is_valid(data))


def hold_commands(source: bytes, base: bytes, folder: Path) -> None:
    """Ask every command of any plan: no traceback, no answer from an error, ``fmt`` keeps what stands."""
    plan, old = folder / "plan.yaml", folder / "old.yaml"
    plan.write_bytes(source)
    old.write_bytes(base)
    checked = hold_reading(source)
    commands = {command.name for command in COMMANDS}
    code, out, _err = typed("list", "--plan", str(plan), "--format", "json")
    assert (code == 0) == (not checked.errors), "an answer means: no error"
    assert bool(out) == (code == 0)
    if code == 0:
        assert checked.plan is not None
        assert [each["text"] for each in json.loads(out)] == [each.text for each in checked.plan.actions]
    pick = len(source)
    typed(("summary", "directorates")[pick % 2], "--plan", str(plan), "--format", FORMATS[pick % len(FORMATS)])
    if "validate" in commands:
        hold_validate(checked, plan)
    if "diff" in commands:
        code, out, _err = typed("diff", str(old), str(plan), "--format", "json")
        assert code in (0, 1)
        if checked.plan is not None and check(base, "x").plan is not None:
            assert code == 0
            json.loads(out)
            assert typed("diff", str(old), str(plan), "--format", ("table", "markdown")[pick % 2])[0] == 0
    hold_edits(checked, plan)
    hold_fmt(checked, plan)


def hold_edits(checked: Checked, plan: Path) -> None:
    """Change an action of any plan: it is that change and nothing else, or nothing is written."""
    before = plan.read_bytes()
    actions = checked.plan.actions if checked.plan else ()
    number = str(actions[len(before) % len(actions)].number) if actions else "1"
    edits = (["set", number, "pilots="], ["remove", number, "--reason", "…"], ["declare", "ZZZ9"])
    code, _out, err = typed(*edits[len(before) % 3], "--plan", str(plan))
    assert code in (0, 1, 2), err
    after = plan.read_bytes()
    if code:
        assert after == before, "what is refused is not written"
    else:
        old = {each.rule for each in checked.errors}
        assert {each.rule for each in check(after, "x").errors} <= old, "no new error"
    plan.write_bytes(before)


def hold_validate(checked: Checked, plan: Path) -> None:
    """Compare what ``validate`` tells with what the checker found, in each format."""
    wanted = 1 if checked.errors else 0
    code, out, err = typed("validate", "--format", "json", str(plan))
    assert code == wanted, (code, out, err)
    summary = json.loads(out)["summary"]
    assert summary["errors"] == sum(each.severity is Severity.ERROR for each in checked.diagnostics)
    forms = sorted(getattr(import_module("plancli.check.reporters"), "REPORTERS", ["json"]))
    code, out, err = typed("validate", "--format", forms[len(checked.document.source) % len(forms)], str(plan))
    assert code == wanted, (code, out, err)


def hold_fmt(checked: Checked, plan: Path) -> None:
    """Tidy a plan: the values and each marked comment stay, and tidying again changes nothing."""
    before = plan.read_bytes()
    code, _out, err = typed("fmt", str(plan))
    after = plan.read_bytes()
    if code:
        assert after == before, "what can't be tidied stays as it is"
        assert checked.plan is None or "comment" in err, err
        return
    assert checked.plan is not None
    tidied = read_document(after, "x")
    assert tidied.data == checked.document.data
    assert marks(after) == marks(before), "each comment stays"
    assert typed("fmt", "--check", str(plan))[0] == 0


def marks(source: bytes) -> list[bytes]:
    """Return the marks that stand in comments of the seeds, wherever edits have put them."""
    from re import findall

    return sorted(findall(rb"note-\d+", source))


def hold_import(source: bytes, name: str) -> None:
    """Import any bytes as a table: a plan that is written as it was read, or an error that is worded."""
    try:
        imported = import_table(source, name, title="A plan")
    except PlanError as error:
        if not error.message or error.exit_code not in CODES:
            raise
        return
    if imported.data is None:
        assert imported.errors
        return
    text = dump(imported.data)
    document = read_document(text, "x")
    assert document.stopped is None
    assert document.data == imported.data, "what is written is what was read"
    hold_reading(text.encode())


@cache
def plans() -> tuple[str, ...]:
    """Return the plans that are mutated: the published one, and a small one that has everything."""
    small = (ROOT / "fuzz" / "seeds" / "small.yaml").read_text("utf-8")
    return small, (ROOT / "data" / "plan.yaml").read_text("utf-8")


@cache
def table() -> str:
    """Return the published plan as a table."""
    out = typed("list", "--plan", str(ROOT / "data" / "plan.yaml"), "--format", "csv")[1]
    return "".join(out.splitlines(keepends=True)[:6])


def workbook(rows: str, change: Callable[[str], str]) -> bytes:
    """Make an XLSX of a table, its sheet changed as text of XML."""
    import csv
    import zipfile

    import xlsxwriter

    made = io.BytesIO()
    book = xlsxwriter.Workbook(made, {"in_memory": True})
    sheet = book.add_worksheet()
    for number, row in enumerate(csv.reader(io.StringIO(rows))):
        sheet.write_row(number, 0, row)
    book.close()
    again = io.BytesIO()
    with zipfile.ZipFile(made) as old, zipfile.ZipFile(again, "w") as new:
        for entry in old.infolist():
            content = old.read(entry)
            if entry.filename in ("xl/worksheets/sheet1.xml", "xl/sharedStrings.xml"):
                content = change(content.decode()).encode("utf-8", "replace")
            new.writestr(entry.filename, content)
    return again.getvalue()


def opendocument(rows: str, change: Callable[[str], str]) -> bytes:
    """Make an ODS of a table, its content changed as text of XML."""
    import csv
    import zipfile
    from html import escape

    def cell(text: str) -> str:
        return f'<table:table-cell office:value-type="string"><text:p>{escape(text)}</text:p></table:table-cell>'

    lines = [
        f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in csv.reader(io.StringIO(rows))
    ]
    spaces = "".join(
        f' xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} office:version="1.2">'
        f'<office:body><office:spreadsheet><table:table table:name="Plan">{"".join(lines)}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", change(content).encode("utf-8", "replace"))
        manifest = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
        archive.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{manifest}"><manifest:file-entry manifest:full-path="/" '
            'manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/></manifest:manifest>',
        )
    return made.getvalue()


def speak_english() -> None:
    """Take the reader's environment out of what is asked."""
    for name in ("PLANCLI_PLAN", "COLUMNS", "LINES", "NO_COLOR", "FORCE_COLOR"):
        os.environ.pop(name, None)
    os.environ["PLANCLI_LANG"] = "en"
