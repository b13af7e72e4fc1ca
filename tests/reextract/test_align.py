"""Which figure is which when a text is read again, or another one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.compare.align import Mention, align


def mentions(*sentences: str, prefix: str = "") -> list[Mention]:
    """One mention for every number between brackets in the sentences, which make up a text."""
    made, at = [], 0
    for sentence in sentences:
        rest = sentence
        while "[" in rest:
            start = sentence.index("[", len(sentence) - len(rest))
            end = sentence.index("]", start)
            plain = sentence.replace("[", "").replace("]", "")
            made.append(Mention(f"{prefix}{at + start}", at + start, at + end - 1, sentence[start + 1 : end], plain))
            rest = sentence[end + 1 :]
        at += len(sentence) + 1
    return made


def paired(old: list[Mention], new: list[Mention]) -> list[tuple[str | None, str | None]]:
    return [(one.sentence if one else None, other.sentence if other else None) for one, other in align(old, new)]


def test_figures_that_only_moved_keep_their_partner() -> None:
    old = mentions("Có [12] phường.", "Có [12] phường và [3] xã.", prefix="a")
    new = mentions("Một câu mới.", "Có [12] phường.", "Có [12] phường và [3] xã.", prefix="b")
    assert [(one.quote, other.quote) for one, other in align(old, new) if one and other] == [
        ("12", "12"),
        ("12", "12"),
        ("3", "3"),
    ]
    assert all(one and other and one.sentence == other.sentence for one, other in align(old, new))


def test_the_same_id_is_the_same_figure_whatever_is_said() -> None:
    old, new = [Mention("x", 0, 2, "12", "Có 12 xã.")], [Mention("x", 0, 2, "12", "Có 12 xã và thêm nữa.")]
    assert align(old, new) == [(old[0], new[0])]


def test_a_sentence_said_a_little_differently_keeps_its_figures() -> None:
    old = mentions("Trong quý, quận có [300] mô hình dân vận khéo.", prefix="a")
    new = mentions("Trong quý I, toàn quận có [300] mô hình dân vận khéo.", prefix="b")
    assert None not in paired(old, new)[0]


def test_the_same_number_of_something_else_is_gone_and_added() -> None:
    old = mentions("Quận có [300] mô hình.", prefix="a")
    new = mentions("Công an xử phạt [300] trường hợp vi phạm giao thông.", prefix="b")
    assert [(one is None, other is None) for one, other in align(old, new)] == [(False, True), (True, False)]


def test_repeats_of_a_sentence_are_paired_in_their_order() -> None:
    old = mentions("Có [12] xã.", "Có [12] xã.", prefix="a")
    new = mentions("Có [12] xã.", "Có [12] xã.", "Có [12] xã.", prefix="b")
    pairs = align(old, new)
    assert [(one and one.id, other and other.id) for one, other in pairs][:2] == [("a3", "b3"), ("a15", "b15")]
    assert pairs[2][0] is None


SENTENCES = st.sampled_from(["Có [12] xã.", "Có [5] xã và [12] phường.", "Đạt [92,3]% kế hoạch.", "Không có gì."])


@given(st.lists(SENTENCES, max_size=8), st.lists(SENTENCES, max_size=8))
def test_every_figure_stands_once(one: list[str], other: list[str]) -> None:
    old, new = mentions(*one, prefix="a"), mentions(*other, prefix="b")
    pairs = align(old, new)
    assert [pair[0] for pair in pairs if pair[0]] == old
    assert sorted(pair[1].id for pair in pairs if pair[1]) == sorted(mention.id for mention in new)
    assert all(a.quote == b.quote for a, b in pairs if a and b)


@given(st.lists(SENTENCES, max_size=8))
def test_a_text_that_only_moved_has_no_difference(sentences: list[str]) -> None:
    old, new = mentions(*sentences, prefix="a"), mentions("Mở đầu.", *sentences, prefix="b")
    assert all(one and other and one.sentence == other.sentence for one, other in align(old, new))


@pytest.mark.timeout(60)
def test_thousands_of_equal_figures_are_paired_in_time() -> None:
    """A hostile page: every one is as much like every other."""
    old = mentions(*["Có [12] xã."] * 40_000, "Có [7] phường.", prefix="a")
    new = mentions("Có [7] phường.", *["Có [12] xã."] * 40_000, prefix="b")
    pairs = align(old, new)
    assert all(one and other and one.quote == other.quote for one, other in pairs)
    assert len({other.id for _, other in pairs if other}) == 40_001
