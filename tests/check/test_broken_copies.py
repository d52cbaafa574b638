"""Broken copies of the published plan: each mistake is found, placed, and said once, and nothing else is said."""

# ruff: noqa: E501 - a table of cases reads best with a line a case

from collections.abc import Callable
from pathlib import Path

import pytest

from plancli.check.checker import Checked, check
from plancli.text import BIDI_CONTROLS

PLAN = (Path(__file__).parents[2] / "data" / "plan.yaml").read_text("utf-8")


def after(context: str, old: str, new: str, text: str = PLAN) -> str:
    """Replace the first occurrence of a text after another one."""
    start = text.index(context)
    place = text.index(old, start)
    return text[:place] + new + text[place + len(old) :]


def place(text: str, needle: str, start: int = 0) -> tuple[int, int]:
    """Return line and column of the mark ``¦`` of a needle, at its first occurrence from an offset on."""
    offset = text.index(needle.replace("¦", ""), start) + needle.index("¦")
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)


def checked(source: str | bytes) -> Checked:
    return check(source if isinstance(source, bytes) else source.encode(), "data/plan.yaml")


NINE, FIVE = "- number: 9\n            text", "- number: 5\n            text"
ACTION_9 = PLAN[PLAN.index(f"          {NINE}") : PLAN.index("      - number: 3\n        title")]
TEXT_5 = ">-\n              Déployer et pérenniser"

# check, where the edit is made, what is replaced, by what, where it must be told, a word of the sentence or the help
EDITS = [
    # YAML
    ("tab-indentation", NINE, "            pilots:", "\t    pilots:", "\n¦\t    pilots", "spaces"),
    ("tab-indentation", NINE, "            pilots:", "            \tpilots:", "¦\tpilots", "spaces"),
    (
        "no-break-space",
        NINE,
        "            pilots:",
        "        \u00a0\u00a0\u00a0\u00a0pilots:",
        "¦\u00a0\u00a0",
        "U+00A0",
    ),
    ("no-break-space", NINE, "pilots: [", "pilots:\u00a0[", "pilots:¦\u00a0", "U+00A0"),
    ("no-break-space", "\nperiod", "  start:", "\u00a0\u00a0start:", "¦\u00a0", "U+00A0"),
    ("no-break-space", NINE, "- number", "-\u00a0number", "-¦\u00a0number", "U+00A0"),
    ("duplicate-key", NINE, "priority: 1\n", "priority: 1\n            priority: 2\n", "¦priority: 2", "priority"),
    ("unclosed-quote", FIVE, TEXT_5, '"Déployer et pérenniser', 'text: ¦"Dé', "never closed"),
    ("unclosed-quote", NINE, "[DIHAL, DMAT]", '["DIHAL, DMAT]', '[¦"DIHAL', "never closed"),
    ("text-after-quote", "- number: 6\n", ">-\n", "'Définir l'action'\n", "l¦'action", "''"),
    (
        "colon-in-text",
        "- number: 2\n        title",
        ">-\n          Donner",
        "Donner : oui\n          Donner",
        "¦: oui",
        ">-",
    ),
    (
        "comment-in-text",
        "- number: 2\n        title",
        ">-\n          Donner les moyens aux CCAPEX",
        "Donner #3 x\n          Donner",
        "¦#3 x",
        ">-",
    ),
    ("comment-in-text", "DGTrésor:", "Direction générale", "Direction #1 générale", "¦#1", ">-"),
    ("wrong-indentation", NINE, "            pilots:", "             pilots:", "             ¦pilots", "pilots"),
    (
        "wrong-indentation",
        "- number: 8\n            text",
        f"          {NINE}",
        f"      {NINE}",
        "\n      ¦- number: 9",
        "depth",
    ),
    (
        "wrong-indentation",
        "- number: 8\n            text",
        f"          {NINE}",
        f"           {NINE}",
        "\n           ¦- number: 9",
        "depth",
    ),
    ("anchor", NINE, "pilots: [", "pilots: &tous [", "¦&tous", "tous"),
    ("alias", NINE, "pilots: [DIHAL, DMAT]", "pilots: *tous", "¦*tous", "tous"),
    ("tag", NINE, "priority: 1", "priority: !!int 1", "¦!!int", "tag"),
    (
        "merge-key",
        NINE,
        "            priority",
        "            <<: {priority: 1}\n            priority",
        "¦<<",
        "merge",
    ),
    ("second-document", "unused_numbers:", "unused_numbers:", "---\nunused_numbers:", "\n¦---", "second"),
    ("deep-nesting", NINE, "[DIHAL, DMAT]", "[" * 40 + "]" * 40, "[" * 25 + "¦[", "32"),
    ("unclosed-bracket", NINE, "DMAT]", "DMAT", "pilots: ¦[DIHAL, DMAT", "]"),
    ("yaml-syntax", NINE, "pilots:", "pilots", "¦pilots [", "colon"),
    ("yaml-syntax", NINE, "pilots:", "pilots :x", "¦pilots :x", ""),
    ("yaml-syntax", NINE, "[DIHAL, DMAT]", "@DIHAL", "¦@DIHAL", "@"),
    ("yaml-syntax", NINE, "[DIHAL, DMAT]", "[DIHAL, DMAT]]", "DMAT]¦]", "closes nothing"),
    ("yaml-syntax", NINE, "text: >-\n", "text: > -\n", "> ¦-", "next line"),
    (
        "ambiguous-scalar",
        "DGTrésor:",
        "Direction générale du Trésor",
        "2021-06-24",
        "name: ¦2021-06-24",
        '"2021-06-24"',
    ),
    ("ambiguous-scalar", "DGTrésor:", "Direction générale du Trésor", "1:30", "name: ¦1:30", '"1:30"'),
    ("ambiguous-scalar", "DGTrésor:", "Direction générale du Trésor", "1_000", "name: ¦1_000", '"1_000"'),
    # shape
    (
        "undeclared-priority",
        NINE,
        "priority: 1",
        'priority: "1"',
        'priority: ¦"1"',
        "write priority: 1, without quotes",
    ),
    ("wrong-type", NINE, "number: 9", "number: '9'", "number: ¦'9'", "write number: 9"),
    (
        "wrong-type",
        NINE,
        "years: [2021, 2022]",
        "years: 2021-2022",
        "years: ¦2021-2022",
        "write years: [2021, 2022]",
    ),
    ("wrong-type", NINE, "years: [2021, 2022]", "years: 2021", "years: ¦2021", "write years: [2021]"),
    ("wrong-type", NINE, "[DIHAL, DMAT]", "DIHAL, DMAT", "pilots: ¦DIHAL, DMAT", "write pilots: [DIHAL, DMAT]"),
    ("wrong-type", NINE, "[DNUM, DITP, DGFI, DGCL, DHUP]", "", "¦associated", "write associated: []"),
    ("wrong-type", NINE, "[2021, 2022]", '[2021, "2022"]', '2021, ¦"2022"', "write 2022, without quotes"),
    ("wrong-type", NINE, "[2021, 2022]", "[2021-2022]", "[¦2021-2022", "write 2021, 2022"),
    ("undeclared-priority", NINE, "priority: 1", "priority: 01", "priority: ¦01", "write priority: 1"),
    ("wrong-type", "\npriorities", "[1, 2]", "1", "priorities: ¦1", "write priorities: [1]"),
    ("wrong-type", "\nperiod", "start: 2021", "start: début 2021", "start: ¦début", "year"),
    ("missing-key", NINE, "            priority: 1\n", "", "- ¦number: 9", "priority"),
    (
        "missing-key",
        "- number: 3\n        title",
        "        title: >-\n          Développer les partenariats institutionnels pour mettre en œuvre les objectifs de la\n          stratégie nationale\n",
        "",
        "- ¦number: 3\n        actions",
        "title",
    ),
    ("missing-key", "language", "language: fr\n", "", "¦title: >-", "language"),
    ("unknown-key", NINE, "pilots:", "pilot:", "¦pilot:", "did you mean pilots?"),
    ("unknown-key", NINE, "pilots:", "pilotes:", "¦pilotes:", "did you mean pilots?"),
    ("unknown-key", NINE, "years:", "calendrier:", "¦calendrier:", "did you mean years?"),
    (
        "unknown-key",
        NINE,
        "            years",
        "            budget: 3\n            years",
        "¦budget",
        "number, code, text, pilots",
    ),
    ("value-not-allowed", NINE, "priority: 1", "priority: 0", "priority: ¦0", "1 or more"),
    ("value-not-allowed", NINE, "priority: 1", "priority: -1", "priority: ¦-1", "1 or more"),
    ("value-not-allowed", "\nsource_notes", "field: text", "field: texte", "field: ¦texte", "did you mean text?"),
    # plan
    ("unknown-directorate", NINE, "DGCL", "DGLC", "¦DGLC", "did you mean DGCL?"),
    ("unknown-directorate", NINE, "DIHAL", "DIHLA", "¦DIHLA", "did you mean DIHAL?"),
    ("unknown-directorate", "- number: 25\n", "DGTrésor", "DGTresor", "¦DGTresor", "did you mean DGTrésor?"),
    ("unknown-directorate", NINE, "DIHAL", "dihal", "¦dihal", "did you mean DIHAL?"),
    ("pilot-and-associated", NINE, "DNUM,", "DNUM, DMAT,", "DNUM, ¦DMAT", "DMAT"),
    ("repeated-directorate", NINE, "DHUP]", "DHUP, DITP]", "DHUP, ¦DITP]", "DITP"),
    ("no-pilot", NINE, "[DIHAL, DMAT]", "[]", "pilots: ¦[]", "pilot"),
    (
        "duplicate-number",
        "- number: 28\n",
        "number: 29",
        "number: 28",
        "number: ¦28\n            text: >-\n              Prévoir que",
        "29 is the one",
    ),
    ("duplicate-number", "- number: 28\n", "number: 29", "number: 12", "number: ¦12\n", "29 is the one"),
    ("out-of-order", "- number: 28\n", "number: 29", "number: 290", "number: ¦290", "29 is missing here"),
    (
        "missing-number",
        "unused_numbers:",
        "unused_numbers:\n  - number: 26\n    reason: Absent du tableau publié.\n",
        "",
        "",
        "26",
    ),
    (
        "unused-number-used",
        "- number: 25\n            text",
        "number: 27",
        "number: 26",
        "number: ¦26\n",
        "27 is missing here",
    ),
    ("year-outside-period", NINE, "2022]", "2023]", "2021, ¦2023", "after the plan ends (2022)"),
    ("year-outside-period", NINE, "[2021", "[2020", "[¦2020", "before the plan starts (2021)"),
    ("years-order", NINE, "[2021, 2022]", "[2022, 2021]", "2022, ¦2021", "[2021, 2022]"),
    ("years-order", NINE, "[2021, 2022]", "[2021, 2021]", "2021, ¦2021", "twice"),
    ("undeclared-priority", NINE, "priority: 1", "priority: 3", "priority: ¦3", "declared: 1, 2"),
    (
        "blank-text",
        "- number: 1\n        title",
        ">-\n          Définir et piloter les objectifs de la stratégie nationale de prévention des expulsions\n          locatives",
        '" "',
        'title: ¦" "',
        "title",
    ),
    (
        "no-content",
        "      - number: 9\n        title",
        "        actions:\n" + PLAN[PLAN.index("          - number: 31") : PLAN.index("unused_numbers:")],
        "        actions: []\n",
        "actions: ¦[]",
        "measure 9",
    ),
    (
        "shared-number",
        "      - number: 4\n        title",
        "number: 4",
        "number: 3",
        "number: ¦3\n",
        "two measures",
    ),
    (
        "duplicate-measure",
        "  - number: 2\n    title",
        "number: 2",
        "number: 1",
        "number: ¦1\n    title",
        "two orientations",
    ),
    ("points-nowhere", "\nsource_notes", "action: 3", "action: 33", "action: ¦33", "no action 33"),
    (
        "points-nowhere",
        "unused_numbers:",
        "number: 26\n    reason: Absent du tableau publié.",
        "number: 26\n    reason: un\n  - number: 40\n    reason: deux",
        "number: ¦40",
        "(32)",
    ),
    ("line-break", "- number: 3\n", "text: >-", "text: >", "text: ¦>", ">-"),
    ("blank-text", "  DGTrésor:", "    name: ", "    name: '' # ", "name: ¦''", "the name"),
    ("ambiguous-code", "  DGTrésor:", "  DGTrésor:", '  "DGX,":\n  DGTrésor:', '¦"DGX,"', "DGX,"),
    ("unused-directorate", "  DGTrésor:", "  DGTrésor:", "  DGX:\n  DGTrésor:", "¦DGX", "DGX"),
    ("unused-acronym", "\nglossary:", "  HLM:", "  HLX: x\n  HLM:", "¦HLX", "HLX"),
]
TOLD_ELSEWHERE = {
    # an acronym, a note or a number goes with what was taken out; that is another mistake, at its own place
    "ambiguous-code": {"unused-directorate"},
    "no-content": {"missing-number", "points-nowhere"},
    "unused-number-used": {"points-nowhere"},
}


@pytest.mark.parametrize(("name", "context", "old", "new", "needle", "words"), EDITS)
def test_each_mistake_is_told_once_at_its_place(
    name: str, context: str, old: str, new: str, needle: str, words: str
) -> None:
    text = after(context, old, new)
    found = [each for each in checked(text).diagnostics if each.rule not in TOLD_ELSEWHERE.get(name, ())]
    assert [each.rule for each in found] == [name], found
    (diagnostic,) = found
    if needle:
        assert diagnostic.span.start == place(text, needle, max(PLAN.index(context) - 40, 0))
    assert words in f"{diagnostic.sentence} {diagnostic.help}"


def test_a_gap_is_told_at_the_number_after_it() -> None:
    text = PLAN.replace("unused_numbers:\n  - number: 26\n    reason: Absent du tableau publié.\n", "")
    (diagnostic,) = checked(text).diagnostics
    assert diagnostic.span.start == place(text, "- number: ¦27\n")


CRLF, BOM = PLAN.replace("\n", "\r\n").encode(), b"\xef\xbb\xbf" + PLAN.encode()
LINE = PLAN.replace("Définir la stratégie nationale ainsi", "Définir\u2028la stratégie nationale ainsi", 1)
ESCAPED = PLAN.replace("note: Sigle non identifié dans la source.", 'note: "Sigle {} non identifié"', 1)
CONFLICT = """\
<<<<<<< HEAD
            years: [2021]
=======
            years: [2021, 2022]
>>>>>>> calendrier-2022
"""
THREE_WAY = CONFLICT.replace("=======", "||||||| 1f0c2ab\n            years: [2022]\n=======")

FILES: list[tuple[str, str | bytes, tuple[int, int], str]] = [
    ("not-utf-8", PLAN.encode("cp1252"), (3, 29), "Windows-1252"),
    ("not-utf-8", PLAN.encode("utf-16"), (1, 1), "UTF-16"),
    ("not-utf-8", PLAN.encode("utf-16-le"), (1, 1), "UTF-16LE"),
    ("not-utf-8", PLAN.encode("utf-16-be"), (1, 1), "UTF-16BE"),
    ("not-utf-8", PLAN.encode("utf-32"), (1, 1), "UTF-32"),
    (
        "not-utf-8",
        PLAN.encode().replace("interministériel".encode(), b"interminist\xe9riel", 1),
        (3, 29),
        "the rest is UTF-8",
    ),
    ("empty-file", "", (1, 1), "empty"),
    ("empty-file", " \n\n", (1, 1), "empty"),
    ("empty-file", "# rien\n# du tout\n", (1, 1), "comments"),
    ("byte-order-mark", BOM, (1, 1), "fmt"),
    ("line-ends", CRLF, (1, 1), "fmt"),
    ("conflict-marker", after(NINE, "            years: [2021, 2022]\n", CONFLICT), (203, 1), "conflict"),
    ("conflict-marker", after(NINE, "            years: [2021, 2022]\n", THREE_WAY), (203, 1), "conflict"),
    ("conflict-marker", after(NINE, "            years", ">>>>>>> x\n            years"), (203, 1), "left over"),
    ("control-character", LINE, place(LINE, "Définir¦\u2028la"), "U+2028"),
    ("control-character", LINE.replace("\u2028", "\u2029"), place(LINE, "Définir¦\u2028la"), "U+2029"),
    ("control-character", LINE.replace("\u2028", "\x85"), place(LINE, "Définir¦\u2028la"), "U+0085"),
    ("control-character", LINE.replace("\u2028", "\x07"), place(LINE, "Définir¦\u2028la"), "U+0007"),
    ("control-character", LINE.replace("\u2028", "\x7f"), place(LINE, "Définir¦\u2028la"), "U+007F"),
    *(
        ("control-character", ESCAPED.format(escape), place(ESCAPED, "Sigle ¦{}"), name)
        for escape, name in [
            ("\\u2028", "U+2028"),
            ("\\L", "U+2028"),
            ("\\N", "U+0085"),
            ("\\x85", "U+0085"),
            ("\\U00002029", "U+2029"),
            ("\\e", "U+001B"),
            ("\\0", "U+0000"),
            ("\\x07", "U+0007"),
        ]
    ),
    (
        "direction",
        PLAN.replace("Définir la stratégie", "Définir \u2066la\u2069 stratégie", 1),
        (88, 23),
        "U+2066 (left-to-right isolate)",
    ),
    ("direction", ESCAPED.format("\\u202E01\\u202c"), place(ESCAPED, "Sigle ¦{}"), "U+202E"),
    (
        "not-nfc",
        PLAN.replace("Définir la stratégie", "De\u0301finir la strate\u0301gie", 1),
        (88, 16),
        "2 letters",
    ),
    ("not-a-plan", "- number: 1\n", (1, 1), "a list"),
    ("not-a-plan", "Un plan\n", (1, 1), "Un plan"),
    ("not-a-plan", "null\n", (1, 1), "nothing"),
]


@pytest.mark.parametrize("character", [chr(code) for code in range(0x2010, 0x2070)])
def test_only_what_turns_the_direction_breaks_the_line_or_is_unseen_is_told(character: str) -> None:
    """Dashes, quotation marks and spaces begin with the same byte in UTF-8."""
    result = checked(PLAN.replace("Définir la stratégie", f"Définir l{character}a stratégie", 1))
    unseen = "".join(map(chr, [*range(0x2060, 0x2066), *range(0x206A, 0x2070)]))
    kinds = {"direction": BIDI_CONTROLS, "control-character": "\u2028\u2029", "invisible-character": unseen}
    assert [each.rule for each in result.diagnostics] == [kind for kind in kinds if character in kinds[kind]]


@pytest.mark.parametrize(("name", "source", "where", "words"), FILES)
def test_a_file_that_cant_be_read_as_a_plan_is_told(
    name: str, source: str | bytes, where: tuple[int, int], words: str
) -> None:
    result = checked(source)
    assert [(each.rule, each.span.start) for each in result.diagnostics] == [(name, where)]
    (diagnostic,) = result.diagnostics
    assert words in f"{diagnostic.sentence} {diagnostic.help}"
    if name in ("not-utf-8",):
        assert (result.actions, result.unchecked) == (0, 31)
        assert "iconv" in diagnostic.help or "rest" in words


def test_a_file_that_is_too_large_is_refused() -> None:
    (diagnostic,) = check(PLAN.encode(), "x", max_size=1000).diagnostics
    assert (diagnostic.rule, diagnostic.span.start) == ("too-large", (1, 1))
    assert "--max-size" in diagnostic.help


def test_conflicts_are_told_each_and_the_rest_is_checked() -> None:
    text = after(NINE, "            years: [2021, 2022]\n", CONFLICT)
    text = after("- number: 12\n", "            years: [2021]\n", CONFLICT, text)
    text = after("- number: 20\n", "DSJ", "DJS", text)
    result = checked(text)
    assert [each.rule for each in result.diagnostics] == [
        "conflict-marker",
        "conflict-marker",
        "unknown-directorate",
    ]
    assert result.diagnostics[-1].action == 20


def test_traps_are_silent_where_something_else_is_told() -> None:
    text = after(NINE, "DMAT", "NO")
    assert [each.rule for each in checked(text).diagnostics] == ["unknown-directorate"]
    declared = text.replace("  DSE:", "  NO:\n  DSE:")
    assert [each.rule for each in checked(declared).diagnostics] == ["ambiguous-scalar", "ambiguous-scalar"]


@pytest.mark.parametrize(
    ("edit", "checks", "actions", "unchecked"),
    [
        (lambda t: after(NINE, "[DIHAL, DMAT]", "[DIHAL, DMAT", t), ["unclosed-bracket"], 30, 1),
        (lambda t: after(NINE, "            pilots", "             pilots", t), ["wrong-indentation"], 30, 1),
        (lambda t: after(NINE, "priority: 1", "priority: &x 1", t), ["anchor"], 8, 23),
        (
            lambda t: after("unused_numbers", "unused_numbers", "---\nunused_numbers", t),
            ["second-document"],
            31,
            0,
        ),
        (
            lambda t: after(FIVE, TEXT_5, '"Déployer', after(NINE, "DGCL", "DGLC", t)),
            ["unclosed-quote", "unknown-directorate"],
            30,
            1,
        ),
        (
            lambda t: after(
                "- number: 20\n", "DSJ", "DJS", after(NINE, "DMAT]", "DMAT", after(FIVE, "[2022]", "2022", t))
            ),
            ["wrong-type", "unclosed-bracket", "unknown-directorate"],
            30,
            1,
        ),
        (lambda t: after(NINE, "priority: 1", "priority: x", t), ["undeclared-priority"], 31, 0),
        (
            lambda t: after(NINE, "priority: 1", "priority: x", after(NINE, "DGCL", "DGLC", t)),
            ["unknown-directorate", "undeclared-priority"],
            31,
            0,
        ),
        (lambda t: t.replace(ACTION_9, "          - Une action\n\n"), ["wrong-type"], 30, 1),
    ],
)
def test_reading_goes_on_after_an_error(
    edit: Callable[[str], str], checks: list[str], actions: int, unchecked: int
) -> None:
    result = checked(edit(PLAN))
    assert [each.rule for each in result.diagnostics] == checks
    assert (result.actions, result.unchecked) == (actions, unchecked)
    assert (result.plan is None) == ("undeclared-priority" not in checks)


def test_an_action_among_measures() -> None:
    block = "\n".join(line[4:] for line in ACTION_9.splitlines()) + "\n"
    text = PLAN.replace(ACTION_9, block)
    (diagnostic,) = checked(text).diagnostics
    assert diagnostic.rule == "wrong-indentation"
    assert diagnostic.span.start == place(text, "\n      ¦- number: 9")
    assert diagnostic.message == "an action stands where a measure belongs"


def test_a_measure_among_orientations() -> None:
    start, end = PLAN.index("      - number: 9\n        title"), PLAN.index("unused_numbers:")
    block = "\n".join(line[4:] for line in PLAN[start:end].splitlines()) + "\n"
    text = PLAN[:start] + block + PLAN[end:]
    (diagnostic,) = checked(text).diagnostics
    assert diagnostic.message == "orientation 9 stands where measure 9 is missing"
    assert diagnostic.span.start == place(text, "\n  - number: ¦9\n    title")
