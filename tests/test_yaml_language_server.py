"""What an editor shows: the real yaml-language-server, with the modeline of the plan and the schema beside it.

Needs yaml-language-server (npm) on the path, or in $YAML_LANGUAGE_SERVER.
"""

import json
import os
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
SERVER = os.environ.get("YAML_LANGUAGE_SERVER") or shutil.which("yaml-language-server")


class Client:
    """As much of the language server protocol as hovering takes."""

    def __init__(self, server: str) -> None:
        command = [server, "--stdio"]
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.told: list[dict[str, Any]] = []
        self.ask("initialize", {"processId": None, "rootUri": None, "capabilities": {}})
        self.send({"method": "initialized", "params": {}})

    def send(self, message: dict[str, Any]) -> None:
        body = json.dumps({"jsonrpc": "2.0", **message}).encode()
        assert self.process.stdin
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def receive(self) -> dict[str, Any]:
        assert self.process.stdout
        length = 0
        while line := self.process.stdout.readline().strip():
            if line.lower().startswith(b"content-length:"):
                length = int(line.split(b":")[1])
        message: dict[str, Any] = json.loads(self.process.stdout.read(length))
        if "id" in message and "method" in message:  # the server asks for settings: it gets none
            items = message.get("params", {}).get("items", [])
            self.send({"id": message["id"], "result": [None for _ in items] or None})
        return message

    def ask(self, method: str, params: dict[str, Any]) -> Any:
        self.send({"id": method, "method": method, "params": params})
        while (message := self.receive()).get("id") != method or "method" in message:
            self.told.append(message)
        return message.get("result")

    def diagnostics(self) -> list[dict[str, Any]]:
        while True:
            message = self.told.pop(0) if self.told else self.receive()
            if message.get("method") == "textDocument/publishDiagnostics":
                found: list[dict[str, Any]] = message["params"]["diagnostics"]
                return found


@pytest.mark.slow
@pytest.mark.skipif(SERVER is None, reason="no yaml-language-server")
def test_yaml_language_server_shows_descriptions_and_errors_of_the_schema(tmp_path: Path) -> None:
    for name in ("data", "schema"):
        shutil.copytree(ROOT / name, tmp_path / name)
    plan = tmp_path / "data" / "plan.yaml"
    text = plan.read_text("utf-8")
    client = Client(str(SERVER))
    try:
        opened = {"uri": plan.as_uri(), "languageId": "yaml", "version": 1, "text": text}
        client.send({"method": "textDocument/didOpen", "params": {"textDocument": opened}})
        assert client.diagnostics() == []
        for key, words in (
            ("            pilots:", "The codes of the directorates that answer for the action"),
            ("            years:", "Each year the action covers"),
            ("directorates:", "The register"),
            ("unused_numbers:", "Action numbers that no action carries"),
        ):
            line = text[: text.index(f"\n{key}") + 1].count("\n")
            position = {"line": line, "character": len(key) - 2}
            shown = client.ask(
                "textDocument/hover", {"textDocument": {"uri": plan.as_uri()}, "position": position}
            )
            assert words in json.dumps(shown, ensure_ascii=False)
        broken = text.replace("priority: 1\n", "priority: true\n", 1)
        changed = {"uri": plan.as_uri(), "version": 2}
        client.send(
            {
                "method": "textDocument/didChange",
                "params": {"textDocument": changed, "contentChanges": [{"text": broken}]},
            }
        )
        found = client.diagnostics()
        assert [each["range"]["start"]["line"] + 1 for each in found] == [
            broken[: broken.index("priority: true")].count("\n") + 1
        ]
    finally:
        client.process.kill()
        client.process.wait()
        for stream in (client.process.stdin, client.process.stdout):
            if stream:
                stream.close()
