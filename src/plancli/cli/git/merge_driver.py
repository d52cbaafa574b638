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
    result: Annotated[str | None, typer.Argument(help=N_("Write the result here; ours stays as it is."))] = None,
) -> int:
    """Merge three versions of a plan by action and field; 1 where a person must decide."""
    from plancli.git import GitFailed, merge_file

    try:
        sources = [_read(each) for each in (base, ours, theirs)]
        own = merge_file(ours, base, theirs, size)
    except GitFailed as error:
        _print(path, [error.reason])
        return 1
    if result is not None:
        return _merge(sources, own, result, size, path)
    # From here on git's own result is in the file, whatever happens: an interruption is a refusal.
    _write(ours, own.content)
    try:
        return _merge(sources, own, ours, size, path)
    except KeyboardInterrupt:
        return 1


def _merge(sources: list[bytes], own: "LineMerge", target: str, size: int, path: str) -> int:
    from plancli.git import shows_base
    from plancli.review.merge import merge, sentences

    base, ours, theirs = sources
    merged = merge(base, ours, theirs, own, path, size, shows_base)
    _write(target, merged.content)
    _print(path, sentences(merged))
    return 0 if merged.clean else 1


def _read(path: str) -> bytes:
    from plancli.loader import read_source

    return read_source(path)


def _write(path: str, content: bytes) -> None:
    from plancli.files import write_file

    write_file(path, content)


def _print(path: str, lines: Iterable[str]) -> None:
    with suppress(OSError):  # nobody listens: git still says that there is a conflict
        for line in lines:
            print_err(f"{path}: {line}")
