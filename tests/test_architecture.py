"""The house's one law of imports, and the library walls, read from the code itself."""

import ast
import re
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "plancli"
CODE = ("src/**/*.py", "tests/**/*.py", "fuzz/*.py", "benchmarks/*.py", "scripts/*.py")

# Top to bottom: a line imports only from lines under it. A folder stands for all it holds.
FLOORS = [
    "__main__",
    "cli.main",
    "cli.command",
    "cli.<command>",
    "cli.options",
    "cli.shells",
    "cli.usage",
    "cli.completion",
    "cli.text_input",
    "cli.errors",
    "cli.streams",
    "exchange.exporters",
    "exchange.importer",
    "exchange.request",
    "exchange.data",
    "exchange.table",
    "output.renderers",
    "output.layout",
    "output.views",
    "output.report",
    "output.terminal",
    "editor.server",
    "editor.answers",
    "editor.glance",
    "editor.buffer",
    "editor",
    "edit.fixes",
    "edit.actions",
    "edit.progress",
    "edit.blocks",
    "edit.values",
    "edit.edited_plan",
    "review.history",
    "review.merge",
    "review.textconv",
    "review.review",
    "review.diff",
    "review.change",
    "loader",
    "git",
    "check.reporters",
    "check.run",
    "check.checker",
    "check.parse",
    "check.suppression",
    "check.catalogue",
    "check.locate",
    "check.rules",
    "check.schema",
    "check.scan",
    "check.remedies",
    "plan.query",
    "plan.writer",
    "plan.model",
    "plan.document",
    "diagnostic",
    "dates",
    "text",
    "files",
    "i18n",
    "errors",
    "location",
    "",  # the package itself: its version
]

# Leaves of these folders never import each other.
LEAVES = ("cli", "exchange.exporters", "output.renderers", "check.reporters", "check.rules")

# Leaves of these folders import only these modules.
NARROW = {
    "check.rules": {"check.rules.base", "plan.model", "text", "dates", "i18n", "diagnostic", "location"},
    "output.renderers": {"output.layout", "output.report", "output.terminal", "text", "i18n"},
    "output.layout": {"output.layout", "output.report", "output.terminal", "text", "i18n"},
    "check.reporters": {"check.run", "diagnostic", "text", "i18n"},
}

WALLS = {
    "yaml": ("plan.document",),
    "jsonschema": ("check.schema",),
    "typer": ("cli.",),
    "rich": ("cli.",),
    "xlsxwriter": ("exchange.exporters.xlsx",),
    "python_calamine": ("exchange.importer.file.workbook_program",),
    "docx": ("exchange.exporters.docx",),
    "jinja2": ("exchange.exporters.html",),
    "pygls": ("editor.server",),
    "lsprotocol": ("editor.server",),
    "sqlite3": ("exchange.exporters.sqlite",),
    "subprocess": ("git", "exchange.importer.file.workbook", "cli.streams", "cli.text_input"),
}


def modules() -> dict[str, Path]:
    found = {}
    for file in sorted(SOURCE.rglob("*.py")):
        parts = list(file.relative_to(SOURCE).with_suffix("").parts)
        if parts[-1] == "__init__":
            parts.pop()
        found[".".join(parts)] = file
    return found


MODULES = modules()


@cache
def tree(name: str) -> ast.Module:
    return ast.parse(MODULES[name].read_text("utf-8"))


@cache
def imports(name: str) -> set[str]:
    """Return what a module imports, at the top or inside functions; names of this package without its prefix."""
    found = set()
    for node in ast.walk(tree(name)):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: imports are absolute"
            module = node.module or ""
            for alias in node.names:
                whole = f"{module}.{alias.name}"
                inside = whole.removeprefix("plancli.") in MODULES and whole.startswith("plancli.")
                found.add(whole if inside else module)
    return found


def inner(name: str) -> set[str]:
    own = {i for i in imports(name) if i == "plancli" or i.startswith("plancli.")}
    return {i.removeprefix("plancli").removeprefix(".") for i in own}


def under(name: str, place: str) -> bool:
    return name == place or name.startswith(place + ".")


def floor(name: str) -> int:
    if name.startswith("cli.") and name not in FLOORS:
        return FLOORS.index("cli.<command>")
    matches = [index for index, place in enumerate(FLOORS) if place and under(name, place)]
    return matches[0] if matches else FLOORS.index("")


FOLDERS = {"cli", "exchange", "output", "edit", "review", "check", "plan"}


def test_every_module_has_a_floor() -> None:
    homeless = [m for m in MODULES if m and m not in FOLDERS and floor(m) == FLOORS.index("")]
    assert homeless == []


def test_imports_point_down() -> None:
    wrong = {
        f"{name} imports {other} from above"
        for name in MODULES
        for other in inner(name)
        if name and other and other not in FOLDERS and floor(other) < floor(name)
    }
    assert wrong == set()


def test_the_clock_is_asked_in_one_place() -> None:
    asking = re.compile(r"\b(date\.today|datetime\.now|utcnow|time\.time|time_ns|localtime|gmtime)\(")
    files = SOURCE.rglob("*.py")
    found = {path.relative_to(SOURCE).as_posix() for path in files if asking.search(path.read_text("utf-8"))}
    assert found == {"dates.py"}
    users = {name for name in MODULES if re.search(r"import .*\btoday\b", MODULES[name].read_text("utf-8"))}
    assert users
    assert {name for name in users if not name.startswith("cli.")} == set(), (
        "the day is given, so that --on can give another"
    )


def test_no_circle_of_imports() -> None:
    state: dict[str, int] = {}

    def visit(name: str, trail: tuple[str, ...]) -> None:
        if state.get(name) == 2:
            return
        assert state.get(name) != 1, f"a circle: {' > '.join((*trail, name))}"
        state[name] = 1
        for other in inner(name):
            if other in MODULES and other != name:
                visit(other, (*trail, name))
        state[name] = 2

    for name in MODULES:
        visit(name, ())


def leaf(name: str, folder: str) -> str:
    """Return the leaf of a folder that a module belongs to: a leaf grown into a folder is one leaf."""
    return ".".join(name.split(".")[: folder.count(".") + 2])


def test_leaves_never_import_each_other() -> None:
    shared = {"check.rules.base", *(name for name in FLOORS if name.startswith("cli."))}
    wrong = {
        f"{name} imports its neighbour {other}"
        for folder in LEAVES
        for name in MODULES
        if name.startswith(folder + ".") and name not in shared
        for other in inner(name)
        if other.startswith(folder + ".") and not any(under(other, p) for p in {*shared, leaf(name, folder)})
    }
    assert wrong == set()


def test_leaves_import_only_what_is_below() -> None:
    wrong = {
        f"{name} knows {other}"
        for folder, known in NARROW.items()
        for name in MODULES
        if name.startswith(folder + ".") and name != "check.rules.base"
        for other in inner(name)
        if not any(under(other, place) for place in (*known, leaf(name, folder)))
    }
    assert wrong == set()


def test_libraries_are_imported_where_they_belong() -> None:
    wrong = {
        f"{name} imports {library}"
        for library, homes in WALLS.items()
        for name in MODULES
        if any(under(used, library) for used in imports(name))
        and not any(under(name, home.rstrip(".")) for home in homes)
    }
    assert wrong == set()


def test_functions_stay_small() -> None:
    long = []
    for name in MODULES:
        for node in ast.walk(tree(name)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or node.lineno) - node.lineno + 1
                most = 40 if name.startswith("cli.") and node.name == "command" else 60
                if length > most:
                    long.append(f"{name}.{node.name}: {length} lines, {most} at most")
    assert long == []


NAMED_TUPLE = {"_asdict", "_fields", "_make", "_replace"}  # public, in spite of their names (docs.python.org)


def test_private_names_stay_in_their_module() -> None:
    """Neither those of plancli nor those of another library."""
    found = []
    for file in (file for pattern in CODE for file in ROOT.glob(pattern)):
        tree = ast.parse(file.read_text("utf-8"))
        own = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Attribute):
                is_own = ast.unparse(node.value) in ("self", "cls") or node.attr in own | NAMED_TUPLE
                used = [] if is_own else [node.attr]
            elif isinstance(node, ast.Import | ast.ImportFrom):
                names = [alias.name for alias in node.names if alias.name != "_"]
                used = ".".join([*names, node.module or "" if isinstance(node, ast.ImportFrom) else ""]).split(".")
            else:
                continue
            if any(re.match(r"_(?!_)", name) for name in used):
                found.append(f"{file.relative_to(ROOT)}:{node.lineno}: {ast.unparse(node)[:60]}")
    assert found == []


def test_no_test_replaces_our_own_functions() -> None:
    """A test may replace what the system does (``os.fsync``), never what plancli does."""
    replaced = []
    for file in Path(__file__).parent.rglob("*.py"):
        tree = ast.parse(file.read_text("utf-8"))
        ours = {
            alias.asname or alias.name
            for node in ast.walk(tree)
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("plancli")
            for alias in node.names
        }
        for call in [node for node in ast.walk(tree) if isinstance(node, ast.Call)]:
            if isinstance(call.func, ast.Attribute) and call.func.attr in ("setattr", "object", "setitem"):
                target = ast.unparse(call.args[0]).strip("'\"")
                if target.startswith("plancli") or target in ours:
                    replaced.append(f"{file.name}:{call.lineno}: {ast.unparse(call)[:60]}")
    assert replaced == []
