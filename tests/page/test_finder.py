"""The fast ways of reading a page give what the plain ones give: the same elements, bulletins and errors."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from unittest.mock import patch

import pytest
import soupsieve
from bs4 import BeautifulSoup
from bs4.element import Tag
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.page import PageError, read_page, tree
from extractors.page.finder import Finder, alternatives
from extractors.sites import families, family
from schemas.documents import Bulletin
from schemas.sources import Source
from tests.portal.frame import framed
from tests.portal.routes import District, Site, Ward

GOLDEN = sorted((Path(__file__).parents[1] / "sites" / "golden").glob("*/article*.html"))
SAVED = sorted(
    path
    for path in (Path(__file__).parents[3] / "shared" / "pages").glob("*.html")
    if path.with_suffix(".json").exists()
)
PORTALS: tuple[tuple[type[Site], str], ...] = ((District, "nukeviet4"), (Ward, "sharepoint_lacviet"))


class PlainFinder:
    """beautifulsoup4's own select, element by element."""

    def __init__(self, soup: BeautifulSoup) -> None:
        self.soup = soup

    def find(self, selector: str, within: Tag | None = None) -> list[Tag]:
        return list((within or self.soup).select(selector))


@contextmanager
def plainly() -> Iterator[None]:
    """Reading without its short cuts."""
    with (
        patch("extractors.sites.article.Finder", PlainFinder),
        patch.object(tree, "_IS_DEEP", lambda root: True),
        patch("extractors.sites.article._END", 0),
    ):
        yield


def outcome(body: bytes, source: Source | None) -> Bulletin | str:
    try:
        return read_page(body, url="https://mau.example/tin/1", captured_on=date(2023, 9, 16), source=source)
    except PageError as error:
        return str(error)


def assert_same(body: bytes, source: Source | None = None) -> Bulletin | str:
    fast = outcome(body, source)
    with plainly():
        assert outcome(body, source) == fast
    return fast


def source_of(name: str, **selectors: str) -> Source:
    return Source(code="mau", name="Cổng mẫu", url="https://mau.example/", area="99", family=name, selectors=selectors)


@pytest.mark.parametrize("path", GOLDEN + SAVED, ids=lambda path: f"{path.parent.name}/{path.stem[:30]}")
def test_a_saved_page(path: Path) -> None:
    assert isinstance(assert_same(path.read_bytes()), Bulletin)
    for name in families():
        assert_same(path.read_bytes(), source_of(name))


@pytest.mark.parametrize(("kind", "name"), PORTALS)
def test_every_page_of_the_sample_portal_with_and_without_a_frame(kind: type[Site], name: str) -> None:
    portal, source = kind(), source_of(name)
    body_selector = family(name).versions[-1].selectors["body"]
    for number, bulletin in enumerate(portal.shown):
        body = portal.answer(portal.url(bulletin)).body
        read = assert_same(body, source)
        assert isinstance(read, Bulletin) != bulletin.broken
        larger = framed(body.decode(bulletin.charset), number, 30_000).encode(bulletin.charset, "xmlcharrefreplace")
        assert assert_same(larger, source) == read
        if number % 10 == 0:
            assert assert_same(larger, source_of(name, body=body_selector)) == read


PIECES = (
    *("<div>", "</div>", "<p>", "<table><tr><td>", "</table>", "</html>", "</body>", "<template>", "</template>"),
    *('<p class="Title">Hai</p>', '<h1 class="title">Hai</h1>', '<td class="Time">1/2/2023</td>', "<!-- ", "-->", "<"),
    *('<div id="news-bodyhtml">', '<div class="ExternalClassX">', '<div class="related">x</div>', "\0", "&#116;"),
    *('<div class="news_column"><span class="h5">1/2/2023</span></div>', "<b>" * 300, "<form><form>", '"', "<iframe>"),
)
CUTS = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 60), st.sampled_from(PIECES)), min_size=1, max_size=4)


@settings(deadline=None, max_examples=150)
@given(st.sampled_from(GOLDEN), CUTS, st.floats(0.3, 1.5))
def test_a_damaged_page(path: Path, cuts: list[tuple[float, int, str]], kept: float) -> None:
    text = path.read_text(encoding="utf-8")
    for share, gone, piece in cuts:
        at = int(share * len(text))
        text = text[:at] + piece + text[at + gone :]
    body = text[: int(kept * len(text))].encode("utf-8", "surrogatepass")
    assert_same(body)
    assert_same(body, source_of(path.parent.name))


NAMES, CLASSES = ("p", "div", "a", "h1", "template", "P"), ("t", "u-v", "Tin", "tín", "t-1")
SIMPLE = st.one_of(
    st.sampled_from((*NAMES, "*", "[id]", "p:last-child", "div:has(> p)", "p:not(.t, .u-v)", ":scope", "a:empty")),
    st.sampled_from([f".{name}" for name in CLASSES]),
    st.sampled_from(["#t", "#Tin", 'p[class="t, u"]', 'a[href$=")"]', "p.t.u-v", "div#t.Tin", ":is(.t, a)", "p.t\\31"]),
)
SELECTOR = st.lists(
    st.lists(SIMPLE, min_size=1, max_size=3).flatmap(
        lambda parts: st.lists(
            st.sampled_from((" ", " > ", "+", " ~ ")), min_size=len(parts) - 1, max_size=len(parts) - 1
        ).map(lambda signs: "".join(a + b for a, b in zip(parts, [*signs, ""], strict=True)))
    ),
    min_size=1,
    max_size=3,
).map(", ".join)
TREE = st.recursive(
    st.sampled_from(("x", "", "<br>")),
    lambda inner: st.builds(
        lambda name, kind, mark, children: f'<{name} class="{kind}" id="{mark}">{"".join(children)}</{name}>',
        st.sampled_from(NAMES),
        st.lists(st.sampled_from(CLASSES), max_size=2).map(" ".join),
        st.sampled_from(("t", "Tin", "z")),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@settings(deadline=None, max_examples=300)
@given(TREE, SELECTOR, st.integers(0, 20))
def test_the_finder_finds_what_select_finds(markup: str, selector: str, place: int) -> None:
    soup = BeautifulSoup(f"<body>{markup}</body>", "lxml")
    tags = soup.find_all(True)
    for within in (None, tags[place % len(tags)]):
        expected = (within or soup).select(selector)
        found = Finder(soup).find(selector, within)
        assert [id(tag) for tag in found] == [id(tag) for tag in expected]


@pytest.mark.parametrize("selector", ["p[", "a,,b", "", "a >", "a:not(", ", a"])
def test_what_is_no_selector_is_an_error_as_before(selector: str) -> None:
    soup = BeautifulSoup("<p>x</p>", "lxml")
    with pytest.raises(soupsieve.SelectorSyntaxError) as expected:
        soup.select(selector)
    with pytest.raises(soupsieve.SelectorSyntaxError) as found:
        Finder(soup).find(selector)
    assert str(found.value) == str(expected.value)


def test_a_title_of_a_real_portal_is_looked_up_not_searched_for() -> None:
    for name in ("nukeviet4", "sharepoint_lacviet"):
        selectors = family(name).versions[-1].selectors
        assert all(alternatives(selectors[part]) for part in ("title", "published", "body", "lead", "strip"))
