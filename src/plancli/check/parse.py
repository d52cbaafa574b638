"""From bytes to as much of a plan as can be read, with what was found on the way."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from plancli.check.scan import MAX_SIZE, count_actions, has_breaks, scan
from plancli.diagnostic import Finding, Part
from plancli.i18n import _
from plancli.location import Path
from plancli.plan.document import BOM, Document, read_document
from plancli.plan.model import Directorate, Plan, ShapeError, read_plan

if TYPE_CHECKING:
    from plancli.check.schema.validation import ShapeFinding


class ParseResult:
    """A plan as far as it was read, filled in step by step.

    ``syntax`` is what is wrong with its bytes and its YAML, ``shape`` with its keys and types.
    ``is_complete``: nothing was left out or replaced; ``bad_paths`` are the paths at which something was, and
    ``unknown_keys`` the keys of the plan whose value isn't known.
    """

    def __init__(
        self, document: Document, syntax: list[Finding], plan: Plan | None = None, unchecked: int = 0
    ) -> None:
        self.document = document
        self.syntax = syntax
        self.shape: list[Finding] = []
        self.plan = plan
        self.is_complete = plan is not None
        self.bad_paths: list[Path] = []
        self.unknown_keys: frozenset[str] = frozenset()
        self.actions = len(plan.actions) if plan else 0
        self.unchecked = unchecked


def parse(source: bytes, name: str, max_size: int = MAX_SIZE, notes: bool = True) -> ParseResult:
    """Read a file, whatever is wrong with it."""
    scanned = scan(source, name, max_size, notes)
    findings = list(scanned.findings)
    if not scanned.readable:
        shown = Document(scanned.shown.encode("utf-8", "replace"), name)
        return ParseResult(shown, findings, unchecked=count_actions(scanned.shown))
    document = read_document(source, name)
    if document.stopped is not None or has_breaks(source):
        document, lost, starts = _mend_lost_lines(document)
        if document.stopped is None and not has_breaks(source):
            return _read_invalid(document, findings + lost, starts)
        return _read_broken_yaml(document, findings + lost, starts)
    if document.is_empty:
        findings.append(_empty(source))
        return ParseResult(document, findings)
    if not document.findings:
        try:
            plan = read_plan(document.data)
        except ShapeError:
            pass
        else:
            return ParseResult(document, findings, plan)
    document, lost, starts = _mend_lost_lines(document)
    return _read_invalid(document, findings + lost, starts)


def _mend_lost_lines(document: Document) -> tuple[Document, list[Finding], frozenset[int]]:
    """Return the document with lost dashes put back, what was found, and the lines of these blocks."""
    from plancli.check.scan.lost_lines import find_lost_lines

    lost = find_lost_lines(document)
    if lost is None:
        return document, [], frozenset()
    return read_document(document.source, document.name, lost.mended), lost.findings, lost.starts


def _empty(source: bytes) -> Finding:
    blank = not source.removeprefix(BOM).strip()
    message = _("the file is empty") if blank else _("the file holds only comments")
    hint = _("a plan begins with its title: title: >- and the title on the lines under it")
    return Finding(message, part=Part.HEAD, help=hint, rule="empty-file")


def _read_broken_yaml(document: Document, findings: list[Finding], lost: frozenset[int]) -> ParseResult:
    """Read what can be read of a file whose YAML is broken."""
    from plancli.check.scan.recovery import recover, skipped_paths

    recovery = recover(document)
    findings += recovery.findings
    result = ParseResult(recovery.document, findings)
    if not recovery.document.is_empty:
        skipped = skipped_paths(recovery.document.data)
        _read_valid_part(result, skipped, recovery.is_truncated, lost)
    elif not recovery.findings:
        findings.append(_empty(document.source))
    result.actions = max(result.actions - recovery.partial_actions, 0)
    return _counted(result, recovery.partial_actions)


def _read_invalid(document: Document, findings: list[Finding], lost: frozenset[int]) -> ParseResult:
    """Read what can be read of a file that is YAML and not a plan."""
    from plancli.check.scan.recovery import recover_spaces

    recovery = recover_spaces(document)
    if recovery:
        result = ParseResult(recovery.document, [*findings, *recovery.findings])
    else:
        result = ParseResult(document, findings)
    _read_valid_part(result, [], is_truncated=False, lost=lost)
    return _counted(result)


def _read_valid_part(result: ParseResult, skipped: list[Path], is_truncated: bool, lost: frozenset[int]) -> None:
    """Find what hasn't the shape of a plan, and read the plan without it.

    ``skipped`` has the paths of what isn't valid YAML. Of a block that begins in a line of ``lost`` it has been
    reported already what it lacks.
    """
    from plancli.check.schema.placeholders import fill_placeholders, skipped_error
    from plancli.check.schema.validation import find_shape_errors, word

    document, data = result.document, result.document.data
    last = _last_path(data) if is_truncated else None
    errors = [
        each
        for each in find_shape_errors(data)
        if each.path != last and not _follows_from_skipping(each, skipped, is_truncated)
    ]
    reported = [each for each in errors if not (each.missing and _head_line(document, each.path[:-1]) in lost)]
    result.syntax, result.shape = word(document, result.syntax + document.findings, reported)
    skipped_errors = [skipped_error(path) for path in skipped]
    result.bad_paths = [error.path for error in (*errors, *skipped_errors)]
    result.unknown_keys = frozenset(
        str(path[0])
        for path in result.bad_paths
        if path and (len(path) == 1 or path[0] in ("period", "priorities", "levels", "statuses", "fields"))
    )
    try:
        plan = read_plan(fill_placeholders(data, (*errors, *skipped_errors)))
    except ShapeError:
        return
    result.plan = _with_codes(plan, frozenset(_keys_outside(data)))
    result.actions = len(plan.actions)


def _with_codes(plan: Plan, keys: frozenset[str]) -> Plan:
    """Return the plan with the codes that its actions name and that are keys at another place than theirs."""
    declared = {directorate.code for directorate in plan.directorates}
    named = {code for action in plan.actions for code in action.pilots + action.associated}
    codes = sorted((named & keys) - declared)
    stand_ins = (Directorate(code, None, None, None, ("directorates", code)) for code in codes)
    return plan._replace(directorates=(*plan.directorates, *stand_ins))


def _last_path(data: object) -> Path:
    """Return the path of the last value of the data, a container if it is empty."""
    path: Path = ()
    while isinstance(data, dict | list) and data:
        steps: list[str | int] = [next(reversed(data)) if isinstance(data, dict) else len(data) - 1]
        data = list(data.values())[-1] if isinstance(data, dict) else data[-1]
        path = (*path, *steps)
    return path


def _keys_outside(data: object) -> Iterator[str]:
    """Yield the keys of all mappings, but for what stands in the orientations."""
    if isinstance(data, list):
        for item in data:
            yield from _keys_outside(item)
    elif isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            if key != "orientations":
                yield from _keys_outside(value)


def _counted(result: ParseResult, partial_actions: int = 0) -> ParseResult:
    """Count the actions that could not be checked: those that were skipped, or whose text is in the file."""
    skipped = sum(1 for path in result.bad_paths if len(path) > 1 and path[-2] == "actions")
    result.unchecked = max(count_actions(result.document.text) - result.actions, skipped + partial_actions)
    return result


def _head_line(document: Document, path: Path) -> int:
    return document.span(path, Part.HEAD).start.line


def _follows_from_skipping(error: "ShapeFinding", skipped: list[Path], is_truncated: bool) -> bool:
    """Return whether an error is there only because something was skipped."""
    path = error.path
    if any(path[: len(above)] == above for above in skipped):
        return True
    if not (is_truncated and error.finding and error.missing):
        return False
    return len(path) == 1 or any(each[: len(path) - 1] == path[:-1] for each in skipped)
