"""Is a number written one slip of the pen away from the one that was meant?"""

from __future__ import annotations

from decimal import Decimal

#: digits of which one may be another
_ENOUGH = 3


def is_slip(written: str, meant: Decimal) -> bool:
    """One digit other, or two that changed places, with the decimals of ``written`` (as Vietnamese writes).

    A number computed wrongly, or computed from something else, is rarely so near; one mistyped nearly always is. Of
    numbers of two digits every fifth is, so that of these only the two changed round count.

    >>> d = Decimal
    >>> is_slip("98,5", d("99.5")), is_slip("89,6", d("86.9")), is_slip("96,1", d("95.3")), is_slip("95", d("95.0"))
    (True, True, False, False)
    >>> is_slip("1.254", d(1245)), is_slip("9,9", d("10.9")), is_slip("48", d(84)), is_slip("0,1", d("0.6"))
    (True, False, True, False)
    """
    whole, _, fraction = written.partition(",")
    said = "".join(filter(str.isdigit, whole + fraction))
    scaled = meant.scaleb(len(fraction))
    if scaled != scaled.to_integral_value() or scaled < 0:
        return False
    right = str(int(scaled)).rjust(len(said), "0")
    if len(said) != len(right):
        return False
    other = [n for n, (one, two) in enumerate(zip(said, right, strict=True)) if one != two]
    if len(other) == 2:
        first, second = other
        return said[first] == right[second] and said[second] == right[first]
    return len(other) == 1 and len(said) >= _ENOUGH
