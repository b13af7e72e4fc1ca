"""Old results that nobody sees any more: removed with their figures, when a person says so."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sqlite_utils import Database

from db.folding import fold
from db.store.candidates import KIND
from db.store.connection import writing
from schemas.nearest import meant


@dataclass(frozen=True, slots=True)
class Pruned:
    """How much went."""

    runs: int
    results: int
    figures: int
    versions: int


# A result is kept while it is accepted, current, or a candidate of a run that is kept.
_LOOSE = """
SELECT e.bulletin_id, e.run_id FROM extractions e
WHERE NOT EXISTS (SELECT 1 FROM version_results v WHERE v.bulletin_id = e.bulletin_id AND v.run_id = e.run_id)
  AND NOT EXISTS (SELECT 1 FROM current_runs c WHERE c.bulletin_id = e.bulletin_id AND c.run_id = e.run_id)
  AND NOT EXISTS (SELECT 1 FROM candidates k WHERE k.bulletin_id = e.bulletin_id AND k.result_run = e.run_id)
ORDER BY e.bulletin_id, e.run_id"""

_OF_RESULT = "bulletin_id = ? AND run_id = ?"
_KEYS = f"(SELECT key FROM figures WHERE {_OF_RESULT})"
_FINDING_KEYS = f"(SELECT key FROM findings WHERE {_OF_RESULT})"
_REMOVE = (
    f"DELETE FROM finding_figures WHERE finding_key IN {_FINDING_KEYS}",
    f"DELETE FROM findings WHERE {_OF_RESULT}",
    f"DELETE FROM numerals WHERE {_OF_RESULT}",
    f"DELETE FROM figure_links WHERE figure_key IN {_KEYS}",
    f"DELETE FROM figures WHERE {_OF_RESULT}",
    f"DELETE FROM extractions WHERE {_OF_RESULT}",
    "DELETE FROM readings WHERE bulletin_id = ? AND result_run = ?",
)


# what another candidate found noted already is that one's from now on
_HAND_OVER = """
UPDATE readings SET run_id = (
  SELECT k.run_id FROM candidates k WHERE k.capture_id = readings.capture_id
    AND k.bulletin_id = readings.bulletin_id AND k.result_run = readings.result_run ORDER BY k.run_id LIMIT 1)
WHERE run_id = :run AND EXISTS (
  SELECT 1 FROM candidates k WHERE k.capture_id = readings.capture_id
    AND k.bulletin_id = readings.bulletin_id AND k.result_run = readings.result_run)"""


def prunable(db: Database, keep: int) -> list[str]:
    """Re-extractions that are not running, nor among the latest ``keep``; oldest first."""
    rows = db.conn.execute(
        "SELECT r.id FROM runs r WHERE r.kind = ? AND r.status NOT IN ('running', 'pruned')"
        " AND EXISTS (SELECT 1 FROM candidates k WHERE k.run_id = r.id) ORDER BY r.started DESC, r.id DESC",
        (KIND,),
    ).fetchall()
    return [row[0] for row in rows[keep:]][::-1]


def prune(db: Database, run_ids: Iterable[str], *, dry: bool = False) -> Pruned:
    """Remove the candidates of these runs, then every result and version that nothing points at; one transaction.

    What is current stays, whoever read it, and so do the rows of the runs. With ``dry`` only the numbers are found.
    Raises KeyError for a run that is not there, or is no re-extraction: what other runs read is no candidate.
    """
    chosen = list(run_ids)
    with writing(db):
        db.conn.execute("SAVEPOINT pruning")
        done = _prune(db, chosen)
        db.conn.execute("ROLLBACK TO pruning" if dry else "RELEASE pruning")
        if dry:
            db.conn.execute("RELEASE pruning")
    return done


def _prune(db: Database, run_ids: list[str]) -> Pruned:
    for run_id in run_ids:
        found = db.conn.execute("SELECT kind FROM runs WHERE id = ?", (run_id,)).fetchone()
        if found is None:
            runs = [row[0] for row in db.conn.execute("SELECT id FROM runs ORDER BY started DESC")]
            raise KeyError(f"no run {run_id}{meant(run_id, runs)} in the database; bantin runs list shows all")
        if found[0] != KIND:
            raise KeyError(f"run {run_id} is a {found[0]} run; expected a {KIND} run, as bantin runs list shows them")
        db.conn.execute("UPDATE runs SET status = 'pruned' WHERE id = ?", (run_id,))
        db.conn.execute("DELETE FROM candidates WHERE run_id = ?", (run_id,))
        if not db.conn.execute("SELECT 1 FROM promotions WHERE run_id = ?", (run_id,)).fetchone():
            db.conn.execute(_HAND_OVER, {"run": run_id})
            for table in ("readings", "run_errors"):  # what it noted of captures, too, is of results nobody saw
                db.conn.execute(f"DELETE FROM {table} WHERE run_id = ?", (run_id,))
    loose = db.conn.execute(_LOOSE).fetchall()
    figures = 0
    for result in loose:
        figures += _remove_result(db, result)
    return Pruned(len(run_ids), len(loose), figures, sum(1 for _ in _remove_versions(db)))


def _remove_result(db: Database, result: tuple[str, str]) -> int:
    rows = db.conn.execute(f"SELECT key, subject, sentence FROM figures WHERE {_OF_RESULT}", result).fetchall()
    # A contentless index forgets a row only when it is told what stood in it.
    db.conn.executemany(
        "INSERT INTO figures_fts (figures_fts, rowid, subject, sentence, folded) VALUES ('delete', ?, ?, ?, ?)",
        [(key, subject, sentence, fold(f"{subject or ''}\n{sentence}")) for key, subject, sentence in rows],
    )
    for statement in _REMOVE:
        db.conn.execute(statement, result)
    return len(rows)


def _remove_versions(db: Database) -> Iterator[str]:
    """Versions without any result: what a page read to only in runs that were pruned."""
    loose = db.conn.execute(
        "SELECT b.id FROM bulletins b WHERE NOT EXISTS (SELECT 1 FROM extractions e WHERE e.bulletin_id = b.id)"
    ).fetchall()
    for (version,) in loose:  # their texts may be more than memory holds
        key, title, text = db.conn.execute(
            "SELECT search_key, title, text FROM bulletins WHERE id = ?", (version,)
        ).fetchone()
        db.conn.execute(
            "INSERT INTO bulletins_fts (bulletins_fts, rowid, title, text, folded) VALUES ('delete', ?, ?, ?, ?)",
            (key, title, text, fold(f"{title or ''}\n{text}")),
        )
        db.conn.execute("DELETE FROM bulletin_facts WHERE bulletin_id = ?", (version,))
        db.conn.execute("DELETE FROM bulletins WHERE id = ?", (version,))
        yield version
