"""Documents on their way into the database: what of each is new is decided first, then the rows go in table by table.

A table at a time is what SQLite is fast at, and the search index gathers a transaction's words in memory until a
savepoint makes it write them: a savepoint a document costs as much again as all the rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from db.store.facts import FACT, stored_facts
from db.store.prepare import BULLETIN, EXTRACTION, FIGURE, FINDING, NUMERAL, Prepared
from db.store.rows import Values, insert_values, next_key

#: table -> the columns of its rows here; in an order in which no row points at one that comes later
_COLUMNS = {
    "bulletins": ("search_key", "run_id", *BULLETIN),
    "bulletins_fts": ("rowid", "title", "text", "folded"),
    "extractions": ("bulletin_id", "run_id", *EXTRACTION),
    "figures": ("key", "bulletin_id", "run_id", *FIGURE),
    "figures_fts": ("rowid", "subject", "sentence", "folded"),
    "figure_links": ("figure_key", "kind", "target_key", "run_id"),
    "numerals": ("figure_key", "bulletin_id", "run_id", *NUMERAL),
    "findings": ("key", "bulletin_id", "run_id", *FINDING),
    "finding_figures": ("finding_key", "position", "figure_key", "run_id"),
    "bulletin_facts": ("bulletin_id", "run_id", *FACT),
}
_READING = (
    "INSERT INTO readings (capture_id, fingerprint, bulletin_id, run_id, result_run) VALUES (?, ?, ?, ?, ?)"
    " ON CONFLICT DO NOTHING"
)
#: point at this version and result, unless what is current comes from a later capture
_PROMOTE = (
    "INSERT INTO current_runs (document_id, bulletin_id, run_id, capture_id) VALUES (?, ?, ?, ?)"
    " ON CONFLICT (document_id) DO UPDATE"
    " SET bulletin_id = excluded.bulletin_id, run_id = excluded.run_id, capture_id = excluded.capture_id"
    " WHERE (SELECT time FROM captures WHERE id = excluded.capture_id)"
    " >= (SELECT time FROM captures WHERE id = current_runs.capture_id)"
    " AND (bulletin_id, run_id, capture_id)"
    " IS NOT (excluded.bulletin_id, excluded.run_id, excluded.capture_id)"
)


def write_documents(db: Database, run_id: str, documents: Sequence[Prepared], *, promote: bool) -> None:
    """Write documents inside the caller's transaction, as if one after the other."""
    batch = _Batch(db, run_id)
    for prepared in documents:
        batch.add(prepared, promote)
    batch.write()


def read_by(db: Database, run_id: str, capture_id: str) -> tuple[str, str]:
    """The capture's address and the run's fingerprint; ``KeyError`` where one of them is not recorded."""
    found = db.conn.execute(
        "SELECT c.url, r.fingerprint FROM captures c JOIN runs r ON r.id = ? WHERE c.id = ?", (run_id, capture_id)
    ).fetchone()
    if found is None:
        raise KeyError(f"no run {run_id} or no capture {capture_id} in the database; record both before loading")
    return found[0], found[1]


class _Batch:
    """Rows that wait, by table. The write lock is held, so keys are counted on from the first free one."""

    def __init__(self, db: Database, run_id: str) -> None:
        self._db = db
        self._run = run_id
        self._search_key = next_key(db, "bulletins", "search_key")
        self._figure_key = next_key(db, "figures")
        self._finding_key = next_key(db, "findings")
        self._clear()

    def _clear(self) -> None:
        self._rows: dict[str, list[Values]] = {table: [] for table in _COLUMNS}
        self._readings: list[Values] = []
        self._promoted: list[Values] = []
        self._stale_facts: list[Values] = []
        self._documents: set[str] = set()

    def add(self, prepared: Prepared, promote: bool) -> None:
        """Take in what of the document is not there yet."""
        url, fingerprint = read_by(self._db, self._run, prepared.capture_id)
        if url != prepared.url:
            raise ValueError(
                f"the capture {prepared.capture_id} is of {url}, the document was prepared for {prepared.url}"
            )
        if prepared.document_id in self._documents:
            self.write()  # what is new is asked of the database, so it must know the earlier one
        self._documents.add(prepared.document_id)
        version = prepared.bulletin_id
        self._add_version(prepared)
        result_run = self._equal_result(prepared)
        if result_run is None:
            result_run = self._run
            self._add_result(prepared)
        if prepared.facts is not None:
            self._add_facts(version, prepared.facts)
        self._readings.append((prepared.capture_id, fingerprint, version, self._run, result_run))
        if promote:
            self._promoted.append((prepared.document_id, version, result_run, prepared.capture_id))

    def _add_version(self, prepared: Prepared) -> None:
        if self._db.conn.execute("SELECT 1 FROM bulletins WHERE id = ?", (prepared.bulletin_id,)).fetchone():
            return
        self._rows["bulletins"].append((self._search_key, self._run, *prepared.bulletin))
        self._rows["bulletins_fts"].append((self._search_key, *prepared.bulletin_search))
        self._search_key += 1

    def _equal_result(self, prepared: Prepared) -> str | None:
        """The run that has an equal result of the version already, the current one before others."""
        equal = self._db.conn.execute(
            "SELECT e.run_id FROM extractions e LEFT JOIN current_runs c"
            " ON c.bulletin_id = e.bulletin_id AND c.run_id = e.run_id"
            " WHERE e.bulletin_id = ? AND e.sha256 = ? ORDER BY c.run_id IS NULL, e.run_id LIMIT 1",
            (prepared.bulletin_id, prepared.extraction_sha256),
        ).fetchone()
        return None if equal is None else str(equal[0])

    def _add_result(self, prepared: Prepared) -> None:
        rows, run, own = self._rows, self._run, (prepared.bulletin_id, self._run)
        first, finding = self._figure_key, self._finding_key
        rows["extractions"].append((*own, *prepared.extraction))
        rows["figures"] += [(first + i, *own, *row) for i, row in enumerate(prepared.figures)]
        rows["figures_fts"] += [(first + i, *row) for i, row in enumerate(prepared.figure_search)]
        rows["figure_links"] += [(first + i, kind, first + target, run) for i, kind, target in prepared.links]
        rows["numerals"] += [(None if i is None else first + i, *own, *row) for i, row in prepared.numerals]
        rows["findings"] += [(finding + i, *own, *row) for i, row in enumerate(prepared.findings)]
        rows["finding_figures"] += [(finding + i, at, first + figure, run) for i, at, figure in prepared.members]
        self._figure_key += len(prepared.figures)
        self._finding_key += len(prepared.findings)

    def _add_facts(self, version: str, facts: Sequence[Values]) -> None:
        stored = stored_facts(self._db, version)
        if stored == list(facts):
            return
        if stored:
            self._stale_facts.append((version,))
        self._rows["bulletin_facts"] += [(version, self._run, *row) for row in facts]

    def write(self) -> None:
        """Write what waits."""
        conn = self._db.conn
        conn.executemany("DELETE FROM bulletin_facts WHERE bulletin_id = ?", self._stale_facts)
        for table, rows in self._rows.items():
            if rows:
                insert_values(self._db, table, _COLUMNS[table], rows)
        conn.executemany(_READING, self._readings)
        conn.executemany(_PROMOTE, self._promoted)
        self._clear()
