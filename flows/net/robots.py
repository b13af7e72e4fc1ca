"""robots.txt, read by protego, asked once a host and run.

Missing allows everything; a server that fails or cannot be reached allows nothing (RFC 9309, 2.3.1).
"""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlsplit

from protego import Protego

from flows.about import AGENT
from flows.net.addresses import endpoint
from flows.net.errors import FetchError, HttpStatus, RobotsRefused
from flows.net.pace import Pace
from flows.net.session import Session
from schemas.captures import Capture

#: bytes that are read; RFC 9309 asks for at least 500 KiB
_SIZE = 512 * 1024
#: a longer Crawl-delay than this is cut: it would be a way of saying Disallow, and there is a word for that
_LONGEST_DELAY = 60.0


Rules = dict[str, Protego | FetchError]


class Robots:
    """The rules of the hosts that one source asks.

    ``read`` brings the body of a robots.txt or raises FetchError; ``rules`` is where answers are kept, by origin.
    """

    def __init__(
        self, read: Callable[[str], bytes], pace: Pace, delay: float = 0.0, rules: Rules | None = None
    ) -> None:
        self._fetch = read
        self._pace = pace
        self._delay = delay
        self._rules: Rules = {} if rules is None else rules

    def check(self, url: str) -> None:
        """Return when ``url`` may be asked, else raise RobotsRefused. Sets the host's pace on the first call."""
        rules = self._for(url)
        if isinstance(rules, FetchError):
            raise RobotsRefused(
                url, f"robots.txt could not be read ({rules.found})", "the next run asks again", passing=True
            )
        if not rules.can_fetch(url, AGENT):
            raise RobotsRefused(url, "robots.txt does not allow it", "ask the portal's owner, or leave it")

    def _for(self, url: str) -> Protego | FetchError:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._rules:
            host = endpoint(url)[0]
            self._pace.slow_to(host, self._delay)
            rules = self._rules[origin] = self._read(f"{origin}/robots.txt")
            if isinstance(rules, Protego):
                asked = rules.crawl_delay(AGENT) or 0.0
                self._pace.slow_to(host, min(float(asked), _LONGEST_DELAY))
        return self._rules[origin]

    def _read(self, url: str) -> Protego | FetchError:
        try:
            return Protego.parse(self._fetch(url).decode("utf-8-sig", "replace"))
        except HttpStatus as error:
            return error if error.retry else Protego.parse("")
        except FetchError as error:
            return error


def robots_body(session: Session, url: str) -> Capture:
    """The beginning of a robots.txt; other sites may hold it (RFC 9309, 2.3.1.2)."""
    answer = session.fetch(url, any_site=True, keep=_SIZE)
    assert isinstance(answer, Capture)  # no condition was sent
    return answer
