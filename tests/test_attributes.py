"""Figures that make a thing one of its kind: no time covers them, no change speaks of them."""

from __future__ import annotations

import pytest

from extractors.pipeline import extract_text

KINDS = [
    ("Năm 2023, máy giặt có sức chứa > 10 kg tăng 19%; quần áo tăng 16%.", "10"),
    ("Năm 2023, tủ đông kiểu đứng, dung tích không quá 800 lít giảm 70%; loa giảm 34%.", "800"),
    ("Năm 2023, sợi có tỷ trọng bông dưới 85% tăng 7%.", "85"),
    ("Năm 2023, xe con dưới 9 chỗ tăng 12%.", "9"),
    ("Năm 2023, tàu (dưới 15 m) tăng 5%.", "15"),
]


@pytest.mark.parametrize(("text", "quote"), KINDS, ids=[quote for _, quote in KINDS])
def test_a_kind_has_no_time_and_no_change(text: str, quote: str) -> None:
    kind, *others = extract_text(text, id="x").figures
    assert (kind.quote, kind.period) == (quote, None)
    for other in others:
        assert other.about is None
        assert str(other.period) == "2023-01-01/2023-12-31"


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2023, doanh thu đạt trên 500 tỷ đồng tăng 12%.",
        "Năm 2023, xã có trên 300 hộ giàu tăng 12%.",
        "Năm 2023, bắt trên 30 vụ, tăng 12%.",
    ],
)
def test_an_amount_is_no_kind(text: str) -> None:
    amount, change = extract_text(text, id="x").figures
    assert change.about == 0
    assert str(amount.period) == "2023-01-01/2023-12-31"
