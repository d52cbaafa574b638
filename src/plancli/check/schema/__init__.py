"""The JSON Schema of a plan: where it is found, its errors as findings, and what can be read in spite of them.

``validation`` and ``mending`` are imported only for a plan that the model refuses.
"""

from plancli.check.schema.pages import RULES
from plancli.check.schema.source import read_schema

__all__ = ["RULES", "read_schema"]
