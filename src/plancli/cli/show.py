"""``plancli show``: an action, a group or a directorate, whole."""

from typing import TYPE_CHECKING

from plancli.cli import completion
from plancli.cli.options import DayOptions, OutputOptions, argument, flag
from plancli.i18n import N_, _

if TYPE_CHECKING:
    from plancli.errors import PlanError
    from plancli.loader import Loaded
    from plancli.output.report import Report
    from plancli.plan.query.targets import Target

EXAMPLES = (
    "plancli show 9",
    "plancli show 18-20",
    "plancli show M7",
    "plancli show DSJ",
    "plancli show --blame 9",
    "plancli show 7 SAFSL --format markdown",
)


def command(
    what: list[str] = argument(
        N_("WHAT"),
        N_("Numbers or codes of actions (9, 18-20), measures and orientations (M7, O2), directorates (DSJ)."),
        completion.actions_and_codes,
    ),
    blame: bool = flag("--blame", N_("Who last changed each field of an action, when, in which commit.")),
    *,
    answer: OutputOptions,
    source: DayOptions,
) -> int:
    """Write actions, groups and directorates whole; what isn't there is named behind the others."""
    from plancli.errors import raise_all
    from plancli.output.views.show import show_view

    loaded = source.load()
    found, unknown = _targets(loaded, what)
    answer.write(_blamed(loaded, found, source) if blame else show_view(loaded.plan, found), source.plan)
    raise_all(unknown)
    return 0


def _targets(loaded: "Loaded", what: list[str]) -> "tuple[tuple[Target, ...], list[PlanError]]":
    """Return what is meant, and an error for each word that means nothing; raise these if all do."""
    from plancli.errors import PlanError, raise_all
    from plancli.plan.query.targets import find_targets, words_in

    found: list[Target] = []
    unknown: list[PlanError] = []
    for word in words_in(loaded.plan, what):
        try:
            found += find_targets(loaded.plan, [word], loaded.place)
        except PlanError as error:
            unknown.append(error)
    if not found:
        raise_all(unknown)
        find_targets(loaded.plan, [], loaded.place)
    return tuple(dict.fromkeys(found)), unknown


def _blamed(loaded: "Loaded", targets: "tuple[Target, ...]", source: DayOptions) -> "Report":
    """Return the report of who last changed some actions; raise Usage for what isn't one."""
    from plancli.check.checker import check
    from plancli.errors import Usage
    from plancli.git import HEAD
    from plancli.loader.revisions import open_at
    from plancli.output.views.log import blame_view
    from plancli.plan.model import Action
    from plancli.review.history import Subjects, history, last_changes

    actions = [each for each in targets if isinstance(each, Action)]
    if len(actions) < len(targets):
        raise Usage(
            _("--blame is about actions"), _("What happened to others: {command}").format(command="plancli log")
        )
    with open_at(source.plan, source.at or HEAD) as (repo, objects, version):
        committed = check(version.source, version.name, only_errors=True).plan
        known = {action.number: action for action in committed.actions} if committed else {}
        blamed = []
        for action in actions:
            subjects = Subjects(frozenset({action.number}))
            entries = history(repo, objects, version.commit, version.path, subjects, repo.shallow_commits())
            blamed.append((action, known.get(action.number), last_changes(entries)))
    return blame_view(loaded.plan, blamed)
