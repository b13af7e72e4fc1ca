from __future__ import annotations

import ipaddress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.net.addresses import checked_url, site, usable_addresses, why_not
from flows.net.errors import AddressRefused, BadAddress

REFUSED = {
    "127.0.0.1": "loopback",
    "127.8.8.8": "loopback",
    "::1": "loopback",
    "0.0.0.0": "unspecified",
    "0.1.2.3": "this network",
    "10.1.2.3": "private",
    "172.31.0.1": "private",
    "192.168.1.1": "private",
    "fd00::1": "private",
    "100.64.0.1": "carrier-grade NAT",
    "169.254.169.254": "link-local",
    "fe80::1%eth0": "link-local",
    "fec0::1": "site-local",
    "224.0.0.1": "multicast",
    "ff02::1": "multicast",
    "240.0.0.1": "reserved",
    "255.255.255.255": "reserved",
    "192.0.2.1": "reserved",
    "198.18.0.1": "reserved",
    "192.88.99.1": "6to4 relay",
    "2002:7f00:1::1": "6to4",
    "64:ff9b::7f00:1": "NAT64",
    "64:ff9b:1::1": "NAT64",
    "2001:0:1::1": "Teredo",
    "::ffff:127.0.0.1": "IPv4-mapped",
    "::ffff:8.8.8.8": "IPv4-mapped",
    "::7f00:1": "IPv4-compatible",
    "2001:db8::1": "reserved",
    "4000::1": "reserved",
}


@pytest.mark.parametrize(("address", "reason"), REFUSED.items())
def test_what_must_not_be_asked(address: str, reason: str) -> None:
    assert why_not(address) == reason


@pytest.mark.parametrize("address", ["8.8.8.8", "203.162.0.1", "2405:4800::1", "2a00:1450:4001::1"])
def test_public_addresses_may_be_asked(address: str) -> None:
    assert why_not(address) is None


@given(st.ip_addresses(v=4))
def test_what_the_library_calls_not_global_is_always_refused(ip: ipaddress.IPv4Address) -> None:
    if not ip.is_global or ip.is_multicast:
        assert why_not(str(ip))
    assert why_not(f"::ffff:{ip}")


def test_a_name_with_one_public_address_is_asked_only_there() -> None:
    assert usable_addresses("quan.example", 80, (), lambda host, port: ["10.0.0.1", "8.8.8.8"]) == ["8.8.8.8"]


@pytest.mark.parametrize(
    ("allowed", "address", "fine"),
    [
        ("local.example", "127.0.0.1", True),
        ("local.example:8001", "192.168.1.5", True),
        ("local.example:8002", "192.168.1.5", False),
        ("other.example", "127.0.0.1", False),
        ("local.example", "169.254.169.254", False),
        ("local.example", "::ffff:127.0.0.1", False),
    ],
)
def test_a_source_names_the_hosts_that_may_be_local(allowed: str, address: str, fine: bool) -> None:
    def ask() -> list[str]:
        return usable_addresses("local.example", 8001, [allowed], lambda host, port: [address])

    if fine:
        assert ask() == [address]
    else:
        with pytest.raises(AddressRefused, match="allow_private"):
            ask()


@pytest.mark.parametrize(
    "url",
    ["ftp://quan.example/", "file:///etc/passwd", "http:///tin", "//quan.example", "http://[::1", "http://h:99999/"],
)
def test_only_http_to_a_host(url: str) -> None:
    with pytest.raises(BadAddress):
        checked_url(url)


def test_a_password_in_a_url_is_refused_and_not_repeated() -> None:
    with pytest.raises(BadAddress) as caught:
        checked_url("http://user:secret@quan.example/")
    assert "secret" not in str(caught.value)


def test_a_site_is_its_host_and_uncommon_port() -> None:
    assert site("https://www.quan.example/") == site("http://quan.example:80/tin") == "quan.example"
    assert site("http://quan.example:8080/") != site("http://quan.example/")
