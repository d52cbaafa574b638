"""The values of options that a shell can complete: the plan's codes and numbers, and lists of them with commas.

Each function returns words with a line of help; none where the plan can't be read: a shell shows no errors.
"""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

import typer

from plancli.i18n import _

if TYPE_CHECKING:
    from plancli.plan.model import Plan
    from plancli.plan.query import Facet

Item = tuple[str, str]
"""A word that a shell can offer, and a line of help."""

Complete = Callable[[typer.Context, str], list[Item]]


def of_plan(
    items_of: Callable[["Plan"], Iterable[tuple[str | int, str | None]]],
    fallback: Callable[[], Iterable[str]] = tuple,
) -> Complete:
    """Return a completion of comma-separated lists of what a plan has, or of ``fallback`` without a plan."""

    def items(ctx: typer.Context) -> Iterable[Item]:
        plan = _plan(ctx)
        if plan is None:
            return ((word, "") for word in fallback())
        return ((str(word), text or "") for word, text in items_of(plan))

    return lambda ctx, incomplete: _complete_list(items(ctx), incomplete)


def of_words(words_of: Callable[[], Iterable[str]]) -> Complete:
    """Return a completion of comma-separated lists of words, which are computed when they are needed."""
    return lambda ctx, incomplete: _complete_list(((word, "") for word in words_of()), incomplete)


def _complete_list(items: Iterable[Item], incomplete: str) -> list[Item]:
    before, comma, start = incomplete.rpartition(",")
    taken = set(before.split(","))
    return [
        (before + comma + word, _without_code(text))
        for word, text in items
        if word not in taken and _is_safe(word) and word.startswith(start)
    ]


def _is_safe(word: str) -> bool:
    """Return whether a word is safe in a shell once its spaces are quoted: a plan may call a code anything."""
    return not word.startswith("=") and all(character.isalnum() or character in " -_.+/=" for character in word)


def _without_code(text: str) -> str:
    """Return a line of help without what a shell could run: a plan may say anything, and Zsh evaluates it."""
    return " ".join("".join(c if c.isalnum() or c in " ,;:.()-/'’«»…" else " " for c in text).split())


def revisions(ctx: typer.Context, incomplete: str) -> list[Item]:
    """Return the branches and tags of the plan's repository, and its last commits by name."""
    words = [("HEAD", ""), *_branches_and_tags(ctx)]
    return [(word, _without_code(text)) for word, text in words if _is_safe(word) and word.startswith(incomplete)]


def revision_ranges(ctx: typer.Context, incomplete: str) -> list[Item]:
    """Return revisions; after ``A..`` and ``A...`` those that the range can end with."""
    start, dots, end = incomplete.rpartition("..")
    return [(f"{start}{dots}{word}", text) for word, text in revisions(ctx, end)]


def _branches_and_tags(ctx: typer.Context) -> list[Item]:
    from plancli.errors import PlanError
    from plancli.git import GitFailed, repository
    from plancli.loader.plan_files import find_plan

    try:
        return repository(find_plan(_plan_file(ctx))).branches_and_tags()
    except (PlanError, GitFailed):
        return []


def _plan(ctx: typer.Context) -> "Plan | None":
    path = _plan_file(ctx)
    return None if path == "-" else plan_of_today(path, ctx.params.get("at"))


def plan_of_today(path: str | None, at: str | None = None) -> "Plan | None":
    """Return a plan as it stands today; None for one that can't be read."""
    from plancli.dates import today
    from plancli.errors import PlanError
    from plancli.loader import load_plan
    from plancli.plan.model.follow_up import on_day

    try:
        return on_day(load_plan(path, at).plan, today())
    except PlanError:
        return None


def _plan_file(ctx: typer.Context) -> str | None:
    """Return the plan that the line names, of several the first."""
    given = ctx.params.get("plan") or None
    return given if given is None or isinstance(given, str) else str(given[0])


def of_facet(facet: "Facet") -> Complete:
    """Return a completion from the values that a plan knows for a facet, with what they are called."""

    def values(plan: "Plan") -> Iterable[tuple[str | int, str | None]]:
        own = facet.of(plan)
        titles, written = own.titles(plan), own.written(plan)
        return ((written.get(value, value), titles.get(value)) for value in list(own.choices(plan)[:MOST_VALUES]))

    return of_plan(values)


MOST_VALUES = 1000
"""The most values that a shell is given: a period may have more years than anybody would choose from."""


def _formats() -> Iterable[str]:
    from plancli.output.renderers import FORMATS

    return FORMATS


def _columns() -> Iterable[str]:
    from plancli.output.views.actions import END, FOUND, ROLE

    number, orientation, measure, text, *others = _keys()
    return (number, orientation, measure, ROLE, *others, END, FOUND, text)


def _keys() -> Iterable[str]:
    from plancli.plan.model import DERIVED_FIELDS, FIELDS, keys_of

    return keys_of((*FIELDS, *DERIVED_FIELDS))


def _plan_columns(plan: "Plan") -> Iterable[tuple[str, None]]:
    from plancli.output.views.actions import list_columns

    return ((key, None) for key in list_columns(plan))


def _plan_sort_keys(plan: "Plan") -> Iterable[tuple[str, None]]:
    from plancli.output.views.actions import sort_keys

    return ((f"{sign}{key}", None) for sign in ("", "-") for key in sort_keys(plan))


def _plan_dimensions(plan: "Plan") -> Iterable[tuple[str, None]]:
    from plancli.plan.query import counted, facets_of

    return ((facet.name, None) for facet in counted(facets_of(plan)))


def _dimensions() -> Iterable[str]:
    from plancli.plan.query import FACETS, counted

    return (facet.name for facet in counted(FACETS))


_VALUES: dict[str, Callable[[], Iterable[str]]] = {"columns": _columns, "sort": _keys, "by": _dimensions}
"""The values that the help of an option names, by its name."""


def options_of(ctx: Any) -> dict[str, Any]:
    """Return the options of a command, each by all of its names."""
    params = ctx.command.get_params(ctx)
    return {name: param for param in params if param.param_type_name == "option" for name in param.opts}


def option_help(param: Any) -> str:
    """Return the help of an option in the reader's language; ``{values}`` in it stands for what it may be."""
    text = _("Show this help.") if "--help" in param.opts else _(param.help or "")
    return text.replace("{values}", " ".join(_VALUES[param.name]())) if "{values}" in text else text


def _fields(plan: "Plan") -> Iterable[tuple[str, str | None]]:
    """Return ``KEY=VALUE`` for each value of the plan's own levels and fields."""
    from plancli.plan.query import FIELD, facets_of

    for facet in facets_of(plan):
        if facet.flag == FIELD:
            titles, written = facet.titles(plan), facet.written(plan)
            for value in list(facet.choices(plan)[:MOST_VALUES]) or [""]:
                yield f"{facet.name}={written.get(value, value)}", titles.get(value)


def _targets(plan: "Plan") -> Iterable[tuple[str | int, str | None]]:
    """Return what ``show`` and ``log`` take: actions, groups, directorates."""
    yield from _blocks(plan)
    yield from ((each.code, each.name) for each in plan.directorates)


def _actions(plan: "Plan") -> Iterable[tuple[str | int, str]]:
    """Return actions by code or number."""
    return ((action.code or action.number, action.text[:60]) for action in plan.actions)


def _blocks(plan: "Plan") -> Iterable[tuple[str | int, str | None]]:
    """Return actions by code or number, and groups."""
    from plancli.plan.model import references

    written = references(plan)
    initials = [level.name[:1].upper() for level in plan.levels]
    yield from _actions(plan)
    for group in plan.all_groups:
        name = group.code or f"{initials[group.level - 1]}{written[group.path]}"
        if group.code or initials.count(initials[group.level - 1]) == 1:
            yield name, group.title


def _rules() -> Iterable[str]:
    from plancli.check.catalogue import RULES

    return (rule.name for rule in RULES)


def _reports() -> Iterable[str]:
    from plancli.check.reporters import REPORTERS

    return REPORTERS


formats = of_words(_formats)
rules = of_words(_rules)
reports = of_words(_reports)
columns = of_plan(_plan_columns, _columns)
sort_keys = of_plan(_plan_sort_keys, _keys)
dimensions = of_plan(_plan_dimensions, _dimensions)
statuses = of_plan(lambda plan: ((each.name, None) for each in plan.statuses))
codes = of_plan(lambda plan: ((each.code, each.name) for each in plan.directorates))
fields = of_plan(_fields)
ministries = of_plan(
    lambda plan: ((name, None) for name in dict.fromkeys(each.ministry for each in plan.directorates) if name)
)
actions = of_plan(_actions)
blocks = of_plan(_blocks)
actions_and_codes = of_plan(_targets)


def of_groups(of_top: bool) -> Complete:
    """Return a completion of groups, those at the top or those below it, each as it is usually named."""

    def groups(plan: "Plan") -> Iterable[tuple[str, str]]:
        from plancli.plan.model.groups import references

        named = references(plan)
        return [(named[group.path], group.title) for group in (plan.groups if of_top else plan.inner_groups)]

    return of_plan(groups)


def of_field(key: str) -> Complete:
    """Return a completion of the values that a field of an action may have."""

    def values(plan: "Plan") -> Iterable[tuple[str, str]]:
        from plancli.edit.values import choices, settable

        return [value for field in settable(plan) if field.key == key for value in choices(plan, field)]

    return of_plan(values)


def assignments(ctx: typer.Context, incomplete: str) -> list[Item]:
    """Return fields of an action or a group, each with =; after it the values that the field may have."""
    plan = _plan(ctx)
    if plan is None:
        return []
    from plancli.edit.values import GROUP_FIELDS, choices, is_list, settable

    words = ctx.params.get("words") or ("",)
    known = GROUP_FIELDS if _is_group(plan, words[0]) else settable(plan)
    fields = {field.key: field for field in known}
    before = (ctx.params.get("assignments") or words)[-1].rstrip("+-")
    name, sign, start = _split_assignment(incomplete)
    if sign and name in fields:
        head, listed = f"{name}{sign}", choices(plan, fields[name])
    elif before in fields:  # Bash takes a word apart at =
        head, start, listed = "", incomplete, choices(plan, fields[before])
    else:
        return [
            (f"{key}{sign}", _without_code(_(field.label)))
            for key, field in fields.items()
            for sign in (("=", "+=", "-=") if is_list(field) else ("=",))
            if f"{key}{sign}".startswith(incomplete)
        ]
    return [(f"{head}{word}", text) for word, text in _complete_list(listed, start)]


def blocks_and_assignments(ctx: typer.Context, incomplete: str) -> list[Item]:
    """Return actions and groups, and after one that was typed the fields that it may have."""
    typed = ctx.params.get("words") and assignments(ctx, incomplete)
    return typed or blocks(ctx, incomplete)


def _is_group(plan: "Plan", word: str) -> bool:
    """Return whether a word names a group of the plan."""
    from plancli.errors import Usage
    from plancli.plan.model import Group
    from plancli.plan.query.targets import find_targets

    try:
        return any(isinstance(each, Group) for each in find_targets(plan, [word], lambda path: ""))
    except Usage:
        return False


def _split_assignment(word: str) -> tuple[str, str, str]:
    """Return the name, the sign and the value of an assignment; empty signs where there is none yet."""
    name, equals, start = word.partition("=")
    bare = name.rstrip("+-")
    return bare, f"{name[len(bare) :]}{equals}" if equals else "", start
