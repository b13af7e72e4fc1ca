"""A clock for tests that must not wait."""

from __future__ import annotations


class Clock:
    """Time that passes only while somebody sleeps; the pauses are noted instead of made."""

    def __init__(self, slept: list[float]) -> None:
        self._slept = slept
        self._now = 1000.0

    def time(self) -> float:
        return self._now

    def sleep(self, seconds: float) -> None:
        self._slept.append(seconds)
        self._now += seconds
