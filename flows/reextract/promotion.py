"""Promoting a candidate: the comparison, the guards, the move, and what follows from it, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from db.compare.diff import Summary, changes
from db.compare.guards import Guard, Limits, judge
from db.compare.promote import promote
from db.compare.states import CURRENT, RunError, check_run
from db.home import Home
from db.store import hold_transactions, writing
from db.store.candidates import KIND, Scope, count_captures, count_read
from extractors.fingerprint import fingerprint
from flows.corrections import apply_corrections, corrections_path, read_corrections
from flows.labelled import below_floors
from flows.observe import refresh


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the guards say of a run, and what it would change."""

    guards: Sequence[Guard]
    summary: Summary
    #: the database as it was compared
    stamp: tuple[int, int, int]

    @property
    def holds(self) -> bool:
        """Whether no guard fails."""
        return all(guard.holds is not False for guard in self.guards)


def examine(db: Database, run_id: str, limits: Limits, gold: Path) -> Verdict:
    """Compare a run with what is current and ask every guard. Raises RunError, LabelError.

    ``gold`` is a folder of labelled files with their floors; where there is none, that guard is not asked.
    """
    check_run(db, run_id)
    kind, made_by, scope = db.conn.execute(
        "SELECT kind, fingerprint, scope FROM runs WHERE id = ?", (run_id,)
    ).fetchone()
    if kind != KIND or scope is None:
        raise RunError(f"run {run_id} is a {kind} run: what it read is current already; expected a re-extraction")
    stamp, summary = _stamp(db), _compared(db, run_id)
    left = count_captures(db, Scope.from_json(scope)) - count_read(db, run_id)
    guards = judge(db, run_id, summary, limits, captures_left=left)
    return Verdict([*guards, _gold(gold, made_by)], summary, stamp)


def _stamp(db: Database) -> tuple[int, int, int]:
    """Changes whenever anything is written, by others or through this connection."""
    (version,) = db.conn.execute("PRAGMA data_version").fetchone()
    return id(db.conn), version, db.conn.total_changes


def _compared(db: Database, run_id: str) -> Summary:
    summary = Summary()
    for _ in changes(db, CURRENT, run_id, summary):
        pass
    return summary


def _gold(folder: Path, made_by: str) -> Guard:
    if made_by != fingerprint():
        return Guard("gold", None, "gold floors: the run was made by other rules than those of this program")
    below = below_floors(folder)
    if below is None:
        return Guard("gold", None, f"gold floors: no floors.toml in {folder}")
    return Guard("gold", not below, "gold floors: " + ("; ".join(below) or "every labelled file reaches its floors"))


def carry_out(home: Home, db: Database, run_id: str, verdict: Verdict, forced: str | None) -> int:
    """Move the pointers; observations and corrections follow in the same transaction. How many bulletins changed.

    Raises RunError where the run, or what is current, is not what the guards saw.
    """

    def follow() -> None:
        path = corrections_path(home)
        if path.exists():
            apply_corrections(db, read_corrections(path))
        refresh(db)

    hold_transactions(db)
    with writing(db):
        seen = verdict.summary if _stamp(db) == verdict.stamp else _compared(db, run_id)
        if (seen.kinds, seen.bulletins) != (verdict.summary.kinds, verdict.summary.bulletins):
            raise RunError(f"what is current changed while run {run_id} was examined; give the command again")
        return promote(
            db,
            run_id,
            time=datetime.now(UTC),
            summary=verdict.summary,
            guards=verdict.guards,
            forced=forced,
            afterwards=follow,
        )
