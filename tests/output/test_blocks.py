"""Blocks that carry what is no table: the drawn screen of ``diff``, made by hand."""

from pathlib import Path

from plancli.output.renderers import render
from plancli.output.report import (
    Definition,
    DefinitionList,
    InlineList,
    Paragraph,
    Report,
    Section,
    Sections,
    Style,
    Styled,
    Words,
)
from plancli.output.terminal import Terminal
from tests.output.made_plans import shown

TARGET = Path(__file__).parent / "target" / "diff-80.txt"

CHANGED = Styled("~", Style.CHANGED)
MOVED = Styled("→", Style.MOVED)


def entry(
    sign: Styled, number: int, said: str, measure: int, who: tuple[str, ...], *words: Words | DefinitionList
) -> Section:
    body = tuple(
        each if isinstance(each, DefinitionList) else Paragraph(each, brief=isinstance(each, str))
        for each in words
    )
    head = (Styled(f"Action {number}", Style.HEADING),)
    return Section(head, (*body, InlineList(who)), sign, said, f"measure {measure}")


PASSAGE = (
    "… avoir connaissance et de disposer ",
    Styled("systématiquement", Style.DELETED),
    Styled("sous quinze jours", Style.INSERTED),
    " des décisions de justice statuant sur une demande de constat …",
)
PLACES = DefinitionList(
    (
        (
            Definition(
                "from",
                "Optimiser et coordonner l'intervention des dispositifs de solvabilisation des ménages et "
                "d'apurement des dettes locatives",
            ),
            Definition("to", "Renforcer les dispositifs d'aide au maintien dans le logement"),
        ),
    )
)
AAP = 'Capitaliser sur les démarches issues des AAP "10 000 logements HLM accompagnés" pour valoriser et diffuser'
MISSION = "Confier aux commissaires de justice une mission réglementaire de sensibilisation et de recueil"
LETTER = "Prévoir l'envoi d'un courrier type au locataire explicitant les implications d'une décision d'expulsion"
ENTRIES = (
    entry(CHANGED, 8, "text: 1 passage", 2, ("pilot DIHAL", "associated DACS DSJ"), PASSAGE),
    entry(CHANGED, 13, "priority 2 → 1", 4, ("pilot DIHAL", "associated DHUP"), AAP),
    entry(CHANGED, 19, "2021 → 2021-2022: extended to 2022", 6, ("pilot DIHAL", "associated DSJ DACS"), MISSION),
    entry(
        MOVED,
        24,
        "moved to measure 8 from measure 7, text unchanged",
        8,
        ("pilot DIHAL", "associated DHUP"),
        PLACES,
    ),
    entry(CHANGED, 28, "DSJ: associated → pilot", 8, ("pilots DIHAL DSJ", "associated DACS"), LETTER),
)
FOLLOWS = DefinitionList(
    (
        (
            Definition("DSJ", "pilot of 0 → 1 (for the first time) · covers 2022: 2 → 3"),
            Definition("DACS", "covers 2022: 1 → 2"),
            Definition("DHUP", "priority 1: 9 → 10"),
            Definition("DIHAL", "covers 2022: 16 → 17 · priority 1: 21 → 22"),
        ),
    )
)
PROBLEM = "data/plan.yaml:450:21 warning[out-of-order] action 24 stands after action 30"
SIGN_OFF = InlineList(
    ("DIHAL (8, 13, 19, 24, 28)", "DACS (8, 19, 28)", "DSJ (8, 19, 28)", "DHUP (13, 24)"),
    lead="Sign-off: ",
    list=True,
    hanging=True,
)
MINISTRIES = InlineList(
    ("Logement (8, 13, 19, 24, 28)", "Justice (8, 19, 28)"), lead="Ministries: ", list=True, hanging=True
)


def test_the_blocks_make_the_drawn_screen() -> None:
    report = Report(
        (
            (Paragraph("data/plan.yaml: main → calendrier-2022, 4 commits"),),
            (Paragraph("~ changed  → moved"),),
            (Sections(ENTRIES),),
            (Section("What follows", (FOLLOWS,)), Section("Problems: 1 new, 0 fixed", (Paragraph(PROBLEM),))),
            (
                Paragraph("Plan: 0 to add, 4 to change, 1 to move, 0 to remove, 0 renumbered."),
                SIGN_OFF,
                MINISTRIES,
            ),
        )
    )
    assert shown(report) == TARGET.read_text("utf-8").splitlines()


def test_an_item_wider_than_the_window_is_wrapped_below_itself() -> None:
    pieces = (
        f"DPB ({', '.join(map(str, range(10, 26)))})",
        "DMEP (1)",
        f"DEE ({', '.join(map(str, range(10, 25)))})",
    )
    assert shown(Report(((InlineList(pieces, lead="Sign-off: ", list=True, hanging=True),),)), columns=60) == [
        " Sign-off: DPB (10, 11, 12, 13, 14, 15, 16, 17, 18, 19,",
        "           20, 21, 22, 23, 24, 25) · DMEP (1) ·",
        "           DEE (10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20,",
        "           21, 22, 23, 24)",
    ]


def test_what_is_said_of_a_section_goes_on_below_its_remark_in_whole_items() -> None:
    said = InlineList(
        ("added", "priority 1", "Budget (€ HT) 1,240,000", "due 31 Dec 2027"), list=True, hanging=True
    )
    section = Section("Action 9", (Paragraph("Text."),), Styled("+", Style.ADDED), said, "measure 2")
    assert shown(Report(((section,),)), columns=50) == [
        " + Action 9  added · priority 1 ·       measure 2",
        "             Budget (€ HT) 1,240,000 ·",
        "             due 31 Dec 2027",
        "     Text.",
    ]
    assert shown(Report(((section._replace(said=InlineList(())),),)), columns=30) == [
        " + Action 9         measure 2",
        "     Text.",
    ]


def test_continuation_lines_of_a_list_entry_are_indented() -> None:
    words = (
        "data/plan.yaml:202:44 ",
        Styled("error", Style.ERROR),
        " unknown directorate DGLC, did you mean DGCL?",
    )
    report = Report(((Section("Problems", (Paragraph(words, hanging=True), Paragraph("one", hanging=True))),),))
    assert shown(report, 60) == [
        " Problems",
        "   data/plan.yaml:202:44 error unknown directorate DGLC,",
        "     did you mean DGCL?",
        "   one",
    ]
    assert shown(report, 30)[1:6] == [
        "   data/plan.yaml:202:44",
        "     error unknown",
        "     directorate DGLC, did",
        "     you mean DGCL?",
        "   one",
    ]
    painted = render(report, "table", Terminal(60, 24, colour=True)).text
    assert "\x1b[1;31merror\x1b[0m unknown" in painted
