"""From the bare text to what is said of it: nothing labelled is given to the checks."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extractors.pipeline import extract_text
from schemas.documents import Extraction
from tests.gold.support import documents

ACCUSES = ("fails", "impossible", "suspicious")
GOLD = Path(__file__).parents[1] / "gold"


@cache
def _read(name: str) -> dict[str, tuple[dict[str, Any], Extraction]]:
    """The documents of a labelled file, each with what is read from its text; skips where the file is not here."""
    found = documents(name)
    if not found:
        pytest.skip(f"{name}.jsonl is not on this machine (BANTIN_GOLD names its folder)")
    return {
        gold["id"]: (
            gold,
            extract_text(gold["text"], id=gold["id"], title=gold.get("title"), published=gold.get("published")),
        )
        for gold in found
    }


def _relations() -> list[dict[str, Any]]:
    lines = (GOLD / "bulletins_arithmetic.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines if line.strip()]


def test_the_seed() -> None:
    ((_, read),) = _read("seed").values()
    said = {(f.check, f.verdict, tuple(read.figures[i].quote for i in f.figures), f.expected) for f in read.findings}
    assert {
        ("sum", "holds", ("300", "297", "03"), "300"),
        ("sum", "holds", ("38", "12", "13", "13"), "38"),
        ("sum", "holds", ("13", "02", "11"), "13"),
        ("sum", "holds", ("13", "05", "08"), "13"),
        ("partial_sum", "holds", ("40", "11", "18"), "11"),
        ("implied_plan", "possible", ("12", "92,3"), "13"),
        ("implied_plan", "possible", ("300", "27"), "236 | 237"),
        ("list_count", "holds", ("10/12",), "2"),
        ("implied_plan", "impossible", ("13", "280"), ""),
    } <= said
    assert [(f.check, f.verdict) for f in read.findings if f.verdict in ACCUSES] == [("implied_plan", "impossible")]


@pytest.mark.parametrize("relation", _relations(), ids=lambda r: f"{r['doc']} {r['kind']} {' '.join(r['quotes'])}")
def test_relations_of_the_bulletins_are_confirmed(relation: dict[str, Any]) -> None:
    gold, read = _read("bulletins")[relation["doc"]]
    starts = [gold["figures"][i]["start"] for i in relation["figures"]]
    said = [(f.check, f.verdict, [read.figures[i].start for i in f.figures]) for f in read.findings]
    assert (relation["kind"], relation["verdict"], starts) in said


@pytest.mark.parametrize("name", ["bulletins", "dev", "daksong"])
def test_no_fault_is_claimed(name: str) -> None:
    claimed = [f.message for _, read in _read(name).values() for f in read.findings if f.verdict in ACCUSES]
    assert claimed == []


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        ("Các xã có 140 hộ nuôi ong (xã Mây 115 hộ, xã Gió 48 hộ).", True),
        # a rise is a balance: elsewhere there may be fewer
        ("Các xã có 820 hộ nuôi ong, tăng lên 140 hộ (xã Mây 115 hộ, xã Gió 48 hộ).", False),
        ("Các xã có 820 hộ nuôi ong, tăng 140 hộ (xã Mây 115 hộ, xã Gió 48 hộ).", False),
    ],
)
def test_a_list_of_those_that_rose_may_exceed_the_rise(text: str, accused: bool) -> None:
    claimed = [f for f in extract_text(text, id="x").findings if f.check in ("sum", "partial_sum")]
    assert [f.verdict for f in claimed if f.verdict in ACCUSES] == (["fails"] if accused else [])
