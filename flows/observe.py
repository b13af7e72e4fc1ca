"""From loaded bulletins to observations: what changed is derived anew, dated and compared, in one transaction."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlite_utils import Database

from db.areas import area_table, area_table_version
from db.observations import (
    Corrections,
    Fact,
    Stale,
    Version,
    check_series,
    date_facts,
    drop_unused,
    find_stale,
    forget,
    put_down,
    read_corrections,
    record_catalogue,
    record_document,
    record_generated,
)
from db.store import writing
from extractors.areas import AreaTable, resolve
from extractors.fingerprint import deriving_fingerprint
from extractors.indicators.breaks import with_breaks
from extractors.indicators.derive import derive
from extractors.indicators.places import Resolve
from extractors.indicators.reports import Report, Reported
from extractors.indicators.words import LONGEST, slug, words
from flows.times import local_time
from schemas.areas import Area
from schemas.indicators import catalogue, catalogue_version
from schemas.observations import Said

_GRACE = timedelta(days=31)
#: bulletins in one transaction: others may write in between
_CHUNK = 500
#: what of a figure a correction may change that observations are made from
_OVERRIDABLE = ("value", "denominator", "unit", "kind", "relation", "status", "approx", "subject", "scope", "period")

_VERSIONS = """
SELECT b.id, b.title, b.text, b.published, s.area, k.time, v.run_id, b.text_sha256
FROM bulletins b JOIN version_results v ON v.bulletin_id = b.id
JOIN sources s ON s.code = b.source JOIN captures k ON k.id = b.capture_id
WHERE b.document_id = ? ORDER BY k.time, b.id
"""

_FIGURES = """
SELECT key, id, start, end, quote, kind, value_text, denominator_text, unit, relation, status, approx, subject, scope,
  period_start, period_end, sentence_start, content_hash
FROM figures WHERE bulletin_id = ? AND run_id = ? ORDER BY position
"""

#: "+": by bulletin; else SQLite goes through all findings of the run, or all implied plans there are
_IMPLIED = """
SELECT n.key, g.figure_key, n.expected FROM findings n JOIN finding_figures g ON g.finding_key = n.key
WHERE n.bulletin_id = ? AND +n.run_id = ? AND +n.check_name = 'implied_plan' AND +n.verdict IN ('holds', 'possible')
ORDER BY n.key, g.position
"""


def refresh(db: Database, *, documents: Iterable[str] | None = None) -> int:
    """Bring the observations up to date with the current bulletins; how many bulletins had to be derived anew.

    What was derived from is kept for every bulletin, so that only what differs is touched, what a crash left undone is
    done by the next call, and a call with nothing new changes nothing. ``documents`` narrows it to these bulletins and
    their reprints, at a cost that does not grow with the database; then series are compared by ``compare`` or the next
    call without.
    """
    stale = find_stale(db, (catalogue_version(), area_table_version(db.conn), deriving_fingerprint()), documents)
    corrections = read_corrections(db)
    waiting = list(stale.states)
    for at in range(0, len(waiting), _CHUNK):
        with writing(db):
            _bring_up(db, stale, waiting[at : at + _CHUNK], corrections)
    if documents is None:
        compare(db)
    return len(stale.states)


def compare(db: Database) -> None:
    """Hold the series that were touched since the last time against each other; nothing is written where none was."""
    if db.conn.execute("SELECT EXISTS (SELECT 1 FROM series_due)").fetchone()[0]:
        with writing(db):
            check_series(db)


def _bring_up(
    db: Database, stale: Stale, documents: Iterable[str], corrections: dict[tuple[str, str], Corrections]
) -> None:
    """Derive these bulletins anew and note from which state that was."""
    record_catalogue(db, catalogue().values())
    gone: set[Fact] = set()
    made: set[Fact] = set()
    for document in documents:
        state, primary = stale.states[document]
        gone |= forget(db, document)
        if primary == document:
            made |= _derive(db, document, stale.copies[document], corrections)
        db.conn.execute(
            "INSERT INTO observation_documents (document_id, state, primary_id) VALUES (?, ?, ?)"
            " ON CONFLICT (document_id) DO UPDATE SET state = excluded.state, primary_id = excluded.primary_id",
            (document, state, primary),
        )
    drop_unused(db, {indicator for indicator, *_ in gone - made})
    date_facts(db, gone | made)
    put_down(db, gone | made)


def _derive(
    db: Database, document: str, copies: list[str], corrections: dict[tuple[str, str], Corrections]
) -> set[Fact]:
    """Read the versions of a bulletin and write what they say."""
    versions: list[Version] = []
    areas = area_table(db.conn)
    for index, row in enumerate(db.conn.execute(_VERSIONS, (document,)).fetchall()):
        bulletin, title, text, printed, area, captured, run, sha256 = row
        seen = local_time(datetime.fromisoformat(captured))
        published = date.fromisoformat(printed[:10]) if printed else seen.date()
        since = printed if printed and index == 0 else seen.replace(tzinfo=None).isoformat()
        said: list[Said] = []
        if area:  # saved files are of no area that is known: whose numbers they are cannot be said
            known: Corrections = {}
            for other in (*reversed(copies), document):  # what is said of a reprint holds for the first print
                known |= corrections.get((other, sha256), {})
            report = _report(db, bulletin, run, title or "", text, area, published, known, areas)
            said = with_breaks(derive(report), table=areas)
        record_generated(db, said, _spelled(db, bulletin, run))
        versions.append(Version(bulletin, since, said, _same_text(db, sha256, copies)))
    return record_document(db, document, versions)


def _same_text(db: Database, sha256: str, documents: list[str]) -> tuple[str, ...]:
    """The versions of these documents that have a text."""
    if not documents:
        return ()
    marks = ", ".join("?" * len(documents))
    sql = f"SELECT id FROM bulletins WHERE text_sha256 = ? AND document_id IN ({marks}) ORDER BY id"
    return tuple(found for (found,) in db.conn.execute(sql, (sha256, *documents)))


def _spelled(db: Database, bulletin: str, run: str) -> dict[str, str]:
    """The words that codes are made of, as this bulletin writes them: "cao-dang" is "Cao đẳng"."""
    sql = "SELECT DISTINCT subject FROM figures WHERE bulletin_id = ? AND run_id = ? AND subject IS NOT NULL"
    made: dict[str, str] = {}
    subjects = [row[0] for row in db.conn.execute(sql, (bulletin, run))]
    for subject in sorted(subjects, reverse=True):  # of several the first is taken
        pieces = subject.split()
        while len(words(" ".join(pieces))) > LONGEST:
            pieces.pop()
        name = " ".join(pieces)
        more = " …" if name != " ".join(subject.split()) else ""
        made[slug(name)] = name[:1].upper() + name[1:] + more
    return made


def _report(
    db: Database,
    bulletin: str,
    run: str,
    title: str,
    text: str,
    area: str,
    published: date,
    known: Corrections,
    areas: AreaTable,
) -> Report:
    rows = db.conn.execute(_FIGURES, (bulletin, run)).fetchall()
    dropped = {row[0] for row in rows if known.get((row[2], row[3], row[17]), ("",))[0] == "drop"}
    kept = [row for row in rows if row[0] not in dropped]
    index = {row[0]: at for at, row in enumerate(kept)}
    part_of = dict(
        db.conn.execute(
            "SELECT l.figure_key, l.target_key FROM figure_links l JOIN figures f ON f.key = l.figure_key"
            " WHERE l.kind = 'part_of' AND f.bulletin_id = ? AND f.run_id = ?",
            (bulletin, run),
        )
    )
    figures = [
        _overridden(_reported(row, index.get(part_of.get(row[0], -1))), known.get((row[2], row[3], row[17])))
        for row in kept
    ]
    spans = {(row[2], row[3]) for row in kept}
    home = _place(area, published, areas)
    return Report(
        title=title,
        text=text,
        area=home.slug if home else area,
        published=published,
        figures=figures,
        implied=_implied(db, bulletin, run, index, figures),
        resolve=_resolver(home, published, areas),
        dropped=frozenset((row[2], row[3]) for row in rows if row[0] in dropped) - spans,
    )


def _implied(
    db: Database, bulletin: str, run: str, index: dict[int, int], figures: list[Reported]
) -> list[tuple[int, Decimal]]:
    """The plans that follow from figures as they were read: where a person changed one of them, none does."""
    made = []
    for _, rows in groupby(db.conn.execute(_IMPLIED, (bulletin, run)).fetchall(), key=itemgetter(0)):
        found = [(index.get(key), expected) for _, key, expected in rows]
        if any(at is None or figures[at].corrected for at, _ in found):
            continue
        made += [
            (at, Decimal(expected))
            for at, expected in found
            if at is not None and expected.isdigit() and figures[at].kind == "count"
        ]
    return made


def _overridden(figure: Reported, said: tuple[str, str | None] | None) -> Reported:
    """The figure as a person corrected it."""
    if said is None or said[1] is None:
        return figure
    given: dict[str, Any] = json.loads(said[1])
    changes = {name: value for name, value in given.items() if name in _OVERRIDABLE}
    for name in ("value", "denominator"):
        if changes.get(name) is not None:
            changes[name] = Decimal(changes[name])
    if changes.get("period"):
        first, last = changes["period"].split("/")
        changes["period"] = (date.fromisoformat(first), date.fromisoformat(last))
    return replace(figure, corrected=frozenset(given), **changes)


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


def _place(area: str, on: date, areas: AreaTable) -> Area | None:
    """The area of a source, None where it is in no table (then names become codes)."""
    # a bulletin of the first days after an area ended still speaks of it
    return next((found for day in (on, on - _GRACE) if (found := areas.get(area, day))), None)


def _resolver(home: Area | None, on: date, areas: AreaTable) -> Resolve | None:
    """How the phrases of a source are resolved, to the readable codes that source files use."""
    if home is None:
        return None
    day = on if home.valid_on(on) else on - _GRACE

    def find(phrase: str, context: str, _: date) -> str | None:
        reading = resolve(phrase, context, day, areas)
        return reading.areas[0].slug if len(reading.areas) == 1 else None

    return find
