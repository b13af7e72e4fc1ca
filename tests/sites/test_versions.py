"""Which version reads a page, and what a portal may override."""

import re
from dataclasses import replace
from datetime import date

import pytest
import soupsieve

from extractors.page import PageError, read_page
from extractors.sites import families, parse_source
from extractors.sites.base import Family, Version
from extractors.sites.nukeviet4 import V1

OLD = replace(V1, name="old", valid=(None, date(2020, 12, 31)), signature=(re.compile("OLD"),))
NEW = replace(V1, name="new", valid=(date(2020, 7, 1), None), signature=(re.compile("NEW"),))
FAMILY = Family("two", (OLD, NEW))

PAGE = (
    '<div class="news_column"><h1 class="title">Phường họp</h1><h2 class="alt">Phường họp dân</h2>'
    '<span class="h5">16/09/2023</span><div id="news-bodyhtml"><p>Một.</p></div></div><p class="alt">Ngoài 3</p>'
)
PORTAL = 'name = "x"\nurl = "https://a.example/"\narea = "99"\nfamily = "nukeviet4"\n{}\n[lists]\nnews = "/tin/"\n'


@pytest.mark.parametrize(
    ("text", "day", "name"),
    [
        ("OLD", date(2019, 1, 1), "old"),
        ("NEW", date(2019, 1, 1), "old"),
        ("OLD", date(2023, 1, 1), "new"),
        ("OLD", date(2020, 10, 1), "old"),
        ("NEW", date(2020, 10, 1), "new"),
        ("OLD NEW", date(2020, 10, 1), "new"),
        ("neither", date(2020, 10, 1), "new"),
        ("OLD", None, "old"),
        ("neither", None, "new"),
    ],
)
def test_the_day_comes_first_then_the_signature(text: str, day: date | None, name: str) -> None:
    assert FAMILY.version_for(text, day).name == name


def test_without_a_whole_signature_the_most_of_one_decides() -> None:
    two = Family(
        "two", (replace(OLD, signature=(re.compile("OLD"), re.compile("ALSO"))), replace(NEW, valid=(None, None)))
    )
    assert two.version_for("ALSO", None).name == "old"
    assert two.version_for("neither", None).name == "new"


@pytest.mark.parametrize(
    ("text", "day", "name"),
    [
        ("OLD", None, "old"),
        ("OLD", date(2023, 1, 1), "old"),
        ("OLD NEW", date(2019, 1, 1), "old"),
        ("neither", None, None),
    ],
)
def test_detection_needs_the_signature(text: str, day: date | None, name: str | None) -> None:
    found = FAMILY.detect(text, day)
    assert (found.name if found else None) == name


def test_a_version_with_a_wrong_or_missing_selector_cannot_be_made() -> None:
    with pytest.raises(
        ValueError, match=r"unknown selectors \['titel'\], missing \['body', 'list_item', 'published', 'title'\]"
    ):
        Version("v9", (), {"titel": "h1"})


@pytest.mark.parametrize(
    ("name", "css"),
    [
        (f"{family.name}/{version.name}/{name}", css)
        for family in families().values()
        for version in family.versions
        for name, css in version.selectors.items()
    ],
)
def test_every_selector_compiles(name: str, css: str) -> None:
    assert soupsieve.compile(css), name


def test_every_family_knows_only_its_own_pages() -> None:
    for one in families().values():
        assert not any(other.detect("<html><body><h1>Tin</h1></body></html>") for other in families().values()), one


def test_a_portal_overrides_a_selector() -> None:
    source = parse_source("hai-trung", PORTAL.format("") + '[selectors]\ntitle = "h2.alt"\n')
    assert read_page(PAGE.encode(), source=source).title == "Phường họp dân"
    # outside the article's part, too
    source = parse_source("hai-trung", PORTAL.format("") + '[selectors]\nlead = "p.alt"\n')
    assert read_page(PAGE.encode(), source=source).text == "Ngoài 3\n\nMột."


@pytest.mark.parametrize(
    ("valid", "label"),
    [
        ("", "hai-trung (nukeviet4, 2014-)"),
        ('valid = ["2019-01-01", ""]', "hai-trung (nukeviet4, 2019-)"),
        ('valid = ["", "2025-06-30"]', "hai-trung (nukeviet4, -2025)"),
        ('valid = ["2019-01-01", "2025-06-30"]', "hai-trung (nukeviet4, 2019-2025)"),
    ],
)
def test_an_error_names_portal_family_and_years(valid: str, label: str) -> None:
    source = parse_source("hai-trung", PORTAL.format(valid))
    with pytest.raises(PageError) as caught:
        read_page(b"<p>Kh\xc3\xb4ng c\xc3\xb3</p>", url="https://haitrung.example/1.html", source=source)
    assert str(caught.value).startswith(f'{label}: title selector "h1.title" matched 0 elements, expected 1\n')


def test_a_bulletin_that_is_no_page_names_its_portal() -> None:
    source = parse_source("hai-trung", PORTAL.format(""))
    with pytest.raises(PageError, match=r"^hai-trung: the body is empty"):
        read_page(b"", source=source)


@pytest.mark.parametrize(
    ("family", "url", "is_article"),
    [
        ("nukeviet4", "https://a.example/tin/ten-tin-12.html", True),
        ("nukeviet4", "https://a.example/tin/", False),
        ("nukeviet4", "https://a.example/tin/page-2/", False),
        ("nukeviet4", "https://a.example/", False),
        ("nukeviet3", "https://a.example/tin/ten-tin-12/", True),
        ("nukeviet3", "https://a.example/tin/", False),
        ("sharepoint_lacviet", "https://a.example/ten-tin", True),
    ],
)
def test_addresses_of_articles(family: str, url: str, is_article: bool) -> None:
    assert families()[family].is_article_url(url) is is_article


SIDE = '<aside><h3>Khác</h3><span class="h5">01/01/2023</span></aside>'


def test_with_selectors_of_its_own_a_portal_s_side_blocks_do_no_harm() -> None:
    # the family's part is found by its body's id, which this portal does not have
    page = f"<body><main>{PAGE.replace('news-bodyhtml', 'noi-dung')}</main>{SIDE}</body>"
    source = parse_source("hai-trung", PORTAL.format("") + '[selectors]\nbody = "#noi-dung"\n')
    assert read_page(page.encode(), source=source).published == "2023-09-16"
    moved = page.replace('<span class="h5">16/09/2023</span>', "").replace("</main>", '<p class="h5">x</p></main>')
    with pytest.raises(PageError, match="published selector"):
        read_page(moved.encode(), source=source)


def test_a_selector_of_its_own_that_finds_nothing_leaves_the_article_s_part() -> None:
    page = f"<body>{PAGE}{SIDE}</body>"
    source = parse_source("hai-trung", PORTAL.format("") + '[selectors]\nlead = "p.sapo"\n')
    assert read_page(page.encode(), source=source).published == "2023-09-16"


PATTERNS = [
    (f"{family.name}/{version.name}", mark.pattern)
    for family in families().values()
    for version in family.versions
    for mark in version.signature
    if isinstance(mark, re.Pattern)
]


@pytest.mark.parametrize(("name", "pattern"), PATTERNS)
def test_no_mark_of_a_layout_repeats_without_a_bound(name: str, pattern: str) -> None:
    """Twenty thousand opened tags must not cost their square."""
    assert not re.search(r"(?:\]|\.|\))[*+]|\{\d+,\}", pattern), name
