"""Which records of the archive a selection has: captures, and the requests that found them unchanged."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlite_utils import Database

from db.times import to_text
from schemas.captures import ArchiveRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Empty parts let everything through. ``urls`` that end in * select what begins so; ``until`` is not included."""

    sources: Sequence[str] = ()
    urls: Sequence[str] = ()
    since: datetime | None = None
    until: datetime | None = None

    def where(self, table: str, time: str) -> tuple[str, dict[str, Any]]:
        """The condition over a row of ``captures`` named so, and the column that says when."""
        parts: list[str] = []
        values: dict[str, Any] = {}
        if self.sources:
            values |= {f"source{i}": code for i, code in enumerate(self.sources)}
            parts.append(f"{table}.source IN ({', '.join(f':source{i}' for i in range(len(self.sources)))})")
        if self.urls:
            either = []
            for i, url in enumerate(self.urls):
                begin = url.removesuffix("*")
                values[f"url{i}"] = begin
                whole = f"{table}.url = :url{i}"
                either.append(whole if begin == url else f"substr({table}.url, 1, {len(begin)}) = :url{i}")
            parts.append(f"({' OR '.join(either)})")
        if self.since:
            values["since"] = to_text(self.since)
            parts.append(f"{time} >= :since")
        if self.until:
            values["until"] = to_text(self.until)
            parts.append(f"{time} < :until")
        return " AND ".join(parts) or "1", values


def selected_records(db: Database, selection: Selection) -> Iterator[ArchiveRef]:
    """The places of the selected records, the oldest first."""
    where, values = selection.where("c", "c.time")
    later, _ = selection.where("c", "l.time")
    rows = db.conn.execute(
        f"SELECT c.segment, c.offset, c.length, c.time, c.url FROM captures c WHERE {where} UNION ALL"
        " SELECT l.segment, l.offset, l.length, l.time, c.url FROM fetch_log l JOIN captures c ON c.id = l.capture_id"
        f" WHERE l.segment IS NOT NULL AND {later} ORDER BY 4, 5",
        values,
    )
    for segment, offset, length, *_ in rows:
        yield ArchiveRef(segment, offset, length)


def selects(db: Database, selection: Selection, url: str, time: str) -> bool:
    """Whether the capture of this address and time is selected and holds its own body."""
    where, values = selection.where("c", "c.time")
    found = db.conn.execute(
        f"SELECT 1 FROM captures c WHERE c.url = :own_url AND c.time = :own_time AND c.revisit_of IS NULL AND {where}",
        values | {"own_url": url, "own_time": time},
    ).fetchone()
    return found is not None
