"""Canonical text keeps its way back to what was given; a document divides into lines and sentences."""

from __future__ import annotations

import doctest
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.text import canonical as canonical_module
from extractors.text import document as document_module
from extractors.text.canonical import canonical
from extractors.text.document import Document, lower_same_length

SENTENCES = [
    ("Xã có 13 hộ nghèo. Huyện có 300 hộ.", ["Xã có 13 hộ nghèo.", " Huyện có 300 hộ."]),
    ("Thu đạt 1.072 triệu đồng, tăng 2.5 lần.", ["Thu đạt 1.072 triệu đồng, tăng 2.5 lần."]),
    ("Dân số TP. Hải Phòng tăng.", ["Dân số TP. Hải Phòng tăng."]),
    ("Đồng chí ThS. Nguyễn Văn An dự. Hội nghị bế mạc.", ["Đồng chí ThS. Nguyễn Văn An dự.", " Hội nghị bế mạc."]),
    ("1. Thu ngân sách đạt khá", ["1. Thu ngân sách đạt khá"]),
    ("Mở 05 lớp\nTặng 12 suất quà", ["Mở 05 lớp", "Tặng 12 suất quà"]),
    ("Xã đã xong!Thôn cũng xong.", ["Xã đã xong!Thôn cũng xong."]),
    ("Hội nghị kết thúc.Đoàn ra về.", ["Hội nghị kết thúc.", "Đoàn ra về."]),
    ("Trồng lúa, ngô, v.v. và rau màu.", ["Trồng lúa, ngô, v.v. và rau màu."]),
    ("Ông nói: “Xã sẽ làm.” Bà con vui.", ["Ông nói: “Xã sẽ làm.”", " Bà con vui."]),
    ("  \n\n", []),
]


@pytest.mark.parametrize(("text", "wanted"), SENTENCES)
def test_sentences(text: str, wanted: list[str]) -> None:
    assert [text[start:end] for start, end in Document(text).sentences] == wanted


@given(st.text())
def test_lower_case_keeps_every_offset(text: str) -> None:
    assert len(lower_same_length(text)) == len(text)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Uỷ ban", "ủy ban"),
        ("HOÀ GIẢI", "hòa giải"),
        ("Thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
    ],
)
def test_one_placement_of_tones(written: str, read: str) -> None:
    assert lower_same_length(written) == read


@given(st.text())
def test_canonical_text_is_nfc_and_offsets_rise(text: str) -> None:
    made, back = canonical(text)
    offsets = [back(at) for at in range(len(made) + 1)]
    assert offsets == sorted(offsets)
    assert (offsets[0], offsets[-1]) == (0, len(text)) or not made


@given(st.lists(st.sampled_from("Quận uỷ Lạc Viên tổ chức 13 cuộc đối thoại đường ế ẩ ữ Ặ".split(" "))).map(" ".join))
def test_a_span_of_decomposed_text_is_the_same_word(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    made, back = canonical(apart)
    assert made == text
    for start in range(0, len(made), 3):
        for end in range(start + 1, min(start + 7, len(made) + 1)):
            assert unicodedata.normalize("NFC", apart[back(start) : back(end)]) == made[start:end]


@given(st.text(alphabet="ab ẤĐ1.,!?“”\n\t") | st.text())
def test_sentences_lie_in_lines_and_do_not_overlap(text: str) -> None:
    document = Document(text)
    at = 0
    for start, end in document.sentences:
        assert at <= start < end
        assert "\n" not in text[start:end]
        line = document.line_at(start)
        assert line[0] <= start
        assert end <= line[1]
        assert document.sentence_at(start) == (start, end)
        at = end


@pytest.mark.parametrize("module", [canonical_module, document_module])
def test_doctests(module) -> None:
    assert doctest.testmod(module).failed == 0
