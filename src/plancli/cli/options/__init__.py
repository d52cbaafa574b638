"""The options that commands share, in bundles, and their completions.

A bundle is a class with one attribute an option; a command takes it as one parameter.
"""

from plancli.cli.options import completion
from plancli.cli.options.answer import PANEL as ANSWER
from plancli.cli.options.answer import AnswerOptions, say, spare_links, spare_plans, tell, window
from plancli.cli.options.bundle import Bundle
from plancli.cli.options.choices import choose, guess, listed, meant, refused
from plancli.cli.options.filters import Filters
from plancli.cli.options.source import PlanFile, PlanOptions

__all__ = [
    "ANSWER",
    "AnswerOptions",
    "Bundle",
    "Filters",
    "PlanFile",
    "PlanOptions",
    "choose",
    "completion",
    "guess",
    "listed",
    "meant",
    "refused",
    "say",
    "spare_links",
    "spare_plans",
    "tell",
    "window",
]
