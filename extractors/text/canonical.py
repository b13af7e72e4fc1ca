"""Canonical text: NFC, with the way back to the offsets of the text as it was given."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

_CLUSTER = re.compile(r"[^\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff][\u0300-\u036f\u1dc0-\u1dff\u20d0-\u20ff]+")


def canonical(text: str) -> tuple[str, Callable[[int], int]]:
    """NFC of ``text`` and a function from an offset in it to the offset in ``text``.

    An offset at the start of a character maps to the start of the cluster it came from, so a span maps to a span.

    >>> made, back = canonical("co\\u0301 hai")
    >>> made, back(3), back(6)
    ('có hai', 4, 7)
    """
    if unicodedata.is_normalized("NFC", text):
        return text, _same
    pieces: list[str] = []
    starts: list[int] = []
    at = 0
    for start, end in _clusters(text):
        if start > at:
            starts.extend(range(at, start))
            pieces.append(text[at:start])
        composed = unicodedata.normalize("NFC", text[start:end])
        # a cluster that stays longer than one character maps its later characters to its end's neighbours
        starts.extend(min(start + i, end - 1) for i in range(len(composed)))
        pieces.append(composed)
        at = end
    starts.extend(range(at, len(text) + 1))
    pieces.append(text[at:])
    return "".join(pieces), starts.__getitem__


def _same(offset: int) -> int:
    return offset


def _clusters(text: str) -> list[tuple[int, int]]:
    """Spans that composition may change: a base with its combining marks, and lone characters NFC rewrites."""
    spans = [match.span() for match in _CLUSTER.finditer(text)]
    covered = {i for start, end in spans for i in range(start, end)}
    for i, char in enumerate(text):
        if char > "\u02ff" and i not in covered and not unicodedata.is_normalized("NFC", char):
            spans.append((i, i + 1))
    return sorted(spans)
