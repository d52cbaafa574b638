"""YAML text to a Document: one pass over libyaml's parse events.

The pass builds the data and, beside it, a flat array with the offset at which each node starts. Only a strict
subset of YAML 1.2 is read: mappings with text keys, sequences, scalars; anything else ends the reading.
"""

from typing import Any, Final

from plancli.diagnostic import MOST_FINDINGS, Finding, Label
from plancli.errors import Unavailable
from plancli.i18n import N_, _
from plancli.location import Path
from plancli.plan.document.document import Document, Fault
from plancli.plan.document.parser import c_parser

MAX_DEPTH: Final = 32
_MAX_DIGITS: Final = 18
_MOST_DIRECTIVES: Final = 1000
"""libyaml compares each tag directive with each other, and nothing stops it meanwhile."""

_TOO_DEEP: Final = "exceeded maximum nesting depth"
_NO_KEY: Final = object()
_WORDS: Final = {"": None, "null": None, "~": None, "true": True, "false": False}


def resolve(text: str) -> str | int | bool | None:
    """Give the value of a plain scalar: null, true, false, a decimal integer of at most 18 digits, else text."""
    if text in _WORDS:
        return _WORDS[text]
    digits = text[1:] if text[0] == "-" else text
    if digits.isascii() and digits.isdigit() and len(digits) <= _MAX_DIGITS and (digits[0] != "0" or text == "0"):
        return int(text)
    return text


_INSTEAD = {
    "anchor": N_("write each value where it belongs, or put a text that begins with & in quotes"),
    "alias": N_("write the value itself, or put a text that begins with * in quotes"),
    "tag": N_("take it out, or put a text that begins with ! in quotes"),
    "merge-key": N_("write the keys and values themselves"),
    "second-document": N_("keep one plan in a file, and take the line with --- out"),
    "key-not-text": N_("write a text as the key"),
    "deep-nesting": N_("a plan needs 7 levels: orientations, measures, actions and their lists"),
}


class _Stop(Exception):
    """Reading ends here: ``check`` names why."""

    def __init__(self, check: str, message: str, event: Any, value: str = "") -> None:
        super().__init__(check)
        self.check = check
        self.message = message
        self.event = event
        self.value = value


def read_document(source: bytes | str, name: str, mended: str | None = None) -> Document:
    """Read YAML; whatever is wrong in it stands in the document's findings, nothing is raised for bad content.

    ``mended`` is read instead where the source can't be: as long, and with its lines at the same places.
    """
    try:
        parser = c_parser()
    except ImportError:
        raise Unavailable(
            _("PyYAML was installed without libyaml, which plancli reads YAML with"),
            _("Install a wheel of PyYAML: pip install --force-reinstall --only-binary :all: pyyaml"),
        ) from None
    from yaml.error import MarkedYAMLError, YAMLError

    document = Document(source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source, name)
    if mended is not None:
        document.parsed = mended.encode("utf-8", "surrogatepass")
    if document.parsed.count(b"%TAG") > _MOST_DIRECTIVES:
        _tell_directives(document, document.parsed)
        return document
    try:
        try:
            _build(parser(document.parsed), document)
        finally:
            _tell_duplicates(document)
    except _Stop as stop:
        start, end = stop.event.start_mark.index, stop.event.end_mark.index
        span = document.stretch(start, max(start, end))
        hint = _(_INSTEAD[stop.check])
        document.stop(Finding(stop.check, stop.message, span=span, help=hint, value=stop.value), start)
    except MarkedYAMLError as error:
        _tell_syntax(document, error)
    except YAMLError as error:
        offset = int(getattr(error, "position", 0) or 0)
        span = document.stretch(offset, offset)
        document.stop(Finding("yaml-syntax", _("a character that YAML doesn't allow"), span=span), offset)
    return document


def _tell_directives(document: Document, plain: bytes) -> None:
    """Refuse a file of tag directives unread."""
    offset = len(plain[: plain.index(b"%TAG")].decode("utf-8", "replace"))
    message, hint = _("directives (%TAG) are not part of a plan"), _("take them out")
    span = document.stretch(offset, offset + 4)
    document.stop(Finding("yaml-syntax", message, span=span, help=hint), offset)


def _tell_syntax(document: Document, error: Any) -> None:
    """Make a finding of libyaml's words: the problem and its place, and the context it arose in as a label."""
    mark = error.problem_mark or error.context_mark
    offset = mark.index if mark else len(document.text)
    since = error.context_mark.index if error.context_mark else None
    if error.problem == _TOO_DEEP:  # libyaml reads ahead of its events
        opened = [place for place, sign in enumerate(document.text[: offset + 1]) if sign in "[{"]
        start = opened[min(MAX_DEPTH, len(opened) - 1)] if opened else offset
        message, hint = _("nested deeper than {n} levels").format(n=MAX_DEPTH), _(_INSTEAD["deep-nesting"])
        document.stop(Finding("deep-nesting", message, span=document.stretch(start, start + 1), help=hint), start)
        return
    document.fault = Fault(str(error.problem), offset, error.context or "", since)
    related: tuple[Label, ...] = ()
    if error.context_mark:
        context = error.context_mark.index
        related = (Label((), error.context or "", span=document.stretch(context, context)),)
    span = document.stretch(offset, offset)
    document.stop(Finding("yaml-syntax", str(error.problem), span=span, related=related), offset)


def _build(parser: Any, document: Document) -> None:  # noqa: C901 - hot: a call a node would double its time
    """Turn events into data and the offsets of their starts."""
    from yaml import events

    scalar, mapping, sequence = events.ScalarEvent, events.MappingStartEvent, events.SequenceStartEvent
    mapping_end, sequence_end, finish = events.MappingEndEvent, events.SequenceEndEvent, events.StreamEndEvent
    get, start, starts = parser.get_event, document.starts.append, document.starts
    marked_up = b"&" in document.parsed or b"!" in document.parsed  # else no node has an anchor or a tag
    known = document.plain  # the same text is resolved once and kept once
    stack: list[tuple[Any, Any]] = []
    box: Any = _Top(document)  # the container being filled: _Top, a dict or a list
    key: Any = _NO_KEY
    while True:
        event = get()
        kind = type(event)
        if kind is scalar:
            if marked_up and (event.anchor is not None or event.tag is not None):
                raise _refuse_property(event)
            start(event.start_mark.index)
            value = event.value
            if not event.style:
                text = value
                value = known.get(text, known)
                if value is known:
                    value = known[text] = resolve(text)
            if type(box) is not dict:
                box.append(value)
            elif key is _NO_KEY:
                plain = type(value) is str and value not in box and value != "<<"
                key = value if plain else _key(document, box, value, event)
            else:
                if type(key) is _Second:
                    document.skipped[key.ordinal] = len(starts) - key.ordinal
                else:
                    box[key] = value
                key = _NO_KEY
        elif kind is mapping or kind is sequence:
            is_key = key is _NO_KEY and type(box) is dict
            refused = marked_up and (event.anchor is not None or event.tag is not None)
            if is_key or refused or len(stack) >= MAX_DEPTH:
                raise _refuse_container(event, is_key)
            stack.append((box, key))
            start(event.start_mark.index)
            child: Any = {} if kind is mapping else []
            if type(box) is not dict:
                box.append(child)
            elif type(key) is not _Second:
                box[key] = child
            box, key = child, _NO_KEY
        elif kind is mapping_end or kind is sequence_end:
            box, key = stack.pop()
            if type(key) is _Second:
                document.skipped[key.ordinal] = len(starts) - key.ordinal
            key = _NO_KEY
        elif kind is finish:
            return
        else:
            _check_stream(document, event)


class _Top(list[Any]):
    """Takes the one node at the top and hands it to the document."""

    def __init__(self, document: Document) -> None:
        super().__init__()
        self.document = document

    def append(self, value: Any) -> None:
        self.document.data = value


class _Second:
    """Stands for a key that its mapping already has; what follows it is read and left aside."""

    def __init__(self, ordinal: int) -> None:
        self.ordinal = ordinal


def _key(document: Document, box: dict[Any, Any], value: Any, event: Any) -> Any:
    """Give the key to fill next, having looked at what a plan can't have as one."""
    if event.value == "<<" and event.style == "":
        raise _Stop("merge-key", _("merge keys (<<) are not part of a plan"), event)
    ordinal = len(document.starts) - 1
    first = event.value if type(value) is not str else value
    if type(value) is not str:
        span = document.stretch(event.start_mark.index, event.end_mark.index)
        message = _("the key {key} is not a text").format(key=event.value or "null")
        document.findings.append(
            Finding("key-not-text", message, span=span, help=_("put it in quotes"), value=event.value)
        )
    if first in box:
        document.seconds.append((ordinal, box, first))
        return _Second(ordinal)
    return first


def _refuse_container(event: Any, is_key: bool) -> _Stop:
    if event.anchor is not None or event.tag is not None:
        return _refuse_property(event)
    if is_key:
        return _Stop("key-not-text", _("a key must be a text, not a list or a mapping"), event)
    return _Stop("deep-nesting", _("nested deeper than {n} levels").format(n=MAX_DEPTH), event)


def _check_stream(document: Document, event: Any) -> None:
    """Look at what is neither scalar nor container: aliases, and where documents begin."""
    from yaml.events import AliasEvent, DocumentStartEvent

    if type(event) is AliasEvent:
        name = str(event.anchor)
        raise _Stop("alias", _("an alias (*{name}) is not part of a plan").format(name=name), event, name)
    if type(event) is DocumentStartEvent and document.starts:
        raise _Stop("second-document", _("a second document begins here"), event)


def _refuse_property(event: Any) -> _Stop:
    if event.anchor is not None:
        return _Stop(
            "anchor", _("an anchor (&{name}) is not part of a plan").format(name=event.anchor), event, event.anchor
        )
    return _Stop("tag", _("a tag ({name}) is not part of a plan").format(name=event.tag), event, event.tag)


def _tell_duplicates(document: Document) -> None:
    """Make a finding of each key that stands twice, with both places, in one walk over the data.

    The first key of a block again, with others again after it, is a block without its dash: one finding.
    """
    if not document.seconds:
        return
    seconds: dict[int, list[tuple[int, str]]] = {}
    for ordinal, box, key in document.seconds:
        seconds.setdefault(id(box), []).append((ordinal, key))

    def walk(data: object, ordinal: int, path: Path) -> int:
        ordinal += 1
        if isinstance(data, list):
            for index, value in enumerate(data):
                ordinal = walk(value, ordinal, (*path, index))
        elif isinstance(data, dict):
            firsts: dict[str, int] = {}
            for key, value in data.items():
                ordinal = document.pass_over(ordinal)
                firsts[key] = ordinal
                ordinal = walk(value, ordinal + 1, (*path, key))
            ordinal = document.pass_over(ordinal)
            told = seconds.get(id(data), ())
            head = next(iter(data), None)
            last = max((o for o, other in told if other != head), default=-1)
            for second, key in told:
                block = key == head and second < last
                _tell_duplicate(document, (*path, key), firsts[key], second, block)
                if block:  # what follows is another block
                    break
        return ordinal

    walk(document.data, 0, ())


def _tell_duplicate(document: Document, path: Path, first: int, second: int, block: bool) -> None:
    if len(document.findings) > MOST_FINDINGS:
        return
    key = path[-1]
    spans = [document.stretch(document.starts[o], document.ends[o]) for o in (first, second)]
    hint = _("take one of them out")
    if block:
        hint = _("if another block begins here, write a dash before it: - {key}:").format(key=key)
    document.findings.append(
        Finding(
            "duplicate-key",
            _("the key {key} stands twice").format(key=key),
            path,
            span=spans[1],
            label=_("second here"),
            help=hint,
            related=(Label(path, _("first here"), span=spans[0]),),
            value=str(key),
        )
    )
