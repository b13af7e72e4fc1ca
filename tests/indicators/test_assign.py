"""Figures and their indicators: a table of what subjects, units and surroundings say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.indicators import THRESHOLD, Question, assign, table_cells
from extractors.indicators.words import words
from schemas.indicators import IndicatorError, catalogue, parse

ROWS = [
    ("tổng dư nợ", "đồng", {"before": "Ngân hàng Chính sách xã hội có "}, "du_no_chinh_sach"),
    ("tổng dư nợ", "đồng", {}, "x.tong-du-no.dong"),
    ("dư nợ cho vay dài hạn", "đồng", {}, "x.du-no-cho-vay-dai-han.dong"),
    # subject, unit, further fields of the question, code
    ("“Dân vận khéo”", "mô hình", {}, "dan_van_kheo"),
    ("dan van kheo", "mo hinh", {}, "dan_van_kheo"),
    ("được công nhận điển hình", "mô hình", {"topic": "Công tác dân vận quý I"}, "x.duoc-cong-nhan-dien-hinh.mo-hinh"),
    # the subject was taken from the next figure, the unit still tells
    ("đối thoại", "mô hình", {"topic": "Công tác dân vận quý I"}, "dan_van_kheo"),
    ("đối thoại", "mô hình", {"topic": "Làng nghề"}, "x.doi-thoai.mo-hinh"),
    ("đối thoại", "cuộc", {}, "doi_thoai"),
    ("đối thoại định kỳ", "cuộc", {}, "doi_thoai_dinh_ky"),
    ("định kỳ", "cuộc", {"parent": "đối thoại"}, "doi_thoai_dinh_ky"),
    ("định kỳ", "cuộc", {"before": "Họp giao ban có "}, "x.dinh-ky.cuoc"),
    ("giám sát", "cuộc", {}, "giam_sat"),
    ("Thu ngân sách nhà nước", "đồng", {"ward": False}, "thu_ngan_sach"),
    ("thu ngân sách phường", "đồng", {"ward": True}, "thu_ngan_sach_phuong"),
    ("Nợ thuế", "đồng", {}, "x.no-thue.dong"),
    ("Giải ngân đầu tư công", "đồng", {}, "giai_ngan_dau_tu_cong"),
    ("số hộ nghèo", "hộ", {}, "ho_ngheo"),
    ("hộ cận nghèo", "hộ", {}, "ho_can_ngheo"),
    ("tỷ lệ hộ nghèo", "%", {}, "ty_le_ho_ngheo"),
    ("tặng quà hộ nghèo", "hộ", {}, "x.tang-qua-ho-ngheo.ho"),
    ("bàn giao mặt bằng", "hộ", {"before": "đã có "}, "gpmb_ho_ban_giao"),
    ("bàn giao mặt bằng", "hộ", {"before": "Dự án còn "}, "x.ban-giao-mat-bang.ho"),
    ("tai nạn giao thông", "vụ", {}, "tai_nan_giao_thong"),
    ("làm người bị thương", "người bị thương", {"before": "Xảy ra 5 vụ tai nạn giao thông, "}, "tngt_bi_thuong"),
    ("Phạm pháp hình sự", "vụ", {}, "pham_phap_hinh_su"),
    ("nông thôn mới nâng cao", "xã", {}, "nong_thon_moi_nang_cao_xa"),
    ("đạt chuẩn nông thôn mới", "xã", {}, "nong_thon_moi_xa"),
    ("OCOP", "sản phẩm", {}, "ocop"),
    ("bảo hiểm y tế", "%", {}, "bhyt_ty_le"),
    ("bảo hiểm xã hội tự nguyện", "người", {}, "bhxh_tu_nguyen"),
    ("Chỉ số SIPAS", "%", {}, "sipas"),
    ("PAR INDEX", "điểm", {}, "par_index"),
    ("hồ sơ nộp trực tuyến", "hồ sơ", {}, "ho_so_truc_tuyen"),
    (None, None, {}, "x.khong-ro.so"),
]


@pytest.mark.parametrize(("subject", "unit", "more", "code"), ROWS, ids=[f"{row[0]}-{row[1]}-{row[3]}" for row in ROWS])
def test_a_figure_gets_its_indicator(subject: str | None, unit: str | None, more: dict[str, str], code: str) -> None:
    made = assign(Question(subject=subject, unit=unit, **more))
    assert made.code == code
    assert made.generated == code.startswith("x.")
    assert made.generated or (made.score >= THRESHOLD and made.reason)


@given(st.text(max_size=40), st.text(max_size=12))
def test_what_is_assigned_is_known_and_the_same_every_time(subject: str, unit: str) -> None:
    made = assign(Question(subject=subject, unit=unit))
    assert made == assign(Question(subject=subject, unit=unit))
    assert made.generated or made.code in catalogue()


def test_the_catalogue_names_every_indicator_once() -> None:
    assert len(catalogue()) >= 54
    named: dict[tuple[str, ...], set[str]] = {}
    for one in catalogue().values():
        assert one.aliases and one.name and one.en and one.topic
        for alias in one.aliases:
            for unit in (one.unit, *one.units):
                named.setdefault((" ".join(words(alias)), *words(unit), one.level), set()).add(one.code)
    assert {key: codes for key, codes in named.items() if len(codes) > 1} == {}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ('[a]\nname="A"\nen="a"\nunit="x"\nnature="sum"\ntopic="t"\naliases=["a"]', "indicator a: expected nature"),
        (
            '[a]\nname="A"\nen="a"\nunit="x"\nnature="flow"\ntopic="t"\naliases=["a"]\nlevel="top"',
            "indicator a: expected level",
        ),
        (
            '[a]\nname="A"\nen="a"\nunit="x"\nnature="flow"\ntopic="t"\naliases=["a"]\nwhole=["b"]',
            "indicator a: 'whole' needs 'near'",
        ),
        (
            '[a]\nname="A"\nen="a"\nunit="x"\nnature="flow"\ntopic="t"\naliases=["a"]\ndenominator="b"',
            "indicator a: denominator 'b'",
        ),
        ('[a]\nnature="flow"\nunits=["x"]', "indicator a: .*missing"),
    ],
)
def test_a_mistake_in_the_catalogue_is_named(text: str, message: str) -> None:
    with pytest.raises(IndicatorError, match=message):
        parse(text)


def test_cells_have_the_head_of_their_column_and_the_name_of_their_row() -> None:
    head = "TT | Phường | Thu (triệu đồng) | Tỷ lệ (%)"
    text = f"Kết quả:\n\n{head}\n1 | Lá Gai | 1.250 | 81,9\n | Cộng | 1.250 | 81,9\n\nHết."
    cells = table_cells(text)
    assert [(c.quote, str(c.value), c.unit, c.subject, c.row, c.total, c.places) for c in cells] == [
        ("1.250", "1250000000", "đồng", "Thu", "phường Lá Gai", False, True),
        ("81,9", "81.9", "%", "Tỷ lệ", "phường Lá Gai", False, True),
        ("1.250", "1250000000", "đồng", "Thu", "Cộng", True, True),
        ("81,9", "81.9", "%", "Tỷ lệ", "Cộng", True, True),
    ]
    assert all(text[c.start : c.end] == c.quote for c in cells)


@pytest.mark.parametrize("text", ["", "a | 1", "1 | 2\n3 | 4\n5 | 6", "không có bảng nào"])
def test_what_is_no_table_with_a_head_has_no_cells(text: str) -> None:
    assert table_cells(text) == []
