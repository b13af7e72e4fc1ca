"""Bodies that are no pages, or damaged ones: an error that helps, or what can be read; never a crash."""

import pickle
import random
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.page import PageError, read_page

ARTICLE = (
    '<html><head><meta charset="utf-8"></head><body><div class="news_column"><h1 class="title">Phường họp dân</h1>'
    '<span class="h5">16/09/2023 07:12</span><div id="news-bodyhtml">%s</div></div></body></html>'
)
NOISE = random.Random(1).randbytes(4000)


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "the body is empty (0 bytes)"),
        (b" \r\n\0", "the body is empty (4 bytes)"),
        (b"\0" * 5000, "the body is empty (5000 bytes)"),
        (b"%PDF-1.7 ...", "a PDF document"),
        (b"PK\x03\x04....", "a ZIP archive"),
        (b"\x89PNG\r\n", "a PNG image"),
        (b"\xff\xd8\xff\xe0", "a JPEG image"),
        (b"\x1f\x8b\x08....", "gzip data that nobody unpacked"),
        (NOISE, "characters are no text"),
        (b"<div>" * 100_000, "nested more than 2000 deep"),
        (b"<p><font>x" * 100_000, "nested more than 2000 deep"),
        ((ARTICLE % ("<div>" * 100_000 + "x")).encode(), "nested more than 2000 deep"),
        (ARTICLE.encode() % b"<p>&nbsp;</p><script>1</script>", "matched an element without text"),
        ((ARTICLE % "x").replace("16/09/2023", "32/09/2023").encode(), 'found "32/09/2023 07:12", expected a date'),
        ((ARTICLE % "x").replace("Phường họp dân", " ").encode(), "title selector"),
        (b"<html><body></body></html>", "no article text was found"),
        (b"<html>", "no article text was found"),
        (b"<!-- <p> -->", "holds no markup"),
    ],
    ids=lambda value: value[:20] if isinstance(value, str) else "body",
)
def test_refused(body: bytes, message: str) -> None:
    with pytest.raises(PageError) as caught:
        read_page(body, url="https://haitrung.example/1.html", captured_on=date(2023, 9, 16))
    assert message in str(caught.value)
    assert "page: https://haitrung.example/1.html, capture 2023-09-16" in str(caught.value)
    assert caught.value.hint


def test_the_message_says_selector_place_and_next_step() -> None:
    body = ARTICLE % '<p>Một.</p><h1 class="title">Hai</h1>'
    with pytest.raises(PageError) as caught:
        read_page(body.encode(), url="https://haitrung.example/1.html")
    assert str(caught.value.at("segment 20230916-01.warc.gz at 18223")).splitlines() == [
        'nukeviet4/v1: title selector "h1.title" matched 2 elements, expected 1',
        "  page: https://haitrung.example/1.html, segment 20230916-01.warc.gz at 18223",
        "  the layout may have changed: bantin try https://haitrung.example/1.html --save page.html",
    ]


def test_an_error_survives_the_way_from_a_worker() -> None:
    error = PageError("what", site="site", place="place", hint="hint")
    assert str(pickle.loads(pickle.dumps(error))) == str(error)


@pytest.mark.parametrize(
    ("body", "texts"),
    [
        ((ARTICLE % "<p>Mộ\0t.</p>").encode(), ["Một."]),
        ((ARTICLE % ("<div>" * 1_900 + "Một.")).encode(), ["Một."]),
        ((ARTICLE % ("<p><b>Một." * 900)).encode(), ["Một."] * 900),
        ((ARTICLE % "<p>Một.</p><p>Hai")[:-26].encode(), ["Một.", "Hai"]),
        ((ARTICLE % "<p>Một.").encode("utf-16"), ["Một."]),
        (('<?xml version="1.0" encoding="utf-8"?>' + ARTICLE % "<p>Một.").encode(), ["Một."]),
        (ARTICLE.encode() % b"<p>M\xe1\xbb\x99t \xffhai.", ["Một \ufffdhai."]),
    ],
    ids=["null byte", "deep", "unclosed", "cut off", "utf-16", "xml declaration", "spoilt byte"],
)
def test_read_all_the_same(body: bytes, texts: list[str]) -> None:
    bulletin = read_page(body, content_type="text/html; charset=windows-1252")
    assert (bulletin.title, bulletin.published) == ("Phường họp dân", "2023-09-16T07:12:00")
    assert [block.text for block in bulletin.blocks] == texts


def test_a_page_that_stops_in_the_middle_warns() -> None:
    whole = (ARTICLE % "<p>Một.</p>").encode()
    assert read_page(whole).warnings == ()
    assert read_page(whole[:-20]).warnings == ("the page ends before </body>: it may be incomplete",)


@settings(deadline=None, max_examples=60)
@given(st.binary(max_size=300), st.integers(0, 300))
def test_a_damaged_page_is_read_or_refused(noise: bytes, at: int) -> None:
    body = (ARTICLE % "<p>Một.</p>").encode()
    try:
        assert read_page(body[:at] + noise + body[at:]).reader in ("nukeviet4/v1", "generic", "plain")
    except PageError as error:
        assert error.what


@pytest.mark.timeout(60)
@pytest.mark.parametrize("piece", ["a", "é", " ", "1", "<p>", "&", "a ", "aé"])
def test_a_page_of_one_thing_over_and_over_is_read_in_time(piece: str) -> None:
    """In windows-1252, so that font encodings are looked for, too; quadratic work would take hours."""
    body = (ARTICLE.replace("Phường họp dân", "Fin") % f"<p>Un été {piece * 500_000} là</p>").encode("cp1252")
    assert read_page(body, content_type="text/html; charset=windows-1252").text.startswith("Un été")
