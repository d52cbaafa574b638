"""Which actions are meant: filters as people type them, dimensions to count by; single blocks in ``targets``."""

from plancli.plan.query.facets import (
    CODES,
    FACETS,
    FIELD,
    Facet,
    Matching,
    calendar_of,
    counted,
    dimension_names,
    directorate_titles,
    facets_of,
    level_facets,
    parse_code,
    typed_words,
)
from plancli.plan.query.query import Query, make_query, matcher
