"""Syntax errors by the names people have for them, placed where they were made."""

import re
from itertools import chain
from typing import NamedTuple

from plancli.check.scan import libyaml, mending
from plancli.check.scan.characters import invisible_in, without_invisible
from plancli.check.scan.lines import NUMBER, Line, Lines
from plancli.check.scan.lost_lines import missing_line
from plancli.diagnostic import Finding, Fix, Label
from plancli.i18n import N_, _
from plancli.plan.document import YamlError
from plancli.plan.model import shape


class SyntaxFinding(NamedTuple):
    """A syntax error, and the line it was made in.

    ``structural``: whole lines are out of place; ``mended``: the text without the error, where only it changes.
    """

    finding: Finding
    line: int
    structural: bool = False
    mended: str | None = None


def _finding(
    lines: Lines,
    rule: str,
    start: int,
    end: int,
    message: str,
    hint: str,
    related: tuple[Label, ...] = (),
    structural: bool = False,
    mended: str | None = None,
    fix: Fix | None = None,
) -> SyntaxFinding:
    """Return the finding for what stands between two offsets; ``fix`` makes the ``mended`` text of it."""
    span = lines.span(start, end)
    value = lines.document.text[start:end][:100]
    if mended is not None and fix is None:
        fix = mending.differences(lines, 0, mended)
    finding = Finding(message, span=span, help=hint, related=related, value=value, rule=rule, fix=fix)
    return SyntaxFinding(finding, lines.number(start), structural, mended)


_ODD_SPACES = "\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000"
_KEYS = frozenset(shape.KEYS)
_PATTERNS = tuple(
    (re.compile(pattern.replace("SPACE", "(?P<space>[ODD]+)").replace("ODD", _ODD_SPACES)), keys)
    for pattern, keys in (
        (r" *(?:- *)*(?:(?P<key>[\w\"']+):|-)? *SPACE", _KEYS),  # indentation, after a dash or a colon
        (r" *(?:- *)*(?P<key>[\w\"']+) *SPACE *:(?= |$)", _KEYS),  # before a colon, as French has it
        (r" *(?:- *)*(?P<key>\w+):.*[^ODD]SPACE *$", _KEYS - shape.PROSE),  # at the end of a line
    )
)


def _find_odd_space(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a no-break space that stands as indentation, after a dash or after a colon."""
    if not has_odd_spaces(lines.text):
        return None
    last = lines.number(error.offset)
    first = lines.number(min(error.offset, error.context_offset or error.offset, _last_start(lines, error)))
    for number in range(max(first - 1, 0), last + 1):
        if match := _structural_space(lines.lines[number]):
            mended = _plain_lines(lines, number)
            finding = _odd_space(lines, number, match, mended)
            return SyntaxFinding(finding, number, structural=False, mended=lines.with_lines(mended))
    return None


def has_odd_spaces(text: str) -> bool:
    """Return whether a text has any space that isn't ASCII."""
    return any(space in text for space in _ODD_SPACES)


def find_odd_spaces(lines: Lines) -> tuple[list[Finding], str]:
    """Return the findings of such spaces in a text that is YAML, one for lines in a row, and the mended text.

    One at the start of a line inside a text doesn't count.
    """
    findings = []
    mended: dict[int, str] = {}
    document = lines.document
    for number, line in enumerate(lines.lines):
        match = None if number in mended else _structural_space(line)
        if match:
            start = lines.offset(number, match.start("space"))
            first, last = document.extent(document.path_at(start))
            if not (document.text.startswith(("|", ">", '"', "'"), first) and first < start < last):
                run = _plain_lines(lines, number)
                findings.append(_odd_space(lines, number, match, run))
                mended |= run
    return findings, lines.with_lines(mended)


def _plain_lines(lines: Lines, number: int) -> dict[int, str]:
    """Return a line with such a space, and those that follow with one, with plain spaces."""
    mended = {}
    while number < len(lines.lines) and _structural_space(lines.lines[number]):
        line = lines.lines[number]
        while found := _structural_space(line):
            line = line[: found.start("space")] + " " * len(found["space"]) + line[found.end("space") :]
        mended[number] = line
        number += 1
    return mended


def _odd_space(lines: Lines, number: int, match: re.Match[str], mended: dict[int, str]) -> Finding:
    """Return the finding of a non-ASCII space of a line, with the fix that mends it and the lines after it."""
    start, end = (lines.offset(number, column) for column in match.span("space"))
    edits = (mending.differences(lines, lines.offset(at), line).edits for at, line in mended.items())
    fix = Fix(tuple(chain.from_iterable(edits)), is_safe=True)
    code = f"U+{ord(lines.text[start]):04X}"
    message = _("a no-break space ({code}) stands where YAML needs a plain one").format(code=code)
    hint = _("write plain spaces instead")
    return _finding(lines, "no-break-space", start, end, message, hint, fix=fix).finding


def _structural_space(line: str) -> re.Match[str] | None:
    for pattern, keys in _PATTERNS:
        match = pattern.match(line)
        if match and (not match["key"] or match["key"].strip("\"'") in keys):
            return match
    return None


def _last_start(lines: Lines, error: YamlError) -> int:
    return min(lines.document.nodes[-1].start, error.offset) if lines.document.nodes else error.offset


_BULLET = re.compile(r" *([\u2010-\u2015\u2212\u2022\u2023\u25aa\u25cf\u25e6\u00b7*+]) +(\w+) *:")


def _find_typographic_dash(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a bullet or a longer dash, as word processors write it, before a key."""
    number = lines.number(error.offset)
    if number and error.problem.startswith(libyaml.COLON) and not _BULLET.match(lines.lines[number]):
        number -= 1  # of the first item of a list libyaml stumbles over the line after it
    match = _BULLET.match(lines.lines[number])
    if not match or match[2] not in shape.KEYS:
        return None
    start = lines.offset(number, match.start(1))
    mended = f"{lines.text[:start]}-{lines.text[start + 1 :]}"
    message = _("{sign} is not the dash that begins a list").format(sign=match[1])
    hint = _("write a hyphen: - {key}:").format(key=match[2])
    return _finding(lines, "yaml-syntax", start, start + 1, message, hint, mended=mended)


def _find_needless_dash(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a dash before a key among keys that have none; it is taken out, and the key stands in its place."""
    number = lines.number(error.offset)
    line = lines.lines[number]
    match = re.match(r"( *)(- +)(?!number\b)[^\s:]+ *:(?=\s|$)", line)
    if not match or error.problem != libyaml.NO_KEY or error.offset != lines.offset(number, match.start(2)):
        return None
    here = lines.keys.get(number)
    if here and any(other.dash >= 0 and other.key == here.key for other in lines.keys.values() if other != here):
        return None  # other blocks begin so: this one is at the wrong column
    start, end = lines.offset(number), lines.offset(number) + len(line)
    rest = match[1] + line[match.end(2) :] + " " * len(match[2])
    message = _("a dash begins a list, and the keys around this one have none")
    return _finding(
        lines,
        "yaml-syntax",
        error.offset,
        error.offset + 1,
        message,
        _("remove the dash"),
        mended=lines.text[:start] + rest + lines.text[end:],
        fix=mending.replace(lines, error.offset, lines.offset(number, match.end(2)), ""),
    )


def _find_missing_dash(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find the first block of a list that has no dash, where the second one has."""
    head = lines.keys.get(lines.number(error.offset))
    if error.problem != libyaml.NO_KEY or head is None or head.dash < 0:
        return None
    for line in lines.before(head.number - 1):
        if line.column < head.column:
            return None
        if line.key == head.key and line.column == head.column:
            break
    else:
        return None
    start = lines.offset(line.number, line.column)
    if line.dash >= 0 or lines.text[start - 2 : start] != "  ":
        return None
    message, hint = _("a dash is missing before {key}"), _("write - {key}:")
    return _finding(
        lines,
        "wrong-indentation",
        start,
        start + len(line.key),
        message.format(key=line.key),
        hint.format(key=line.key),
        mended=f"{lines.text[: start - 2]}- {lines.text[start:]}",
    )


def _line_before_key(lines: Lines, error: YamlError) -> int | None:
    """Return the line with text above the key at which an error is: the key was read as its continuation."""
    number = lines.number(error.offset)
    after = lines.keys.get(number)
    if not error.problem.startswith(libyaml.COLON) or after is None or after.key not in shape.KEYS or not number:
        return None
    return next(n for n in range(number - 1, -1, -1) if lines.lines[n].strip() or not n)


def _find_number_without_colon(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find the first line of a block whose colon is missing: it reads as an item of a list."""
    before = _line_before_key(lines, error)
    found = NUMBER.match(lines.lines[before]) if before is not None else None
    if before is None or found is None:
        return None
    start, end = lines.offset(before, found.start("key")), lines.offset(before, found.end("key"))
    message, hint = _missing_colon(found["key"])
    fix = mending.replace(lines, end, end, ":")
    return _finding(lines, "yaml-syntax", start, end, message, hint, structural=True, fix=fix)


def _find_stray_item(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find an item of a list that stands further left than its key, so that the next key is read as its text."""
    before = _line_before_key(lines, error)
    item = re.match(r" *- +\S", lines.lines[before]) if before is not None else None
    if before is None or before in lines.keys or not item:
        return None
    start = lines.offset(before, item.end() - 1)
    message = _("this item stands further left than the key of its list")
    hint = _("indent it, or write the list in brackets after its key")
    return _finding(lines, "wrong-indentation", start, start + 1, message, hint)


_ENTRY = shape.KNOWN["entry"]
"""The keys of an entry of ``progress``, which stand further right than those of its action."""

_WRONG = {
    "action": N_("an action stands at the wrong depth"),
    "measure": N_("a measure stands at the wrong depth"),
    "orientation": N_("an orientation stands at the wrong depth"),
}


class _Misindented(NamedTuple):
    """A line whose key stands at another column than the same keys elsewhere, with message and hint."""

    line: Line
    column: int
    message: str
    hint: str


def _misindented(lines: Lines, error: YamlError) -> _Misindented | None:
    """Return the first line near an error whose key is at an unusual column."""
    last = lines.number(error.offset)
    heads = [line for line in lines.before(last) if line.dash >= 0 and line.key not in _ENTRY][:2]
    since = lines.number(error.context_offset) if error.context_offset is not None else last
    for head in reversed(heads):
        if head.number < since and head is not heads[0]:
            continue
        found = _first_odd(lines, head, last)
        if found:
            return found
    return None


def _odd_key(lines: Lines, error: YamlError) -> _Misindented | None:
    """Return the line of an error, or the one above it, if its key fits at one column only and isn't there."""
    last = lines.number(error.offset)
    for line in filter(None, map(lines.keys.get, (last - 1, last))):
        if (column := lines.right_column(line)) is not None:
            return _misplaced(line, column)
    return None


def _misplaced(line: Line, column: int) -> _Misindented:
    message = _("{key} is not indented as the keys around it").format(key=line.key)
    return _Misindented(line, column, message, _("begin it at column {column}").format(column=column + 1))


def _first_odd(lines: Lines, head: Line, last: int) -> _Misindented | None:
    kind = lines.kind(head)
    column = lines.usual_column(head)
    if column is None:
        return None
    if head.key in shape.KEYS and head.column != column:
        dash = column - (head.column - head.dash)
        hint = _("begin its dash at column {column}, as the others").format(column=dash + 1)
        return _Misindented(head, column, _(_WRONG[kind]), hint)
    for number in range(head.number + 1, min(last + 1, lines.block_end(head))):
        line = lines.keys.get(number)
        if line and line.key in shape.KEYS and line.key not in _ENTRY and line.column != column:
            return _misplaced(line, column)
    return None


def diagnose(lines: Lines, error: YamlError) -> SyntaxFinding:
    """Return the finding of what stopped libyaml."""
    for find in _DIAGNOSES:
        if found := find(lines, error):
            return found
    return _other(lines, error)


def _find_tab(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a tab where YAML wants spaces."""
    number = lines.number(error.offset)
    line = lines.lines[number]
    margin = re.match(r"[ \t-]*", line)
    place = line.find("\t", 0, margin.end() if margin else 0)
    at_fault = lines.text[error.offset : error.offset + 1] == "\t"
    if place < 0 and not at_fault:
        return None
    start = lines.offset(number, place) if place >= 0 else error.offset
    end = start + len(lines.text[start:]) - len(lines.text[start:].lstrip("\t"))
    message = _("tab in indentation: YAML needs spaces")
    hint = _("indent with spaces, two a level")
    fix = mending.expand_tabs(lines) or (mending.expand_tab(lines, number) if place >= 0 else None)
    return _finding(lines, "tab-indentation", start, end, message, hint, structural=True, fix=fix)


def _find_quote(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a quote that is never closed, or one that was closed too early."""
    if libyaml.IN_QUOTES in error.context and error.context_offset is not None:
        if libyaml.END_OF_FILE in error.problem or libyaml.DOCUMENT_MARK in error.problem:
            return _unclosed(lines, error.context_offset)
        return None
    text = lines.text
    before = text[: error.offset].rstrip()
    if not before.endswith(("'", '"')) or not lines.document.nodes:
        return None
    start, end = lines.document.nodes[-1].start, lines.document.nodes[-1].end
    quote = text[start : start + 1]
    if quote not in ("'", '"') or end != len(before):
        return None
    if error.problem.startswith(libyaml.COLON) or end - start < 2:
        return None
    first, last = lines.number(start), lines.number(end)
    if any(number in lines.keys and lines.keys[number].key in shape.KEYS for number in range(first + 1, last + 1)):
        return _unclosed(lines, start)
    if lines.number(error.offset) != last:
        return None
    opening = Label((), _("the quote opens here"), span=lines.span(start, start + 1))
    twice = "''" if quote == "'" else '\\"'
    message = _("the quote closes here, and the text goes on")
    hint = _("write {twice} for a quote inside the text, or put the whole text under >-").format(twice=twice)
    fix = mending.lay_out_text(lines, first, mending.without_quotes)
    return _finding(lines, "text-after-quote", end - 1, end, message, hint, related=(opening,), fix=fix)


def _unclosed(lines: Lines, start: int) -> SyntaxFinding:
    message = _("this quote is never closed")
    hint = _("close it, or put the text under >- without quotes")
    fix = mending.lay_out_text(lines, lines.number(start), mending.without_opening)
    return _finding(lines, "unclosed-quote", start, start + 1, message, hint, fix=fix)


_PREAMBLE = ("#", "---")
"""What lines begin with that may stand above the first key."""


def _find_stray_line(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a line of a text that stands too far left, so that the key after it is read as its continuation."""
    number = lines.number(error.offset)
    after = lines.keys.get(number)
    if not error.problem.startswith(libyaml.COLON) or after is None or after.dash >= 0 or not number:
        return None
    before = next((n for n in range(number - 1, -1, -1) if lines.lines[n].strip()), number)
    if before in lines.keys or error.offset != lines.offset(number, after.column + len(after.key)):
        return None
    written = (n for n in range(before) if lines.lines[n].strip() and not lines.lines[n].startswith(_PREAMBLE))
    first = next(written, before)
    if lines.indent(first) and not any(line.key == "title" and line.column == 0 for line in lines.keys.values()):
        span = lines.span(
            lines.offset(first, lines.indent(first)), lines.offset(first, len(lines.lines[first].rstrip()))
        )
        return SyntaxFinding(missing_line("title", span), before)
    start = lines.offset(before, lines.indent(before))
    message, hint = _stray_line()
    return _finding(lines, "yaml-syntax", start, start + 1, message, hint)


def _find_disguised_key(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a key that holds a character that can't be seen, as the mark of a file that was pasted into another."""
    number = lines.number(error.offset)
    found = re.match(r" *(?:- +)*([^\s:]+) *:(?=\s|$)", lines.lines[number])
    unseen = invisible_in(found[1]) if found else ""
    if not found or not unseen:
        return None
    key = without_invisible(found[1])
    start, end = lines.offset(number, found.start(1)), lines.offset(number, found.end(1))
    last = lines.offset(number) + len(lines.lines[number])
    blanks = " " * (end - start - len(key))
    return _finding(
        lines,
        "yaml-syntax",
        start,
        end,
        _("the key {key} holds {characters}").format(key=key, characters=unseen),
        _("write the key again: {characters} can't be told by eye").format(characters=unseen),
        mended=f"{lines.text[:start]}{key}{lines.text[end:last]}{blanks}{lines.text[last:]}",
        fix=mending.replace(lines, start, end, key),
    )


def _find_wrong_column(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a line that begins further left or right than those it belongs with."""
    if "flow" in error.context or "quoted" in error.context or _tight_dash(lines, error.offset):
        return None
    found = _misindented(lines, error) or _odd_key(lines, error)
    if found is None:
        return None
    line = found.line
    text = lines.lines[line.number]
    start = lines.offset(line.number, len(text) - len(text.lstrip()))
    end = lines.offset(line.number, text.index(line.key) + len(line.key))
    fix = mending.move_key(lines, line, found.column)
    return _finding(lines, "wrong-indentation", start, end, found.message, found.hint, structural=True, fix=fix)


def _find_tight_dash_above(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find the first item of a list, whose dash touches its key: libyaml stumbles over the line after it."""
    number = lines.number(error.offset) - 1
    if number < 0 or not error.problem.startswith(libyaml.COLON) or not _tight_dash(lines, lines.offset(number)):
        return None
    return _space_after_dash(lines, lines.offset(number, lines.indent(number)))


def _find_colon(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find `` : `` or `` #`` in a sentence without quotes."""
    number = lines.number(error.offset)
    hint = _("put the text on its own lines under >-")
    if error.problem.startswith(libyaml.COLON):
        message = _("a colon and a space end a key: this text needs >- or quotes")
        start, fix = error.offset, mending.lay_out_text(lines, number, mending.as_it_stands)
        return _finding(lines, "colon-in-text", start, start + 1, message, hint, fix=fix)
    if error.problem == libyaml.NO_KEY and number and (cut := lines.lines[number - 1].find(" #")) >= 0:
        before = lines.keys.get(number - 1)
        if before and cut > before.column:
            start, end = lines.offset(number - 1, cut + 1), lines.offset(number - 1, len(lines.lines[number - 1]))
            message = _("a space and a # end the text: the rest of the line is a comment to YAML")
            return _finding(lines, "comment-in-text", start, end, message, hint)
    return None


def _find_bracket(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a bracket that is never closed, or that nothing opened."""
    if "flow" in error.context and error.context_offset is not None:
        opening = error.context_offset
        if lines.text[opening : opening + 1] not in ("[", "{"):  # at the end of a file libyaml is one too far
            opening = max(lines.text.rfind("[", 0, opening), lines.text.rfind("{", 0, opening), 0)
        end = lines.lines[lines.number(opening)].find("]", lines.column(opening))
        closed = "]" if lines.text[opening] == "[" else "}"
        if end >= 0 and lines.number(opening) == lines.number(error.offset):
            if lines.text[error.offset : error.offset + 1] == ",":
                return _needless_comma(lines, error.offset)
            message = _("a comma is missing before this")
            hint = _("write a comma between entries, and put texts with special characters in quotes")
            end = min(error.offset + 1, len(lines.text))
            before = len(lines.text[: error.offset].rstrip())
            fix: Fix | None = mending.replace(lines, before, before, ",")
            if lines.text[before - 1] not in "\"'":
                fix = None
            return _finding(lines, "yaml-syntax", error.offset, end, message, hint, fix=fix)
        message = _("this bracket is never closed")
        hint = _("close it: {bracket}").format(bracket=closed)
        fix = mending.close_bracket(lines, opening, closed) if closed == "]" else None
        return _finding(lines, "unclosed-bracket", opening, opening + 1, message, hint, fix=fix)
    if lines.text[error.offset : error.offset + 1] in ("]", "}"):
        message = _("this bracket closes nothing")
        start, hint = error.offset, _("remove it")
        fix = mending.replace(lines, start, start + 1, "")
        return _finding(lines, "yaml-syntax", start, start + 1, message, hint, fix=fix)
    return None


def _needless_comma(lines: Lines, start: int) -> SyntaxFinding:
    mended = f"{lines.text[:start]} {lines.text[start + 1 :]}"
    fix = mending.replace(lines, start, start + 1, "")
    message, hint = _("this comma has nothing before it"), _("remove it")
    return _finding(lines, "yaml-syntax", start, start + 1, message, hint, mended=mended, fix=fix)


def _find_missing_colon(lines: Lines, error: YamlError) -> SyntaxFinding | None:
    """Find a key without its colon, or without the space after it, and a line of words that is no key."""
    if not error.problem.startswith(libyaml.NO_COLON) or error.context_offset is None:
        return None
    start = error.context_offset
    number = lines.number(start)
    match = re.match(r" *(?:- +)*([^\s:]+)(:?)(.*)", lines.lines[number])
    key = match[1] if match else ""
    listed = _is_listed(lines, start)
    fix: Fix | None = None
    if match and match[2] and (key in shape.KEYS or (listed and match[3])):
        message, hint = _("a space is missing after {key}:").format(key=key), _("write a space after the colon")
        after = lines.offset(number, match.end(2))
        fix = mending.replace(lines, after, after, " ")
    elif match and (key in shape.KEYS or (listed and not match[3] and re.fullmatch(r"[\w-]+", key))):
        message, hint = _missing_colon(key)
        above = next(lines.before(number - 1), None)
        if listed or (above is not None and above.column == match.start(1)):
            after = lines.offset(number, match.end(1))
            fix = mending.replace(lines, after, after, ":")
    elif _tight_dash(lines, start):
        return _space_after_dash(lines, start)
    else:
        message, hint = _stray_line()
    end = _end(lines, start)
    return _finding(lines, "yaml-syntax", start, end, message, hint, structural=True, fix=fix)


def _missing_colon(key: str) -> tuple[str, str]:
    message = _("a colon is missing after {key}").format(key=key)
    return message, _("write {key}: and its value").format(key=key)


def _other(lines: Lines, error: YamlError) -> SyntaxFinding:
    """Return the finding of any other error."""
    start = error.offset
    message = hint = ""
    words = mending.as_it_stands
    if "anchor" in error.context or "alias" in error.context or error.problem.startswith(libyaml.CHARACTER):
        if error.context_offset is not None and "token" not in error.context:
            start = error.context_offset
        message = _no_beginning(lines, start)
    elif libyaml.IN_BLOCK_SCALAR in error.context:
        message = _("nothing may stand here: the text begins on the next line")
        hint = _("write >- alone, and the text indented under it")
        words = mending.without_mark
    elif "escape" in error.problem or "hexdecimal" in error.problem:
        message = _("this escape has no meaning between double quotes")
        hint = _("write two backslashes for one, or put the text under >- without quotes")
    elif error.problem.startswith((libyaml.DASH, libyaml.QUESTION_MARK, libyaml.NO_NODE)):
        message = _no_beginning(lines, start)
    elif _tight_dash(lines, start):
        return _space_after_dash(lines, start)
    elif lines.text[:start].rstrip(" ").endswith(("]", "}")):
        message = _("a list in brackets ends before this: a text that begins with a bracket needs >- or quotes")
    elif libyaml.NO_DOCUMENT in error.problem:
        start, message, hint = _no_document(lines, start)
    elif error.problem == libyaml.NO_KEY:
        message, hint = _no_key(lines, start)
    fix = mending.lay_out_text(lines, lines.number(start), words) if message else None
    message = message or _("this isn't valid YAML")
    hint = hint or _("put a text on its own lines under >-, or remove this")
    return _finding(lines, "yaml-syntax", start, _end(lines, start), message, hint, fix=fix)


def _end(lines: Lines, start: int) -> int:
    """Return where the character at an offset ends: there, where the line does."""
    return start + (lines.text[start : start + 1] not in ("", "\r", "\n"))


def _no_beginning(lines: Lines, start: int) -> str:
    sign = lines.text[start : start + 1]
    return _("a text without quotes can't begin with {sign}").format(sign=sign)


def _space_after_dash(lines: Lines, start: int) -> SyntaxFinding:
    """Return the finding of a line whose dash touches its key."""
    message, hint = _("a space is missing after the dash"), _("write - number:")
    number = lines.number(start)
    dash = lines.offset(number, lines.lines[number].index("-") + 1)
    fix = mending.replace(lines, dash, dash, " ")
    end = _end(lines, start)
    return _finding(lines, "yaml-syntax", start, end, message, hint, structural=True, fix=fix)


def _tight_dash(lines: Lines, offset: int) -> bool:
    return re.match(r" *-\w+:", lines.lines[lines.number(offset)]) is not None


def _no_key(lines: Lines, start: int) -> tuple[str, str]:
    """Return why a line can't be among the keys of a block, and a hint."""
    number = lines.number(start)
    match = re.match(r" *([^\s:-][^\s:]*) *:(?=\s|$)", lines.lines[number])
    if match:
        return _("{key} is not indented as the keys around it").format(key=match[1]), _(
            "begin it where they begin"
        )
    if lines.column(start) and not lines.text.startswith("-", start):
        return _stray_line()
    return _("a key is expected here"), ""


def _no_document(lines: Lines, start: int) -> tuple[int, str, str]:
    """Return what ended the plan before it began, or in its middle: place, message, hint."""
    if re.search(r"^\.\.\.", lines.text[:start], re.MULTILINE):
        return start, _("the plan ended above, at ..."), _("take out the line with ...")
    first = lines.document.nodes[0].start if lines.document.nodes else start
    return first, _("this line is no key: it ends the plan before it begins"), _("remove it")


def _is_listed(lines: Lines, start: int) -> bool:
    """Return whether a place is in the register or the glossary, where any key is allowed."""
    top = lines.top(lines.number(start))
    return top is not None and top.key in shape.MAPPINGS


def _stray_line() -> tuple[str, str]:
    message = _("this line is no key, and not indented enough to belong to the text above")
    return message, _("indent it as the lines of that text are")


_DIAGNOSES = (
    _find_odd_space,
    _find_disguised_key,
    _find_typographic_dash,
    _find_tab,
    _find_quote,
    _find_missing_dash,
    _find_needless_dash,
    _find_wrong_column,
    _find_number_without_colon,
    _find_stray_item,
    _find_stray_line,
    _find_tight_dash_above,
    _find_colon,
    _find_bracket,
    _find_missing_colon,
)
"""What is looked for, in order: the first that knows the error names it."""
