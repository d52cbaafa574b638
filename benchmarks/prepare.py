"""Make what is measured: a venv for plancli and one for its peers, plans of all sizes, histories."""

import os
import platform
import shutil
import subprocess
import sys
import time
import venv
from pathlib import Path

from generate import history, new_keys, plan, revised

HERE = Path(__file__).parent
ROOT = HERE.parent
WORK = HERE / ".work"
REAL = ROOT / "data" / "plan.yaml"
SCHEMA = ROOT / "schema" / "plan.schema.json"
PEERS = ("check-jsonschema", "yamllint")
AJV = WORK / "node_modules" / ".bin" / "ajv"


def file(actions: int) -> str:
    """Return the path of the plan of so many actions."""
    return str(WORK / f"plan-{actions}.yaml")


def revised_file(actions: int) -> str:
    """Return the path of the same plan, in which one action in a hundred is another."""
    return str(WORK / f"revised-{actions}.yaml")


def full_file(actions: int, entries: int = 0) -> str:
    """Return the path of the same plan with all keys that plans may have, and so many entries an action."""
    return str(WORK / f"full-{actions}-{entries}.yaml")


def table_file() -> str:
    """Return the path of a table of 10,000 actions."""
    return str(WORK / "table.csv")


def many_files() -> list[str]:
    """Return the paths of the 101 plans of 31 actions."""
    return [str(each) for each in sorted((WORK / "many").glob("*.yaml"))]


def prepare(sizes: tuple[int, ...]) -> None:
    """Make all that isn't there yet; plancli is installed anew. A peer that can't be had is done without."""
    WORK.mkdir(exist_ok=True)
    shutil.rmtree(WORK / "plancli", ignore_errors=True)
    _install("plancli", f"{ROOT}[all]", check=True)
    if not (WORK / "peers").exists():
        _install("peers", *PEERS, check=False)
    if shutil.which("npm") and not AJV.exists():
        command = ["npm", "install", "--silent", "--prefix", str(WORK), "ajv-cli@5"]
        subprocess.run(command, check=False, timeout=300, stdout=subprocess.DEVNULL)
    for actions in sizes:
        if not Path(file(actions)).exists():
            text = plan(actions)
            Path(file(actions)).write_text(text, "utf-8", newline="\n")
            Path(revised_file(actions)).write_text(revised(text), "utf-8", newline="\n")
        for entries in (0, 5):
            if actions <= 10_000 and not Path(full_file(actions, entries)).exists():
                text = new_keys(Path(file(actions)).read_text("utf-8"), entries=entries)
                Path(full_file(actions, entries)).write_text(text, "utf-8", newline="\n")
    if not Path(table_file()).exists():
        command = [WORK / "plancli" / "bin" / "plancli", "export", table_file(), "--plan", file(10_000)]
        subprocess.run(command, check=True, capture_output=True)
    if not (WORK / "many").exists():
        (WORK / "many").mkdir()
        for seed in range(101):
            (WORK / "many" / f"plan-{seed:03}.yaml").write_text(plan(31, seed), "utf-8", newline="\n")
    texts = {"history": (REAL.read_text("utf-8"), 500), "real-history": (REAL.read_text("utf-8"), 2)}
    texts |= {f"history-{n}": (Path(file(n)).read_text("utf-8"), 2) for n in sizes}
    for name, (text, commits) in texts.items():
        if not (WORK / name).exists():
            history(text, commits, WORK / name)


def _install(name: str, *packages: str, check: bool) -> None:
    venv.create(WORK / name, with_pip=True)
    subprocess.run([WORK / name / "bin" / "pip", "install", "-qq", *packages], check=check, timeout=600)


def machine() -> str:
    """Return the machine, how busy it is, and the versions that figures belong to."""
    wanted = {"plancli": ("plancli=", "typer=", "pyyaml="), "peers": tuple(f"{peer}=" for peer in PEERS)}
    named = [each for name, starts in wanted.items() for each in _installed(name) if each.startswith(starts)]
    if AJV.exists():
        command = ["npm", "ls", "--prefix", WORK, "ajv-cli"]
        listed = subprocess.run(command, capture_output=True, text=True, check=False).stdout
        named += [word for word in listed.split() if word.startswith("ajv-cli@")]
    git = subprocess.run(["git", "--version"], capture_output=True, text=True, check=False).stdout.strip()
    system = f"{platform.system()} {platform.release()}, {os.cpu_count()} cores ({_processor()})"
    load = ", ".join(f"{each:.1f}" for each in os.getloadavg())
    day = time.strftime("%Y-%m-%d %H:%M", time.gmtime())
    versions = ", ".join(each.replace("==", " ") for each in named)
    return (
        f"{day} UTC; {system}; Python {platform.python_version()}; {versions}; {git}. "
        f"Load when it began (1, 5, 15 minutes): {load}."
    )


def _processor() -> str:
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.machine()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "unnamed")


def _installed(name: str) -> list[str]:
    command = [WORK / name / "bin" / "pip", "list", "--format=freeze"]
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout.lower().split()
    except (OSError, subprocess.CalledProcessError):
        return []


if __name__ == "__main__":
    prepare(tuple(map(int, sys.argv[1:])))
