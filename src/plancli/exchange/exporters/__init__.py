"""A whole plan in a file: one file a format."""
