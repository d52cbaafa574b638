"""What a renderer needs is loaded when it is asked for, and nothing else."""

import subprocess
import sys

import pytest

HEAVY = ("rich", "json", "csv", "typer", "yaml", "jsonschema", "pydantic", "subprocess")
TRY = """
import sys
from plancli.output.renderers import render
from plancli.output.report import Report, Sheet
from plancli.output.table import Column, Table
from plancli.output.views.actions import list_view
from plancli.output.views.summary import summary_view
from plancli.output.window import PIPE, Window
before = set(sys.modules)
report = Report(((Table((Column("a", "A"),), (("x",),) * {rows}),),), sheet=Sheet(("a",), (("x",),)))
render(report, {form!r}, {window})
print(*[name for name in {heavy!r} if name in sys.modules])
"""


@pytest.mark.parametrize(
    ("form", "window", "rows", "loaded"),
    [
        ("table", "PIPE", 1, []),
        ("table", "Window(80, 24)", 1, []),
        ("table", "Window(80, 24, colour=True)", 1, []),
        ("markdown", "PIPE", 1, []),
        ("csv", "PIPE", 1, ["csv"]),
        ("json", "PIPE", 1, ["json"]),
    ],
)
def test_only_what_is_needed(form: str, window: str, rows: int, loaded: list[str]) -> None:
    source = TRY.format(form=form, window=window, rows=rows, heavy=HEAVY)
    done = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True, check=True)
    given = done.stdout.split()
    assert given == loaded
