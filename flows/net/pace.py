"""How fast one host is asked: a pause between the end of one request and the start of the next."""

from __future__ import annotations

import time
from collections.abc import Callable


class Pace:
    """Holds the time of the last request to every host. One Pace serves a whole run, whatever the sources."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._last: dict[str, float] = {}
        self._delays: dict[str, float] = {}

    def slow_to(self, host: str, seconds: float) -> None:
        """Ask this host at most every ``seconds``; a longer delay that was set before stays."""
        self._delays[host] = max(seconds, self._delays.get(host, 0.0))

    def delay(self, host: str) -> float:
        """Seconds between two requests to this host."""
        return self._delays.get(host, 0.0)

    def wait(self, host: str) -> None:
        """Return when the host may be asked again."""
        if host in self._last:
            left = self._last[host] + self.delay(host) - self._clock()
            if left > 0:
                self._sleep(left)

    def done(self, host: str) -> None:
        """Note that a request to this host has just ended."""
        self._last[host] = self._clock()
