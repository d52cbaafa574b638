"""The Language Server Protocol: what an editor asks, in its words and columns; nothing here decides anything."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple
from urllib.parse import unquote, urlparse

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcContentModified, JsonRpcInvalidParams
from pygls.lsp.server import LanguageServer
from pygls.uris import from_fs_path, to_fs_path

from plancli import __version__
from plancli.check.checker import Checked, check
from plancli.diagnostic import Diagnostic, Part, Severity, TextEdit
from plancli.edit.fixes import fix
from plancli.editor.answers import (
    Subject,
    Symbol,
    declaration_of,
    hover_text,
    occurrences,
    outline,
    propose,
    renamed,
    subject_at,
)
from plancli.editor.buffer import UNITS, Buffer, difference
from plancli.editor.glance import LARGE, glance
from plancli.errors import PlanError
from plancli.files import absolute
from plancli.i18n import _
from plancli.loader.ignore_list import Ignored, ignore_list, split, stale
from plancli.loader.plan_files import has_plan_keys
from plancli.location import Path, Span
from plancli.plan.document import Document
from plancli.plan.writer import format_document

REST = 0.05
"""Seconds without a keystroke before a plan is checked; a large one as a whole after two more of them."""

_SEVERITIES = {
    Severity.ERROR: lsp.DiagnosticSeverity.Error,
    Severity.WARNING: lsp.DiagnosticSeverity.Warning,
    Severity.NOTE: lsp.DiagnosticSeverity.Information,
}

_NAMES = ("plan.yaml", "plan.yml")


class CheckedText(NamedTuple):
    """A text and the result of its check, without the findings that the repository leaves out on purpose.

    ``ignoring`` has each entry of the ignore list about the file at ``path``, and whether it is needed; ``fault``
    is what is wrong with that list.
    """

    buffer: Buffer
    path: str
    checked: Checked
    ignoring: Mapping[Ignored, bool]
    fault: str = ""

    def left(self, checked: Checked) -> list[Diagnostic]:
        """Return the diagnostics that the repository doesn't leave out, of this text or of another one."""
        return split(checked, self.path, tuple(self.ignoring))[0]


def _find(buffer: Buffer, path: str, today: str) -> CheckedText:
    checked = check(buffer.text.encode("utf-8", "replace"), buffer.name, today=today)
    try:
        entries = ignore_list(path) if path else ()
    except PlanError as error:
        return CheckedText(buffer, path, checked, {}, str(error))
    left, ignored = split(checked, path, entries)
    needed = {entry for _each, entry in ignored}
    ignoring = {each: each in needed or not checked.plan for each in entries if each.is_about(path)}
    return CheckedText(buffer, path, checked._replace(diagnostics=tuple(left)), ignoring)


class OpenPlan:
    """A plan that an editor has open: its text as it is now, and the last check, maybe of an older one."""

    def __init__(self, buffer: Buffer, path: str) -> None:
        self.buffer = buffer
        self.path = path  # empty where it isn't a file
        self.found: CheckedText | None = None
        self.data: Any = None  # what was read last of it, however broken it is now
        self.waiting: asyncio.Task[None] | None = None
        self.lock = asyncio.Lock()
        self.was_plan = False

    @property
    def is_plan(self) -> bool:
        """Return whether the file is meant as a plan: by its name or its keys, however broken it is since."""
        if not self.was_plan:
            source = self.buffer.text.encode("utf-8", "replace")
            self.was_plan = self.buffer.name in _NAMES or has_plan_keys(source)
        return self.was_plan

    async def check(self, today: str) -> CheckedText:
        """Check the text as it is now; a check that has begun ends, cancelled or not."""
        return await asyncio.shield(self._check(today))

    async def _check(self, today: str) -> CheckedText:
        async with self.lock:  # one at a time, and each text once
            if self.found is None or self.found.buffer is not self.buffer:
                self.found = await asyncio.to_thread(_find, self.buffer, self.path, today)
                data = self.found.checked.document.data
                if isinstance(data, dict):
                    self.data = data
            return self.found


class PlanServer(LanguageServer):
    """The server of all plans that an editor has open; ``today`` gives the day on which dates are judged."""

    def __init__(self, today: Callable[[], str]) -> None:
        super().__init__("plancli", __version__)
        self.today = today
        self.opened: dict[str, OpenPlan] = {}
        self.lists: set[str] = set()  # the ignore lists in which something is shown

    @property
    def unit(self) -> str:
        """Return the unit in which the editor counts columns."""
        unit = _value(self.workspace.position_encoding)
        return unit if unit in UNITS else UNITS[0]

    def open(self, uri: str, text: str, version: int | None) -> OpenPlan:
        """Take a text as that of a file."""
        name = unquote(urlparse(uri).path).rpartition("/")[2] or uri
        path = to_fs_path(uri) if uri.startswith("file:") else None
        found = self.opened.setdefault(uri, OpenPlan(Buffer(name, "", None), path or ""))
        found.buffer = Buffer(name, text, version, self.unit)
        return found

    async def check(self, uri: str) -> CheckedText | None:
        """Return what is found in a plan as it is now; None for a file that isn't open, or is no plan.

        Raise JsonRpcContentModified where another text was typed before the check began: a place that somebody
        asks about is another one in it.
        """
        opened = self.opened.get(uri)
        if opened is None or not opened.is_plan:
            return None
        buffer = opened.buffer
        found = await opened.check(self.today())
        if found.buffer is not buffer:
            raise JsonRpcContentModified
        return found

    def check_later(self, uri: str, rest: float) -> None:
        """Check a plan when nothing was typed for a while, and show what is found."""
        opened = self.opened[uri]
        if opened.waiting:
            opened.waiting.cancel()
        opened.waiting = asyncio.ensure_future(self._check(uri, opened, rest))

    async def _check(self, uri: str, opened: OpenPlan, rest: float) -> None:
        await asyncio.sleep(rest)
        if not opened.is_plan:
            self._show(uri, opened, ())
            return
        buffer, before = opened.buffer, opened.found
        if before and len(buffer.text) > LARGE:
            seen = await asyncio.to_thread(glance, before.checked, before.buffer.text, buffer.text, self.today())
            if seen is not None and opened.found is before:
                self._show(uri, opened, before.left(before.checked._replace(diagnostics=tuple(seen))))
                await asyncio.sleep(2 * REST)  # a check that has begun can't be ended
        found = await opened.check(self.today())
        if found.buffer is opened.buffer:
            self._show(uri, opened, found.checked.diagnostics)

    def _show(self, uri: str, opened: OpenPlan, diagnostics: Sequence[Diagnostic]) -> None:
        """Show what is found in a plan, unless it was closed."""
        if self.opened.get(uri) is opened:
            found = [_diagnostic(opened.buffer, uri, each) for each in diagnostics]
            found += [_fault(opened.found.fault)] if opened.found and opened.found.fault else []
            version = opened.buffer.version
            self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found, version=version))
            self.show_stale()

    def show_stale(self) -> None:
        """Show, in each ignore list, the entries that leave nothing out of any plan that is open."""
        needed: dict[Ignored, bool] = {}
        for opened in self.opened.values():
            for entry, is_needed in opened.found.ignoring.items() if opened.found else ():
                needed[entry] = is_needed or needed.get(entry, False)
        found: dict[str, list[lsp.Diagnostic]] = {uri: [] for uri in self.lists}
        for entry, is_needed in needed.items():
            uri = from_fs_path(absolute(entry.file)) or entry.file
            if not is_needed:
                buffer = Buffer("", "\n" * (entry.line - 1) + entry.head, None, self.unit)
                found.setdefault(uri, []).append(_diagnostic(buffer, uri, stale(entry)))
        self.lists = {uri for uri, notes in found.items() if notes}
        for uri, notes in found.items():
            self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, notes))


def make_server(today: Callable[[], str]) -> PlanServer:
    """Return a server that answers all that is known of plans."""
    server = PlanServer(today)
    for method, (answer, options) in _FEATURES.items():
        server.feature(method, options)(_handler(server, answer))
    return server


def _handler(server: PlanServer, answer: Any) -> Any:
    async def handle(params: Any) -> Any:
        return await answer(server, params)

    return handle


async def _did_open(server: PlanServer, params: lsp.DidOpenTextDocumentParams) -> None:
    document = params.text_document
    server.open(document.uri, document.text, document.version)
    server.check_later(document.uri, 0)


async def _did_change(server: PlanServer, params: lsp.DidChangeTextDocumentParams) -> None:
    uri = params.text_document.uri
    opened = server.opened.get(uri)
    if opened is None:
        return
    buffer = opened.buffer
    for change in params.content_changes:
        if isinstance(change, lsp.TextDocumentContentChangePartial):
            start, end = change.range.start, change.range.end
            buffer = buffer.changed((start.line, start.character), (end.line, end.character), change.text)
        else:
            buffer = Buffer(buffer.name, change.text, buffer.version, buffer.unit)
    buffer.version = params.text_document.version
    opened.buffer = buffer
    server.check_later(uri, REST)


async def _did_close(server: PlanServer, params: lsp.DidCloseTextDocumentParams) -> None:
    opened = server.opened.pop(params.text_document.uri, None)
    if opened and opened.waiting:
        opened.waiting.cancel()
    server.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(params.text_document.uri, []))
    server.show_stale()


def _range(buffer: Buffer, span: Span) -> lsp.Range:
    return lsp.Range(*(lsp.Position(*buffer.place_of(each)) for each in span))


def _range_between(buffer: Buffer, start: int, end: int) -> lsp.Range:
    """Return the range between two offsets."""
    return lsp.Range(*(lsp.Position(*buffer.place(each)) for each in (start, end)))


def _diagnostic(buffer: Buffer, uri: str, each: Diagnostic) -> lsp.Diagnostic:
    message = each.sentence + (f"\n{each.help}" if each.help and each.help not in each.sentence else "")
    related = [
        lsp.DiagnosticRelatedInformation(lsp.Location(uri, _range(buffer, excerpt.span)), excerpt.label)
        for excerpt in each.excerpts
        if not excerpt.main and excerpt.label
    ]
    return lsp.Diagnostic(
        _range(buffer, each.span),
        message,
        severity=_SEVERITIES[each.severity],
        code=each.rule,
        source="plancli",
        related_information=related or None,
    )


def _fault(words: str) -> lsp.Diagnostic:
    """Return what is wrong with the ignore list, at the beginning of a plan that it is about."""
    place = lsp.Range(lsp.Position(0, 0), lsp.Position(0, 0))
    return lsp.Diagnostic(place, words, severity=lsp.DiagnosticSeverity.Warning, source="plancli")


def _workspace_edit(buffer: Buffer, uri: str, edits: Iterable[lsp.TextEdit]) -> lsp.WorkspaceEdit:
    document = lsp.OptionalVersionedTextDocumentIdentifier(uri, buffer.version)
    return lsp.WorkspaceEdit(document_changes=[lsp.TextDocumentEdit(document, list(edits))])


def _text_edit(buffer: Buffer, edit: TextEdit) -> lsp.TextEdit:
    return lsp.TextEdit(_range(buffer, edit.span), edit.text)


async def _code_action(server: PlanServer, params: lsp.CodeActionParams) -> list[lsp.CodeAction]:
    uri = params.text_document.uri
    found = await server.check(uri)
    if found is None:
        return []
    buffer, only = found.buffer, params.context.only
    actions = []
    if not only or any(str(lsp.CodeActionKind.QuickFix.value).startswith(_value(kind)) for kind in only):
        for each in found.checked.diagnostics:
            place = _range(buffer, each.span)
            if each.fix and each.fix.edits and place.start <= params.range.end and params.range.start <= place.end:
                actions.append(_quick_fix(buffer, uri, each))
    if only and any("source.fixAll.plancli".startswith(_value(kind)) for kind in only):
        source = buffer.text.encode("utf-8", "replace")
        fixed = await asyncio.to_thread(fix, source, buffer.name, left=found.left, today=server.today())
        edits = _replace_all(buffer, fixed.content.decode())
        if edits:
            title = _("Fix all that is sure")
            change = _workspace_edit(buffer, uri, edits)
            actions.append(lsp.CodeAction(title, kind="source.fixAll.plancli", edit=change))
    return actions


def _value(kind: Any) -> str:
    return str(getattr(kind, "value", kind))


def _quick_fix(buffer: Buffer, uri: str, each: Diagnostic) -> lsp.CodeAction:
    assert each.fix
    (first, *others) = each.fix.edits
    new = " ".join(first.text.split())
    title = _("replace by {text}").format(text=new) if new and not others and len(new) < 60 else each.help
    title = title if each.fix.is_safe else _("unsafe: {help}").format(help=title)
    return lsp.CodeAction(
        title,
        kind=lsp.CodeActionKind.QuickFix,
        diagnostics=[_diagnostic(buffer, uri, each)],
        is_preferred=each.fix.is_safe,
        edit=_workspace_edit(buffer, uri, [_text_edit(buffer, edit) for edit in each.fix.edits]),
    )


def _replace_all(buffer: Buffer, new: str) -> list[lsp.TextEdit]:
    edit = difference(buffer.text, new)
    if edit is None:
        return []
    start, end, text = edit
    return [lsp.TextEdit(_range_between(buffer, start, end), text)]


async def _formatting(server: PlanServer, params: lsp.DocumentFormattingParams) -> list[lsp.TextEdit]:
    found = await server.check(params.text_document.uri)
    if found is None or found.checked.plan is None:
        return []
    try:
        return _replace_all(found.buffer, await asyncio.to_thread(format_document, found.checked.document))
    except PlanError:
        return []


async def _completion(server: PlanServer, params: lsp.CompletionParams) -> lsp.CompletionList:
    opened = server.opened.get(params.text_document.uri)
    if opened is None or not opened.is_plan:
        return lsp.CompletionList(is_incomplete=False, items=[])
    buffer = opened.buffer
    if opened.data is None:
        await opened.check(server.today())
    offset = buffer.offset(params.position.line, params.position.character)
    items = []
    for count, each in enumerate(propose(buffer.text, offset, opened.data)):
        items.append(
            lsp.CompletionItem(
                each.word,
                detail=each.about or None,
                kind=lsp.CompletionItemKind.Value,
                sort_text=f"{count:05}",
                text_edit=lsp.TextEdit(_range_between(buffer, each.start, each.end), each.text),
            )
        )
    return lsp.CompletionList(is_incomplete=False, items=items)


class _Pointed(NamedTuple):
    """The subject that somebody points at, in a plan as it is open and as it was read."""

    buffer: Buffer
    document: Document
    subject: Subject

    def location(self, uri: str, path: Path, part: Part) -> lsp.Location:
        """Return where something is in the plan."""
        return lsp.Location(uri, _range(self.buffer, self.document.span(path, part)))


async def _pointed(server: PlanServer, params: Any) -> _Pointed | None:
    found = await server.check(params.text_document.uri)
    if found is None or found.checked.document.is_empty:
        return None
    buffer, document = found.buffer, found.checked.document
    offset = buffer.offset(params.position.line, params.position.character)
    subject = await asyncio.to_thread(subject_at, document, offset)
    return _Pointed(buffer, document, subject) if subject else None


async def _hover(server: PlanServer, params: lsp.HoverParams) -> lsp.Hover | None:
    found = await _pointed(server, params)
    text = await asyncio.to_thread(hover_text, found.document, found.subject) if found else ""
    if not found or not text:
        return None
    content = lsp.MarkupContent(lsp.MarkupKind.Markdown, text)
    return lsp.Hover(content, range=_range(found.buffer, found.subject.span))


async def _definition(server: PlanServer, params: lsp.DefinitionParams) -> lsp.Location | None:
    found = await _pointed(server, params)
    declared = await asyncio.to_thread(declaration_of, found.document, found.subject) if found else None
    return found.location(params.text_document.uri, *declared) if found and declared else None


async def _references(server: PlanServer, params: lsp.ReferenceParams) -> list[lsp.Location]:
    found = await _pointed(server, params)
    if not found:
        return []
    places = await asyncio.to_thread(occurrences, found.document, found.subject)
    return [found.location(params.text_document.uri, *place) for place in places]


async def _prepare_rename(
    server: PlanServer, params: lsp.PrepareRenameParams
) -> lsp.PrepareRenamePlaceholder | None:
    found = await _pointed(server, params)
    if not found or not occurrences(found.document, found.subject):
        return None
    return lsp.PrepareRenamePlaceholder(_range(found.buffer, found.subject.span), str(found.subject.word))


async def _rename(server: PlanServer, params: lsp.RenameParams) -> lsp.WorkspaceEdit | None:
    found = await _pointed(server, params)
    if not found:
        return None
    try:
        edits = await asyncio.to_thread(renamed, found.document, found.subject, params.new_name)
    except PlanError as error:
        raise JsonRpcInvalidParams(error.message) from None
    changes = [_text_edit(found.buffer, TextEdit(span, text)) for span, text in edits]
    return _workspace_edit(found.buffer, params.text_document.uri, changes)


async def _symbols(server: PlanServer, params: lsp.DocumentSymbolParams) -> list[lsp.DocumentSymbol]:
    found = await server.check(params.text_document.uri)
    if found is None or found.checked.document.is_empty:
        return []
    buffer, document = found.buffer, found.checked.document
    return await asyncio.to_thread(lambda: [_symbol(buffer, each) for each in outline(document)])


def _symbol(buffer: Buffer, each: Symbol) -> lsp.DocumentSymbol:
    return lsp.DocumentSymbol(
        name=f"{each.name} · {each.words}" if each.words else each.name or "—",
        kind=lsp.SymbolKind.Event if each.is_action else lsp.SymbolKind.Namespace,
        range=_range(buffer, each.whole),
        selection_range=_range(buffer, each.head),
        children=[_symbol(buffer, inner) for inner in each.inside],
    )


_FEATURES: dict[str, tuple[Any, Any]] = {
    lsp.TEXT_DOCUMENT_DID_OPEN: (_did_open, None),
    lsp.TEXT_DOCUMENT_DID_CHANGE: (_did_change, None),
    lsp.TEXT_DOCUMENT_DID_CLOSE: (_did_close, None),
    lsp.TEXT_DOCUMENT_CODE_ACTION: (
        _code_action,
        lsp.CodeActionOptions(code_action_kinds=[lsp.CodeActionKind.QuickFix, "source.fixAll.plancli"]),
    ),
    lsp.TEXT_DOCUMENT_FORMATTING: (_formatting, None),
    lsp.TEXT_DOCUMENT_COMPLETION: (
        _completion,
        lsp.CompletionOptions(trigger_characters=[" ", "[", ","]),
    ),
    lsp.TEXT_DOCUMENT_HOVER: (_hover, None),
    lsp.TEXT_DOCUMENT_DEFINITION: (_definition, None),
    lsp.TEXT_DOCUMENT_REFERENCES: (_references, None),
    lsp.TEXT_DOCUMENT_PREPARE_RENAME: (_prepare_rename, None),
    lsp.TEXT_DOCUMENT_RENAME: (_rename, lsp.RenameOptions(prepare_provider=True)),
    lsp.TEXT_DOCUMENT_DOCUMENT_SYMBOL: (_symbols, None),
}
"""The handler of each method of the protocol, with the options that the server announces for it."""
