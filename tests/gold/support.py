"""Labelled documents: where they lie, and mentions made from them so that one stage can be tested apart."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from extractors.mention import Mention
from extractors.text.canonical import canonical
from extractors.text.document import Document
from schemas.figures import Period

HERE = Path(__file__).parent
#: Labelled documents of third parties lie outside the repository; their absence is no failure.
SHARED = Path(os.environ.get("BANTIN_GOLD", HERE.parents[2] / "shared" / "gold"))


_COPIED = ("relation", "basis", "direction", "status", "approx", "subject", "scope", "part_of", "about")


def documents(name: str) -> list[dict[str, Any]]:
    """The labelled documents of ``name`` ("seed", ...): from this folder, else from the shared one, else none."""
    for folder in (HERE, SHARED):
        path = folder / f"{name}.jsonl"
        if path.exists():
            return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]
    return []


def mentions_from_gold(gold: dict[str, Any], clear: tuple[str, ...] = ()) -> tuple[Document, list[Mention]]:
    """A Document and its labelled figures as Mentions, with the fields named in ``clear`` left at their defaults."""
    text, _ = canonical(gold["text"])
    shift = _forward(gold["text"])
    document = Document(text, gold.get("title"), gold.get("published"))
    return document, [_mention(document, figure, shift, clear) for figure in gold["figures"]]


def _forward(text: str) -> Any:
    made, back = canonical(text)
    table = {back(i): i for i in range(len(made) + 1)}

    def forward(offset: int) -> int:
        while offset not in table:
            offset += 1
        return table[offset]

    return forward


def _mention(document: Document, figure: dict[str, Any], shift: Any, clear: tuple[str, ...]) -> Mention:
    start, end = shift(figure["start"]), shift(figure["end"])
    unit = figure["unit"]
    at = document.lower.find((unit or "\0").lower(), end, end + 60)
    mention = Mention(
        start=start,
        end=end,
        kind=figure["kind"],
        value=Decimal(figure["value"]),
        rule="gold",
        denominator=Decimal(figure["denominator"]) if figure["denominator"] else None,
        value_max=Decimal(figure["value_max"]) if figure["value_max"] else None,
        unit=unit,
        unit_start=at if 0 <= at <= end + 12 else end,
        unit_end=at + len(unit) if 0 <= at <= end + 12 else end,
        lead=start,
        tail=at + len(unit) if 0 <= at <= end + 12 else end,
        period=_period(figure["period"]),
        **{name: figure[name] for name in _COPIED},
    )
    blank = Mention(start=0, end=0, kind="count", value=Decimal(0), rule="")
    for name in clear:
        setattr(mention, name, getattr(blank, name))
    return mention


def _period(text: str | None) -> Period | None:

    if not text:
        return None
    start, end = text.split("/")
    return Period(date.fromisoformat(start), date.fromisoformat(end))


def all_documents() -> Iterator[tuple[str, dict[str, Any]]]:
    """(file name, document) of every labelled file that is present."""
    for name in ("seed", "bulletins", "dev", "daksong"):
        for document in documents(name):
            yield name, document
