"""A page to read: one self-contained HTML file."""

from plancli.exchange.edition import Edition


def write(edition: Edition) -> bytes:
    """Write the page; nothing in it is fetched from anywhere, and it says what it was made from."""
    from plancli.exchange.exporters.html.page import make_page

    return make_page(edition).encode()
