"""The whole numbers that a percentage may have been taken of."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from math import floor
from typing import Literal


def implied_bases(value: Decimal, percent: Decimal, decimals: int, *, cut: bool = False) -> range | None:
    """Every whole number of which ``value`` is ``percent``, as written with ``decimals``; empty where there is none.

    With ``cut`` the percentage was cut off instead of rounded. None where the question has no bounded answer.

    >>> list(implied_bases(Decimal(12), Decimal("92.3"), 1)), list(implied_bases(Decimal(13), Decimal(280), 0))
    ([13], [])
    >>> list(implied_bases(Decimal(50), Decimal(33), 0))
    [150, 151, 152, 153]
    """
    said, step = Fraction(percent), Fraction(1, 10**decimals)
    low, high = (said, said + step) if cut else (said - step / 2, said + step / 2)
    if low <= 0 or value <= 0:
        return None
    # low <= 100 * value / base < high
    whole = Fraction(value) * 100
    return range(floor(whole / high) + 1, floor(whole / low) + 1)


def implied_bases_of_change(
    value: Decimal, percent: Decimal, decimals: int, direction: Literal["up", "down"], *, cut: bool = False
) -> range | None:
    """Every whole number that becomes ``value`` by rising or falling so many percent.

    >>> list(implied_bases_of_change(Decimal(300), Decimal(27), 0, "up"))
    [236, 237]
    >>> list(implied_bases_of_change(Decimal(5), Decimal("37.5"), 1, "down"))
    [8]
    """
    if direction == "up":
        return implied_bases(value, 100 + percent, decimals, cut=cut)
    said, step = Fraction(percent), Fraction(1, 10**decimals)
    # low <= 100 - 100 * value / base < high
    low, high = (said, said + step) if cut else (said - step / 2, said + step / 2)
    if value <= 0 or high >= 100:
        return None
    whole = Fraction(value) * 100
    first, last = whole / (100 - low), whole / (100 - high)
    start = floor(first) if first == floor(first) else floor(first) + 1
    return range(start, floor(last) + (last != floor(last)))


def about_base(value: Decimal, percent: Decimal) -> Fraction:
    """Roughly what ``value`` is ``percent`` of, for amounts that do not come whole."""
    return Fraction(value) * 100 / Fraction(percent)
