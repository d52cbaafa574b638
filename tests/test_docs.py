"""Pages say what is so: files, options and figures that exist, as many rules as there are."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from plancli.cli.main import COMMANDS
from plancli.review.diff.identity import ELSEWHERE, SAME_NUMBER

Typed = Callable[..., Any]
ROOT = Path(__file__).parents[1]
PAGES = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in ROOT.glob("docs/**/*.md")} | {
    path.name: path.read_text("utf-8") for path in ROOT.glob("*.md")
}
OTHERS = {
    "--no-textconv --word-diff": "git",
    "--update-golden --hypothesis-profile": "pytest",
    "--cpu --only --quick --write": "benchmarks/run.py",
    "--pilote": "refused, in French",
}


def test_every_file_that_is_named_exists() -> None:
    missing = []
    for page, text in PAGES.items():
        named = re.findall(r"`((?:benchmarks|data|docs|fuzz|schema|scripts|src|tests)/[\w./-]+)", text)
        named += re.findall(r"(?<=python )((?:benchmarks|fuzz|scripts|tests)/[\w./-]+)", text)
        named += [
            f"{each.replace('.', '/')}" for each in re.findall(r"(?<=python -m )((?:fuzz|scripts)[\w.]*)", text)
        ]
        places = [ROOT / name for name in named if name != "benchmarks/.work"]
        places += [(ROOT / page).parent / name for name in re.findall(r"\]\((?!http|#)([^)#]+)", text)]
        missing += [str(each) for each in places if not each.exists() and not each.with_suffix(".py").exists()]
    assert missing == []


def test_every_option_that_is_named_exists(plancli: Typed) -> None:
    commands = [command.name for command in COMMANDS if command.name != "git"]
    pages = [plancli("--help"), *(plancli(name, "--help") for name in commands)]
    pages += [plancli("git", name, "--help") for name in ("install", "uninstall", "status")]
    known = set(re.findall(r"--[a-z][a-z-]+", " ".join(page.out for page in pages)))
    known |= {option for options in OTHERS for option in options.split()}
    for page, text in PAGES.items():
        ours = [*re.findall(r"plancli (?!git )[^`|\n]*", text), *re.findall(r"`--[^`]*`", text)]
        assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", " ".join(ours))) <= known, page


def test_a_decision_is_a_short_page_of_three_paragraphs_and_stands_in_the_index() -> None:
    pages = {path: text for path, text in PAGES.items() if path.startswith("docs/decisions/")}
    index = pages.pop("docs/decisions/README.md")
    for path, text in pages.items():
        title, *paragraphs = text.strip().split("\n\n")
        assert [each.split(" ")[0] for each in paragraphs] == [
            "**Context.**",
            "**Decision.**",
            "**Consequence.**",
        ], path
        assert text.count("\n") <= 24, f"{path}: figures go to docs/performance.md, details to another page"
        assert f"[{title.removeprefix('# ')}]({Path(path).name})" in index


def test_contributing_names_files_and_functions_that_exist() -> None:
    source = ROOT / "src" / "plancli"
    for name, what in re.findall(r"`([\w/]+\.py)`(?: `(\w+)`)?", PAGES["CONTRIBUTING.md"]):
        file = source / name if (source / name).exists() else ROOT / name
        assert file.exists(), name
        text = file.read_text("utf-8")
        assert re.search(rf"(def|class) {what}\b|^{what}\b", text, re.MULTILINE), f"{name} has no {what}"
    for folder in re.findall(r"`([\w/]+/)`", PAGES["CONTRIBUTING.md"]):
        assert (source / folder).is_dir() or (ROOT / folder).is_dir(), folder


def test_the_page_about_review_has_the_figures_of_the_code() -> None:
    text = " ".join(PAGES["docs/review.md"].split())
    assert f"**{SAME_NUMBER:.0%}".replace("%", " %") + "** under one number" in text
    assert f"**{ELSEWHERE:.0%}".replace("%", " %") + "** under different numbers" in text
