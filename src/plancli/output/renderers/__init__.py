"""A Report out: one file a format."""
