"""What was removed and may not come back: addresses, hashes of bodies and texts, ids of figures. No content."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlite_utils import Database

from db.identity import document_id, make_id
from db.store.connection import writing
from db.store.rows import insert, insert_new
from db.times import from_text, to_text
from schemas.captures import ArchiveRef
from schemas.surt import surt_key

State = Literal["planned", "erased", "deleted", "done"]
Why = Literal["removed", "moved"]


@dataclass(frozen=True, slots=True)
class Removal:
    """A row of ``removals``; ``url`` is None where a retention rule removed."""

    id: str
    kind: str
    state: State
    url: str | None
    everywhere: bool
    reason: str
    who: str
    time: datetime
    finished: datetime | None


_COLUMNS = "r.id, r.kind, r.state, r.url, r.everywhere, r.reason, r.who, r.time, r.finished"


def is_removed(db: Database, *, url: str, sha256: str | None) -> bool:
    """Whether an address was removed, or this body (its SHA-256) was removed wherever it stands."""
    return removal_of(db, url=url, sha256=sha256) is not None


def is_removed_text(db: Database, *, text_sha256: str) -> bool:
    """Whether a text (SHA-256 of the canonical text) was removed wherever it stands."""
    return removal_of(db, text_sha256=text_sha256) is not None


def removal_of(
    db: Database, *, url: str | None = None, sha256: str | None = None, text_sha256: str | None = None
) -> Removal | None:
    """The removal that forbids an address, a body or a text; None where nothing does."""
    keep_out = (
        "SELECT removal_id FROM removed_addresses WHERE key = :key"
        " UNION SELECT h.removal_id FROM removed_hashes h JOIN removals a ON a.id = h.removal_id"
        " WHERE a.everywhere = 1 AND ((h.sha256 = :body AND h.kind = 'body') OR (h.sha256 = :text AND h.kind = 'text'))"
    )
    values = {"key": surt_key(url) if url else None, "body": sha256, "text": text_sha256}
    return next(_removals(db, f"r.id IN ({keep_out}) ORDER BY r.time, r.id LIMIT 1", values), None)


def removal_of_figure(db: Database, figure: str) -> tuple[str, Removal] | None:
    """The first removed figure whose id begins so, and its removal."""
    found = db.conn.execute(
        "SELECT figure_id, removal_id FROM removed_figures WHERE figure_id >= ? AND figure_id < ?"
        " ORDER BY figure_id LIMIT 1",
        (figure, figure + "\U0010ffff"),
    ).fetchone()
    if found is None:
        return None
    return str(found[0]), get_removal(db, found[1])


def removed_record(db: Database, ref: ArchiveRef) -> bool:
    """Whether the record at a place is to be, or was, overwritten: nothing new may refer to it."""
    found = db.conn.execute(
        "SELECT 1 FROM removed_records WHERE segment = ? AND offset = ?", (ref.segment, ref.offset)
    ).fetchone()
    return found is not None


def get_removal(db: Database, removal_id: str) -> Removal:
    """The removal of that id. Raises KeyError."""
    found = next(_removals(db, "r.id = :id", {"id": removal_id}), None)
    if found is None:
        raise KeyError(f"no removal {removal_id} in the database")
    return found


def unfinished(db: Database) -> list[Removal]:
    """Removals that were decided and not carried through, the oldest first."""
    return list(_removals(db, "r.state <> 'done' ORDER BY r.time, r.id", {}))


def add_removal(
    db: Database,
    *,
    kind: str,
    urls: Iterable[str],
    reason: str,
    who: str,
    time: datetime,
    everywhere: bool = False,
) -> str:
    """Note the decision inside the caller's transaction: from its commit on nothing of it comes back.

    ``urls`` begin with the one that was asked for. Kinds other than "request" name none and forbid nothing.
    """
    known = list(urls)
    first = known[0] if known else None
    removal_id = f"removal-{make_id('removal', kind, first, to_text(time), reason)}"
    row = {
        "id": removal_id,
        "kind": kind,
        "state": "planned",
        "url": first,
        "document_id": document_id(first) if first else None,
        "everywhere": int(everywhere),
        "reason": reason,
        "who": who,
        "time": to_text(time),
        "finished": None,
        "counts": None,
    }
    insert(db, "removals", [row])
    for url in known:
        insert_new(db, "removed_addresses", {"key": surt_key(url), "url": url, "removal_id": removal_id})
    return removal_id


def add_records(db: Database, removal_id: str, places: Iterable[ArchiveRef], why: Why) -> None:
    """Note records that are to be overwritten; those in files outside the archive's folder are not ours to write in."""
    for ref in places:
        row = {"segment": ref.segment, "offset": ref.offset, "length": ref.length}
        said = "foreign" if "/" in ref.segment else why
        insert_new(db, "removed_records", row | {"why": said, "removal_id": removal_id})


def records_of(db: Database, removal_id: str) -> list[ArchiveRef]:
    """The places that a removal overwrites."""
    return _records(db, removal_id, "<> 'foreign'")


def foreign_records_of(db: Database, removal_id: str) -> list[ArchiveRef]:
    """The places of a removal in files outside the archive, or missing: who keeps those files has to delete there."""
    return _records(db, removal_id, "= 'foreign'")


def set_foreign(db: Database, removal_id: str, ref: ArchiveRef) -> None:
    """Note that a record could not be overwritten: its file is not there."""
    with writing(db):
        db.conn.execute(
            "UPDATE removed_records SET why = 'foreign' WHERE removal_id = ? AND segment = ? AND offset = ?",
            (removal_id, ref.segment, ref.offset),
        )


def _records(db: Database, removal_id: str, why: str) -> list[ArchiveRef]:
    rows = db.conn.execute(
        f"SELECT segment, offset, length FROM removed_records WHERE removal_id = ? AND why {why}"
        " ORDER BY segment, offset",
        (removal_id,),
    )
    return [ArchiveRef(*row) for row in rows]


def set_state(
    db: Database,
    removal_id: str,
    state: State,
    *,
    time: datetime | None = None,
    counts: Mapping[str, int] | None = None,
) -> None:
    """Note how far a removal got; ``counts`` are added to what was counted before."""
    with writing(db):
        (before,) = db.conn.execute("SELECT counts FROM removals WHERE id = ?", (removal_id,)).fetchone()
        sums: dict[str, int] = json.loads(before) if before else {}
        for name, number in (counts or {}).items():
            sums[name] = sums.get(name, 0) + number
        db.conn.execute(
            "UPDATE removals SET state = ?, finished = ?, counts = ? WHERE id = ?",
            (state, to_text(time) if time else None, json.dumps(sums, sort_keys=True) if sums else None, removal_id),
        )


def _removals(db: Database, where: str, values: Mapping[str, object]) -> Iterator[Removal]:
    for row in db.conn.execute(f"SELECT {_COLUMNS} FROM removals r WHERE {where}", values):
        id, kind, state, url, everywhere, reason, who, time, finished = tuple(row)
        ended = from_text(finished) if finished else None
        yield Removal(id, kind, state, url, bool(everywhere), reason, who, from_text(time), ended)
