"""Made-up plans with every key that a plan may have, all of them valid."""

from typing import Any

from hypothesis import assume
from hypothesis import strategies as st

from plancli.check.checker import check
from plancli.plan.model import Plan
from plancli.plan.writer import dump

CHARACTERS = st.characters(exclude_categories=["Cs", "Cc", "Cf", "Zl", "Zp", "Co", "Cn"])
WORDS = st.sampled_from(
    [
        *(
            "=1+1",
            "'=A1",
            "-1",
            "+33 1",
            "@x",
            "12",
            "12.0",
            "1,5",
            "00012",
            "TRUE",
            "2024",
            "2024-06-30",
            "12/06/2024",
        ),
        *(
            "a | b",
            "a, b",
            "a; b",
            "c | d | e",
            "«  »",
            "néant",
            "–",
            "idem",
            "Total",
            "x",
            "40 %",
            "#REF!",
            "_x0041_",
        ),
        *(
            "Étudier l'offre",
            "Axe 1 : Loger",
            "1.1 Faire",
            "<i>&amp;</i>",
            "12 000 €",
            "1e5",
            "NULL",
            "  deux  blancs ",
        ),
        *(
            "Un texte assez long pour deux lignes de la largeur d'une colonne ; il a deux parties.",
            "été 2025",
            "nan",
        ),
    ]
)
TEXTS = (WORDS | st.text(CHARACTERS, min_size=1, max_size=20)).filter(lambda text: text.strip())
CODES = st.sampled_from(
    ["DDT", "DGTrésor", "SG-CIH", "A et B", "Direction, Pôle", "Service de l'eau", "a", "=D", "1", "DDT/X"]
)
DAYS = st.dates().filter(lambda day: 1000 < day.year < 9999).map(lambda day: day.isoformat())
DATES = DAYS | DAYS.map(lambda day: day[:7]) | DAYS.map(lambda day: int(day[:4]))
KEYS = ("budget", "risque", "fin", "étapes", "remarque", "text_2", "budget_2")


@st.composite
def fields(draw: st.DrawFn) -> dict[str, dict[str, Any]]:
    """Declare fields of each type."""
    found = {}
    for key in draw(st.lists(st.sampled_from(KEYS), max_size=4, unique=True)):
        kind = draw(st.sampled_from(["text", "number", "date", "choice", "list"]))
        about: dict[str, Any] = {"label": draw(TEXTS | st.just("Étapes")), "type": kind}
        if kind == "choice":
            about |= {"values": draw(st.lists(TEXTS, min_size=1, max_size=3, unique=True))}
        found[key] = about
    return found


def value(about: dict[str, Any]) -> st.SearchStrategy[Any]:
    if about["type"] == "number":
        return st.integers(-(10**12), 10**12) | st.decimals("-99999", "99999", places=2).map(float)
    kinds = {"text": TEXTS, "date": DATES, "list": st.lists(TEXTS, min_size=1, max_size=3)}
    return kinds[about["type"]] if about["type"] != "choice" else st.sampled_from(about["values"])


class _Maker:
    """A plan in the making."""

    def __init__(self, draw: st.DrawFn) -> None:
        self.draw = draw
        self.start = draw(st.integers(1990, 2090))
        self.end = self.start + draw(st.integers(0, 4))
        self.codes = draw(st.lists(CODES, min_size=1, max_size=4, unique=True))
        numbers = st.lists(st.integers(1, 9), max_size=3, unique=True).map(sorted)
        self.priorities = draw(numbers | st.lists(TEXTS, max_size=3, unique=True))
        self.statuses = draw(st.lists(TEXTS, max_size=3, unique=True))
        self.fields = draw(fields())
        self.levels = draw(st.none() | st.lists(st.sampled_from(LEVELS), max_size=4, unique=True))
        self.action = 0
        self.coded = draw(st.booleans())

    def maybe(self, strategy: st.SearchStrategy[Any], **wanted: Any) -> dict[str, Any]:
        (key,) = wanted
        return {key: self.draw(strategy)} if self.draw(st.booleans()) else {}

    def make_action(self) -> dict[str, Any]:
        draw = self.draw
        self.action += draw(st.integers(1, 2))
        roles = draw(st.lists(st.sampled_from(self.codes), unique=True))
        cut = draw(st.integers(0, len(roles)))
        own = {key: draw(value(about)) for key, about in self.fields.items() if draw(st.booleans())}
        years = st.lists(st.integers(self.start, self.end), max_size=3, unique=True).map(sorted)
        entries = draw(st.lists(self.entry(), max_size=2)) if draw(st.booleans()) else []
        return {
            "number": self.action,
            **({"code": f"{draw(st.sampled_from(['A', '1.1.', 'X-', '€ ']))}{self.action}"} if self.coded else {}),
            "text": draw(TEXTS),
            "pilots": roles[:cut],
            "associated": roles[cut:],
            "years": draw(years),
            **self.maybe(TEXTS, when=""),
            **self.maybe(DATES, due=""),
            **({"priority": draw(st.sampled_from(self.priorities))} if self.priorities else {}),
            **({"fields": own} if own else {}),
            **({"progress": entries} if entries else {}),
        }

    def entry(self) -> st.SearchStrategy[dict[str, Any]]:
        more = {"by": TEXTS, "percent": st.integers(0, 100), "note": TEXTS, "source": TEXTS}
        if self.statuses:
            more = {"status": st.sampled_from(self.statuses), **more}
        return st.fixed_dictionaries({"date": DAYS}, optional=more)

    def actions(self) -> list[dict[str, Any]]:
        return [self.make_action() for _each in range(self.draw(st.integers(0, 2)))]

    def groups(self, depth: int, deepest: int) -> list[dict[str, Any]]:
        found = []
        for number in range(1, self.draw(st.integers(1, 2)) + 1):
            deeper = self.groups(depth + 1, deepest) if depth < deepest and self.draw(st.booleans()) else []
            code = self.maybe(st.sampled_from([f"G{depth}.{number}.{self.action}"]), code="")
            loose = self.actions()
            inner = {"measures": deeper} if deeper else {}
            found.append(
                {"number": number, **code, "title": self.draw(TEXTS), **inner}
                | ({"actions": loose} if loose or not deeper else {})
            )
        return found


LEVELS = ["axe", "objectif", "mesure", "orientation", "sous-axe", "Étape clé", "number_x", "code"]


@st.composite
def whole_plans(draw: st.DrawFn) -> tuple[str, Plan]:
    """Make up the text of a valid plan, and the plan."""
    make = _Maker(draw)
    deepest = 2 if make.levels is None else len(make.levels)
    groups = make.groups(1, deepest) if deepest else []
    loose = make.actions() if make.levels is not None or not groups else []
    described = st.fixed_dictionaries({}, optional={"name": TEXTS, "ministry": TEXTS, "note": TEXTS})
    data = {
        "title": draw(TEXTS),
        "language": draw(st.sampled_from(["fr", "en"])),
        "period": {"start": make.start, "end": make.end},
        **({"levels": make.levels} if make.levels is not None else {}),
        **({"priorities": make.priorities} if make.priorities else {}),
        **({"statuses": {word: draw(CLOSED) for word in make.statuses}} if make.statuses else {}),
        **({"fields": make.fields} if make.fields else {}),
        "directorates": {code: draw(described) or None for code in make.codes},
        **({"orientations": groups} if groups else {}),
        **({"actions": loose} if loose or not groups else {}),
        **make.maybe(st.just([{"number": 99, "reason": "Absent."}]), unused_numbers=""),
        **make.maybe(st.lists(NOTES, min_size=1, max_size=2), source_notes=""),
        **make.maybe(st.dictionaries(TEXTS, TEXTS, min_size=1, max_size=2), glossary=""),
    }
    text = dump(data)
    checked = check(text.encode(), "plan.yaml")
    assume(not checked.errors and checked.plan is not None)
    assert checked.plan is not None
    return text, checked.plan


CLOSED = st.sampled_from([None, {"closed": True}])
NOTES = st.fixed_dictionaries({"note": TEXTS}, optional={"source": TEXTS})
