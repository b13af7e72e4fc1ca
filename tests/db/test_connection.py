"""Opening: migrations, refusal of what is newer, settings, readers beside a writer."""

import sqlite3
import threading
from pathlib import Path

import pytest
from sqlite_utils import Database

from db.ddl import create_since
from db.folding import match_expression
from db.migrations import migrations
from db.store import NewerDatabaseError, OlderDatabaseError, open_database, record_source, writing
from db.times import from_text, to_text
from schemas.tables import tables, views
from tests.db.support import NOON, SOURCE, World, capture, dump


def test_an_empty_file_gets_every_table_and_view(tmp_path: Path) -> None:
    db = open_database(tmp_path / "new" / "bantin.db")
    assert set(tables()) <= set(db.table_names())
    assert set(views()) == set(db.view_names())


def test_opening_again_changes_nothing(world: World) -> None:
    before = dump(world.db), world.db.schema
    world.db.close()
    again = open_database(world.path)
    assert (dump(again), again.schema) == before


def test_every_migration_date_in_the_description_has_its_step() -> None:
    dates = {column.since for table in tables().values() for column in table.columns}
    assert dates <= {int(step.name[1:4]) for step in migrations._migrations}


def test_a_column_of_a_later_date_is_added_to_an_older_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a later migration does: only the new column, and only in the table that has it."""
    from dataclasses import replace

    from schemas.tables import Column

    db = Database(memory=True)
    create_since(db, 1)
    before = dict(db.execute("SELECT name, sql FROM sqlite_master").fetchall())
    later = Column(name="note", type="text", vi="Ghi chú", en="Note", null=True, since=99)
    runs = replace(tables()["runs"], columns=(*tables()["runs"].columns, later))
    monkeypatch.setattr("db.ddl.tables", lambda: tables() | {"runs": runs})
    create_since(db, 99)
    after = dict(db.execute("SELECT name, sql FROM sqlite_master").fetchall())
    assert [name for name in after if after[name] != before.get(name)] == ["runs"]
    assert "note" in db["runs"].columns_dict


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "bantin.db"
    db = open_database(path)
    with writing(db):
        db.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) VALUES ('bantin', 'm999_later', 'x')"
        )
    db.close()
    for readonly in (False, True):
        with pytest.raises(NewerDatabaseError, match=r"bantin\.db: written by a newer version.*m999_later"):
            open_database(path, readonly=readonly)


def test_an_older_database_is_not_read_without_being_brought_up_to_date(tmp_path: Path) -> None:
    path = tmp_path / "bantin.db"
    sqlite3.connect(path).execute("CREATE TABLE t (a)").connection.close()
    with pytest.raises(OlderDatabaseError, match="m001_first_schema"):
        open_database(path, readonly=True)


def test_reading_only(world: World) -> None:
    db = open_database(world.path, readonly=True)
    assert db.execute("SELECT count(*) FROM sources").fetchone() == (1,)
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        db.execute("DELETE FROM sources")
    with pytest.raises(FileNotFoundError, match="bantin ingest"):
        open_database(world.path.with_name("none.db"), readonly=True)


def test_a_failing_migration_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "bantin.db"

    def half(db: Database, migration: int) -> None:
        db.execute("CREATE TABLE half (a)")
        raise RuntimeError("power cut")

    with monkeypatch.context() as patch:
        patch.setattr("db.migrations.create_since", half)
        with pytest.raises(RuntimeError, match="power cut"):
            open_database(path)
    db = open_database(path)
    assert "half" not in db.table_names()
    assert "figures" in db.table_names()


def test_a_changed_view_is_made_anew_and_a_foreign_one_dropped(world: World) -> None:
    world.db.execute("DROP VIEW unexplained")
    world.db.execute("CREATE VIEW unexplained AS SELECT 1 AS one")
    world.db.execute("CREATE VIEW old_view AS SELECT 1 AS one")
    world.db.close()
    db = open_database(world.path)
    assert set(db.view_names()) == set(views())
    assert "context" in db["unexplained"].columns_dict


def test_settings(world: World) -> None:
    def pragma(name: str) -> object:
        return world.db.execute(f"PRAGMA {name}").fetchone()[0]

    assert (pragma("journal_mode"), pragma("foreign_keys"), pragma("synchronous")) == ("wal", 1, 2)
    with pytest.raises(sqlite3.IntegrityError, match="FOREIGN KEY"):
        world.db.execute("INSERT INTO figure_links VALUES (1, 'about', 2, 'no such run')")


def test_types_are_kept(world: World) -> None:
    with pytest.raises(sqlite3.IntegrityError, match="cannot store TEXT value in INTEGER"):
        world.db.execute("UPDATE sources SET name = name")
        world.db.execute(
            "INSERT INTO fetch_log (run_id, url, time, outcome, bytes) VALUES (?, 'u', 't', 'o', 'much')", (world.run,)
        )


def test_a_reader_sees_the_last_commit_while_a_writer_works(world: World) -> None:
    capture_id = world.take(capture())
    reader = open_database(world.path, readonly=True)
    with writing(world.db):
        world.load(capture_id)
        assert world.db.execute("SELECT count(*) FROM figures_full").fetchone() == (5,)
        assert reader.execute("SELECT count(*) FROM figures_full").fetchone() == (0,)
    assert reader.execute("SELECT count(*) FROM figures_full").fetchone() == (5,)


def test_a_second_writer_waits_also_when_it_reads_first(world: World) -> None:
    """Begun as a reader, its transaction would be refused at its first write instead."""
    record_source(world.db, SOURCE)
    inside, release = threading.Event(), threading.Event()

    def first() -> None:
        db = open_database(world.path)
        with writing(db):
            db.execute("UPDATE sources SET contact = 'a'")
            inside.set()
            release.wait(5)
        db.close()

    thread = threading.Thread(target=first)
    thread.start()
    inside.wait(5)
    threading.Timer(0.2, release.set).start()
    with writing(world.db):
        contact = world.db.execute("SELECT contact FROM sources").fetchone()[0]
        world.db.execute("UPDATE sources SET contact = ?", (contact + "b",))
    thread.join()
    assert world.db.execute("SELECT contact FROM sources").fetchone() == ("ab",)


def test_two_processes_may_open_a_new_file_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bantin.db"
    errors: list[BaseException] = []

    def opened() -> None:
        try:
            open_database(path).close()
        except BaseException as error:
            errors.append(error)

    threads = [threading.Thread(target=opened) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert errors == []


def test_times_keep_their_zone() -> None:
    assert from_text(to_text(NOON)) == NOON
    assert from_text("2023-09-16T12:00:00+07:00") == NOON
    with pytest.raises(ValueError, match="needs its zone"):
        to_text(NOON.replace(tzinfo=None))


@pytest.mark.parametrize(
    "query", ["", '"', "*", "a:b", "NEAR(", "x AND", "-", '"a" "', "^x", "{t}:", "a' OR 1", "\x00"]
)
def test_no_query_is_a_syntax_error(world: World, query: str) -> None:
    found = world.db.execute("SELECT rowid FROM figures_fts WHERE figures_fts MATCH ?", (match_expression(query),))
    assert found.fetchall() == []
