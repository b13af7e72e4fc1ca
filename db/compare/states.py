"""What a side of a comparison says of each bulletin: what people see now, or what a run read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlite_utils import Database

CURRENT = "current"


class RunError(Exception):
    """A run that is not there, or is no run that could be compared; the message says which there are."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A bulletin on both sides: version and run of each; None where a side has none. ``error``: why ``new`` is None."""

    document: str
    old: tuple[str, str] | None
    new: tuple[str, str] | None
    error: str | None = None


# The latest capture of each address that the side read, and what it read there.
_CANDIDATE = """
SELECT document, version, result, error FROM (
  SELECT coalesce(b.document_id, d.document_id) AS document, k.bulletin_id AS version, k.result_run AS result, k.error,
    row_number() OVER (PARTITION BY c.url ORDER BY k.bulletin_id IS NULL, c.time DESC, c.id DESC) AS nth
  FROM candidates k JOIN captures c ON c.id = k.capture_id
  LEFT JOIN bulletins b ON b.id = k.bulletin_id
  LEFT JOIN (SELECT url, min(document_id) AS document_id FROM bulletins GROUP BY url) d ON d.url = c.url
  WHERE k.run_id = :run)
WHERE nth = 1 AND document IS NOT NULL"""
_READ = """
SELECT document, version, result, NULL AS error FROM (
  SELECT b.document_id AS document, g.bulletin_id AS version, g.result_run AS result,
    row_number() OVER (PARTITION BY b.document_id ORDER BY c.time DESC, c.id DESC) AS nth
  FROM readings g JOIN captures c ON c.id = g.capture_id JOIN bulletins b ON b.id = g.bulletin_id
  WHERE g.run_id = :run)
WHERE nth = 1"""
_CURRENT = "SELECT document_id AS document, bulletin_id AS version, run_id AS result, NULL AS error FROM current_runs"


def check_run(db: Database, run_id: str) -> None:
    """Raise RunError unless ``run_id`` is "current" or a run that read something."""
    if run_id == CURRENT:
        return
    found = db.conn.execute("SELECT status FROM runs WHERE id = ?", (run_id,)).fetchone()
    if found is None:
        have = [row[0] for row in db.conn.execute("SELECT id FROM runs ORDER BY started DESC LIMIT 5")]
        raise RunError(f"no run {run_id}; the latest are {', '.join(have) or 'none'} (bantin runs list shows all)")
    if found[0] == "pruned":
        raise RunError(
            f"the results of run {run_id} were pruned; expected one that bantin runs list shows with results"
        )


def pairs(db: Database, old: str, new: str) -> Iterator[Pair]:
    """Every bulletin of ``new`` that is not the same in ``old``, in order of its id. Bulletins only ``old`` has are not
    of the scope of ``new`` and are left out. Raises RunError.
    """
    for side in (old, new):
        check_run(db, side)
    sql = (
        f"SELECT n.document, o.version, o.result, n.version, n.result, n.error FROM ({_side(db, new, 'new')}) n"
        f" LEFT JOIN ({_side(db, old, 'old')}) o ON o.document = n.document"
        " WHERE (n.version, n.result) IS NOT (o.version, o.result) ORDER BY n.document"
    )
    for document, old_version, old_run, new_version, new_run, error in db.conn.execute(sql, {"old": old, "new": new}):
        yield Pair(
            document,
            (old_version, old_run) if old_version else None,
            (new_version, new_run) if new_version else None,
            error,
        )


def count_bulletins(db: Database, run_id: str) -> int:
    """How many bulletins a side speaks of."""
    return int(db.conn.execute(f"SELECT count(*) FROM ({_side(db, run_id, 'new')})", {"new": run_id}).fetchone()[0])


def _side(db: Database, run_id: str, name: str) -> str:
    if run_id == CURRENT:
        return _CURRENT
    has = db.conn.execute("SELECT 1 FROM candidates WHERE run_id = ? LIMIT 1", (run_id,)).fetchone()
    return (_CANDIDATE if has else _READ).replace(":run", f":{name}")
