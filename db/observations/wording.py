"""Numbers and periods in the sentences that officials read."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

_POWERS = ((9, "tỷ"), (6, "triệu"))


def amount(value: Decimal, unit: str) -> str:
    """A value with its unit, as Vietnamese writes it.

    >>> amount(Decimal("112400000000"), "đồng"), amount(Decimal("1306"), "lao động")
    ('112,4 tỷ đồng', '1.306 lao động')
    """
    word = ""
    if unit.startswith("đồng"):
        for power, name in _POWERS:
            if abs(value) >= 10**power:
                value, word = value.scaleb(-power), f" {name}"
                break
    text = format(value.normalize(), ",f")
    whole, _, decimals = text.partition(".")
    number = whole.replace(",", ".") + ("," + decimals if decimals else "")
    return f"{number}{word}{'' if unit == '%' else ' '}{unit}".rstrip()


def until(start: date, end: date) -> str:
    """A period in words.

    >>> until(date(2023, 10, 1), date(2023, 10, 31)), until(date(2023, 1, 1), date(2023, 9, 30))
    ('tháng 10/2023', '9 tháng năm 2023')
    """
    if start == end:
        return f"đến ngày {end.day}/{end.month}/{end.year}"
    after = end + timedelta(days=1)
    months = (after.year - start.year) * 12 + after.month - start.month
    if start.day == after.day == 1:
        if months == 1:
            return f"tháng {end.month}/{end.year}"
        if months == 3 and start.month % 3 == 1:
            return f"quý {'I II III IV'.split()[start.month // 3]}/{start.year}"
        if months == 12 and start.month == 1:
            return f"năm {start.year}"
        if start.month == 1:
            return f"{months} tháng năm {start.year}"
    return f"từ {start.day}/{start.month}/{start.year} đến {end.day}/{end.month}/{end.year}"
