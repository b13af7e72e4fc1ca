"""Answers that are broken, hostile or not what they say."""

from __future__ import annotations

import gzip
import random
import zlib

import brotli
from backports import zstd

from tests.flows.cases.model import PAGE, TEXT, Case, page
from tests.flows.faults import Raw, Reply
from tests.page.spelled import detached, in_font

_HEAD = b"HTTP/1.1 200 OK\r\n"
_CHUNKED = _HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
_FINE = Reply(body=PAGE)
_ZEROS = bytes(5_000_000)


def _coded(coding: str, body: bytes) -> Reply:
    return Reply(body=body, headers={"Content-Encoding": coding})


def _nested(body: bytes) -> bytes:
    return gzip.compress(zstd.compress(body))


def _raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


def _sized(body: bytes, length: object) -> bytes:
    return _HEAD + f"Content-Length: {length}\r\n\r\n".encode() + body


def _chunk(body: bytes) -> bytes:
    return f"{len(body):x}\r\n".encode() + body + b"\r\n"


_WIDE = zstd.compress(
    _ZEROS * 4,
    options={
        zstd.CompressionParameter.window_log: 27,
        zstd.CompressionParameter.enable_long_distance_matching: 1,
        zstd.CompressionParameter.content_size_flag: 0,
    },
)

CODINGS = [
    Case("gzip", _coded("gzip", gzip.compress(PAGE)), "fetched", "read"),
    Case(
        "gzip in many members", _coded("GZIP", gzip.compress(PAGE[:100]) + gzip.compress(PAGE[100:])), "fetched", "read"
    ),
    Case("gzip with rubbish behind it", _coded("x-gzip", gzip.compress(PAGE) + b"\0\0rubbish"), "fetched", "read"),
    Case("deflate with the zlib header", _coded("deflate", zlib.compress(PAGE)), "fetched", "read"),
    Case("deflate without it", _coded("deflate", _raw_deflate(PAGE)), "fetched", "read"),
    Case("br", _coded("br", brotli.compress(PAGE)), "fetched", "read"),
    Case("zstd", _coded("zstd", zstd.compress(PAGE)), "fetched", "read"),
    Case("Content-Encoding that is none", _coded("utf-8", PAGE), "fetched", "read"),
    Case("gzip bomb", _coded("gzip", gzip.compress(_ZEROS)), "error", ""),
    Case("deflate bomb", _coded("deflate", zlib.compress(_ZEROS)), "error", ""),
    Case("br bomb", _coded("br", brotli.compress(_ZEROS)), "error", ""),
    Case("zstd bomb", _coded("zstd", zstd.compress(_ZEROS)), "error", ""),
    Case(
        "zstd that asks for 128 MiB of memory",
        _coded("zstd", _WIDE),
        "error",
        "the body is not what its Content-Encoding says (…too much memory…); see it by hand",
    ),
    Case("gzip in gzip", _coded("gzip, gzip", gzip.compress(gzip.compress(PAGE))), "fetched", "read"),
    Case("br in zstd in gzip", _coded("br, zstd, gzip", _nested(brotli.compress(PAGE))), "fetched", "read"),
    Case(
        "gzip said twice and done once",
        _coded("gzip, gzip", gzip.compress(PAGE)),
        "error",
        "the body is not what its Content-Encoding says (…); see it by hand",
    ),
    Case("four codings", _coded("gzip, gzip, gzip, gzip", gzip.compress(PAGE)), "error", ""),
    Case("a bomb in gzip", _coded("gzip, gzip", gzip.compress(gzip.compress(_ZEROS))), "error", ""),
    Case("a bomb in zstd in gzip", _coded("br, zstd, gzip", _nested(brotli.compress(_ZEROS))), "error", ""),
    Case(
        "a bomb around a page: what is behind it is never seen",
        _coded("gzip, gzip", gzip.compress(gzip.compress(PAGE) + _ZEROS)),
        "error",
        "more than 2000000 bytes after decompression; …",
    ),
    Case(
        "gzip in gzip, cut off within", _coded("gzip, gzip", gzip.compress(gzip.compress(PAGE)[:-20])), "error", "", 3
    ),
    Case("thirty thousand empty gzip members", _coded("gzip", gzip.compress(b"") * 30_000), "error", ""),
    Case("thirty thousand empty zstd frames", _coded("zstd", zstd.compress(b"") * 30_000), "error", ""),
    Case("an unknown coding", _coded("lzma", PAGE), "error", ""),
    Case(
        "gzip that is none",
        _coded("gzip", PAGE),
        "error",
        "the body is not what its Content-Encoding says (…); see it by hand",
    ),
    Case(
        "br that is none",
        _coded("br", PAGE),
        "error",
        "the body is not what its Content-Encoding says (…); see it by hand",
    ),
    Case(
        "zstd that is none",
        _coded("zstd", PAGE),
        "error",
        "the body is not what its Content-Encoding says (…); see it by hand",
    ),
    *(
        Case(
            f"{coding} that is cut off",
            Raw(_HEAD + f"Content-Encoding: {coding}\r\n\r\n".encode() + body[:-20]),
            "error",
            "",
            asked=3,
        )
        for coding, body in {
            "gzip": gzip.compress(PAGE),
            "deflate": zlib.compress(PAGE),
            "br": brotli.compress(PAGE),
            "zstd": zstd.compress(PAGE),
        }.items()
    ),
    Case("gzip that nobody announced", Reply(body=gzip.compress(PAGE)), "fetched", ""),
]

BODIES = [
    Case("a body of more bytes than may come, announced", Raw(_sized(PAGE, 10**9), "hold"), "error", ""),
    Case("a body of more bytes than may come, not announced", Raw(_HEAD + b"\r\n", endless=b"x" * 50_000), "error", ""),
    Case(
        "Content-Length too large, then the end", [Raw(_sized(PAGE, len(PAGE) + 9)), _FINE], "fetched", "read", asked=2
    ),
    Case("Content-Length too large, then nothing", Raw(_sized(PAGE, len(PAGE) + 9), "hold"), "error", "", slow=True),
    Case(
        "Content-Length too small", Raw(_sized(PAGE + b"<p>rest", len(PAGE)), "keep"), "unchanged", "", times=2, asked=2
    ),
    Case("Content-Length below zero", Raw(_sized(PAGE, -5)), "fetched", "read"),
    Case("Content-Length that is no number", Raw(_sized(PAGE, "many")), "fetched", "read"),
    Case(
        "two Content-Lengths that differ",
        Raw(_HEAD + b"Content-Length: 5\r\n" + _sized(PAGE, len(PAGE))[len(_HEAD) :]),
        "error",
        "no HTTP answer (Content-Length…); see it in a browser",
    ),
    Case(
        "Content-Length beside chunks",
        Raw(_HEAD + b"Content-Length: 5\r\n" + _CHUNKED[len(_HEAD) :] + _chunk(PAGE) + b"0\r\n\r\n"),
        "fetched",
        "read",
    ),
    Case("no Content-Length, the end is the end", Raw(_HEAD + b"\r\n" + PAGE), "fetched", "read"),
    Case("an empty body", Reply(body=b""), "fetched", ""),
    Case("HTTP/1.0", Raw(b"HTTP/1.0 200 OK\r\n\r\n" + PAGE), "fetched", "read"),
    Case("HTTP/0.9: a body and nothing else", Raw(PAGE), "error", "no HTTP answer (<html>… ...); see it in a browser"),
    Case("HTTP/7.3", Raw(b"HTTP/7.3 200 OK\r\n\r\n" + PAGE), "error", ""),
    Case("a status that is no number", Raw(b"HTTP/1.1 abc OK\r\n\r\n" + PAGE), "error", ""),
    Case("a status that does not exist (999)", Raw(b"HTTP/1.1 999 No\r\n\r\n" + PAGE), "error", ""),
    Case(
        "an answer ahead of the answer (103)",
        Raw(b"HTTP/1.1 103 Early Hints\r\n\r\n" + _sized(PAGE, len(PAGE))),
        "error",
        "",
    ),
    Case("chunks", Raw(_CHUNKED + _chunk(PAGE[:50]) + _chunk(PAGE[50:]) + b"0\r\n\r\n"), "fetched", "read"),
    Case("chunks without end", Raw(_CHUNKED, endless=_chunk(b"x" * 10_000)), "error", ""),
    Case("chunks that stop in silence", Raw(_CHUNKED + _chunk(PAGE), "hold"), "error", "", slow=True),
    Case("chunks without the last one", Raw(_CHUNKED + _chunk(PAGE)), "error", "", asked=3),
    Case("chunks cut within one", Raw(_CHUNKED + _chunk(PAGE)[:-9]), "error", "", asked=3),
    Case("a chunk size that is no number", Raw(_CHUNKED + b"zz\r\n" + PAGE), "error", "", asked=3),
    Case("a chunk size below zero", Raw(_CHUNKED + b"-5\r\n" + PAGE), "error", "", asked=3),
    Case("a chunk size beyond all bounds", Raw(_CHUNKED + b"f" * 15 + b"\r\n" + PAGE), "error", "", asked=3),
    Case("a chunk size without end", Raw(_CHUNKED, endless=b"0" * 10_000), "error", "", asked=1),
    Case(
        "trailers without end",
        Raw(_CHUNKED + _chunk(PAGE) + b"0\r\n", endless=b"X-More: 1\r\n" * 100),
        "error",
        "",
        slow=True,
    ),
    Case("an unknown Transfer-Encoding", Raw(_HEAD + b"Transfer-Encoding: rot13\r\n\r\n" + PAGE), "fetched", "read"),
]

CONNECTIONS = [
    Case(
        "nobody listens",
        _FINE,
        "error",
        "robots.txt could not be read (…Connection refused); the next run asks again",
        url="http://portal.example:1/tin",
        allow_private=("portal.example:1",),
        asked=0,
    ),
    Case(
        "the name does not exist",
        _FINE,
        "error",
        "robots.txt could not be read (Failed to resolve 'mat.example' …); the next run asks again",
        url="http://mat.example/tin",
        asked=0,
    ),
    Case("hangs up without a word", Reply(hang_up=True), "error", "", asked=3),
    Case("hangs up once", [Reply(hang_up=True), _FINE], "fetched", "read", asked=2),
    Case(
        "reset within the headers",
        Raw(_HEAD, "reset"),
        "error",
        "…Connection reset by peer; is the portal up? the next run asks again",
        asked=3,
    ),
    Case(
        "reset within the body",
        Raw(_sized(PAGE, 10_000), "reset"),
        "error",
        "…Connection reset by peer; is the portal up? the next run asks again",
        asked=3,
    ),
    Case("says nothing", Raw(b"", "hold"), "error", "", slow=True),
    Case("drips its headers", Reply(body=PAGE, drip=0.05, drip_headers=True), "error", "", slow=True),
    Case("drips its body", Reply(body=PAGE, drip=0.05), "error", "", slow=True),
    Case("drips a body without a length", Reply(body=PAGE, drip=0.05, length=-1), "error", "", slow=True),
    Case(
        "drips gzip",
        Reply(body=gzip.compress(PAGE), headers={"Content-Encoding": "gzip"}, drip=0.05),
        "error",
        "",
        slow=True,
    ),
    Case(
        "a thousand headers",
        Raw(_HEAD + b"X-More: 1\r\n" * 1000 + b"\r\n" + PAGE),
        "error",
        "no HTTP answer (got more than 100 headers); see it in a browser",
    ),
    Case("headers without end", Raw(_HEAD, endless=b"X-More: 1\r\n" * 100), "error", ""),
    Case("a header of 100 KB", Raw(_HEAD + b"X-Long: " + b"x" * 100_000 + b"\r\n\r\n" + PAGE), "error", ""),
    Case("90 headers of 2 KB", Raw(_HEAD + (b"X-Long: " + b"x" * 2000 + b"\r\n") * 90 + b"\r\n" + PAGE), "error", ""),
    Case("a status line without end", Raw(b"HTTP/1.1 200 ", endless=b"O" * 10_000), "error", ""),
    Case("'go on' without end (100)", Raw(b"", endless=b"HTTP/1.1 100 Continue\r\n\r\n" * 50), "error", "", slow=True),
    Case(
        "a header line without a colon",
        Raw(_HEAD + b"rubbish\r\nContent-Type: text/html\r\n\r\n" + PAGE),
        "fetched",
        "read",
    ),
    Case("null bytes in a header", Raw(_HEAD + b"X-Null: a\0b\r\n\r\n" + PAGE), "fetched", "read"),
    Case(
        "a flood of cookies",
        lambda asked: (
            Reply(body=PAGE, headers={"ETag": '"a"'})
            if len(asked.headers.get("Cookie", "")) > 5000
            else Raw(_HEAD + b"".join(b"Set-Cookie: c%d=%s\r\n" % (i, b"x" * 800) for i in range(80)) + b"\r\n" + PAGE)
        ),
        "unchanged",
        "",
        times=2,
        asked=2,
    ),
    Case(
        "an ETag of 10 KB is not sent back",
        lambda asked: (
            Reply(431)
            if "If-None-Match" in asked.headers
            else Reply(body=PAGE, headers={"ETag": '"' + "a" * 10_000 + '"'})
        ),
        "unchanged",
        "",
        times=2,
        asked=2,
    ),
    Case("TLS with a good certificate", _FINE, "fetched", "read", tls="good"),
    Case(
        "TLS: certificate of nobody's authority",
        _FINE,
        "error",
        "robots.txt could not be read (the certificate does not hold (…)); the next run asks again",
        tls="self-signed",
        asked=0,
    ),
    Case(
        "TLS: certificate of another host",
        _FINE,
        "error",
        "robots.txt could not be read (the certificate does not hold (…'portal.example'…)); the next run asks again",
        tls="other host",
        asked=0,
    ),
    Case(
        "TLS: certificate that is over",
        _FINE,
        "error",
        "robots.txt could not be read (the certificate does not hold (…expired…)); the next run asks again",
        tls="over",
        asked=0,
    ),
    Case(
        "TLS asked, plain HTTP answered",
        _FINE,
        "error",
        "robots.txt could not be read (the certificate does not hold (…)); the next run asks again",
        url="https://portal.example:{port}/tin",
        asked=0,
    ),
]


def _labelled(body: bytes, label: str | None) -> Reply:
    return Reply(body=body, headers={"Content-Type": label} if label else {})


PAGES = [
    Case("no charset anywhere", _labelled(page().encode(), None), "fetched", "read", text=TEXT),
    Case(
        "UTF-8 labelled ISO-8859-1",
        _labelled(page().encode(), "text/html; charset=iso-8859-1"),
        "fetched",
        "read",
        text=TEXT,
    ),
    Case(
        "UTF-8 labelled as what does not exist",
        _labelled(page().encode(), "text/html; charset=none-such"),
        "fetched",
        "read",
        text=TEXT,
    ),
    Case(
        "UTF-16 labelled UTF-8",
        _labelled(page().encode("utf-16"), "text/html; charset=utf-8"),
        "fetched",
        "read",
        text=TEXT,
    ),
    *(
        Case(
            f"{what} labelled {label}",
            _labelled(body, f"text/html; charset={label}"),
            "fetched",
            "read",
            text=TEXT,
        )
        for what, body, label in (
            ("windows-1258", detached(page()).encode("cp1258"), "windows-1258"),
            ("windows-1258", detached(page()).encode("cp1258"), "utf-8"),
            ("TCVN3 (ABC)", in_font(page(), "tcvn3").encode("cp1252"), "windows-1252"),
            ("TCVN3 (ABC) turned into UTF-8", in_font(page(), "tcvn3").encode(), "utf-8"),
            ("VNI", in_font(page(), "vni").encode("cp1252"), "x-user-defined"),
        )
    ),
    Case("a PDF labelled text/html", _labelled(b"%PDF-1.7\n" + bytes(range(256)) * 8, "text/html"), "fetched", ""),
    Case(
        "a Word document labelled text/html",
        _labelled(b"PK\x03\x04" + bytes(range(256)) * 8, "text/html"),
        "fetched",
        "",
    ),
    Case(
        "noise labelled text/html",
        _labelled(random.Random(1).randbytes(4000), "text/html"),
        "fetched",
        "",
    ),
    Case("a page labelled application/pdf", _labelled(PAGE, "application/pdf"), "fetched", "read", text=TEXT),
    Case("a page without Content-Type", _labelled(PAGE, None), "fetched", "read", text=TEXT),
    Case("null bytes in the text", _labelled(PAGE.replace(b"Qu", b"Q\0u"), "text/html"), "fetched", "read", text=TEXT),
    Case("nothing but null bytes", _labelled(bytes(5000), "text/html"), "fetched", ""),
    Case("elements 100,000 deep", _labelled(page("<div>" * 100_000 + TEXT).encode(), "text/html"), "fetched", ""),
    Case(
        "50,000 attributes on an element",
        _labelled(page(f"<b {' '.join(f'a{i}=1' for i in range(50_000))}>{TEXT}</b>").encode(), "text/html"),
        "fetched",
        "read",
        text=TEXT,
    ),
]
