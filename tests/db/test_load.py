"""Loading: the same twice changes nothing, a revision is a version, a document is loaded whole or not at all."""

import sqlite3
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from db.store import (
    captures_to_extract,
    find_body,
    finish_run,
    get_capture,
    indexed_refs,
    last_capture,
    log_fetch,
    record_capture,
    record_error,
    record_source,
    start_run,
)
from schemas.captures import ArchiveRef
from schemas.documents import Extraction
from tests.db.support import NOON, SOURCE, TEXT, URL, World, bulletin, capture, dump, extraction

REVISED = TEXT.replace("thêm tin", "thêm tin báo")
GROWING = ("runs", "fetch_log")


def current(world: World) -> list[tuple[str, ...]]:
    return world.db.execute("SELECT bulletin_id, run_id, capture_id FROM current_runs").fetchall()


def count(world: World, table: str) -> int:
    return int(world.db.execute(f"SELECT count(*) FROM {table}").fetchone()[0])


def test_every_field_of_a_figure_arrives(world: World) -> None:
    world.load(world.take(capture()))
    rows = list(world.db.query("SELECT * FROM figures ORDER BY position"))
    made = extraction()
    assert len(rows) == len(made.figures)
    for row, figure in zip(rows, made.figures, strict=True):
        said = figure.to_contract()
        for name in ("start", "end", "quote", "kind", "unit", "relation", "basis", "direction", "status", "approx"):
            assert row[name] == said[name], name
        assert (row["value_text"], row["value"]) == (said["value"], float(figure.value))
        assert row["denominator_text"] == said["denominator"]
        assert (row["subject"], row["scope"], row["rule"]) == (figure.subject, figure.scope, figure.rule)
        period = f"{row['period_start']}/{row['period_end']}" if row["period_start"] else None
        assert period == said["period"]
    assert rows[0]["evidence"] == '{"period": "Chín tháng"}'
    assert [row["sentence"] for row in rows[3:]] == ["Đến nay 11/12 phường tổ chức đối thoại, đạt 92,3% kế hoạch."] * 2


def test_the_quote_stands_where_sql_looks_for_it(world: World) -> None:
    world.load(world.take(capture()))
    wrong = world.db.execute(
        "SELECT f.quote FROM figures f JOIN bulletins b ON b.id = f.bulletin_id"
        " WHERE substr(b.text, f.start + 1, f.end - f.start) <> f.quote"
        " OR substr(b.text, f.sentence_start + 1, f.sentence_end - f.sentence_start) <> f.sentence"
        " OR f.start < f.sentence_start OR f.end > f.sentence_end"
    )
    assert wrong.fetchall() == []
    assert count(world, "figures") == 5


def test_links_ledger_and_findings_point_at_their_figures(world: World) -> None:
    world.load(world.take(capture()))
    links = world.db.execute(
        "SELECT a.quote, l.kind, t.quote FROM figure_links l JOIN figures a ON a.key = l.figure_key"
        " JOIN figures t ON t.key = l.target_key ORDER BY a.start"
    ).fetchall()
    assert links == [("297", "part_of", "300"), ("04", "part_of", "300"), ("92,3", "about", "11/12")]
    ledger = world.db.execute("SELECT quote, state, reason, figure_key IS NULL FROM numerals ORDER BY start").fetchall()
    assert ledger[0] == ("Chín", "set_aside", "period", 1)
    assert ledger[-1] == ("1022", "unexplained", None, 1)
    assert [row[3] for row in ledger if row[1] == "claimed"] == [0] * 5
    members = world.db.execute(
        "SELECT n.check_name, n.verdict, f.quote FROM finding_figures g JOIN findings n ON n.key = g.finding_key"
        " JOIN figures f ON f.key = g.figure_key ORDER BY n.position, g.position"
    ).fetchall()
    assert members[0] == ("sum", "fails", "300")
    assert len(members) == 4


def test_loading_twice_changes_nothing(world: World) -> None:
    capture_id = world.take(capture())
    version = world.load(capture_id)
    before = dump(world.db)
    assert world.load(capture_id) == version
    assert dump(world.db) == before


def test_an_idle_second_run_grows_only_runs_and_log(world: World) -> None:
    made = capture()
    version = world.load(world.take(made))
    finish_run(world.db, world.run, finished=NOON, status="done", counts={"captures": 1})
    before = dump(world.db, without=GROWING)
    world.run = start_run(world.db, "nightly", fingerprint="f1", started=NOON + timedelta(days=1))
    record_source(world.db, SOURCE)
    known = last_capture(world.db, URL)
    assert known is not None
    again = world.take(capture(days=1))  # the same body, one day later
    log_fetch(
        world.db, world.run, source=SOURCE.code, url=URL, time=NOON, outcome="unchanged", capture_id=again, etag='"a2"'
    )
    assert again == known.capture_id
    assert captures_to_extract(world.db, "f1") == []
    assert world.load(again) == version
    assert dump(world.db, without=GROWING) == before


def test_ids_do_not_depend_on_the_run_or_the_order(tmp_path: Path) -> None:
    first, second = World(tmp_path / "a"), World(tmp_path / "b")
    one, two = capture(), capture(URL + "?2", b"2")
    for world, order in ((first, (one, two)), (second, (two, one))):
        for made in order:
            world.load(world.take(made))
    ids = " UNION ".join(f"SELECT id FROM {table}" for table in ("captures", "bulletins", "figures", "findings"))
    assert set(first.db.execute(ids)) == set(second.db.execute(ids))


def test_a_revised_text_is_a_second_version(world: World) -> None:
    old = world.load(world.take(capture()))
    new = world.load(world.take(capture(body=b"new", days=1)), REVISED)
    assert old != new
    versions = world.db.execute("SELECT id, text FROM bulletins ORDER BY search_key").fetchall()
    assert versions == [(old, TEXT), (new, REVISED)]
    assert [row[0] for row in current(world)] == [new]
    assert set(world.db.execute("SELECT DISTINCT bulletin_id FROM figures_full")) == {(new,)}
    assert world.db.execute("SELECT versions FROM bulletins_current").fetchone() == (2,)


def test_a_page_that_goes_back_to_its_first_text_is_that_version_again(world: World) -> None:
    old = world.load(world.take(capture()))
    world.load(world.take(capture(body=b"new", days=1)), REVISED)
    back = world.take(capture(days=2))
    assert [one.capture_id for one in captures_to_extract(world.db, "f1")] == [back]
    assert world.load(back) == old
    assert current(world) == [(old, world.run, back)]
    assert count(world, "bulletins") == 2


def test_an_older_capture_loaded_late_does_not_become_current(world: World) -> None:
    lost = world.take(capture())
    new = world.load(world.take(capture(body=b"new", days=1)), REVISED)
    world.load(lost)
    assert [row[0] for row in current(world)] == [new]
    assert count(world, "bulletins") == 2


@pytest.mark.parametrize("change", [{"title": "Khác"}, {"published": "2023-09-17"}, {"byline": "Minh An"}])
def test_a_change_beside_the_text_is_a_version_with_the_same_mentions(world: World, change: dict[str, str]) -> None:
    old = world.load(world.take(capture()))
    new = world.load(world.take(capture(body=b"new", days=1)), **change)
    assert old != new
    ids = world.db.execute("SELECT bulletin_id, count(*) FROM figures GROUP BY bulletin_id").fetchall()
    assert sorted(ids) == sorted([(old, 5), (new, 5)])
    assert world.db.execute("SELECT count(DISTINCT id) FROM figures").fetchone() == (5,)


def test_a_better_extractor_gives_a_second_result_of_the_same_version(world: World) -> None:
    capture_id = world.take(capture())
    version = world.load(capture_id)
    better = start_run(world.db, "reextract", fingerprint="f2", started=NOON + timedelta(days=1))
    assert [one.capture_id for one in captures_to_extract(world.db, "f2")] == [capture_id]
    assert captures_to_extract(world.db, "f2", new_only=True) == []
    world.load(capture_id, run=better, extraction=extraction(planned="92.4"), promote=False)
    assert current(world) == [(version, world.run, capture_id)]
    assert count(world, "figures") == 10
    assert count(world, "figures_full") == 5
    world.load(capture_id, run=better, extraction=extraction(planned="92.4"))
    assert current(world) == [(version, better, capture_id)]
    assert captures_to_extract(world.db, "f2") == []
    said = world.db.execute("SELECT count(DISTINCT id), count(DISTINCT content_hash) FROM figures").fetchone()
    assert said == (5, 6)


def test_an_equal_result_of_another_version_of_the_program_adds_only_the_reading(world: World) -> None:
    capture_id = world.take(capture())
    world.load(capture_id)
    other = start_run(world.db, "reextract", fingerprint="f2", started=NOON + timedelta(days=1))
    before = dump(world.db, without=("readings",))
    world.load(capture_id, run=other)
    assert dump(world.db, without=("readings",)) == before
    assert captures_to_extract(world.db, "f2") == []


@pytest.mark.parametrize("table", ["bulletins", "figures", "numerals", "finding_figures", "current_runs"])
def test_a_failure_in_the_middle_leaves_nothing(world: World, table: str) -> None:
    capture_id = world.take(capture())
    before = dump(world.db)
    world.db.execute(f"CREATE TEMP TRIGGER stop BEFORE INSERT ON {table} BEGIN SELECT raise(ABORT, 'stop'); END")
    with pytest.raises(sqlite3.IntegrityError, match="stop"):
        world.load(capture_id)
    assert dump(world.db) == before
    world.db.execute("DROP TRIGGER stop")
    world.load(capture_id)
    assert count(world, "figures_full") == 5


def test_what_does_not_fit_the_text_is_refused(world: World) -> None:
    capture_id = world.take(capture())
    made = extraction()
    moved = replace(made, figures=(replace(made.figures[0], start=0, end=3), *made.figures[1:]))
    with pytest.raises(ValueError, match="figure 0 of d1: expected '300' at 0:3, found 'Chí'"):
        world.load(capture_id, extraction=moved)
    with pytest.raises(ValueError, match="another text"):
        world.load(capture_id, extraction=replace(made, text=made.text + "."))
    with pytest.raises(KeyError, match="no capture"):
        world.load("unknown")
    assert count(world, "bulletins") == 0


def test_two_figures_at_one_place_are_two_mentions(world: World) -> None:
    made = extraction()
    twice = replace(made, figures=(*made.figures, replace(made.figures[4], basis="same_period")))
    world.load(world.take(capture()), extraction=twice)
    assert world.db.execute("SELECT count(DISTINCT id) FROM figures").fetchone() == (6,)


def test_exact_values_stand_beside_the_real_ones(world: World) -> None:
    made = extraction()
    large = replace(made.figures[0], value=Decimal("12345678901234567890.5"), value_max=Decimal("1E+2"))
    world.load(world.take(capture()), extraction=replace(made, figures=(large, *made.figures[1:])))
    row = world.db.execute("SELECT value_text, value, value_max_text FROM figures WHERE position = 0").fetchone()
    assert row == ("12345678901234567890.5", 1.2345678901234567e19, "100")


def test_without_sentences_a_figure_has_its_line() -> None:
    made = Extraction("x", None, None, "một\nhai 22 ba\nbốn", (), (), ())
    assert made.sentence_of(8, 10) == (4, 13)
    assert made.sentence_of(0, 3) == (0, 3)


def test_a_sentence_is_stored_without_the_space_around_it(world: World) -> None:
    made = extraction()
    first = made.figures[0]
    start, end = made.text.rindex(" ", 0, first.start), made.text.index(" ", first.end) + 1
    world.load(world.take(capture()), extraction=replace(made, sentences=((start, end),)))
    row = world.db.execute("SELECT sentence, sentence_start, sentence_end FROM figures WHERE position = 0").fetchone()
    assert row == (made.text[start:end].strip(), start + 1, end - 1)


def test_a_capture_is_indexed_once(world: World) -> None:
    made = capture()
    first = world.take(made)
    place = ArchiveRef("elsewhere.warc.gz", 1, 2)
    assert record_capture(world.db, world.run, source=SOURCE.code, capture=made, ref=place) == first
    row = get_capture(world.db, first)
    assert row is not None
    assert row.ref.segment == f"{world.run}.warc.gz"
    assert world.archive.read(row.ref) == made


def test_a_crash_between_archive_and_load_is_made_good(world: World) -> None:
    capture_id = world.take(capture())
    world.take(capture("https://hoabac.example/tin-tuc/", b"list"), kind="list")
    world.take(capture(URL + "?404", b"", status=404))
    later = start_run(world.db, "nightly", fingerprint="f1", started=NOON + timedelta(days=1))
    (waiting,) = captures_to_extract(world.db, "f1")
    assert waiting.capture_id == capture_id
    assert world.archive.read(waiting.ref).body == capture().body
    world.load(capture_id, run=later)
    assert captures_to_extract(world.db, "f1") == []


def test_what_is_in_quarantine_waits_for_another_version(world: World) -> None:
    capture_id = world.take(capture())
    where = {"source": SOURCE.code, "url": URL, "capture_id": capture_id, "stage": "page", "reason": "no title"}
    error = record_error(world.db, world.run, **where)
    before = dump(world.db, without=GROWING)
    second = start_run(world.db, "nightly", fingerprint="f1", started=NOON + timedelta(days=1))
    assert record_error(world.db, second, **where) == error
    assert dump(world.db, without=GROWING) == before
    assert captures_to_extract(world.db, "f1") == []
    assert count(world, "quarantine") == 1
    better = start_run(world.db, "nightly", fingerprint="f2", started=NOON + timedelta(days=2))
    assert len(captures_to_extract(world.db, "f2", new_only=True)) == 1
    world.load(capture_id, run=better)
    assert (count(world, "quarantine"), count(world, "run_errors")) == (0, 1)


def test_a_failed_fetch_leaves_quarantine_once_it_succeeds(world: World) -> None:
    record_error(world.db, world.run, source=SOURCE.code, url=URL, capture_id=None, stage="fetch", reason="HTTP 500")
    assert count(world, "quarantine") == 1
    later = NOON + timedelta(days=1)
    log = {"source": SOURCE.code, "url": URL, "time": later}
    log_fetch(world.db, world.run, **log, outcome="error", status=500)
    assert count(world, "quarantine") == 1
    log_fetch(world.db, world.run, **log, outcome="fetched", status=200, capture_id=world.take(capture(days=1)))
    assert count(world, "quarantine") == 0


def test_the_last_validators_are_used(world: World) -> None:
    capture_id = world.take(capture())
    known = last_capture(world.db, URL)
    assert known is not None
    assert (known.capture_id, known.etag, known.sha256) == (capture_id, '"a1"', capture().sha256)
    log = {"source": SOURCE.code, "url": URL, "time": NOON, "status": 200}
    log_fetch(world.db, world.run, **log, outcome="unchanged", etag='"a2"', last_modified="Sat", capture_id=capture_id)
    log_fetch(world.db, world.run, **log, outcome="error", message="time out")
    known = last_capture(world.db, URL)
    assert known is not None
    assert (known.etag, known.last_modified) == ('"a2"', "Sat")
    assert last_capture(world.db, "https://hoabac.example/unknown") is None


def test_a_body_is_found_where_it_is_stored_not_where_it_is_repeated(world: World) -> None:
    first = capture()
    original = world.take(first)
    found = find_body(world.db, first.sha256)
    assert found is not None
    reprint = capture("https://phuong.example/1", days=1)
    with world.archive.segment(world.run) as segment:
        ref = segment.write(reprint, duplicate_of=(found.url, found.time), duplicate_ref=found.ref)
    repeated = record_capture(
        world.db, world.run, source=SOURCE.code, capture=reprint, ref=ref, revisit_of=found.capture_id
    )
    assert repeated != original
    again = find_body(world.db, first.sha256)
    assert again is not None
    assert again.capture_id == original
    assert find_body(world.db, "0" * 64) is None
    log = {"source": SOURCE.code, "url": URL, "time": NOON, "outcome": "unchanged"}
    log_fetch(world.db, world.run, **log, capture_id=original, ref=ref)
    assert len(list(indexed_refs(world.db))) == 3
    assert world.archive.verify(expected=indexed_refs(world.db)).problems == []


def test_a_source_is_updated_only_when_it_changed(world: World) -> None:
    before = world.db.conn.total_changes
    record_source(world.db, SOURCE)
    assert world.db.conn.total_changes == before
    record_source(world.db, SOURCE.model_copy(update={"name": "Tên mới"}))
    assert world.db.execute("SELECT name FROM sources").fetchall() == [("Tên mới",)]


def test_runs(world: World) -> None:
    second = start_run(world.db, "nightly", fingerprint="f1", started=NOON)
    assert [world.run, second] == ["20230916T050000Z-nightly", "20230916T050000Z-nightly-2"]
    finish_run(world.db, second, finished=NOON, status="done", counts={"b": 1, "a": 2})
    row = world.db.execute("SELECT status, counts, finished FROM runs WHERE id = ?", (second,)).fetchone()
    assert row == ("done", '{"a": 2, "b": 1}', "2023-09-16T05:00:00Z")
    with pytest.raises(KeyError, match="no run x"):
        finish_run(world.db, "x", finished=NOON, status="done", counts={})
    with pytest.raises(ValueError, match="kind of run"):
        start_run(world.db, "Nightly/1", fingerprint="f1", started=NOON)


def test_foreign_keys_hold_after_everything(world: World) -> None:
    world.load(world.take(capture()))
    world.load(world.take(capture(body=b"new", days=1)), REVISED)
    assert world.db.execute("PRAGMA foreign_key_check").fetchall() == []
    assert world.db.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


def test_a_document_without_figures_is_loaded(world: World) -> None:
    text = "Không có số liệu nào."
    version = world.load(world.take(capture()), text, extraction=Extraction("d", None, None, text, (), (), ()))
    assert bulletin(text).text == text
    assert world.db.execute("SELECT id, figures, unexplained FROM bulletins_current").fetchall() == [(version, 0, 0)]
