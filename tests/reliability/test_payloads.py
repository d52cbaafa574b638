"""Hostile content is shown, not obeyed: each payload through each output, seen by the format's own reader."""

import base64
import csv
import hashlib
import io
import json
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from plancli.check.reporters import REPORTERS
from plancli.exchange.exporters import EXPORTERS, export
from plancli.exchange.request import make_request
from plancli.output.renderers import FORMATS, render
from plancli.output.report import FormatNotSupported
from plancli.output.terminal import NO_TERMINAL, Terminal
from plancli.output.views.directorates import directorates_view
from plancli.plan.document import read_document
from plancli.plan.model import read_plan
from plancli.text import escape_bidi, escape_control
from tests.exchange.page_tree import read_page
from tests.exchange.readers import read_docx
from tests.output.test_any_plan import counted, listing
from tests.reliability import hostile, seen
from tests.repositories import Repo

pytestmark = pytest.mark.slow  # each hostile text through every output

Typed = Callable[..., Any]


class Place(NamedTuple):
    """A repository whose plan, broken plans, authors and subjects hold these payloads."""

    payloads: tuple[str, ...]
    folder: Path
    refused: bool

    @property
    def all(self) -> str:
        """The payloads in a row, as one more."""
        return " ".join(self.payloads)

    @property
    def code(self) -> str:
        """The first payload as the code of a directorate."""
        return hostile.code(self.payloads[0])

    def lacking(self, text: str, made: Callable[[str], str] = str) -> list[str]:
        """Return the payloads that can't be read in a text."""
        where = seen.words(text)
        return [each for each in self.payloads if not seen.shows(where, made(each))]


TOGETHER = {
    "all": tuple(name for name in hostile.PAYLOADS if name not in hostile.REFUSED),
    "refused": hostile.REFUSED,
}
"""In the quick tests all payloads stand side by side, in the slow ones some stand alone."""

ALONE = [*hostile.PAYLOADS][::4]
"""Payloads that stand alone too: one that another one beside it would hide shows by them."""

PLACES = [*TOGETHER, *(pytest.param(name, marks=pytest.mark.slow) for name in ALONE)]


@pytest.fixture(scope="module", params=PLACES)
def place(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Place]:
    names = TOGETHER.get(request.param, (request.param,))
    payloads = tuple(hostile.PAYLOADS[name] for name in names)
    found = Place(payloads, tmp_path_factory.mktemp("hostile"), names[0] in hostile.REFUSED)
    commits = [("The first plan", hostile.plan(["Un plan"]))]
    commits += [(each, hostile.plan(payloads[:count])) for count, each in enumerate(payloads, 1)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("GIT_CONFIG_GLOBAL", str(found.folder / "gitconfig"))
        patch.setenv("GIT_CONFIG_NOSYSTEM", "1")
        patch.setenv("TZ", "UTC")
        repo = Repo(found.folder)
        importing = ["git", "-C", str(found.folder), "fast-import", "--quiet"]
        subprocess.run(importing, input=hostile.history(commits), check=True)
        repo.git("reset", "--hard", "--quiet")
        repo.write("plan.yaml", hostile.plan(payloads, " plus quinze jours"))
        repo.write("broken.yaml", hostile.broken(found.all))
        repo.write("raw.yaml", hostile.raw(found.all))
        yield found


@pytest.fixture
def asked(place: Place, plancli: Typed, monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Return a function that asks the plan."""
    if place.refused:
        pytest.skip("no question is answered from such a plan")
    monkeypatch.chdir(place.folder)
    return plancli


SEE = {
    "table": seen.see_text,
    "screen": seen.see_screen,
    "csv": seen.see_csv,
    "json": seen.see_json,
    "markdown": seen.see_markdown,
}
HIGHLIGHT: dict[str, Callable[[str], str] | None] = {
    "": None,
    "list": str,
    "list --full": str,
    "list -t plus": None,
    "show 1-99": str,
    "show CODE": None,
    "directorates": str,
    "summary": str,
    "summary --by pilot": hostile.code,
    "summary --by pilot --by measure": hostile.code,
    "diff": None,
    "diff OLDEST HEAD": str,
    "diff HEAD~1 -d CODE": None,
    "log": hostile.one_line,
    "log 1": None,
}
"""What is asked, and what of each payload must then be read in the answer."""


def test_every_format_has_its_reader() -> None:
    assert set(SEE) == {*FORMATS, "screen"}
    assert set(REPORTED) == set(REPORTERS)
    assert set(EXPORTED) == set(EXPORTERS)


@pytest.mark.parametrize("form", SEE)
@pytest.mark.parametrize("question", HIGHLIGHT)
def test_hostile_texts_in_answers(
    asked: Typed, place: Place, question: str, form: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if form == "screen":
        monkeypatch.setenv("FORCE_COLOR", "1")
    elif not question and form != "table":
        pytest.skip("the opening screen has one form")
    given = {"CODE": place.code, "1-99": f"1-{len(place.payloads)}", "OLDEST": f"HEAD~{len(place.payloads)}"}
    command, *words = [given.get(word, word) for word in question.split()] or [""]
    chosen = ["--format", form] if form not in ("table", "screen") else []
    asked_for = ["--", *words] if "show" in command else words  # a code may look like an option
    code, out, err = asked(*filter(None, [command]), *chosen, *asked_for)
    seen.harmless(err)
    if code == 2 and form == "csv":
        assert "can't be CSV" in err
        return
    assert code == 0, err
    read = SEE[form](out)
    made = HIGHLIGHT[question]
    assert made is None or not place.lacking(read, made)


@pytest.mark.parametrize("command", ["list", "show 1", "summary", "directorates", "export plan.csv", ""])
def test_what_no_plan_may_hold_is_named_and_nothing_is_answered(
    place: Place, plancli: Typed, monkeypatch: pytest.MonkeyPatch, command: str
) -> None:
    if not place.refused:
        pytest.skip("a plan may hold it")
    monkeypatch.chdir(place.folder)
    code, out, err = plancli(*command.split())
    seen.harmless(out + err)
    if command:
        assert (code, out) == (1, "")
        assert "control character" in err or "breaks the line" in err


def test_a_turned_direction_is_warned_of(place: Place, plancli: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place.folder)
    _code, out, _err = plancli("validate", "plan.yaml")
    assert ("warning[direction]" in out) == bool(seen.TURNS & set(place.all))


# Diagnostics

REPORTED = {
    "full": seen.see_text,
    "concise": seen.see_text,
    "json": seen.see_json,
    "gitlab": seen.see_json,
    "sarif": seen.see_json,
    "junit": seen.see_junit,
    "github": seen.see_github,
}


@pytest.mark.parametrize("file", ["plan.yaml", "broken.yaml", "raw.yaml"])
@pytest.mark.parametrize("form", REPORTED)
def test_hostile_texts_in_diagnostics(
    place: Place, plancli: Typed, monkeypatch: pytest.MonkeyPatch, form: str, file: str, tmp_path: Path
) -> None:
    monkeypatch.chdir(place.folder)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    code, out, err = plancli("validate", file, "--format", form)
    assert code == (1 if place.refused or file != "plan.yaml" else 0)
    seen.harmless(err)
    read = REPORTED[form](out)
    if file == "broken.yaml" and not place.refused:
        assert seen.shows(seen.words(read), hostile.code(place.all)[:12])
    if form == "github" and out:
        seen.see_markdown((tmp_path / "summary.md").read_text("utf-8"))


OPTIONAL = r"""title: T
language: fr
period: {start: 2021, end: 2022}
levels: ["axe X"]
priorities: ["haute X"]
statuses: {"fait X": {closed: true}}
fields: {risque: {label: "Risque X", type: choice, values: ["fort X"]}}
directorates: {A: }
orientations:
- number: 1
  code: "G X"
  title: O
  actions:
  - {number: 1, code: "1 X", text: T, pilots: [B], associated: [], years: [2023], when: "X", due: "X",
     priority: "X"}
  - {number: 1, code: "1 X", text: T, pilots: [B], associated: [], years: [2021], priority: "haute X",
     fields: {risque: "X"}, progress: [{date: "X", status: "X", by: "X", note: "X", source: "X"}]}
"""


@pytest.mark.parametrize("form", REPORTED)
def test_hostile_texts_in_diagnostics_of_optional_keys(
    plancli: Typed, monkeypatch: pytest.MonkeyPatch, form: str, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("plan.yaml").write_text(OPTIONAL.replace("X", r"\e[31mred\a\u202e"), "utf-8")
    code, out, err = plancli("validate", "--format", form)
    assert (code, out != "") == (1, True)
    seen.harmless(err)
    REPORTED[form](out)


@pytest.mark.parametrize("file", ["plan.yaml", "broken.yaml", "raw.yaml"])
def test_hostile_texts_in_excerpts_in_colour(
    place: Place, plancli: Typed, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    monkeypatch.chdir(place.folder)
    monkeypatch.setenv("FORCE_COLOR", "1")
    seen.see_screen(plancli("validate", file, "--format", "full").out)


SLIPS = (
    *(["list", option, "PAYLOAD"] for option in ("-d", "-y", "-p", "--calendar", "--measure", "-t", "--plan")),
    *(["list", option, "PAYLOAD"] for option in ("--at", "--sort", "--columns", "--format")),
    ["PAYLOAD"],
    ["list", "PAYLOAD"],
    ["list", "--PAYLOAD"],
    ["show", "PAYLOAD"],
    ["summary", "--by", "PAYLOAD"],
    ["validate", "PAYLOAD"],
    ["validate", "--ignore", "PAYLOAD"],
    ["validate", "--max-size", "PAYLOAD"],
    ["rule", "PAYLOAD"],
    ["fmt", "PAYLOAD"],
    ["fmt", "broken.yaml"],
    ["diff", "PAYLOAD"],
    ["diff", "--fail-on", "PAYLOAD"],
    ["diff", "broken.yaml", "raw.yaml"],
    ["log", "PAYLOAD"],
    ["export", "a.PAYLOAD"],
    ["export", "a.csv", "--dialect", "PAYLOAD"],
    ["import", "PAYLOAD"],
    ["import", "broken.yaml", "--sheet", "PAYLOAD"],
    ["git", "PAYLOAD"],
    ["list", "--plan", "broken.yaml"],
    ["list", "--plan", "raw.yaml"],
)


def test_hostile_texts_in_messages(place: Place, plancli: Typed, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(place.folder)
    for words in SLIPS:
        code, out, err = plancli(*(word.replace("PAYLOAD", place.all.replace("\0", "")) for word in words))
        if place.all == "--help" and "PAYLOAD" in words:
            continue
        assert code in (0, 1, 2, 3), words
        seen.harmless(err)
        seen.harmless(out if code == 0 else "")
        assert code == 0 or not out or words[0] == "diff", words


@pytest.mark.parametrize("file", ["plan.yaml", "broken.yaml", "raw.yaml"])
def test_git_is_given_nothing_to_obey(
    place: Place, plancli: Typed, monkeypatch: pytest.MonkeyPatch, file: str
) -> None:
    monkeypatch.chdir(place.folder)
    code, out, err = plancli("git", "textconv", file)
    assert (code, err) == (0, "")
    assert out
    assert not seen.taken_over(out, "\n\t")


# Files for others


def see_csv_file(content: bytes, place: Place) -> None:
    rows = list(csv.DictReader(io.StringIO(content.decode("utf-8"), newline=""), strict=True))
    assert [row["text"] for row in rows] == [f"{each} plus quinze jours" for each in place.payloads]
    assert [row["pilots"] for row in rows] == [hostile.code(each) for each in place.payloads]


def see_json_file(content: bytes, place: Place) -> None:
    assert not seen.taken_over(content.decode())
    assert set(place.payloads) <= set(seen.texts(json.loads(content)))


def see_markdown_file(content: bytes, place: Place) -> None:
    assert not place.lacking(seen.see_markdown(content.decode()))


def see_document(content: bytes, place: Place) -> None:
    shown = "\n".join(text for _number, text in read_docx(content))
    assert not seen.taken_over(shown)
    for payload in place.payloads:
        assert seen.words(escape_bidi(escape_control(payload))) in seen.words(shown)


def see_workbook(content: bytes, place: Place) -> None:
    """Read with two readers: every text is a text, none is a formula or a link."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert not [cell for cell in cells if cell.hyperlink]
    assert not list(book.defined_names.values())
    for cell in cells:
        if (
            cell.data_type == "s"
            and cell.value.lstrip("'").startswith(("=", "+", "-", "@", "\t"))
            and cell.row > 4
        ):
            assert cell.quotePrefix, cell.value
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()
    for row, payload in zip(rows[4:], place.payloads, strict=True):
        wanted = (payload + " plus quinze jours").replace("\r\n", "\n").replace("\r", "\n")
        assert str(row[1]).replace("\r\n", "\n").replace("\r", "\n") == wanted


def see_database(content: bytes, place: Place) -> None:
    with sqlite3.connect(":memory:") as base:
        base.deserialize(content)
        kinds = {kind for (kind,) in base.execute("SELECT DISTINCT type FROM sqlite_master")}
        assert kinds == {"table", "index", "view"}
        found = [text for (text,) in base.execute("SELECT text FROM plan")]
        assert found == [f"{each} plus quinze jours" for each in place.payloads]


def see_page(content: bytes, place: Place) -> None:
    """Read the page strictly: no element, attribute or script is the payload's, and its direction is its own."""
    text = content.decode()
    assert not seen.taken_over(
        text, "\n\r\t" + ("".join(map(chr, range(160))) + "\u2028" if place.refused else "\ufeff")
    )
    page = read_page(content)
    for each in page.walk():
        assert each.tag not in ("img", "iframe", "object", "base", "embed"), each.tag
        for name, value in each.attributes.items():
            assert not name.startswith("on"), name
            if name in ("href", "src", "action", "formaction"):
                assert value.startswith(("#", "?")), value
    (policy,) = [each.attributes["content"] for each in page.all("meta") if "http-equiv" in each.attributes]
    for kind in ("script", "style"):
        (own,) = page.all(kind)
        digest = base64.b64encode(hashlib.sha256(str(own.children[0]).encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy
    for number, payload in enumerate(place.payloads, 1):
        assert seen.words(_turned(payload)) in seen.words(page.one("article", id=f"action-{number}").text)


def _turned(payload: str) -> str:
    """Return a payload as the page shows it: white space is the page's own, only turns are escapes."""
    return "".join(escape_control(c) if c in seen.TURNS else c for c in payload)


EXPORTED: dict[str, Callable[[bytes, Place], None]] = {
    ".csv": see_csv_file,
    ".json": see_json_file,
    ".md": see_markdown_file,
    ".html": see_page,
    ".xlsx": see_workbook,
    ".docx": see_document,
    ".db": see_database,
    ".sqlite": see_database,
}


@pytest.mark.parametrize("ending", EXPORTED)
def test_hostile_texts_in_exports(asked: Typed, place: Place, ending: str, tmp_path: Path) -> None:
    file = tmp_path / f"out{ending}"
    code, out, err = asked("export", str(file), "-t", "plus")
    assert (code, out) == (0, ""), err
    seen.harmless(err)
    EXPORTED[ending](file.read_bytes(), place)


def test_excel_gets_no_formula(asked: Typed, place: Place, tmp_path: Path) -> None:
    file = tmp_path / "out.csv"
    assert asked("export", str(file), "--dialect", "excel-fr").code == 0
    text = io.StringIO(file.read_bytes().decode("utf-8-sig"), newline="")
    for cell in (cell for row in csv.reader(text, delimiter=";") for cell in row):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r", "\n")), cell


def test_what_the_check_refuses_would_be_shown_as_harmlessly(tmp_path: Path) -> None:
    """No plan may hold these characters; what prints and exports a plan is a second lock."""
    place = Place(tuple(hostile.PAYLOADS[name] for name in hostile.REFUSED), tmp_path, True)
    source = hostile.plan(place.payloads, " plus quinze jours")
    plan = read_plan(read_document(source.encode("utf-8", "surrogatepass"), "plan.yaml").data)
    reports = (
        listing(plan),
        listing(plan, full=True),
        counted(plan),
        counted(plan, "pilot"),
        directorates_view(plan),
    )
    for report in reports:
        for form, see in SEE.items():
            with suppress(FormatNotSupported):
                window = Terminal(80, 24, colour=True) if form == "screen" else NO_TERMINAL
                see(render(report, "table" if form == "screen" else form, window).text)
    for ending, see_file in EXPORTED.items():
        see_file(export(make_request(plan, plan.actions, "plan.yaml"), f"plan{ending}"), place)


def test_hostile_texts_in_imports(place: Place, plancli: Typed, tmp_path: Path) -> None:
    """A table's cells become texts of a plan; what is told of it is told harmlessly."""
    table = tmp_path / "table.csv"
    with table.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["N°", "Actions", "Pilotes", "Associées", "Calendrier", "Priorité", "Mesure", place.all])
        for number, each in enumerate(place.payloads, 1):
            rows.writerow([str(number), each, "B", hostile.code(each), "2021", "1", each, each])
            rows.writerow([each, "Autre", each, "", each, each, "x", ""])
    code, _out, err = plancli("import", str(table), "--title", place.all, "--output", str(tmp_path / "plan.yaml"))
    assert code in (0, 1, 3)
    seen.harmless(err)
