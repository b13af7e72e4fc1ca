"""Single numbers: digit tokens with the magnitudes behind them, number words, fractions in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from extractors.numerals.digits import SPACE, read_digits
from extractors.numerals.model import Number
from extractors.numerals.words import HALF, MAGNITUDES, UNITS, WORD_RUN, read_words

_SP = r"[ \u00a0]"
#: "12 500 000": groups of three behind white space, unless the digits before or behind belong to something else
_SPACED = (
    rf"(?:(?<![\w/.,:-])(?<![0-9]{SPACE})|(?<=[ \u00a0][0-9]{{3}}-))[1-9][0-9]{{0,2}}(?:{SPACE}[0-9]{{3}}(?![0-9]))++"
    rf"(?:,[0-9]+)?(?!{SPACE}?[0-9]|[.,/:-][0-9])"
)
TOKEN = rf"(?:{_SPACED}|[0-9]+(?:[.,][0-9]+)*+)"
_DIGITS = re.compile(TOKEN)
#: words before "15 200" that make 15 a name or a time, so that 200 is another number
_NAMING = re.compile(
    rf"(?:quý|quí|tháng|ngày|năm|phường|quận|số|lớp|điều|khoản|đợt|khóa|tổ|thứ|nghị quyết|quyết định|thông tư|chỉ thị|"
    rf"nghị định|đề án|kế hoạch|khối|khu|vùng|nhóm|loại|bậc|cấp|tuần|hạng|kỳ|lần|đội|bài|mục|phần|chương|top){_SP}+$"
)
#: at least one, in this order: "trăm triệu", "nghìn tỷ"; "tr" only where money shows that it is triệu
_END = r"(?![^\W\d_])"
_MONEY_END = rf"(?:{_END}|(?=đồng|vnđ|usd))"
_MAGNITUDE = (
    rf"(?:{_SP}{{0,2}}(?:trăm|chục){_END})?"
    rf"(?:{_SP}{{0,2}}(?:(?:nghìn|ngàn|vạn|triệu){_MONEY_END}"
    rf"|tr(?={_SP}?\.?đ(?:ồng)?(?!\w)|/(?:người|ha|hộ|tháng|năm|sào|con|m2)(?!\w))))?"
    rf"(?:{_SP}{{0,2}}(?:tỷ|tỉ){_MONEY_END}(?!{_SP}+(?:lệ|trọng|giá|suất|số)(?!\w)))?"
)
_MAGNITUDES = re.compile(_MAGNITUDE)
#: "1tr2", "2tỷ5": one digit glued to the magnitude counts its tenths
_GLUED = re.compile(r"(tr|triệu|tỷ|tỉ)([1-9])(?!\w|[.,][0-9])")
#: magnitudes may be glued to each other and to the next digits: "2tỷ 340triệu", "1tỷ200triệu"
_MORE = re.compile(rf"{_SP}{{0,2}}({TOKEN})")
_SMALL_GROUPS = re.compile(r"[0-9]{1,3}(?:\.[0-9]{3})+")
_HALF_AFTER = re.compile(rf"{_SP}{{1,2}}(?:{'|'.join(HALF)})(?!\w)")
#: "3 tháng rưỡi": the half stands behind the unit
_HALF_AFTER_UNIT = re.compile(
    rf"{_SP}{{1,2}}(?:tháng|năm|ngày|giờ|tiếng|tuần|thế kỷ|lần|sào|mẫu|ha|héc ta|hecta|tấn|tạ|yến|cân|kg|km|cây số|mét"
    rf"|lít|chỉ|lượng|tuổi){_SP}+(?:{'|'.join(HALF)})(?!\w)"
)
#: the 2 of "m2" is part of the unit
_POWER = re.compile(r"(?:^|[\W0-9])[kcdmh]?m$")
_DENOMINATORS = {**UNITS, "tư": 4, "mười": 10, "nghìn": 1000}
_ABOVE = "một|hai|ba|bốn|năm|sáu|bảy|tám|chín|[0-9]{1,3}"
_BELOW = r"hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười|nghìn|[0-9]{1,3}(?![0-9%]|[.,][0-9])"
_FRACTION = re.compile(
    r"(?<!\w)(?:một nửa(?!\w)(?! (?:ngày|tháng|năm|đầu|cuối|giờ|nhiệm kỳ)(?!\w))"
    rf"|({_ABOVE}) phần ({_BELOW})(?!\w)(?! (?:[0-9]{{4}}|mươi|trăm)(?!\w)))"
)
_WORD = re.compile(r"\w+")
_NEXT_WORD = re.compile(rf"{_SP}{{1,2}}(\w+)")
_DIGIT_BEFORE = re.compile(rf"[0-9%/]{_SP}{{0,2}}$")
_DIGIT_BEHIND = re.compile(rf"{_SP}{{1,2}}[0-9]")


def digit_numbers(lower: str) -> Iterator[Number]:
    """Numbers written in digits, with magnitudes and rưỡi: "1 tỷ 200 triệu", "2 triệu rưỡi", "12 500 000"."""
    at = 0
    while match := _DIGITS.search(lower, at):
        start, end = match.span()
        token = match.group()
        if not token.isascii() or " " in token:
            first = re.match(r"[0-9]+", token)
            if first and len(token) <= 7 and _NAMING.search(lower, max(0, start - 16), start):
                token, end = first.group(), start + len(first.group())
        if token in ("2", "3") and _is_power(lower, start, end):
            at = end
            continue
        value = read_digits(token)
        number = Number(start, end, "digits", value, atoms=((start, end),), token=token)
        if value is not None:
            _add_magnitudes(lower, number, value)
        yield number
        at = number.end


def _is_power(lower: str, start: int, end: int) -> bool:
    """Whether the digit at ``start`` belongs to "m2", "km2", "m3"."""
    return (
        lower[start - 1 : start] == "m"
        and _POWER.search(lower[max(0, start - 3) : start]) is not None
        and not lower[end : end + 1].isalnum()
    )


def _add_magnitudes(lower: str, number: Number, value: Decimal) -> None:
    """Read what stands behind the digits into ``number``."""
    end, factor = number.end, 1
    if glued := _GLUED.match(lower, end):
        size = MAGNITUDES.get(glued[1], 10**6)
        number.value, number.end, number.magnitude = value * size + size * int(glued[2]) // 10, glued.end(), True
        return
    magnitude = _MAGNITUDES.match(lower, end)
    if magnitude and magnitude.group():
        factor, end, number.magnitude = _factor(magnitude.group()), magnitude.end(), True
        value *= factor
        while (more := _MORE.match(lower, end)) and (part := read_digits(more[1])) is not None:
            behind = _MAGNITUDES.match(lower, more.end())
            size = _factor(behind.group()) if behind and behind.group() else 1
            if part * size >= factor or (size == 1 and not _SMALL_GROUPS.fullmatch(more[1])):
                break
            if size == 1 and part * 1000 < factor:
                break
            number.atoms = (*number.atoms, more.span(1))
            value, end = value + part * size, behind.end() if size > 1 and behind else more.end()
            factor = size
            if size == 1:
                break
        if factor > 1 and (half := _HALF_AFTER.match(lower, end)):
            value, end = value + Decimal(factor) / 2, half.end()
    if factor == 1 and value % 1 == 0 and value < 1000 and _HALF_AFTER_UNIT.match(lower, end):
        value += Decimal("0.5")
    number.value, number.end = value, end


def _factor(words: str) -> int:
    factor = 1
    for word in re.findall(r"trăm|chục|nghìn|ngàn|vạn|triệu|tỷ|tỉ|tr", words):
        factor *= {"trăm": 100, "chục": 10, "tr": 10**6}.get(word) or MAGNITUDES[word]
    return factor


def fractions(lower: str) -> Iterator[Number]:
    """ "một nửa", "một phần ba", "3 phần 4"."""
    for match in _FRACTION.finditer(lower):
        above, below = Decimal(1), Decimal(2)
        if match[1]:
            above = Decimal(UNITS.get(match[1]) or match[1])
            below = Decimal(_DENOMINATORS.get(match[2]) or match[2])
        if above < below:
            span = match.span()
            yield Number(*span, "fraction", above, denominator=below, atoms=(span,), token=match.group())


def word_numbers(lower: str) -> Iterator[Number]:
    """Numbers in words. "năm" beside another number is the word for year, "mười mấy" has no value."""
    for run in WORD_RUN.finditer(lower):
        places = [m.span() for m in _WORD.finditer(lower, *run.span())]
        words = [lower[start:end] for start, end in places]
        behind = _NEXT_WORD.match(lower, run.end())
        follower = behind[1] if behind else ""
        at = 0
        while at < len(words):
            read = read_words(words, at, follower)
            if read is None:
                at += 1
                continue
            used, value = read
            first, at = at, at + used
            span = (places[first][0], places[at - 1][1])
            if words[first] == "năm" and used == 1:
                beside = first > 0 or (at < len(words) and words[at] != "sáu")  # "năm sáu hộ": five or six
                if beside or _is_year(lower, *span):
                    continue
            if at == len(words) and follower == "mấy":
                continue
            big = any(word in MAGNITUDES for word in words[first:at])
            if used <= 2 and _HALF_AFTER_UNIT.match(lower, span[1]) and value < 100:
                value += Decimal("0.5")
            yield Number(*span, "words", value, magnitude=big, atoms=(span,), token=lower[span[0] : span[1]])


def _is_year(lower: str, start: int, end: int) -> bool:
    """Whether a lone năm stands beside digits or a stroke, so that it means year: "10 năm", "đồng/năm", "năm 2023"."""
    before = _DIGIT_BEFORE.search(lower, max(0, start - 3), start)
    return before is not None or _DIGIT_BEHIND.match(lower, end) is not None
