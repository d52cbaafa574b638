"""A whole plan in a file: one module a format, chosen by the file's ending."""

import os
import re
from datetime import datetime
from importlib import import_module
from io import BytesIO
from zipfile import BadZipFile, ZipFile

from plancli.errors import Unavailable, Usage
from plancli.exchange.request import ExportRequest
from plancli.i18n import _, did_you_mean, use_language
from plancli.loader.plan_files import has_plan_keys

EXPORTERS: dict[str, str] = {
    ".csv": "plancli.exchange.exporters.csv",
    ".json": "plancli.exchange.exporters.json",
    ".md": "plancli.exchange.exporters.markdown",
    ".html": "plancli.exchange.exporters.html.page",
    ".xlsx": "plancli.exchange.exporters.xlsx",
    ".docx": "plancli.exchange.exporters.docx",
    ".db": "plancli.exchange.exporters.sqlite",
    ".sqlite": "plancli.exchange.exporters.sqlite",
}
"""Ending to module. Each has ``write(request: ExportRequest) -> bytes``; the same request gives the same bytes."""

FEEDS: dict[str, str] = {".atom": "plancli.exchange.exporters.atom"}
"""Ending to module, of formats that hold the history of a plan and not the plan."""

_NEAREST = {
    ".rss": ".atom",
    ".xml": ".atom",
    ".doc": ".docx",
    ".htm": ".html",
    ".odt": ".docx",
    ".pdf": ".html",
    ".markdown": ".md",
    ".ods": ".xlsx",
    ".sqlite3": ".sqlite",
    ".tsv": ".csv",
    ".xls": ".xlsx",
}
"""The ending of what serves instead of a format that isn't written."""

EXTRAS = {"xlsxwriter": "office", "docx": "office", "jinja2": "page"}
"""Which extra brings a library that an exporter imports inside its function."""

CREATED = datetime(2000, 1, 1)
"""The time stamp of every archive: the same plan gives the same bytes."""

DIALECTS = ("excel-fr",)
"""For whom a CSV file can be meant besides everybody."""


class FormatLimit(ValueError):
    """A text that a format can't hold; its sentence is translated where it is shown."""

    def __init__(self, sentence: str, **words: object) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.words = words


def find_exporter(file: str) -> str:
    """Return the module for a file's ending; raise Usage for an unknown one."""
    ending = os.path.splitext(file)[1].lower()
    known = {**EXPORTERS, **FEEDS}
    if ending in known:
        return known[ending]
    endings = " ".join(known)
    if ending:
        message = _("no format has the ending {ending}").format(ending=ending)
        if ending in _NEAREST:
            guess = f"{os.path.splitext(file)[0]}{_NEAREST[ending]}"
            message = did_you_mean(message, guess)
        if _NEAREST.get(ending) == ".html":
            raise Usage(message, _("A browser prints the page or saves it as PDF, and Word opens it"))
    else:
        message = _("{file} has no ending, and the ending says the format").format(file=file)
    raise Usage(message, _("Endings: {endings}").format(endings=endings))


_MARKS = {
    ".csv": rb"\A(\xef\xbb\xbf)?(plan[,;])?number[,;][^\n]*\btext[,;]",
    ".md": rb"\n(Made from|\xc3\x89tabli \xc3\xa0 partir de) `",
    ".html": rb"<p>[^<]* plancli [0-9][0-9.]*</p>",
    ".db": rb"\ASQLite format 3\0(?s:.*)CREATE TABLE actions\b",
    ".atom": rb"<generator>plancli</generator>",
}
"""By what an exported file is known, in whatever language; a zip by its dates, as nobody saved it since."""


def is_export(content: bytes, file: str) -> bool:
    """Return whether the content of a file is an export's, and so can be made again."""
    ending = os.path.splitext(file)[1].lower()
    if ending == ".json":
        return has_plan_keys(content.lstrip(b"[ \r\n"))
    if ending in (".xlsx", ".docx"):
        try:
            with ZipFile(BytesIO(content)) as archive, archive.open("docProps/core.xml") as member:
                return member.read(100_000).count(f">{CREATED.isoformat()}Z<".encode()) == 2
        except (BadZipFile, KeyError, NotImplementedError, OSError, RuntimeError, EOFError, ValueError):
            return False
    return bool(re.search(_MARKS[".db" if ending == ".sqlite" else ending], content))


def export(request: ExportRequest, file: str) -> bytes:
    """Return the content of a file of that name, in the plan's language unless another is wanted.

    Raise Usage for its ending, Unavailable for a missing extra or for what the format can't hold.
    """
    module = find_exporter(file)
    try:
        with use_language(request.language or request.plan.language):
            written = import_module(module).write(request)
    except ModuleNotFoundError as error:
        extra = EXTRAS.get(error.name or "")
        if extra is None:
            raise
        raise Unavailable(
            _("writing {file} needs {library}, which isn't installed").format(file=file, library=error.name),
            _("Install it: pip install 'plancli[{extra}]'").format(extra=extra),
        ) from error
    except FormatLimit as error:
        raise Unavailable(
            _(error.sentence).format(**error.words), _("Other formats hold it: .csv .json .md .db")
        ) from error
    assert isinstance(written, bytes)
    return written
