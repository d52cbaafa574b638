"""Texts of a plan as Markdown that reads as the text, on a forge too.

Beyond CommonMark's escapes, mentions, references, addresses and quick actions are defused: a plan's text must not
call people, be noted in other issues or close a merge request when a bot posts it there. An empty comment parts
what would be taken together, and can't be seen.
"""

from plancli.text.terminal import escape_control

_PARTING = "<!-- -->"
_SPECIAL = str.maketrans({**{sign: "\\" + sign for sign in "\\`*_[]<>|#~$&"}, "@": f"@{_PARTING}"})
_ADDRESSES = (("://", f":{_PARTING}//"), ("www.", f"www{_PARTING}."))
"""What begins an address: a forge would take the escapes after it for part of it, and link there."""

_AT_START = frozenset("-+=/:>")


def escape(text: str) -> str:
    """Return a text escaped for Markdown, which then shows it character for character."""
    shown = escape_control(text).translate(_SPECIAL)
    for start, parted in _ADDRESSES:
        if start in shown:
            shown = shown.replace(start, parted)
    if "#" in shown or "!" in shown:
        from re import sub

        shown = sub(r"([#!])(?=\d)", rf"\1{_PARTING}", shown)
    return shown


def escape_line_start(text: str) -> str:
    """Escape what would begin a list, a quotation or a quick action at the start of a line."""
    if text[:1] in _AT_START:
        return "\\" + text
    number = len(text) - len(text.lstrip("0123456789"))
    return f"{text[:number]}\\{text[number:]}" if number and text[number : number + 1] in (".", ")") else text
