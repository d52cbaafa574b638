"""The feed: what was reported and decided, as readers of feeds take it."""

import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from plancli.exchange.exporters import export
from plancli.exchange.request import make_request
from plancli.plan.document import read_document
from plancli.plan.model import read_plan
from tests.exchange.made_up import HOSTILE

Typed = Callable[..., Any]
ROOT = Path(__file__).parents[2]
ATOM = "{http://www.w3.org/2005/Atom}"


def feed(content: bytes) -> list[dict[str, str]]:
    """Return the entries of a feed, each with its texts by name."""
    root = ElementTree.fromstring(content)
    assert root.tag == f"{ATOM}feed"
    assert all(root.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
    found = []
    for entry in root.findall(f"{ATOM}entry"):
        texts = {child.tag.removeprefix(ATOM): child.text or "" for child in entry}
        assert {"id", "title", "updated", "content"} <= set(texts)
        link = entry.find(f"{ATOM}link")
        found.append(texts | ({} if link is None else {"link": link.attrib["href"]}))
    assert len({entry["id"] for entry in found}) == len(found)
    assert [entry["updated"] for entry in found] == sorted((entry["updated"] for entry in found), reverse=True)
    return found


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "plan.yaml").write_bytes((ROOT / "examples" / "climate.yaml").read_bytes())
    for args in (["init", "-q"], ["add", "."], ["commit", "-qm", "Le plan voté"]):
        subprocess.run(["git", "-c", "user.name=A", "-c", "user.email=a@example.org", *args], check=True)
    return tmp_path


def test_atom_export_has_reports_and_decisions(plancli: Typed, repository: Path) -> None:
    assert plancli("set", "BAT-03", "priority=haute").code == 0
    assert plancli("report", "BAT-03", "--note", "x < y & z", "--date", "2025-10-01").code == 0
    commit = ["git", "-c", "user.name=A", "-c", "user.email=a@example.org", "commit", "-qam", "Après le comité"]
    subprocess.run(commit, check=True)
    assert plancli("export", "plan.atom").code == 0
    entries = feed((repository / "plan.atom").read_bytes())
    titles = ["Après le comité", "Le plan voté", "BAT-03\u00a0: une note"]
    assert [entry["title"] for entry in entries[:3]] == titles
    assert "BAT-03" in entries[0]["content"]
    assert "moyenne → haute" in entries[0]["content"]
    assert entries[2]["content"].endswith("x < y & z")
    assert any(entry.get("link") == "https://ambelle.example/velo/ligne-1" for entry in entries)


def test_filters_choose_entries_of_the_feed(plancli: Typed, repository: Path) -> None:
    assert plancli("export", "plan.atom", "--pilot", "DEE").code == 0
    titles = [entry["title"] for entry in feed((repository / "plan.atom").read_bytes())]
    assert all(title.startswith(("MOB-04", "ALI-01", "Le plan")) for title in titles)
    assert plancli("export", "plan.atom", "--text", "words of no action").code == 0
    assert feed((repository / "plan.atom").read_bytes()) == []


def test_atom_export_without_git_has_reports_only(plancli: Typed, tmp_path: Path) -> None:
    file = tmp_path / "plan.atom"
    assert plancli("export", str(file), "--plan", str(ROOT / "examples" / "security.yaml")).code == 0
    assert feed(file.read_bytes())


@pytest.mark.parametrize("text", HOSTILE, ids=range(len(HOSTILE)))
def test_atom_export_survives_hostile_texts(text: str) -> None:
    data: Any = read_document((ROOT / "examples" / "climate.yaml").read_bytes(), "plan.yaml").data
    data["title"] = text
    entry = data["orientations"][0]["measures"][0]["measures"][0]["actions"][0]["progress"][0]
    entry |= {"note": text, "by": text, "source": f"https://example.org/{text}"}
    plan = read_plan(data)
    content = export(make_request(plan, plan.actions, "plan.yaml"), "plan.atom")
    assert content == export(make_request(plan, plan.actions, "plan.yaml"), "plan.atom")
    assert feed(content)
