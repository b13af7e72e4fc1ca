"""What holds for every text, however it is put together."""

from __future__ import annotations

import re
import time
import unicodedata
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.pipeline import extract_text
from extractors.text.canonical import canonical
from schemas.documents import Extraction
from tests.rows import rows

#: pieces of bulletins, and what portals put between them
_WORDS = """
13 | 02 | 1.072 | 92,3 | 1.536,246 | 12 500 000 | 11/12 | 13/9 | 16/09/2023 | 1.2.3 | 5 - 10 | 2021-2025 | ٣٤ | ²
0912345678 | 15/KH-UBND | 18-NQ/TW | COVID-19 | 1/500 | 15A-123.45 | [1] | 1. | 2.1 | a) | 07h30 | http://a.vn/12
một | hai | ba mươi hai | năm | tư | chục | rưỡi | hàng trăm | một nửa | hai phần ba | ba, bốn | không | âm | -
cuộc | phường | xã, phường | mô hình | % | điểm phần trăm | tỷ đồng | triệu | đ | ha | tạ/ha | đồng/người/năm | m² | m2
lượt người | tuổi | ngày | tháng 9 | quý II | năm 2023 | 9 tháng đầu năm | lần thứ XVI | số | Quận | tiêu chí/01 xã
tăng | giảm | vượt | đạt | bằng | gấp | từ | lên | xuống còn | so với cùng kỳ | kế hoạch | trở lên | không quá | xếp thứ
khoảng | hơn | ước đạt | phấn đấu | đang | trong đó | gồm | còn lại | đến nay đã thực hiện | đối thoại | Lạc Viên | UBND
Hội Phụ nữ | Quận uỷ | ( | ) | [ | ] | “ | ” | " | : | ; | , | . | ... | /
"""
FRAGMENTS = [piece.strip() for line in _WORDS.strip().splitlines() for piece in line.split(" | ")]
FRAGMENTS += ["|", "\n", "\n\n", "\t", "\u00a0", "\u200b", "\r\n", "e\u0301\u0302", "\u0301", "o\u031b\u0300"]
_PIECES = st.lists(st.tuples(st.sampled_from(FRAGMENTS), st.sampled_from([" ", " ", " ", "", "  "])), max_size=40)
MIXTURES = st.builds(
    lambda pieces, form: form("".join(piece + gap for piece, gap in pieces)),
    _PIECES,
    st.sampled_from([str, lambda text: unicodedata.normalize("NFD", text)]),
)
SENTENCES = [row.text for name in ("units", "setaside", "qualifiers") for row in rows(f"tests.{name}")]
BULLETINS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map(lambda lines: "\n".join(lines))

#: the 2 of "m2" says which unit, not how many
_SQUARE_OR_CUBIC = re.compile(r"(?<![^\W\d_])[kcdm]?m[23](?!\d)", re.I)


def check_spans(read: Extraction) -> None:
    assert [figure.quote for figure in read.figures] == [read.text[f.start : f.end] for f in read.figures]
    starts = [figure.start for figure in read.figures]
    assert starts == sorted(set(starts))
    for figure in read.figures:
        assert figure.start < figure.end
        assert (figure.denominator is not None) <= (figure.kind in ("ratio", "rank"))
        assert figure.value_max is None or figure.value_max > figure.value


def check_ledger(read: Extraction) -> None:
    rows_ = read.numerals
    for one, two in pairwise(rows_):
        assert one.start < one.end <= two.start, (one, two)
    covered = {at for row in rows_ for at in range(row.start, row.end)}
    covered |= {match.end() - 1 for match in _SQUARE_OR_CUBIC.finditer(read.text)}
    lost = [at for at, char in enumerate(read.text) if char in "0123456789" and at not in covered]
    assert lost == [], f"digits in no row of the ledger: {[read.text[max(0, at - 5) : at + 6] for at in lost[:3]]}"
    for row in rows_:
        assert row.quote == read.text[row.start : row.end]
        assert (row.state == "set_aside") == (row.reason is not None)
        assert (row.state == "claimed") == (row.figure is not None)
    claimed = [row.figure for row in rows_ if row.state == "claimed"]
    assert sorted(set(claimed)) == list(range(len(read.figures)))
    # a second row of a figure is a numeral of its unit: the 2 of m2, the 01 of "tiêu chí/01 xã"
    first = {row.figure: row for row in reversed(rows_) if row.state == "claimed"}
    assert [(row.start, row.end) for _, row in sorted(first.items())] == [(f.start, f.end) for f in read.figures]


def check_links(read: Extraction) -> None:
    figures = read.figures
    for index in range(len(figures)):
        seen, at = {index}, index
        while (total := figures[at].part_of) is not None:
            assert 0 <= total < len(figures)
            assert total not in seen, f"figure {index} is a part of itself"
            seen.add(total)
            at = total
        about = figures[index].about
        assert about is None or (0 <= about < len(figures) and about != index)
        assert about is None or figures[about].about != index
    for finding in read.findings:
        assert finding.message
        assert all(0 <= index < len(figures) for index in finding.figures)


def check_everything(text: str) -> None:
    read = extract_text(text, id="any")
    assert read.text == text
    check_spans(read)
    check_ledger(read)
    check_links(read)
    assert extract_text(text, id="any") == read


@given(MIXTURES)
@settings(max_examples=300, deadline=None)
def test_mixtures(text: str) -> None:
    check_everything(text)


@given(BULLETINS)
@settings(max_examples=60, deadline=None)
def test_bulletins_of_real_sentences(text: str) -> None:
    check_everything(text)


@given(st.text())
@settings(max_examples=200, deadline=None)
def test_any_text_at_all(text: str) -> None:
    check_everything(text)


@given(
    st.text(alphabet=st.characters(min_codepoint=0x20, max_codepoint=0x24F)) | st.text(alphabet="0123456789.,/-() %\n")
)
@settings(max_examples=200, deadline=None)
def test_any_latin_text(text: str) -> None:
    check_everything(text)


@given(BULLETINS)
@settings(max_examples=60, deadline=None)
def test_decomposed_text_gives_the_same_figures(text: str) -> None:
    apart = unicodedata.normalize("NFD", text)
    made, back = canonical(apart)
    assert made == text
    composed, decomposed = extract_text(text, id="x"), extract_text(apart, id="x")
    assert len(composed.figures) == len(decomposed.figures)
    for one, two in zip(composed.figures, decomposed.figures, strict=True):
        assert (back(one.start), back(one.end)) == (two.start, two.end)
        assert unicodedata.normalize("NFC", two.quote) == one.quote
        same = (
            "kind",
            "value",
            "denominator",
            "value_max",
            "unit",
            "relation",
            "basis",
            "direction",
            "status",
            "approx",
        )
        assert [getattr(one, name) for name in same] == [getattr(two, name) for name in same]
        assert (one.subject, one.scope, one.period, one.part_of, one.about) == (
            two.subject,
            two.scope,
            two.period,
            two.part_of,
            two.about,
        )
    assert [(n.state, n.reason) for n in composed.numerals] == [(n.state, n.reason) for n in decomposed.numerals]


_REPEATED = """
1 | 1. | 1, | ( | ) | 1/ | 1_ | 12_-_ | % | (1 | a_ | năm_ | hai_mươi_ | xã,_ | “ | “1 | ;_ | tăng_ | 12_xã,_ | 12/13_
1_tỷ_ | trong_đó_ | từ_5_đến_ | 13/9_ | tháng_ | [ | - | . | a. | a@ | Quận_ | 1)_ | người_dân,_
"""
REPEATED = [piece.strip().replace("_", " ") for line in _REPEATED.strip().splitlines() for piece in line.split(" | ")]


@pytest.mark.parametrize("piece", [*REPEATED, "\n", "1\n", "e\u0301", "\u00a0"])
def test_long_repetitions_finish(piece: str) -> None:
    """No pattern goes back over all that it has read: what takes minutes on such a text takes days on a longer one."""
    text = piece * (60_000 // len(piece))
    started = time.process_time()
    check_ledger(extract_text(text, id="long"))
    assert time.process_time() - started < 10


@pytest.mark.parametrize("text", ["", " ", "\n", "\u0301", "\ud800", "0", "."])
def test_hardly_any_text(text: str) -> None:
    check_everything(text)


def test_title_and_day_of_publication_are_context_only() -> None:
    plain = extract_text("Trong tháng, phường tổ chức 13 cuộc đối thoại.", id="x")
    dated = extract_text(plain.text, id="x", title="Phường tổ chức 40 cuộc đối thoại", published="2023-09-16")
    assert [f.quote for f in dated.figures] == [f.quote for f in plain.figures] == ["13"]


@pytest.mark.parametrize("published", ["", "2023", "hôm qua", "2023-13-45", "16/09/2023"])
def test_a_day_that_is_none_harms_nothing(published: str) -> None:
    read = extract_text("Ngày 13/9, xã có 15 hộ thoát nghèo.", id="x", published=published)
    assert [figure.quote for figure in read.figures] == ["15"]


def test_the_end_of_a_name_is_no_minus() -> None:
    read = extract_text("Huyện Kỳ Lâm 35 ha; tăng trưởng âm 2,5%.", id="minus")
    assert [figure.value for figure in read.figures] == [35, Decimal("-2.5")]
