"""Both distributions, built once as for a release, and virtual environments to install them into."""

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).parents[1]
TOOLS = ("pip", "build>=1.2,<2", "twine>=6,<7", "check-wheel-contents>=0.6,<1")


class Distributions(NamedTuple):
    """A wheel, the sdist that it was built from, and the folder of the programs that packagers use."""

    wheel: Path
    sdist: Path
    bin: Path

    def run(self, *args: object) -> None:
        """Run one of the programs."""
        subprocess.run([self.bin / str(args[0]), *map(str, args[1:])], check=True, stdout=subprocess.DEVNULL)

    def install(self, folder: Path, *what: object) -> Path:
        """Make a virtual environment and install something there; give the folder of its programs."""
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder], check=True)
        bin = bin_of(folder)
        self.run("python", "-m", "pip", "--python", bin / "python", *QUIET, "install", *what)
        return bin


QUIET: Sequence[str] = ("--quiet", "--disable-pip-version-check")


def bin_of(folder: Path) -> Path:
    """Return where a virtual environment has its programs."""
    return folder / ("Scripts" if sys.platform == "win32" else "bin")


def make_distributions(folder: Path) -> Distributions:
    """Build the sdist from a copy of the source, and the wheel from the sdist."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "venv"], check=True)
    bin = bin_of(folder / "venv")
    pip: list[str | Path] = [sys.executable, "-m", "pip", "--python", bin / "python", *QUIET]
    subprocess.run([*pip, "install", *TOOLS], check=True)
    line: list[str | Path] = [bin / "python", "-m", "build", "--outdir", folder / "dist", ROOT]
    subprocess.run(line, check=True, cwd=folder, stdout=subprocess.DEVNULL)
    [wheel], [sdist] = (folder / "dist").glob("plancli-*.whl"), (folder / "dist").glob("plancli-*.tar.gz")
    return Distributions(wheel, sdist, bin)
