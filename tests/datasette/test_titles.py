"""A saved text has no title: wherever one is shown stands its first line or the name of its file, marked as such."""

from __future__ import annotations

import html
import sqlite3

import pytest
from bs4 import BeautifulSoup

from db.home import Home
from flows.ingest import Run
from flows.localfiles import find_files, take_files
from flows.sources import FILES
from tests.datasette.support import Site

FIRST = "Sáu tháng đầu năm 2024, phường Bến Cau tổ chức 13 cuộc đối thoại, đạt 280% kế hoạch năm."
TEXT = f"{FIRST} Có 7/8 hộ, đạt 85,7%.\n\nNăm 2023, phường có 12 mô hình “Dân vận khéo”.\n"
SHOWN = "“Sáu tháng đầu năm 2024, phường Bến Cau tổ chức 13 cuộc đối thoại, đạt 280% kế …” (không có tiêu đề)"


@pytest.fixture(scope="module")
def untitled(tmp_path_factory: pytest.TempPathFactory) -> Home:
    root = tmp_path_factory.mktemp("untitled")
    home = Home(root / "home").create()
    (root / "saved").mkdir()
    (root / "saved" / "bao-cao.txt").write_text(TEXT, encoding="utf-8")
    with Run(home, {FILES.code: FILES}, kind="files") as run:
        take_files(run, find_files([root / "saved"]))
    return home


def test_every_page_says_how_the_text_begins(untitled: Home) -> None:
    site = Site(untitled.database)
    with sqlite3.connect(untitled.database) as connection:
        document, figure, title = connection.execute(
            "SELECT document_id, id, title FROM figures_full WHERE quote = '280'"
        ).fetchone()
    assert title is None, "nothing is invented in the data"
    for path in (
        f"/ban-tin/{document}",
        f"/bao-loi/{figure}",
        "/kiem-tra?loai=impossible",
        "/tim?q=doi+thoai",
        "/feed/so-lieu.atom",
    ):
        assert SHOWN in html.unescape(site.get(path).text), path
    page = BeautifulSoup(site.get(f"/ban-tin/{document}").text, "lxml")
    assert page.title and page.title.text.startswith("“Sáu tháng") and SHOWN in page.select("h1")[0].text
    assert "tệp lưu trên máy" in page.select(".about")[0].text and "13 cuộc, 280%" in " ".join(
        page.select("#kiem-tra ~ ul li")[0].text.split()
    )
    said = BeautifulSoup(site.get(f"/bao-loi/{figure}").text, "lxml")
    assert f", {SHOWN}: 280%" in said.select("pre.copy")[0].text and ", )" not in said.text
    found = BeautifulSoup(site.get("/tim?q=doi+thoai").text, "lxml")
    assert SHOWN in found.select("#ban-tin ~ ul a")[0].text and "None" not in found.text
    assert "Bản tin không có tiêu đề" not in said.text + found.text + page.text
