"""Ways to a portal's articles that one of its pages names: feeds, sitemaps, and the lists that the article is in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit, urlunsplit

from bs4 import BeautifulSoup
from bs4.element import Tag

from extractors.page.tree import Page
from extractors.page.words import clean
from extractors.sites.links import absolute, own_link, same_site

_MOST = 3
_FEED_TYPE = re.compile(r"application/(?:rss|atom)\+xml", re.I)
_FEED_PATH = re.compile(r"(?:^|[/.?=&_-])(?:rss|atom|feed)(?:[/.?=&]|$)", re.I)
_COMMENTS = re.compile(r"comment|binh-luan", re.I)
_TRAILS = (
    ".breadcrumb a, .breadcrumbs a, [class*='breadcrumb' i] a, [itemtype$='BreadcrumbList'] a, [itemprop='item'],"
    " [rel~='category'], .category a, [itemprop='articleSection']"
)


@dataclass(frozen=True, slots=True)
class Ways:
    """Addresses, absolute, the likeliest first. They were not looked at."""

    lists: tuple[str, ...]
    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]


def ways_of(soup: BeautifulSoup, url: str, *, is_list: bool, sitemaps: Sequence[str] = ()) -> Ways:
    """What the page at ``url`` names; ``sitemaps`` are those that somebody else named."""
    maps = [found for found in sitemaps if same_site(found, url)]
    maps += _links(soup, "link[rel~='sitemap'], a[href*='sitemap' i][href$='.xml']", url)
    lists = [url] if is_list else [*reversed(_links(soup, _TRAILS, url)), *_above(url)]
    return Ways(_few(lists, url), _few(_feeds(soup, url), url), _few(maps, url))


def home_of(url: str) -> str:
    """The portal's front page."""
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc, "/", "", ""))


def name_of(soup: BeautifulSoup, url: str) -> str:
    """What the portal calls itself; its host where it does not say."""
    site = soup.select_one("meta[property='og:site_name']")
    if site is not None and clean(str(site.get("content") or "")):
        return clean(str(site["content"]))
    title = soup.select_one("head > title")
    parts = re.split(r"\s[|–—-]\s", clean(title.get_text())) if title is not None else []
    return parts[-1] if len(parts) > 1 and parts[-1] else urlsplit(url).hostname or url


def _feeds(soup: BeautifulSoup, url: str) -> list[str]:
    alternates = [
        link
        for link in soup.select("link[rel~='alternate'][href]")
        if _FEED_TYPE.search(str(link.get("type") or "")) and not _COMMENTS.search(str(link["href"]))
    ]
    anchors = [link for link in soup.select("a[href]") if _FEED_PATH.search(urlsplit(_joined(url, link)).path)]
    return [found for link in [*alternates, *anchors] if (found := own_link(url, link["href"], url))]


def _joined(url: str, link: Tag) -> str:
    return own_link(url, link.get("href"), url) or ""


def _links(soup: BeautifulSoup, selector: str, url: str) -> list[str]:
    return [found for link in soup.select(selector) if (found := own_link(url, link.get("href"), url))]


def _above(url: str) -> list[str]:
    """The folder that an article's address lies in."""
    folder = urljoin(url, "." if not urlsplit(url).path.endswith("/") else "..")
    return [folder] if urlsplit(folder).path not in ("", "/") else []


def _few(found: list[str], url: str) -> tuple[str, ...]:
    """Each once, without the front page."""
    front = home_of(url)
    return tuple(dict.fromkeys(one for one in found if one.rstrip("/") != front.rstrip("/")))[:_MOST]


def address_of(text: str) -> str | None:
    """Where a saved page says that it came from."""
    root = Page(text).root
    said = ("//link[@rel='canonical']/@href", "//meta[@property='og:url']/@content", "//base/@href")
    addresses = (absolute("", str(value)) for path in said for value in root.xpath(path))
    return next((address for address in addresses if address), None)
