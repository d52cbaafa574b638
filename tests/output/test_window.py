"""The window a stream is read through."""

from io import StringIO

import pytest

from plancli.output.terminal import PIPE, Window, window_of


class Terminal(StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "window"),
    [
        ({}, Window(80, 24, colour=True)),
        ({"COLUMNS": "120", "LINES": "50"}, Window(120, 50, colour=True)),
        ({"COLUMNS": "wide", "LINES": "-3"}, Window(80, 24, colour=True)),
        ({"NO_COLOR": "1"}, Window(80, 24)),
        ({"NO_COLOR": ""}, Window(80, 24, colour=True)),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, Window(80, 24)),
        ({"TERM": "dumb"}, Window(80, 24, simple=True)),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, Window(80, 24, simple=True)),
    ],
)
def test_a_terminal(environment: dict[str, str], window: Window) -> None:
    assert window_of(Terminal(), environment) == window


def test_a_pipe_is_whole_utf8_without_colours_unless_forced() -> None:
    assert window_of(StringIO(), {"COLUMNS": "40"}) == PIPE
    assert window_of(StringIO(), {"FORCE_COLOR": "1"}) == Window(colour=True)
    assert window_of(StringIO(), {"FORCE_COLOR": "0"}) == PIPE
