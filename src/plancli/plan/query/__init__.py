"""Which actions are meant: filters as people type them, and the dimensions to count by."""

from plancli.plan.query.facets import (
    CODES,
    FACETS,
    FIELD,
    Facet,
    Matching,
    calendar_of,
    counted,
    directorate_titles,
    facets_of,
    levels_of,
)
from plancli.plan.query.query import Asked, Query, make_query, matcher
from plancli.plan.query.targets import Target, find_groups, find_targets, numbers_in, words_in

__all__ = [
    "CODES",
    "FACETS",
    "FIELD",
    "Asked",
    "Facet",
    "Matching",
    "Query",
    "Target",
    "calendar_of",
    "counted",
    "directorate_titles",
    "facets_of",
    "find_groups",
    "find_targets",
    "levels_of",
    "make_query",
    "matcher",
    "numbers_in",
    "words_in",
]
