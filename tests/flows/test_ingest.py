"""Whole runs over the sample portal: what comes in, what is asked again, what happens when things go wrong."""

from __future__ import annotations

import itertools
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

import flows.gather
import flows.ingest
import flows.reading.keep
import flows.reading.reader
import flows.reading.work
from db.archive import Archive
from db.home import Home
from db.store import indexed_refs, open_database
from flows.forget import forget
from flows.net.errors import FetchError
from flows.sources import load_sources
from tests.flows.ingesting import QUICK, dump, files, ingest, one, opened, rows
from tests.portal import bulletins
from tests.portal.routes import Reply
from tests.portal.server import SamplePortal

EVENTS = tomllib.loads((Path(bulletins.__file__).parent / "events.toml").read_text(encoding="utf-8"))
ALL = bulletins.load()
BROKEN = EVENTS["broken"]["bulletin"]
REVISED = EVENTS["revised"]["bulletin"]
VANISHED = EVENTS["vanished"]["bulletin"]


def pages(home: Home) -> set[str]:
    return {url for (url,) in rows(home, "SELECT DISTINCT url FROM captures WHERE kind = 'page'")}


def loaded(home: Home) -> set[str]:
    return {url for (url,) in rows(home, "SELECT url FROM bulletins_current")}


def outcomes(home: Home, url: str) -> list[str]:
    return [outcome for (outcome,) in rows(home, "SELECT outcome FROM fetch_log WHERE url = ? ORDER BY id", url)]


def is_whole(home: Home) -> bool:
    db = open_database(home.database)
    report = Archive(home.archive).verify(expected=indexed_refs(db))
    db.close()
    return report.ok and not report.problems


def test_a_first_run_brings_every_bulletin(portal: SamplePortal, filled: Home) -> None:
    assert pages(filled) == {portal.url(item.slug) for item in ALL}
    assert loaded(filled) == pages(filled) - {portal.url(BROKEN)}
    assert is_whole(filled)


def test_a_page_that_cannot_be_read_is_kept_apart_with_its_reason(portal: SamplePortal, filled: Home) -> None:
    ((source, url, stage, reason),) = rows(filled, "SELECT source, url, stage, reason FROM run_errors")
    assert (source, url, stage) == ("hai-linh", portal.url(BROKEN), "page")
    assert "#news-bodyhtml" in reason and ".warc.gz at " in reason


def test_what_robots_txt_forbids_is_never_asked(portal: SamplePortal, empty: Home) -> None:
    ingest(empty)
    for key in ("quan", "phuong"):
        path = EVENTS["disallowed"][key]
        assert portal.requested(path) == []
        assert outcomes(empty, portal.sites[key].root + path) == ["disallowed"]


def test_both_pagers_are_walked_to_their_end(portal: SamplePortal, empty: Home) -> None:
    ingest(empty)
    asked = {request.path for request in portal.requests}
    for site in portal.sites.values():
        for name in {name for item in site.published for name in item.lists}:
            assert {site.url(item) for item in site.listed(name)} <= asked
    assert "/tin-tuc/page-2/" in asked
    assert any("PublishedDate=" in path for path in asked)


def test_the_delay_that_robots_txt_asks_for_is_kept(portal: SamplePortal, empty: Home) -> None:
    portal.reply("/robots.txt", Reply(b"User-agent: *\nCrawl-delay: 0.15\n"))
    home_pages = {"fetched", "not_modified", "unchanged"}
    ingest(empty, "lach-sen", limit=2)
    times = rows(
        empty, "SELECT julianday(time) * 86400 FROM fetch_log WHERE outcome IN (?, ?, ?) ORDER BY id", *home_pages
    )
    gaps = [later - earlier for (earlier,), (later,) in itertools.pairwise(times)]
    assert len(gaps) >= 3 and min(gaps) > 0.14


def test_an_idle_second_run_changes_nothing_but_runs_and_log(portal: SamplePortal, filled: Home) -> None:
    before, segments = dump(filled), files(filled.archive)
    run = ingest(filled)
    assert dump(filled) == before
    assert files(filled.archive).items() >= segments.items()
    assert not run.errors
    assert one(filled, "SELECT count(*) FROM captures WHERE run_id = ?", run.id) == 0
    counted = Counter(dict(rows(filled, "SELECT outcome, count(*) FROM fetch_log WHERE run_id = ? GROUP BY 1", run.id)))
    assert counted["not_modified"] >= len(ALL)
    assert set(counted) == {"not_modified", "disallowed"} | {"unchanged"} & set(counted)


def test_a_second_run_stops_paging_where_nothing_is_new(portal: SamplePortal, filled: Home) -> None:
    ingest(filled)
    assert portal.requested("/tin-tuc/")
    assert portal.requested("/tin-tuc/page-2/") == []


def test_other_bytes_with_the_same_text_are_no_new_version(portal: SamplePortal, filled: Home) -> None:
    versions = one(filled, "SELECT count(*) FROM bulletins")
    captures = one(filled, "SELECT count(*) FROM captures")
    portal.count_views()
    run = ingest(filled)
    assert one(filled, "SELECT count(*) FROM bulletins") == versions
    assert one(filled, "SELECT count(*) FROM captures") > captures
    assert not [error for error in run.errors if error["url"] != portal.url(BROKEN)]
    assert is_whole(filled)


def test_a_revised_bulletin_has_two_versions_and_one_is_current(portal: SamplePortal, filled: Home) -> None:
    portal.state("after")
    ingest(filled)
    url = portal.url(REVISED)
    texts = [text for (text,) in rows(filled, "SELECT text FROM bulletins WHERE url = ? ORDER BY rowid", url)]
    assert len(texts) == 2
    assert EVENTS["revised"]["before"] in texts[0] and EVENTS["revised"]["after"] in texts[1]
    assert one(filled, "SELECT text FROM bulletins_current WHERE url = ?", url) == texts[1]


def test_a_bulletin_that_vanished_stays_and_is_told_once(portal: SamplePortal, filled: Home) -> None:
    portal.state("after")
    url = portal.url(VANISHED)
    for _ in range(2):
        ingest(filled)
    assert url in loaded(filled)
    assert outcomes(filled, url)[-2:] == ["gone", "gone"]
    assert rows(filled, "SELECT stage, reason FROM run_errors WHERE url = ?", url) == [("fetch", "HTTP 410")]


def test_a_new_bulletin_is_found_by_the_next_run(portal: SamplePortal, empty: Home) -> None:
    late = "dan-van-6-thang-2024"
    portal.hide(late)
    ingest(empty)
    portal.hide()
    versions = one(empty, "SELECT count(*) FROM bulletins")
    assert len(loaded(empty)) == len(ALL) - 2
    ingest(empty)
    assert portal.url(late) in loaded(empty)
    assert one(empty, "SELECT count(*) FROM bulletins") == versions + 1


def test_what_a_limit_left_the_next_run_brings(portal: SamplePortal, empty: Home) -> None:
    run = ingest(empty, limit=3)
    assert {code: run.counts[code]["fetched"] for code in run.sources} == {"hai-linh": 3, "lach-sen": 3}
    ingest(empty, limit=3)
    assert len(pages(empty)) == 12
    ingest(empty)
    assert pages(empty) == {portal.url(item.slug) for item in ALL}


def test_since_leaves_out_what_is_older(portal: SamplePortal, empty: Home) -> None:
    ingest(empty, since=date(2024, 4, 1))
    newer = {portal.url(item.slug) for item in ALL if item.published.date() >= date(2024, 4, 1)}
    assert pages(empty) == newer
    ingest(empty)
    assert len(pages(empty)) == len(ALL)


def test_a_busy_server_is_asked_again(portal: SamplePortal, empty: Home) -> None:
    path = portal.url("dan-van-6-thang-2024").removeprefix(portal.quan_url)
    portal.fail(path, [503, 0])
    portal.fail("/tin-tuc/", [429], {"Retry-After": "0"})
    ingest(empty, "hai-linh")
    assert portal.quan_url + path in loaded(empty)
    assert len(portal.requested(path)) == 3


def test_a_page_that_fails_is_told_and_asked_again_by_the_next_run(portal: SamplePortal, empty: Home) -> None:
    path = portal.url("ho-so-truc-tuyen-quy-i-2023").removeprefix(portal.quan_url)
    portal.cut(path, after=100)
    run = ingest(empty, "hai-linh")
    assert run.counts["hai-linh"]["error"] == 1
    assert one(empty, "SELECT stage FROM run_errors WHERE url = ?", portal.quan_url + path) == "fetch"
    assert len(loaded(empty)) == len(portal.sites["quan"].published) - 2
    portal.cut(path, after=-1)
    ingest(empty, "hai-linh")
    assert portal.quan_url + path in loaded(empty)


@pytest.mark.parametrize("status", [500, 0])
def test_a_portal_without_its_robots_txt_is_left_alone(portal: SamplePortal, empty: Home, status: int) -> None:
    portal.reply("/robots.txt", None)
    portal.fail("/robots.txt", [status] * 3)
    run = ingest(empty, "lach-sen")
    assert {request.path for request in portal.requests} == {"/robots.txt"}
    assert "robots.txt could not be read" in run.errors[0]["reason"]
    assert one(empty, "SELECT count(*) FROM run_errors") == 1


def test_a_missing_robots_txt_forbids_nothing(portal: SamplePortal, empty: Home) -> None:
    portal.reply("/robots.txt", Reply(b"", status=404))
    ingest(empty, "lach-sen", limit=1)
    assert len(pages(empty)) == 1


def test_one_portal_that_is_down_does_not_hold_up_the_other(portal: SamplePortal, empty: Home) -> None:
    text = (empty.sites / "lach-sen.toml").read_text(encoding="utf-8")
    (empty.sites / "lach-sen.toml").write_text(text.replace(portal.phuong_url, "http://127.0.0.1:1"), encoding="utf-8")
    run = ingest(empty)
    assert [error["source"] for error in run.errors if error["stage"] == "list"] == ["lach-sen"]
    assert len(loaded(empty)) == len(portal.sites["quan"].published) - 1
    assert one(empty, "SELECT status FROM runs WHERE id = ?", run.id) == "partial"


def test_a_fault_of_ours_on_one_portal_costs_only_that_one(
    portal: SamplePortal, empty: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = flows.ingest.Run.discover

    def discover(run: flows.ingest.Run, code: str) -> Any:
        if code == "lach-sen":
            raise ZeroDivisionError("one of ours")
        return real(run, code)

    monkeypatch.setattr(flows.ingest.Run, "discover", discover)
    run = ingest(empty)
    assert "ZeroDivisionError: one of ours" in [error["reason"] for error in run.errors]
    assert len(loaded(empty)) == len(portal.sites["quan"].published) - 1


def test_a_full_disk_ends_the_run(portal: SamplePortal, empty: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    def write(*arguments: Any, **named: Any) -> Any:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("db.archive.store.Segment.write", write)
    with pytest.raises(OSError, match="No space"):
        ingest(empty)
    assert one(empty, "SELECT status FROM runs") == "failed"
    assert pages(empty) == set()


@pytest.mark.parametrize("body", [b"<html><body><h1>Tin</h1></body></html>", b"", b"\x00\x01" * 50])
def test_a_list_that_shows_nothing_is_a_row_and_the_rest_goes_on(
    portal: SamplePortal, empty: Home, body: bytes
) -> None:
    portal.reply("/tin-tuc/", Reply(body))
    run = ingest(empty, "hai-linh")
    assert [(error["stage"], error["url"]) for error in run.errors[:1]] == [("list", f"{portal.quan_url}/tin-tuc/")]
    assert len(loaded(empty)) > 20  # the other list, the feed and the sitemap
    assert run.summary()["sources"]["hai-linh"]["complete"] is False
    portal.reply("/tin-tuc/", None)
    ingest(empty, "hai-linh")
    assert portal.requested("/tin-tuc/page-2/")


def test_a_pager_that_turns_in_circles_ends(portal: SamplePortal, empty: Home) -> None:
    second = portal.sites["quan"].answer("/tin-tuc/page-2/")
    circle = second.body.replace(b"/tin-tuc/page-3/", b"/tin-tuc/")
    assert circle != second.body
    portal.reply("/tin-tuc/page-2/", Reply(circle))
    ingest(empty, "hai-linh")
    assert len(portal.requested("/tin-tuc/")) == 1


def test_a_fault_of_ours_on_one_document_costs_only_that_one(
    portal: SamplePortal, empty: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = flows.reading.work.read_text, []

    def extract(*arguments: Any, **named: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise ZeroDivisionError("one of ours")
        return real(*arguments, **named)

    monkeypatch.setattr(flows.reading.work, "read_text", extract)
    run = ingest(empty, "lach-sen")
    assert [error["reason"] for error in run.errors] == ["ZeroDivisionError: one of ours"]
    assert len(loaded(empty)) == len(pages(empty)) - 1
    assert rows(empty, "SELECT stage FROM run_errors") == [("extract",)]


def test_a_crash_between_archive_and_load_is_made_up_for(
    portal: SamplePortal, empty: Home, filled: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = flows.reading.keep.load_many, []

    def load(*arguments: Any) -> Any:
        calls.append(1)
        if len(calls) == 3:
            raise KeyboardInterrupt
        return real(*arguments)

    monkeypatch.setattr(flows.reading.reader, "JOB_ITEMS", 5)
    monkeypatch.setattr(flows.reading.reader, "WRITTEN", 5)
    monkeypatch.setattr(flows.reading.keep, "load_many", load)
    with pytest.raises(KeyboardInterrupt):
        ingest(empty)
    monkeypatch.undo()
    assert one(empty, "SELECT status FROM runs") == "failed"
    assert 9 <= len(loaded(empty)) <= 10  # two batches; one page of the portal cannot be read
    run = ingest(empty)
    assert one(empty, "SELECT count(*) FROM captures WHERE run_id = ?", run.id) == 0
    assert loaded(empty) == loaded(filled)
    texts = "SELECT url, text_sha256 FROM bulletins ORDER BY url"
    assert rows(empty, texts) == rows(filled, texts)
    assert is_whole(empty)


def test_a_crash_between_record_and_index_leaves_nothing_wrong(
    portal: SamplePortal, empty: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, calls = flows.gather.record_capture, []

    def record(*arguments: Any, **named: Any) -> str:
        calls.append(1)
        if len(calls) == 12:
            raise KeyboardInterrupt
        return real(*arguments, **named)

    monkeypatch.setattr(flows.gather, "record_capture", record)
    with pytest.raises(KeyboardInterrupt):
        ingest(empty, "lach-sen")
    monkeypatch.undo()
    recorded = sum(1 for _ in Archive(empty.archive).records())
    assert recorded == one(empty, "SELECT count(*) FROM captures") + 1  # the body was durable first
    ingest(empty, "lach-sen")
    assert len(loaded(empty)) == len(portal.sites["phuong"].published)
    assert is_whole(empty)


def test_one_text_on_two_portals_is_archived_for_both(portal: SamplePortal, filled: Home) -> None:
    urls = [portal.url(slug) for slug in EVENTS["reprinted"]["bulletins"]]
    found = rows(filled, "SELECT source, text_sha256 FROM bulletins WHERE url IN (?, ?)", *urls)
    assert len({source for source, _ in found}) == 2 and len({text for _, text in found}) == 1


def test_every_body_is_in_the_archive_lists_and_robots_too(portal: SamplePortal, filled: Home) -> None:
    kinds = dict(rows(filled, "SELECT kind, count(*) FROM captures GROUP BY 1"))
    assert set(kinds) == {"page", "list", "feed", "sitemap", "robots"}
    archive = Archive(filled.archive)
    with opened(filled) as connection:
        indexed = connection.execute("SELECT count(*) FROM captures").fetchone()[0]
    assert sum(1 for _ in archive.records()) >= indexed


def test_redirects_of_a_list_are_known_by_both_addresses(portal: SamplePortal, empty: Home) -> None:
    text = (empty.sites / "hai-linh.toml").read_text(encoding="utf-8")
    (empty.sites / "hai-linh.toml").write_text(text.replace('"/tin-tuc/"', '"/tin-tuc"'), encoding="utf-8")
    ingest(empty, "hai-linh", limit=1)
    portal.requests.clear()
    ingest(empty, "hai-linh", limit=1)
    (request,) = portal.requested("/tin-tuc/")
    assert "If-None-Match" in request.headers  # asked for on the condition that it changed


def test_a_source_that_is_down_raises_for_whoever_can_try_again(portal: SamplePortal, empty: Home) -> None:
    for path in ("/tin-tuc/", "/mat-tran-doan-the/", "/tin-tuc/rss/", "/sitemap.xml"):
        portal.fail(path, [500] * 3)
    with flows.ingest.Run(empty, {"hai-linh": load_sources(empty.sites)["hai-linh"]}, limits=QUICK) as run:
        with pytest.raises(FetchError, match="the server answered 500"):
            run.discover("hai-linh")
        assert len(run.discover("hai-linh").new) > 30


def test_a_changed_description_tries_the_quarantine_again(portal: SamplePortal, filled: Home) -> None:
    """The planted broken page is read once its portal's file says where its body is; no other page is read again."""
    url = portal.url(BROKEN)
    ingest(filled)
    assert url not in loaded(filled)
    path = filled.sites / "hai-linh.toml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('name = "', 'name = "Cổng mới: ', 1), encoding="utf-8")
    assert ingest(filled).counts["hai-linh"]["read"] == 0  # another name reads nothing otherwise
    path.write_text(text + '\n[selectors]\nbody = "main, article, #content, body"\n', encoding="utf-8")
    readings = one(filled, "SELECT count(*) FROM readings")
    run = ingest(filled)
    tried = run.counts["hai-linh"]
    assert tried["read"] + tried["quarantined"] == 1
    assert one(filled, "SELECT count(*) FROM readings") == readings + tried["read"]
    again = ingest(filled).counts["hai-linh"]
    assert again["read"] + again["quarantined"] == 0


def test_a_removed_bulletin_is_not_asked_again(portal: SamplePortal, filled: Home) -> None:
    """Nor its derived rows made anew, by any list, feed or sitemap that still shows it."""
    url = portal.url(REVISED)
    db = open_database(filled.database)
    forget(db, Archive(filled.archive), [url], reason="Yêu cầu số 12", who="Lan", everywhere=True)
    db.close()
    portal.requests.clear()
    run = ingest(filled)
    assert urlsplit(url).path not in {urlsplit(request.path).path for request in portal.requests}
    assert sum(counts["removed"] for counts in run.counts.values()) == 1
    assert url not in pages(filled)
    assert url not in loaded(filled)
    assert is_whole(filled)
