"""The only makers of reports: one file a view."""

from plancli.output.views.actions import LIST_COLUMNS, SORT_KEYS, list_view

__all__ = ["LIST_COLUMNS", "SORT_KEYS", "list_view"]
