"""A portal's TOML file: what is wrong is said by field, found and expected."""

from datetime import date

import pytest

from extractors.sites import SourceError, families, family, parse_source

GOOD = """
name = "Quận Hải Trung"
url = "https://haitrung.example/"
area = "99.quan-hai-trung"
family = "nukeviet4"
valid = ["2019-01-01", ""]
[lists]
news = "/tin/"
"""


def test_a_portal_is_read() -> None:
    source = parse_source("hai-trung", GOOD + '[selectors]\ntitle = "h1.tieu-de"\nlead = ""\n')
    assert (source.code, str(source.url), source.family) == ("hai-trung", "https://haitrung.example/", "nukeviet4")
    assert source.valid == (date(2019, 1, 1), None)
    assert source.selectors == {"title": "h1.tieu-de", "lead": ""}


@pytest.mark.parametrize(
    ("code", "old", "new", "words"),
    [
        ("a", "name =", "name = name =", ("a.toml", "found no TOML", "line 2")),
        ("Ă", "", "", ('field "code": found \'Ă\', expected lower case letters',)),
        ("a", 'name = "Quận Hải Trung"', "", ('field "name": found nothing, expected a value',)),
        ("a", 'name = "', 'code = "b"\nname = "', ('field "code": found \'b\', expected no such field',)),
        ("a", "area", "aera", ('field "aera"', "no such field", "area", 'field "area": found nothing')),
        ("a", '"https://haitrung.example/"', '"haitrung"', ('field "url": found \'haitrung\', expected an address',)),
        ("a", "https:", "ftp:", ('field "url"', "begins with https://")),
        ("a", '"nukeviet4"', '"nukeviet"', ('field "family": found "nukeviet", expected one of nukeviet4',)),
        ("a", '["2019-01-01", ""]', '["năm 2019", ""]', ('field "valid.0": found \'năm 2019\', expected a day like',)),
        ("a", '["2019-01-01", ""]', '["2019-01-01", "2018-01-01"]', ("an end 2018-01-01 before the start 2019-01-01",)),
        ("a", '["2019-01-01", ""]', '["2019-01-01", "", ""]', ('field "valid"', "expected two days")),
        ("a", '[lists]\nnews = "/tin/"', "", ('fields "lists", "feeds", "sitemaps": found none',)),
        ("a", "[lists]", "delay = -1\n[lists]", ('field "delay": found -1, expected a number of at least 0',)),
        ("a", "[lists]", 'delay = "fast"\n[lists]', ('field "delay": found \'fast\', expected a number',)),
        ("a", "[lists]", 'feeds = "/rss"\n[lists]', ('field "feeds": found \'/rss\', expected a list',)),
        ("a", "[lists]", '[selectors]\ntitel = "h1"\n[lists]', ('field "selectors.titel"', "expected one of")),
        ("a", "[lists]", '[selectors]\ntitle = "h1["\n[lists]', ('field "selectors.title": found \'h1[\', expected',)),
        ("a", "[lists]", '[selectors]\ntitle = ""\n[lists]', ('field "selectors.title": found nothing',)),
    ],
)  # fmt: skip
def test_what_is_wrong_is_named(code: str, old: str, new: str, words: tuple[str, ...]) -> None:
    with pytest.raises(SourceError) as caught:
        parse_source(code, GOOD.replace(old, new))
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_families_by_name() -> None:
    assert all(family(name) is found and found.name == name for name, found in families().items())
    with pytest.raises(SourceError, match='found "typo3", expected one of nukeviet4'):
        family("typo3")
