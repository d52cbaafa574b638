"""``plancli schema``, from a checkout, an editable install and a wheel."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]


def test_the_schema_of_the_repository_is_printed(plancli: Callable[..., Any]) -> None:
    assert plancli("schema") == (0, (ROOT / "schema" / "plan.schema.json").read_text("utf-8"), "")
