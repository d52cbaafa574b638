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
    """Give a plan with a bit of everything."""
    return read_plan(SMALL)
