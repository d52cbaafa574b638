"""Scan, shape, rules: every mistake in a plan file, each located once."""

from plancli.check.checker.checker import CHECKS, MAX_SIZE, Checked, check

__all__ = ["CHECKS", "MAX_SIZE", "Checked", "check"]
