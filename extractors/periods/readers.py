"""What the forms of ``rules.toml`` mean: each function reads a match, or refuses it for the words around."""

from __future__ import annotations

import re
from collections.abc import Callable

from extractors.periods import vocabulary as v
from extractors.periods.model import Grain, When

#: (lower text, match) -> meaning, None for "this is no time"
Reader = Callable[[str, "re.Match[str]"], When | None]
VAGUE = When("vague")

_SHIFT = {"nay": 0, "này": 0, "trước": -1, "ngoái": -1, "sau": 1, "tới": 1}
_CLAUSE_HEAD = re.compile(r"(?:^|[\n.;:,(“\"–-])[^\S\n]*$")
_NOT_A_MONTH = re.compile(r"(?:\d|mỗi|hằng|hàng|một|/|những|ngày|năm|các cháu)[^\S\n]*$")
_AT_HOUR = re.compile(r"(?:lúc|vào|hồi)[^\S\n]*(?:khoảng[^\S\n]*)?$")
_WHILE = re.compile(r"(?:trong|sau|hơn|gần|suốt|khoảng|là|đạt|tổng)[^\S\n]*$")
_PART_OF_DAY = re.compile(r"[^\S\n]*(?:,[^\S\n]*)?(?:sáng|trưa|chiều|tối|đêm|ngày|cùng|kém|hôm|rưỡi|-|đến|thứ)")
_REPORT_VERB = re.compile(r"[^\S\n]*(?:,|\)|ước|đạt|tăng|giảm|thu|toàn|các|hầu|qua|của)")
_VAGUE_COUNT = re.compile(r"(?:những|ngày|các|vòng|chỉ|gần|hơn|khoảng)[^\S\n]*$")
_NOUN_FOLLOWS = re.compile(r"[^\S\n]*[a-zà-ỹđ%+]")
_HOLIDAY = re.compile(
    r"(?:lễ|dịp|khánh|lao động|phụ nữ|nhi|tháng tám|nhà giáo|liệt sĩ|thống nhất|(?:nay|qua|mai)[^\S\n]*,"
    r"|-\d{1,2}[^\S\n]*(?:và|,))[^\S\n]*$"
)
#: "Báo cáo Lao động 2020": a year as part of a name
_NAMED_WORK = re.compile(r"(?:báo cáo|sách trắng|điều tra|khảo sát|chỉ số|bảng xếp hạng)[^\S\n][^,;.:()\n\d]{1,45}$")
#: ", từ 1/5 học sinh được": a share has something to rise before it, a date may open its clause
_SINCE = re.compile(r"(?:^|[\n.;:,(])[^\S\n]*(?:kể[^\S\n]+)?từ[^\S\n]+$")
_CLOSED = re.compile(r"[^\S\n]*(?:[).,;:\]”\"!?(]|$|\n)")


def left(text: str, at: int) -> str:
    """The words before a place, at most 24 characters."""
    return text[max(0, at - 24) : at]


def _group(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _when(match: re.Match[str], grain: Grain, first: tuple[int, int] = (1, 0), last: tuple[int, int] = (12, 0)) -> When:
    """A meaning with the year that the match names outright ("2023") or by relation ("năm nay")."""
    year, relative = _group(match, "y"), _group(match, "rel")
    return When(grain, first, last, int(year) if year else None, shift=_SHIFT[relative] if relative else 0)


def _month_number(word: str | None) -> int | None:
    month = v.number(word) if word else None
    return month if month and 1 <= month <= 12 else None


def _vague(text: str, match: re.Match[str]) -> When | None:
    return VAGUE


def _festival(text: str, match: re.Match[str]) -> When | None:
    """``Tết Nguyên đán Giáp Thìn 2024``: days that nobody states, of a year that is named."""
    return _when(match, "vague")


def _day(text: str, match: re.Match[str]) -> When | None:
    day, month = int(match["d"]), _month_number(match["m"])
    return _when(match, "day", (month, day), (month, day)) if month else None


def _days(text: str, match: re.Match[str]) -> When | None:
    """Two or more days of one month: from the first named to the last."""
    first, last, month = int(match["d"]), int(match["e"]), _month_number(match["m"] or _group(match, "mw"))
    return _when(match, "days", (month, first), (month, last)) if month and first < last else None


def _bare_days(text: str, match: re.Match[str]) -> When | None:
    """``01-15/5/2024``: no dates where a counted noun follows."""
    noun = _NOUN_FOLLOWS.match(text, match.end()) and not v.AFTER_DATE.match(text, match.end())
    return None if noun and not match["y"] else _days(text, match)


def _bare_day(text: str, match: re.Match[str]) -> When | None:
    """``30/4`` without "ngày": no date where a counted noun follows, for then it is a ratio."""
    if _SINCE.search(left(text, match.start())):
        return _day(text, match)
    if _NOUN_FOLLOWS.match(text, match.end()) and not v.AFTER_DATE.match(text, match.end()):
        return None
    if int(match["d"]) <= int(match["m"]) and not v.DATE_LEAD.search(left(text, match.start())):
        return None
    return _day(text, match)


def _hyphen_day(text: str, match: re.Match[str]) -> When | None:
    """``30-4``: ranges rise and have a noun, dates need not; a rising one is a date beside a holiday or "tối nay,"."""
    if _NOUN_FOLLOWS.match(text, match.end()) and not v.AFTER_DATE.match(text, match.end()):
        return None
    if int(match["d"]) <= int(match["m"]) and not _HOLIDAY.search(left(text, match.start())):
        return None
    return _day(text, match)


def _days_from_to(text: str, match: re.Match[str]) -> When | None:
    """``từ 1-5 đến 2-9``: two days of one year, the earlier first."""
    if _NOUN_FOLLOWS.match(text, match.end()) and not v.AFTER_DATE.match(text, match.end()):
        return None
    first, last = (int(match["m"]), int(match["d"])), (int(match["r"]), int(match["e"]))
    return _when(match, "days", first, last) if first < last else None


def _clock(text: str, match: re.Match[str]) -> When | None:
    return VAGUE if int(match["h"]) <= 24 else None


def _hours(text: str, match: re.Match[str]) -> When | None:
    """``14 giờ 30 phút``: a clock time where "lúc", a date or a part of the day says so, else a duration."""
    before = left(text, match.start())
    if int(match["h"]) > 24:
        return None
    if _AT_HOUR.search(before) or _PART_OF_DAY.match(text, match.end()):
        return VAGUE
    minutes = match["n"] or match["o"]
    return VAGUE if minutes and not v.DURATION_LEAD.search(before) and not _WHILE.search(before) else None


def _month(text: str, match: re.Match[str]) -> When | None:
    month = _month_number(match["m"])
    if not month or (not _group(match, "y") and _NOT_A_MONTH.search(left(text, match.start()))):
        return None
    return _when(match, "month", (month, 0), (month, 0))


def _months_from_to(text: str, match: re.Match[str]) -> When | None:
    first, last = _month_number(match["m"]), _month_number(match["r"])
    if not first or not last:
        return None
    when = _when(match, "months", (first, 0), (last, 0))
    return When(when.grain, when.first, when.last, when.year, int(match["fy"][1:]) if match["fy"] else None, when.shift)


def _quarter(text: str, match: re.Match[str]) -> When | None:
    quarter = v.number(match["q"]) or 0
    last = v.number(_group(match, "r") or match["q"]) or 0
    return _when(match, "quarter", (3 * quarter - 2, 0), (3 * last, 0)) if 1 <= quarter <= last <= 4 else None


def _part_of_year(text: str, match: re.Match[str]) -> When | None:
    """``9 tháng đầu năm``, ``2 quý cuối năm``: counted from the start or from the end of the year."""
    months = (v.number(match["n"]) or 0) * (1 if "tháng" in match.group() else 3)
    if not 1 <= months <= 12:
        return None
    if _group(match, "side") == "cuối":
        return _when(match, "months", (13 - months, 0), (12, 0))
    return _when(match, "months", (1, 0), (months, 0))


def _half_year(text: str, match: re.Match[str]) -> When | None:
    return (
        _when(match, "months", (7, 0), (12, 0)) if match["side"] == "cuối" else _when(match, "months", (1, 0), (6, 0))
    )


def _end_quarter(text: str, match: re.Match[str]) -> When | None:
    return (
        _when(match, "quarter", (10, 0), (12, 0))
        if match["side"] == "cuối"
        else _when(match, "quarter", (1, 0), (3, 0))
    )


def _months_past(text: str, match: re.Match[str]) -> When | None:
    """``6 tháng qua``: reports mean the year to date; longer than a year it is vague."""
    months = v.number(match["n"]) or 0
    return _when(match, "months", (1, 0), (months, 0)) if 2 <= months <= 11 else VAGUE


def _plain_months(text: str, match: re.Match[str]) -> When | None:
    """``kết quả 9 tháng``: a year to date at the head of a clause or beside a word of reporting; else a duration."""
    before, months = left(text, match.start()), v.number(match["n"]) or 0
    if not 2 <= months <= 12 or v.DURATION_TAIL.match(text, match.end()) or v.DURATION_LEAD.search(before):
        return None
    if _VAGUE_COUNT.search(before):
        return None
    if v.WHEN_LEAD.search(before) or _CLAUSE_HEAD.search(before) or _REPORT_VERB.match(text, match.end()):
        return _when(match, "months", (1, 0), (months, 0))
    return None


def _years(text: str, match: re.Match[str]) -> When | None:
    first, last = int(match["a"]), int(match["y"])
    return When("years", year=last, first_year=first) if first < last <= first + 60 else None


def _whole_year(text: str, match: re.Match[str]) -> When | None:
    return _when(match, "year")


def _bare_year(text: str, match: re.Match[str]) -> When | None:
    """A four-digit number alone is a year unless a noun that it could count follows."""
    if v.YEAR_VERB.match(text, match.end()):
        return _when(match, "year")
    if _NOUN_FOLLOWS.match(text, match.end()) and not v.AFTER_DATE.match(text, match.end()):
        return None
    if _NAMED_WORK.search(text[max(0, match.start() - 60) : match.start()]):
        return _when(match, "year")
    if v.YEAR_LEAD.search(left(text, match.start())) or _CLOSED.match(text, match.end()):
        return _when(match, "year")
    return None


def _same_period(text: str, match: re.Match[str]) -> When | None:
    year = _group(match, "y")
    return When("same_period", year=int(year) if year else None, shift=0 if year else -1)


def _year_end(text: str, match: re.Match[str]) -> When | None:
    return When("day", (12, 31), (12, 31))


READERS: dict[str, Reader] = {
    "vague": _vague,
    "festival": _festival,
    "day": _day,
    "days": _days,
    "bare_day": _bare_day,
    "bare_days": _bare_days,
    "hyphen_day": _hyphen_day,
    "days_from_to": _days_from_to,
    "clock": _clock,
    "hours": _hours,
    "month": _month,
    "months_from_to": _months_from_to,
    "quarter": _quarter,
    "part_of_year": _part_of_year,
    "half_year": _half_year,
    "end_quarter": _end_quarter,
    "months_past": _months_past,
    "plain_months": _plain_months,
    "years": _years,
    "whole_year": _whole_year,
    "bare_year": _bare_year,
    "same_period": _same_period,
    "year_end": _year_end,
}
