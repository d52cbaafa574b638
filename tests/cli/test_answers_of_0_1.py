"""What version 0.1 answered about its plans is answered still, to the byte.

``answers-of-0.1.json`` was written by version 0.1 itself (the last commit of 2026-11-23) and is never written
again. It has, for two plans, questions and how they are read, the hash of exit code and standard output. Not in it
is what was mended on purpose: on 80 columns a list that counts associated directorates (``+2``) says what it is.
"""

import json
import shlex
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from plancli import __version__
from tests.exchange.made_up import SMALL

Typed = Callable[..., Any]
ROOT = Path(__file__).parents[2]
ANSWERS: dict[str, dict[str, dict[str, str]]] = json.loads(
    (ROOT / "tests" / "data" / "answers-of-0.1.json").read_text("utf-8")
)
READ: dict[str, tuple[list[str], int | None, str]] = {
    "pipe, en": ([], None, "en"),
    "pipe, fr": ([], None, "fr"),
    "80 columns, en": ([], 80, "en"),
    "120 columns, fr": ([], 120, "fr"),
    "json": (["--format", "json"], None, "en"),
    "csv": (["--format", "csv"], None, "en"),
    "markdown": (["--format", "markdown"], None, "fr"),
}


@pytest.mark.parametrize("question", ANSWERS["published"])
@pytest.mark.parametrize("name", ANSWERS)
def test_every_answer_stays_to_the_byte(
    plancli: Typed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, question: str
) -> None:
    (tmp_path / "data").mkdir()
    text = (ROOT / "data" / "plan.yaml").read_bytes() if name == "published" else json.dumps(SMALL).encode()
    (tmp_path / "data" / "plan.yaml").write_bytes(text)
    monkeypatch.chdir(tmp_path)
    changed = []
    for kind, hashed in ANSWERS[name].get(question, {}).items():
        options, columns, language = READ[kind]
        answer = plancli(*shlex.split(question), *options, columns=columns, rows=200, PLANCLI_LANG=language)
        said = f"{answer.code}\n{answer.out}".replace(f"plancli {__version__}:", "plancli 0.1.0:")
        if sha256(said.encode()).hexdigest()[:16] != hashed:
            changed.append((kind, answer.out))
    assert changed == []


def test_the_plan_that_ships_stays_to_the_byte() -> None:
    data = (ROOT / "data" / "plan.yaml").read_bytes()
    assert sha256(data).hexdigest() == "1e87077c2851a029d6c0735411ffb847bd9d528bba4cfb946f493baa649c7381"
