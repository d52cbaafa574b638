"""YAML text to plain data, the place of every path, comments."""

from plancli.plan.document.builder import MAX_DEPTH, read_document, resolve
from plancli.plan.document.document import BOM, Document, Node, YamlError, paths_of
