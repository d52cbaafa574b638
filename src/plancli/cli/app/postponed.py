"""Modules that Typer imports at its start and hardly a command needs: each is loaded at its first use.

``importlib.util.LazyLoader`` would do the same, but a second ``import`` of such a module loads it at once.
"""

import sys
from importlib.util import find_spec, module_from_spec
from types import ModuleType

MODULES = (
    ("bz2", "_bz2"),
    ("ipaddress", ""),
    ("linecache", ""),
    ("lzma", "_lzma"),
    ("ntpath", ""),
    ("subprocess", ""),
    ("textwrap", ""),
    ("tokenize", ""),
)
"""Modules of the standard library that others import whole, never a name from them; what each can't do without.

Who imports bz2 or lzma asks by the import whether this Python has it.
"""


class Postponed(ModuleType):
    """A module that is found and not yet run; the first name that is asked of it runs it."""

    def __getattr__(self, name: str) -> object:
        self.__class__ = ModuleType  # type: ignore[assignment]
        assert self.__spec__ is not None
        assert self.__spec__.loader is not None
        self.__spec__.loader.exec_module(self)
        return getattr(self, name)


def postpone() -> None:
    """Put the modules in place, those aside that are loaded already or that can't be."""
    for name, need in MODULES:
        if name not in sys.modules and not (need and find_spec(need) is None):
            spec = find_spec(name)
            if spec is not None and spec.loader is not None:
                module = module_from_spec(spec)
                module.__class__ = Postponed
                sys.modules[name] = module
