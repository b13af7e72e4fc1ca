"""What analysts read instead of codes and machine forms: Vietnamese words, numbers and periods."""

from __future__ import annotations

import calendar
from datetime import date
from decimal import Decimal
from functools import cache

from schemas.figures import Figure, Period, plain
from schemas.tables import tables

_AGAINST = {
    "plan": "so với kế hoạch",
    "same_period": "so với cùng kỳ",
    "earlier": "so với kỳ trước",
    "other": "so với mốc khác",
}
_APPROX = {"about": "khoảng ", "over": "hơn ", "under": "gần ", "at_least": "ít nhất ", "at_most": "nhiều nhất "}
_RELATION = {"level": "giá trị", "relative": "so sánh", "share": "tỷ trọng"}
_DIRECTION = {"up": "tăng", "down": "giảm"}
_STATUS = {"ongoing": " (đang thực hiện)", "planned": " (kế hoạch, dự kiến)"}
_QUARTERS = {1: "I", 4: "II", 7: "III", 10: "IV"}


@cache
def meanings(table: str, column: str) -> dict[str, str]:
    """The codes of a column and their Vietnamese meaning, as the database describes them."""
    return tables()[table].column(column).choices


def meaning(table: str, column: str, code: str) -> str:
    """One code in Vietnamese; a code that is not described stands for itself."""
    return meanings(table, column).get(code, code)


def number(value: Decimal) -> str:
    """A number as Vietnamese print it.

    >>> number(Decimal("2500000000")), number(Decimal("-92.30")), number(Decimal("0.5"))
    ('2.500.000.000', '-92,3', '0,5')
    """
    whole, _, rest = (plain(value) or "").partition(".")
    sign = "-" if whole.startswith("-") else ""
    digits = whole.removeprefix("-")
    groups = [digits[max(at - 3, 0) : at] for at in range(len(digits), 0, -3)][::-1]
    return sign + ".".join(groups) + (f",{rest}" if rest else "")


def amount(figure: Figure) -> str:
    """The value as read, ratio and range included, without the unit: ``11/12``, ``5 đến 10``."""
    made = number(figure.value)
    if figure.denominator is not None:
        made += f"/{number(figure.denominator)}"
    if figure.value_max is not None:
        made += f" đến {number(figure.value_max)}"
    return made


def approximate(figure: Figure) -> str:
    """``amount`` with its approximation before it: ``hơn 300``."""
    return _APPROX.get(figure.approx, "") + amount(figure)


def named(figure: Figure) -> str:
    """A figure in a few words: the number as written and its unit."""
    return f"{figure.quote}{'' if figure.unit in (None, '%') else ' '}{figure.unit or ''}"


def statement(figure: Figure) -> str:
    """Relation, direction, basis and status in one phrase: ``tăng so với cùng kỳ``."""
    if figure.relation == "change":
        made = _DIRECTION.get(figure.direction or "", "tăng hoặc giảm")
    else:
        made = _RELATION[figure.relation]
    if figure.basis:
        against = " và ".join(_AGAINST[basis] for basis in (figure.basis, *figure.other_bases))
        made = against if figure.relation == "relative" else f"{made} {against}"
    return made + _STATUS.get(figure.status, "")


def span_of_time(period: Period) -> str:
    """A period as people say it.

    >>> from datetime import date
    >>> span_of_time(Period(date(2023, 1, 1), date(2023, 9, 30)))
    '9 tháng đầu năm 2023'
    >>> span_of_time(Period(date(2025, 5, 31), date(2025, 5, 31)))
    '31/5/2025'
    """
    first, last = period.start, period.end
    if first == last:
        return _day(first)
    ends = calendar.monthrange(last.year, last.month)[1]
    if first.day != 1 or last.day != ends or first.year != last.year:
        if (first.day, first.month, last.day, last.month) == (1, 1, 31, 12):
            return f"{first.year}-{last.year}"
        return f"{_day(first)} - {_day(last)}"
    year, months = first.year, last.month - first.month + 1
    if months == 12:
        return f"năm {year}"
    if months == 1:
        return f"tháng {first.month}/{year}"
    if months == 3 and first.month in _QUARTERS:
        return f"quý {_QUARTERS[first.month]}/{year}"
    if first.month == 1:
        return f"{months} tháng đầu năm {year}"
    if last.month == 12:
        return f"{months} tháng cuối năm {year}"
    return f"tháng {first.month} đến {last.month}/{year}"


def _day(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"
