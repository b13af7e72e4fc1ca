"""The clocks of the portals."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

ZONE = "Asia/Ho_Chi_Minh"
_LOCAL = ZoneInfo(ZONE)


def local_time(time: datetime) -> datetime:
    """A time with a zone as the portals' clocks show it, without the zone.

    >>> from datetime import UTC
    >>> local_time(datetime(2023, 9, 16, 0, 12, tzinfo=UTC)).isoformat()
    '2023-09-16T07:12:00'
    """
    return time.astimezone(_LOCAL).replace(tzinfo=None)
