"""What ``plancli git install``, ``uninstall`` and ``status`` look like."""

import os

from plancli.git import Git
from plancli.git.integration import ATTRIBUTES, CONFIGURATION, Integration, Setting, State
from plancli.i18n import use_language
from plancli.output.renderers import render
from plancli.output.report import Report
from plancli.output.terminal import NO_TERMINAL, Terminal
from plancli.output.views.integration import install_view, status_view, uninstall_view

CLONE = Integration(Git(os.getcwd()), "--local", os.path.abspath(".gitattributes"), "/data/plan.yaml")
TERMINAL = Terminal(80, 40)
EVERYWHERE = Integration(Git(""), "--global", "/home/me/.config/git/attributes", "plan.yaml")


def settings(state: State = State.SET, place: Integration = CLONE, **others: str) -> tuple[Setting, ...]:
    """Return all settings in one state, but those that somebody else has set."""
    return (
        Setting(place.pattern, ATTRIBUTES, state, place.attributes),
        *(
            Setting(name, value, State.OTHER, found=others[name.split(".")[0]])
            if name.split(".")[0] in others
            else Setting(name, value, state)
            for name, value in CONFIGURATION.items()
        ),
    )


def lines(report: Report, window: Terminal = TERMINAL) -> list[str]:
    return render(report, "table", window).text.splitlines()


def test_status_of_all_settings_in_place() -> None:
    assert lines(status_view(CLONE, settings(), True)) == [
        " 5 of 5 settings in place · this clone (git config --local)",
        "",
        " .gitattributes       set  git takes /data/plan.yaml for a plan",
        " diff.plan.xfuncname  set  each hunk is headed by its action",
        " diff.plan.wordRegex  set  --word-diff marks whole words, accents and all",
        " diff.plan.textconv   set  git diff shows one line a field",
        " merge.plan.driver    set  git merge goes by action and field",
    ]


def test_git_status_says_what_is_missing_or_in_the_way_and_what_to_do() -> None:
    found = settings(State.MISSING, merge="mine, which is a long line that has many words in it")
    assert lines(status_view(CLONE, found, False))[1:] == [
        "",
        " .gitattributes       missing  git takes /data/plan.yaml for a plan",
        " diff.plan.xfuncname  missing  each hunk is headed by its action",
        " diff.plan.wordRegex  missing  --word-diff marks whole words, accents and all",
        " diff.plan.textconv   missing  git diff shows one line a field",
        " merge.plan.driver    other    not plancli's: mine, which is a long line that",
        "                               has many words in it",
        "",
        " To take merge.plan.driver out: git config --local --unset merge.plan.driver",
        " To set what is missing: plancli git install",
    ]


def test_git_status_says_that_plancli_is_not_on_the_path() -> None:
    *_shown, empty, end, more = lines(status_view(CLONE, settings(), False))
    assert (empty, f"{end}{more}") == (
        "",
        " plancli is not on the PATH: until it is, git shows and merges the file line by line.",
    )


def test_values_hang_and_stay_whole_in_a_pipe() -> None:
    missing = settings(State.MISSING)
    assert lines(install_view(CLONE, missing, False)) == [
        " 5 settings written · this clone (git config --local)",
        "",
        " + .gitattributes       /data/plan.yaml diff=plan merge=plan text eol=lf",
        " + diff.plan.xfuncname  ^ *(- number: .*|[0-9]+ measure .*)$",
        " + diff.plan.wordRegex  [^][:space:].,;:()\"'/-]+|[^[:space:]]",
        ' + diff.plan.textconv   f() { plancli git textconv "$1" 2>/dev/null || cat',
        '                        "$1"; }; f',
        ' + merge.plan.driver    f() { cp "$2" "$2.ours" || rm -f "$2.ours"; git',
        '                        merge-file -q --marker-size="$4" -L ours -L base -L',
        '                        theirs "$2" "$1" "$3"; own=$?; plancli git merge-driver',
        '                        "$1" "$2.ours" "$3" "$4" "$5" "$2.new"; r=$?; test $r',
        '                        -lt 2 && test -f "$2.new" && mv -f "$2.new" "$2" &&',
        '                        own=$r; rm -f "$2.ours" "$2.new"; test $own -lt 128 ||',
        "                        own=1; return $own; }; f %O %A %B %L %P",
        "",
        " Commit .gitattributes: then each other clone needs this command only.",
    ]
    piped = lines(install_view(CLONE, missing, True), NO_TERMINAL)
    assert piped[2:7] == [
        "+ .gitattributes       /data/plan.yaml diff=plan merge=plan text eol=lf",
        *(f"+ {name:19}  {value}" for name, value in CONFIGURATION.items()),
    ]
    assert piped[0].startswith("5 settings to write · ")
    assert piped[-1] == "Nothing was written; to write it: plancli git install"


def test_status_for_all_repositories() -> None:
    missing = settings(State.MISSING, EVERYWHERE)
    told = lines(install_view(EVERYWHERE, missing, False), NO_TERMINAL)
    assert told[0] == "5 settings written · all your repositories (git config --global)"
    assert told[2].startswith("+ /home/me/.config/git/attributes  plan.yaml diff=plan ")
    assert len(told) == 7
    assert lines(status_view(EVERYWHERE, missing, True))[-1].endswith("plancli git install --global")


def test_uninstall_tells_what_is_taken_out() -> None:
    told = lines(uninstall_view(CLONE, settings(), False))
    assert told[0] == " 5 settings taken out · this clone (git config --local)"
    assert told[2] == " - .gitattributes       /data/plan.yaml diff=plan merge=plan text eol=lf"
    assert lines(uninstall_view(CLONE, settings(), True))[-1] == (
        " Nothing was taken out; to take it out: plancli git uninstall"
    )
    assert lines(uninstall_view(CLONE, (), False)) == [" nothing to take out · this clone (git config --local)"]


def test_in_french_each_setting_has_a_line() -> None:
    with use_language("fr"):
        for state in (State.SET, State.MISSING):
            told = lines(status_view(CLONE, settings(state), True))
            assert [line.split()[0] for line in told[2:7]] == [".gitattributes", *CONFIGURATION]
    assert told[0] == " 0 réglage en place sur 5 · ce clone (git config --local)"
    assert told[-1] == " Pour mettre en place ce qui manque\u00a0: plancli git install"
