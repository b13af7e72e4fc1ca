"""``/f/ID`` leads to the figure for good; *Báo lỗi* writes entries that ``bantin corrections`` reads."""

from __future__ import annotations

import sqlite3
import tomllib
from pathlib import Path

import feedparser
import pytest
from bs4 import BeautifulSoup

from db.store import open_database, start_run
from flows.corrections import apply_corrections, read_corrections
from schemas.corrections import Correction
from tests.datasette.support import Site
from tests.datasette.test_pages import figure_of, soup
from tests.db.support import NOON, TEXT, World, capture, extraction


@pytest.fixture
def again(tmp_path: Path) -> tuple[Site, World, str]:
    """A bulletin whose figure 297 is no more after it was extracted again."""
    from dataclasses import replace

    world = World(tmp_path)
    made = extraction()
    first = world.take(capture())
    world.load(first)
    (id,) = world.db.execute("SELECT id FROM figures_full WHERE quote = '04'").fetchone()
    less = replace(made, figures=made.figures[:2] + made.figures[3:4], findings=(), numerals=())
    later = start_run(world.db, "reextract", fingerprint="f2", started=NOON.replace(hour=9))
    world.load(first, run=later, extraction=less)
    return Site(world.path), world, str(id)


def test_a_permalink_leads_to_the_figure_in_its_bulletin(site: Site, connection: sqlite3.Connection) -> None:
    id = figure_of(connection, "284", "Quý I/2024: 284")
    answer = site.get(f"/f/{id}")
    assert answer.status_code == 302
    address, _, anchor = answer.headers["location"].partition("#")
    page = soup(site, address)
    mark = page.select_one(f"#{anchor}")
    assert mark is not None and mark.text == "284"


def test_a_figure_that_is_gone_says_what_it_was_and_why(again: tuple[Site, World, str]) -> None:
    site, _, id = again
    answer = site.get(f"/f/{id}")
    assert answer.status_code == 410
    assert "Số liệu này không còn" in answer.text and "04 mô hình ở quận" in answer.text
    assert "không còn số liệu này" in answer.text


def test_a_permalink_follows_its_successors(again: tuple[Site, World, str]) -> None:
    site, world, id = again
    (new,) = world.db.execute("SELECT id FROM figures_full WHERE quote = '297'").fetchone()
    world.db.execute("DELETE FROM successors")
    for old, follower in ((id, "a" * 20), ("a" * 20, new)):
        world.db.execute("INSERT INTO successors VALUES (?, ?, ?, 'Đọc lại.')", [old, follower, world.run])
    world.db.conn.commit()
    answer = site.get(f"/f/{id}")
    assert (answer.status_code, answer.headers["location"]) == (302, f"/f/{new}")


def test_a_successor_that_is_none_says_why(again: tuple[Site, World, str]) -> None:
    site, world, id = again
    world.db.execute("UPDATE successors SET reason = 'version'")
    world.db.conn.commit()
    answer = site.get(f"/f/{id}")
    assert answer.status_code == 410 and "Cổng thông tin đã sửa bản tin" in answer.text


def test_successors_in_a_circle_end(again: tuple[Site, World, str]) -> None:
    site, world, id = again
    world.db.execute("DELETE FROM successors")
    for old, new in ((id, "b" * 20), ("b" * 20, id)):
        world.db.execute("INSERT INTO successors VALUES (?, ?, ?, 'x')", [old, new, world.run])
    world.db.conn.commit()
    assert site.get(f"/f/{id}").status_code == 410


def test_a_removed_figure_is_not_shown(again: tuple[Site, World, str]) -> None:
    site, world, _ = again
    (id, sentence) = world.db.execute("SELECT id, sentence FROM figures_full WHERE quote = '297'").fetchone()
    time = "2025-03-01T02:00:00Z"
    world.db.execute(
        "INSERT INTO removals (id, kind, state, url, everywhere, reason, who, time)"
        " VALUES ('r1', 'request', 'done', NULL, 0, 'x', 'y', ?)",
        [time],
    )
    world.db.execute("INSERT INTO removed_figures VALUES (?, 'r1')", [id])
    world.db.conn.commit()
    for path in (f"/f/{id}", f"/bao-loi/{id}"):
        answer = site.get(path)
        assert answer.status_code == 410 and sentence not in answer.text
        assert "theo yêu cầu, ngày 1/3/2025" in answer.text


def entry(page: BeautifulSoup) -> str:
    made = page.select_one("#toml")
    assert made is not None
    return made.text


def test_the_entry_is_read_and_applies(site: Site, connection: sqlite3.Connection, tmp_path: Path) -> None:
    id = figure_of(connection, "284", "Quý I/2024: 284")
    answer = site.get(
        f"/bao-loi/{id}", **{"gia-tri": "1.285", "can-cu": 'Báo cáo "gốc" \\ 57', "nguoi-bao": "Lê Thị B"}
    )
    text = entry(BeautifulSoup(answer.text, "lxml"))
    (made,) = tomllib.loads(text)["correction"]
    correction = Correction.model_validate(made)
    assert correction.set is not None and str(correction.set.value) == "1285"
    assert correction.reason == 'Báo cáo "gốc" \\ 57' and correction.author == "Lê Thị B"
    assert correction.quote == "284"
    copy = tmp_path / "bantin.db"
    with sqlite3.connect(copy) as target:
        connection.backup(target)
    (tmp_path / "corrections.toml").write_text(text, encoding="utf-8")
    db = open_database(copy)
    outcomes, _ = apply_corrections(db, read_corrections(tmp_path / "corrections.toml"))
    db.close()
    assert [outcome.state for outcome in outcomes] == ["applied"]
    page = soup(Site(copy), f"/ban-tin/{site.get(f'/f/{id}').headers['location'].split('#')[0].rsplit('/', 1)[1]}")
    assert "Đã đính chính: 1.285 mô hình" in page.text


def test_the_entry_that_drops_a_figure(site: Site, connection: sqlite3.Connection) -> None:
    id = figure_of(connection, "284", "Quý I/2024: 284")
    page = BeautifulSoup(
        site.get(f"/bao-loi/{id}", **{"loai": "khong-phai", "can-cu": "Số văn bản", "nguoi-bao": "A"}).text, "lxml"
    )
    (made,) = tomllib.loads(entry(page))["correction"]
    assert Correction.model_validate(made).drop
    letter = page.select_one("#thu")
    assert letter is not None and "không phải là số liệu" in letter.text and "Số văn bản" in letter.text


def test_every_figure_of_a_bulletin_has_an_entry_that_is_read(site: Site, connection: sqlite3.Connection) -> None:
    rows = connection.execute("SELECT id FROM figures_full ORDER BY id LIMIT 120").fetchall()
    for (id,) in rows:
        answer = site.get(f"/bao-loi/{id}", **{"gia-tri": "987654321", "can-cu": "x", "nguoi-bao": "y"})
        (made,) = tomllib.loads(entry(BeautifulSoup(answer.text, "lxml")))["correction"]
        Correction.model_validate(made)


def test_what_is_no_number_is_said(site: Site, connection: sqlite3.Connection) -> None:
    id = figure_of(connection, "284", "Quý I/2024: 284")
    assert "không phải là một con số" in site.get(f"/bao-loi/{id}", **{"gia-tri": "nhiều"}).text
    assert "đúng là giá trị hiện nay" in site.get(f"/bao-loi/{id}", **{"gia-tri": "284"}).text


def test_the_citation_names_figure_bulletin_day_and_address(site: Site, connection: sqlite3.Connection) -> None:
    id = figure_of(connection, "284", "Quý I/2024: 284")
    page = soup(site, f"/bao-loi/{id}")
    said = page.select(".copy")[0].text
    for part in ("Quận Hải Lĩnh", "Quý I/2024: 284 mô hình", "4/4/2024", "284 mô hình", "chụp lúc", f"/f/{id}"):
        assert part in said


def test_the_feed_of_new_figures(site: Site, connection: sqlite3.Connection) -> None:
    feed = feedparser.parse(site.get("/feed/so-lieu.atom").text)
    assert not feed.bozo and len(feed.entries) == 100 and feed.feed.title == "bantin: số liệu mới"
    entry = feed.entries[0]
    id = entry.id.rsplit(":", 1)[1]
    (quote, sentence) = connection.execute("SELECT quote, sentence FROM figures_full WHERE id = ?", (id,)).fetchone()
    assert entry.title.startswith(quote) and sentence in entry.summary and entry.link.endswith(f"/f/{id}")
    assert len({e.id for e in feed.entries}) == 100


def test_the_feed_of_incidents(site: Site) -> None:
    feed = feedparser.parse(site.get("/feed/su-co.atom").text)
    assert not feed.bozo and feed.entries
    assert "trang chưa đọc được" in feed.entries[0].title


def test_text_of_the_fixture(again: tuple[Site, World, str]) -> None:
    _, world, _ = again
    assert world.db.execute("SELECT text FROM bulletins_current").fetchone() == (TEXT,)


def test_incidents_are_told_on_the_pages_and_in_the_feed(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.load(world.take(capture()))
    if "incidents" not in world.db.table_names():
        world.db.execute(
            "CREATE TABLE incidents (id, source, kind, severity, opened, opened_run, last_run, closed, message, advice,"
            " evidence, told)"
        )
    (source,) = world.db.execute("SELECT code FROM sources").fetchone()
    sql = (
        "INSERT INTO incidents (id, source, kind, severity, opened, opened_run, last_run, closed, message,"
        " advice, evidence) VALUES (?, ?, 'silent', 'warning', '2023-09-18T00:00:00Z', ?, ?, ?, ?,"
        " 'Mở trang để xem.', '{}')"
    )
    for id, closed, message in (("i1", None, "Cổng ngừng đăng tin."), ("i2", "2023-09-20T00:00:00Z", "Đã hết lỗi.")):
        world.db.execute(sql, [id, source, world.run, world.run, closed, message])
    world.db.conn.commit()
    site = Site(world.path)
    home, quality = site.get("/").text, site.get("/chat-luong").text
    assert "Cổng ngừng đăng tin." in home and "Mở trang để xem." in home and "Đã hết lỗi." not in home
    assert "Cổng ngừng đăng tin." in quality and "Đã hết lỗi." in quality
    feed = feedparser.parse(site.get("/feed/su-co.atom").text)
    assert {entry.id for entry in feed.entries} == {"urn:bantin:incident:i1", "urn:bantin:incident:i2"}


def test_totals_follow_the_writer(tmp_path: Path) -> None:
    world = World(tmp_path)
    world.load(world.take(capture()))
    site = Site(world.path)

    def totals() -> list[str]:
        page = BeautifulSoup(site.get("/").text, "lxml")
        return [dd.text for dd in page.select(".facts dd")]

    first = totals()
    world.load(world.take(capture("https://hoabac.example/tin/2.html", b"2")))
    second = totals()
    assert (first[:2], second[:2]) == (["5", "1"], ["10", "2"])
