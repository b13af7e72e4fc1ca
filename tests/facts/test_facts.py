"""Facts of bulletins: examples of every kind, what is no fact, and properties of every text."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.facts import read_facts
from extractors.facts.lexicon import DATA
from extractors.pipeline import read_text
from extractors.text.document import Document
from tests.facts.support import facts_of
from tests.portal import bulletins


def people(text: str) -> list[tuple[str, ...]]:
    return [(p.name, *p.titles) for p in read_facts(Document(text)).people]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Chủ trì có đồng chí Lương Thế Hiển, Phó Bí thư Thường trực Quận ủy, Chủ tịch HĐND quận.",
            [("Lương Thế Hiển", "Phó Bí thư Thường trực Quận ủy", "Chủ tịch HĐND quận")],
        ),
        ("Đồng chí Mai Thị Hòa - Chủ tịch UBND phường phát biểu.", [("Mai Thị Hòa", "Chủ tịch UBND phường")]),
        ("Ông Bùi Văn Tiến (Giám đốc Sở Y tế) cho biết.", [("Bùi Văn Tiến", "Giám đốc Sở Y tế")]),
        ("Chủ tịch UBND quận Tạ Minh Khang yêu cầu.", [("Tạ Minh Khang", "Chủ tịch UBND quận")]),
        ("Chủ tịch UBND quận Ngô Quyền Tạ Minh Khang nói.", [("Tạ Minh Khang", "Chủ tịch UBND quận Ngô Quyền")]),
        ("Bí thư Tỉnh ủy Sơn La Đỗ Quốc Ân dự.", [("Đỗ Quốc Ân", "Bí thư Tỉnh ủy Sơn La")]),
        (
            "Dự có đồng chí Đỗ An Bình, Bí thư Đảng ủy và đồng chí Hà Thị Nga, Chủ tịch HĐND xã.",
            [("Đỗ An Bình", "Bí thư Đảng ủy"), ("Hà Thị Nga", "Chủ tịch HĐND xã")],
        ),
        (
            "Các đồng chí: Đỗ An Bình, Trưởng Ban Chỉ đạo; Hà Thị Nga, Trưởng phòng Tài nguyên và Môi trường.",
            [("Đỗ An Bình", "Trưởng Ban Chỉ đạo"), ("Hà Thị Nga", "Trưởng phòng Tài nguyên và Môi trường")],
        ),
        ("Đại tá Đỗ An Bình, Viện trưởng VKSND khu vực 7 dự.", [("Đỗ An Bình", "Viện trưởng VKSND khu vực 7")]),
        ("Đồng chí Hà Thị Nga ghi nhận.", [("Hà Thị Nga",)]),
        ("Ông Bùi Văn Tiến, 52 tuổi, được tôn vinh.", []),  # no office: a private person
        ("Chủ tịch UBND quận yêu cầu các phường báo cáo.", []),
        ("UBND phường Trần Phú tổ chức ra quân.", []),
        ("Chủ tịch UBND phường Hoàng Văn Thụ báo cáo.", []),
        ("Bí thư Tỉnh ủy Hà Tĩnh dự.", []),
        ("Chủ tịch Hồ Chí Minh đã dạy.", []),
        ("các đồng chí lãnh đạo Ban Dân vận Quận ủy", []),
        ("CHỦ TỊCH UBND QUẬN LÀM VIỆC VỚI PHƯỜNG", []),
    ],
)
def test_people(text: str, found: list[tuple[str, ...]]) -> None:
    assert people(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Nghị quyết số 18-NQ/TW ngày 25/10/2017 của Ban Chấp hành Trung ương",
            ("nghị quyết", "18-NQ/TW", "2017-10-25", "Ban Chấp hành Trung ương"),
        ),
        ("Kế hoạch số 15/KH-UBND ngày 10/01/2023 của UBND quận", ("kế hoạch", "15/KH-UBND", "2023-01-10", "UBND quận")),
        ("Quyết định 705/QĐ-TTg của Thủ tướng Chính phủ về", ("quyết định", "705/QĐ-TTg", None, "Thủ tướng Chính phủ")),
        ("Nghị quyết số 01 / NQ - CP về", ("nghị quyết", "01/NQ-CP", None, None)),
        ("theo Nghị định số 75/2023/NĐ-CP, mức đóng", ("nghị định", "75/2023/NĐ-CP", None, None)),
        ("công văn số 354/UBND-XD", ("công văn", "354/UBND-XD", None, None)),
        ("Luật Bảo hiểm xã hội số 41/2024/QH15", ("luật", "41/2024/QH15", None, None)),
        ("theo số 12/TB-UBND", ("thông báo", "12/TB-UBND", None, None)),
        ("thực hiện Đề án 06 của Chính phủ", ("đề án", "06", None, "Chính phủ")),
        ("UBND phường đã ban hành Báo cáo số 7/BC-UBND", ("báo cáo", "7/BC-UBND", None, "UBND phường")),
        ("12/12 phường có kế hoạch; 3/5 TB, 400 kV", None),
        ("thông qua 12 nghị quyết; Nghị quyết 5 năm qua", None),
        ("Kế hoạch 412 tỷ đồng", None),
        ("Quyết định 20% vốn", None),
    ],
)
def test_documents(text: str, found: tuple[str | None, ...] | None) -> None:
    got = [
        (d.kind, d.number, d.date.start.isoformat() if d.date else None, d.issuer)
        for d in read_facts(Document(text)).documents
    ]
    assert got == ([] if found is None else [found])


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Uỷ ban MTTQ Việt Nam quận phối hợp.", ["Ủy ban Mặt trận Tổ quốc Việt Nam quận"]),
        ("Văn phòng HĐND - UBND quận", ["Văn phòng Hội đồng nhân dân - Ủy ban nhân dân quận"]),
        ("Đảng ủy - HĐND - UBND phường", ["Đảng ủy", "Hội đồng nhân dân", "Ủy ban nhân dân phường"]),
        ("Sở Văn hóa, Thể thao và Du lịch báo cáo", ["Sở Văn hóa, Thể thao và Du lịch"]),
        ("Phòng Lao động - Thương binh và Xã hội quận", ["Phòng Lao động - Thương binh và Xã hội quận"]),
        ("Cục Trồng trọt và các địa phương", ["Cục Trồng trọt"]),
        ("đồng chí Phó Bí thư Thường trực Quận ủy", ["Quận ủy"]),
        ("Chủ tịch UBND quận Tạ Minh Khang", ["Ủy ban nhân dân quận"]),
        ("UBND quận tổ chức hội nghị", ["Ủy ban nhân dân quận"]),
        ("Công an 8 phường", []),
        ("Kế hoạch số 31/KH-UBND", []),
        ("phòng, chống dịch; bộ phận một cửa", []),
    ],
)
def test_organisations(text: str, found: list[str]) -> None:
    assert [o.name for o in read_facts(Document(text)).organisations] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Tuy nhiên, công tác tuyên truyền còn chậm. Số liệu chưa đủ.\nNgày mai họp.", [("shortcomings", 2)]),
        ("Tồn tại, hạn chế:\n- Giải ngân chậm.\n- Thiếu người.\nII. Tổ chức\nGiao phòng.", [("shortcomings", 3)]),
        ("Nhiệm vụ, giải pháp trọng tâm\nMột là thu ngân sách.\nHai là giải ngân.", [("tasks", 3)]),
        ("Trong thời gian tới, phường tập trung chỉnh trang.", [("tasks", 1)]),
        ("Đồng chí Bí thư Quận ủy đề nghị các phường rà soát.", [("tasks", 1)]),
        ("Quý I đạt nhiều kết quả. Tuy vậy, vẫn còn một số hạn chế.", [("results", 1), ("shortcomings", 1)]),
        ("Kết quả như sau:\nBến Cau | 12 | 3\nAn Hạ | 9 | 2\nTại hội nghị, mọi người vỗ tay.", [("results", 3)]),
        ("Phường tháo gỡ nhiều khó khăn, vướng mắc cho hộ dân.", []),
        ("Kiểm tra 84 cơ sở của phường, 63 cơ sở đạt yêu cầu.", []),
        ("UBND quận tổ chức hội nghị triển khai nhiệm vụ trọng tâm.", []),
        ("Quận ủy họp giao ban tháng 10.", []),
    ],
)
def test_sections(text: str, found: list[tuple[str, int]]) -> None:
    document = Document(text)
    got = [
        (s.kind, sum(s.start <= begin < s.end or begin < s.start < end for begin, end in document.sentences))
        for s in read_facts(document).sections
    ]
    assert got == found


def test_an_event_has_day_place_and_chair() -> None:
    text = (
        "Sáng 30/12, tại Hội trường quận, Quận ủy tổ chức hội nghị tổng kết công tác dân vận. "
        "Chủ trì hội nghị có đồng chí Lương Thế Hiển, Bí thư Quận ủy và đồng chí Hà Thị Nga, Chủ tịch HĐND quận."
    )
    facts = read_facts(Document(text, published="2024-01-02"))
    event = facts.event
    assert event is not None and event.date is not None
    assert event.what == "hội nghị tổng kết công tác dân vận"
    assert event.date.start.isoformat() == "2023-12-30"  # published in January: the December before
    assert event.place == "Hội trường quận"
    assert [facts.people[i].name for i in event.chairs] == ["Lương Thế Hiển", "Hà Thị Nga"]


@pytest.mark.parametrize(
    "text",
    [
        "Quận chủ trì, phối hợp với các phường thực hiện nhiệm vụ ngày 12/3/2024.",
        "Đến ngày 30/9, toàn quận có 300 mô hình.",
        "Hội nghị diễn ra tốt đẹp.",
    ],
)
def test_no_event(text: str) -> None:
    assert read_facts(Document(text, published="2024-03-20")).event is None


def _check(text: str) -> None:
    facts = read_facts(Document(text, published="2024-03-20"))
    rows = [*facts.people, *facts.organisations, *facts.documents, *facts.sections]
    for row in [*rows, *([facts.event] if facts.event else [])]:
        assert text[row.start : row.end] == row.quote != ""
    for kind in (facts.people, facts.organisations, facts.documents, facts.sections):
        for before, after in pairwise(kind):
            assert before.end <= after.start


_PIECES = [
    *(word.capitalize() for word in DATA["people"]["roles"][:20]),
    *(word.upper() if len(word) < 5 else word.capitalize() for word in DATA["bodies"]["heads"][:20]),
    *[
        "đồng chí",
        "Nguyễn",
        "Văn",
        "An",
        "quận",
        ",",
        "-",
        ".",
        "\n",
        "số",
        "15/KH-UBND",
        "ngày 10/01/2023",
        "của",
        "và",
    ],
    *["chủ trì", "hội nghị", "Chiều 12/3,", "tại", "Tuy nhiên, còn", "yêu cầu", ":", "|", "(", "“", "12", "tp", "."],
]


@given(st.lists(st.sampled_from(_PIECES), max_size=40).map(" ".join))
def test_spans_hold_for_words_of_the_trade(text: str) -> None:
    _check(text)


@given(st.text(alphabet=st.characters(codec="utf-8"), max_size=80))
def test_spans_hold_for_any_text(text: str) -> None:
    _check(text)


@pytest.mark.parametrize("slug", [b.slug for b in bulletins.load()])
def test_no_section_of_the_portal_is_empty_of_words(slug: str) -> None:
    assert all(section.cue in section.quote.lower() for section in facts_of(slug).sections)


@pytest.mark.parametrize(
    "piece",
    [
        "Chủ tịch UBND quận Tạ Minh Khang, ",
        "Nghị quyết số 18-NQ/TW ",
        "A ",
        "Phó ",
        "\n",
        "số số ",
        "Kết quả như sau:\n",
    ],
)
def test_time_is_linear(piece: str) -> None:
    def seconds(times: int) -> float:
        text = piece * times
        best = 9.0
        for _ in range(3):
            begun = time.perf_counter()
            read_facts(Document(text))
            best = min(best, time.perf_counter() - begun)
        return best

    assert seconds(4000) < 10 * max(seconds(1000), 0.005)


def test_facts_of_a_text_that_was_read_already_are_the_same() -> None:
    for bulletin in bulletins.load():
        published = bulletin.published.isoformat()
        reading = read_text(bulletin.plain, id=bulletin.slug, title=bulletin.title, published=published)
        known = read_facts(reading.document, reading.times)
        assert known == read_facts(Document(bulletin.plain, bulletin.title, published))
