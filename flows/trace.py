"""From a figure's id to everything the database knows of it: text, links, findings, bulletin, page, archive record."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from sqlite3 import Row
from typing import Any

from sqlite_utils import Database

from db.store.removals import removal_of_figure
from schemas.captures import ArchiveRef
from schemas.figures import Figure, Period

_CANDIDATES = 10
_TRACE = """
SELECT f.*, b.text, b.title, b.published, b.url, b.reader, s.name AS source_name,
  k.time AS captured, k.sha256, k.segment, k.offset, k.length, c.document_id IS NOT NULL AS current
FROM figures f
JOIN bulletins b ON b.id = f.bulletin_id
JOIN sources s ON s.code = b.source
LEFT JOIN current_runs c ON c.bulletin_id = f.bulletin_id AND c.run_id = f.run_id
JOIN captures k ON k.id = coalesce(c.capture_id, b.capture_id)
WHERE f.id = ?
ORDER BY current DESC, f.run_id DESC
LIMIT 1"""
_LINKED = """
SELECT l.kind, t.* FROM figure_links l JOIN figures t ON t.key = l.target_key WHERE l.figure_key = ?"""
_LINKING = """
SELECT l.kind, f.* FROM figure_links l JOIN figures f ON f.key = l.figure_key WHERE l.target_key = ?
ORDER BY f.position"""
_FINDINGS = """
SELECT n.verdict, n.message FROM finding_figures g JOIN findings n ON n.key = g.finding_key
WHERE g.figure_key = ? ORDER BY n.position"""

_OBSERVED = """
SELECT DISTINCT o.indicator, i.name, o.ref_area, o.scope, o.time_period, o.score, o.reason, o.id
FROM observation_mentions m JOIN observations_history o ON o.id = m.observation_id
JOIN indicators i ON i.code = o.indicator
WHERE m.figure_id = ? AND o.valid_to IS NULL ORDER BY o.id"""
_COMPARED = "SELECT verdict, message FROM series_findings WHERE observation = ? ORDER BY id"


class TraceError(Exception):
    """No figure, or several, with that id; the message says what to type instead."""


@dataclass(frozen=True, slots=True)
class Linked:
    """A figure at the other end of a link; ``kind`` is part_of or about."""

    kind: str
    id: str
    figure: Figure


@dataclass(frozen=True, slots=True)
class Observed:
    """The statistic that a figure became part of, how sure that is and why, and what other bulletins say to it."""

    indicator: str
    name: str
    area: str
    scope: str
    period: str
    score: float
    reason: str
    findings: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Trace:
    """A figure and where it comes from. ``targets`` are what it points at, ``pointing`` what points at it."""

    id: str
    figure: Figure
    text: str
    sentence: tuple[int, int]
    targets: tuple[Linked, ...]
    pointing: tuple[Linked, ...]
    findings: tuple[tuple[str, str], ...]
    observed: tuple[Observed, ...]
    title: str | None
    published: str | None
    url: str
    source: str
    reader: str
    captured: str
    sha256: str
    ref: ArchiveRef
    run_id: str
    current: bool


def trace(db: Database, wanted: str) -> Trace:
    """The figure whose id begins with ``wanted``: its current result, else its newest. Raises TraceError."""
    db.conn.row_factory = Row
    id = _unique(db, wanted.strip().lower())
    row = db.conn.execute(_TRACE, (id,)).fetchone()
    return Trace(
        id=id,
        figure=_figure(row),
        text=row["text"],
        sentence=(row["sentence_start"], row["sentence_end"]),
        targets=tuple(_linked(db, _LINKED, row["key"])),
        pointing=tuple(_linked(db, _LINKING, row["key"])),
        findings=tuple((verdict, message) for verdict, message in db.conn.execute(_FINDINGS, (row["key"],))),
        observed=tuple(_observed(db, id)),
        title=row["title"],
        published=row["published"],
        url=row["url"],
        source=row["source_name"],
        reader=row["reader"],
        captured=row["captured"],
        sha256=row["sha256"],
        ref=ArchiveRef(row["segment"], row["offset"], row["length"]),
        run_id=row["run_id"],
        current=bool(row["current"]),
    )


def _unique(db: Database, wanted: str) -> str:
    found = db.conn.execute(
        "SELECT id, quote, unit, sentence FROM figures WHERE id >= ? AND id < ? GROUP BY id ORDER BY id LIMIT ?",
        (wanted, wanted + "\U0010ffff", _CANDIDATES + 1),
    ).fetchall()
    if len(found) == 1:
        return str(found[0]["id"])
    if found:
        lines = [f"  {row['id']}  {row['quote']} {row['unit'] or ''}".rstrip() for row in found[:_CANDIDATES]]
        more = ["  ..."] if len(found) > _CANDIDATES else []
        raise TraceError("\n".join([f"several figures begin with {wanted!r}; type more of the id:", *lines, *more]))
    removed = removal_of_figure(db, wanted)
    if removed is not None:
        id, removal = removed
        raise TraceError(f"the figure {id} was removed on {removal.time:%Y-%m-%d} for: {removal.reason}")
    gone = db.conn.execute("SELECT new_id FROM successors WHERE old_id = ? ORDER BY run_id DESC", (wanted,)).fetchone()
    if gone is not None:
        after = f"it is now {gone['new_id']}" if gone["new_id"] else "nothing took its place"
        raise TraceError(f"the figure {wanted} is no more: {after}")
    raise TraceError(
        f"no figure with the id {wanted!r}; the column id of figures_full has them (bantin serve), "
        "and a sentence is explained by: bantin explain --text SENTENCE"
    )


def _linked(db: Database, sql: str, key: int) -> Iterator[Linked]:
    for row in db.conn.execute(sql, (key,)):
        yield Linked(row["kind"], row["id"], _figure(row))


def _observed(db: Database, id: str) -> Iterator[Observed]:
    for row in db.conn.execute(_OBSERVED, (id,)).fetchall():
        name, area, scope, period, score, reason = row[1:7]
        compared = tuple((verdict, message) for verdict, message in db.conn.execute(_COMPARED, (row["id"],)))
        yield Observed(row["indicator"], name, area, scope, period, score, reason, compared)


def _figure(row: Any) -> Figure:
    """The figure as it was before it was loaded; its links are kept apart."""
    period = None
    if row["period_start"] and row["period_end"]:
        period = Period(date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"]))
    return Figure(
        start=row["start"],
        end=row["end"],
        quote=row["quote"],
        kind=row["kind"],
        value=Decimal(row["value_text"]),
        denominator=_decimal(row["denominator_text"]),
        value_max=_decimal(row["value_max_text"]),
        unit=row["unit"],
        rule=row["rule"],
        relation=row["relation"],
        basis=row["basis"],
        other_bases=tuple(json.loads(row["other_bases"] or "[]")),
        direction=row["direction"],
        status=row["status"],
        approx=row["approx"],
        subject=row["subject"],
        scope=row["scope"],
        period=period,
        evidence=json.loads(row["evidence"] or "{}"),
    )


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
