"""Addresses on a page: absolute, on the portal's own host, without fragments."""

from __future__ import annotations

from urllib.parse import urldefrag, urljoin, urlsplit

#: no server takes a longer address than about this
MAX_LENGTH = 4096


def absolute(base: str, href: str) -> str | None:
    """``href`` as an http(s) address without its fragment; None for anything else (mailto:, javascript:, nonsense).

    >>> absolute("https://a.example/tin/", "../b.html#top"), absolute("https://a.example/", "mailto:x@a.example")
    ('https://a.example/b.html', None)
    """
    try:
        address, _ = urldefrag(urljoin(base, href.strip()))
        parts = urlsplit(address)
        host = parts.hostname
    except ValueError:
        return None
    return address if parts.scheme in ("http", "https") and host and len(address) <= MAX_LENGTH else None


def same_site(one: str, other: str) -> bool:
    """Whether two addresses are one host and port; ``www.`` makes no difference, nor does https.

    >>> same_site("https://www.a.example/x", "http://a.example/"), same_site("https://b.example/", "https://a.example/")
    (True, False)
    """
    try:
        return _site(one) == _site(other)
    except ValueError:
        return False


def _site(url: str) -> tuple[str, int | None]:
    parts = urlsplit(url)
    standard = {"http": 80, "https": 443}.get(parts.scheme)
    return (parts.hostname or "").removeprefix("www."), None if parts.port in (None, standard) else parts.port


def own_link(base: str, href: object, home: str) -> str | None:
    """``href`` made absolute where it leads to the portal at ``home``, else None."""
    text = str(href or "").strip()
    if not text or text.startswith("#"):
        return None
    url = absolute(base, text)
    return url if url and same_site(url, home) else None
