"""Number words: a table of phrases, and every whole number read back from every way of writing it."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from extractors.numerals import read_words, scan
from extractors.text.document import Document
from tests.numerals.written import in_words

PHRASES = {
    # ones and tens
    "chín": 9,
    "mười": 10,
    "một chục": 10,
    "mười lăm": 15,
    "mười nhăm": 15,
    "mười bốn": 14,
    "mười tư": 14,
    "hai mươi": 20,
    "hai chục": 20,
    "hai mươi mốt": 21,
    "hai mươi một": 21,
    "hai mốt": 21,
    "ba mươi tư": 34,
    "ba tư": 34,
    "bốn lăm": 45,
    "tám mươi nhăm": 85,
    "bẩy mươi bẩy": 77,
    # hundreds
    "một trăm": 100,
    "một trăm linh năm": 105,
    "một trăm lẻ tư": 104,
    "một trăm mười": 110,
    "một trăm hai": 120,
    "hai trăm rưỡi": 250,
    "trăm rưỡi": 150,
    "ba trăm sáu lăm": 365,
    "chín trăm chín mươi chín": 999,
    "hai trăm năm mươi": 250,
    # magnitudes
    "nghìn rưỡi": 1500,
    "hai nghìn rưỡi": 2500,
    "năm nghìn": 5000,
    "hai mươi năm nghìn": 25_000,
    "hai nghìn không trăm linh năm": 2005,
    "hai ngàn lẻ năm": 2005,
    "hai nghìn hai mươi ba": 2023,
    "một nghìn hai": 1200,
    "mười hai vạn": 120_000,
    "hai vạn rưỡi": 25_000,
    "hai vạn năm nghìn": 25_000,
    "ba chục nghìn": 30_000,
    "một trăm năm nghìn": 150_000,
    "hai triệu tư": 2_400_000,
    "một triệu rưỡi": 1_500_000,
    "hai triệu không nghìn không trăm linh một": 2_000_001,
    "một tỷ hai trăm triệu": 1_200_000_000,
    "một tỉ rưỡi": 1_500_000_000,
    "hai nghìn tỷ": 2_000_000_000_000,
    "một nghìn hai trăm tỷ ba trăm triệu": 1_200_300_000_000,
    "hai nghìn rưỡi tỷ": 2_500_000_000_000,
    "hai nghìn triệu": 2_000_000_000,
    "một trăm nghìn tỷ": 100_000_000_000_000,
    # decimals
    "hai phẩy năm": "2.5",
    "không phẩy ba": "0.3",
    "ba phẩy mười bốn": "3.14",
    "chín mươi hai phẩy ba": "92.3",
    "hai phẩy năm triệu": 2_500_000,
    "một phẩy hai nghìn tỷ": 1_200_000_000_000,
}


@pytest.mark.parametrize("phrase", PHRASES)
def test_phrases(phrase: str) -> None:
    words = phrase.split()
    assert read_words(words) == (len(words), Decimal(PHRASES[phrase]))


@pytest.mark.parametrize(
    ("text", "used", "value"),
    [
        ("hai mươi năm qua", 2, 20),
        ("một trăm năm xây dựng", 2, 100),
        ("mười năm", 1, 10),
        ("hai triệu năm", 2, 2_000_000),
        ("hai triệu một tháng", 2, 2_000_000),
        ("hai trăm không đạt", 2, 200),
        ("ba nghìn không có", 2, 3000),
        ("ba năm", 1, 3),
        ("hai ba", 1, 2),
    ],
)
def test_where_a_number_ends(text: str, used: int, value: int) -> None:
    assert read_words(text.split()) == (used, Decimal(value))


@pytest.mark.parametrize("text", ["không có", "tư pháp", "mươi", "trăm hoa", "linh hoạt", "rưỡi", "tỷ lệ", "triệu", ""])
def test_no_numbers(text: str) -> None:
    assert read_words(text.split()) is None


def read_back(phrase: str) -> Decimal | None:
    """The value of the one number that is the whole of ``phrase``, found in a sentence."""
    before = "Toàn huyện có "
    found = scan(Document(f"{before}{phrase} hộ."))
    spans = [(n.start, n.end) for n in found]
    return found[0].value if spans == [(len(before), len(before) + len(phrase))] else None


@given(st.integers(1, 10**12), st.randoms(use_true_random=False))
@example(10**12, random.Random(0))
@example(1_000_005, random.Random(1))
@settings(max_examples=600, deadline=None)
def test_every_number_is_read_back(number: int, rng: random.Random) -> None:
    phrase = in_words(number, rng.choice)
    assert read_words(phrase.split()) == (len(phrase.split()), Decimal(number)), phrase


@given(st.integers(2, 10**12), st.randoms(use_true_random=False))
@settings(max_examples=200, deadline=None)
def test_every_number_is_found_in_a_sentence(number: int, rng: random.Random) -> None:
    phrase = in_words(number, rng.choice)
    assert read_back(phrase) == number, phrase


def test_all_small_numbers_in_all_variants() -> None:
    for number in range(1, 1000):
        for seed in range(12):
            phrase = in_words(number, random.Random(seed).choice)
            assert read_words(phrase.split()) == (len(phrase.split()), Decimal(number)), phrase


def test_a_hundred_thousand_numbers_are_read_back() -> None:
    rng = random.Random(20231116)
    for _ in range(10**5):
        number = min(10**12, int(10 ** rng.uniform(0, 12)))
        phrase = in_words(number, rng.choice)
        assert read_words(phrase.split()) == (len(phrase.split()), Decimal(number)), phrase
        assert read_back(phrase) == number, phrase
