"""What every rule is made of, and what several rules work out."""

from plancli.check.rules.base.definition import PlanRule, rule
from plancli.check.rules.base.numbering import Gap, Numbering, Odd, number_actions, out_of_order, seconds
from plancli.check.rules.base.words import beginning, codes_meant, each_code, each_text, quoted

__all__ = [
    "Gap",
    "Numbering",
    "Odd",
    "PlanRule",
    "beginning",
    "codes_meant",
    "each_code",
    "each_text",
    "number_actions",
    "out_of_order",
    "quoted",
    "rule",
    "seconds",
]
