"""What can go wrong between asking for an address and holding its body, one type each.

``outcome`` is what the fetch log stores; ``retry`` says whether asking again may help.
"""

from __future__ import annotations


class FetchError(Exception):
    """A request that brought no body. The message says where, what was found and what to do next."""

    kind = "fetch"
    retry = False
    #: how often in all a request is made at most that fails so; None: as often as any
    attempts: int | None = None
    #: nobody is there at all, which seldom changes within seconds
    unreachable = False
    #: whoever asked will not ask again in this run
    final = False
    #: what the fetch log calls it
    outcome = "error"

    def __init__(self, url: str, found: str, hint: str) -> None:
        super().__init__(f"{url}: {found}; {hint}")
        self.url = url
        self.found = found
        self.hint = hint


class BadAddress(FetchError):
    """A URL that is not plain http(s) to a host."""

    kind = "url"
    outcome = "refused"


class AddressRefused(FetchError):
    """The host leads to an address that a crawler must not ask (loopback, private, ...)."""

    kind = "address"
    outcome = "refused"


class RedirectRefused(FetchError):
    """A redirect to another site, away from https, or one too many."""

    kind = "redirect"
    outcome = "refused"


class TooManyRedirects(RedirectRefused):
    """One redirect too many: a circle, mostly."""


class RobotsRefused(FetchError):
    """robots.txt does not allow the path, or (``passing``) could not be read."""

    kind = "robots"

    def __init__(self, url: str, found: str, hint: str, *, passing: bool = False, unreachable: bool = False) -> None:
        super().__init__(url, found, hint)
        self.passing, self.unreachable = passing, unreachable
        self.outcome = "error" if passing else "disallowed"


class TooLarge(FetchError):
    """More bytes than the limit, on the wire or after decompression."""

    kind = "too_large"


class Undecodable(FetchError):
    """A body that is not what its Content-Encoding says."""

    kind = "encoding"


class BadAnswer(FetchError):
    """Bytes that are no HTTP answer, or one with more headers than an answer has. Asking again brings the same."""

    kind = "answer"


class TooSlow(FetchError):
    """The whole answer did not arrive in the time it is given."""

    kind = "too_slow"
    retry = True


class ConnectionFault(FetchError):
    """No connection, a broken one, or a body shorter than announced."""

    kind = "connection"
    retry = True


class NobodyThere(ConnectionFault):
    """The host refuses the connection, or its name leads nowhere: no answer is late, there is none."""

    attempts = 2
    unreachable = True


class UnsafeTls(FetchError):
    """The certificate does not hold. It is always checked."""

    kind = "tls"


class HttpStatus(FetchError):
    """An answer that is neither a body, nor a redirect, nor "not modified"."""

    kind = "status"

    def __init__(self, url: str, status: int, hint: str, retry_after: float | None = None) -> None:
        super().__init__(url, f"the server answered {status}", hint)
        self.status = status
        self.retry_after = retry_after
        self.retry = status == 429 or 500 <= status < 600


class Gone(HttpStatus):
    """404 or 410: the page is not, or no longer, there."""

    kind = "gone"
    outcome = "gone"


class BudgetSpent(Exception):
    """The source was asked as often as one run may: no fault of a request, but the end of the visit.

    Nothing was sent, so nothing is logged; ``outcome`` is what the run's counts call it.
    """

    outcome = "left"

    def __init__(self, url: str, spent: int, limit: int) -> None:
        self.url = url
        self.found = f"not asked: {spent} of the {limit} requests that a run may make were made"
        self.hint = "the next run goes on; if the portal can bear more, raise budget in the source's file"
        super().__init__(f"{url}: {self.found}; {self.hint}")
