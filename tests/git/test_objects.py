"""Objects of the real git, one after another and asked ahead."""

from collections.abc import Iterator

from plancli.git import objects
from tests.repositories import Repo


def test_asked_ahead_in_order_whatever_their_size(repo: Repo) -> None:
    """Neither side waits for the other: names past what a pipe holds, answers past it too."""
    sizes = [0, 1, 70_000, 300_000, 5]
    for number, size in enumerate(sizes):
        repo.write(f"{'un très long dossier/' * 10}{number}", "x" * size)
    repo.commit()
    names = [f"HEAD:{'un très long dossier/' * 10}{number}" for number in range(len(sizes))]
    with objects(str(repo.folder)) as known:
        found = [each and len(each.content) for each in known.read_all(names * 60)]
        assert found == sizes * 60
        again = known.read(names[1])
        assert again
        assert again.content == b"x"


def test_what_isnt_there_keeps_its_turn(repo: Repo) -> None:
    repo.commit("a", path="a")
    repo.commit("b", path="b")
    names = ["", "HEAD:a", "HEAD:no", "HEAD\n:a", "nope", "HEAD:b", "HEAD:a\0"]
    with objects(str(repo.folder)) as known:
        assert [each and each.content for each in known.read_all(names)] == [
            None,
            b"a",
            None,
            None,
            None,
            b"b",
            None,
        ]


def test_only_as_much_as_is_asked_for(repo: Repo) -> None:
    repo.commit("a", path="a")
    asked = []

    def names() -> Iterator[str]:
        for number in range(10_000):
            asked.append(number)
            yield "HEAD:a"

    with objects(str(repo.folder)) as known:
        assert next(known.read_all(names()))
    assert len(asked) < 1000
