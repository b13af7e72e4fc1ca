"""What there is to show of one document."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from schemas.documents import Bulletin, Extraction


@dataclass(frozen=True, slots=True)
class Result:
    """An extraction under the id its document was given with, and the page it came from where there was one."""

    id: Any
    extraction: Extraction
    bulletin: Bulletin | None = None

    @property
    def warnings(self) -> tuple[str, ...]:
        """What the reader of the page had to say."""
        return self.bulletin.warnings if self.bulletin else ()

    def to_json(self) -> dict[str, Any]:
        """The extraction contract's object; a page adds byline, captions, blocks and its reader."""
        made = {**self.extraction.to_contract(), "id": self.id}
        if self.bulletin is not None:
            made["byline"] = self.bulletin.byline
            made["captions"] = list(self.bulletin.captions)
            made["blocks"] = [{"kind": block.kind, "text": block.text} for block in self.bulletin.blocks]
            made["reader"] = self.bulletin.reader
        return made
