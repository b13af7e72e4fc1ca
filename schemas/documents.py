"""Documents: what a page says (Bulletin) and what was read from it (Extraction)."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass
from operator import itemgetter
from typing import Any, Literal

from schemas.figures import Figure
from schemas.findings import Finding
from schemas.ledger import Numeral

BlockKind = Literal["lead", "heading", "body", "table", "caption"]


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, a table (rows as lines, cells parted by `` | ``) or a caption, in page order."""

    kind: BlockKind
    text: str


@dataclass(frozen=True, slots=True)
class Bulletin:
    """What a reader sees of a page: NFC text, no markup, no page furniture.

    ``published`` is ISO 8601 without a zone (portals print local time, Asia/Ho_Chi_Minh), a day where no hour is
    printed, None where no date is.
    ``reader`` names the family and version that read the page ("nukeviet4/v1", "generic").
    """

    title: str | None
    published: str | None
    byline: str | None
    category: str | None
    blocks: tuple[Block, ...]
    reader: str
    url: str | None = None
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The canonical text: lead, body and tables in page order, one block a paragraph; captions apart."""
        return "\n\n".join(block.text for block in self.blocks if block.kind != "caption")

    @property
    def captions(self) -> tuple[str, ...]:
        """The texts under pictures, in page order."""
        return tuple(block.text for block in self.blocks if block.kind == "caption")


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything read from one text: figures, findings, and the ledger that accounts for every numeral."""

    id: str
    title: str | None
    published: str | None
    text: str
    figures: tuple[Figure, ...]
    findings: tuple[Finding, ...]
    numerals: tuple[Numeral, ...]
    #: start and end of every sentence, in order; where there are none, a figure's sentence is its line
    sentences: tuple[tuple[int, int], ...] = ()

    def sentence_of(self, start: int, end: int) -> tuple[int, int]:
        """The span of the sentence around ``start:end``."""
        at = bisect_right(self.sentences, start, key=itemgetter(0)) - 1
        if at >= 0 and end <= self.sentences[at][1]:
            return self.sentences[at]
        after = self.text.find("\n", end)
        return self.text.rfind("\n", 0, start) + 1, after if after >= 0 else len(self.text)

    @property
    def text_sha256(self) -> str:
        """SHA-256 of the UTF-8 text, in hexadecimal."""
        return text_hash(self.text)

    @property
    def ledger(self) -> dict[str, int]:
        """How many numerals are claimed, set aside and unexplained."""
        count = {"claimed": 0, "set_aside": 0, "unexplained": 0}
        for numeral in self.numerals:
            count[numeral.state] += 1
        return count

    def to_contract(self) -> dict[str, Any]:
        """The extraction contract's JSON object for this document."""
        return {
            "id": self.id,
            "title": self.title,
            "published": self.published,
            "text": self.text,
            "figures": [figure.to_contract() for figure in self.figures],
            "findings": [finding.to_contract() for finding in self.findings],
            "ledger": self.ledger,
        }


def text_hash(text: str) -> str:
    """SHA-256 of a text in UTF-8, hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
