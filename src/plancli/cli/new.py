"""``plancli new``: a first plan, from options or from a few questions."""

import os
import re
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, TypeVar

from plancli.cli.options import (
    OptionGroup,
    OutputOptions,
    argument,
    format_by_ending,
    language_code,
    option,
    refuse_link_outside,
    split_commas,
)
from plancli.cli.streams import ask, can_ask, print_err, print_out
from plancli.errors import Unavailable, Usage
from plancli.i18n import N_, _, current_language

if TYPE_CHECKING:
    from plancli.plan.writer.first_plan import FirstPlan

EXAMPLES = (
    "plancli new climate.yaml --title 'Climate plan' --period 2024-2029 --levels theme,objective",
    "plancli new --title 'Plan vélo' --period 2026 --levels none --priorities haute,basse --language fr",
)

T = TypeVar("T")
_PERIOD = re.compile(r"([0-9]{4})(?:\s*[-–/]\s*([0-9]{4}))?")


class Answers(OptionGroup):
    """The values that a first plan is made from, as typed."""

    title: str | None = option(N_("TEXT"), N_("The plan's title."))
    period: str | None = option(N_("YEARS"), N_("The years it covers: 2024-2029, or 2026."))
    levels: str | None = option(
        N_("NAMES"),
        N_("What its levels are called, from the top (none: actions alone); else orientation,measure."),
    )
    priorities: str | None = option(N_("WORDS"), N_("Its priorities, words or numbers; else it has none."))
    language: str | None = option(N_("CODE"), N_("The plan's language; else yours (en, fr)."))

    def outline(self) -> "FirstPlan":
        """Return what was typed; ask for what is missing on a terminal, elsewhere raise Usage."""
        from plancli.plan.writer.first_plan import FirstPlan

        asking = can_ask() and (self.title is None or self.period is None)
        own = current_language()
        title = _read(self.title, _("Title:"), _title, asking)
        start, end = _read(self.period, _("Years (2024-2029):"), _period, asking)
        question = _("Levels from the top, with commas [orientation, measure]:")
        levels = _read(self.levels, question, _levels, asking)
        priorities = _read(self.priorities, _("Priorities, with commas [none]:"), _priorities, asking)
        question = _("Language of the plan [{language}]:").format(language=own)
        language = _read(self.language, question, lambda text: language_code(text.strip() or own), asking)
        if asking:
            print_err("")
        return FirstPlan(title, language, start, end, levels, priorities)


def command(
    file: str = argument(
        N_("FILE"), N_("The new file, plan.yaml by default; -: standard output."), default="plan.yaml"
    ),
    *,
    answers: Answers,
) -> int:
    """Write a first plan: valid, with an example of each block, each marked to be replaced."""
    from plancli.files import write_file
    from plancli.output.views.written import first_plan_view
    from plancli.plan.writer.first_plan import mark_of

    _refuse(file)
    outline = answers.outline()
    text = _check(**outline._asdict())
    if file == "-":
        print_out(text)
        return 0
    write_file(file, text.encode(), b"")
    return OutputOptions().write(first_plan_view(file, mark_of(outline.language), is_found=_is_found(file)))


def _refuse(file: str) -> None:
    """Raise the error that a new file would end in, before anything is asked."""
    if file == "-":
        return
    format_by_ending(file, {".yaml": "yaml", ".yml": "yaml"}, has_format=False)
    refuse_link_outside(file)
    if os.path.lexists(file):
        raise Unavailable(
            _("{file} is there already").format(file=file), _("Give the new plan another name: plancli new FILE")
        )


def _read(typed: str | None, question: str, read: Callable[[str], T], asking: bool) -> T:
    """Return the value of an option, read by ``read``; where ``asking``, a missing one is asked for."""
    return ask(question, read) if typed is None and asking else read(typed or "")


def _title(text: str) -> str:
    if not text.strip():
        raise Usage(_("a plan needs a title"), _("Give it: {option}").format(option=f"--title {_('TEXT')}"))
    return " ".join(text.split())


def _period(text: str) -> tuple[int, int]:
    found = _PERIOD.fullmatch(text.strip())
    if not found:
        message = _("a plan needs the years it covers, as 2024-2029 or 2026")
        raise Usage(message, _("Give it: {option}").format(option=f"--period {_('YEARS')}"))
    start, end = int(found[1]), int(found[2] or found[1])
    _check(start=start, end=end)
    return start, end


def _levels(text: str) -> tuple[str, ...] | None:
    """Return the names of levels; None where nothing is typed."""
    names = split_commas([text])
    levels = None if not text.strip() else () if names in (("none",), (_("none"),)) else names
    _check(levels=levels)
    return levels


def _priorities(text: str) -> tuple[int | str, ...]:
    from plancli.plan.query.facets import parse_number

    words = split_commas([text])
    priorities = tuple(word if (number := parse_number(word)) is None else number for word in words)
    _check(priorities=priorities)
    return priorities


def _check(**answers: Any) -> str:
    """Return the text of a plan made from some answers; raise Usage with the message of its first error."""
    from plancli.check.checker import check
    from plancli.plan.writer.first_plan import FirstPlan, first_plan

    known: dict[str, Any] = {"title": "X", "language": "en", "start": 2024, "end": 2024}
    text = first_plan(FirstPlan(**known | answers))
    found = check(text.encode(), "plan.yaml")
    # A title may be odd, as any text of a plan: no warning keeps it out.
    for each in found.errors if "title" in answers else found.diagnostics:
        raise Usage(each.message, each.help or "")
    return text


def _is_found(file: str) -> bool:
    """Return whether commands find this plan without its name."""
    from plancli.loader.plan_files import named_plan, nearest_plan

    found = named_plan(None) or nearest_plan() or ""
    return os.path.exists(found) and os.path.samefile(found, file)
