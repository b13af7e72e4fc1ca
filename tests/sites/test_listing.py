"""List pages: which links count, which page is next, and that an empty list is an error."""

import pytest

from extractors.page import PageError
from extractors.sites import family, parse_source

SOURCE = parse_source(
    "hai-trung",
    'name = "x"\nurl = "https://haitrung.example/"\narea = "99"\nfamily = "nukeviet4"\nlists = {news = "/tin/"}',
)
ITEM = '<div class="news_column"><h3><a href="{href}">Tin</a></h3></div>'


def read(markup: str, url: str = "https://haitrung.example/tin/page-2/") -> tuple[list[str], str | None]:
    page = family("nukeviet4").read_list(markup.encode(), url=url, source=SOURCE)
    return [item.url for item in page.items], page.next_url


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("/tin/a-1.html", "https://haitrung.example/tin/a-1.html"),
        ("../b-2.html", "https://haitrung.example/tin/b-2.html"),
        ("//haitrung.example/c-3.html", "https://haitrung.example/c-3.html"),
        ("http://www.haitrung.example/d-4.html#x", "http://www.haitrung.example/d-4.html"),
        ("?id=5&amp;x=1", "https://haitrung.example/tin/page-2/?id=5&x=1"),
        ("https://khac.example/e-5.html", None),
        ("https://haitrung.example:8443/e-5.html", None),
        ("https://haitrung.example.khac.example/e.html", None),
        ("javascript:void(0)", None),
        ("mailto:a@haitrung.example", None),
        ("#", None),
        ("", None),
        ("http://[::1/", None),
    ],
)
def test_links_of_the_portal_become_absolute(href: str, url: str | None) -> None:
    urls, _ = read(ITEM.format(href="/x-9.html") + ITEM.format(href=href))
    assert urls == ["https://haitrung.example/x-9.html", *([url] if url else [])]


def test_a_base_element_is_followed_but_not_to_another_host() -> None:
    item = ITEM.format(href="a-1.html")
    assert read(f'<head><base href="/goc/"></head>{item}')[0] == ["https://haitrung.example/goc/a-1.html"]
    assert read(f'<head><base href="https://khac.example/"></head>{item}')[0] == [
        "https://haitrung.example/tin/page-2/a-1.html"
    ]


@pytest.mark.parametrize(
    ("pager", "onward"),
    [
        (
            '<li><a href="/tin/">1</a></li><li class="active"><a href="#">2</a><li><a href="/tin/page-3/">3</a></li>',
            "page-3/",
        ),
        ('<li><a href="/tin/">1</a></li><li class="active"><a href="#">2</a></li>', None),
        ('<li><a href="/tin/page-9/">9</a></li><li><a rel="next" href="/tin/page-3/">&raquo;</a></li>', "page-3/"),
        ('<li><a href="/tin/page-3/">Trang sau</a></li><li><a href="/tin/page-7/">»»</a></li>', "page-3/"),
        ('<li><a href="/tin/page-3/"><img alt="Xem tiếp"></a></li>', "page-3/"),
        ('<li><a href="/tin/page-3/">3</a></li>', "page-3/"),
        ('<li><a href="/tin/page-2/">Sau</a></li>', None),
        ('<li><a rel="next" href="https://khac.example/">Sau</a></li>', None),
        ("", None),
    ],
)
def test_the_next_page(pager: str, onward: str | None) -> None:
    _, found = read(ITEM.format(href="/a-1.html") + f'<ul class="pagination">{pager}</ul>')
    assert found == (f"https://haitrung.example/tin/{onward}" if onward else None)


@pytest.mark.parametrize(
    "markup", ["<p>Chưa có tin</p>", ITEM.format(href="https://khac.example/a-1.html"), "", "\0", "%PDF-1"]
)
def test_an_empty_list_is_an_error_that_names_portal_and_page(markup: str) -> None:
    with pytest.raises(PageError) as caught:
        read(markup)
    assert str(caught.value).startswith("hai-trung (nukeviet4, 2014-): ")
    assert "page: https://haitrung.example/tin/page-2/" in str(caught.value)
    assert "empty" in caught.value.what or "PDF" in caught.value.what
