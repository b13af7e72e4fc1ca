"""Content-Encoding undone a piece at a time: gzip, deflate, br and zstd, never more at once than asked for.

A decoder also knows whether its stream came to an end, so that a page that was cut is not taken for a whole one.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable
from typing import Protocol

import brotli
from backports import zstd

#: what a broken stream raises
FAULTS = (zlib.error, brotli.error, zstd.ZstdError, ValueError)
#: streams in one body: some servers write one for every block, nobody writes thousands of empty ones but to cost time
_MOST_STREAMS = 1000
#: 8 MiB, the window that RFC 9659 lets a server use; a larger one is memory that a few bytes ask for
_WINDOW: dict[int, int] = {zstd.DecompressionParameter.window_log_max: 23}
#: codings within each other: two occur where a proxy packs what was packed already
_DEEPEST = 3
#: not codings, but sent as such
_NO_CODING = {"", "identity", "none", "utf-8", "utf8"}


class TooMuch(Exception):
    """A coding unpacks to more than it may, though nothing of that has come out yet."""


class Decoder(Protocol):
    """One body's way back."""

    def feed(self, data: bytes, most: int) -> tuple[bytes, bool]:
        """About ``most`` bytes of what ``data`` stands for, and whether ``feed(b"", most)`` may give more."""

    @property
    def complete(self) -> bool:
        """Whether the stream is at its end (or never began)."""


def decoder_for(encoding: str | None, most: int = 25 * 1024 * 1024) -> Decoder:
    """The decoder of a Content-Encoding header; ValueError for codings that are unknown or too many within each other.

    ``most`` bytes are what a coding within another may have: it is unpacked in vain where what it holds is small.

    >>> decoder_for("identity").feed(b"abc", 10)
    (b'abc', False)
    """
    names = [part.strip().lower() for part in (encoding or "").split(",")]
    names = [name for name in names if name not in _NO_CODING]
    if not names:
        return _Plain()
    if len(names) > _DEEPEST:
        raise ValueError(f"encoded {len(names)} times, {', '.join(names[:5])}")
    unknown = next((name for name in names if name not in _DECODERS), None)
    if unknown is not None:
        raise ValueError(f"encoded as {unknown[:40]!r}, expected one of {', '.join(_DECODERS)}")
    decoder = _DECODERS[names[-1]]()  # the last one was put on last
    for name in reversed(names[:-1]):
        decoder = _Nested(decoder, _DECODERS[name](), most)
    return decoder


class _Plain:
    complete = True

    def feed(self, data: bytes, most: int) -> tuple[bytes, bool]:
        return data, False


class _Nested:
    """A coding within another one."""

    def __init__(self, outer: Decoder, inner: Decoder, most: int) -> None:
        self._outer, self._inner, self._most = outer, inner, most
        self._between = 0
        self._outer_has_more = self._inner_has_more = False

    @property
    def complete(self) -> bool:
        return self._outer.complete and self._inner.complete

    def feed(self, data: bytes, most: int) -> tuple[bytes, bool]:
        between = b""
        if data or not self._inner_has_more:
            between, self._outer_has_more = self._outer.feed(data, most)
            self._between += len(between)
            if self._between > self._most:
                raise TooMuch(self._most)
        found, self._inner_has_more = self._inner.feed(between, most)
        return found, self._inner_has_more or self._outer_has_more


class _Zlib:
    """gzip, in one or several members; what follows the last one is ignored, as browsers do."""

    def __init__(self) -> None:
        self._object = zlib.decompressobj(31)
        self._rest = b""
        self._streams = 0
        self._over = False  # no further member begins

    @property
    def complete(self) -> bool:
        return self._streams == 0 or self._object.eof

    def feed(self, data: bytes, most: int) -> tuple[bytes, bool]:
        if self._over:
            return b"", False
        data = self._rest + data
        if self._streams == 0 or self._object.eof:
            if not data:  # an object at its end would hand out once more what follows its stream
                return b"", False
            if not self._begin(data):
                self._over, self._rest = True, b""
                return b"", False
            self._streams = _counted(self._streams)
        found = self._object.decompress(data, most)
        self._rest = self._object.unconsumed_tail or self._object.unused_data
        return found, bool(self._rest) or len(found) >= most

    def _begin(self, data: bytes) -> bool:
        """Make ready for another stream; whether ``data`` is one."""
        if self._streams and not data.startswith(b"\x1f"):
            return False
        self._object = zlib.decompressobj(31)
        return True


class _Deflate(_Zlib):
    """One zlib stream, or the bare deflate stream that some servers take the name for."""

    def _begin(self, data: bytes) -> bool:
        if self._streams:
            return False
        zlib_header = data[0] & 15 == 8 and (len(data) == 1 or int.from_bytes(data[:2], "big") % 31 == 0)
        self._object = zlib.decompressobj(15 if zlib_header else -15)
        return True


class _Brotli:
    def __init__(self) -> None:
        self._object = brotli.Decompressor()
        self._begun = False

    @property
    def complete(self) -> bool:
        return not self._begun or bool(self._object.is_finished())

    def feed(self, data: bytes, most: int) -> tuple[bytes, bool]:
        self._begun |= bool(data)
        if self._object.is_finished():
            return b"", False
        found = bytes(self._object.process(data, output_buffer_limit=most))
        return found, len(found) >= most or not self._object.can_accept_more_data()


class _Zstd:
    def __init__(self) -> None:
        self._object = zstd.ZstdDecompressor(options=_WINDOW)
        self._streams = 0

    @property
    def complete(self) -> bool:
        return self._streams == 0 or self._object.eof

    def feed(self, data: bytes, most: int) -> tuple[bytes, bool]:
        if self._object.eof:
            data = self._object.unused_data + data
        if data and (self._streams == 0 or self._object.eof):
            self._streams = _counted(self._streams)
            self._object = zstd.ZstdDecompressor(options=_WINDOW)
        if self._object.eof or not (data or not self._object.needs_input):
            return b"", False
        found = self._object.decompress(data, most)
        return found, bool(self._object.unused_data) if self._object.eof else not self._object.needs_input


def _counted(streams: int) -> int:
    if streams == _MOST_STREAMS:
        raise ValueError(f"more than {_MOST_STREAMS} compressed streams one after the other")
    return streams + 1


_DECODERS: dict[str, Callable[[], Decoder]] = {
    "gzip": _Zlib,
    "x-gzip": _Zlib,
    "deflate": _Deflate,
    "br": _Brotli,
    "zstd": _Zstd,
}
