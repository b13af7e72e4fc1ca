"""What an expression of time is, and what it means before and after its year is known."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass, replace
from datetime import MINYEAR, date
from typing import Literal

from schemas.figures import Period

Kind = Literal["date", "time", "period", "anniversary"]
#: What the words name. ``vague`` says when, but no calendar can resolve it ("5 năm qua", "vụ đông", "năm học").
#: ``same_period`` is the time of the context, in the year named or the one before ("cùng kỳ").
Grain = Literal["day", "days", "month", "months", "quarter", "year", "years", "same_period", "vague"]


@dataclass(frozen=True, slots=True)
class When:
    """A calendar meaning whose years may be missing.

    ``first`` and ``last`` are (month, day) pairs; day 0 is the first day of its month in ``first`` and the last one in
    ``last``. ``year`` belongs to ``last``; ``first_year`` is set only where the words themselves name another one.
    ``shift`` is added to the year of the context where ``year`` is missing ("năm trước" is -1).
    """

    grain: Grain
    first: tuple[int, int] = (1, 0)
    last: tuple[int, int] = (12, 0)
    year: int | None = None
    first_year: int | None = None
    shift: int = 0

    def in_year(self, year: int | None) -> When:
        """The same meaning with ``year`` (of the context) put where its own is missing."""
        if self.year is not None or year is None:
            return self
        return replace(self, year=year + self.shift, shift=0)

    def period(self) -> Period | None:
        """Days covered; None while the year is missing or where the words are vague."""
        if self.grain in ("vague", "same_period") or self.year is None or self.year <= MINYEAR:
            return None
        first_year = self.first_year
        if first_year is None:
            first_year = self.year - 1 if self.first[0] > self.last[0] else self.year
        start, end = _day(first_year, *self.first, first=True), _day(self.year, *self.last, first=False)
        return Period(start, end) if start and end and start <= end else None


def _day(year: int, month: int, day: int, *, first: bool) -> date | None:
    days = monthrange(year, month)[1]
    if day > days:
        return None
    return date(year, month, day or (1 if first else days))


@dataclass(frozen=True, slots=True)
class TimeExpression:
    """Words that say when. ``numerals`` are the spans of the digit tokens and number words inside that it claims."""

    start: int
    end: int
    kind: Kind
    numerals: tuple[tuple[int, int], ...]
    when: When
    rule: str
