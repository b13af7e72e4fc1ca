"""Figures that make a thing one of its kind: "lồng sâu > 5 m", "xe (dưới 9 chỗ)", "tủ đông không quá 800 lít tăng 7%".

Nothing was counted or measured by them, so they cover no time, and no change speaks of them.
"""

from __future__ import annotations

import re

from extractors.mention import Mention
from extractors.text.document import Document

_BESIDE = 60
_BOUNDS = r"tối đa|tối thiểu|không quá|không dưới|trên|dưới|từ|hơn|gần|khoảng"
_SIGN = re.compile(r"[<>≥≤][^\S\n]*$")
_DESIGN = re.compile(
    r"(?<!\w)(?:(?:tốc độ|vận tốc|công suất) thiết kế|sức chứa|dung tích|bán kính"
    r"|tải trọng|trọng tải|đường kính|dung lượng)"
    rf"(?: (?:là|đạt|đến|{_BOUNDS}))*[^\S\n]*$"
)
#: opens a bracket that bounds a kind: "(loại dưới "
OPENS_BOUND = re.compile(r"\((?:loại[^\S\n]+)?(?:trên|dưới|từ|đến)[^\S\n]+$")
_BRACKET_ENDS = re.compile(r"[^\S\n]*(?:trở[^\S\n]+(?:lên|xuống))?[^\S\n]*\)")
#: the clause up to its number, where nothing says that an amount was reached
_CLAUSE = re.compile(r"[^,;:.()\n]*$")
_REACHED = re.compile(
    r"(?<!\w)(?:có(?! (?:tổng )?(?:tỷ trọng|công suất|trọng tải|tải trọng|dung tích|chiều|đường kính|độ|hàm lượng|khổ))"
    r"|đạt|được|là|còn|lên|xuống|bằng|chiếm|thu|chi|mức|với|gồm|trong|tăng|giảm|ước|vượt|tới|đến|thấp|cao)(?!\w)"
)
_CHANGE_FOLLOWS = re.compile(r"(?:[ \u00a0]+[^\W\d]+){0,8}[ \u00a0]+(?:tăng|giảm)[ \u00a0]+\d")
_BOUNDED = ("over", "under", "at_least", "at_most")


def is_attribute(document: Document, m: Mention) -> bool:
    """Whether the number belongs to the name of a kind; approximation, relation and unit of ``m`` must be known."""
    lower = document.lower
    if m.relation not in ("level", "share") or m.kind == "rank":
        return False
    before = lower[max(0, m.start - _BESIDE) : m.start]
    behind = max(m.unit_end, m.end)
    if m.approx in _BOUNDED and _CHANGE_FOLLOWS.match(lower, behind, behind + _BESIDE):
        own = _CLAUSE.search(lower[max(0, m.start - 2 * _BESIDE) : m.lead])
        if own and own.group().strip() and not _REACHED.search(own.group()):
            return True
    if m.relation != "level" or m.kind not in ("count", "measure", "duration", "money"):
        return False
    if m.kind in ("count", "measure") and _DESIGN.search(before):
        return True
    if m.kind == "measure" and _SIGN.search(before):
        return True
    opened = OPENS_BOUND.search(before)
    return opened is not None and bool(_BRACKET_ENDS.match(lower, behind))
