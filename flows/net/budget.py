"""How many requests one run may make of one source, everything counted: robots.txt, redirects, further attempts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from flows.net.errors import BudgetSpent


class Budget:
    """``limit`` requests; one more raises BudgetSpent before it is made."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.spent = 0
        self._held = 0

    def spend(self, url: str) -> None:
        """Take one request's worth."""
        if self.spent >= self.limit - self._held:
            raise BudgetSpent(url, self.spent, self.limit)
        self.spent += 1

    @contextmanager
    def half(self) -> Iterator[None]:
        """Hold one half back during the block: lists must not eat what their pages need."""
        self._held = self.limit // 2
        try:
            yield
        finally:
            self._held = 0
