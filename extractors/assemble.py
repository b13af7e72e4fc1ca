"""From numbers to mentions: what is no figure is set aside, the rest gets kind, value and unit."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from extractors.counted import counted_before
from extractors.mention import Mention
from extractors.neighbours import ranked, with_shared_magnitude
from extractors.numerals import Number
from extractors.numerals.digits import read_digits
from extractors.periods import TimeExpression
from extractors.setaside import Claim, ranks
from extractors.tables import Tables, unit_of
from extractors.text.document import Document
from extractors.units import UnitReading, read_unit, stop_words
from schemas.figures import Kind

#: "số hồ sơ còn lại là", "chỉ số đạt", "Số lượng người theo dõi:"
_STATED = re.compile(
    r"(?:chỉ số|số|tổng số|điểm|lượng)[^.;,\d]{0,16}(?:là|đạt|bằng|được|còn)[ \u00a0]+$|(?<!\w)(?:đạt|là)[ \u00a0]+$"
    r"|(?:số|lượng|tổng|quả)(?!\w)[^.;\d]{0,60}:[ \u00a0]*$"
)
_INDEX = re.compile(r"(?<!\w)(?:chỉ số|index|pci|papi|par index|điểm số|hdi)(?!\w)")
#: "từ 214 xuống còn 156 thôn": both ends share the unit behind the second
_REACHES = re.compile(
    r"[ \u00a0]+(?:xuống còn|xuống|lên đến|lên tới|lên|còn|và|đến|tới|(?:trong|trên)(?: tổng)? số|trong)[ \u00a0]+"
    r"(?:khoảng |hơn |gần |dưới |trên )?[0-9][0-9.,]*"
    r"(?:[ \u00a0]+(?:nghìn|ngàn|triệu|tỷ|tỉ)(?!\w))*"
)
#: "xếp 26/63 về chỉ số hài lòng", "tăng 14 bậc, lên 68/190 quốc gia": a place in an order
_PLACED = re.compile(r"(?<!\w)(?:(?<!sắp[ \u00a0])xếp|bậc,? (?:lên|xuống)(?: vị trí)?)[ \u00a0]+$")
#: what a place in an order is among, or by what; "xếp 12/15 hộ vào diện nghèo" ranks nobody
_AMONG = re.compile(
    r"[ \u00a0]*(?:[,.;)\n]|$)|[ \u00a0]+(?:về|theo|trong|trên|toàn|cả|chỉ số|tỉnh|thành|quốc gia|nước|nền|vùng|huyện"
    r"|quận|xã|phường|sở|địa phương|đơn vị|đội|trường|đoàn)(?!\w)"
)
#: a smaller number behind "là" is as often a place ("xếp Việt Nam là 1 trong 7") as a count
_NO_RANK = 20
_YEAR = re.compile(r"(?:19|20)[0-9]{2}")
_WORD_BEFORE = re.compile(r"(?<!\w)([^\W\d_]+)[ \u00a0]$")
_BEFORE_A_COUNT = frozenset("và là còn có đạt được gồm cả với đó số thêm tại ở của".split())
#: "âm 2,5%", but not the end of "Kỳ Lâm 35 ha"
_MINUS = re.compile(r"(?<!\w)âm $")
_BILLIONS = re.compile(r"t[ỷỉ](?!\w)[^\W\d_ ]*$")


def time_claims(times: Sequence[TimeExpression]) -> list[Claim]:
    """The numerals that expressions of time hold, as claims."""
    return sorted(
        (Claim(start, end, time.kind) for time in times for start, end in time.numerals), key=lambda claim: claim.start
    )


def whole_claims(claims: list[Claim], numbers: Sequence[Number]) -> list[Claim]:
    """The claims that cut no digit token in two: of "12/1.250 hộ" nothing is a date."""
    starts = [claim.start for claim in claims]
    cut = {
        claim.start
        for number in numbers
        for start, end in number.atoms
        if (claim := overlapping(claims, start, end, starts)) is not None
        and not (claim.start <= start and end <= claim.end)
        and not (start <= claim.start and claim.end <= end and number.form == "words")
    }
    return [claim for claim in claims if claim.start not in cut]


def overlapping(claims: list[Claim], start: int, end: int, starts: list[int]) -> Claim | None:
    """The claim that shares a character with ``start``..``end``, if there is one; ``starts`` are the claims' starts."""
    index = bisect_right(starts, end - 1) - 1
    while index >= 0 and claims[index].start > start - 80:
        if claims[index].end > start:
            return claims[index]
        index -= 1
    return None


def serial_numbers(tables: Tables, numbers: Sequence[Number]) -> list[Claim]:
    """Claims on the numbers that only count the rows of a table."""
    return [
        Claim(number.start, number.end, "list_number")
        for number in numbers
        if (cell := tables.cell(number)) is not None and cell.is_serial
    ]


def make_mentions(document: Document, numbers: Sequence[Number], tables: Tables) -> list[Mention]:
    """A mention for every number that nothing set aside, in text order; numbers without sense yield none."""
    mentions: list[Mention] = []
    for number in ranked(document.lower, with_shared_magnitude(document, numbers)):
        if mentions and number.start < mentions[-1].unit_end:
            continue  # the 01 of "tiêu chí/01 xã"
        mention = _mention(document, number, mentions, tables)
        if mention is not None:
            mentions.append(mention)
    return mentions


def _mention(document: Document, number: Number, earlier: Sequence[Mention], tables: Tables) -> Mention | None:
    if number.value is None:
        return None
    lower = document.lower
    at = number.end
    if number.form in ("fraction", "ratio") and (
        skip := re.match(r"[ \u00a0]+(?:tổng[ \u00a0]+)?số(?=[ \u00a0])", lower[at : at + 10])
    ):
        at += skip.end()
    unit = read_unit(lower, at, magnitude=number.magnitude)
    guessed = unit is not None and unit.source == "guess"
    if unit and guessed and (document.text[unit.start].isupper() or _opens_breakdown(lower, number, earlier)):
        unit = None  # "2 Hà Nội" counts nothing; in "02 cuộc (01 định kỳ, 01 đột xuất)" the unit is left out
    if unit and guessed and _BILLIONS.search(lower[number.start : number.end]) and _names_nothing(unit):
        unit = None  # "lên 211 tỷ chỉ sau một năm": billions of no thing are money
    if unit and guessed and number.magnitude and unit.text.split()[0] == "tiền":
        unit = None  # "500 triệu tiền thưởng"
    start, value = number.start, number.value
    negative = bool(_MINUS.search(lower[max(0, start - 4) : start])) or (
        lower[start - 1 : start] in ("-", "−")
        and lower[start - 2 : start - 1] in (" ", "(")
        and unit is not None
        and unit.kind == "percent"
    )
    if negative:
        start, value = (start - 3 if lower[start - 1] == " " else start - 1), -value
    kind = _kind(document, number, unit)
    if kind is None:
        return None
    averaged = (unit is not None and "/" in unit.text) or "bình quân" in lower[max(0, start - 40) : start]
    if kind == "count" and unit is not None and number.form == "digits" and not number.magnitude and not averaged:
        value = read_digits(number.token, whole=True) or value
    mention = Mention(
        start=start,
        end=number.end,
        kind=kind,
        value=value,
        rule=f"{number.form}+{unit.source if unit else 'none'}",
        denominator=number.denominator,
        value_max=number.value_max,
        lead=start,
        tail=number.end,
    )
    if kind == "rank" and unit is not None and (unit.kind != "count" or _names_what_is_ranked(lower, number, unit)):
        unit = None
    if kind == "rank" and number.form != "ratio":
        unit = None
    if unit is not None:
        mention.unit, mention.unit_start, mention.unit_end, mention.tail = unit.text, unit.start, unit.end, unit.end
        mention.evidence["unit"] = f"{unit.source}: {unit.text}"
    else:
        mention.unit_start = mention.unit_end = number.end
        cell = tables.cell(number) if kind == "count" else None
        if cell is not None:
            mention.unit, mention.kind, size = unit_of(cell)
            mention.value *= size
            mention.rule = "table"
            mention.evidence["unit"] = f"table: {cell.head}"
            return mention
        _elided(document, mention, number, earlier)
        if mention.unit is None and kind == "count" and not _stands_alone(document, mention, number):
            return None
    return mention


def _names_nothing(unit: UnitReading) -> bool:
    """Whether a guessed unit begins with a function word; "1,5 tỷ que diêm" names a thing."""
    return unit.text.split()[0] in stop_words()


def _names_what_is_ranked(lower: str, number: Number, unit: UnitReading) -> bool:
    """ "xếp 26/63 chỉ số cải cách hành chính": by what, not among what; "xếp thứ 2/8 chỉ số thành phần" is among."""
    return unit.text == "chỉ số" and not ranks(lower[max(0, number.start - 32) : number.start])


def _opens_breakdown(lower: str, number: Number, earlier: Sequence[Mention]) -> bool:
    """Whether a number stands in brackets right behind a count that is larger."""
    opened = lower.rfind("(", max(0, number.start - 80), number.start)
    if opened < 0 or ")" in lower[opened : number.start]:
        return False
    whole = next((m for m in reversed(earlier) if m.end <= opened), None)
    if whole is None or whole.kind != "count" or number.value is None or opened - whole.end > 60:
        return False
    return number.value <= whole.value


def _numbers_a_heading(document: Document, mention: Mention) -> bool:
    """ "... cùng phát triển 3 Hải Lĩnh mở hội": a small number between a word and a capital opens a heading."""
    opens = document.text[mention.end + 1 : mention.end + 2].isupper()
    if mention.value > _NO_RANK or mention.kind != "count" or not opens:
        return False
    before = _WORD_BEFORE.search(document.lower, max(0, mention.start - 20), mention.start)
    return before is not None and before[1] not in _BEFORE_A_COUNT


def _stands_alone(document: Document, mention: Mention, number: Number) -> bool:
    """A number without a unit is a figure when it is a decimal (an index) or what a verb of measure states."""
    if number.form != "digits":
        return number.form != "words"
    if mention.value % 1 or number.magnitude:
        return True
    left = document.lower[max(0, mention.start - 70) : mention.start]
    return bool(_STATED.search(left))


def _kind(document: Document, number: Number, unit: UnitReading | None) -> Kind | None:
    if ranks(document.lower[max(0, number.start - 32) : number.start]) and number.form in ("digits", "words", "ratio"):
        return "rank"
    placed = number.form == "ratio" and _PLACED.search(document.lower[max(0, number.start - 24) : number.start])
    if placed and _AMONG.match(document.lower, number.end):
        return "rank"
    if number.form in ("ratio", "fraction"):
        return "ratio" if number.denominator else None
    if unit is None:
        return "money" if number.magnitude and number.value is not None and number.value >= 10**6 else "count"
    return unit.kind


def _elided(document: Document, mention: Mention, number: Number, earlier: Sequence[Mention]) -> None:
    """A unit left out is the one of the figure that governs: "13 cuộc (02 cấp quận, 11 cấp phường)"."""
    if mention.kind == "money":
        mention.unit = "đồng"
        mention.evidence["unit"] = "magnitude: " + document.text[mention.start : mention.end]
        return
    if mention.kind in ("ratio", "rank"):
        return
    if mention.value % 1 and (
        index := _INDEX.search(
            document.lower, max(document.sentence_at(mention.start)[0], mention.start - 90), mention.start
        )
    ):
        mention.unit, mention.kind = "điểm" if mention.value > 1 else None, "measure"
        mention.evidence["unit"] = f"of an index: {index.group()}"
        return
    if match := _REACHES.match(document.lower, mention.end):
        unit = read_unit(document.lower, match.end())
        if unit is not None:
            mention.unit, mention.kind = unit.text, unit.kind
            mention.evidence["unit"] = f"of the value it went to: {unit.text}"
            return
    sentence = document.sentence_at(mention.start)
    whole = mention.value % 1 == 0 and mention.kind == "count" and mention.value >= _NO_RANK
    named = counted_before(document, max(sentence[0], mention.start - 120), mention.start) if whole else None
    if named is not None:
        mention.unit = named[0]
        mention.evidence["unit"] = f"counted: {named[1]}"
        mention.rule += "+named"
        return
    if _numbers_a_heading(document, mention) or _YEAR.fullmatch(number.token):
        return
    for other in reversed(earlier):
        if other.start < sentence[0] or mention.start - other.end > 200:
            break
        if (
            other.unit
            and other.kind in ("count", "money", "measure")
            and (other.kind == "count") == (mention.value % 1 == 0 or other.kind != "count")
        ):
            mention.unit = other.unit
            mention.kind = other.kind
            mention.evidence["unit"] = f"elided, as in: {document.text[other.start : other.tail]}"
            mention.rule += "+elided"
            return
