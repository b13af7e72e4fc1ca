"""How surprising is it that a source has published nothing for so long?

Each weekday has the probability with which the source published on it in the half year before its last bulletin. A
day without news then weighs ``-log(1 - p)``: much on a day that nearly always brings something, next to nothing on a
Sunday that never did; Tết, national holidays and days on which the portal was down weigh nothing. The weights of
the quiet days since the last news, added up, are the surprise: 9.2 is one chance in ten thousand if days were
independent. They are not (news comes in bursts), so the surprise must also exceed what the source's own longest
pause in that half year weighed, twice over.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from flows.watch.calendar import rests

#: the half year that makes the habit, in days (for a source that publishes rarely the time that its last eight days
#: with news took, two years at most); fewer days with news, or a shorter span, make none
_SPAN, _LONGEST, _FEWEST_DAYS, _SHORTEST = 182, 730, 8, 28
#: surprise from which a pause is no coincidence, ln 10 000
SURPRISE = math.log(10_000)
#: how much longer than the longest pause before
_BEYOND = 2.0
_MOST_CERTAIN = 0.95
#: no pause shorter than this is silence, however regular the source
_SHORTEST_SILENCE = 5


@dataclass(frozen=True, slots=True)
class Habit:
    """By weekday (Monday first) the probability of news; ``pause`` is what its longest pause weighed."""

    chances: tuple[float, ...]
    pause: float
    pause_days: int

    @property
    def a_week(self) -> float:
        """Days with news in a week."""
        return sum(self.chances)

    @property
    def limit(self) -> float:
        """The surprise from which silence is none of its usual pauses."""
        return max(SURPRISE, self.pause * _BEYOND)


def habit(published: Iterable[date]) -> Habit | None:
    """The habit of a source from the days of its bulletins; None where there are too few to tell.

    >>> mondays = [date(2023, 1, 2) + timedelta(7 * week) for week in range(20)]
    >>> [round(chance, 2) for chance in habit(mondays).chances]
    [0.95, 0.03, 0.03, 0.03, 0.03, 0.03, 0.03]
    """
    days = sorted(set(published))
    if not days:
        return None
    enough = min(days[-1] - timedelta(_SPAN), days[-_FEWEST_DAYS:][0] - timedelta(1))
    days = [day for day in days if day > max(enough, days[-1] - timedelta(_LONGEST))]
    if len(days) < _FEWEST_DAYS or (days[-1] - days[0]).days < _SHORTEST:
        return None
    there = [day for day in _span(days[0], days[-1] + timedelta(1)) if not rests(day) or day in days]
    with_news, all_days = Counter(day.weekday() for day in days), Counter(day.weekday() for day in there)
    chances = tuple(min(_MOST_CERTAIN, (with_news[w] + 0.5) / (all_days[w] + 1)) for w in range(7))
    pauses = [(_weigh(chances, _between(a, b)), (b - a).days - 1) for a, b in pairwise(days)]
    return Habit(chances, max(weight for weight, _ in pauses), max(length for _, length in pauses))


def surprise(usual: Habit, last: date, today: date, excused: Collection[date] = ()) -> float:
    """What the days between the last news and today weigh; ``excused`` are days that prove nothing.

    A pause of fewer than five working days weighs nothing.
    """
    quiet = [day for day in _between(last, today) if not rests(day) and day not in excused]
    if sum(day.weekday() < 5 for day in quiet) < _SHORTEST_SILENCE:
        return 0.0
    return _weigh(usual.chances, quiet)


def expected(usual: Habit, since: date, today: date) -> float:
    """Days with news to be expected from ``since`` (included) to ``today`` (not included)."""
    return sum(usual.chances[day.weekday()] for day in _span(since, today) if not rests(day))


def _weigh(chances: Sequence[float], days: Iterable[date]) -> float:
    return sum(-math.log1p(-chances[day.weekday()]) for day in days if not rests(day))


def _between(first: date, last: date) -> list[date]:
    return _span(first + timedelta(1), last)


def _span(first: date, end: date) -> list[date]:
    return [first + timedelta(days) for days in range((end - first).days)]
