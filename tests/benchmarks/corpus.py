"""The texts that benchmarks read: real ones where they lie on this machine, else the sample portal's bulletins."""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from tests.portal.bulletins import load

#: real Vietnamese text of third parties lies outside the repository
REAL = Path(os.environ.get("BANTIN_TEXTS", Path(__file__).parents[3] / "shared" / "texts")) / "real.jsonl"


@dataclass(frozen=True)
class Text:
    """One document."""

    id: str
    title: str | None
    published: str | None
    text: str
    source: str = ""

    @property
    def host(self) -> str:
        """Where it was published."""
        return urlsplit(self.source).netloc or self.source or "-"


def texts() -> tuple[str, list[Text]]:
    """What the texts are, in words, and the texts."""
    if REAL.exists():
        rows = [json.loads(line) for line in REAL.read_text(encoding="utf-8").splitlines() if line.strip()]
        return "real texts", [
            Text(r["id"], r.get("title"), r.get("published"), r["text"], r.get("source") or "") for r in rows
        ]
    return "bulletins of the sample portal", sample()


def sample() -> list[Text]:
    """The sample portal's bulletins as texts, tables as lines of cells."""
    return [Text(b.slug, b.title, b.published.isoformat(), b.plain.replace("\t", " | ")) for b in load()]
