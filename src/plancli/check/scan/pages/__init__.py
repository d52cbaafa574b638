"""The checks of a file and of its YAML, and their pages."""

from plancli.check.scan.pages import files, grammar

RULES = (*files.RULES, *grammar.RULES)
