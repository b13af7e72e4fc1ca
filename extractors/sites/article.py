"""An article page by its selectors: every one that must match does, or the page is an error."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence

from bs4 import BeautifulSoup
from bs4.element import Tag

from extractors.page.blocks import blocks_of, lead_blocks, read_byline
from extractors.page.dates import read_date
from extractors.page.errors import PageError
from extractors.page.finder import Finder
from extractors.page.flow import paragraphs, text_of
from extractors.page.tree import Page, counted
from extractors.page.words import folded
from extractors.sites.model import ARTICLE_SELECTORS
from schemas.documents import Block, Bulletin

#: what closes a page, and how far from its end it stands as a rule
_ENDED = re.compile("</html|</body", re.I | re.A)
_END = 2000


def read_article(
    text: str, reader: str, selectors: Mapping[str, str], cut: Sequence[str], *, overridden: bool, url: str | None
) -> Bulletin:
    """Read an article from decoded markup. ``cut`` is not used where a portal has selectors of its own."""
    page = Page(text)
    soup = None if overridden else page.cut(cut)
    found = _select_all(soup if soup is not None else page.whole(), selectors)
    for tag in found["strip"]:
        tag.extract()
    title = text_of(found["title"][0])
    if not title:
        raise PageError(f'title selector "{selectors["title"]}" matched an element without text')
    lead = lead_blocks(paragraphs(found["lead"][0])) if found["lead"] else ()
    captions = tuple(
        Block("caption", item.text) for tag in found["figures"] for item in paragraphs(tag) if item.kind == "text"
    )
    blocks, signed = blocks_of(paragraphs(found["body"][0]), title)
    if not lead and not blocks:
        raise PageError(f'body selector "{selectors["body"]}" matched an element without text')
    return Bulletin(
        title=title,
        published=_published(found["published"][0], selectors["published"]),
        byline=_byline([text_of(tag) for tag in found["byline"]], signed),
        category=(text_of(found["category"][0]) or None) if found["category"] else None,
        blocks=lead + captions + blocks,
        reader=reader,
        url=url,
        warnings=_warnings(text),
    )


def _select_all(soup: BeautifulSoup, selectors: Mapping[str, str]) -> dict[str, list[Tag]]:
    """Elements by selector name: ``figures`` only outside the body, ``strip`` only in it."""
    finder = Finder(soup)
    found: dict[str, list[Tag]] = {}
    for name, (least, most) in ARTICLE_SELECTORS.items():
        if name in ("figures", "strip"):
            continue
        selector = selectors.get(name)
        found[name] = counted(finder.find(selector), name, selector, least, most or sys.maxsize) if selector else []
    body = found["body"][0]
    strip, figures = selectors.get("strip"), selectors.get("figures")
    found["strip"] = counted(finder.find(strip, body), "strip", strip, 0, sys.maxsize) if strip else []
    outside = counted(finder.find(figures), "figures", figures, 0, sys.maxsize) if figures else []
    found["figures"] = [tag for tag in outside if body not in tag.parents]
    return found


def _published(tag: Tag, selector: str) -> str:
    """The date an element prints, or carries in the attribute for machines."""
    printed = text_of(tag) or str(tag.get("datetime") or tag.get("content") or "")
    published = read_date(printed)
    if published is None:
        raise PageError(
            f'published selector "{selector}" found "{printed[:60]}", expected a date like 16/09/2023 07:12'
        )
    return published


def _byline(printed: list[str], signed: str | None) -> str | None:
    """The template's author line and what the body is signed with, each once."""
    names = [name for name in (read_byline(text) for text in printed) if name]
    if signed and folded(signed) not in {folded(name) for name in names}:
        names.append(signed)
    return "; ".join(names) or None


def _warnings(text: str) -> tuple[str, ...]:
    """A page that opens html and never closes it may have been cut off on its way."""
    if _ENDED.search(text, max(len(text) - _END, 0)):
        return ()
    lower = text.lower()
    if "<html" in lower and "</html" not in lower and "</body" not in lower:
        return ("the page ends before </body>: it may be incomplete",)
    return ()
