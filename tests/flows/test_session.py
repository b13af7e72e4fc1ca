from __future__ import annotations

import contextlib
import gzip
import io
import random
import signal
import socket
import threading
import time
import zlib
from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import brotli
import pytest
import urllib3
from backports import zstd

from flows.net import decoding, errors
from flows.net.body import read_body
from flows.net.lookup import LookUp
from flows.net.pace import Pace
from flows.net.session import Limits, NotModified, Session
from schemas.captures import Capture
from tests.flows.faults import Asked, FaultServer, Reply

PAGE = "<h1>Quận Hải Lĩnh</h1>".encode()


def test_a_page_comes_with_what_was_asked_and_answered(server: FaultServer, session: Session) -> None:
    server.routes["/tin"] = Reply(body=gzip.compress(PAGE), headers={"Content-Encoding": "gzip", "ETag": '"a"'})
    got = session.fetch(server.url("/tin#cuoi"))
    assert isinstance(got, Capture)
    assert (got.url, got.status, got.body, got.header("etag")) == (server.url("/tin"), 200, PAGE, '"a"')
    assert dict(got.request_headers)["User-Agent"] == "bantin/test" == server.asked[0].headers["User-Agent"]
    assert got.time.tzinfo is UTC


def test_a_page_that_did_not_change(server: FaultServer, session: Session) -> None:
    def answer(asked: Asked) -> Reply:
        known = asked.headers.get("If-None-Match") == '"a"' and asked.headers.get("If-Modified-Since") == "then"
        return Reply(304) if known else Reply(body=PAGE)

    server.routes["/tin"] = answer
    assert isinstance(session.fetch(server.url("/tin"), etag='"a"', last_modified="then"), NotModified)
    assert isinstance(session.fetch(server.url("/tin"), etag='"b"'), Capture)


def test_not_modified_without_a_condition_is_a_fault(server: FaultServer, session: Session) -> None:
    server.routes["/tin"] = Reply(304)
    with pytest.raises(errors.HttpStatus, match="304"):
        session.fetch(server.url("/tin"))


@pytest.mark.parametrize("status", [404, 410])
def test_a_page_that_is_gone_is_asked_once(server: FaultServer, session: Session, status: int) -> None:
    server.routes["/tin"] = Reply(status)
    with pytest.raises(errors.Gone) as caught:
        session.fetch(server.url("/tin"))
    assert caught.value.status == status
    assert len(server.asked) == 1


def test_a_server_that_is_busy_is_asked_again(server: FaultServer, session: Session, slept: list[float]) -> None:
    server.routes["/tin"] = [Reply(503), Reply(hang_up=True), Reply(body=PAGE)]
    got = session.fetch(server.url("/tin"))
    assert isinstance(got, Capture) and got.body == PAGE
    assert slept == [0.25, 0.5]


def test_a_server_that_stays_busy_is_left(server: FaultServer, session: Session) -> None:
    server.routes["/tin"] = Reply(500)
    with pytest.raises(errors.HttpStatus, match="the server answered 500"):
        session.fetch(server.url("/tin"))
    assert len(server.asked) == 3


@pytest.mark.parametrize(
    ("value", "wait"),
    [("7", 7.0), ("100000", 120.0), ("Sat, 16 Sep 2023 00:12:30 GMT", 30.0), ("soon", 0.25), ("-5", 0.25)],
)
def test_the_server_says_when_to_come_back(
    server: FaultServer, make_session: Callable[..., Session], slept: list[float], value: str, wait: float
) -> None:
    server.routes["/tin"] = [Reply(429, headers={"Retry-After": value}), Reply(body=PAGE)]
    make_session(now=lambda: datetime(2023, 9, 16, 0, 12, tzinfo=UTC)).fetch(server.url("/tin"))
    assert slept == [wait]


def test_redirects_are_followed_within_the_site(server: FaultServer, session: Session) -> None:
    server.routes["/cu"] = Reply(301, headers={"Location": "/moi"})
    server.routes["/moi"] = Reply(body=PAGE)
    got = session.fetch(server.url("/cu"))
    assert isinstance(got, Capture) and got.url == server.url("/moi")


def test_a_redirect_may_be_written_in_vietnamese(server: FaultServer, session: Session) -> None:
    server.routes["/tin"] = Reply(302, headers={"Location": "/tin/hội-nghị".encode().decode("latin-1")})
    server.routes["/tin/h%E1%BB%99i-ngh%E1%BB%8B"] = Reply(body=PAGE)
    got = session.fetch(server.url("/tin"))
    assert isinstance(got, Capture) and got.body == PAGE


@pytest.mark.parametrize("host", ["a" * 70 + ".example", "a..example", ".", "xn--.example", "qu ận.example"])
def test_a_host_that_is_no_name_is_a_fault_like_any_other(make_session: Callable[..., Session], host: str) -> None:
    with pytest.raises(errors.FetchError):
        make_session().fetch(f"http://{host}/tin")


def test_redirects_end(server: FaultServer, session: Session) -> None:
    server.routes["/a"] = Reply(302, headers={"Location": "/a"})
    with pytest.raises(errors.RedirectRefused, match="more than 3"):
        session.fetch(server.url("/a"))
    assert len(server.asked) == 4


@pytest.mark.parametrize(
    "location",
    [
        "http://other.example/",
        "//127.0.0.1:1/",
        "http://2130706433/",
        "file:///etc/passwd",
        "http://[::1",
        "http://h:x/",
    ],
)
def test_redirects_to_elsewhere_are_refused(server: FaultServer, session: Session, location: str) -> None:
    server.routes["/tin"] = Reply(302, headers={"Location": location})
    with pytest.raises((errors.RedirectRefused, errors.BadAddress)):
        session.fetch(server.url("/tin"))
    assert server.paths() == ["/tin"]


@pytest.mark.parametrize("address", ["10.0.0.1", "169.254.169.254", "::1", "127.0.0.1"])
def test_a_redirect_to_a_host_of_the_portal_is_checked_too(
    server: FaultServer, make_session: Callable[..., Session], address: str
) -> None:
    def resolver(host: str, port: int) -> list[str]:
        return [address] if host == "anh.quan.example" else ["127.0.0.1"]

    server.routes["/tin"] = Reply(302, headers={"Location": f"http://anh.quan.example:{server.port}/tin"})
    session = make_session(hosts=["anh.quan.example"], resolver=resolver)
    with pytest.raises(errors.AddressRefused, match=r"anh\.quan\.example"):
        session.fetch(server.url("/tin"))
    assert server.paths() == ["/tin"]


def test_a_name_that_answers_differently_the_second_time_gains_nothing(
    server: FaultServer, make_session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    """DNS rebinding: public when checked, loopback when connected to. The look-up that is checked is the only one."""
    answers = iter([["203.162.0.1"], ["127.0.0.1"]])
    connected: list[object] = []

    def connect(sock: socket.socket, address: tuple[object, ...]) -> None:
        connected.append(address[0])
        raise ConnectionRefusedError("nobody there")

    monkeypatch.setattr(socket.socket, "connect", connect)
    session = make_session(resolver=lambda host, port: next(answers))
    with pytest.raises(errors.AddressRefused, match=r"127\.0\.0\.1"):
        session.fetch(f"http://quan.example:{server.port}/tin")  # asked again after the first fault
    assert connected == ["203.162.0.1"]
    assert server.asked == []


def test_a_private_name_is_refused_before_anything_is_sent(
    server: FaultServer, make_session: Callable[..., Session]
) -> None:
    session = make_session(allow_private=[])
    with pytest.raises(errors.AddressRefused, match=r"127\.0\.0\.1 \(loopback\)"):
        session.fetch(server.url("/tin"))
    assert server.asked == []


def test_proxies_of_the_environment_are_not_used(
    server: FaultServer, make_session: Callable[..., Session], monkeypatch: pytest.MonkeyPatch
) -> None:
    server.routes["/tin"] = Reply(body=PAGE)
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    assert isinstance(make_session().fetch(server.url("/tin")), Capture)


def test_a_name_that_does_not_exist(make_session: Callable[..., Session]) -> None:
    def resolver(host: str, port: int) -> list[str]:
        raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")

    with pytest.raises(errors.NobodyThere, match="not known"):
        make_session(resolver=resolver).fetch("http://mat.example/")


@pytest.mark.parametrize("number", [socket.EAI_AGAIN, socket.EAI_FAIL])
def test_a_name_server_that_fails_is_asked_as_often_as_any(
    make_session: Callable[..., Session], slept: list[float], number: int
) -> None:
    def resolver(host: str, port: int) -> list[str]:
        raise socket.gaierror(number, "failure in name resolution")

    session = make_session(resolver=resolver, limits=Limits(attempts=4, backoff=2))
    with pytest.raises(errors.ConnectionFault, match="name resolution") as caught:
        session.fetch("http://mat.example/")
    assert not caught.value.unreachable and caught.value.retry
    assert slept == [2, 4, 8]


def test_a_name_server_that_is_silent_does_not_outlast_the_time_limit(make_session: Callable[..., Session]) -> None:
    silent, asked = threading.Event(), []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        silent.wait(20)
        return ["127.0.0.1"]

    session = make_session(resolver=resolver, limits=Limits(total=0.3, attempts=2, backoff=0))
    start = time.monotonic()
    try:
        with pytest.raises(errors.TooSlow, match="name server") as caught:
            session.fetch("http://cham.example/tin")
        assert caught.value.url == "http://cham.example/tin"
        assert str(caught.value).startswith("http://cham.example/tin: the name server")
        assert 0.5 < time.monotonic() - start < 5
        assert asked == ["cham.example"]  # the second attempt waits for the first one's answer
    finally:
        silent.set()


def test_an_answer_of_the_name_server_serves_only_those_that_waited(
    server: FaultServer, make_session: Callable[..., Session]
) -> None:
    asked = []

    def resolver(host: str, port: int) -> list[str]:
        asked.append(host)
        if len(asked) > 1:
            time.sleep(0.2)
        return ["127.0.0.1"]

    look_up = LookUp(resolver)
    assert look_up("quan.example", 80, 5) == ["127.0.0.1"]
    with pytest.raises(TimeoutError):
        look_up("quan.example", 80, 0.01)
    assert look_up("quan.example", 80, 5) == ["127.0.0.1"] and len(asked) == 2
    look_up("quan.example", 80, 5)
    assert len(asked) == 3


@pytest.mark.parametrize("name", ["refused", "unknown"])
def test_where_nobody_is_there_is_told_sooner_than_where_an_answer_is_late(
    make_session: Callable[..., Session], slept: list[float], name: str
) -> None:
    def resolver(host: str, port: int) -> list[str]:
        if name == "unknown":
            raise socket.gaierror(socket.EAI_NONAME, "Name or service not known")
        return ["127.0.0.1"]

    said: list[str] = []
    limits = Limits(attempts=4, backoff=2)
    session = make_session(resolver=resolver, allow_private=["mat.example:1"], limits=limits, waiting=said.append)
    with pytest.raises(errors.NobodyThere) as caught:
        session.fetch("http://mat.example:1/tin")
    assert caught.value.unreachable and caught.value.retry
    assert slept == [2]
    (line,) = said
    assert line.endswith("; attempt 2 of 2 in 2 s: http://mat.example:1/tin")


def test_what_is_waited_for_is_said(server: FaultServer, make_session: Callable[..., Session]) -> None:
    said: list[str] = []
    server.routes["/tin"] = Reply(503, headers={"Retry-After": "9"})
    with pytest.raises(errors.HttpStatus):
        make_session(waiting=said.append).fetch(server.url("/tin"))
    assert [line.partition(": ")[0] for line in said] == [
        "the server answered 503; attempt 2 of 3 in 9 s",
        "the server answered 503; attempt 3 of 3 in 9 s",
    ]


@pytest.mark.parametrize("codings", ["gzip", "br", "gzip, br", "zstd, gzip", "deflate, zstd, br"])
@pytest.mark.parametrize("step", [1, 7, 1000])
def test_codings_within_each_other_come_out_in_pieces(codings: str, step: int) -> None:
    body = random.Random(3).randbytes(5000) + bytes(60_000)
    packed = body
    for coding in codings.split(", "):
        packed = {"gzip": gzip.compress, "br": brotli.compress, "zstd": zstd.compress, "deflate": zlib.compress}[
            coding
        ](packed)
    decoder = decoding.decoder_for(codings)
    found = b""
    for at in range(0, len(packed), step):
        piece, more = decoder.feed(packed[at : at + step], 512)
        found += piece
        while more:
            piece, more = decoder.feed(b"", 512)
            found += piece
    assert found == body and decoder.complete


_PACK = {"gzip": gzip.compress, "deflate": zlib.compress, "br": brotli.compress, "zstd": zstd.compress}
_BEHIND = [b"x", bytes(1), bytes(512), b"\r\n"]


@contextlib.contextmanager
def seconds(most: float) -> Iterator[None]:
    """A loop that does not end fails within this time instead of holding up the others."""

    def over(number: int, frame: object) -> None:
        raise AssertionError(f"no end within {most:g} s")

    before = signal.signal(signal.SIGALRM, over)
    signal.setitimer(signal.ITIMER_REAL, most)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def sent(packed: bytes, codings: str) -> bytes:
    """What is read of a body that was sent so."""
    response = urllib3.HTTPResponse(
        io.BytesIO(packed), headers={"Content-Encoding": codings}, preload_content=False, decode_content=False
    )
    return read_body("http://quan.example/", response, wire=10**7, most=10**7)


@pytest.mark.parametrize("behind", _BEHIND)
@pytest.mark.parametrize("at", ["inner", "outer", "both"])
@pytest.mark.parametrize("outer", _PACK)
@pytest.mark.parametrize("inner", _PACK)
def test_what_follows_a_stream_has_an_end(inner: str, outer: str, at: str, behind: bytes) -> None:
    """Within another coding too: behind gzip and deflate it is ignored, behind the others it is a fault."""
    body = random.Random(3).randbytes(5000) + bytes(200_000)
    packed = _PACK[inner](body) + (behind if at != "outer" else b"")
    packed = _PACK[outer](packed) + (behind if at != "inner" else b"")
    broken = (inner in ("br", "zstd") and at != "outer") or (outer in ("br", "zstd") and at != "inner")
    with seconds(5), pytest.raises(errors.Undecodable) if broken else contextlib.nullcontext():
        assert sent(packed, f"{inner}, {outer}") == body


@pytest.mark.parametrize("coding", ["gzip", "deflate"])
def test_a_stream_that_is_over_stays_over(coding: str) -> None:
    decoder = decoding.decoder_for(coding)
    found, more = decoder.feed(_PACK[coding](b"tin") + b"x", 512)
    for _ in range(3):  # what follows is looked at once
        piece, more = decoder.feed(b"", 512)
        found += piece
    assert (found, more, decoder.complete) == (b"tin", False, True)
    # not even what looks like a stream begins another one then
    assert decoder.feed(_PACK[coding](b"tin"), 512) == (b"", False)


def test_many_empty_streams_within_each_other_are_read() -> None:
    body = gzip.compress(b"") * 900 + gzip.compress(b"tin")
    with seconds(20):
        assert sent(gzip.compress(b"") * 900 + gzip.compress(body), "gzip, gzip") == b"tin"


def test_a_decoder_that_promises_more_for_ever_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    class Promising:
        complete = True

        def feed(self, data: bytes, most: int) -> tuple[bytes, bool]:
            return b"", True

    monkeypatch.setattr(decoding, "decoder_for", lambda encoding, most: Promising())
    with seconds(5), pytest.raises(errors.Undecodable, match="without a byte"):
        sent(b"tin", "gzip")


def test_a_bomb_is_stopped_while_it_opens(server: FaultServer, session: Session) -> None:
    bomb = gzip.compress(bytes(5_000_000))
    assert len(bomb) < 20_000
    server.routes["/bom"] = Reply(body=bomb, headers={"Content-Encoding": "gzip"})
    with pytest.raises(errors.TooLarge, match="after decompression"):
        session.fetch(server.url("/bom"))
    assert len(server.asked) == 1


def test_too_many_bytes(server: FaultServer, session: Session) -> None:
    server.routes["/to"] = Reply(body=b"x" * 90_000)
    with pytest.raises(errors.TooLarge, match="more than 20000 bytes;"):
        session.fetch(server.url("/to"))


def test_a_body_that_is_not_what_it_says(server: FaultServer, session: Session) -> None:
    server.routes["/tin"] = Reply(body=b"not gzip at all", headers={"Content-Encoding": "gzip"})
    with pytest.raises(errors.Undecodable):
        session.fetch(server.url("/tin"))


@pytest.mark.parametrize("drip_headers", [False, True])
@pytest.mark.parametrize("length", [None, -1])
def test_an_answer_that_drips_ends(
    server: FaultServer, make_session: Callable[..., Session], drip_headers: bool, length: int | None
) -> None:
    server.routes["/tin"] = Reply(body=b"x" * 1000, drip=0.05, drip_headers=drip_headers, length=length)
    session = make_session(limits=Limits(read=5, total=0.3, attempts=1))
    start = time.monotonic()
    with pytest.raises(errors.TooSlow, match=r"0\.3 s"):
        session.fetch(server.url("/tin"))
    assert time.monotonic() - start < 2


def test_the_session_lives_on_after_a_fault(server: FaultServer, session: Session) -> None:
    server.routes["/cham"] = [Reply(body=b"x" * 100, drip=0.1), Reply(body=PAGE)]
    assert isinstance(session.fetch(server.url("/cham")), Capture)
    assert isinstance(session.fetch(server.url("/cham")), Capture)


def test_a_body_shorter_than_announced_is_asked_again(server: FaultServer, session: Session) -> None:
    server.routes["/tin"] = [Reply(body=PAGE, length=1000), Reply(body=PAGE)]
    got = session.fetch(server.url("/tin"))
    assert isinstance(got, Capture) and got.body == PAGE
    assert len(server.asked) == 2


def test_a_body_longer_than_announced_is_cut_where_announced(server: FaultServer, session: Session) -> None:
    server.routes["/tin"] = Reply(body=PAGE + b"rest", length=len(PAGE))
    got = session.fetch(server.url("/tin"))
    assert isinstance(got, Capture) and got.body == PAGE


def test_connections_to_plain_http_never_pass_as_https(server: FaultServer, session: Session) -> None:
    with pytest.raises(errors.FetchError) as caught:
        session.fetch(f"https://{server.host}/tin")
    assert caught.value.kind in ("tls", "connection")


def test_two_requests_to_a_host_keep_their_distance() -> None:
    now, slept = [100.0], []

    def sleep(seconds: float) -> None:
        slept.append(seconds)
        now[0] += seconds

    pace = Pace(clock=lambda: now[0], sleep=sleep)
    pace.slow_to("quan.example", 2)
    pace.slow_to("quan.example", 5)
    pace.slow_to("quan.example", 1)
    for host in ("quan.example", "phuong.example", "quan.example"):
        with pace.turn(host):
            pass
    assert slept == [5.0]
