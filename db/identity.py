"""Ids: hashes of what is said and where it stands, never of when it was loaded."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from schemas.documents import Bulletin, Extraction
from schemas.figures import Figure

#: hexadecimal digits of an id: 80 bits, no collision to fear among billions
_DIGITS = 20
#: fields of a figure's contract: where it stands, how it was found, what it points at
_NOT_SAID = frozenset(("start", "end", "part_of", "about", "rule", "evidence"))

Contract = dict[str, Any]

#: one encoder for all: ``json.dumps`` with options makes one a call
_encode = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode


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


def figure_ids(document: str, text_sha256: str) -> Callable[[Figure, int], str]:
    """What gives the ids of a text's mentions: bulletin, text and span; what they share is hashed once.

    The number tells figures at the same span apart (0 for the first).
    """
    shared = hashlib.sha256(_json(("figure", document, text_sha256))[:-1])

    def figure_id(figure: Figure, repeat: int) -> str:
        made = shared.copy()
        made.update(b",%d,%d,%d]" % (figure.start, figure.end, repeat))
        return made.hexdigest()[:_DIGITS]

    return figure_id


def content_hash(figure: Figure) -> str:
    """What a figure says, without where it stands, how it was found and what it points at."""
    return content_hash_of(figure.to_contract())


def content_hash_of(contract: Contract) -> str:
    """``content_hash`` of a figure whose contract is made already."""
    return make_id("content", {name: value for name, value in contract.items() if name not in _NOT_SAID})


def extraction_hash(contract: Contract, extraction: Extraction) -> str:
    """The whole result: figures, findings, ledger and sentences. ``contract`` is that of the extraction."""
    made = {name: value for name, value in contract.items() if name != "id"}
    made["numerals"] = [(n.start, n.end, n.state, n.reason, n.figure) for n in extraction.numerals]
    made["sentences"] = extraction.sentences
    return hashlib.sha256(_json(made)).hexdigest()


def _json(value: Any) -> bytes:
    return _encode(value).encode("utf-8", "surrogatepass")
