"""Pages that were accepted and are not in the database yet."""

from __future__ import annotations

from datetime import datetime

from db.store import capture_id_of
from schemas.captures import Capture


class Pending:
    """What is accepted and not in the database yet: by all that later pages may be compared with, or mean."""

    def __init__(self) -> None:
        self.dated: dict[tuple[str, datetime], str] = {}  # -> SHA-256 of the body
        self.digests: dict[str, str] = {}  # how a record names its payload -> SHA-256 of the body
        self.bodies: dict[str, Capture] = {}
        self._ids: set[str] = set()
        self._contents: set[tuple[str, str]] = set()

    def add(self, capture: Capture) -> None:
        """An accepted page."""
        self._ids.add(capture_id_of(capture))
        self._contents.add((capture.url, capture.sha256))
        self.dated.setdefault((capture.url, capture.time), capture.sha256)
        self.bodies.setdefault(capture.sha256, capture)

    def has(self, capture: Capture, any_time: bool) -> bool:
        """Whether this capture is among them; with ``any_time`` whether its address and body are."""
        if any_time:
            return (capture.url, capture.sha256) in self._contents
        return capture_id_of(capture) in self._ids
