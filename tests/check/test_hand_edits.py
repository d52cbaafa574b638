"""Slips of people who edit the file by hand, in a form on the web: one fault is one diagnostic, at its place."""

import subprocess
import sys

import pytest

from plancli.edit.fixes import fix
from tests.check.small_plans import PLAN, checked, edited, found

FIRST = "          - number: 1\n            text"
SECOND = "          - number: 2\n            text"
ROLES = "            pilots: [DIHAL]\n            associated: [DHUP]"
LFS = "version https://git-lfs.github.com/spec/v1\noid sha256:4d7a2146\nsize 12345\n"
CONFLICT = "\n              ".join(("<<<<<<< HEAD", "Un.", "=======", "Deux.", ">>>>>>> autre"))
GLOSSARY = "glossary:\n  suivi: x\n"
BUDGET = "fields:\n  budget:\n    type: number\n"
ENTRY = '\n              - date: "2021-06-30"\n                percent: '
FIELD = "fields:\n  risk:\n    "
P1 = "priority: 1\n"
PROGRESS = f"            progress:{ENTRY}4\n              - date: 2021\n"
PILOTS = "pilots: [DIHAL]\n            associated: [DHUP]\n"
RISK = "            fields:\n              risk: "
END = "            years: [2022]\n            priority: 1\n"
UNUSED = "unused_numbers:\n  - number: 9\n    reason: x\n"
TEXT = "text: >-\n              Définir la stratégie.\n"
YEARS = "years: [2021]\n            priority: 1\n"

CASES = [
    # a dash that is missing, is none, or is one too many
    ([(SECOND, SECOND.replace("- number", "  number"))], [(28, 13, "duplicate-key")], "write a dash before it"),
    ([(SECOND, SECOND.replace("- number", "– number"))], [(28, 11, "yaml-syntax")], "write a hyphen: - number:"),
    ([(SECOND, SECOND.replace("- number", "• number"))], [(28, 11, "yaml-syntax")], "• is not the dash"),
    (
        [("- number: 1\n            text", "  number: 1\n            text")],
        [(20, 13, "wrong-indentation")],
        "a dash is",
    ),
    (
        [("- number: 1\n            text", "-number: 1\n            text")],
        [(20, 11, "yaml-syntax")],
        "after the dash",
    ),
    (
        [
            (
                "            priority: 1\n",
                "            priority: 1\n            progress:\n              - date: 2021\n",
            ),
            ("            pilots:", "            pilots"),
        ],
        [(23, 13, "yaml-syntax")],
        "a colon is missing after pilots",
    ),
    ([("  - number: 1\n    title", "    number: 1\n    title")], [(12, 5, "wrong-type")], "a dash"),
    ([("  DHUP:", "  - DHUP:")], [(10, 3, "wrong-type")], "DIHAL"),
    ([("            pilots:", "            - pilots:")], [(23, 13, "yaml-syntax")], "remove the dash"),
    ([("pilots: [DIHAL]", "pilots:\n          - DIHAL")], [(24, 13, "wrong-indentation")], "further left"),
    # what stands after a key that has its values on the lines under it
    ([("actions:\n", "actions:x\n")], [(19, 17, "yaml-syntax")], "nothing may stand after actions:"),
    ([("actions:\n", "actions: x\n")], [(19, 18, "yaml-syntax")], "nothing may stand after actions:"),
    ([("measures:\n", "measures: []\n")], [(15, 15, "yaml-syntax")], "nothing may stand after measures:"),
    ([("directorates:\n", "directorates: 'x'\n")], [(8, 15, "yaml-syntax")], "nothing may stand after"),
    ([("period:\n", "period:.\n")], [(4, 8, "yaml-syntax")], "nothing may stand after period:"),
    # what stands beside what it belongs under
    ([("  start: 2021\n  end", "start: 2021\nend")], [(5, 1, "wrong-indentation")], "start stands beside period"),
    (
        [("  DHUP:", "  DHUP:\n  name: Direction\n  ministry: Logement")],
        [(11, 3, "wrong-indentation")],
        "indent it two spaces further than DHUP:",
    ),
    ([("title: >-\n  Un plan", "title: >-\nUn plan")], [(2, 1, "yaml-syntax")], "indent it as the lines"),
    (
        [("              Définir", "                Définir la\n              Définir")],
        [(23, 15, "yaml-syntax")],
        "no key",
    ),
    (
        [
            (
                "              Définir la stratégie.",
                "              Définir la stratégie\n        nationale : un plan.",
            )
        ],
        [(23, 9, "yaml-syntax")],
        "indent it as the lines",
    ),
    # the key above the title, or above all orientations
    ([("title: >-\n", "")], [(1, 3, "missing-key")], "a line title: is missing before this one"),
    ([("title: >-\n", ""), ("  Un plan", "---\n# x\n\n  Un\n  plan")], [(4, 3, "missing-key")], "a line title:"),
    ([("orientations:\n", "")], [(11, 3, "missing-key")], "a line orientations: is missing before this one"),
    (
        [("orientations:\n", f"{GLOSSARY}")],
        [(13, 3, "missing-key")],
        "write orientations: on a line of its own",
    ),
    ([("orientations:\n", "axes:\n")], [(11, 1, "unknown-key")], "did you mean orientations?"),
    ([("orientations:", "\ufefforientations:")], [(11, 1, "yaml-syntax")], "the key orientations holds U+FEFF"),
    (
        [("  DHUP:\n", "  DHUP:\n      - number: 9\n        text: Essai.\n")],
        [(11, 7, "wrong-type")],
        "stand under orientations",
    ),
    (
        [("  DIHAL:\n", "DIHAL:\n")],
        [(9, 1, "wrong-indentation")],
        "indent it two spaces further than directorates",
    ),
    (
        [("  DIHAL:\n  DHUP:\n", "DIHAL:\n  name: x\nDHUP:\n")],
        [(9, 1, "wrong-indentation")],
        "DIHAL stands beside directorates",
    ),
    ([("  DIHAL:\n  DHUP:\n", "budget: 1\n")], [(8, 1, "wrong-type"), (9, 1, "unknown-key")], ""),
    ([("  DHUP:\n", "  DHUP: [1]\n")], [(10, 9, "wrong-type")], "write name: under the code"),
    # commas
    ([("[2021, 2022]", "[2021,, 2022]")], [(33, 26, "yaml-syntax")], "this comma has nothing before it"),
    # a conflict that a program indented with the text
    ([("Définir la stratégie.", CONFLICT)], [(22, 15, "conflict-marker")], "is not resolved"),
    ([("Définir la stratégie.", "Un.\n              =======\n              Deux.")], [], ""),
    ([(PLAN, LFS)], [(1, 1, "not-a-plan")], "git lfs pull"),
    # keys and colons
    ([("orientations:", GLOSSARY + "  b:y\norientations:")], [(13, 3, "yaml-syntax")], "after b:"),
    ([("  DHUP:", "  DHUP\n")], [(10, 3, "yaml-syntax")], "a colon is missing after DHUP"),
    ([("  DIHAL:", "  DIHAL")], [(9, 3, "yaml-syntax")], "a colon is missing after DIHAL"),
    ([("  DHUP:", "  DHUP;")], [(10, 3, "yaml-syntax")], "a colon is missing after DHUP"),
    ([("priority: 1", "priority ;1")], [(26, 13, "yaml-syntax")], "a colon is missing after priority"),
    ([("  start: 2021", "  start 2021")], [(5, 3, "yaml-syntax")], "a colon is missing after start"),
    ([("pilots: [", "pilots :[")], [(23, 13, "yaml-syntax")], "a space is missing after pilots:"),
    (
        [("orientations:", GLOSSARY + " b: y\norientations:")],
        [(13, 2, "wrong-indentation")],
        "b is not indented as",
    ),
    ([("years: [2021]", "année: [2021]")], [(25, 13, "unknown-key")], "did you mean years?"),
    ([("          - number: 2", "          - number 2")], [(28, 13, "yaml-syntax")], "after number"),
    (
        [("  DHUP:", "  DHUP:\n    note: >-\n      Direction\n    (DHUP).\n  DGALN:")],
        [(13, 5, "yaml-syntax")],
        "indent it as the lines",
    ),
    # what touches, or stands without its colon: the keys and blocks around it are read all the same
    ([(SECOND, SECOND.replace("number: 2", "number:2"))], [(28, 13, "yaml-syntax")], "after number:"),
    ([("- number: 2\n        t", "- number:2\n        t")], [(36, 9, "yaml-syntax")], "after number:"),
    ([(P1, f"{P1}{PROGRESS.replace('- date', '-date', 1)}")], [(28, 15, "yaml-syntax")], "after the dash"),
    (
        [("  start: 2021\n", "  start 2021\n  fin: 2022\n")],
        [(5, 3, "yaml-syntax"), (6, 3, "unknown-key")],
        "a colon is missing after start",
    ),
    ([("text: >-\n              Assurer", "text >-\n              Assurer")], [(29, 13, "yaml-syntax")], ""),
    ([("    measures:", "    measurse:")], [(15, 5, "unknown-key")], "did you mean measures?"),
    ([("orientations:", f"{UNUSED.replace(':', '', 1)}orientations:")], [(11, 1, "yaml-syntax")], "after unused"),
    ([(END, f"{END}{UNUSED.replace(':', ' ;', 1)}")], [(47, 1, "yaml-syntax")], "after unused_numbers"),
    # several keys on one line
    ([(YEARS, "years: [2021], prority: 1\n")], [(25, 28, "yaml-syntax")], "prority stands on the line of another"),
    (
        [
            (FIRST, FIRST.replace("number: 1", "pilots: [DIHAL], associated: [DHUP]")),
            (ROLES, f"{' ' * 12}number: 1"),
        ],
        [(20, 30, "yaml-syntax")],
        "associated stands on the line of another",
    ),
    # a line that was pasted twice
    ([("          - number: 2\n", "          - number: 2\n" * 2)], [(28, 13, "duplicate-key")], "is there twice"),
    ([("            text: >-\n", "            text: >-\n" * 2)], [(22, 13, "duplicate-key")], "remove one"),
    ([("        actions:\n", "        actions:\n" * 2)], [(20, 9, "duplicate-key")], "remove one"),
    # no-break spaces
    ([("years: [2021]", "years\u00a0: [2021]")], [(25, 18, "no-break-space")], ""),
    ([("priority: 1", "priority: 1\u00a0")], [(26, 23, "undeclared-priority")], ""),
    # a name for a code, once and again and again
    (
        [("  DHUP:", "  DHUP:\n    name: Direction de l'habitat"), ("[DHUP]", "[direction de l’habitat]")],
        [(25, 26, "unknown-directorate")],
        "did you mean DHUP?",
    ),
    (
        [
            ("  DIHAL:", "  DIHAL: {name: La délégation}"),
            ("[DIHAL]", "[La délégation]"),
            ("[DIHAL]", "[La délégation]"),
        ],
        [(23, 22, "unknown-directorate"), (31, 22, "unknown-directorate")],
        "did you mean DIHAL?",
    ),
    # codes that look alike
    ([("[DHUP]", "[DHU\u200bP]")], [(24, 26, "unknown-directorate")], "(it holds U+200B), did you mean DHUP?"),
    ([("[DHUP]", "[D\u041dUP]")], [(24, 26, "unknown-directorate")], "holds U+041D"),
    ([("[DIHAL]", "[DI\u0301HAL]")], [(23, 22, "unknown-directorate")], "holds U+0301"),
    # keys that stand twice
    (
        [("            associated: [DHUP]", "            pilots: [DHUP]")],
        [(24, 13, "duplicate-key")],
        "is one of them associated, which is missing?",
    ),
    # values
    ([("priority: 1", "priority: #1")], [(26, 13, "wrong-type")], "a # begins a comment"),
    ([("[DHUP]", "aucune")], [(24, 25, "wrong-type")], "write associated: []"),
    ([("[DHUP]", "(DHUP, DIHAL)")], [(24, 25, "wrong-type")], "write associated: [DHUP, DIHAL]"),
    ([("[DHUP]", "\n              -DHUP\n              -DIHAL")], [(25, 15, "wrong-type")], "[DHUP, DIHAL]"),
    ([("[2021]", "[31/12/2021]")], [(25, 21, "wrong-type")], "a year instead"),
    ([("[2021]", "[2021 2022]")], [(25, 21, "wrong-type")], "write 2021, 2022"),
    ([("[1, 2]", "[]")], [(26, 23, "undeclared-priority")], "no priority is declared"),
    ([("[1, 2]", "\n  1: haute\n  2: basse")], [(8, 3, "wrong-type")], "a list of numbers"),
    (
        [("priority: 1", "priority:")],
        [(26, 13, "wrong-type")],
        "priority is empty, and must be",
    ),
    # keys of any plan
    ([("priority: 1\n", "priority: 1\n            progress:\n")], [(27, 13, "wrong-type")], "- date: and its day"),
    (
        [
            ("priority: 1\n", f"priority: 1\n            progress:{ENTRY}40 %\n"),
        ],
        [(29, 26, "wrong-type")],
        "write percent: 40",
    ),
    (
        [("directorates:", "statuses: [prévu, fait]\ndirectorates:")],
        [(8, 11, "wrong-type")],
        "each status on a line of its own, with a colon",
    ),
    (
        [("directorates:", "fields: [budget, risque]\ndirectorates:")],
        [(8, 9, "wrong-type")],
        "each field on a line of its own, with a colon",
    ),
    (
        [("directorates:", "levels: axe, objectif\ndirectorates:")],
        [(8, 9, "wrong-type")],
        "levels: [axe, objectif]",
    ),
    ([("[1, 2]", "1, 2")], [(7, 13, "wrong-type")], "write priorities: [1, 2]"),
    ([("[1, 2]", "haute, basse")], [(7, 13, "wrong-type")], "write priorities: [haute, basse]"),
    (
        [("directorates:", f"{BUDGET}directorates:"), ("priority: 1\n", "priority: 1\n            budget: 5\n")],
        [(30, 13, "unknown-key")],
        "write it under fields:",
    ),
    (
        [("directorates:", "fields: 5\ndirectorates:"), ("priority: 1\n", "priority: 1\n            budget: 5\n")],
        [(8, 9, "wrong-type"), (28, 13, "unknown-key")],
        "each field on a line of its own",
    ),
    (
        [
            ("directorates:", f"{BUDGET}directorates:"),
            ("priority: 1\n", f'priority: 1\n            fields: {{budget: "{"1" * 5000}"}}\n'),
        ],
        [(30, 30, "wrong-value")],
        "write a number",
    ),
    (
        [("priority: 1\n", "priority: 1\n            due: juin ²⁰²¹\n")],
        [(27, 18, "invalid-date")],
        'write "2021-06"',
    ),
    (
        [("directorates:", f"{BUDGET}directorates:"), ("priority: 1\n", "priority: 1\n            fields: [5]\n")],
        [(30, 21, "wrong-type")],
        "write declared fields, each followed by its value",
    ),
    (
        [
            ("directorates:", f"{BUDGET}directorates:"),
            ("priority: 1\n", "priority: 1\n            fields: {budget: {a: 5}}\n"),
        ],
        [(30, 31, "wrong-type")],
        "write a text, a number or a list of texts",
    ),
    (
        [
            ("directorates:", f"{BUDGET.replace('number', 'nombre')}directorates:"),
            ("priority: 1\n", "priority: 1\n            fields: {budget: 5}\n"),
        ],
        [(10, 11, "value-not-allowed")],
        "did you mean number?",
    ),
    (
        [
            ("directorates:", f"{BUDGET.replace('number', 'list')}directorates:"),
            (
                "priority: 1\n",
                "priority: 1\n            fields:\n              budget:\n                - Un : un\n",
            ),
        ],
        [(32, 19, "wrong-type")],
        "put the text in quotes",
    ),
    (
        [("orientations:", "glossary:\n  RE:\n    Régime : essai\norientations:")],
        [(13, 5, "wrong-type")],
        "under RE: >-",
    ),
    (
        [("directorates:", "statuses:\n  prévu:\n  fait:\n  closed: true\ndirectorates:")],
        [(11, 3, "wrong-indentation")],
        "closed stands beside fait, not under it",
    ),
    (
        [("directorates:", "statuses:\n  prévu:\n  fait: closed\ndirectorates:")],
        [(10, 9, "wrong-type")],
        "write fait: {closed: true}",
    ),
    (
        [("directorates:", "fields:\n  budget:\n  type: number\ndirectorates:")],
        [(10, 3, "wrong-indentation")],
        "type stands beside budget",
    ),
    (
        [("directorates:", "fields:\n  budget: number\ndirectorates:")],
        [(9, 11, "wrong-type")],
        "write budget: {type: number}",
    ),
    (
        [
            ("directorates:", "fields:\n  risque:\n    type: choice\ndirectorates:"),
            ("priority: 1\n", "priority: 1\n            fields: {risque: fort}\n"),
        ],
        [(10, 11, "choice-values")],
        "",
    ),
    ([("priority: 1\n", "priority: 1\n            code: “A1”\n")], [(27, 19, "quoted-value")], "without them: A1"),
    (
        [("priority: 1\n", "priority: 1\n            due: “12/2021”\n")],
        [(27, 18, "invalid-date")],
        'write "2021-12"',
    ),
    ([("[2021]", "[21]")], [(25, 21, "year-outside-period")], "write 2021"),
    (
        [("[2021]", "[2021-2022, 2022]"), ("priority: 1\n", "priority: 1\n            due: 2021\n")],
        [(25, 21, "wrong-type")],
        "write 2021, 2022",
    ),
    # numbers
    (
        [
            ("orientations:", "unused_numbers: [{number: 9, reason: x}]\norientations:"),
            ("number: 2\n            t", "number: 9\n            t"),
        ],
        [(29, 21, "unused-number-used")],
        "2 is missing here",
    ),
    # a blank that was taken from a line or put in front of it
    (
        [("            years: [2021, 2022]", "           years: [2021, 2022]")],
        [(33, 12, "wrong-indentation")],
        "column 13",
    ),
    ([("            priority: 2", "           priority: 2")], [(34, 12, "wrong-indentation")], "column 13"),
    (
        [("            years: [2021, 2022]", "         years: [2021, 2022]")],
        [(33, 10, "wrong-indentation")],
        "column 13",
    ),
    (
        [("            years: [2021, 2022]", "             years: [2021, 2022]")],
        [(33, 14, "wrong-indentation")],
        "13",
    ),
    (
        [("      - number: 2\n        title", "  - number: 2\n        title")],
        [(36, 3, "wrong-indentation")],
        "begin its dash at column 7",
    ),
    # what an error leaves unread is not also missing, undeclared or unknown
    ([("            pilots: [DIHAL]", "           pilots: [DIHAL]")], [(23, 12, "wrong-indentation")], ""),
    ([("priorities:", "\tpriorities:")], [(7, 1, "tab-indentation")], ""),
    ([("directorates:", "\tdirectorates:")], [(8, 1, "tab-indentation")], ""),
    (
        [
            ("directorates:", "\tfields:\n  budget:\n    type: number\ndirectorates:"),
            ("priority: 1\n", "priority: 1\n            fields:\n              budget: 12.5\n"),
        ],
        [(8, 1, "tab-indentation")],
        "",
    ),
    (
        [("priority: 1\n", "priority: 1\n            fields:\n              budget: 12.5\n")],
        [(28, 15, "unknown-field")],
        "",
    ),
    # nor are the entries under an action, where one of its keys stands at a wrong column
    (
        [("- number: 1\n            text", "number: 1\n            text"), (P1, f"{P1}{PROGRESS}")],
        [(20, 11, "wrong-indentation")],
        "number is not indented",
    ),
    (
        [("            pilots: [DIHAL]", "           pilots: [DIHAL]"), (P1, f"{P1}{PROGRESS}")],
        [(23, 12, "wrong-indentation")],
        "pilots is not indented",
    ),
    # nor are the actions under a measure whose key lost its colon
    ([("        actions:", "        actions")], [(19, 9, "yaml-syntax")], "a colon is missing after actions"),
    (
        [("        actions:", "        actions"), ("measures:", "actions: []\n    measures:")],
        [(20, 9, "yaml-syntax")],
        "a colon is missing after actions",
    ),
    # two keys on one line
    ([(YEARS, "years: [2021], priority: 1\n")], [(25, 28, "yaml-syntax")], "begin a line with priority"),
    ([(PILOTS, "pilots: [DIHAL]; associated: [DHUP]\n")], [(23, 30, "yaml-syntax")], "the line of another key"),
    ([(TEXT, "text: [1], priority: 1\n")], [(21, 22, "yaml-syntax")], "a text that begins with a bracket"),
    # a key that stands there in an odd way is not also missing
    ([("orientations:", "\torientations:")], [(11, 1, "tab-indentation")], ""),
    ([("        actions:", "         actions:")], [(19, 10, "wrong-indentation")], ""),
    ([("            years: [2021]", "\tyears: [2021]")], [(25, 1, "tab-indentation")], ""),
    ([("    measures:", "  measures:")], [(15, 3, "yaml-syntax")], ""),
    ([("    measures:", "    - measures:")], [(15, 5, "yaml-syntax")], "remove the dash"),
    ([("language: fr", "language fr")], [(3, 1, "yaml-syntax")], "a colon is missing after language"),
    (
        [("priorities: [1, 2]", "priorities [1, 2]")],
        [(7, 1, "yaml-syntax")],
        "a colon is missing after priorities",
    ),
    # what is written instead of a list, a number or a text
    ([("pilots: [DIHAL]", "pilots: {DIHAL: , DHUP: }")], [(23, 22, "wrong-type")], "write pilots: [DIHAL, DHUP]"),
    ([("pilots: [DIHAL]", "pilots: {DIHAL: {name: x}}")], [(23, 22, "wrong-type")], "write pilots: [DIHAL]"),
    (
        [("- number: 1\n            text", "- number: [1]\n            text")],
        [(20, 21, "wrong-type")],
        "number: 1",
    ),
    (
        [("directorates:", f"{FIELD}type: choice\n    values: low\ndirectorates:")],
        [(11, 13, "wrong-type")],
        "write values: [low]",
    ),
    (
        [("directorates:", f"{FIELD}type: text\ndirectorates:"), (P1, f"{P1}{RISK}12\n")],
        [(31, 21, "wrong-value")],
        'write risk: "12"',
    ),
    (
        [("directorates:", f"{FIELD}type: text\ndirectorates:"), (P1, f"{P1}{RISK}true\n")],
        [(31, 21, "wrong-value")],
        'write risk: "true"',
    ),
    (
        [("directorates:", f"{FIELD}type: text\ndirectorates:"), (P1, f"{P1}{RISK}[a, b]\n")],
        [(31, 21, "wrong-value")],
        "[a, b] is not a text",
    ),
    (
        [("directorates:", f"{FIELD}type: list\ndirectorates:"), (P1, f"{P1}{RISK}a]\n")],
        [(31, 21, "wrong-value")],
        'write risk: ["a"]',
    ),
    (
        [("directorates:", "statuses:\n  fini: {closed: oui}\ndirectorates:")],
        [(9, 18, "wrong-type")],
        "write true or false",
    ),
    # what stands beside the key that it belongs under, above it
    (
        [("period:\n  start: 2021\n  end: 2022\n", ""), ("title:", "start: 2021\nend: 2022\nperiod:\ntitle:")],
        [(1, 1, "wrong-indentation")],
        "start stands beside period",
    ),
    (
        [("directorates:", f"{FIELD}type: [number]\ndirectorates:"), (P1, f"{P1}{RISK}12.5\n")],
        [(10, 11, "value-not-allowed")],
        "type can't be a list",
    ),
    # names that mean something else in a question
    ([("directorates:", "statuses:\n  none:\ndirectorates:")], [(9, 3, "reserved-name")], ""),
    ([("directorates:", "levels: [none, mesure]\ndirectorates:")], [(8, 10, "reserved-name")], ""),
    # in a plan that is read in part
    (
        [
            ("orientations:", "unused_numbers:\n  - number: 2\n    reason: x\norientations:"),
            ("years: [2021]", "years: 2021"),
        ],
        [(28, 20, "wrong-type"), (31, 21, "unused-number-used")],
        "give the action another number",
    ),
    # quotations that are no longer there
    (
        [("orientations:", "source_notes:\n  - orientation: 1\n    source: perdu\n    note: x\norientations:")],
        [(13, 13, "lost-quotation")],
        "in the title of orientation 1",
    ),
    (
        [
            (
                "orientations:",
                "source_notes:\n  - measure: 1\n    orientation: 1\n    source: perdu\n    note: x\norientations:",
            )
        ],
        [(14, 13, "lost-quotation")],
        "in the title of measure 1",
    ),
    (
        [
            (
                "orientations:",
                "source_notes:\n  - action: 1\n    field: text\n    source: « perdu »\n    note: x\norientations:",
            )
        ],
        [(14, 13, "lost-quotation")],
        "« perdu » is no longer in the text of action 1",
    ),
    (
        [
            (
                "orientations:",
                "source_notes:\n  - action: 1\n    field: text\n    source: « Défin »\n    note: x\norientations:",
            )
        ],
        [],
        "",
    ),
    # what was pasted around the plan
    ([("title: >-\n  Un plan", "```yaml\ntitle: >-\n  Un plan")], [(1, 1, "yaml-syntax")], "can't begin with `"),
    (
        [("title: >-\n  Un plan", "Le plan\n# x\ntitle: >-\n  Un plan")],
        [(1, 1, "yaml-syntax")],
        "ends the plan before",
    ),
]


@pytest.mark.parametrize(("edits", "wanted", "words"), CASES)
def test_a_slip_of_hand_is_told_once(
    edits: list[tuple[str, str]], wanted: list[tuple[int, int, str]], words: str
) -> None:
    text = edited(*edits)
    assert found(text) == wanted
    assert not words or any(words in f"{each.sentence} {each.help}" for each in checked(text).diagnostics)


def test_a_key_that_was_never_there_is_missing_where_reading_ends_early() -> None:
    text = edited(("language: fr\n", ""), ("years: [2021, 2022]", "years: &both [2021, 2022]"))
    assert found(text) == [(1, 1, "missing-key"), (32, 20, "anchor")]


def test_a_key_that_a_block_lacks_is_missing_where_another_block_has_it_in_a_line_that_was_skipped() -> None:
    text = edited(("years: [2021]", "years: [2021"), ("            associated: [DHUP]\n", ""))
    text = text.replace("            associated: []", "\tassociated: []")
    assert found(text) == [(20, 13, "missing-key"), (24, 20, "unclosed-bracket"), (31, 1, "tab-indentation")]


@pytest.mark.parametrize(
    ("edits", "wanted"),
    [
        (
            [(P1, f"{P1}\tfields:\n              risk: low\n"), ("priority: 2\n", f"priority: 2\n{RISK}low\n")],
            [(27, 1, "tab-indentation"), (38, 15, "unknown-field")],
        ),
        (
            [("title: >-\n  Un plan\n", ""), ("      title", "\ttitle")],
            [(1, 1, "missing-key"), (15, 3, "tab-indentation")],
        ),
    ],
)
def test_what_an_outer_block_lacks_is_told_where_an_inner_one_has_it_in_a_line_that_was_skipped(
    edits: list[tuple[str, str]], wanted: list[tuple[int, int, str]]
) -> None:
    assert found(edited(*edits)) == wanted


def test_the_key_of_a_list_of_blocks_is_not_missing_where_another_was_skipped() -> None:
    head, actions = (
        PLAN.split("orientations:\n")[0],
        PLAN[PLAN.index("          - number: 1\n") :].split("\n\n")[0],
    )
    assert found(f"{head} actions:\n{actions}\n") == [(11, 2, "yaml-syntax")]


@pytest.mark.parametrize(
    "edit",
    [
        (P1, f"{P1}            progress:{ENTRY}x\n"),
        ("directorates:", "levels: [[axe]]\ndirectorates:"),
        ("directorates:", f"{FIELD}type: choice\n    values: [[low]]\ndirectorates:"),
    ],
)
def test_the_plan_is_read_around_a_wrong_value(edit: tuple[str, str]) -> None:
    checks = checked(edited(edit, ("[DIHAL]\n            associated: []", "[XY]\n            associated: []")))
    assert [each.rule for each in checks.diagnostics if each.severity == "error"].count("unknown-directorate") == 1
    assert (checks.actions, checks.unchecked) == (3, 0)


@pytest.mark.parametrize(
    "edit",
    [
        ("            associated: []", "          associated: []"),
        ("        actions:", "        actions"),
        (SECOND, SECOND.replace("number: 2", "number:2")),
        ("          - number: 1\n", "         - number: 1\n"),
        ("      - number: 1\n", "      - number: 1\n" * 2),
        ("            text: >-\n", "            text: >-\n" * 2),
        ("    measures:\n", "    measures:\n" * 2),
        ("            pilots: [DIHAL]", "\tpilots: [DIHAL]"),
        ("text: >-\n              Assurer", "text >-\n              Assurer"),
    ],
)
def test_what_could_not_be_read_is_put_back(edit: tuple[str, str]) -> None:
    text = edited(edit)
    assert fix(text.encode(), "plan.yaml").content == PLAN.encode()


@pytest.mark.parametrize(
    ("old", "new", "is_mended"),
    [
        (YEARS, "years: [2021], priority: 1\n", True),
        (YEARS, "years: [2021] priority: 1\n", True),
        (PILOTS, "pilots: [DIHAL], associated: [DHUP]\n", True),
        (PILOTS + " " * 12 + YEARS, "pilots: [DIHAL], associated: [DHUP], years: [2021] priority: 1\n", True),
        ("priorities: [1, 2]\ndirectorates:", "priorities: [1, 2], directorates:", False),
        (YEARS, "years: [2021], priority: 1 # ?\n", False),
        (YEARS, "years: [2021], start: 2021\n", False),
        (YEARS, "years: [2021], priority: 1\n            priority: 2\n", False),
    ],
)
def test_two_keys_on_one_line_are_mended_where_the_second_one_is_missing(
    old: str, new: str, is_mended: bool
) -> None:
    text = edited((old, new))
    assert fix(text.encode(), "plan.yaml").content.decode() == (PLAN if is_mended else text)


def test_a_field_that_is_not_declared_is_told_though_its_value_is_wrong() -> None:
    text = edited(("priority: 1\n", "priority: 1\n            fields:\n              budget: {a: [1]}\n"))
    assert found(text) == [(28, 15, "unknown-field"), (28, 24, "wrong-type")]


@pytest.mark.parametrize(
    ("old", "new", "cure"),
    [
        (
            "  DIHAL:\n  DHUP:",
            "  DIHAL:\n    name: Un\n    note: x\n    name: Deux\n    note: y\n  DHUP:",
            "its name",
        ),
        ("language: fr", "language: fr\ntitle: Un plan\nlanguage: fr", "remove one of them"),
    ],
)
def test_no_dash_is_asked_for_where_no_list_is(old: str, new: str, cure: str) -> None:
    (diagnostic, *_others) = checked(edited((old, new))).errors
    assert diagnostic.rule == "duplicate-key"
    assert cure in (diagnostic.help or "")


def test_a_key_of_another_block_is_not_suggested_for_itself() -> None:
    (diagnostic,) = checked(edited(("priority: 1\n", "priority: 1\n            actions: []\n"))).errors
    assert (diagnostic.rule, diagnostic.sentence) == ("unknown-key", "unknown key actions")


@pytest.mark.parametrize("code", ["code A1", "code: @A1"])
def test_an_action_whose_code_is_not_read_is_called_by_its_number(code: str) -> None:
    found = checked(edited((P1, f"{P1}            {code}\n"))).errors
    assert [(each.span.start.line, each.name) for each in found] == [(27, "1")]


def test_suggestions_are_the_same_in_each_run() -> None:
    """Codes as near as each other: sets have another order in each process."""
    text = edited(("  DHUP:", "  DHUP:\n  DHAP:\n  DHIP:\n  DHOP:"), ("[DHUP]", "[DHYP, DHAP, DHIP, DHOP]"))
    script = (
        "import sys; from plancli.check.checker import check; print(check(sys.stdin.buffer.read(), 'x').errors)"
    )
    runs = {
        subprocess.run(
            [sys.executable, "-c", script], input=text.encode(), env={"PYTHONHASHSEED": seed}, capture_output=True
        ).stdout
        for seed in ("1", "2", "3", "4")
    }
    assert len(runs) == 1
    assert b"DHUP" in runs.pop()


def test_no_break_spaces_are_told_once_for_lines_in_a_row_and_mended_in_all() -> None:
    text = PLAN.replace("years:", "years\u00a0:").replace("priority:", "priority\u00a0:")
    assert found(text) == [(line, 18, "no-break-space") for line in (25, 33, 45)]
    assert fix(text.encode(), "plan.yaml").content.decode() == PLAN.replace("years:", "years :").replace(
        "priority:", "priority :"
    )


@pytest.mark.parametrize("edit", [("associated: []", "associated: ]"), ("Un plan", 'Un plan : x"')])
def test_half_of_a_pair_is_left_to_people(edit: tuple[str, str]) -> None:
    text = edited(("title: >-\n  ", "title: "), edit)
    assert [each.rule for each in checked(text).errors] in (["yaml-syntax"], ["colon-in-text"])
    assert fix(text.encode(), "plan.yaml").content.decode() == text


@pytest.mark.parametrize("words", ["– action : ceci", "-action: ceci", "date:2021", "text: y"])
@pytest.mark.parametrize("slip", ["@DIHAL", "DIHAL : x"])
def test_a_line_of_a_text_above_an_error_is_no_key(words: str, slip: str) -> None:
    text = edited(("stratégie.\n", f"stratégie.\n              {words}\n"), ("[DIHAL]", slip))
    assert [line for line, _column, _rule in found(text)] == [24]
    assert fix(text.encode(), "plan.yaml").content.decode() == text


def test_a_time_in_a_text_of_the_register_stays_as_it_is() -> None:
    text = edited(("  DIHAL:\n", "  DIHAL: >-\n    12:30 x\n"), ("  DHUP:", "  DHUP: a : b"))
    assert found(text) == [(9, 10, "wrong-type"), (11, 11, "colon-in-text")]
    assert fix(text.encode(), "plan.yaml").content.decode() == text


def test_an_action_without_a_number_is_not_a_line_that_was_pasted_twice() -> None:
    numbered = "          - number: 1\n"
    text = edited((f"{numbered}            text", f"          - number:\n{numbered}            text"))
    text = text.replace(numbered + "            text", "          - text")
    assert {rule for _line, _column, rule in found(text)} == {"missing-key", "wrong-type"}


def test_a_colon_in_an_item_of_a_list_is_left_to_people() -> None:
    text = edited(
        ("directorates:", f"{BUDGET.replace('number', 'list')}directorates:"),
        ("priority: 1\n", "priority: 1\n            fields:\n              budget:\n                - Un : un\n"),
    )
    assert fix(text.encode(), "plan.yaml").content.decode() == text


def test_a_list_at_the_top_that_is_not_read_is_no_plan() -> None:
    assert found(edited(("title: >-\n  Un plan", "- an"))) == [(1, 1, "not-a-plan")]


def test_a_code_that_stands_again_and_again_was_not_mistyped() -> None:
    line = "associated: [DHUP]"
    text = PLAN.replace("  DHUP:\n", "  DHAP:\n").replace("pilots: [DHUP]", "pilots: [DHAP]")
    text = text.replace("associated: [DIHAL]", line).replace("associated: []", line)
    assert [each.sentence for each in checked(text).errors] == ["unknown directorate DHUP"] * 3


@pytest.mark.parametrize(
    ("entry", "place"),
    [
        ("  DHUP: @x", (11, 9, "yaml-syntax")),
        ("  DHUP: {name: Habitat", (11, 9, "unclosed-bracket")),
        ('  DHUP: "Habitat', (11, 9, "unclosed-quote")),
        ("  DHUP: Habitat : paysages", (11, 17, "colon-in-text")),
        ("  DHUP: {name: 'l'habitat'}", (11, 18, "text-after-quote")),
        ("   DHUP:\n    name: Habitat", (11, 4, "wrong-indentation")),
    ],
)
def test_a_directorate_that_is_not_read_is_known_all_the_same(entry: str, place: tuple[int, int, str]) -> None:
    """The mistake in its entry is told once, nothing where actions name it, and these are checked."""
    text = edited(("  DIHAL:\n  DHUP:", f"  DIHAL:\n    name: Délégation\n{entry}"))
    assert found(text) == [place]
    assert (checked(text).actions, checked(text).unchecked) == (3, 0)


@pytest.mark.parametrize(
    ("entry", "places"),
    [
        ("  DHUP:\n    years: 2021 : 2022", [(12, 5, "unknown-key"), (12, 17, "colon-in-text")]),
        ("  DHUP:\n    pilots: [DHUP", [(12, 5, "unknown-key"), (12, 13, "unclosed-bracket")]),
        ("DHUP:\n    name: Habitat\n  DSJ:", [(11, 1, "unknown-key"), (13, 3, "yaml-syntax")]),
    ],
)
def test_a_key_that_is_unknown_is_told_although_its_value_is_not_read(
    entry: str, places: list[tuple[int, int, str]]
) -> None:
    text = edited(("  DIHAL:\n  DHUP:", f"  DIHAL:\n    name: Délégation\n{entry}"))
    assert found(text) == places
    assert (checked(text).actions, checked(text).unchecked) == (3, 0)


def test_a_line_at_the_margin_hides_no_directorate_below_it() -> None:
    register = "  DIHAL:\nname: Délégation\n    ministry: Logement\n  DHUP:\n  Grand Est:"
    text = edited(("  DIHAL:\n  DHUP:", register), ("associated: []", "associated: [Grand Est]"))
    assert found(text) == [(10, 1, "unknown-key"), (11, 13, "colon-in-text")]
    assert (checked(text).actions, checked(text).unchecked) == (3, 0)


def test_what_stands_before_the_end_of_the_reading_is_told_once() -> None:
    text = edited(("  DHUP:", "  DHUP:\n  2021:\n  DHUP:"), ("pilots: [DHUP]", "pilots: &all [DHUP]"))
    assert found(text) == [(11, 3, "key-not-text"), (12, 3, "duplicate-key"), (45, 21, "anchor")]


def test_a_declaration_at_another_depth_is_one_fault() -> None:
    assert found(edited(("  DHUP:", "    DHUP: {}"))) == [(10, 5, "unknown-key")]
    assert found(edited(("  DHUP:", "DHUP:"))) == [(10, 1, "unknown-key")]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("[" * 5000, (1, 33)),
        ("[" * 5000 + "]" * 5000, (1, 33)),
        ("- " * 5000 + "x", (1, 65)),
        ("{a: " * 500, (1, 129)),
        ("\n".join(" " * depth + "a:" for depth in range(60)), (33, 33)),
        (PLAN.replace("  DHUP:", "  DHUP: " + "[" * 2000), (10, 40)),
        (PLAN + "x: " + "{a: " * 50, (47, 128)),
    ],
    ids=["brackets", "closed brackets", "dashes", "braces", "lines", "in the register", "a key of its own"],
)
def test_deep_nesting_is_said_as_nesting_and_first(text: str, place: tuple[int, int]) -> None:
    assert found(text)[0] == (*place, "deep-nesting")


UNEVEN = """\
title: Un plan
language: fr
period:
  start: 2024
  end: 2026
levels: [axe, objectif, volet]
directorates:
  MOB:
orientations:
  - number: 1
    title: Se loger
    measures:
      - number: 1
        title: Rénover
        actions:
          - number: 1
            text: Rénover les écoles.
            pilots: [MOB]
            associated: []
            years: [2024]

          - number: 2
            text: Rénover les gymnases.
            pilots: [MOB]
            associated: []
            years: [2025]
            progress:
              - date: "2025-05-19"
                by: MOB
                note: Études lancées.
              - date: "2025-09-15"
                by: MOB
                note: Travaux lancés.

      - number: 2
        title: Isoler
        measures:
          - number: 1
            title: Toitures
            actions:
              - number: 3
                text: Isoler les toits.
                pilots: [MOB]
                associated: []
                years: [2026]

  - number: 2
    title: Se déplacer
    actions:
      - number: 4
        text: Ouvrir des rues.
        pilots: [MOB]
        associated: []
        years: [2024]
"""


@pytest.mark.parametrize(
    ("old", "new", "wanted", "fixed"),
    [
        ("title: Toitures", "title: Toits : tous", (39, 26, "colon-in-text"), "Toits : tous"),
        ("title: Isoler", "title: Isoler : tout", (36, 23, "colon-in-text"), "Isoler : tout"),
        ("text: Isoler les toits.", "text Isoler les toits.", (42, 17, "yaml-syntax"), "text: Isoler les toits."),
        ("years: [2026]", " years: [2026]", (45, 18, "wrong-indentation"), "                years: [2026]"),
        ("            progress:", "           progress:", (27, 12, "wrong-indentation"), "            progress:"),
        ("progress:", " progress:", (27, 14, "wrong-indentation"), "            progress:"),
        ("text: Ouvrir", "text Ouvrir", (51, 9, "yaml-syntax"), "text: Ouvrir des rues."),
    ],
)
def test_a_slip_in_a_plan_of_uneven_depth_moves_no_block(
    old: str, new: str, wanted: tuple[int, int, str], fixed: str
) -> None:
    assert found(UNEVEN) == []
    text = UNEVEN.replace(old, new, 1)
    assert found(text) == [wanted]
    after = fix(text.encode(), "plan.yaml").content.decode()
    assert found(after) == []
    assert fixed in after
    assert [line for line in after.split("\n") if "number:" in line] == [
        line for line in UNEVEN.split("\n") if "number:" in line
    ]
