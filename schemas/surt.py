"""The key under which an address is looked up, whatever its scheme, "www." or letter case: as archives write it."""

from __future__ import annotations

import re
from urllib.parse import quote, unquote_to_bytes, urlsplit

_WWW = re.compile(r"www\d*\.")
_SLASHES = re.compile(r"/{2,}")
_PORTS = {"http": 80, "https": 443}
#: what a server adds for one visitor
_SESSION_PATH = re.compile(r"/\((?:[a-z]\([0-9a-z]{24}\))+\)/|/\([0-9a-z]{24}\)/(?=[^?]+\.aspx)")
_SESSION = re.compile(
    r"(?:jsessionid|phpsessid|sid)=[0-9a-z]{32}|aspsessionid[a-z]{8}=[a-z]{24}|cfid=[^&]+&cftoken=[^&]+"
)


def surt_key(url: str) -> str:
    """The sort-friendly key: host reversed, lower case, arguments in order, no session, no fragment.

    >>> surt_key("https://www.HoaBac.example:443/Tin/1.html/?b=2&a=1#top")
    'example,hoabac)/tin/1.html?a=1&b=2'
    >>> surt_key("file:///pages/A.html")
    'file:///pages/A.html'
    """
    try:
        parts = urlsplit(url.strip())
        host, port = parts.hostname, parts.port
    except ValueError:
        return url
    if parts.scheme not in _PORTS or not host:
        return url
    begin = _WWW.match(host)
    name = ",".join(reversed(host[begin.end() if begin else 0 :].split(".")))
    shown = f":{port}" if port and port != _PORTS[parts.scheme] else ""
    path = _SESSION_PATH.sub("/", _SLASHES.sub("/", _written(parts.path))) or "/"
    if len(path) > 1:
        path = path.removesuffix("/")
    arguments = [one for one in _SESSION.sub("", _written(parts.query)).split("&") if one]
    query = "&".join("=".join(pair) for pair in sorted(tuple(one.split("=", 1)) for one in arguments))
    return f"{name}{shown}){path}" + (f"?{query}" if query else "")


def _written(part: str) -> str:
    """Escapes where they are needed and nowhere else, lower case."""
    return quote(unquote_to_bytes(part), safe="!\"$&'()*+,-./:;<=>?@[\\]^_`{|}~").lower()
