"""The source of a catalogue (PO), made into the compiled form (MO) that gettext reads; for checkouts only."""

import struct

MAGIC = 0x950412DE


def compile_source(text: str) -> bytes:
    """Compile a PO file as Babel and msgfmt do: no fuzzy, obsolete or empty entries, sorted, no hash table."""
    entries = [(key.encode(), value.encode()) for key, value in sorted(_entries(text))]
    ids = b"".join(key + b"\0" for key, _ in entries)
    values = b"".join(value + b"\0" for _, value in entries)
    start = 28 + 16 * len(entries)
    head = struct.pack("<7I", MAGIC, 0, len(entries), 28, 28 + 8 * len(entries), 0, start)
    return (
        head
        + _table([key for key, _ in entries], start)
        + _table([value for _, value in entries], start + len(ids))
        + ids
        + values
    )


def _table(texts: list[bytes], start: int) -> bytes:
    table = b""
    for text in texts:
        table += struct.pack("<2I", len(text), start)
        start += len(text) + 1
    return table


def _entries(text: str) -> list[tuple[str, str]]:
    """Give the pairs of id and translation; the forms of a plural are joined by NUL, as MO wants it."""
    pairs = []
    for block in text.split("\n\n"):
        fields: dict[str, str] = {}
        key = ""
        for line in block.splitlines():
            if line.startswith("#"):
                if line.startswith("#,") and "fuzzy" in line:
                    break
                continue
            if not line.startswith('"'):
                key, _, line = line.partition(" ")
                fields[key] = ""
            fields[key] += _unquoted(line)
        else:
            forms = [value for name, value in fields.items() if name.startswith("msgstr")]
            if fields and all(forms):
                ids = [fields[name] for name in ("msgid", "msgid_plural") if name in fields]
                context = f"{fields['msgctxt']}\4" if "msgctxt" in fields else ""
                pairs.append((context + "\0".join(ids), "\0".join(forms)))
    return pairs


def _unquoted(line: str) -> str:
    inside = line.strip()[1:-1]
    if "\\" not in inside:
        return inside
    return (
        inside.replace("\\\\", "\0")
        .replace('\\"', '"')
        .replace("\\n", "\n")
        .replace("\\t", "\t")
        .replace("\0", "\\")
    )
