"""Look for known weaknesses in what plancli needs: ``python scripts/audit.py`` runs ``pip-audit --strict``.

pip-audit asks PyPI for its data. Without network to it, it looks at nothing: this script then says so and ends
with 3, and with 0 only where every dependency was looked at. So it is no step of CI, whose machines may have no
network.
"""

import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
EXTRAS = "office,page"


def main() -> None:
    """Install plancli alone into a fresh environment and audit what came with it."""
    with tempfile.TemporaryDirectory(prefix="plancli-audit-") as place:
        folder = Path(place)
        for name, what in (("plancli", f"{ROOT}[{EXTRAS}]"), ("audit", "pip-audit>=2.7,<3")):
            subprocess.run([sys.executable, "-m", "venv", folder / name], check=True)
            subprocess.run([folder / name / "bin" / "pip", "install", "--quiet", what], check=True)
        wanted = folder / "wanted.txt"
        listed: list[str | Path] = [folder / "plancli" / "bin" / "pip", "freeze", "--exclude", "plancli"]
        wanted.write_bytes(subprocess.run(listed, check=True, stdout=subprocess.PIPE).stdout)
        line: list[str | Path] = [
            folder / "audit" / "bin" / "pip-audit",
            "--strict",
            "--disable-pip",
            "--no-deps",
            "-f",
            "json",
        ]
        done = subprocess.run([*line, "-r", wanted], stdout=subprocess.PIPE, check=False)
        sys.exit(told(done.returncode, done.stdout, wanted.read_text()))


def told(code: int, answer: bytes, wanted: str) -> int:
    """Return what was found: 0 nothing, 1 a weakness, 3 where not everything was looked at."""
    try:
        looked_at = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        looked_at = []
    names = {_plain(each["name"]) for each in looked_at if "skip_reason" not in each}
    missed = [line for line in wanted.split() if _plain(line.partition("==")[0]) not in names]
    for each in looked_at:
        for weakness in each.get("vulns", ()):
            print(f"{each['name']} {each['version']}: {weakness['id']}")
    if missed:
        print(f"not looked at: {', '.join(missed)}")
        return 3
    print(f"{len(names)} packages looked at")
    return 1 if code else 0


def _plain(name: str) -> str:
    return re.sub("[-_.]+", "-", name).lower()


if __name__ == "__main__":
    main()
