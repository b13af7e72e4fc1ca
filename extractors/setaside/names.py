"""Digits that belong to a name, an ordinal, an address ...: the trigger words before them, and what stands alone."""

from __future__ import annotations

import re

from extractors.numerals import Number
from extractors.setaside.model import Claim, Place
from extractors.setaside.triggers import Trigger, trigger_before
from extractors.units import read_unit
from schemas.ledger import Reason

_SP = r"[ \u00a0]"
#: "nhóm 20 tỉnh dẫn đầu": a place in an order, no count
_LEADING_GROUP = re.compile(
    rf"(?:trong|vào|thuộc|top|nằm|đứng|lọt){_SP}+(?:vào{_SP}+|trong{_SP}+)?(?:nhóm|tốp|top|danh sách){_SP}+$"
)
_VERSION_BEFORE = re.compile(
    r"(?:công nghiệp|cmcn|cách mạng|web|xã hội|chính phủ|thế hệ|logistics|nông nghiệp|giáo dục|lần thứ tư"
    r"|industry|y tế|bản)(?: lần)?[ \u00a0]*$"
)
#: what goes on a list of names: "các quận 1, 3, 5 và 6"
_LIST_LINK = re.compile(rf"{_SP}*(?:,|và|;)(?:{_SP}*và)?{_SP}*")
_STREET_BEHIND = re.compile(rf"{_SP}*,?{_SP}*(?:đường|phố|ngõ|ngách|tổ|ấp|khu|[A-ZĐ])")
_COUNTING_SO = re.compile(r"(?:tổng|con|chỉ|trên|là)[ \u00a0]+số[ \u00a0]+$")
#: places that are named by a day
_NAMED_BY_DAYS = frozenset({"công viên", "đường", "phố", "trường", "trường mầm non", "cầu số", "nhà máy", "công ty"})
_PARTS_OF_A_LAW = frozenset({"điều", "khoản", "mục", "chương", "luật", "nghị định", "thông tư"})
_ONE_OF = re.compile(rf"{_SP}+(?:trong{_SP}+(?:số|những|các|\d)|lần(?:{_SP}+nữa)?(?!\w))")
#: "ít nhất 1 lần mỗi năm" counts
_AT_LEAST = re.compile(rf"(?:ít nhất|tối thiểu|không quá|tối đa|mới|chỉ){_SP}+$")
#: "lít nước/01 người": the one of a rate
_PER_ONE = re.compile(r"[^\W\d_]\)? ?/ ?$")
#: "18 xã/1 thị trấn", "5 vụ/1 đối tượng": two counts side by side, no rate
_AREA = r"(?:xã|phường|thị trấn|quận|huyện|thị xã|thành phố|tỉnh)"
_BESIDE_BEFORE = re.compile(rf"(?<!\w)\d+{_SP}+(?:({_AREA})|(?:vụ|vụ án|vụ việc|trường hợp)) ?/ ?$")
_BESIDE_BEHIND = re.compile(rf"{_SP}+(?:({_AREA})|(?:đối tượng|bị can|bị cáo|người))(?!\w)")
_LEVELS = re.compile(rf"{_SP}+cấp(?!{_SP}+(?:quận|phường|xã|huyện|tỉnh|thành|cơ sở|trung ương|thôn|ủy))")
_CAPITAL_BEFORE = re.compile(rf"(?:^|[\s(\"“])([^\W\d_]+){_SP}+$")


def leading_group(place: Place) -> Reason | None:
    """ "trong nhóm 10 tỉnh", "top 10"."""
    return "name" if _LEADING_GROUP.search(place.left(32)) else None


def triggered(place: Place) -> Reason | None:
    """A trigger word before the number; a counted noun behind it makes it a figure unless the trigger is firm."""
    number = place.number
    trigger = trigger_before(place.document.lower, number.start)
    if trigger is None or (number.magnitude and not trigger.firm):
        return None
    if trigger.words == "số" and trigger.reason == "address":
        return _numbered(place)
    unit = place.unit()
    if trigger.firm:
        large = number.value is not None and (number.value >= 1000 or "." in number.token)
        return None if unit and (unit.kind in ("money", "percent") or large) else trigger.reason
    if unit is not None and not place.names_a_place(unit):
        return None
    return None if _unlikely(number, trigger) else trigger.reason


def _unlikely(number: Number, trigger: Trigger) -> bool:
    """Names and ordinals are small whole numbers."""
    if number.form == "ratio":
        if trigger.words in _NAMED_BY_DAYS and (number.value or 0) <= 31 and (number.denominator or 0) <= 12:
            return False  # "Công viên 23/9"
        return trigger.reason not in ("document", "address", "phone", "furniture", "code")
    if "," in number.token:
        return trigger.reason in ("name", "ordinal", "document")
    return number.value is not None and number.value > 999 and trigger.reason in ("name", "ordinal")


def _numbered(place: Place) -> Reason | None:
    """ "bãi chôn lấp số 3", "số 12/5 đường Lạch Tray"; not "tổng số 320 hộ"."""
    number = place.number
    if re.match(rf"{_SP}*,?{_SP}*(?:đường|phố|ngõ|ngách){_SP}+[^\W\d_]", place.raw_right(12)):
        return "address"
    if number.magnitude or place.unit() is not None:
        return None
    if number.form == "digits" and (number.value or 0) < 100 and not _COUNTING_SO.search(place.left(12)):
        return "name"
    return "address" if _STREET_BEHIND.match(place.raw_right(12)) else None


def version(place: Place) -> Reason | None:
    """ "cách mạng công nghiệp 4.0"."""
    is_version = re.fullmatch(r"[0-9]\.[0-9]", place.number.token) and _VERSION_BEFORE.search(place.left(24))
    return "name" if is_version else None


def time_zone(place: Place) -> Reason | None:
    """ "GMT +7"."""
    return "time" if re.search(r"gmt ?[+-]? ?$", place.left(6)) else None


def grade(place: Place) -> Reason | None:
    """ "thương binh 1/4"."""
    is_grade = place.number.form == "ratio" and re.search(r"(?:thương binh|bệnh binh|hạng)[ \u00a0]+$", place.left(12))
    return "name" if is_grade else None


def alone(place: Place) -> Reason | None:
    """Small numbers that nothing is counted by: "Đoàn Kết 3", "1 trong 88 tuyến", "chính quyền 2 cấp"."""
    number = place.number
    if number.form != "digits" or number.magnitude or (number.value or 99) > 20 or "," in number.token:
        return None
    behind = place.right(18)
    if number.value == 1 and (_is_per_one(place) or _is_one_of(place, behind)):
        return "vague"
    if _LEVELS.match(behind):
        return "name"
    before = _CAPITAL_BEFORE.search(place.raw_left(24))
    if not before or not (before[1][0].isupper() and (len(before[1]) == 1 or before[1][1:].islower())):
        return None
    if number.start - len(before.group()) <= place.document.sentence_at(number.start)[0]:
        return None
    unit = place.unit()
    return "name" if unit is None or (unit.kind == "count" and place.names_a_place(unit)) else None


def _is_per_one(place: Place) -> bool:
    """Whether the number is the one of a rate, and no count beside another."""
    if not _PER_ONE.search(place.left(6)):
        return False
    before, behind = _BESIDE_BEFORE.search(place.left(24)), _BESIDE_BEHIND.match(place.right(18))
    return not (before and behind and bool(before[1]) == bool(behind[1]))


def _is_one_of(place: Place, behind: str) -> bool:
    return bool(_ONE_OF.match(behind)) and not _AT_LEAST.search(place.left(20))


def goes_on(lower: str, last: Claim, number: Number) -> bool:
    """Whether a number goes on the list that a name has begun, with nothing counted behind it."""
    if last.reason not in ("name", "document", "ordinal") or number.form == "words" or number.magnitude:
        return False
    if not 0 < number.start - last.end <= 6 or (number.value or 0) > 999:
        return False
    if not _LIST_LINK.fullmatch(lower[last.end : number.start]):
        return False
    unit = read_unit(lower, number.end, guess=False)
    return unit is None or (last.reason == "document" and unit.text in _PARTS_OF_A_LAW)
