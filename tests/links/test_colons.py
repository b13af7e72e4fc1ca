"""Lists behind a bare colon."""

from __future__ import annotations

import pytest

from extractors.pipeline import extract_text


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Phường trao 684 suất quà: 436 suất cho hộ nghèo, 100 suất cho người già, 148 suất cho em.", [None, 0, 0, 0]),
        ("Phường trao 684 suất quà: 436 suất cho người có công, 100 suất cho hộ nghèo.", [None, None, None]),
        ("Thu ngân sách đạt 600 tỷ đồng: An Hạ 200, Bến Cau 100, Cầu Mây 300 tỷ đồng.", [None, 0, 0, 0]),
        ("Phường có 12 hộ: 5 cuộc, 7 cuộc.", [None, None, None]),
    ],
)  # fmt: skip
def test_what_adds_up_is_a_part(text: str, parts: list[int | None]) -> None:
    assert [figure.part_of for figure in extract_text(text, id="x").figures] == parts
