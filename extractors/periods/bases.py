"""The time of a basis in brackets: "tăng 16,7% so với cùng kỳ (24 cuộc)", "bằng 12% dự toán năm (1.200 tỷ)"."""

from __future__ import annotations

from calendar import isleap
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from extractors.mention import Mention
from schemas.figures import Period


def assign_basis_periods(mentions: Sequence[Mention]) -> None:
    """The same period of the year before holds for "cùng kỳ", the whole year for a plan "năm"; in text order."""
    for before, mention in pairwise(mentions):
        words = mention.evidence.get("relation", "")
        if not words.startswith("the basis") or before.period is None:
            continue
        if "cùng kỳ" in words:
            period = Period(_year_before(before.period.start), _year_before(before.period.end))
        elif mention.status == "planned" and "năm" in words:
            year = before.period.end.year
            period = Period(date(year, 1, 1), date(year, 12, 31))
        else:
            continue
        mention.period = period
        mention.evidence["period"] = words


def _year_before(day: date) -> date:
    """The same day a year earlier; the last of February stays the last of February."""
    if day.month == 2 and day.day in (28, 29):
        year = day.year - 1
        is_last = day.day == (29 if isleap(day.year) else 28)
        return date(year, 2, (29 if isleap(year) else 28) if is_last else 28)
    return day.replace(year=day.year - 1)
