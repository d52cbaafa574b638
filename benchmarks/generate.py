"""Generate valid plans of any size, and a history of one: the same arguments give the same bytes.

python benchmarks/generate.py 10000 plan.yaml        a third argument is the seed: another plan
"""

import random
import subprocess
import sys
from pathlib import Path

CODES = [f"D{number:02d}" for number in range(20)]
ACTIONS_A_MEASURE = 4
MEASURES_AN_ORIENTATION = 3
PHRASES = """
    définir la stratégie nationale ainsi que les objectifs de sortie de crise et confier aux préfets
    la mise en oeuvre de plans départementaux permettant de décliner au niveau territorial le suivi
    mensuel des impayés locatifs sur l'ensemble du territoire en lien avec les bailleurs sociaux
    afin d'assurer une prise en charge rapide des ménages
"""
WORDS = PHRASES.split()


def sentence(source: random.Random, words: int) -> str:
    """Return a sentence of so many words."""
    text = " ".join(source.choice(WORDS) for _ in range(words))
    return text[0].upper() + text[1:] + "."


def wrap(text: str, indent: int) -> str:
    """Fold a text at about 90 columns under a block scalar."""
    lines, line = [], ""
    for word in text.split(" "):
        if line and len(line) + len(word) >= 90:
            lines.append(line)
            line = word
        else:
            line = f"{line} {word}".strip()
    return "\n".join(" " * indent + part for part in [*lines, line])


NEW_KEYS = """levels: [axe, objectif]
priorities: [haute, basse]
statuses:
  en cours:
  réalisé:
    closed: true
fields:
  budget:
    label: Budget (€ HT)
    type: number
  risque:
    label: Risque
    type: choice
    values: [faible, fort]
"""
"""What a plan declares that uses all that a plan may have beyond version 0.1."""


def new_keys(text: str, seed: int = 1, entries: int = 0) -> str:
    """Return a plan with all keys that plans may have beyond version 0.1, and so many entries in each progress."""
    source = random.Random(seed)
    text = text.replace("priorities: [1, 2]\n", NEW_KEYS)
    found = []
    for line in text.splitlines(keepends=True):
        if line.startswith("          - number: "):
            number = int(line.split(":")[1])
            found += [line, f"            code: A.{number}\n"]
        elif line.startswith("            priority: "):
            words = {"1": "haute", "2": "basse"}
            found.append(f'            due: "2022-{source.randint(1, 12):02}-28"\n')
            found.append(f"            priority: {words[line.split()[1]]}\n            fields:\n")
            found.append(f"              budget: {source.randint(1, 99)}000\n")
            found.append(f"              risque: {source.choice(['faible', 'fort'])}\n")
            found += ["            progress:\n"] if entries else []
            for month in range(1, entries + 1):
                found.append(f'              - date: "2021-{month:02}-15"\n                status: en cours\n')
                found.append(f"                note: {sentence(source, 6)}\n")
        else:
            found.append(line)
    return "".join(found)


def action(number: int, source: random.Random) -> str:
    """Return an action: 40 words or so, 1 pilot, 3 associated directorates."""
    who = source.sample(CODES, 4)
    years = source.choice(["[2021]", "[2022]", "[2021, 2022]"])
    body = "\n".join(wrap(sentence(source, 20), 14) for _ in range(2))
    return (
        f"          - number: {number}\n            text: >-\n{body}\n"
        f"            pilots: [{who[0]}]\n            associated: [{', '.join(who[1:])}]\n"
        f"            years: {years}\n            priority: {source.choice([1, 2])}\n"
    )


def plan(actions: int, seed: int = 1) -> str:
    """Return a plan of so many actions as canonical YAML; every code is used."""
    source = random.Random(seed)
    parts = [
        "title: >-\n  Un plan inventé\nlanguage: fr\nperiod:\n  start: 2021\n  end: 2022\npriorities: [1, 2]\n",
        "directorates:\n",
        *(f"  {code}:\n    name: Direction {code}\n" for code in CODES),
        "orientations:\n",
    ]
    measure = orientation = 0
    for number in range(1, actions + 1):
        if (number - 1) % (ACTIONS_A_MEASURE * MEASURES_AN_ORIENTATION) == 0:
            orientation += 1
            parts.append("\n" if orientation > 1 else "")
            parts.append(
                f"  - number: {orientation}\n    title: >-\n{wrap(sentence(source, 12), 6)}\n    measures:\n"
            )
        if (number - 1) % ACTIONS_A_MEASURE == 0:
            measure += 1
            parts.append("\n" if (measure - 1) % MEASURES_AN_ORIENTATION else "")
            parts.append(f"      - number: {measure}\n        title: >-\n{wrap(sentence(source, 9), 10)}\n")
            parts.append("        actions:\n")
        parts.append("\n" if (number - 1) % ACTIONS_A_MEASURE else "")
        parts.append(action(number, source))
    return "".join(parts)


def revised(text: str) -> str:
    """Return the plan with another priority for one action in a hundred."""
    lines = text.split("\n")
    places = [index for index, line in enumerate(lines) if line.startswith("            priority: ")]
    for index in places[::100]:
        lines[index] = lines[index][:-1] + ("2" if lines[index].endswith("1") else "1")
    return "\n".join(lines)


def history(text: str, commits: int, folder: Path) -> None:
    """Make a repository in which each commit changes the priority of one action and a word of another."""
    source = random.Random(2)
    lines = text.splitlines()
    places = [index for index, line in enumerate(lines) if line.startswith("            priority: ")]
    bodies = [index for index, line in enumerate(lines) if line.startswith(" " * 14)]
    stream = []
    for number in range(commits):
        if number:
            place, body = source.choice(places), source.choice(bodies)
            lines[place] = lines[place][:-1] + ("2" if lines[place].endswith("1") else "1")
            words = lines[body].split()
            words[source.randrange(len(words))] = source.choice(WORDS)
            lines[body] = " " * 14 + " ".join(words)
        data = ("\n".join(lines) + "\n").encode()
        message = f"Commit {number}".encode()
        stream.append(
            b"commit refs/heads/main\nmark :%d\ncommitter A <a@example.org> %d +0000\ndata %d\n%s\n"
            % (number + 1, 1_600_000_000 + number * 3600, len(message), message)
            + (b"from :%d\n" % number if number else b"")
            + b"M 100644 inline data/plan.yaml\ndata %d\n%s\n" % (len(data), data)
        )
    folder.mkdir(parents=True)
    subprocess.run(["git", "init", "-q", "-b", "main", folder], check=True)
    subprocess.run(["git", "-C", folder, "fast-import", "--quiet"], input=b"".join(stream), check=True)
    subprocess.run(["git", "-C", folder, "reset", "-q", "--hard"], check=True)


if __name__ == "__main__":
    seed = int(sys.argv[3]) if len(sys.argv) > 3 else 1
    Path(sys.argv[2]).write_text(plan(int(sys.argv[1]), seed), "utf-8", newline="\n")
