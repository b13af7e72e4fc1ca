"""The body of a record as a reader of the page would get it: chunks joined, compression undone, within limits.

warcio's ``content_stream`` guesses on where the data does not fit its headers, and says so on stderr only; an import
has to know whether a page is whole.
"""

from __future__ import annotations

import importlib
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeVar

from warcio.bufferedreaders import ChunkedDataException, ChunkedDataReader

_GZIP, _ZLIB, _DEFLATE = zlib.MAX_WBITS | 16, zlib.MAX_WBITS, -zlib.MAX_WBITS
_STEP = 1 << 20
_LITTLE = 256
#: more than fits into any memory, and into the libraries' numbers
_NO_LIMIT = 1 << 40


_Bytes = TypeVar("_Bytes", bytes, bytearray)


class BodyError(Exception):
    """A body that is not whole, or that cannot be decoded here."""


class BodyTooLarge(BodyError):
    """A body beyond the limit."""


def decoded(record: Any, limit: int | None = None) -> bytes:
    """The decoded body of a warcio record. Raises BodyError, BodyTooLarge beyond ``limit`` bytes.

    What a crawler stored decoded beside headers that speak of an encoding is taken as it stands. A record that says
    itself that it was truncated may end anywhere.
    """
    most = _NO_LIMIT if limit is None else limit
    raw: bytes = record.raw_stream.read() if limit is None else record.raw_stream.read(most + 1)
    headers = record.http_headers
    if headers is None:
        return _within(raw, most)
    cut = record.rec_headers.get_header("WARC-Truncated") is not None
    if "chunked" in (headers.get_header("Transfer-Encoding") or "").lower():
        raw = _joined(_within(raw, most), cut)
    named = (headers.get_header("Content-Encoding") or "").lower().split(",")
    for encoding in reversed([name.strip() for name in named]):
        if encoding and encoding not in ("identity", "none"):
            raw = _decoded(raw, encoding, most, cut)
    return _within(raw, most)


def _within(body: _Bytes, most: int) -> _Bytes:
    if len(body) > most:
        raise BodyTooLarge(f"larger than {most >> 20} MiB, no bulletin is")
    return body


def _joined(raw: bytes, cut: bool) -> bytes:
    """The chunks without their lengths; a body that has none was stored joined."""
    first = raw[:64].partition(b"\r\n")
    try:
        int(first[0].partition(b";")[0], 16)
    except ValueError:
        return raw
    if not first[1]:
        return raw
    joined: bytes
    try:
        joined = ChunkedDataReader(BytesIO(raw), raise_exceptions=not cut).read()
    except ChunkedDataException:
        raise BodyError("its chunks end before the last one") from None
    return joined


def _decoded(raw: bytes, encoding: str, most: int, cut: bool) -> bytes:
    if encoding in ("gzip", "x-gzip"):
        return _inflated(raw, _GZIP, most, cut) if raw[:2] == b"\x1f\x8b" else raw
    if encoding == "deflate":
        if raw.lstrip()[:1] == b"<":
            return raw
        try:
            return _inflated(raw, _ZLIB, most, cut)
        except BodyTooLarge:
            raise
        except BodyError:
            return _inflated(raw, _DEFLATE, most, cut)
    if raw.lstrip()[:1] == b"<":
        return raw  # "utf-8" and the like, or decoded by the crawler
    unpack = _UNPACK.get(encoding)
    unpacked = unpack(raw, most) if unpack else None
    if unpacked is None:
        raise BodyError(f"its Content-Encoding {encoding} cannot be undone here")
    return unpacked


def _inflated(raw: bytes, kind: int, most: int, cut: bool) -> bytes:
    engine = zlib.decompressobj(kind)
    pieces: list[bytes] = []
    size, left = 0, raw
    while not engine.eof:
        try:
            piece = engine.decompress(left, _STEP)
        except zlib.error as error:
            if cut and pieces:
                break
            raise BodyError(f"its compressed body is damaged: {error}") from None
        pieces.append(piece)
        size += len(piece)
        if size > most:
            raise BodyTooLarge(f"larger than {most >> 20} MiB, no bulletin is")
        left = engine.unconsumed_tail
        if not left and len(piece) < _STEP:
            break
    if not engine.eof and not cut:
        raise BodyError("its compressed body ends before its end")
    return b"".join(pieces)


def _brotli(raw: bytes, most: int) -> bytes | None:
    """None where no library is installed."""
    module = _installed("brotli", "brotlicffi")
    if module is None:
        return None
    engine = module.Decompressor()
    feed = getattr(engine, "process", None) or engine.decompress
    return _fed(raw, feed, engine.is_finished, module.error, most)


def _zstd(raw: bytes, most: int) -> bytes | None:
    """None where no library is installed."""
    module = _installed("compression.zstd", "backports.zstd", "zstandard")
    if module is None:
        return None
    engine = module.ZstdDecompressor()
    if hasattr(engine, "decompressobj"):  # zstandard
        engine = engine.decompressobj()
    return _fed(raw, engine.decompress, lambda: bool(engine.eof), module.ZstdError, most)


def _fed(
    raw: bytes, feed: Callable[[bytes], bytes], finished: Callable[[], bool], damaged: type[Exception], most: int
) -> bytes:
    """Little by little: a few bytes may unpack to very much."""
    made = bytearray()
    try:
        for at in range(0, len(raw), _LITTLE):
            if finished():
                break
            made += feed(raw[at : at + _LITTLE])
            _within(made, most)
    except damaged as error:
        raise BodyError(f"its compressed body is damaged: {error}") from None
    if not finished():
        raise BodyError("its compressed body ends before its end")
    return bytes(made)


#: what the standard library cannot undo -> how it is done where a library for it is installed
_UNPACK = {"br": _brotli, "zstd": _zstd}


def _installed(*names: str) -> Any:
    for name in names:
        try:
            return importlib.import_module(name)
        except ImportError:
            continue
    return None
