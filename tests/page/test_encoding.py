"""Bytes to text, whatever was declared."""

import json
import re
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractors.page import decode_body
from extractors.page.fonts import spellings
from tests.page.spelled import FONTS, detached, in_font

TEXT = "<p>Quận ủy Hải Trung: thực hiện 8/9 chỉ tiêu, thưởng 5 triệu đồng cho Tổ dân phố.</p>"


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


#: our own bulletins, as people write
BULLETINS = [
    unicodedata.normalize("NFC", json.loads(line)["text"])
    for line in (Path(__file__).parents[1] / "gold" / "bulletins.jsonl").read_text(encoding="utf-8").splitlines()
]
WESTERN = (
    "Le café où l'on a été fêté à Noël, près de la forêt, après le dîner: ça coûte très cher, même là-bas",
    "Die Straße über die Brücke führt für Fußgänger nach München; große Übung, schöne Grüße, Männer und Frauen, Vögel",
    "El niño comió más piñas aquí; mañana llegará el señor Núñez, según él, también con su compañía de Málaga",
    "São João não são três; ações, irmão, você, português, avó, país, índice, órgão, até amanhã, à noite, às três",
    "Smørrebrød på øen, blåbær og kræmmer, æbler, år, så, gå; Å i åa ä e ö, på ön är det vår, får, på gården",
)


@pytest.mark.parametrize("name", ["tcvn3", "vni"])
@pytest.mark.parametrize("label", [None, "text/html; charset=windows-1252", "text/html; charset=windows-1258"])
@pytest.mark.parametrize("encoding", ["cp1252", "utf-8"])
def test_font_encodings_whatever_is_declared(name: str, label: str | None, encoding: str) -> None:
    for text in BULLETINS:
        page = f"<html><body><p>{in_font(text, name)}</p></body></html>"
        assert decode_body(page.encode(encoding), label)[15:-18].lower() == text.lower()


@pytest.mark.parametrize(
    ("body", "text"),
    [
        (
            b"U\xfb ban nh\xa9n d\xa9n ph\xad\xeang L\xb9ch Sen th\xf9c hi\xd6n \xae\xd2 \xb8n 06",
            "Uỷ ban nhân dân phường Lạch Sen thực hiện đề án 06",
        ),
        (
            "HOÄI ÑOÀNG NHAÂN DAÂN QUAÄN, Tröôûng ban, kyø hoïp thöù möôøi".encode("cp1252"),
            "HỘI ĐỒNG NHÂN DÂN QUẬN, Trưởng ban, kỳ họp thứ mười",
        ),
    ],
)
def test_font_encodings_written_by_hand(body: bytes, text: str) -> None:
    assert decode_body(body, None) == text


@pytest.mark.parametrize("text", WESTERN, ids=lambda text: text[:12])
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252"])
def test_other_languages_stay_what_they_are(text: str, encoding: str) -> None:
    assert decode_body(text.encode(encoding), f"text/html; charset={encoding}") == text


@pytest.mark.parametrize("label", [None, "text/html; charset=windows-1252"])
def test_bulletins_in_proper_encodings_are_no_font_text(label: str | None) -> None:
    for text in BULLETINS:
        assert decode_body(text.encode(), label) == text
        spelled = detached(text).encode("cp1258", errors="ignore")
        assert decode_body(spelled, label) == unicodedata.normalize("NFC", spelled.decode("cp1258"))


_SYLLABLES = sorted({word.lower() for text in BULLETINS for word in re.findall(r"[^\W\d_]+", text)})


@given(st.lists(st.sampled_from(_SYLLABLES), min_size=40, max_size=80, unique=True), st.sampled_from(["tcvn3", "vni"]))
def test_vietnamese_words_come_back_from_a_font(words: list[str], name: str) -> None:
    text = " ".join(words)
    body = in_font(text, name).encode("cp1252")
    enough = len([word for word in words if not word.isascii()]) >= 10
    assert decode_body(body, "text/html; charset=windows-1252") == text or not enough


@given(st.lists(st.sampled_from(_SYLLABLES), max_size=60))
def test_vietnamese_words_in_utf8_are_never_converted(words: list[str]) -> None:
    text = " ".join(words)
    assert decode_body(text.encode(), None) == text


@pytest.mark.parametrize("name", ["tcvn3", "vni"])
def test_every_letter_of_the_alphabet_has_a_spelling_of_its_own(name: str) -> None:
    letters = {
        unicodedata.normalize("NFC", vowel + tone)
        for vowel in "aăâeêioôơuưy"
        for tone in ("", *"\u0300\u0301\u0303\u0309\u0323")
    } - set("aeiouy") | {"đ"}
    assert letters <= set(FONTS[name])
    table = spellings(name)
    assert len(set(table.values())) == len(FONTS[name])
    assert all(spelling.encode("cp1252") for spelling in table)
