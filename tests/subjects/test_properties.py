"""What holds for any text: nothing breaks, nothing is invented, work grows with the length."""

from __future__ import annotations

import re
import time
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.mention import Mention
from extractors.subjects import assign_subjects
from extractors.subjects.lexicon import phrases
from tests.gold.support import all_documents, mentions_from_gold
from tests.subjects.markup import parse, read

_WORDS = """( ) , ; : . … / - “ ” và với của tại ở trong đó lần lượt là đạt tăng toàn tỉnh Hòa Bắc cấp xã thu sản lượng
kết nạp mỗi trên địa bàn số tổng về đối thoại được hỗ trợ nhà |"""
_FIGURES = ["\n", "[12 xã]", "[3 %]", "[5 tỷ đồng]", "[02:level/cuộc]", "[4/9 hộ]", "[7 ha]", "[9 vụ]"]
_PIECES = st.sampled_from([*_WORDS.split(), *_FIGURES])


@settings(max_examples=300, deadline=None)
@given(st.lists(_PIECES, max_size=40))
def test_any_row_of_words(pieces: list[str]) -> None:
    document, mentions = read(" ".join(pieces))
    words = set(document.lower.split()) | {word.lower() for m in mentions for word in (m.unit or "").split()}
    letters = "".join(words)
    for mention in mentions:
        for told in (mention.subject, mention.scope):
            assert told is None or told.strip() == told != ""
            for word in (told or "").lower().split():
                assert word in letters or word == "tham"  # "tham gia" is written so in two leads


@settings(max_examples=50, deadline=None)
@given(st.lists(_PIECES, max_size=30))
def test_twice_gives_the_same(pieces: list[str]) -> None:
    marked = " ".join(pieces)
    document, mentions = read(marked)
    first = [(m.subject, m.scope) for m in mentions]
    assign_subjects(document, mentions)
    assert [(m.subject, m.scope) for m in mentions] == first


def test_a_row_of_people_without_end() -> None:
    _, mentions = read("Ý kiến của " + "người dân, " * 1500 + "đạt [5 tỷ đồng].")
    assert len(mentions) == 1


@pytest.mark.parametrize(
    "piece",
    [
        "tặng [5 suất] quà (tăng [3 %:change]), ",
        "((((([5 suất] ",
        ") : ) : ) [5 suất] , ",
        "Hòa Bắc, Kỳ Lâm và ",
        "[5 suất] ",
        "hơn hơn trên trên [5 suất] lần lượt, ",
    ],
)
def test_linear(piece: str) -> None:
    def cost(times: int) -> float:
        document, mentions = parse("Toàn huyện có [12 xã], " + piece * times + "[3 hộ] nghèo.")
        assert document.sentences
        start = time.process_time()
        assign_subjects(document, mentions)
        return time.process_time() - start

    cost(10)
    small, large = min(cost(400) for _ in range(3)), min(cost(3200) for _ in range(3))
    assert large < 24 * small + 0.05, (small, large)


def test_a_fresh_document_has_no_mentions() -> None:
    document, _ = parse("Không có số nào.")
    mentions: list[Mention] = []
    assign_subjects(document, mentions)
    assert mentions == []


def test_lexicon_lists_are_folded_phrases() -> None:
    assert "hòa giải" in phrases("verb")
    assert phrases("approx").ending(["thu", "hơn"], 0, 2) == 1
    assert phrases("verb").at(["kết", "nạp", "mới"], 0, 3) == 2


FLOORS = {"seed": (0.95, 0.94), "bulletins": (0.93, 0.96), "dev": (0.88, 0.95), "daksong": (0.85, 0.87)}


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_floor(name: str) -> None:
    found = [document for file, document in all_documents() if file == name]
    if not found:
        pytest.skip(f"{name}.jsonl is not on this machine (BANTIN_GOLD names its folder)")
    right = [0, 0]
    total = 0
    for gold in found:
        document, mentions = mentions_from_gold(gold, clear=("subject", "scope"))
        assign_subjects(document, mentions)
        for mention, figure in zip(mentions, gold["figures"], strict=True):
            right[0] += overlap(mention.subject, figure["subject"]) >= 0.6
            right[1] += overlap(mention.scope, figure["scope"]) >= 0.6
            total += 1
    assert right[0] / total >= FLOORS[name][0]
    assert right[1] / total >= FLOORS[name][1]


def overlap(one: str | None, two: str | None) -> float:
    """F1 over words; 1 when both are absent."""
    left, right = folded(one), folded(two)
    if not left and not right:
        return 1.0
    shared = sum(min(left.count(word), right.count(word)) for word in set(left))
    return 2 * shared / (len(left) + len(right))


def folded(text: str | None) -> list[str]:
    """Words in lower case without diacritics, punctuation aside."""
    plain = unicodedata.normalize("NFKD", (text or "").lower())
    return re.findall(r"[\w%/]+", "".join(c for c in plain if not unicodedata.combining(c)).replace("đ", "d"))
