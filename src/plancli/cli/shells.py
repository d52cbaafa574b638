"""Completion in Bash, Zsh, Fish and PowerShell: the scripts, answers to what they ask, installation.

A script calls plancli with ``_PLANCLI_COMPLETE=complete_<shell>`` and the words of the line in other variables;
``source_<shell>`` prints the script. Both are Typer's protocol, so scripts that were installed before still work.
"""

import os
import shlex
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple

from plancli.cli.completion import Item, option_help, options_of
from plancli.cli.streams import print_out
from plancli.cli.usage import choose
from plancli.errors import Usage
from plancli.files import make_folder_of, read_file, write_file
from plancli.i18n import _

BASH = r"""_plancli_completion() {
    local IFS=$'\n'
    COMPREPLY=( $( env COMP_WORDS="${COMP_WORDS[*]}" \
                   COMP_CWORD=$COMP_CWORD \
                   _PLANCLI_COMPLETE=complete_bash $1 ) )
    return 0
}

complete -o default -F _plancli_completion plancli
"""

ZSH = r"""#compdef plancli

_plancli_completion() {
  eval $(env _TYPER_COMPLETE_ARGS="${words[1,$CURRENT]}" _PLANCLI_COMPLETE=complete_zsh plancli)
}

compdef _plancli_completion plancli
"""

FISH = (
    "complete --command plancli --no-files --arguments "
    '"(env _PLANCLI_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=get-args '
    '_TYPER_COMPLETE_ARGS=(commandline -cp) plancli)" --condition '
    '"env _PLANCLI_COMPLETE=complete_fish _TYPER_COMPLETE_FISH_ACTION=is-args '
    '_TYPER_COMPLETE_ARGS=(commandline -cp) plancli"\n'
)

POWERSHELL = r"""Import-Module PSReadLine
Set-PSReadLineKeyHandler -Chord Tab -Function MenuComplete
$scriptblock = {
    param($wordToComplete, $commandAst, $cursorPosition)
    $Env:_PLANCLI_COMPLETE = "complete_powershell"
    $Env:_TYPER_COMPLETE_ARGS = $commandAst.ToString()
    $Env:_TYPER_COMPLETE_WORD_TO_COMPLETE = $wordToComplete
    plancli | ForEach-Object {
        $commandArray = $_ -Split ":::"
        $command = $commandArray[0]
        $helpString = $commandArray[1]
        [System.Management.Automation.CompletionResult]::new(
            $command, $command, 'ParameterValue', $helpString)
    }
    $Env:_PLANCLI_COMPLETE = ""
    $Env:_TYPER_COMPLETE_ARGS = ""
    $Env:_TYPER_COMPLETE_WORD_TO_COMPLETE = ""
}
Register-ArgumentCompleter -Native -CommandName plancli -ScriptBlock $scriptblock
"""

SCRIPTS = {"bash": BASH, "zsh": ZSH, "fish": FISH, "powershell": POWERSHELL, "pwsh": POWERSHELL}


class CommandLine(NamedTuple):
    """A line that is being typed: the words before the last one, and the last one, which may be empty.

    ``key`` is the beginning of the last word that the shell doesn't complete: Bash parts ``axe=1`` at the sign.
    """

    before: list[str]
    last: str
    key: str = ""


def answer(environment: Mapping[str, str], build: Callable[[Sequence[str]], Any]) -> int:
    """Answer a shell and return the exit code; whatever goes wrong, nothing is written to standard error.

    ``build`` makes the app, with the named commands in full.
    """
    action, _underscore, shell = environment["_PLANCLI_COMPLETE"].partition("_")
    if shell not in SCRIPTS or action not in ("source", "complete"):
        return 1
    if action == "source":
        print_out(SCRIPTS[shell])
        return 0
    stderr = sys.stderr
    try:
        with open(os.devnull, "w", encoding="utf-8") as sys.stderr:
            line = _typed(shell, environment)
            found = _completions(build(line.before[:1]), line)
            items = [(word.removeprefix(line.key), help) for word, help in found]
    except Exception:  # a shell would show it in the middle of a line
        return 1
    finally:
        sys.stderr = stderr
    if shell == "fish" and environment.get("_TYPER_COMPLETE_FISH_ACTION") == "is-args":
        return 0 if items else 1  # 1: Fish completes names of files
    text = _formatted(shell, items)
    print_out(f"{text}\n" if text or shell != "fish" else "")
    return 0


def _typed(shell: str, environment: Mapping[str, str]) -> CommandLine:
    """Return the line that a shell is asked to complete, without the program's name."""
    if shell == "bash":
        text, place = environment["COMP_WORDS"], int(environment["COMP_CWORD"])
        words = text.split("\n" if "\n" in text else " ")[1 : place + 1]
        # Bash takes --pilot=D apart at the =, and completes D alone.
        last = "" if len(words) < place or words[-1] == "=" else words.pop()
        key = ""
        if len(words) > 1 and words[-1] == "=" and not words[-2].startswith("-"):  # -f axe=1 too
            key, words = f"{words[-2]}=", words[:-2]
        before = [part for word in words if word != "=" for part in _split(word)]
        return CommandLine(before, key + "".join(_split(last)), key)
    text = environment.get("_TYPER_COMPLETE_ARGS", "")
    words = _split(text)[1:]
    is_new = not environment.get("_TYPER_COMPLETE_WORD_TO_COMPLETE") if "power" in shell else text.endswith(" ")
    return CommandLine(words, "") if is_new or not words else CommandLine(words[:-1], words[-1])


def _split(text: str) -> list[str]:
    """Split a line into words as a POSIX shell does; a quotation that isn't closed yet ends with the line."""
    lexer = shlex.shlex(text, posix=True, punctuation_chars=False)
    lexer.whitespace_split, lexer.commenters = True, ""
    words: list[str] = []
    try:
        words.extend(lexer)
    except ValueError:
        words.append(lexer.token.removesuffix("\n") if lexer.token else "")
    return words


def _completions(command: Any, line: CommandLine) -> list[Item]:
    """Return what can be in place of the last word."""
    ctx = command.make_context("plancli", [], resilient_parsing=True)
    before = list(line.before)
    while before and before[0] in getattr(command, "commands", {}):
        command = command.commands[before[0]]
        ctx = command.make_context(before.pop(0), [], parent=ctx, resilient_parsing=True)
    if hasattr(command, "commands"):
        if line.last.startswith("-"):
            return _names_of_options(ctx, line.last)
        visible = ((name, each.help) for name, each in command.commands.items() if not each.hidden)
        return [(name, _(help or "")) for name, help in visible if name.startswith(line.last)]
    ctx = command.make_context(ctx.info_name, list(before), parent=ctx.parent, resilient_parsing=True)
    name, equals, value = line.last.partition("=")
    options = options_of(ctx)
    if "--" not in before:
        if name.startswith("--") and equals:
            items = _values(options[name], ctx, value) if name in options else []
            return [(f"{name}={word}", help) for word, help in items]
        if before and before[-1] in options and not options[before[-1]].is_flag:
            return _values(options[before[-1]], ctx, line.last)
        if line.last.startswith("-"):
            return _names_of_options(ctx, line.last)
    arguments = (param for param in command.get_params(ctx) if param.param_type_name == "argument")
    free = (param for param in arguments if param.nargs == -1 or ctx.params.get(param.name) is None)
    argument = next(free, None)
    return _values(argument, ctx, line.last) if argument else []


def _names_of_options(ctx: Any, start: str) -> list[Item]:
    return [
        (name, option_help(param))
        for name, param in options_of(ctx).items()
        if not param.hidden and name.startswith(start) and (len(name) > 2 or len(start) < 2)
    ]


def _values(param: Any, ctx: Any, start: str) -> list[Item]:
    return [(item.value, item.help or "") for item in param.shell_complete(ctx, start)]


def _formatted(shell: str, items: Sequence[Item]) -> str:
    lines = [(word, " ".join(help.split())) for word, help in items]
    if shell == "bash":
        return "\n".join(word.replace(" ", "\\ ") for word, _help in lines)
    if shell == "fish":
        return "\n".join(f"{word}\t{help}" if help else word for word, help in lines)
    if shell == "zsh":
        return _formatted_for_zsh(lines)
    words = ((f"'{word}'" if " " in word else word, help) for word, help in lines)
    return "\n".join(f"{word}:::{help or ' '}" for word, help in words)


def _formatted_for_zsh(lines: Sequence[tuple[str, str]]) -> str:
    """Return a command for Zsh, which evaluates it twice: the script as a whole, ``_arguments`` the list in it."""
    if not lines:
        return "_files"

    def quoted(text: str) -> str:
        for special in '\\"$`':
            text = text.replace(special, f"\\{special}")
        return f'"{text}"'

    words = [(word.replace("\\", "\\\\").replace(":", "\\:"), help) for word, help in lines]
    values = "\n".join(f"{quoted(word)}:{quoted(help)}" if help else quoted(word) for word, help in words)
    return "_arguments '*: :((" + values.replace("'", "'\\''") + "))'"


def set_up(option: str, *names: str) -> int:
    """Do what ``--install-completion`` and ``--show-completion`` ask, for the named shell or the current one."""
    option, equals, name = option.partition("=")
    names = (name, *names) if equals else names
    if len(names) > 1:
        hint = _("Shells: {words}").format(words=", ".join(SCRIPTS))
        raise Usage(_("{option} takes one shell").format(option=option), hint)
    shell = names[0] if names else _current_shell()
    choose(shell, tuple(SCRIPTS), _("no completion for the shell {word}"), _("Shells: {words}"))
    if option == "--show-completion":
        print_out(SCRIPTS[shell])
        return 0
    place = _install(shell)
    print_out(_("{shell} completion installed in {path}").format(shell=shell, path=place) + "\n")
    print_out(_("It takes effect in the next shell") + "\n")
    return 0


def _current_shell() -> str:
    """Return the name of the shell that plancli was called from; raise Usage where it can't be known."""
    try:
        import shellingham  # Typer brings it

        name, _path = shellingham.detect_shell()
        return str(name)
    except Exception:  # of its own, of a missing /proc or ps, of the import
        name = os.path.basename(os.environ.get("SHELL", ""))
    if not name:
        raise Usage(
            _("the current shell is unknown"),
            _("Name it: {command}").format(command="plancli --install-completion bash"),
        )
    return name


def _install(shell: str) -> str:
    """Write the script of a shell where it looks for it; return the place."""
    home = os.path.expanduser("~")
    match shell:
        case "bash":
            place = os.path.join(home, ".bash_completions", "plancli.sh")
            _add_lines(os.path.join(home, ".bashrc"), f"source '{place}'")
        case "zsh":
            place = os.path.join(home, ".zfunc", "_plancli")
            _add_lines(os.path.join(home, ".zshrc"), "fpath+=~/.zfunc; autoload -Uz compinit; compinit")
        case "fish":
            place = os.path.join(home, ".config", "fish", "completions", "plancli.fish")
        case _:
            raise Usage(
                _("PowerShell has to be set up by hand"),
                _("Add to $PROFILE what this prints: {command}").format(command="plancli --show-completion pwsh"),
            )
    _write(place, SCRIPTS[shell].encode())
    return place


def _add_lines(file: str, line: str) -> None:
    """Add a line to a file that a shell reads at its start, if it isn't there; its other bytes stay."""
    content = read_file(file) if os.path.exists(file) else b""
    if line.encode() not in content.splitlines():
        start = content if not content or content.endswith(b"\n") else content + b"\n"
        _write(file, start + line.encode() + b"\n")


def _write(file: str, content: bytes) -> None:
    make_folder_of(file)
    write_file(file, content)
