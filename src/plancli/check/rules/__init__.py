"""One file a rule; RULES is the list of them."""

from plancli.check.rules import (
    blank_text,
    duplicate_measure,
    duplicate_number,
    missing_number,
    no_content,
    no_pilot,
    no_years,
    out_of_order,
    period_reversed,
    pilot_and_associated,
    points_nowhere,
    repeated_declaration,
    repeated_directorate,
    undeclared_priority,
    unknown_directorate,
    unused_acronym,
    unused_directorate,
    unused_number_used,
    year_outside_period,
    years_order,
)
from plancli.check.rules.base import Rule

RULES: tuple[Rule, ...] = (
    unknown_directorate.RULE,
    pilot_and_associated.RULE,
    repeated_directorate.RULE,
    no_pilot.RULE,
    duplicate_number.RULE,
    out_of_order.RULE,
    missing_number.RULE,
    unused_number_used.RULE,
    duplicate_measure.RULE,
    year_outside_period.RULE,
    no_years.RULE,
    years_order.RULE,
    undeclared_priority.RULE,
    blank_text.RULE,
    no_content.RULE,
    period_reversed.RULE,
    points_nowhere.RULE,
    repeated_declaration.RULE,
    unused_directorate.RULE,
    unused_acronym.RULE,
)
"""Every rule, in the order of ``plancli rule``."""
