"""Ids: hashes of what is said and where it stands, never of when it was loaded."""

from __future__ import annotations

import hashlib
import json
from typing import Any

from schemas.documents import Bulletin, Extraction
from schemas.figures import Figure

#: hexadecimal digits of an id: 80 bits, no collision to fear among billions
_DIGITS = 20


def make_id(*parts: Any) -> str:
    """An id from parts whose order counts.

    >>> make_id("a", 1) == make_id("a", 1), make_id("a", 1) == make_id("a1")
    (True, False)
    """
    return hashlib.sha256(_json(parts)).hexdigest()[:_DIGITS]


def document_id(url: str) -> str:
    """The bulletin at an address, whatever it says."""
    return make_id("document", url)


def bulletin_id(document: str, bulletin: Bulletin) -> str:
    """A version: what a reader sees. The page reader's name and warnings are not part of it."""
    blocks = [(block.kind, block.text) for block in bulletin.blocks]
    return make_id("bulletin", document, bulletin.title, bulletin.published, bulletin.byline, bulletin.category, blocks)


def figure_id(document: str, text_sha256: str, figure: Figure, repeat: int) -> str:
    """A mention: bulletin, text and span. ``repeat`` tells figures at the same span apart (0 for the first)."""
    return make_id("figure", document, text_sha256, figure.start, figure.end, repeat)


def content_hash(figure: Figure) -> str:
    """What a figure says, without where it stands, how it was found and what it points at."""
    said = figure.to_contract()
    for place in ("start", "end", "part_of", "about", "rule", "evidence"):
        del said[place]
    return make_id("content", said)


def extraction_hash(extraction: Extraction) -> str:
    """The whole result: figures, findings, ledger and sentences."""
    made = extraction.to_contract()
    del made["id"]
    made["numerals"] = [(n.start, n.end, n.state, n.reason, n.figure) for n in extraction.numerals]
    made["sentences"] = extraction.sentences
    return hashlib.sha256(_json(made)).hexdigest()


def _json(value: Any) -> bytes:
    made = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return made.encode("utf-8", "surrogatepass")
