"""Plain data to the canonical text of a plan; comments are kept."""

from collections import Counter
from typing import Any

from plancli.errors import Invalid
from plancli.i18n import _
from plancli.plan.document import Document, read_document
from plancli.plan.writer.canonical import PlanLine, dump_lines, sort_entries, sorted_path


def dump(data: dict[str, Any], document: Document | None = None) -> str:
    """Return plain data in the shape of a plan in the canonical layout, with the comments of its document."""
    data, orders = sort_entries(data)
    lines = dump_lines(data)
    if document and "#" in document.text:
        from plancli.plan.writer.comments import Side, annotate, comments

        known: dict[Any, list[str]] = {}
        for comment in comments(document):
            known.setdefault((sorted_path(comment.path, orders), comment.side), []).append(comment.text)
        top = known.pop(((), Side.ABOVE), [])
        if known:
            lines = list(annotate(lines, lambda path, side: known.get((path, side), [])))
        lines = [*(PlanLine((), 0, text) for text in top), *lines]
    return "".join(f"{line}\n" for line in lines)


def format_document(document: Document) -> str:
    """Write a document that has the shape of a plan in the canonical layout.

    Raise Invalid rather than lose a comment or change a value.
    """
    text = dump(document.data, document)
    if text != document.text:
        check_kept(document, text)
    return text


def check_kept(document: Document, text: str) -> None:
    """Raise Invalid if a text that is to replace a document lacks one of its values or comments."""
    again = read_document(text, document.name)
    if again.findings or again.data != sort_entries(document.data)[0]:
        raise Invalid(
            _("{file} can't be laid out without changing a value").format(file=document.name),
            _("This is a mistake in plancli; the file is untouched. Please report it."),
        )
    if "#" in document.text or "#" in text:
        _refuse_lost_comments(document, again)


def _refuse_lost_comments(before: Document, after: Document) -> None:
    from plancli.plan.writer.comments import comments

    kept = Counter(comment.text for comment in comments(after))
    for comment in comments(before):
        kept[comment.text] -= 1
        if kept[comment.text] < 0:
            message = _("{file}:{line}: this comment can't be kept: {comment}")
            raise Invalid(
                message.format(file=before.name, line=comment.line, comment=comment.text),
                _("The file is untouched. Move the comment to a line of its own, above the entry it is about."),
            )
