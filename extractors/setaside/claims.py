"""Decide for every number whether it is no figure, and why. What is not set aside here goes on to be read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.numerals import Number
from extractors.setaside.triggers import Trigger, slogan_words, trigger_before
from extractors.text.document import Document
from extractors.units import read_unit
from schemas.ledger import Reason

_SP = r"[ \u00a0]"
_ID_AFTER = re.compile(
    rf"(?:{_SP}?/{_SP}?[0-9]{{4}})?{_SP}?[-/–]{_SP}?(?:[A-ZĐ][A-ZĐƯ]*[a-zđ]?[A-ZĐ]+|[A-ZĐ]{{2,}})(?:{_SP}?[-/.–]{_SP}?[A-ZĐƯ0-9][A-ZĐƯa-z0-9]*)*"
)
_LIST_NUMBER = re.compile(
    rf"(?:[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{0,3}}{_SP}*(?:[.)/:]|{_SP}-)(?=\D|$)|\(?[0-9]{{1,2}}\)|[0-9]{{1,2}}(?:\.[0-9]{{1,2}}){{1,3}}\.?{_SP}+(?=[A-ZĐÀ-Ỹ]))"
)
_INLINE_LIST = re.compile(rf"[0-9]{{1,2}}\){_SP}|[0-9]{{1,2}}\.{_SP}*(?=[A-ZĐÀ-Ỹ])")
_FOOTNOTE = re.compile(r"\[[0-9]{1,3}\]")
_PHONE = re.compile(
    r"(?<![\d.,/])(?:\+84|0)(?:[0-9]{9,10}(?!\d)|[0-9]{1,3}(?:[. \u00a0-][0-9]{2,4}){2,4}(?![\d]))|(?<!\d)1[89]00[. ]?[0-9]{3,6}(?!\d)"
)
_AGE_AFTER = re.compile(
    rf"{_SP}*(?:tháng{_SP}*)?tuổi(?!{_SP}*(?:đảng|nghề|đoàn|quân|thọ))|{_SP}*(?:-|–|đến|tới|và){_SP}*(?:dưới{_SP})?[0-9]+{_SP}*(?:tháng{_SP})?tuổi(?!{_SP}*(?:đảng|nghề))"
)
_AGE_BEFORE = re.compile(
    rf"(?:độ tuổi|tuổi đời|tuổi thọ|ở tuổi|bước sang tuổi|tuổi)(?:{_SP}+(?:từ|trung bình|bình quân|khoảng|dưới|trên|là|đến|thứ|của))*{_SP}*(?:[0-9]+{_SP}*(?:-|–|đến){_SP}*)?$"
)
_BORN = re.compile(r"(?:sinh năm|sn|s\.n)[: ]*$")
_SCALE_BEFORE = re.compile(r"(?:tỷ lệ|tỉ lệ|bản đồ|quy hoạch(?: chi tiết)?|qhct)[^.;,]{0,25}$")
_RATIO_COLON = re.compile(r"1:[0-9]+")
_LETTER_BEFORE = re.compile(r"[^\W\d_][-–]?$")
_UPPER_CODE = re.compile(r"(?:[A-ZĐ]+|[A-ZĐ][a-z]+[A-Z]\w*)[-–.]?$")
_CODE_AFTER = re.compile(
    r"(?:[A-ZĐ](?![a-zà-ỹđ])[A-Z0-9Đ]*(?:[-.][0-9A-Z][0-9A-Z.]*)*|[-–][0-9]{3}\.?[0-9]{2}|[a-zđ](?![\w²³])(?=[ ,.;)]))"
)
_QUOTE = re.compile(r"[“\"‘«][^“”\"’»\n]{1,90}[”\"’»]")
_VAGUE_BEFORE = re.compile(
    r"(?:hàng|vài|mấy|nhiều|những|các|từng|chục|bao|biết bao|cả|muôn|ngàn|một vài|hàng chục|hàng trăm|hàng nghìn)[ \u00a0]$"
)
_RANK_BEFORE = re.compile(
    r"(?:xếp|đứng|đạt|giữ|ở|về|lên|xuống)(?: ở| hạng| vị trí| vị trí số)?(?: thứ| hạng)(?: hạng)?[ \u00a0]+$|(?:xếp hạng|thứ hạng|đứng vị trí|xếp vị trí|vị trí thứ|xếp loại thứ|xếp thứ hạng)(?: thứ)?[ \u00a0]+$|(?:xếp|đứng) (?:hạng|vị trí|ở vị trí)(?: thứ)?[ \u00a0]+$"
)
_URL = re.compile(r"(?:https?://|www\.)[^\s]+|[\w.-]+@[\w.-]+|\w+(?:\.\w+)*\.(?:vn|com|gov|net|org)(?:/[^\s]*)?")
_ROMAN_TRIGGER = re.compile(
    r"(?<!\w)(?:quý|quí|khóa|khoá|loại|lần thứ|thứ|hạng|đại hội|hội nghị|khu vực|bậc|mức|cấp|chương|phần|mục|kỳ|nhóm|tuyến|đợt|thế kỷ|nhiệm kỳ|vùng|đô thị loại|thiên niên kỷ)[ \u00a0]+([ivxlc]+)(?![\wà-ỹ])"
)
_ROMAN_HEAD = re.compile(r"(?m)^[ \t]*([IVX]+)[ \u00a0]*[.\-/)][ \u00a0]")
_LETTER = re.compile(r"[^\W\d_]")
_DECIMAL_VERSION = re.compile(
    r"(?:công nghiệp|cmcn|cách mạng|web|xã hội|chính phủ|thế hệ|logistics|nông nghiệp|giáo dục|lần thứ tư|industry|y tế|bản)(?: lần)?[ \u00a0]*$"
)
_NOT_A_FIVE = re.compile(
    r"(?:trong|cả|mỗi|hàng|hằng|cuối|đầu|nhiều|các|những|từng|một|theo|của|suốt|qua|từ|đến|sang|vào|bước|gần|hơn|trên|dưới|giữa|sau|trước|quanh|tròn|số|kế hoạch|chỉ tiêu|dự toán|công tác|tổng kết|kết thúc|học|lịch|\d)[ \u00a0]+$"
)


_PLACES = frozenset({"xã", "phường", "quận", "huyện", "thị trấn", "thị xã", "tỉnh", "thành phố", "thôn", "ấp"})
#: what goes on a list of names: "các quận 1, 3, 5 và 6"
_LIST_OF_NAMES = re.compile(rf"{_SP}*(?:,|và|;)(?:{_SP}*và)?{_SP}*")
#: "nhóm 20 tỉnh dẫn đầu": a place in an order, no count
_LEADING_GROUP = re.compile(
    rf"(?:trong|vào|thuộc|top|nằm|đứng|lọt){_SP}+(?:vào{_SP}+|trong{_SP}+)?(?:nhóm|tốp|top|danh sách){_SP}+$"
)


@dataclass(frozen=True, slots=True)
class Claim:
    """Why what stands at ``start``..``end`` is no figure."""

    start: int
    end: int
    reason: Reason


def is_rank(document: Document, number: Number) -> bool:
    """Whether the words before a number make it a place in an order ("xếp thứ 12/63")."""
    return bool(_RANK_BEFORE.search(document.lower, max(0, number.start - 32), number.start)) or bool(
        _RANK_BEFORE.search(document.lower[max(0, number.start - 32) : number.start])
    )


def set_aside(document: Document, numbers: list[Number]) -> list[Claim]:
    """Claims on numbers that are no figures (time expressions apart), in text order."""
    lower = document.lower
    areas = _areas(document)
    claims: list[Claim] = []
    for number in numbers:
        while areas and areas[0].end <= number.start:
            areas.pop(0)
        inside = areas and areas[0].start <= number.start and number.end <= areas[0].end
        if inside:
            claims.append(Claim(number.start, number.end, areas[0].reason))
            continue
        if claims and _goes_on(lower, claims[-1], number):
            claims.append(Claim(number.start, number.end, claims[-1].reason))
            continue
        claim = _digits(document, number) if number.form in ("digits", "ratio", "range") else _words(lower, number)
        if claim:
            claims.append(claim)
    return claims


def _goes_on(lower: str, last: Claim, number: Number) -> bool:
    """Whether a number goes on the list that a name has begun, with nothing counted behind it."""
    if (
        last.reason not in ("name", "document", "ordinal")
        or not 0 < number.start - last.end <= 6
        or number.form == "words"
    ):
        return False
    if not _LIST_OF_NAMES.fullmatch(lower[last.end : number.start]) or number.magnitude or (number.value or 0) > 999:
        return False
    unit = read_unit(lower, number.end, guess=False)
    return unit is None


def roman_numerals(document: Document) -> list[Claim]:
    """Roman numerals behind a trigger word or at the head of a line; quý ones are times and not told here."""
    found = [Claim(*m.span(1), "ordinal") for m in _ROMAN_TRIGGER.finditer(document.lower) if m.group()[0:2] != "qu"]
    found += [Claim(*m.span(1), "list_number") for m in _ROMAN_HEAD.finditer(document.text)]
    return sorted(found, key=lambda c: c.start)


def _areas(document: Document) -> list[Claim]:
    """Stretches in which no number is a figure: links, phone numbers, footnotes, quoted names."""
    areas = [Claim(*m.span(), "code") for m in _URL.finditer(document.text)]
    areas += [Claim(*m.span(), "phone") for m in _PHONE.finditer(document.text)]
    areas += [Claim(*m.span(), "list_number") for m in _FOOTNOTE.finditer(document.text)]
    for match in _QUOTE.finditer(document.text):
        if re.search(r"\d|không|ba |bốn|năm|hai", match.group().lower()) and _is_name(
            document, match.start(), match.end()
        ):
            areas.append(Claim(*match.span(), "slogan"))
    areas.sort(key=lambda a: a.start)
    return areas


def _is_name(document: Document, start: int, end: int) -> bool:
    """A quoted string is a name when a naming noun introduces it, or when it is short and no sentence."""
    inner = document.text[start + 1 : end - 1]
    left = document.lower[max(0, start - 40) : start].rstrip(" :")
    named = any(left.endswith(noun) for noun in slogan_words()[1])
    if named:
        return not re.search(r"[.!?…]\s", inner)
    return len(inner) <= 40 and not re.search(r"[.!?;:]", inner)


def _digits(document: Document, number: Number) -> Claim | None:
    text, lower = document.text, document.lower
    start, end = number.start, number.end
    left_char = text[start - 1] if start else "\n"
    line_start = (
        text.rfind("\n", max(0, start - 40), start) + 1
        if "\n" in text[max(0, start - 40) : start]
        else (0 if start < 40 else -1)
    )
    head = line_start >= 0 and not text[line_start:start].strip(" \t-–+*•\u00a0(")
    if head and (match := _LIST_NUMBER.match(text, start if text[start - 1 : start] != "(" else start - 1)):
        if not re.match(rf"[0-9]+(?:\.[0-9]+)?{_SP}*[.)]{_SP}*[0-9]", text[start : start + 12]):
            return Claim(start, end, "list_number")
    if (
        re.search(r"[.;:,(]\s*\(?$", text[max(0, start - 3) : start])
        and _INLINE_LIST.match(text, start)
        and len(number.token) < 3
    ):
        return Claim(start, end, "list_number")
    if (
        left_char == "("
        and text[end : end + 1] == ")"
        and len(number.token) <= 2
        and number.form == "digits"
        and re.match(r"\)\s+[^\W\d]", text[end : end + 4])
    ):
        return Claim(start, end, "list_number")
    if _AGE_AFTER.match(lower, end) or _AGE_BEFORE.search(lower[max(0, start - 40) : start]):
        return Claim(start, end, "age")
    if _BORN.search(lower[max(0, start - 12) : start]):
        return Claim(start, end, "date")
    if _ID_AFTER.match(text, number.first_end if number.form == "range" else end) and not number.magnitude:
        return Claim(start, end, "document")
    if _RATIO_COLON.match(text, start) or (
        number.form == "ratio"
        and number.value == 1
        and _SCALE_BEFORE.search(lower[max(0, start - 50) : start])
        and (number.denominator or 0) >= 100
    ):
        return Claim(start, end, "scale")
    glued = _glued(text, number)
    if glued:
        return glued
    if is_rank(document, number):
        return None
    if _LEADING_GROUP.search(lower[max(0, start - 32) : start]):
        return Claim(start, end, "name")
    trigger = trigger_before(lower, start)
    if trigger and not (number.magnitude and not trigger.firm):
        claim = _triggered(document, number, trigger)
        if claim:
            return claim
    if _DECIMAL_VERSION.search(lower[max(0, start - 24) : start]) and re.fullmatch(r"[0-9]\.[0-9]", number.token):
        return Claim(start, end, "name")
    return _alone(document, number) or _motto(lower, number)


def _alone(document: Document, number: Number) -> Claim | None:
    """Small numbers that nothing is counted by: "Đoàn Kết 3", "1 trong 88 tuyến", "chính quyền 2 cấp", "GMT +7"."""
    text, lower, start, end = document.text, document.lower, number.start, number.end
    if re.search(r"gmt ?[+-]? ?$", lower[max(0, start - 6) : start]):
        return Claim(start, end, "time")
    if number.form == "ratio" and re.search(
        r"(?:thương binh|bệnh binh|hạng)[ \u00a0]+$", lower[max(0, start - 12) : start]
    ):
        return Claim(start, end, "name")
    if number.form != "digits" or number.magnitude or (number.value or 99) > 20 or "," in number.token:
        return None
    if number.value == 1 and re.match(
        rf"{_SP}+(?:trong{_SP}+(?:số|những|các|\d)|lần(?:{_SP}+nữa)?(?!\w))", lower[end : end + 14]
    ):
        return Claim(start, end, "vague")
    if re.match(
        rf"{_SP}+cấp(?!{_SP}+(?:quận|phường|xã|huyện|tỉnh|thành|cơ sở|trung ương|thôn|ủy))", lower[end : end + 18]
    ):
        return Claim(start, end, "name")
    before = re.search(rf"(?:^|[\s(\"“])([^\W\d_]+){_SP}+$", text[max(0, start - 24) : start])
    if (
        before
        and before[1][0].isupper()
        and before[1][1:].islower()
        and start - len(before.group()) > document.sentence_at(start)[0]
    ):
        unit = read_unit(lower, end, guess=False)
        if unit is None or (unit.kind == "count" and _is_place_name(document, unit.start, unit.end)):
            return Claim(start, end, "name")
    return None


def _glued(text: str, number: Number) -> Claim | None:
    """Letters that touch the digits: COVID-19, 15A-123.45, QL5, H5N1; but "đạt100%" and "12cuộc" only lack a space."""
    left = text[max(0, number.start - 12) : number.start]
    if _LETTER_BEFORE.search(left):
        word = re.search(r"[^\W\d_]+[-–]?$", left)
        assert word is not None
        if _UPPER_CODE.search(word.group()) or word.group()[-1] in "-–":
            return Claim(number.start, number.end, "name")
    if _CODE_AFTER.match(text, number.end) and not number.magnitude:
        unit = (
            read_unit(text.lower(), number.end, guess=False)
            if number.end - number.start < 12 and len(text) < 1
            else None
        )
        after = text[number.end : number.end + 1]
        if (
            unit is None
            and (after.isupper() or after in "-–")
            and not re.match(r"(?:VNĐ|VND|USD|W|KW|MW|C|M|Km|KM|Ha|HA|Kg|KG|MB|GB|V|KV)\b", text[number.end :][:6])
        ):
            return Claim(number.start, number.end, "code")
    return None


def _triggered(document: Document, number: Number, trigger: Trigger) -> Claim | None:
    """A trigger before the number; a counted noun behind it makes it a figure unless the trigger is firm."""
    lower = document.lower
    claim = Claim(number.start, number.end, trigger.reason)
    if trigger.reason == "address" and trigger.words == "số":
        if read_unit(lower, number.end, magnitude=number.magnitude, guess=False) is not None or number.magnitude:
            return None
        if (
            (number.value or 0) < 100
            and number.form == "digits"
            and not re.search(
                r"(?:tổng|con|chỉ|trên|là)[ \u00a0]+số[ \u00a0]+$", lower[max(0, number.start - 12) : number.start]
            )
        ):
            return Claim(number.start, number.end, "name")  # "bãi chôn lấp số 3"
        return (
            claim
            if re.match(
                rf"{_SP}*,?{_SP}*(?:đường|phố|ngõ|ngách|tổ|ấp|khu|[A-ZĐ])", document.text[number.end : number.end + 12]
            )
            else None
        )
    unit = read_unit(lower, number.end, magnitude=number.magnitude, guess=False)
    if trigger.firm:
        big = number.value is not None and (number.value >= 1000 or "." in number.token)
        return claim if not (unit and (unit.kind in ("money", "percent") or big)) else None
    if unit is not None and not _is_place_name(document, unit.start, unit.end):
        return None
    if number.form == "ratio" and trigger.reason not in ("document", "address", "phone", "furniture", "code"):
        return None
    if number.value is not None and number.value > 999 and trigger.reason in ("name", "ordinal"):
        return None
    return claim


def _is_place_name(document: Document, start: int, end: int) -> bool:
    """ "thôn 3 xã Nam Bình": the noun behind the number begins the name of the next place."""
    return (
        document.lower[start:end] in _PLACES
        and bool(re.match(rf"{_SP}+[^\W\d_]", document.text[end : end + 3]))
        and document.text[end : end + 3].strip()[:1].isupper()
    )


def _motto(lower: str, number: Number) -> Claim | None:
    """ "5 không, 3 sạch", "3 nhất", "bốn tại chỗ": a small number and a word that counts nothing."""
    if number.magnitude or number.form != "digits" and number.form != "words" or (number.value or 99) > 12:
        return None
    match = re.match(rf"{_SP}+([a-zà-ỹđ]+(?: [a-zà-ỹđ]+)?)", lower[number.end : number.end + 24])
    if not match:
        return None
    first, two = match[1].split()[0], match[1]
    after = slogan_words()[0]
    if two in after or first in after:
        if read_unit(lower, number.end, guess=False) is not None:
            return None
        if first in ("không", "có", "tăng", "giảm", "nhà", "bên", "thông", "an", "tự", "trọng tâm", "xây"):
            # words that may also begin what is said next: a motto only where another one stands beside it
            near = lower[max(0, number.start - 24) : number.end + 30]
            if not re.search(
                r"(?:\d|ba|bốn|năm|hai|sáu) (?:không|sạch|có|tốt|nhất|rõ|biết|an|tự|xây|chống)\b.*(?:\d|ba|bốn|năm|hai|sáu) (?:không|sạch|có|tốt|nhất|rõ|biết|an|tự|xây|chống)\b|(?:phong trào|phương châm|mô hình|thực hiện)",
                near,
            ):
                return None
        return Claim(number.start, number.end, "slogan")
    return None


def _words(lower: str, number: Number) -> Claim | None:
    """Number words that do not count: một alone, tư pháp, năm qua, thứ ba, hàng trăm."""
    start, end = number.start, number.end
    words = number.token.split()
    left = lower[max(0, start - 32) : start]
    if _AGE_AFTER.match(lower, end):
        return Claim(start, end, "age")
    if number.form == "fraction":
        return None
    if _VAGUE_BEFORE.search(left) and (len(words) == 1 or number.magnitude):
        return Claim(start, end, "vague")
    if number.value == 1 or number.value == 0:
        return Claim(start, end, "vague")
    if is_rank_words(left):
        return None
    trigger = trigger_before(lower, start)
    if (
        trigger
        and trigger.reason in ("ordinal", "document", "name")
        and number.form == "words"
        and (
            trigger.firm
            or (
                len(words) == 1
                and trigger.words
                in (
                    "lần",
                    "kỳ họp",
                    "trung ương",
                    "hội nghị trung ương",
                    "lớp",
                    "nhóm",
                    "loại",
                    "bậc",
                    "cấp",
                    "hạng",
                    "đợt",
                    "nghị quyết trung ương",
                )
            )
        )
    ):
        return Claim(start, end, trigger.reason)
    if len(words) > 1 and number.form == "words":
        return None
    if words[0] == "năm" and lower[start - 1 : start] == "/":
        return Claim(start, end, "idiom")
    if words[0] == "năm" and number.form == "words" and _NOT_A_FIVE.search(left):
        return Claim(start, end, "idiom")
    unit = read_unit(lower, end, guess=False)
    if unit is None or unit.kind == "money" or (unit.kind == "count" and unit.text in _NEVER_COUNTED_BY_WORD):
        motto = _motto(lower, number)
        return motto or Claim(start, end, "idiom")
    if words[0] in ("ba", "tư", "tám", "chín", "sáu", "bảy") and lower[max(0, start - 1) : start] not in (
        "",
        " ",
        "\n",
        "(",
        "“",
        '"',
    ):
        return Claim(start, end, "idiom")
    return None


def is_rank_words(left: str) -> bool:
    """Whether the words before are those of a place in an order."""
    return bool(_RANK_BEFORE.search(left))


#: nouns that make idioms with a number word rather than counts: hai bên, ba mặt, bốn phía, hai chiều
_NEVER_COUNTED_BY_WORD = frozenset(
    {
        "bên",
        "phía",
        "hướng",
        "nam",
        "nữ",
        "con",
        "nước",
        "bà",
        "ông",
        "bản",
        "nhất",
        "bộ",
        "khối",
        "đường",
        "em",
        "lần",
        "tấm",
        "miền",
        "tên",
        "hạt",
        "bình",
        "phòng",
        "bánh",
        "hội",
        "đoàn",
        "đài",
        "đội",
        "mục",
        "công",
        "nhà",
        "câu",
        "cầu",
    }
)
