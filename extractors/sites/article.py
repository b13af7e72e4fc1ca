"""An article page by its selectors: every one that must match does, or the page is an error."""

from __future__ import annotations

import contextlib
import re
import sys
from collections.abc import Collection, Mapping, Sequence

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
#: what stands above a body, whichever element it is in
_ABOVE = ("title", "published", "lead", "byline", "category")
#: "Được viết bởi ..." before an author's name, which no colon ends
_WRITTEN_BY = re.compile(
    r"(?:(?:được\s+)?(?:viết|đăng|biên\s+tập)\s+bởi|bởi|written\s+by|posted\s+by|by)\s*:?\s+", re.I
)
#: an account of the portal's software, no person
_ACCOUNT = re.compile(r"(?:super\s*user|administrator|[a-z0-9._@-]+)", re.I | re.A)


def read_article(
    text: str, reader: str, selectors: Mapping[str, str], cut: Sequence[str], *, own: Collection[str], url: str | None
) -> Bulletin:
    """Read an article from decoded markup.

    ``own`` are the selectors that the portal's file names: what they find may lie outside of ``cut``.
    """
    found = _found(Page(text), selectors, cut, own)
    for tag in found["strip"]:
        tag.extract()
    title = text_of(found["title"][0])
    if not title:
        raise PageError(f'title selector "{selectors["title"]}" matched an element without text')
    lead = lead_blocks(paragraphs(found["lead"][0])) if found["lead"] else ()
    # some layouts have these in the body's element, where they would be read again
    for tag in (tag for name in _ABOVE for tag in found[name]):
        tag.extract()
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


def _found(page: Page, selectors: Mapping[str, str], cut: Sequence[str], own: Collection[str]) -> dict[str, list[Tag]]:
    """The elements by selector name: in the part that holds the article, or where the portal's own selectors look."""
    part, inside = page.cut(cut), None
    if part is not None:
        try:
            inside = _select_all(Finder(part), selectors)
        except PageError:
            if not own:
                raise
    lacking = [name for name in own if selectors[name] and not (inside and inside[name])]
    if inside is not None and not lacking:
        return inside
    whole = page.whole()
    try:
        wider = (_around(whole, selectors, own) if own else None) or _select_all(Finder(whole), selectors)
    except PageError:
        if inside is None:
            raise
        return inside
    return wider if inside is None or any(wider[name] for name in lacking) else inside


def _around(soup: BeautifulSoup, selectors: Mapping[str, str], own: Collection[str]) -> dict[str, list[Tag]] | None:
    """The elements in the smallest part around title and body that has them all; None where no part has.

    For portals whose own selectors leave nothing for ``cut`` to find: side blocks have dates and titles, too.
    """
    finder = Finder(soup)
    title, body = (counted(finder.find(selectors[name]), name, selectors[name], 1, 1) for name in ("title", "body"))
    above = {id(tag) for tag in (body[0], *body[0].parents)}
    for part in title[0].parents:
        if id(part) in above:
            with contextlib.suppress(PageError):
                found = _select_all(finder, selectors, part)
                if all(found[name] for name in own if selectors[name]):
                    return found
    return None


def _select_all(finder: Finder, selectors: Mapping[str, str], part: Tag | None = None) -> dict[str, list[Tag]]:
    """Elements by selector name, within ``part`` or anywhere: ``figures`` outside the body, ``strip`` only in it."""
    found: dict[str, list[Tag]] = {}
    for name, (least, most) in ARTICLE_SELECTORS.items():
        if name in ("figures", "strip"):
            continue
        selector = selectors.get(name)
        found[name] = (
            counted(finder.find(selector, part), name, selector, least, most or sys.maxsize) if selector else []
        )
    body = found["body"][0]
    strip, figures = selectors.get("strip"), selectors.get("figures")
    found["strip"] = counted(finder.find(strip, body), "strip", strip, 0, sys.maxsize) if strip else []
    outside = counted(finder.find(figures, part), "figures", figures, 0, sys.maxsize) if figures else []
    found["figures"] = [tag for tag in outside if body not in tag.parents]
    return found


def _published(tag: Tag, selector: str) -> str:
    """The date an element prints, or carries in the attribute for machines: the finer one where both say that day."""
    printed, machine = text_of(tag), str(tag.get("datetime") or tag.get("content") or "")
    published, meant = read_date(printed), read_date(machine)
    if published is None or (meant and meant[:10] == published and "T" in meant):
        published, printed = meant, printed or machine
    if published is None:
        raise PageError(
            f'published selector "{selector}" found "{printed[:60]}", expected a date like 16/09/2023 07:12'
        )
    return published


def _byline(printed: list[str], signed: str | None) -> str | None:
    """The template's author line and what the body is signed with, each once."""
    said = [read_byline(_WRITTEN_BY.sub("", text, count=1) if _WRITTEN_BY.match(text) else text) for text in printed]
    names = [name for name in said if name and not _is_account(name)]
    if signed and folded(signed) not in {folded(name) for name in names}:
        names.append(signed)
    return "; ".join(names) or None


def _is_account(name: str) -> bool:
    """Whether a template printed who was signed in ("admin", "bbt_01") instead of who wrote."""
    return _ACCOUNT.fullmatch(name) is not None and (name.islower() or " " in name or name == "Administrator")


def _warnings(text: str) -> tuple[str, ...]:
    """A page that opens html and never closes it may have been cut off on its way."""
    if _ENDED.search(text, max(len(text) - _END, 0)):
        return ()
    lower = text.lower()
    if "<html" in lower and "</html" not in lower and "</body" not in lower:
        return ("the page ends before </body>: it may be incomplete",)
    return ()
