"""Approximation: khoảng, hơn, gần, ít nhất, không quá before a number, "trở lên" behind it."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import pairwise

from extractors.mention import Mention
from extractors.qualifiers.lexicon import alternation, data, entries
from extractors.text.document import Document

#: "trên 12 phường", "trên 3 lĩnh vực": a place, not "more than", before units that are places and topics
_PLACES = frozenset(
    [
        "phường",
        "xã",
        "quận",
        "huyện",
        "tỉnh",
        "thôn",
        "địa bàn",
        "lĩnh vực",
        "tuyến",
        "tuyến đường",
        "tuyến phố",
        "mặt",
        "phương diện",
        "đoạn",
        "địa phương",
        "khu vực",
        "khu",
        "thị trấn",
        "trang",
        "nền tảng",
        "kênh",
        "sàn",
        "báo",
        "đài",
    ]
)
#: "ngân sách cấp trên 30 tỷ": of the level above, not more than
_HIGHER_LEVEL = re.compile(r"(?<!\w)(?:ngân sách|vốn|từ|của)[ \u00a0]+cấp[ \u00a0]+trên$")
#: "tối thiểu là 15 năm", "tối đa bằng 80%": a verb between the limit and the number ("thấp nhất là" is no limit)
_HELD_BACK = re.compile(
    r"(?:tối thiểu|tối đa|ít nhất|nhiều nhất|khoảng|xấp xỉ)[ \u00a0]+(?:là|bằng|đạt|được|có|lên đến|lên tới|đến|tới)$"
)
_AND = re.compile(r"[^,;.:()\d]{0,40}[ \u00a0]và[ \u00a0]+")
_SIGNS = {">": "over", "≥": "at_least", "<": "under", "≤": "at_most", "~": "about", "≈": "about"}
#: "ước đến 30/9 đạt X": the estimate stands before a time
_ESTIMATED = re.compile(
    r"(?<!\w)ước(?: tính)?[ \u00a0]+(?:[^,;.:()]|(?<=\d)[.,](?=\d)){0,34}(?:đạt|là|được|thu|chi|có)$"
)
#: "ước cả năm số khách 5 triệu", "ước tính tổng số tiền là 60 tỷ": the estimate opens its clause
_ESTIMATE_OPENS = re.compile(
    r"(?:^|[,;.:(–-])[ \u00a0]*(?:ước|ước tính)[ \u00a0]+"
    r"(?:(?:đến|hết|cả|trong|tháng|quý|năm|tại|\d{1,2} tháng)(?!\w)[^,;.:()]{0,36},[ \u00a0]*(?=[^\W\d]))?"
    r"(?:(?<=, )|(?:đến|hết|cả|trong|tháng|quý|năm|tổng|số|toàn|có|kinh phí|giá trị)(?!\w))"
    r"(?:[^,;.:()]|(?<=\d)[.,](?=\d)){0,70}$"
)
#: "phạt tiền đến 10 triệu", "được vay tới 80%", "mức phạt lên đến 2 triệu": a fine, a grant, a capacity ends there
_UP_TO = re.compile(
    r"(?<!\w)(?:(?<!xử )(?<!đã )phạt|hạn mức|mức (?:vay|phạt|hỗ trợ)|(?<!đã )được (?:vay|hỗ trợ|giảm|miễn|thưởng|hưởng)"
    r"|dung tích|trọng tải|tải trọng)(?:[ \u00a0]+[^\W\d]+){0,4}?(?:[ \u00a0]+lên)?[ \u00a0]+(?:đến|tới)$"
)
_CHANGES = re.compile(r"(?:tăng|giảm|vượt|hơn)(?:[ \u00a0]+(?:thêm|khoảng|được))?$")
#: a list of estimates: "ước tính ... như sau:", "dự tính như sau:"
_LIST_OF_ESTIMATES = re.compile(
    r"(?<!\w)(?:ước tính|dự tính|ước thực hiện|ước)(?!\w)"
    r"(?:[^.;]|(?<=\d)\.(?=\d)){0,120}?(?:như sau|sau đây)[ \u00a0]*:"
)


#: "hộ nhiều nhất là 6 triệu, hộ ít nhất là 150 nghìn": the ends of an order, no bounds
_ESTIMATED_CHANGE = re.compile(r"(?<!\w)ước(?: tính)?[ \u00a0]+(?:tăng|giảm)[ \u00a0]+(?:khoảng[ \u00a0]+)?$")
_BOTH = re.compile(r"(?:[ \u00a0]+[^\W\d]+){0,3}[ \u00a0]+và[ \u00a0]+")
_EXTREMES = {"ít nhất": "nhiều nhất", "nhiều nhất": "ít nhất"}
_BOUNDS = ("at_least", "at_most")


@cache
def _before() -> list[tuple[str, str]]:
    rows = [(row, name) for name, words in data()["approx"]["before"].items() for row in entries(words)]
    return sorted(rows, key=lambda row: -len(row[0]))


@cache
def _by_last_word() -> dict[str, list[tuple[str, str]]]:
    table: dict[str, list[tuple[str, str]]] = {}
    for row, name in _before():
        table.setdefault(row.split()[-1], []).append((row, name))
    return table


@cache
def _after() -> re.Pattern[str]:
    groups = "|".join(f"(?P<{name}>{alternation(words)})" for name, words in data()["approx"]["after"].items())
    return re.compile(rf"[ \u00a0]*(?P<gap>(?:[^\W\d]+[ \u00a0]+){{0,4}}?)(?:{groups})(?!\w)")


def read_approx(document: Document, mention: Mention, floor: int) -> None:
    """Set ``approx`` and move ``lead`` before the words that decided; ``floor`` is where the expression may start."""
    lower = document.lower
    left = lower[max(floor, mention.lead - 36) : mention.lead].rstrip(" \u00a0")
    left = (
        re.sub(r"(?<!\w)(?:là|bằng|đạt|được|có|(?:lên )?(?:đến|tới))$", "", left).rstrip(" \u00a0")
        if _HELD_BACK.search(left)
        else left
    )
    words = re.findall(r"\w+", left)
    for row, name in _by_last_word().get(words[-1], ()) if words else ():
        if not left.endswith(row) or (len(left) > len(row) and left[-len(row) - 1].isalnum()):
            continue
        if mention.value_max is not None and re.search(r"(?:trong|khoảng cách|nằm trong|mức) khoảng$", left):
            break
        if row in _EXTREMES and _ordered(document, mention, row):
            break
        if row == "trên" and (_is_place(lower, left, mention) or _HIGHER_LEVEL.search(left)):
            break
        if row == "độ" or (
            row == "hơn" and re.search(r"(?:cao|thấp|nhiều|ít|lớn|nhỏ|nhanh|chậm|dài|ngắn|tốt|kém)[ \u00a0]+hơn$", left)
        ):
            break
        mention.approx = name  # type: ignore[assignment]
        mention.evidence["approx"] = row
        mention.lead = max(floor, mention.lead - 36) + len(left) - len(row)
        break
    if sign := _SIGNS.get(left[-1:]):
        mention.approx = sign  # type: ignore[assignment]
        mention.evidence["approx"] = left[-1]
    if mention.approx == "exact" and (
        estimate := _ESTIMATED.search(lower[max(floor, mention.lead - 64) : mention.lead].rstrip(" \u00a0"))
    ):
        mention.approx = "about"
        mention.evidence["approx"] = estimate.group().strip()
    elif mention.approx == "exact" and _opened_as_estimate(lower, mention, floor):
        mention.approx = "about"
        mention.evidence["approx"] = "ước ..."
    elif mention.approx == "exact" and mention.value_max is None and (limit := _UP_TO.search(left)):
        mention.approx = "at_most"
        mention.evidence["approx"] = limit.group()
    match = _after().match(lower, mention.end if mention.unit_end < 0 else max(mention.end, mention.unit_end))
    if match and (len(match["gap"].split()) <= 1 or re.search(r"(?<!\w)từ$", left)) and "cấp" not in match["gap"]:
        mention.approx = match.lastgroup  # type: ignore[assignment]
        mention.evidence["approx"] = match.group().strip()


def _opened_as_estimate(lower: str, mention: Mention, floor: int) -> bool:
    """Whether "ước" opens the clause that tells the number; what stands before a percentage of change does not."""
    left = lower[max(0, floor - 1, mention.lead - 130) : mention.lead].rstrip(" \u00a0")
    return mention.kind != "percent" and bool(_ESTIMATE_OPENS.search(left)) and not _CHANGES.search(left)


def read_estimates(document: Document, mentions: list[Mention]) -> None:
    """Every exact amount of a list that is opened as one of estimates is approximate; its changes stay exact."""
    for before, mention in pairwise(mentions):
        words = before.evidence.get("approx", "")
        if mention.relation == "change" and mention.approx == "exact":
            _estimated_change(document, mention)
        if (
            before.approx in _BOUNDS
            and words != "trở lên"
            and (mention.approx, mention.relation, mention.kind) == ("exact", "level", before.kind)
            and _BOTH.fullmatch(document.lower, max(before.end, before.unit_end), mention.start)
        ):
            mention.approx = before.approx  # "có ít nhất 13 bác sĩ và 40 giường bệnh"
            mention.evidence["approx"] = words
        if mention.approx != "exact" or mention.relation != "level" or before.kind != mention.kind:
            continue
        if words.startswith("ước") and _AND.fullmatch(document.lower, before.tail, mention.start):
            mention.approx = "about"  # "ước đạt 5 triệu lượt khách và 30 triệu lượt người"
            mention.evidence["approx"] = words
    if mentions and mentions[0].relation == "change" and mentions[0].approx == "exact":
        _estimated_change(document, mentions[0])
    starts = [mention.start for mention in mentions]
    for match in _LIST_OF_ESTIMATES.finditer(document.lower):
        end = document.sentence_at(match.end() - 1)[1]
        for mention in mentions[bisect_left(starts, match.end()) : bisect_left(starts, end)]:
            if mention.relation == "level" and mention.approx == "exact":
                mention.approx = "about"
                mention.evidence["approx"] = match.group()


def _estimated_change(document: Document, mention: Mention) -> None:
    """ "công nghiệp ước tăng 11%": the change itself is the estimate."""
    if _ESTIMATED_CHANGE.search(document.lower[max(0, mention.lead - 16) : mention.start]):
        mention.approx = "about"
        mention.evidence["approx"] = "ước"


def _ordered(document: Document, mention: Mention, row: str) -> bool:
    """Whether the sentence names the other end of the order as well."""
    start, end = document.sentence_at(mention.start)
    return _EXTREMES[row] in document.lower[max(start, mention.start - 120) : min(end, mention.end + 120)]


def _is_place(lower: str, left: str, mention: Mention) -> bool:
    """Whether "trên" stands for a place: an exact small count of places, or "trên tổng số"."""
    if mention.kind == "percent" or mention.kind == "money" or mention.kind == "measure":
        return False
    if mention.kind == "ratio":
        return True
    return (
        mention.unit in _PLACES
        and mention.value < 200
        and not re.search(r"(?:có|được|của|với|cho|đạt|là)[ \u00a0]+trên$", left)
        and mention.value % 10 != 0
    )
