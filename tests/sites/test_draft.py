"""Portal files proposed from a page: family with reasons, selectors that find one element, ways to the articles."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from extractors.page import PageError, read_page
from extractors.page.tree import Page, select
from extractors.page.words import clean
from extractors.sites import families, parse_source
from extractors.sites.draft import draft
from extractors.sites.fit import fits
from extractors.sites.guess import css_of, guess
from extractors.sites.ways import address_of, name_of, ways_of
from tests.sites import golden

URL = "https://binhlang.example/tin-nong-nghiep/thu-hoach-320-ha.html"
ARTICLES = [page for page in golden.pages() if not page.stem.startswith("list")]
UNKNOWN = """<!DOCTYPE html><html lang="vi"><head><meta charset="utf-8">
<title>Xã Bình Lãng thu hoạch 320 ha lúa xuân | Cổng TTĐT xã Bình Lãng</title>
<link rel="alternate" type="application/rss+xml" href="/rss/tin.xml"></head><body>
<header><div class="now">Thứ Sáu, 27/11/2026</div><ul class="menu"><li><h3>
<a href="/gioi-thieu">Giới thiệu</a></h3></li><li><h3>
<a href="/tin-nong-nghiep/">Nông nghiệp</a></h3></li></ul></header>
<div class="breadcrumb"><a href="/">Trang chủ</a> <a href="/tin-nong-nghiep/">Nông nghiệp</a></div>
<div class="chi-tiet" id="bai-20231"><div class="ten-bai">Xã Bình Lãng thu hoạch 320 ha lúa xuân</div>
<div class="thong-tin"><span class="ngay-dang">Ngày đăng: 02/06/2023 08:15</span> <span>Lượt xem: 512</span></div>
<div class="noi-dung"><p>Đến ngày 01/6/2023, xã Bình Lãng đã thu hoạch 320 ha lúa xuân, đạt 80% diện tích gieo cấy.</p>
<p>Năng suất ước đạt 68 tạ/ha, cao hơn cùng kỳ 2 tạ/ha; sản lượng ước 2.176 tấn thóc.</p></div>
<div class="lien-quan"><ul><li><h3><a href="/tin-nong-nghiep/a.html">Tin cũ 1</a></h3><span>01/06/2023</span></li>
<li><h3><a href="/tin-nong-nghiep/b.html">Tin cũ 2</a></h3><span>01/05/2023</span></li></ul></div></div></body>
</html>"""


@pytest.mark.parametrize("page", ARTICLES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_a_family_s_article_is_proposed_without_selectors_and_is_read(page: Path) -> None:
    made = draft(page.read_bytes(), URL)
    assert (made.family, made.is_list, made.selectors, made.unsolved) == (page.parent.name, False, {}, ())
    source = parse_source(made.code, made.toml())
    expected = golden.expected(page)
    read = read_page(page.read_bytes(), source=source)
    assert (read.title, read.published, read.reader) == (expected["title"], expected["published"], expected["reader"])


@pytest.mark.parametrize(
    "page",
    [page for page in golden.pages() if page.stem.startswith("list") and len(golden.expected(page)["items"]) > 1],
    ids=lambda page: f"{page.parent.name}/{page.stem}",
)
def test_a_family_s_list_is_proposed_as_its_list(page: Path) -> None:
    url = f"{golden.HOME}tin/page-2/"
    made = draft(page.read_bytes(), url)
    assert (made.family, made.is_list) == (page.parent.name, True)
    assert made.ways.lists == (url,)


def test_an_unknown_page_gets_selectors_of_its_own() -> None:
    made = draft(UNKNOWN.encode(), URL)
    assert made.family == "microdata" and not made.is_list
    assert made.selectors == {"title": "div.ten-bai", "published": "span.ngay-dang", "body": "div.noi-dung"}
    assert tomllib.loads(made.toml()) == {
        "name": "Cổng TTĐT xã Bình Lãng",
        "url": "https://binhlang.example/",
        "area": "?",
        "family": "microdata",
        "valid": ["", ""],
        "feeds": ["/rss/tin.xml"],
        "sitemaps": [],
        "lists": {"news": "/tin-nong-nghiep/"},
        "selectors": made.selectors,
    }
    read = read_page(UNKNOWN.encode(), source=parse_source(made.code, made.toml()))
    assert read.published == "2023-06-02T08:15:00"
    assert [block.text[:20] for block in read.blocks] == ["Đến ngày 01/6/2023, ", "Năng suất ước đạt 68"]


def test_a_family_whose_title_moved_keeps_the_rest_of_its_selectors() -> None:
    page = (golden.FOLDER / "joomla" / "article_v4.html").read_text(encoding="utf-8")
    moved = page.replace('<div class="page-header"><h1>', '<div class="heading"><h1>')
    made = draft(moved.encode(), URL)
    assert (made.family, list(made.selectors)) == ("joomla", ["title"])
    assert read_page(moved.encode(), source=parse_source(made.code, made.toml())).published == "2024-04-12T09:30:00"


def test_scores_come_with_reasons() -> None:
    best, *others = fits(UNKNOWN.replace("ten-bai", "x").encode(), UNKNOWN, URL)
    assert len(others) + 1 == len(families())
    assert all(best.score >= other.score for other in others)
    page = (golden.FOLDER / "wordpress" / "article_classic.html").read_text(encoding="utf-8")
    twice = page.replace("</h1>", "</h1><h1 class='entry-title'>Hai</h1>", 1)
    best = fits(twice.encode(), twice, URL)[0]
    assert best.name == "wordpress/classic" and best.missing == ("title",)
    assert 'title: "h1.entry-title" matched 2 elements, expected 1' in best.reasons


@pytest.mark.parametrize(
    ("markup", "selector"),
    [
        ('<div><p id="bai">A</p><p>B</p></div>', "#bai"),
        ('<div><p id="bai-1234" class="x">A</p><p>B</p></div>', "p.x"),
        ('<div class="a"><p>A</p></div><div class="b"><p>B</p></div>', "div.a p"),
        ('<div class="a"><p>A</p><div><p>B</p></div></div>', "div.a > p"),
        ('<div><p class="w:1 q">A</p></div><p class="z">B</p>', r"p.w\:1"),
        ("<div><p>A</p><p>B</p></div>", None),
    ],
)
def test_a_selector_finds_its_element_alone(markup: str, selector: str | None) -> None:
    soup = BeautifulSoup(markup, "lxml")
    tag = soup.find("p")
    assert tag is not None and css_of(soup, tag) == selector
    assert selector is None or select(soup, "", selector) == [tag]


@pytest.mark.parametrize("page", ARTICLES, ids=lambda page: f"{page.parent.name}/{page.stem}")
def test_what_is_guessed_is_what_the_family_reads(page: Path) -> None:
    """Not every page gives everything away: a short text in a large page is found by nobody."""
    soup = Page(page.read_text(encoding="utf-8")).whole()
    expected = golden.expected(page)
    texts = {name: " ".join(select(soup, name, css)[0].get_text(" ").split()) for name, css in guess(soup).items()}
    assert texts
    assert expected["title"] in clean(texts.get("title", expected["title"]))
    assert clean(texts.get("body", expected["blocks"][-1]["text"])).count(expected["blocks"][-1]["text"][:20]) >= 1


def test_ways_are_the_portal_s_own_and_few() -> None:
    soup = BeautifulSoup(
        '<link rel="alternate" type="application/rss+xml" href="https://khac.example/rss">'
        '<link rel="alternate" type="application/rss+xml" href="/comments/feed/">'
        '<link rel="alternate" type="application/atom+xml" href="/atom.xml">'
        + "".join(f'<a href="/rss/{n}.rss">Tin</a>' for n in range(9))
        + '<ol class="breadcrumb"><li><a href="/">Trang chủ</a></li><li><a href="/tin/">Tin</a></li></ol>',
        "lxml",
    )
    ways = ways_of(
        soup, "https://a.example/x/y/z.html", is_list=False, sitemaps=["https://a.example/s.xml", "https://b.example/"]
    )
    assert ways.lists == ("https://a.example/tin/", "https://a.example/x/y/")
    assert ways.feeds == ("https://a.example/atom.xml", "https://a.example/rss/0.rss", "https://a.example/rss/1.rss")
    assert ways.sitemaps == ("https://a.example/s.xml",)


def test_where_a_saved_page_came_from() -> None:
    assert address_of('<link rel="canonical" href="https://a.example/1.html">') == "https://a.example/1.html"
    assert address_of('<meta property="og:url" content="https://a.example/2">') == "https://a.example/2"
    assert address_of('<link rel="canonical" href="/1.html"><p>x</p>') is None
    assert name_of(BeautifulSoup("<title>Tin</title>", "lxml"), "https://a.example/") == "a.example"


@pytest.mark.parametrize(
    "hostile",
    [
        '"]\n[lists]\nx = "',
        "\\u0000",
        "a\tb\x00\x1b[31m",
        "\"\"\" ''' # \\",
        "\ud83d\ude00".encode("utf-16", "surrogatepass").decode("utf-16"),
    ],
)
def test_what_a_page_calls_itself_cannot_write_the_file(hostile: str) -> None:
    page = UNKNOWN.replace("Cổng TTĐT", hostile).replace("Ngày đăng", hostile)
    made = draft(page.encode(), URL)
    data = tomllib.loads(made.toml())
    assert set(data) <= {"name", "url", "area", "family", "valid", "feeds", "sitemaps", "lists", "selectors"}
    assert data["lists"] == {"news": "/tin-nong-nghiep/"}


@pytest.mark.parametrize("body", [b"", b"%PDF-1.4", b"\0" * 100])
def test_what_is_no_page_is_refused(body: bytes) -> None:
    with pytest.raises(PageError):
        draft(body, URL)
