"""Cookies in small: portals that need one get it back, a flood of them does not come back as a header of megabytes."""

from __future__ import annotations

from http.cookiejar import Cookie, DefaultCookiePolicy
from typing import Any

from requests.cookies import RequestsCookieJar

#: characters of all names and values together; servers refuse request headers of 8 KB
_MOST = 4096


class FewCookies(DefaultCookiePolicy):
    """Takes cookies while they are few; one that is there already may change as long as all stay few."""

    def __init__(self, jar: RequestsCookieJar) -> None:
        super().__init__()
        self._jar = jar

    def set_ok(self, cookie: Cookie, request: Any) -> bool:
        """Whether the jar takes this cookie."""
        key = (cookie.domain, cookie.path, cookie.name)
        held = sum(_size(other) for other in self._jar if (other.domain, other.path, other.name) != key)
        return held + _size(cookie) <= _MOST and super().set_ok(cookie, request)


def _size(cookie: Cookie) -> int:
    return len(cookie.name) + len(cookie.value or "")
