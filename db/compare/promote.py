"""A candidate becomes what people see: all of its pointers move in one transaction, or none."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import datetime

from sqlite_utils import Database

from db.compare.diff import Summary
from db.compare.guards import Guard
from db.store.connection import writing
from db.store.facts import replace_facts
from db.store.pointers import accept
from db.store.runs import UNSEEN_RUNS
from db.times import to_text

_READ = """
SELECT b.document_id, k.bulletin_id, k.result_run, k.capture_id, k.facts
FROM candidates k JOIN captures c ON c.id = k.capture_id JOIN bulletins b ON b.id = k.bulletin_id
WHERE k.run_id = ? ORDER BY c.time, c.id"""

# What another candidate noted first is seen from now on.
_NOTED = f"""
UPDATE readings SET run_id = :run WHERE run_id IN ({UNSEEN_RUNS} AND u.id <> :run) AND EXISTS (
  SELECT 1 FROM candidates k WHERE k.run_id = :run AND k.capture_id = readings.capture_id
    AND k.bulletin_id = readings.bulletin_id AND k.result_run = readings.result_run)"""

# Versions that only came of reading a page in another way: every capture that showed one reads to another version now.
_UNREAD_NOW = """
DELETE FROM version_results WHERE bulletin_id IN (
  SELECT v.bulletin_id FROM version_results v JOIN bulletins b ON b.id = v.bulletin_id
  WHERE b.document_id IN (
      SELECT o.document_id FROM candidates k JOIN bulletins o ON o.id = k.bulletin_id WHERE k.run_id = :run)
    AND NOT EXISTS (SELECT 1 FROM candidates k WHERE k.run_id = :run AND k.bulletin_id = v.bulletin_id)
    AND NOT EXISTS (SELECT 1 FROM current_runs u WHERE u.bulletin_id = v.bulletin_id)
    AND NOT EXISTS (
      SELECT 1 FROM readings g WHERE g.bulletin_id = v.bulletin_id AND g.capture_id NOT IN (
        SELECT k.capture_id FROM candidates k WHERE k.run_id = :run AND k.bulletin_id IS NOT NULL)))"""


def promote(
    db: Database,
    run_id: str,
    *,
    time: datetime,
    summary: Summary,
    guards: Sequence[Guard],
    forced: str | None = None,
    afterwards: Callable[[], object] = lambda: None,
) -> int:
    """Make what a run read current, and note it; how many bulletins show another result now.

    ``afterwards`` is done in the same transaction: what is derived from current figures. The guards were asked by the
    caller; ``forced`` is the reason why they do not count. A run that was promoted and of which nothing moves is not
    noted twice.
    """
    with writing(db):
        moved = 0
        for document, version, result, capture, facts in db.conn.execute(_READ, (run_id,)):
            moved += accept(db, run_id, document=document, version=version, result_run=result, capture_id=capture)
            if facts is not None:
                replace_facts(db, run_id, version, [tuple(row) for row in json.loads(facts)])
        db.conn.execute(_NOTED, {"run": run_id})
        db.conn.execute(_UNREAD_NOW, {"run": run_id})
        afterwards()
        if not moved and _is_promoted(db, run_id):  # the same command again, perhaps because nobody saw its end
            return 0
        kinds = summary.kinds
        db.conn.execute(
            "INSERT INTO promotions (run_id, time, documents, figures_added, figures_gone, figures_changed, guards,"
            " forced) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (
                run_id,
                to_text(time),
                moved,
                kinds["added"],
                kinds["gone"],
                kinds["changed"],
                json.dumps([guard.to_json() for guard in guards], ensure_ascii=False),
                forced,
            ),
        )
    return moved


def _is_promoted(db: Database, run_id: str) -> bool:
    return db.conn.execute("SELECT 1 FROM promotions WHERE run_id = ?", (run_id,)).fetchone() is not None
