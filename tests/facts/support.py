"""Labelled facts, and how what was read is held against them."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

from extractors.facts import read_facts
from extractors.text.document import Document
from schemas.facts import Facts
from tests.portal import bulletins

GOLD = Path(__file__).parent / "gold.jsonl"
KINDS = ("event", "people", "organisations", "documents", "sections")


@dataclass
class Tally:
    """What was labelled, what was read, and what of both is the same."""

    hit: Counter[str] = field(default_factory=Counter)
    missed: list[tuple[str, str, Any]] = field(default_factory=list)
    extra: list[tuple[str, str, Any]] = field(default_factory=list)

    def add(self, where: str, kind: str, wanted: Iterable[Any], given: Iterable[Any]) -> None:
        wanted_, given_ = Counter(wanted), Counter(given)
        self.hit[kind] += (wanted_ & given_).total()
        self.missed += [(where, kind, fact) for fact in (wanted_ - given_).elements()]
        self.extra += [(where, kind, fact) for fact in (given_ - wanted_).elements()]

    def precision(self, kind: str) -> float:
        return self.hit[kind] / (self.hit[kind] + sum(k == kind for _, k, _ in self.extra))

    def recall(self, kind: str) -> float:
        return self.hit[kind] / (self.hit[kind] + sum(k == kind for _, k, _ in self.missed))


def text_of(bulletin: bulletins.Bulletin) -> str:
    """The bulletin as the database has it: lead, paragraphs and tables, no captions."""
    parts = [bulletin.lead]
    for block in bulletin.blocks:
        if isinstance(block, bulletins.Paragraph):
            parts.append(block.text.replace("**", ""))
        elif isinstance(block, bulletins.Table):
            parts.append("\n".join(" | ".join(row) for row in block.rows))
    return "\n\n".join(part for part in parts if part)


@cache
def facts_of(slug: str) -> Facts:
    """The facts of a bulletin of the sample portal."""
    bulletin = next(b for b in bulletins.load() if b.slug == slug)
    return read_facts(Document(text_of(bulletin), bulletin.title, bulletin.published.date().isoformat()))


def gold() -> list[dict[str, Any]]:
    """The labelled bulletins."""
    return [json.loads(line) for line in GOLD.read_text(encoding="utf-8").splitlines()]


def event_fields(facts: Facts) -> list[tuple[Any, ...]]:
    """An event as its fields, so that one wrong field is one fault."""
    event = facts.event
    if event is None:
        return []
    chairs = tuple(facts.people[i].name for i in event.chairs)
    day = event.date.start.isoformat() if event.date else None
    return [("what", event.what), ("date", day), ("place", event.place), ("chairs", chairs)]


def measured() -> Tally:
    """The labelled bulletins against what is read from them."""
    tally = Tally()
    for row in gold():
        where, facts = row["slug"], facts_of(row["slug"])
        wanted = row["event"]
        fields = [(k, tuple(v) if isinstance(v, list) else v) for k, v in wanted.items()] if wanted else []
        tally.add(where, "event", fields, event_fields(facts))
        tally.add(where, "people", map(tuple, row["people"]), ((p.name, *p.titles) for p in facts.people))
        tally.add(where, "organisations", row["organisations"], {o.name for o in facts.organisations})
        papers = ((d.kind, d.number, d.date.start.isoformat() if d.date else None, d.issuer) for d in facts.documents)
        tally.add(where, "documents", map(tuple, row["documents"]), papers)
        sections = ((s.kind, " ".join(s.quote.split()[:6]), s.quote.split()[-1]) for s in facts.sections)
        tally.add(where, "sections", map(tuple, row["sections"]), sections)
    return tally
