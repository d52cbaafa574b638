"""The window a stream is read through."""

from io import StringIO

import pytest

from plancli.output.terminal import NO_TERMINAL, Terminal, detect_terminal


class Stream(StringIO):
    encoding = "utf-8"

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("environment", "window"),
    [
        ({}, Terminal(80, 24, colour=True)),
        ({"COLUMNS": "120", "LINES": "50"}, Terminal(120, 50, colour=True)),
        ({"COLUMNS": "wide", "LINES": "-3"}, Terminal(80, 24, colour=True)),
        ({"NO_COLOR": "1"}, Terminal(80, 24)),
        ({"NO_COLOR": ""}, Terminal(80, 24, colour=True)),
        ({"NO_COLOR": "1", "FORCE_COLOR": "1"}, Terminal(80, 24)),
        ({"TERM": "dumb"}, Terminal(80, 24, simple=True)),
        ({"TERM": "dumb", "FORCE_COLOR": "1"}, Terminal(80, 24, simple=True)),
    ],
)
def test_a_terminal_has_its_size_and_colours(environment: dict[str, str], window: Terminal) -> None:
    assert detect_terminal(Stream(), environment) == window


def test_a_pipe_is_whole_utf8_without_colours_unless_forced() -> None:
    assert detect_terminal(StringIO(), {"COLUMNS": "40"}) == NO_TERMINAL
    assert detect_terminal(StringIO(), {"FORCE_COLOR": "1"}) == Terminal(colour=True)
    assert detect_terminal(StringIO(), {"FORCE_COLOR": "0"}) == NO_TERMINAL
