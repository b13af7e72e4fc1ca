"""What is taken out of a phrase before it can be a subject: times, asides in brackets, places (kept as scope)."""

from __future__ import annotations

import re

from extractors.subjects.frame import FIGURE, Frame
from extractors.subjects.lexicon import phrases

_NUMBER = r"(?:\d+(?:[./-]\d+)*|[ivx]+\b|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười một|mười hai|mười|giêng|chạp)"
_SPAN = rf"(?:{_NUMBER}(?:\s*(?:-|–|đến|và)\s*{_NUMBER})?)"
_BEFORE = (
    r"(?:(?:trong|vào|đến|từ|tính đến|tính từ|của|cho đến|hết|sau|qua|so với|kể từ|tính chung|ước|khoảng|cả|riêng)\s+)*"
)
_AFTER = (
    r"(?:\s+(?:đầu năm|cuối năm|đầu|cuối|năm \d{4}|này|nay|qua|trước|sau|vừa qua))*(?:\s*/\s*\d{4})?(?:\s+năm\s+\d{4})?"
)
#: A phrase of time as the statistics write it; the words before it that belong to it go with it.
TIME = re.compile(
    rf"\b{_BEFORE}(?:"
    rf"(?:các\s+)?(?:{_NUMBER}\s+)?(?:tháng|quý)\s+{_SPAN}{_AFTER}"
    rf"|{_NUMBER}\s+(?:tháng\b|(?:quý|năm|tuần)\s+(?:đầu năm|cuối năm|đầu|cuối|năm \d{{4}}|qua|gần đây|nay)){_AFTER}"
    r"|(?:năm(?: học)?|giai đoạn|nhiệm kỳ|niên vụ|thời kỳ|thời điểm(?: ngày)?)\s+\d+(?:[./]\d+)*"
    r"(?:\s*(?:[-–,]|và|đến)\s*\d{4})*"
    r"|(?:cùng kỳ|tháng|quý|năm|tuần|kỳ)\s+(?:năm\s+)?(?:này|nay|qua|trước|sau|báo cáo)"
    r"|(?:so với |so )?cùng kỳ(?: năm (?:\d{4}|trước|ngoái|\d{2}))?"
    r"|so với (?:tháng|quý|năm|kỳ) (?:trước|\d+(?:/\d+)?)|so với (?:kế hoạch|dự toán|chỉ tiêu)"
    r"|(?:sáng|chiều|tối|ngày|hôm)\s+\d+(?:[./-]\d+)*|\d+[./-]\d+[./-]\d{4}"
    r"|từ nay (?:đến|tới) (?:hết |cuối |đầu |giữa )*(?:năm|tháng|quý)(?: \d+)?(?:\s*/\s*\d{4})?(?: năm \d{4})?"
    r"|(?:nửa )?(?:đầu|cuối|giữa|cả) năm(?:\s+\d{4})?|hiện nay|đến nay|(?:hằng|hàng|mỗi) (?:năm|tháng)"
    r"|(?:trong |từ )?(?:thời gian|giai đoạn|những năm|các năm) (?:tới|qua|vừa qua|gần đây)|mới đây|vừa qua"
    rf"|(?:trong|sau|qua) (?:{_NUMBER}|\d+) (?:năm|tháng|tuần|ngày)(?: qua| nay| đầu| thực hiện| triển khai)?\b"
    r"|trong (?:tháng|năm|quý|kỳ|tuần|ngày)"
    r")"
)
_KEEP_TIME = re.compile(r"^(?:hằng|hàng|mỗi) (?:năm|tháng)$")
_YEAR = re.compile(r"(?:19|20)\d\d")

#: a phrase of more words is cut where it goes on to tell for whom
_BRIEF = 12
#: verbs that make one thing into another, and how many words before its noun they stand
_CONVERTS = frozenset(("chuyển", "biến", "nâng", "hạ", "đổi"))
_CONVERTED = 12

_NO_RESULT = {
    "sang": frozenset(("tên", "nhượng", "trọng")),
    "thành": frozenset(("phố", "viên", "lập", "phần", "tích", "công", "tựu", "niên", "thị")),
}


def untimed(frame: Frame, start: int, stop: int) -> tuple[list[int], bool]:
    """The words ``start:stop`` without phrases of time and bracketed asides, and whether there was a time."""
    if start >= stop:
        return [], False
    timed = _timed(frame, start, stop)
    kept: list[int] = []
    depth = 0
    for index in range(start, stop):
        word = frame.words[index]
        if word == "(":
            depth += 1
        elif word == ")":
            depth = max(depth - 1, 0)
        elif depth == 0 and index not in timed and word != FIGURE and not _YEAR.fullmatch(word):
            kept.append(index)
    return kept, bool(timed)


def trimmed(frame: Frame, kept: list[int]) -> list[int]:
    """The words without prepositions and punctuation that were left hanging at either end."""
    first, last = 0, len(kept)
    words = [frame.words[i] for i in kept]
    while (
        last > first and words[last - 1] in phrases("loose_end") and not phrases("firm_end").ending(words, first, last)
    ):
        if last - 1 > first and frame.capital(kept[last - 1]) and frame.capital(kept[last - 2]):
            break  # "tỉnh Cao Bằng"
        last -= 1
    while first < last and frame.words[kept[first]] in phrases("loose_start"):
        first += 1
    return kept[first:last]


def brief(frame: Frame, words: list[int]) -> list[int]:
    """A long phrase up to where it says where, for whom or what for ("tổng nguồn vốn | tại Ngân hàng ...")."""
    stop = next(
        (i for i in range(3, len(words) - 4) if phrases("circumstance").at(frame.words, words[i], words[-1] + 1)), 0
    )
    long = len(words) > _BRIEF or frame.words[words[stop]] == "tại"
    return trimmed(frame, words[:stop]) if stop and long and not frame.quoted[words[stop]] else words


def without_result(frame: Frame, words: list[int]) -> list[int]:
    """The noun without what it becomes ("chuyển 26.000 ha đất nông nghiệp sang đất ở")."""
    if not words or not _CONVERTS.intersection(frame.words[max(0, words[0] - _CONVERTED) : words[0]]):
        return words
    stop = next((i for i in range(2, len(words)) if _becomes(frame, words[i])), len(words))
    return words[:stop]


def _becomes(frame: Frame, at: int) -> bool:
    """Whether "sang" or "thành" leads over to a result, and is no part of another word ("thành phố", "sang tên")."""
    word, follows = frame.words[at], frame.words[at + 1] if at + 1 < len(frame.words) else ""
    return word in _NO_RESULT and follows not in _NO_RESULT[word] and frame.words[at - 1] not in ("trở", "hoàn", "hình")


def _timed(frame: Frame, start: int, stop: int) -> set[int]:
    left, right = frame.starts[start], frame.ends[stop - 1]
    spans = [m.span() for m in TIME.finditer(frame.document.lower, left, right) if not _KEEP_TIME.match(m.group())]
    found: set[int] = set()
    index = start
    for begin, end in spans:
        while index < stop and frame.starts[index] < begin:
            index += 1
        while index < stop and frame.ends[index] <= end:
            found.add(index)
            index += 1
    return found
