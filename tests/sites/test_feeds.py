"""Feeds and sitemaps, good and hostile."""

import gzip
import tempfile
from pathlib import Path

import pytest

from extractors.page import PageError
from extractors.sites import feeds
from extractors.sites.feeds import Sitemap, read_feed, read_sitemap
from extractors.sites.model import ListItem

URL = "https://haitrung.example/rss/"
RSS = """<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel>
<title>Tin</title><link>https://haitrung.example/</link>
<item><title>Phường &amp;amp; quận &lt;b&gt;họp&lt;/b&gt; dân</title><link>https://haitrung.example/a-1.html#top</link>
<pubDate>Sat, 16 Sep 2023 00:12:00 GMT</pubDate></item>
<item><title>Hai</title><link>/b-2.html</link><pubDate>16/09/2023 07:12</pubDate></item>
<item><title>Hai lần nữa</title><link>/b-2.html</link></item>
<item><title>Nơi khác</title><link>https://khac.example/c-3.html</link></item>
<item><title>Không có địa chỉ</title></item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Tin</title>
<entry><title>Ba</title><link href="https://haitrung.example/c-3.html"/>
<published>2023-09-16T07:12:00+07:00</published><updated>2023-09-17T07:12:00+07:00</updated></entry></feed>"""

NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
NEWS = """<urlset {ns} xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://haitrung.example/a-1.html </loc><lastmod>2023-09-17</lastmod>
<news:news><news:publication><news:name>Tin</news:name></news:publication>
<news:publication_date>2023-09-16T07:12:00+07:00</news:publication_date>
<news:title>Phường họp &amp; bàn</news:title></news:news>
<image:image><image:loc>https://haitrung.example/a.jpg</image:loc><image:title>Ảnh</image:title></image:image></url>
<url><loc>https://khac.example/b-2.html</loc></url><url></url></urlset>""".replace("{ns}", NAMESPACE)
INDEX = f"<sitemapindex {NAMESPACE}><sitemap><loc>/s1.xml</loc></sitemap><sitemap><loc>/s1.xml</loc></sitemap><sitemap><loc>https://khac.example/s2.xml</loc></sitemap></sitemapindex>"


def test_rss() -> None:
    assert read_feed(RSS.encode(), URL) == (
        ListItem("https://haitrung.example/a-1.html", "Phường & quận họp dân", "2023-09-16T07:12:00"),
        ListItem("https://haitrung.example/b-2.html", "Hai", "2023-09-16T07:12:00"),
    )


def test_atom() -> None:
    assert read_feed(ATOM.encode(), URL) == (
        ListItem("https://haitrung.example/c-3.html", "Ba", "2023-09-16T07:12:00", "2023-09-17T07:12:00"),
    )


def test_a_feed_cut_off_in_the_middle_keeps_what_came() -> None:
    assert len(read_feed(RSS[: RSS.index("<title>Hai</title>")].encode(), URL)) == 1


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "the feed is empty: 0 entries"),
        (b"<rss version='2.0'><channel></channel></rss>", "the feed is empty: 0 entries"),
        (b"<html><body>B\xe1\xba\xa3o tr\xc3\xac</body></html>", "the feed is empty"),
        (
            b'<!DOCTYPE x [<!ENTITY a "aaaa">]><rss><channel><item><title>&a;</title></item></channel></rss>',
            "declares entities",
        ),
        (
            RSS.replace("haitrung.example/a", "khac.example/a").replace("/b-2.html", "mailto:x").encode(),
            "none with a link to its own host",
        ),
    ],
)
def test_a_feed_refused(body: bytes, message: str) -> None:
    with pytest.raises(PageError, match=message) as caught:
        read_feed(body, URL)
    assert f"feed: {URL}" in str(caught.value)


def test_a_body_that_is_a_file_name_opens_no_file() -> None:
    with tempfile.NamedTemporaryFile(suffix=".xml") as file:
        Path(file.name).write_text(RSS, encoding="utf-8")
        with pytest.raises(PageError, match="the feed is empty"):
            read_feed(file.name.encode(), URL)


def test_news_sitemap_and_index() -> None:
    item = ListItem("https://haitrung.example/a-1.html", "Phường họp & bàn", "2023-09-16T07:12:00", "2023-09-17")
    assert read_sitemap(NEWS.encode(), URL) == Sitemap((item,), ())
    assert read_sitemap(INDEX.encode(), URL) == Sitemap((), ("https://haitrung.example/s1.xml",))


@pytest.mark.parametrize(
    ("body", "message"),
    [
        ("", "no XML"),
        ("<urlset><url><loc>a", "no XML"),
        ('<?xml version="1.0" encoding="shift_jis"?><urlset/>', "no XML"),
        ("<html></html>", "found the element <html>, expected <urlset> or <sitemapindex>"),
        ('<!DOCTYPE urlset [<!ENTITY a "b">]><urlset/>', "has a DOCTYPE"),
        ('<!DOCTYPE urlset SYSTEM "file:///etc/passwd"><urlset/>', "has a DOCTYPE"),
        ("<urlset>" + "<a>" * 100_000, "levels deep"),
        ("<urlset>" + "<url/>" * 50_001 + "</urlset>", "more than 50000 entries"),
        ('<?xml version="1.0" encoding="no-such"?><urlset/>', "no XML"),
    ],
)
def test_a_sitemap_refused(body: str, message: str) -> None:
    with pytest.raises(PageError, match=message) as caught:
        read_sitemap(body.encode(), URL)
    assert f"sitemap: {URL}" in str(caught.value)


def test_bytes_are_capped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_BYTES", 100)
    for read in (read_feed, read_sitemap):
        with pytest.raises(PageError, match="bytes, expected at most 100"):
            read(b" " * 101, URL)


def test_a_packed_sitemap() -> None:
    assert read_sitemap(gzip.compress(INDEX.encode()), URL) == read_sitemap(INDEX.encode(), URL)
    with pytest.raises(PageError, match="no gzip"):
        read_sitemap(b"\x1f\x8b and no more", URL)
    with pytest.raises(PageError, match="no XML"):  # cut off on its way
        read_sitemap(gzip.compress(NEWS.encode())[:60], URL)


def test_a_packed_sitemap_that_is_a_bomb(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(feeds, "MAX_BYTES", 1000)
    with pytest.raises(PageError, match="has 1001 bytes, expected at most 1000"):
        read_sitemap(gzip.compress(b" " * 10_000_000), URL)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_a_doctype_is_refused_in_every_encoding(encoding: str) -> None:
    body = '<!DOCTYPE urlset [<!ENTITY a "b">]><urlset>&a;</urlset>'.encode(encoding)
    with pytest.raises(PageError, match="has a DOCTYPE"):
        read_sitemap(body, URL)


def test_entries_of_an_index_are_capped() -> None:
    with pytest.raises(PageError, match="more than 50000 entries"):
        read_sitemap(("<sitemapindex>" + "<sitemap/>" * 50_001 + "</sitemapindex>").encode(), URL)


def test_an_endless_address_in_a_sitemap_is_left_out_and_costs_nothing_else() -> None:
    body = f"<urlset><url><loc>/{'a' * 10_000_000}</loc></url><url><loc>/b</loc></url></urlset>"
    assert read_sitemap(body.encode(), URL).items == (ListItem("https://haitrung.example/b"),)


def test_a_feed_with_entities_in_another_encoding_expands_none() -> None:
    body = ('<!DOCTYPE rss [<!ENTITY a "bom">]>' + RSS.partition("?>")[2].replace("Hai lần", "&a;")).encode("utf-16")
    try:
        titles = [item.title or "" for item in read_feed(body, URL)]
    except PageError:
        return
    assert not any("bom" in title for title in titles)


def test_a_sitemap_without_entries_is_no_error() -> None:
    assert read_sitemap(f"<urlset {NAMESPACE}/>".encode(), URL) == Sitemap((), ())
