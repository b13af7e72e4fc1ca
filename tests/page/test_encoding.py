"""Bytes to text, whatever was declared."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.page import decode_body

TEXT = "<p>Quận ủy Hải Trung: thực hiện 8/9 chỉ tiêu, thưởng 5 triệu đồng cho Tổ dân phố.</p>"


def detached(text: str) -> str:
    """Tones as combining marks after their letter, the way windows-1258 spells."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    made = ""
    for char in text:
        apart = unicodedata.normalize("NFD", char)
        letter = unicodedata.normalize("NFC", "".join(mark for mark in apart if mark not in tones))
        made += letter + "".join(mark for mark in apart if mark in tones)
    return made


VIETNAMESE = detached(TEXT).encode("cp1258")
META_1258 = b'<meta http-equiv="Content-Type" content="text/html; charset=windows-1258">'


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        (TEXT.encode(), None, TEXT),
        (TEXT.encode(), "text/html; charset=utf-8", TEXT),
        (TEXT.encode(), "text/html; charset=ISO-8859-1", TEXT),
        (TEXT.encode(), "text/html; charset=windows-1258", TEXT),
        (TEXT.encode(), "text/html; charset=no-such-thing", TEXT),
        (TEXT.encode(), 'text/html; charset="utf-8"; charset=hex', TEXT),
        (TEXT.encode("utf-8-sig"), "text/html; charset=ISO-8859-1", TEXT),
        (TEXT.encode("utf-16"), "text/html; charset=utf-8", TEXT),
        (TEXT.encode("utf-16-be"), None, TEXT),
        (TEXT.encode("utf-16-le"), None, TEXT),
        (TEXT.encode("utf-32"), None, TEXT),
        (VIETNAMESE, "text/html; charset=windows-1258", TEXT),
        (VIETNAMESE, "text/html; charset=utf-8", TEXT),
        (VIETNAMESE, "text/html; charset=windows-1252", TEXT),
        (VIETNAMESE, "text/html", TEXT),
        (META_1258 + VIETNAMESE, None, META_1258.decode() + TEXT),
        (META_1258 + TEXT.encode(), None, META_1258.decode() + TEXT),
        (
            b'<?xml version="1.0" encoding="windows-1252"?>caf\xe9 "na\xefve"',
            None,
            '<?xml version="1.0" encoding="windows-1252"?>café "naïve"',
        ),
        ("Quận\0 ủy\0".encode(), None, "Quận ủy"),
        (b"abc", "text/html; charset=rot13", "abc"),
        (b"\xff\xfe", None, ""),
        (b"\0\0\0\0", None, ""),
    ],
)
def test_decode(body: bytes, content_type: str | None, text: str) -> None:
    assert decode_body(body, content_type) == text


def test_a_page_cut_within_a_letter_or_with_a_spoilt_one_stays_utf8() -> None:
    assert decode_body(TEXT.encode() + "đ".encode()[:1], "text/html; charset=windows-1252") == TEXT + "\ufffd"
    spoilt = TEXT.encode().replace("đồng".encode(), b"\xc4\x91\xe1ng")
    assert "chỉ tiêu" in decode_body(spoilt, "text/html; charset=windows-1258")


@given(st.binary(max_size=400), st.none() | st.text(max_size=40))
def test_any_bytes_decode_and_decode_again_to_the_same(body: bytes, content_type: str | None) -> None:
    text = decode_body(body, content_type)
    assert "\0" not in text
    assert decode_body(text.encode("utf-8-sig"), content_type) == text


@given(st.text(alphabet="aăâeêioôơuưyđ\u0300\u0301\u0303\u0309\u0323 <>bc", max_size=80))
def test_windows_1258_comes_out_composed(text: str) -> None:
    body = b"<p>" + detached(unicodedata.normalize("NFC", text)).encode("cp1258", errors="ignore")
    assert unicodedata.is_normalized("NFC", decode_body(body, "text/html; charset=windows-1258"))
