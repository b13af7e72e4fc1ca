"""Finding numbers in sentences: every form, what must stay apart, and properties that hold for any text."""

from __future__ import annotations

import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.numerals import Number, scan
from extractors.numerals.digits import decimals_written, read_digits
from extractors.text.canonical import canonical
from extractors.text.document import Document

#: text -> what is found: quote and value; a ratio as (n, m), a range as [low, high]
FOUND = {
    # digits and separators
    "có 300 mô hình": {"300": 300},
    "có 02 cuộc": {"02": 2},
    "đạt 92,3%": {"92,3": "92.3"},
    "có 1.072 hộ": {"1.072": 1072},
    "dài 1.2 km": {"1.2": "1.2"},
    "rộng 12.75 ha": {"12.75": "12.75"},
    "hệ số 0.125": {"0.125": "0.125"},
    "thu 1.234,5 tấn": {"1.234,5": "1234.5"},
    "thu 108,987 tỷ": {"108,987 tỷ": 108_987_000_000},
    "thu 1.536,246 tỷ đồng": {"1.536,246 tỷ": 1_536_246_000_000},
    "xuất 1,234,567 USD": {"1,234,567": 1234567},
    "chi 12 500 000 đồng": {"12 500 000": 12_500_000},
    "chi 12\u00a0500\u00a0000,5 đồng": {"12\u00a0500\u00a0000,5": "12500000.5"},
    "rộng 2\u2009100 ha": {"2\u2009100": 2100},
    "mục 5.2.1 và 1.2.": {"5.2.1": None, "1.2": "1.2"},
    "họp12cuộc": {"12": 12},
    # magnitudes
    "thu 2,5 tỷ": {"2,5 tỷ": 2_500_000_000},
    "thu 8 tỉ đồng": {"8 tỉ": 8_000_000_000},
    "vốn 2 nghìn tỷ": {"2 nghìn tỷ": 2_000_000_000_000},
    "vốn 10 nghìn tỷ đồng": {"10 nghìn tỷ": 10_000_000_000_000},
    "vốn 3 trăm triệu": {"3 trăm triệu": 300_000_000},
    "có 3,5 vạn người": {"3,5 vạn": 35_000},
    "chi 1 tỷ 200 triệu": {"1 tỷ 200 triệu": 1_200_000_000},
    "chi 1 tỷ 200 triệu 500 nghìn đồng": {"1 tỷ 200 triệu 500 nghìn": 1_200_500_000},
    "chi 2tỷ 340triệuđồng": {"2tỷ 340triệu": 2_340_000_000},
    "chi 2 tỷ 345.678.000 đồng": {"2 tỷ 345.678.000": 2_345_678_000},
    "quỹ 96trđ và 12tr.đ": {"96tr": 96_000_000, "12tr": 12_000_000},
    "mức 5tr/người": {"5tr": 5_000_000},
    "giá 1tr2": {"1tr2": 1_200_000},
    "chi 2 triệu rưỡi": {"2 triệu rưỡi": 2_500_000},
    "mất 3 tháng rưỡi": {"3": "3.5"},
    "mất ba tháng rưỡi": {"ba": "3.5"},
    # words
    "tặng ba mươi hai suất": {"ba mươi hai": 32},
    "tặng Hai mươi mốt suất": {"Hai mươi mốt": 21},
    "trên một triệu rưỡi lượt": {"một triệu rưỡi": 1_500_000},
    "khoảng trăm rưỡi hộ": {"trăm rưỡi": 150},
    "tăng hai phẩy năm lần": {"hai phẩy năm": "2.5"},
    "gần một nửa số hộ": {"một nửa": (1, 2)},
    "hơn một phần ba số hộ": {"một phần ba": (1, 3)},
    "chừng ba phần tư diện tích": {"ba phần tư": (3, 4)},
    "chừng 2 phần 3 diện tích": {"2 phần 3": (2, 3)},
    # ratios
    "11/12 phường": {"11/12": (11, 12)},
    "52 xã/136 xã": {"52 xã/136": (52, 136)},
    "52 xã / 136 xã": {"52 xã / 136": (52, 136)},
    "1,2 tỷ/2 tỷ đồng": {"1,2 tỷ/2 tỷ": (1_200_000_000, 2_000_000_000)},
    "giải ngân 45,5/60 tỷ đồng": {"45,5/60 tỷ": (45_500_000_000, 60_000_000_000)},
    # ranges
    "từ 5 đến 10 hộ": {"5 đến 10": [5, 10]},
    "thêm 9 - 10 xã": {"9 - 10": [9, 10]},
    "giá 12.500 - 13.000 đồng/kg": {"12.500 - 13.000": [12500, 13000]},
    "mức 30-50 triệu đồng": {"30-50 triệu": [30_000_000, 50_000_000]},
    "từ 500 nghìn đến 1 triệu đồng": {"500 nghìn đến 1 triệu": [500_000, 1_000_000]},
    "tăng 8,3% - 8,5%": {"8,3% - 8,5": ["8.3", "8.5"]},
    "từ 20 triệu đồng/năm đến 25 triệu đồng/năm": {"20 triệu đồng/năm đến 25 triệu": [20_000_000, 25_000_000]},
    "chừng ba, bốn hộ": {"ba, bốn": [3, 4]},
    "xây nhà 2, 3 tầng": {"2, 3": [2, 3]},
    "các phường 2, 3 quận": {"2": 2, "3": 3},
    "mỗi tổ 2, 3, 4 hộ": {"2": 2, "3": 3, "4": 4},
    "chừng hai ba hộ": {"hai ba": [2, 3]},
    "chừng năm sáu hộ": {"năm sáu": [5, 6]},
    "chừng hai ba trăm hộ": {"hai ba trăm": [200, 300]},
    "chừng ba, bốn chục nghìn": {"ba, bốn chục nghìn": [30_000, 40_000]},
    "chừng hai mươi, ba mươi hộ": {"hai mươi, ba mươi": [20, 30]},
    "từ hai đến ba triệu": {"hai đến ba triệu": [2_000_000, 3_000_000]},
    # what must stay apart, or is no number at all
    "cả 8 tỉnh": {"8": 8},
    "ở 8 tỉ lệ": {"8": 8},
    "chi 2 tỷ 5 tỉnh góp": {"2 tỷ": 2_000_000_000, "5": 5},
    "năm 2023 100 hộ": {"2023": 2023, "100": 100},
    "quý 1 100 hộ": {"1": 1, "100": 100},
    "ngày 13/9 300 hộ": {"13/9": (13, 9), "300": 300},
    "ngày 13/9/2023": {"13": 13, "9": 9, "2023": 2023},
    "Quyết định 15 2023": {"15": 15, "2023": 2023},
    "số 0912 345 678": {"0912": 912, "345": 345, "678": 678},
    "từ ngày 5 đến 10/9": {"5": 5, "10/9": (10, 9)},
    "từ ngày 10-8 đến 30-9": {"10": 10, "8": 8, "30": 30, "9": 9},
    "phường 2, 3, 4": {"2": 2, "3": 3, "4": 4},
    "quý 3 - 100 hộ": {"3": 3, "100": 100},
    "năm 2020 đến 3.000 hộ": {"2020": 2020, "3.000": 3000},
    "giảm từ 30% đến 20%": {"30": 30, "20": 20},
    "4.325 hộ/19.417 khẩu": {"4.325": 4325, "19.417": 19417},
    "rộng 100 m2, 3 km2, 5m3": {"100": 100, "3": 3, "5": 5},
    "hai mươi năm qua, 10 năm tới": {"hai mươi": 20, "10": 10},
    "5 triệu đồng/năm đến nay": {"5 triệu": 5_000_000},
    "ba tư vấn viên": {"ba": 3},
    "bốn tỷ lệ": {"bốn": 4},
    "hai bao gạo": {"hai": 2},
    "tư pháp, mười mấy hộ, hàng trăm, vài chục": {},
    "không có": {},
    "nghìn tỷ": {},
}


def shown(number: Number) -> object:
    if number.denominator is not None:
        return (number.value, number.denominator)
    return [number.value, number.value_max] if number.value_max is not None else number.value


def exact(value: object) -> object:
    if isinstance(value, (tuple, list)):
        return type(value)(Decimal(v) for v in value)
    return None if value is None else Decimal(str(value))


@pytest.mark.parametrize("text", FOUND)
def test_what_is_found(text: str) -> None:
    found = {text[n.start : n.end]: shown(n) for n in scan(Document(text))}
    assert found == {quote: exact(value) for quote, value in FOUND[text].items()}


@pytest.mark.parametrize("text", [t for t in FOUND if t.isprintable()])
def test_decomposed_text_reads_alike_once_canonical(text: str) -> None:
    made, _ = canonical(unicodedata.normalize("NFD", text))
    assert [shown(n) for n in scan(Document(made))] == [shown(n) for n in scan(Document(text))]


@pytest.mark.parametrize(
    ("token", "whole", "value", "decimals"),
    [
        ("4,325", False, "4.325", 3),
        ("4,325", True, "4325", 3),
        ("1.072", False, "1072", 0),
        ("0.072", False, "0.072", 3),
        ("12.50", False, "12.50", 2),
        ("1.000.000", False, "1000000", 0),
        ("1.0000", False, "1.0000", 4),
        ("1,234.5", False, "1234.5", 1),
        ("12.5.2023", False, None, 0),
        ("1,2,3", False, None, 0),
        ("9" * 30, False, None, 0),
    ],
)
def test_digit_tokens(token: str, whole: bool, value: str | None, decimals: int) -> None:
    assert read_digits(token, whole=whole) == (None if value is None else Decimal(value))
    assert decimals_written(token) == decimals


WORDS = """
1 02 300 1.072 92,3 2023 12 500 000 / - – , . : ( ) % đến tới từ tỷ triệu nghìn trăm mươi mười một hai ba bốn năm tư lăm
mốt rưỡi phẩy linh không phần nửa xã hộ đồng m2 km2 tr đ lệ mấy ngày quý tháng số và
"""
PIECES = st.sampled_from([*WORDS.split(), " ", "\n", "\u00a0", "  ", ""])
TEXTS = st.lists(st.tuples(PIECES, st.sampled_from([" ", " ", " ", "", ", "])), max_size=40).map(
    lambda pairs: "".join(a + b for a, b in pairs)
)


@given(st.one_of(TEXTS, st.text(max_size=80)))
@settings(max_examples=500, deadline=None)
def test_spans_are_sound_for_any_text(raw: str) -> None:
    text, _ = canonical(raw)
    numbers = scan(Document(text))
    assert scan(Document(text)) == numbers
    behind = 0
    for number in numbers:
        assert behind <= number.start < number.end <= len(text)
        behind = number.end
        inside = number.start
        assert number.atoms
        for start, end in number.atoms:
            assert inside <= start < end <= number.end
            inside = end
        assert text[number.start : number.end].lower().startswith(text[slice(*number.atoms[0])].lower())
        assert number.value is None or number.value.is_finite()
        if number.value_max is not None:
            assert number.value is not None and number.value < number.value_max


@given(TEXTS)
@settings(max_examples=300, deadline=None)
def test_every_digit_belongs_to_a_number(text: str) -> None:
    document = Document(canonical(text)[0])
    inside = {i for n in scan(document) for i in range(n.start, n.end)}
    loose = [i for i, c in enumerate(document.text) if c in "0123456789" and i not in inside]
    assert all(document.text[i - 1] == "m" and document.text[i] in "23" for i in loose)


ROWS = {
    "digits": "7",
    "groups": "123 ",
    "dots": "1.",
    "commas": "1,",
    "strokes": "1/",
    "dashes": "1 - ",
    "brackets": "((1)",
    "percents": "5% - ",
    "magnitudes": "1 tỷ ",
    "bare magnitudes": "tỷ ",
    "words": "ba ",
    "years": "năm ",
    "hundreds": "hai trăm ",
    "decimals": "hai phẩy ",
    "units": "3 xã/",
    "spaces": "1          ",
    "powers": "m2",
    "letters": "triệuđ",
    "falling": "chín triệu tám nghìn ",
}


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", ROWS)
def test_long_rows_end_in_time(name: str) -> None:
    text = (ROWS[name] * 200_000)[:200_000]
    for number in scan(Document("Có " + text + "!")):
        assert number.start < number.end
