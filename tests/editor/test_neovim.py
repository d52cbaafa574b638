"""``plancli lsp`` in a real Neovim, set up as ``docs/ci.md`` says; needs nvim (0.7 or later) on the path."""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

NVIM = shutil.which("nvim")
ROOT = Path(__file__).parents[2]

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(NVIM is None or sys.platform == "win32", reason="needs nvim"),
]

DRIVE = r"""
local told = {}
local function diagnostics(count)
  vim.wait(30000, function() return #vim.diagnostic.get(0) == count end, 50)
  return vim.tbl_map(function(each) return { each.lnum, each.col, each.code } end, vim.diagnostic.get(0))
end
local function at(text)
  vim.fn.cursor(1, 1)
  vim.fn.search("\\V" .. text, "cW")
end
local function ask(method, more)
  local params = vim.lsp.util.make_position_params(0, "utf-16")
  local answers = vim.lsp.buf_request_sync(0, method, vim.tbl_extend("force", params, more or {}), 30000)
  for _, answer in pairs(answers or {}) do return answer.result end
end
told.wrong = diagnostics(1)
at("DGLC")
local range = vim.lsp.util.make_range_params(0, "utf-16").range
local actions = ask("textDocument/codeAction", { range = range, context = { diagnostics = {} } })
told.actions = vim.tbl_map(function(each) return each.title end, actions)
vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
told.mended = #diagnostics(0)
at("DGCL, DHUP")
told.hover = ask("textDocument/hover").contents.value
told.definition = vim.fn.getline(ask("textDocument/definition").range.start.line + 1)
told.completion = vim.tbl_map(function(each) return each.label end, ask("textDocument/completion").items)
told.outline = vim.tbl_map(function(each) return each.name end, ask("textDocument/documentSymbol"))
vim.lsp.util.apply_workspace_edit(ask("textDocument/rename", { newName = "DGCOL" }), "utf-16")
told.renamed = vim.fn.searchcount({ pattern = "DGCOL", maxcount = 0 }).total
vim.cmd("silent %s/^priorities: \\[1, 2\\]$/priorities:\\r- 1\\r- 2/")
local options = { tabSize = 2, insertSpaces = true }
vim.lsp.util.apply_text_edits(ask("textDocument/formatting", { options = options }), 0, "utf-16")
vim.cmd("write! formatted.yaml")
vim.fn.writefile({ vim.fn.json_encode(told) }, "told.json")
vim.cmd("qall!")
"""


def set_up() -> str:
    """Return the lines for ``init.lua`` that the docs have for this Neovim."""
    assert NVIM
    version = subprocess.run([NVIM, "--version"], capture_output=True, text=True, check=True).stdout
    found = re.search(r"v(\d+)\.(\d+)", version)
    assert found
    is_new = (int(found[1]), int(found[2])) >= (0, 11)
    blocks: list[str] = re.findall(
        r"^```lua\n(.*?)^```$", (ROOT / "docs" / "ci.md").read_text("utf-8"), re.S | re.M
    )
    return next(block for block in blocks if ("vim.lsp.enable" in block) == is_new)


def test_neovim_as_the_docs_set_it_up(tmp_path: Path) -> None:
    plan = (ROOT / "data" / "plan.yaml").read_text("utf-8")
    (tmp_path / "plan.yaml").write_text(plan.replace("DGFI, DGCL, DHUP", "DGFI, DGLC, DHUP", 1), "utf-8")
    (tmp_path / "init.lua").write_text(set_up(), "utf-8")
    (tmp_path / "drive.lua").write_text(DRIVE, "utf-8")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "plancli").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m plancli "$@"\n')
    (tmp_path / "bin" / "plancli").chmod(0o755)
    assert NVIM
    path = f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}"
    home = {key: str(tmp_path) for key in ("HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME")}
    done = subprocess.run(
        [NVIM, "--headless", "-n", "-u", "init.lua", "plan.yaml", "-c", "luafile drive.lua"],
        cwd=tmp_path,
        env={**os.environ, **home, "PATH": path, "PLANCLI_LANG": "en"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=180,
    )
    assert (tmp_path / "told.json").exists(), done.stderr
    told = json.loads((tmp_path / "told.json").read_text("utf-8"))
    assert told["wrong"] == [[201, 43, "unknown-directorate"]]
    assert told["actions"] == ["unsafe: replace by DGCL"]
    assert told["mended"] == 0
    assert told["hover"].startswith("**DGCL**: Direction générale des collectivités locales")
    assert told["definition"] == "  DGCL:"
    assert "DGTrésor" in told["completion"]
    assert [each.partition(" · ")[0] for each in told["outline"]] == [
        "Orientation 1",
        "Orientation 2",
        "Orientation 3",
    ]
    assert told["renamed"] == 1 + len(re.findall(r"(?:pilots|associated): .*\bDGCL\b", plan))
    assert (tmp_path / "formatted.yaml").read_text("utf-8") == re.sub(
        r"^(  |            (?:pilots|associated): .*)\bDGCL\b", r"\1DGCOL", plan, flags=re.M
    )
