"""Scan a text for numbers: digit tokens with their magnitude words, number words, ranges, ratios, fractions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extractors.numerals.digits import read_digits
from extractors.numerals.words import MAGNITUDES, UNITS, WORD_RUN, read_words
from extractors.text.document import Document

Form = Literal["digits", "words", "ratio", "range", "fraction"]

_SP = r"[ \u00a0]"
_TOKEN = r"(?:[0-9]{1,3}(?:[ \u00a0][0-9]{3})+(?![0-9.,]*[0-9])|[0-9]+(?:[.,][0-9]+)*)"
_MAGNITUDE = r"(?:nghìn|ngàn|vạn|triệu|tỷ|tỉ|tr(?=\.?đ(?!\w)|đồng|\.đồng))"
_DIGITS = re.compile(rf"{_TOKEN}")
#: a magnitude behind digits; not "tỷ lệ", "tỷ trọng", "tỷ giá"
_MAGNITUDES = re.compile(rf"(?:{_SP}{{0,2}}{_MAGNITUDE}(?!{_SP}+(?:lệ|trọng|giá|suất)\b))+")
_MORE = re.compile(rf"{_SP}{{0,2}}({_TOKEN}){_SP}{{0,2}}({_MAGNITUDE})(?!\w*lệ)")
_RANGE_LINK = re.compile(rf"{_SP}?(?:-|–|—|÷){_SP}?|{_SP}+(?:đến|tới){_SP}+")
_WORD_RANGE_LINK = re.compile(rf"{_SP}*,{_SP}*|{_SP}+(?:đến|tới|hoặc){_SP}+|{_SP}*[-–]{_SP}*")
_RATIO_LINK = re.compile(rf"{_SP}?/{_SP}?")
_FRACTION = re.compile(
    r"(?<!\w)(?:một nửa(?! ngày| tháng)|(một|hai|ba|bốn|năm|sáu|bảy|tám|chín|[0-9]+) phần (hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|nghìn))(?!\w)"
)
_PARTS = {**UNITS, "tư": 4, "mười": 10, "nghìn": 1000}


@dataclass(slots=True)
class Number:
    """A number in a text. ``start``/``end`` include magnitude words, and both ends of a ratio or range.

    ``atoms`` are the spans of the digit tokens or word phrases it is made of. ``value`` is None where digits are no
    number ("1.2.3"). ``first_end`` is where the first number of a ratio or range ends.
    """

    start: int
    end: int
    form: Form
    value: Decimal | None
    value_max: Decimal | None = None
    denominator: Decimal | None = None
    magnitude: bool = False
    atoms: tuple[tuple[int, int], ...] = ()
    token: str = ""
    first_end: int = 0


def scan(document: Document) -> list[Number]:
    """All numbers of a text in order, not overlapping. What they mean (a date, a name, a figure) is not asked here."""
    lower = document.lower
    found = sorted([*_digit_numbers(lower), *_word_numbers(lower)], key=lambda n: (n.start, -n.end))
    flat: list[Number] = []
    for number in found:
        if not flat or number.start >= flat[-1].end:
            flat.append(number)
    return list(_joined(lower, flat))


def _digit_numbers(lower: str) -> Iterator[Number]:
    at = 0
    while match := _DIGITS.search(lower, at):
        start, end = match.span()
        token = match.group()
        atoms = [(start, end)]
        value = read_digits(token)
        magnitude = _MAGNITUDES.match(lower, end) if value is not None else None
        if magnitude and value is not None:
            factor = _factor(magnitude.group())
            value, end = value * factor, magnitude.end()
            while (more := _MORE.match(lower, end)) and (part := read_digits(more[1])) is not None:
                size = _factor(more[2])
                if size >= factor:
                    break
                atoms.append(more.span(1))
                value, end, factor = value + part * size, more.end(), size
            if lower.startswith(" rưỡi", end):
                value, end = value + Decimal(factor) / 2, end + 5
        yield Number(start, end, "digits", value, magnitude=magnitude is not None, atoms=tuple(atoms), token=token)
        at = end


def _factor(words: str) -> int:
    factor = 1
    for word in re.findall(r"nghìn|ngàn|vạn|triệu|tỷ|tỉ|tr", words):
        factor *= MAGNITUDES.get(word, 10**6)
    return factor


def _word_numbers(lower: str) -> Iterator[Number]:
    for match in _FRACTION.finditer(lower):
        above, below = (1, 2) if not match[1] else (_PARTS.get(match[1]) or int(match[1]), _PARTS[match[2]])
        yield Number(
            *match.span(),
            "fraction",
            Decimal(above),
            denominator=Decimal(below),
            atoms=(match.span(),),
            token=match.group(),
        )
    for match in WORD_RUN.finditer(lower):
        run, base = match.group(), match.start()
        places = [(m.start() + base, m.end() + base) for m in re.finditer(r"\w+", run)]
        words = [lower[s:e] for s, e in places]
        at = 0
        while at < len(words):
            read = read_words(words[at:])
            if read is None:
                at += 1
                continue
            used, value = read
            span = (places[at][0], places[at + used - 1][1])
            big = any(word in MAGNITUDES for word in words[at : at + used])
            yield Number(*span, "words", value, magnitude=big, atoms=(span,), token=lower[span[0] : span[1]])
            at += used


def _joined(lower: str, numbers: list[Number]) -> Iterator[Number]:
    """Join two neighbours into a ratio ("11/12", "52 xã/136") or a range ("5 đến 10", "ba, bốn")."""
    at = 0
    while at < len(numbers):
        one = numbers[at]
        two = numbers[at + 1] if at + 1 < len(numbers) else None
        joined = _join(lower, one, two) if two is not None and two.start - one.end <= 24 else None
        if joined:
            after = numbers[at + 2] if at + 2 < len(numbers) else None
            if after and after.start == joined.end + 1 and lower[joined.end] in "/-.":
                joined = None  # 12/5/2023, 02-03-04: no ratio, no range
                yield one
                yield numbers[at + 1]
                at += 2
                continue
        if joined:
            yield joined
            at += 2
        else:
            yield one
            at += 1


def _join(lower: str, one: Number, two: Number) -> Number | None:
    if one.value is None or two.value is None or "fraction" in (one.form, two.form):
        return None
    between = lower[one.end : two.start]
    if one.form == "digits" == two.form:
        if _RATIO_LINK.fullmatch(between) and not one.magnitude:
            return _pair(one, two, "ratio")
        unit = re.fullmatch(rf"{_SP}([a-zà-ỹđ]+(?:{_SP}[a-zà-ỹđ]+)?){_SP}?/{_SP}?", between)
        if unit and re.match(rf"{_SP}{re.escape(unit[1])}(?!\w)", lower[two.end : two.end + 24]):
            return _pair(one, two, "ratio")
        percent = re.fullmatch(rf"{_SP}?%(.+)", between)
        link = percent[1] if percent else between
        if _RANGE_LINK.fullmatch(link) and (not percent or re.match(rf"{_SP}?%", lower[two.end : two.end + 2])):
            low = one
            if two.magnitude and not one.magnitude and not percent:
                low = _scaled(one, two)
            if low.value is not None and low.value < two.value:
                return _pair(low, two, "range")
        return None
    if one.form == "words" == two.form and _WORD_RANGE_LINK.fullmatch(between):
        low = _scaled(one, two) if two.magnitude and not one.magnitude and one.value < 1000 else one
        small = one.value + 1 == two.value and one.value < 10 if "," in between else True
        if low.value is not None and low.value < two.value and small:
            return _pair(low, two, "range")
    return None


def _scaled(one: Number, two: Number) -> Number:
    """ "5 - 7 triệu": the magnitude behind the second number holds for the first as well."""
    assert one.value is not None and two.value is not None
    base = read_digits(two.token) if two.form == "digits" else None
    factor = two.value / base if base else Decimal(1)
    return Number(one.start, one.end, one.form, one.value * factor, atoms=one.atoms, token=one.token)


def _pair(one: Number, two: Number, form: Form) -> Number:
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
