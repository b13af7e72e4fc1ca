"""The one way out: a session that asks politely, takes no more than it should and says what went wrong."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

import requests
import urllib3.exceptions

from flows.net import errors
from flows.net.addresses import Resolver, checked_url, endpoint, resolve, site
from flows.net.body import read_body
from flows.net.budget import Budget
from flows.net.cookies import FewCookies
from flows.net.faults import translated
from flows.net.guard import Guard, GuardedAdapter
from flows.net.headers import as_sent, retry_after, text
from flows.net.pace import Pace
from schemas.captures import Capture

_REDIRECTS = (301, 302, 303, 307, 308)
_BUSY = (429, 503)
#: bytes of all headers of an answer; browsers stop at a quarter of a million
_HEADERS = 128 * 1024
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds and bytes for one answer; ``attempts`` and back-off for asking again."""

    connect: float = 10.0
    read: float = 20.0
    total: float = 60.0
    wire: int = 10 * 1024 * 1024
    body: int = 25 * 1024 * 1024
    redirects: int = 5
    attempts: int = 4
    backoff: float = 2.0
    longest_wait: float = 120.0


@dataclass(frozen=True, slots=True)
class NotModified:
    """304: what is archived under ``url`` still stands."""

    url: str
    time: datetime
    status: int = 304


class Session:
    """Requests for one source. Not for several threads at once: the watchdog shuts all of its sockets.

    ``hosts`` are further hosts that redirects may lead to; ``allow_private`` hosts that may be local. ``waiting`` is
    told what is waited for, and how long, before a further attempt.
    """

    def __init__(
        self,
        user_agent: str,
        *,
        allow_private: Collection[str] = (),
        hosts: Collection[str] = (),
        limits: Limits | None = None,
        pace: Pace | None = None,
        budget: Budget | None = None,
        resolver: Resolver = resolve,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        waiting: Callable[[str], None] = lambda text: None,
    ) -> None:
        self.limits = limits or Limits()
        self.pace = pace or Pace()
        self.budget = budget
        self._hosts = frozenset(host.lower() for host in hosts)
        self._sleep = sleep
        self._now = now
        self._waiting = waiting
        self._guard = Guard(allow_private, resolver)
        self._session = requests.Session()
        self._session.trust_env = False  # no proxies, no .netrc, no other certificates from the environment
        self._session.headers.update({"User-Agent": user_agent, "Accept-Encoding": "gzip, deflate, br, zstd"})
        self._session.cookies.set_policy(FewCookies(self._session.cookies))
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, GuardedAdapter(self._guard))

    def __enter__(self) -> Session:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Close the connections."""
        self._session.close()
        self._guard.sweep()

    def fetch(
        self,
        url: str,
        *,
        etag: str | None = None,
        last_modified: str | None = None,
        allow: Callable[[str], None] | None = None,
        any_site: bool = False,
        keep: int | None = None,
    ) -> Capture | NotModified:
        """The body behind ``url`` (``Capture.url`` is where it was found in the end), or that it did not change.

        ``allow`` raises for an address that must not be asked; it is called with every hop of a redirect too.
        ``any_site`` follows redirects to other sites; ``keep`` reads that many bytes and leaves the rest.
        Raises FetchError; faults that may pass are asked again ``limits.attempts`` times in all.
        """
        conditions = {
            key: value for key, value in (("If-None-Match", etag), ("If-Modified-Since", last_modified)) if value
        }
        return self._patiently(lambda: self._follow(checked_url(url), conditions, allow, any_site, keep))

    def submit(
        self, url: str, fields: Sequence[tuple[str, str]], *, allow: Callable[[str], None] | None = None
    ) -> Capture:
        """What a list's pager form answers (POST). It turns a page and changes nothing, so it may be sent again.

        A redirect is refused: the form's fields were meant for ``url`` alone. Else as ``fetch``.
        """

        def send() -> Capture:
            at = checked_url(url)
            if allow is not None:
                allow(at)
            found = self._once(at, {}, None, fields)
            if isinstance(found, Capture):
                return found
            raise errors.RedirectRefused(url, f"the answer to a form leads to {found}", "see the list in a browser")

        return self._patiently(send)

    def _patiently(self, ask: Callable[[], _Answer]) -> _Answer:
        """Ask again after faults that may pass, ``limits.attempts`` times in all, or as often as the fault is worth."""
        for attempt in range(1, self.limits.attempts + 1):
            try:
                return ask()
            except errors.FetchError as error:
                most = min(self.limits.attempts, error.attempts or self.limits.attempts)
                if not error.retry or attempt >= most:
                    raise
                asked = error.retry_after if isinstance(error, errors.HttpStatus) else None
                wait = min(
                    asked if asked is not None else self.limits.backoff * 2 ** (attempt - 1), self.limits.longest_wait
                )
                self._waiting(f"{error.found}; attempt {attempt + 1} of {most} in {wait:g} s: {error.url}")
                self._sleep(wait)
        raise AssertionError("limits.attempts is at least 1")

    def _follow(
        self,
        url: str,
        conditions: dict[str, str],
        allow: Callable[[str], None] | None,
        any_site: bool,
        keep: int | None,
    ) -> Capture | NotModified:
        at = url
        for _ in range(self.limits.redirects + 1):
            if allow is not None:
                allow(at)
            found = self._once(at, conditions, keep)
            if not isinstance(found, str):
                return found
            at = self._next_hop(at, found, any_site)
        raise errors.TooManyRedirects(
            url, f"more than {self.limits.redirects} redirects, last to {at}", "open it in a browser and use what stays"
        )

    def _next_hop(self, at: str, location: str, any_site: bool) -> str:
        """Where a redirect leads, when it may be followed."""
        try:
            to = checked_url(urljoin(at, location))
        except ValueError as error:
            raise errors.BadAddress(at, f"redirect to no URL, {location!r} ({error})", "see it in a browser") from None
        if urlsplit(at).scheme == "https" and urlsplit(to).scheme == "http":
            raise errors.RedirectRefused(at, f"redirect from https to {to}", "use the http URL if that is meant")
        if not any_site and site(to) != site(at) and endpoint(to)[0] not in self._hosts:
            raise errors.RedirectRefused(
                at,
                f"redirect to another site, {to}",
                f'if it belongs to the portal, add hosts = ["{endpoint(to)[0]}"] to the source\'s file',
            )
        return to

    def _once(
        self, url: str, conditions: dict[str, str], keep: int | None, form: Sequence[tuple[str, str]] | None = None
    ) -> Capture | NotModified | str:
        """One request: a body, "not modified", or where a redirect leads."""
        host = endpoint(url)[0]
        if self.budget is not None:
            self.budget.spend(url)
        try:
            with self.pace.turn(host), self._guard.time_limit(self.limits.total):
                found = self._ask(url, conditions, keep, form)
            self.pace.served(host)
            return found
        except errors.HttpStatus as error:
            if error.status in _BUSY:
                most = self.limits.longest_wait
                self.pace.busy(host, min(error.retry_after or 0.0, most), step=self.limits.backoff, most=most)
            raise
        except errors.TooSlow as error:
            if error.url == url:
                raise
            raise errors.TooSlow(url, error.found, error.hint) from None  # the look-up knows no more than the host
        except errors.FetchError:
            raise
        except (requests.RequestException, urllib3.exceptions.HTTPError, OSError, ValueError) as error:
            if self._guard.fired:
                raise self._too_slow(url) from error
            raise translated(url, error) from error

    def _ask(
        self, url: str, conditions: dict[str, str], keep: int | None, form: Sequence[tuple[str, str]] | None
    ) -> Capture | NotModified | str:
        with self._session.request(
            "GET" if form is None else "POST",
            url,
            data=None if form is None else list(form),
            headers=conditions,
            timeout=(self.limits.connect, self.limits.read),
            allow_redirects=False,
            stream=True,
            verify=True,
        ) as response:
            status = response.status_code
            if sum(len(key) + len(value) for key, value in response.raw.headers.iteritems()) > _HEADERS:
                raise errors.BadAnswer(url, f"headers of more than {_HEADERS} bytes", "see it in a browser")
            if status == 304 and conditions:
                return NotModified(url, self._now())
            if status in _REDIRECTS and response.headers.get("Location"):
                return as_sent(response.headers["Location"])
            if status != 200:
                raise self._refusal(url, response)
            body = self._body(url, response, keep)
            return Capture(
                url=url,
                time=self._now(),
                status=status,
                headers=tuple((str(key), str(value)) for key, value in response.raw.headers.items()),
                body=body,
                request_headers=tuple((str(key), text(value)) for key, value in response.request.headers.items()),
            )

    def _body(self, url: str, response: requests.Response, keep: int | None) -> bytes:
        def on_piece() -> None:
            if self._guard.fired:
                raise self._too_slow(url)

        limits = self.limits
        return read_body(url, response.raw, wire=limits.wire, most=limits.body, keep=keep, on_piece=on_piece)

    def _too_slow(self, url: str) -> errors.TooSlow:
        return errors.TooSlow(url, f"no whole answer within {self.limits.total:g} s", "the next run asks again")

    def _refusal(self, url: str, response: requests.Response) -> errors.HttpStatus:
        status = response.status_code
        if status in (404, 410):
            return errors.Gone(url, status, "what was archived of it before stays")
        after = retry_after(response.headers.get("Retry-After"), self._now())
        passing = status == 429 or 500 <= status < 600
        return errors.HttpStatus(url, status, "the next run asks again" if passing else "see it in a browser", after)
