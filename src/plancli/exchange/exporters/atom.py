"""Atom (RFC 4287): what was reported and what was decided, the newest first, for whoever follows a plan."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from plancli.dates import last_day
from plancli.exchange.request import ExportRequest
from plancli.i18n import _
from plancli.output.report import Journal, on_one_line, plain
from plancli.output.views.log import log_view
from plancli.output.views.values import action_name
from plancli.plan.model import Action, Entry
from plancli.review.change import ChangeKind
from plancli.review.history import Subjects
from plancli.text import escape_control

MOST = 200
"""The entries of a feed: readers keep those that they have seen."""


class FeedEntry(NamedTuple):
    """One report or one commit: ``key`` stays the same whatever else of it is corrected."""

    updated: str
    key: str
    title: str
    author: str
    text: str
    link: str = ""
    category: str = ""


def write(request: ExportRequest) -> bytes:
    """Return the feed; the same plan and history give the same bytes."""
    found = sorted([*_decisions(request), *_reports(request)], key=lambda each: each.updated, reverse=True)
    updated = found[0].updated if found else _moment(request.date or f"{request.plan.period.start:04}-01-01")
    language = quoteattr(_text(request.plan.language))
    lines = [
        '<?xml version="1.0" encoding="utf-8"?>',
        f"<feed xmlns={quoteattr('http://www.w3.org/2005/Atom')} xml:lang={language}>",
        f"  <id>{_identity(request.plan.title)}</id>",
        f"  <title>{_text(request.plan.title)}</title>",
        f"  <subtitle>{_text(_('Reports and decisions'))}</subtitle>",
        f"  <updated>{updated}</updated>",
        f"  <author><name>{_text(request.source)}</name></author>",
        "  <generator>plancli</generator>",
    ]
    for each in found[:MOST]:
        lines += _lines(request, each)
    return "\n".join([*lines, "</feed>", ""]).encode("utf-8", "backslashreplace")


def _lines(request: ExportRequest, entry: FeedEntry) -> Iterator[str]:
    yield "  <entry>"
    yield f"    <id>{_identity(request.plan.title, entry.key)}</id>"
    yield f"    <title>{_text(entry.title)}</title>"
    yield f"    <updated>{entry.updated}</updated>"
    if entry.author:
        yield f"    <author><name>{_text(entry.author)}</name></author>"
    if entry.link:
        yield f"    <link rel={quoteattr('related')} href={quoteattr(escape_control(entry.link))}/>"
    if entry.category:
        yield f"    <category term={quoteattr(escape_control(entry.category))}/>"
    yield f"    <content type={quoteattr('text')}>{_text(entry.text)}</content>"
    yield "  </entry>"


def _reports(request: ExportRequest) -> Iterator[FeedEntry]:
    for action in request.plan.actions:
        days: dict[str, int] = {}
        for entry in action.progress:
            day = last_day(entry.date)
            if day:
                days[day] = days.get(day, 0) + 1
                yield _report(action, entry, day, f"report/{action.number}/{day}/{days[day]}")


def _report(action: Action, entry: Entry, day: str, key: str) -> FeedEntry:
    percent = None if entry.percent is None else _("{percent} %").format(percent=entry.percent)
    said = ", ".join(words for words in (entry.status, percent) if words) or _("a note")
    source = entry.source or ""
    is_address = source.startswith(("https://", "http://")) and not any(map(str.isspace, source))
    return FeedEntry(
        updated=_moment(day),
        key=key,
        title=_("{term}: {words}").format(term=action_name(action), words=said),
        author=entry.by or "",
        text="\n\n".join(words for words in (action.text, entry.note, "" if is_address else source) if words),
        link=source if is_address else "",
        category=entry.status or "",
    )


def _decisions(request: ExportRequest) -> Iterator[FeedEntry]:
    """Yield the commits that decided something; what they reported has entries of its own."""
    decided = [
        replace(each, changes=own)
        for each in request.history
        if (own := tuple(change for change in each.changes if change.kind is not ChangeKind.REPORTED))
    ]
    journals = (block for part in log_view(decided, request.plan, Subjects()).parts for block in part)
    journal = next((block for block in journals if isinstance(block, Journal)), Journal(()))
    for each, told in zip(decided, journal.entries, strict=True):
        yield FeedEntry(
            updated=each.commit.date,
            key=f"commit/{each.commit.name}",
            title=told.title,
            author=told.who,
            text="\n".join(plain(on_one_line(line)) for line in told.lines),
        )


def _moment(day: str) -> str:
    return day if "T" in day else f"{day}T00:00:00Z"


def _text(text: str) -> str:
    """Return a text for XML, which holds no control characters; its line breaks stay."""
    return escape("\n".join(map(escape_control, text.split("\n"))))


def _identity(*parts: str) -> str:
    """Return a name that is the same for the same thing, wherever the feed stands."""
    from uuid import NAMESPACE_URL, uuid5

    return f"urn:uuid:{uuid5(NAMESPACE_URL, '/'.join(('plancli', *parts)))}"
