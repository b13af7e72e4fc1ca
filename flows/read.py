"""From an archived capture to what a reader sees of it."""

from __future__ import annotations

import json
from datetime import datetime

from extractors.page import read_page
from extractors.text.canonical import canonical
from flows.times import local_time
from schemas.captures import Capture
from schemas.documents import Block, Bulletin
from schemas.sources import Source

#: media type of an archived line of the extraction contract's input: {"id", "text", "title"?, "published"?}
DOCUMENT = "application/vnd.bantin.document+json"


def bulletin_of(capture: Capture, source: Source | None) -> Bulletin:
    """What a reader sees of a capture. Raises PageError where its layout is not what was expected."""
    content_type = capture.header("Content-Type")
    if content_type == DOCUMENT:
        return _given(capture)
    day = local_time(capture.time).date()
    return read_page(capture.body, url=capture.url, content_type=content_type, captured_on=day, source=source)


def _given(capture: Capture) -> Bulletin:
    """A document that came as text, with nothing to cut away."""
    given = json.loads(capture.body)
    text, _ = canonical(given["text"])
    return Bulletin(
        title=given.get("title"),
        published=_local_time(given.get("published")),
        byline=None,
        category=None,
        blocks=(Block("body", text),),
        reader="text",
        url=capture.url,
    )


def _local_time(published: str | None) -> str | None:
    """A time with a zone as the clocks of the portals show it; a day stays a day.

    >>> _local_time("2023-09-16T00:12:00Z"), _local_time("2023-09-16"), _local_time("hôm qua")
    ('2023-09-16T07:12:00', '2023-09-16', None)
    """
    try:
        time = datetime.fromisoformat(published or "")
    except ValueError:
        return None
    if time.tzinfo is None:
        return published
    return local_time(time).isoformat()
