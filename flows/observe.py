"""From loaded bulletins to observations: what changed is derived anew, dated and compared, in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from sqlite_utils import Database

from db.observations import Version, check_series, date_facts, forget, record_document, record_indicators
from db.observations.store import state_of
from db.store import writing
from extractors.areas import default_table, resolve
from extractors.indicators.derive import VERSION, Report, Reported, derive
from extractors.indicators.places import Resolve
from flows.times import local_time
from schemas.indicators import catalogue, catalogue_version

_STATES = """
SELECT c.document_id, b.text_sha256, b.published, o.state, o.primary_id,
  (SELECT group_concat(v) FROM (SELECT v2.bulletin_id || '@' || v2.run_id AS v FROM bulletins b2
    JOIN version_results v2 ON v2.bulletin_id = b2.id WHERE b2.document_id = c.document_id ORDER BY b2.id)),
  c.bulletin_id, c.run_id
FROM current_runs c JOIN bulletins b ON b.id = c.bulletin_id JOIN sources s ON s.code = b.source
LEFT JOIN observation_documents o ON o.document_id = c.document_id
ORDER BY b.text_sha256, s.area = '', b.published IS NULL, b.published, c.document_id
"""

_VERSIONS = """
SELECT b.id, b.title, b.text, b.published, s.area, k.time, v.run_id, b.text_sha256
FROM bulletins b JOIN version_results v ON v.bulletin_id = b.id
JOIN sources s ON s.code = b.source JOIN captures k ON k.id = b.capture_id
WHERE b.document_id = ? ORDER BY k.time, b.id
"""

_FIGURES = """
SELECT key, id, start, end, quote, kind, value_text, denominator_text, unit, relation, status, approx, subject, scope,
  period_start, period_end, sentence_start FROM figures WHERE bulletin_id = ? AND run_id = ? ORDER BY position
"""

_IMPLIED = """
SELECT g.figure_key, n.expected FROM findings n JOIN finding_figures g ON g.finding_key = n.key
WHERE n.bulletin_id = ? AND n.run_id = ? AND n.check_name = 'implied_plan' AND n.verdict IN ('holds', 'possible')
ORDER BY n.key, g.position
"""


def refresh(db: Database, run_id: str, bulletin_ids: Iterable[str] | None = None) -> int:
    """Bring the observations up to date with the current bulletins; how many bulletins had to be derived anew.

    What was derived from is kept for every bulletin, so that only what differs is touched, what a crash left undone is
    done by the next call, and a call with nothing new changes nothing. ``bulletin_ids`` narrows it to these versions'
    bulletins.
    """
    wanted = None if bulletin_ids is None else set(bulletin_ids)
    with writing(db):
        documents, copies = _stale(db, wanted)
        touched: set[tuple[str, str]] = set()
        for document, (state, primary) in documents.items():
            touched |= forget(db, document)
            if primary == document:
                touched |= _derive(db, document, copies[document])
            db.conn.execute(
                "INSERT INTO observation_documents (document_id, state, primary_id) VALUES (?, ?, ?)"
                " ON CONFLICT (document_id) DO UPDATE SET state = excluded.state, primary_id = excluded.primary_id",
                (document, state, primary),
            )
        date_facts(db, touched)
        check_series(db, touched)
        if documents:
            db.conn.execute(
                "DELETE FROM indicators WHERE generated = 1"
                " AND NOT EXISTS (SELECT 1 FROM observations_history o WHERE o.indicator = code)"
            )
    return len(documents)


def _stale(db: Database, wanted: set[str] | None) -> tuple[dict[str, tuple[str, str]], dict[str, list[str]]]:
    """Bulletins whose state differs (document -> state and first print), and the reprints of each first print."""
    prints: defaultdict[str, list[tuple[Any, ...]]] = defaultdict(list)
    for row in db.conn.execute(_STATES):
        prints[row[1]].append(row)
    stale: dict[str, tuple[str, str]] = {}
    copies: dict[str, list[str]] = {}
    for group in prints.values():
        primary = group[0][0]
        copies[primary] = [row[0] for row in group[1:]]
        versions = [row[5] for row in group]
        for document, _, _, before, _, _, current, run in group:
            parts = {
                "versions": versions,
                "current": [current, run],
                "catalogue": catalogue_version(),
                "rules": VERSION,
            }
            state = state_of(parts | {"primary": primary})
            if state != before and (wanted is None or wanted & {row[6] for row in group}):
                stale[document] = (state, primary)
    return stale, copies


def _derive(db: Database, document: str, copies: list[str]) -> set[tuple[str, str]]:
    """Read the versions of a bulletin and write what they say."""
    versions: list[Version] = []
    for index, row in enumerate(db.conn.execute(_VERSIONS, (document,)).fetchall()):
        bulletin, title, text, printed, area, captured, run, sha256 = row
        seen = local_time(datetime.fromisoformat(captured))
        published = date.fromisoformat(printed[:10]) if printed else seen.date()
        since = printed if printed and index == 0 else seen.replace(tzinfo=None).isoformat()
        # saved files are of no area that is known: whose numbers they are cannot be said
        said = derive(_report(db, bulletin, run, title or "", text, area, published)) if area else []
        record_indicators(db, catalogue().values() if not versions else (), said)
        marks = ", ".join("?" * len(copies))
        same = [
            found
            for (found,) in db.conn.execute(
                f"SELECT id FROM bulletins WHERE text_sha256 = ? AND document_id IN ({marks}) ORDER BY id",
                (sha256, *copies),
            )
        ]
        versions.append(Version(bulletin, since, said, tuple(same)))
    return record_document(db, document, versions)


def _report(db: Database, bulletin: str, run: str, title: str, text: str, area: str, published: date) -> Report:
    rows = db.conn.execute(_FIGURES, (bulletin, run)).fetchall()
    index = {row[0]: at for at, row in enumerate(rows)}
    part_of = dict(
        db.conn.execute(
            "SELECT l.figure_key, l.target_key FROM figure_links l JOIN figures f ON f.key = l.figure_key"
            " WHERE l.kind = 'part_of' AND f.bulletin_id = ? AND f.run_id = ?",
            (bulletin, run),
        )
    )
    figures = [_reported(row, index.get(part_of.get(row[0], -1))) for row in rows]
    implied = [
        (index[key], Decimal(expected))
        for key, expected in db.conn.execute(_IMPLIED, (bulletin, run))
        if expected.isdigit() and key in index and figures[index[key]].kind == "count"
    ]
    return Report(
        title=title,
        text=text,
        area=area,
        published=published,
        figures=figures,
        implied=implied,
        resolve=_resolver(area, published),
    )


def _reported(row: tuple[Any, ...], part_of: int | None) -> Reported:
    period = (date.fromisoformat(row[14]), date.fromisoformat(row[15])) if row[14] else None
    return Reported(
        id=row[1],
        start=row[2],
        end=row[3],
        quote=row[4],
        kind=row[5],
        value=Decimal(row[6]),
        denominator=Decimal(row[7]) if row[7] else None,
        unit=row[8],
        relation=row[9],
        status=row[10],
        approx=row[11],
        subject=row[12],
        scope=row[13],
        period=period,
        sentence_start=row[16],
        part_of=part_of,
    )


def _resolver(area: str, on: date) -> Resolve | None:
    """How the phrases of a source are resolved, None where the area is in no table (then names become codes)."""
    # a bulletin of the first days after an area ended still speaks of it
    day = next((day for day in (on, on - timedelta(days=31)) if default_table().get(area, day)), None)
    if day is None:
        return None

    def find(phrase: str, context: str, _: date) -> str | None:
        reading = resolve(phrase, context, day)
        return reading.areas[0].code if len(reading.areas) == 1 else None

    return find
