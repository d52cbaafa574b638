"""Pages name what exists: files, options, as many rules as there are."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from plancli.cli.app import COMMANDS

Typed = Callable[..., Any]
ROOT = Path(__file__).parents[1]
PAGES = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in ROOT.glob("docs/*.md")} | {
    path.name: path.read_text("utf-8") for path in ROOT.glob("*.md")
}
OTHERS = {
    "--no-textconv --word-diff": "git",
    "--update-golden --hypothesis-profile": "pytest",
    "--cpu --only --quick --write": "benchmarks/run.py",
    "--pilote": "refused, in French",
}


@pytest.mark.parametrize("page", sorted(PAGES))
def test_every_file_that_is_named_exists(page: str) -> None:
    named = re.findall(r"`((?:benchmarks|data|docs|fuzz|schema|scripts|src|tests)/[\w./-]+)", PAGES[page])
    named += re.findall(r"(?<=python )((?:benchmarks|fuzz|scripts|tests)/[\w./-]+)", PAGES[page])
    linked = re.findall(r"\]\((?!http|#)([^)#]+)", PAGES[page])
    places = [ROOT / name for name in named if name != "benchmarks/.work"]
    places += [(ROOT / page).parent / name for name in linked]
    assert [str(place) for place in places if not place.exists()] == []


def test_every_option_that_is_named_exists(plancli: Typed) -> None:
    commands = [command.name for command in COMMANDS if command.name != "git"]
    pages = [plancli("--help"), *(plancli(name, "--help") for name in commands)]
    pages += [plancli("git", name, "--help") for name in ("install", "uninstall", "status")]
    known = set(re.findall(r"--[a-z][a-z-]+", " ".join(page.out for page in pages)))
    known |= {option for options in OTHERS for option in options.split()}
    for page, text in PAGES.items():
        ours = [*re.findall(r"plancli (?!git )[^`|\n]*", text), *re.findall(r"`--[^`]*`", text)]
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", " ".join(ours))) <= known, page


def test_every_decision_is_a_paragraph() -> None:
    paragraphs = PAGES["docs/decisions.md"].split("\n\n")
    assert [text[:60] for text in paragraphs if re.search(r"\n\*\*[^*]+\.\*\* ", text)] == []
