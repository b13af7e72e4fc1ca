"""One page by its address or from a file, to be looked at: asked politely, kept nowhere."""

from __future__ import annotations

import errno
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType

from protego import Protego

from extractors.sites.ways import home_of
from flows.gather import Gatherer, Visit
from flows.net.addresses import checked_url, endpoint, site
from flows.net.pace import Pace
from flows.times import local_time
from schemas.sources import Source

#: seconds between requests to a host that no portal's file speaks of
DELAY = 2.0
_LARGEST = 25 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class OnePage:
    """A page's bytes with what is known of where they came from; ``day`` is when it was asked for."""

    body: bytes
    url: str | None
    content_type: str | None = None
    day: date | None = None


def is_address(what: str) -> bool:
    """Whether this is to be asked for; a file's name is not."""
    return what.lower().startswith(("http://", "https://"))


def from_file(path: Path, url: str | None = None) -> OnePage:
    """A saved page; ``url`` is where it came from, as far as somebody knows. Raises OSError."""
    if not path.exists():
        raise FileNotFoundError(errno.ENOENT, "No such file (an address begins with https:// or http://)", str(path))
    with path.open("rb") as file:
        return OnePage(file.read(_LARGEST), url)


def stranger(url: str, *, family: str = "microdata", private: bool = False) -> Source:
    """A source for a portal without a file, so that it is asked with the same manners. Raises FetchError for no URL."""
    checked = checked_url(url)
    host, port = endpoint(checked)
    return Source.model_validate(
        {
            "code": "new",
            "name": host,
            "url": home_of(checked),
            "area": "?",
            "family": family,
            "delay": DELAY,
            "allow_private": [f"{host}:{port}"] if private else [],
        }
    )


def source_for(url: str, sources: dict[str, Source]) -> Source | None:
    """The described portal that an address belongs to."""
    return next((source for source in sources.values() if site(str(source.url)) == site(url)), None)


class Looker:
    """Asks for pages of one source; robots.txt, address guard and pace are those of every run. A context manager."""

    def __init__(self, source: Source) -> None:
        self._visit = Visit(source, Pace())
        self._gatherer = Gatherer(self._visit, None)

    def __enter__(self) -> Looker:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._visit.close()

    def get(self, url: str) -> OnePage:
        """The page behind an address. Raises FetchError."""
        capture = self._gatherer.get(url, "page").capture
        assert capture is not None  # nothing is known here, so nothing can be unchanged
        return OnePage(capture.body, capture.url, capture.header("Content-Type"), local_time(datetime.now(UTC)).date())

    def sitemaps(self) -> list[str]:
        """The sitemaps that robots.txt named, of the hosts that were asked."""
        rules = [found for found in self._visit.rules.values() if isinstance(found, Protego)]
        return [str(sitemap) for found in rules for sitemap in found.sitemaps]
