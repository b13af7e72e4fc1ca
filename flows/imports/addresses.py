"""Where a saved page came from and when, as programs that save pages note it inside; copies within the Wayback Machine.

Only notes that say exactly one thing are believed; a page without one keeps its file's address and time.
"""

from __future__ import annotations

import html
import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

#: such notes stand at the beginning of a page or (the Wayback Machine's) at its end
_HEAD, _TAIL = 8192, 8192
_LONGEST = 2000

# browsers write how long the address is
_BROWSER = re.compile(rb"<!--\s*saved from url=\((\d{4})\)([^\s>]+)\s*-->", re.I)
_SINGLEFILE = re.compile(rb"Page saved with SingleFile\s+url:\s*(\S+)\s+saved date:\s*([^\r\n<]+)")
_SAVEPAGE = re.compile(rb"""<meta\s+name=["']?savepage-(url|date)["']?\s+content=["']([^"'>]+)["']""", re.I)
_HTTRACK = re.compile(rb"<!--\s*Mirrored from (\S+) by HTTrack[^>]*?, (\w{3}, \d{1,2} \w{3} \d{4} [\d:]{8} GMT)\s*-->")
_WAYBACK = re.compile(rb"FILE ARCHIVED ON (\d\d:\d\d:\d\d \w{3} \d\d, \d{4}) AND RETRIEVED FROM THE")
_COPY = re.compile(r"https?://web\.archive\.org/web/(\d{14})(?:[a-z]{2}_)?/(https?:/{1,2}.+)", re.I)


def noted(body: bytes) -> tuple[str | None, datetime | None]:
    """The address and the time that a saved page notes of itself, each None where it notes none.

    >>> noted(b"<!-- saved from url=(0027)https://causay.example/1.ht -->")[0]
    'https://causay.example/1.ht'
    """
    head = body[:_HEAD]
    url: str | None = None
    time: datetime | None = None
    if browser := _BROWSER.search(head):
        url = _text(browser[2]) if int(browser[1]) == len(browser[2]) else None
    elif single := _SINGLEFILE.search(head):
        url, time = _text(single[1]), _clock(_text(single[2]))
    elif httrack := _HTTRACK.search(head):
        said = _text(httrack[1])
        url, time = said if "://" in said else f"http://{said}", _mail(_text(httrack[2]))
    elif savepage := {name.lower(): value for name, value in _SAVEPAGE.findall(head)}:
        url, time = _text(savepage.get(b"url", b"")), _clock(_text(savepage.get(b"date", b"")))
    if wayback := _WAYBACK.search(body[-_TAIL:]):
        time = _parsed(_text(wayback[1]), "%H:%M:%S %b %d, %Y")
    return (url if url is not None and is_page_address(url) else None), time


def original(url: str) -> tuple[str, datetime | None]:
    """The address behind a copy in the Wayback Machine and when it was made; any other address as it is.

    >>> original("https://web.archive.org/web/20230916001200id_/http://causay.example/1.html")
    ('http://causay.example/1.html', datetime.datetime(2023, 9, 16, 0, 12, tzinfo=datetime.timezone.utc))
    """
    copy = _COPY.fullmatch(url)
    if copy is None:
        return url, None
    time = _parsed(copy[1], "%Y%m%d%H%M%S")
    inner = re.sub(r"^(https?):/{1,2}", r"\1://", copy[2])
    return (inner, time) if time is not None and is_page_address(inner) else (url, None)


def is_page_address(url: str) -> bool:
    """Whether this is an address that a server could have answered at."""
    try:
        parts = urlsplit(url)
        return (
            parts.scheme in ("http", "https")
            and bool(parts.hostname)
            and (parts.port is None or parts.port > 0)
            and len(url) <= _LONGEST
            and url.isprintable()
            and " " not in url
        )
    except ValueError:
        return False


def mail_time(said: str | None) -> datetime | None:
    """The time of a mail header, in UTC; None where there is none that can be read."""
    return _mail(said) if said else None


def _mail(said: str) -> datetime | None:
    try:
        time = parsedate_to_datetime(said)
    except (ValueError, TypeError, OverflowError):
        return None
    return _utc(time)


def _clock(said: str) -> datetime | None:
    """The time as JavaScript writes it: "Sat Sep 16 2023 07:12:00 GMT+0700 (Indochina Time)"."""
    return _parsed(said.partition("(")[0].strip(), "%a %b %d %Y %H:%M:%S GMT%z")


def _parsed(said: str, form: str) -> datetime | None:
    try:
        return _utc(datetime.strptime(said, form))
    except (ValueError, OverflowError):
        return None


def _utc(time: datetime) -> datetime | None:
    try:
        return time.astimezone(UTC) if time.tzinfo else time.replace(tzinfo=UTC)
    except OverflowError:
        return None


def _text(said: bytes) -> str:
    return html.unescape(said.decode("utf-8", "replace")).strip()
