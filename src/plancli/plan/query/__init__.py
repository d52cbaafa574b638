"""Which actions are meant: filters as people type them, and the dimensions to count by."""

from plancli.plan.query.facets import CODES, FACETS, NONE, Facet, Match, counted, directorate_titles, facets_of
from plancli.plan.query.query import Asked, Query, make_query, matcher
from plancli.plan.query.targets import Target, find_targets, numbers_in

__all__ = [
    "CODES",
    "FACETS",
    "NONE",
    "Asked",
    "Facet",
    "Match",
    "Query",
    "Target",
    "counted",
    "directorate_titles",
    "facets_of",
    "find_targets",
    "make_query",
    "matcher",
    "numbers_in",
]
