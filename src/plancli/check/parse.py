"""From bytes to as much of a plan as can be read, with what was found on the way."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from plancli.check.scan import count_actions, has_breaks, scan_bytes
from plancli.diagnostic import Finding, Part
from plancli.files import MAX_SIZE
from plancli.i18n import _
from plancli.location import Path, Position
from plancli.plan.document import BOM, Document, read_document
from plancli.plan.model import Directorate, Plan, ShapeError, read_plan, shape

if TYPE_CHECKING:
    from plancli.check.scan.recovery import Recovery


class ParseResult(NamedTuple):
    """A plan as far as it was read.

    ``syntax`` is what is wrong with its bytes and its YAML, ``shape`` with its keys and types. ``is_complete``:
    nothing was left out or replaced. ``skipped`` are the paths that broken YAML left unread, and keys whose lines
    were lost; ``bad_paths`` those at which the plan has something else than the file. ``actions`` were read,
    ``unchecked`` weren't.
    """

    document: Document
    syntax: Sequence[Finding]
    shape: Sequence[Finding] = ()
    plan: Plan | None = None
    is_complete: bool = False
    skipped: Sequence[Path] = ()
    bad_paths: tuple[Path, ...] = ()
    actions: int = 0
    unchecked: int = 0

    @property
    def unknown_keys(self) -> frozenset[str]:
        """Return the keys of the plan whose value isn't known."""
        return frozenset(filter(None, map(_unknown_key, (*self.skipped, *self.bad_paths))))


def parse(source: bytes, name: str, max_size: int = MAX_SIZE, notes: bool = True) -> ParseResult:
    """Read a file, whatever is wrong with it."""
    scanned = scan_bytes(source, name, max_size, notes)
    findings = list(scanned.findings)
    if not scanned.readable:
        shown = Document(scanned.shown.encode("utf-8", "replace"), name)
        return ParseResult(shown, findings, unchecked=count_actions(scanned.shown))
    document = read_document(source, name)
    is_broken = document.stopped is not None or has_breaks(document.text)
    if not is_broken and document.is_empty:
        return ParseResult(document, [*findings, _empty(source)])
    if not is_broken and b"<<<<<<<" in source:
        from plancli.check.scan.conflicts import find_conflicts

        findings += find_conflicts(document)[0]
    if not is_broken and not document.findings:
        try:
            plan = read_plan(document.data)
        except ShapeError:
            pass
        else:
            return ParseResult(document, findings, plan=plan, is_complete=True, actions=len(plan.actions))
    document, lost, starts = _mend_lost_lines(document)
    if is_broken and (document.stopped is not None or has_breaks(document.text)):
        return _read_broken_yaml(document, findings + lost, starts)
    return _read_invalid(document, findings + lost, starts)


def _mend_lost_lines(document: Document) -> tuple[Document, list[Finding], frozenset[int]]:
    """Return the document with lost dashes put back, what was found, and the lines of these blocks."""
    from plancli.check.scan.lost_lines import find_lost_lines

    lost = find_lost_lines(document)
    if lost is None:
        return document, [], frozenset()
    return read_document(document.source, document.name, lost.fixed), lost.findings, lost.starts


def _empty(source: bytes) -> Finding:
    blank = not source.removeprefix(BOM).strip()
    message = _("the file is empty") if blank else _("the file holds only comments")
    hint = _("a plan begins with its title: title: >- and the title on the lines under it")
    return Finding(message, part=Part.HEAD, help=hint, rule="empty-file")


def _read_broken_yaml(document: Document, syntax: list[Finding], lost: frozenset[int]) -> ParseResult:
    """Read what can be read of a file whose YAML is broken."""
    from plancli.check.scan.recovery import recover

    recovery = recover(document)
    if not recovery.document.is_empty:
        return _read_valid_part(recovery, syntax, lost)
    syntax = [*syntax, *(recovery.findings or [_empty(document.source)])]
    unchecked = max(count_actions(recovery.document.text), recovery.partial_actions)
    return ParseResult(recovery.document, syntax, unchecked=unchecked)


def _read_invalid(document: Document, syntax: list[Finding], lost: frozenset[int]) -> ParseResult:
    """Read what can be read of a file that is YAML and not a plan."""
    from plancli.check.scan.recovery import Recovery, recover_spaces

    return _read_valid_part(recover_spaces(document) or Recovery(document), syntax, lost)


def _read_valid_part(recovery: "Recovery", syntax: list[Finding], lost: frozenset[int]) -> ParseResult:
    """Find what hasn't the shape of a plan, and read the plan without it.

    Of a block that begins in a line of ``lost`` it has been reported already what it lacks.
    """
    from plancli.check.schema.placeholders import fill_placeholders
    from plancli.check.schema.validation import ShapeFinding, ask_for_missing, find_shape_errors, repair_of
    from plancli.check.suppression import Unread

    document = recovery.document
    data = document.data
    errors = find_shape_errors(document)
    skipped = [*recovery.skipped, *_lost_keys(recovery, lost)]
    unread = Unread(skipped)
    shape_findings = [each.finding for each in errors if each.finding]
    told = (each for each in shape_findings if not unread.covers(each))
    syntax = [*syntax, *recovery.findings, *ask_for_missing(document.findings, told)]
    errors = [*(ShapeFinding(None, path, repair_of(path)) for path in recovery.skipped), *errors]
    bad_paths = tuple(dict.fromkeys(error.path for error in errors))
    plan: Plan | None = None
    with suppress(ShapeError):
        keys = frozenset(key for _path, key in recovery.skipped_keys).union(_keys_outside(data))
        plan = _with_codes(read_plan(fill_placeholders(data, errors)), keys)
    actions = max(len(plan.actions) - recovery.partial_actions, 0) if plan else 0
    left_out = sum(1 for path in bad_paths if len(path) > 1 and path[-2] == "actions")
    return ParseResult(
        document,
        syntax,
        shape_findings,
        plan,
        skipped=skipped,
        bad_paths=bad_paths,
        actions=actions,
        unchecked=max(count_actions(document.text) - actions, left_out + recovery.partial_actions),
    )


def _lost_keys(recovery: "Recovery", lost: frozenset[int]) -> Iterator[Path]:
    """Yield the paths of the keys that blocks lack whose lines weren't read.

    Of a block whose first line is one of ``lost``, these are all the keys that it lacks. A key of a skipped line
    is that of the innermost block there which knows it and lacks it; for the key of a list of blocks it may be
    any other.
    """
    document = recovery.document
    for number in lost:
        line = document.line(number)
        block = document.path_at(document.offset(Position(number, len(line) - len(line.lstrip(" -")) + 1)))[:-1]
        if document.span(block, Part.HEAD).start.line == number:
            yield from _missing_keys(document, block, shape.KEYS)
    for path, key in recovery.skipped_keys:
        blocks = (path[:length] for length in range(len(path), -1, -1))
        known = (block for block in blocks if key in shape.KNOWN.get(_kind(block), ()))
        for block in islice((block for block in known if not document.has((*block, key))), 1):
            yield from _missing_keys(document, block, shape.LEVELS if key in shape.LEVELS else (key,))


def _kind(path: Path) -> str:
    """Return the kind of block at a path, or of those in the list there; empty for anything else."""
    holder = next((shape.KEYS[str(step)] for step in reversed(path[-2:]) if step in shape.KEYS), None)
    return holder.block if holder else "" if path else "plan"


def _missing_keys(document: Document, block: Path, keys: Iterable[str]) -> Iterator[Path]:
    """Yield the paths of the keys that a block lacks."""
    data = document.at(block)
    return ((*block, key) for key in keys if isinstance(data, dict) and key not in data)


def _unknown_key(path: Path) -> str:
    """Return the key of the plan whose value isn't known where something at a path isn't; empty for none."""
    whole = ("period", "priorities", "levels", "statuses", "fields")
    known = path and path[0] in shape.KEYS
    return str(path[0]) if known and (len(path) == 1 or path[0] in whole) else ""


def _with_codes(plan: Plan, keys: frozenset[str]) -> Plan:
    """Return the plan with the codes that its actions name and that are keys elsewhere, or were skipped."""
    declared = {directorate.code for directorate in plan.directorates}
    named = {code for action in plan.actions for code in action.pilots + action.associated}
    codes = sorted((named & keys) - declared)
    stand_ins = (Directorate(code, None, None, None, ("directorates", code)) for code in codes)
    return plan._replace(directorates=(*plan.directorates, *stand_ins))


def _keys_outside(data: object) -> Iterator[str]:
    """Yield the keys of all mappings, but for what is in the orientations."""
    if isinstance(data, list):
        for item in data:
            yield from _keys_outside(item)
    elif isinstance(data, dict):
        for key, value in data.items():
            yield str(key)
            if key != "orientations":
                yield from _keys_outside(value)
