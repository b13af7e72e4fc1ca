"""Which portal a page belongs to: the one whose address it has, by its description that held when it was captured."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from extractors.sites import family
from flows.sources import FILES
from schemas.sources import Source

Host = tuple[str, int]


class Portals:
    """The portals there are. ``always`` is the source that everything is to belong to, if one was named."""

    def __init__(self, sources: Mapping[str, Source], always: Source | None = None) -> None:
        self._always = always
        self._by_host: dict[Host, list[Source]] = {}
        for source in sources.values():
            here = host_of(str(source.url))
            others = [host_of(f"{urlsplit(str(source.url)).scheme}://{name}") for name in source.hosts]
            for host in dict.fromkeys([here, *others]):
                if host is not None:
                    self._by_host.setdefault(host, []).append(source)

    def of(self, url: str, day: date) -> Source | None:
        """The source of a page captured on a day; None where no portal has its host.

        Of several portals on one host the description that held on the day goes first, then the longer path.
        """
        if self._always is not None:
            return self._always
        if url.startswith("file:"):
            return FILES
        host = host_of(url)
        candidates = self._by_host.get(host, []) if host else []
        return max(candidates, key=lambda source: (_held(source, day), _within(source, url)), default=None)


def host_of(url: str) -> Host | None:
    """Host without "www." and port; None where an address has none.

    >>> host_of("http://WWW.causay.example/tin"), host_of("https://causay.example:443/")
    (('causay.example', 80), ('causay.example', 80))
    """
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        return None
    if not parts.hostname:
        return None
    return parts.hostname.removeprefix("www."), 80 if port in (None, 80, 443) else int(port or 80)


def kind_of(source: Source, url: str) -> str:
    """ "page" for what may be an article, "list" for what a portal's software or file says is none."""
    if source.code == FILES.code:
        return "page"
    parts = urlsplit(url)
    here, asked = parts.path.rstrip("/"), set(parse_qsl(parts.query))
    for at in (str(source.url), *source.lists.values()):
        one = urlsplit(at)
        wanted = set(parse_qsl(one.query))
        if here == one.path.rstrip("/") and (wanted <= asked if wanted else not asked):
            return "list"
    return "page" if family(source.family).is_article_url(url) else "list"


def _held(source: Source, day: date) -> bool:
    first, last = source.valid
    return (first is None or first <= day) and (last is None or day <= last)


def _within(source: Source, url: str) -> int:
    """How much of a page's path is the portal's own."""
    path = urlsplit(str(source.url)).path
    return len(path) if urlsplit(url).path.startswith(path) else 0
