"""How portals say what they want, and how that is kept."""

from __future__ import annotations

import gzip

from tests.flows.cases.model import PAGE, Case
from tests.flows.faults import Asked, Raw, Reply


def _rules(*lines: str, **options: object) -> Reply:
    return Reply(body="\n".join(lines).encode(), **options)


def _known(asked: Asked) -> Reply:
    same = asked.headers.get("If-None-Match") == '"a"' and asked.headers.get("If-Modified-Since") == _MODIFIED
    return Reply(304) if same else Reply(body=PAGE, headers={"ETag": '"a"', "Last-Modified": _MODIFIED})


def _named(asked: Asked) -> Reply:
    return Reply(body=PAGE) if "toa-soan@quan.example" in asked.headers["User-Agent"] else Reply(403)


_MODIFIED = "Fri, 15 Sep 2023 00:00:00 GMT"
_FINE = Reply(body=PAGE)
_CLOSED = ("User-agent: *", "Disallow: /tin")
_TO = {f"/r{i}": Reply(302, headers={"Location": f"/r{i + 1}"}) for i in range(1, 7)}

MANNERS = [
    Case("robots.txt allows the path", _FINE, "fetched", "read", robots=_rules("User-agent: *", "Disallow: /noi-bo")),
    Case("robots.txt forbids the path", _FINE, "disallowed", "", asked=0, robots=_rules(*_CLOSED)),
    Case("robots.txt is missing (404)", _FINE, "fetched", "read", robots=Reply(404)),
    Case("robots.txt may not be read (403)", _FINE, "fetched", "read", robots=Reply(403)),
    Case("robots.txt fails (500)", _FINE, "error", "", asked=0, robots=Reply(500)),
    Case("robots.txt is busy (429)", _FINE, "error", "", asked=0, robots=Reply(429)),
    Case("robots.txt fails once, then allows", _FINE, "fetched", "read", robots=[Reply(503), _rules("Allow: /")]),
    Case("robots.txt hangs up", _FINE, "error", "", asked=0, robots=Reply(hang_up=True)),
    Case(
        "robots.txt that stops in silence",
        _FINE,
        "error",
        "",
        asked=0,
        robots=Raw(b"HTTP/1.1 200 OK\r\n\r\n", "hold"),
        slow=True,
    ),
    Case(
        "robots.txt of 600 KiB: a rule within the first 500 KiB",
        _FINE,
        "disallowed",
        "",
        asked=0,
        robots=_rules(*_CLOSED, *["# " + "x" * 1000] * 600),
    ),
    Case(
        "robots.txt of 600 KiB: a rule beyond them",
        _FINE,
        "fetched",
        "read",
        robots=_rules("User-agent: *", *["# " + "x" * 1000] * 600, "Disallow: /tin"),
    ),
    Case(
        "robots.txt that is a gzip bomb",
        _FINE,
        "fetched",
        "read",
        robots=Reply(body=gzip.compress(bytes(50_000_000)), headers={"Content-Encoding": "gzip"}),
    ),
    Case(
        "robots.txt with a byte order mark",
        _FINE,
        "disallowed",
        "",
        asked=0,
        robots=Reply(body=b"\xef\xbb\xbf" + _rules(*_CLOSED).body),
    ),
    Case("robots.txt that is a page", _FINE, "fetched", "read", robots=Reply(body=PAGE)),
    Case(
        "robots.txt behind five redirects",
        _FINE,
        "disallowed",
        "",
        asked=5,
        robots=Reply(302, headers={"Location": "/r2"}),
        routes=_TO | {"/r6": _rules(*_CLOSED)},
    ),
    Case(
        "robots.txt behind six redirects counts as missing",
        _FINE,
        "fetched",
        "read",
        asked=6,
        robots=Reply(302, headers={"Location": "/r1"}),
        routes=_TO | {"/r7": _rules(*_CLOSED)},
    ),
    Case(
        "robots.txt on another host",
        _FINE,
        "disallowed",
        "",
        asked=1,
        robots=lambda asked: Reply(
            301, headers={"Location": f"http://chung.example:{asked.headers['Host'].rpartition(':')[2]}/chung.txt"}
        ),
        routes={"/chung.txt": _rules(*_CLOSED)},
        dns={"chung.example": [["127.0.0.1"]]},
        allow_private=("chung.example:{port}",),
    ),
    Case(
        "robots.txt leads to a private address",
        _FINE,
        "error",
        "",
        asked=0,
        robots=Reply(301, headers={"Location": "http://10.0.0.1/robots.txt"}),
    ),
    Case(
        "Crawl-delay is kept",
        _FINE,
        "unchanged",
        "",
        times=3,
        robots=_rules("User-agent: bantin", "Crawl-delay: 7"),
        asked=3,
        pauses=(7, 7, 7),
    ),
    Case(
        "Crawl-delay of a day is cut",
        _FINE,
        "unchanged",
        "",
        times=2,
        robots=_rules("User-agent: *", "Crawl-delay: 86400"),
        asked=2,
        pauses=(60, 60),
    ),
    Case(
        "a redirect to a path that robots.txt forbids",
        Reply(302, headers={"Location": "/noi-bo"}),
        "disallowed",
        "",
        robots=_rules("User-agent: *", "Disallow: /noi-bo"),
    ),
    Case("the User-Agent names a contact", _named, "fetched", "read"),
    Case("unchanged: If-None-Match and If-Modified-Since (304)", _known, "not_modified", "", asked=2, times=2),
    Case("304 that nobody asked for", Reply(304), "error", ""),
    Case("gone (404)", Reply(404), "gone", ""),
    Case("gone for good (410)", Reply(410), "gone", ""),
    Case("login (401)", Reply(401), "error", ""),
    Case("failing (500), then well", [Reply(500), Reply(500), _FINE], "fetched", "read", asked=3, pauses=(2, 4)),
    Case("failing (500) for good", Reply(500), "error", "", asked=3),
    Case(
        "busy (429), Retry-After in seconds",
        [Reply(429, headers={"Retry-After": "7"}), _FINE],
        "fetched",
        "read",
        asked=2,
        pauses=(7,),
    ),
    Case(
        "busy (503), Retry-After as a date",
        [Reply(503, headers={"Retry-After": "Sat, 16 Sep 2023 00:12:30 GMT"}), _FINE],
        "fetched",
        "read",
        asked=2,
        pauses=(30,),
    ),
    Case(
        "busy (429), Retry-After of a day is cut",
        [Reply(429, headers={"Retry-After": "86400"}), _FINE],
        "fetched",
        "read",
        asked=2,
        pauses=(120,),
    ),
    Case(
        "busy (429), Retry-After in words",
        [Reply(429, headers={"Retry-After": "soon"}), _FINE],
        "fetched",
        "read",
        asked=2,
        pauses=(2,),
    ),
    Case(
        "busy (429) twice: slower for the rest of the run, less so with every good answer",
        [Reply(429), Reply(429), _FINE],
        "unchanged",
        "",
        asked=6,
        times=4,
        pauses=(2, 4, 3.6, 3.24, 2.916),
    ),
    Case("the budget is spent", _FINE, "left", "", budget=3, times=4, asked=2),
    Case("the budget is spent on further attempts", Reply(500), "left", "", budget=3, asked=2),
]
