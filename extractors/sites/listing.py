"""A list page by its selectors: its articles, and the link that goes on."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator, Mapping

from bs4.element import Tag

from extractors.page.dates import read_date
from extractors.page.errors import PageError
from extractors.page.flow import text_of
from extractors.page.tree import Page, refuse_binary, select
from extractors.page.words import clean
from extractors.sites.links import own_link
from extractors.sites.model import Form, ListItem, ListPage
from extractors.sites.postback import PostBack, form_of, read_postback

#: a pager's link to the page after this one, without bars and arrows around the words
_ONWARD = frozenset((
    "sau", "trang sau", "tiếp", "trang tiếp", "tiếp theo", "trang tiếp theo", "kế tiếp", "trang kế", "xem tiếp",
    "xem thêm",
    "cũ hơn", "tin cũ hơn", "bài cũ hơn", "các bài cũ hơn", "bài viết cũ hơn", "next", "next page", "older",
    "older posts", "older entries", "»", "›", ">", "→",
))  # fmt: skip
_EDGES = " |[]<>«»‹›←→"
_PAGE_NUMBER = re.compile(r"(?:/page(?:id)?[-/]|[?&](?:[\w.-]*_cur|p|page|trang|pageid|pageindex)=)(\d{1,6})", re.I)
_CURRENT = frozenset(("active", "current", "selected", "page-current"))


def read_listing(
    body: bytes, text: str, selectors: Mapping[str, str], *, url: str, home: str, number: int = 1
) -> ListPage:
    """The list page at ``url`` of the portal at ``home``; ``PageError`` where it names no article.

    ``number`` is which page of its list this is, for pagers that do not show it.
    """
    refuse_binary(body, text)
    soup = Page(text).whole()
    base_tag = soup.find("base", href=True)
    base = own_link(url, base_tag.get("href"), home) if isinstance(base_tag, Tag) else None
    items: dict[str, ListItem] = {}
    matched = select(soup, "list_item", selectors["list_item"], 0, sys.maxsize)
    # the pager is read first: items give up their dates below
    pager = select(soup, "list_next", selectors["list_next"], 0, sys.maxsize) if selectors.get("list_next") else []
    next_url, next_form = _onward(pager, base or url, url, home, number)
    for tag in matched:
        for item in _items(tag, selectors, base or url, home):
            known = items.get(item.url)
            if known is None or (known.title is None and item.title):
                items[item.url] = item
    if not items:
        raise PageError(
            f'the list page is empty: list_item selector "{selectors["list_item"]}" matched {len(matched)} elements, '
            f"none with a link to {home}, expected at least 1"
        )
    return ListPage(tuple(items.values()), next_url, next_form)


def _items(tag: Tag, selectors: Mapping[str, str], base: str, home: str) -> list[ListItem]:
    """The articles that one element names: each link with its own address, the date beside them."""
    published = None
    for dated in tag.select(selectors.get("list_date") or ":not(*)"):
        published = published or read_date(text_of(dated)) or read_date(str(dated.get("datetime") or ""))
        dated.extract()
    links = [tag] if tag.name == "a" else tag.select(selectors.get("list_link") or "a")
    items = []
    for link in links:
        url = own_link(base, link.get("href"), home)
        if url:
            title = text_of(link) or clean(str(link.get("title") or ""))
            items.append(ListItem(url, title or None, published))
    return items


def _onward(links: list[Tag], base: str, url: str, home: str, number: int) -> tuple[str | None, Form | None]:
    """The page after this one: rel=next, a link that says so, or the number after the current one."""
    usable: list[tuple[Tag, str | PostBack]] = []
    for link in links:
        target = own_link(base, link.get("href"), home)
        pressed = None if target else read_postback(link.get("href"))
        if target and target != url:
            usable.append((link, target))
        elif pressed:
            usable.append((link, pressed))
    for link, found in _likely(links, usable, url, number):
        if isinstance(found, str):
            return found, None
        form = form_of(link, found, base=base, url=url, home=home)
        if form:
            return None, form
    return None, None


def _likely(
    links: list[Tag], usable: list[tuple[Tag, str | PostBack]], url: str, number: int
) -> Iterator[tuple[Tag, str | PostBack]]:
    """Of a pager's links those that go on, the surest first."""
    yield from (pair for pair in usable if "next" in pair[0].get_attribute_list("rel"))
    yield from (pair for pair in usable if _label(pair[0]) in _ONWARD)
    current = next((_label(link) for link in links if _is_current(link)), None)
    if current is None:
        match = _PAGE_NUMBER.search(url)
        current = match[1] if match else str(number)
    if current.isascii() and current.isdecimal():
        wanted = str(int(current) + 1)
        yield from (pair for pair in usable if _label(pair[0]) == wanted)
        # "..." leads to the next ten pages
        yield from (pair for pair in usable if isinstance(pair[1], PostBack) and pair[1].argument == f"Page${wanted}")


def _is_current(link: Tag) -> bool:
    """Whether a pager marks this number as the page that is shown: by class, or as the only one that is no link."""
    if any(_CURRENT.intersection(tag.get_attribute_list("class")) for tag in (link, link.parent) if tag is not None):
        return True
    return (link.get("aria-current") or "false") != "false" or (link.name == "span" and _label(link).isdecimal())


def _label(link: Tag) -> str:
    """What a pager's link says, without the bars and arrows around it; a picture by its alternative text."""
    text = text_of(link)
    if not text:
        picture = link.find("img", alt=True)
        alternative = picture.get("alt") if isinstance(picture, Tag) else None
        text = clean(str(alternative or link.get("aria-label") or link.get("title") or ""))
    return text.strip(_EDGES).lower() or text.strip(" |")
