"""What the inputs of a command are made of: documents, faults and notes; and a page as a document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from extractors.page import PageError, read_page

if TYPE_CHECKING:
    from datetime import date

    from schemas.documents import Bulletin

#: no bulletin is larger; what is would be held in memory several times over
LARGEST_PAGE = 64 << 20


@dataclass(frozen=True, slots=True)
class Document:
    """A text to extract from. ``id`` comes back as it was given; ``bulletin`` is there when it was a page.

    ``size`` is how many bytes of the input it took.
    """

    id: Any
    text: str
    title: str | None
    published: str | None
    size: int
    bulletin: Bulletin | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """One document that could not be read: where, and why, in one line."""

    message: str
    size: int = 0


@dataclass(frozen=True, slots=True)
class Note:
    """Something to say that is no fault."""

    message: str
    size: int = 0


Item = Document | Fault | Note


def page_document(
    body: bytes,
    *,
    id: str,
    url: str,
    size: int,
    content_type: str | None = None,
    captured_on: date | None = None,
) -> Document | Fault:
    """A page as a document, or the reason why it is none."""
    try:
        bulletin = read_page(body, url=url, content_type=content_type, captured_on=captured_on)
    except PageError as error:
        return Fault(" | ".join(line.strip() for line in str(error).splitlines()), size)
    return Document(id, bulletin.text, bulletin.title, bulletin.published, size, bulletin)
