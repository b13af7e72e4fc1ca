"""Accusations on texts that nobody labelled, each judged by hand: is it the source that contradicts itself?

``judged.csv`` holds numbers and reasons; the texts are third-party and lie outside the repository.
"""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from extractors.pipeline import extract_text
from tests.benchmarks.corpus import REAL, texts

JUDGED = Path(__file__).with_name("judged.csv")


@pytest.fixture(scope="module")
def claimed() -> list[tuple[str, str, str]]:
    if not REAL.exists():
        pytest.skip("real.jsonl is not on this machine (BANTIN_TEXTS names its folder)")
    found = []
    for text in texts()[1]:
        read = extract_text(text.text, id=text.id, title=text.title, published=text.published)
        for finding in read.findings:
            if finding.verdict in ("fails", "impossible"):
                quotes = " ".join(read.figures[i].quote for i in finding.figures)
                found.append((text.id, finding.check, quotes.replace(",", ".")))
    return found


def _judged() -> dict[tuple[str, str, str], str]:
    with JUDGED.open(encoding="utf-8", newline="") as file:
        return {(row["id"], row["check"], row["quotes"]): row["judged"] for row in csv.DictReader(file)}


def test_every_accusation_was_judged(claimed: list[tuple[str, str, str]]) -> None:
    assert sorted(set(claimed) - _judged().keys()) == [], "read these texts and add a row each to judged.csv"


def test_nine_in_ten_are_contradictions_of_the_source(claimed: list[tuple[str, str, str]]) -> None:
    judged = _judged()
    true = sum(judged.get(one) == "true" for one in claimed)
    assert true >= 0.9 * len(claimed) and true >= 16
