"""Hostile content is shown, not obeyed: each payload, each format, seen by the format's own reader."""

import csv
import io
import json
import re
import sqlite3
import unicodedata
import zipfile
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from plancli.cli.app import COMMANDS
from plancli.exchange.exporters import EXPORTERS
from plancli.plan.writer import layout

Typed = Callable[..., Any]

PAYLOADS = {
    "rich": "[red]x[/red] [link=http://evil.example]y[/link] [/]",
    "ansi": "a\x1b[31mred\x1b[2J",
    "osc": "a\x1b]8;;http://evil.example\x07link\x1b]0;title\x1b\\ \x9b31m \x9d0;t\x9c",
    "bidi": "a\u202egnp.exe\u202c \u2066b\u2069",
    "workflow": "::set-output name=x::y",
    "workflow-lines": "a\n::error file=x::y\r\n::stop-commands::z\r::add-mask::q",
    "markdown": "[a](javascript:alert(1)) ![i](http://evil.example/i.png) `c` **b** | @all #1 !2\n# h\n/close",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)> &amp; <!-- c -->",
    "script": "</script><script>alert(1)</script> </style> <!--<script>",
    "javascript": "javascript:alert(1)",
    "attribute": '" onmouseover="alert(1)" \' onfocus=\'alert(1)',
    "formula": '=HYPERLINK("http://evil.example";"x")',
    "formula-plus": "+1+cmd|'/C calc'!A0",
    "formula-at": "@SUM(1+1)*cmd|'/C calc'!A0",
    "formula-tab": "\t=1+1",
    "option": "--help",
    "template": "{{ 7*7 }} {% for x in y %} ${x} $(id) `id` %s {0} {code}",
    "nul": "a\x00b\x7f\ufeff\u2028c",
}

FORMS = ("table", "csv", "json", "markdown")
ASKED = [["list"], ["list", "--full"], ["show", "1"], ["directorates"], ["summary"], ["summary", "--by", "pilot"]]
REFUSED = (PAYLOADS["ansi"], PAYLOADS["osc"], PAYLOADS["nul"])
"""What no plan may hold: it is named, and nothing is answered (each renderer has its own test for it)."""

HARMLESS = {"\n", "\r"}


def plan(payload: str) -> str:
    """Make a plan whose every text and code holds a payload."""
    code = " ".join(payload.split()) or "X"
    code = "".join(c for c in code if c.isprintable() and c not in ",|")
    action = {
        "text": payload,
        "pilots": [code],
        "associated": ["B"],
        "years": [2021],
        "priority": 1,
    }
    return layout(
        {
            "title": payload,
            "language": "fr",
            "period": {"start": 2021, "end": 2022},
            "priorities": [1, 2],
            "directorates": {
                code: {"name": payload, "ministry": payload, "note": payload},
                "B": {"name": "B"},
            },
            "orientations": [
                {
                    "number": 1,
                    "title": payload,
                    "measures": [{"number": 1, "title": payload, "actions": [{"number": 1, **action}]}],
                }
            ],
            "source_notes": [{"action": 1, "field": "text", "source": payload, "note": payload}],
            "glossary": {code: payload},
        }
    )


@pytest.fixture(params=PAYLOADS)
def payload(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Make a plan of a payload the nearest one; give the payload."""
    monkeypatch.chdir(tmp_path)
    text = PAYLOADS[request.param]
    (tmp_path / "plan.yaml").write_text(plan(text), "utf-8")
    return text


def refused(payload: str, code: int, out: str, err: str) -> bool:
    """Tell whether a payload makes the plan invalid, which then must be said without obeying it."""
    if payload in REFUSED:
        assert (code, out) == (1, "")
        assert not taken_over(err)
    return payload in REFUSED


def taken_over(text: str, allowed: set[str] = HARMLESS) -> set[str]:
    """Give the characters that a terminal would obey."""
    kinds = ("Cc", "Cs", "Zl", "Zp")
    bidi = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF)}
    return {c for c in text if (unicodedata.category(c) in kinds or c in bidi) and c not in allowed}


class Seen(HTMLParser):
    """What a browser would make of a page: its elements, their attributes, the text that is shown."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str, str | None]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += [(tag, name, value) for name, value in attrs]

    def handle_data(self, data: str) -> None:
        self.text += data


def holds_html(text: str, tags: set[str], payload: str) -> None:
    seen = Seen()
    seen.feed(text)
    assert set(seen.tags) <= tags, set(seen.tags) - tags
    for _tag, name, value in seen.attributes:
        assert not name.startswith("on"), name
        if name in ("href", "src", "action", "formaction", "xlink:href"):
            assert not re.match(r"\s*(javascript|data|vbscript|https?://evil)", value or "", re.IGNORECASE), value


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("asked", ASKED, ids=" ".join)
def test_answers(plancli: Typed, payload: str, asked: list[str], form: str) -> None:
    code, out, err = plancli(*asked, "--format", form)
    if refused(payload, code, out, err):
        return
    if form == "csv" and asked in (["summary"], ["show", "1"]):
        assert code in (0, 2)
    else:
        assert code == 0, err
    assert not taken_over(out), taken_over(out)
    assert not taken_over(err), taken_over(err)
    if code or form == "table":
        return
    if form == "json":
        data = json.loads(out)
        if asked == ["list"]:
            assert data[0]["text"] == payload
    elif form == "csv":
        rows = list(csv.reader(io.StringIO(out, newline="")))
        assert len({len(row) for row in rows}) == 1
    else:
        holds_html(_markdown_without_code(out), {"ins", "del"}, payload)
        assert not re.search(r"(?<!\\)\]\(", out), "no link"
        assert not re.search(r"(?<!\\)!\[", out), "no image"
        assert not [line for line in out.splitlines() if line.startswith(("/", "::", "# h"))]


def _markdown_without_code(text: str) -> str:
    """Take away what a Markdown reader takes for text: code, escaped signs, and our own empty comments."""
    return re.sub(r"\\.", "", re.sub(r"`[^`\n]*`", "", text.replace("<!-- -->", "")))


@pytest.mark.parametrize("ending", EXPORTERS)
def test_exports(plancli: Typed, payload: str, ending: str, tmp_path: Path) -> None:
    if "export" not in {command.name for command in COMMANDS}:
        pytest.skip("no export yet")
    code, out, err = plancli("export", f"out{ending}")
    if refused(payload, code, out, err):
        return
    assert (code, out) == (0, ""), err
    assert not taken_over(err)
    content = (tmp_path / f"out{ending}").read_bytes()
    if ending == ".html":
        holds_page(content.decode(), payload)
    elif ending == ".json":
        assert payload in json.dumps(json.loads(content), ensure_ascii=False) or _within(
            json.loads(content), payload
        )
    elif ending == ".md":
        holds_html(_markdown_without_code(content.decode()), {"ins", "del", "br", "a", "sub", "sup"}, payload)
        assert not taken_over(content.decode())
    elif ending == ".xlsx":
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            sheets = [book.read(name).decode() for name in book.namelist() if "worksheets/sheet" in name]
            links = [name for name in book.namelist() if name.startswith("xl/worksheets/_rels")]
            assert not [sheet for sheet in sheets if "<f>" in sheet and "evil" in sheet]
            assert not [name for name in links if b"evil" in book.read(name)]
            assert not [s for s in sheets if re.search(r"<f>[^<]*(cmd|HYPERLINK\(&quot;http)", s)]
    elif ending in (".sqlite", ".db"):
        base = sqlite3.connect(tmp_path / f"out{ending}")
        assert base.execute("select count(*) from sqlite_master where type='trigger'").fetchone() == (0,)
        dump = [row for name in _tables(base) for row in base.execute(f'select * from "{name}"')]
        assert _within(dump, payload)
        base.close()


def _tables(base: sqlite3.Connection) -> list[str]:
    return [row[0] for row in base.execute("select name from sqlite_master where type='table'")]


def _within(data: Any, payload: str) -> bool:
    if isinstance(data, dict):
        return any(_within(value, payload) for value in data.values())
    if isinstance(data, list | tuple):
        return any(_within(value, payload) for value in data)
    return bool(data == payload)


def holds_page(page: str, payload: str) -> None:
    """Look at the page as a browser parses it: the payload opens no element and no attribute of its own."""
    import base64
    import hashlib

    seen = Seen()
    seen.feed(page)
    assert "img" not in seen.tags
    assert not [name for _tag, name, _value in seen.attributes if name.startswith("on")]
    for _tag, name, value in seen.attributes:
        if name in ("href", "src", "action", "formaction"):
            assert not re.match(r"\s*(javascript|vbscript|https?://evil|//)", value or "", re.IGNORECASE), value
    policy = [value or "" for tag, name, value in seen.attributes if (tag, name) == ("meta", "content")]
    allowed = re.findall(r"'sha256-([^']+)'", " ".join(policy))
    for script in re.findall(r"<script>(.*?)</script>", page, re.DOTALL):
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert not allowed or digest in allowed or "alert(1)" not in script
    turns = {chr(code) for code in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))}  # texts are held verbatim
    assert not taken_over(page, {"\n", "\r", "\t"} | turns)


def test_excel_gets_no_formula(plancli: Typed, payload: str, tmp_path: Path) -> None:
    code, out, err = plancli("export", "out.csv", "--dialect", "excel-fr")
    if refused(payload, code, out, err):
        return
    assert code == 0, err
    rows = list(
        csv.reader(io.StringIO((tmp_path / "out.csv").read_bytes().decode("utf-8-sig"), newline=""), delimiter=";")
    )
    for cell in (cell for row in rows for cell in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r")), cell
