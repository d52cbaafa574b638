"""The house's one law of imports, and the library walls, read from the code itself."""

import ast
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "plancli"

# Top to bottom: a line imports only from lines under it. A folder stands for all it holds.
FLOORS = [
    "__main__",
    "cli.app",
    "cli.<command>",
    "cli.options",
    "exchange.exporters",
    "exchange.importer",
    "exchange.edition",
    "exchange.headings",
    "exchange.formula",
    "output.renderers",
    "output.layout",
    "output.views",
    "output.report",
    "output.table",
    "output.window",
    "review.history",
    "review.versions",
    "review.merge",
    "review.review",
    "review.diff",
    "review.change",
    "loader",
    "git",
    "check.reporters",
    "check.checker",
    "check.rules",
    "check.schema",
    "check.scan",
    "plan.query",
    "plan.writer",
    "plan.model",
    "plan.document",
    "diagnostic",
    "prose",
    "files",
    "language",
    "errors",
    "location",
    "",  # the package itself: its version
]

# Leaves of these folders never import each other, and only these modules.
NARROW = {
    "check.rules": {"check.rules.base", "plan.model", "prose", "language", "diagnostic", "location"},
    "output.renderers": {"output.layout", "output.report", "output.table", "output.window", "prose", "language"},
    "output.layout": {"output.layout", "output.report", "output.table", "output.window", "prose", "language"},
    "check.reporters": {"diagnostic", "prose", "language"},
}

WALLS = {
    "yaml": ("plan.document",),
    "jsonschema": ("check.schema",),
    "typer": ("cli.",),
    "rich": ("output.renderers.terminal", "check.reporters.full", "cli."),
    "xlsxwriter": ("exchange.exporters.xlsx",),
    "python_calamine": ("exchange.importer",),
    "jinja2": ("exchange.exporters.html",),
    "sqlite3": ("exchange.exporters.sqlite",),
    "subprocess": ("git", "exchange.importer.workbook"),
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


def imports(name: str) -> set[str]:
    """Give what a module imports, at the top or inside functions; names of this package without its prefix."""
    found = set()
    for node in ast.walk(ast.parse(MODULES[name].read_text("utf-8"))):
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
    if name.startswith("cli.") and not name.startswith(("cli.app", "cli.options")):
        return FLOORS.index("cli.<command>")
    matches = [index for index, place in enumerate(FLOORS) if place and under(name, place)]
    return matches[0] if matches else FLOORS.index("")


FOLDERS = {"cli", "exchange", "output", "review", "check", "plan"}


def test_every_module_has_a_floor() -> None:
    homeless = [m for m in MODULES if m and m not in FOLDERS and floor(m) == FLOORS.index("")]
    assert homeless == []


@pytest.mark.parametrize("name", [m for m in MODULES if m])
def test_imports_point_down(name: str) -> None:
    wrong = [other for other in inner(name) if other and other not in FOLDERS and floor(other) < floor(name)]
    assert wrong == [], f"{name} imports from above: {wrong}"


def test_no_circle() -> None:
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


@pytest.mark.parametrize(
    "folder", ["cli", "exchange.exporters", "output.renderers", "check.reporters", "check.rules"]
)
def test_leaves_never_import_each_other(folder: str) -> None:
    shared = {"cli.options", "cli.app", "check.rules.base", folder}
    for name in MODULES:
        if not name.startswith(folder + ".") or name in shared:
            continue
        own = ".".join(name.split(".")[: folder.count(".") + 2])  # a leaf grown into a folder is one leaf
        wrong = {
            o
            for o in inner(name)
            if o.startswith(folder + ".") and not any(under(o, place) for place in {*shared, own} - {folder})
        }
        assert wrong == set(), f"{name} imports its neighbours {wrong}"


@pytest.mark.parametrize("folder", NARROW)
def test_leaves_know_little(folder: str) -> None:
    for name in MODULES:
        if name.startswith(folder + ".") and name != "check.rules.base":
            own = ".".join(name.split(".")[: folder.count(".") + 2])
            wrong = {o for o in inner(name) if not any(under(o, place) for place in (*NARROW[folder], own))}
            assert wrong == set(), f"{name} knows too much: {wrong}"


@pytest.mark.parametrize("library", WALLS)
def test_library_walls(library: str) -> None:
    for name in MODULES:
        uses = any(i == library or i.startswith(library + ".") for i in imports(name))
        at_home = any(name == home or name.startswith(home.rstrip(".") + ".") for home in WALLS[library])
        assert not uses or at_home, f"{name} imports {library}"


@pytest.mark.parametrize("name", MODULES)
def test_files_and_functions_stay_small(name: str) -> None:
    text = MODULES[name].read_text("utf-8")
    assert text.count("\n") <= 300, f"{name} has outgrown 300 lines"
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            most = 40 if name.startswith("cli.") and node.name == "command" else 60
            assert length <= most, f"{name}.{node.name} has {length} lines"
