"""What a bulletin states of indicators: whose, when, as what."""

from __future__ import annotations

import doctest
import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from extractors.indicators import upto
from extractors.indicators.derive import derive
from extractors.indicators.places import Place, place_of_figure
from extractors.indicators.reports import Report, Reported
from schemas.observations import Said, era_of, time_period

DISTRICT, WARD = "00.quan-hoa-bac", "00.quan-hoa-bac.la-gai"
QUARTER = (date(2023, 1, 1), date(2023, 3, 31))


def reported(text: str, quote: str, **fields: Any) -> Reported:
    start = text.index(quote)
    known: dict[str, Any] = {
        "kind": "count",
        "value": Decimal(re.sub(r"\D.*", "", quote.replace(".", "")) or 0),
        "denominator": None,
        "unit": "cuộc",
        "relation": "level",
        "status": "actual",
        "approx": "exact",
        "subject": "đối thoại",
        "scope": None,
        "period": QUARTER,
        "sentence_start": 0,
    }
    return Reported(id=quote, start=start, end=start + len(quote), quote=quote, **(known | fields))


def said(
    text: str, *figures: Reported, area: str = DISTRICT, published: date = date(2023, 4, 5), **more: Any
) -> list[Said]:
    return derive(Report(title="Dân vận", text=text, area=area, published=published, figures=figures, **more))


@pytest.mark.parametrize(
    ("scope", "area", "place"),
    [
        (None, DISTRICT, Place(DISTRICT, "", False)),
        ("toàn quận", DISTRICT, Place(DISTRICT, "", False)),
        ("trên địa bàn", DISTRICT, Place(DISTRICT, "", False)),
        ("cấp phường", DISTRICT, Place(DISTRICT, "cấp phường", True)),
        ("tại các phường", DISTRICT, Place(DISTRICT, "cấp phường", True)),
        ("cấp quận", DISTRICT, Place(DISTRICT, "cấp quận", False)),
        ("phường Lá Gai", DISTRICT, Place(WARD, "", True)),
        ("ở Lá Gai", DISTRICT, Place(WARD, "", True)),
        ("doanh nghiệp", DISTRICT, Place(DISTRICT, "doanh nghiệp", False)),
        ("phường", WARD, Place(WARD, "", True)),
        ("phường Lá Gai", WARD, Place(WARD, "", True)),
        ("cấp quận", WARD, Place(WARD, "cấp trên", False)),
    ],
)
def test_a_scope_is_a_place_or_a_level(scope: str | None, area: str, place: Place) -> None:
    assert place_of_figure(scope, area, date(2023, 4, 1)) == place


def test_with_a_table_of_areas_an_unknown_name_stays_a_scope() -> None:
    known = {"phường Lá Gai": "00123"}

    def find(phrase: str, context: str, on: date) -> str | None:
        return known.get(phrase)

    assert place_of_figure("phường Lá Gai", DISTRICT, date(2023, 4, 1), find).area == "00123"
    assert place_of_figure("phường Lá Dứa", DISTRICT, date(2023, 4, 1), find) == Place(DISTRICT, "phường Lá Dứa", False)


@pytest.mark.parametrize(
    ("text", "fields", "status"),
    [
        ("Có 13 cuộc", {}, "A"),
        ("Có khoảng 13 cuộc", {"approx": "about"}, "E"),
        ("Sẽ tổ chức 13 cuộc", {"status": "planned"}, "F"),
        ("đạt 90% kế hoạch (13 cuộc)", {}, "F"),
        ("Quý tới 13 cuộc", {"period": (date(2023, 4, 6), date(2023, 6, 30))}, "F"),
        ("Đến 10/4 là 13 cuộc", {"period": (date(2023, 4, 10), date(2023, 4, 10))}, "E"),
    ],
)
def test_the_status_of_a_value(text: str, fields: dict[str, Any], status: str) -> None:
    (one,) = said(text, reported(text, "13", **fields))
    assert (one.indicator, one.value, one.status) == ("doi_thoai", 13, status)


def test_what_is_still_going_on_is_no_part_of_a_sum_of_results() -> None:
    text = "Xong 9 cuộc, 13 cuộc đang làm; còn 40 mô hình"
    models = {"subject": "Dân vận khéo", "unit": "mô hình", "status": "ongoing"}
    made = said(text, reported(text, "13", status="ongoing"), reported(text, "40", **models))
    assert [(one.value, one.detail) for one in made] == [(13, "dang-thuc-hien"), (40, "")]


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("tăng 13 cuộc", {"relation": "change"}),
        ("bằng 13% kế hoạch", {"relation": "relative"}),
        ("Có 13 cuộc", {"period": None}),
        ("trong 13 ngày", {"kind": "duration"}),
        ("so với cùng kỳ (13 cuộc)", {}),
    ],
)
def test_what_is_no_level_with_a_period_is_no_observation(text: str, fields: dict[str, Any]) -> None:
    assert said(text, reported(text, "13", **fields)) == []


def test_a_stock_is_of_the_last_day_of_its_period() -> None:
    text = "Có 40 mô hình"
    (one,) = said(text, reported(text, "40", subject="Dân vận khéo", unit="mô hình"))
    assert (one.period_start, one.period_end) == (date(2023, 3, 31), date(2023, 3, 31))


DAY = date(2023, 6, 30)


@pytest.mark.parametrize(
    ("text", "day", "first"),
    [
        ("Đến ngày 30/6, quận tổ chức 13 cuộc", DAY, date(2023, 1, 1)),
        ("Tính đến hết ngày 30 tháng 6 năm 2023, quận tổ chức 13 cuộc", DAY, date(2023, 1, 1)),
        ("Đến 30/6, ước còn 160 hộ nghèo.\n\nĐối thoại 13 cuộc", DAY, date(2023, 1, 1)),
        ("Đến hết tháng 6, quận tổ chức 13 cuộc", DAY, date(2023, 1, 1)),
        ("Tính đến hết quý II/2023, quận tổ chức 13 cuộc", DAY, date(2023, 1, 1)),
        ("Tới cuối năm 2023, quận tổ chức 13 cuộc", date(2023, 12, 31), date(2023, 1, 1)),
        ("Ngày 30/6, quận tổ chức 13 cuộc", DAY, DAY),
        ("Đến 20/6 thu 5 tỷ. Sáng 30/6, quận tổ chức 13 cuộc", DAY, DAY),
        ("Đến 30/6 thu 5 tỷ. Riêng ngày 30/6, quận tổ chức 13 cuộc", DAY, DAY),
        ("Từ đầu nhiệm kỳ đến 30/6, quận tổ chức 13 cuộc", DAY, DAY),
        ("Đến năm học 2023, quận tổ chức 13 cuộc", date(2023, 12, 31), date(2023, 12, 31)),
    ],
)
def test_events_counted_up_to_a_day_are_of_the_year_so_far(text: str, day: date, first: date) -> None:
    (one,) = said(text, reported(text, "13", period=(day, day)), published=date(2024, 1, 5))
    assert (one.period_start, one.period_end) == (first, day)
    stock = reported(text, "13", period=(day, day), subject="Dân vận khéo", unit="mô hình")
    assert [made.period_start for made in said(text, stock, published=date(2024, 1, 5))] == [day]


def test_a_reporting_year_that_the_text_shows_is_the_one_counted_from() -> None:
    text = "Từ 15/12/2022 đến 14/6/2023 có 5 cuộc chuyên đề; tháng này 2 cuộc. Đến ngày 14/6, quận tổ chức 13 cuộc"
    day = date(2023, 6, 14)
    others = [
        reported(text, "5 cuộc chuyên", subject="đối thoại chuyên đề", period=(date(2022, 12, 15), day)),
        reported(text, "2 cuộc. ", subject="hội nghị", period=(date(2023, 5, 15), day)),
    ]
    made = said(text, *others, reported(text, "13 cuộc", period=(day, day)), published=date(2023, 7, 1))
    assert [one.period_start for one in made if one.value == 13] == [date(2022, 12, 15)]


def test_examples_in_docstrings() -> None:
    result = doctest.testmod(upto)
    assert result.attempted and not result.failed


def test_a_day_that_a_person_set_stays() -> None:
    text = "Đến ngày 30/6, quận tổ chức 13 cuộc"
    (one,) = said(text, reported(text, "13", period=(DAY, DAY), corrected=frozenset({"period"})))
    assert one.period_start == DAY


def test_parts_without_a_name_of_their_own_are_parts_of_their_total() -> None:
    text = "Có 40 mô hình, 25 mô hình kinh tế, 15 mô hình cấp phường"
    models = {"subject": "Dân vận khéo", "unit": "mô hình"}
    whole = reported(text, "40", **models)
    part = reported(text, "25", unit="mô hình", subject="kinh tế", part_of=0)
    level = reported(text, "15", **models, scope="cấp phường", part_of=0)
    made = said(text, whole, part, level)
    assert [(one.indicator, one.scope, one.detail) for one in made] == [
        ("dan_van_kheo", "", ""),
        ("dan_van_kheo", "", "kinh-te"),
        ("dan_van_kheo", "cấp phường", ""),
    ]


def test_a_ratio_says_two_things_where_its_denominator_has_an_indicator() -> None:
    text = "Trực tuyến 30/40 hồ sơ"
    figure = reported(
        text,
        "30/40",
        kind="ratio",
        relation="share",
        value=Decimal(30),
        denominator=Decimal(40),
        unit="hồ sơ",
        subject="hồ sơ trực tuyến",
    )
    made = {one.indicator: one.value for one in said(text, figure)}
    assert made == {"ho_so_truc_tuyen": 30, "ho_so_tiep_nhan": 40}


def test_an_implied_plan_stands_beside_its_result() -> None:
    text = "Có 12 cuộc, đạt 92,3% kế hoạch"
    made = said(text, reported(text, "12"), implied=[(0, Decimal(13))])
    assert {one.status: one.value for one in made} == {"A": 12, "I": 13}


def test_rows_of_a_table_are_places_in_the_period_of_the_text() -> None:
    text = "Quý I có 13 cuộc đối thoại.\n\nPhường | Đối thoại\nLá Gai | 6\nLá Dứa | 5\nCộng | 11\nToàn quận | 13\n"
    made = said(text, reported(text, "13"))
    assert [(one.ref_area, one.scope, one.value) for one in made] == [
        (DISTRICT, "", 13),
        (WARD, "", 6),
        ("00.quan-hoa-bac.la-dua", "", 5),
        (DISTRICT, "cấp phường", 11),
        (DISTRICT, "", 13),
    ]
    assert {one.indicator for one in made} == {"doi_thoai"}
    assert {(one.period_start, one.period_end) for one in made} == {QUARTER}


@pytest.mark.parametrize(
    ("start", "end", "name", "era"),
    [
        ("2023-01-01", "2023-12-31", ("A", "2023"), "before"),
        ("2023-07-01", "2023-12-31", ("S", "2023-S2"), "before"),
        ("2025-04-01", "2025-06-30", ("Q", "2025-Q2"), "before"),
        ("2025-07-01", "2025-09-30", ("Q", "2025-Q3"), "after"),
        ("2025-01-01", "2025-09-30", ("_O", "2025-01-01/P9M"), "across"),
        ("2024-02-01", "2024-02-29", ("M", "2024-02"), "before"),
        ("2024-02-05", "2024-02-11", ("_O", "2024-02-05/P7D"), "before"),
        ("2022-01-01", "2023-12-31", ("_O", "2022-01-01/P24M"), "before"),
    ],
)
def test_periods_have_sdmx_names_and_a_side_of_the_reform(
    start: str, end: str, name: tuple[str, str], era: str
) -> None:
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    assert time_period(first, last) == name
    assert era_of(first, last) == era


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("Huyện Cầu Ván tổ chức 13 cuộc", "Huyện Cầu Ván"),
        ("Quận Hoa Bac tổ chức 13 cuộc", ""),
        ("Quận ủy Hòa Vang tổ chức 13 cuộc", ""),
        ("Tỉnh có 13 cuộc", ""),
    ],
)
def test_a_figure_of_another_district_is_not_of_the_sources_area(text: str, scope: str) -> None:
    (one,) = said(text, reported(text, "13"))
    assert (one.ref_area, one.scope) == (DISTRICT, scope)


TABLE = "Quý I có 9 cuộc đối thoại.\n\nPhường | Đối thoại (cuộc)\nLá Gai | 4\nBến Sứ | 5\nCộng | 9"


def cell(**fields: Any) -> Reported:
    at = TABLE.index("4")
    return replace(reported(TABLE, "4"), start=at, end=at + 1, sentence_start=at, scope="Lá Gai", **fields)


@pytest.mark.parametrize(
    ("corrected", "found"),
    [
        ({}, ("4", WARD, QUARTER[1], False)),
        ({"value": Decimal(6)}, ("6", WARD, QUARTER[1], True)),
        ({"scope": "Lá Mơ"}, ("4", f"{DISTRICT}.la-mo", QUARTER[1], True)),
        ({"period": (date(2023, 1, 1), date(2023, 2, 28))}, ("4", WARD, date(2023, 2, 28), True)),
    ],
)
def test_a_cell_is_what_a_person_says_of_its_figure(corrected: dict[str, Any], found: tuple[Any, ...]) -> None:
    figure = replace(cell(), **corrected, corrected=frozenset(corrected))
    made = [one for one in said(TABLE, reported(TABLE, "9"), figure) if one.start == figure.start]
    assert [(str(one.value), one.ref_area, one.period_end, one.corrected) for one in made] == [found]


def test_a_cell_that_a_person_took_out_says_nothing() -> None:
    span = (cell().start, cell().end)
    made = said(TABLE, reported(TABLE, "9"), dropped=frozenset({span}))
    assert span not in {(one.start, one.end) for one in made}
    assert len(made) == 3
