"""What time figures cover: one habit of the language a case, in sentences made for it."""

from __future__ import annotations

import time
from decimal import Decimal

import pytest

from extractors.mention import Mention
from extractors.periods import assign_periods, find_times
from extractors.text.document import Document
from tests.periods.marked import marked

Y2022, Y2023, Y2024 = (f"{year}-01-01/{year}-12-31" for year in (2022, 2023, 2024))
M9 = "2023-01-01/2023-09-30"


def periods(text: str, title: str | None = None, published: str | None = None) -> list[str | None]:
    document, mentions = marked(text, title, published)
    assign_periods(document, mentions, find_times(document))
    return [str(m.period) if m.period else None for m in mentions]


CASES: list[tuple[str, str, list[str | None]]] = [
    ("time opens the sentence", "Năm 2023, xã xây ⟦5⟧ cầu và ⟦12⟧ cống ngầm.", [Y2023, Y2023]),
    ("time qualifies the noun", "Thu nhập bình quân năm 2023 đạt ⟦52⟧ triệu đồng.", [Y2023]),
    ("time behind the figure", "Xã đã xoá ⟦15⟧ nhà tạm trong năm 2023.", [Y2023]),
    ("the earlier clause's time does not reach over", "Năm 2022 có ⟦3⟧ vụ, năm 2023 còn ⟦1⟧ vụ.", [Y2022, Y2023]),
    ("from one value to another", "Tăng từ ⟦20⟧ ha năm 2022 lên ⟦25⟧ ha năm 2023.", [Y2022, Y2023]),
    ("lists said respectively", "Sản lượng năm 2022 và 2023 lần lượt là ⟦8⟧ tấn và ⟦9⟧ tấn.", [Y2022, Y2023]),
    ("what is compared with", "Năm 2023 có ⟦7⟧ vụ, giảm ⟦2|change⟧ vụ so với năm 2022.", [Y2023, Y2023]),
    (
        "so sánh first",
        "Tháng 5/2023 xảy ra ⟦3⟧ vụ. So với tháng 4/2023, tăng ⟦1|change⟧ vụ.",
        ["2023-05-01/2023-05-31"] * 2,
    ),
    (
        "the year of a plan",
        "Tháng 6/2023 thu ⟦9⟧ tỷ, đạt ⟦51|relative⟧% kế hoạch năm 2023.",
        ["2023-06-01/2023-06-30"] * 2,
    ),
    (
        "the same period as a subject",
        "Quý I/2023 đạt ⟦40⟧%; cùng kỳ đạt ⟦35⟧%.",
        ["2023-01-01/2023-03-31", "2022-01-01/2022-03-31"],
    ),
    (
        "same period in brackets",
        "9 tháng đầu năm 2023 có ⟦8⟧ vụ (cùng kỳ năm 2022 có ⟦9⟧ vụ).",
        [M9, "2022-01-01/2022-09-30"],
    ),
    (
        "brackets keep their time",
        "Năm 2023 còn ⟦2⟧% hộ nghèo (cuối năm 2020 là ⟦4⟧%), giảm mạnh.",
        [Y2023, "2020-12-31/2020-12-31"],
    ),
    ("up to a day", "Tính đến hết ngày 31/5/2025, xã có ⟦90⟧ hộ khá.", ["2025-05-31/2025-05-31"]),
    ("up to the end of a month", "Đến hết tháng 4/2024 có ⟦6⟧ xã đạt chuẩn.", ["2024-04-30/2024-04-30"]),
    ("up to an end whose time is named", "Trong năm 2023, số nợ đến hết năm 2023 là ⟦7⟧ tỷ.", [Y2023]),
    ("from the start of the year", "Từ đầu năm đến ngày 15/5/2024, có ⟦4⟧ vụ cháy.", ["2024-01-01/2024-05-15"]),
    ("from a day to a day", "Từ ngày 15/12/2023 đến ngày 14/4/2024 có ⟦4⟧ vụ.", ["2023-12-15/2024-04-14"]),
    ("added up to the end of a month", "Năm 2024 tốt. Lũy kế đến hết tháng 8, thu ⟦9⟧ tỷ.", ["2024-01-01/2024-08-31"]),
    ("open since a month", "Quý I/2023 tốt. Từ tháng 5/2023 đến nay, nhóm đã cho vay ⟦9⟧ tỷ.", [None]),
    ("up to the half of a year", "Tính đến nửa năm 2019, vốn đạt ⟦9⟧ tỷ.", ["2019-06-30/2019-06-30"]),
    ("a festival of a year", "Doanh thu tết năm ngoái đạt ⟦9⟧ tỷ.", [None]),
    ("from now on", "Từ nay đến năm 2030, xã làm ⟦9⟧ km. Tháng 5, xã làm ⟦2⟧ km.", [None, None]),
    (
        "a list's head holds for all entries",
        "Đến hết tháng 6/2023, đàn lợn còn ⟦9⟧ con. Sản lượng quý I/2023 như sau: ngô ⟦5⟧ tấn; lạc ⟦3⟧ tấn.",
        ["2023-06-30/2023-06-30", "2023-01-01/2023-03-31", "2023-01-01/2023-03-31"],
    ),
    (
        "an approval is not the time of the size",
        "Dự án được phê duyệt vào tháng 10/2011 với chiều dài ⟦450⟧ m.",
        [None],
    ),
    (
        "an event that is named by its year",
        "Trong tháng 5/2023, đội tập ⟦9⟧ buổi; dự Liên hoan Chèo năm 2023 đạt ⟦2⟧ giải.",
        ["2023-05-01/2023-05-31"] * 2,
    ),
    (
        "an inquiry tells what was before",
        "Ngày 5/3/2023, công an bắt ⟦4⟧ người. Theo điều tra, nhóm này cho vay ⟦9⟧ tỷ.",
        ["2023-03-05/2023-03-05", None],
    ),
    ("how large a thing is", "Năm 2023, xã làm ⟦2⟧ cầu. Cầu dài gần ⟦90⟧ m, có ⟦4⟧ nhịp.", [Y2023, None, Y2023]),
    ("times a price", "Năm 2015, dự án làm xong. Dân được hỗ trợ bằng ⟦5⟧ lần giá đất.", [None]),
    ("an open start", "Từ năm 2010, xã nuôi ⟦300⟧ con bò.", [None]),
    ("a season has no dates", "Vụ đông năm 2024 toàn xã gieo ⟦50⟧ ha.", [None]),
    (
        "a season holds like any time",
        "Năm 2023 tốt. Kết quả điều tra vụ đông năm 2023-2024, cả vùng phía bắc của huyện đạt ⟦50⟧ ha. Ngô ⟦9⟧ ha.",
        [None, None],
    ),
    ("a school year has no dates", "Năm học 2023-2024, huyện có ⟦40⟧ trường học.", [None]),
    ("a deadline", "Xã sẽ giao ⟦9|planned⟧ nhà trước ngày 30/6/2024.", [None]),
    ("the day of a paper", "Quyết định số 12/QĐ-UBND ngày 3/5/2023 công nhận ⟦4⟧ thôn văn hóa.", [None]),
    ("a rule in force", "Năm 2023 xong ⟦2⟧ cầu. Theo Nghị quyết số 5, mỗi thôn được ⟦20⟧ tấn xi măng.", [Y2023, None]),
    ("office holders", "Năm 2023, hội nghị có lãnh đạo ⟦12⟧ phường dự.", [None]),
    ("a term of office names a body", "HĐND xã khóa IV, nhiệm kỳ 2021 - 2026 bầu ⟦3⟧ cán bộ.", [None]),
    ("within a term", "Trong nhiệm kỳ 2020 - 2025, xã kết nạp ⟦30⟧ đảng viên.", ["2020-01-01/2025-12-31"]),
    ("goes on in the paragraph", "Năm 2023, xã làm tốt. Toàn xã có ⟦5⟧ cầu. Xã sửa ⟦2⟧ cống nhỏ.", [Y2023, Y2023]),
    ("ends with the paragraph", "Thu ngân sách năm 2023 đạt ⟦5⟧ tỷ.\n\nMỗi thôn có ⟦2⟧ cổng làng.", [Y2023, None]),
    ("goes on by a word", "Thu ngân sách năm 2023 đạt ⟦5⟧ tỷ.\n\nTrong đó, thuế là ⟦2⟧ tỷ.", [Y2023, Y2023]),
    (
        "a time that is reported on holds for the section",
        "Xã sơ kết công tác 9 tháng đầu năm 2023.\n\nTrong 9 tháng đầu năm, xã làm tốt.\n\nMở ⟦4⟧ lớp nghề.",
        [M9],
    ),
    (
        "a heading with a colon",
        "Kết quả 9 tháng đầu năm 2023:\n1. Kinh tế: thu ⟦8⟧ tỷ.\n\n2. Văn hóa: mở ⟦3⟧ lớp.",
        [M9, M9],
    ),
    ("so far, within what is reported", "Trong 9 tháng đầu năm 2023, kết quả tốt. Đến nay có ⟦6⟧ cầu.", [M9]),
    ("so far, after a story's year", "Năm 2000, xã được công nhận anh hùng.\nĐến nay, xã có ⟦6⟧ cầu.", [None]),
    (
        "so far, after an accident's day",
        "Ngày 9/7/2024, lũ cuốn ⟦2⟧ cầu. Đến nay, xã đã sửa ⟦1⟧ cầu.",
        ["2024-07-09/2024-07-09", None],
    ),
    ("after the section's vague time", "Năm 2023 có ⟦5⟧ cầu. Sau sáp nhập, xã còn ⟦7⟧ thôn.", [Y2023, None]),
    (
        "plans do not take past times",
        "Trong 9 tháng đầu năm 2023 đã xong ⟦4⟧ cuộc. Xã phải làm ⟦9|planned⟧ cuộc.",
        [M9, None],
    ),
    ("a plan's own time", "Năm 2024, xã phấn đấu xây ⟦3|planned⟧ cầu; mở ⟦5|planned⟧ lớp.", [Y2024, Y2024]),
    ("a plan's time is none of what was done", "Xã đề ra chỉ tiêu năm 2024. Xã đang có ⟦80⟧ hộ nghèo.", [None]),
    (
        "whole year within a half's plan",
        "Sáu tháng cuối năm 2024, thu cả năm đạt ⟦9|planned|relative⟧%, xây ⟦2|planned⟧ cầu.",
        [Y2024, "2024-07-01/2024-12-31"],
    ),
    (
        "who came",
        "Chiều 4/7/2024, xã họp sơ kết 6 tháng đầu năm. Dự hội nghị có ⟦90⟧ đại biểu.",
        ["2024-07-04/2024-07-04"],
    ),
    (
        "an event's own figures",
        "Ngày 6/9/2024, huyện tổ chức hiến máu.\n\nNgày hội thu hút ⟦350⟧ người tham gia. Nhận ⟦280⟧ túi máu.",
        ["2024-09-06/2024-09-06"] * 2,
    ),
    ("an accident's day", "Ngày 9/7/2024, lũ cuốn ⟦2⟧ cầu. Nước ngập ⟦30⟧ hộ.", ["2024-07-09/2024-07-09"] * 2),
    ("told on a day", "Ngày 20/6/2024, lãnh đạo huyện cho biết toàn huyện có ⟦9⟧ xã nghèo.", [None]),
    ("awards", "Năm 2022 có ⟦5⟧ cầu. Xã tặng giấy khen cho ⟦7⟧ tập thể có thành tích trong năm 2023.", [Y2022, Y2023]),
    ("what makes a thing one of its kind", "Năm 2023, tàu (dưới ⟦9⟧ m) tăng ⟦5|change⟧%.", [None, Y2023]),
    ("a threshold", "Năm 2023 đạt ⟦5⟧ tấn, dưới ngưỡng ⟦7⟧ tấn.", [Y2023, None]),
    ("the value compared with, in brackets", "Năm 2023 có ⟦9⟧ vụ, ít hơn so với năm 2022 (⟦12⟧ vụ).", [Y2023, Y2022]),
    ("the value compared with", "Năm 2023 có ⟦9⟧ vụ, giảm so với mức ⟦12⟧ vụ của năm 2022.", [Y2023, Y2022]),
    (
        "what had passed of the year named",
        "Dự toán năm 2023 giao ⟦9|planned⟧ tỷ, đến hết tháng 11 thu ⟦7⟧ tỷ.",
        [Y2023, "2023-01-01/2023-11-30"],
    ),
    ("this year and last year", "Năm 2023 có ⟦9⟧ vụ. Năm ngoái có ⟦8⟧ vụ, năm nay còn ⟦5⟧ vụ.", [Y2023, Y2022, Y2023]),
    ("this year is no year that lies ahead", "Năm nay có ⟦9⟧ vụ. Xã phấn đấu đến năm 2030 là xã giàu.", [None]),
    ("the year named most", "Năm 2023 tốt.\nViệc năm 2023.\nNăm 2022 kém.\n\n9 tháng thu ⟦5⟧ tỷ.", [M9]),
    ("a day is not of a year gone back to", "Sáng 3/12, xã trao ⟦5⟧ con bò.\n\nTừ năm 2010 đến 2015 xã nghèo.", [None]),
    ("the same day of two years", "Xã tặng ⟦5⟧ nhà nhân ngày hội (2/9/1945 - 2/9/2023).", [None]),
    ("a festival has no dates", "Nhân Tết Nguyên đán Ất Tỵ năm 2025, xã tặng ⟦5⟧ con bò.", [None]),
    ("the planning department", "Năm 2023, Sở Kế hoạch và Đầu tư giúp ⟦5⟧ xã.", [Y2023]),
    ("a day before a year", "Theo tin hôm 16/12, năm 2023, xã có ⟦5⟧ cầu.", [Y2023]),
    (
        "a plan goes on",
        "Tháng 12/2023, xã sẽ thu ⟦9|planned⟧ tỷ. Như vậy mỗi thôn phải thu ⟦2|planned⟧ tỷ.",
        ["2023-12-01/2023-12-31"] * 2,
    ),
    ("bare year", "GRDP 2023 đạt ⟦9⟧ tỷ.", [Y2023]),
    ("table: head of the column", "Chỉ tiêu | Năm 2022 | Năm 2023\nThu | ⟦5⟧ tỷ | ⟦6⟧ tỷ", [Y2022, Y2023]),
    ("table: first cell of the row", "Năm | Thu\nNăm 2022 | ⟦5⟧ tỷ\nNăm 2023 | ⟦6⟧ tỷ", [Y2022, Y2023]),
    (
        "the days of a festival in brackets",
        "Trong dịp Tết Giáp Thìn 2024 (từ 8/2 đến 14/2), xảy ra ⟦3⟧ vụ cháy, giảm ⟦1|change⟧ vụ.",
        ["2024-02-08/2024-02-14"] * 2,
    ),
    (
        "the days of a month in brackets",
        "Tháng 5/2023 (từ ngày 26/4/2023 đến 25/5/2023), phát hiện ⟦7⟧ vụ.",
        ["2023-04-26/2023-05-25"],
    ),
    (
        "the end of a year compared with",
        "Năm 2023 còn ⟦28⟧ hộ nghèo, giảm ⟦14|change⟧ hộ so với cuối năm 2022 (⟦42⟧ hộ).",
        [Y2023, Y2023, "2022-12-31/2022-12-31"],
    ),
    ("an auction's year is no year of prices", "Xã đưa ra đấu giá năm 2023 với diện tích ⟦5⟧ ha.", [Y2023]),
    ("growth is no comparison", "Tăng trưởng của ngành dệt năm 2023 là do sợi (tăng ⟦5|change⟧%).", [Y2023]),
    (
        "what is served comes later",
        "Năm 2023, xã làm tốt, tạo nền tảng cho giai đoạn 2026 - 2030. Xã có ⟦5⟧ cầu.",
        [Y2023],
    ),
    (
        "done for so many",
        "Từ đầu năm đến hết tháng 5/2024, huyện đã kiểm tra đối với ⟦52⟧ đơn vị.",
        ["2024-01-01/2024-05-31"],
    ),
]


@pytest.mark.parametrize(("text", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_cases(text: str, expected: list[str | None]) -> None:
    assert periods(text) == expected


YEARS: list[tuple[str, str, str | None, str | None, str | None, str | None]] = [
    (
        "sentence",
        "9 tháng đầu năm thu ⟦5⟧ tỷ, gần xong dự toán năm 2023.",
        "Tin năm 2021",
        "2020-01-05",
        M9,
        "sentence",
    ),
    ("paragraph", "Xã họp bàn việc năm 2023. 9 tháng thu ⟦5⟧ tỷ.", "Tin năm 2021", "2020-01-05", M9, "paragraph"),
    ("heading", "Công tác năm 2023\n\n9 tháng thu ⟦5⟧ tỷ.", "Tin năm 2021", "2020-01-05", M9, "heading"),
    ("title", "9 tháng thu ⟦5⟧ tỷ.", "Sơ kết 9 tháng, việc 3 tháng cuối năm 2023", "2020-01-05", M9, "title"),
    ("published", "9 tháng thu ⟦5⟧ tỷ.", "Sơ kết", "2023-10-05T07:00", M9, "published"),
    ("text", "9 tháng thu ⟦5⟧ tỷ.\n\nXã bàn việc của năm 2023 và các việc khác.", None, None, M9, "text"),
    ("nowhere", "9 tháng thu ⟦5⟧ tỷ.", None, None, None, None),
]


@pytest.mark.parametrize(
    ("text", "title", "published", "period", "source"), [case[1:] for case in YEARS], ids=[case[0] for case in YEARS]
)
def test_where_the_year_comes_from(
    text: str, title: str | None, published: str | None, period: str | None, source: str | None
) -> None:
    document, mentions = marked(text, title, published)
    assign_periods(document, mentions, find_times(document))
    [mention] = mentions
    assert (str(mention.period) if mention.period else None) == period
    assert (f"year: {source})" in mention.evidence["period"]) if source else "period" not in mention.evidence


def test_the_year_compared_with_is_not_the_year_of_the_text() -> None:
    assert periods("9 tháng thu ⟦5⟧ tỷ, tăng ⟦8|change⟧% so với cùng kỳ năm 2022.", published="2023-10-02") == [M9, M9]


def test_a_title_governs_what_nothing_else_does() -> None:
    assert periods("Xã mở ⟦5⟧ lớp nghề.", title="Xã tổng kết công tác năm 2023") == [Y2023]
    assert periods("Xã mở ⟦5⟧ lớp nghề.", title="Tổng kết năm 2022, triển khai nhiệm vụ năm 2023") == [Y2022]
    assert periods("Xã mở ⟦5⟧ lớp nghề.", title="Tình hình tháng 9 và 9 tháng năm 2023") == [None]


def test_a_title_of_two_times_is_told_apart_by_the_comparison() -> None:
    title = "Tình hình tháng 9 và 9 tháng năm 2023"
    september = "2023-09-01/2023-09-30"
    assert periods("So với tháng trước, điện tăng ⟦5|change⟧%; nước tăng ⟦2|change⟧%.", title) == [september] * 2
    assert periods("Trong tháng, xã có ⟦5⟧ vụ.", title) == [september]
    assert (
        periods("Từ 15/8/2023 đến 14/9/2023 có ⟦5⟧ vụ. So với tháng trước, tăng ⟦2|change⟧ vụ.", title)
        == ["2023-08-15/2023-09-14"] * 2
    )
    assert periods("9 tháng có ⟦5⟧ vụ. So với tháng trước, tăng ⟦2|change⟧ vụ.", title) == [M9, september]
    assert periods("Tính chung, xã có ⟦5⟧ vụ.", title) == [M9]
    assert periods("So với cùng kỳ năm trước, điện tăng ⟦5|change⟧%.", title) == [None]
    assert periods("So với tháng cùng kỳ năm trước, điện tăng ⟦5|change⟧%.", title) == [september]
    assert periods("Điện tăng ⟦5|change⟧% so với 9 tháng năm 2022.", title) == [M9]
    assert periods("Điện tăng ⟦5|change⟧% so với cùng tháng 9 năm 2022.", title) == [september]
    assert periods("Điện tăng ⟦5|change⟧% so với năm 2022.", title) == [None]
    assert periods("Điện tăng ⟦5|change⟧% so với năm 2022.", "Tình hình tháng 12 và cả năm 2023") == [Y2023]
    assert periods("So với tháng trước, điện tăng ⟦5|change⟧%.", "Tình hình xã") == [None]


def test_the_year_of_an_index_holds_for_the_text_about_it() -> None:
    assert periods("Huyện đạt ⟦85⟧%.", "Chỉ số hài lòng năm 2023 của các huyện") == [Y2023]
    about = "Mức độ hài lòng năm 2023 được công bố.\n\nTheo khảo sát, xếp hạng và chỉ số đều tốt. Huyện đạt ⟦85⟧%."
    assert periods(about) == [Y2023]
    assert periods("Lễ hội năm 2023 được tổ chức.\n\nHuyện đạt ⟦85⟧%.") == [None]


def test_evidence_names_the_words() -> None:
    document, mentions = marked("Năm 2023, xã xây ⟦5⟧ cầu.")
    assign_periods(document, mentions, find_times(document))
    assert mentions[0].evidence["period"] == "Năm 2023 (sentence; year: sentence)"


def test_one_sentence_of_many_kinds_of_time_takes_linear_time() -> None:
    def seconds(count: int) -> float:
        part = "năm 2023 có 5 hộ, cùng kỳ năm 2022 có 3 hộ, đến hết tháng 5 có 12 hộ, ngày 5/3 có 9 hộ; "
        text = part * count
        document = Document(text)
        times = find_times(document)
        places = [at for at in range(len(text)) if text.startswith("có ", at)]
        mentions = [Mention(at + 3, at + 4, "count", Decimal(5), "test", unit="hộ") for at in places]
        started = time.process_time()
        assign_periods(document, mentions, times)
        return time.process_time() - started

    assert seconds(1000) < 12 * max(seconds(200), 0.01)


@pytest.mark.parametrize("joint", [", ", "; ", ". Xã ", "\n", " | "])
def test_thousands_of_times_in_one_text_take_linear_time(joint: str) -> None:
    def seconds(count: int) -> float:
        text = joint.join(f"năm {2000 + i % 20} có {i} hộ" for i in range(count))
        document = Document(text)
        times = find_times(document)
        mentions, at = [], 0
        for i in range(count):
            at = text.index(f"có {i} hộ", at) + 3
            mentions.append(Mention(at, at + len(str(i)), "count", Decimal(i), "test", unit="hộ"))
        started = time.process_time()
        assign_periods(document, mentions, times)
        return time.process_time() - started

    short, long = (min(seconds(count) for _ in range(3)) for count in (800, 4000))
    assert long < 20 * max(short, 0.01)  # five times the text, with room for a busy machine
