"""Try both ends of the bounds of dependencies: ``python -m scripts.bounds [lowest] [highest]``.

Each end is a virtual environment that takes all it hasn't from the one that runs this script: ``lowest`` has each
dependency at its lower bound, ``highest`` at the newest that the bounds allow, ``newest-typer`` has Typer's next
version, which plancli runs on and a bound keeps out (docs/decisions/typer-bound.md). The quick tests run at all
ends at once, against an installed plancli; what was installed and what came of the tests is printed when they have
ended. What stands after ``--`` goes to pytest.
"""

import re
import subprocess
import sys
import sysconfig
import tempfile
import tomllib
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXTRAS = ("office", "page", "editor")
ENDS = ("lowest", "highest", "newest-typer")
NEWEST_TYPER = "typer>=0.29,<0.30"


def dependencies() -> dict[str, tuple[str, str]]:
    """Return what plancli needs at run time, extras included: name, lower bound, upper bound."""
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


def wanted_at(end: str) -> list[str]:
    """Return what pip has to install for an end."""
    if end == "lowest":
        return [f"{name}=={lowest_of(low)}" for name, (low, _high) in dependencies().items()]
    if end == "highest":
        return ["--upgrade", *(f"{name}<{high}" for name, (_low, high) in dependencies().items())]
    return [NEWEST_TYPER]


def run(*line: str | Path) -> str:
    """Run a program in the checkout; return what it wrote, or raise CalledProcessError with it."""
    pipe = subprocess.PIPE
    done = subprocess.run(line, cwd=ROOT, check=True, stdout=pipe, stderr=subprocess.STDOUT, encoding="utf-8")
    return done.stdout


def install(folder: Path, end: str, wheel: Path) -> Path:
    """Make the environment of an end and install plancli there; return its Python."""
    python = folder / "bin" / "python"
    run(sys.executable, "-m", "venv", "--without-pip", folder)
    here = sysconfig.get_path("purelib")
    there = sysconfig.get_path("purelib", vars={"base": str(folder)})
    Path(there, "all-else.pth").write_text(f"import site; site.addsitedir({here!r})\n", "utf-8")
    pip = (sys.executable, "-m", "pip", "--python", python)
    run(*pip, "install", "--quiet", *wanted_at(end))
    run(*pip, "install", "--quiet", "--no-deps", "--force-reinstall", wheel)
    return python


def attempt(folder: Path, end: str, wheel: Path, options: list[str]) -> tuple[bool, str]:
    """Run the tests at an end; return whether they passed, and what was written."""
    try:
        python = install(folder, end, wheel)
        installed = run(sys.executable, "-m", "pip", "--python", python, "freeze", "--exclude-editable")
        return True, installed + run(python, "-m", "pytest", *options)
    except subprocess.CalledProcessError as error:
        return False, f"{error}\n{error.stdout}"


def main() -> None:
    """Try the ends that are named, or both."""
    given = sys.argv[1:]
    options = given[given.index("--") + 1 :] if "--" in given else []
    ends = given[: given.index("--")] if "--" in given else given
    if set(ends) - set(ENDS):
        sys.exit(__doc__)
    failed = []
    with tempfile.TemporaryDirectory(prefix="plancli-bounds-") as place, ThreadPoolExecutor() as pool:
        folder = Path(place)
        run(sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", folder, ".")
        [wheel] = folder.glob("*.whl")
        tried = [(end, pool.submit(attempt, folder / end, end, wheel, options)) for end in ends or ENDS[:2]]
        for end, result in tried:
            passed, told = result.result()
            print(f"-- {end}\n{told}", flush=True)
            failed += [] if passed else [end]
    sys.exit(f"failed: {', '.join(failed)}" if failed else 0)


if __name__ == "__main__":
    main()
