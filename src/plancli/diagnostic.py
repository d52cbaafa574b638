"""The nouns of checking: a Check that can be made, a Finding in the data, a Diagnostic in the file."""

from dataclasses import dataclass
from enum import StrEnum

from plancli.errors import Invalid
from plancli.location import Path, Span


class Severity(StrEnum):
    """How much a diagnostic weighs; only an error makes a plan invalid."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Part(StrEnum):
    """Which text of a path is meant: its value, its key, or the head of its block (its first key)."""

    VALUE = "value"
    KEY = "key"
    HEAD = "head"


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that is looked for: its kebab-case name, how much it weighs, one line, and its page (Markdown)."""

    name: str
    severity: Severity
    summary: str
    page: str


@dataclass(frozen=True, slots=True)
class Label:
    """Another place that explains a finding, with the words that stand under it."""

    path: Path
    text: str
    part: Part = Part.VALUE
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check found at a path of the data; ``span`` is set only where there is no data yet (scan, YAML).

    ``message`` is short (it stands above the excerpt); ``more`` is what one-line formats add to it, where
    ``{line}`` stands for the line of the first related label; ``label`` stands under the caret; ``value`` is
    what a fingerprint remembers of the text at fault.
    """

    check: str
    message: str
    path: Path = ()
    part: Part = Part.VALUE
    span: Span | None = None
    more: str = ""
    label: str = ""
    help: str = ""
    related: tuple[Label, ...] = ()
    value: str = ""


@dataclass(frozen=True, slots=True)
class Excerpt:
    """One labelled place of a file, with the source line it stands in (without its line break)."""

    span: Span
    line: str
    label: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """A finding with its place in a file; everything a reporter prints, and nothing it would have to look up."""

    file: str
    span: Span
    check: str
    severity: Severity
    message: str
    more: str = ""
    help: str = ""
    action: int | None = None
    measure: int | None = None
    orientation: int | None = None
    words: str = ""
    field: str = ""
    value: str = ""
    excerpts: tuple[Excerpt, ...] = ()

    @property
    def sentence(self) -> str:
        """The message for one line."""
        return self.message + self.more


class InvalidPlan(Invalid):
    """A plan that can't be used, with its diagnostics, sorted by place."""

    def __init__(self, message: str, diagnostics: tuple[Diagnostic, ...], hint: str = "") -> None:
        super().__init__(message, hint)
        self.diagnostics = diagnostics
