"""Days on which nobody expects news."""

from __future__ import annotations

import tomllib
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def _tet() -> frozenset[date]:
    rest = _data()["tet"]
    around = range(-rest["before"], rest["after"] + 1)
    return frozenset(first + timedelta(days) for first in rest["first_days"] for days in around)


@cache
def _fixed() -> frozenset[tuple[int, int]]:
    rest = _data()["fixed"]
    found = set()
    for text in rest["days"]:
        for days in range(-rest["bridge"], rest["bridge"] + 1):
            day = date.fromisoformat(f"2001-{text}") + timedelta(days)
            found.add((day.month, day.day))
    return frozenset(found)


def rests(day: date) -> bool:
    """Whether offices are closed for Tết or a national holiday, bridges included. Weekends are not holidays.

    >>> rests(date(2024, 2, 12)), rests(date(2024, 9, 3)), rests(date(2024, 3, 9))
    (True, True, False)
    """
    return day in _tet() or (day.month, day.day) in _fixed()


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads((files("flows.watch") / "holidays.toml").read_text(encoding="utf-8"))
