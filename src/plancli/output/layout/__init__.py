"""Blocks and tables as the lines of a terminal."""
