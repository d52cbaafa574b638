"""The checks of a file's bytes and characters, and their pages."""

from plancli.diagnostic import Rule, Severity
from plancli.i18n import N_

RULES = (
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
        "byte-order-mark",
        Severity.NOTE,
        N_("""The file begins with its first character, not with a byte order mark.

Editors on Windows add one. YAML allows it; other tools stumble over it. `plancli fmt` takes it out.
"""),
        ends=False,
    ),
    Rule.from_page(
        "line-ends",
        Severity.NOTE,
        N_("""Lines end with LF, not with CR LF.

Both are YAML, but a file whose line ends change is changed in every line for git. `plancli fmt` writes LF; a line
`*.yaml text eol=lf` in `.gitattributes` keeps them.
"""),
        ends=False,
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
    ),
    Rule.from_page(
        "not-nfc",
        Severity.WARNING,
        N_("""Letters with accents are one character each (Unicode's NFC).

Text copied from some PDF files and from macOS has the letter and its accent as two characters. It looks the same,
but a search doesn't find it, and two codes that look alike differ.
"""),
        ends=False,
    ),
)
