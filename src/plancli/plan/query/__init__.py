"""Which actions are meant: filters as people type them, and the dimensions to count by."""

from plancli.plan.query.facets import CODES, FACETS, Facet, dimensions_of, facets_of
from plancli.plan.query.query import Query, make_query
from plancli.plan.query.targets import Target, find_targets, numbers_in

__all__ = [
    "CODES",
    "FACETS",
    "Facet",
    "Query",
    "Target",
    "dimensions_of",
    "facets_of",
    "find_targets",
    "make_query",
    "numbers_in",
]
