"""The screen for a person: the place, what is wrong, the line with a caret under it, and what to do."""

from collections.abc import Iterator

from plancli.check.run import Run
from plancli.diagnostic import Diagnostic, Excerpt, Severity
from plancli.i18n import _
from plancli.text import ascii_symbols, escape_control, transliterate, truncate, width, wrap
from plancli.text.terminal import paint

StyledPiece = tuple[str, str]
"""Some words and their style; an empty style is plain."""

_WIDEST = 100
"""Columns of a sentence, however wide the window is."""

_NARROWEST = 40
_STAND_INS = 4
"""Columns to spare where a sign has a longer stand-in."""

_STYLES = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold blue"}


def report(
    run: Run, *, columns: int | None = None, colour: bool = False, encoding: str = "utf-8", simple: bool = False
) -> str:
    """Write a block a diagnostic; without ``columns`` it is for a file, 80 wide."""
    columns = (columns or 80) - (_STAND_INS if simple or not encoding.lower().startswith("utf") else 0)
    lines = [line for each in run.reported for line in (*_block(each, columns), [])]
    if simple:
        lines = [[(ascii_symbols(text), style) for text, style in line] for line in lines]
    lines = [[(transliterate(text, encoding), style) for text, style in line] for line in lines]
    if colour:
        return "".join("".join(paint(*piece) for piece in line) + "\n" for line in lines)
    return "".join("".join(text for text, _style in line).rstrip() + "\n" for line in lines)


def _block(each: Diagnostic, columns: int) -> Iterator[list[StyledPiece]]:
    style = _STYLES[each.severity]
    place = escape_control(f"{each.file}:{each.span.start.line}:{each.span.start.column}:")
    head = f"{each.severity.word}[{each.rule}]"
    room = min(columns, _WIDEST)
    first, *rest = wrap(f"{place} {head} {escape_control(each.message)}", room, f"{place} {head}")
    yield [(place, "bold"), (" ", ""), (head, style), (first[len(f"{place} {head}") :], "")]
    yield from ([(f"    {line}", "")] for line in rest)
    yield from ([(f"  {line}", "")] for line in wrap(_context(each, room), max(room - 2, 1)) if line)
    yield from _excerpts(each, columns, style)
    if each.help:
        words = _("help:")
        hang = width(words) + 3
        lines = wrap(escape_control(each.help), max(room - hang, _NARROWEST // 2))
        yield [("  ", ""), (words, "green"), (f" {lines[0]}", "")]
        yield from ([(" " * hang + line, "")] for line in lines[1:])


def _context(each: Diagnostic, columns: int) -> str:
    """Return the name of the block of a diagnostic: its first words where its number is unreliable."""
    parts = [escape_control(name) for name in each.groups]
    if not parts and each.measure is not None:
        parts.append(_("measure {number}").format(number=each.measure))
    if not each.groups and each.orientation is not None:
        parts.append(_("orientation {number}").format(number=each.orientation))
    if each.action is not None and not each.words:
        parts.insert(0, _("action {number}").format(number=escape_control(str(each.name))))
    elif each.words:
        room = columns - sum(width(part) + 3 for part in parts) - 7
        parts.insert(0, _("« {text} »").format(text=truncate(escape_control(each.words), min(max(room, 20), 40))))
    return " · ".join(parts)


def _excerpts(each: Diagnostic, columns: int, style: str) -> Iterator[list[StyledPiece]]:
    """Yield the lines a diagnostic is about, each once, with what is under them."""
    digits = max(len(str(excerpt.span.start.line)) for excerpt in each.excerpts)
    room = max(columns - digits - 5, _NARROWEST)
    margin = f" {'':{digits}} │"
    yield [(margin, "blue")]
    last = 0
    for number in dict.fromkeys(excerpt.span.start.line for excerpt in each.excerpts):
        if last and number > last + 1:
            yield [(f" {'':{digits}} ⋮", "blue")]
        last = number
        here = [excerpt for excerpt in each.excerpts if excerpt.span.start.line == number]
        line, marks = _mark(here, room)
        yield [(f" {number:{digits}} │ ", "blue"), (line, "")]
        for text, main in marks:
            yield [(f"{margin} ", "blue"), (text, style if main else "blue")]
    yield [(margin, "blue")]


def _mark(excerpts: list[Excerpt], room: int) -> tuple[str, list[tuple[str, bool]]]:
    """Return what fits of a line, and the lines of carets under it, each with whether it is the main one."""
    excerpts = _visible_excerpts(excerpts, 3 * room)
    main = next((excerpt for excerpt in excerpts if excerpt.main), excerpts[0])
    source = main.line.rstrip()
    left = _left_edge(source, main, room)
    marks = []
    for excerpt in excerpts:
        start, end = _extent(source, excerpt)
        start = min(max(start - left, 0), room - 1)
        end = min(max(end - left, start + 1), room)
        texts = _under(start, end, "^" if excerpt.main else "-", escape_control(excerpt.label), room)
        marks += [(text, excerpt.main) for text in texts]
    return _slice(escape_control(source), left, room), marks


def _visible_excerpts(excerpts: list[Excerpt], far: int) -> list[Excerpt]:
    """Return the places of a very long line that a screen shows: there may be thousands."""
    main = next((excerpt for excerpt in excerpts if excerpt.main), excerpts[0])
    if len(main.line) <= 2 * far:
        return excerpts
    first = max(main.span.start.column - 1 - far, 0)
    line = main.line[first : first + 2 * far]

    def moved(column: int) -> int:
        return min(max(column - first, 1), len(line) + 1)

    found = []
    for excerpt in excerpts:
        start, end = excerpt.span
        span = excerpt.span._replace(
            start=start._replace(column=moved(start.column)), end=end._replace(column=moved(end.column))
        )
        found.append(excerpt._replace(span=span, line=line))
    return found


def _extent(source: str, excerpt: Excerpt) -> tuple[int, int]:
    """Return the columns on the screen between which a span is on its first line."""
    start, end = excerpt.span
    last = end.column - 1 if end.line == start.line else len(source)
    return width(escape_control(source[: start.column - 1])), width(escape_control(source[:last]))


def _left_edge(source: str, excerpt: Excerpt, room: int) -> int:
    """Return the column from which a long line is shown, so that the span is in the middle of what is seen."""
    whole = width(escape_control(source))
    if whole <= room:
        return 0
    start, end = _extent(source, excerpt)
    middle = (start + min(end, start + room)) // 2
    return min(max(middle - room // 2, 0), whole - room)


def _slice(line: str, left: int, room: int) -> str:
    """Return the part of a line between two columns, with … where it goes on."""
    if not left and width(line) <= room:
        return line
    shown, column = [], 0
    for character in line:
        wide = width(character)
        if column >= left and column + wide <= left + room:
            shown.append(character)
        column += wide
        if column > left + room:
            break
    if left:
        shown[:1] = "…"
    if column > left + room:
        shown[-1:] = "…"
    return "".join(shown)


def _under(start: int, end: int, sign: str, label: str, room: int) -> Iterator[str]:
    """Yield the carets with their words, beside them if there is room."""
    carets = " " * start + sign * (end - start)
    if not label:
        yield carets
    elif end + 1 + width(label) <= room:
        yield f"{carets} {label}"
    else:
        yield carets
        for line in wrap(label, room):
            yield " " * max(min(start, room - width(line)), 0) + line
