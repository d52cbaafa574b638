"""Made-up plans for the tests of exchange."""

from typing import Any

from plancli.plan.model import Plan, read_plan

SMALL: dict[str, Any] = {
    "title": "Plan d'actions (2021-2022)",
    "language": "fr",
    "period": {"start": 2021, "end": 2022},
    "priorities": [1, 2],
    "directorates": {
        "DIHAL": {"name": "Délégation interministérielle à l'hébergement", "ministry": "Logement"},
        "DSJ": {"name": "Direction des services judiciaires"},
        "DSE": {"note": "Sigle non identifié."},
        "DGTrésor": None,
    },
    "orientations": [
        {
            "number": 1,
            "title": "Définir une stratégie",
            "measures": [
                {
                    "number": 1,
                    "title": "Définir les objectifs",
                    "actions": [
                        {
                            "number": 1,
                            "text": "Définir la stratégie : - a) les objectifs ; - b) les moyens.",
                            "pilots": ["DIHAL"],
                            "associated": ["DSJ", "DSE"],
                            "years": [2021],
                            "priority": 1,
                        },
                        {
                            "number": 2,
                            "text": '=SUM(A1) * <i>modèle</i>, "10 000 logements" | _fin_',
                            "pilots": ["DSJ", "DIHAL"],
                            "associated": [],
                            "years": [2021, 2022],
                            "priority": 2,
                        },
                    ],
                }
            ],
        },
        {
            "number": 2,
            "title": "Coordonner",
            "measures": [
                {
                    "number": 2,
                    "title": "Mettre en œuvre",
                    "actions": [
                        {
                            "number": 4,
                            "text": "Étudier l'opportunité.",
                            "pilots": ["DGTrésor"],
                            "associated": ["DIHAL"],
                            "years": [2022],
                            "priority": 1,
                        }
                    ],
                }
            ],
        },
    ],
    "unused_numbers": [{"number": 3, "reason": "Absent du tableau publié."}],
    "source_notes": [
        {"action": 1, "field": "associated", "source": "DSJ, DSE, DSJ", "note": "DSJ figure deux fois."},
        {"measure": 2, "note": "Ligature."},
        {"orientation": 2, "note": "Bref."},
        {"note": "Le tableau compte deux pages."},
    ],
    "glossary": {"AAP": "appel à projets"},
}


def small() -> Plan:
    """Return a plan with a bit of everything."""
    return read_plan(SMALL)


def many(count: int) -> Plan:
    """Return a plan of so many actions, ten to a measure, ten measures to an orientation at most."""
    texts = (
        "Renforcer la coordination des CCAPEX : - sensibiliser les bailleurs ; - réunir les services de l'État.",
        "Étudier l'opportunité d'un transfert des compétences. Évaluer ses effets sur les ménages.",
        "Mettre en œuvre un dispositif de relogement adapté, en lien avec les départements et les communes.",
    )
    codes = [f"D{place:02}" for place in range(20)]
    actions = [
        {
            "number": number,
            "text": f"{texts[number % 3]} Volet {number}.",
            "pilots": [codes[number % 7]],
            "associated": sorted({codes[number % 11 + 7], codes[number % 5 + 15]}),
            "years": [[2021], [2022], [2021, 2022]][number % 3],
            "priority": number % 4 + 1,
        }
        for number in range(1, count + 1)
    ]
    measures = [
        {"number": place + 1, "title": f"Mesure {place + 1}", "actions": actions[place * 10 : place * 10 + 10]}
        for place in range((count + 9) // 10)
    ]
    return read_plan(
        {
            "title": f"Un plan de {count} actions",
            "language": "fr",
            "period": {"start": 2021, "end": 2022},
            "priorities": [1, 2, 3, 4],
            "directorates": {code: {"name": f"Direction {code}"} for code in codes},
            "orientations": [
                {"number": place + 1, "title": f"Orientation {place + 1}", "measures": measures[place * 10 :][:10]}
                for place in range((len(measures) + 9) // 10)
            ],
            "glossary": {"CCAPEX": "commission de coordination"},
        }
    )


HOSTILE = (
    "=1+1",
    '=HYPERLINK("http://example.org";"x")',
    "+33 1 23 45 67 89",
    "-1",
    "@SUM(A1:A2)",
    "\t=1+1",
    "'=1+1",
    "''",
    "'quoted'",
    '"',
    'a "quoted" word, a comma; a semicolon | a bar',
    "two\nlines",
    "two\r\nlines",
    "a return\rinside",
    "  spaces at both ends  ",
    "no\u00a0break \u202f and \u2028 a line separator \x85",
    "_x0041_ _x000D_",
    "<i>modèle</i> & <script>alert(1)</script> &amp; <!-- -->",
    "]]> </t> {{ x }} ${x} %s",
    "# title",
    "- a list\n- of two",
    "1. one 2) two",
    "> quoted `code` *bold* _under_ ~~struck~~ [a](b) ![c](d) | e",
    "\\*escaped\\*",
    "www.example.org http://example.org mail@example.org @someone #1 !2",
    "\x1b[31mred\x1b[0m \x07 \x00 \x7f",
    "\u202eright to left\u202c \u200b zero",
    "𝄞 👩‍👩‍👧‍👦 e\u0301 ﬁ",
    "https://example.org/" + "x" * 3000,
    "mot " * 2000,
    "R&D &G &[Picture] &P &",
    "2021-06-24",
    "1e5",
    "00012",
    "TRUE",
    "NULL",
    "1' OR '1'='1'; DROP TABLE actions; --",
)
"""Texts that a format may take for something else."""
