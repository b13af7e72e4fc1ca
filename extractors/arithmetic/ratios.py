"""Percentages against the numbers that they are made from."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Literal

from extractors.arithmetic.written import Span

Agreement = Literal["rounded", "truncated", "differs"]
Direction = Literal["up", "down"]


def agreement(low: Fraction, high: Fraction, stated: Decimal, decimals: int) -> Agreement:
    """Is ``stated``, written with ``decimals``, what some number from ``low`` to ``high`` rounds to, or is cut to?

    A half rounds up; where only cutting off the further decimals gives what is stated, it is ``truncated``.
    """
    said, step = Fraction(stated), Fraction(1, 10**decimals)
    if high >= said - step / 2 and low < said + step / 2:
        return "rounded"
    if high >= said and low < said + step:
        return "truncated"
    return "differs"


def compare_percent(
    numerator: Span | Decimal, denominator: Span | Decimal, stated: Decimal, decimals: int
) -> Agreement:
    """Is ``numerator`` of ``denominator`` the percentage stated?

    >>> d = Decimal
    >>> compare_percent(d(11), d(12), d("91.7"), 1), compare_percent(d(11), d(12), d("91.66"), 2)
    ('rounded', 'truncated')
    >>> compare_percent(d(12), d(13), d("92.4"), 1)
    'differs'
    """
    top, bottom = _span(numerator), _span(denominator)
    if bottom.low <= 0:
        return "differs"
    return agreement(top.low / bottom.high * 100, top.high / bottom.low * 100, stated, decimals)


def compare_change(
    now: Span | Decimal, before: Span | Decimal, stated: Decimal, decimals: int, direction: Direction
) -> Agreement:
    """Did ``before`` become ``now`` by the percentage stated, in the direction stated?

    >>> d = Decimal
    >>> compare_change(d(300), d(236), d("27.1"), 1, "up"), compare_change(d(108), d(120), d(10), 0, "up")
    ('rounded', 'differs')
    """
    new, old = _span(now), _span(before)
    if old.low <= 0:
        return "differs"
    low, high = new.low / old.high * 100 - 100, new.high / old.low * 100 - 100
    if direction == "down":
        low, high = -high, -low
    return agreement(low, high, stated, decimals)


def compare_amount_of_change(
    now: Span | Decimal, change: Span | Decimal, stated: Decimal, decimals: int, direction: Direction
) -> Agreement:
    """``now`` after rising or falling by ``change``: is that the percentage stated, of what was before?

    >>> d = Decimal
    >>> compare_amount_of_change(d(5), d(3), d("37.5"), 1, "down")
    'rounded'
    """
    new, by = _span(now), _span(change)
    if direction == "down":
        low, high = by.low / (new.high + by.low), by.high / (new.low + by.high)
        return agreement(low * 100, high * 100, stated, decimals)
    if new.low <= by.high:
        return "differs"
    return agreement(by.low / (new.high - by.low) * 100, by.high / (new.low - by.high) * 100, stated, decimals)


def within(numerator: Decimal, denominator: Decimal) -> bool:
    """n of m: n is at most m."""
    return numerator <= denominator


def _span(value: Span | Decimal) -> Span:
    return value if isinstance(value, Span) else Span.exact(value)
