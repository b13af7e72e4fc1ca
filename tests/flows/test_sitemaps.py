"""Whole runs over sitemaps: an index, what is wrong in one of its sitemaps, indexes without end."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

import flows.discover
from db.home import Home
from tests.flows.ingesting import ingest, rows
from tests.flows.lists import COUNT, LAYOUTS, ListPortal


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home").create()


@pytest.fixture
def portal(home: Home) -> Iterator[ListPortal]:
    with ListPortal(LAYOUTS["path"]) as portal:
        portal.write_site(home.sites, 'sitemaps = ["/sitemap.xml"]')
        yield portal


def index(*paths: str) -> bytes:
    inside = "".join(f"<sitemap><loc>{path}</loc></sitemap>" for path in paths)
    return f"<sitemapindex>{inside}</sitemapindex>".encode()


def urls(*paths: str) -> bytes:
    return f"<urlset>{''.join(f'<url><loc>{path}</loc></url>' for path in paths)}</urlset>".encode()


def loaded(home: Home) -> set[str]:
    return {url for (url,) in rows(home, "SELECT url FROM bulletins_current")}


def asked(portal: ListPortal) -> list[str]:
    return [request.path for request in portal.requests if request.path.endswith(".xml")]


def test_an_index_and_what_is_no_article_in_it(portal: ListPortal, home: Home) -> None:
    paths = [f"/tin-so-{number}/" for number in range(1, COUNT + 1)]
    portal.extra = {
        "/sitemap.xml": index("/a.xml", "/b.xml", "/a.xml"),
        "/a.xml": urls("/", "/category/tin/", "/author/admin/", *paths[:4]),
        "/b.xml": urls(*paths[3:]),
    }
    run = ingest(home)
    assert run.errors == []
    assert loaded(home) == portal.articles()
    assert asked(portal) == ["/sitemap.xml", "/a.xml", "/b.xml"]
    assert not [request for request in portal.requests if request.path.startswith(("/category", "/author"))]


@pytest.mark.parametrize("bad", [b'<!DOCTYPE a [<!ENTITY b "c">]><urlset/>', b"<html></html>", b"", None])
def test_a_bad_sitemap_of_an_index_costs_only_itself(bad: bytes | None, portal: ListPortal, home: Home) -> None:
    portal.extra = {"/sitemap.xml": index("/bad.xml", "/good.xml"), "/good.xml": urls("/tin-so-1/")}
    if bad is not None:
        portal.extra["/bad.xml"] = bad
    run = ingest(home)
    assert loaded(home) == {portal.url("/tin-so-1/")}
    assert [(error["stage"], error["url"]) for error in run.errors] == [("sitemap", portal.url("/bad.xml"))]
    assert not run.summary()["sources"]["mot"]["complete"]


def test_indexes_in_circles_end(portal: ListPortal, home: Home) -> None:
    portal.extra = {"/sitemap.xml": index("/sitemap.xml", "/a.xml"), "/a.xml": index("/sitemap.xml", "/a.xml")}
    ingest(home)
    assert asked(portal) == ["/sitemap.xml", "/a.xml"]


def test_indexes_without_end_are_left_at_a_depth_and_said(portal: ListPortal, home: Home) -> None:
    portal.extra = {
        "/sitemap.xml": index("/s1.xml"),
        **{f"/s{n}.xml": index(f"/s{n + 1}.xml") for n in range(1, 20)},
    }
    run = ingest(home)
    assert asked(portal) == ["/sitemap.xml", "/s1.xml", "/s2.xml", "/s3.xml"]
    assert "1 of its sitemaps are left out" in run.errors[0]["reason"]


def test_the_number_of_sitemaps_is_capped(portal: ListPortal, home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flows.discover, "_MOST_PAGES", 3)
    portal.extra = {
        "/sitemap.xml": index(*(f"/s{n}.xml" for n in range(9))),
        **{f"/s{n}.xml": urls() for n in range(9)},
    }
    run = ingest(home)
    assert len(asked(portal)) == 3
    assert "7 of its sitemaps are left out" in run.errors[0]["reason"]
