"""robots.txt, read by protego, asked once a host and run.

Missing allows everything; a server that fails or cannot be reached allows nothing (RFC 9309, 2.3.1).
"""

from __future__ import annotations

from urllib.parse import urlsplit

from protego import Protego

from flows.about import AGENT
from flows.net.addresses import endpoint
from flows.net.errors import FetchError, HttpStatus, RobotsRefused
from flows.net.session import Session
from schemas.captures import Capture

#: bytes that are read; RFC 9309 asks for at least 500 KiB
_SIZE = 512 * 1024
#: a longer Crawl-delay than this is cut: it would be a way of saying Disallow, and there is a word for that
_LONGEST_DELAY = 60.0


class Robots:
    """The rules of every host that one session asks."""

    def __init__(self, session: Session, delay: float = 0.0) -> None:
        self._session = session
        self._delay = delay
        self._rules: dict[str, Protego | FetchError] = {}

    def check(self, url: str) -> None:
        """Return when ``url`` may be asked, else raise RobotsRefused. Sets the host's pace on the first call."""
        rules = self._for(url)
        if isinstance(rules, FetchError):
            raise RobotsRefused(url, f"robots.txt could not be read ({rules.found})", "the next run asks again")
        if not rules.can_fetch(url, AGENT):
            raise RobotsRefused(url, "robots.txt does not allow it", "ask the portal's owner, or leave it")

    def sitemaps(self, url: str) -> list[str]:
        """The sitemaps that the host's robots.txt names."""
        rules = self._for(url)
        return [] if isinstance(rules, FetchError) else list(rules.sitemaps)

    def _for(self, url: str) -> Protego | FetchError:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            host = endpoint(url)[0]
            self._session.pace.slow_to(host, self._delay)
            rules = self._rules[origin] = self._read(f"{origin}/robots.txt")
            if isinstance(rules, Protego):
                asked = rules.crawl_delay(AGENT) or 0.0
                self._session.pace.slow_to(host, min(float(asked), _LONGEST_DELAY))
        return self._rules[origin]

    def _read(self, url: str) -> Protego | FetchError:
        try:
            answer = self._session.fetch(url, any_site=True, keep=_SIZE)
        except HttpStatus as error:
            return error if error.retry else Protego.parse("")
        except FetchError as error:
            return error
        assert isinstance(answer, Capture)  # no condition was sent
        return Protego.parse(answer.body.decode("utf-8-sig", "replace"))
