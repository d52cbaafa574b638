"""Modules that are loaded at their first use do what they always do."""

import subprocess
import sys

PROGRAM = """
import sys
from plancli.cli.app.postponed import MODULES, Postponed, postpone

for name, _need in MODULES:
    sys.modules.pop(name, None)
postpone()
import typer
assert [name for name, _need in MODULES if type(sys.modules[name]) is not Postponed] == []
postpone()
import subprocess, textwrap, tokenize, ipaddress, linecache, ntpath, bz2, lzma
assert textwrap.dedent("  a") == "a"
assert subprocess.run([sys.executable, "-c", "pass"]).returncode == 0
from tokenize import NAME
from ipaddress import ip_address
assert str(ip_address("::1")) == "::1" and NAME
assert ntpath.join("a", "b") == "a\\\\b"
assert bz2.decompress(bz2.compress(b"a")) == lzma.decompress(lzma.compress(b"a")) == b"a"
assert linecache.getline(typer.__file__, 1)
assert [name for name, _need in MODULES if type(sys.modules[name]) is Postponed] == []
"""


def test_each_is_loaded_when_it_is_used() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], check=True)


MISSING = """
import sys
sys.modules.pop("lzma", None)
sys.modules["_lzma"] = None
from plancli.cli.app.postponed import postpone
postpone()
import shutil
assert not any(name == "xztar" for name, _about in shutil.get_archive_formats())
"""


def test_a_module_that_this_python_lacks_stays_missing() -> None:
    subprocess.run([sys.executable, "-c", MISSING], check=True)
