"""The only caller of git: revisions, files at them, and commits."""

from plancli.git.commits import Commit, commits
from plancli.git.merging import MERGE_DRIVER, LineMerge, merge_file, shows_base
from plancli.git.objects import Object, Objects, objects
from plancli.git.process import GitFailed, run
from plancli.git.repository import HEAD, Repository, is_date, repository

__all__ = [
    "HEAD",
    "MERGE_DRIVER",
    "Commit",
    "GitFailed",
    "LineMerge",
    "Object",
    "Objects",
    "Repository",
    "commits",
    "is_date",
    "merge_file",
    "objects",
    "repository",
    "run",
    "shows_base",
]
