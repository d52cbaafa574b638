"""Scan, shape, rules: every mistake in a plan file, each located once."""

from plancli.check.checker.checker import MAX_SIZE, RULES, Checked, check

__all__ = ["MAX_SIZE", "RULES", "Checked", "check"]
