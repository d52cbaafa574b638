"""How plans are made known to git: the answers of ``git install``, ``uninstall`` and ``status``."""

from collections.abc import Sequence
from os.path import relpath

from plancli.git.integration import Integration, Setting, State
from plancli.i18n import N_, _, ngettext
from plancli.output.report import (
    Definition,
    DefinitionList,
    InlineList,
    Paragraph,
    Report,
    Style,
    Styled,
    Words,
)

_EFFECTS = {
    "diff.plan.xfuncname": N_("each hunk is headed by its action"),
    "diff.plan.wordRegex": N_("--word-diff marks whole words, accents and all"),
    "diff.plan.textconv": N_("git diff shows one line a field"),
    "merge.plan.driver": N_("git merge goes by action and field"),
}


_NOT_FOUND = N_("plancli is not on the PATH: until it is, git shows and merges the file line by line.")


def status_view(integration: Integration, settings: Sequence[Setting], is_command_found: bool) -> Report:
    """Return the state and the purpose of each setting, and what to type then.

    ``is_command_found``: whether git would find the command that the settings name.
    """
    place = sum(each.state is State.SET for each in settings)
    count = ngettext("{n} of {{total}} settings in place", "{n} of {{total}} settings in place", place)
    facts = [
        Definition((Styled(_name(each, integration), Style.HEADING),), _effect(each), _state(each.state))
        for each in settings
    ]
    ends = [
        _("To take {name} out: {command}").format(
            name=each.name, command=f"git config {integration.scope} --unset {each.name}"
        )
        for each in settings
        if each.state is State.OTHER and not each.file
    ]
    if any(each.state is State.MISSING for each in settings):
        ends.append(_("To set what is missing: {command}").format(command=_command("install", integration)))
    if place and not is_command_found:
        ends.append(_(_NOT_FOUND))
    head = _head(count.format(total=len(settings)), integration)
    return Report(((head,), (DefinitionList((tuple(facts),)),), tuple(map(Paragraph, ends))))


def install_view(
    integration: Integration,
    missing: Sequence[Setting],
    dry_run: bool,
    is_command_found: bool = True,
    overridden: Sequence[Setting] = (),
) -> Report:
    """Return what is written, value by value, and what to do then.

    ``is_command_found``: whether git would find the command; ``overridden``: settings that git still doesn't use.
    """
    ends = []
    if not missing:
        said = _("nothing to write")
    elif dry_run:
        said = ngettext("{n} setting to write", "{n} settings to write", len(missing))
        ends.append(
            _("Nothing was written; to write it: {command}").format(command=_command("install", integration))
        )
    else:
        said = ngettext("{n} setting written", "{n} settings written", len(missing))
        if missing[0].file and integration.scope == "--local":
            ends.append(
                _("Commit {file}: then each other clone needs this command only.").format(
                    file=_name(missing[0], integration)
                )
            )
    ends += [f"{_name(each, integration)}: {_effect(each)}" for each in overridden]
    if not is_command_found:
        ends.append(_(_NOT_FOUND))
    return _values(_head(said, integration), Styled("+", Style.ADDED), integration, missing, ends)


def uninstall_view(integration: Integration, known: Sequence[Setting], dry_run: bool) -> Report:
    """Return what is removed, value by value."""
    ends = []
    if not known:
        said = _("nothing to take out")
    elif dry_run:
        said = ngettext("{n} setting to take out", "{n} settings to take out", len(known))
        command = _command("uninstall", integration)
        ends.append(_("Nothing was taken out; to take it out: {command}").format(command=command))
    else:
        said = ngettext("{n} setting taken out", "{n} settings taken out", len(known))
    return _values(_head(said, integration), Styled("-", Style.REMOVED), integration, known, ends)


def _values(
    head: InlineList, sign: Styled, integration: Integration, settings: Sequence[Setting], ends: Sequence[str]
) -> Report:
    facts = tuple(Definition((sign, f" {_name(each, integration)}"), each.line) for each in settings)
    return Report(((head,), (DefinitionList((facts,)),), tuple(map(Paragraph, ends))))


def _head(words: str, integration: Integration) -> InlineList:
    if integration.scope == "--global":
        return InlineList((words, _("all your repositories (git config --global)")))
    return InlineList((words, _("this clone (git config --local)")))


def _name(setting: Setting, integration: Integration) -> str:
    """Return the name of a setting: its key, or the path of its file from here."""
    if not setting.file:
        return setting.name
    return setting.file if integration.scope == "--global" else relpath(setting.file)


def _state(state: State) -> Words:
    if state is State.SET:
        return _("set")
    return (Styled(_("missing") if state is State.MISSING else _("other"), Style.WARNING),)


def _effect(setting: Setting) -> str:
    if setting.state is State.OTHER and setting.file:
        if setting.place:
            return _("git obeys {value}, from {place}").format(value=setting.found, place=setting.place)
        return _("git obeys {value}").format(value=setting.found)
    if setting.state is State.OTHER:
        return _("not plancli's: {value}").format(value=setting.found)
    if setting.file:
        return _("git takes {pattern} for a plan").format(pattern=setting.name)
    return _(_EFFECTS[setting.name])


def _command(name: str, integration: Integration) -> str:
    return f"plancli git {name}{' --global' if integration.scope == '--global' else ''}"
