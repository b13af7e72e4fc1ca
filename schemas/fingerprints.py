"""What a reading depended on, in two halves: a page stays as it was read while the rules for figures change."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """``page``: code, libraries and the portal's file that read the page; ``figures``: rules, data and model."""

    page: str
    figures: str

    @property
    def whole(self) -> str:
        """Sixteen hexadecimal digits that change with either half."""
        return hashlib.sha256(f"{self.page} {self.figures}".encode()).hexdigest()[:16]
