"""PyYAML is imported without its patterns, and is whole all the same."""

import subprocess
import sys

PROGRAM = """
import re
compile_before = re.compile
from plancli.plan.document.parser import c_parser
parser = c_parser()
assert parser.__name__ == "CParser" and re.compile is compile_before
import yaml
assert type(yaml.reader.Reader.NON_PRINTABLE) is not re.Pattern
assert yaml.safe_load("[1, on, 2021-06-24, 1:30, a]")[:2] == [1, True]
assert yaml.load("[1.5, ~]", yaml.CSafeLoader) == [1.5, None]
try:
    yaml.safe_load("a: \\x01")
except yaml.reader.ReaderError:
    pass
else:
    raise AssertionError
assert yaml.safe_dump({"a": "on"}) == "a: 'on'\\n"
"""


def test_its_other_parsers_still_read() -> None:
    subprocess.run([sys.executable, "-c", PROGRAM], check=True)
