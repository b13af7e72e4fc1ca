"""What a file to import holds, piece by piece: pages, revisits, things to leave, faults."""

from __future__ import annotations

from dataclasses import dataclass

from flows.items import Fault
from flows.warcanswers import Left, Revisit
from schemas.captures import Capture


@dataclass(frozen=True, slots=True)
class Page:
    """A page with the time at which it was captured.

    ``weak``: that time is a file's own, which copying may have changed. ``at`` is where a record can be read by
    itself that holds just this address and time. ``digest`` is how its record names the payload.
    """

    capture: Capture
    place: str
    weak: bool = False
    at: tuple[int, int] | None = None
    digest: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """One thing that a file holds (None: nothing to speak of), and how many of the file's bytes it took."""

    what: Page | Revisit | Left | Fault | None
    size: int = 0
