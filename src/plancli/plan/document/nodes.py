"""The place of every key and value of a YAML file."""

from typing import Any, NamedTuple

from plancli.location import Path


class Node(NamedTuple):
    """A key or a value in the file: where it starts and ends (offsets; 0 where it isn't closed), and its path."""

    start: int
    end: int
    path: Path
    is_key: bool
    is_scalar: bool


def read_nodes(source: bytes, until: int | None) -> list[Node]:
    """Return every key and value in the order of their starts, up to an offset or as far as YAML can be read."""
    from yaml import events
    from yaml._yaml import CParser
    from yaml.error import YAMLError

    nodes: list[Node] = []
    opened: list[list[Any]] = []  # path, place among the nodes, step of the value that comes next (None: a key)
    get: Any = CParser(source).get_event
    try:
        while True:
            event: Any = get()
            kind = type(event)
            if kind is events.MappingEndEvent or kind is events.SequenceEndEvent:
                place = opened.pop()[1]
                nodes[place] = nodes[place]._replace(end=event.end_mark.index)
            elif kind in (events.ScalarEvent, events.MappingStartEvent, events.SequenceStartEvent):
                is_scalar = kind is events.ScalarEvent
                start = event.start_mark.index
                above, _place, step = opened[-1] if opened else ((), 0, -1)
                is_key = step is None
                if (until is not None and start >= until) or (is_key and not is_scalar):
                    break
                path: Path = nodes[-1].path if opened and nodes[-1].is_key else ()
                if is_key:
                    path = (*above, event.value)
                    opened[-1][2] = event.value
                elif type(step) is int and opened:
                    path = (*above, step)
                    opened[-1][2] = step + 1
                elif opened:
                    opened[-1][2] = None
                nodes.append(Node(start, event.end_mark.index if is_scalar else 0, path, is_key, is_scalar))
                if not is_scalar:
                    opened.append([path, len(nodes) - 1, 0 if kind is events.SequenceStartEvent else None])
            elif kind is events.AliasEvent or kind is events.StreamEndEvent:
                break
    except YAMLError:  # the reading ended here, and who reads was told
        pass
    return nodes
