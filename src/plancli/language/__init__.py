"""The reader's language: English, or French where the environment or the plan asks for it.

The names of commands, options, rules, keys and columns are the same in every language.
"""

from plancli.language.choice import LANGUAGES, chosen
from plancli.language.reasons import reason
from plancli.language.speech import _, date, listen, marked, number, plain, plural, speaking, spoken

__all__ = [
    "LANGUAGES",
    "_",
    "chosen",
    "date",
    "listen",
    "marked",
    "number",
    "plain",
    "plural",
    "reason",
    "speaking",
    "spoken",
]
