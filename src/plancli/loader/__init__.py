"""From a path, standard input or a git revision to a Plan, or to the diagnostics that say why not."""

from plancli.loader.plan_files import PLAN_PLACES, display_name, find_plan, read_source
from plancli.loader.plans import Loaded, load_plan, load_source

__all__ = [
    "PLAN_PLACES",
    "Loaded",
    "display_name",
    "find_plan",
    "load_plan",
    "load_source",
    "read_source",
]
