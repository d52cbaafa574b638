"""Diagnostics out: one file a format."""
