"""Verbs of change that do not stand right before their number, and multiples: "giảm số vụ 12%", "bằng 3 lần giá"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractors.mention import Mention
from schemas.figures import Direction

_SP = r"[ \u00a0]"
_WORD = rf"[^\W\d]+{_SP}+"
_HOW_MUCH = (
    rf"(?:(?:bình quân|trung bình|hằng năm|hàng năm|mỗi năm|được|thêm|tới|đến|từ|khoảng|hơn|trên|gần|dự kiến){_SP}+)"
)
#: what is raised or lowered stands between the verb and the number: "kéo giảm số vụ trộm cắp được 18%"
_WITH_OBJECT = re.compile(
    rf"(?<!\w)(?:(?P<up>tăng)|(?P<down>giảm|kéo giảm|cắt giảm)){_SP}+(?P<object>(?:{_WORD}){{1,6}}?){_HOW_MUCH}*$"
)
#: "thấp hơn báo động 1 là 1,1 m", "cao hơn giá thị trường 5.000 đồng": by how much it differs from a thing named
_THAN_A_THING = re.compile(
    rf"(?<!\w)(?:(?P<up>(?:cao|nhiều){_SP}+hơn)|(?P<down>(?:thấp|ít){_SP}+hơn)){_SP}+"
    rf"(?P<thing>(?:{_WORD}){{2,6}}?)(?:\d{_SP}+)?(?:(?:là|khoảng|gần|tới|đến|hơn|từ){_SP}+)*$"
)
_THRESHOLD = re.compile(r"(?:^|[ \u00a0])(?:so với|mức|ngưỡng|con số|là|có|chỉ|cả)(?!\w)")
#: the verb within a noun: "tỷ lệ tăng dân số", "tốc độ tăng trưởng"
_NOUN = re.compile(rf"(?:tỷ lệ|tỉ lệ|tốc độ|mức|đà|gia|kéo|kế hoạch|tỷ suất|tỉ suất){_SP}+$")
#: words in an object behind which the number is reached, or is not said of the verb
_NOT_BY_SO_MUCH = re.compile(
    r"(?<!\w)(?:xuống|còn|lên|về|dưới|đạt|là|bằng|chiếm|có|từ|mức|trưởng|và|do|với|so|cho|để|đã|sẽ|ở|tại|trong|của"
    r"|chung|không|theo|gấp|thấp|cao|đến|tới)(?!\w)"
)
#: "bằng 5 lần giá đất", "vượt quá 3 lần khả năng", "2 lần mức lương cơ sở": so many times another amount
_AMOUNT_BEHIND = re.compile(
    rf"{_SP}+(?:của{_SP}+)?(?:giá|mức|lương|tiền lương|tiền công|thu nhập|khả năng|tổng|giá trị|chi phí|bình quân)"
    r"(?!\w)"
)
_EQUALS = re.compile(rf"(?<!\w)bằng{_SP}+$")
_SOMETHING_BEHIND = re.compile(rf"{_SP}+[^\W\d]")


_RISES_OR_FALLS = re.compile(r"(?:kéo )?(?:tăng|giảm)(?!\w)")
_ARRIVES = re.compile(rf"(?:[^,;.()]|\([^()]*\)){{0,40}}?(?<!\w)(?:xuống|lên|còn){_SP}")


@dataclass(frozen=True, slots=True)
class Found:
    """A change found before a number: where its verb starts in the words given, its direction, its words."""

    start: int
    direction: Direction
    words: str


def with_object(left: str, compared: bool) -> Found | None:
    """The verb of a change that its object parts from the number; only short objects where nothing is compared.

    >>> with_object("huyện kéo giảm số vụ trộm cắp được ", False).words
    'kéo giảm số vụ trộm cắp được'
    >>> with_object("tỷ lệ tăng dân số ", True), with_object("giảm tỷ lệ hộ nghèo xuống ", True)
    (None, None)
    """
    match = _WITH_OBJECT.search(left)
    if match is None or _NOUN.search(left[: match.start()]) or _NOT_BY_SO_MUCH.search(match["object"]):
        return None
    if not compared and len(match["object"].split()) > 4 and match.end("object") == match.end():
        return None
    return Found(match.start(), "up" if match["up"] else "down", match.group().strip())


def than_a_thing(left: str) -> Found | None:
    """The comparative whose other side is named before the number.

    >>> than_a_thing("mực nước thấp hơn báo động 1 là ").direction, than_a_thing("thấp hơn so với ngưỡng ")
    ('down', None)
    """
    match = _THAN_A_THING.search(left) if "hơn" in left else None
    if match is None or _THRESHOLD.search(match["thing"]):
        return None
    return Found(match.start(), "up" if match["up"] else "down", match.group().strip())


def is_range_of_change(lower: str, match: re.Match[str], mention: Mention) -> bool:
    """Whether "giảm từ 40 đến 50%" tells by how much; "giảm từ 60 - 70% xuống còn 40%" tells from where."""
    if mention.value_max is None or match["reached"].strip() != "từ" or not _RISES_OR_FALLS.match(match.group()):
        return False
    return not _ARRIVES.match(lower, mention.tail)


def is_multiple(lower: str, mention: Mention) -> bool:
    """Whether "so many times" is said of another amount that is named behind it."""
    if mention.unit != "lần":
        return False
    at = mention.unit_end
    if _AMOUNT_BEHIND.match(lower, at):
        return True
    return bool(_EQUALS.search(lower[max(0, mention.lead - 8) : mention.lead]) and _SOMETHING_BEHIND.match(lower, at))
