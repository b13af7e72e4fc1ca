"""Which addresses a crawler may connect to, and which of a host's addresses those are.

A portal's name is somebody else's to point where they like; without this check a page could make us read what only
this machine or its network can reach.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from collections.abc import Callable, Collection
from urllib.parse import urlsplit

import idna

from flows.net.errors import AddressRefused, BadAddress

#: host, port -> IP addresses as text; raises ``socket.gaierror`` for an unknown name
Resolver = Callable[[str, int], list[str]]

IPAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

#: labels of a host name; underscores occur
_NAME = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,62})(\.[a-z0-9_][a-z0-9_-]{0,62})*")

# ipaddress.is_global alone lets these through, or calls them global: they carry or relay other addresses
_CARRIERS = tuple(
    (ipaddress.ip_network(network), reason)
    for network, reason in (
        ("::/96", "IPv4-compatible"),
        ("2002::/16", "6to4"),
        ("64:ff9b::/96", "NAT64"),
        ("64:ff9b:1::/48", "NAT64"),
        ("2001::/32", "Teredo"),
        ("fec0::/10", "site-local"),
        ("192.88.99.0/24", "6to4 relay"),
        ("3fff::/20", "documentation"),
        ("100.64.0.0/10", "carrier-grade NAT"),
        ("0.0.0.0/8", "this network"),
    )
)
#: bits 64 to 95 of an ISATAP address; an IPv4 address follows (RFC 5214)
_ISATAP = (0x00005EFE, 0x02005EFE)
_GLOBAL_UNICAST_6 = ipaddress.ip_network("2000::/3")
_PRIVATE = tuple(
    ipaddress.ip_network(network) for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7")
)


def resolve(host: str, port: int) -> list[str]:
    """The addresses of a host, in the order of the system's resolver, each once."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def why_not(address: str) -> str | None:
    """Why an address must not be asked, or None for an ordinary public one.

    >>> why_not("127.0.0.1"), why_not("2002:7f00:1::"), why_not("8.8.8.8")
    ('loopback', '6to4', None)
    """
    ip = ipaddress.ip_address(address.partition("%")[0])
    if isinstance(ip, ipaddress.IPv6Address) and ip.ipv4_mapped is not None:
        return "IPv4-mapped"  # before the rest: from Python 3.13 on, a mapped 127.0.0.1 is a loopback address itself
    if ip.is_loopback:
        return "loopback"
    if ip.is_unspecified:
        return "unspecified"
    for network, reason in _CARRIERS:
        if ip.version == network.version and ip in network:
            return reason
    if ip.version == 6 and (int(ip) >> 32) & 0xFFFFFFFF in _ISATAP:
        return "ISATAP"
    if ip.is_link_local:
        return "link-local"
    if ip.is_multicast:
        return "multicast"
    if _is_private(ip):
        return "private"
    if ip.is_reserved or not ip.is_global or (ip.version == 6 and ip not in _GLOBAL_UNICAST_6):
        return "reserved"
    return None


def _is_private(ip: IPAddress) -> bool:
    return any(ip.version == network.version and ip in network for network in _PRIVATE)


def usable_addresses(host: str, port: int, allow_private: Collection[str], resolver: Resolver = resolve) -> list[str]:
    """The addresses of ``host`` that may be connected to, or AddressRefused when there is none.

    ``allow_private`` names hosts ("host" or "host:port", IPv6 without brackets) that may be at loopback or private
    addresses; link-local and the rest stay refused for them too.
    """
    trusted = host.lower() in allow_private or f"{host.lower()}:{port}" in allow_private
    usable, refused = [], []
    for address in resolver(host, port):
        reason = why_not(address)
        if reason is None or (trusted and reason in ("loopback", "private")):
            usable.append(address)
        else:
            refused.append(f"{address} ({reason})")
    if not usable:
        raise AddressRefused(
            f"{host}:{port}",
            f"expected a public address, the name leads to {', '.join(refused) or 'none'}",
            f'if this host is meant to be local, add allow_private = ["{host}:{port}"] to the source\'s file',
        )
    return usable


def checked_url(url: str) -> str:
    """The URL without its fragment, its host as it is asked for, when it is plain http(s) to a host; else BadAddress.

    >>> checked_url("http://Quận.example./tin#1")
    'http://xn--qun-6hz.example/tin'
    """
    hint = "write it as https://host/path"
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise BadAddress(url, f"no URL ({error})", hint) from None
    if parts.scheme not in ("http", "https") or not parts.hostname or port == 0:
        raise BadAddress(url, "expected http or https and a host", hint)
    if parts.username is not None or parts.password is not None:
        raise BadAddress(parts.hostname, "the URL carries a user name", "remove what stands before the @")
    host = _host(url, parts.hostname)
    return parts._replace(netloc=host if port is None else f"{host}:{port}", fragment="").geturl()


def _host(url: str, name: str) -> str:
    """A host as it stands in a URL that is asked: ASCII, lower case, without the root's dot."""
    hint = "write the host as the browser shows it"
    if ":" in name:
        try:
            ip = ipaddress.IPv6Address(name)
        except ValueError:
            raise BadAddress(url, f"{name!r} is no IPv6 address", hint) from None
        if ip.scope_id is not None:
            raise BadAddress(url, f"{name} is an address of one network card (%{ip.scope_id})", hint)
        return f"[{ip.compressed}]"
    try:
        ascii_name = name if name.isascii() else idna.encode(name, uts46=True).decode("ascii")
    except idna.IDNAError as error:
        raise BadAddress(url, f"{name!r} is no host name ({error})", hint) from None
    ascii_name = ascii_name.lower().removesuffix(".")
    if not _NAME.fullmatch(ascii_name):
        raise BadAddress(url, f"{name!r} is no host name", hint)
    return ascii_name


def endpoint(url: str) -> tuple[str, int]:
    """Host (lower case) and port of a URL.

    >>> endpoint("https://Quan.example/tin"), endpoint("http://127.0.0.1:8001/")
    (('quan.example', 443), ('127.0.0.1', 8001))
    """
    parts = urlsplit(url)
    return (parts.hostname or "").lower(), parts.port or (443 if parts.scheme == "https" else 80)


def site(url: str) -> str:
    """What counts as one site: the host without "www.", its port unless that is the scheme's own.

    >>> site("https://www.quan.example/a") == site("http://quan.example/")
    True
    """
    host, port = endpoint(url)
    return host.removeprefix("www.") + ("" if port in (80, 443) else f":{port}")
