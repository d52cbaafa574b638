"""Plain data to the canonical text of a plan; comments are kept."""

from typing import Any

from plancli.plan.writer.layout import lay_out_plan

__all__ = ["layout"]


def layout(data: dict[str, Any]) -> str:
    """Write plain data that has the shape of a plan in the canonical layout."""
    return "".join(f"{line}\n" if line.text else "\n" for line in lay_out_plan(data))
