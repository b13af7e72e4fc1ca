"""Precision and recall on labelled bulletins, and what is read from the seed where it lies."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest

from extractors.facts import read_facts
from extractors.text.document import Document
from tests.facts.support import KINDS, Tally, measured

#: the lowest precision and recall allowed; raise them when the rules get better
FLOORS = {
    "event": (0.95, 0.95),
    "people": (1.0, 1.0),
    "organisations": (1.0, 0.92),
    "documents": (1.0, 1.0),
    "sections": (1.0, 1.0),
}
SEED = Path(os.environ.get("BANTIN_SHARED", Path(__file__).parents[3] / "shared")) / "gold" / "seed.jsonl"


@pytest.fixture(scope="module")
def tally() -> Tally:
    return measured()


@pytest.mark.parametrize("kind", KINDS)
def test_floors_hold(tally: Tally, kind: str) -> None:
    precision, recall = tally.precision(kind), tally.recall(kind)
    print(f"{kind}: precision {precision:.3f}, recall {recall:.3f}, {tally.hit[kind]} right")
    wrong = [row for row in (*tally.missed, *tally.extra) if row[1] == kind]
    assert (precision, recall) >= FLOORS[kind] and recall >= FLOORS[kind][1], wrong


def _hash(*words: str) -> str:
    return hashlib.sha256("|".join(words).encode()).hexdigest()[:12]


@pytest.mark.skipif(not SEED.exists(), reason="the seed is not on this machine")
def test_seed() -> None:
    row = json.loads(SEED.read_text(encoding="utf-8").splitlines()[0])
    facts = read_facts(Document(row["text"], row["title"], row["published"]))
    event = facts.event
    assert event is not None and event.date is not None
    assert event.date.start.isoformat() == "2023-09-13"
    chair = "f7bc721b23f8"
    assert [_hash(p.name, *(t.replace("uỷ", "ủy") for t in p.titles)) for p in facts.people] == [chair] * 3
    assert event.chairs == (0,)
    assert {o.name for o in facts.organisations} == {
        "Ban Dân vận Quận ủy",
        "Ban Dân vận Thành ủy",
        "Hội Liên hiệp Thanh niên",
        "Hội đồng nhân dân quận",
        "Mặt trận Tổ quốc",
        "Quận ủy",
        "Thường trực Quận ủy",
        "Văn phòng Quận ủy",
        "Ủy ban Mặt trận Tổ quốc Việt Nam",
        "Ủy ban nhân dân quận",
    }
    assert facts.documents == ()
    assert [s.kind for s in facts.sections] == ["results", "shortcomings", "tasks"]
    assert row["text"].count("\n", facts.sections[1].start, facts.sections[1].end) == 0
