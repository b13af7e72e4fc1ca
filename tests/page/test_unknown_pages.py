"""Pages of no family, and plain text."""

import subprocess
import sys

from extractors.page import read_page
from schemas.documents import Block

PAGE = """<html><head><title>Phường Đông tổng kết | Cổng phường Đông</title>{meta}</head><body>
<header><div class="date">Thứ ba, 24/11/2026</div><nav><a href="/">Trang chủ</a>
<a href="/tin">Tin tức</a></nav></header>
<h1 id="titleDetail">Phường Đông tổng kết năm</h1><span class="date_time">Ngày đăng: 11/07/2024  09:45</span>
<div id="contentDetail"><p>Trong năm, phường đã vận động 200 hộ tham gia phân loại rác tại nguồn,
đạt 95% kế hoạch được giao.</p>
<p>Phường cũng đã tổ chức 12 cuộc đối thoại với nhân dân, giải quyết xong 40 kiến nghị của cử tri ở các tổ dân phố.</p>
<table><tr><td>Tổ</td><td>Số hộ</td></tr><tr><td>Tổ 1</td><td>120</td></tr><tr><td>Tổ 2</td><td>80</td></tr></table>
<p>Năm tới, phường phấn đấu 250 hộ tham gia và mỗi quý tổ chức ít nhất 3 cuộc đối thoại.</p></div>
<footer><p>Lượt truy cập: 1.234.567</p></footer></body></html>"""


def test_an_unknown_page_is_read_generically_and_says_so() -> None:
    bulletin = read_page(PAGE.format(meta="").encode(), url="https://phuongdong.example/1")
    assert bulletin.reader == "generic"
    assert any("read generically" in warning for warning in bulletin.warnings)
    assert bulletin.title == "Phường Đông tổng kết năm"
    assert bulletin.published == "2024-07-11T09:45:00"
    assert "200 hộ" in bulletin.text and "250 hộ" in bulletin.text
    assert Block("table", "Tổ | Số hộ\nTổ 1 | 120\nTổ 2 | 80") in bulletin.blocks
    assert "1.234.567" not in bulletin.text and "2026" not in bulletin.text


def test_dates_for_machines_come_before_printed_ones() -> None:
    meta = '<meta property="article:published_time" content="2024-07-10T23:00:00Z">'
    assert read_page(PAGE.format(meta=meta).encode()).published == "2024-07-11T06:00:00"


def test_marks_of_schema_org_that_do_not_fit_leave_a_page_unknown() -> None:
    marked = PAGE.format(meta="").replace('<div id="contentDetail">', '<div itemprop="articleBody">')
    marked = marked.replace("<h1 ", '<h1 itemprop="headline" ').replace("<span ", '<span itemprop="datePublished" ')
    assert read_page(marked.encode()).reader == "microdata/v1"
    twice = marked.replace("<footer>", '<footer><h2 itemprop="headline">Tin khác</h2><p itemprop="articleBody">Hai</p>')
    bulletin = read_page(twice.encode())
    assert bulletin.reader == "generic" and "200 hộ" in bulletin.text


def test_without_a_date_there_is_a_warning_and_no_guess() -> None:
    bulletin = read_page(PAGE.format(meta="").replace("11/07/2024", "").encode())
    assert bulletin.published is None
    assert "no publication date was found" in bulletin.warnings


def test_plain_text_is_a_block_a_line() -> None:
    bulletin = read_page(
        "Phường họp.\n\n  Có\t120 người <b>dự</b>.\n".encode(), content_type="text/plain; charset=utf-8"
    )
    assert bulletin.reader == "plain"
    assert bulletin.blocks == (Block("body", "Phường họp."), Block("body", "Có 120 người <b>dự</b>."))
    assert read_page("2 < 3 và 5 > 4".encode()).text == "2 < 3 và 5 > 4"


def test_importing_the_packages_imports_nothing_heavy() -> None:
    code = (
        "import sys, extractors.page, extractors.sites;"
        "heavy = {'bs4', 'lxml', 'trafilatura', 'feedparser', 'pydantic', 'charset_normalizer'};"
        "print(sorted(heavy & set(sys.modules)))"
    )
    assert (
        subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
    )
