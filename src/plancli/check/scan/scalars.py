"""Scalars without quotes that aren't what they look like: another thing to some readers, or cut by a ``#``."""

from collections.abc import Iterator

from plancli.diagnostic import Finding, Fix, Part
from plancli.i18n import _
from plancli.location import Path
from plancli.plan.document import Document
from plancli.plan.model import FIELD_TYPES, Type, read_value, shape

_WORDS = frozenset(
    ["y", "n", "yes", "no", "on", "off", "true", "false", "null", "~", "=", "<<", ".inf", "-.inf", "+.inf", ".nan"]
)
_FIRST = frozenset("0123456789+-.~=<yYnNoOtTfF")
_NUMERIC = frozenset("0123456789abcdefABCDEFoxTtZ_+-.: \t\n\r\v\f")
"""The characters that a number or a date may have; no more than these, so that few texts need a closer look."""


def is_ambiguous(text: str) -> bool:
    """Return whether another YAML reader takes this plain text for a number, a date, a truth value or nothing.

    The readers meant are those of YAML 1.1 (PyYAML, Ruby, Go) and 1.2 (ruamel, js-yaml).
    """
    if not text or text[0] not in _FIRST:
        return False
    if text.lower() in _WORDS:
        return True
    if text[0].isalpha() or not _NUMERIC.issuperset(text):
        return False
    import re

    return re.fullmatch(NUMBER, text, re.VERBOSE | re.ASCII) is not None


NUMBER = r"""
      [-+]?0b[01_]+ | [-+]?0o?[0-7_]+ | [-+]?0x[0-9a-fA-F_]+ | [-+]?[0-9][0-9_]*
    | [-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\.[0-9_]*)?
    | [-+]?(\.[0-9][0-9_]*|[0-9][0-9_]*(\.[0-9_]*)?)([eE][-+]?[0-9]+)?
    | [0-9]{4}-[0-9]{1,2}-[0-9]{1,2}
      ([Tt\s]+[0-9]{1,2}:[0-9]{2}:[0-9]{2}(\.[0-9]*)?(\s*(Z|[-+][0-9]{1,2}(:?[0-9]{2})?))?)?
"""
"""What some reader takes for a number or a date (``re.VERBOSE``)."""


def find_ambiguous(document: Document) -> Iterator[Finding]:
    """Find plain scalars that stand for a text here and for something else to another reader."""
    texts = {text for text, value in document.plain_scalars.items() if type(value) is str and is_ambiguous(text)}
    if not texts:
        return
    for start, end, text in document.scalars():
        if text not in texts:
            continue
        path = document.path_at(start)
        if _is_number(document, path, text):
            continue
        message = _("{text} is not a text to every program that reads YAML").format(text=text)
        yield Finding(
            message,
            span=document.span_between(start, end),
            help=_("put it in quotes: {quoted}").format(quoted=f'"{text}"'),
            value=text,
            rule="unquoted-value" if _is_date_or_code(document, path) else "ambiguous-scalar",
            fix=Fix((document.edit(start, end, f'"{text}"'),), is_safe=True),
        )


_DECIMALS = shape.names_of(Type.DECIMAL)
_DATES = shape.names_of(Type.DATE)


def _declared_type(document: Document, path: Path) -> object:
    """Return the type of the declared field whose value is at a path of an action; None elsewhere."""
    if path[-2:-1] != ("fields",) or len(path) < 3:
        return None
    about = document.at(("fields", path[-1]))
    return about.get("type") if isinstance(about, dict) else None


def _is_number(document: Document, path: Path, text: str) -> bool:
    """Return whether a number with a point is where it is read as one, or where the type isn't known."""
    if read_value(Type.DECIMAL, text) == text:
        return False
    if path[-2:-1] == ("fields",) and len(path) > 2:
        declared = _declared_type(document, path)
        return declared == "number" or declared not in tuple(FIELD_TYPES)
    return bool(path) and path[-1] in _DECIMALS


def _is_date_or_code(document: Document, path: Path) -> bool:
    """Return whether a date or the code of an action or a group is at a path."""
    if not path or (path[0] not in shape.LEVELS and path[0] != "fields"):
        return False
    return path[-1] in _DATES or path[-1] == "code" or _declared_type(document, path) == "date"


def find_comments(document: Document) -> Iterator[Finding]:
    """Find prose without quotes that a `` #`` cuts off; two spaces before and one after it make it a comment."""
    text = document.text
    place = text.find("#")
    while place >= 0:
        is_comment = text[place - 2 : place] == "  " and text[place + 1 : place + 2] in (" ", "")
        if text[place - 1 : place] == " " and not is_comment and _cuts(document, place - 1):
            end = min((n for n in (text.find("\n", place), text.find("\r", place)) if n >= 0), default=len(text))
            yield Finding(
                _("a space and a # end the text: the rest of the line is a comment to YAML"),
                span=document.span_between(place, end),
                help=_("write the text on its own lines under >-; or the comment on a line of its own"),
                value=text[place:end].strip()[:100],
                rule="comment-in-text",
                fix=_join_comment(document, place - 1, end) if text[place + 1 : place + 2].strip() else None,
            )
        place = text.find("#", place + 1)


def _cuts(document: Document, place: int) -> bool:
    """Return whether a plain text of the plan ends where a comment begins."""
    path = document.path_at(place)
    if not path or not (path[-1] in shape.PROSE or path[0] == "glossary"):
        return False
    start, end = document.extent(path)
    value = document.text[start:end]
    return end <= place and document.text[end:place].strip(" ") == "" and bool(value) and value[0] not in "'\"|>[{"


def _join_comment(document: Document, place: int, end: int) -> Fix | None:
    """Return the fix that makes what follows a ``#`` part of the text before it; None inside brackets."""
    from plancli.check.remedies import write_after_key

    path = document.path_at(place)
    start, _end = document.extent(path)
    text = document.text[start:end].rstrip()
    if document.is_flow(path) or "\n" in text:
        return None
    column = document.span(path, Part.KEY).start.column - 1
    edit = document.edit(start, end, write_after_key(str(path[-1]), text, column))
    return Fix((edit,), is_safe=False, paths=(path,))


def find_hashes(document: Document) -> Iterator[tuple[int, int, Finding]]:
    """Yield each ``# …`` in a text that is under ``>`` or ``|``, where nothing is a comment."""
    import re

    comment = re.compile(r"^[ \t]+(#(?![\d#]).*)|(?<=[ \t])(#[ \t]+\S.*)", re.MULTILINE)
    text, end = document.text, 0
    while (place := text.find("#", end)) >= 0:  # the pattern is slow, and few lines have one
        line, end = text.rfind("\n", 0, place) + 1, text.find("\n", place)
        end = end if end >= 0 else len(text)
        found = comment.search(text, line, end)
        if found is None:
            continue
        start = found.start(1) if found[1] else found.start(2)
        first, last = document.extent(document.path_at(start))
        if first < start < last and text[first] in "|>":
            finding = Finding(
                _("this is part of the text above it and no comment"),
                help=_("move it above the key if it is meant as a comment"),
                value=text[start:end].strip()[:100],
                rule="comment-in-block",
            )
            yield start, end, finding
