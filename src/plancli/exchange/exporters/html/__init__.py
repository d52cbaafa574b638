"""A page to read: one self-contained HTML file."""
