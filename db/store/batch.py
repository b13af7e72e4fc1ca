"""Documents on their way into the database: what of each is new is decided first, then the rows go in table by table.

A table at a time is what SQLite is fast at, and the search index gathers a transaction's words in memory until a
savepoint makes it write them: a savepoint a document costs as much again as all the rows.
"""

from __future__ import annotations

from collections.abc import Sequence

from sqlite_utils import Database

from db.store.facts import FACT, differing_facts, leave_to_candidates
from db.store.pointers import accept
from db.store.prepare import BULLETIN, EXTRACTION, FIGURE, FINDING, NUMERAL, Prepared
from db.store.rows import Values, insert_new, insert_values, next_key
from db.store.runs import UNSEEN_RUNS
from schemas.fingerprints import Fingerprints

_TAKE_OVER = f"""
UPDATE readings SET run_id = :run_id
WHERE capture_id = :capture_id AND fingerprint = :fingerprint AND run_id IN ({UNSEEN_RUNS})"""

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


def note_reading(
    db: Database,
    run_id: str,
    *,
    capture_id: str,
    version: str,
    result_run: str,
    fingerprint: str,
    fingerprints: Fingerprints | None,
    seen: bool = False,
) -> None:
    """Note what a capture read to; what is noted already stays.

    With ``seen`` people see it from now on: where a candidate noted it first, the note becomes this run's.

    The key is the fingerprint of the reading's two halves, which differ from portal to portal; where they are not
    known, the run's ``fingerprint``.
    """
    reading = {
        "capture_id": capture_id,
        "fingerprint": fingerprints.whole if fingerprints else fingerprint,
        "bulletin_id": version,
        "run_id": run_id,
        "result_run": result_run,
        "page_fingerprint": fingerprints.page if fingerprints else None,
        "figure_fingerprint": fingerprints.figures if fingerprints else None,
    }
    if not insert_new(db, "readings", reading) and seen:
        db.conn.execute(_TAKE_OVER, reading)


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
        #: document, fingerprint of the run, run whose result it is, whether people see it
        self._results: list[tuple[Prepared, str, str, bool]] = []
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
        self._add_version(prepared)
        result_run = self._equal_result(prepared)
        if result_run is None:
            result_run = self._run
            self._add_result(prepared)
        if promote and prepared.facts is not None:
            self._add_facts(prepared.bulletin_id, prepared.facts)
        self._results.append((prepared, fingerprint, result_run, promote))

    def _add_version(self, prepared: Prepared) -> None:
        if self._db.conn.execute("SELECT 1 FROM bulletins WHERE id = ?", (prepared.bulletin_id,)).fetchone():
            return
        if prepared.bulletin is None or prepared.bulletin_search is None:
            raise KeyError(f"no version {prepared.bulletin_id} in the database; it was prepared as one that is there")
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
        if differing_facts(self._db, version, facts) is None:
            return
        leave_to_candidates(self._db, self._run, version)
        self._stale_facts.append((version,))
        self._rows["bulletin_facts"] += [(version, self._run, *row) for row in facts]

    def write(self) -> None:
        """Write what waits."""
        self._db.conn.executemany("DELETE FROM bulletin_facts WHERE bulletin_id = ?", self._stale_facts)
        for table, rows in self._rows.items():
            if rows:
                insert_values(self._db, table, _COLUMNS[table], rows)
        for prepared, fingerprint, result_run, promote in self._results:
            note_reading(
                self._db,
                self._run,
                capture_id=prepared.capture_id,
                version=prepared.bulletin_id,
                result_run=result_run,
                fingerprint=fingerprint,
                fingerprints=prepared.fingerprints,
                seen=promote,
            )
            if promote:
                accept(
                    self._db,
                    self._run,
                    document=prepared.document_id,
                    version=prepared.bulletin_id,
                    result_run=result_run,
                    capture_id=prepared.capture_id,
                )
        self._clear()
