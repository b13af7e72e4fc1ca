"""From a time and its role to the days that it stands for, with the words that say so."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractors.periods.roles import Governor
from extractors.periods.years import Years
from schemas.figures import Period


@dataclass(frozen=True, slots=True)
class Reading:
    """A period (or the knowledge that there is none), the words that gave it, and where they and their year stand.

    ``where``: sentence, paragraph, heading, title or table. ``year``: sentence, paragraph, heading, title, published or
    (named further on) text.
    """

    period: Period | None
    words: str = ""
    where: str = "sentence"
    year: str = "sentence"

    def evidence(self) -> str:
        """``words (where; year: where the year came from)``."""
        return f"{self.words} ({self.where}; year: {self.year})"


#: counted from when the text was written, whatever year was named last
_DEICTIC = re.compile(r"năm\s+(?:nay|ngoái)$")
#: the text does not say
NOTHING = Reading(None)


def read(g: Governor, others: list[Governor], years: Years, text: str, before: Reading | None = None) -> Reading:
    """What a time stands for. ``others`` are the times near it, ``before`` what governed until here."""
    words = text[g.start : g.end]
    if g.role == "unknown":
        return Reading(None, words)
    if g.role == "previous":
        base = next(
            (o for o in reversed(others) if o is not g and o.end <= g.start and o.role in ("covers", "point")), None
        )
        return _year_before(g, read(base, others, years, text) if base else before, words)
    when, source = g.time.when, "sentence"
    if when.year is None:
        found = years.today() if _DEICTIC.search(words.lower()) else years.at(g.start, when.grain)
        if found is None:
            return Reading(None, words)
        when, source = when.in_year(found.year), found.source
    period = when.period()
    if period and g.role == "year_to":
        period = Period(period.end.replace(month=1, day=1), period.end)
    if period and g.role == "point":
        period = _named_too(g, period, others) or Period(period.end, period.end)
    return Reading(period, words, "sentence", source)


def _named_too(g: Governor, period: Period, others: list[Governor]) -> Period | None:
    """``trong năm 2015, số nợ đến hết năm 2015``: the time covered is named too.

    ``dự toán năm 2017 là ..., đến hết tháng 11 thu được``: of the year named, what had passed.
    """
    for other in others:
        if other is not g and other.role == "covers" and other.end <= g.start:
            named = other.time.when.period()
            if named and named.end == period.end:
                return named
            if named and other.time.when.grain == "year" and named.start <= period.end < named.end:
                return Period(named.start, period.end)
    return None


def _year_before(g: Governor, base: Reading | None, words: str) -> Reading:
    """``cùng kỳ đạt 46%``: the time that governs, a year earlier or in the year named."""
    if not base or not base.period:
        return Reading(None, words)
    year = g.time.when.year or base.period.end.year + g.time.when.shift
    shift = year - base.period.end.year
    try:
        start = base.period.start.replace(year=base.period.start.year + shift)
        return replace(base, period=Period(start, base.period.end.replace(year=year)), words=words)
    except ValueError:  # the 29th of February, or a year that does not exist
        return Reading(None, words)
