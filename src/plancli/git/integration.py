"""How git learns to diff and merge plans: a line of gitattributes(5) and the drivers in git-config(1)."""

import os
from enum import StrEnum
from typing import NamedTuple

from plancli.errors import Unavailable, Usage
from plancli.git.process import GitFailed, line, run
from plancli.git.repository import Repository
from plancli.i18n import _, os_error_text

ATTRIBUTES = "diff=plan merge=plan text eol=lf"

# A text conversion that fails, or isn't there, would end `git diff`: then the file itself is shown.
_TEXTCONV = 'f() { plancli git textconv "$1" 2>/dev/null || cat "$1"; }; f'
# Without the driver git would keep our side and say nothing of theirs: where the command isn't found (127) or
# can't be run (126) git's own merge takes over; any other refusal stands.
_DRIVER = (
    "plancli git merge-driver %O %A %B %L %P || { r=$?; test $r -lt 126 && exit $r; "
    "git merge-file --marker-size=%L -L ours -L base -L theirs %A %O %B; }"
)

CONFIGURATION = {
    # The number of an action as it stands in the file, or the first line of an action as it is converted.
    "diff.plan.xfuncname": "^ *(- number: .*|[0-9]+ measure .*)$",
    # Runs of letters, digits and bytes past ASCII (so that é is no end of a word), or any one other character.
    "diff.plan.wordRegex": "[^][:space:].,;:()\"'/-]+|[^[:space:]]",
    "diff.plan.textconv": _TEXTCONV,
    "merge.plan.driver": _DRIVER,
}


class State(StrEnum):
    """How a setting stands: as plancli writes it, not at all, or as somebody else wrote it."""

    SET = "set"
    MISSING = "missing"
    OTHER = "other"


class Setting(NamedTuple):
    """A line of an attributes file, or a key of git's configuration (``file`` is then empty)."""

    name: str
    value: str
    state: State
    file: str = ""
    found: str = ""

    @property
    def line(self) -> str:
        """Give what is written: a line of attributes, or the value of a key."""
        return f"{self.name} {self.value}" if self.file else self.value


class Integration(NamedTuple):
    """Where plans are made known to git: in one repository for one plan, or for all of a user's plans.

    ``pattern`` is the plan in the attributes file, ``scope`` the option of git-config that names its file.
    """

    folder: str
    scope: str
    attributes: str
    pattern: str

    def settings(self) -> tuple[Setting, ...]:
        """Give every setting and how it stands, the attributes first."""
        content = _read(self.attributes)
        wanted = self._attributes_line()
        known = os.fsencode(wanted) in [each.strip() for each in content.splitlines()]
        attributes = Setting(self.pattern, ATTRIBUTES, State.SET if known else State.MISSING, self.attributes)
        found = self._configured()
        return (
            attributes,
            *(_setting(name, value, found.get(name.lower())) for name, value in CONFIGURATION.items()),
        )

    def install(self, settings: tuple[Setting, ...], dry_run: bool = False) -> None:
        """Write what is missing; raise Usage, and write nothing, where somebody else has set a key."""
        others = [setting for setting in settings if setting.state is State.OTHER]
        if others:
            raise Usage(
                _("{name} is set already, and not by plancli: {value}").format(
                    name=others[0].name, value=others[0].found
                ),
                _("Take it out first: git config {scope} --unset {name}").format(
                    scope=self.scope, name=others[0].name
                ),
            )
        if dry_run:
            return
        for setting in settings:
            if setting.state is State.MISSING and not setting.file:
                self._config(setting.name, setting.value)
        if settings[0].state is State.MISSING:
            content = _read(self.attributes)
            content += b"" if not content or content.endswith(b"\n") else b"\n"
            _write(self.attributes, content + os.fsencode(self._attributes_line()) + b"\n")

    def uninstall(self, settings: tuple[Setting, ...]) -> None:
        """Take out what plancli wrote and nothing else; a file of attributes left empty goes too."""
        if settings[0].state is State.SET:
            wanted = os.fsencode(self._attributes_line())
            kept = [each for each in _read(self.attributes).splitlines(keepends=True) if each.strip() != wanted]
            if kept:
                _write(self.attributes, b"".join(kept))
            else:
                _remove(self.attributes)
        for setting in settings:
            if setting.state is State.SET and not setting.file:
                self._config("--unset", setting.name)

    def _attributes_line(self) -> str:
        return f"{self.pattern} {ATTRIBUTES}"

    def _config(self, *words: str) -> None:
        try:
            run(self.folder, "config", self.scope, *words)
        except GitFailed as error:
            raise Unavailable(
                _("git can't change its configuration: {reason}").format(reason=error.reason)
            ) from None

    def _configured(self) -> dict[str, str]:
        """Give the keys that are set in this scope; git gives sections and names in lower case."""
        try:
            listed = run(self.folder, "config", self.scope, "--null", "--list")
        except GitFailed:
            return {}
        entries = (each.decode("utf-8", "replace").partition("\n") for each in listed.split(b"\0") if each)
        return {name: value for name, _separator, value in entries}


def integration(repository: Repository, plan: str) -> Integration:
    """Give the integration of one plan of a repository; raise Unavailable in a bare one."""
    if not repository.top:
        raise Unavailable(_("a bare repository has no files to show or to merge"), _("Install it in a clone."))
    pattern = _quoted("/" + repository.path_of(plan))
    return Integration(repository.folder, "--local", os.path.join(repository.top, ".gitattributes"), pattern)


def global_integration() -> Integration:
    """Give the integration of every ``plan.yaml`` of the user's repositories."""
    try:
        file = os.fsdecode(
            line(run("", "config", "--global", "--type=path", "--get", "core.attributesFile")).encode()
        )
    except GitFailed:
        home = os.environ.get("XDG_CONFIG_HOME") or os.path.join(os.path.expanduser("~"), ".config")
        file = os.path.join(home, "git", "attributes")
    return Integration("", "--global", file, "plan.yaml")


def _setting(name: str, value: str, found: str | None) -> Setting:
    if found is None:
        return Setting(name, value, State.MISSING)
    return Setting(name, value, State.SET if found == value else State.OTHER, found=found)


def _quoted(path: str) -> str:
    r"""Write a path as a pattern that matches nothing else (gitattributes(5)): ``*?[\`` taken as they are."""
    pattern = "".join(f"\\{each}" if each in "*?[\\" else each for each in path)
    if any(each in ' "\t\n' for each in pattern):
        escaped = pattern.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t").replace("\n", "\\n")
        return f'"{escaped}"'
    return pattern


def _read(file: str) -> bytes:
    try:
        with open(file, "rb") as stream:
            return stream.read()
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise Unavailable(
            _("can't read {path}: {reason}").format(path=file, reason=os_error_text(error))
        ) from error


def _write(file: str, content: bytes) -> None:
    from plancli.files import write_file

    try:
        os.makedirs(os.path.dirname(file), exist_ok=True)
    except OSError as error:
        raise Unavailable(
            _("can't write {path}: {reason}").format(path=file, reason=os_error_text(error))
        ) from error
    write_file(file, content)


def _remove(file: str) -> None:
    try:
        os.unlink(file)
    except OSError as error:
        raise Unavailable(
            _("can't write {path}: {reason}").format(path=file, reason=os_error_text(error))
        ) from error
