"""A sentence for a person that isn't marked for translation fails here, by the shape of the code alone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from plancli.cli.app.help import PLACEHOLDERS

SOURCE = Path(__file__).parents[2] / "src" / "plancli"
MARKING = {"_", "ngettext", "N_"}

# What is said through these is for a person: the positions and keywords that carry words.
SPOKEN: dict[str, tuple[tuple[int, ...], tuple[str, ...]]] = {
    "Invalid": ((0, 1), ("message", "hint")),
    "InvalidPlan": ((0, 2), ("message", "hint")),
    "Usage": ((0, 1), ("message", "hint")),
    "Unavailable": ((0, 1), ("message", "hint")),
    "Finding": ((1,), ("message", "more", "label", "help")),
    "Label": ((1,), ("text",)),
    "Check": ((2,), ("summary",)),
    "Command": ((3,), ("help",)),
    "Option": ((), ("help", "rich_help_panel")),
    "Argument": ((), ("help", "rich_help_panel")),
    "Column": ((1,), ("heading", "short", "passage")),
    "Outline": ((0,), ("heading",)),
    "Axis": ((1,), ("heading", "name")),
    "Sentence": ((0,), ("words",)),
    "Pieces": ((), ("lead",)),
    "Fact": ((0,), ("label",)),
    "Dimension": ((1,), ("label",)),
    "Field": ((2,), ("label",)),
}

# Literals of two words or more that nobody reads as a sentence: the module, how they begin, and why.
EXCEPTIONS = [
    ("cli.app.group", "unexpected {}", "the command line's own exception; slips.py words it for the reader"),
    ("cli.app.group", "no command {}", "the command line's own exception; slips.py words it for the reader"),
    ("check.scan.libyaml", "", "libyaml's own words, by which faults are told apart"),
    ("review.diff.unified", "{}{}\n\\ No newline", "what every patch says"),
    ("git.repository", "must be run in a work tree", "git's own words, to tell its errors apart"),
    ("git.repository", "dubious ownership", "git's own words, to tell its errors apart"),
    ("git.repository", "not a git repository", "git's own words, to tell its errors apart"),
    ("output.views.comment", "plancli:diff {}", "a marker for programs"),
    ("output.views.opening", "show {}", "a command, as it is typed"),
    ("output.renderers.terminal", "bold ", "a style of Rich"),
    ("git.integration", "diff=plan", "an attribute of git"),
    ("git.integration", "f() {", "a command that git runs"),
    ("plan.writer.flat", "", "lines for git's own diff, in the words of the file format"),
    ("check.reporters.full", "bold ", "a style of Rich"),
    ("exchange.exporters.sqlite", "CREATE TABLE", "the tables of a database"),
]

WORD = re.compile(r"[^\W\d_]{3,}")
SENTENCE = re.compile(r"[^\W\d_]{2,}[,.:;]? +[a-zé]{2,}|[a-zé]{4,}:? +\{\}|\{\} +[a-zé]{4,}")
MARKUP = re.compile(r"<[^>]*>")


def said(text: str) -> str:
    """Give what of a literal is words: a command line and the tags of HTML are typed, not said."""
    text = MARKUP.sub(" ", text).strip(" \n")
    return "" if re.match(r"(plancli|git)(:? |$)|-", text) else text


def literal(node: ast.AST) -> str | None:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else None
    if isinstance(node, ast.JoinedStr):
        return "".join(str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return None


def name(call: ast.Call) -> str:
    return call.func.id if isinstance(call.func, ast.Name) else getattr(call.func, "attr", "")


def literals(node: ast.AST) -> Iterator[tuple[int, str]]:
    """Give the literals of a piece of code, but those that are marked, docstrings and annotations."""
    if isinstance(node, ast.Call) and name(node) in MARKING:
        return
    text = literal(node)
    if text is not None:
        yield node.lineno, text  # type: ignore[attr-defined]  # an expression has a line
        return
    for field, value in ast.iter_fields(node):
        if field in ("annotation", "returns"):
            continue
        for inner in value if isinstance(value, list) else [value]:
            docstring = isinstance(inner, ast.Expr) and isinstance(inner.value, ast.Constant)
            if isinstance(inner, ast.AST) and not docstring:
                yield from literals(inner)


def placeholders(tree: ast.AST) -> set[str]:
    """Give the placeholders of the command line: ``metavar="FILE"``."""
    found = {
        literal(node.value) for node in ast.walk(tree) if isinstance(node, ast.keyword) and node.arg == "metavar"
    }
    return {text.rstrip("…") for text in found if text}


def unmarked(tree: ast.AST) -> set[tuple[int, str]]:
    """Give the literals that look like a sentence, and the words handed to what speaks to a person."""
    found = {(line, text) for line, text in literals(tree) if SENTENCE.search(said(text))}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and name(node) in SPOKEN:
            places, keywords = SPOKEN[name(node)]
            words = [node.args[place] for place in places if place < len(node.args)]
            words += [keyword.value for keyword in node.keywords if keyword.arg in keywords]
            for word in words:
                if not isinstance(word, ast.Call):
                    found |= {
                        (line, text) for line, text in literals(word) if WORD.search(said(text.replace("{}", " ")))
                    }
    return found


def excepted(module: str, text: str) -> bool:
    return any(module == where and said(text).startswith(start) for where, start, _why in EXCEPTIONS)


MODULES = {".".join(file.relative_to(SOURCE).with_suffix("").parts): file for file in sorted(SOURCE.rglob("*.py"))}


@pytest.mark.parametrize("module", MODULES)
def test_every_sentence_is_marked(module: str) -> None:
    found = unmarked(ast.parse(MODULES[module].read_text("utf-8")))
    wrong = sorted((line, text) for line, text in found if not excepted(module, text))
    assert wrong == [], "put it through _(), ngettext() or N_(), or say in EXCEPTIONS why nobody reads it"


def test_no_exception_outlives_its_reason() -> None:
    for module, start, _why in EXCEPTIONS:
        texts = [text for _line, text in unmarked(ast.parse(MODULES[module].read_text("utf-8")))]
        assert any(said(text).startswith(start) for text in texts), f"{module}: nothing begins with {start!r} now"


def test_every_placeholder_is_marked() -> None:
    found = {each for file in MODULES.values() for each in placeholders(ast.parse(file.read_text("utf-8")))}
    assert found <= set(PLACEHOLDERS)


@pytest.mark.parametrize("module", MODULES)
def test_what_the_system_says_is_translated(module: str) -> None:
    """An OSError's words are the system's, in English: ``i18n.os_error_text`` translates them."""
    tree = ast.parse(MODULES[module].read_text("utf-8"))
    lines = [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Attribute) and node.attr == "strerror"]
    called = {
        node.func.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "strerror"
    }
    assert module == "i18n" or set(lines) <= called


@pytest.mark.parametrize("module", MODULES)
def test_marked_sentences_are_whole(module: str) -> None:
    """What is put through ``_`` is a literal or a name; placeholders are filled in afterwards."""
    for node in ast.walk(ast.parse(MODULES[module].read_text("utf-8"))):
        if isinstance(node, ast.Call) and name(node) in MARKING:
            built = [arg for arg in node.args[:2] if isinstance(arg, ast.JoinedStr | ast.BinOp)]
            assert built == [], f"line {node.lineno}: {ast.unparse(node)}"


@pytest.mark.parametrize(
    ("code", "caught"),
    [
        ('x = "no plan here"', True),
        ('x = _("no plan here")', False),
        ('x = N_("no plan here")', False),
        ('x = ngettext("{n} plan here", "{n} plans here", 2)', False),
        ('x = f"unexpected {arg}"', True),
        ('x = f"{n} actions"', True),
        ('x = f"plancli show {arg}"', False),
        ('x = f"{a} {b}"', False),
        ('x = "plancli list -d DSJ"', False),
        ('x = "<p>two words</p>"', True),
        ('x = "<p class=\\"two words\\"></p>"', False),
        ('x = "unknown-directorate"', False),
        ('def f():\n    """Give two words."""', False),
        ('x: "tuple of words" = 1', False),
        ('raise Usage("stopped")', True),
        ('raise errors.Usage(_("stopped"), hint="again")', True),
        ('raise Usage(_("stopped"), hint=f"plancli {x}")', False),
        ('Finding("shape", "broken", path)', True),
        ('Finding("shape", _("broken"), path, help="mend" if x else "")', True),
        ('Finding("shape", _("broken"), path, value="mend")', False),
        ('Column("number", "No")', False),
        ('Column("number", "Number")', True),
    ],
)
def test_the_net_catches(code: str, caught: bool) -> None:
    assert bool(unmarked(ast.parse(code))) is caught
