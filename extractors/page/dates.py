"""The dates that portals print beside a title."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone

#: the portals' clock; the country has kept it since 1975, so no time zone database is needed
HANOI = timezone(timedelta(hours=7))

_ISO = re.compile(
    r"(?<!\d)(?P<y>\d{4})-(?P<m>\d{2})-(?P<d>\d{2})"
    r"(?:[T ](?P<h>\d{2}):(?P<min>\d{2})(?::(?P<s>\d{2})(?:\.\d+)?)?\s*(?P<zone>Z|[+-]\d{2}:?\d{2})?)?(?![\d-])"
)
#: months in words, as WordPress and Joomla print them; longer names first
_MONTHS = {
    "mười một": 11, "mười hai": 12, "một": 1, "giêng": 1, "hai": 2, "ba": 3, "tư": 4, "bốn": 4, "năm": 5, "sáu": 6,
    "bảy": 7, "bẩy": 7, "tám": 8, "chín": 9, "mười": 10, "chạp": 12,
    "january": 1, "february": 2, "march": 3, "april": 4, "may": 5, "june": 6, "july": 7, "august": 8, "september": 9,
    "october": 10, "november": 11, "december": 12, "jan": 1, "feb": 2, "mar": 3, "apr": 4, "jun": 6, "jul": 7, "aug": 8,
    "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
_VI_MONTH = r"tháng\s+(?:" + "|".join(name for name in _MONTHS if not name.isascii() or name in ("hai", "ba")) + r")"
_EN_MONTH = "(?:" + "|".join(name for name in _MONTHS if name.isascii() and name not in ("hai", "ba")) + r")\.?"
_NAMED = rf"(?:{_VI_MONTH}|{_EN_MONTH})(?!\w)"
_DAY = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})(?:\s?/\s?|\s?-\s?|\.)(?P<m>\d{1,2})(?:\s?/\s?|\s?-\s?|\.)(?P<y>\d{4})(?!\d)"
    r"|(?<!\d)(?P<d2>\d{1,2})[\s,/]*(?:tháng\s*|th\.?)(?P<m2>\d{1,2})\s*[,/]?\s*(?:năm\s*)?(?P<y2>\d{4})(?!\d)"
    r"|(?<![\d/])(?P<y3>\d{4})/(?P<m3>\d{1,2})/(?P<d3>\d{1,2})(?![\d/])"
    rf"|(?<!\d)(?P<d4>\d{{1,2}})(?:st|nd|rd|th)?[\s,]*(?P<n4>{_NAMED})[\s,]*(?:năm\s*)?(?P<y4>\d{{4}})(?!\d)"
    rf"|(?<!\w)(?P<n5>{_NAMED})\s*(?P<d5>\d{{1,2}})(?:st|nd|rd|th)?\s*,\s*(?P<y5>\d{{4}})(?!\d)",
    re.I,
)
_TIME = re.compile(
    r"(?<![\d:/.])(?P<h>\d{1,2})\s*(?::|h|g|giờ)\s*(?P<min>\d{2})(?!\d)(?:\s*(?::|phút)\s*(?P<s>\d{2})(?!\d))?"
    r"(?:\s*(?P<half>AM|PM|SA|CH)\b)?",
    re.I,
)
_YEARS = range(1990, 2100)


def read_date(text: str) -> str | None:
    """The first date in ``text``, with its time where one stands beside it; None where there is none, or no such day.

    >>> read_date("Thứ bảy - 16/09/2023 07:12"), read_date("(06/11/2019)")
    ('2023-09-16T07:12:00', '2019-11-06')
    """
    return _iso(text) or _printed(text)


def to_hanoi(moment: datetime) -> str:
    """A moment as the portals would print it (ISO 8601 without a zone); one without a zone is local already.

    >>> from datetime import UTC
    >>> to_hanoi(datetime(2023, 9, 16, 23, 30, tzinfo=UTC))
    '2023-09-17T06:30:00'
    """
    local = moment.astimezone(HANOI) if moment.tzinfo else moment
    return local.replace(tzinfo=None, microsecond=0).isoformat()


def _iso(text: str) -> str | None:
    match = _ISO.search(text)
    if match is None:
        return None
    part = match.groupdict()
    try:
        moment = datetime(
            int(part["y"]),
            int(part["m"]),
            int(part["d"]),
            int(part["h"] or 0),
            int(part["min"] or 0),
            int(part["s"] or 0),
        )
    except ValueError:
        return None
    if moment.year not in _YEARS:
        return None
    if part["h"] is None:
        return moment.date().isoformat()
    if part["zone"]:
        moment = moment.replace(tzinfo=datetime.fromisoformat(f"2000-01-01T00:00{part['zone']}").tzinfo)
    return to_hanoi(moment)


def _printed(text: str) -> str | None:
    match = _DAY.search(text)
    if match is None:
        return None
    year, month, day = (_part(match, name) for name in ("y", "m", "d"))
    if year not in _YEARS:
        return None
    try:
        found = datetime(year, month, day)
    except ValueError:
        return None
    clock = _TIME.search(text, match.end()) or _TIME.search(text[: match.start()])
    moment = _at(found, clock) if clock else None
    return moment.isoformat() if moment else found.date().isoformat()


def _part(match: re.Match[str], name: str) -> int:
    """A day's year, month or day, whichever of the spellings it was found in."""
    found = next((value for key, value in match.groupdict().items() if value and key[0] == name), None)
    if found is not None:
        return int(found)
    named = (match["n4"] or match["n5"]).casefold().removeprefix("tháng").strip(" .")
    return _MONTHS[" ".join(named.split())]


def _at(day: datetime, clock: re.Match[str]) -> datetime | None:
    """The day with its hour: ``15:22 PM`` is 15:22, ``3:22 PM`` and ``3:22 CH`` are, too."""
    hour, half = int(clock["h"]), (clock["half"] or "").upper()
    if half in ("PM", "CH") and hour < 12:
        hour += 12
    elif half in ("AM", "SA") and hour == 12:
        hour = 0
    try:
        return day.replace(hour=hour, minute=int(clock["min"]), second=int(clock["s"] or 0))
    except ValueError:
        return None
