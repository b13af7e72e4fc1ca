"""Feeds and sitemaps: which articles a portal says there are."""

from __future__ import annotations

import io
import zlib
from calendar import timegm
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from xml.parsers import expat

from extractors.page.dates import read_date, to_hanoi
from extractors.page.errors import PageError
from extractors.page.words import clean
from extractors.sites.links import own_link
from extractors.sites.model import ListItem

MAX_BYTES = 50 * 1024 * 1024
MAX_ENTRIES = 50_000  # with MAX_BYTES the limits of the sitemap protocol
MAX_DEPTH = 16
_MAX_TEXT = 4096
_GZIP = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class Sitemap:
    """Pages that a sitemap names, and the sitemaps that an index names."""

    items: tuple[ListItem, ...]
    children: tuple[str, ...]


def read_feed(body: bytes, url: str) -> tuple[ListItem, ...]:
    """The entries of an RSS or Atom feed that lead to the feed's own host; ``PageError`` where there is none."""
    import feedparser

    place = f"feed: {url}"
    if len(body) > MAX_BYTES:
        raise PageError(f"the feed has {len(body)} bytes, expected at most {MAX_BYTES}", place=place)
    if b"<!ENTITY" in body:
        raise PageError("the feed declares entities, expected none", place=place)
    # a stream: feedparser opens bytes and strings as a file's name or an address when it can
    feed = feedparser.parse(io.BytesIO(body), response_headers={"content-location": url})
    items: dict[str, ListItem] = {}
    for entry in feed.entries:
        link = own_link(url, entry.get("link"), url)
        if link:
            title = clean(_plain(entry.get("title") or ""))
            items.setdefault(
                link, ListItem(link, title or None, _moment(entry, "published"), _moment(entry, "updated"))
            )
    if not items:
        reason = f" ({feed.bozo_exception})" if feed.get("bozo") else ""
        raise PageError(
            f"the feed is empty: {len(feed.entries)} entries, none with a link to its own host, expected 1{reason}",
            place=place,
        )
    return tuple(items.values())


def _plain(title: str) -> str:
    """A feed's title may hold markup; feedparser has taken out what is harmful."""
    if "<" not in title:
        return title
    from bs4 import BeautifulSoup

    return BeautifulSoup(title, "lxml").get_text(" ")


def _moment(entry: Any, name: str) -> str | None:
    """A date that feedparser understood (it gives UTC), else one in the portals' own spellings."""
    if name not in entry:  # feedparser answers for "updated" with "published", but warns
        return None
    parsed = entry.get(f"{name}_parsed")
    return to_hanoi(datetime.fromtimestamp(timegm(parsed), UTC)) if parsed else read_date(entry.get(name) or "")


def read_sitemap(body: bytes, url: str) -> Sitemap:
    """A sitemap, a news sitemap or a sitemap index; addresses of other hosts are left out.

    It may be packed (sitemap.xml.gz). Refused: a DOCTYPE (entities), more than ``MAX_BYTES``, ``MAX_ENTRIES`` entries
    or ``MAX_DEPTH`` levels.
    """
    place = f"sitemap: {url}"
    if body.startswith(_GZIP):
        body = _unpacked(body, place)
    if len(body) > MAX_BYTES:
        raise PageError(f"the sitemap has {len(body)} bytes, expected at most {MAX_BYTES}", place=place)
    reader = _SitemapReader()
    try:
        reader.parser.Parse(body.lstrip(), True)
    except (expat.ExpatError, LookupError, ValueError) as error:  # the latter two for an odd encoding
        raise PageError(f"the sitemap is no XML ({error})", place=place) from error
    except PageError as error:
        raise error.within(place=place) from error
    if reader.root not in ("urlset", "sitemapindex"):
        raise PageError(f"found the element <{reader.root}>, expected <urlset> or <sitemapindex>", place=place)
    items = {item.url: item for entry in reader.pages if (item := _item(entry, url))}
    children = [own_link(url, entry.get("loc"), url) for entry in reader.sitemaps]
    return Sitemap(tuple(items.values()), tuple(dict.fromkeys(child for child in children if child)))


def _unpacked(body: bytes, place: str) -> bytes:
    """A sitemap.xml.gz; one byte more than the limit is enough to know."""
    unpacker = zlib.decompressobj(wbits=31)
    try:
        found = unpacker.decompress(body, MAX_BYTES + 1)
    except zlib.error as error:
        raise PageError(f"the sitemap is no gzip ({error})", place=place) from error
    return found


def _item(entry: dict[str, str], url: str) -> ListItem | None:
    link = own_link(url, entry.get("loc"), url)
    if link is None:
        return None
    return ListItem(
        link,
        clean(entry.get("title", "")) or None,
        read_date(entry.get("publication_date", "")),
        read_date(entry.get("lastmod", "")),
    )


class _SitemapReader:
    """Entries as dictionaries of their fields' local names: loc, lastmod, and of the news fields date and title."""

    _FIELDS = frozenset(("loc", "lastmod", "publication_date", "title"))

    def __init__(self) -> None:
        self.root = ""
        self.pages: list[dict[str, str]] = []
        self.sitemaps: list[dict[str, str]] = []
        self._path: list[str] = []
        self._text = ""
        self.parser = expat.ParserCreate(namespace_separator=" ")
        self.parser.buffer_text = True
        self.parser.StartDoctypeDeclHandler = self._doctype
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._characters

    def _doctype(self, *_: object) -> None:
        raise PageError("the sitemap has a DOCTYPE, expected none")

    def _start(self, name: str, _: dict[str, str]) -> None:
        local = name.rpartition(" ")[2]
        self._path.append(local)
        self._text = ""
        if len(self._path) == 1:
            self.root = local
        elif len(self._path) > MAX_DEPTH:
            raise PageError(f"the sitemap is more than {MAX_DEPTH} levels deep")
        elif len(self._path) == 2 and local in ("url", "sitemap"):
            if len(self.pages) + len(self.sitemaps) >= MAX_ENTRIES:
                raise PageError(f"the sitemap has more than {MAX_ENTRIES} entries")
            (self.pages if local == "url" else self.sitemaps).append({})

    def _end(self, _: str) -> None:
        local = self._path.pop()
        # below <image:image> there are a loc and a title, too
        if local in self._FIELDS and self._path[1:] in (["url"], ["sitemap"], ["url", "news"]):
            (self.pages if self._path[1] == "url" else self.sitemaps)[-1][local] = self._text.strip()[: _MAX_TEXT + 1]
        self._text = ""

    def _characters(self, data: str) -> None:
        if len(self._text) < _MAX_TEXT:
            self._text += data
