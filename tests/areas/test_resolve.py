"""Phrases read in the area and on the day of their source; the areas of figures."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.areas import assign_areas, default_table, load_extra, resolve
from extractors.text.document import Document
from schemas.areas import Area

Y2019, Y2023, Y2025, Y2026 = date(2019, 6, 1), date(2023, 9, 16), date(2025, 3, 10), date(2026, 2, 1)
SAMPLE = load_extra((Path(__file__).parent / "hai_linh.toml").read_text(encoding="utf-8"))
NQ = "31.quan-ngo-quyen"


@pytest.mark.parametrize(
    ("phrase", "context", "on", "slugs", "level"),
    [
        ("cấp phường", NQ, Y2023, NQ, "ward"),
        ("cấp quận", NQ, Y2023, NQ, "district"),
        ("cấp thành phố", NQ, Y2023, "31", "province"),
        ("cấp phường", f"{NQ}.lac-vien", Y2023, f"{NQ}.lac-vien", "ward"),
        ("cấp quận", f"{NQ}.lac-vien", Y2023, NQ, "district"),
        ("cấp cơ sở", NQ, Y2023, NQ, "ward"),
        ("toàn quận", NQ, Y2023, NQ, "district"),
        ("Toàn quận Ngô Quyền", NQ, Y2023, NQ, "district"),
        ("toàn thành phố", NQ, Y2023, "31", "province"),
        ("toàn thành phố", "31.thanh-pho-thuy-nguyen", Y2025, "31.thanh-pho-thuy-nguyen", "district"),
        ("trên địa bàn", NQ, Y2023, NQ, "district"),
        ("trên địa bàn quận", f"{NQ}.cau-tre", Y2023, NQ, "district"),
        ("trên địa bàn thành phố Hải Phòng", NQ, Y2023, "31", "province"),
        ("phường", NQ, Y2023, NQ, "ward"),
        ("các phường", NQ, Y2023, NQ, "ward"),
        ("các xã, phường, thị trấn", "31", Y2023, "31", "ward"),
        ("các quận, huyện", NQ, Y2023, "31", "district"),
        ("phường Lạc Viên", NQ, Y2023, f"{NQ}.lac-vien", "ward"),
        ("PHƯỜNG LẠC VIÊN", NQ, Y2023, f"{NQ}.lac-vien", "ward"),
        ("phuong dong khe", NQ, Y2023, f"{NQ}.dong-khe", "ward"),
        ("phường Đồng Quốc Bình", NQ, Y2023, f"{NQ}.dong-quoc-binh", "ward"),
        ("tại các phường Lạc Viên, Cầu Tre và Máy Tơ", NQ, Y2023, f"{NQ}.lac-vien {NQ}.cau-tre {NQ}.may-to", "ward"),
        ("2 phường Lạc Viên, Cầu Tre", NQ, Y2023, f"{NQ}.lac-vien {NQ}.cau-tre", "ward"),
        ("Cầu Tre", NQ, Y2025, f"{NQ}.cau-tre", "ward"),
        ("Cầu Tre", f"{NQ}.lac-vien", Y2023, f"{NQ}.cau-tre", "ward"),
        ("quận Lê Chân", NQ, Y2023, "31.quan-le-chan", "district"),
        ("phường Hòa Nghĩa", "31", Y2025, "31.quan-duong-kinh.hoa-nghia", "ward"),
        ("phường Hoà Nghĩa", "31", Y2025, "31.quan-duong-kinh.hoa-nghia", "ward"),
        ("phường Minh Đức, quận Đồ Sơn", "31", Y2025, "31.quan-do-son.minh-duc", "ward"),
        ("xã Cẩm Giàng", "31", Y2026, "31.xa-cam-giang-10903", "ward"),
        ("toàn phường", "31.phuong-gia-vien", Y2026, "31.phuong-gia-vien", "ward"),
        ("toàn huyện", "67.huyen-dak-song", Y2019, "67.huyen-dak-song", "district"),
        ("tỉnh Lâm Đồng", NQ, Y2023, "68", "province"),
    ],
)
def test_one_reading(phrase: str, context: str, on: date, slugs: str, level: str) -> None:
    reading = resolve(phrase, context, on)
    assert ([a.slug for a in reading.areas], reading.level, reading.ambiguous) == (slugs.split(), level, False), reading


@pytest.mark.parametrize(
    ("phrase", "context", "on", "count"),
    [
        ("12 phường", NQ, Y2023, 12),
        ("12/12 phường", NQ, Y2023, 12),
        ("8 phường", NQ, Y2025, 8),
        ("15 quận, huyện", "31", Y2023, 15),
    ],
)
def test_a_count_that_is_all(phrase: str, context: str, on: date, count: int) -> None:
    reading = resolve(phrase, context, on)
    assert len(reading.areas) == count and reading.how.startswith("count: all")


@pytest.mark.parametrize(
    ("phrase", "context", "on", "says"),
    [
        ("12 phường", NQ, Y2025, "has 8 on 2025-03-10"),
        ("10/12 phường", NQ, Y2023, "which are meant is not said"),
        ("phường Máy Tơ", NQ, Y2025, "not on 2025-03-10: phường Máy Tơ (11332)"),
        ("phường Ngô Quyền", NQ, Y2025, "not on 2025-03-10: phường Ngô Quyền (11329) 2025-07-01"),
        ("toàn quận", NQ, Y2026, "does not exist on 2026-02-01"),
        ("toàn quận", "31.phuong-gia-vien", Y2026, "belongs to none"),
        ("cấp huyện", "31", Y2026, "there is none"),
        ("toàn quận", "31.khong-co", Y2023, "no area has the code"),
        ("tổ dân phố số 5", NQ, Y2023, "below the wards"),
        ("tại các tổ dân phố", NQ, Y2023, "below the wards"),
        ("cả nước", NQ, Y2023, "above the provinces"),
        ("toàn xã hội", NQ, Y2023, "no area"),
        ("khối doanh nghiệp", NQ, Y2023, "no area"),
        ("Hội Nông dân phường", NQ, Y2023, "no area"),
        ("phường Không Có", NQ, Y2023, "no area"),
    ],
)
def test_no_reading_says_why(phrase: str, context: str, on: date, says: str) -> None:
    reading = resolve(phrase, context, on)
    assert reading.areas == () and says in reading.how, reading


@pytest.mark.parametrize(
    ("phrase", "context", "on", "count"),
    [
        ("phường Minh Đức", "31", Y2025, 2),
        ("xa cam giang", "31", Y2026, 2),
        ("xã Tân Tiến", NQ, Y2025, 13),
    ],
)
def test_several_of_one_name_are_reported(phrase: str, context: str, on: date, count: int) -> None:
    reading = resolve(phrase, context, on)
    assert reading.ambiguous and len(reading.areas) == count, (len(reading.areas), reading.how)


@given(st.sampled_from(sorted(default_table(), key=lambda a: a.key)), st.sampled_from([Y2019, Y2023, Y2025, Y2026]))
def test_only_areas_of_the_day(area: Area, on: date) -> None:
    for phrase in (area.full_name, area.name, f"toàn {area.full_name}"):
        reading = resolve(phrase, "31", on)
        assert all(found.valid_on(on) for found in reading.areas)
        assert reading.ambiguous == (len(reading.areas) > 1)


@dataclass
class Part:
    scope: str | None


def assigned(scopes: list[str | None], source: str, on: date, title: str = "") -> list[tuple[str | None, str | None]]:
    found = assign_areas(Document("Có 5 mô hình.", title=title), [Part(s) for s in scopes], source, on, SAMPLE)
    assert all(one.reason for one in found)
    return [(one.ref_area, one.level) for one in found]


def test_areas_of_figures_on_the_sample_portal() -> None:
    quan = "99.quan-hai-linh"
    scopes: list[str | None] = [
        None,
        "",
        "cấp phường",
        "cấp quận",
        "8 phường",
        "7/8 phường",
        "Lạch Sen",
        "phường Ba Gò, Cầu Mây",
        "thôn Hạ",
    ]
    assert assigned(scopes, quan, Y2023) == [
        (quan, "district"),
        (quan, "district"),
        (quan, "ward"),
        (quan, "district"),
        (quan, "ward"),
        (None, "ward"),
        (f"{quan}.lach-sen", "ward"),
        (None, "ward"),
        (None, None),
    ]
    assert assigned(["mỗi phường", "các phường"], quan, Y2023) == [(None, "ward"), (quan, "ward")]
    assert assigned(["khối doanh nghiệp", "phường Không Có"], quan, Y2023) == [(quan, "district"), (None, "ward")]
    assert assigned([None, "toàn quận", "toàn phường"], f"{quan}.lach-sen", Y2023) == [
        (f"{quan}.lach-sen", "ward"),
        (quan, "district"),
        (f"{quan}.lach-sen", "ward"),
    ]


def test_a_source_that_ended_has_no_area() -> None:
    assert assigned([None, "toàn quận"], "99.quan-hai-linh", Y2026) == [(None, None), (None, None)]


def test_a_title_that_begins_with_a_ward() -> None:
    quan = "99.quan-hai-linh"
    assert assigned([None], quan, Y2023, "Phường Ba Gò: ra quân làm sạch bờ kênh") == [(f"{quan}.ba-go", "ward")]
    assert assigned([None], quan, Y2023, "Phường Ba Gò ra quân làm sạch bờ kênh") == [(f"{quan}.ba-go", "ward")]
    assert assigned([None], quan, Y2023, "Quận Hải Lĩnh làm việc với phường Ba Gò") == [(quan, "district")]
    assert assigned([None], quan, Y2023, "Thành phố Hải Tân giao ban công tác quý") == [(quan, "district")]


def test_import_reads_no_data() -> None:
    code = (
        "import sys, extractors.areas as a; from schemas.areatable import default_table as d;"
        "assert d.cache_info().currsize == 0; assert not {'prefect', 'bs4', 'underthesea'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=Path(__file__).parents[2])
