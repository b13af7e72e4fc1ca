"""RSS, sitemaps and robots.txt of the sample portal."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from email.utils import format_datetime
from xml.sax.saxutils import escape

from tests.portal.bulletins import Bulletin, State

FEED_LENGTH = 30
CRAWL_DELAY = 0.05

_DECLARATION = '<?xml version="1.0" encoding="utf-8"?>\n'
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"


def rss(title: str, root: str, items: Sequence[Bulletin], url: Callable[[Bulletin], str]) -> bytes:
    """The newest ``FEED_LENGTH`` of ``items``, each with link, date and lead."""
    entries = "".join(
        f"<item><title>{escape(item.title)}</title><link>{escape(root + url(item))}</link>"
        f'<guid isPermaLink="false">{item.portal}_{item.number}</guid>'
        f"<description>{escape(escape(item.lead))}</description>"
        f"<pubDate>{format_datetime(item.published)}</pubDate></item>\n"
        for item in items[:FEED_LENGTH]
    )
    return (
        f'{_DECLARATION}<rss version="2.0"><channel><title>{escape(title)}</title><link>{escape(root)}/</link>'
        f"<description>{escape(title)}</description><language>vi</language>\n{entries}</channel></rss>\n"
    ).encode()


def sitemap_index(locations: Iterable[str]) -> bytes:
    """A sitemap of sitemaps."""
    entries = "".join(f"<sitemap><loc>{escape(location)}</loc></sitemap>\n" for location in locations)
    return f'{_DECLARATION}<sitemapindex xmlns="{_SITEMAP}">\n{entries}</sitemapindex>\n'.encode()


def sitemap(locations: Iterable[tuple[str, datetime | None]]) -> bytes:
    """A sitemap of pages with the day of their last change where there is one."""
    entries = "".join(
        f"<url><loc>{escape(location)}</loc>"
        + (f"<lastmod>{changed.isoformat()}</lastmod>" if changed else "")
        + "</url>\n"
        for location, changed in locations
    )
    return f'{_DECLARATION}<urlset xmlns="{_SITEMAP}">\n{entries}</urlset>\n'.encode()


def news_sitemap(
    root: str, name: str, items: Iterable[Bulletin], url: Callable[[Bulletin], str], state: State
) -> bytes:
    """A news sitemap: location, last change, and the news fields with title and date."""
    entries = "".join(
        f"<url><loc>{escape(root + url(item))}</loc><lastmod>{item.last_modified(state).isoformat()}</lastmod>"
        f"<news:news><news:publication><news:name>{escape(name)}</news:name><news:language>vi</news:language>"
        f"</news:publication><news:publication_date>{item.published.isoformat()}</news:publication_date>"
        f"<news:title>{escape(item.title)}</news:title></news:news></url>\n"
        for item in items
    )
    return (
        f'{_DECLARATION}<urlset xmlns="{_SITEMAP}" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">\n'
        f"{entries}</urlset>\n"
    ).encode()


def robots(disallowed: str, sitemap_location: str) -> bytes:
    """A robots.txt that forbids one path and asks for a small delay."""
    return (
        f"User-agent: *\nDisallow: {disallowed}\nCrawl-delay: {CRAWL_DELAY}\n\nSitemap: {sitemap_location}\n"
    ).encode()
