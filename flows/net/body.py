"""Reading a body so that the limits on bytes hold while it comes."""

from __future__ import annotations

from collections.abc import Callable

import urllib3

from flows.net import decoding, errors

_CHUNK = 64 * 1024
#: pieces without a byte that one chunk may bring: three codings of a thousand empty streams each, and room for headers
_MOST_EMPTY = 5000
_SMALLER = "it is no bulletin page; if it is, raise the limit in flows/net/session.py"


def read_body(
    url: str,
    response: urllib3.BaseHTTPResponse,
    *,
    wire: int,
    most: int,
    keep: int | None = None,
    on_piece: Callable[[], None] = lambda: None,
) -> bytes:
    """The decoded body: at most ``wire`` bytes as sent, ``most`` after decompression, else TooLarge.

    ``keep`` leaves what is beyond that many bytes unread; ``on_piece`` is called between the pieces and may raise.
    """
    announced = response.length_remaining
    if keep is None and announced is not None and announced > wire:
        raise errors.TooLarge(url, f"more than {wire} bytes", _SMALLER)
    pieces: list[bytes] = []
    size = received = 0
    try:
        decoder = decoding.decoder_for(response.headers.get("Content-Encoding"), most)
        while raw := response.read1(_CHUNK, decode_content=False):
            received += len(raw)
            more, empty = True, 0
            while more:
                on_piece()
                piece, more = decoder.feed(raw, _CHUNK)
                raw = b""
                if not piece:
                    empty += 1
                    if empty > _MOST_EMPTY:
                        raise ValueError(f"{_MOST_EMPTY} pieces without a byte")
                    continue
                pieces.append(piece)
                size += len(piece)
                if keep is not None and size >= keep:
                    return b"".join(pieces)[:keep]
                if size > most:
                    raise errors.TooLarge(url, f"more than {most} bytes after decompression", _SMALLER)
            if received > wire:
                raise errors.TooLarge(url, f"more than {wire} bytes", _SMALLER)
        on_piece()  # a shut socket looks like the end of a body without a length
    except decoding.TooMuch:
        raise errors.TooLarge(url, f"more than {most} bytes after decompression", _SMALLER) from None
    except decoding.FAULTS as error:
        found = f"the body is not what its Content-Encoding says ({error})"
        raise errors.Undecodable(url, found, "see it by hand") from error
    if not decoder.complete:
        raise errors.ConnectionFault(url, "the compressed body ends before its end", "the next run asks again")
    return b"".join(pieces)
