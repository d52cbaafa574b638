"""How each format's own reader sees an answer: what it would obey, and whether the payload is shown."""

import csv
import io
import json
import re
import unicodedata
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any
from xml.etree import ElementTree

import cmarkgfm
import pyte
from cmarkgfm.cmark import Options

from plancli.text import escape_control, width

TURNS = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}
OBEYED = ("Cc", "Cs", "Zl", "Zp")
BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
SGR = re.compile(r"\x1b\[[0-9;]*m")


def taken_over(text: str, allowed: str = "\n") -> set[str]:
    """Return the characters of a text that a terminal would obey, or that turn it."""
    turning = TURNS | {"\ufeff"}
    return {c for c in set(text) - set(allowed) if unicodedata.category(c) in OBEYED or c in turning}


def commands(text: str) -> list[str]:
    """Return the workflow commands that GitHub's runner finds in what a step prints (``ActionCommand.cs``).

    Its new form begins with ``::`` after blanks at the start of a line and has another ``::``, the old one is
    ``##[`` anywhere in a line. Azure and TeamCity have a word between the signs and the bracket.
    """
    found = []
    for line in re.split(r"\r\n|\r|\n", text):
        start = line.lstrip(BLANKS)
        if (start.startswith("::") and "::" in start[2:]) or re.search(r"##(vso|teamcity)?\[", line):
            found.append(line)
    return found


def harmless(text: str, allowed: str = "\n") -> None:
    """Hold that neither a terminal nor a runner of workflows finds anything in a text to obey."""
    assert not taken_over(text, allowed)
    assert not commands(text)


def words(text: str) -> str:
    """Put white space aside, which layout may change, and line-end dashes with it."""
    return "".join(text.split())


def see_text(text: str) -> str:
    """Read what goes to a pipe or a log."""
    harmless(text)
    return text


class Screen(pyte.Screen):
    """A terminal that keeps what it was made to answer."""

    replies: tuple[str, ...] = ()

    def write_process_input(self, data: str) -> None:
        """Keep an answer."""
        self.replies = (*self.replies, data)


def see_screen(text: str) -> str:
    """Read what goes to a terminal, with an emulator of one: nothing but our own colours is a sequence."""
    bare = SGR.sub("", text)
    harmless(bare)
    assert "\x1b" not in bare
    lines = bare.splitlines()
    widest = max(map(width, lines), default=0)
    screen = Screen(widest + 2, len(lines) + 2)
    stream = pyte.Stream(screen)
    stream.feed(text.replace("\n", "\r\n"))
    assert screen.title == ""
    assert screen.icon_name == ""
    assert not screen.replies
    shown = "\n".join(line.rstrip() for line in screen.display).rstrip()
    assert words(shown) == words("".join(c for c in bare if unicodedata.category(c) not in ("Cf", "Mn")))
    return bare


def see_json(text: str) -> str:
    """Read JSON, and give all texts that are in it."""
    harmless(text)
    return "\n".join(texts(json.loads(text)))


def texts(data: Any) -> Iterator[str]:
    """Return every text of some data, keys too."""
    if isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            yield from texts(value)
    elif isinstance(data, list | tuple):
        for value in data:
            yield from texts(value)
    elif isinstance(data, str):
        yield data


def see_csv(text: str) -> str:
    """Read CSV: every row has as many cells."""
    harmless(text, "\r\n")
    rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert len({len(row) for row in rows}) == 1
    return "\n".join(cell for row in rows for cell in row)


class Page(HTMLParser):
    """What a browser would make of some HTML: its elements, their attributes, the text that is shown."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str]] = []
        self.remarks: list[str] = []
        self.pieces: list[str] = []
        self.links: list[tuple[str, list[str]]] = []
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element."""
        self.tags.append(tag)
        self.attributes += [(tag, name, value or "") for name, value in attrs]
        if tag == "a":
            self.links.append((dict(attrs).get("href") or "", []))

    def handle_data(self, data: str) -> None:
        """Note a text."""
        self.pieces.append(data)
        if self.links:
            self.links[-1][1].append(data)

    def handle_comment(self, data: str) -> None:
        """Note a comment."""
        self.remarks.append(data)


MARKDOWN = {
    "p",
    "strong",
    "em",
    "code",
    "pre",
    "ul",
    "ol",
    "li",
    "table",
    "thead",
    "tbody",
    "tr",
    "th",
    "td",
    "br",
}
MARKDOWN |= {"h1", "h2", "h3", "h4", "blockquote", "details", "summary", "ins", "del", "input", "a"}


def see_markdown(text: str) -> str:
    """Read Markdown with GitHub's own reader, raw HTML let through as a forge does before it cleans."""
    harmless(text)
    page = Page(cmarkgfm.github_flavored_markdown_to_html(text, Options.CMARK_OPT_UNSAFE))
    assert set(page.tags) <= MARKDOWN, set(page.tags) - MARKDOWN
    for tag, name, value in page.attributes:
        kept = {"align", "type", "disabled"} | ({"href"} if tag == "a" else set())
        assert name in kept, (tag, name)
        if name == "href":
            assert value.startswith(("http://", "https://", "mailto:")), value
    assert [remark for remark in page.remarks if remark.strip()] == re.findall(
        r"\A<!--( plancli:diff .*?)-->", text
    )
    for href, said in page.links:  # a bare address becomes a link to itself, and to nothing else
        assert words("".join(said)).startswith(href.removeprefix("mailto:")[:8])
    assert not [piece for piece in page.pieces if re.search(r"(?<![\w@])@\w|(?<!\w)[#!]\d", piece)]
    assert not [line for line in text.splitlines() if line.startswith("/")]
    assert sum(text.count(f"- [{sign}] ") for sign in " x") == page.tags.count("input")
    return "".join(page.pieces)


def see_junit(text: str) -> str:
    """Read XML."""
    harmless(text)
    tree = ElementTree.fromstring(text)
    assert {each.tag for each in tree.iter()} <= {"testsuites", "testsuite", "testcase", "failure", "system-out"}
    return "\n".join(part for each in tree.iter() for part in (*each.attrib.values(), each.text or ""))


def see_github(text: str) -> str:
    """Read workflow commands: a line each, and none but our own."""
    assert not taken_over(text)
    said = []
    for line in text.splitlines():
        found = re.fullmatch(r"::(error|warning|notice) ([^:]*)::(.*)", line)
        assert found, line
        assert "##[" not in line
        keys = [each.partition("=")[0] for each in found[2].split(",")]
        assert set(keys) <= {"file", "line", "col", "endLine", "endColumn", "title"}
        assert len(keys) == len(set(keys))
        said.append(found[3].replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%"))
    return "\n".join(said)


def shows(where: str, payload: str) -> bool:
    """Return whether a payload can be read in a text without blanks, as it is or with its escapes."""
    return any(words(each) in where for each in (payload, escape_control(payload), *_by_line(payload)))


def _by_line(payload: str) -> Iterator[str]:
    yield "".join(escape_control(line) for line in payload.replace("\r\n", "\n").split("\n"))
    yield "".join(escape_control(line) for line in re.split("\r\n|\r|\n", payload))
