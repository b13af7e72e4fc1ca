"""What a bulletin reports on governs its undated paragraphs."""

from __future__ import annotations

import pytest

from extractors.pipeline import extract_text

OPENING = "Ngày 30/3, UBND phường tổ chức hội nghị đánh giá kết quả quý I năm 2023.\n\n"


@pytest.mark.parametrize(
    ("paragraph", "period"),
    [
        ("Công tác dân vận: đăng ký 31 mô hình.", "2023-01-01/2023-03-31"),
        ("Tháng 02, tiếp nhận 402 hồ sơ.", "2023-02-01/2023-02-28"),
        ("Quý tới, phường sẽ tổ chức 12 cuộc đối thoại.", None),
        ("Dự hội nghị có lãnh đạo 12 phường.", None),
        ("Thời gian giải quyết hồ sơ là 15 ngày.", None),
    ],
)
def test_undated_paragraphs(paragraph: str, period: str | None) -> None:
    read = extract_text(OPENING + paragraph, id="x", title=None, published="2023-03-31")
    assert [str(figure.period) if figure.period else None for figure in read.figures] == [period]


def test_without_a_report_nothing_is_given() -> None:
    read = extract_text("Sáng 16/01, phường trao quà.\n\nVận động được 31 suất quà.", id="x", published="2023-01-17")
    assert read.figures[-1].period is None or "reports on" not in read.figures[-1].evidence["period"]


def test_a_basis_in_brackets_has_its_own_time() -> None:
    text = (
        "Quý I năm 2024, thu ngân sách đạt 342 tỷ đồng, bằng 24% dự toán năm (1.400 tỷ đồng), "
        "tăng 8% so với cùng kỳ (317 tỷ đồng)."
    )
    read = extract_text(text, id="x")
    assert [(f.quote, f.relation, f.status, str(f.period)) for f in read.figures] == [
        ("342 tỷ", "level", "actual", "2024-01-01/2024-03-31"),
        ("24", "relative", "actual", "2024-01-01/2024-03-31"),
        ("1.400 tỷ", "level", "planned", "2024-01-01/2024-12-31"),
        ("8", "change", "actual", "2024-01-01/2024-03-31"),
        ("317 tỷ", "level", "actual", "2023-01-01/2023-03-31"),
    ]


def test_a_title_says_in_which_time_its_news_lies() -> None:
    read = extract_text(
        "Số vụ cháy giảm 12%.\n\nVề ma túy, bắt 19 vụ.",
        id="x",
        title="Kéo giảm tội phạm trong 5 tháng đầu năm 2023",
    )
    assert [str(figure.period) for figure in read.figures] == ["2023-01-01/2023-05-31"] * 2


def test_a_report_on_days_that_a_bracket_names() -> None:
    read = extract_text(
        "Huyện có báo cáo tình hình Tết Giáp Thìn 2024 (từ ngày 8/2 đến ngày 14/2).\n\nXử lý 22 trường hợp vi phạm.",
        id="x",
    )
    assert [str(figure.period) for figure in read.figures] == ["2024-02-08/2024-02-14"]


def test_the_years_gone_through_in_a_bracket() -> None:
    read = extract_text(
        "Huyện tổ chức tổng kết 10 năm thực hiện Chỉ thị số 6 về phòng cháy (2013 - 2023). Toàn huyện bắt 15 vụ.",
        id="x",
    )
    assert [str(figure.period) for figure in read.figures] == ["2013-01-01/2023-12-31"]


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Thu thuế đạt 92,3% kế hoạch năm 2023.", ["2023-01-01/2023-12-31"]),
        ("Tháng 5/2023, thu thuế đạt 40% kế hoạch năm 2023.", ["2023-05-01/2023-05-31"]),
        ("Thu thuế đạt 92,3% kế hoạch, xong trước năm 2023.", [None]),
    ],
)
def test_a_part_of_a_plan_is_of_its_year_where_no_time_is_said(text: str, periods: list[str | None]) -> None:
    read = extract_text(text, id="x")
    assert [str(figure.period) if figure.period else None for figure in read.figures] == periods


@pytest.mark.parametrize(
    ("text", "periods"),
    [
        ("Năm 2023, xã có 5 cầu. Hộ nghèo được hỗ trợ 70% mức đóng.", ["2023-01-01/2023-12-31", None]),
        ("Năm 2023, hộ nghèo được hỗ trợ 70% mức đóng.", ["2023-01-01/2023-12-31"]),
    ],
)
def test_a_rate_of_support_is_a_rule(text: str, periods: list[str | None]) -> None:
    read = extract_text(text, id="x")
    assert [str(figure.period) if figure.period else None for figure in read.figures] == periods
