"""From when a count of events runs that a text gives up to a day ("Đến 30/6, ..."): it is not of that day alone."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from datetime import date, timedelta

#: words between "đến" and the day
_LEAD = re.compile(r"(?:đến|tới)(?:[^\S\n]+(?:nay|hết|cuối|ngày|thời[^\S\n]+điểm|hôm))*[^\S\n]*\(?$")
_END = "(?:(?<=hết )|(?<=cuối ))"
#: characters before a count within which its day is named
_REACH = 1_000
_QUARTERS = {3: "I|1", 6: "II|2", 9: "III|3", 12: "IV|4"}
#: what a day is counted up to from another beginning than the year's
_LONGER = re.compile(r"nhiệm kỳ|giai đoạn|từ khi|kể từ|từ năm")


def counted_until(text: str, start: int, sentence_start: int, day: date, spans: Iterable[tuple[date, date]]) -> date:
    """The first day of a count at ``start`` whose known time is ``day``; ``day`` where it is of that day alone.

    It runs from the first of January, or from the first day of the reporting year that one of the text's ``spans``
    shows ("từ 15/12/2023 đến 14/6/2024").

    >>> text = "Đến ngày 30/6, quận xảy ra 36 vụ."
    >>> counted_until(text, text.index("36"), 0, date(2024, 6, 30), [])
    datetime.date(2024, 1, 1)
    >>> text = "Sáng 15/02, 96 thanh niên nhập ngũ."
    >>> counted_until(text, text.index("96"), 0, date(2024, 2, 15), [])
    datetime.date(2024, 2, 15)
    """
    named = [found.start() for found in _naming(day).finditer(text, max(start - _REACH, 0), start)]
    if not named or not _LEAD.search(text[max(named[-1] - 40, 0) : named[-1]].lower()):
        return day
    if _LONGER.search(text[min(sentence_start, named[-1]) : start].lower()):
        return day
    first = date(day.year, 1, 1)
    years = Counter(span[0] for span in spans if span[1] == day and first - timedelta(days=31) <= span[0] <= first)
    return max(years, key=lambda begun: (years[begun], begun), default=first)


def _naming(day: date) -> re.Pattern[str]:
    """The ways to write a day: by its number, or as the end of its month, quarter or year."""
    ways = [rf"(?<!\d)0?{day.day}[^\S\n]*(?:[/.-]|tháng)[^\S\n]*0?{day.month}(?!\d)"]
    if (day + timedelta(days=1)).day == 1:
        ways.append(rf"{_END}tháng 0?{day.month}(?!\d)")
        if day.month in _QUARTERS:
            ways.append(rf"{_END}qu[ýí] (?:{_QUARTERS[day.month]})(?!\w)")
        if day.month == 12:
            ways.append(rf"{_END}năm(?! học)(?!\w)")
    return re.compile("|".join(ways), re.IGNORECASE)
