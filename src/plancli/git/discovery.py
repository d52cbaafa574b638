"""Find the repository of a file without believing a repository that lies inside the tree.

Whoever can push writes the files of a branch: a folder of theirs can have the shape of a bare repository
(``HEAD``, ``config``, ``objects/``, ``refs/``), and git run in it would obey its configuration. ``.git`` itself is
never checked out of a branch (git refuses the name), so only a folder that has one is the top of a work tree.
"""

import os
from collections.abc import Iterable, Iterator

from plancli.files import absolute, working_folder
from plancli.git.process import Git


def discover(file: str) -> Git | None:
    """Return git as it is to be run for a file, which needn't be there; None where no repository is above it.

    ``GIT_DIR`` and ``GIT_WORK_TREE`` are the user's: git then starts from the working folder.
    """
    if "GIT_DIR" in os.environ:
        return Git(working_folder())
    if "GIT_WORK_TREE" in os.environ:
        return _discover(working_folder(), "")
    folder, name = os.path.split(absolute(file))
    while not os.path.isdir(folder):
        folder = os.path.dirname(folder)
    return _discover(os.path.realpath(folder), name)


def _discover(folder: str, name: str) -> Git | None:
    file = os.path.join(folder, name)
    trees = [above for above in _upward(folder) if _is_top(above)]  # the nearest first
    bare = next((above for above in _upward(folder) if _has_repository_shape(above)), "")
    is_inner = len(bare) > (len(trees[0]) if trees else 0)
    if is_inner and not (name and os.path.lexists(file)) and not _is_content(os.path.join(bare, "HEAD"), trees):
        return Git(bare, is_bare=True)  # the user's own: it holds no plan on disk, and no work tree has it
    if not trees:
        return None
    # More than one: the outermost that tracks the file, which to it is content; else the nearest, as git has it.
    return Git(next((tree for tree in reversed(trees[1:]) if _is_content(file, [tree])), trees[0]))


def _is_top(folder: str) -> bool:
    """Return whether a folder is the top of a work tree."""
    git = os.path.join(folder, ".git")
    return os.path.isfile(git) or _has_repository_shape(git)


def _has_repository_shape(folder: str) -> bool:
    """Return whether git would take a folder for a repository (gitrepository-layout(5))."""
    if not os.path.lexists(os.path.join(folder, "HEAD")):
        return False
    if os.path.isfile(os.path.join(folder, "commondir")):
        return True
    return all(os.path.isdir(os.path.join(folder, name)) for name in ("objects", "refs"))


def _upward(folder: str) -> Iterator[str]:
    """Yield a folder and those above it, up to where git stops: a ceiling, another file system."""
    ceilings = _ceilings()
    stays = os.environ.get("GIT_DISCOVERY_ACROSS_FILESYSTEM", "").lower() not in ("1", "true", "yes", "on")
    device = os.stat(folder).st_dev
    while True:
        yield folder
        above = os.path.dirname(folder)
        if above == folder or above in ceilings or (stays and os.stat(above).st_dev != device):
            return
        folder = above


def _ceilings() -> set[str]:
    """Return the folders of GIT_CEILING_DIRECTORIES; after an empty one, links are not resolved (git(1))."""
    ceilings = set()
    resolves = True
    for name in os.environ.get("GIT_CEILING_DIRECTORIES", "").split(os.pathsep):
        if not name:
            resolves = False
        elif os.path.isabs(name):
            ceilings.add(os.path.realpath(name) if resolves else os.path.normpath(name))
    return ceilings


def _is_content(file: str, trees: Iterable[str]) -> bool:
    """Return whether one of these work trees tracks a file."""
    return any(Git(tree).tracks(os.path.relpath(file, tree)) for tree in trees)
