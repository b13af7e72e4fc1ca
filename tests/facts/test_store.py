"""Facts in the database: rows with spans, the same ones never written twice, others in their place."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db.store import start_run
from extractors.facts import read_facts
from extractors.text.document import Document
from flows.observe import refresh
from tests.db.support import NOON, TEXT, World, capture, dump

SAID = (
    "Sáng 12/3, đồng chí Hà Thị Nga, Chủ tịch HĐND xã chủ trì hội nghị sơ kết quý I. "
    "Hội nghị thông qua Kế hoạch số 4/KH-HĐND. Tuy nhiên, tiến độ còn chậm."
)
FACTS = read_facts(Document(SAID, published="2024-03-20"))


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    made = World(tmp_path)
    yield made
    made.db.close()


def test_every_kind_is_a_row_with_its_span(world: World) -> None:
    world.load(world.take(capture()), TEXT, facts=FACTS)
    rows = list(world.db["bulletin_facts"].rows)
    assert [row["kind"] for row in rows] == ["event", "person", "organisation", "document", "section"]
    assert all(SAID[row["start"] : row["end"]] == row["quote"] for row in rows)
    assert rows[1]["label"] == "Hà Thị Nga"
    assert json.loads(rows[0]["fields"]) == {"date": "2024-03-12", "place": None, "chairs": ["Hà Thị Nga"]}
    assert json.loads(rows[3]["fields"])["kind"] == "kế hoạch"


def test_the_same_facts_are_not_written_again_and_others_replace_them(world: World) -> None:
    capture_id = world.take(capture())
    world.load(capture_id, TEXT, facts=FACTS)
    before = dump(world.db)
    later = start_run(world.db, "nightly", fingerprint="f2", started=NOON)
    world.load(capture_id, TEXT, run=later, facts=FACTS)
    assert dump(world.db, without=("runs",))["bulletin_facts"] == before["bulletin_facts"]
    world.load(capture_id, TEXT, run=later)
    assert dump(world.db, without=("runs",))["bulletin_facts"] == before["bulletin_facts"]
    world.load(capture_id, TEXT, run=later, facts=replace(FACTS, documents=()))
    kinds = [row["kind"] for row in world.db["bulletin_facts"].rows]
    assert kinds == ["event", "person", "organisation", "section"]
    assert {row["run_id"] for row in world.db["bulletin_facts"].rows} == {later}


def test_people_read_them_in_one_view(world: World) -> None:
    url = "https://hoabac.example/tin/1.html"
    world.load(world.take(capture(url)), TEXT, facts=FACTS)
    again = capture("https://hoabac.example/tin/2.html", body=b"2")
    world.load(world.take(again), TEXT, published="2023-09-17T08:00", facts=FACTS)
    refresh(world.db)
    rows = list(world.db.query("SELECT * FROM bulletin_facts_full WHERE reprint_of IS NULL ORDER BY position"))
    assert [(row["kind"], row["what"]) for row in rows] == [
        ("sự kiện", "hội nghị sơ kết quý I"),
        ("người giữ chức vụ", "Hà Thị Nga"),
        ("tổ chức", "Hội đồng nhân dân xã"),
        ("văn bản được dẫn", "4/KH-HĐND"),
        ("phần của bài", "tồn tại, hạn chế"),
    ]
    event, person, _, paper, _ = rows
    assert (event["date"], event["chairs"]) == ("2024-03-12", "Hà Thị Nga")
    assert person["titles"] == "Chủ tịch HĐND xã"
    assert paper["paper"] == "kế hoạch"
    assert all(row["text"] and row["url"] == url and row["source_name"] == "Cổng Hòa Bắc" for row in rows)
    copies = world.db.execute("SELECT DISTINCT reprint_of FROM bulletin_facts_full ORDER BY 1").fetchall()
    assert copies == [(None,), (url,)]
