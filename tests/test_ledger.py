"""How the ledger closes: rows of figures, of what is set aside, and of what nothing explains."""

from __future__ import annotations

import pytest

from extractors.ledger import close_ledger
from extractors.numerals import scan
from extractors.pipeline import extract_text
from extractors.setaside import Claim
from extractors.text.document import Document


def states(text: str) -> list[tuple[str, str, str | None]]:
    return [(n.quote, n.state, n.reason) for n in extract_text(text, id="x").numerals]


def test_claimed_set_aside_and_unexplained() -> None:
    assert states("Ngày 13/9, phường tổ chức 13 cuộc đối thoại. Xem thêm 1.2.3.4 và 77.") == [
        ("13/9", "set_aside", "date"),
        ("13", "claimed", None),
        ("1.2.3.4", "unexplained", None),
        ("77", "unexplained", None),
    ]


def test_counts_are_those_of_the_rows() -> None:
    read = extract_text("Ngày 13/9, phường tổ chức 13 cuộc đối thoại. Xem thêm 1.2.3.4 và 77.", id="x")
    assert read.ledger == {"claimed": 1, "set_aside": 1, "unexplained": 2}


def test_a_row_names_its_figure() -> None:
    read = extract_text("Có 11/12 phường và 5 đến 7 xã đạt 92,3% kế hoạch.", id="x")
    assert [(n.quote, n.figure) for n in read.numerals] == [("11/12", 0), ("5 đến 7", 1), ("92,3", 2)]
    assert all(read.figures[n.figure].quote == n.quote for n in read.numerals if n.figure is not None)


def test_a_text_without_numerals_has_an_empty_ledger() -> None:
    assert states("Hội Phụ nữ phường ra quân dọn vệ sinh đường phố.") == []


def test_nothing_read_is_all_unexplained() -> None:
    document = Document("Có 13 cuộc, ba hộ.")
    assert [(n.quote, n.state) for n in close_ledger(document, scan(document), [], [])] == [
        ("13", "unexplained"),
        ("ba", "unexplained"),
    ]


@pytest.mark.parametrize("text", ["quý II", "khóa XIII", "lần thứ XXIII", "đô thị loại I"])
def test_roman_numerals_count_behind_a_trigger_word(text: str) -> None:
    document = Document(f"Báo cáo {text} của huyện.")
    found = extract_text(document.text, id="x").numerals
    assert found[0].quote.endswith(text.split()[-1])
    assert {n.state for n in found} == {"set_aside"}


@pytest.mark.parametrize("text", ["Tổ chức VII", "Bà Vi nói", "khu C", "cấp MIX"])
def test_letters_are_no_roman_numerals_elsewhere(text: str) -> None:
    assert states(text) == []


def test_a_claim_wins_over_what_is_unexplained() -> None:
    document = Document("Số 13 và 14.")
    found = close_ledger(document, scan(document), [], [Claim(3, 5, "name")])
    assert [(n.quote, n.state) for n in found] == [("13", "set_aside"), ("14", "unexplained")]
