"""YAML text to plain data, the place of every path, comments."""

from plancli.plan.document.builder import MAX_DEPTH, read_document, resolve
from plancli.plan.document.document import BOM, Document, Fault

__all__ = ["BOM", "MAX_DEPTH", "Document", "Fault", "read_document", "resolve"]
