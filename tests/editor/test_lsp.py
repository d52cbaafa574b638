"""``plancli lsp`` as an editor meets it: a real client starts it as a process and talks to it over its pipes."""

import asyncio
import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.generate import plan

pytest.importorskip("pygls")

from lsprotocol import types as lsp
from pygls.exceptions import JsonRpcException
from pygls.lsp.client import LanguageClient

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
PLAN = (ROOT / "data" / "plan.yaml").read_text("utf-8")
CLIMATE = (ROOT / "examples" / "climate.yaml").read_text("utf-8")
URI = "file:///home/a/plan.yaml"

Session = Callable[..., None]


class Editor(LanguageClient):
    """An editor with one plan open; columns are counted in UTF-16 unless it says otherwise."""

    def __init__(self, units: list[lsp.PositionEncodingKind]) -> None:
        super().__init__("editor", "1")
        self.units = units
        self.uri = URI
        self.opened: set[str] = set()
        self.text = ""
        self.typed = 0
        self.shown: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()

        def show(params: lsp.PublishDiagnosticsParams) -> None:
            self.shown.put_nowait(params)

        self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(show)

    async def begin(self) -> lsp.InitializeResult:
        general = lsp.GeneralClientCapabilities(position_encodings=self.units) if self.units else None
        started = await self.initialize_async(
            lsp.InitializeParams(lsp.ClientCapabilities(general=general), process_id=os.getpid())
        )
        self.initialized(lsp.InitializedParams())
        return started

    async def open(self, text: str) -> list[lsp.Diagnostic]:
        self.text, self.typed = text, 1
        self.opened.add(self.uri)
        self.text_document_did_open(
            lsp.DidOpenTextDocumentParams(lsp.TextDocumentItem(self.uri, "yaml", self.typed, text))
        )
        return await self.diagnostics()

    async def type(self, old: str, new: str) -> None:
        """Replace the first occurrence of a text, as a keystroke or a paste does."""
        start = self.place(old, 0)
        end = self.place(old, len(old))
        self.text = self.text.replace(old, new, 1)
        self.typed += 1
        self.text_document_did_change(
            lsp.DidChangeTextDocumentParams(
                lsp.VersionedTextDocumentIdentifier(self.typed, self.uri),
                [lsp.TextDocumentContentChangePartial(lsp.Range(start, end), new)],
            )
        )

    async def diagnostics(self) -> list[lsp.Diagnostic]:
        """Wait for the diagnostics of the text as it is now."""
        while True:
            params = await asyncio.wait_for(self.shown.get(), 120)
            if params.version == self.typed:
                return [*params.diagnostics]

    async def close_all(self) -> None:
        """Close what is open, and forget what was shown of it."""
        for uri in self.opened:
            self.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(uri)))
        self.opened.clear()
        nowhere = lsp.HoverParams(lsp.TextDocumentIdentifier(URI), lsp.Position(0, 0))
        await self.text_document_hover_async(nowhere)  # what was told before its answer has come
        while not self.shown.empty():
            self.shown.get_nowait()

    def place(self, context: str, within: int) -> lsp.Position:
        """Return the position of a character of a text, at its first occurrence."""
        offset = self.text.index(context) + within
        line = self.text.count("\n", 0, offset)
        before = self.text[self.text.rfind("\n", 0, offset) + 1 : offset]
        unit = self.units[0].value if self.units else "utf-16"
        width = {"utf-8": 1, "utf-16": 2, "utf-32": 4}[unit]
        return lsp.Position(
            line, len(before.encode(unit.replace("utf-16", "utf-16-le").replace("32", "32-le"))) // width
        )

    def at(self, context: str) -> dict[str, Any]:
        """Return the parameters of a question about the place of ``¦`` in a text."""
        place = self.place(context.replace("¦", ""), context.index("¦"))
        return {"text_document": lsp.TextDocumentIdentifier(self.uri), "position": place}

    def applied(self, edit: lsp.WorkspaceEdit | None) -> str:
        assert edit
        assert edit.document_changes
        (change,) = edit.document_changes
        assert isinstance(change, lsp.TextDocumentEdit)
        assert change.text_document.version == self.typed
        return self.with_edits([each for each in change.edits if isinstance(each, lsp.TextEdit)])

    def with_edits(self, edits: Any) -> str:
        lines = self.text.split("\n")
        starts = [sum(len(line) + 1 for line in lines[:n]) for n in range(len(lines) + 1)]

        def offset(place: lsp.Position) -> int:
            if place.line >= len(lines):
                return len(self.text)
            return starts[place.line] + len(
                lines[place.line].encode("utf-16-le")[: 2 * place.character].decode("utf-16-le")
            )

        text = self.text
        for each in sorted(
            edits, key=lambda each: (each.range.start.line, each.range.start.character), reverse=True
        ):
            text = text[: offset(each.range.start)] + each.new_text + text[offset(each.range.end) :]
        return text


Talk = Callable[[Editor], Coroutine[Any, Any, None]]


async def start(units: tuple[lsp.PositionEncodingKind, ...], language: str) -> Editor:
    editor = Editor([*units])
    await editor.start_io(sys.executable, "-m", "plancli", "lsp", env={**os.environ, "PLANCLI_LANG": language})
    await editor.begin()
    return editor


async def end(editor: Editor) -> None:
    """End the server as the protocol wants."""
    await editor.shutdown_async(None)
    editor.exit(None)
    await editor.stop()  # type: ignore[no-untyped-call]


@pytest.fixture(scope="module")
def session() -> Iterator[Session]:
    """Return a function that talks to the server of a language and of a way to count columns.

    Each is started once and has nothing open when a talk begins; one with which a talk failed is ended.
    """
    started: dict[tuple[tuple[lsp.PositionEncodingKind, ...], str], Editor] = {}
    with asyncio.Runner() as runner:

        def converse(talk: Talk, *units: lsp.PositionEncodingKind, language: str = "en", uri: str = URI) -> None:
            editor = started.pop((units, language), None) or runner.run(start(units, language))
            editor.uri = uri
            try:
                runner.run(talk(editor))
                runner.run(editor.close_all())
            except BaseException:
                runner.run(end(editor))
                raise
            started[units, language] = editor

        yield converse
        for editor in started.values():
            runner.run(end(editor))


def test_diagnostics_are_published_while_typing(session: Session) -> None:
    async def talk(editor: Editor) -> None:
        assert await editor.open(PLAN) == []
        await editor.type("DGFI, DGCL, DHUP", "DGFI, DGLC, DHUP")
        (found,) = await editor.diagnostics()
        assert (found.code, found.source, found.severity) == (
            "unknown-directorate",
            "plancli",
            lsp.DiagnosticSeverity.Error,
        )
        assert (found.range.start.line, found.range.start.character, found.range.end.character) == (201, 43, 47)
        assert found.message.startswith("unknown directorate DGLC, did you mean DGCL?")
        for before, after in [("DGLC", "DG"), ("DGFI, DG,", "DGFI, DGC,"), ("DGC,", "DGCL,")]:
            await editor.type(before, after)
        assert await editor.diagnostics() == [], "only the last text is told of"
        await editor.type("years: [2021]", "years: [2021")
        assert [each.code for each in await editor.diagnostics()] == ["unclosed-bracket"]

    session(talk)


@pytest.mark.slow
@pytest.mark.parametrize("unit", ["", "utf-8", "utf-16", "utf-32"])
def test_columns_are_counted_as_the_editor_counts_them(session: Session, unit: str) -> None:
    text = PLAN.replace("priority: 1", "priority: 3  # 😀é", 1).replace(
        "    name: Direction des affaires civiles et du sceau", "    name: 😀é Direction : 😀", 1
    )

    async def talk(editor: Editor) -> None:
        assert "😀é Direction : 😀" in text
        found = await editor.open(text)
        assert [each.code for each in found] == ["colon-in-text", "undeclared-priority"]
        assert found[0].range.start == editor.place("😀é Direction : 😀", len("😀é Direction "))
        await editor.type("Direction : 😀", "Direction 😀")
        assert [each.code for each in await editor.diagnostics()] == ["undeclared-priority"]

    session(talk, *([lsp.PositionEncodingKind(unit)] if unit else []))


def test_quick_fixes_are_those_of_validate_fix(session: Session) -> None:
    text = PLAN.replace("years: [2021, 2022]", "years: 2021-2022", 1).replace("DGFI, DGCL", "DGFI, DGLC")

    async def talk(editor: Editor) -> None:
        found = await editor.open(text)
        assert [each.code for each in found] == ["wrong-type", "unknown-directorate"]
        wanted = ["replace by [2021, 2022]", "unsafe: replace by DGCL"]
        for each, title in zip(found, wanted, strict=True):
            context = lsp.CodeActionContext([each])
            asked = lsp.CodeActionParams(lsp.TextDocumentIdentifier(URI), each.range, context)
            (action,) = await editor.text_document_code_action_async(asked) or []
            assert isinstance(action, lsp.CodeAction)
            assert (action.title, action.kind, action.is_preferred) == (
                title,
                "quickfix",
                not title.startswith("unsafe"),
            )
            assert editor.applied(action.edit) in (
                PLAN.replace("DGFI, DGCL", "DGFI, DGLC"),
                text.replace("DGLC", "DGCL"),
            )
        everything = lsp.CodeActionContext([], only=["source.fixAll"])
        asked = lsp.CodeActionParams(lsp.TextDocumentIdentifier(URI), found[0].range, everything)
        (action,) = await editor.text_document_code_action_async(asked) or []
        assert isinstance(action, lsp.CodeAction)
        assert editor.applied(action.edit) == PLAN.replace("DGFI, DGCL", "DGFI, DGLC")

    session(talk)


async def proposals(editor: Editor, context: str) -> dict[str, tuple[str, str]]:
    answer = await editor.text_document_completion_async(lsp.CompletionParams(**editor.at(context)))
    assert isinstance(answer, lsp.CompletionList)
    return {
        each.label: (each.detail or "", each.text_edit.new_text)
        for each in answer.items
        if isinstance(each.text_edit, lsp.TextEdit)
    }


def test_completion_knows_the_words_of_the_plan(session: Session) -> None:
    async def talk(editor: Editor) -> None:
        await editor.open(CLIMATE)
        codes = await proposals(editor, "pilots: [¦")
        assert codes["DPB"] == ("Direction du patrimoine bâti", "DPB")
        assert codes["Grand Ambelle"][1] == "Grand Ambelle"
        await editor.type("pilots: [", "pilots: ")  # a plan that is broken while one types
        assert (await proposals(editor, "pilots: ¦"))["DPB"][1] == "[DPB]"
        assert set(await proposals(editor, "priority: ¦")) == {"haute", "moyenne", "basse"}
        assert set(await proposals(editor, "status: ¦")) == {
            *("à lancer", "en cours", "réalisé", "suspendu", "abandonné", "devenu sans objet")
        }
        assert set(await proposals(editor, "financement: ¦")) == {"acquis", "demandé", "à trouver"}
        assert "DPB" in await proposals(editor, "by: ¦")
        assert await proposals(editor, "title: ¦") == {}

    session(talk)


def test_completion_of_a_word_half_typed_replaces_it(session: Session) -> None:
    async def talk(editor: Editor) -> None:
        await editor.open(PLAN.replace("DGFI, DGCL, DHUP]", "DGFI, DG]"))
        answer = await editor.text_document_completion_async(lsp.CompletionParams(**editor.at("DGFI, DG¦]")))
        assert isinstance(answer, lsp.CompletionList)
        edit = next(each.text_edit for each in answer.items if each.label == "DGCL")
        assert "DGFI, DGCL]" in editor.with_edits([edit])

    session(talk)


async def hovered(editor: Editor, context: str) -> str:
    answer = await editor.text_document_hover_async(lsp.HoverParams(**editor.at(context)))
    return answer.contents.value if answer and isinstance(answer.contents, lsp.MarkupContent) else ""


def test_hover_tells_what_a_code_an_acronym_and_a_number_mean(session: Session) -> None:
    async def talk(editor: Editor) -> None:
        await editor.open(PLAN)
        told = await hovered(editor, "DGFI, DG¦CL")
        assert told.startswith("**DGCL**: Direction générale des collectivités locales")
        assert "Associated: 3 actions (9, 22, 23)" in told or "Associated: " in told
        assert (await hovered(editor, "  DI¦HAL:\n")).startswith("**DIHAL**: Délégation interministérielle")
        assert (await hovered(editor, "aux CCA¦PEX")).startswith("**CCAPEX**: ")
        assert (await hovered(editor, "  - action: ¦3\n")).startswith("**action 3**\n\n")
        assert (await hovered(editor, "number: ¦9\n            text")).startswith("**action 9**")
        assert await hovered(editor, "title: ¦>-") == ""

    session(talk)


def test_definition_references_and_rename_of_codes_and_numbers(session: Session) -> None:
    async def talk(editor: Editor) -> None:
        await editor.open(PLAN)
        place = await editor.text_document_definition_async(lsp.DefinitionParams(**editor.at("DGFI, DG¦CL")))
        assert isinstance(place, lsp.Location)
        assert place.range.start == editor.place("\n  DGCL:", 3)
        place = await editor.text_document_definition_async(lsp.DefinitionParams(**editor.at("  - action: ¦3\n")))
        assert isinstance(place, lsp.Location)
        assert place.range.start == editor.place("- number: 3\n            text", 10)
        context = lsp.ReferenceContext(include_declaration=True)
        asked = lsp.ReferenceParams(context=context, **editor.at("  DG¦CL:"))
        found = await editor.text_document_references_async(asked) or []
        listed = re.findall(r"(?:pilots|associated): .*\bDGCL\b", PLAN)
        assert len(found) == 1 + len(listed)
        renamed = await editor.text_document_rename_async(
            lsp.RenameParams(new_name="DG: CL", **editor.at("  DG¦CL:"))
        )
        wanted = re.sub(r"((?:pilots|associated): .*)\bDGCL\b", r'\1"DG: CL"', PLAN)
        wanted = wanted.replace("  DGCL:", '  "DG: CL":')
        assert editor.applied(renamed) == wanted
        renamed = await editor.text_document_rename_async(
            lsp.RenameParams(new_name="40", **editor.at("- action: ¦3\n"))
        )
        wanted = PLAN.replace("- number: 3\n            text", "- number: 40\n            text")
        assert editor.applied(renamed) == wanted.replace("  - action: 3\n", "  - action: 40\n")
        for name, context_ in [
            ("DSJ", "  DG¦CL:"),
            ("26", "- action: ¦3\n"),
            ("4", "- action: ¦3\n"),
            ("x", "- action: ¦3\n"),
        ]:
            with pytest.raises(JsonRpcException):
                await editor.text_document_rename_async(lsp.RenameParams(new_name=name, **editor.at(context_)))

    session(talk)


def test_a_code_is_not_renamed_for_another_that_is_typed_while_the_plan_is_checked(session: Session) -> None:
    async def talk(editor: Editor) -> None:
        opening = asyncio.create_task(editor.open(plan(1_000)))
        await asyncio.sleep(0)
        place = editor.at("directorates:\n  D0¦0:")
        asked = asyncio.create_task(editor.text_document_rename_async(lsp.RenameParams(new_name="NEUF", **place)))
        await asyncio.sleep(0)
        await editor.type("directorates:\n", "directorates:\n  XXX:\n")
        with pytest.raises(JsonRpcException) as refused:
            await asked
        assert refused.value.code == lsp.LSPErrorCodes.ContentModified
        await opening

    session(talk)


def test_the_outline_goes_by_the_levels_of_the_plan(session: Session) -> None:
    async def talk(editor: Editor) -> None:
        await editor.open(CLIMATE)
        asked = lsp.DocumentSymbolParams(lsp.TextDocumentIdentifier(URI))
        symbols: Any = await editor.text_document_document_symbol_async(asked)
        assert symbols[0].name == "axe 1 · Se loger et bâtir sans gaspiller"
        inner = symbols[0].children[0]
        assert inner.name.startswith("objectif 1 · Diviser par deux")
        assert inner.children[0].name == "chantier 1 · Les écoles"
        action = inner.children[0].children[0]
        assert action.name.startswith("action BAT-01 · ")
        assert action.range.start.line > inner.range.start.line
        assert action.range.end.line < symbols[0].range.end.line
        await editor.type("title: >-\n      Se loger", "title >-\n      Se loger")
        assert await editor.diagnostics()
        assert await editor.text_document_document_symbol_async(asked), "a plan that is broken has one too"

    session(talk)


def test_formatting_is_that_of_fmt(session: Session) -> None:
    async def talk(editor: Editor) -> None:
        await editor.open(PLAN.replace("priorities: [1, 2]", "priorities:\n- 1\n- 2"))
        options = lsp.FormattingOptions(tab_size=2, insert_spaces=True)
        asked = lsp.DocumentFormattingParams(lsp.TextDocumentIdentifier(URI), options)
        edits = await editor.text_document_formatting_async(asked) or []
        assert len(edits) == 1
        assert edits[0].range.end.line - edits[0].range.start.line < 5, "what is tidy isn't replaced"
        assert editor.with_edits(edits) == PLAN

    session(talk)


def test_what_the_repository_ignores_is_not_shown_and_a_stale_entry_is(session: Session, tmp_path: Path) -> None:
    text = PLAN.replace("years: [2021, 2022]", "years: [2022, 2021]", 1)
    number = int(re.findall(r"- number: (\d+)", text[: text.index("[2022, 2021]")])[-1])
    entries = [("years-order", number), ("no-pilot", 4)]
    rows = [f'[[ignore]]\nrule = "{rule}"\naction = {action}\nreason = "Lu."\n' for rule, action in entries]
    (tmp_path / ".plancli.toml").write_text("".join(rows), "utf-8")
    (tmp_path / ".git").mkdir()
    uri = (tmp_path / "plan.yaml").as_uri()

    async def talk(editor: Editor) -> None:
        assert await editor.open(text) == []
        told = await asyncio.wait_for(editor.shown.get(), 120)
        assert told.uri == (tmp_path / ".plancli.toml").as_uri()
        (note,) = told.diagnostics
        assert (note.code, note.range.start.line) == ("stale-ignore", 4)
        context = lsp.CodeActionContext([], only=["source.fixAll.plancli"])
        place = lsp.Range(lsp.Position(0, 0), lsp.Position(9999, 0))
        document = lsp.TextDocumentIdentifier(uri)
        asked = lsp.CodeActionParams(document, place, context)
        assert not await editor.text_document_code_action_async(asked)
        (tmp_path / ".plancli.toml").write_text("ignor = 1", "utf-8")
        await editor.type("years: [2021]", "years: [2021, 2022]")
        assert [each.message for each in await editor.diagnostics() if each.code is None] != []

    session(talk, uri=uri)


@pytest.mark.slow
def test_typing_never_waits_for_a_check_of_ten_thousand_actions(session: Session) -> None:
    async def talk(editor: Editor) -> None:
        assert await editor.open(plan(10_000)) == []
        for before, after in (("years: [2", "years: [2 2"), ("years: [2 2", "years: [2, 2"), ("[2, 2", "[2")):
            await editor.type(before, after)
        assert await proposals(editor, "associated: [¦")
        await editor.diagnostics()

    session(talk)


@pytest.mark.slow
def test_what_is_typed_in_a_large_plan_is_judged_before_all_of_it_is(session: Session) -> None:
    async def talk(editor: Editor) -> None:
        assert await editor.open(plan(2_000)) == []
        await editor.type("pilots: [", "pilots: [DPHU, ")
        first, whole = await editor.diagnostics(), await editor.diagnostics()
        assert [each.code for each in first] == ["unknown-directorate"]
        assert first == whole
        await editor.type("pilots: [DPHU, ", "pilots [")
        first, whole = await editor.diagnostics(), await editor.diagnostics()
        assert [each.message for each in first] == ["a colon is missing after pilots\nwrite pilots: and its value"]
        assert first == whole

    session(talk)


def test_french_and_a_file_that_is_closed(session: Session) -> None:
    async def talk(editor: Editor) -> None:
        (found,) = await editor.open(PLAN.replace("[2021, 2022]", "[2022, 2021]", 1))
        assert "est placée après" in found.message
        editor.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(URI)))
        assert [*(await asyncio.wait_for(editor.shown.get(), 120)).diagnostics] == []
        assert await hovered(editor, "DGFI, DG¦CL") == ""

    session(talk, language="fr")


def test_other_yaml_files_are_left_alone(session: Session) -> None:
    async def talk(editor: Editor) -> None:
        assert await editor.open("services:\n  web: {image: *x}\n") == []
        await editor.type("services:\n  web: {image: *x}\n", PLAN.replace("[2021, 2022]", "[2022, 2021]", 1))
        assert [each.code for each in await editor.diagnostics()] == ["years-order"], "it has become a plan"

    session(talk, uri="file:///home/a/compose.yaml")


def test_whatever_is_open_every_question_is_answered(session: Session) -> None:
    async def talk(editor: Editor) -> None:
        odd = "orientations: 3\nactions:\n- 1\n- {number: {}}\n"
        half = "directorates: {D: J}\nunused_numbers: 5\nactions:\n- number: 1\n  pilots: 5\n  associated: [D]\n"
        mistyped = "title: A\nlanguage: fr\norientations:\n- number: 1\n  mesures:\n  - number: 2\n"
        flat = "title: A\nlanguage: fr\norientations:\n  number: 1\n"
        texts = ("", "\r\n", "a: [", "\u2028x: 1\n\x0b\x0c", odd, half, mistyped, flat, "- a\n")
        for number, text in enumerate(texts):
            editor.uri = f"file:///home/a/plan-{number}.yaml"
            await editor.open(text)
            document = lsp.TextDocumentIdentifier(editor.uri)
            for line, column in ((0, 3), (3, 10), (5, 16)):
                at: dict[str, Any] = {"text_document": document, "position": lsp.Position(line, column)}
                await editor.text_document_hover_async(lsp.HoverParams(**at))
                await editor.text_document_completion_async(lsp.CompletionParams(**at))
                await editor.text_document_definition_async(lsp.DefinitionParams(**at))
                await editor.text_document_references_async(lsp.ReferenceParams(lsp.ReferenceContext(True), **at))
            await editor.text_document_document_symbol_async(lsp.DocumentSymbolParams(document))
            place = lsp.Range(lsp.Position(0, 0), lsp.Position(9, 0))
            await editor.text_document_code_action_async(
                lsp.CodeActionParams(document, place, lsp.CodeActionContext([]))
            )

    session(talk)


def test_without_its_library_a_line_says_what_to_install(
    plancli: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(sys.modules, "plancli.editor.server", raising=False)
    monkeypatch.setitem(sys.modules, "lsprotocol", None)
    code, out, err = plancli("lsp")
    assert (code, out) == (3, "")
    assert err == (
        "plancli: pygls is needed for this, and isn't installed\nInstall it: pip install 'plancli[editor]'\n"
    )


def test_on_a_terminal_it_says_who_starts_it() -> None:
    master, slave = os.openpty()
    line = [sys.executable, "-m", "plancli", "lsp"]
    done = subprocess.run(
        line, stdin=slave, capture_output=True, check=False, env={**os.environ, "PLANCLI_LANG": "en"}
    )
    os.close(slave)
    os.close(master)
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.startswith(b"plancli: an editor starts this")


def test_the_server_ends_without_a_word_when_the_editor_leaves() -> None:
    messages: list[dict[str, Any]] = [
        {"id": 1, "method": "initialize", "params": {"capabilities": {}, "processId": None, "rootUri": None}},
        {"method": "initialized", "params": {}},
        {"id": 2, "method": "shutdown"},
        {"method": "exit"},
    ]
    bodies = [json.dumps({"jsonrpc": "2.0", **each}).encode() for each in messages]
    typed = b"".join(b"Content-Length: %d\r\n\r\n%s" % (len(body), body) for body in bodies)
    ended = subprocess.run([sys.executable, "-m", "plancli", "lsp"], input=typed, capture_output=True, timeout=60)
    assert (ended.returncode, ended.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("typed", "limit"),
    [(b"\0" * 100_000, "4,096"), (b"Content-Length: 999999999999\r\n\r\n", "268,435,456")],
)
def test_what_no_editor_sends_is_not_read_to_its_end(typed: bytes, limit: str) -> None:
    ended = subprocess.run(
        [sys.executable, "-m", "plancli", "lsp"],
        input=typed,
        capture_output=True,
        timeout=60,
        env={**os.environ, "PLANCLI_LANG": "en"},
    )
    assert (ended.returncode, ended.stdout) == (2, b"")
    assert ended.stderr.decode().startswith(f"plancli: no editor writes this: more than {limit} bytes")
