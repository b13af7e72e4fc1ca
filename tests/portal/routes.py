"""What each of the two portals answers to a path: plain functions, so that tests can ask without a socket."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass, field
from datetime import datetime
from math import ceil
from types import ModuleType
from urllib.parse import parse_qs, urlsplit

from tests.portal import nukeviet, sharepoint, syndication
from tests.portal.bulletins import Bulletin, State, load

PAGE_LENGTH = 8
HTML = "text/html; charset=utf-8"
XML = "application/xml; charset=utf-8"
FEED = "application/rss+xml; charset=utf-8"
TEXT = "text/plain; charset=utf-8"


@dataclass(frozen=True)
class Reply:
    """An answer before conditional requests and compression are looked at."""

    body: bytes
    type: str = HTML
    status: int = 200
    modified: datetime | None = None
    headers: dict[str, str] = field(default_factory=dict)


def page(status: int, message: str) -> Reply:
    """A small page that says what went wrong, or where the page went."""
    return Reply(f"<html><body><h1>{status}</h1><p>{message}</p></body></html>".encode(), status=status)


class Site(ABC):
    """One portal: its bulletins, its paths, and the state that the planted events are in."""

    code: str
    name: str
    template: ModuleType
    feed: str

    def __init__(self) -> None:
        self.root = ""
        self.state: State = "before"
        #: slugs that are not published yet
        self.hidden: set[str] = set()
        #: whether view counters move with every request
        self.counting = False
        self._views: dict[str, int] = {}

    @property
    def published(self) -> list[Bulletin]:
        """What the portal has ever shown, newest first: also what is gone now."""
        return [item.at(self.state) for item in load() if item.portal == self.code and item.slug not in self.hidden]

    @property
    def shown(self) -> list[Bulletin]:
        """What it shows now, newest first."""
        return [item for item in self.published if not self.is_gone(item)]

    def listed(self, name: str | None = None) -> list[Bulletin]:
        """What stands in the list ``name`` (in any list without it) now, newest first."""
        return [item for item in self.shown if (name in item.lists if name else item.lists)]

    def is_gone(self, bulletin: Bulletin) -> bool:
        """Whether it has disappeared in the present state."""
        return self.state == "after" and bulletin.gone is not None

    def url(self, bulletin: Bulletin) -> str:
        """Path (and query) of the bulletin's page."""
        made: str = self.template.url(bulletin)
        return made

    def answer(self, target: str) -> Reply:
        """The reply to a path with its query; 404 where there is nothing."""
        parts = urlsplit(target)
        if parts.path == "/robots.txt":
            return Reply(self.robots(), TEXT)
        if parts.path in ("/", "/Pages/default.aspx"):
            return Reply(self.template.home(self.listed()[:PAGE_LENGTH]))
        if target == self.template.DISALLOWED:
            return Reply(self.template.internal())
        if target == self.feed:
            return Reply(syndication.rss(self.name, self.root, self.listed(), self.url), FEED)
        by_url = {self.url(item): item for item in self.published}
        if target in by_url:
            return self.detail(by_url[target])
        return self.other(parts.path, {key: values[-1] for key, values in parse_qs(parts.query).items()})

    def detail(self, bulletin: Bulletin) -> Reply:
        """A bulletin's page, or its gravestone."""
        if self.is_gone(bulletin):
            return page(bulletin.gone or 404, "Bài viết không tồn tại hoặc đã bị gỡ bỏ.")
        everything = self.published
        at = everything.index(bulletin)
        related = [item for slug in bulletin.related for item in everything if item.slug == slug]
        views = bulletin.views
        if self.counting:
            self._views[bulletin.slug] = self._views.get(bulletin.slug, views) + 1
            views = self._views[bulletin.slug]
        content = self.template.detail(bulletin, everything[at + 1 : at + 6], related, views)
        kind = f"text/html; charset={bulletin.charset}"
        modified = None if self.counting else bulletin.last_modified(self.state)
        return Reply(content, kind, modified=modified)

    @abstractmethod
    def robots(self) -> bytes:
        """The portal's robots.txt."""

    @abstractmethod
    def other(self, path: str, query: dict[str, str]) -> Reply:
        """Lists and sitemaps."""


class District(Site):
    """The quận: NukeViet-like, numbered list pages."""

    code = "quan"
    name = "Cổng thông tin điện tử quận Hải Lĩnh"
    template = nukeviet
    feed = "/tin-tuc/rss/"

    def robots(self) -> bytes:
        """Forbids what is internal."""
        return syndication.robots("/noi-bo/", f"{self.root}/sitemap.xml")

    def other(self, path: str, query: dict[str, str]) -> Reply:
        """Sitemaps, ``/tin-tuc/`` and ``/tin-tuc/page-2/``; without the last slash a redirect."""
        if path == "/sitemap.xml":
            return Reply(
                syndication.sitemap_index([f"{self.root}/sitemap-vi.xml", f"{self.root}/sitemap-vi.news.xml"]), XML
            )
        if path == "/sitemap-vi.xml":
            pages = ["/", nukeviet.DISALLOWED, *(f"/{category}/" for category in nukeviet.CATEGORIES)]
            return Reply(syndication.sitemap((self.root + path, None) for path in pages), XML)
        if path == "/sitemap-vi.news.xml":
            return Reply(syndication.news_sitemap(self.root, self.name, self.shown, self.url, self.state), XML)
        category, _, rest = path.strip("/").partition("/")
        if category not in nukeviet.CATEGORIES:
            return page(404, "Không tìm thấy trang.")
        if not path.endswith("/"):
            return Reply(b"", status=301, headers={"Location": f"{path}/"})
        items = self.listed(category)
        last = ceil(len(items) / PAGE_LENGTH)
        number = rest.removeprefix("page-") if rest.startswith("page-") else "1" if not rest else ""
        if not number.isdecimal() or not 1 <= int(number) <= last:
            return page(404, "Không tìm thấy trang.")
        shown = items[(int(number) - 1) * PAGE_LENGTH : int(number) * PAGE_LENGTH]
        return Reply(nukeviet.listing(category, shown, int(number), last))


class Ward(Site):
    """The phường: SharePoint-like, lists by a date cursor."""

    code = "phuong"
    name = "Trang thông tin điện tử phường Lạch Sen"
    template = sharepoint
    feed = "/_layouts/listfeed.aspx?List=Posts"

    def robots(self) -> bytes:
        """Forbids what is internal."""
        return syndication.robots("/NoiBo/", f"{self.root}/sitemap.xml")

    def other(self, path: str, query: dict[str, str]) -> Reply:
        """The sitemap, and lists: what is older than the cursor ``PublishedDate``."""
        if path == "/sitemap.xml":
            pages = [(self.root + self.url(item), item.last_modified(self.state)) for item in self.shown]
            return Reply(syndication.sitemap([*pages, (self.root + sharepoint.DISALLOWED, None)]), XML)
        category = query.get("CategoryId", "")
        if path != f"{sharepoint.POSTS}/AllPosts.aspx" or category not in sharepoint.CATEGORIES:
            return page(404, "Không tìm thấy trang.")
        before = query.get("PublishedDate", "9999")
        items = [item for item in self.listed(category) if sharepoint.cursor(item.published) < before]
        shown, older = items[:PAGE_LENGTH], items[PAGE_LENGTH:]
        more = sharepoint.cursor(shown[-1].published) if older else None
        return Reply(sharepoint.listing(category, shown, older[:5], more))
