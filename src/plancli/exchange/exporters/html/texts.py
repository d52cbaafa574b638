"""Texts of the plan as HTML: escaped, verbatim, their enumerations as real lists, acronyms as ``abbr``."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from markupsafe import Markup, escape

from plancli.plan.model import Acronym
from plancli.text import clauses

Inline = Callable[[str], Markup]
"""A function that makes running text of a string; it remembers nothing between calls."""


def abbreviate(glossary: Iterable[Acronym]) -> Callable[[], Inline]:
    """Return a function that makes an ``Inline`` for one text, which expands an acronym where it is first."""
    expansions = {entry.acronym: entry.expansion for entry in glossary if entry.acronym.strip()}
    words = "|".join(re.escape(word) for word in sorted(expansions, key=len, reverse=True))
    pattern = re.compile(rf"(?<![^\W_])(?:{words})(?![^\W_])") if expansions else None

    def start() -> Inline:
        seen: set[str] = set()

        def inline(text: str) -> Markup:
            found = []
            end = 0
            for match in pattern.finditer(text) if pattern else ():
                if match[0] not in seen:
                    seen.add(match[0])
                    found += [escape(text[end : match.start()]), abbr(match[0], expansions[match[0]])]
                    end = match.end()
            return _keep_spaces(text, Markup("").join([*found, escape(text[end:])]))

        return inline

    return start


def abbr(short: str, long: str | None) -> Markup:
    """Return a short form as ``abbr`` with what it stands for, where that is known."""
    return (
        Markup('<abbr title="{}">{}</abbr>').format(long, short)
        if long
        else Markup("<span>{}</span>").format(short)
    )


@dataclass(slots=True)
class _ListItem:
    """An item of an enumeration while it is read; the top is one without a mark."""

    mark: str = ""
    sentences: list[str] = field(default_factory=list)
    items: list["_ListItem"] = field(default_factory=list)


def whole(text: str, inline: Inline) -> Markup:
    """Set a whole text: its sentences in a paragraph, its items in nested lists with the marks as published.

    Read without its tags, white space put together, it is the text again.
    """
    top = _ListItem()
    line = [top]  # from the top down to the item that is open
    for clause in clauses(text):
        if clause.mark:
            del line[clause.depth :]
            item = _ListItem(clause.mark)
            line[-1].items.append(item)
            line.append(item)
        line[-1].sentences.append(clause.text)
    words = _sentences(top, inline)
    return (Markup("<p>{}</p>\n").format(words) if words else Markup("")) + _list(top, inline)


def _list(above: _ListItem, inline: Inline) -> Markup:
    if not above.items:
        return Markup("")
    tag = "ul" if above.items[0].mark == "-" else "ol"
    items = Markup("\n").join(
        Markup('<li><span class="mark">{}</span> {}\n{}</li>').format(
            item.mark, _sentences(item, inline), _list(item, inline)
        )
        for item in above.items
    )
    # Without a bullet Safari forgets that it is a list, unless it is told.
    return Markup('<{tag} role="list">\n{items}\n</{tag}>').format(tag=tag, items=items)


def _sentences(item: _ListItem, inline: Inline) -> Markup:
    return Markup(" ").join(inline(sentence) for sentence in item.sentences)


def _keep_spaces(text: str, marked: Markup) -> Markup:
    """Keep white space that HTML would put together."""
    if "  " in text or any(space in text for space in "\n\r\t"):
        return Markup('<span class="kept">{}</span>').format(marked)
    return marked
