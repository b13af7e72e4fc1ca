"""Removing a bulletin for good: decide, save what others need, overwrite, delete, wipe.

The decision is committed first: from then on nothing of it comes back, and a call that was cut off anywhere is carried
through by ``resume``. Every step may be repeated.
"""

from __future__ import annotations

import contextlib
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from sqlite_utils import Database

from db import forget as rows
from db.archive import Archive, ArchiveError
from db.archive.erase import erase
from db.archive.search import request_after, search, seen_at
from db.store import ArchivedCapture, writing
from db.store import chosen as picked
from db.store.removals import (
    Removal,
    add_records,
    add_removal,
    get_removal,
    records_of,
    set_foreign,
    set_state,
    unfinished,
)
from flows.observe import refresh
from flows.sought import lists_naming
from schemas.captures import ArchiveRef
from schemas.surt import surt_key

Progress = Callable[[str, int, int], None]
#: what a page that may not be kept is called in the fetch log and in the counts of a run
REMOVED = "removed"


@dataclass(slots=True)
class Preview:
    """What a removal would do. ``saved`` are other addresses whose page is written anew, ``others`` lose theirs too."""

    addresses: list[str] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    records: int = 0
    others: list[str] = field(default_factory=list)
    saved: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a search of the whole archive adds to what the database knows."""

    gone: tuple[ArchiveRef, ...] = ()
    leaning: tuple[ArchiveRef, ...] = ()


def preview(db: Database, archive: Archive, urls: Sequence[str], *, everywhere: bool) -> Preview:
    """What ``forget`` would do to what the database knows of; nothing is written."""
    made = Preview()
    with _undone(db):
        removal_id = _note(db, archive, urls, everywhere=everywhere, reason="?", who="?", time=datetime.now(UTC))
        made.addresses = _column(db, "SELECT url FROM removed_addresses WHERE removal_id = ?", removal_id)
        own = "surt_key(url) IN (SELECT key FROM removed_addresses WHERE removal_id = ?)"
        gone = "SELECT DISTINCT url FROM captures WHERE id IN gone_captures"
        made.others = _column(db, f"{gone} AND NOT {own} ORDER BY url", removal_id)
        made.records = len(records_of(db, removal_id))
        made.saved = sorted({one.url for one in _leaning(db, archive)})
        db.conn.execute("UPDATE captures SET revisit_of = NULL WHERE revisit_of IN gone_captures")
        made.counts = rows.delete_chosen(db, removal_id)
    return made


def forget(
    db: Database,
    archive: Archive,
    urls: Sequence[str],
    *,
    reason: str,
    who: str,
    everywhere: bool = False,
    thorough: bool = True,
    lists: bool = False,
    vacuum: bool = True,
    progress: Progress | None = None,
) -> Removal:
    """Remove addresses and all that was made of them; the removal as it then stands.

    ``thorough`` reads the whole archive for records that the database does not know of (a crash may leave some).
    With ``lists`` the archived lists, feeds and sitemaps go that name one of the addresses: they show title and lead.
    ``vacuum`` writes the database file anew. The state is not "done" only where a reader kept the write-ahead log from
    being emptied.
    """
    found = _search(db, archive, urls, everywhere, progress) if thorough else _Found()
    naming = lists_naming(db, archive, urls) if lists else []
    decided = []
    with writing(db):
        removal_id = _note(
            db, archive, urls, everywhere=everywhere, reason=reason, who=who, time=datetime.now(UTC), found=found
        )
        decided.append(removal_id)
        if naming:
            said = f"{removal_id}: {reason}"
            decided.append(remove_captures(db, archive, naming, kind="mention", reason=said, who=who))
    for one in reversed(decided):
        carry_through(db, archive, one, vacuum=vacuum and one == removal_id)
    return get_removal(db, removal_id)


def resume(db: Database, archive: Archive, *, vacuum: bool = True) -> list[Removal]:
    """Carry through what was decided and then cut off."""
    return [carry_through(db, archive, one.id, vacuum=vacuum) for one in unfinished(db)]


def carry_through(db: Database, archive: Archive, removal_id: str, *, vacuum: bool = True) -> Removal:
    """Everything after the decision: whatever of it was done already is done again or found done."""
    _empty(db, archive, removal_id)
    with rows.wiping(db):
        with writing(db):
            rows.merge_indices(db)
        if vacuum:
            rows.rewrite_file(db)
        if rows.empty_log(db):
            set_state(db, removal_id, "done", time=datetime.now(UTC))
    return get_removal(db, removal_id)


def remove_captures(
    db: Database,
    archive: Archive,
    captures: Iterable[tuple[str, ArchiveRef]],
    *,
    kind: str = "retention",
    reason: str,
    who: str,
) -> str:
    """Note captures (ids and places) that go and may come again, for ``carry_through``; returns the removal's id."""
    with writing(db):
        removal_id = add_removal(db, kind=kind, urls=(), reason=reason, who=who, time=datetime.now(UTC))
        _add_places(db, archive, removal_id, [ref for _, ref in captures])
        picked.choose(db, removal_id)
        _add_places(db, archive, removal_id, picked.chosen_records(db))
    return removal_id


def refuse(db: Database, archive: Archive, removal: Removal, row: ArchivedCapture) -> None:
    """Take back a page that turned out, when it was read, to hold a removed text: its record and its row go."""
    with writing(db):
        db.conn.execute(
            "INSERT OR IGNORE INTO removed_hashes (sha256, kind, removal_id) VALUES (?, 'body', ?)",
            (row.sha256, removal.id),
        )
        _add_places(db, archive, removal.id, [row.ref])
        db.conn.execute("UPDATE fetch_log SET outcome = ? WHERE capture_id = ?", (REMOVED, row.capture_id))
        set_state(db, removal.id, "planned")
    _empty(db, archive, removal.id)
    if removal.state == "done":  # no word of it was in the tables: there is nothing to wipe
        set_state(db, removal.id, "done", time=datetime.now(UTC))


# the steps


def _empty(db: Database, archive: Archive, removal_id: str) -> None:
    """Archive and tables without what was chosen."""
    while get_removal(db, removal_id).state in ("planned", "erased"):
        _save_others(db, archive, removal_id)
        _overwrite(db, archive, removal_id)
        # a run may have brought the same body for another address meanwhile: then once more
        with contextlib.suppress(rows.StillNeededError):
            _delete(db, removal_id)


def _note(
    db: Database,
    archive: Archive,
    urls: Sequence[str],
    *,
    everywhere: bool,
    reason: str,
    who: str,
    time: datetime,
    found: _Found | None = None,
) -> str:
    """Write the decision, and everything that later steps need, inside the caller's transaction."""
    removal_id = add_removal(db, kind="request", urls=urls, reason=reason, who=who, time=time, everywhere=everywhere)
    picked.choose(db, removal_id)
    picked.note_ways(db, removal_id)
    picked.note_known_hashes(db, removal_id)
    picked.note_content(db, removal_id)
    picked.choose(db, removal_id)  # with the hashes: the same content at other addresses
    _add_places(db, archive, removal_id, picked.chosen_records(db))
    if found is not None:
        add_records(db, removal_id, found.gone, "removed")
        known = {one.ref for one in picked.dependants(db)}
        add_records(db, removal_id, [ref for ref in found.leaning if ref not in known], "moved")
    return removal_id


def _add_places(db: Database, archive: Archive, removal_id: str, refs: Iterable[ArchiveRef]) -> None:
    """Note records that go, each with its request record."""
    for ref in refs:
        request = request_after(archive.root, ref)
        add_records(db, removal_id, [ref, *([request] if request else [])], "removed")


def _search(db: Database, archive: Archive, urls: Sequence[str], everywhere: bool, progress: Progress | None) -> _Found:
    """The records of the addresses (and with ``everywhere`` of the bodies) that the archive holds, indexed or not."""
    with _undone(db):
        removal_id = _note(db, archive, urls, everywhere=everywhere, reason="?", who="?", time=datetime.now(UTC))
        keys = set(_column(db, "SELECT key FROM removed_addresses WHERE removal_id = ?", removal_id))
        hashes = "SELECT sha256 FROM removed_hashes WHERE kind = 'body' AND removal_id = ?"
        bodies = {f"sha256:{one}" for one in _column(db, hashes, removal_id)} if everywhere else set()
    gone: list[ArchiveRef] = []
    leaning: list[ArchiveRef] = []
    ids: set[str] = set()
    for seen in search(archive.segments(), progress):
        if surt_key(seen.url) in keys or seen.digest in bodies or (seen.about and seen.about in ids):
            gone.append(seen.ref)
            ids.add(seen.id)
        elif seen.refers_to is not None and surt_key(seen.refers_to[0]) in keys:
            leaning.append(seen.ref)
    return _Found(tuple(gone), tuple(leaning))


def _leaning(db: Database, archive: Archive) -> list[picked.Dependant]:
    """Revisit records of what stays that refer to a record that goes."""
    targets = picked.chosen_targets(db)
    found = []
    for one in picked.dependants(db):
        seen = seen_at(archive.root, one.ref)
        if one.leans or (seen is not None and seen.refers_to in targets):
            found.append(one)
    return found


def _save_others(db: Database, archive: Archive, removal_id: str) -> None:
    """Write the pages of other addresses anew whose records refer to a body that goes."""
    with writing(db):
        picked.choose(db, removal_id)
    leaning = _leaning(db, archive)
    if not leaning:
        return
    with archive.segment(removal_id) as segment:
        for one in leaning:
            try:
                capture = archive.read(one.ref)
            except (ArchiveError, OSError):
                with writing(db):
                    picked.lost(db, one)
                continue
            copy = picked.full_copy(db, one.sha256)
            ref = segment.write(
                capture,
                duplicate_of=(copy[1], copy[2]) if copy else None,
                duplicate_ref=copy[3] if copy else None,
            )
            with writing(db):
                picked.moved(db, removal_id, one, ref, copy[0] if copy else None)
                request = request_after(archive.root, one.ref)
                add_records(db, removal_id, [request] if request else [], "moved")


def _overwrite(db: Database, archive: Archive, removal_id: str) -> None:
    removal = get_removal(db, removal_id)
    for ref in records_of(db, removal_id):
        try:
            erase(archive.root, ref, removal=removal.id, time=removal.time)
        except ArchiveError:  # a segment that is missing must not keep the words in the tables
            set_foreign(db, removal_id, ref)
    set_state(db, removal_id, "erased")


def _delete(db: Database, removal_id: str) -> None:
    with rows.wiping(db), writing(db):
        picked.choose(db, removal_id)
        counts = rows.delete_chosen(db, removal_id)
        refresh(db)
        set_state(db, removal_id, "deleted", counts=counts)


def _column(db: Database, sql: str, *values: object) -> list[str]:
    return [str(row[0]) for row in db.conn.execute(sql, values)]


class _undone:
    """A transaction of which nothing stays: what a step would do is found out by doing it."""

    def __init__(self, db: Database) -> None:
        self._db = db

    def __enter__(self) -> None:
        self._db.conn.execute("BEGIN IMMEDIATE")

    def __exit__(self, *_: object) -> None:
        self._db.conn.execute("ROLLBACK")
