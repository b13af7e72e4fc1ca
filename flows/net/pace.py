"""How fast one host is asked: a pause between the end of one request and the start of the next."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager


class Pace:
    """Holds the time of the last request to every host. One Pace serves a whole run, whatever the sources.

    Sources on one host share its pace: two threads that ask for the same host wait for each other.
    """

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], None] = time.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._last: dict[str, float] = {}
        self._delays: dict[str, float] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def slow_to(self, host: str, seconds: float) -> None:
        """Ask this host at most every ``seconds``; a longer delay that was set before stays."""
        self._delays[host] = max(seconds, self._delays.get(host, 0.0))

    def delay(self, host: str) -> float:
        """Seconds between two requests to this host."""
        return self._delays.get(host, 0.0)

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until the host may be asked; the block is the request, during which nobody else asks that host."""
        with self._locks[host]:
            if host in self._last:
                left = self._last[host] + self.delay(host) - self._clock()
                if left > 0:
                    self._sleep(left)
            try:
                yield
            finally:
                self._last[host] = self._clock()
