"""Which actions are meant: filters as people type them, and the dimensions to count by."""

from plancli.plan.query.dimensions import DIMENSIONS, Dimension
from plancli.plan.query.filters import FILTERS, Filter, Query
from plancli.plan.query.reading import make_query
from plancli.plan.query.subjects import Subject, find_subjects, numbers_in

__all__ = [
    "DIMENSIONS",
    "FILTERS",
    "Dimension",
    "Filter",
    "Query",
    "Subject",
    "find_subjects",
    "make_query",
    "numbers_in",
]
