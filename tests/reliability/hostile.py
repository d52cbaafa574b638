"""What a hostile branch may hold: payloads, the plans made of them, and the names of files and revisions."""

import json
from collections.abc import Sequence

from plancli.plan.writer import dump

PAYLOADS = {
    "rich": "[red]x[/red] [link=http://evil.example]y[/link] [/]",
    "ansi": "a\x1b[31mred\x1b[2J",
    "osc": "a\x1b]8;;http://evil.example\x07link\x1b]8;;\x07 \x1b]52;c;ZXZpbA==\x07 \x1b]0;title\x1b\\",
    "c1": "a\x9b31m \x9d0;t\x9c \x85b",
    "override": "a\u202egnp.exe\u202c b",
    "isolate": "a \u2067b\u2066c\u2069 d \u2068e",
    "workflow": "::set-output name=x::y",
    "workflow-later": "Fin. ::error file=x::y ; ::add-mask::Action",
    "workflow-legacy": "a ##[add-mask]b ##[error]c ##vso[task.setvariable variable=x]y ##teamcity[z]",
    "workflow-lines": "a\n::error file=x::y\r\n::stop-commands::z\r::add-mask::q",
    "markdown": "[a](javascript:alert(1)) ![i](http://evil.example/i.png) `c` **b** | @all #1 !2 $a$ ~~s~~",
    "markdown-lines": "# h\n/close\n@here\n- [x] done\n\n    code\n```\nfence\n<details>",
    "backticks": "``` `a` ````| \\| \\` ~~~ <!-- plancli:diff x -->",
    "html": "<script>alert(1)</script><img src=x onerror=alert(1)> &amp; &#60;b&#62; <!-- c -->",
    "script": "</script><script>alert(1)</script> </style> <!--<script> ]]> --> <!-- plancli:diff plan.yaml -->",
    "javascript": "javascript:alert(1)",
    "attribute": '" onmouseover="alert(1)" \' onfocus=\'alert(1)',
    "formula": '=HYPERLINK("http://evil.example";"x")',
    "formula-plus": "+1+cmd|'/C calc'!A0",
    "formula-minus": "-2+3+cmd|'/C calc'!A0",
    "formula-at": "@SUM(1+1)*cmd|'/C calc'!A0",
    "formula-tab": "\t=1+1",
    "option": "--help",
    "template": "{{ 7*7 }} {% for x in y %} ${x} $(id) `id` %s %(x)s {0} {code}",
    "nul": "a\x00b\x7fc\u2028d",
    "unseen": "a\ufeffb \U000e0041\U000e007f c",
}
"""What may stand in a text, a title, a name, a code, a note, a name of an author or a subject of a commit."""

REFUSED = ("ansi", "osc", "c1", "nul")
"""What no plan may hold: it is named, and nothing is answered."""


def one_line(payload: str) -> str:
    """Return a payload as git takes it for a name or a subject."""
    return " ".join(payload.replace("\0", "").split()) or "x"


def code(payload: str) -> str:
    """Return a payload as the code of a directorate: what parts a list on the command line is left out."""
    return one_line(payload).replace(",", "").replace("|", "")


def plan(payloads: Sequence[str], after: str = "") -> str:
    """Make a plan with an orientation, a measure, an action, a directorate and an acronym for each payload.

    Texts and titles have something after the payload.
    """
    return dump(
        {
            "title": " / ".join(payloads) + after,
            "language": "fr",
            "period": {"start": 2021, "end": 2022},
            "priorities": [1, 2],
            "directorates": {
                **{code(each): {"name": each + after, "ministry": each, "note": each} for each in payloads},
                "B": {"name": "B"},
            },
            "orientations": [_orientation(number, each, after) for number, each in enumerate(payloads, 1)],
            "unused_numbers": [{"number": 100 + place, "reason": each} for place, each in enumerate(payloads)],
            "source_notes": [
                {"action": number, "field": "text", "source": each, "note": each + after}
                for number, each in enumerate(payloads, 1)
            ],
            "glossary": {code(each): each for each in payloads},
        }
    )


def _orientation(number: int, payload: str, after: str) -> dict[str, object]:
    action = {
        "text": payload + after,
        "pilots": [code(payload)],
        "associated": ["B"],
        "years": [2021],
        "priority": 1,
    }
    measure = {"number": number, "title": payload + after, "actions": [{"number": number, **action}]}
    return {"number": number, "title": payload + after, "measures": [measure]}


def history(commits: Sequence[tuple[str, str]]) -> bytes:
    """Return what ``git fast-import`` makes commits of: each payload an author and a subject, with its plan."""
    stream = b""
    for place, (payload, content) in enumerate(commits):
        name = one_line(payload).replace("<", "(").replace(">", ")").encode()
        subject = f"{one_line(payload)}\n\n{payload}".replace("\0", "").encode()
        source = content.encode()
        stream += b"commit refs/heads/main\nauthor %s <x@example.org> %d +0000\n" % (name, 1624536000 + place)
        stream += b"committer x <x@example.org> %d +0000\n" % (1624536000 + place)
        stream += b"data %d\n%s\nM 644 inline plan.yaml\ndata %d\n%s\n" % (
            len(subject),
            subject,
            len(source),
            source,
        )
    return stream


def broken(payload: str) -> str:
    """Make a plan that is wrong wherever a message repeats what stands there: keys, codes, values, comments."""
    quoted = json.dumps(payload, ensure_ascii=False)
    known, unknown, acronym = (json.dumps(code(payload) + after, ensure_ascii=False) for after in ("", "x", "y"))
    return f"""\
title: Un plan # {one_line(payload) if payload.isprintable() else "x"}
language: {quoted}
{quoted}: 1
period: {{start: {quoted}, end: 2022}}
priorities: [1, {quoted}]
directorates:
  DIHAL:
  {known}:
    {quoted}: {quoted}
orientations:
  - number: 1
    title: {quoted}
    measures:
      - number: 1
        title: {quoted}
        actions:
          - number: 1
            text: {quoted}
            pilots: [DIHAL, {unknown}]
            associated: [{known}, {known}]
            years: [2021]
            priority: 1
          - number: 1
            text: {quoted}
            pilots: []
            associated: []
            years: [{quoted}]
            priority: {quoted}
            {quoted}: 1
            {quoted}: 2
source_notes:
  - action: 7
    note: {quoted}
glossary:
  {acronym}: {quoted}
"""


def raw(payload: str) -> bytes:
    """Make a file that is no YAML, so that lines of it are shown, with a payload as it is."""
    return f"title: 'x\nlanguage: fr\norientations:\n  - {payload}\n  text: {payload}: {payload}\n".encode(
        "utf-8", "surrogatepass"
    )


NAMES = (
    "--help.yaml",
    "-x.yaml",
    "a\nb.yaml",
    "a\n::error::x.yaml",
    "::error file=a::b.yaml",
    "##[error]a.yaml",
    "\x1b]0;t\x07.yaml",
    "\x9b31m.yaml",
    "\u202elmay.yaml",
    "[red]x.yaml",
    "$(touch here).yaml",
    "a b'c\"d.yaml",
    "*.yaml",
    ":(top)x.yaml",
    "HEAD:x.yaml",
    "<b>&amp;`|.yaml",
    "\udcff\udcfe.yaml",
)
"""Names a file may have."""

REVISIONS = (
    "--output=x",
    "-h",
    "-p",
    "--help",
    "--upload-pack=touch x",
    "\x1b[31mx",
    "\u202ex",
    "a\nb",
    "a\n::error::b",
    "$(touch x)",
    "HEAD:../../etc/passwd",
    "HEAD:../plan.yaml",
    "HEAD:/etc/passwd",
    ":/x",
    ":0:nothing",
    "@{-99}",
    "HEAD^{/x}",
    "..",
    "...",
    "\udcff",
    "x" * 5000,
)
"""Names a revision may be given by."""
