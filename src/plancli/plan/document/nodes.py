"""The place of every key and value of a YAML file."""

from typing import Any, NamedTuple

from plancli.location import Path


class Node(NamedTuple):
    """A key or a value in the file: where it starts and ends (offsets; 0 where it isn't closed).

    ``parent`` is the list or mapping it stands in, as its place among the nodes (-1: at the top), ``step`` its key
    or index there; a key and its value have the same.
    """

    start: int
    end: int
    parent: int
    step: str | int
    is_key: bool
    is_scalar: bool


def read_nodes(source: bytes, until: int | None) -> list[Node]:
    """Return every key and value in the order of their starts, up to an offset or as far as YAML can be read."""
    from yaml import CBaseLoader, events
    from yaml.error import YAMLError

    scalar, mapping, sequence = events.ScalarEvent, events.MappingStartEvent, events.SequenceStartEvent
    mapping_end, sequence_end, alias = events.MappingEndEvent, events.SequenceEndEvent, events.AliasEvent
    nodes: list[Any] = []  # a container stands there as its start until it is closed
    opened: list[tuple[int, str | int | None, str | int]] = []  # the containers around: parent, next and own step
    names: dict[str, str] = {}  # each key is kept once
    parent: int = -1
    step: str | int | None = 0  # of the value that comes next; None where a key comes
    get: Any = CBaseLoader(source).get_event
    try:
        while True:
            event = get()
            kind = type(event)
            if kind is scalar or kind is mapping or kind is sequence:
                start = event.start_mark.index
                if (until is not None and start >= until) or (step is None and kind is not scalar):
                    break
                if step is None:
                    step = names.setdefault(event.value, event.value)
                    nodes.append(Node(start, event.end_mark.index, parent, step, True, True))
                    continue
                own, step = step, step + 1 if type(step) is int else None
                if kind is scalar:
                    nodes.append(Node(start, event.end_mark.index, parent, own, False, True))
                else:
                    nodes.append(start)
                    opened.append((parent, step, own))
                    parent, step = len(nodes) - 1, 0 if kind is sequence else None
            elif kind is mapping_end or kind is sequence_end:
                place = parent
                parent, step, own = opened.pop()
                nodes[place] = Node(nodes[place], event.end_mark.index, parent, own, False, False)
            elif kind is alias or kind is events.StreamEndEvent:
                break
    except YAMLError:  # the reading ended here, and who reads was told
        pass
    while opened:
        place = parent
        parent, step, own = opened.pop()
        nodes[place] = Node(nodes[place], 0, parent, own, False, False)
    return nodes


def paths_of(nodes: list[Node]) -> list[Path]:
    """Return the path of each node."""
    paths: list[Path] = []
    for node in nodes:
        paths.append((*paths[node.parent], node.step) if node.parent >= 0 else ())
    return paths
