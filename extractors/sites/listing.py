"""A list page by its selectors: its articles, and the link that goes on."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping

from bs4.element import Tag

from extractors.page.dates import read_date
from extractors.page.errors import PageError
from extractors.page.flow import text_of
from extractors.page.tree import Page, refuse_binary, select
from extractors.page.words import clean
from extractors.sites.links import own_link
from extractors.sites.model import ListItem, ListPage

_ONWARD = frozenset(("sau", "trang sau", "tiếp", "tiếp theo", "xem tiếp", "next", "»", "›", ">"))
_PAGE_NUMBER = re.compile(r"(?:page[-/=]|[?&](?:p|page|trang)=)(\d+)", re.I)


def read_listing(body: bytes, text: str, selectors: Mapping[str, str], *, url: str, home: str) -> ListPage:
    """The list page at ``url`` of the portal at ``home``; ``PageError`` where it names no article."""
    refuse_binary(body, text)
    soup = Page(text).whole()
    base_tag = soup.find("base", href=True)
    base = own_link(url, base_tag.get("href"), home) if isinstance(base_tag, Tag) else None
    items: dict[str, ListItem] = {}
    matched = select(soup, "list_item", selectors["list_item"], 0, sys.maxsize)
    # the pager is read first: items give up their dates below
    onward = _next_url(select(soup, "list_next", selectors["list_next"], 0, sys.maxsize), base or url, url, home)
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
    return ListPage(tuple(items.values()), onward)


def _items(tag: Tag, selectors: Mapping[str, str], base: str, home: str) -> list[ListItem]:
    """The articles that one element names: each link with its own address, the date beside them."""
    published = None
    for dated in tag.select(selectors.get("list_date") or ":not(*)"):
        published = published or read_date(text_of(dated))
        dated.extract()
    links = [tag] if tag.name == "a" else tag.select(selectors.get("list_link") or "a")
    items = []
    for link in links:
        url = own_link(base, link.get("href"), home)
        if url:
            title = text_of(link) or clean(str(link.get("title") or ""))
            items.append(ListItem(url, title or None, published))
    return items


def _next_url(links: list[Tag], base: str, url: str, home: str) -> str | None:
    """The page after this one: rel=next, a link that says so, or the number after the current one."""
    usable = [(link, target) for link in links if (target := own_link(base, link.get("href"), home)) and target != url]
    for link, target in usable:
        if "next" in link.get_attribute_list("rel"):
            return target
    for link, target in usable:
        if _label(link) in _ONWARD:
            return target
    current = next((_label(link) for link in links if _is_current(link)), None)
    if current is None:
        match = _PAGE_NUMBER.search(url)
        current = match[1] if match else "1"
    if current.isdecimal():
        return next((target for link, target in usable if _label(link) == str(int(current) + 1)), None)
    return None


def _is_current(link: Tag) -> bool:
    return any("active" in tag.get_attribute_list("class") for tag in (link, link.parent) if tag is not None)


def _label(link: Tag) -> str:
    """What a pager's link says, without the bars and arrows around it; a picture by its alternative text."""
    text = text_of(link)
    if not text:
        picture = link.find("img", alt=True)
        text = clean(str(picture.get("alt"))) if isinstance(picture, Tag) else ""
    return text.strip(" |").lower()
