"""Addresses that must not be asked, and the ways that lead to them."""

from __future__ import annotations

from tests.flows.cases.model import PAGE, Case
from tests.flows.faults import Reply

_FINE = Reply(body=PAGE)


def _to(location: str) -> Reply:
    return Reply(302, headers={"Location": location})


#: one address of every kind, and how it is written in a URL
FORBIDDEN = {
    "loopback": "127.0.0.1",
    "loopback, not the first": "127.9.9.9",
    "private, 10/8": "10.0.0.1",
    "private, 172.16/12": "172.31.255.254",
    "private, 192.168/16": "192.168.1.1",
    "link-local, where clouds keep secrets": "169.254.169.254",
    "carrier-grade NAT, 100.64/10": "100.64.0.1",
    "this network, 0/8": "0.0.0.0",
    "multicast": "224.0.0.1",
    "reserved, 240/4": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "IPv6 loopback": "::1",
    "IPv6 unspecified": "::",
    "IPv6 link-local": "fe80::1",
    "IPv6 unique local": "fc00::1",
    "IPv6 multicast": "ff02::1",
    "IPv6 site-local": "fec0::1",
    "IPv4-mapped": "::ffff:127.0.0.1",
    "IPv4-compatible": "::127.0.0.1",
    "6to4": "2002:7f00:1::1",
    "Teredo": "2001::7f00:1",
    "NAT64": "64:ff9b::7f00:1",
    "NAT64, local use": "64:ff9b:1::7f00:1",
    "ISATAP": "2400:cb00::5efe:7f00:1",
}
_SPELLINGS = {
    "decimal": "http://2130706433/tin",
    "octal": "http://0177.0.0.1/tin",
    "hexadecimal": "http://0x7f000001/tin",
    "hexadecimal and short": "http://0x7f.1/tin",
    "short": "http://127.1/tin",
    "full-width digits": "http://１２７.０.０.１/tin",
    "circled digits": "http://①②⑦.⓪.⓪.①/tin",
    "a dot at the end": "http://127.0.0.1./tin",
    "IPv6 in full": "http://[0000:0000:0000:0000:0000:0000:0000:0001]/tin",
}


def _host(address: str) -> str:
    return f"[{address}]" if ":" in address else address


DIRECT = [
    *(
        Case(f"{kind}: {address}", _FINE, "refused", "", url=f"http://{_host(address)}/tin", asked=0)
        for kind, address in FORBIDDEN.items()
    ),
    *(Case(f"{spelling}: {url}", _FINE, "refused", "", url=url, asked=0) for spelling, url in _SPELLINGS.items()),
    Case("a zone: http://[fe80::1%25eth0]/tin", _FINE, "refused", "", url="http://[fe80::1%25eth0]/tin", asked=0),
    Case(
        "localhost by its name",
        _FINE,
        "refused",
        "",
        url="http://localhost/tin",
        dns={"localhost": [["127.0.0.1", "::1"]]},
        asked=0,
    ),
]
BY_NAME = [
    *(
        Case(
            f"a name that leads to {address}",
            _FINE,
            "refused",
            "",
            url="http://xau.example/tin",
            dns={"xau.example": [[address]]},
            asked=0,
        )
        for address in FORBIDDEN.values()
    ),
    Case(
        "a name in Vietnamese that leads to 127.0.0.1",
        _FINE,
        "refused",
        "",
        url="http://quận.example/tin",
        dns={"xn--qun-6hz.example": [["127.0.0.1"]]},
        asked=0,
    ),
    Case(
        "a name that leads to nothing",
        _FINE,
        "refused",
        "",
        url="http://xau.example/tin",
        dns={"xau.example": [[]]},
        asked=0,
    ),
    Case(
        "rebinding: allowed when robots.txt is asked, private for the page",
        _FINE,
        "refused",
        "",
        url="http://xau.example:{port}/tin",
        dns={"xau.example": [["8.8.8.8"], ["127.0.0.1"]]},
        asked=0,
    ),
    Case(
        "the source's file allows the host",
        _FINE,
        "fetched",
        "read",
        url="http://trong.example:{port}/tin",
        dns={"trong.example": [["127.0.0.1"]]},
        allow_private=("trong.example",),
    ),
    Case(
        "the source's file allows the host and port",
        _FINE,
        "fetched",
        "read",
        url="http://trong.example:{port}/tin",
        dns={"trong.example": [["127.0.0.1"]]},
        allow_private=("trong.example:{port}",),
    ),
    Case(
        "the source's file allows another port",
        _FINE,
        "refused",
        "",
        url="http://trong.example:{port}/tin",
        dns={"trong.example": [["127.0.0.1"]]},
        allow_private=("trong.example:9",),
        asked=0,
    ),
    Case(
        "the source's file allows the host, it leads to 169.254.169.254",
        _FINE,
        "refused",
        "",
        url="http://trong.example/tin",
        dns={"trong.example": [["169.254.169.254"]]},
        allow_private=("trong.example",),
        asked=0,
    ),
]
BY_REDIRECT = [
    *(
        Case(
            f"a redirect to a host of the portal at {address}",
            _to("http://anh.example/tin"),
            "refused",
            "",
            hosts=("anh.example",),
            dns={"anh.example": [[address]]},
        )
        for address in FORBIDDEN.values()
    ),
    Case("a redirect within the site", _to("/khac"), "fetched", "read", routes={"/khac": _FINE}, asked=2),
    Case(
        "a redirect to a further host of the portal",
        lambda asked: _to(f"http://anh.example:{asked.headers['Host'].rpartition(':')[2]}/khac"),
        "fetched",
        "read",
        routes={"/khac": _FINE},
        hosts=("anh.example",),
        dns={"anh.example": [["127.0.0.1"]]},
        allow_private=("anh.example",),
        asked=2,
    ),
    Case("a redirect to another site", _to("http://khac.example/tin"), "refused", ""),
    Case("a redirect to a number", _to("http://2130706433/tin"), "refused", ""),
    Case("a redirect to another port", _to("http://portal.example:22/"), "refused", ""),
    Case("a redirect to file:", _to("file:///etc/passwd"), "refused", ""),
    Case("a redirect to ftp:", _to("ftp://portal.example/tin"), "refused", ""),
    Case("a redirect to javascript:", _to("javascript:alert(1)"), "refused", ""),
    Case("a redirect to data:", _to("data:text/html,x"), "refused", ""),
    Case("a redirect with a user name", _to("http://portal.example@khac.example/"), "refused", ""),
    Case("a redirect with a backslash", _to("http://khac.example\\@portal.example/"), "refused", ""),
    Case("a redirect to no URL", _to("http://[::1"), "refused", ""),
    Case("a redirect without a place", Reply(302), "error", ""),
    Case("a redirect in a circle", _to("/tin"), "refused", "", asked=6),
    Case("a redirect from https to http", _to("http://portal.example/tin"), "refused", "", tls="good"),
    Case(
        "a redirect whose page never ends",
        Reply(302, body=b"x" * 5_000_000, headers={"Location": "/khac"}),
        "fetched",
        "read",
        routes={"/khac": _FINE},
        asked=2,
    ),
]
