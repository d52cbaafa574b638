"""The checks of a file's YAML, and their pages."""

from plancli.diagnostic import Rule, Severity
from plancli.i18n import N_

RULES = (
    Rule.from_page(
        "tab-indentation",
        Severity.ERROR,
        N_("""Lines are indented with spaces, two a level.

YAML doesn't allow tabs there.
"""),
    ),
    Rule.from_page(
        "no-break-space",
        Severity.ERROR,
        N_("""What separates keys, dashes and values is a plain space.

A no-break space looks the same and is part of a word to YAML. Word processors and French keyboards write it before
a colon, and web pages as indentation. Inside a text it is welcome.
"""),
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
    ),
    Rule.from_page(
        "unclosed-quote",
        Severity.ERROR,
        N_("""Every quote that opens a text is closed.

It is shown where it opens: without its end, all that follows becomes part of it.

Fail:

    text: "Définir la stratégie nationale
"""),
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
    ),
    Rule.from_page(
        "unclosed-bracket",
        Severity.ERROR,
        N_("""Every bracket is closed.

Fail:

    pilots: [DIHAL, DHUP
"""),
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
    ),
    Rule.from_page(
        "yaml-syntax",
        Severity.ERROR,
        N_("""The file is YAML.

Fail:

    text Définir la stratégie nationale
"""),
    ),
)
