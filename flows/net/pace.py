"""How fast one host is asked: a pause between the end of one request and the start of the next.

A host that says it is busy (429, 503) is asked more slowly for the rest of the run: twice the pause each time it says
so, a tenth less for each good answer, down to the pause that its robots.txt or the source's file sets.
"""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager

#: seconds that are no pause worth keeping
_NO_PAUSE = 0.05


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
        self._extra: dict[str, float] = {}
        self._not_before: dict[str, float] = {}
        self._locks: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)

    def slow_to(self, host: str, seconds: float) -> None:
        """Ask this host at most every ``seconds``; a longer delay that was set before stays."""
        self._delays[host] = max(seconds, self._delays.get(host, 0.0))

    def delay(self, host: str) -> float:
        """Seconds between two requests to this host."""
        return max(self._delays.get(host, 0.0), self._extra.get(host, 0.0))

    def busy(self, host: str, wait: float, *, step: float, most: float) -> None:
        """The host has too much to do: nothing for ``wait`` seconds, then at least ``step`` apart, at most ``most``."""
        self._not_before[host] = self._clock() + wait
        self._extra[host] = min(most, max(step, 2 * self.delay(host)))

    def served(self, host: str) -> None:
        """The host answered as usual."""
        if host in self._extra:
            self._extra[host] *= 0.9
            if self._extra[host] <= max(self._delays.get(host, 0.0), _NO_PAUSE):
                del self._extra[host]

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Wait until the host may be asked; the block is the request, during which nobody else asks that host."""
        with self._locks[host]:
            if host in self._last:
                free = max(self._last[host] + self.delay(host), self._not_before.get(host, 0.0))
                left = free - self._clock()
                if left > 0:
                    self._sleep(left)
            try:
                yield
            finally:
                self._last[host] = self._clock()
