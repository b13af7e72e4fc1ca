"""``bantin new-site`` and ``bantin try`` over a portal on loopback and saved pages: what is asked, said and written."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from db.home import Home
from flows.cli import cli
from flows.net.session import Limits
from flows.sources import load_sources
from tests.flows.ingesting import ingest, one
from tests.flows.lists import COUNT, LAYOUTS, ListPortal
from tests.sites import golden
from tests.sites.test_draft import UNKNOWN, URL

GOLDEN = golden.FOLDER / "joomla" / "article_v4.html"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("flows.net.session.Limits", lambda: Limits(attempts=1, backoff=0.01))
    monkeypatch.setattr("flows.onepage.DELAY", 0.0)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path / "home")


@pytest.fixture
def portal() -> Iterator[ListPortal]:
    with ListPortal(LAYOUTS["path"]) as portal:
        item = "<item><title>Tin</title><link>/tin-so-1/</link></item>"
        portal.extra["/feed/"] = f"<rss version='2.0'><channel>{item}</channel></rss>".encode()
        yield portal


@pytest.fixture
def article(portal: ListPortal) -> str:
    page = (golden.FOLDER / "wordpress" / "article_classic.html").read_text(encoding="utf-8")
    portal.extra["/tin-so-1/"] = page.replace("https://haitrung.example", portal.url("")).encode()
    return portal.url("/tin-so-1/")


def run(home: Home, *words: str | Path) -> Result:
    return CliRunner(env={"BANTIN_HOME": str(home.root), "COLUMNS": "110"}).invoke(cli, [str(word) for word in words])


def nothing_written(home: Home) -> bool:
    return not home.root.exists() or not any(path.is_file() for path in home.root.rglob("*"))


# new-site


def test_from_an_article_to_a_run(portal: ListPortal, article: str, home: Home) -> None:
    said = run(home, "new-site", article, "--allow-private", "--area", "99.x", "--code", "mot", "--write")
    assert said.exit_code == 0, said.stderr
    assert home.sites.joinpath("mot.toml").read_text(encoding="utf-8") == said.stdout
    data = tomllib.loads(said.stdout)
    assert "no area 99.x is known" in said.stderr
    assert (data["family"], data["area"], data["allow_private"]) == ("wordpress", "99.x", [portal.host])
    # the breadcrumb's first list does not exist; the second one does, and was read
    assert (data["lists"], data["feeds"], data["sitemaps"]) == ({"news": "/category/tin/"}, ["/feed/"], [])
    assert "100% wordpress/classic as article: marks of the software; signature 4 of 4" in said.stderr
    assert "/category/hoi-doan-the/: left out" in said.stderr
    source = load_sources(home.sites)["mot"]
    home.sites.joinpath("mot.toml").write_text(said.stdout.replace("feeds", "delay = 0\nfeeds", 1), encoding="utf-8")
    assert source.family == "wordpress"
    ingest(home)
    assert one(home, "SELECT count(*) FROM bulletins_current") == COUNT


def test_at_most_ten_requests_and_robots_obeyed(portal: ListPortal, article: str, home: Home) -> None:
    portal.robots = f"User-agent: *\nDisallow: /category/\nSitemap: {portal.url('/map.xml')}\n"
    portal.extra["/map.xml"] = b"<urlset><url><loc>/tin-so-2/</loc></url></urlset>"
    said = run(home, "new-site", article, "--allow-private")
    assert said.exit_code == 0
    assert tomllib.loads(said.stdout)["sitemaps"] == ["/map.xml"]
    assert not [asked for asked in portal.requests if asked.path.startswith("/category/")]
    assert "robots.txt does not allow it" in said.stderr
    assert len(portal.requests) <= 10 and portal.posts() == []
    assert nothing_written(home)


def test_without_a_look_only_the_page_is_asked_for(portal: ListPortal, article: str, home: Home) -> None:
    said = run(home, "new-site", article, "--allow-private", "--no-look")
    assert said.exit_code == 0
    assert [asked.path for asked in portal.requests] == ["/robots.txt", "/tin-so-1/"]
    assert nothing_written(home)


@pytest.mark.parametrize("command", ["new-site", "try"])
def test_a_page_that_robots_forbids_is_not_asked_for(command: str, portal: ListPortal, home: Home) -> None:
    said = run(home, command, portal.url("/cam/1.html"), "--allow-private")
    assert said.exit_code == 1
    assert "robots.txt does not allow it" in said.stderr
    assert [asked.path for asked in portal.requests] == ["/robots.txt"]


@pytest.mark.parametrize("command", ["new-site", "try"])
def test_an_address_on_this_machine_is_refused(command: str, portal: ListPortal, article: str, home: Home) -> None:
    said = run(home, command, article)
    assert said.exit_code == 1
    assert portal.requests == [] and "127.0.0.1" in said.stderr
    assert said.exception is None or isinstance(said.exception, SystemExit)


def test_nothing_is_overwritten(home: Home, tmp_path: Path) -> None:
    words = ("new-site", GOLDEN, "--url", URL, "--area", "99.x", "--code", "mot")
    assert run(home, *words, "--write", "--golden", tmp_path / "g").exit_code == 0
    again = run(home, *words, "--write")
    assert again.exit_code == 2 and "mot.toml exists, nothing is overwritten" in again.stderr
    again = run(home, *words, "--golden", tmp_path / "g")
    assert again.exit_code == 2 and "exists, nothing is overwritten" in again.stderr


def test_a_file_without_an_area_is_not_written(home: Home) -> None:
    said = run(home, "new-site", GOLDEN, "--url", URL, "--write")
    assert said.exit_code == 2 and "--write needs the portal's area" in said.stderr
    assert nothing_written(home)


def test_a_saved_page_must_say_where_it_came_from(home: Home) -> None:
    said = run(home, "new-site", GOLDEN)
    assert said.exit_code == 2 and "add --url" in said.stderr


def test_the_golden_test_holds_and_finds_a_change(home: Home, tmp_path: Path) -> None:
    page, folder = tmp_path / "page.html", tmp_path / "golden"
    page.write_text(UNKNOWN, encoding="utf-8")
    said = run(home, "new-site", page, "--url", URL, "--golden", folder)
    assert said.exit_code == 0
    assert sorted(path.name for path in folder.iterdir()) == [
        "binhlang.html", "binhlang.json", "binhlang.toml", "test_binhlang.py",
    ]  # fmt: skip
    expected = json.loads((folder / "binhlang.json").read_text(encoding="utf-8"))
    assert (expected["title"], expected["url"]) == ("Xã Bình Lãng thu hoạch 320 ha lúa xuân", URL)

    def check() -> subprocess.CompletedProcess[str]:
        program = "import test_binhlang as made; made.test_binhlang_is_read_as_before()"
        return subprocess.run(
            [sys.executable, "-c", program], capture_output=True, text=True, check=False,
            env={**os.environ, "PYTHONPATH": str(folder)},
        )  # fmt: skip

    assert check().returncode == 0
    html = folder / "binhlang.html"
    html.write_text(html.read_text(encoding="utf-8").replace("320 ha", "330 ha"), encoding="utf-8")
    failed = check()
    assert failed.returncode == 1 and "python test_binhlang.py --write" in failed.stderr
    subprocess.run([sys.executable, folder / "test_binhlang.py", "--write"], check=True)
    assert check().returncode == 0


def test_a_page_that_gives_nothing_away_is_said_so(home: Home, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<html><body><p>Trang đang xây dựng</p></body></html>", encoding="utf-8")
    said = run(home, "new-site", page, "--url", URL)
    assert said.exit_code == 1
    assert "title: nothing found, name a selector" in said.stderr
    assert "# title = ..." in said.stdout
    refused = run(home, "new-site", page, "--url", URL, "--golden", tmp_path / "g")
    assert refused.exit_code == 2 and not (tmp_path / "g").exists()


def test_a_code_that_is_no_file_name_is_refused(home: Home) -> None:
    said = run(home, "new-site", GOLDEN, "--url", URL, "--code", "../mot")
    assert said.exit_code == 2 and "lower case letters" in said.stderr


# try


def test_try_shows_what_would_be_read_and_writes_nothing(portal: ListPortal, article: str, home: Home) -> None:
    said = run(home, "try", article, "--allow-private")
    assert said.exit_code == 0, said.stderr
    shown = {line.split("  ")[0]: line for line in said.stdout.splitlines()}
    assert shown["reader"].endswith("wordpress/classic")
    assert "Hội LHPN xã An Trạch tặng 60 suất quà" in shown["title"]
    assert shown["published"].endswith("2022-10-24T14:50:11")
    assert "72.000.000" in said.stdout and "Chữ số:" in said.stdout
    assert [asked.path for asked in portal.requests] == ["/robots.txt", "/tin-so-1/"]
    assert nothing_written(home)


def test_try_reads_an_address_as_the_portal_with_that_host(portal: ListPortal, article: str, home: Home) -> None:
    home.create()
    portal.write_site(home.sites)
    portal.extra["/tin-so-1/"] = portal.extra["/tin-so-1/"].replace(b"entry-content", b"noi-dung")
    said = run(home, "try", article)  # its file allows the address
    assert said.exit_code == 1
    assert f"bantin try {article} --source mot --save page.html" in said.stderr
    path = home.sites / "mot.toml"
    path.write_text(path.read_text(encoding="utf-8") + '[selectors]\nbody = ".noi-dung"\n', encoding="utf-8")
    assert run(home, "try", article).exit_code == 0


def test_try_keeps_the_page_as_it_came(portal: ListPortal, article: str, home: Home, tmp_path: Path) -> None:
    kept = tmp_path / "page.html"
    said = run(home, "try", article, "--allow-private", "--save", kept)
    assert said.exit_code == 0 and f"bantin try {kept}" in said.stderr
    assert kept.read_bytes() == portal.extra["/tin-so-1/"]
    assert run(home, "try", kept).stdout.splitlines()[0] == said.stdout.splitlines()[0]
    again = run(home, "try", article, "--allow-private", "--save", kept)
    assert again.exit_code == 2 and "nothing is overwritten" in again.stderr


def test_try_keeps_a_page_that_cannot_be_read(portal: ListPortal, article: str, home: Home, tmp_path: Path) -> None:
    portal.extra["/tin-so-1/"] = portal.extra["/tin-so-1/"].replace(b"<h1", b"<h1 class='entry-title'>Hai</h1><h1")
    said = run(home, "try", article, "--allow-private", "--save", tmp_path / "page.html")
    assert said.exit_code == 1 and "matched 2 elements, expected 1" in said.stderr
    assert (tmp_path / "page.html").exists()


def test_try_a_list(portal: ListPortal, home: Home) -> None:
    said = run(home, "try", portal.url("/category/tin/"), "--allow-private", "--list")
    assert said.exit_code == 0
    assert "articles    3, 0 with a date" in said.stdout
    assert f"next page   {portal.url('/category/tin/page/2/')}" in said.stdout
    said = run(home, "try", portal.url("/category/tin/"), "--allow-private")
    assert "names 3 articles, as a list does: add --list" in said.stderr


def test_try_a_list_with_a_postback_shows_the_form_and_sends_none(home: Home) -> None:
    with ListPortal(LAYOUTS["postback"]) as portal:
        said = run(home, "try", portal.url("/tin-tuc"), "--allow-private", "--list")
        assert f"POST {portal.url('/tin-tuc')} (__VIEWSTATE, __EVENTTARGET, __EVENTARGUMENT)" in said.stdout
        assert portal.posts() == []


def test_try_as_a_family(home: Home, tmp_path: Path) -> None:
    said = run(home, "try", GOLDEN, "--family", "nukeviet4")
    assert said.exit_code == 1 and 'title selector "h1.title" matched 0 elements' in said.stderr
    assert run(home, "try", GOLDEN, "--family", "joomla").exit_code == 0


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (("--family", "typo3"), "no family typo3; expected one of nukeviet4"),
        (("--source", "mot"), "no source or path mot"),
        (("--source", "mot", "--family", "joomla"), "one of --source and --family"),
    ],
)
def test_try_wrongly_used(words: tuple[str, ...], message: str, home: Home) -> None:
    said = run(home, "try", GOLDEN, *words)
    assert said.exit_code == 2 and message in said.stderr


def test_a_file_that_is_not_there_and_an_address_that_is_none(home: Home, tmp_path: Path) -> None:
    assert run(home, "try", tmp_path / "no.html").exit_code == 2
    said = run(home, "try", "http://[")
    assert said.exit_code == 1 and "Traceback" not in said.output


def test_a_hostile_page_does_not_steer_the_terminal(home: Home, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    text = GOLDEN.read_text(encoding="utf-8")
    page.write_text(
        text.replace("Hòa Mục", "Hòa\x1b[31m\u202eMục").replace("Kết quả", "\x1b]0;x\x07"), encoding="utf-8"
    )
    for words in (("try", page), ("new-site", page, "--url", URL)):
        said = run(home, *words)
        assert said.exit_code == 0
        assert "\x1b" not in said.output and "\u202e" not in said.output
