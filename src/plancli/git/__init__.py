"""The only caller of git: revisions, files at them, and commits."""

from plancli.git.objects import Object, Objects, objects
from plancli.git.process import GitFailed, run
from plancli.git.repository import HEAD, Repository, is_date, repository

__all__ = ["HEAD", "GitFailed", "Object", "Objects", "Repository", "is_date", "objects", "repository", "run"]
