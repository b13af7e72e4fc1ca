"""Keeping observations up to date: what it costs, and what it leaves when it is stopped half-way."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from db import observations
from db.areas import AreasError
from db.export import Filter, select
from db.identity import document_id
from extractors.pipeline import extract_text
from flows import observe
from flows.observe import compare, refresh
from tests.benchmarks.observations import load
from tests.db.support import TEXT, World, capture, dump


def steps(world: World, documents: Iterable[str] | None) -> int:
    """Steps of SQLite's machine that a refresh takes: the same on every computer."""
    count = 0

    def tick() -> int:
        nonlocal count
        count += 1
        return 0

    world.db.conn.set_progress_handler(tick, 10)
    try:
        refresh(world.db, documents=documents)
    finally:
        world.db.conn.set_progress_handler(None, 0)
    return count * 10


def test_a_batch_costs_the_same_in_a_large_database(world: World) -> None:
    """Linear over all batches: what is there already is not looked at again."""
    costs = []
    for size in (40, 400):
        load(world, range(size, size + size))
        refresh(world.db)
        batch = load(world, range(10_000 + size, 10_010 + size))
        costs.append(steps(world, batch))
    assert costs[1] < 1.5 * costs[0]


def test_a_bulletin_that_did_not_change_costs_little(world: World) -> None:
    load(world, range(200))
    refresh(world.db)
    assert steps(world, None) < 200 * 200, "a few look-ups in indices for each"
    assert steps(world, []) < 500


def test_batches_and_one_pass_come_to_the_same(tmp_path: Path) -> None:
    made = []
    for name, size in (("one", 60), ("batches", 20)):
        world = World(tmp_path / name)
        for at in range(0, 60, size):
            documents = load(world, range(at, at + size))
            if name == "batches":
                refresh(world.db, documents=documents)
        assert refresh(world.db) == (60 if name == "one" else 0)
        rows = dump(world.db)
        made.append({table: rows[table] for table in rows if "observation" in table or "series" in table})
        world.db.close()
    assert made[0] == made[1] and made[0]["observations_history"]


def test_what_a_crash_left_undone_is_done_by_the_next_call(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    load(world, range(30))
    monkeypatch.setattr(observe, "_CHUNK", 10)
    calls = 0

    def failing(*args: object) -> set[observations.Fact]:
        nonlocal calls
        calls += 1
        if calls > 15:
            raise KeyboardInterrupt
        return observations.record_document(*args)

    monkeypatch.setattr(observe, "record_document", failing)
    with pytest.raises(KeyboardInterrupt):
        refresh(world.db)
    assert world.db["observation_documents"].count == 10, "a transaction is all or nothing"
    assert world.db["series_due"].count > 0
    monkeypatch.undo()
    assert refresh(world.db) == 20
    assert world.db["series_due"].count == 0
    before = dump(world.db)
    assert refresh(world.db) == 0
    assert dump(world.db) == before


def test_series_are_compared_once_all_batches_are_in(world: World) -> None:
    for at in (0, 10):
        refresh(world.db, documents=load(world, range(at, at + 10)))
    assert world.db["series_findings"].count == 0
    assert world.db["series_due"].count > 0
    compare(world.db)
    assert world.db["series_due"].count == 0
    assert world.db["series_findings"].count > 0


QUAN = "31.quan-ngo-quyen"


def read(world: World, number: int, day: str, text: str) -> None:
    """Load a bulletin of quận Ngô Quyền as it is read from its text."""
    made = extract_text(text, id="x", title=f"Tin {number}", published=day)
    taken = world.take(capture(f"https://hoabac.example/tin/{number}.html", body=str(number).encode()))
    world.load(taken, text, extraction=made, title=f"Tin {number}", published=day)


def test_wards_of_a_quan_before_and_after_they_were_merged(world: World) -> None:
    """From the text to the break: 12 wards in 2023, 8 in March 2025, one of them under an old name."""
    world.db.execute("UPDATE sources SET area = ?", [QUAN])
    world.db.conn.commit()
    said = "tổ chức {} cuộc đối thoại. Tại phường Gia Viên tổ chức {} cuộc đối thoại. Có {} phường tổ chức đối thoại."
    read(world, 1, "2023-10-02", "Chín tháng đầu năm 2023, quận Ngô Quyền " + said.format(30, 4, 12))
    read(world, 2, "2025-04-02", "Ba tháng đầu năm 2025, quận Ngô Quyền " + said.format(11, 3, 8))
    refresh(world.db)
    rows = world.db.execute(
        "SELECT ref_area, unit_measure, obs_value, comparable_since, break_reason FROM observations"
        " WHERE period_end IN ('2023-09-30', '2025-03-31') ORDER BY 1, 2, period_end"
    ).fetchall()
    assert rows == [
        (QUAN, "cuộc", 30, None, None),
        (QUAN, "cuộc", 11, None, None),
        (QUAN, "phường", 12, "2020-02-01", "area"),
        (QUAN, "phường", 8, "2025-01-01", "area"),
        (f"{QUAN}.gia-vien", "cuộc", 4, None, None),
        (f"{QUAN}.gia-vien", "cuộc", 3, "2025-01-01", "area"),
    ]
    broken = world.db.execute("SELECT ref_area, at FROM series_breaks ORDER BY 1").fetchall()
    assert broken == [(QUAN, "2025-01-01"), (f"{QUAN}.gia-vien", "2025-01-01")]


def test_other_rules_areas_or_sources_make_observations_anew(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    load(world, range(3))
    assert refresh(world.db) == 3
    world.db.execute("UPDATE sources SET area = ?", [QUAN])
    world.db.conn.commit()
    assert refresh(world.db) == 3
    assert {row["ref_area"] for row in world.db["observations_history"].rows} == {QUAN}
    for name in ("catalogue_version", "area_table_version"):
        monkeypatch.setattr(observe, name, lambda *_: "another")
        assert refresh(world.db) == 3
        assert refresh(world.db) == 0


def test_a_homes_own_areas_place_what_is_observed(world: World) -> None:
    """Names become the codes of the file; without the file, codes made of the names. A file that is wrong is said."""
    text = "Tính đến ngày 30/9/2023, phường Bến Sứ có 31 mô hình “Dân vận khéo”."
    world.load(world.take(capture()), text, extraction=extract_text(text, id="1", published="2023-10-01"))
    world.db.execute("UPDATE sources SET area = '99.quan-hoa-bac'")
    world.db.conn.commit()

    def placed() -> list[str]:
        return [row[0] for row in world.db.execute("SELECT ref_area FROM observations").fetchall()]

    assert (refresh(world.db), placed()) == (1, ["99.quan-hoa-bac.ben-su"])
    own = world.root / "areas.toml"
    area = '[[areas]]\ncode = "{}"\nname = "{}"\nkind = "{}"\n'
    district = area.format("99.quan-hoa-bac", "Hòa Bắc", "quan")
    ward = area.format("99.quan-hoa-bac.7", "Bến Sứ", "phuong") + 'parent = "99.quan-hoa-bac"\n'
    own.write_text(district + ward, encoding="utf-8")
    assert (refresh(world.db), placed()) == (1, ["99.quan-hoa-bac.7"])
    assert refresh(world.db) == 0
    assert [row[-1] for row in select(world.db, "observations", Filter(area="phường Bến Sứ")).rows]
    own.write_text('[[areas]]\ncode = "99"\n', encoding="utf-8")
    with pytest.raises(
        AreasError, match=r"areas\.toml, line 1: area .* lacks kind, name; expected \[\[areas\]\] with code"
    ):
        refresh(world.db)
    own.unlink()
    assert (refresh(world.db), placed()) == (1, ["99.quan-hoa-bac.ben-su"])


def test_when_the_first_print_says_something_else_its_reprint_is_the_first(world: World) -> None:
    """Only the revised bulletin is named; the one that printed the same text before is brought up with it."""
    urls = ["https://hoabac.example/tin/1.html", "https://hoabac.example/tin/2.html"]
    first, second = (document_id(url) for url in urls)
    for url, day in zip(urls, ("2023-09-16T07:12", "2023-09-17T08:00"), strict=True):
        world.load(world.take(capture(url, body=url.encode())), published=day)
    assert refresh(world.db, documents=[second, first]) == 2
    owners = "SELECT DISTINCT document_id FROM observations_history WHERE valid_to IS NULL ORDER BY valid_from"
    assert world.db.execute(owners).fetchall() == [(first,)]
    world.load(world.take(capture(urls[0], body=b"new", days=1)), TEXT + " Hết.")
    assert refresh(world.db, documents=[first]) == 2
    assert refresh(world.db) == 0
    prints = dict(world.db.execute("SELECT document_id, primary_id FROM observation_documents").fetchall())
    assert prints == {first: first, second: second}
    assert (second,) in world.db.execute(owners).fetchall()
