"""The row of headings of a sheet, and what each of its columns holds, by its heading and the cells under it."""

import re
from collections.abc import Mapping, Sequence
from itertools import chain, groupby

from plancli.exchange.importer.cells.dates import read_calendar, read_date_cell
from plancli.exchange.importer.cells.directorates import is_service, read_roles
from plancli.exchange.importer.cells.numbers import is_amount, is_number_or_code, read_percent
from plancli.exchange.importer.cells.words import is_dash, is_mark, is_status
from plancli.exchange.importer.columns import CLASSIC, REPORTED, Columns, TableColumn, mapped_role
from plancli.exchange.importer.columns.vocabulary import (
    FIELD,
    LEVEL,
    NUMBER,
    RANKS,
    ROLES,
    SINGLE,
    TEXT,
    Meaning,
    day_of,
    heading_meaning,
    is_about,
    is_charge,
    is_comment,
    is_date,
    is_deadline,
    is_firm,
    is_part_of_year,
    is_priority_title,
    leading_noun,
    level_name,
    may_be_remark,
    year_of,
)
from plancli.exchange.importer.file import Rows, Sheet
from plancli.exchange.table import BAR, level_key, table_headings
from plancli.plan.model import FIELDS, NONE, REQUIRED_FIELDS
from plancli.text import contains_word, fold

PUBLISHED = ("title 1", "code 1", "title 2", "code 2", TEXT, NUMBER, "directorates", "years", "priority")
"""The columns of the published table, in its order: what is taken where nothing is said."""

_KEYS = frozenset(each.key for each in table_headings(FIELDS))

_OWN = tuple(
    frozenset(names)
    for names in (
        [each.key for each in table_headings(REQUIRED_FIELDS)],
        [each.label for each in table_headings(REQUIRED_FIELDS)],
        [each.french for each in table_headings(REQUIRED_FIELDS)],
    )
)
"""The headings that every table has which plancli exported: as CSV, as a workbook in English and in French."""

_PARTS = {"number": "code", "code": "sign", "title": "title"}
"""The columns of a level in a CSV file that plancli made, and their roles."""

_HEAD = 100
"""Rows among which the headings are looked for."""

MOST_UNKNOWN = 3
"""Headings of which none but the one of the texts may be unknown, for a row to be one of headings."""


def find_columns(sheet: Sheet, mapped: Mapping[str, str] | None = None) -> Columns:
    """Return the columns by the row with most headings; without one, columns stand as published."""
    best: Columns | None = None
    most = (False, 0)
    for index, row in enumerate(sheet.rows[:_HEAD]):
        if sum(map(bool, row)) < 2:
            continue
        found = read_headings(sheet, index + 1, mapped or {})
        filled = sum(1 for each in found.columns if each.heading)
        rank = bool(found.of(TEXT)), found.known
        heading = found.columns[found.first(TEXT)].heading if found.of(TEXT) else ""
        named = found.known > 1 or (
            heading and (heading_meaning(heading).noun == "action" or filled > MOST_UNKNOWN)
        )
        if rank > most and named and filled > 3 - found.known:
            best, most = found, rank
    if best:
        return best
    return Columns(tuple(TableColumn(index, "", role) for index, role in enumerate(PUBLISHED)), 0, 0)


def likeness(rows: Sequence[tuple[str, ...]]) -> tuple[int, int, int]:
    """Return how much rows look like a table of actions: headings known, rows as wide as one is, cells in line."""
    columns = find_columns(Sheet("", tuple(rows[: _HEAD + SAMPLE])))
    widths = [len(row) for row in rows if len(row) > 1]
    alike = sum(width == widths[0] for width in widths) * widths[0] if widths else 0
    wide = sum(width > len(PUBLISHED) // 2 for width in widths)
    return columns.known if columns.row else 0, wide, alike


def read_headings(sheet: Sheet, number: int, mapped: Mapping[str, str]) -> Columns:
    """Return the columns that a row of headings names."""
    names = [" ".join(cell.split()) for cell in sheet.rows[number - 1]]
    own = _own_csv(names, number, mapped)
    if own:
        return own
    separator = ", " if any(frozenset(names) >= labels for labels in _OWN[1:]) else ""
    last = number
    if _has_second_row(sheet, number):
        last = number + 1
        names = _joined_rows(sheet, number)
    found = ColumnFinder(sheet, names, sheet.rows[number - 1 : last], last, mapped)
    return Columns(found.columns, number, last, found.levels, separator)


def _own_csv(names: list[str], number: int, mapped: Mapping[str, str]) -> Columns | None:
    """Return the columns of a CSV file that plancli made; None for any other table."""
    at = names.index(TEXT) if TEXT in names else 0
    begins = names[:1] == [NUMBER] and names[at : at + 4] == [TEXT, *ROLES, "years"]
    places, levels = names[1:at], CLASSIC
    if frozenset(names) >= _OWN[0] or (begins and places == [*CLASSIC] and "measure_title" in names):
        keys = [level_key(each, part) for each in levels for part in ("number", "title")]
        places = [key for key in keys if key in names]
    elif begins:  # of a plan that names its levels: their columns, in their order, are before the text
        levels = tuple([each for each in places if level_key(each, "title") in places])
        keys = [level_key(each, part) for each in levels for part in _PARTS]
        if places != [key for key in keys if key in places]:
            return None
    else:
        return None
    roles = {at: name if name in _KEYS else FIELD for at, name in enumerate(names) if name}
    for level, each in enumerate(levels, 1):
        for part, role in _PARTS.items():
            if level_key(each, part) in places:
                roles[names.index(level_key(each, part))] = f"{role} {level}"
    if mapped:
        roles |= {at: role for at, name in enumerate(names) if (role := mapped_role(mapped, name, at))}
    return Columns(_labelled(names, roles, {}), number, number, levels, BAR)


def _has_second_row(sheet: Sheet, number: int) -> bool:
    """Return whether the row under some headings divides them: its cells are under merged or empty ones."""
    if number >= len(sheet.rows):
        return False
    above, below = sheet.rows[number - 1], sheet.rows[number]
    said = [at for at, cell in enumerate(below) if cell.strip()]
    divided = [
        at for at in said if not _cell(above, at) or sheet.covered.get((number - 1, at + 1)) == (number - 1, at)
    ]
    divided += [at for at in said if at not in divided and at + 1 in said and not _cell(above, at + 1)]
    if len(said) < 2 or len(divided) * 2 <= len(said):
        return False
    own = [at for at, cell in enumerate(above) if cell.strip() and at not in said]
    return bool(own) and any(heading_meaning(_cell(above, at)).role not in (FIELD, "") for at in own)


def _cell(row: Sequence[str], at: int) -> str:
    return " ".join(row[at].split()) if at < len(row) else ""


def _joined_rows(sheet: Sheet, number: int) -> list[str]:
    above, below = sheet.rows[number - 1], sheet.rows[number]
    names, group = [], ""
    for at in range(max(len(above), len(below))):
        own, under = _cell(above, at), _cell(below, at)
        group = own or (group if under else "")
        if group and is_part_of_year(under):
            under = f"{under} {group}" if year_of(group) else under
        elif under and heading_meaning(under).role == FIELD and group:
            under = f"{under} {group}" if year_of(group) else under if year_of(under) else f"{group} – {under}"
        names.append(under or own)
    return names


_LONG_STATUS = 25
"""Characters of a status, at most, where most cells say something else: longer ones are free words."""

_LONGEST_STATUS = 80
"""Characters of a status, at most: what is longer is a note."""

SAMPLE = 300
"""Rows under the headings that are looked at to tell codes from texts."""


class ColumnFinder:
    """The finder of what each column holds, by its heading and the first cells under it.

    The steps are in ``__init__`` in their order: what one has taken is left alone by those below it. Only the
    last ones change a role: a calendar that is an end, a field of which other columns show that it is more.
    """

    def __init__(self, sheet: Sheet, names: list[str], head: Rows, last: int, mapped: Mapping[str, str]) -> None:
        self._covered = {at: left for (row, at), (top, left) in sheet.covered.items() if row == top == last - 1}
        self._names = names + [""] * (max(self._covered, default=-1) + 1 - len(names))
        headings = {"", *self._names, *chain(*head)}
        self._below = sheet.rows[last:]
        self._rows = [
            row for row in self._below[:SAMPLE] if not headings.issuperset(row)
        ]  # headings may come again
        self._roles: dict[int, str] = {}
        self._meanings = [heading_meaning(name) for name in self._names]
        self._cells: dict[int, list[str]] = {}
        self._share_headings()
        self._take_titles_of_priorities()
        levels = self._map(mapped)
        self._take_whose_number()
        text = self._take_text()
        levels = levels or self._take_levels(text)
        self._take_others()
        self._take_end()
        self._take_bare_date()
        self._take_states()
        self._take_notes()
        self._take_who()
        self._take_covered()
        services = self._take_services()
        self.levels = tuple(levels)
        self.columns = _labelled(self._names, self._roles, services)

    def _share_headings(self) -> None:
        """Let a heading that is merged over codes and the titles beside them name both."""
        for at, left in self._covered.items():
            if self._meanings[left].role in (LEVEL, TEXT) and not self._names[at] and self._holds_codes(left):
                self._meanings[at] = self._meanings[left]

    def _take_titles_of_priorities(self) -> None:
        """Let a heading of priorities name a level where titles are under it: ``Priorité 1 : Se loger``.

        The rows of a title stand together; one that comes back further down says how urgent an action is.
        """
        for at in [at for at, each in enumerate(self._meanings) if each.role == "priority"]:
            values = self._values(at)
            together = len([*groupby(values)]) == len(set(values))
            if values and together and all(map(is_priority_title, values)):
                self._meanings[at] = Meaning(LEVEL, leading_noun(values[0]))

    def _has(self, *roles: str) -> bool:
        """Return whether some column has one of these roles."""
        return not {*roles}.isdisjoint(self._roles.values())

    def _values(self, at: int) -> list[str]:
        if at not in self._cells:
            filled = ((row, row[at].strip()) for row in self._rows if at < len(row) and not is_dash(row[at]))
            self._cells[at] = [cell for row, cell in filled if cell and len([*filter(None, row)]) > 1]
        return self._cells[at]

    def _holds_codes(self, at: int) -> bool:
        values = self._values(at)
        return bool(values) and sum(map(is_number_or_code, values)) * 5 >= len(values) * 4

    def _map(self, mapped: Mapping[str, str]) -> list[str]:
        """Take the roles given by ``--map``; return the names of the levels among them."""
        levels: dict[int, str] = {}
        for at, name in enumerate(self._names):
            role = mapped_role(mapped, name, at)
            if role:
                self._roles[at] = FIELD if role == "priority" and self._says_none(at) else role
                self._meanings[at] = Meaning("mapped")
                kind, _blank, number = role.partition(" ")
                if kind in ("title", "code") and number:
                    levels.setdefault(int(number), level_name(name, name.lower()))
        return [levels.get(number, f"{number}") for number in range(1, max(levels, default=0) + 1)]

    def _take_whose_number(self) -> None:
        """Assign each bare ``N°`` to what it counts.

        The only one counts the actions, wherever it stands; of several each belongs to the noun beside it.
        """
        meanings = self._meanings
        nouns = [at for at, each in enumerate(meanings) if each.role in (LEVEL, TEXT) and each.noun]
        bare = [at for at, each in enumerate(meanings) if each.role == NUMBER]
        step = -1 if nouns and bare and nouns[0] < bare[0] else 1
        counted = {each.noun for each in meanings if each.part == "number"}
        for at in bare:
            beside = meanings[at + step] if at + step in nouns else None
            known = self._has(NUMBER) or any(self._numbers_actions(each) for each in meanings)
            several = len(bare) > 1 or known or (self._repeats(at) and self._is_one_each(at, at + step))
            if beside and beside.role == LEVEL and several and beside.noun not in counted:
                meanings[at] = Meaning(LEVEL, beside.noun, "number")
                counted.add(beside.noun)
            elif not known:
                self._roles[at] = NUMBER
            else:
                meanings[at] = Meaning("code" if "code" in fold(self._names[at]) else FIELD)

    def _repeats(self, at: int) -> bool:
        """Return whether a number is on several rows, as that of a level does."""
        values = self._values(at)
        return len(set(values)) < len(values)

    def _is_one_each(self, at: int, titles: int) -> bool:
        """Return whether a column has one number for each title of another."""
        numbers: dict[str, str] = {}
        rows = [row for row in self._rows if max(at, titles) < len(row)]
        return all(numbers.setdefault(row[titles], row[at]) == row[at] for row in rows if row[titles] and row[at])

    @staticmethod
    def _numbers_actions(each: Meaning) -> bool:
        return each.role == TEXT and each.part == "number"

    def _take_text(self) -> int:
        """Choose the column of the texts: what is called actions, a title, the lowest level, a description."""
        meanings = self._meanings
        if self._has(TEXT):
            return next(at for at, role in self._roles.items() if role == TEXT)
        texts = [at for at, each in enumerate(meanings) if each.role == TEXT and each.part != "number"]
        rank = (
            {"title": 0, "": 1}
            if any(meanings[at].noun and meanings[at].part == "title" for at in texts)
            else {"": 0, "title": 1}
        )
        texts.sort(key=lambda at: (not meanings[at].noun, rank.get(meanings[at].part, 2)))
        named = [at for at in texts if meanings[at].part != "detail"]
        named = named or [
            at for at, each in enumerate(meanings) if each.role in (FIELD, "sub") and self._speaks_of_actions(at)
        ]
        lowest = [] if named else self._lowest()
        details = [at for at in texts if at not in named]
        candidates = [*named, *lowest, *details]
        chosen = next((at for at in candidates if not self._holds_codes(at)), candidates[0] if candidates else -1)
        if chosen < 0:
            return chosen
        self._roles[chosen] = TEXT
        alike = [
            at for at in candidates if meanings[at].noun == meanings[chosen].noun or meanings[at].role == TEXT
        ]
        same = [at for at in alike if at != chosen and self._holds_codes(at)]
        numbers = [
            at for at, each in enumerate(meanings) if self._numbers_actions(each) or self._numbers(at, chosen)
        ]
        for at in [*numbers, *same]:
            if not self._has(NUMBER):
                self._roles[at] = NUMBER
        return chosen

    def _speaks_of_actions(self, at: int) -> bool:
        """Return whether a heading is ``Action corrective`` or the like, and its cells are words."""
        words = fold(self._names[at]).split()
        named = bool({*words[:1], *words[-1:]} & {"action", "actions"})
        return named and len(words) < 4 and not self._holds_marks(at)

    def _numbers(self, at: int, chosen: int) -> bool:
        """Return whether a column counts what is taken for the actions."""
        own, text = self._meanings[at], self._meanings[chosen]
        if own.role == LEVEL and not own.part and at == chosen - 1 and text == Meaning(TEXT, part="title"):
            return self._holds_codes(at) and not self._repeats(at)  # ``Engagement`` 1, and its ``Intitulé``
        return at != chosen and own.part == "number" and own.noun == text.noun and text.role == LEVEL

    def _lowest(self) -> list[int]:
        """Return the columns of the lowest level, or of what the columns of pilots and dates speak of."""
        meanings = self._meanings
        roles = ("pilots", "years", "end")
        about = [name for name, each in zip(self._names, meanings, strict=True) if each.role in roles]
        owned = [
            at
            for at, each in enumerate(meanings)
            if each.role == FIELD and any(is_about(self._names[at], name) for name in about)
        ]
        if owned:
            return owned
        levels = [at for at, each in enumerate(meanings) if each.role == LEVEL and each.part != "number"]
        levels = [at for at in levels if not self._repeats(at)] or levels
        ranks = {at: RANKS.get(meanings[at].noun.rpartition("sous-")[2].split(" ")[0], 0) for at in levels}
        found = [at for at in levels if ranks[at] == max(ranks.values())]
        depth = max((meanings[at].noun.count("sous-") for at in found), default=0)
        found = [at for at in found if meanings[at].noun.count("sous-") == depth]
        return found[::-1] if depth or len({meanings[at].noun for at in found}) > 1 else found

    def _take_levels(self, text: int) -> list[str]:
        """Take the columns of levels, by their nouns in the order of the table; return what they are called."""
        nouns: dict[str, list[int]] = {}
        numbers = [*(at for at, role in self._roles.items() if role == NUMBER and at < text), text]
        for at, each in enumerate(self._meanings):
            placed = is_firm(each.noun) or at < text or at < min(numbers)
            if each.role == LEVEL and at not in self._roles and placed:
                nouns.setdefault(each.noun, []).append(at)
        counted = [noun for noun in nouns if all(self._meanings[at].part == "number" for at in nouns[noun])]
        for noun in counted:
            longer = [other for other in nouns if other.startswith(f"{noun} ")]
            if len(longer) == 1:  # ``N° orientation`` beside ``Orientation stratégique``
                nouns[longer[0]] += nouns.pop(noun)
        order = list(nouns)
        if set(order) == {"orientation", "mesure"}:
            order = ["orientation", "mesure"]
        names = []
        for level, noun in enumerate(order, 1):
            columns = nouns[noun]
            titles = [at for at in columns if self._meanings[at].part == "title"]
            titles = titles or [at for at in columns if not self._meanings[at].part and not self._holds_codes(at)]
            titles = titles or [at for at in columns if not self._meanings[at].part] or columns
            title = titles[0]
            self._roles[title] = f"title {level}"
            others = [at for at in columns if at != title and self._meanings[at].part != "title"]
            for at in others[:1]:
                self._roles[at] = f"code {level}"
            names.append(level_name(self._names[title], noun))
        return [*CLASSIC] if names in (["orientation", "mesure"], [*CLASSIC]) else names

    def _take_others(self) -> None:
        """Take all other columns: fields that a plan has, and those that it will declare."""
        for at, each in enumerate(self._meanings):
            if at not in self._roles and each.role:
                self._roles[at] = self._role_of(each.role, at)

    def _role_of(self, role: str, at: int) -> str:
        """Return the role of a column whose heading says one, by its cells and by what other columns are."""
        if role in ("when", "due") and all(each.role != "years" for each in self._meanings):
            role = "years"
        if role == "status" and self._holds_percents(at):
            role = "percent"
        if self._holds_amounts(role, at):
            return FIELD
        if role == "status" and self._holds_sentences(at):
            role = "note"
        if role == "date" and not any(read_date_cell(value) for value in self._values(at)):
            role = "note" if may_be_remark(self._names[at]) else FIELD
        unlike = (
            (role == "year" and not self._holds_marks(at))
            or (role == "percent" and not self._holds_percents(at))
            or (role == "priority" and self._says_none(at))
        )
        if unlike or role in (LEVEL, TEXT, NUMBER) or (role in SINGLE and self._is_taken(role, at)):
            return FIELD
        return role

    def _says_none(self, at: int) -> bool:
        """Return whether any cell of a column says ``None``, which no plan may declare as a priority."""
        return any(fold(row[at].strip()) == NONE for row in self._below if at < len(row))

    def _holds_amounts(self, role: str, at: int) -> bool:
        """Return whether a column holds numbers where its heading speaks of statuses, years, or names again."""
        if role not in ("years", "status") and (role not in ROLES or not self._has(role)):
            return False
        values = self._values(at)
        if not values or not all(map(is_amount, values)):
            return False
        return role != "years" or not any(read_calendar(value).years for value in values)  # ``Durée`` 3

    def _take_end(self) -> None:
        """Take a deadline for the end where another column has the begin."""
        calendars = [at for at, role in self._roles.items() if role == "years"][-1:]
        if self._has("start") and not self._has("end"):
            self._roles |= {at: "end" for at in calendars if is_deadline(self._names[at])}

    def _take_bare_date(self) -> None:
        """Take a column headed ``Date`` alone for the calendar where no other one says when."""
        if not self._has("years", "when", "due", "start", "end", "year"):
            dates = [at for at, role in self._roles.items() if role == FIELD and is_date(self._names[at])]
            self._roles |= dict.fromkeys(dates[:1], "years")

    def _take_states(self) -> None:
        """Take columns headed by a status, in which one is marked, where no column has statuses."""
        marked = [
            at
            for at, role in self._roles.items()
            if role == FIELD and is_status(self._names[at]) and self._values(at) and self._holds_marks(at)
        ]
        if len(marked) > 1 and not self._has("status"):
            self._roles |= dict.fromkeys(marked, "state")

    def _take_notes(self) -> None:
        """Take comments of the day of which another column says where actions stand."""
        days = {day_of(self._names[at]) for at, role in self._roles.items() if role in ("status", "percent")}
        for at, role in list(self._roles.items()):
            day = day_of(self._names[at])
            if role == FIELD and day and day in days and is_comment(self._names[at]):
                self._roles[at] = FIELD if self._is_taken("note", at) else "note"

    def _take_who(self) -> None:
        """Take a column of directorates for what its cells say: roles, or the pilots where no other column does.

        Where no heading speaks of pilots, a column of people in charge (``Référent``) has them.
        """
        unsaid = not self._has("pilots")
        for at in [at for at, role in self._roles.items() if role == "directorates"]:
            values = self._values(at)
            if not unsaid or (values and not any(map(read_roles, values))):
                self._roles[at] = "pilots" if unsaid else FIELD
        if not self._has("pilots", "directorates"):
            charged = [
                at for at, name in enumerate(self._names) if self._roles.get(at) == FIELD and is_charge(name)
            ]
            self._roles |= dict.fromkeys(charged[:1], "pilots")

    def _take_services(self) -> dict[int, str]:
        """Take columns headed by services, in which those that take part are marked; return the services.

        What a heading above says, ``Partenaires – CAF``, is what they are; else pilots where no other column says
        who is. Capitals may head anything: they are taken where words or another cell say that one is a service.
        """
        services: dict[int, str] = {}
        for at, each in enumerate(self._meanings if self._has(TEXT) else ()):  # else most probably no headings
            above, _sign, name = self._names[at].rpartition(" – ")
            role = heading_meaning(above).role if above else ""
            unsaid = each.role == self._roles.get(at) == FIELD and (role in ROLES or is_service(name))
            mapped = each.role == "mapped" and self._roles[at] in ROLES and heading_meaning(name).role == FIELD
            if (unsaid or mapped) and self._values(at) and self._holds_marks(at):
                services[at] = name
                if unsaid and role in ROLES:
                    self._roles[at] = role
        bare = [at for at in services if self._roles[at] == FIELD]
        if len(bare) > 1:
            who = {at for at, role in self._roles.items() if role in ("directorates", *ROLES)} - services.keys()
            cells = "\n".join(cell for at in who for cell in self._values(at))
            if any(self._says_services(at) or contains_word(cells, services[at]) for at in bare):
                said = self._has("pilots", "directorates")
                self._roles |= dict.fromkeys(bare, "associated" if said else "pilots")
        return {at: name for at, name in services.items() if self._roles[at] in ROLES}

    def _says_services(self, at: int) -> bool:
        """Return whether a heading or the one above it speaks of services in words: ``Directions – DSI``."""
        above, _sign, name = self._names[at].rpartition(" – ")
        named = " " in above and is_service(above)
        return " " in name or named or heading_meaning(above).role == "directorates"

    def _is_taken(self, role: str, at: int) -> bool:
        """Return whether another column has a role; where actions stand on another day is another thing."""
        same = [other for other, taken in self._roles.items() if taken == role]
        if role in REPORTED:
            same = [other for other in same if day_of(self._names[other]) == day_of(self._names[at])]
        return bool(same)

    def _take_covered(self) -> None:
        """Take the columns that the merged heading of another one covers."""
        for at, left in self._covered.items():
            if not self._roles.get(at) and self._roles.get(left) in (*ROLES, FIELD):
                self._roles[at] = self._roles[left]

    def _holds_marks(self, at: int) -> bool:
        return all(map(is_mark, self._values(at)))

    def _holds_sentences(self, at: int) -> bool:
        """Return whether cells say more than a word of a list would: long ones, or nearly all of them others."""
        values = self._values(at)
        most, others = len(values) // 2, len(set(values))
        wordy = sum(len(value) > _LONG_STATUS for value in values) > most and others > max(2, most)
        return wordy or max(map(len, values), default=0) > _LONGEST_STATUS or others > max(8, most)

    def _holds_percents(self, at: int) -> bool:
        values = self._values(at)
        return bool(values) and all(read_percent(value) is not None for value in values)


def _labelled(
    names: Sequence[str], roles: Mapping[int, str], services: Mapping[int, str]
) -> tuple[TableColumn, ...]:
    """Return columns; of several fields with one heading, each later one has its place in its label.

    A heading without a word, ``%``, speaks of what the one before it names.
    """
    labels: dict[str, int] = {}
    columns: list[TableColumn] = []
    for at, name in enumerate(names):
        role, label = roles.get(at, ""), services.get(at, "")
        if role in (FIELD, "sub"):
            before = name or next((each.label for each in reversed(columns) if each.role == role), "")
            if columns and name and not re.search(r"\w", name):
                before = f"{columns[-1].label or columns[-1].heading} – {name}"
            bare = re.sub(r" \([0-9]+\)$", "", before) if not name else before
            times = labels[bare] = labels.get(bare, 0) + 1
            label = bare if times == 1 else f"{bare} ({times})"
        columns.append(TableColumn(at, name, role, year_of(name), label))
    return tuple(columns)
