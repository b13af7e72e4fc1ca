"""A candidate and what happens beside it: nothing of it shows, nothing goes back, nothing that it read is lost."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from db.archive import Archive
from db.compare.diff import Change, Summary, changes
from db.compare.guards import Limits
from db.compare.states import CURRENT
from db.home import Home
from db.store import captures_to_extract, open_database, start_run, writing
from db.store.candidates import Scope
from db.store.facts import replace_facts
from db.store.pointers import accept
from db.store.prune import prunable, prune
from db.store.todo import items
from extractors.fingerprint import figure_fingerprint, fingerprint, page_fingerprint
from flows.quarantine import entries
from flows.reading.keep import keep
from flows.reading.pool import crew, here
from flows.reading.work import Job, Outcome, work
from flows.reextract.promotion import carry_out, examine
from flows.reextract.session import Reextraction
from flows.sources import load_sources
from flows.watch.read import documents
from tests.flows.ingesting import one, rows

NOWHERE = Path("/nonexistent")


def reextract(home: Home, scope: Scope | None = None, ask: Any = None) -> str:
    with Reextraction(home, load_sources(home.sites), scope or Scope()) as session, crew(1) as own:
        session.read(ask or own)
        return session.id


def promote(home: Home, run: str, forced: str = "a test") -> int:
    db = open_database(home.database)
    try:
        return carry_out(home, db, run, examine(db, run, Limits(), NOWHERE), forced)
    finally:
        db.close()


def differences(home: Home, old: str, new: str) -> list[Change]:
    db = open_database(home.database, readonly=True)
    try:
        return list(changes(db, old, new, Summary()))
    finally:
        db.close()


def change_site(home: Home, lines: str) -> None:
    site = home.sites / "hai-linh.toml"
    site.write_text(f"{site.read_text(encoding='utf-8')}\n{lines}\n", encoding="utf-8")


def write(home: Home, sql: str, *values: object) -> None:
    db = open_database(home.database)
    with writing(db):
        db.conn.execute(sql, values)
    db.close()


@pytest.fixture
def unread(home: Home) -> str:
    """A page that is archived and that nobody has read: a run was killed between the two. Its capture."""
    capture, document = rows(
        home,
        "SELECT c.capture_id, c.document_id FROM current_runs c JOIN captures k ON k.id = c.capture_id"
        " JOIN bulletins b ON b.id = c.bulletin_id WHERE k.source = 'hai-linh'"
        " AND (SELECT count(*) FROM bulletins o WHERE o.document_id = c.document_id) = 1"
        " ORDER BY c.document_id LIMIT 1",
    )[0]
    db = open_database(home.database)
    with writing(db):
        for table in ("observation_mentions", "series_findings", "observations_history", "observation_documents"):
            db.conn.execute(f"DELETE FROM {table}")
        db.conn.execute("DELETE FROM current_runs WHERE document_id = ?", (document,))
        versions = "bulletin_id IN (SELECT id FROM bulletins WHERE document_id = ?)"
        db.conn.execute(f"DELETE FROM version_results WHERE {versions}", (document,))
        db.conn.execute("DELETE FROM readings WHERE capture_id = ?", (capture,))
    prune(db, [])
    db.close()
    return str(capture)


def waiting(home: Home) -> list[str]:
    db = open_database(home.database, readonly=True)
    sites = {code: page_fingerprint(source) for code, source in load_sources(home.sites).items()}
    found = [row.capture_id for row in captures_to_extract(db, fingerprint(), new_only=True, sites=sites)]
    db.close()
    return found


def test_a_page_that_only_a_candidate_read_still_waits(home: Home, unread: str) -> None:
    assert waiting(home) == [unread]
    write(
        home,
        "INSERT INTO run_errors (id, run_id, source, url, capture_id, stage, reason)"
        " SELECT 'x', max(r.id), 'hai-linh', c.url, c.id, 'page', 'no' FROM runs r, captures c WHERE c.id = ?",
        unread,
    )
    db = open_database(home.database, readonly=True)
    before = entries(db), documents(db, "hai-linh")
    db.close()
    assert any(entry.capture_id == unread for entry in before[0])
    run = reextract(home)
    db = open_database(home.database, readonly=True)
    assert (entries(db), documents(db, "hai-linh")) == before
    db.close()
    write(home, "DELETE FROM run_errors WHERE id = 'x'")
    assert waiting(home) == [unread]  # the next nightly run reads it, whatever becomes of the candidate
    assert promote(home, run) == 1
    assert waiting(home) == []
    assert one(home, "SELECT count(*) FROM current_runs WHERE capture_id = ?", unread) == 1


def test_what_a_nightly_run_read_stays_read_when_the_candidate_goes(home: Home, unread: str) -> None:
    run = reextract(home)
    db = open_database(home.database)
    nightly = start_run(db, "nightly", fingerprint=fingerprint(), started=datetime.now(UTC))
    job = Job(str(home.archive), load_sources(home.sites), figure_fingerprint(), tuple(items(db, [unread])))
    keep(db, Archive(home.archive), nightly, work(job))
    prune(db, [run])
    db.close()
    assert waiting(home) == []


def test_of_two_candidates_one_may_go(home: Home, unread: str) -> None:
    first = reextract(home)
    second = reextract(home, Scope(sources=("hai-linh",)))
    db = open_database(home.database)
    prune(db, [first])
    db.close()
    assert promote(home, second) == 1
    assert waiting(home) == []


def test_only_candidates_are_pruned(home: Home) -> None:
    nightly = one(home, "SELECT min(id) FROM runs")
    read = one(home, "SELECT count(*) FROM readings")
    db = open_database(home.database)
    with pytest.raises(KeyError, match="expected a reextract run"):
        prune(db, [nightly])
    assert nightly not in prunable(db, 0)
    db.close()
    assert one(home, "SELECT count(*) FROM readings") == read


def test_what_a_promotion_replaced_can_be_pruned(home: Home) -> None:
    """Page reading changed: versions that no capture reads to any more go with their results."""
    was = one(home, "SELECT count(*) FROM bulletins")
    change_site(home, '[selectors]\nlead = ".no-such-class"')
    run = reextract(home)
    assert promote(home, run) > 5
    assert one(home, "SELECT count(*) FROM bulletins") > was
    db = open_database(home.database)
    prune(db, prunable(db, 0))
    assert db.conn.execute("PRAGMA foreign_key_check").fetchall() == []
    db.conn.execute("INSERT INTO figures_fts (figures_fts) VALUES ('integrity-check')")
    db.conn.execute("INSERT INTO bulletins_fts (bulletins_fts) VALUES ('integrity-check')")
    db.close()
    assert one(home, "SELECT count(*) FROM bulletins") == was
    assert waiting(home) == []


def test_a_portal_that_changed_is_read_anew_by_the_same_command(home: Home) -> None:
    run = reextract(home)
    assert not [change for change in differences(home, CURRENT, run) if change.source == "hai-linh"]
    change_site(home, '[selectors]\nlead = ".no-such-class"')
    assert reextract(home) == run
    assert [change for change in differences(home, CURRENT, run) if change.source == "hai-linh"]


def test_what_could_not_be_read_is_tried_again_by_the_same_command(home: Home) -> None:
    shutil.move(home.archive, home.root / "away")
    home.archive.mkdir()
    change_site(home, '[selectors]\nlead = ".no-such-class"')
    run = reextract(home)
    assert one(home, "SELECT count(*) FROM candidates WHERE error IS NOT NULL") > 10
    home.archive.rmdir()
    shutil.move(home.root / "away", home.archive)
    assert reextract(home) == run
    assert one(home, "SELECT count(*) FROM candidates WHERE error IS NOT NULL") == 1
    assert one(home, "SELECT count(*) FROM run_errors WHERE stage = 'archive'") > 10


def test_an_error_of_a_candidate_does_not_keep_a_mended_portal_from_being_read(home: Home) -> None:
    capture = one(home, "SELECT capture_id FROM quarantine WHERE capture_id IS NOT NULL")
    write(home, "DELETE FROM run_errors WHERE capture_id = ?", capture)
    reextract(home)
    assert waiting(home) == []
    change_site(home, '[selectors]\nlead = ".no-such-class"')
    assert waiting(home) == [capture]


@pytest.fixture
def revised(home: Home) -> tuple[str, list[str]]:
    """A document of two versions, and its captures from old to new."""
    (document,) = rows(
        home,
        "SELECT b.document_id FROM bulletins b JOIN captures c ON c.id = b.capture_id WHERE b.source = 'hai-linh'"
        " GROUP BY 1 HAVING count(*) > 1 ORDER BY 1 LIMIT 1",
    )[0]
    captures = rows(
        home,
        "SELECT c.id FROM captures c WHERE c.url = (SELECT min(url) FROM bulletins WHERE document_id = ?)"
        " ORDER BY c.time",
        document,
    )
    return document, [row[0] for row in captures]


def test_an_older_capture_is_no_difference_and_moves_nothing(home: Home, revised: tuple[str, list[str]]) -> None:
    document, captures = revised
    before = rows(home, "SELECT * FROM current_runs WHERE document_id = ?", document)
    change_site(home, '[selectors]\nlead = ".no-such-class"')
    run = reextract(home, Scope(where=f"id = '{captures[0]}'"))
    assert differences(home, CURRENT, run) == []
    assert promote(home, run) == 0
    assert rows(home, "SELECT * FROM current_runs WHERE document_id = ?", document) == before


def test_the_latest_capture_that_cannot_be_read_now_is_said(home: Home, revised: tuple[str, list[str]]) -> None:
    document, captures = revised
    before = rows(home, "SELECT * FROM current_runs WHERE document_id = ?", document)
    change_site(home, '[selectors]\nlead = ".no-such-class"')

    def one_fails(jobs: Any) -> Iterator[Any]:
        for outcomes in here(jobs):
            yield [
                Outcome(one.capture_id, stage="page", error="no") if one.capture_id == captures[-1] else one
                for one in outcomes
            ]

    run = reextract(home, Scope(where=f"url = (SELECT url FROM captures WHERE id = '{captures[0]}')"), one_fails)
    assert [(change.kind, change.document) for change in differences(home, CURRENT, run)] == [("unreadable", document)]
    assert promote(home, run) == 0
    assert rows(home, "SELECT * FROM current_runs WHERE document_id = ?", document) == before


def test_another_result_of_the_version_that_is_shown_is_shown(home: Home) -> None:
    """A capture came in between that says the same: the candidate read the one before."""
    document, version, result, capture = rows(home, "SELECT * FROM current_runs ORDER BY document_id LIMIT 1")[0]
    db = open_database(home.database)
    with writing(db):
        other = start_run(db, "nightly", fingerprint="other", started=datetime.now(UTC))
        copied = (
            "INSERT INTO captures SELECT 'later', "
            + ", ".join(
                {"time": "'2999-01-01T00:00:00Z'"}.get(row[1], f'"{row[1]}"')
                for row in db.conn.execute("PRAGMA table_info(captures)")
                if row[1] != "id"
            )
            + " FROM captures WHERE id = ?"
        )
        db.conn.execute(copied, (capture,))
        accept(db, other, document=document, version=version, result_run=result, capture_id="later")
        columns = [row[1] for row in db.conn.execute("PRAGMA table_info(extractions)")]
        shown = ", ".join("?" if name == "run_id" else f'"{name}"' for name in columns)
        db.conn.execute(
            f"INSERT INTO extractions SELECT {shown} FROM extractions WHERE bulletin_id = ? AND run_id = ?",
            (other, version, result),
        )
        assert accept(db, other, document=document, version=version, result_run=other, capture_id=capture)
    db.close()
    assert rows(home, "SELECT * FROM current_runs WHERE document_id = ?", document) == [
        (document, version, other, "later")
    ]


def test_runs_of_other_scopes_are_compared_where_both_read(home: Home) -> None:
    some, every = reextract(home, Scope(sources=("lach-sen",))), reextract(home)
    assert differences(home, some, every) == []
    assert differences(home, every, some) == []


def facts(home: Home) -> list[tuple[Any, ...]]:
    return rows(home, "SELECT bulletin_id, kind, start, end, label FROM bulletin_facts ORDER BY 1, 2, 3, 4, 5")


def test_facts_follow_whichever_candidate_is_promoted(home: Home) -> None:
    """What a first candidate read of the facts is not read again by a second one, and is not lost either."""
    right = facts(home)
    write(home, "DELETE FROM readings")
    write(home, "DELETE FROM bulletin_facts WHERE bulletin_id IN (SELECT id FROM bulletins WHERE source = 'lach-sen')")
    assert facts(home) != right
    first = reextract(home)
    second = reextract(home, Scope(until=date(2999, 1, 1)))
    assert promote(home, second) >= 0
    assert facts(home) == right
    assert first != second


def test_facts_of_a_candidate_outlive_another_promotion(home: Home) -> None:
    right = facts(home)
    write(home, "DELETE FROM readings")
    run = reextract(home)  # the same facts as those that are stored: no need to keep them
    assert one(home, "SELECT count(*) FROM candidates WHERE facts IS NOT NULL") == 0
    db = open_database(home.database)
    with writing(db):
        other = start_run(db, "nightly", fingerprint="other", started=datetime.now(UTC))
        for (version,) in db.conn.execute("SELECT DISTINCT bulletin_id FROM bulletin_facts").fetchall():
            replace_facts(db, other, version, [])
    db.close()
    assert facts(home) == []
    promote(home, run)
    assert facts(home) == right
