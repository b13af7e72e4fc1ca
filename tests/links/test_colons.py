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
        ("Phường giao 6 người các việc như: 2 người ghi sổ; 3 người đi thu; 1 người báo cáo.", [None, 0, 0, 0]),
        ("Phường có 12 hộ: 5 cuộc, 7 cuộc.", [None, None, None]),
    ],
)  # fmt: skip
def test_what_adds_up_is_a_part(text: str, parts: list[int | None]) -> None:
    assert [figure.part_of for figure in extract_text(text, id="x").figures] == parts


@pytest.mark.parametrize(
    ("places", "parts"),
    [
        (
            "phường An Hạ 21 vụ, phường Bến Cau 30 vụ, phường Cầu Mây 12 vụ",
            [None, None, 0, 0, 0],
        ),  # 63: what there were
        (
            "phường An Hạ 20 vụ, phường Bến Cau 27 vụ, phường Cầu Mây 10 vụ",
            [None, None, 1, 1, 1],
        ),  # 57: what was solved
        (
            "phường An Hạ 20 vụ, phường Bến Cau 27 vụ, phường Cầu Mây 11 vụ",
            [None, None, 1, 1, 1],
        ),  # neither: the nearest
    ],
)
def test_a_list_is_of_the_total_that_it_makes(places: str, parts: list[int | None]) -> None:
    text = f"Năm 2023 có 63 vụ; khám phá 57 vụ, trong đó: {places}."
    assert [figure.part_of for figure in extract_text(text, id="x").figures] == parts
