"""Temporary repositories, made with the real git."""

import os
import subprocess
from pathlib import Path

DAY = "2021-06-24T12:00:00+0000"


class Repo:
    """A repository whose commits have an author, a date and nothing of the machine's configuration."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.git("init", "--quiet", "--initial-branch=main", *options)

    def git(self, *args: str, day: str = DAY, author: str = "DIHAL", code: int = 0) -> str:
        """Run git here; it must end with ``code``."""
        return git(self.folder, *args, day=day, author=author, code=code)

    def write(self, path: str, content: bytes | str) -> Path:
        """Write a file."""
        file = self.folder / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return file

    def commit(
        self,
        content: bytes | str | None = None,
        subject: str = "A commit",
        path: str = "data/plan.yaml",
        day: str = DAY,
        author: str = "DIHAL",
    ) -> str:
        """Commit a file as it is given, or whatever was changed; give the commit's name."""
        if content is not None:
            self.write(path, content)
        self.git("add", "--all")
        self.git("commit", "--quiet", "--allow-empty", "--message", subject, day=day, author=author)
        return self.git("rev-parse", "HEAD").strip()


def git(folder: Path, *args: str, day: str = DAY, author: str = "DIHAL", code: int = 0) -> str:
    """Run git in a folder; it must end with ``code``."""
    name = {"NAME": author, "EMAIL": f"{author.lower()}@example.org", "DATE": day}
    own = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in name.items()}
    done = subprocess.run(
        ["git", *args],
        cwd=folder,
        env=os.environ | own,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == code, f"git {' '.join(args)}: {done.returncode}\n{done.stdout}{done.stderr}"
    return done.stdout
