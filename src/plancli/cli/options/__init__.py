"""The options that commands share, in bundles, and their completions.

A bundle is a dataclass with one field an option; a command takes it as one parameter.
"""

from plancli.cli.options.choices import choose, guess, meant, refused
from plancli.cli.options.filters import Filters
from plancli.cli.options.source import PlanOptions

__all__ = ["Filters", "PlanOptions", "choose", "guess", "meant", "refused"]
