"""CSS selectors for title, date and body of an article in no known layout: guessed, and each tried on the page."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from itertools import islice

import soupsieve
from bs4 import BeautifulSoup
from bs4.element import Tag

from extractors.page.dates import read_date
from extractors.page.tree import select
from extractors.page.words import clean, folded

_DATE_LENGTH = 80
_LEAST_TITLE, _MOST_TITLE, _LEAST_BODY = 12, 400, 120
#: how far above its text a date's element is looked for
_AROUND = 3
_DIGIT = re.compile(r"\d")
#: names that a page makes up anew for every article
_OWN = re.compile(r"\d{2,}|^(?:active|hidden|clearfix|row|col.*|container.*|mt-.*|mb-.*)$", re.I)
_DATE_NAMES = re.compile(r"date|time|ngay|ngày|post", re.I)
_CONTAINERS = ["article", "section", "div", "td", "main"]


def guess(soup: BeautifulSoup) -> dict[str, str]:
    """Selectors by name, those of the three that could be told; each finds one element."""
    title = _title(soup)
    body = _body(soup, title)
    found = {"title": title, "published": _published(soup, title, body), "body": body}
    named = {name: css_of(soup, tag) for name, tag in found.items() if tag is not None}
    return {name: selector for name, selector in named.items() if selector}


def css_of(soup: BeautifulSoup, tag: Tag) -> str | None:
    """The shortest selector that finds this element alone: by its id, its classes, or below an element that has one."""
    return next((selector for selector in _selectors(tag) if select(soup, "", selector, 0, sys.maxsize) == [tag]), None)


def _selectors(tag: Tag) -> Iterator[str]:
    own = [*_names(tag), tag.name]
    yield from own
    parents = [parent for parent in tag.parents if isinstance(parent, Tag) and parent.name != "[document]"]
    for parent in parents[:6]:
        for outer in _names(parent):
            yield from (f"{outer} {inner}" for inner in own)
            yield from (f"{outer} > {inner}" for inner in own)


def _names(tag: Tag) -> list[str]:
    """``#id`` and ``name.class``, without what only this page has."""
    id_ = str(tag.get("id") or "")
    names = [f"#{soupsieve.escape(id_)}"] if id_ and not _OWN.search(id_) else []
    classes = [name for name in tag.get_attribute_list("class") if name and not _OWN.search(name)]
    return names + [f"{tag.name}.{soupsieve.escape(name)}" for name in classes]


def _title(soup: BeautifulSoup) -> Tag | None:
    """A heading that the page's head repeats, the page's only h1, or what else the head mostly consists of."""
    heads = [str(tag.get("content") or "") for tag in soup.select("meta[property='og:title']")]
    heads += [tag.get_text() for tag in soup.select("head > title")]
    wanted = [folded(head) for head in heads]

    def repeated(selector: str, share: float) -> Tag | None:
        for tag in soup.select(selector):
            text = folded(_short(tag, _MOST_TITLE) or "")
            if len(text) >= _LEAST_TITLE and any(text in head and len(text) >= share * len(head) for head in wanted):
                return tag
        return None

    headings = [tag for tag in soup.select("h1") if len(_short(tag, _MOST_TITLE) or "") >= _LEAST_TITLE]
    return (
        repeated("h1", 0)
        or repeated("h2, h3", 0.5)
        or (headings[0] if len(headings) == 1 else None)
        or repeated("[class*='title' i], [class*='tieu' i]", 0.3)
        or repeated("p, td, span, div", 0.5)
    )


def _published(soup: BeautifulSoup, title: Tag | None, body: Tag | None) -> Tag | None:
    """The short text with a date that stands nearest to the title, outside the body; the title's own day is none."""
    order = {id(tag): at for at, tag in enumerate(soup.find_all(True))}
    start = order.get(id(title), 0)
    best: tuple[tuple[bool, bool, int, int], Tag] | None = None
    for tag in _dated(soup):
        if tag is title or tag.name in _SILENT or (body is not None and (tag is body or body in tag.parents)):
            continue
        if title is not None and title in tag.parents:
            continue
        distance = order[id(tag)] - start
        names = " ".join([str(tag.get("id") or ""), *(name or "" for name in tag.get_attribute_list("class"))])
        # behind the title rather than before it, with a name that says so, near, and the innermost
        rank = (distance < 0, not (_DATE_NAMES.search(names) or tag.name == "time"), abs(distance), -order[id(tag)])
        if best is None or rank < best[0]:
            best = rank, tag
    return best[1] if best else None


def _dated(soup: BeautifulSoup) -> Iterator[Tag]:
    """Elements with a short text that holds a date: around the texts with digits, up to three deep; each once."""
    near = [text.parents for text in soup.find_all(string=_DIGIT)]
    tags = [tag for parents in near for tag in islice(parents, _AROUND)] + soup.select("time[datetime]")
    for tag in {id(tag): tag for tag in tags}.values():
        text = _short(tag, _DATE_LENGTH)
        if text is not None and (read_date(text) or read_date(str(tag.get("datetime") or ""))):
            yield tag


def _short(tag: Tag, most: int) -> str | None:
    """An element's text; None, without reading on, for a longer one."""
    pieces, size = [], 0
    for piece in tag.strings:
        pieces.append(piece)
        size += len(piece.strip())
        if size > most:
            return None
    text = clean(" ".join(pieces))
    return text if len(text) <= most else None


_SILENT = ("html", "body", "head", "title", "meta", "script", "style", "option")


def _body(soup: BeautifulSoup, title: Tag | None) -> Tag | None:
    """The element with most text of its own: in its paragraphs, and between its line breaks."""
    best: tuple[int, Tag] | None = None
    for tag in soup.find_all(_CONTAINERS):
        if title is not None and (tag is title or title in tag.parents):
            continue
        own = sum(len(text.strip()) for text in tag.find_all(string=True, recursive=False))
        inside = sum(_text_length(child) for child in tag.find_all(["p", "ul", "ol"], recursive=False))
        if own + inside >= _LEAST_BODY and (best is None or own + inside > best[0]):
            best = own + inside, tag
    return best[1] if best else None


def _text_length(tag: Tag) -> int:
    """Letters that are no link: lists of links are no text."""
    return len(tag.get_text()) - 2 * sum(len(link.get_text()) for link in tag.find_all("a"))
