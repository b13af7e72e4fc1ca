"""The sample portal's pages, lists, feeds and sitemaps are read as their sources say."""

from pathlib import Path

import pytest

from extractors.page import PageError, read_page
from extractors.page.words import clean
from extractors.sites import families, family, parse_source
from extractors.sites.feeds import read_feed, read_sitemap
from schemas.sources import Source
from tests.portal import bulletins
from tests.portal.bulletins import Bulletin, Image, State, Table
from tests.portal.routes import District, Site, Ward

ROOT = "http://127.0.0.1:8000"
SITES = Path(bulletins.__file__).parent / "sites"


def site(kind: type[Site], state: State) -> Site:
    made = kind()
    made.root, made.state = ROOT, state
    return made


def source_of(kind: type[Site]) -> Source:
    name = "nukeviet4" if kind is District else "sharepoint_lacviet"
    sources = (
        parse_source(path.stem, path.read_text(encoding="utf-8").replace("@ROOT@", ROOT))
        for path in SITES.glob("*.toml")
    )
    return next(source for source in sources if source.family == name)


def plain(text: str) -> str:
    return clean(text.replace("**", ""))


def said(bulletin: Bulletin) -> list[tuple[str, str]]:
    """The blocks of the source text; headings are paragraphs to it."""
    made = []
    for block in bulletin.blocks:
        if isinstance(block, Image):
            made.append(("caption", plain(block.caption)))
        elif isinstance(block, Table):
            made.append(("table", "\n".join(" | ".join(map(plain, row)) for row in block.rows)))
        else:
            made.append(("body", plain(block.text)))
    return made


@pytest.mark.parametrize("with_source", [True, False])
@pytest.mark.parametrize("state", ["before", "after"])
@pytest.mark.parametrize("kind", [District, Ward])
def test_every_bulletin(kind: type[Site], state: State, with_source: bool) -> None:
    portal, source = site(kind, state), source_of(kind)
    read = 0
    for bulletin in portal.shown:
        reply = portal.answer(portal.url(bulletin))
        url = ROOT + portal.url(bulletin)
        if bulletin.broken:
            with pytest.raises(PageError, match="body selector"):
                read_page(reply.body, url=url, content_type=reply.type, source=source if with_source else None)
            continue
        got = read_page(reply.body, url=url, content_type=reply.type, source=source if with_source else None)
        blocks = [(block.kind.replace("heading", "body"), block.text) for block in got.blocks if block.kind != "lead"]
        printed = bulletin.published.replace(tzinfo=None, second=0)
        assert got.title == plain(bulletin.title)
        assert got.published == (printed if kind is District else printed.date()).isoformat()
        assert got.byline == (bulletin.author or None)
        assert [block.text for block in got.blocks if block.kind == "lead"] == (
            [plain(bulletin.lead)] if bulletin.lead else []
        )
        assert blocks == said(bulletin)
        assert got.warnings == ()
        read += 1
    assert read >= 15


@pytest.mark.parametrize("kind", [District, Ward])
def test_every_list_page_by_page(kind: type[Site]) -> None:
    portal, source = site(kind, "before"), source_of(kind)
    keys = {"news": "tin-tuc", "front": "mat-tran-doan-the"} if kind is District else {"news": "16", "reform": "17"}
    for name, path in source.lists.items():
        found: set[str] = set()
        url: str | None = ROOT + path
        visited: list[str] = []
        while url:
            assert url not in visited
            visited.append(url)
            reply = portal.answer(url.removeprefix(ROOT))
            page = family(source.family).read_list(reply.body, url=url, content_type=reply.type, source=source)
            assert all(item.title and item.published for item in page.items)
            found |= {item.url for item in page.items}
            url = page.next_url
        assert found == {ROOT + portal.url(bulletin) for bulletin in portal.listed(keys[name])}
        assert all(families()[source.family].is_article_url(item) for item in found)


@pytest.mark.parametrize("kind", [District, Ward])
def test_feed_and_sitemaps(kind: type[Site]) -> None:
    portal, source = site(kind, "before"), source_of(kind)
    feed = read_feed(portal.answer(source.feeds[0]).body, ROOT + source.feeds[0])
    newest = portal.listed()[:30]
    assert [(item.url, item.title) for item in feed] == [(ROOT + portal.url(one), plain(one.title)) for one in newest]
    queue, pages = [ROOT + path for path in source.sitemaps], set()
    while queue:
        url = queue.pop()
        sitemap = read_sitemap(portal.answer(url.removeprefix(ROOT)).body, url)
        pages |= {item.url for item in sitemap.items}
        queue += sitemap.children
    assert {ROOT + portal.url(bulletin) for bulletin in portal.shown} <= pages
