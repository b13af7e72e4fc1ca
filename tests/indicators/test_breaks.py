"""Where a series may not go on: wards that were merged, their number, definitions that changed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from extractors.areas import AreaTable, load_extra, own_changes, ward_changes
from extractors.indicators.breaks import with_breaks
from schemas.indicators import DefinitionBreak, IndicatorError, catalogue, parse
from schemas.observations import Said

QUAN = "31.quan-ngo-quyen"
MERGED = "2025-01-01"
BEFORE, AFTER = date(2024, 12, 31), date(2025, 3, 31)

#: three wards, two of which become one on a day; one gives a part to another on another day
MADE = load_extra(
    """
[[areas]]
code = "98.quan-ben-sa"
name = "Bến Sa"
kind = "quan"
[[areas]]
code = "98.quan-ben-sa.mot"
name = "Một"
kind = "phuong"
parent = "98.quan-ben-sa"
valid_to = 2022-03-31
[[areas]]
code = "98.quan-ben-sa.hai"
name = "Hai"
kind = "phuong"
parent = "98.quan-ben-sa"
[[areas]]
code = "98.quan-ben-sa.ba"
name = "Ba"
kind = "phuong"
parent = "98.quan-ben-sa"
[[successors]]
from = "98.quan-ben-sa.mot"
to = "98.quan-ben-sa.hai"
date = 2022-04-01
""",
    AreaTable([], []),
)


def one(**fields: Any) -> Said:
    known: dict[str, Any] = {
        "indicator": "doi_thoai",
        "score": 1.0,
        "reason": "",
        "ref_area": QUAN,
        "scope": "",
        "detail": "",
        "breakdown": "",
        "period_start": AFTER,
        "period_end": AFTER,
        "value": Decimal(8),
        "unit": "cuộc",
        "status": "A",
        "start": 0,
        "end": 1,
        "quote": "8",
    }
    return Said(**(known | fields))


def segment(**fields: Any) -> str:
    return with_breaks([one(**fields)])[0].segment


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        # the district itself stayed as it was
        ({}, ""),
        ({"unit": "hộ"}, ""),
        # what is counted by wards, or counts them, did not
        ({"scope": "cấp phường"}, MERGED),
        ({"unit": "phường"}, MERGED),
        # a ward that took another in, under the name of one of them; one of which nothing is known for sure
        ({"ref_area": f"{QUAN}.gia-vien"}, MERGED),
        ({"ref_area": f"{QUAN}.dong-khe"}, MERGED),
        ({"ref_area": f"{QUAN}.gia-vien", "period_start": BEFORE, "period_end": BEFORE}, ""),
        ({"scope": "cấp phường", "period_start": BEFORE, "period_end": BEFORE}, "2020-02-01"),
        ({"scope": "cấp phường", "period_start": date(2024, 7, 1)}, f"across {MERGED}"),
        ({"scope": "cấp phường", "period_start": date(2019, 1, 1), "period_end": date(2019, 12, 31)}, ""),
        # the reform makes it another series anyway
        ({"scope": "cấp phường", "period_start": date(2025, 7, 1), "period_end": date(2025, 9, 30)}, ""),
        # areas of which the table knows nothing
        ({"ref_area": "00.quan-hoa-bac", "scope": "cấp phường"}, ""),
    ],
)
def test_wards_that_were_merged_before_the_reform(fields: dict[str, Any], expected: str) -> None:
    assert segment(**fields) == expected


def test_the_break_says_what_changed() -> None:
    (number,) = with_breaks([one(unit="phường")])
    assert number.broken is not None and number.broken.reason == "area"
    assert number.broken.vi == "Từ ngày 01/01/2025, quận Ngô Quyền có 8 phường (trước đó 12)"
    sure, unsure = with_breaks([one(ref_area=f"{QUAN}.gia-vien"), one(ref_area=f"{QUAN}.dong-khe")])
    assert sure.broken is not None and "phường Gia Viên thay đổi" in sure.broken.vi
    assert unsure.broken is not None and "phường Đông Khê có thể có thêm" in unsure.broken.vi


def test_changes_follow_from_the_rows_of_the_table() -> None:
    assert [(change.at, change.vi) for change in ward_changes("98.quan-ben-sa", MADE)] == [
        (date(2022, 4, 1), "Từ ngày 01/04/2022, quận Bến Sa có 2 phường (trước đó 3)")
    ]
    assert [change.at for change in own_changes("98.quan-ben-sa.hai", MADE)] == [date(2022, 4, 1)]
    assert own_changes("98.quan-ben-sa.ba", MADE) == ()
    assert own_changes("98.quan-ben-sa", MADE) == () == own_changes("98.quan-o-dau", MADE)


def test_a_definition_that_changes() -> None:
    known = {"doi_thoai": replace(catalogue()["doi_thoai"], breaks=(DefinitionBreak(date(2024, 1, 1), "Đếm khác."),))}
    spans = [date(2023, 12, 31), date(2024, 3, 31)]
    before, after = with_breaks([one(period_start=day, period_end=day) for day in spans], known=known)
    assert before.segment == "" and after.segment == "2024-01-01"
    assert after.broken is not None and (after.broken.reason, after.broken.vi) == ("definition", "Đếm khác.")
    (across,) = with_breaks([one(period_start=date(2023, 7, 1), period_end=date(2024, 6, 30))], known=known)
    assert across.segment == "across 2024-01-01"


@pytest.mark.parametrize(
    "row", ['{ at = "2022-01-01", vi = "x" }', "{ at = 2022-01-01 }", '{ at = 2022-01-01, vi = " " }', '"2022"']
)
def test_a_break_that_says_nothing_is_refused(row: str) -> None:
    text = f'[a]\nname = "A"\nen = "A"\nunit = "hộ"\nnature = "stock"\ntopic = ""\naliases = []\nbreaks = [{row}]\n'
    with pytest.raises(IndicatorError, match=r"indicator a: expected breaks = \[\{ at = 2022-01-01"):
        parse(text)


def test_breaks_of_the_catalogue_are_sentences_in_order() -> None:
    broken = [entry for entry in catalogue().values() if entry.breaks]
    assert broken
    for entry in broken:
        days = [row.at for row in entry.breaks]
        assert days == sorted(set(days))
        assert all(row.vi[0].isupper() and not row.vi.endswith(".") for row in entry.breaks)
