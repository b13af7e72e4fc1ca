"""Times as text: UTC, ISO 8601, ending in Z; the form of WARC-Date and of every time column."""

from __future__ import annotations

from datetime import UTC, datetime


def to_text(time: datetime) -> str:
    """``time`` in UTC; the fraction is written only where there is one.

    >>> to_text(datetime(2023, 9, 16, 0, 12, tzinfo=UTC))
    '2023-09-16T00:12:00Z'
    """
    if time.tzinfo is None:
        raise ValueError(f"a time needs its zone, found {time.isoformat()}; use datetime.now(UTC)")
    return time.astimezone(UTC).replace(tzinfo=None).isoformat() + "Z"


def from_text(text: str) -> datetime:
    """The time that ``to_text`` wrote (or any WARC-Date), with its zone.

    >>> from_text("2023-09-16T00:12:00Z")
    datetime.datetime(2023, 9, 16, 0, 12, tzinfo=datetime.timezone.utc)
    """
    time = datetime.fromisoformat(text)
    return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
