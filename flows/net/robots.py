"""robots.txt by RFC 9309, asked once a host and run. protego matches the paths, what it reads otherwise is mended here.

Missing allows everything; a server that fails or cannot be reached allows nothing (2.3.1).
"""

from __future__ import annotations

import re
from collections.abc import Callable
from urllib.parse import quote, urlsplit

from protego import Protego

from flows.about import AGENT
from flows.net.addresses import endpoint
from flows.net.errors import AddressRefused, FetchError, HttpStatus, RobotsRefused, TooManyRedirects
from flows.net.pace import Pace
from flows.net.session import Session
from schemas.captures import Capture

#: bytes that are read, the least that RFC 9309 asks for
_SIZE = 500 * 1024
#: a longer Crawl-delay than this is cut: it would be a way of saying Disallow, and there is a word for that
_LONGEST_DELAY = 60.0


_FIELDS = {
    "user-agent": "user-agent useragent",
    "allow": "allow",
    "disallow": "disallow dissallow dissalow disalow diasllow disallaw",
    "crawl-delay": "crawl-delay",
}
_FIELD = {spelling: field for field, spellings in _FIELDS.items() for spelling in spellings.split()}
_FIELD["user agent"] = "user-agent"
_SITEMAP = re.compile(r"\s*site-?map\s*:\s*(\S+)", re.I)
_TOKEN = re.compile(r"[A-Za-z_-]+")
#: white space and line ends of Python that are neither for RFC 9309
_ODD_SPACE = re.compile("[\x0b\x0c\x1c-\x1f\x85\u2028\u2029]")

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
        if isinstance(rules, AddressRefused) and rules.url == "{}:{}".format(*endpoint(url)):
            raise AddressRefused(url, rules.found, rules.hint)  # no matter of robots.txt
        if isinstance(rules, FetchError):
            raise RobotsRefused(
                url,
                f"robots.txt could not be read ({rules.found})",
                "the next run asks again",
                passing=True,
                unreachable=rules.unreachable,
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
            return parse(self._fetch(url))
        except HttpStatus as error:
            return error if error.retry else parse(b"")
        except TooManyRedirects:
            return parse(b"")  # counts as missing (2.3.1.2)
        except FetchError as error:
            return error


def parse(body: bytes) -> Protego:
    r"""The rules of a robots.txt for us (``AGENT``) and for everybody.

    >>> parse(b"User-agent: ban\nDisallow: /").can_fetch("https://quan.example/tin", AGENT)
    True
    """
    if len(body) >= _SIZE:
        body = body[: max(body.rfind(b"\n"), body.rfind(b"\r")) + 1]  # half a path would say something else
    text = body.decode("utf-8-sig", "replace")
    lines = re.split(r"[\r\n]+", text)
    sitemaps = [f"Sitemap: {found[1]}" for line in lines if (found := _SITEMAP.match(line))]
    # behind the rules: what stands between them must not part a group
    return Protego.parse("\n".join([*filter(None, map(_tidy, lines)), *sitemaps]))


def _tidy(line: str) -> str | None:
    """A line as protego reads it the way RFC 9309 means it; None for one that is no rule.

    A name matches as a whole ("ban" is not "bantin"), and up to a version or comment ("bantin/1.0" is). Lines of other
    fields part no groups (2.2.4). Odd white space is part of a path.
    """
    line = line.partition("#")[0].strip(" \t")
    field, colon, value = line.partition(":")
    if not colon:
        field, _, value = line.partition(" ")
    field, value = _FIELD.get(field.strip(" \t").lower(), ""), value.strip(" \t")
    if not field:
        return None
    if field == "user-agent":
        token = _TOKEN.match(value)
        name = token[0].lower() if token else ""
        value = "*" if re.match(r"\*(\s|$)", value) else AGENT if name == AGENT else "somebody-else"
    return f"{field}: {_ODD_SPACE.sub(lambda found: quote(found[0]), value)}"


def robots_body(session: Session, url: str) -> Capture:
    """The beginning of a robots.txt; other sites may hold it (RFC 9309, 2.3.1.2)."""
    answer = session.fetch(url, any_site=True, keep=_SIZE)
    assert isinstance(answer, Capture)  # no condition was sent
    return answer
