"""The table before and after the reforms, codes used again, what areas became."""

from __future__ import annotations

import doctest
from collections import Counter
from datetime import date, timedelta
from importlib import import_module

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.areas import children, default_table, load_extra, predecessors, successors
from schemas.areanames import fold, key, old_placement
from schemas.areas import LEVELS, Area

TABLE = default_table()
Y2019, Y2023, Y2025, Y2026 = date(2019, 6, 1), date(2023, 9, 16), date(2025, 3, 10), date(2026, 2, 1)
ALL = sorted(TABLE, key=lambda area: area.key)

NGO_QUYEN_2023 = (
    "Máy Chai, Máy Tơ, Vạn Mỹ, Cầu Tre, Lạc Viên, Gia Viên, Cầu Đất, Lạch Tray, Đông Khê, Đằng Giang, Lê Lợi, "
    "Đổng Quốc Bình"
)
NGO_QUYEN_2025 = "Máy Chai, Vạn Mỹ, Cầu Tre, Gia Viên, Cầu Đất, Đông Khê, Đằng Giang, Lạch Tray"


#: what became of phường Gia Viên
DIVIDED = {("phường Gia Viên", "part"), ("phường Ngô Quyền", "part"), ("phường Hồng Bàng", "part")}


def area(code: str, on: date) -> Area:
    found = TABLE.get(code, on)
    assert found is not None, (code, on)
    return found


def became(code: str, on: date, later: date) -> set[tuple[str, str]]:
    return {(s.area.full_name if s.area else "?", s.extent) for s in successors(area(code, on), later)}


@pytest.mark.parametrize("module", ["schemas.areanames", "extractors.areas.phrase", "schemas.areatable"])
def test_examples_in_docstrings(module: str) -> None:
    result = doctest.testmod(import_module(module))
    assert result.attempted and not result.failed


@pytest.mark.parametrize(("on", "names"), [(Y2023, NGO_QUYEN_2023), (Y2025, NGO_QUYEN_2025)])
def test_wards_of_ngo_quyen(on: date, names: str) -> None:
    assert {a.name for a in children(area("304", on), on)} == set(names.split(", "))


@pytest.mark.parametrize(
    ("on", "districts", "wards"), [(Y2019, 15, 223), (Y2023, 15, 217), (Y2025, 15, 167), (Y2026, 0, 114)]
)
def test_hai_phong_counts(on: date, districts: int, wards: int) -> None:
    below = children(area("31", on), on)
    deeper = [ward for one in below for ward in children(one, on)]
    levels = Counter(a.level for a in [*below, *deeper])
    assert (levels["district"], levels["ward"]) == (districts, wards)


def test_provinces_before_and_after() -> None:
    assert [sum(a.level == "province" and a.valid_on(on) for a in TABLE) for on in (Y2023, Y2025, Y2026)] == [
        63,
        63,
        34,
    ]
    assert sum(a.level == "district" and a.valid_on(Y2025) for a in TABLE) == 696
    assert Counter(a.kind for a in TABLE if a.valid_on(Y2026) and a.level == "ward") == {
        "xa": 2621,
        "phuong": 687,
        "dac_khu": 13,
    }
    assert area("46", Y2023).full_name == "tỉnh Thừa Thiên Huế" and area("46", Y2025).full_name == "thành phố Huế"


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("11341", ["Lạc Viên", "Gia Viên"]),
        ("11344", ["Lương Khánh Thiện", "Cầu Đất"]),
        ("11359", ["Đằng Giang", "Gia Viên"]),
        ("11365", ["Đổng Quốc Bình", "Lạch Tray"]),
        ("31.quan-ngo-quyen.gia-vien", ["Gia Viên", "Gia Viên"]),
    ],
)
def test_codes_are_used_again(code: str, names: list[str]) -> None:
    assert [a.name for a in TABLE.versions(code)] == names


def test_readable_codes() -> None:
    assert area("31.quan-ngo-quyen", Y2023) == area("304", Y2023)
    assert area("31.quan-ngo-quyen.lac-vien", Y2023).code == "11341"
    assert area("31.phuong-gia-vien", Y2026).code == "11359"
    assert area("31.huyen-thuy-nguyen", Y2023).code == area("31.thanh-pho-thuy-nguyen", Y2025).code == "311"
    assert area("31.xa-cam-giang-10888", Y2026) != area("31.xa-cam-giang-10903", Y2026)


def test_keys_and_slugs_are_unique_on_every_day() -> None:
    assert len({a.key for a in ALL}) == len(ALL)
    for on in (Y2019, Y2023, Y2025, Y2026):
        slugs = Counter(a.slug for a in ALL if a.valid_on(on))
        assert [s for s, n in slugs.items() if n > 1] == []


def test_every_area_lies_in_an_area_of_a_higher_level() -> None:
    order = ("province", "district", "ward")
    for a in ALL:
        days = {a.valid_from, a.valid_to or Y2026, max(a.valid_from, date(2020, 1, 1))}
        for on in days:
            above = TABLE.parent(a, on)
            assert (above is None) == (a.level == "province"), a
            assert above is None or order.index(above.level) < order.index(a.level), a


@given(st.sampled_from(ALL))
def test_no_area_outside_its_dates(one: Area) -> None:
    before, after = one.valid_from - timedelta(days=1), (one.valid_to or date(9998, 1, 1)) + timedelta(days=1)
    for on in (before, after) if one.valid_to else (before,):
        assert TABLE.get(one.code, on) != one
        assert children(one, on) == ()
    assert TABLE.get(one.code, one.valid_from) == one
    assert all(child.valid_on(one.valid_from) for child in children(one, one.valid_from))


@pytest.mark.parametrize(
    ("code", "on", "later", "expected"),
    [
        ("11347", Y2023, Y2025, {("phường Gia Viên", "whole")}),
        ("11344", Y2019, Y2023, {("phường Cầu Đất", "whole")}),
        ("11332", Y2023, Y2025, {("phường Gia Viên", "whole")}),
        ("11356", Y2023, Y2025, {("?", "whole")}),
        ("11359", Y2025, Y2026, {("phường Gia Viên", "whole")}),
        ("11341", Y2025, Y2026, DIVIDED),
        ("11347", Y2023, Y2026, DIVIDED),
        ("317", Y2025, Y2026, {("đặc khu Cát Hải", "whole")}),
        ("318", Y2025, Y2026, {("đặc khu Bạch Long Vĩ", "whole")}),
        ("311", Y2023, Y2025, {("thành phố Thủy Nguyên", "whole")}),
        ("30", Y2025, Y2026, {("thành phố Hải Phòng", "whole")}),
        ("01", Y2023, Y2026, {("thành phố Hà Nội", "whole")}),
        ("11329", Y2025, Y2023, {("phường Máy Chai", "whole")}),
        ("11329", Y2026, Y2023, set()),
    ],
)  # fmt: skip
def test_successors(code: str, on: date, later: date, expected: set[tuple[str, str]]) -> None:
    assert became(code, on, later) == expected


def test_four_wards_of_ngo_quyen_were_divided() -> None:
    divided = {a.name for a in children(area("304", Y2025), Y2025) if len(successors(a, Y2026)) > 1}
    assert divided == {"Cầu Đất", "Đông Khê", "Gia Viên", "Lạch Tray"}
    assert {s.area.name for s in successors(area("304", Y2025), Y2026) if s.area} == {
        "Ngô Quyền",
        "Gia Viên",
        "Lê Chân",
        "Hồng Bàng",
    }


def test_what_is_inferred_says_so() -> None:
    share = successors(area("11341", Y2023), Y2025)[0]
    assert not share.certain and share.note
    assert successors(area("11347", Y2023), Y2025)[0].certain
    unknown = successors(area("11356", Y2023), Y2026)
    assert [s.area for s in unknown] == [None] and unknown[0].note


def test_predecessors() -> None:
    made = {s.area.name: s.extent for s in predecessors(area("11329", Y2026), Y2025) if s.area}
    whole, part = ("Máy Chai", "Vạn Mỹ", "Cầu Tre"), ("Đông Khê", "Gia Viên", "Ngô Quyền")  # the last is the quận
    assert made == dict.fromkeys(whole, "whole") | dict.fromkeys(part, "part")
    assert {s.area.name for s in predecessors(area("31", Y2026)) if s.area} == {"Hải Phòng", "Hải Dương"}


@given(st.sampled_from([a for a in ALL if a.valid_to == date(2025, 6, 30)]))
def test_nothing_is_lost_over_the_reform(one: Area) -> None:
    after = successors(one, Y2026)
    assert after and all(s.area is not None and s.area.valid_on(Y2026) for s in after)
    assert len(after) == 1 or all(s.extent == "part" for s in after)


def test_extra_areas() -> None:
    text = '[[areas]]\ncode = "98.xa-thu"\nname = "Thử"\nkind = "xa"\nvalid_to = "2024-12-31"\n'
    larger = load_extra(text)
    found = larger.get("98.xa-thu", Y2023)
    assert found is not None and not found.official and larger.get("98.xa-thu", Y2025) is None
    assert larger.get("304", Y2023) == area("304", Y2023) and TABLE.get("98.xa-thu", Y2023) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ('[[areas]]\ncode = "304"\nname = "X"\nkind = "quan"', "same day"),
        ('[[areas]]\ncode = "9"\nname = "X"\nkind = "lang"', "expected one of"),
        ('[[areas]]\ncode = "9"\nname = "X"', "lacks kind"),
        ('[[areas]]\ncode = "9"\nname = "X"\nkind = "xa"\ntown = 1', "unknown town"),
        ('[[successors]]\nfrom = "a"\nto = "b"\ndate = 2025-07-01', "same file"),
    ],
)
def test_extra_areas_that_are_wrong(text: str, says: str) -> None:
    with pytest.raises(ValueError, match=says):
        load_extra(text)


@given(st.sampled_from(ALL))
def test_folding(one: Area) -> None:
    assert fold(one.name.upper()) == fold(one.name) and fold(one.name).isascii()
    assert key(old_placement(one.name)) == key(one.name)
    assert one in TABLE.named(fold(one.name)) and LEVELS[one.kind] == one.level
