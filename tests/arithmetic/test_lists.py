"""Every row of ``words.toml`` with its sentence: what is wrong is accused, what may be right is not."""

from __future__ import annotations

from typing import Any

import pytest

from extractors.arithmetic.words import rows
from extractors.pipeline import extract_text

ACCUSES = ("fails", "impossible", "suspicious")


def _rows() -> list[tuple[str, dict[str, Any]]]:
    return [(kind, row) for kind, listed in rows().items() for row in listed]


@pytest.mark.parametrize(("kind", "row"), _rows(), ids=lambda value: str(value)[:40])
def test_row(kind: str, row: dict[str, Any]) -> None:
    assert ("wrong" in row) == (kind != "property")
    findings = extract_text(row.get("wrong") or row["right"], id="x").findings
    assert any(finding.verdict in ACCUSES for finding in findings) == ("wrong" in row)


@pytest.mark.parametrize(
    ("text", "accused"),
    [
        # "khác" closes a list of three; two of seven may leave more unsaid
        ("Thu hoạch 1.250 tấn, trong đó cá 820 tấn, tôm 210 tấn, thủy sản khác 120 tấn.", True),
        ("Có 7 xe, trong đó 3 xe khách, 2 xe khác.", False),
        # what the text breaks down by a heading, one sentence on
        ("Vốn đạt 752 tỷ đồng. Phân theo ngành: công nghiệp 172 tỷ đồng; dịch vụ 480 tỷ đồng.", True),
        ("Vốn đạt 752 tỷ đồng. Trong đó: công nghiệp 172 tỷ đồng; dịch vụ 480 tỷ đồng.", False),
        # a list that the text breaks off
        (
            "Vốn đạt 752 tỷ đồng. Phân theo ngành: công nghiệp 172 tỷ đồng; dịch vụ 480 tỷ đồng; nông, lâm nghiệp",
            False,
        ),
        # parts that make another total
        ("Thụ lý 428 vụ, giải quyết 372 vụ; trong đó hình sự thụ lý 97 vụ, dân sự thụ lý 331 vụ.", False),
        # two breakdowns in one list
        ("Có 900 người, trong đó thành thị 200 người, nông thôn 700 người, nam 440 người, nữ 460 người.", False),
        # the last item counts something else
        ("Đoàn có 35 đại biểu, gồm 20 đại biểu Quốc hội, 12 đại biểu HĐND và 3 khách mời.", False),
        # a part larger than its total, a slip away from what the others leave
        ("Đón 386 nghìn lượt khách, trong đó quốc tế 41,5 nghìn lượt, nội địa 434,5 nghìn lượt.", True),
        # funds, loans and projects may be told twice
        ("Dư nợ 14.250 tỷ đồng, trong đó ngắn hạn 8.835 tỷ đồng, nông nghiệp 6.210 tỷ đồng.", False),
        ("Huyện có 18 dự án, trong đó 14 dự án dùng vốn huyện, 9 dự án dùng vốn tỉnh.", False),
    ],
)
def test_lists(text: str, accused: bool) -> None:
    findings = extract_text(text, id="x").findings
    assert any(finding.verdict in ACCUSES for finding in findings) == accused, findings
