"""Try both ends of the bounds of dependencies: ``python scripts/bounds.py [lowest] [highest]``.

Each end gets a fresh virtual environment: ``lowest`` has each dependency at its lower bound, ``highest`` at the
newest that the bounds allow, ``newest-typer`` has Typer's next version besides, which plancli runs on and a bound
keeps out (docs/decisions/typer-bound.md). What was installed is printed, then the quick tests run; what stands
after ``--`` goes to pytest. uv is used where it is, else pip.
"""

import re
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXTRAS = ("office", "page")
ENDS = ("lowest", "highest", "newest-typer")
NEWEST_TYPER = "typer>=0.29,<0.30"


def dependencies() -> dict[str, tuple[str, str]]:
    """Give what plancli needs at run time, extras included: name, lower bound, upper bound."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    wanted = [*project["dependencies"]]
    for extra in EXTRAS:
        wanted += project["optional-dependencies"][extra]
    found = {}
    for each in wanted:
        match = re.fullmatch(r"([\w.-]+)>=([\d.]+),<([\d.]+)", each)
        if match is None:
            sys.exit(f"{each}: a dependency needs a lower and an upper bound, name>=1.2,<3")
        found[match[1]] = (match[2], match[3])
    return found


def lowest_of(version: str) -> str:
    """Pin a lower bound: 0.26 means 0.26.0, and 6.0.1 itself."""
    return version + ".0" * (2 - version.count("."))


def run(*line: str | Path) -> int:
    """Run a program in the checkout and give its exit code."""
    print("+", *line, flush=True)
    return subprocess.run(line, cwd=ROOT, check=False).returncode


def install(folder: Path, end: str) -> Path:
    """Make an environment at one end; give its Python."""
    uv = shutil.which("uv")
    python = folder / "venv" / "bin" / "python"
    pins = folder / "pins.txt"
    pinned = [f"{name}=={lowest_of(low)}" for name, (low, _high) in dependencies().items()]
    pins.write_text("\n".join(pinned if end == "lowest" else []) + "\n")
    make = [uv, "venv", "--quiet", "--python", sys.executable] if uv else [sys.executable, "-m", "venv"]
    pip: list[str | Path] = [uv, "pip"] if uv else [python, "-m", "pip"]
    aim: list[str | Path] = ["--python", python] if uv else []
    if run(*make, folder / "venv") or run(*pip, "install", "--quiet", *aim, "--constraint", pins, ".[all,test]"):
        sys.exit(f"{end}: can't be installed")
    if end == "newest-typer" and run(*pip, "install", "--quiet", *aim, NEWEST_TYPER):
        sys.exit(f"{end}: can't be installed")
    run(*pip, "freeze", *aim)
    return python


def main() -> None:
    """Try the ends that are named, or both."""
    given = sys.argv[1:]
    options = given[given.index("--") + 1 :] if "--" in given else []
    named = given[: given.index("--")] if "--" in given else given
    if set(named) - set(ENDS):
        sys.exit(__doc__)
    failed = []
    for end in named or ENDS[:2]:
        with tempfile.TemporaryDirectory(prefix="plancli-bounds-") as place:
            python = install(Path(place), end)
            failed += [end] if run(python, "-m", "pytest", *options) else []
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
