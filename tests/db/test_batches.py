"""Rows made apart from the database, and batches of documents in one transaction."""

from __future__ import annotations

import pickle
import sqlite3
from dataclasses import replace
from pathlib import Path

import pytest

from db.store import Prepared, load_bulletin, load_many, open_database, prepare, start_run, store, writing
from schemas.documents import Extraction
from tests.db.support import NOON, SOURCE, TEXT, URL, World, bulletin, capture, dump, extraction

#: the same bulletin with five telephone numbers
TEXTS = [TEXT.replace("1022", str(1022 + number)) for number in range(5)]


def read(text: str) -> Extraction:
    known = extraction()
    at = TEXT.index("1022")
    numerals = tuple(replace(n, quote=text[n.start : n.end]) if n.start == at else n for n in known.numerals)
    return replace(known, text=text, numerals=numerals)


def batch(world: World) -> list[Prepared]:
    """The rows of a document at each of five addresses, as a worker process would hand them over."""
    made = []
    for number, text in enumerate(TEXTS):
        url = f"{URL}?{number}"
        capture_id = world.take(capture(url, text.encode()))
        rows = prepare(
            url=url, source=SOURCE.code, capture_id=capture_id, bulletin=bulletin(text), extraction=read(text)
        )
        made.append(pickle.loads(pickle.dumps(rows)))
    return made


def count(world: World, table: str) -> int:
    return int(world.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_a_batch_is_what_its_documents_are_one_by_one(tmp_path: Path) -> None:
    one, many = World(tmp_path / "one"), World(tmp_path / "many")
    for number, text in enumerate(TEXTS):
        load_bulletin(
            one.db,
            one.run,
            source=SOURCE.code,
            capture_id=one.take(capture(f"{URL}?{number}", text.encode())),
            bulletin=bulletin(text),
            extraction=read(text),
        )
    assert load_many(many.db, many.run, batch(many)) == []
    # how the search index lays out its segments depends on the transactions, what is found does not
    other = [name for name in dump(one.db) if "_fts_" in name or name in ("captures", "_sqlite_migrations")]
    assert dump(many.db, without=(*other,)) == dump(one.db, without=(*other,))
    for world in (one, many):
        found = "SELECT rowid FROM figures_fts WHERE figures_fts MATCH 'folded : doi' ORDER BY rowid"
        assert [row[0] for row in world.db.execute(found)] == [5 * i + j for i in range(5) for j in (4, 5)]
    assert count(many, "figures_full") == 25


@pytest.mark.parametrize("promote", [True, False])
def test_a_batch_twice_changes_nothing(world: World, promote: bool) -> None:
    made = batch(world)
    load_many(world.db, world.run, made, promote=promote)
    before = dump(world.db)
    assert load_many(world.db, world.run, made, promote=promote) == []
    assert dump(world.db) == before
    assert count(world, "current_runs") == (5 if promote else 0)


def test_the_same_document_twice_in_a_batch_is_one(world: World) -> None:
    made = batch(world)
    assert load_many(world.db, world.run, [made[0], made[0], made[1], made[0]]) == []
    assert (count(world, "bulletins"), count(world, "readings")) == (2, 2)


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("table", ["bulletins", "figures", "numerals", "finding_figures", "readings", "current_runs"])
def test_a_bad_document_fails_alone_and_leaves_nothing(world: World, table: str, place: int) -> None:
    made = batch(world)
    last = "NEW.url" if table == "bulletins" else "(SELECT url FROM bulletins ORDER BY search_key DESC LIMIT 1)"
    world.db.execute(
        f"CREATE TEMP TRIGGER stop BEFORE INSERT ON {table} WHEN {last} = '{made[place].url}'"
        " BEGIN SELECT raise(ABORT, 'stop'); END"
    )
    (refused,) = load_many(world.db, world.run, made)
    assert (refused.prepared.url, str(refused.error)) == (made[place].url, "stop")
    assert count(world, "bulletins") == count(world, "readings") == 4
    world.db.execute("DROP TRIGGER stop")
    assert load_many(world.db, world.run, [refused.prepared]) == []
    assert (count(world, "bulletins"), count(world, "figures_full")) == (5, 25)
    assert world.db.execute("PRAGMA foreign_key_check").fetchall() == []


BAD = {
    "a capture that is not there": ({"capture_id": "unknown"}, "no capture unknown"),
    "another address": ({"url": "https://hoabac.example/x"}, "was prepared for https://hoabac.example/x"),
    "a number beyond the column": ({"links": ((0, "part_of", 2**63),)}, "too large"),
    "a link to nothing": ({"links": ((0, "part_of", 99),)}, "FOREIGN KEY"),
    "half a surrogate": ({"bulletin_search": ("\ud800", "", "")}, "surrogates not allowed"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_does_not_fit_is_named(world: World, name: str) -> None:
    change, message = BAD[name]
    made = batch(world)
    wrong = replace(made[2], **change)  # type: ignore[arg-type]
    (refused,) = load_many(world.db, world.run, [*made[:2], wrong, *made[3:]])
    assert refused.prepared is wrong
    assert message in str(refused.error)
    assert (count(world, "bulletins"), count(world, "figures_full")) == (4, 20)
    assert load_many(world.db, world.run, made) == []
    assert count(world, "figures_full") == 25


def test_what_is_no_documents_fault_is_raised_and_nothing_is_stored(world: World) -> None:
    made = batch(world)
    before = dump(world.db)
    world.db.execute(f"PRAGMA max_page_count = {world.db.execute('PRAGMA page_count').fetchone()[0]}")
    with pytest.raises(sqlite3.OperationalError, match="full"):
        load_many(world.db, world.run, made * 40)
    assert dump(world.db) == before
    world.db.execute("PRAGMA max_page_count = 1000000")
    assert load_many(world.db, world.run, made) == []


def test_an_interrupt_stores_nothing_of_the_batch(world: World) -> None:
    made = batch(world)
    before = dump(world.db)

    def interrupted():  # type: ignore[no-untyped-def]
        yield from made[:3]
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        load_many(world.db, world.run, interrupted())
    assert dump(world.db) == before


def test_batches_nest_into_a_running_transaction(world: World) -> None:
    made = batch(world)
    before = dump(world.db)
    reader = open_database(world.path, readonly=True)
    with pytest.raises(RuntimeError, match="changed my mind"), writing(world.db):
        load_many(world.db, world.run, made[:3])
        store(world.db, world.run, made[3])
        assert count(world, "bulletins") == 4
        assert reader.execute("SELECT count(*) FROM bulletins").fetchone() == (0,)
        raise RuntimeError("changed my mind")
    assert dump(world.db) == before
    with writing(world.db):
        load_many(world.db, world.run, made[:3])
        other = start_run(world.db, "reextract", fingerprint="f2", started=NOON)
        assert load_many(world.db, other, made[2:]) == []
    assert reader.execute("SELECT count(*) FROM bulletins").fetchone() == (5,)
    reader.close()


def test_prepared_rows_do_not_know_the_run(world: World) -> None:
    made = batch(world)
    later = start_run(world.db, "reextract", fingerprint="f2", started=NOON)
    load_many(world.db, later, made, promote=False)
    assert {row[0] for row in world.db.execute("SELECT DISTINCT run_id FROM figures")} == {later}
    assert count(world, "figures_full") == 0
