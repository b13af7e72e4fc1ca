"""Meanings whose year may be missing."""

from __future__ import annotations

from extractors.periods.model import When


def test_a_missing_year_gives_no_period_until_it_is_known() -> None:
    when = When("months", (1, 0), (9, 0))
    assert when.period() is None
    assert str(when.in_year(2023).period()) == "2023-01-01/2023-09-30"


def test_an_own_year_is_kept() -> None:
    assert When("year", year=2020).in_year(2023).year == 2020


def test_last_year_is_counted_from_the_year_of_the_context() -> None:
    assert str(When("year", shift=-1).in_year(2023).period()) == "2022-01-01/2022-12-31"


def test_a_stretch_over_new_year_starts_the_year_before() -> None:
    assert str(When("days", (12, 15), (1, 14), 2024).period()) == "2023-12-15/2024-01-14"


def test_a_day_that_does_not_exist_is_no_period() -> None:
    assert When("day", (2, 29), (2, 29), 2023).period() is None
    assert str(When("day", (2, 29), (2, 29), 2024).period()) == "2024-02-29/2024-02-29"


def test_vague_words_never_become_a_period() -> None:
    assert When("vague", year=2023).period() is None
