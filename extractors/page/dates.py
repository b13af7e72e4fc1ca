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
_DAY = re.compile(
    r"(?<!\d)(?P<d>\d{1,2})(?:\s?/\s?|-|\.)(?P<m>\d{1,2})(?:\s?/\s?|-|\.)(?P<y>\d{4})(?!\d)"
    r"|(?<!\d)(?P<d2>\d{1,2})\s*(?:,\s*)?tháng\s*(?P<m2>\d{1,2})\s*,?\s*(?:năm\s*)?(?P<y2>\d{4})(?!\d)",
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
    year, month, day = (int(match[name] or match[f"{name}2"]) for name in ("y", "m", "d"))
    if year not in _YEARS:
        return None
    try:
        found = datetime(year, month, day)
    except ValueError:
        return None
    clock = _TIME.search(text, match.end()) or _TIME.search(text[: match.start()])
    moment = _at(found, clock) if clock else None
    return moment.isoformat() if moment else found.date().isoformat()


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
