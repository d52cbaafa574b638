"""The only makers of reports: one file a view."""

from plancli.output.views.actions import LIST_COLUMNS, SORT_KEYS, list_view
from plancli.output.views.counts import counts_view
from plancli.output.views.directorates import directorates_view
from plancli.output.views.opening import opening_view
from plancli.output.views.show import show_view
from plancli.output.views.summary import summary_view

__all__ = [
    "LIST_COLUMNS",
    "SORT_KEYS",
    "counts_view",
    "directorates_view",
    "list_view",
    "opening_view",
    "show_view",
    "summary_view",
]
