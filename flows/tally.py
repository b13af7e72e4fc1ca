"""What a run did, by source: for its row, for the next run's discovery and for the watch."""

from __future__ import annotations

import threading
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from flows.watch.evaluate import Visited
from schemas.sources import Source

#: stages that say something of a source's lists
_LISTS = ("list", "feed", "sitemap")


class Tally:
    """Counts and errors of one run. Several threads may add to it, one source at a time each.

    ``complete``: whether a source's lists were walked through; ``down``: of each source that was visited, whether
    nothing answered; ``health``: what the watch measured of it.
    """

    def __init__(self) -> None:
        self.counts: defaultdict[str, Counter[str]] = defaultdict(Counter)
        self.errors: list[dict[str, str]] = []
        self.complete: dict[str, bool] = {}
        self.down: dict[str, bool] = {}
        self.health: dict[str, dict[str, Any]] = {}
        self._lock = threading.Lock()

    def add(self, code: str, more: Mapping[str, int]) -> None:
        """Count more pages of a source, by what became of them."""
        with self._lock:
            self.counts[code].update(more)

    def fault(self, code: str, url: str, stage: str, reason: str) -> None:
        """Note something that went wrong."""
        with self._lock:
            self.errors.append({"source": code, "url": url, "stage": stage, "reason": reason})

    def summary(self, codes: Iterable[str]) -> dict[str, Any]:
        """What was done, by source; ``complete`` is what the next run's discovery asks, ``health`` the watch."""
        sources = {
            code: dict(sorted(self.counts[code].items()))
            | {"complete": self.complete.get(code, False)}
            | ({"health": self.health[code]} if code in self.health else {})
            for code in codes
        }
        return {"sources": sources, "errors": len(self.errors)}

    def visited(self, source: Source) -> Visited:
        """What the watch is told of the visit to a source that was visited."""
        mine = [error for error in self.errors if error["source"] == source.code]
        return Visited(
            source,
            self.down[source.code],
            len({error["url"] for error in mine if error["stage"] in _LISTS}),
            self.counts[source.code],
            tuple(error["reason"] for error in mine if error["stage"] in (*_LISTS, "fetch")),
        )
