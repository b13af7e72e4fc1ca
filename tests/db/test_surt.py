"""Keys of addresses are those that archives look up."""

import doctest

import pytest

import schemas.surt
from schemas.surt import surt_key


def test_examples() -> None:
    assert doctest.testmod(schemas.surt).failed == 0


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://a.b.vn", "vn,b,a)/"),
        ("http://a.b.vn:80/", "vn,b,a)/"),
        ("http://a.b.vn:8080/x/?b=2&a=1", "vn,b,a:8080)/x?a=1&b=2"),
        ("http://a.b.vn/x?", "vn,b,a)/x"),
        ("http://www2.a.vn/t%C3%ACm?q=a+b&page=2#f", "vn,a)/t%c3%acm?page=2&q=a+b"),
        ("http://a.vn/tìm", "vn,a)/t%c3%acm"),
        (
            "http://a.vn/AllPosts.aspx?CategoryId=16&PublishedDate=3",
            "vn,a)/allposts.aspx?categoryid=16&publisheddate=3",
        ),
        ("http://a.vn/x?a&b=&c", "vn,a)/x?a&b=&c"),
        ("http://a.vn//x//y/", "vn,a)/x/y"),
        ("http://a.vn/p?phpsessid=" + "a" * 32 + "&z=1", "vn,a)/p?z=1"),
        ("http://a.vn/(S(abcdefghijklmnopqrstuvwx))/x.aspx", "vn,a)/x.aspx"),
        ("http://127.0.0.1:81/a", "1,0,0,127:81)/a"),
        ("file:///tin/A.html", "file:///tin/A.html"),
        ("http://a.vn:nix/", "http://a.vn:nix/"),
    ],
)
def test_keys(url: str, key: str) -> None:
    assert surt_key(url) == key
