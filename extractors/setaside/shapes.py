"""Digits whose shape or neighbours say what they are: list numbers, ages, documents, scales, codes."""

from __future__ import annotations

import re

from extractors.setaside.model import Place
from schemas.ledger import Reason

_SP = r"[ \u00a0]"
_LIST_NUMBER = re.compile(
    rf"(?:[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{0,3}}{_SP}*(?:[.)/:]|{_SP}-|-{_SP})(?=\D|$)|\(?[0-9]{{1,2}}\))"
)
#: "2.1 Thu ngân sách": without a dot behind only before a capital
_BARE_LIST_NUMBER = re.compile(rf"[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}{_SP}+([^\W\d_])")
_INLINE = re.compile(rf"[0-9]{{1,2}}\){_SP}|[0-9]{{1,2}}-{_SP}(?=[^\W\d_])|[0-9]{{1,2}}\.{_SP}*(?=[^\W\d_])")
_AGE_BEHIND = re.compile(
    rf"{_SP}*(?:tháng{_SP}*)?tuổi(?!{_SP}*(?:đảng|nghề|đoàn|quân|thọ))"
    rf"|{_SP}*(?:-|–|đến|tới|và){_SP}*(?:dưới{_SP})?[0-9]+{_SP}*(?:tháng{_SP})?tuổi(?!{_SP}*(?:đảng|nghề))"
)
_AGE_BEFORE = re.compile(
    rf"(?:độ tuổi|tuổi đời|tuổi thọ|ở tuổi|bước sang tuổi|tuổi)"
    rf"(?:{_SP}+(?:từ|trung bình|bình quân|khoảng|dưới|trên|là|đến|thứ|của))*{_SP}*(?:[0-9]+{_SP}*(?:-|–|đến){_SP}*)?$"
)
_STREET = re.compile(rf"{_SP}*,?{_SP}*(?:đường|phố|ngõ|ngách|hẻm|kiệt){_SP}+(?:số{_SP}+)?(\w)")
_BORN = re.compile(r"(?:sinh năm|sn|s\.n)[: ]*$")
#: 15/KH-UBND, 18-NQ/TW, 13/2023/NĐ-CP
_SYMBOL = re.compile(
    rf"(?:{_SP}?/{_SP}?[0-9]{{4}})?{_SP}?[-/–]{_SP}?(?:[A-ZĐ][A-ZĐƯ]*[a-zđ]?[A-ZĐ]+|[A-ZĐ]{{2,}})"
    rf"(?:{_SP}?[-/.–]{_SP}?[A-ZĐƯ0-9][A-ZĐƯa-z0-9]*)*"
)
_SCALE_BEFORE = re.compile(r"(?:tỷ lệ|tỉ lệ|bản đồ|quy hoạch(?: chi tiết)?|qhct)[^.;,]{0,25}$")
_COLON_SCALE = re.compile(r"1:[0-9]+")
_UPPER_CODE = re.compile(r"(?:[A-ZĐ]+|[A-ZĐ][a-z]+[A-Z]\w*|[^\W\d_]+)[-–]$|(?:[A-ZĐ]+|[A-ZĐ][a-z]+[A-Z]\w*)$")
#: "ĐH.13", "QL. 5": roads
_ROAD_CODE = re.compile(r"(?<!\w)(?:ĐH|ĐT|QL|TL|HL|ĐX|CT)\.[ \u00a0]?$")
_INDEX_BEFORE = re.compile(r"(?<!\w)(?:index|sipas|papi|pci|ddci)[ \u00a0]+$")
_CODE_BEHIND = re.compile(r"[A-ZĐ](?![a-zà-ỹđ])[A-Z0-9Đ]*|[-–][0-9]{3}\.?[0-9]{2}")
#: upper-case letters behind digits that are units all the same
_UPPER_UNIT = re.compile(r"(?:VNĐ|VND|USD|W|KW|MW|C|M|Km|KM|Ha|HA|Kg|KG|MB|GB|V|KV)\b")


def list_number(place: Place) -> Reason | None:
    """ "1. Thu ngân sách", "2.1 ", "a; 2) ...", "(3) ..."."""
    text, start, end = place.document.text, place.number.start, place.number.end
    before = place.raw_left(40)
    line = before.rpartition("\n")[2] if "\n" in before or start < 40 else None
    if line is not None and not line.strip(" \t-–+*•\u00a0("):
        at = start - 1 if before.endswith("(") else start
        bare = _BARE_LIST_NUMBER.match(text, start)
        if _LIST_NUMBER.match(text, at) or (bare and bare[1].isupper()):
            return "list_number"
    short = len(place.number.token) < 3
    if short and re.search(r"[.;:,(]\s*\(?$", before[-3:]) and _INLINE.match(text, start):
        after = text[start : end + 3].lstrip("0123456789.) \u00a0")
        if text[end : end + 1] == ")" or after[:1].isupper():
            return "list_number"
    in_brackets = before.endswith("(") and place.number.form == "digits" and short
    return "list_number" if in_brackets and re.match(r"\)\s+[^\W\d]", text[end : end + 4]) else None


def age(place: Place) -> Reason | None:
    """ "28 tuổi", "từ 16 đến 18 tuổi", "độ tuổi 18 - 27"; not "30 năm tuổi Đảng"."""
    return "age" if _AGE_BEHIND.match(place.right(32)) or _AGE_BEFORE.search(place.left(40)) else None


def born(place: Place) -> Reason | None:
    """ "sinh năm 1990", "SN 1990"."""
    return "date" if _BORN.search(place.left(12)) else None


def before_tet(place: Place) -> Reason | None:
    """ "(30 Tết)", "tối 29 Tết": a day of the last lunar month."""
    number = place.number
    is_day = number.form == "digits" and len(number.token) == 2 and 20 <= (number.value or 0) <= 30
    return "date" if is_day and re.match(rf"{_SP}+tết(?!\w)", place.right(6)) else None


def address(place: Place) -> Reason | None:
    """ "45 ngõ 7 phố Chợ Con", "12/5 đường Lạch Tray"; not "12 tuyến đường"."""
    match = _STREET.match(place.raw_right(20))
    named = match is not None and (match[1].isupper() or match[1].isdigit())
    return "address" if named and not place.number.magnitude else None


def edition(place: Place) -> Reason | None:
    """ "PAR Index 2024 bao gồm": the year that an index is named by, where it says nothing of time."""
    year = re.fullmatch(r"(?:19|20)[0-9]{2}", place.number.token)
    return "period" if year and _INDEX_BEFORE.search(place.left(12)) else None


def stars(place: Place) -> Reason | None:
    """ "sản phẩm OCOP 4 sao": a grade."""
    return "name" if re.match(rf"{_SP}+sao(?!\w)", place.right(6)) else None


def document_symbol(place: Place) -> Reason | None:
    """A number that a document's symbol follows."""
    number = place.number
    end = number.first_end if number.form == "range" else number.end
    return "document" if not number.magnitude and _SYMBOL.match(place.document.text, end) else None


def scale(place: Place) -> Reason | None:
    """ "tỷ lệ 1/500", "1:2000"."""
    number = place.number
    if _COLON_SCALE.match(place.document.text, number.start):
        return "scale"
    large = number.form == "ratio" and number.value == 1 and (number.denominator or 0) >= 100
    return "scale" if large and _SCALE_BEFORE.search(place.left(50)) else None


def glued(place: Place) -> Reason | None:
    """Letters that touch the digits: COVID-19, 15A-123.45, QL5, H5N1; but "đạt100%", "12cuộc" only lack a space."""
    word = re.search(r"[^\W\d_]+[-–]?$", place.raw_left(12))
    if word and _UPPER_CODE.search(word.group()):
        return "name"
    if _ROAD_CODE.search(place.raw_left(6)):
        return "name"
    if re.search(r"[0-9][x×+]$", place.left(2)):
        return "code"  # 220x105x60mm, Km9+500
    behind = place.raw_right(12)
    if not place.number.magnitude and _CODE_BEHIND.match(behind) and not _UPPER_UNIT.match(behind):
        return "code"
    return None
