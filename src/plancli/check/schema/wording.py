"""What is wrong with the shape of a plan, in a reader's words, and what to write instead."""

from collections.abc import Iterable

from plancli.check.scan.characters import invisible_in
from plancli.check.schema.vocabulary import EXPECTED, ITEMS, MISSING, described, key_meant, written
from plancli.diagnostic import Finding, Part
from plancli.i18n import N_, _
from plancli.location import Path
from plancli.plan.model import shape
from plancli.text import closest, find_invisible

_TEXT = N_("a text")


def no_plan(data: object) -> Finding:
    """Say that the top of the file holds something else than a plan's keys."""
    return Finding(
        _("this file holds {got}, not a plan").format(got=described(data)),
        part=Part.HEAD,
        help=_("a plan begins with its title: title: >- and the title on the lines under it"),
        rule="not-a-plan",
    )


def missing_key(key: str, path: Path) -> Finding:
    """Say that a block lacks a key; the place is the block's first key."""
    hint = _(MISSING[key]) if key in MISSING else _("write {key}: and its value").format(key=key)
    message = _("{key} is missing").format(key=key)
    return Finding(message, path, Part.HEAD, help=hint, value=key, rule="missing-key")


def unknown_key(key: str, path: Path, guess: str | None, known: Iterable[str]) -> Finding:
    """Say that a key has no meaning where it stands."""
    unseen = invisible_in(key)
    if unseen:
        key = "".join(character for place, character in enumerate(key) if place not in set(find_invisible(key)))
    asked = _("did you mean {key}?").format(key=guess or key_meant(key)) if guess or key_meant(key) else ""
    message = _("unknown key {key}").format(key=key or '""')
    hint = _("the keys that may stand here: {keys}").format(keys=", ".join(known))
    if unseen:
        message = _("the key {key} holds {characters}").format(key=key or '""', characters=unseen)
        hint = _("write the key again: {characters} can't be told by eye").format(characters=unseen)
        asked = "" if key in known else asked
    return Finding(
        message,
        path,
        Part.KEY,
        more=", " + asked if asked else "",
        label=asked,
        help=hint,
        value=key,
        rule="unknown-key",
    )


def not_allowed(path: Path, value: object, constraint: str, bound: object) -> Finding:
    """Say that a value of the right type isn't one of those that may stand there."""
    more = label = hint = ""
    if constraint == "minimum":
        message = _("{value} is less than {bound}").format(value=value, bound=bound)
        hint = _("write a whole number, {bound} or more").format(bound=bound)
    elif constraint == "enum" and isinstance(bound, list):
        message = _("{key} can't be {got}").format(key=path[-1], got=described(value))
        guess = (key_meant(str(value)) or closest(str(value), bound)) if isinstance(value, str) else None
        if guess in bound:
            label = _("did you mean {key}?").format(key=guess)
            more = ", " + label
        hint = _("write one of: {values}").format(values=", ".join(map(str, bound)))
    else:
        message = _("{got} can't stand here").format(got=described(value))
    return Finding(
        message, path, more=more, label=label, help=hint, value=str(value)[:100], rule="value-not-allowed"
    )


def wrong_type(path: Path, value: object) -> Finding:
    """Say that something else belongs there, and what to write if the value tells what was meant."""
    item = len(path) > 1 and (isinstance(path[-1], int) or path[-2] in ("directorates", "glossary"))
    key = str(path[-2] if item else path[-1])
    expected = (ITEMS if item else EXPECTED).get(key, _TEXT)
    if item and isinstance(path[-1], int):
        message = _("{expected} belongs here, not {got}").format(expected=_(expected), got=described(value))
    elif value is None:
        message = _("{key} is empty, and must be {expected}").format(key=path[-1], expected=_(expected))
    else:
        sentence = _("{key} must be {expected}, not {got}")
        message = sentence.format(key=path[-1], expected=_(expected), got=described(value))
    text = written(key, value, item)
    hint, more = _advice(key, expected, value, item), ""
    if text is not None and not hint:
        in_list = item and isinstance(path[-1], int)
        text = text.strip("[]") if in_list else f"{path[-1]}: {text}"
        quoted = isinstance(value, str) and value == text.rpartition(" ")[2]
        hint = (_("write {text}, without quotes") if quoted else _("write {text}")).format(text=text)
        more = f" ({hint})"
    hint = hint or _("write {expected} instead").format(expected=_(expected))
    return Finding(message, path, more=more, help=hint, value=repr(value)[:100], rule="wrong-type")


def _advice(key: str, expected: str, value: object, item: bool) -> str:
    """Give what to do where it takes more than writing the value in another way; empty otherwise."""
    if expected == _TEXT:
        if isinstance(value, dict):
            return _(
                "a colon and a space make a key of what is before them: write the text under {key}: >-"
            ).format(key=key)
        if isinstance(value, list):
            return _("a bracket or a dash begins a list: write the text under {key}: >-").format(key=key)
        return _("write {key}: >- and the text on the lines under it").format(key=key) if value is None else ""
    if key == "directorates":
        if item:
            return _("write name: under the code, and the full name after it")
        return _("write each code on a line of its own, with a colon after it")
    if key == "glossary" and not item:
        return _("write each acronym on a line of its own, with a colon and what it stands for")
    if key in shape.BLOCK_LISTS:
        if key == "source_notes":
            return _("begin each note with a dash: - note: and what is odd")
        return _("begin each of them with a dash: - number: and its number")
    if key == "period":
        return _(MISSING["period"])
    if key == "pilots" and value is None and not item:
        return _(MISSING["pilots"])
    return ""
