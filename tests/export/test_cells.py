"""Single values: nothing that runs, nothing that is lost."""

from __future__ import annotations

import calendar
import csv
import doctest
import io
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.export import cells
from db.export.cells import restored, safe, sdmx, vietnamese

_DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")


def test_examples() -> None:
    result = doctest.testmod(cells)
    assert result.attempted > 0 and result.failed == 0


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+cmd|' /C calc'!A0",
        "-2+3",
        "@SUM(A1)",
        "\t=1",
        "\r=1",
        "\n=1",
        "  =1",
        "＝1+1",
        "'=1",
        "-",
        "+84 912 x",
    ],
)
def test_what_begins_a_formula_is_made_safe(text: str) -> None:
    assert safe(text) == "'" + text


@pytest.mark.parametrize("text", ["-5", "+12", "-1.234,5", "92,3%", "92,3 %", "300", "", "10 = 5 + 5", "a@b", "'quận'"])
def test_what_begins_none_is_left_as_it_is(text: str) -> None:
    assert safe(text) == text


@given(st.text(alphabet=st.sampled_from("=+-@'\t\r\n 0,.%aầ＝\ufeff\u200b"), max_size=8) | st.text(max_size=30))
def test_safe_is_safe_and_can_be_undone(text: str) -> None:
    cell = safe(text)
    assert restored(cell) == text
    assert not cell.startswith(_DANGEROUS) or cell.strip("+-0123456789., %") == ""


@given(st.lists(st.text(st.characters(exclude_characters="\0", codec="utf-8"), max_size=12), min_size=2, max_size=5))
def test_cells_survive_the_csv(texts: list[str]) -> None:
    out = io.StringIO(newline="")
    csv.writer(out).writerow([safe(text) for text in texts])
    (row,) = csv.reader(io.StringIO(out.getvalue(), newline=""))
    assert [restored(cell) for cell in row] == texts


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**15), max_value=10**15))
def test_vietnamese_numbers_are_the_same_numbers(number: Decimal) -> None:
    written = vietnamese(number)
    assert Decimal(written.replace(".", "").replace(",", ".")) == number
    assert all(len(group) == 3 for group in written.partition(",")[0].split(".")[1:])


@pytest.mark.parametrize(
    ("start", "end", "period"),
    [
        ("2023-01-01", "2023-12-31", "2023"),
        ("2023-01-01", "2023-06-30", "2023-S1"),
        ("2023-07-01", "2023-12-31", "2023-S2"),
        ("2023-10-01", "2023-12-31", "2023-Q4"),
        ("2024-02-01", "2024-02-29", "2024-02"),
        ("2023-02-01", "2023-04-30", "2023-02-01/P3M"),
        ("2020-01-01", "2024-12-31", "2020-01-01/P5Y"),
        ("2022-12-15", "2023-09-14", "2022-12-15/P9M"),
        ("2022-07-01", "2023-06-30", "2022-07-01/P1Y"),
        ("2023-01-31", "2023-02-28", "2023-01-31/P29D"),
        ("2023-09-11", "2023-09-17", "2023-09-11/P7D"),
        ("2023-09-11", "9999-12-31", "2023-09-11/P2913286D"),
    ],
)
def test_periods(start: str, end: str, period: str) -> None:
    assert sdmx(date.fromisoformat(start), date.fromisoformat(end)) == period


@given(st.dates(date(1990, 1, 1), date(2060, 1, 1)), st.integers(0, 3000))
def test_a_period_says_its_days(start: date, days: int) -> None:
    end = start + timedelta(days=days)
    assert _days(sdmx(start, end)) == (start, end)


def _days(period: str) -> tuple[date, date]:
    """The other way round, written apart from it."""
    first, _, duration = period.partition("/P")
    year, *rest = first.split("-")
    if not duration:
        month, length = 1, 12
        if rest and rest[0][0] in "QS":
            length = {"Q": 3, "S": 6}[rest[0][0]]
            month = (int(rest[0][1]) - 1) * length + 1
        elif len(rest) == 1:
            month, length = int(rest[0]), 1
        elif rest:
            return date.fromisoformat(first), date.fromisoformat(first)
        return date(int(year), month, 1), _end(date(int(year), month, 1), length)
    start = date.fromisoformat(first)
    number = int(duration[:-1])
    if duration[-1] == "D":
        return start, start + timedelta(days=number - 1)
    return start, _end(start, number * (12 if duration[-1] == "Y" else 1))


def _end(start: date, months: int) -> date:
    year, month = divmod(start.year * 12 + start.month - 1 + months, 12)
    assert start.day <= calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, start.day) - timedelta(days=1)
