"""The rules of a file, its bytes and its YAML, with their pages; the messages are where each is found."""

from plancli.diagnostic import Fixable, Rule, Severity
from plancli.i18n import N_

FILE_RULES = (
    Rule.from_page(
        "unreadable",
        Severity.ERROR,
        N_("""The file can be opened and read.

A file that isn't there, that may not be read, or that git can't give stands in each report as an error, so that no
report is that of a clean run; the exit code is 3.
"""),
    ),
    Rule.from_page(
        "not-utf-8",
        Severity.ERROR,
        N_("""The file is UTF-8.

The first byte that isn't UTF-8 is shown, with the encoding the file probably has and the command that converts it.
UTF-16 and UTF-32 (Windows: "Unicode") are known by their byte order mark or their zero bytes, Windows-1252
("ANSI") by its letters. Nothing else is checked before.
"""),
        fixable=Fixable.BOTH,
    ),
    Rule.from_page(
        "too-large",
        Severity.ERROR,
        N_("""The file isn't larger than what is read: 256 MiB, or what `--max-size` says.
"""),
    ),
    Rule.from_page(
        "empty-file",
        Severity.ERROR,
        N_("""The file holds something besides comments.
"""),
    ),
    Rule.from_page(
        "stale-ignore",
        Severity.NOTE,
        N_("""Every entry of the ignore list still leaves something out.

An entry of `.plancli.toml`, or of `pyproject.toml`, that leaves out nothing any more would hide the next mistake
of its kind. Nothing is said where a file couldn't be read to its end, or is asked at a revision, nor of an entry
without `plan` while not every plan beside the list is asked.
"""),
        ends=False,
    ),
    Rule.from_page(
        "byte-order-mark",
        Severity.NOTE,
        N_("""The file begins with its first character, not with a byte order mark.

Editors on Windows add one. YAML allows it; other tools stumble over it. `plancli fmt` takes it out.
"""),
        ends=False,
        fixable=Fixable.SAFE,
    ),
    Rule.from_page(
        "line-ends",
        Severity.NOTE,
        N_("""Lines end with LF, not with CR LF.

Both are YAML, but a file whose line ends change is changed in every line for git. `plancli fmt` writes LF; a line
`*.yaml text eol=lf` in `.gitattributes` keeps them.
"""),
        ends=False,
        fixable=Fixable.SAFE,
    ),
    Rule.from_page(
        "conflict-marker",
        Severity.ERROR,
        N_("""No merge conflict is left in the file.

Each conflict is one diagnostic, at its `<<<<<<<`. The rest is checked with the upper side of each conflict.

Fail:

    <<<<<<< HEAD
    priorities: [1, 2]
    =======
    priorities: [1, 2, 3]
    >>>>>>> calendrier-2022
"""),
    ),
    Rule.from_page(
        "control-character",
        Severity.ERROR,
        N_(r"""No text holds a character that controls or breaks a line.

U+2028, U+2029 and U+0085 break a line for YAML and some editors and not for git: line numbers no longer agree.
Other control characters are invisible, and can take over a terminal. Both are also found where they are written as
an escape in double quotes (`"\u2028"`). A line break (`\n`) and a tab (`\t`) are no fault there.

Fail:

    text: "Définir\u2028la stratégie"
"""),
        fixable=Fixable.UNSAFE,
    ),
    Rule.from_page(
        "direction",
        Severity.WARNING,
        N_(r"""No text holds a character that turns the direction of reading.

Embeddings, overrides and isolates (U+202A to U+202E, U+2066 to U+2069) let a text be read in another order than it
is written: a reviewer approves what isn't there. French and English never need them; text that is written from
right to left does at times. Screens, documents and the page show them as escapes (`\u202e`).

Fail:

    text: "Réduire de \u202e01\u202c points"
"""),
        ends=False,
        fixable=Fixable.UNSAFE,
    ),
    Rule.from_page(
        "invisible-character",
        Severity.WARNING,
        N_(r"""No text, code or key holds a character that can't be seen.

Soft hyphens, zero width spaces and joiners, word joiners and byte order marks come along when a text is pasted
from a web page or a PDF file; signs for private use are the bullets of a word processor's own font. Nobody sees
them, and a search doesn't find the word. A tab inside a text is told too. Screens show them as escapes (`\u200b`).
Joiners and direction marks are fine beside letters of the scripts that need them, and in emoji.

Fail:

    text: "Traite\u00adment des signalements"
"""),
        ends=False,
        fixable=Fixable.UNSAFE,
    ),
    Rule.from_page(
        "garbled-text",
        Severity.WARNING,
        N_("""No letter was garbled or lost on its way into the file.

`DÃ©finir` is `Définir` in UTF-8, read as Windows-1252 by some program (or as Mac OS Roman, `D√©finir`), once or
several times. U+FFFD stands for a letter that some program couldn't read at all.

Fail:

    text: DÃ©finir la stratÃ©gie nationale
"""),
        ends=False,
        fixable=Fixable.UNSAFE,
    ),
    Rule.from_page(
        "html-entity",
        Severity.WARNING,
        N_("""No character is written as HTML has it.

A plan is no web page: `&nbsp;`, `&eacute;` and `&#233;` stay as they are wherever the text is shown.

Fail:

    text: D&eacute;finir la strat&eacute;gie
"""),
        ends=False,
        fixable=Fixable.UNSAFE,
    ),
    Rule.from_page(
        "not-nfc",
        Severity.WARNING,
        N_("""Letters with accents are one character each (Unicode's NFC).

Text copied from some PDF files and from macOS has the letter and its accent as two characters. It looks the same,
but a search doesn't find it, and two codes that look alike differ.
"""),
        ends=False,
        fixable=Fixable.UNSAFE,
    ),
    Rule.from_page(
        "tab-indentation",
        Severity.ERROR,
        N_("""Lines are indented with spaces, two a level.

YAML doesn't allow tabs there.
"""),
        fixable=Fixable.SAFE,
    ),
    Rule.from_page(
        "no-break-space",
        Severity.ERROR,
        N_("""What separates keys, dashes and values is a plain space.

A no-break space looks the same and is part of a word to YAML. Word processors and French keyboards write it before
a colon, and web pages as indentation. Inside a text it is welcome.
"""),
        fixable=Fixable.SAFE,
    ),
    Rule.from_page(
        "duplicate-key",
        Severity.ERROR,
        N_("""No key stands twice in one block.

YAML readers keep the last one without a word, so that a second `priority:` would silently win.

Fail:

    priority: 1
    priority: 2
"""),
        fixable=Fixable.SAFE,
    ),
    Rule.from_page(
        "unclosed-quote",
        Severity.ERROR,
        N_("""Every quote that opens a text is closed.

It is shown where it opens: without its end, all that follows becomes part of it.

Fail:

    text: "Définir la stratégie nationale
"""),
        fixable=Fixable.SAFE,
    ),
    Rule.from_page(
        "text-after-quote",
        Severity.ERROR,
        N_("""A text in quotes ends with its closing quote.

An apostrophe ends a text in single quotes. Write it twice, or put the text under `>-`, where nothing needs quotes.

Pass:

    text: >-
      Définir l'action

Fail:

    text: 'Définir l'action'
"""),
        fixable=Fixable.SAFE,
    ),
    Rule.from_page(
        "unclosed-bracket",
        Severity.ERROR,
        N_("""Every bracket is closed.

Fail:

    pilots: [DIHAL, DHUP
"""),
        fixable=Fixable.SAFE,
    ),
    Rule.from_page(
        "colon-in-text",
        Severity.ERROR,
        N_("""A text without quotes holds no colon followed by a space.

To YAML it would be a key. Under `>-` it is part of the text.

Pass:

    text: >-
      Améliorer le suivi : un bilan par mois

Fail:

    text: Améliorer le suivi : un bilan par mois
"""),
        fixable=Fixable.SAFE,
    ),
    Rule.from_page(
        "comment-in-text",
        Severity.ERROR,
        N_("""A text without quotes holds no `#` after a space.

To YAML the rest of the line is a comment, and the text is cut there without a word. Under `>-` it is part of the
text. Two spaces before the `#` and one after it say that a comment is meant.

Pass:

    title: Communiquer  # à préciser

Fail:

    title: Communiquer sur l'action #3
"""),
        fixable=Fixable.UNSAFE,
    ),
    Rule.from_page(
        "comment-in-block",
        Severity.WARNING,
        N_("""No text under `>-` or `|` holds what looks like a comment.

There a `#` is a letter like others: what was meant for the editors of the file is published with the text. A
number (`#3`) and a hashtag inside a line are fine.

Pass:

    # à relire
    text: >-
      Définir la stratégie

Fail:

    text: >-
      Définir la stratégie
      # à relire
"""),
        ends=False,
    ),
    Rule.from_page(
        "wrong-indentation",
        Severity.ERROR,
        N_("""Every line stands at the depth of those it belongs with.

An action among measures, or a key one space off, belongs to something else, or to nothing. An action at the wrong
depth is shown at its dash.

Pass:

    measures: [{number: 1, title: Mesure, actions: [{number: 1}]}]

Fail:

    measures: [{number: 1, text: Une action}]
"""),
        fixable=Fixable.SAFE,
    ),
    Rule.from_page(
        "anchor",
        Severity.ERROR,
        N_("""A plan has no anchors (`&name`): each value is written where it belongs.

Reading stops at the first anchor, alias, tag, merge key or second document.

Fail:

    pilots: &all [DIHAL]
"""),
    ),
    Rule.from_page(
        "alias",
        Severity.ERROR,
        N_("""A plan has no aliases (`*name`): each value is written where it belongs.

Fail:

    pilots: *all
"""),
    ),
    Rule.from_page(
        "tag",
        Severity.ERROR,
        N_("""A plan has no tags (`!name`): its values are texts, whole numbers and lists.

Fail:

    priority: !!int 1
"""),
    ),
    Rule.from_page(
        "merge-key",
        Severity.ERROR,
        N_("""A plan has no merge keys (`<<`): each action has its own keys.

Fail:

    <<: {priority: 1}
"""),
    ),
    Rule.from_page(
        "second-document",
        Severity.ERROR,
        N_("""A file holds one plan: no second document begins after `---`.
"""),
    ),
    Rule.from_page(
        "deep-nesting",
        Severity.ERROR,
        N_("""Nothing is nested deeper than 32 levels; a plan needs 7.
"""),
    ),
    Rule.from_page(
        "key-not-text",
        Severity.ERROR,
        N_("""Every key is a text.

Fail:

    2021: oui
"""),
        fixable=Fixable.SAFE,
    ),
    Rule.from_page(
        "ambiguous-scalar",
        Severity.ERROR,
        N_("""A text without quotes is a text to every program that reads it.

`NO`, `on`, `012`, `1:30`, `1_000` or a date are a truth value, a number or a date to some programs, which then
read another plan. In quotes they are what they look like. Reported only where nothing else is wrong.

Pass:

    title: "1:30"

Fail:

    title: 1:30
"""),
        fixable=Fixable.SAFE,
    ),
    Rule.from_page(
        "unquoted-value",
        Severity.WARNING,
        N_("""Dates and codes stand in quotes.

`2025-12-31` is a date and `1.1` a number to some programs. Here they are taken as the texts they are; `fmt` writes
the quotes.

Pass:

    due: "2025-12-31"

Fail:

    due: 2025-12-31
"""),
        ends=False,
        fixable=Fixable.SAFE,
    ),
    Rule.from_page(
        "yaml-syntax",
        Severity.ERROR,
        N_("""The file is YAML.

Fail:

    text Définir la stratégie nationale
"""),
        fixable=Fixable.SAFE,
    ),
)
