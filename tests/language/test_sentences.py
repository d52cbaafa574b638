"""Laws about sentences for people, read from the source: each is marked for translation, and marked whole."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[2] / "src" / "plancli"
MARKING = {"_", "ngettext", "N_"}

# Modules whose literals nobody reads as sentences: libyaml's own words, lines for git's own diff, words of tables.
OTHERS = {
    *("check.scan.libyaml", "plan.writer.textconv"),
    *("exchange.importer.columns.vocabulary", "exchange.importer.cells.words"),
}

# How other literals begin that nobody reads as a sentence.
NOT_SAID = (
    *(
        "must be run in a work tree",
        "dubious ownership",
        "does not have any commits",
        "fatal: ",
    ),  # git's own words
    "upstream|no such branch",  # the same, as a pattern
    *("diff=plan", "f() {", "plancli:diff", "show {}", "::notice"),  # what git, programs and a shell read
    *("{} ours", "{} base", "{} theirs"),  # conflict markers
    *("_plancli_completion() {", "#compdef", "fpath+=", "complete --command", "Import-Module"),  # for shells
    *("{}{}\n\\ No newline", "bold "),  # patches, styles
    *(
        "CREATE TABLE",
        "CREATE INDEX",
        "JOIN ",
        "LEFT JOIN",
        "measure INTEGER",
        '"group" TEXT',
        "@media",
    ),  # SQL, styles
    *("{} TEXT REFERENCES", ",\n  priority", ",\n  orientations.title"),  # SQL
    "Normal",  # a style of Word
    *("Direction", "Note"),  # of the sheet of directorates
    *("title {}", "code {}", "sign {}"),  # roles of columns
    *("Relationship", "Target", "(?:co-?)?"),  # of XML; a pattern
    "exceeded maximum nesting depth",  # libyaml's own words
    *("summary --by ", "export plan."),  # command lines
)

SENTENCE = re.compile(
    r"[^\W\d_]{2,}[,.:;]? +[a-zé]{2,}|[a-zé]{4,}:? +\{\}|\{\} +[a-zé]{4,}"  # two words, or a word and a value
    r"|^[A-Z][a-zé]{3,}$"  # a label
)


@cache
def trees() -> dict[str, ast.Module]:
    """Return the syntax tree of each module."""
    return {
        ".".join(file.relative_to(SOURCE).with_suffix("").parts): ast.parse(file.read_text("utf-8"))
        for file in sorted(SOURCE.rglob("*.py"))
    }


def said(text: str) -> str:
    """Return what of a literal is words: a command line and the tags of HTML are typed, not said."""
    text = re.sub(r"<[^>]*>", " ", text).strip(" \n")
    return "" if re.match(r"(plancli|git)(:? |$)|-", text) else text


def literal(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def literals(node: ast.AST) -> Iterator[str]:
    """Yield literals that are not marked, docstrings, patterns, annotations or ``__all__``."""
    if isinstance(node, ast.Call) and name(node) in {*MARKING, "compile"}:
        return
    if isinstance(node, ast.Assign) and ast.unparse(node.targets[0]) == "__all__":
        return
    if isinstance(node, ast.keyword) and node.arg == "french":
        return  # a heading that is read back whatever language the reader speaks
    text = literal(node)
    if text is not None:
        yield text
        return
    for field, value in ast.iter_fields(node):
        if field not in ("annotation", "returns"):
            for inner in value if isinstance(value, list) else [value]:
                docstring = isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Constant)
                if isinstance(inner, ast.AST) and not docstring:
                    yield from literals(inner)


def unmarked(tree: ast.AST) -> set[str]:
    return {said(text) for text in literals(tree) if SENTENCE.search(said(text))}


def test_every_sentence_is_marked() -> None:
    found = {(module, text) for module, tree in trees().items() if module not in OTHERS for text in unmarked(tree)}
    wrong = {(module, text) for module, text in found if not text.startswith(NOT_SAID)}
    assert wrong == set(), "put it through _(), ngettext() or N_(), or say in NOT_SAID why nobody reads it"
    assert [start for start in NOT_SAID if not any(text.startswith(start) for _module, text in found)] == []


def test_every_sentence_of_the_page_is_marked() -> None:
    """What of the template stands between its tags and is no expression is no word."""
    template = (SOURCE / "exchange" / "exporters" / "html" / "page.html.j2").read_text("utf-8")
    bare = re.sub(r"&\w+;|<[^>]*>", " ", re.sub(r"{{.*?}}|{%.*?%}", "", template))
    assert re.findall(r"[^\W\d_]{2,}", bare) == []


def test_marked_sentences_are_whole() -> None:
    """What is put through ``_`` is a literal or a name; placeholders are filled in afterwards."""
    calls = [node for tree in trees().values() for node in ast.walk(tree) if isinstance(node, ast.Call)]
    built = [
        ast.unparse(call)
        for call in calls
        if name(call) in MARKING and any(isinstance(arg, ast.JoinedStr | ast.BinOp) for arg in call.args[:2])
    ]
    assert built == []


def test_every_placeholder_of_the_command_line_is_marked() -> None:
    nodes = [node for tree in trees().values() for node in ast.walk(tree)]
    metavars = [node.value for node in nodes if isinstance(node, ast.keyword) and node.arg == "metavar"]
    entries = [node for node in nodes if isinstance(node, ast.Call) and name(node) in ("option", "argument")]
    metavars += [call.args[0] for call in entries]
    assert len(entries) > 50
    assert [each.value for each in metavars if isinstance(each, ast.Constant)] == []


def test_error_texts_of_the_system_are_translated() -> None:
    """An OSError's text is English; ``i18n.os_error_text`` translates it."""
    users = {
        module
        for module, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "strerror" and ast.unparse(node.value) != "os"
    }
    assert users == {"i18n"}


@pytest.mark.parametrize(
    ("code", "caught"),
    [
        ('x = "no plan here"', True),
        ('x = _("no plan here")', False),
        ('x = ngettext("{n} plan here", "{n} plans here", 2)', False),
        ('x = f"{n} actions"', True),
        ('x = f"plancli show {arg}"', False),
        ('x = "<p>two words</p>"', True),
        ('x = "<p class=\\"two words\\"></p>"', False),
        ('x = "unknown-directorate"', False),
        ('def f():\n    """Return two words."""', False),
        ('Column("number", "Number")', True),
    ],
)
def test_unmarked_sentences_are_found(code: str, caught: bool) -> None:
    assert bool(unmarked(ast.parse(code))) is caught
