"""``plancli git merge-driver``: what git runs to merge a plan (gitattributes(5), "custom merge driver")."""

from collections.abc import Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Annotated

import typer

from plancli.cli.terminal import print_err
from plancli.i18n import N_

if TYPE_CHECKING:
    from plancli.git import LineMerge


def merge_driver(
    base: Annotated[str, typer.Argument(help=N_("The file both sides come from."))],
    ours: Annotated[str, typer.Argument(help=N_("Our file; the result is written into it."))],
    theirs: Annotated[str, typer.Argument(help=N_("Their file."))],
    size: Annotated[int, typer.Argument(help=N_("The size of conflict markers."))],
    path: Annotated[str, typer.Argument(help=N_("The path of the plan."))],
) -> int:
    """Merge three versions of a plan by action and field; 1 where a person must decide."""
    from plancli.git import GitFailed, merge_file

    try:
        sources = [_read(each) for each in (base, ours, theirs)]
        own = merge_file(ours, base, theirs, size)
        _write(ours, own.content)
    except GitFailed as error:
        _tell(path, [error.reason])
        return 1
    # From here on git's own result stands in the file, whatever happens. An exit code of 126 or more would make
    # the shell merge once more, markers inside markers: so an interruption is a refusal.
    try:
        return _improved(sources, own, ours, size, path)
    except KeyboardInterrupt:
        return 1


def _improved(sources: list[bytes], own: "LineMerge", target: str, size: int, path: str) -> int:
    from plancli.git import shows_base
    from plancli.review.merge import merge, sentences

    base, ours, theirs = sources
    merged = merge(base, ours, theirs, own, path, size, shows_base)
    if merged.content != own.content:
        _write(target, merged.content)
    if not merged.clean:
        _tell(path, sentences(merged))
    return 0 if merged.clean else 1


def _read(path: str) -> bytes:
    from plancli.loader import read_source

    return read_source(path)


def _write(path: str, content: bytes) -> None:
    from plancli.files import write_file

    write_file(path, content)


def _tell(path: str, lines: Iterable[str]) -> None:
    with suppress(OSError):  # nobody listens: git still says that there is a conflict
        for line in lines:
            print_err(f"{path}: {line}")
