"""The fallback for pages of no family: trafilatura finds the article, title and date come from the usual places.

It guesses, so the bulletin says so. trafilatura leaves out empty table cells: a portal whose tables matter deserves a
family, or overridden selectors.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extractors.page.blocks import blocks_of
from extractors.page.dates import read_date
from extractors.page.errors import PageError
from extractors.page.flow import Paragraph
from extractors.page.tree import Page
from extractors.page.words import clean
from schemas.documents import Bulletin

WARNING = "read generically: no portal family knows this page, text may be missing or foreign"

_META_DATES = (
    "//meta[@property='article:published_time']/@content",
    "//meta[@itemprop='datePublished']/@content",
    "//*[@itemprop='datePublished']/@datetime",
    "//*[@itemprop='datePublished']/text()",
    "//meta[@name='pubdate' or @name='publishdate' or @name='DC.date.issued' or @name='dc.date']/@content",
    "//article//time/@datetime",
)
_JSON_DATE = re.compile(r'"datePublished"\s*:\s*"([^"]{10,40})"')
_DATE_LENGTH = 80


def read_generic(text: str, url: str | None) -> Bulletin:
    """A bulletin with ``reader`` "generic"; ``PageError`` where no article text is found."""
    import trafilatura

    page = Page(text)
    heading = _heading(page.root)
    title = clean(heading.text_content()) if heading is not None else _head_title(page.root)
    published = _published(text, page.root, heading)
    found = trafilatura.bare_extraction(
        page.root,
        include_comments=False,
        include_tables=True,
        include_images=True,
        include_formatting=True,
        with_metadata=False,
    )
    flow = list(_flow(getattr(found, "body", ())))
    blocks, byline = blocks_of(flow, title)
    if not blocks:
        raise PageError("no portal family knows this page, and no article text was found in it")
    warnings = (WARNING,) if published else (WARNING, "no publication date was found")
    return Bulletin(title, published, byline, None, blocks, reader="generic", url=url, warnings=warnings)


def _heading(root: Any) -> Any:
    """The page's only h1 that has text."""
    headings = [element for element in root.iter("h1") if clean(element.text_content())]
    return headings[0] if len(headings) == 1 else None


def _head_title(root: Any) -> str | None:
    for path in ("//meta[@property='og:title']/@content", "//title/text()"):
        title = next((clean(str(value)) for value in root.xpath(path) if clean(str(value))), None)
        if title:
            return title
    return None


def _published(text: str, root: Any, heading: Any) -> str | None:
    """From the fields for machines, else the first short text after the title that holds a date.

    What stands before the title is often today's date in the page's head.
    """
    values = [str(value) for path in _META_DATES for value in root.xpath(path)] + _JSON_DATE.findall(text)
    found = next((day for day in map(read_date, values) if day), None)
    if found is None and heading is not None:
        shorts = (clean(str(value)) for value in heading.xpath("following::text()"))
        found = next((day for day in (read_date(value) for value in shorts if len(value) <= _DATE_LENGTH) if day), None)
    return found


def _flow(body: Any) -> Iterator[Paragraph]:
    """trafilatura's own elements as paragraphs."""
    for element in body:
        if element.tag == "table":
            rows = [[_text(cell) for cell in row.iter("cell")] for row in element.iter("row")]
            text = "\n".join(" | ".join(row) for row in rows if any(row))
            if text:
                yield Paragraph("table", text)
        elif element.tag == "graphic":
            yield Paragraph("image")
        elif element.tag in ("list", "quote", "div"):
            yield from _flow(element)
        else:
            if next(element.iter("graphic"), None) is not None:
                yield Paragraph("image")
            text = _text(element)
            if text:
                strong = sum(len(_text(part)) for part in element.iter("hi"))
                yield Paragraph("text", text, emphasis=min(strong / len(text), 1.0), heading=element.tag == "head")


def _text(element: Any) -> str:
    return clean("".join(element.itertext()))
