"""Each exported format through a reader of its own: the number and the text of every action, in order."""

import csv
import io
import json
import sqlite3
from collections.abc import Callable
from typing import Any

import docx
from markdown_it import MarkdownIt
from python_calamine import CalamineWorkbook

from tests.exchange.page_tree import read_page

Found = list[tuple[int, str]]


def read_csv(file: bytes) -> Found:
    rows = csv.DictReader(io.StringIO(file.decode("utf-8"), newline=""), strict=True)
    return [(int(row["number"]), row["text"]) for row in rows]


def read_json(file: bytes) -> Found:
    return [
        (action["number"], action["text"])
        for orientation in json.loads(file)["orientations"]
        for measure in orientation["measures"]
        for action in measure["actions"]
    ]


def read_xlsx(file: bytes) -> Found:
    """Read with calamine; openpyxl leaves ``_x000D_`` as it is written in the file."""
    rows: Any = CalamineWorkbook.from_filelike(io.BytesIO(file)).get_sheet_by_index(0).to_python()
    return [(int(number), text) for number, text, *_others in rows[4:]]


def read_docx(file: bytes) -> Found:
    """Read the action's column of the table: the number stands before the text."""
    (table,) = docx.Document(io.BytesIO(file)).tables
    column = [cell.text for cell in table.rows[0].cells].index("Action")
    cells = (row.cells[column].text for row in list(table.rows)[1:])
    parts = (cell.partition(". ") for cell in cells)
    return [(int(number), text) for number, _dot, text in parts]


def read_database(file: bytes) -> Found:
    with database(file) as opened:
        return opened.execute("SELECT number, text FROM plan").fetchall()


def database(file: bytes) -> sqlite3.Connection:
    opened = sqlite3.connect(":memory:")
    opened.deserialize(file)
    opened.execute("PRAGMA foreign_keys = ON")
    return opened


def read_markdown(file: bytes) -> Found:
    """Read what stands below ``Action n`` up to the list of who and when, a line for each paragraph or item."""
    found: Found = []
    texts: list[str] | None = None
    for token in MarkdownIt("commonmark").enable("table").parse(file.decode()):
        if token.type != "inline":
            continue
        words = plain(token)
        first, *rest = words.split(" ")
        if first == "Action" and len(rest) == 1 and rest[0].isdecimal():
            texts = []
            found.append((int(rest[0]), ""))
        elif texts is not None and words.startswith(("Pilot:", "Pilots:", "Pilote")):
            found[-1] = (found[-1][0], "\n".join(texts))
            texts = None
        elif texts is not None:
            texts.append(words)
    return found


PLAIN = ("text", "text_special", "code_inline", "softbreak", "hardbreak", "strong_open", "strong_close")


def plain(token: Any) -> str:
    """Return what a reader of the page sees; nothing may have become markup."""
    shown = ""
    for child in token.children:
        if child.type == "html_inline" and child.content == "<!-- -->":
            continue  # keeps @someone from being called
        assert child.type in PLAIN, f"{child.type} in {token.content!r}"
        shown += child.content
    return shown


def read_html(file: bytes) -> Found:
    articles = read_page(file).all("article", class_="action")
    return [
        (int(each.attributes["id"].removeprefix("action-")), each.one(class_="text").text) for each in articles
    ]


READERS: dict[str, Callable[[bytes], Found]] = {
    ".csv": read_csv,
    ".json": read_json,
    ".md": read_markdown,
    ".html": read_html,
    ".xlsx": read_xlsx,
    ".docx": read_docx,
    ".db": read_database,
    ".sqlite": read_database,
}
"""A reader an ending: a new exporter is held to every test once it stands here."""
