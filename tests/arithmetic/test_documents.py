"""The checks on whole texts: what is found, what is not claimed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.arithmetic import check
from extractors.links import assign_links
from schemas.findings import CHECKS, VERDICTS, Finding
from tests.gold.support import documents, mentions_from_gold
from tests.links.marked import marked

ACCUSES = ("fails", "impossible", "suspicious")

#: text -> the findings expected among others: check, verdict, figures, expected
FOUND: dict[str, tuple[str, tuple[str, str, tuple[int, ...], str]]] = {
    "sum": ("Có {120 mô hình} ({100 mô hình} tại phường, {20 mô hình} khác).", ("sum", "holds", (0, 1, 2), "120")),
    "sum exceeded": (
        "Có {620 học sinh}, trong đó mầm non {150=học sinh}, tiểu học {300=học sinh}, trung học {180 học sinh}.",
        ("sum", "fails", (0, 1, 2, 3), "630"),
    ),
    "all parts said, some missing": (
        "Có {250 đại biểu}, gồm {235 đại biểu} bầu và {10 đại biểu} mời.",
        ("sum", "fails", (0, 1, 2), "245"),
    ),
    "remainder": (
        "Có {38 cuộc}, trong đó {12 cuộc} định kỳ, {13 cuộc} chuyên đề.",
        ("partial_sum", "holds", (0, 1, 2), "13"),
    ),
    "more done than there are": (
        "Tổng số {27 cuộc}, đến nay đã kết thúc {19 cuộc}, đang tiến hành {11 cuộc}.",
        ("partial_sum", "impossible", (0, 1, 2), "30"),
    ),
    "one part above its total": (
        "Có {38 cuộc}, trong đó {45 cuộc} định kỳ.",
        ("partial_sum", "impossible", (0, 1), "45"),
    ),
    "what is left": ("Đã xong {52/61 tổ chức}; {9 tổ chức} còn lại làm sau.", ("sum", "holds", (0, 1), "61")),
    "what is left, wrong": ("Đã xong {52/61 tổ chức}; {8 tổ chức} còn lại làm sau.", ("sum", "fails", (0, 1), "9")),
    "ratio": ("Có {61/64 trường} đạt chuẩn ({95,3%:share}).", ("ratio_vs_percent", "holds", (0, 1), "95.3")),
    "ratio cut off": ("Có {7/9 trường} đạt chuẩn, đạt {77,7%:share}.", ("ratio_vs_percent", "holds", (0, 1), "77.8")),
    "ratio, wrong": (
        "Có {7/8 phường} vượt mốc {75%:share} (đạt {85,7%:share}).",
        ("ratio_vs_percent", "fails", (0, 2), "87.5"),
    ),
    "percentage, then the ratio": (
        "Cấp quận đạt {82%:share} ({41/50 hồ sơ}).",
        ("ratio_vs_percent", "holds", (1, 0), "82"),
    ),
    "percentage, then the ratio, wrong": (
        "Cấp quận đạt {83%:share} ({41/50 hồ sơ}).",
        ("ratio_vs_percent", "fails", (1, 0), "82"),
    ),
    "part and percentage": (
        "Tiếp nhận {500 hồ sơ}, giải quyết {480 hồ sơ} ({96%:share}).",
        ("ratio_vs_percent", "holds", (0, 1, 2), "96"),
    ),
    "part and percentage, wrong": (
        "Tiếp nhận {500 hồ sơ}, giải quyết {480 hồ sơ} ({98%:share}).",
        ("ratio_vs_percent", "fails", (0, 1, 2), "96"),
    ),
    "amount and percentage of a change": (
        "Xảy ra {5 vụ}, giảm {3 vụ:down} ({37,5%:down}) so với cùng kỳ.",
        ("implied_previous", "holds", (0, 1, 2), "37.5"),
    ),
    "amount and percentage of a change, wrong": (
        "Xảy ra {5 vụ}, giảm {3 vụ:down} ({60%:down}) so với cùng kỳ.",
        ("implied_previous", "fails", (0, 1, 2), "38"),
    ),
    "from and to": (
        "Giảm từ {120 hộ} xuống còn {108 hộ}, giảm {10%:down}.",
        ("change_percent", "holds", (2, 0, 1), "10"),
    ),
    "from and to, wrong": (
        "Giảm từ {258 hộ} xuống còn {227 hộ}, tương ứng giảm {12,8%:down}.",
        ("change_percent", "fails", (2, 0, 1), "12.0"),
    ),
    "from and to, the difference": (
        "Giảm từ {258 hộ} xuống còn {227 hộ}, giảm {31 hộ:down}.",
        ("implied_previous", "holds", (2, 0, 1), "31"),
    ),
    "from and to, another difference": (
        "Giảm từ {258 hộ} xuống còn {227 hộ}, giảm {41 hộ:down}.",
        ("implied_previous", "fails", (2, 0, 1), "31"),
    ),
    "plan": ("Có {12 cuộc}, đạt {92,3%:of:plan} kế hoạch.", ("implied_plan", "possible", (0, 1), "13")),
    "plan above": (
        "Có {300 mô hình}, tăng {27%:up:plan} so với kế hoạch.",
        ("implied_plan", "possible", (0, 1), "236 | 237"),
    ),
    "no plan": (
        "Có {11 cuộc} ({02=cuộc} cấp quận, {09=cuộc} cấp phường, đạt {115%:of:plan} kế hoạch).",
        ("implied_plan", "impossible", (0, 3), ""),
    ),
    "a plan only if cut off": ("Có {2 cuộc}, đạt {66,6%:of:plan} kế hoạch.", ("implied_plan", "possible", (0, 1), "3")),
    "plan of money": (
        "Thu {612 tỷ đồng}, bằng {45,3%:of:plan} dự toán.",
        ("implied_plan", "possible", (0, 1), "1351000000000"),
    ),
    "plan beside": (
        "Thu {684 triệu đồng}, đạt {114%:of:plan} kế hoạch năm ({600 triệu đồng}).",
        ("implied_plan", "holds", (2, 0, 1), "114"),
    ),
    "plan beside, wrong": (
        "Thu {684 triệu đồng}, đạt {118%:of:plan} kế hoạch năm ({600 triệu đồng}).",
        ("implied_plan", "fails", (2, 0, 1), "114"),
    ),
    "value before": (
        "Xảy ra {9 vụ}, giảm {30%:down:same_period} so với cùng kỳ.",
        ("implied_previous", "impossible", (0, 1), ""),
    ),
    "value before, possible": (
        "Xảy ra {9 vụ}, giảm {25%:down:same_period} so với cùng kỳ.",
        ("implied_previous", "possible", (0, 1), "12"),
    ),
    "value before beside": (
        "Xảy ra {52 vụ}, giảm {10,3%:down:same_period} so với cùng kỳ ({58 vụ}).",
        ("implied_previous", "holds", (2, 0, 1), "10.3"),
    ),
    "value before beside, wrong": (
        "Xảy ra {52 vụ}, giảm {13,3%:down:same_period} so với cùng kỳ ({58 vụ}).",
        ("implied_previous", "fails", (2, 0, 1), "10.3"),
    ),
    "amount of change, value before beside": (
        "Thu {84,6 tỷ đồng}, thấp hơn {25,2 tỷ đồng:down:earlier} so với tháng trước ({109,8 tỷ đồng}).",
        ("implied_previous", "holds", (0, 1, 2), "25200000000"),
    ),
    "amount of change, value before beside, wrong": (
        "Thu {84,6 tỷ đồng}, thấp hơn {35,2 tỷ đồng:down:earlier} so với tháng trước ({109,8 tỷ đồng}).",
        ("implied_previous", "fails", (0, 1, 2), "25200000000"),
    ),
    "points from and to": (
        "Tỷ lệ hộ nghèo giảm từ {4,85%:share} xuống còn {3,62%:share}, giảm {1,23 điểm phần trăm:down:measure}.",
        ("change_percent", "holds", (2, 0, 1), "1.23"),
    ),
    "points from and to, wrong": (
        "Tỷ lệ hộ nghèo giảm từ {4,85%:share} xuống còn {3,62%:share}, giảm {1,32 điểm phần trăm:down:measure}.",
        ("change_percent", "fails", (2, 0, 1), "1.23"),
    ),
    "points, the one before beside": (
        "Tỷ lệ hộ nghèo còn {5,12%:share}, giảm {1,05%:down:earlier} so với năm trước ({6,17%:share}).",
        ("change_percent", "holds", (1, 2, 0), "1.05"),
    ),
    "shares of one structure": (
        "Về cơ cấu kinh tế, nông nghiệp chiếm {18,4%:share}; công nghiệp {47,5%:share}; dịch vụ {34,1%:share}.",
        ("share_bound", "holds", (0, 1, 2), "100"),
    ),
    "shares of one structure, wrong": (
        "Về cơ cấu kinh tế, nông nghiệp chiếm {18,4%:share}; công nghiệp {47,5%:share}; dịch vụ {43,1%:share}.",
        ("share_bound", "fails", (0, 1, 2), "100"),
    ),
    "times": (
        "Có {84.600 lượt}, gấp {2 lần:of:measure} cùng kỳ năm trước ({42.300 lượt}).",
        ("implied_previous", "holds", (2, 0, 1), "2"),
    ),
    "times, wrong": (
        "Có {84.600 lượt}, gấp {3 lần:of:measure} cùng kỳ năm trước ({42.300 lượt}).",
        ("implied_previous", "fails", (2, 0, 1), "2"),
    ),
    "value before, in the level's bracket": (
        "Nhận {1.128 đơn} (năm 2022: {1.204 đơn}), giảm {6,3%:down:earlier} so với năm 2022.",
        ("implied_previous", "holds", (1, 0, 2), "6.3"),
    ),
    "value before, in the level's bracket, wrong": (
        "Nhận {1.128 đơn} (năm 2022: {1.204 đơn}), giảm {3,6%:down:earlier} so với năm 2022.",
        ("implied_previous", "fails", (1, 0, 2), "6.3"),
    ),
    "plan said before, a slip": (
        "Chỉ tiêu là {250 suất:planned}, thực hiện {265 suất}, đạt {116%:of:plan} chỉ tiêu.",
        ("implied_plan", "fails", (0, 1, 2), "106"),
    ),
    "whole of other things": (
        "Đã cấp {3.412 thẻ} trên tổng số {3.650 công dân}, đạt {93,5%:share}.",
        ("ratio_vs_percent", "holds", (1, 0, 2), "93.5"),
    ),
    "whole of other things, wrong": (
        "Đã cấp {3.412 thẻ} trên tổng số {3.650 công dân}, đạt {95,3%:share}.",
        ("ratio_vs_percent", "fails", (1, 0, 2), "93.5"),
    ),
    "whole before, a slip": (
        "Có {1.520 thí sinh} đăng ký, có {1.512 thí sinh} dự thi, đạt {98,5%:share}.",
        ("ratio_vs_percent", "fails", (0, 1, 2), "99.5"),
    ),
    "columns, one row wrong": (
        "Mẩy | {1.240=hộ} | {62=hộ nghèo} | {5,0%:share}\nỔi | {990=hộ} | {51=hộ nghèo} | {5,2%:share}\n"
        "Sóc | {1.115=hộ} | {78=hộ nghèo} | {9,0%:share}",
        ("ratio_vs_percent", "fails", (6, 7, 8), "7.0"),
    ),
    "what is left, past its share": (
        "Có {12/15 xã} đạt chuẩn (đạt {80%:share}); {5 xã} còn lại làm sau.",
        ("sum", "fails", (0, 2), "3"),
    ),
    "n of m": ("Đã sửa {12/13 nhà}.", ("ratio_bound", "holds", (0,), "<= 13")),
    "n above m": ("Đã sửa {13/12 nhà}.", ("ratio_bound", "impossible", (0,), "<= 12")),
    "share above all": ("Tỷ lệ hồ sơ đúng hạn đạt {102,4%:share}.", ("share_bound", "impossible", (0,), "<= 100")),
    "range the wrong way": ("Mỗi lớp từ {120 - 90 học viên}.", ("range_order", "impossible", (0,), "90 - 120")),
    "range the wrong way, read as two": (
        "Mỗi lớp từ {120=học viên} đến {90 học viên}.",
        ("range_order", "impossible", (0, 1), "90 - 120"),
    ),
    "names missing": (
        "Có {10/12 phường} họp (phường Bến Sứ, Đồi Chè dự kiến tháng 9).",
        ("list_count", "holds", (0,), "2"),
    ),
    "names missing, wrong": ("Có {5/8 phường} họp (còn phường Bến Sứ, Đồi Chè).", ("list_count", "fails", (0,), "3")),
    "names": ("Có {3 xã} (Mây, Gió và Lò Vôi) đạt chuẩn.", ("list_count", "holds", (0,), "3")),
    "more names than counted": ("Có {2 xã} (Mây, Gió và Lò Vôi) đạt chuẩn.", ("list_count", "suspicious", (0,), "2")),
    "closing words": (
        "Toàn quận có {24 cuộc} đối thoại, gồm {9 cuộc} định kỳ và {15 cuộc} chuyên đề.\nKết luận, "
        "đồng chí ghi nhận kết quả {26 cuộc} đối thoại.",
        ("repeat", "suspicious", (0, 3), "24"),
    ),
    "a table's total": (
        "Bến Sứ | {31=mô hình}\nĐồi Chè | {28=mô hình}\nLò Vôi | {20=mô hình}\nCộng | {79=mô hình}",
        ("sum", "holds", (3, 0, 1, 2), "79"),
    ),
    "a table's total, wrong": (
        "Bến Sứ | {31=mô hình}\nĐồi Chè | {28=mô hình}\nLò Vôi | {20=mô hình}\nCộng | {89=mô hình}",
        ("sum", "fails", (3, 0, 1, 2), "79"),
    ),
}

#: texts in which nothing may be called wrong, with what would be a mistake
NOTHING_WRONG = {
    "a plan of another time": (
        "Chỉ tiêu năm là {60 mô hình:planned}, xây dựng {18 mô hình}, đạt {120%:of:plan} kế hoạch quý."
    ),
    "points against a plan": (
        "Che phủ từ {46,5%:share} tăng lên {47,1%:share}, vượt {0,1%:up:plan} so với chỉ tiêu ({47%:share})."
    ),
    "a percentage of a percentage": "Giảm từ {3,1%:share} xuống còn {2,6%:share}, giảm {16,1%:down:earlier}.",
    "twice more": "Đạt {93 tấn}, tăng {2 lần:up:measure} so với cùng kỳ ({31 tấn}).",
    "structures of two years": (
        "Cơ cấu: khu vực I chiếm {21,4%:share}; II chiếm {44,4%:share}; III chiếm {34,2%:share} (cùng kỳ năm trước là "
        "{22,1%:share}; {43,5%:share}; {34,4%:share})."
    ),
    "a base in the bracket, not the change": "Doanh thu {46 tỷ đồng}, giảm {8%:down} ({50 tỷ đồng:down}).",
    "two levels of one unit": (
        "Làm chết {31 người}, bị thương {48 người}; so với cùng kỳ giảm {9 người:down:same_period} chết "
        "({22,5%:down:same_period})."
    ),
    "shares of two wholes in turn": (
        "Có {421 doanh nghiệp} giải thể và {1.433 doanh nghiệp} tạm ngừng. Trong đó: chế biến có "
        "{324 doanh nghiệp} tạm ngừng, lần lượt chiếm {18,53%:share} tổng số doanh nghiệp giải thể và {22,61%:share} "
        "tổng số doanh nghiệp tạm ngừng."
    ),
    "part of a part": (
        "Có {27 thành viên}, gồm {19=thành viên} nam và {8=thành viên} nữ, trong đó {12 thành viên} là thạc sĩ."
    ),
    "a fall over time": "Tỷ giá từ {25.400=đồng} đến {25.300 đồng}.",
    "a fall that is told behind": "Mỗi xã từ {120=hộ} đến {90 hộ}, giảm {30 hộ:down}.",
    "a ratio and a percentage of the plan": "Có {12/12 phường}, đạt {92,3%:of:plan} kế hoạch.",
    "a rate that may pass 100": "Tỷ lệ thu hồi nợ đạt {102,4%:share}, công suất đạt {112%:share}.",
    "more than there are, and why": "Đồng thuận {112/110 hộ} do phát sinh tách hộ.",
    "where the places lie": "Còn {2 xã} (Mây, Gió, huyện Lò Vôi) chưa đạt.",
    "what is left, in two numbers": "Đã cấp {24/30 hộ}; {4 hộ} còn lại đang chờ, {2 hộ} chuyển đi.",
    "more people than planned": "Kết nạp {195/160 đảng viên}.",
    "a share of the other of two": (
        "Làm chết {77 người}, bị thương {101 người}. Trong đó, số trẻ em chết là {5 người} (chiếm {6,5%:share})."
    ),
    "a threshold between": "Có {2.358 xã} ({26,43%:share}) đạt chuẩn (vượt {1,43%:up:plan} so với mục tiêu).",
    "parts of two totals": (
        "Làm chết {40 người}, bị thương {79 người}. Trong đó, đường bộ làm chết {39 người}, bị thương {78 người}."
    ),
    "a list of lists": "Phân theo nhóm gồm: nhóm một, bao gồm {2 đơn vị}; nhóm hai, bao gồm {11 đơn vị}.",
    "different things in one gồm": "Tại {2 huyện}, huy động lực lượng gồm {164 cán bộ} và công an {10 huyện}.",
    "the new level as a percentage of the old": "Thu {630 vụ}, tăng {55 vụ:up} ({109,6%:up}) so với năm trước.",
    "points of a share": "Có {3.838 xã} ({43,02%:share}) đạt chuẩn, tăng {769 xã:up} ({8,62%:up}) so với năm trước.",
    "from one to a lower one": "Rút ngắn từ {15=ngày} đến {10 ngày}.",
    "a ratio and a share of something else": "Có {7/8 xã} ({40%:share} dân số) đạt chuẩn.",
    "a ratio and the rate of another thing": "Có {7/8 xã} đạt chuẩn, tỷ lệ hộ nghèo còn {3,5%:share}.",
    "a ratio, a threshold and an average": "Có {7/8 phường} vượt mốc {75%:share} (trung bình đạt {91,2%:share}).",
    "some of the parts": "Có {38 cuộc}, trong đó {12 cuộc} định kỳ.",
    "about": "Có khoảng {500 người:about}, gồm {235 người} lớn và {210 người} trẻ.",
    "rounded money": "Vốn {41,4 tỷ đồng} gồm ngân sách {36,8 tỷ đồng} và xã hội hóa {4,55 tỷ đồng}.",
    "a plan of money is never whole": "Thu {13 triệu đồng}, đạt {280%:of:plan} kế hoạch.",
    "a rounded count": "Đón {1,3 triệu lượt}, đạt {280%:of:plan} kế hoạch.",
    "about a plan": "Kết nạp gần {13 hội viên:under}, đạt {280%:of:plan} kế hoạch.",
    "two comparisons": "Xảy ra {30 vụ}, tăng {13 vụ:up:earlier} so với tháng trước, tăng "
    "{5%:up:same_period} so với cùng kỳ.",
    "an open list of names": "Có {9 xã} (Mây, Gió, Lò Vôi...) đạt chuẩn.",
    "examples of names": "Có {9 xã} đạt chuẩn (như Mây, Gió, Lò Vôi).",
    "another total in the closing words": (
        "Toàn quận có {24 cuộc} đối thoại, gồm {9 cuộc} định kỳ và {15 cuộc} chuyên đề.\nKết luận, "
        "năm tới mở {26 cuộc:planned} đối thoại."
    ),
    "measures in a change": "Lạc {147 ha:measure}, giảm {52 ha:down:measure} (giảm {26,17%:down}).",
    "a share of all of another": "Có {500 hộ}, trong đó {40 hộ} nghèo, chiếm {2,5%:share} tổng số hộ nghèo toàn tỉnh.",
}


def _check(text: str) -> list[Finding]:
    document, mentions = marked(text)
    assign_links(document, mentions)
    return check(document, mentions)


@pytest.mark.parametrize("name", FOUND)
def test_found(name: str) -> None:
    text, wanted = FOUND[name]
    findings = _check(text)
    assert wanted in [(f.check, f.verdict, f.figures, f.expected) for f in findings]
    others = [f for f in findings if (f.check, f.figures) != (wanted[0], wanted[2]) and f.verdict in ACCUSES]
    assert not others, others


@pytest.mark.parametrize("name", NOTHING_WRONG)
def test_nothing_wrong(name: str) -> None:
    assert [f for f in _check(NOTHING_WRONG[name]) if f.verdict in ACCUSES] == []


def test_every_kind_of_check_has_an_example_and_every_verdict_is_reached() -> None:
    assert {wanted[0] for _, wanted in FOUND.values()} == set(CHECKS)
    assert {wanted[1] for _, wanted in FOUND.values()} == set(VERDICTS)


def test_messages_are_sentences() -> None:
    for text, _ in FOUND.values():
        for finding in _check(text):
            assert finding.message[0].isupper() or finding.message[0].isdigit()
            assert finding.message.endswith(".") and "None" not in finding.message and "Decimal" not in finding.message


_PIECES = st.sampled_from(
    [
        "{3 hộ}",
        "{0 hộ}",
        "{12%:up}",
        "{0%:of:plan}",
        "{120%:down}",
        "{2/3 xã}",
        "{0/0 xã}",
        "{140%:share}",
        "{9 - 4 hộ}",
        " (",
        ")",
        ", ",
        "; ",
        ". ",
        "trong đó ",
        "gồm ",
        " từ ",
        " đến ",
        " còn ",
        "\n",
        " đạt ",
        " so với kế hoạch (",
        "A | ",
        "{3,1%:share}",
        "{1 điểm phần trăm:up:measure}",
        " gấp {2 lần:of:measure} cùng kỳ (",
        " cơ cấu ",
        " trên tổng số ",
        "{9 hộ:planned}",
    ]
)


@given(st.lists(_PIECES, max_size=30))
def test_any_text_is_checked_and_findings_point_at_its_figures(pieces: list[str]) -> None:
    document, mentions = marked("".join(pieces))
    assign_links(document, mentions)
    for finding in check(document, mentions):
        assert finding.check in CHECKS and finding.verdict in VERDICTS
        assert finding.figures and all(0 <= index < len(mentions) for index in finding.figures)
        assert len(set(finding.figures)) == len(finding.figures)


def _findings(name: str) -> list[tuple[str, list[dict[str, Any]], list[Finding]]]:
    out = []
    for gold in documents(name):
        document, mentions = mentions_from_gold(gold)
        out.append((gold["id"], gold["figures"], check(document, mentions)))
    return out


def _relations() -> list[dict[str, Any]]:
    path = Path(__file__).parents[1] / "gold" / "bulletins_arithmetic.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


@pytest.mark.parametrize("relation", _relations(), ids=lambda r: f"{r['doc']} {r['kind']} {' '.join(r['quotes'])}")
def test_labelled_relations(relation: dict[str, Any]) -> None:
    findings = {name: found for name, _, found in _findings("bulletins")}
    said = [(f.check, list(f.figures), f.verdict) for f in findings[relation["doc"]]]
    assert (relation["kind"], relation["figures"], relation["verdict"]) in said


@pytest.mark.parametrize("name", ["bulletins", "dev", "daksong"])
def test_no_fault_claimed(name: str) -> None:
    read = _findings(name)
    if not read:
        pytest.skip(f"{name}.jsonl is not on this machine (BANTIN_GOLD names its folder)")
    assert [f for _, _, found in read for f in found if f.verdict in ACCUSES] == []


def test_seed() -> None:
    read = _findings("seed")
    if not read:
        pytest.skip("seed.jsonl is not on this machine (BANTIN_GOLD names its folder)")
    _, figures, findings = read[0]
    said = {(f.check, f.verdict, tuple(figures[i]["value"] for i in f.figures), f.expected) for f in findings}
    assert {
        ("sum", "holds", ("300", "297", "3"), "300"),
        ("sum", "holds", ("38", "12", "13", "13"), "38"),
        ("sum", "holds", ("13", "2", "11"), "13"),
        ("sum", "holds", ("13", "5", "8"), "13"),
        ("partial_sum", "holds", ("40", "11", "18"), "11"),
        ("implied_plan", "possible", ("12", "92.3"), "13"),
        ("implied_plan", "possible", ("300", "27"), "236 | 237"),
        ("list_count", "holds", ("10",), "2"),
        ("implied_plan", "impossible", ("13", "280"), ""),
    } <= said
    assert sum(f.verdict in ACCUSES for f in findings) == 1
