"""Floors: of the labelled figures, with all other fields as labelled, how many get the labelled period."""

from __future__ import annotations

import pytest

from extractors.periods import assign_periods, find_times
from tests.gold.support import documents, mentions_from_gold

FLOORS = {"seed": 0.97, "bulletins": 0.97, "dev": 0.98, "daksong": 0.98}


@pytest.mark.parametrize("name", FLOORS)
def test_period_accuracy(name: str) -> None:
    labelled = documents(name)
    if not labelled:
        pytest.skip(f"{name}.jsonl is not on this machine (BANTIN_GOLD names its folder)")
    right, wrong = 0, []
    for gold in labelled:
        document, wanted = mentions_from_gold(gold)
        _, found = mentions_from_gold(gold, clear=("period",))
        assign_periods(document, found, find_times(document))
        for want, got in zip(wanted, found, strict=True):
            if want.period == got.period:
                right += 1
            else:
                wrong.append((gold["id"], document.text[got.start : got.end], str(want.period), str(got.period)))
    assert right / (right + len(wrong)) >= FLOORS[name], wrong


@pytest.mark.parametrize("name", FLOORS)
def test_no_time_claims_a_labelled_figure(name: str) -> None:
    for gold in documents(name):
        document, figures = mentions_from_gold(gold)
        claimed = [span for t in find_times(document) for span in t.numerals]
        overlaps = [(f.start, f.end) for f in figures for a, b in claimed if a < f.end and f.start < b]
        assert overlaps == [], (gold["id"], [document.text[a:b] for a, b in overlaps])
