"""A Rule to check, a Finding in the data, a Diagnostic in the file, a Run over files."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Any, NamedTuple

from plancli.errors import Invalid
from plancli.i18n import _, plain_spaces
from plancli.location import Path, Position, Span
from plancli.text import truncate, wrap


class Severity(StrEnum):
    """The severity of a diagnostic; only an error makes a plan invalid."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"

    @property
    def word(self) -> str:
        """The word for people; programs get the value."""
        if self is Severity.NOTE:
            return _("note", "severity")
        return _("error") if self is Severity.ERROR else _("warning")


class Part(StrEnum):
    """The part of a path that is meant: its value, its key, or the head of its block (its first key)."""

    VALUE = "value"
    KEY = "key"
    HEAD = "head"
    DASH = "dash"


class Fixable(StrEnum):
    """The kinds of fixes that the findings of a rule have: none, safe ones, unsafe ones, or both."""

    NO = "none"
    SAFE = "safe"
    UNSAFE = "unsafe"
    BOTH = "both"

    @property
    def sentence(self) -> str:
        """The reader's words for it, with the command."""
        command = "plancli validate --fix"
        if self is Fixable.NO:
            return _("Fix: none")
        if self is Fixable.SAFE:
            return _("Fix: safe ({command})").format(command=command)
        if self is Fixable.UNSAFE:
            return _("Fix: unsafe ({command})").format(command=f"{command} --unsafe-fixes")
        return _("Fix: safe or unsafe ({command} shows which)").format(command="plancli validate --diff")


class Rule(NamedTuple):
    """One thing that is checked: its kebab-case name, its severity, one line, and its page (Markdown).

    ``ends``: what breaks it can't be read and isn't checked any further, so the rule can't be ignored.
    """

    name: str
    severity: Severity
    summary: str
    page: str
    ends: bool = False
    fixable: Fixable = Fixable.NO

    @classmethod
    def from_page(
        cls, name: str, severity: Severity, page: str, ends: bool = True, fixable: Fixable = Fixable.NO
    ) -> "Rule":
        """Return a rule whose one line is the first of its page."""
        page = page.strip()
        return cls(name, severity, page.partition("\n")[0].rstrip("."), page, ends, fixable)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The page block by block: a paragraph or a word before an example on one line, an example as it is."""
        blocks = self.page.split("\n\n")
        return tuple(block if block.startswith(" ") else " ".join(block.split()) for block in blocks)

    def translated(self, columns: int | None = None) -> str:
        """Return the page in the reader's language; with ``columns`` its paragraphs are at most that wide."""
        found = []
        for place, (block, text) in enumerate(zip(self.page.split("\n\n"), self.paragraphs, strict=True)):
            if block.startswith(" "):
                found.append(block)
                continue
            told = _(text) if place else _(self.summary) + "."
            found.append("\n".join(wrap(told, columns)) if columns else block if told == text else told)
        return "\n\n".join(found)


class Label(NamedTuple):
    """Another place that explains a finding, with the words under it."""

    path: Path
    text: str
    part: Part = Part.VALUE
    span: Span | None = None


class TextEdit(NamedTuple):
    """A text that replaces a stretch of the file's text; where that is empty, it is inserted there."""

    span: Span
    text: str


class Fix(NamedTuple):
    """The one sure remedy of a finding: edits that belong together.

    Without edits, the file is written anew as its text in UTF-8. ``is_safe``: no word of the plan is touched, and
    nothing else can have been meant. What is at ``paths`` may read otherwise afterwards, and nothing else.
    """

    edits: tuple[TextEdit, ...]
    is_safe: bool
    paths: tuple[Path, ...] = ()


class Remedy(NamedTuple):
    """The value that a rule wants at a path: another one, or the same under another ``key``.

    Without a path, the key that the finding is at is to be a text.

    With ``order``, the blocks of the list there follow each other so: the index of each as they stand now. With
    ``drop``, the item there, which isn't the first of its list, is taken out.
    """

    path: Path
    value: object = None
    key: str = ""
    is_safe: bool = True
    order: tuple[int, ...] = ()
    drop: bool = False


MOST_FINDINGS = 5_000
"""The most findings of a file that are reported: a hostile one could have as many as it has characters."""


class Finding(NamedTuple):
    """A breach of a rule at a path of the data; ``span`` is set only where there is no data yet (scan, YAML).

    ``message`` is short (it is above the excerpt); ``detail`` is what one-line formats add to it; ``label``
    is under the caret; ``value`` is the text at fault, for the fingerprint. ``{line}`` in ``detail`` and
    ``help`` becomes the line of the path ``line_of``. ``fix`` mends it, where only one thing can be meant.

    ``at_latest``: its place is the later one in the file of its path and the path of its first related label.
    ``by_text``: the action is named by its first words, as its number is unreliable. A finding is about all that
    is at its path; with ``about``, about that path alone: a missing key, the type of a value.
    ``needs_all``: only the whole plan shows it. ``continues``: the message goes on from the name of its block, as
    in: action 24 *stands after action 30*.
    """

    message: str
    path: Path = ()
    part: Part = Part.VALUE
    span: Span | None = None
    detail: str = ""
    label: str = ""
    help: str = ""
    related: tuple[Label, ...] = ()
    value: str = ""
    line_of: Path | None = None
    at_latest: bool = False
    by_text: bool = False
    rule: str = ""
    fix: Fix | Remedy | None = None
    about: Path | None = None
    needs_all: bool = False
    continues: bool = False


class Excerpt(NamedTuple):
    """One labelled place of a file, with the source line it is in (without its line break)."""

    span: Span
    line: str
    label: str
    main: bool = False


class Diagnostic(NamedTuple):
    """A finding with its place in a file; everything a reporter prints, and nothing it would have to look up.

    ``words`` is the text of the action (or the title of the measure or orientation) if its number is unreliable;
    ``groups`` are those that it is in, innermost first, where the plan names its levels: ``axe 1``.
    ``needs_all`` and ``continues`` are as in the finding.
    """

    file: str
    span: Span
    rule: str
    severity: Severity
    message: str
    detail: str = ""
    help: str = ""
    action: int | None = None
    measure: int | None = None
    orientation: int | None = None
    words: str = ""
    field: str = ""
    value: str = ""
    excerpts: tuple[Excerpt, ...] = ()
    groups: tuple[str, ...] = ()
    fix: Fix | None = None
    code: str = ""
    needs_all: bool = False
    continues: bool = False

    @property
    def name(self) -> str:
        """What people call the action it is about: its code, else its number; empty where there is none."""
        return self.code or ("" if self.action is None else str(self.action))

    @property
    def sentence(self) -> str:
        """The message for one line."""
        return self.message + self.detail

    @property
    def placed_sentence(self) -> str:
        """The message for one line that names the action, measure or orientation it is about."""
        if self.action is not None:
            return _("action {number}: ").format(number=self.name) + self.sentence
        if self.words:
            return _("« {text} »: ").format(text=truncate(self.words, 40)) + self.sentence
        if self.groups:
            return _("{name}: ").format(name=self.groups[0]) + self.sentence
        if self.measure is not None:
            return _("measure {number}: ").format(number=self.measure) + self.sentence
        if self.orientation is not None:
            return _("orientation {number}: ").format(number=self.orientation) + self.sentence
        return self.sentence

    @property
    def order(self) -> tuple[Span, int]:
        """What diagnostics of one file are sorted by."""
        return self.span, _WEIGHTS[self.severity]


_WEIGHTS = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}


def diagnostic_data(each: Diagnostic) -> dict[str, Any]:
    """Return a diagnostic for JSON: places are 1-based, columns count code points, ends are exclusive."""
    (line, column), (end_line, end_column) = each.span
    return {
        "file": each.file,
        "line": line,
        "column": column,
        "end_line": end_line,
        "end_column": end_column,
        "rule": each.rule,
        "severity": each.severity.value,
        "action": each.action,
        "message": plain_spaces(each.sentence),
        "help": plain_spaces(each.help) or None,
    }


class InvalidPlan(Invalid):
    """A plan that can't be used, with its diagnostics, sorted by place."""

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...], hint: str = "") -> None:
        super().__init__(message, hint)
        self.diagnostics = diagnostics


def fingerprints(diagnostics: Iterable[Diagnostic]) -> list[str]:
    """Return a name for each diagnostic that outlives edits elsewhere: 64 hexadecimal digits, all different.

    It comes from file, rule, action (or measure, or orientation), field and value, never from the line. Those that
    agree in all of them are told apart by their order.
    """
    from hashlib import sha256

    seen: dict[tuple[object, ...], int] = {}
    found = []
    for each in diagnostics:
        place: object = ("action", each.action) if each.action is not None else ("measure", each.measure)
        if each.action is None and each.measure is None:
            place = ("orientation", each.orientation)
        key = (each.file, each.rule, place, each.field, each.value)
        ordinal = seen[key] = seen.get(key, 0) + 1
        found.append(sha256(repr((*key, ordinal)).encode("utf-8", "surrogatepass")).hexdigest())
    return found


NOWHERE = Span(Position(1, 1), Position(1, 1))
"""The first place of a file."""


def unreadable(file: str, message: str, hint: str) -> Diagnostic:
    """Return the error of a file that couldn't be read."""
    excerpts = (Excerpt(NOWHERE, "", "", main=True),)
    return Diagnostic(file, NOWHERE, "unreadable", Severity.ERROR, message, help=hint, excerpts=excerpts)
