"""Corrections in the database: the bulletin that one speaks of, and what came of matching them all.

The file is the truth: ``save`` makes the tables say what it says, and writes nothing when they do already. A corrected
figure is shown only while the original says what it said when the correction was matched (``content_hash``).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from sqlite_utils import Database

from db.identity import document_id, make_id
from db.store.connection import writing
from db.store.rows import Row, insert
from schemas.corrections import Correction, Current, Outcome, Says
from schemas.figures import Figure, Period, plain
from schemas.tables import tables

_BULLETIN = """
SELECT c.bulletin_id, c.run_id, b.text FROM current_runs c JOIN bulletins b ON b.id = c.bulletin_id WHERE """
_BY_DOCUMENT = _BULLETIN + "c.document_id = ?"
_BY_ID = _BULLETIN + "c.document_id IN (SELECT document_id FROM bulletins WHERE document_id = :id OR id = :id)"
_BY_MENTION = _BULLETIN + (
    "EXISTS (SELECT 1 FROM figures f WHERE f.id = ? AND f.bulletin_id = c.bulletin_id AND f.run_id = c.run_id)"
)
_HASH = """
SELECT f.content_hash FROM figures f
JOIN current_runs c ON c.bulletin_id = f.bulletin_id AND c.run_id = f.run_id WHERE f.id = ?"""

_DOCUMENT = "SELECT DISTINCT b.document_id FROM figures f JOIN bulletins b ON b.id = f.bulletin_id WHERE f.id = ?"


def current_of(db: Database, correction: Correction) -> Current | None:
    """The current text and figures of the bulletin that a correction names, None where there is no such bulletin."""
    if correction.mention is not None:
        found = db.conn.execute(_BY_MENTION, (correction.mention,)).fetchone()
    elif correction.url is not None:
        found = db.conn.execute(_BY_DOCUMENT, (document_id(correction.url),)).fetchone()
    else:
        found = db.conn.execute(_BY_ID, {"id": correction.bulletin}).fetchone()
    if found is None:
        return None
    bulletin_id, run_id, text = found
    cursor = db.conn.execute(
        "SELECT * FROM figures WHERE bulletin_id = ? AND run_id = ? ORDER BY position", (bulletin_id, run_id)
    )
    names = [column[0] for column in cursor.description]
    rows = [dict(zip(names, row, strict=True)) for row in cursor]
    return Current(str(text), {str(row["id"]): figure_of(row) for row in rows})


def save(db: Database, outcomes: Sequence[Outcome]) -> set[str]:
    """Make ``corrections`` and ``figure_corrections`` say this and no more; the bulletins that it concerns.

    Those are the bulletins of every figure that is corrected otherwise than before.
    """
    with writing(db):
        entries = [_entry(number, outcome) for number, outcome in enumerate(outcomes, 1)]
        corrected = [
            _corrected(db, entry["id"], outcome)
            for entry, outcome in zip(entries, outcomes, strict=True)
            if not outcome.fails
        ]
        before, now = _present(db, "figure_corrections"), _tuples("figure_corrections", corrected)
        if _present(db, "corrections") == _tuples("corrections", entries) and before == now:
            return set()
        db.conn.execute("DELETE FROM figure_corrections")
        db.conn.execute("DELETE FROM corrections")
        insert(db, "corrections", entries)
        insert(db, "figure_corrections", corrected)
        changed = sorted({row[0] for row in set(before) ^ set(now)})
        return {document for figure in changed for (document,) in db.conn.execute(_DOCUMENT, (figure,))}


def figure_of(row: Row) -> Figure:
    """A row of ``figures`` as the figure it was made from; its links (part_of, about) are kept apart."""
    period = None
    if row["period_start"] and row["period_end"]:
        period = Period(date.fromisoformat(row["period_start"]), date.fromisoformat(row["period_end"]))
    plainly = ("start", "end", "quote", "kind", "unit", "rule", "relation", "basis", "direction", "status")
    return Figure(
        **{name: row[name] for name in (*plainly, "approx", "subject", "scope")},
        value=Decimal(row["value_text"]),
        denominator=_decimal(row["denominator_text"]),
        value_max=_decimal(row["value_max_text"]),
        other_bases=tuple(json.loads(row["other_bases"] or "[]")),
        period=period,
        evidence=json.loads(row["evidence"] or "{}"),
    )


def _entry(number: int, outcome: Outcome) -> Row:
    said = outcome.correction
    overrides = _json(said.set) if said.set is not None else None
    bulletin = said.url or said.bulletin
    return {
        "id": make_id("correction", said.model_dump_json()),
        "position": number,
        "state": outcome.state,
        "message": outcome.message_vi,
        "action": "drop" if said.drop else "override",
        "expected": _json(said.expect),
        "overrides": overrides,
        "reason": said.reason,
        "author": said.author,
        "date": said.date.isoformat(),
        "bulletin": bulletin,
        "mention": said.mention,
        "quote": said.quote,
        "context": said.context,
        "figure_id": outcome.mention,
    }


def _corrected(db: Database, correction_id: str, outcome: Outcome) -> Row:
    (content_hash,) = db.conn.execute(_HASH, (outcome.mention,)).fetchone()
    row: Row = dict.fromkeys(column.name for column in tables()["figure_corrections"].columns)
    row |= {"figure_id": outcome.mention, "content_hash": content_hash, "correction_id": correction_id}
    figure = outcome.corrected
    if figure is None:
        return row | {"mark": "dropped"}
    copied = ("unit", "kind", "relation", "basis", "direction", "status", "approx", "subject", "scope")
    row |= {name: getattr(figure, name) for name in copied}
    return row | {
        "mark": "corrected",
        "value": float(figure.value),
        "value_text": plain(figure.value),
        "denominator": None if figure.denominator is None else float(figure.denominator),
        "value_max": None if figure.value_max is None else float(figure.value_max),
        "period_start": figure.period.start.isoformat() if figure.period else None,
        "period_end": figure.period.end.isoformat() if figure.period else None,
    }


def _json(says: Says) -> str:
    made = {
        name: plain(value) if isinstance(value, Decimal) else str(value) if isinstance(value, Period) else value
        for name, value in says.given.items()
    }
    return json.dumps(made, ensure_ascii=False)


def _present(db: Database, table: str) -> list[tuple[Any, ...]]:
    return sorted(db.conn.execute(f"SELECT * FROM {table}").fetchall(), key=repr)


def _tuples(table: str, rows: Iterable[Row]) -> list[tuple[Any, ...]]:
    names = [column.name for column in tables()[table].columns]
    return sorted((tuple(row[name] for name in names) for row in rows), key=repr)


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)
