"""An observation: what one report says of one indicator, area and period; and the names of periods."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Literal

#: as in SDMX: A a normal value, E an estimate, F a plan or target, I a plan that arithmetic implies
ObsStatus = Literal["A", "E", "F", "I"]
Era = Literal["before", "after", "across"]
BreakReason = Literal["area", "definition"]


#: the day from which districts are gone and wards are others
REFORM = date(2025, 7, 1)


@dataclass(frozen=True, slots=True)
class Break:
    """A day from which an indicator in an area is something else than before; ``vi`` says what changed."""

    at: date
    reason: BreakReason
    vi: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """One mention of a fact in one text. ``start``, ``end`` and ``quote`` are where its number stands.

    ``figure`` is the mention id of the figure, None for a number that only a table's head explains. ``scope`` is "" for
    the whole area; ``detail`` is "" for the whole indicator, else a slug of the part that ``breakdown`` says in words.
    ``corrected`` says that a person changed what the figure says; ``broken`` is the last break that lies before the end
    of the period.
    """

    indicator: str
    score: float
    reason: str
    ref_area: str
    scope: str
    detail: str
    breakdown: str
    period_start: date
    period_end: date
    value: Decimal
    unit: str
    status: ObsStatus
    start: int
    end: int
    quote: str
    figure: str | None = None
    corrected: bool = False
    broken: Break | None = None

    @property
    def segment(self) -> str:
        """Which part of a broken series this is of: "" for the first, else its first day or the break in its period."""
        if self.broken is None:
            return ""
        day = self.broken.at.isoformat()
        return day if self.broken.at <= self.period_start else f"across {day}"

    @property
    def plan(self) -> bool:
        """Whether this is a plan or target and no result."""
        return self.status in ("F", "I")

    @property
    def claim(self) -> str:
        """Results, plans and implied plans are kept apart: none supersedes another."""
        return self.status if self.plan else "A"

    @property
    def fact(self) -> tuple[str, str, str, str, str, str, date, date]:
        """What two mentions share that speak of the same thing."""
        return (
            self.indicator,
            self.ref_area,
            self.scope,
            self.detail,
            self.unit,
            self.claim,
            self.period_start,
            self.period_end,
        )


def era_of(start: date, end: date) -> Era:
    """Whether a period lies before the reform of 2025-07-01, after it, or across it."""
    if end < REFORM:
        return "before"
    return "after" if start >= REFORM else "across"


def time_period(start: date, end: date) -> tuple[str, str]:
    """Frequency and name of a period, as SDMX writes them; "_O" is a span of another length.

    >>> time_period(date(2023, 1, 1), date(2023, 3, 31)), time_period(date(2023, 1, 1), date(2023, 9, 30))
    (('Q', '2023-Q1'), ('_O', '2023-01-01/P9M'))
    >>> time_period(date(2023, 2, 1), date(2023, 2, 28)), time_period(date(2023, 9, 30), date(2023, 9, 30))
    (('M', '2023-02'), ('D', '2023-09-30'))
    """
    if start == end:
        return "D", start.isoformat()
    following = end + timedelta(days=1)
    if start.day != 1 or following.day != 1:
        return "_O", f"{start.isoformat()}/P{(end - start).days + 1}D"
    months = (following.year - start.year) * 12 + following.month - start.month
    if months == 1:
        return "M", f"{start.year}-{start.month:02}"
    if months == 3 and start.month % 3 == 1:
        return "Q", f"{start.year}-Q{start.month // 3 + 1}"
    if months == 6 and start.month % 6 == 1:
        return "S", f"{start.year}-S{start.month // 6 + 1}"
    if months == 12 and start.month == 1:
        return "A", str(start.year)
    return "_O", f"{start.isoformat()}/P{months}M"
