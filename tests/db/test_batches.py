"""Rows made apart from the database, and batches of documents in one transaction."""

from __future__ import annotations

import pickle
import sqlite3
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.identity import figure_ids, make_id
from db.store import (
    Prepared,
    load_bulletin,
    load_many,
    open_database,
    prepare,
    record_capture,
    start_run,
    store,
    writing,
)
from schemas.captures import ArchiveRef
from schemas.documents import Extraction
from schemas.facts import Facts, Organisation
from tests.db.support import NOON, SOURCE, TEXT, URL, World, bulletin, capture, dump, extraction

#: the same bulletin with five telephone numbers
TEXTS = [TEXT.replace("1022", str(1022 + number)) for number in range(5)]
#: facts that come and go: none given, none there, one
FACTS = (None, Facts(None, (), (), (), ()), Facts(None, (), (Organisation(11, 15, "quận", "quận"),), (), ()))


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


#: a document: which of three addresses, which of three texts, on which day it was captured
STEP = st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(0, 2))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    first=st.lists(STEP, max_size=5),
    second=st.lists(STEP, max_size=5),
    better=st.sampled_from(["92.3", "92.4"]),
    promote=st.booleans(),
)
def test_any_batch_is_its_documents_one_by_one(
    first: list[tuple[int, int, int]], second: list[tuple[int, int, int]], better: str, promote: bool
) -> None:
    dumps = []
    for together in (True, False):
        with TemporaryDirectory() as folder:
            world = World(Path(folder))
            later = start_run(world.db, "reextract", fingerprint="f2", started=NOON)
            for run, steps, planned in ((world.run, first, "92.3"), (later, second, better)):
                made = [document(world, *step, planned) for step in steps]
                if together:
                    assert load_many(world.db, run, made, promote=promote) == []
                else:
                    for one in made:
                        store(world.db, run, one, promote=promote)
            assert world.db.execute("PRAGMA foreign_key_check").fetchall() == []
            other = [name for name in dump(world.db) if "_fts_" in name or name == "_sqlite_migrations"]
            dumps.append(dump(world.db, without=(*other,)))
            world.db.close()
    assert dumps[0] == dumps[1]


def document(world: World, address: int, text: int, day: int, planned: str) -> Prepared:
    """The rows of a document, its capture recorded."""
    url, said = f"{URL}?{address}", TEXTS[text]
    taken = capture(url, f"{address} {text} {day}".encode(), days=day)
    place = ArchiveRef("made.warc.gz", 0, 1)
    return prepare(
        url=url,
        source=SOURCE.code,
        capture_id=record_capture(world.db, world.run, source=SOURCE.code, capture=taken, ref=place),
        bulletin=bulletin(said),
        extraction=replace(read(said), figures=extraction(planned=planned).figures),
        facts=FACTS[text],
    )


def test_what_mentions_of_a_text_share_is_hashed_once_and_changes_no_id() -> None:
    one = extraction().figures[2]
    made = figure_ids("d" * 20, "e" * 64)
    assert [made(one, 0), made(one, 1)] == [
        make_id("figure", "d" * 20, "e" * 64, one.start, one.end, repeat) for repeat in (0, 1)
    ]


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


#: table -> the version that a row of it belongs to
OWNER = {
    "bulletins": "NEW.id",
    "figures": "NEW.bulletin_id",
    "numerals": "NEW.bulletin_id",
    "finding_figures": "(SELECT bulletin_id FROM findings WHERE key = NEW.finding_key)",
    "readings": "NEW.bulletin_id",
    "current_runs": "NEW.bulletin_id",
}


@pytest.mark.parametrize("place", range(5))
@pytest.mark.parametrize("table", OWNER)
def test_a_bad_document_fails_alone_and_leaves_nothing(world: World, table: str, place: int) -> None:
    made = batch(world)
    world.db.execute(
        f"CREATE TEMP TRIGGER stop BEFORE INSERT ON {table} WHEN {OWNER[table]} = '{made[place].bulletin_id}'"
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
    wrong = replace(made[2], **change)
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

    def interrupted():
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
