"""The pure functions: one question each, both answers."""

from __future__ import annotations

import json
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from extractors.arithmetic.bases import implied_bases, implied_bases_of_change
from extractors.arithmetic.names import compare_names, names_in
from extractors.arithmetic.ratios import compare_amount_of_change, compare_change, compare_percent, within
from extractors.arithmetic.slips import is_slip
from extractors.arithmetic.sums import compare_partial_sum, compare_sum
from extractors.arithmetic.written import Span, decimals_written, is_whole, rounded_to, show
from tests.gold.support import SHARED

D = Decimal
_VERDICTS = {"rounded": "consistent", "truncated": "consistent_truncated", "differs": "inconsistent"}


def _rows() -> list[dict[str, Any]]:
    path = SHARED / "arithmetic.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


def _answer(row: dict[str, Any]) -> Any:
    """What the function for the row's kind of question says, in the words of the row."""
    inputs, stated = [D(n) for n in row["inputs"]], str(row["stated"])
    number = D(stated.replace(",", "."))
    if row["kind"] == "sum":
        return "consistent" if compare_sum(inputs, number).verdict == "holds" else "inconsistent"
    if row["kind"] == "partial_sum":
        return f"remainder_{compare_partial_sum(inputs, number).remainder}"
    if row["kind"] == "ratio_vs_pct":
        if "kế hoạch" in row["text"]:
            return "not_comparable"
        return _VERDICTS[compare_percent(inputs[0], inputs[1], number, decimals_written(stated))]
    if row["kind"] == "change_pct":
        return _VERDICTS[compare_change(inputs[0], inputs[1], number, decimals_written(stated), row["direction"])]
    if row["kind"] == "implied_base":
        return list(implied_bases(inputs[0], number, decimals_written(stated)) or [])
    if row["kind"] == "implied_base_change":
        return list(implied_bases_of_change(inputs[0], number, decimals_written(stated), "up") or [])
    assert row["kind"] == "list_count"
    names, _ = names_in(row["text"].split("(")[1])
    return "consistent" if compare_names(names, int(inputs[0]), int(inputs[1])) == "missing" else "inconsistent"


_ABSENT = pytest.param(
    {}, marks=pytest.mark.skip("arithmetic.jsonl is not on this machine (BANTIN_GOLD names its folder)")
)


@pytest.mark.parametrize("row", _rows() or [_ABSENT], ids=lambda row: str(row.get("id", "absent")))
def test_labelled_questions(row: dict[str, Any]) -> None:
    assert _answer(row) == row["expected"]


def test_every_labelled_question_is_asked() -> None:
    rows = _rows()
    if not rows:
        pytest.skip("arithmetic.jsonl is not on this machine (BANTIN_GOLD names its folder)")
    assert len({row["id"] for row in rows}) == len(rows) == 31


@pytest.mark.parametrize(
    ("parts", "total", "verdict", "remainder"),
    [([7, 5], 12, "holds", 0), ([7, 6], 12, "fails", -1), ([7, 4], 12, "fails", 1), (["1.5", "0.5"], 2, "holds", 0)],
)
def test_sums(parts: list[Any], total: int, verdict: str, remainder: int) -> None:
    result = compare_sum([D(part) for part in parts], D(total))
    assert (result.verdict, result.remainder) == (verdict, remainder)


@pytest.mark.parametrize(
    ("parts", "total", "verdict", "remainder"),
    [([7, 4], 12, "holds", 1), ([12], 12, "holds", 0), ([9, 4], 12, "fails", -1)],
)
def test_partial_sums(parts: list[int], total: int, verdict: str, remainder: int) -> None:
    result = compare_partial_sum([D(part) for part in parts], D(total))
    assert (result.verdict, result.remainder) == (verdict, remainder)


@pytest.mark.parametrize(
    ("top", "bottom", "stated", "agrees"),
    [
        (6, 7, "85.7", "rounded"),
        (6, 7, "85.71", "rounded"),
        (5, 7, "71.42", "truncated"),
        (7, 8, "85.7", "differs"),
        (7, 8, "87", "truncated"),
        (7, 8, "88", "rounded"),
        (1, 8, "13", "rounded"),  # a half rounds up
        (1, 8, "12", "truncated"),
        (7, 8, "100", "differs"),
        (9, 9, "100", "rounded"),
        (0, 9, "0", "rounded"),
        (9, 0, "100", "differs"),
    ],
)
def test_percent_of(top: int, bottom: int, stated: str, agrees: str) -> None:
    assert compare_percent(D(top), D(bottom), D(stated), decimals_written(stated.replace(".", ","))) == agrees


@pytest.mark.parametrize(
    ("now", "before", "stated", "direction", "agrees"),
    [
        (52, 58, "10.3", "down", "rounded"),
        (227, 258, "12.8", "down", "differs"),
        (227, 258, "12", "down", "rounded"),
        (58, 52, "11.5", "up", "rounded"),
        (52, 58, "10.3", "up", "differs"),
        (52, 0, "10.3", "up", "differs"),
    ],
)
def test_change(now: int, before: int, stated: str, direction: Any, agrees: str) -> None:
    assert compare_change(D(now), D(before), D(stated), decimals_written(stated.replace(".", ",")), direction) == agrees


@pytest.mark.parametrize(
    ("now", "by", "stated", "direction", "agrees"),
    [
        (5, 3, "37.5", "down", "rounded"),
        (30, 13, "76.4", "up", "truncated"),
        (30, 13, "43.3", "up", "differs"),
        (13, 13, "100", "up", "differs"),  # there was nothing to rise from
    ],
)
def test_amount_of_change(now: int, by: int, stated: str, direction: Any, agrees: str) -> None:
    assert (
        compare_amount_of_change(D(now), D(by), D(stated), decimals_written(stated.replace(".", ",")), direction)
        == agrees
    )


def test_a_rounded_amount_agrees_with_all_that_it_may_stand_for() -> None:
    ha, change = Span.rounded(D(147), D(1)), Span.rounded(D(52), D(1))
    assert compare_amount_of_change(ha, change, D("26.17"), 2, "down") == "rounded"
    assert compare_amount_of_change(D(147), D(52), D("26.17"), 2, "down") == "differs"
    assert compare_amount_of_change(ha, change, D("27.17"), 2, "down") == "differs"


@pytest.mark.parametrize(
    ("value", "percent", "bases"),
    [
        (45, "90", [50]),
        (17, "99", []),
        (11, "115", []),
        (13, "280", []),
        (12, "92.3", [13]),
        (118, "59", [199, 200, 201]),
    ],
)
def test_implied_bases(value: int, percent: str, bases: list[int]) -> None:
    assert list(implied_bases(D(value), D(percent), decimals_written(percent.replace(".", ","))) or []) == bases


@pytest.mark.parametrize(
    ("value", "percent", "direction", "bases"),
    [
        (118, "18", "up", [100]),
        (300, "27", "up", [236, 237]),
        (9, "30", "down", []),
        (5, "37.5", "down", [8]),
        (10, "50", "down", [20]),
    ],
)
def test_implied_bases_of_change(value: int, percent: str, direction: Any, bases: list[int]) -> None:
    assert (
        list(
            implied_bases_of_change(D(value), D(percent), decimals_written(percent.replace(".", ",")), direction) or []
        )
        == bases
    )


def test_bases_without_bound_are_no_answer() -> None:
    assert implied_bases(D(5), D(0), 0) is None
    assert implied_bases(D(0), D(0), 0) is None
    assert implied_bases_of_change(D(0), D(100), 0, "down") is None


_COUNTS = st.integers(1, 10**6)
_DECIMALS = st.integers(0, 3)


@given(_COUNTS, _COUNTS, _DECIMALS)
def test_the_plan_is_among_its_implied_bases(done: int, plan: int, decimals: int) -> None:
    stated = rounded_to(Fraction(done, plan) * 100, decimals)
    assume(stated > 0)
    bases = implied_bases(D(done), stated, decimals)
    assert bases is None or plan in bases
    assert bases is not None or stated <= Fraction(1, 2 * 10**decimals)


@given(_COUNTS, _COUNTS, _DECIMALS)
def test_every_implied_base_gives_the_percentage_and_its_neighbours_do_not(done: int, plan: int, decimals: int) -> None:
    stated = rounded_to(Fraction(done, plan) * 100, decimals)
    assume(stated * 2 * 10**decimals > 1)
    bases = implied_bases(D(done), stated, decimals)
    assert bases
    for base, belongs in ((bases[0], True), (bases[-1], True), (bases[0] - 1, False), (bases[-1] + 1, False)):
        if base > 0:
            assert (compare_percent(D(done), D(base), stated, decimals) == "rounded") is belongs


@given(_COUNTS, _COUNTS, _DECIMALS, st.sampled_from(["up", "down"]))
def test_the_value_before_is_among_its_implied_bases(now: int, before: int, decimals: int, direction: Any) -> None:
    assume((now > before) if direction == "up" else (now < before))
    stated = rounded_to(abs(Fraction(now, before) * 100 - 100), decimals)
    bases = implied_bases_of_change(D(now), stated, decimals, direction)
    if bases is None:
        assert direction == "down" and Fraction(stated) + Fraction(1, 2 * 10**decimals) >= 100
    else:
        # a fall's half rounds up to a larger fall, so the end at a half belongs to the neighbour
        assert before in bases or compare_change(D(now), D(before), stated, decimals, direction) != "rounded"


@given(_COUNTS, _COUNTS, _DECIMALS)
def test_rounding_and_cutting_off_both_agree(top: int, bottom: int, decimals: int) -> None:
    exact = Fraction(top, bottom) * 100
    assert compare_percent(D(top), D(bottom), rounded_to(exact, decimals), decimals) == "rounded"
    cut = D(exact.numerator * 10**decimals // exact.denominator).scaleb(-decimals)
    assert compare_percent(D(top), D(bottom), cut, decimals) in ("rounded", "truncated")
    off = rounded_to(exact, decimals) + 2 * D(1).scaleb(-decimals)
    assert compare_percent(D(top), D(bottom), off, decimals) == "differs"


@given(st.lists(st.decimals(0, 10**6, places=2), min_size=1, max_size=8))
def test_parts_always_make_their_own_sum(parts: list[Decimal]) -> None:
    total = sum(parts, D(0))
    assert compare_sum(parts, total).verdict == "holds"
    assert compare_sum(parts, total + 1).verdict == "fails"
    assert compare_partial_sum(parts, total + 1).remainder == 1


def test_n_of_m() -> None:
    assert within(D(12), D(12)) and not within(D(13), D(12))


@pytest.mark.parametrize(
    ("text", "names", "rest"),
    [
        ("phường Bến Sứ, Đồi Chè dự kiến tháng 9", ["Bến Sứ", "Đồi Chè"], "dự kiến tháng 9"),
        ("quận 4, 7, Bến Sứ và Đồi Chè", ["4", "7", "Bến Sứ", "Đồi Chè"], ""),
        ("các xã Mây, Gió và thị trấn Lò Vôi", ["Mây", "Gió", "Lò Vôi"], ""),
        ("ba phường đã xong", [], "ba phường đã xong"),
    ],
)
def test_names(text: str, names: list[str], rest: str) -> None:
    assert names_in(text) == (names, rest)


@pytest.mark.parametrize(
    ("named", "count", "of", "found"),
    [(2, 10, 12, "missing"), (3, 10, 12, "differs"), (10, 10, 12, "all"), (3, 3, None, "all"), (4, 3, None, "differs")],
)
def test_names_against_a_count(named: int, count: int, of: int | None, found: str) -> None:
    assert compare_names(["Tên"] * named, count, of) == found


@pytest.mark.parametrize(
    ("quote", "value", "whole"),
    [
        ("4.450.012", 4450012, True),
        ("02", 2, True),
        ("mười hai", 12, True),
        ("4,45 triệu", 4450000, False),
        ("1,5", "1.5", False),
    ],
)
def test_what_is_counted_out(quote: str, value: Any, whole: bool) -> None:
    assert is_whole(quote, D(value)) is whole


def test_numbers_as_vietnamese_writes_them() -> None:
    assert show(D("1234567.50")) == "1.234.567,5"
    assert show(D("2340000000"), "đồng") == "2,34 tỷ đồng"
    assert show(D("500000"), "đồng") == "500.000 đồng"
    assert show(13, "cuộc") == "13 cuộc"


@pytest.mark.parametrize(
    ("written", "meant", "slip"),
    [
        ("98,5", "99.5", True),  # one digit
        ("89,6", "86.9", True),  # two that changed places
        ("1.254", "1245", True),
        ("42.300", "32400", True),
        ("96,1", "95.3", False),
        ("95", "95", False),
        ("8", "9", False),  # too short to tell
        ("12", "18", False),
        ("48", "84", True),
        ("9,9", "10.9", False),  # of another length
        ("99,5", "99.54", False),  # the one meant would be written otherwise
        ("12,5", "-12.4", False),
    ],
)
def test_slips(written: str, meant: str, slip: bool) -> None:
    assert is_slip(written, Decimal(meant)) == slip


@given(st.integers(100, 10**6), st.data())
def test_one_other_digit_is_a_slip_and_none_is_not(number: int, data: Any) -> None:
    digits = str(number)
    place = data.draw(st.integers(1, len(digits) - 1))
    other = data.draw(st.sampled_from("0123456789"))
    changed = digits[:place] + other + digits[place + 1 :]
    assert is_slip(changed, Decimal(number)) == (changed != digits)
