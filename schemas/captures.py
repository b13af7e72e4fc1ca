"""A capture: one answer of a server, as it came, with where and when it came from."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Capture:
    """``body`` is the decoded content (after Content-Encoding), ``time`` is UTC; ``headers`` keep order and case."""

    url: str
    time: datetime
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    request_headers: tuple[tuple[str, str], ...] = ()
    _sha256: str | None = field(default=None, init=False, repr=False, compare=False)

    @property
    def sha256(self) -> str:
        """SHA-256 of the body, hexadecimal; computed once."""
        if self._sha256 is None:
            object.__setattr__(self, "_sha256", hashlib.sha256(self.body).hexdigest())
        assert self._sha256 is not None
        return self._sha256

    def header(self, name: str) -> str | None:
        """The first header of that name, whatever its case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True)
class ArchiveRef:
    """Where a body lies in the archive: segment file name, byte offset and length of its gzip member."""

    segment: str
    offset: int
    length: int
