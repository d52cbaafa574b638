"""The only caller of git: revisions, files at them, and commits."""

from plancli.git.discovery import discover
from plancli.git.objects import Object, Objects, open_objects
from plancli.git.process import Git, GitFailed, LineMerge, merge_file, shows_base
from plancli.git.repository import HEAD, Commit, NoRepository, Repository, commits, repository

__all__ = [
    "HEAD",
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
    "open_objects",
    "repository",
    "shows_base",
]
