"""What is taken out of a phrase before it can be a subject: times, asides in brackets, places (kept as scope)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractors.subjects.frame import FIGURE, Frame
from extractors.subjects.lexicon import phrases

_NUMBER = r"(?:\d+(?:[./-]\d+)*|[ivx]+\b|một|hai|ba|tư|bốn|năm|sáu|bảy|tám|chín|mười một|mười hai|mười|giêng|chạp)"
_SPAN = rf"(?:{_NUMBER}(?:\s*(?:-|–|đến|và)\s*{_NUMBER})?)"
_BEFORE = r"(?:(?:trong|vào|đến|từ|tính đến|tính từ|của|cho đến|hết|sau|qua|so với|kể từ|tính chung|ước|khoảng|cả|riêng)\s+)*"
_AFTER = r"(?:\s+(?:đầu năm|cuối năm|đầu|cuối|năm \d{4}|này|nay|qua|trước|sau|vừa qua))*(?:\s*/\s*\d{4})?(?:\s+năm\s+\d{4})?"
#: A phrase of time as the statistics write it; the words before it that belong to it go with it.
TIME = re.compile(
    rf"\b{_BEFORE}(?:"
    rf"(?:các\s+)?(?:{_NUMBER}\s+)?(?:tháng|quý)\s+{_SPAN}{_AFTER}"
    rf"|{_NUMBER}\s+(?:tháng|quý|năm|tuần)\s+(?:đầu năm|cuối năm|đầu|cuối|năm \d{{4}}|qua|gần đây|nay){_AFTER}"
    rf"|(?:năm(?: học)?|giai đoạn|nhiệm kỳ|niên vụ|thời kỳ|thời điểm(?: ngày)?)\s+\d+(?:[./]\d+)*(?:\s*[-–]\s*\d+)*"
    rf"|(?:cùng kỳ|tháng|quý|năm|tuần|kỳ)\s+(?:năm\s+)?(?:này|nay|qua|trước|sau|báo cáo)"
    rf"|(?:sáng|chiều|tối|ngày|hôm)\s+\d+(?:[./-]\d+)*|\d+[./-]\d+[./-]\d{{4}}"
    rf"|(?:đầu|cuối|giữa|cả) năm(?:\s+\d{{4}})?|hiện nay|đến nay|hằng năm|hàng năm|hằng tháng|hàng tháng|trong (?:tháng|năm|quý|kỳ|tuần|ngày)|mỗi năm|mỗi tháng"
    rf")"
)
_KEEP_TIME = re.compile(r"^(?:hằng|hàng|mỗi) (?:năm|tháng)$")


@dataclass(slots=True)
class Cleaned:
    """What is left of a stretch of words, and the place that was said in it."""

    words: list[int] = field(default_factory=list)
    scope: list[int] = field(default_factory=list)
    scope_rule: str = ""
    timed: bool = False


def clean(frame: Frame, start: int, stop: int, *, places: bool = True) -> Cleaned:
    """The words ``start:stop`` without times and bracketed asides; a place among them becomes the scope."""
    out = Cleaned()
    if start >= stop:
        return out
    timed = _timed(frame, start, stop)
    kept: list[int] = []
    depth = 0
    for index in range(start, stop):
        word = frame.words[index]
        if word == "(":
            depth += 1
        elif word == ")":
            depth = max(depth - 1, 0)
        elif depth == 0 and index not in timed and word != FIGURE:
            kept.append(index)
    out.timed = bool(timed)
    if places:
        out.scope, out.scope_rule, kept = take_place(frame, kept)
    while kept and frame.words[kept[-1]] in _LOOSE_END:
        kept.pop()
    while kept and frame.words[kept[0]] in _LOOSE_START:
        kept.pop(0)
    out.words = kept
    return out


_LOOSE_END = frozenset(", - – : ( ) / \" ' của và với cho tại ở trong trên do từ là bằng để theo như vào tính so ước gồm về là - ; đến đối".split())
_LOOSE_START = frozenset(", - – : ( ) / của và với thì là ; + *".split())


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


# --- places -------------------------------------------------------------------------------------------------------


def take_place(frame: Frame, kept: list[int]) -> tuple[list[int], str, list[int]]:
    """The first place among the words (its words, the rule that found it) and the words without it."""
    words = [frame.words[i] for i in kept]
    for at in range(len(words)):
        if frame.quoted[kept[at]]:
            continue
        for rule in (_whole, _ground, _level, _of_place, _located):
            skip, size = rule(frame, kept, words, at)
            if size:
                return kept[at + skip : at + size], rule.__name__[1:], kept[:at] + kept[at + size :]
    return [], "", kept


def name_length(frame: Frame, kept: list[int], at: int) -> int:
    """How many words from ``at`` on are a name: capitals, numbers after the first, side by side."""
    size = 0
    while at + size < len(kept) and size < 5:
        index = kept[at + size]
        if size and index != kept[at + size - 1] + 1:
            break
        if not (frame.capital(index) or (frame.words[index].isdigit() and size < 2)):
            break
        size += 1
    return size


def area_length(frame: Frame, kept: list[int], words: list[str], at: int) -> int:
    """How many words an area and its name have ("huyện Hòa Bắc", "các xã", "tổ dân phố số 5"), or 0."""
    lead = 1 if at < len(words) and words[at] in ("các", "mỗi", "từng", "một", "những", "hai") else 0
    size = phrases("area").at(words, at + lead, len(words))
    if not size:
        return 0
    return lead + size + name_length(frame, kept, at + lead + size)


def _whole(frame: Frame, kept: list[int], words: list[str], at: int) -> tuple[int, int]:
    size = phrases("whole").at(words, at, len(words))
    return (0, size + name_length(frame, kept, at + size)) if size else (0, 0)


def _ground(frame: Frame, kept: list[int], words: list[str], at: int) -> tuple[int, int]:
    if words[at : at + 3] != ["trên", "địa", "bàn"]:
        return 0, 0
    size = 3
    while True:
        more = area_length(frame, kept, words, at + size)
        more = more or phrases("whole").at(words, at + size, len(words)) or name_length(frame, kept, at + size)
        if not more:
            return 0, size
        size += more


def _level(frame: Frame, kept: list[int], words: list[str], at: int) -> tuple[int, int]:
    if at:
        return 0, 0
    skip = 1 if words[at] in ("ở", "tại") else 0
    size = phrases("level").at(words, at + skip, len(words))
    return (skip, skip + size) if size else (0, 0)


def _of_place(frame: Frame, kept: list[int], words: list[str], at: int) -> tuple[int, int]:
    if words[at] != "của":
        return 0, 0
    size = area_length(frame, kept, words, at + 1) or phrases("whole").at(words, at + 1, len(words))
    if not size:
        size = name_length(frame, kept, at + 1)
        if size < 2 or _organisation(frame, kept[at + 1 : at + 1 + size]):
            return 0, 0
    return 1, 1 + size


def _located(frame: Frame, kept: list[int], words: list[str], at: int) -> tuple[int, int]:
    if words[at] not in ("tại", "ở", "trong"):
        return 0, 0
    size = area_length(frame, kept, words, at + 1) or phrases("level").at(words, at + 1, len(words))
    if not size:
        size = name_length(frame, kept, at + 1)
        if size < 2 or _organisation(frame, kept[at + 1 : at + 1 + size]):
            size = 1 if words[at + 1 : at + 2] in (["doanh"], ["đây"]) else 0
            if words[at + 1 : at + 3] == ["doanh", "nghiệp"]:
                size = 2
    keep = 1 if words[at] != "trong" else 0
    return (1 - keep, 1 + size) if size else (0, 0)


def _organisation(frame: Frame, indexes: list[int]) -> bool:
    """Whether a capitalised row is an office or a party body rather than a place."""
    text = frame.document.text
    return any(text[frame.starts[i] : frame.ends[i]].isupper() and frame.ends[i] - frame.starts[i] > 1 for i in indexes) or (
        frame.words[indexes[0]] in _OFFICE
    )


_OFFICE = frozenset("hội đảng ban sở bộ công chi mặt ủy phòng tòa viện cục trung đoàn liên thường chính quốc nhà đề chỉ nghị kế luật quỹ thành".split())
