"""Words that say when: every rule's own examples, then what must and must not be found whatever the rule."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.periods import find_times
from extractors.periods.patterns import RULES
from extractors.text.document import Document


def words(text: str, rule: str | None = None) -> list[str]:
    return [text[t.start : t.end] for t in find_times(Document(text)) if rule is None or t.rule == rule]


EXAMPLES = [(rule.name, text, found) for rule in RULES for text, found in rule.examples.items()]
REJECTS = [(rule.name, text) for rule in RULES for text in rule.rejects]


@pytest.mark.parametrize(("rule", "text", "found"), EXAMPLES, ids=[f"{r}: {t}" for r, t, _ in EXAMPLES])
def test_a_rule_finds_its_examples(rule: str, text: str, found: str) -> None:
    assert found in words(text, rule)


@pytest.mark.parametrize(("rule", "text"), REJECTS, ids=[f"{r}: {t}" for r, t in REJECTS])
def test_a_rule_leaves_what_it_rejects(rule: str, text: str) -> None:
    assert words(text, rule) == []


def test_every_rule_has_an_example() -> None:
    assert [rule.name for rule in RULES if not rule.examples] == []


@pytest.mark.parametrize(
    "text",
    [
        "rút ngắn 03 ngày",
        "hỗ trợ 3 tháng",
        "trong 15 ngày làm việc",
        "được tặng Huy hiệu 30 năm tuổi Đảng",
        "bị phạt 9 tháng tù",
        "để quá 5 ngày",
        "thời hạn 2 năm",
        "từ 15 ngày xuống còn 9 ngày",
        "12/12 phường",
        "3/5 vụ",
        "11/12 xã, thị trấn",
        "xếp thứ 12/63",
        "có 2000 hộ",
        "nặng 20,5 tấn",
        "tăng 1.998 con",
        "mỗi năm 2 lần",
        "đạt 4/5.",
    ],
)
def test_figures_are_left_alone(text: str) -> None:
    assert [t.rule for t in find_times(Document(text)) if t.numerals] == []


@pytest.mark.parametrize(
    ("text", "kind", "numerals"),
    [
        ("ngày 15 tháng 9 năm 2023", "date", ["15", "9", "2023"]),
        ("Cập nhật: 16/09/2023 07:12", "date", ["16/09/2023"]),
        ("trong hai ngày 20 và 21-7", "date", ["hai", "20", "21-7"]),
        ("Năm tháng qua", "period", ["Năm"]),
        ("năm năm qua", "period", ["năm"]),
        ("quý IV/2024", "period", ["IV", "2024"]),
        ("lúc 7h30", "time", ["7h30"]),
        ("93 năm Ngày thành lập Đảng", "anniversary", ["93"]),
        ("giai đoạn 2021-2025", "period", ["2021-2025"]),
        ("thế kỷ XX", "period", ["XX"]),
        ("cùng kỳ năm 2022", "period", ["2022"]),
        ("cùng kỳ", "period", []),
    ],
)
def test_kind_and_numerals(text: str, kind: str, numerals: list[str]) -> None:
    first = find_times(Document(text))[0]
    assert first.kind == kind
    assert [text[a:b] for a, b in first.numerals] == numerals


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("9 tháng đầu năm 2023", "2023-01-01/2023-09-30"),
        ("3 tháng cuối năm 2023", "2023-10-01/2023-12-31"),
        ("quý II năm 2024", "2024-04-01/2024-06-30"),
        ("quý I và quý II năm 2024", "2024-01-01/2024-06-30"),
        ("tháng 2/2024", "2024-02-01/2024-02-29"),
        ("nửa cuối năm 2020", "2020-07-01/2020-12-31"),
        ("giai đoạn 2021-2025", "2021-01-01/2025-12-31"),
        ("từ 15/12/2022 đến 14/12/2023", "2022-12-15/2023-12-14"),
        ("từ ngày 15/12 đến ngày 14/01/2024", "2023-12-15/2024-01-14"),
        ("15/01/2024-20/01/2024", "2024-01-15/2024-01-20"),
        ("tháng 10/2023 đến tháng 3/2024", "2023-10-01/2024-03-31"),
        ("ngày 20 và 21/7/2024", "2024-07-20/2024-07-21"),
        ("sơ kết 3 năm (2016-2018)", "2016-01-01/2018-12-31"),
        ("10 tháng năm 2025", "2025-01-01/2025-10-31"),
    ],
)
def test_meaning(text: str, period: str) -> None:
    assert [str(t.when.period()) for t in find_times(Document(text))] == [period]


@pytest.mark.parametrize("text", ["ngày 31/2/2023", "ngày 30-2-2024", "5 năm qua", "năm học 2023-2024", "tháng 9"])
def test_no_period_without_a_calendar_day_or_a_year(text: str) -> None:
    assert [t.when.period() for t in find_times(Document(text))] == [None]


PIECES = st.sampled_from(
    [
        "ngày ",
        "tháng ",
        "năm ",
        "quý ",
        "từ ",
        "đến ",
        "12",
        "/",
        "-",
        "2023",
        "II",
        " ",
        "\n",
        "(",
        ")",
        ",",
        "sáu ",
        "đầu ",
        "h",
    ]
)


@given(st.lists(PIECES | st.text(max_size=3), max_size=40).map("".join))
def test_spans_are_ordered_apart_and_hold_their_numerals(text: str) -> None:
    document = Document(text)
    found = find_times(document)
    assert found == find_times(Document(text))
    for earlier, later in pairwise(found):
        assert earlier.end <= later.start
    for t in found:
        assert 0 <= t.start < t.end <= len(text)
        assert all(t.start <= a < b <= t.end for a, b in t.numerals)
        assert t.when.period() is None or t.when.grain != "vague"


@pytest.mark.parametrize(
    "piece",
    [
        "1",
        "1/",
        "12 , ",
        "ngày 1, ",
        "năm ",
        "hai mươi ",
        "từ 1/1/2020 - ",
        "tháng 1, ",
        "( ",
        "quý i, ",
        "2,\n",
        "5 tháng ",
    ],
)
def test_long_runs_take_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        document = Document(piece * (length // len(piece)))
        started = time.process_time()
        find_times(document)
        return time.process_time() - started

    # best of three: late in a long run of tests one collection of garbage costs more than the search does
    short, long = (min(seconds(length) for _ in range(3)) for length in (20_000, 100_000))
    assert long < 25 * max(short, 0.005)  # five times the text: five times the time, with room for a busy machine
