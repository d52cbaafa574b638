"""The audit passes only where every dependency was looked at."""

import json

import pytest

from scripts import audit

WANTED = "Jinja2==3.1.6\ntyping_extensions==4.1\n"


def answer(*names: str, vulns: tuple[str, ...] = ()) -> bytes:
    found = [{"id": each} for each in vulns]
    return json.dumps(
        {"dependencies": [{"name": each, "version": "1", "vulns": found} for each in names]}
    ).encode()


@pytest.mark.parametrize(
    ("code", "told", "wanted"),
    [
        (0, answer("jinja2", "typing-extensions"), 0),
        (1, answer("jinja2", "typing-extensions", vulns=("PYSEC-1",)), 1),
        (0, answer(), 3),
        (0, answer("jinja2"), 3),
        (0, json.dumps({"dependencies": [{"name": "jinja2", "skip_reason": "not found"}]}).encode(), 3),
        (1, b"", 3),
        (0, b"[]", 3),
    ],
)
def test_an_audit_passes_only_if_every_case_was_looked_at(code: int, told: bytes, wanted: int) -> None:
    assert audit.told(code, told, WANTED) == wanted
