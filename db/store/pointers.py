"""Which result people see: the pointers of documents and of their versions, moved only here."""

from __future__ import annotations

from sqlite_utils import Database

from db.store.successors import follow

_POINT = """
INSERT INTO current_runs (document_id, bulletin_id, run_id, capture_id)
VALUES (:document, :version, :result, :capture)
ON CONFLICT (document_id) DO UPDATE
SET bulletin_id = excluded.bulletin_id, run_id = excluded.run_id, capture_id = excluded.capture_id
WHERE (SELECT time FROM captures WHERE id = excluded.capture_id)
    >= (SELECT time FROM captures WHERE id = current_runs.capture_id)
  AND (bulletin_id, run_id, capture_id) IS NOT (excluded.bulletin_id, excluded.run_id, excluded.capture_id)"""

# an older capture of the very version that is shown: another result of it is shown too, the later capture stays
_SAME_VERSION = """
UPDATE current_runs SET run_id = :result
WHERE document_id = :document AND bulletin_id = :version AND run_id <> :result"""

_ACCEPT = """
INSERT INTO version_results (bulletin_id, run_id) VALUES (?, ?)
ON CONFLICT (bulletin_id) DO UPDATE SET run_id = excluded.run_id WHERE run_id <> excluded.run_id"""


def accept(db: Database, run_id: str, *, document: str, version: str, result_run: str, capture_id: str) -> bool:
    """Make a result that of its version, and the version that of its document; whether the document's pointer moved.

    A capture older than the one that is current moves no pointer to another version. Figures whose ids go with the
    old pointer get successors. Inside the caller's transaction.
    """
    db.conn.execute(_ACCEPT, (version, result_run))
    before = db.conn.execute(
        "SELECT bulletin_id, run_id FROM current_runs WHERE document_id = ?", (document,)
    ).fetchone()
    values = {"document": document, "version": version, "result": result_run, "capture": capture_id}
    moved = any(db.conn.execute(sql, values).rowcount for sql in (_POINT, _SAME_VERSION))
    if before is None:
        return True
    if not moved or before == (version, result_run):
        return False
    follow(db, run_id, before, (version, result_run), reason="version" if before[0] != version else "result")
    return True
