"""Each rule with sentences of its own."""

from __future__ import annotations

import pytest

from tests.subjects.markup import read

SUBJECTS = [
    # after the unit
    ("Phường tổ chức [12 cuộc] đối thoại định kỳ.", ["đối thoại định kỳ"]),
    ("Mở [5 lớp] tập huấn khuyến nông cho [240 lượt] hộ trồng chè.", ["tập huấn khuyến nông", "hộ trồng chè"]),
    ("Xã có [53 hộ] nghèo và [79 hộ] cận nghèo.", ["hộ nghèo", "cận nghèo"]),
    ("Đến nay [17/20 xã] đã đạt chuẩn nông thôn mới.", ["đạt chuẩn nông thôn mới"]),
    ("Có [300 hội viên], nông dân đăng ký làm kinh tế giỏi.", ["đăng ký làm kinh tế giỏi"]),
    ("Huyện có [2.358 hộ] (chiếm [26 %]) thuộc diện được vay vốn.", ["thuộc diện được vay vốn", None]),
    ("Phạt [412 lượt] tuần tra, kiểm soát ban đêm.", ["tuần tra, kiểm soát ban đêm"]),
    # the verb before
    ("Đảng bộ kết nạp [27 đảng viên].", ["kết nạp đảng viên"]),
    ("Nhân dân hiến [500 m2] đất, góp [90 ngày công].", ["hiến đất", "góp ngày công"]),
    ("Đội đã sửa chữa, nâng cấp [14 km] đường.", ["sửa chữa, nâng cấp đường"]),
    # the phrase before the verb
    ("Thu ngân sách trên địa bàn tháng 5 ước đạt [96 tỷ đồng].", ["Thu ngân sách"]),
    ("Tỷ lệ hộ dùng nước sạch đạt [98,5 %].", ["Tỷ lệ hộ dùng nước sạch"]),
    ("Số người tham gia BHXH, BHYT là [900 người].", ["Số người tham gia BHXH, BHYT"]),
    ("Tính đến nay, nợ lãi với số tiền [5 tỷ đồng].", ["nợ lãi"]),
    # bare heads and lists
    ("Vải thiều [148 ha], sản lượng [2.202 tấn].", ["Vải thiều", "sản lượng Vải thiều"]),
    (
        "Diện tích gieo trồng một số cây như sau: ngô [13 ha], tăng [2 %:change@0]; lạc [38 ha].",
        ["diện tích gieo trồng ngô", "diện tích gieo trồng ngô", "diện tích gieo trồng lạc"],
    ),
    (
        "Chia theo ngành: công nghiệp chế biến, chế tạo [66 doanh nghiệp]; dịch vụ hỗ trợ [13 doanh nghiệp].",
        ["công nghiệp chế biến, chế tạo", "dịch vụ hỗ trợ"],
    ),
    (
        "Cung cấp điện tăng [3 %:change]; cấp nước, xử lý rác, nước thải giảm [1 %:change].",
        [None, "cấp nước, xử lý rác, nước thải"],
    ),
    # carried
    (
        "Có [13 cuộc] đối thoại chuyên đề ([02:level/cuộc] cấp quận, [11:level/cuộc] cấp phường).",
        ["đối thoại chuyên đề"] * 3,
    ),
    ("Về đối thoại, toàn quận có [38 cuộc].", ["đối thoại"]),
    ("Có [30 vụ] tai nạn lao động. So với tháng trước tăng [3 vụ:change@0].", ["tai nạn lao động"] * 2),
    ("Xã Hòa Bắc [12 hộ], xã Kỳ Lâm [9 hộ] được hỗ trợ nhà ở.", ["được hỗ trợ nhà ở"] * 2),
    ("Giao lưu với [12 đội] bóng chuyền nữ, [9 đội] còn lại nghỉ.", [None, "đội bóng chuyền nữ"]),
    ("Kiểm tra [04 chi bộ] và [11 đảng viên] khi có dấu hiệu vi phạm.", ["khi có dấu hiệu vi phạm"] * 2),
    ("Xây dựng mô hình Dân vận khéo với [300 mô hình].", ["Dân vận khéo"]),
    ("Lãnh đạo Hội Phụ nữ [12 phường] cùng dự.", ["Lãnh đạo Hội Phụ nữ"]),
    ("Phong trào Nhà sạch được duy trì ở [9/9 xã].", ["Phong trào Nhà sạch"]),
    (
        "Tổ chức [7 đợt] tuyên truyền phòng cháy với [900 lượt người] tham gia.",
        [None, "tham gia tuyên truyền phòng cháy"],
    ),
    ("Hội hỗ trợ [30 triệu đồng] giúp các hộ nghèo làm nhà.", ["hỗ trợ giúp các hộ nghèo làm nhà"]),
    ("Hai nơi nợ [40 tỷ đồng] tiền bảo hiểm.", ["nợ tiền bảo hiểm"]),
]

SCOPES = [
    ("Toàn huyện có [37 sản phẩm] OCOP.", ["Toàn huyện"]),
    ("Thu ngân sách trên địa bàn thành phố đạt [96 tỷ đồng].", ["trên địa bàn thành phố"]),
    ("Tỷ lệ hộ nghèo của tỉnh Hòa Bắc còn [2,3 %].", ["tỉnh Hòa Bắc"]),
    ("Huyện Hòa Bắc có [23 xã] đạt chuẩn, trong đó [3 xã] kiểu mẫu.", ["Huyện Hòa Bắc"] * 2),
    ("Toàn quận có [38 cuộc], trong đó [12 cuộc] đối thoại định kỳ.", ["Toàn quận", None]),
    ("Có [13 cuộc] đối thoại chuyên đề ([02:level/cuộc] cấp quận).", [None, "cấp quận"]),
    ("Cấp xã có [10 cuộc] với [18 lượt đơn vị].", ["Cấp xã"] * 2),
    ("Có [297 mô hình] tại phường, [03 mô hình] tại doanh nghiệp.", ["tại phường", "tại doanh nghiệp"]),
    ("Nhiều nhất là huyện Hòa Bắc với [12 hộ]; Kỳ Lâm là [9 hộ].", ["huyện Hòa Bắc", "Kỳ Lâm"]),
    ("Tại Hòa Bắc, lực lượng chức năng xử phạt [12 trường hợp].", ["Hòa Bắc"]),
    ("Hòa Bắc, Kỳ Lâm nợ nhiều nhất, lần lượt là [21 tỷ đồng] và [19 tỷ đồng].", ["Hòa Bắc", "Kỳ Lâm"]),
    ("Trạm Y tế phường đã khám cho [83 lượt bệnh nhân].", ["Trạm Y tế phường"]),
    ("UBND huyện tặng giấy khen cho [6 tập thể].", [None]),
    ("Tổng vốn đầu tư toàn xã hội đạt [75 tỷ đồng].", [None]),
    ("Toàn tỉnh có [30 vụ] cháy. Thu ngân sách đạt [9 tỷ đồng].", ["Toàn tỉnh", None]),
]


@pytest.mark.parametrize(("marked", "wanted"), SUBJECTS)
def test_subject(marked: str, wanted: list[str | None]) -> None:
    _, mentions = read(marked)
    for mention, subject in zip(mentions, wanted, strict=True):
        if subject is not None:
            assert mention.subject == subject


@pytest.mark.parametrize(("marked", "wanted"), SCOPES)
def test_scope(marked: str, wanted: list[str | None]) -> None:
    _, mentions = read(marked)
    assert [mention.scope for mention in mentions] == wanted


def test_evidence_names_rule_and_words() -> None:
    _, (mention,) = read("Toàn xã kết nạp [27 đảng viên].")
    assert mention.evidence["subject"] == "verb_unit: kết nạp đảng viên"
    assert mention.evidence["scope"] == "whole: Toàn xã"
