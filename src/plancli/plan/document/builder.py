"""YAML text to a Document: one pass over libyaml's parse events.

Only a strict subset of YAML 1.2 is read: mappings with text keys, sequences, scalars; anything else ends the
reading.
"""

from itertools import pairwise
from typing import Any, Final

from plancli.diagnostic import MOST_FINDINGS, Finding, Fix, Label, Remedy
from plancli.errors import Unavailable
from plancli.i18n import N_, _
from plancli.location import Path
from plancli.plan.document.document import Document, Node, YamlError, paths_of

MAX_DEPTH: Final = 32
_MAX_DIGITS: Final = 18
_MOST_DIRECTIVES: Final = 1000
"""libyaml compares each tag directive with each other, and nothing stops it meanwhile."""

_TOO_DEEP: Final = "exceeded maximum nesting depth"
_NO_KEY: Final = object()
_WORDS: Final = {"": None, "null": None, "~": None, "true": True, "false": False}


def resolve(text: str) -> str | int | bool | None:
    """Return the value of a plain scalar: null, true, false, a decimal integer of at most 18 digits, else text."""
    if text in _WORDS:
        return _WORDS[text]
    digits = text[1:] if text[0] == "-" else text
    if digits.isdigit() and digits.isascii() and len(digits) <= _MAX_DIGITS and (digits[0] != "0" or text == "0"):
        return int(text)
    return text


_INSTEAD = {
    "anchor": N_("write each value where it belongs, or put a text that begins with & in quotes"),
    "alias": N_("write the value itself, or put a text that begins with * in quotes"),
    "tag": N_("remove it, or put a text that begins with ! in quotes"),
    "merge-key": N_("write the keys and values themselves"),
    "second-document": N_("keep one plan in a file, and take the line with --- out"),
    "key-not-text": N_("write a text as the key"),
    "deep-nesting": N_("a plan needs 7 levels: orientations, measures, actions and their lists"),
}


class _Stop(Exception):
    """The end of the reading: what breaks ``rule`` can't be read on."""

    def __init__(self, rule: str, message: str, event: Any, value: str = "") -> None:
        super().__init__(rule)
        self.rule = rule
        self.message = message
        self.event = event
        self.value = value


def read_document(source: bytes | str, name: str, fixed: str | None = None) -> Document:
    """Read YAML; whatever is wrong in it is in the document's findings, nothing is raised for bad content.

    ``fixed`` is read instead where the source can't be: as long, and with its lines at the same places.
    """
    try:
        from yaml import CBaseLoader
    except ImportError:
        raise Unavailable(
            _("PyYAML was installed without libyaml, which plancli reads YAML with"),
            _("Install a wheel of PyYAML: pip install --force-reinstall --only-binary :all: pyyaml"),
        ) from None
    from yaml.error import MarkedYAMLError, YAMLError

    document = Document(source.encode("utf-8", "surrogatepass") if isinstance(source, str) else source, name)
    if fixed is not None:
        document.parsed = fixed.encode("utf-8", "surrogatepass")
    if b"%" in document.parsed and document.parsed.count(b"%TAG") > _MOST_DIRECTIVES:
        _record_directives(document, document.parsed)
        return document
    try:
        _build(CBaseLoader(document.parsed), document)
    except _Stop as stop:
        start, end = stop.event.start_mark.index, stop.event.end_mark.index
        span = document.span_between(start, max(start, end))
        hint = _(_INSTEAD[stop.rule])
        document.stop(Finding(stop.message, span=span, help=hint, value=stop.value, rule=stop.rule), start)
    except MarkedYAMLError as error:
        _record_syntax_error(document, error)
    except YAMLError as error:
        offset = int(getattr(error, "position", 0) or 0)
        span = document.span_between(offset, offset)
        document.stop(Finding(_("a character that YAML doesn't allow"), span=span, rule="yaml-syntax"), offset)
    if document.has_duplicates:
        _record_duplicates(document)
    return document


def _record_directives(document: Document, plain: bytes) -> None:
    """Record that a file has too many tag directives to be parsed."""
    offset = len(plain[: plain.index(b"%TAG")].decode("utf-8", "replace"))
    message, hint = _("directives (%TAG) are not part of a plan"), _("remove them")
    span = document.span_between(offset, offset + 4)
    document.stop(Finding(message, span=span, help=hint, rule="yaml-syntax"), offset)


def _record_syntax_error(document: Document, error: Any) -> None:
    """Record a syntax error in libyaml's words, with its context as a label."""
    mark = error.problem_mark or error.context_mark
    offset = mark.index if mark else len(document.text)
    since = error.context_mark.index if error.context_mark else None
    if error.problem == _TOO_DEEP:  # libyaml reads ahead of its events
        opened = [place for place, sign in enumerate(document.text[: offset + 1]) if sign in "[{"]
        start = opened[min(MAX_DEPTH, len(opened) - 1)] if opened else offset
        message, hint = _("nested deeper than {n} levels").format(n=MAX_DEPTH), _(_INSTEAD["deep-nesting"])
        document.stop(
            Finding(message, span=document.span_between(start, start + 1), help=hint, rule="deep-nesting"), start
        )
        return
    document.yaml_error = YamlError(str(error.problem), offset, error.context or "", since)
    related: tuple[Label, ...] = ()
    if error.context_mark:
        context = error.context_mark.index
        related = (Label((), error.context or "", span=document.span_between(context, context)),)
    span = document.span_between(offset, offset)
    document.stop(Finding(str(error.problem), span=span, related=related, rule="yaml-syntax"), offset)


def _build(parser: Any, document: Document) -> None:  # noqa: C901 - hot: a call a node would double its time
    """Build the data from parse events."""
    from yaml import events

    scalar, mapping, sequence = events.ScalarEvent, events.MappingStartEvent, events.SequenceStartEvent
    mapping_end, sequence_end, finish = events.MappingEndEvent, events.SequenceEndEvent, events.StreamEndEvent
    get = parser.get_event
    marked_up = b"&" in document.parsed or b"!" in document.parsed  # else no node has an anchor or a tag
    known = document.plain_scalars  # the same text is resolved once and kept once
    top: list[Any] = []
    stack: list[Any] = []
    box: Any = top  # the container being filled: a dict or a list
    key: Any = _NO_KEY
    duplicates = False
    try:
        while True:
            event = get()
            kind = type(event)
            if kind is scalar:
                if marked_up and (event.anchor is not None or event.tag is not None):
                    raise _refuse_property(event)
                value = event.value
                if not event.style:
                    text = value
                    value = known.get(text, known)
                    if value is known:
                        value = known[text] = resolve(text)
                if type(box) is list:
                    box.append(value)
                elif key is _NO_KEY:
                    key = value if type(value) is str and value != "<<" else _key(document, value, event)
                    duplicates = duplicates or key in box
                else:
                    box.setdefault(key, value)
                    key = _NO_KEY
            elif kind is mapping or kind is sequence:
                is_key = key is _NO_KEY and type(box) is dict
                refused = marked_up and (event.anchor is not None or event.tag is not None)
                if is_key or refused or len(stack) >= MAX_DEPTH:
                    raise _refuse_container(event, is_key)
                child: Any = {} if kind is mapping else []
                if type(box) is list:
                    box.append(child)
                else:
                    box.setdefault(key, child)
                stack.append(box)
                box, key = child, _NO_KEY
            elif kind is mapping_end or kind is sequence_end:
                box, key = stack.pop(), _NO_KEY
            elif kind is finish:
                return
            else:
                _check_stream(event, bool(top))
    finally:
        document.is_empty = not top
        document.data = top[0] if top else None
        document.has_duplicates = duplicates


def _key(document: Document, value: Any, event: Any) -> str:
    """Return a key as a text; record one that is none, and end the reading at a merge key."""
    if event.value == "<<" and event.style == "":
        raise _Stop("merge-key", _("merge keys (<<) are not part of a plan"), event)
    if type(value) is str:
        return value
    span = document.span_between(event.start_mark.index, event.end_mark.index)
    message = _("the key {key} is not a text").format(key=event.value or "null")
    fix = Remedy(())
    document.findings.append(
        Finding(message, span=span, help=_("put it in quotes"), value=event.value, rule="key-not-text", fix=fix)
    )
    return str(event.value)


def _refuse_container(event: Any, is_key: bool) -> _Stop:
    if event.anchor is not None or event.tag is not None:
        return _refuse_property(event)
    if is_key:
        return _Stop("key-not-text", _("a key must be a text, not a list or a mapping"), event)
    return _Stop("deep-nesting", _("nested deeper than {n} levels").format(n=MAX_DEPTH), event)


def _check_stream(event: Any, begun: bool) -> None:
    """Raise for an alias, and for a second document."""
    from yaml.events import AliasEvent, DocumentStartEvent

    if type(event) is AliasEvent:
        name = str(event.anchor)
        raise _Stop("alias", _("an alias (*{name}) is not part of a plan").format(name=name), event, name)
    if type(event) is DocumentStartEvent and begun:
        raise _Stop("second-document", _("a second document begins here"), event)


def _refuse_property(event: Any) -> _Stop:
    if event.anchor is not None:
        return _Stop(
            "anchor", _("an anchor (&{name}) is not part of a plan").format(name=event.anchor), event, event.anchor
        )
    return _Stop("tag", _("a tag ({name}) is not part of a plan").format(name=event.tag), event, event.tag)


def _record_duplicates(document: Document) -> None:
    """Record each duplicate key, with both places.

    The first key of a block again, with others again after it, is a block without its dash: one finding.
    """
    firsts: dict[Path, Node] = {}
    blocks: dict[Path, list[Node]] = {}
    skipped: Path | None = None  # what is under a duplicate key is no data
    for node, path in zip(document.nodes, paths_of(document.nodes), strict=True):
        if skipped is not None and path[: len(skipped)] == skipped and len(path) > len(skipped):
            continue
        if node.is_key:
            duplicate = firsts.setdefault(path, node) is not node
            skipped = path if duplicate else None
            if duplicate:
                blocks.setdefault(path[:-1], []).append(node)
    values = {node.start: value for node, value in pairwise(document.nodes) if node.is_key}
    for path, duplicates in blocks.items():
        head = next(iter(document.at(path)))
        last = max((node.start for node in duplicates if node.step != head), default=-1)
        seconds = duplicates[: MOST_FINDINGS + 1]
        pairs = [(node, values.get(firsts[*path, node.step].start), values.get(node.start)) for node in seconds]
        are_same = all(_same_entry(document, *pair) for pair in pairs)  # else they may be of a block not read
        for node, first, second in pairs:
            here, block = (*path, node.step), node.step == head and node.start < last
            fix = _same_line(document, firsts[here], node, here)
            about = here if fix else None  # what is empty is said with it
            if are_same and not block:
                fix = fix or _same_entry(document, node, first, second)
            _record_duplicate(document, here, firsts[here], node, block, fix, about)
            if block:  # what follows is another block
                break


def _same_line(document: Document, first: Node, second: Node, path: Path) -> Fix | None:
    """Return the fix that removes the line of a key where the next line is the same; None for others."""
    start, end = (document.text.rfind("\n", 0, node.start) + 1 for node in (first, second))
    line = document.text[start:end]
    is_twice = line and document.text.startswith(line, end)  # keys of one line have none between them
    if not is_twice or document.text[start : first.start].strip() or "#" in line:
        return None
    return Fix((document.edit(start, end, ""),), is_safe=True, paths=(path,))


def _same_entry(document: Document, key: Node, first: Node | None, second: Node | None) -> Fix | None:
    """Return the fix that removes the lines of a key that is repeated with the same value; None for others."""
    if first is None or second is None:
        return None
    text = document.text
    value = text[second.start : second.end].rstrip()
    start = text.rfind("\n", 0, key.start) + 1
    end = text.find("\n", second.start + len(value)) + 1
    alone = not text[start : key.start].strip() and not text[second.start + len(value) : end].strip()
    if not (end and alone and value == text[first.start : first.end].rstrip()) or "#" in text[start:end]:
        return None
    return Fix((document.edit(start, end, ""),), is_safe=True)


def _record_duplicate(
    document: Document, path: Path, first: Node, second: Node, block: bool, fix: Fix | None, about: Path | None
) -> None:
    if len(document.findings) > MOST_FINDINGS:
        return
    key = path[-1]
    spans = [document.span_between(node.start, node.end) for node in (first, second)]
    hint = _("remove one of them")
    if block and len(path) > 1:
        hint = _("if another entry begins here, write its name and a colon above it")
        if isinstance(path[-2], int):
            hint = _("if another block begins here, write a dash before it: - {key}:").format(key=key)
    document.findings.append(
        Finding(
            _("duplicate key {key}").format(key=key),
            path,
            span=spans[1],
            label=_("second here"),
            help=hint,
            related=(Label(path, _("first here"), span=spans[0]),),
            value=str(key),
            rule="duplicate-key",
            fix=fix,
            about=about,
        )
    )
