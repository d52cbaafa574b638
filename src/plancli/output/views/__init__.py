"""The only makers of reports: one file a view, imported by the command that shows it."""
