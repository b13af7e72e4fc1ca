"""Nights on the sample portal with a clock of their own: what opens an incident, what closes it, what stays quiet."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest

from db.home import Home
from flows.direct import run_directly
from flows.ingest import Run
from flows.sources import load_sources
from tests.flows.ingesting import QUICK, dump, reset, rows
from tests.portal.routes import Reply
from tests.portal.server import SamplePortal

FIRST = datetime(2024, 7, 1, 19, 0, tzinfo=UTC)  # 02:00 of the second of July there
MENDING = Reply("<html><body><p>Đang nâng cấp</p></body></html>".encode())


class Nights:
    """The ward's portal, one night after the other. ``late`` are its last bulletins, to be published on the way."""

    def __init__(self, portal: SamplePortal, home: Home) -> None:
        self.portal, self.home, self.now = portal, home, FIRST
        (home.sites / "hai-linh.toml").unlink()
        source = load_sources(home.sites)["lach-sen"]
        self.lists = [*source.lists.values(), *source.feeds, *source.sitemaps]
        self.late = [item.slug for item in portal.sites["phuong"].published[:6]]

    def night(self) -> Run:
        sources = load_sources(self.home.sites)
        with Run(self.home, sources, kind="nightly", limits=QUICK, now=lambda: self.now) as run:
            run_directly(run)
        self.now += timedelta(1)
        return run

    def answer(self, paths: list[str], reply: Reply | None) -> None:
        for path in paths:
            self.portal.reply(path, reply)

    def path(self, slug: str) -> str:
        parts = urlsplit(self.portal.url(slug))
        return parts.path + (f"?{parts.query}" if parts.query else "")

    def publish(self, page: Reply) -> None:
        """Publish the late ones, each with another page than it has."""
        self.portal.hide()
        self.answer([self.path(slug) for slug in self.late], page)

    def wrong(self) -> list[str]:
        return [kind for (kind,) in rows(self.home, "SELECT kind FROM incidents WHERE closed IS NULL ORDER BY kind")]


@pytest.fixture
def nights(portal: SamplePortal, empty: Home) -> Iterator[Nights]:
    yield Nights(portal, empty)
    reset(portal)


def test_quiet_nights_are_no_incidents_and_change_nothing(nights: Nights) -> None:
    nights.night()
    before = dump(nights.home)
    for _ in range(6):
        nights.night()
    assert rows(nights.home, "SELECT * FROM incidents") == []
    assert dump(nights.home) == before
    measured = rows(
        nights.home,
        "SELECT visit, seen, listed > 0, pages_failed, expected, fresh_days FROM source_health ORDER BY started",
    )
    assert [row[1] for row in measured] == [len(nights.portal.sites["phuong"].published), *[0] * 6]
    assert {(row[0], row[2], row[3]) for row in measured} == {("ok", 1, 0)}
    assert [row[5] - measured[0][5] for row in measured] == list(range(7))
    assert all(row[4] < 1 for row in measured)


def test_a_portal_that_is_down_for_two_nights_is_one_incident_until_it_answers(nights: Nights) -> None:
    nights.night()
    nights.answer(nights.lists, Reply(b"", status=503))
    nights.night()
    assert nights.wrong() == []
    nights.night()
    assert nights.wrong() == ["down"]
    before = dump(nights.home)
    nights.night()
    assert dump(nights.home) == before  # it lasts, there is nothing new to say
    nights.answer(nights.lists, None)
    nights.night()
    assert nights.wrong() == []
    ((opened, closed, evidence),) = rows(nights.home, "SELECT opened, closed, evidence FROM incidents")
    assert (opened[:10], closed[:10]) == ("2024-07-03", "2024-07-05")
    assert "503" in evidence
    nights.answer(nights.lists, Reply(b"", status=503))
    nights.night()
    nights.night()
    assert len(rows(nights.home, "SELECT id FROM incidents")) == 2  # another time is another incident


def test_a_changed_article_layout_is_named_and_mended_by_the_portals_file(nights: Nights) -> None:
    nights.portal.hide(*nights.late)
    nights.night()
    body = "<p>Phường Lạch Sen đã trao 35 suất quà cho hộ nghèo.</p>" * 3
    page = f'<html><body><h2 class="moi">Trao quà</h2><i class="moi">01/07/2024</i><div class="moi">{body}</div></body>'
    nights.publish(Reply(page.encode()))
    nights.night()
    assert nights.wrong() == ["layout"]
    ((message, advice),) = rows(nights.home, "SELECT message, advice FROM incidents")
    assert "giao diện bài viết có thể đã đổi" in message
    assert "bantin quarantine retry --source lach-sen" in advice
    file = nights.home.sites / "lach-sen.toml"
    told = '\n[selectors]\ntitle = "h2.moi"\npublished = "i.moi"\nbody = "div.moi"\nlead = ".none"\n'
    file.write_text(file.read_text(encoding="utf-8") + told, encoding="utf-8")
    assert nights.night().counts["lach-sen"]["read"] == len(nights.late)
    assert "layout" not in nights.wrong()


def test_one_error_page_at_every_address_is_rubbish(nights: Nights) -> None:
    nights.portal.hide(*nights.late)
    nights.night()
    shown = nights.portal.sites["phuong"]
    nights.publish(shown.answer(nights.path(shown.published[10].slug)))
    nights.night()
    assert nights.wrong() == ["rubbish"]


@pytest.mark.parametrize(
    ("reply", "kind"),
    [
        (MENDING, "lists"),
        (Reply(b'<?xml version="1.0"?><rss version="2.0"><channel></channel></rss>', "application/rss+xml"), "lists"),
    ],
)
def test_lists_that_changed_are_an_incident_from_the_second_night_on(nights: Nights, reply: Reply, kind: str) -> None:
    nights.night()
    nights.answer(nights.lists, reply)
    nights.night()
    assert nights.wrong() == []
    nights.night()
    assert nights.wrong() == [kind]
    nights.answer(nights.lists, None)
    nights.night()
    assert nights.wrong() == []


def test_lists_that_answer_and_name_nothing_are_an_incident(nights: Nights) -> None:
    file = nights.home.sites / "lach-sen.toml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text[: text.index("[lists]")], encoding="utf-8")  # a feed and a sitemap, both may be empty
    nights.night()
    feed, sitemap = load_sources(nights.home.sites)["lach-sen"].feeds[0], "/sitemap.xml"
    empty_map = b'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"></urlset>'
    nights.answer([feed], Reply(b'<rss version="2.0"><channel><title>x</title></channel></rss>', "text/xml"))
    nights.answer([sitemap], Reply(empty_map, "text/xml"))
    nights.night()
    nights.night()
    assert nights.wrong() in (["empty"], ["lists"])
    nights.answer([feed, sitemap], None)
    nights.night()
    assert nights.wrong() == []


def test_a_portal_that_ends_is_silent_after_weeks_and_not_before(nights: Nights) -> None:
    nights.night()
    found = None
    for _ in range(20):
        nights.now += timedelta(29)  # not every night is needed to see it
        nights.night()
        if nights.wrong():
            found = nights.now
            break
    assert nights.wrong() == ["silent"]
    assert found is not None and 100 < (found - FIRST).days < 500
    ((message,),) = rows(nights.home, "SELECT message FROM incidents")
    assert "không có bản tin mới từ ngày 24/06/2024" in message


def test_a_source_that_lost_its_file_is_nobodys_incident(nights: Nights) -> None:
    nights.portal.write_sites(nights.home.sites)
    nights.night()
    nights.answer(nights.lists, MENDING)
    for _ in range(2):
        nights.night()
    assert "lists" in nights.wrong()
    (nights.home.sites / "lach-sen.toml").unlink()
    nights.answer(nights.lists, None)
    nights.night()
    assert nights.wrong() == []


def test_a_fault_of_the_watch_is_said_and_costs_nothing(nights: Nights, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> None:
        raise ValueError("planted")

    monkeypatch.setattr("flows.watch.evaluate.judge", fails)
    run = nights.night()
    assert [(error["stage"], error["reason"]) for error in run.errors] == [("watch", "ValueError: planted")]
    assert rows(nights.home, "SELECT status FROM runs") == [("partial",)]
    assert len(rows(nights.home, "SELECT 1 FROM bulletins_current")) == len(nights.portal.sites["phuong"].published)
