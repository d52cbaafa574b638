"""``plancli fmt``: the canonical layout; texts, numbers and comments stay what they are."""

from plancli.cli.errors import in_place
from plancli.cli.options import argument, flag, load_to_change
from plancli.cli.streams import print_err, show_difference, show_text, split_lines
from plancli.errors import PlanError, raise_all
from plancli.i18n import N_, _, ngettext

EXAMPLES = (
    "plancli fmt",
    "plancli fmt --check plans/*.yaml",
    "plancli fmt --diff",
    "plancli fmt - < draft.yaml > plan.yaml",
)


def command(
    files: list[str] | None = argument(
        N_("FILE"), N_("Plan files; - is from standard input to standard output."), default=None
    ),
    check: bool = flag("--check", N_("Write nothing; name what isn't tidy and end with 1.")),
    diff: bool = flag("--diff", N_("Write nothing; show what would change.")),
) -> int:
    """Tidy the layout of plans; no text and no comment ever changes."""
    from plancli.files import write_file
    from plancli.loader.plan_files import find_plan
    from plancli.plan.writer import format_document

    errors: list[PlanError] = []
    changed = []
    for path in files or [find_plan()]:
        try:
            document = load_to_change(path, in_place(path), only_errors=True).document
            source, tidy = document.source, format_document(document).encode("utf-8")
            if diff:
                show_difference(path, source, tidy)
            elif check and tidy != source:
                show_text(_first_difference(path, source, tidy))
            elif path == "-" and not check:
                show_text(tidy.decode("utf-8"))
                continue
            elif tidy != source:
                write_file(path, tidy, source)
                print_err(_("{file} tidied").format(file=path))
            changed.append(tidy != source)
        except PlanError as error:
            errors.append(error)
    _sum_up(changed.count(True), changed.count(False), written=not (check or diff))
    raise_all(errors)
    return 1 if check and any(changed) else 0


def _sum_up(changed: int, kept: int, written: bool) -> None:
    """Write the counts to standard error."""
    counts = []
    if changed and not written:
        counts.append(ngettext("{n} file to tidy", "{n} files to tidy", changed))
    elif changed > 1:
        counts.append(ngettext("{n} file tidied", "{n} files tidied", changed))
    if kept:
        counts.append(ngettext("{n} file is tidy", "{n} files are tidy", kept))
    if counts:
        print_err(" · ".join(counts))


def _first_difference(path: str, source: bytes, tidy: bytes) -> str:
    from plancli.loader.plan_files import display_name
    from plancli.text import escape_control

    before, after = split_lines(source), split_lines(tidy)
    pairs = zip(before, after, strict=False)
    same = next((index for index, (a, b) in enumerate(pairs) if a != b), min(len(before), len(after)))
    said = f"{display_name(path)}:{same + 1}: {_('not formatted from this line on')}"
    if source.replace(b"\r\n", b"\n") == tidy:
        said = f"{display_name(path)}: {_('the lines end with CR LF; nothing else is untidy')}"
    return escape_control(said) + "\n"
