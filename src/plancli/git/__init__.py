"""The only caller of git: revisions, files at them, and commits."""

from plancli.git.discovery import discover
from plancli.git.merging import FORMER_DRIVER, MERGE_DRIVER, LineMerge, merge_file, shows_base
from plancli.git.objects import Object, Objects
from plancli.git.process import Git, GitFailed
from plancli.git.repository import HEAD, Commit, NoRepository, Repository, commits, repository

__all__ = [
    "FORMER_DRIVER",
    "HEAD",
    "MERGE_DRIVER",
    "Commit",
    "Git",
    "GitFailed",
    "LineMerge",
    "NoRepository",
    "Object",
    "Objects",
    "Repository",
    "commits",
    "discover",
    "merge_file",
    "repository",
    "shows_base",
]
