"""Silence: simulated years of publishing in which nothing is wrong, and the same years with an end."""

from __future__ import annotations

import random
from datetime import date, timedelta

import pytest

from flows.watch.calendar import rests
from flows.watch.judge import judge
from flows.watch.model import History, Visit
from flows.watch.silence import expected, habit, surprise

START = date(2022, 9, 1)
#: weekday (Monday first) -> chance of news, and the chance that a quiet spell of up to ten days begins on a day
SOURCES = {
    "every working day": ([0.95] * 5 + [0.2, 0.1], 0.0),
    "most working days": ([0.7, 0.6, 0.7, 0.5, 0.6, 0.05, 0.0], 0.0),
    "Mondays only": ([0.97, 0, 0, 0, 0, 0, 0], 0.0),
    "twice a week": ([0.4, 0.4, 0.4, 0.4, 0.4, 0.0, 0.0], 0.0),
    "once a week, any day": ([0.2] * 5 + [0.02, 0.02], 0.0),
    "in bursts": ([0.8] * 5 + [0.3, 0.1], 0.04),
    "twice a month": ([0.1] * 5 + [0.0, 0.0], 0.0),
}


def days_with_news(name: str, seed: int, days: int) -> list[date]:
    chances, spell = SOURCES[name]
    draw, found, pause = random.Random(f"{name} {seed}"), [], 0
    for day in (START + timedelta(n) for n in range(days)):
        if pause:
            pause -= 1
            continue
        if spell and draw.random() < spell:
            pause = draw.randint(4, 10)
        elif not rests(day) and draw.random() < chances[day.weekday()]:
            found.append(day)
    return found


def silent(published: list[date], today: date, *, watched: date = START, **more: object) -> str:
    history = History(
        source="hoabac",
        name="Cổng Hòa Bắc",
        today=today,
        visits=(Visit(day=today, listed=20),),
        published=tuple(published),
        watched_since=watched,
        **more,
    )
    return next(found.state for found in judge(history) if found.kind == "silent")


@pytest.mark.parametrize("name", SOURCES)
def test_no_night_of_a_source_that_goes_on_is_silence(name: str) -> None:
    """Two years from the seventh month on, three times over: Tết, holidays and weekends are among them."""
    for seed in range(3):
        published = days_with_news(name, seed, 730)
        nights = [START + timedelta(days) for days in range(200, 730)]
        alarms = [day for day in nights if silent([p for p in published if p < day], day) == "ill"]
        assert not alarms, (seed, alarms)


@pytest.mark.parametrize(
    ("name", "weeks"),
    [
        ("every working day", 2),
        ("most working days", 4),
        ("Mondays only", 7),
        ("twice a week", 7),
        ("once a week, any day", 16),
        ("in bursts", 6),
        ("twice a month", 30),
    ],
)
def test_an_end_is_found_within_weeks(name: str, weeks: int) -> None:
    for seed in range(5):
        published = days_with_news(name, seed, 240)  # the end is in April: no holiday but two
        first = next(
            day
            for day in (published[-1] + timedelta(days) for days in range(1, 400))
            if silent(published, day) == "ill"
        )
        assert (first - published[-1]).days <= 7 * weeks, (seed, first - published[-1])


def test_few_bulletins_make_no_habit() -> None:
    assert habit([]) is None
    assert habit([START + timedelta(7 * week) for week in range(7)]) is None
    assert habit([START + timedelta(days) for days in range(20)]) is None  # many, but all within three weeks
    monthly = [START + timedelta(30 * month) for month in range(12)]
    assert (rare := habit(monthly)) is not None and rare.a_week < 0.5
    assert habit([START + timedelta(200 * time) for time in range(12)]) is None  # not eight in two years
    assert silent([START] * 50, START + timedelta(300)) == "unknown"


def test_what_was_quiet_before_anybody_looked_is_no_silence() -> None:
    published = days_with_news("every working day", 0, 300)
    long_after = published[-1] + timedelta(900)
    assert silent(published, long_after, watched=long_after) == "well"
    assert silent(published, long_after + timedelta(20), watched=long_after) == "ill"


def test_an_address_that_is_new_is_news_whatever_its_date() -> None:
    published = days_with_news("every working day", 0, 300)
    today = published[-1] + timedelta(30)
    assert silent(published, today) == "ill"
    assert silent(published, today, last_new=today - timedelta(2)) == "well"


def test_a_date_in_the_future_hides_no_silence() -> None:
    published = days_with_news("every working day", 0, 300)
    today = published[-1] + timedelta(30)
    assert silent([*published, date(2032, 1, 1)], today) == "ill"


def test_a_portal_whose_time_is_over_is_not_missed() -> None:
    published = days_with_news("every working day", 0, 300)
    today = published[-1] + timedelta(30)
    assert silent(published, today, valid_to=today - timedelta(1)) == "well"
    assert silent(published, today, valid_to=today) == "ill"


@pytest.mark.parametrize("first", [date(2023, 1, 22), date(2024, 2, 10), date(2025, 1, 29), date(2026, 2, 17)])
def test_tet_weighs_nothing(first: date) -> None:
    usual = habit(days_with_news("every working day", 0, 200))
    assert usual is not None
    assert surprise(usual, first - timedelta(4), first + timedelta(10)) == 0
    assert expected(usual, first - timedelta(3), first + timedelta(10)) == 0


def test_days_that_prove_nothing_weigh_nothing() -> None:
    usual = habit(days_with_news("every working day", 0, 200))
    assert usual is not None
    last = date(2023, 3, 17)
    quiet = [last + timedelta(days) for days in range(1, 20)]
    assert surprise(usual, last, last + timedelta(20)) > 20
    assert surprise(usual, last, last + timedelta(20), quiet) == 0
    assert surprise(usual, last, last + timedelta(6)) == 0  # a week is not yet over
