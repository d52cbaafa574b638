"""What ``plancli git install`` writes: a line of gitattributes(5), and drivers in git-config(1)."""

import os
from collections.abc import Iterator
from contextlib import suppress
from enum import StrEnum
from typing import NamedTuple

from plancli.errors import Unavailable, Usage
from plancli.files import cannot_write, make_folder_of, read_file, write_file
from plancli.git.process import Git, GitFailed
from plancli.git.repository import Repository
from plancli.i18n import _, os_error_text

MERGE_DRIVER = (
    'f() { cp "$2" "$2.ours" || rm -f "$2.ours";'
    ' git merge-file -q --marker-size="$4" -L ours -L base -L theirs "$2" "$1" "$3"; own=$?;'
    ' plancli git merge-driver "$1" "$2.ours" "$3" "$4" "$5" "$2.new"; r=$?;'
    ' test $r -lt 2 && test -f "$2.new" && mv -f "$2.new" "$2" && own=$r;'
    ' rm -f "$2.ours" "$2.new"; test $own -lt 128 || own=1; return $own; }; f %O %A %B %L %P'
)
"""What ``merge.plan.driver`` holds, and git gives to a shell.

Git's own merge is in the file before plancli runs. Its result replaces it only if plancli wrote one and ended by
itself: a plancli that isn't found, can't start, crashes or is killed leaves git's own. An exit code past 128 would
make git give up the whole merge.
"""

FORMER_DRIVER = (
    "plancli git merge-driver %O %A %B %L %P || { r=$?; test $r -lt 126 && exit $r; "
    "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; }"
)
"""What version 0.1 wrote: ``git install`` replaces it."""

ATTRIBUTES = "diff=plan merge=plan text eol=lf"

# A text conversion that fails, or isn't there, would end `git diff`: then the file itself is shown.
_TEXTCONV = 'f() { plancli git textconv "$1" 2>/dev/null || cat "$1"; }; f'

CONFIGURATION = {
    # The number of an action as it is in the file, or the first line of an action as it is converted.
    "diff.plan.xfuncname": "^ *(- number: .*|[0-9]+ measure .*)$",
    # Runs of letters, digits and bytes past ASCII (so that é is no end of a word), or any one other character.
    "diff.plan.wordRegex": "[^][:space:].,;:()\"'/-]+|[^[:space:]]",
    "diff.plan.textconv": _TEXTCONV,
    "merge.plan.driver": MERGE_DRIVER,
}


_OUTSIDE = {"GIT_DIR": os.devnull}
"""Git's environment where it is to answer as in no repository."""


class State(StrEnum):
    """The state of a setting: as plancli writes it, missing, or as somebody else wrote it."""

    SET = "set"
    MISSING = "missing"
    OTHER = "other"


class Setting(NamedTuple):
    """A line of an attributes file, or a key of git's configuration (``file`` is then empty).

    ``state`` is what git obeys, wherever it comes from; ``written`` is whether plancli's own is where it is
    installed; ``found`` is what git obeys instead, ``place`` the file and line that say so, where it can be told.
    """

    name: str
    value: str
    state: State
    file: str = ""
    found: str = ""
    written: bool = False
    place: str = ""

    @property
    def line(self) -> str:
        """What is written: a line of attributes, or the value of a key."""
        return f"{self.name} {self.value}" if self.file else self.value


class Integration(NamedTuple):
    """The place where git is set up for plans: one repository for one plan, or for all of a user's plans.

    ``pattern`` is the plan in the attributes file, ``scope`` the option of git-config that names its file;
    ``path`` is the plan in its repository, empty for all.
    """

    git: Git
    scope: str
    attributes: str
    pattern: str
    path: str = ""

    def settings(self) -> tuple[Setting, ...]:
        """Return every setting and how it stands, the attributes first."""
        obeyed, own = self._configured(), self._configured(self.scope)
        return (
            self._attributes(),
            *(
                _setting(name, value, obeyed.get(name.lower()), own.get(name.lower()))
                for name, value in CONFIGURATION.items()
            ),
        )

    def install(self, settings: tuple[Setting, ...], dry_run: bool = False) -> None:
        """Write what isn't written; raise Usage, and write nothing, where somebody else has set a key."""
        others = [setting for setting in settings if setting.state is State.OTHER and not setting.file]
        if others:
            raise Usage(
                _("{name} is set already, and not by plancli: {value}").format(
                    name=others[0].name, value=others[0].found
                ),
                _("Take it out first: git config {scope} --unset {name}").format(
                    scope=self.scope, name=others[0].name
                ),
            )
        content = self._read()
        if dry_run:
            return
        for setting in settings:
            if not setting.written and not setting.file:
                self._config(setting.name, setting.value)
        if not settings[0].written:
            ended = content if not content or content.endswith(b"\n") else content + b"\n"
            self._write(content, ended + os.fsencode(self._attributes_line()) + b"\n")

    def uninstall(self, settings: tuple[Setting, ...]) -> None:
        """Take out what plancli wrote and nothing else; a file of attributes left empty goes too."""
        if settings[0].written:
            wanted, content = os.fsencode(self._attributes_line()), self._read()
            kept = [each for each in content.splitlines(keepends=True) if each.strip() != wanted]
            if kept:
                self._write(content, b"".join(kept))
            else:
                _remove(self.attributes)
        for setting in settings:
            if setting.written and not setting.file:
                self._config("--unset", setting.name)

    def _attributes(self) -> Setting:
        written = os.fsencode(self._attributes_line()) in map(bytes.strip, self._read(checked=False).splitlines())
        setting = Setting(self.pattern, ATTRIBUTES, State.SET, self.attributes, written=written)
        if not self.path:
            return setting if written else setting._replace(state=State.MISSING)
        answer = os.fsdecode(self.git.run("check-attr", "-z", "diff", "merge", "--", self.path)).split("\0")
        obeyed = dict(zip(answer[1::3], answer[2::3], strict=False))
        wrong = {name: value for name, value in obeyed.items() if value != "plan"}
        if not wrong:
            return setting
        if not written and all(value == "unspecified" for value in wrong.values()):
            return setting._replace(state=State.MISSING)
        found = " ".join(_attribute(name, value) for name, value in wrong.items())
        return setting._replace(state=State.OTHER, found=found, place=self._overriding(*next(iter(wrong.items()))))

    def _overriding(self, name: str, value: str) -> str:
        """Return the file and line that give the plan an attribute, empty if none is found."""
        words = {_attribute(name, value).encode()} | ({b"binary"} if value == "unset" else set())
        for file in self._attribute_files():
            with suppress(Unavailable):
                lines = read_file(file).splitlines()
                for number in range(len(lines), 0, -1):
                    if not words.isdisjoint(lines[number - 1].split()[1:]):
                        return f"{os.path.relpath(file)}:{number}"
        return ""

    def _attribute_files(self) -> Iterator[str]:
        """Yield the files that git takes attributes of the plan from, those that count most first."""
        yield os.path.join(self.git.folder, self.git.text("rev-parse", "--git-path", "info/attributes"))
        top, folder = os.path.dirname(self.attributes), os.path.dirname(self.path)
        while folder != top:
            yield os.path.join(folder, ".gitattributes")
            folder = os.path.dirname(folder)
        yield self.attributes
        yield _global_attributes(self.git)

    def _attributes_line(self) -> str:
        return f"{self.pattern} {ATTRIBUTES}"

    def _config(self, *words: str) -> None:
        try:
            self.git.run("config", self.scope, *words)
        except GitFailed as error:
            raise Unavailable(
                _("git can't change its configuration: {reason}").format(reason=error.reason)
            ) from None

    def _configured(self, *scope: str) -> dict[str, str]:
        """Return the keys that are set in a scope, or that hold; git gives sections and names in lower case."""
        try:
            where = {} if self.path else _OUTSIDE
            listed = self.git.run("config", *scope, "--null", "--list", **where)
        except GitFailed:
            return {}
        entries = (each.decode("utf-8", "replace").partition("\n") for each in listed.split(b"\0") if each)
        return {name: value for name, _separator, value in entries}

    def _read(self, checked: bool = True) -> bytes:
        """Return the attributes file, empty where there is none; raise Unavailable for a link in a work tree.

        Git itself follows no such link there, and whoever can push could have made it.
        """
        if self.path and os.path.islink(self.attributes):
            if not checked:
                return b""
            raise Unavailable(
                _("{file} is a symbolic link: git doesn't follow it, and nothing is written through it").format(
                    file=os.path.relpath(self.attributes)
                ),
                _("Put a file in its place, and run the command again"),
            )
        return read_file(self.attributes) if os.path.lexists(self.attributes) else b""

    def _write(self, old: bytes, content: bytes) -> None:
        make_folder_of(self.attributes)
        write_file(self.attributes, content, old)


def integration(repository: Repository, path: str) -> Integration:
    """Return the integration of one plan of a repository, by its path there; raise Unavailable in a bare one."""
    if not repository.top:
        raise Unavailable(_("a bare repository has no files to show or to merge"), _("Install it in a clone."))
    attributes = os.path.join(repository.top, ".gitattributes")
    return Integration(repository.git, "--local", attributes, _quote("/" + path), repository.spec(path))


def global_integration() -> Integration:
    """Return the integration of every ``plan.yaml`` of the user's repositories."""
    git = Git(os.path.expanduser("~") if os.path.isdir(os.path.expanduser("~")) else os.sep)
    return Integration(git, "--global", _global_attributes(git), "plan.yaml")


def _global_attributes(git: Git) -> str:
    """Return the attributes file of all the user's repositories, as git finds it (gitattributes(5))."""
    try:
        return git.text("config", "--type=path", "--get", "core.attributesFile", **_OUTSIDE)
    except GitFailed:
        home = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
        return os.path.join(home, "git", "attributes")


def _attribute(name: str, value: str) -> str:
    """Write an attribute as an attributes file has it."""
    return {"set": name, "unset": f"-{name}", "unspecified": f"!{name}"}.get(value, f"{name}={value}")


def _setting(name: str, value: str, obeyed: str | None, own: str | None) -> Setting:
    if obeyed is None:
        return Setting(name, value, State.MISSING)
    if obeyed == FORMER_DRIVER:
        return Setting(name, value, State.MISSING, found=obeyed)
    state = State.SET if obeyed == value else State.OTHER
    return Setting(name, value, state, found=obeyed, written=own == value)


def _quote(path: str) -> str:
    r"""Return a path as a pattern that matches nothing else (gitattributes(5)): ``*?[\`` taken as they are."""
    pattern = "".join(f"\\{each}" if each in "*?[\\" else each for each in path)
    if any(each in ' "\t\n' for each in pattern):
        escaped = pattern.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
        return f'"{escaped}"'
    return pattern


def _remove(file: str) -> None:
    try:
        os.unlink(file)
    except OSError as error:
        raise cannot_write(file, os_error_text(error)) from error
