"""A table (TSV, CSV, XLSX, XLS, ODS) to the data of a plan, and what was odd in it."""

from plancli.exchange.importer.importing import import_table
from plancli.exchange.importer.nouns import Imported, Oddity, Problem, letters
from plancli.exchange.importer.telling import counts, oddities, problems

__all__ = ["Imported", "Oddity", "Problem", "counts", "import_table", "letters", "oddities", "problems"]
