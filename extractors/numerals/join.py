"""Two numbers that are one: a ratio ("11/12", "52 xã/136 xã") or a range ("5 đến 10", "ba, bốn", "30-50 triệu")."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Literal

from extractors.numerals.digits import read_digits
from extractors.numerals.model import Number

_SP = r"[ \u00a0]"
_TO = rf"{_SP}+(?:đến|tới){_SP}+"
_DASH = rf"{_SP}{{0,2}}(?:-|–|—|−|÷){_SP}{{0,2}}"
_RANGE_LINK = re.compile(rf"{_DASH}|{_TO}")
_WORD_RANGE_LINK = re.compile(rf"{_TO}|{_SP}+hoặc{_SP}+|{_DASH}")
_LIST_LINK = re.compile(rf"{_SP}*,{_SP}*|{_SP}+")
_RATIO_LINK = re.compile(rf"{_SP}?/{_SP}?")
_LETTERS = "[^\\W\\d_]"
#: a unit of up to two words, rates included, between two numbers
_UNIT = rf"%|{_LETTERS}+(?:{_SP}{_LETTERS}+)?"
_UNIT_RATIO_LINK = re.compile(rf"{_SP}?({_UNIT}){_SP}?/{_SP}?")
_UNIT_RANGE_LINK = re.compile(rf"{_SP}?({_UNIT}(?:{_SP}?/{_SP}?{_LETTERS}+)*)((?:{_TO})|{_DASH})")
#: how far apart the ends of a joined number may stand
_REACH = 32
#: a dash between numbers this far apart is no range but a pause
_WIDEST_DASH = 20
#: characters before a range in which a word says for what it holds; behind it what it means
_BEFORE = 60
_BEHIND = 40
_FROM = re.compile(rf"(?<!\w)(?<!ngày )(?<!tháng )(?<!năm )(?<!số )(?<!điều )(?<!giờ )từ{_SP}+$")
_LESSENS = re.compile(r"(?<!\w)(?:giảm|rút|hạ|xuống|bớt|thu hẹp|cắt|sụt|tụt|thấp hơn|ít hơn)(?!\w)")
#: a range holds for each of many: "mỗi lớp", "loại", "quy mô"; a price or a rate that moves holds for one
_EACH = re.compile(rf"(?<!\w)(?:(?:mỗi|từng|một){_SP}+[^\W\d_]+|loại|quy mô)(?!\w)")
_MOVES = re.compile(r"(?<!\w)(?:giá|tỷ giá|tỉ giá|lãi suất|nhiệt độ)(?!\w)")
#: "nhà 2, 3 tầng", "có 4, 5 con": about so many
_HAVING = re.compile(rf"(?<!\w)(?:nhà|có|khoảng|chừng|cao|nuôi|mỗi|mất|chỉ|tới|sau|trước|đi){_SP}+$")
_NOUN_BEHIND = re.compile(rf"{_SP}+[^\W\d]+(?!{_SP}*,{_SP}*\d)")
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")


def joined(lower: str, numbers: Sequence[Number]) -> Iterator[Number]:
    """``numbers`` (in order, not overlapping) with neighbours made into ratios and ranges where the text says so."""
    at = 0
    while at < len(numbers):
        chain = _chain(lower, numbers, at)
        pair = _join(lower, numbers[at], numbers[at + 1]) if chain < 3 and at + 1 < len(numbers) else None
        if chain == 1 and pair and _chain(lower, numbers, at + 1) > 1:
            pair = None  # 5 đến 10/9: the second is part of a date
        if pair:
            yield pair
            at += 2
        else:  # 12/5/2023, 02-03-04, 10-10: no ratio, no range, and nothing outside joins them
            yield from numbers[at : at + chain]
            at += chain


def _chain(lower: str, numbers: Sequence[Number], at: int) -> int:
    """How many digit tokens stand in one row, parted only by single signs of ``/-.``."""
    end = at
    while (
        end + 1 < len(numbers)
        and numbers[end + 1].start == numbers[end].end + 1
        and lower[numbers[end].end] in "/-."
        and "digits" == numbers[end].form == numbers[end + 1].form
    ):
        end += 1
    return end - at + 1


def _join(lower: str, one: Number, two: Number) -> Number | None:
    if one.value is None or two.value is None or two.start - one.end > _REACH:
        return None
    between = lower[one.end : two.start]
    if one.form == "digits" == two.form:
        if (two.magnitude or not one.magnitude) and _RATIO_LINK.fullmatch(between):
            low = _scaled(one, two) if two.magnitude and not one.magnitude else one
            return _pair(low, two, "ratio")
        unit = _UNIT_RATIO_LINK.fullmatch(between)
        if unit and _repeated(lower, unit[1], two.end):
            return _pair(one, two, "ratio")
    if {one.form, two.form} <= {"digits", "words"} and not (one.token == "năm" and two.form == "digits"):
        return _digit_range(lower, between, one, two) if two.form == "digits" else _word_range(between, one, two)
    return None


def _digit_range(lower: str, between: str, one: Number, two: Number) -> Number | None:
    unit = _UNIT_RANGE_LINK.fullmatch(between)
    if unit is None:
        low = _scaled(one, two) if two.magnitude and not one.magnitude else one
        if not _RANGE_LINK.fullmatch(between) and not _neighbours(lower, one, two):
            return None
    elif _repeated(lower, unit[1], two.end):
        low = one
    else:
        return None
    assert low.value is not None and two.value is not None
    if low.value > two.value and unit is None and _falls(lower, one, two):
        return replace(_pair(low, two, "range"), value=two.value, value_max=low.value)
    if low.value >= two.value or (_YEAR.fullmatch(one.token) and not _YEAR.fullmatch(two.token)):
        return None
    spaced_dash = between[:1].isspace() and between.strip() in ("-", "–", "—", "−")
    if spaced_dash and two.value > low.value * _WIDEST_DASH:
        return None
    return _pair(low, two, "range")


def _neighbours(lower: str, one: Number, two: Number) -> bool:
    """ "nhà 2, 3 tầng": two digits that follow each other, before one noun; "phường 2, 3" are names."""
    if len(one.token) > 1 or len(two.token) > 1 or lower[one.end : two.start] not in (", ", ","):
        return False
    if (one.value or 0) + 1 != two.value or not _NOUN_BEHIND.match(lower, two.end):
        return False
    return _HAVING.search(lower, max(0, one.start - 12), one.start) is not None


def ends_reversed(before: str, behind: str) -> bool:
    """Whether a pair that falls is a range with its ends the wrong way, between the words before and behind it.

    >>> ends_reversed("mỗi lớp từ ", " học viên."), ends_reversed("số hộ nghèo từ ", " hộ, giảm 30 hộ.")
    (True, False)
    """
    clause = re.split(r"[,;.:]", before[-_BEFORE:])[-1]
    if not _FROM.search(clause) or not _EACH.search(clause) or _MOVES.search(clause):
        return False
    return not _LESSENS.search(clause) and not _LESSENS.search(re.split(r"[;.\n]", behind[:_BEHIND])[0])


def _falls(lower: str, one: Number, two: Number) -> bool:
    if not re.fullmatch(_TO, lower[one.end : two.start]):
        return False
    return ends_reversed(lower[max(0, one.start - _BEFORE) : one.start], lower[two.end : two.end + _BEHIND])


def _word_range(between: str, one: Number, two: Number) -> Number | None:
    assert one.value is not None and two.value is not None
    if _WORD_RANGE_LINK.fullmatch(between):
        low = _scaled(one, two) if two.magnitude and not one.magnitude else one
        return _pair(low, two, "range") if low.value is not None and low.value < two.value else None
    if one.form != "words" or not _LIST_LINK.fullmatch(between):
        return None
    # "ba, bốn hộ", "hai ba trăm", "hai mươi, ba mươi": neighbours in the leading digit
    leading, scale = _leading(two.value)
    if one.value < 10 and one.value + 1 == leading:
        return _pair(
            Number(one.start, one.end, "words", one.value * scale, atoms=one.atoms, token=one.token), two, "range"
        )
    same_scale = scale >= 10 and _leading(one.value) == (leading - 1, scale)
    return _pair(one, two, "range") if "," in between and same_scale else None


def _leading(value: Decimal) -> tuple[Decimal, Decimal]:
    """A value as leading digit and power of ten, (0, 1) where more digits than one count.

    >>> _leading(Decimal(300)), _leading(Decimal(25))
    ((Decimal('3'), Decimal('100')), (Decimal('0'), Decimal('1')))
    """
    scale = Decimal(10) ** value.adjusted() if value >= 1 else Decimal(1)
    digit = value / scale
    return (digit, scale) if digit % 1 == 0 and digit < 10 else (Decimal(0), Decimal(1))


def _repeated(lower: str, unit: str, at: int) -> bool:
    """Whether ``unit`` stands at ``at`` again."""
    bare = re.sub(r"\s", "", unit)
    behind = re.sub(r"\s", "", lower[at : at + len(unit) + 8])
    return behind.startswith(bare) and not (unit[-1].isalpha() and behind[len(bare) : len(bare) + 1].isdigit())


def _scaled(one: Number, two: Number) -> Number:
    """ "5 - 7 triệu", "5/7 tỷ": the magnitude behind the second number holds for the first as well."""
    assert one.value is not None and two.value is not None
    base = read_digits(two.token) if two.form == "digits" else _leading(two.value)[0]
    factor = two.value / base if base else Decimal(1)
    return Number(one.start, one.end, one.form, one.value * factor, atoms=one.atoms, token=one.token)


def _pair(one: Number, two: Number, form: Literal["ratio", "range"]) -> Number:
    return Number(
        one.start,
        two.end,
        form,
        one.value,
        value_max=two.value if form == "range" else None,
        denominator=two.value if form == "ratio" else None,
        magnitude=one.magnitude or two.magnitude,
        atoms=(*one.atoms, *two.atoms),
        token=one.token,
        first_end=one.end,
    )
