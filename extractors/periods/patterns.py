"""The forms in which Vietnamese writes time, one rule a form; each rule's examples are its tests.

A rule's pattern is matched at the place of its trigger (a digit, a number word or one of ``starts``) in
``Document.lower``; ``read`` gives the meaning, or None where the words around show that it is no time.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from extractors.periods import vocabulary as v
from extractors.periods.model import Kind, When

#: (lower text, match) -> meaning
Reader = Callable[[str, "re.Match[str]"], When | None]
VAGUE = When("vague")

_S = r"[^\S\n]{0,4}"  # white space within a line, maybe none; bounded, so that no pattern is quadratic
_G = r"[^\S\n]{1,4}"
_END = r"(?![0-9a-zà-ỹđ])"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?!\d)"
_MONTH = r"(?:1[0-2]|0?[1-9])(?!\d)"
_Y4 = r"(?:1[89]|20)\d\d"
_YEAR = rf"{_Y4}(?![\d%])(?![.,]\d{{1,3}}(?!\d))"
_WORD = v.alternation(list(v.SMALL))
_TENS = rf"(?:mười|(?:hai|ba|bốn|năm|sáu|bảy|bẩy|tám|chín){_G}mươi)(?:{_G}(?:một|mốt|hai|ba|bốn|tư|năm|lăm|nhăm|sáu|bảy|bẩy|tám|chín))?"
_N = rf"(?:\d{{1,3}}(?![\d.,]\d)|(?:{_TENS}|{_WORD}))"
# "10 tháng năm 2025" is ten months of a year, not the tenth of May
_MONTH_WORD = rf"(?:{_MONTH}|(?!năm{_G}\d){v.alternation(list(v.MONTH_NAMES))}{_END})"
_QUARTER = rf"(?:iv|i{{1,3}}|[1-4]|một|hai|ba|bốn|tư){_END}"
_DAY_LEAD = rf"(?:(?:{v.alternation(v.words('day_lead'))}){_S}){{1,3}}"
_OF_YEAR = rf"(?:{_S}[/-]{_S}|{_S}\.(?=\d{{4}})|{_S}[,(]?{_S}(?:của{_G})?năm{_S}|{_G}(?=\d{{4}}))(?P<y>{_YEAR})"
_REL_YEAR = rf"{_G}(?:của{_G})?năm{_G}(?P<rel>nay|này|trước|ngoái|sau|tới)"
_ANY_YEAR = rf"(?:{_OF_YEAR}|{_REL_YEAR})?"
_SHIFT = {"nay": 0, "này": 0, "trước": -1, "ngoái": -1, "sau": 1, "tới": 1}


@dataclass(frozen=True, slots=True)
class TimeRule:
    """One form. ``starts`` are its trigger words; "#" stands for a digit, "@" for a number word."""

    name: str
    kind: Kind
    starts: tuple[str, ...]
    pattern: re.Pattern[str]
    read: Reader
    #: sentence -> the words that are the time
    examples: dict[str, str]
    #: sentences in which nothing is
    rejects: tuple[str, ...] = ()


def _group(match: re.Match[str], name: str) -> str | None:
    return match.groupdict().get(name)


def _year(match: re.Match[str]) -> dict[str, int | None]:
    """``year`` and ``shift`` as the pattern's year part gives them."""
    year, relative = _group(match, "y"), _group(match, "rel")
    return {"year": int(year) if year else None, "shift": _SHIFT[relative] if relative else 0}


def left(text: str, at: int) -> str:
    """The words before a place, at most 24 characters."""
    return text[max(0, at - 24) : at]


def _day(text: str, match: re.Match[str]) -> When | None:
    day, month = int(match["d"]), v.number(match["m"])
    if not month or not 1 <= day <= 31 or not 1 <= month <= 12:
        return None
    return When("day", (month, day), (month, day), **_year(match))  # type: ignore[arg-type]


def _bare_day(text: str, match: re.Match[str]) -> When | None:
    """``30/4`` without "ngày": no date where a counted noun follows or a rank goes before."""
    before, day, month = left(text, match.start()), int(match["d"]), int(match["m"])
    if re.search(r"(?:thứ|hạng|xếp|số|đạt|trong|hạng|bậc|loại|tỷ lệ|tỉ lệ|điều|khoảng|gần|hơn)[^\S\n]*$", before):
        return None
    follows = re.match(r"[^\S\n]*[a-zà-ỹđ%]", text[match.end() : match.end() + 8])
    if follows and not v.AFTER_DATE.match(text, match.end()):
        return None
    if day <= month and not v.DATE_LEAD.search(before):
        return None
    return _day(text, match)


def _days(text: str, match: re.Match[str]) -> When | None:
    """Two or more days of one month: from the first named to the last."""
    first, last, month = int(match["d"]), int(match["e"]), v.number(match["m"])
    if not month or not 1 <= first < last <= 31:
        return None
    return When("day", (month, first), (month, last), **_year(match))  # type: ignore[arg-type]


def _clock(text: str, match: re.Match[str]) -> When | None:
    hour, minute = int(match["h"]), int(_group(match, "n") or 0)
    return VAGUE if hour <= 24 and minute < 60 else None


def _hours(text: str, match: re.Match[str]) -> When | None:
    """``14 giờ 30 phút``: a clock time where a part of the day or "lúc" says so, else a duration."""
    if not _clock(text, match):
        return None
    lead = re.search(r"(?:lúc|vào|hồi|khoảng|từ|đến|tới|trước|sau|và|,|-)[^\S\n]*$", left(text, match.start()))
    tail = re.match(
        rf"{_S}(?:,{_S})?(?:sáng|trưa|chiều|tối|đêm|ngày|cùng|kém|hôm|rưỡi|-|đến|thứ)",
        text[match.end() : match.end() + 12],
    )
    if tail or (lead and re.search(r"(?:lúc|vào|hồi)[^\S\n]*(?:khoảng[^\S\n]*)?$", left(text, match.start()))):
        return VAGUE
    return VAGUE if lead and _group(match, "n") and "khoảng" not in lead.group() else None


def _month(text: str, match: re.Match[str]) -> When | None:
    before = left(text, match.start())
    if re.search(r"(?:\d|mỗi|hằng|hàng|một|/|những|ngày|năm|các cháu)[^\S\n]*$", before) and not _group(match, "y"):
        return None
    month = v.number(match["m"])
    if not month or not 1 <= month <= 12:
        return None
    return When("month", (month, 0), (month, 0), **_year(match))  # type: ignore[arg-type]


def _number_month(text: str, match: re.Match[str]) -> When | None:
    """``12/2023`` without "tháng": no month after "số" (a document) or before a slash."""
    if re.search(r"(?:số|nghị định|thông tư|luật|quyết định|nghị quyết)[^\S\n]*$", left(text, match.start())):
        return None
    return _month(text, match)


def _quarter(text: str, match: re.Match[str]) -> When | None:
    quarter = v.number(match["q"])
    last = v.number(_group(match, "r") or "") if _group(match, "r") else quarter
    if not quarter or not last or not 1 <= quarter <= last <= 4:
        return None
    return When("quarter", (3 * quarter - 2, 0), (3 * last, 0), **_year(match))  # type: ignore[arg-type]


def _part_of_year(text: str, match: re.Match[str]) -> When | None:
    """``9 tháng đầu năm``, ``quý cuối năm``: counted from the start or the end of the year."""
    months = (v.number(match["n"]) or 0) * (3 if "quý" in match.group() else 1)
    if not 1 <= months <= 12:
        return None
    if _group(match, "side") == "cuối":
        return When("months", (13 - months, 0), (12, 0), **_year(match))  # type: ignore[arg-type]
    return When("months", (1, 0), (months, 0), **_year(match))  # type: ignore[arg-type]


def _plain_months(text: str, match: re.Match[str]) -> When | None:
    """``kết quả 9 tháng``: a year to date at the head of a clause or after a word of reporting; else a duration."""
    before = left(text, match.start())
    months = v.number(match["n"]) or 0
    if not 2 <= months <= 12 or v.DURATION_TAIL.match(text, match.end()) or v.DURATION_LEAD.search(before):
        return None
    if re.search(r"(?:những|ngày|các|vòng|chỉ|gần|hơn|khoảng)[^\S\n]*$", before):
        return None
    if (
        v.WHEN_LEAD.search(before)
        or re.search(r"(?:^|[\n.;:,(“\"–-])[^\S\n]*$", before)
        or re.match(rf"{_S}(?:,|\)|ước|đạt|tăng|giảm|thu|toàn|các|hầu|qua)", text[match.end() : match.end() + 10])
    ):
        return When("months", (1, 0), (months, 0))
    return None


def _span_of_time(text: str, match: re.Match[str]) -> When | None:
    """``trong 3 năm``, ``qua 6 năm triển khai``, ``sau 2 ngày``: a stretch of time without dates says when."""
    before = left(text, match.start())
    if v.DURATION_TAIL.match(text, match.end()) or re.search(r"(?:những|các|ngày)[^\S\n]*$", before):
        return None
    return VAGUE


_SPAN_LEAD = re.compile(
    rf"(?<![0-9a-zà-ỹđ])(?:trong|sau|qua|suốt|sơ{_G}kết|tổng{_G}kết|cách{_G}đây)(?:{_G}(?:hơn|gần|suốt|khoảng|vòng))*{_S}$"
)


def _led_span(text: str, match: re.Match[str]) -> When | None:
    return VAGUE if _SPAN_LEAD.search(left(text, match.start())) else None


def _years(text: str, match: re.Match[str]) -> When | None:
    first, last = int(match["a"]), int(match["y"])
    if not first < last <= first + 60:
        return None
    return When("years", year=last, first_year=first)


def _school_year(text: str, match: re.Match[str]) -> When | None:
    return VAGUE


def _whole_year(text: str, match: re.Match[str]) -> When | None:
    return When("year", year=int(match["y"]))


def _bare_year(text: str, match: re.Match[str]) -> When | None:
    """A four-digit number alone is a year unless a noun that it could count follows."""
    before = left(text, match.start())
    if re.search(r"(?:đạt|số|hơn|khoảng|gần|trên|là|được|bằng|xấp xỉ|tới hơn)[^\S\n]*$", before):
        return None
    follows = re.match(r"[^\S\n]*[a-zà-ỹđ%+]", text[match.end() : match.end() + 8])
    if follows and not v.AFTER_DATE.match(text, match.end()):
        return None
    if v.YEAR_LEAD.search(before) or re.match(r"[^\S\n]*(?:[).,;:\]”\"!?]|$|\n)", text[match.end() : match.end() + 6]):
        return When("year", year=int(match["y"]))
    return None


def _vague(text: str, match: re.Match[str]) -> When | None:
    return VAGUE


def _rule(
    name: str,
    kind: Kind,
    starts: str,
    pattern: str,
    read: Reader,
    examples: dict[str, str],
    rejects: tuple[str, ...] = (),
) -> TimeRule:
    return TimeRule(name, kind, tuple(starts.split("|")), re.compile(pattern), read, examples, rejects)


_DAY_STARTS = "|".join(v.words("day_lead"))
_DATE_SEP = rf"{_S}(?P<s>[/.-]){_S}"

RULES: tuple[TimeRule, ...] = (
    _rule(
        "iso_date",
        "date",
        "#",
        rf"(?P<y>{_Y4})-(?P<m>{_MONTH})-(?P<d>{_DAY})",
        _day,
        {"ra ngày 2023-09-16": "2023-09-16"},
    ),
    _rule(
        "full_date",
        "date",
        f"#|{_DAY_STARTS}",
        rf"(?:{_DAY_LEAD})?(?P<d>{_DAY}){_DATE_SEP}(?P<m>{_MONTH}){_S}(?P=s){_S}(?P<y>(?:1[89]|20)\d\d)(?!\d)",
        _day,
        {
            "Cập nhật: 16/09/2023": "16/09/2023",
            "Chiều04/7/2024, họp": "Chiều04/7/2024",
            "họp ngày 15-1-2019": "ngày 15-1-2019",
        },
        ("số 15/13/2023",),
    ),
    _rule(
        "days_of_month",
        "date",
        f"#|@|{_DAY_STARTS}|trong",
        rf"(?:{_N}{_G}ngày{_S}|{_DAY_LEAD})\(?(?P<d>{_DAY})(?:{_S},{_S}{_DAY}){{0,30}}{_S}(?:và|đến|-|–|,){_S}(?:{_G}?ngày{_S})?(?P<e>{_DAY})"
        rf"(?:{_S}[/-]{_S}|{_G}tháng{_G})(?P<m>{_MONTH})(?:{_OF_YEAR})?\)?",
        _days,
        {"trong hai ngày 20 và 21-7, hội đồng": "hai ngày 20 và 21-7", "từ ngày 5 đến 7/12 tại": "ngày 5 đến 7/12"},
    ),
    _rule(
        "day_month_words",
        "date",
        f"#|{_DAY_STARTS}",
        rf"(?:{_DAY_LEAD})?(?P<d>{_DAY}){_G}tháng{_G}(?P<m>{_MONTH_WORD})(?:{_OF_YEAR}|{_REL_YEAR})",
        _day,
        {"ngày 15 tháng 9 năm 2023": "ngày 15 tháng 9 năm 2023"},
    ),
    _rule(
        "led_day_month_words",
        "date",
        _DAY_STARTS,
        rf"{_DAY_LEAD}(?P<d>{_DAY}){_G}tháng{_G}(?P<m>{_MONTH_WORD})",
        _day,
        {"sáng ngày 15 tháng 9, quận": "sáng ngày 15 tháng 9", "mùng 10 tháng Ba âm lịch": "mùng 10 tháng Ba"},
    ),
    _rule(
        "led_day_month",
        "date",
        _DAY_STARTS,
        rf"{_DAY_LEAD}\(?(?P<d>{_DAY}){_S}[/.-]{_S}(?P<m>{_MONTH})(?![/-]?\d){_END}",
        _day,
        {"Chiều ngày 13/9, hội": "Chiều ngày 13/9", "chiều 8-1.": "chiều 8-1", "ngày 1/9 có hiệu lực": "ngày 1/9"},
    ),
    _rule(
        "led_day",
        "date",
        "ngày|mùng|mồng",
        rf"(?:ngày{_S}(?P<d>{_DAY})(?={_S}(?:[,.;)]|và|đến|-|–|tại|của|tháng|\n|$))|(?:mùng|mồng){_S}\d{{1,2}})(?![.,/]\d)",
        lambda text, match: (
            None if re.search(r"(?:mỗi|một|hàng|hằng|\d|quân|/)[^\S\n]*$", left(text, match.start())) else VAGUE
        ),
        {"từ ngày 13 đến nay": "ngày 13", "vào ngày 20, đoàn": "ngày 20", "mùng 3 Tết": "mùng 3"},
        ("mỗi ngày 20 lượt", "mỗi ngày 20, đêm 5"),
    ),
    _rule(
        "clock",
        "time",
        "#",
        rf"(?P<h>\d{{1,2}}):(?P<n>\d\d)(?::\d\d)?(?![\d:])(?:{_S}[ap]m{_END})?",
        _clock,
        {"09:30 ngày": "09:30", "lúc 07:12": "07:12"},
    ),
    _rule(
        "clock_h",
        "time",
        "#",
        rf"(?P<h>\d{{1,2}}){_S}[hg]{_S}(?P<n>[0-5]\d)?(?:['’p](?:h)?)?{_END}",
        _clock,
        {"lúc 7h30 sáng": "7h30", "từ 14h đến": "14h", "đến 17h00’.": "17h00’"},
        ("nặng 20g0",),
    ),
    _rule(
        "round_the_clock",
        "time",
        "#",
        rf"24{_S}/{_S}24(?:{_S}(?:h|giờ){_END})?|24{_S}/{_S}7{_END}",
        _vague,
        {"trực 24/24 giờ": "24/24 giờ", "hoạt động 24/7": "24/7"},
    ),
    _rule(
        "hours",
        "time",
        "#",
        rf"(?P<h>\d{{1,2}}){_S}giờ(?:{_S}(?P<n>\d{{1,2}}){_S}phút|{_S}(?P<o>[0-5]\d)(?!{_S}[a-zà-ỹđ]))?{_END}",
        _hours,
        {
            "vào 14 giờ 30 phút ngày 5": "14 giờ 30 phút",
            "lúc 8 giờ, lễ": "8 giờ",
            "khoảng 15 giờ 5 phút ngày": "15 giờ 5 phút",
        },
        ("kéo dài 2 giờ 30 phút", "bay trong 3 giờ"),
    ),
    _rule(
        "bare_day_month",
        "date",
        "#",
        rf"(?P<d>{_DAY}){_S}/{_S}(?P<m>{_MONTH})(?![/-]?\d)(?![/-]{_S}[a-zđ])(?!%)",
        _bare_day,
        {"đón lễ 30/4 và": "30/4", "Quốc khánh 2/9, xã": "2/9", "trước 15/6.": "15/6", "tính đến 30/9, toàn": "30/9"},
        ("12/12 phường", "3/5 vụ", "11/12 xã", "xếp thứ 4/11", "đạt 9/9.", "số 12/5 đường", "15/10-KH"),
    ),
    _rule(
        "anniversary",
        "anniversary",
        "#|@",
        rf"(?P<n>{_N}){_G}năm{_G}(?:,{_G})?(?:ngày|cách{_G}mạng|chiến{_G}thắng|giải{_G}phóng|thành{_G}lập|quốc{_G}khánh|truyền{_G}thống|tái{_G}lập|kỷ{_G}niệm|khởi{_G}nghĩa){_END}",
        _vague,
        {"93 năm Ngày thành lập Đảng": "93 năm Ngày", "dịp 79 năm Cách mạng": "79 năm Cách mạng"},
    ),
    _rule(
        "named_event",
        "anniversary",
        "cách",
        rf"cách{_G}mạng{_G}tháng{_G}(?:tám|mười|8|10){_END}",
        _vague,
        {"sau Cách mạng Tháng Tám": "Cách mạng Tháng Tám"},
    ),
    _rule(
        "celebrated",
        "anniversary",
        "kỷ|kỉ|mừng|lễ",
        rf"(?:(?:lễ{_S})?k[ỷỉ]{_G}niệm|mừng){_G}(?:lần{_G}thứ{_G})?(?P<n>{_N})(?:{_G}năm{_END}|(?={_G}ngày{_G}(?:thành|truyền|sinh|giải|mất)))",
        _vague,
        {"lễ kỷ niệm 20 năm": "lễ kỷ niệm 20 năm", "kỷ niệm lần thứ 70 năm": "kỷ niệm lần thứ 70 năm"},
    ),
    _rule(
        "part_of_year",
        "period",
        "#|@",
        rf"(?P<n>{_N}){_S}(?:tháng|quý){_G}(?P<side>đầu|cuối)(?:{_G}(?:của{_G})?năm(?!{_G}học))?{_ANY_YEAR}",
        _part_of_year,
        {
            "9 tháng đầu năm 2023 đạt": "9 tháng đầu năm 2023",
            "trong 3 tháng cuối năm, quận": "3 tháng cuối năm",
            "Sáu tháng cuối năm": "Sáu tháng cuối năm",
            "hai quý đầu năm 2024": "hai quý đầu năm 2024",
        },
    ),
    _rule(
        "months_of_year",
        "period",
        "#|@",
        rf"(?P<n>{_N}){_S}tháng(?:{_OF_YEAR}|{_REL_YEAR})",
        _part_of_year,
        {
            "10 tháng năm 2025, tỉnh": "10 tháng năm 2025",
            "6 tháng/2024": "6 tháng/2024",
            "6 tháng năm nay": "6 tháng năm nay",
        },
    ),
    _rule(
        "months_past",
        "period",
        "#|@",
        rf"(?P<n>{_N}){_S}tháng{_G}(?:vừa{_G})?qua{_END}",
        lambda text, match: (
            None
            if re.search(r"(?:những|các|ngày)[^\S\n]*$", left(text, match.start()))
            else When("months", (1, 0), (min(v.number(match["n"]) or 1, 12), 0))
        ),
        {"Năm tháng qua, hội": "Năm tháng qua", "6 tháng vừa qua": "6 tháng vừa qua"},
        ("những năm tháng qua",),
    ),
    _rule(
        "relative_span",
        "period",
        "#|@",
        rf"(?P<n>{_N}){_S}(?:năm|tháng|tuần|ngày|quý|giờ|thập{_G}kỷ|thế{_G}kỷ|thập{_G}niên|nhiệm{_G}kỳ){_G}(?P<tail>qua|gần{_G}đây|gần{_G}nhất|vừa{_G}qua|trở{_G}lại{_G}đây|tới|trước|sau|nay|còn{_G}lại|tiếp{_G}theo|cuối|đầu|tết|nghỉ{_G}lễ|nghỉ{_G}tết)(?:{_G}(?:năm|tháng|tuần|nhiệm{_G}kỳ){_END})?{_END}",
        _span_of_time,
        {
            "5 năm qua, quận": "5 năm qua",
            "trong 10 năm trở lại đây": "10 năm trở lại đây",
            "3 năm gần đây": "3 năm gần đây",
            "24 giờ qua": "24 giờ qua",
            "2 năm đầu nhiệm kỳ": "2 năm đầu nhiệm kỳ",
        },
    ),
    _rule(
        "span_of_years",
        "period",
        "#|@",
        rf"(?P<n>{_N}){_G}năm{_G}\(?(?:từ{_G}(?:năm{_G})?)?(?P<a>{_YEAR}){_S}(?:-|–|đến|và){_S}(?P<y>{_YEAR})\)?",
        _years,
        {"Ba năm 2021 - 2023, nhân dân": "Ba năm 2021 - 2023", "sơ kết 3 năm (2016-2018) thực": "3 năm (2016-2018)"},
    ),
    _rule(
        "years_of_doing",
        "period",
        "#|@",
        rf"(?P<n>{_N}){_G}năm{_G}(?P<tail>thực{_G}hiện|triển{_G}khai|xây{_G}dựng|thi{_G}hành|đổi{_G}mới|hình{_G}thành|hoạt{_G}động|phát{_G}triển|hội{_G}nhập|tổ{_G}chức|vận{_G}hành|sáp{_G}nhập|sắp{_G}xếp|đồng{_G}hành|thu{_G}hút){_END}",
        _span_of_time,
        {"10 năm thực hiện Nghị quyết": "10 năm thực hiện"},
    ),
    _rule(
        "led_span",
        "period",
        "#|@",
        rf"(?P<n>{_N}){_S}(?:năm|tuần|ngày|nhiệm{_G}kỳ|thập{_G}kỷ){_END}(?!{_G}(?:làm{_G}việc|kể{_G}từ|tuổi))",
        _led_span,
        {
            "trong 3 năm, xã": "3 năm",
            "qua 6 năm tập trung": "6 năm",
            "sau gần 2 năm": "2 năm",
            "sơ kết 3 năm.": "3 năm",
        },
        (
            "trong 5 ngày làm việc",
            "sau 3 ngày kể từ ngày nhận",
            "rút ngắn 03 ngày",
            "thời hạn 2 năm",
            "quá 5 ngày",
            "từ 15 ngày xuống còn 9 ngày",
        ),
    ),
    _rule(
        "months_alone",
        "period",
        "#|@",
        rf"(?P<n>{_N}){_S}tháng{_END}",
        _plain_months,
        {
            "kết quả 9 tháng hầu hết": "9 tháng",
            "trong 09 tháng": "09 tháng",
            "6 tháng, xã thu": "6 tháng",
            "lũy kế 5 tháng được": "5 tháng",
        },
        ("hỗ trợ 3 tháng", "phạt 9 tháng tù", "trẻ từ 6 tháng tuổi", "kéo dài 3 tháng.", "những năm tháng ấy"),
    ),
    _rule(
        "quarter",
        "period",
        "quý|q",
        rf"(?:các{_G})?(?:quý|q\.?){_S}(?P<q>{_QUARTER})(?:{_S}(?:,|và|-|–|đến){_S}(?:quý{_G})?(?P<r>{_QUARTER}))?{_ANY_YEAR}",
        _quarter,
        {
            "quý I/2025": "quý I/2025",
            "quý 4/2023 tăng": "quý 4/2023",
            "Quý II năm nay": "Quý II năm nay",
            "quý I và quý II năm 2024": "quý I và quý II năm 2024",
            "trong quý 1, công an": "quý 1",
        },
        ("quý vị",),
    ),
    _rule(
        "month",
        "period",
        "tháng|t",
        rf"(?:tháng{_S}|t\.?(?=\d))(?P<m>{_MONTH_WORD}){_END}{_ANY_YEAR}(?![/-][a-zđ\d])",
        _month,
        {
            "tháng 12/2023": "tháng 12/2023",
            "T9/2023": "T9/2023",
            "tháng Giêng": "tháng Giêng",
            "tháng Sáu của tỉnh": "tháng Sáu",
            "trong tháng 5 đã": "tháng 5",
        },
        ("mỗi tháng 3 triệu", "ngày tháng năm sinh"),
    ),
    _rule(
        "month_year",
        "period",
        "#",
        rf"(?P<m>{_MONTH}){_S}[/-]{_S}(?P<y>(?:19|20)\d\d)(?![\d/]|-[a-zđ])",
        _number_month,
        {"từ 3/2023 đến": "3/2023"},
        ("số 13/2023", "Nghị định 13/2023/NĐ-CP"),
    ),
    _rule(
        "school_year",
        "period",
        "năm|niên|mùa|vụ",
        rf"(?:năm{_G}học|niên{_G}(?:độ|khóa|vụ|học)|mùa{_G}giải|vụ{_G}[a-zà-ỹđ]+(?:{_G}[–-]?{_S}[a-zà-ỹđ]+)?(?:{_G}năm)?){_G}(?P<a>{_Y4})(?!\d)(?:{_S}[-–/ ]{_S}(?P<y>{_Y4})(?!\d))?",
        _school_year,
        {
            "năm học 2023-2024, trường": "năm học 2023-2024",
            "vụ đông năm 2025": "vụ đông năm 2025",
            "vụ đông xuân 2023-2024": "vụ đông xuân 2023-2024",
        },
    ),
    _rule(
        "years",
        "period",
        "#|giai|nhiệm|khóa|thời|năm|kỳ",
        rf"(?:(?:giai{_G}đoạn|nhiệm{_G}kỳ|thời{_G}kỳ|khóa|các{_G}năm|năm){_S}\(?)?(?:từ{_G}(?:năm{_G})?)?(?P<a>{_YEAR}){_S}(?:-|–|—|đến|tới){_S}(?:năm{_G})?(?P<y>{_YEAR})",
        _years,
        {
            "giai đoạn 2021-2025": "giai đoạn 2021-2025",
            "nhiệm kỳ 2020 – 2025": "nhiệm kỳ 2020 – 2025",
            "(2011-2015)": "2011-2015",
        },
    ),
    _rule(
        "decade",
        "period",
        "thế|thập|những",
        rf"(?:thế{_G}kỷ{_G}(?:thứ{_G})?(?:[ivx]+|\d{{1,2}})|(?:thập{_G}(?:niên|kỷ)|những{_G}năm)(?:{_G}năm)?{_G}\d\d(?:\d\d)?){_END}",
        _vague,
        {"thế kỷ XX": "thế kỷ XX", "thập niên 90": "thập niên 90", "những năm 90": "những năm 90"},
    ),
    _rule(
        "year",
        "period",
        "năm",
        rf"năm{_S}(?P<y>{_YEAR})",
        _whole_year,
        {"năm 2023": "năm 2023", "Năm 2024, huyện": "Năm 2024"},
    ),
    _rule(
        "year_alone",
        "period",
        "#",
        rf"(?P<y>(?:19|20)\d\d)(?![\d/.,-]\d){_END}",
        _bare_year,
        {"mục tiêu đến 2025 và": "2025", "GRDP 2023.": "2023", "(2020)": "2020", "so với 2022, tăng": "2022"},
        ("2000 người", "đạt 2000, tăng", "hơn 2025 hộ"),
    ),
    _rule(
        "weekday",
        "date",
        "thứ",
        rf"thứ{_G}(?:hai|ba|tư|năm|sáu|bảy|bẩy|[2-7])(?={_S}(?:,|-|–|ngày|hàng|hằng|tuần|\d))",
        _vague,
        {"Thứ bảy - 16/09": "Thứ bảy", "thứ Sáu, ngày": "thứ Sáu"},
        ("lần thứ hai của",),
    ),
)
