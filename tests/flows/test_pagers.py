"""Whole runs over lists with every kind of pager, from the list's first page to the last bulletin in the database."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from db.home import Home
from flows.ingest import Run
from tests.flows.ingesting import ingest, one, rows
from tests.flows.lists import LAST, LAYOUTS, ListPortal


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture
def postback(home: Home) -> Iterator[ListPortal]:
    with ListPortal(LAYOUTS["postback"]) as portal:
        portal.write_site(home.sites)
        yield portal


def loaded(home: Home) -> set[str]:
    return {url for (url,) in rows(home, "SELECT url FROM bulletins_current")}


def complete(run: Run) -> bool:
    return bool(run.summary()["sources"]["mot"]["complete"])


@pytest.mark.parametrize("kind", LAYOUTS)
def test_a_list_is_walked_to_its_end(kind: str, home: Home) -> None:
    with ListPortal(LAYOUTS[kind]) as portal:
        portal.write_site(home.sites)
        run = ingest(home)
        assert run.errors == []
        assert loaded(home) == portal.articles()
        assert complete(run)
        portal.requests.clear()
        again = ingest(home)
        assert again.errors == [] and complete(again)
        # nothing is new on the first page, so no other is asked for
        lists = [asked for asked in portal.requests if portal.url(asked.path) not in portal.articles()]
        assert [asked.path for asked in lists] == ["/robots.txt", portal.layout.path]


def test_a_postback_sends_the_state_of_the_page_before(postback: ListPortal, home: Home) -> None:
    ingest(home)
    assert [(asked.path, dict(asked.form)) for asked in postback.posts()] == [
        (
            "/tin-tuc",
            {
                "__VIEWSTATE": f"state-of-{number - 1}",
                "__EVENTTARGET": "dnn$ctr5$pager",
                "__EVENTARGUMENT": f"Page_{number}",
            },
        )
        for number in range(2, LAST + 1)
    ]


def test_a_postback_is_in_the_log_and_not_in_the_archive(postback: ListPortal, home: Home) -> None:
    ingest(home)
    logged = rows(home, "SELECT outcome, status, capture_id FROM fetch_log WHERE message LIKE 'POST%'")
    assert logged == [("fetched", 200, None)] * (LAST - 1)
    assert one(home, "SELECT count(*) FROM captures WHERE kind = 'list'") == 1


def test_a_postback_obeys_robots(postback: ListPortal, home: Home) -> None:
    postback.action = "/cam/tin-tuc"
    run = ingest(home)
    assert postback.posts() == []
    assert not complete(run)
    assert one(home, "SELECT count(*) FROM fetch_log WHERE outcome = 'disallowed' AND url LIKE '%/cam/tin-tuc'") == 1


def test_a_postback_to_another_site_is_not_sent(postback: ListPortal, home: Home) -> None:
    with ListPortal(LAYOUTS["postback"]) as other:
        postback.action = other.url("/tin-tuc")
        ingest(home)
        assert postback.posts() == [] and other.requests == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_postback_that_redirects_is_refused(status: int, postback: ListPortal, home: Home) -> None:
    with ListPortal(LAYOUTS["postback"]) as other:
        postback.answers = [(status, {"Location": other.url("/tin-tuc")})]
        run = ingest(home)
        assert other.requests == [] and len(postback.posts()) == 1
    assert not complete(run)
    assert "the answer to a form leads to" in run.errors[0]["reason"]


def test_a_postback_is_sent_again_when_the_server_is_busy(postback: ListPortal, home: Home) -> None:
    postback.answers = [(503, {"Retry-After": "0"})]
    run = ingest(home)
    assert complete(run) and loaded(home) == postback.articles()
    assert len(postback.posts()) == LAST


def test_a_pager_that_turns_in_circles_ends(postback: ListPortal, home: Home) -> None:
    postback.stuck = 1
    run = ingest(home)
    assert len(postback.posts()) == 1
    assert run.errors == []


def test_a_list_page_that_fails_is_made_up_for_by_the_next_run(postback: ListPortal, home: Home) -> None:
    postback.answers = [(500, {})] * 3
    first = ingest(home)
    assert first.errors and not complete(first) and len(loaded(home)) < len(postback.articles())
    second = ingest(home)
    assert complete(second) and loaded(home) == postback.articles()
