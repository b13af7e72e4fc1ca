"""Pages: bytes in, ``schemas.documents.Bulletin`` out. What is expensive to import is imported when a page is read."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from extractors.page.encoding import decode_body
from extractors.page.errors import PageError

if TYPE_CHECKING:
    from schemas.documents import Bulletin
    from schemas.sources import Source

__all__ = ["PageError", "decode_body", "read_page"]


def read_page(
    body: bytes,
    *,
    url: str | None = None,
    content_type: str | None = None,
    captured_on: date | None = None,
    source: Source | None = None,
) -> Bulletin:
    """Read one page.

    With a ``source`` its family reads it, in the version that held at ``captured_on``. Without, the family whose
    signature the page shows; a page of no family is read generically and says so (``reader`` "generic", a warning).
    Text that is not HTML is taken line by line (``reader`` "plain").

    Raises ``PageError`` where the page is not what the family expects, or is no page at all.
    """
    from extractors.page import reader

    return reader.read(body, url=url, content_type=content_type, captured_on=captured_on, source=source)
