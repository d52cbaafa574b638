"""Write docs/rules.md, the pages of all rules: ``python scripts/rule_pages.py``; ``--check`` only compares."""

import re
import sys
from pathlib import Path

from plancli.check.catalogue import RULES
from plancli.diagnostic import Fixable

PAGE = Path(__file__).parents[1] / "docs" / "rules.md"
HEAD = """\
# What is checked

Everything `plancli validate` looks for, in the order of reading; `plancli rule NAME` gives one of these pages. An
*error* makes a plan invalid: no question is answered from it. A *warning* fails with `--strict`, a *note* never
does. `--ignore` takes the names of those marked with ○.

What has one sure remedy is mended by `plancli validate --fix`, and shown by `plancli validate --diff`. A *safe*
fix concerns keys, codes, numbers, years and layout, and changes no word of the plan; an *unsafe* one touches
words, or takes the nearest code or key for the one that was meant, and is done with `--unsafe-fixes` only. Nothing
that was read changes, but for what the finding is about, and no error comes that nothing hid before. Where a
second remedy is as likely, a finding has no fix.

"""
FIXES = {Fixable.NO: "", Fixable.SAFE: "safe", Fixable.UNSAFE: "unsafe", Fixable.BOTH: "safe, unsafe"}


def text() -> str:
    """Return the page as it should be."""
    rows = [
        f"| [{each.name}](#{each.name}) | {each.severity}{'' if each.ends else ' ○'} | {FIXES[each.fixable]} | "
        f"{each.summary} |"
        for each in RULES
    ]
    table = "\n".join(["| name | weight | fix | what holds |", "|---|---|---|---|", *rows])
    pages = [f"## {each.name}\n\n{fenced(each.page)}\n" for each in RULES]
    return f"{HEAD}{table}\n\n" + "\n".join(pages)


def fenced(page: str) -> str:
    """Put the examples of a page, which are indented there, in fences."""
    block = re.compile(r"(?:^ {4}.*\n?|^\n(?= {4}))+", re.MULTILINE)

    def fence(found: re.Match[str]) -> str:
        lines = re.sub(r"^ {4}", "", found[0], flags=re.MULTILINE).strip("\n")
        return f"```yaml\n{lines}\n```\n"

    return block.sub(fence, page).strip()


if __name__ == "__main__":
    if "--check" in sys.argv:
        sys.exit(PAGE.read_text("utf-8") != text())
    PAGE.write_text(text(), "utf-8")
