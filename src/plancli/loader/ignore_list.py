"""The findings that a repository leaves out on purpose: ``.plancli.toml``, or ``[tool.plancli]`` of a project.

    [[ignore]]
    rule = "no-pilot"
    action = 16
    reason = "Named by the committee in March."

Whoever can push can write it: it is bounded, never followed out of its repository, and each fault has its line.
"""

import os
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, Final, NamedTuple

from plancli.check.catalogue import RULES
from plancli.check.checker import Checked
from plancli.diagnostic import Diagnostic, Excerpt, Severity
from plancli.errors import Invalid
from plancli.files import absolute, read_file, relative
from plancli.i18n import _, format_number
from plancli.loader.plan_files import leads_out, link_out
from plancli.location import Position, Span
from plancli.plan.model.shape import LEVELS
from plancli.plan.query.facets import parse_number
from plancli.text import closest, truncate

OWN_FILE: Final = ".plancli.toml"
PROJECT_FILE: Final = "pyproject.toml"

STALE: Final = "stale-ignore"
"""The rule about entries that leave nothing out."""

MOST_BYTES: Final = 1_000_000
MOST_ENTRIES: Final = 1_000
MOST_DOTS: Final = 300
"""In one line: the time and memory that ``tomllib`` takes for a key grow with the square of its parts."""

ENTRY_KEYS: Final = ("rule", "reason", "action", "plan")

# Patterns, compiled by the first file that needs them: most repositories leave nothing out.
_HEAD = r"\s*\[\[\s*(?:tool\s*\.\s*plancli\s*\.\s*)?ignore\s*\]\]"
_KEY = r"\s*(?:\[\s*)?(?:tool\.plancli\.)?ignore\b|\s*\[\s*tool\s*\.\s*plancli\s*\]"


class Ignored(NamedTuple):
    """A rule that is left out, and why; ``action`` (a number or a code) and ``plan`` (a path) limit it.

    ``file`` and ``line`` are where it is said, ``head`` is that line.
    """

    rule: str
    reason: str
    action: int | str | None
    plan: str | None
    file: str
    line: int
    head: str

    @property
    def words(self) -> str:
        """What is left out, in words."""
        if self.action is None:
            return self.rule
        return _("{rule} of action {number}").format(rule=self.rule, number=self.action)

    @property
    def plan_file(self) -> str | None:
        """The file of the plan that it is limited to."""
        return None if self.plan is None else os.path.join(os.path.dirname(self.file), self.plan)

    def is_about(self, path: str) -> bool:
        """Return whether it is about a plan file."""
        return self.plan_file is None or absolute(self.plan_file) == absolute(path)


def _folders(folder: str) -> Iterator[str]:
    """Yield the folder of a plan and those above it, up to the top of its repository.

    Outside one, up to the working folder, and from ``data`` at least to the folder that holds it.
    """
    folders = [folder]
    while not os.path.exists(os.path.join(folders[-1], ".git")):
        above = os.path.dirname(folders[-1])
        if above == folders[-1]:
            here = (at for at, each in enumerate(folders) if relative(each) == ".")
            last = next(here, int(os.path.basename(folder) == "data"))
            folders = folders[: last + 1]
            break
        folders.append(above)
    yield from folders


@lru_cache(maxsize=8)
def _read_entries(file: str, content: bytes) -> tuple[Ignored, ...] | None:
    """Return the entries in the content of a file; None where it is a project that says nothing to plancli.

    The last ones are kept: most plans of a repository have the same file.
    """
    import tomllib

    if os.path.basename(file) == PROJECT_FILE and b"plancli" not in content:
        return None  # whatever else may be wrong with it
    if len(content) > MOST_BYTES:
        raise _fault(file, 1, _("larger than {n} bytes").format(n=format_number(MOST_BYTES)))
    try:
        text = content.decode("utf-8")
        for number, line in enumerate(text.split("\n"), 1):
            if line.count(".") > MOST_DOTS:
                raise _fault(file, number, _("a line with more than {n} dots").format(n=format_number(MOST_DOTS)))
        data: Any = tomllib.loads(text)
    except UnicodeDecodeError:
        raise _fault(file, 1, _("not UTF-8")) from None
    except RecursionError:
        raise _fault(file, 1, _("nested too deeply")) from None
    except ValueError as error:  # of TOML, or of a number that is too long for Python
        told = str(error)
        place = re.compile(r" \(at line (\d+), column (\d+)\)$").search(told)
        reason = told[: place.start()] if place else told
        message = _("not TOML: {reason}").format(reason=truncate(reason, 100))
        raise _fault(file, int(place[1]) if place else 1, message, int(place[2]) if place else 1) from None
    if os.path.basename(file) == PROJECT_FILE:
        tool = data.get("tool")
        if not isinstance(tool, dict) or "plancli" not in tool:
            return None
        data = tool["plancli"]
    return tuple(_entries(file, text, data))


def ignore_list(plan: str) -> tuple[Ignored, ...]:
    """Return what the repository of a plan's file leaves out of its findings; raise Invalid for a fault."""
    if plan == "-":
        return ()
    folder = os.path.dirname(absolute(plan))
    for place in _folders(folder):
        for name in (OWN_FILE, PROJECT_FILE):
            file = relative(os.path.join(place, name))
            if os.path.isfile(file):
                if leads_out(file, place):
                    raise link_out(file, _("Make it a file of the repository, or take it away"))
                found = _read_entries(file, read_file(file, MOST_BYTES + 1))
                if found is not None:
                    return found
    return ()


def _entries(file: str, text: str, data: Any) -> Iterator[Ignored]:
    lines = text.split("\n")
    heads = [at for at, line in enumerate(lines, 1) if re.match(_HEAD, line)]
    first = next((at for at, line in enumerate(lines, 1) if re.match(_KEY, line)), 1)
    if not isinstance(data, dict):
        raise _fault(file, first, _("{value} is no table").format(value="plancli"))
    for key in data:
        if key != "ignore":
            raise _fault(
                file, first, _("unknown key {key}").format(key=truncate(key, 40)), hint=_("Known: ignore")
            )
    entries = data.get("ignore", [])
    if not isinstance(entries, list) or len(entries) > MOST_ENTRIES:
        message = _("ignore is a list of at most {n} tables").format(n=format_number(MOST_ENTRIES))
        raise _fault(file, first, message, hint=_("Begin each with {text}").format(text="[[ignore]]"))
    for at, entry in enumerate(entries):
        line = heads[at] if len(heads) == len(entries) else first
        if not isinstance(entry, dict):
            raise _fault(file, line, _("an entry is a table with rule and reason"))
        yield _entry(file, line, lines[line - 1].rstrip(), entry)


def _entry(file: str, line: int, head: str, entry: dict[str, Any]) -> Ignored:
    """Return an entry; raise Invalid for what it lacks or what is wrong with it."""
    for key in entry:
        if key not in ENTRY_KEYS:
            known = _("Known: {keys}").format(keys=", ".join(ENTRY_KEYS))
            raise _fault(file, line, _("unknown key {key}").format(key=truncate(key, 40)), hint=known)
    for key in ("rule", "reason"):
        if not isinstance(entry.get(key), str) or not entry[key].strip():
            raise _fault(file, line, _("an entry needs its {key}, a text").format(key=key))
    action, plan = entry.get("action"), entry.get("plan")
    if not isinstance(action, int | str | None) or isinstance(action, bool):
        raise _fault(file, line, _("action is a number or a code"))
    if not isinstance(plan, str | None):
        raise _fault(file, line, _("plan is the path of a plan file"))
    rule = next((rule for rule in RULES if rule.name == entry["rule"]), None)
    if rule is None:
        near = closest(entry["rule"], [rule.name for rule in RULES])
        message = _("no rule {word}").format(word=truncate(entry["rule"], 40))
        hint = _("Did you mean {near}?").format(near=near) if near else _("Rules: plancli rule")
        raise _fault(file, line, message, hint=hint)
    if rule.name == STALE:
        raise _fault(file, line, _("{rule} can't be ignored: take the entry out").format(rule=rule.name))
    if rule.ends:
        raise _fault(
            file, line, _("{rule} can't be ignored: what it stands in isn't checked").format(rule=rule.name)
        )
    return Ignored(rule.name, entry["reason"], action, plan, file, line, head)


def _fault(file: str, line: int, message: str, column: int = 1, hint: str = "") -> Invalid:
    return Invalid(f"{file}:{line}:{column}: {message}", hint)


def split(
    checked: Checked, path: str, entries: Sequence[Ignored]
) -> tuple[list[Diagnostic], list[tuple[Diagnostic, Ignored]]]:
    """Return the diagnostics of a file that are left, and those that are ignored, each with its entry."""
    own = [entry for entry in entries if entry.is_about(path)]
    codes = dict(_codes(checked.document.data)) if own else {}
    left, ignored = [], []
    for each in checked.diagnostics:
        entry = next(_matching(own, each, codes), None)
        if entry is None:
            left.append(each)
        else:
            ignored.append((each, entry))
    return left, ignored


def _codes(data: Any) -> Iterator[tuple[str, Any]]:
    """Yield the code of each action with its number, however broken the plan is."""
    groups = [data]
    while groups:
        group = groups.pop()
        for key in LEVELS if isinstance(group, dict) else ():
            blocks = group.get(key)
            for block in blocks if isinstance(blocks, list) else ():
                if key != "actions":
                    groups.append(block)
                elif isinstance(block, dict) and isinstance(block.get("code"), str):
                    yield block["code"], block.get("number")


def _matching(entries: Iterable[Ignored], found: Diagnostic, codes: dict[str, Any]) -> Iterator[Ignored]:
    for entry in entries:
        number = (
            codes.get(entry.action, parse_number(entry.action)) if isinstance(entry.action, str) else entry.action
        )
        if entry.rule == found.rule and (entry.action is None or (number is not None and number == found.action)):
            yield entry


def stale(entry: Ignored) -> Diagnostic:
    """Return the note on an entry that leaves nothing out any more."""
    start = Position(entry.line, 1)
    span = Span(start, Position(entry.line, len(entry.head) + 1))
    return Diagnostic(
        entry.file,
        span,
        STALE,
        Severity.NOTE,
        _("there is nothing to ignore any more: {words}").format(words=entry.words),
        help=_("take the entry out"),
        value=entry.words,
        excerpts=(Excerpt(span, entry.head, "", main=True),),
    )
