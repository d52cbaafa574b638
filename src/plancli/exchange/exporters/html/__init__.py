"""A page to read: one self-contained HTML file."""

from plancli.exchange.request import ExportRequest


def write(request: ExportRequest) -> bytes:
    """Write the page; nothing in it is fetched from anywhere, and it says what it was made from."""
    from plancli.exchange.exporters.html.page import make_page

    return make_page(request).encode()
