"""The jobs of docs/ci.md and its French page, as YAML; those that write a comment run against a forge made up."""

import json
import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

from tests.repositories import Repo

pytestmark = pytest.mark.slow  # a whole job each

ROOT = Path(__file__).parents[1]
SOURCE = (ROOT / "data" / "plan.yaml").read_bytes()
OTHER = {"id": 900, "body": "Merci !", "user": {"type": "User"}, "author": {"id": 5}}


def jobs() -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for page in ("docs/ci.md", "docs/ci.fr.md"):
        for block in re.findall(r"^```yaml\n(.*?)^```$", (ROOT / page).read_text("utf-8"), re.S | re.M):
            data = yaml.safe_load(textwrap.dedent(re.sub(r"\A#.*\n", "", block)))
            if isinstance(data, dict):
                own = {name: job for name, job in data.get("jobs", data).items() if isinstance(job, dict)}
                found |= {f"{page}:{name}": job for name, job in own.items()}
    return found


class Forge(ThreadingHTTPServer):
    """Keeps comments as GitHub and GitLab do, a hundred on a page."""

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server_port}"
        self.comments: list[dict[str, Any]] = []
        self.asked: list[str] = []


class Handler(BaseHTTPRequestHandler):
    server: Forge

    def log_message(self, *_args: object) -> None:
        """Say nothing."""

    def _answer(self, data: object) -> None:
        content = json.dumps(data).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)

    def _sent(self) -> dict[str, Any]:
        self.server.asked.append(self.command)
        assert (self.headers["PRIVATE-TOKEN"] or self.headers["Authorization"]).endswith("secret")
        data = json.loads(self.rfile.read(int(self.headers["Content-Length"] or 0)) or "{}")
        assert isinstance(data, dict)
        return data

    def do_GET(self) -> None:
        self._sent()
        if self.path.endswith("/user"):
            return self._answer({"id": 7})
        page = int(self.path.rpartition("&page=")[2])
        return self._answer(self.server.comments[100 * (page - 1) : 100 * page])

    def do_POST(self) -> None:
        number = len(self.server.comments) + 1
        own = {
            "id": number,
            "url": f"{self.server.url}/one/{number}",
            "user": {"type": "Bot"},
            "author": {"id": 7},
        }
        self.server.comments.append({**self._sent(), **own})
        self._answer({})

    def _change(self) -> None:
        number = int(self.path.rpartition("/")[2])
        next(each for each in self.server.comments if each["id"] == number).update(self._sent())
        self._answer({})

    do_PATCH = _change  # noqa: N815 - the name is http.server's
    do_PUT = _change  # noqa: N815


@pytest.fixture
def forge() -> Iterator[Forge]:
    server = Forge()
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def branch(repo: Repo, tmp_path: Path) -> Path:
    """Make a branch that changes an action, in a clone as a pipeline has it."""
    repo.commit(SOURCE, "Le plan publié")
    repo.git("checkout", "--quiet", "-b", "change")
    repo.commit(SOURCE.replace(b"priority: 2", b"priority: 1", 1), "Une priorité")
    repo.git("checkout", "--quiet", "main")
    repo.git("clone", "--quiet", "--branch=change", str(repo.folder), str(tmp_path / "clone"))
    return tmp_path / "clone"


def steps(name: str) -> list[str]:
    job = jobs()[name]
    if "script" in job:
        return [step for step in job["script"] if not step.startswith("pip ")]
    return [step["run"] for step in job["steps"] if "run" in step and not step["run"].startswith("pip ")]


def ran(name: str, folder: Path, forge: Forge, shell: str) -> None:
    environment = {
        **os.environ,
        "PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}",
        "NO_PROXY": "127.0.0.1",
        "GITHUB_API_URL": forge.url,
        "GITHUB_REPOSITORY": "a/b",
        "GITHUB_BASE_REF": "main",
        "NUMBER": "3",
        "GH_TOKEN": "secret",
        "CI_API_V4_URL": forge.url,
        "CI_PROJECT_ID": "1",
        "CI_MERGE_REQUEST_IID": "3",
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
        "PLAN_TOKEN": "secret",
    }
    script = "\n".join(["set -e", *steps(name)])
    done = subprocess.run([shell, "-c", script], cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="pipelines run in a shell of Unix")
@pytest.mark.parametrize(
    ("name", "shell", "verb"), [("docs/ci.md:comment", "bash", "PATCH"), ("docs/ci.md:plan-comment", "sh", "PUT")]
)
def test_a_comment_is_written_once_and_then_replaced(
    branch: Path, forge: Forge, name: str, shell: str, verb: str
) -> None:
    forge.comments += [{**OTHER, "id": 900 + number} for number in range(120)]
    marker = "<!-- plancli:diff data/plan.yaml -->"
    forge.comments.append({**OTHER, "id": 5000, "body": f"{marker}\ncopied by somebody"})
    ran(name, branch, forge, shell)
    assert len(forge.comments) == 122
    own = forge.comments[-1]
    assert own["body"].startswith(f"{marker}\n")
    assert "priorité 2 → 1" in own["body"]
    plan = branch / "data/plan.yaml"
    plan.write_bytes(plan.read_bytes().replace(b"years: [2021]", b"years: [2022]", 1))
    subprocess.run(
        ["git", "-c", "user.name=A", "-c", "user.email=a@b.c", "commit", "-qam", "Encore"], cwd=branch, check=True
    )
    ran(name, branch, forge, shell)
    assert len(forge.comments) == 122, "its own comment is replaced"
    assert "calendrier 2021 → 2022" in own["body"]
    assert forge.asked.count(verb) == forge.asked.count("POST") == 1
    assert [each["body"] for each in forge.comments[:-1] if each["id"] != 5000] == ["Merci !"] * 120


@pytest.mark.skipif(sys.platform == "win32", reason="pipelines run in a shell of Unix")
@pytest.mark.parametrize(("name", "shell"), [("docs/ci.md:comment", "bash"), ("docs/ci.md:plan-comment", "sh")])
def test_a_request_about_something_else_gets_no_comment(branch: Path, forge: Forge, name: str, shell: str) -> None:
    subprocess.run(["git", "reset", "--quiet", "--hard", "origin/main"], cwd=branch, check=True)
    ran(name, branch, forge, shell)
    assert forge.comments == []
    marker = "<!-- plancli:diff data/plan.yaml -->"
    forge.comments.append(
        {
            "id": 1,
            "url": f"{forge.url}/one/1",
            "user": {"type": "Bot"},
            "author": {"id": 7},
            "body": f"{marker}\nx",
        }
    )
    ran(name, branch, forge, shell)
    assert "aucun changement" in forge.comments[0]["body"]


@pytest.mark.parametrize("page", ["docs/ci.md", "docs/ci.fr.md"])
@pytest.mark.parametrize("name", ["layout", "plan-layout"])
def test_the_layout_is_checked_where_it_may_fail(page: str, name: str) -> None:
    job = jobs()[f"{page}:{name}"]
    assert job.get("continue-on-error") or job.get("allow_failure")
    assert "plancli fmt --check" in steps(f"{page}:{name}")


def test_every_job_installs_the_version_that_is_documented() -> None:
    for name, job in jobs().items():
        commands = str(job)
        assert "plancli" not in commands or "plancli==0.1.0" in commands, name
