"""Objects of the real git, one after another and asked ahead."""

from collections.abc import Iterator

from plancli.git import open_objects, repository
from tests.repositories import Repo


def test_files_are_read_in_order_whatever_their_size(repo: Repo) -> None:
    """Neither side waits for the other: names past what a pipe holds, answers past it too."""
    sizes = [0, 1, 70_000, 300_000, 5]
    for number, size in enumerate(sizes):
        repo.write(f"{'un très long dossier/' * 10}{number}", "x" * size)
    repo.commit()
    names = [("HEAD", f"{'un très long dossier/' * 10}{number}") for number in range(len(sizes))]
    with open_objects(repository(str(repo.folder / "x")).git) as known:
        found = [each and len(each.content) for each in known.read_files(names * 60)]
        assert found == sizes * 60
        again = known.read_file(*names[1])
        assert again
        assert again.content == b"x"


def test_missing_files_are_none_in_their_places(repo: Repo) -> None:
    repo.commit("a", path="a")
    repo.commit("b", path="b")
    head = repo.git("rev-parse", "HEAD").strip()
    names = [(head, "a"), (head, "no"), (head, "a\nb"), (head, "b"), (head, "a\0")]
    with open_objects(repository(str(repo.folder / "x")).git) as known:
        assert [each and each.content for each in known.read_files(names)] == [
            b"a",
            None,
            None,
            b"b",
            None,
        ]


def test_names_are_taken_only_as_files_are_read(repo: Repo) -> None:
    repo.commit("a", path="a")
    asked = []

    def names() -> Iterator[tuple[str, str]]:
        for number in range(10_000):
            asked.append(number)
            yield ("HEAD", "a")

    with open_objects(repository(str(repo.folder / "x")).git) as known:
        assert next(known.read_files(names()))
    assert len(asked) < 1000
