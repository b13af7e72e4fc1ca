"""Status: done or counted, going on, or planned; from the words of the clause before the number."""

from __future__ import annotations

import re
from functools import cache

from extractors.mention import Mention
from extractors.qualifiers.lexicon import alternation, data
from extractors.text.document import Document

_SPLIT = re.compile(r"[;:]|(?<=[^\d]),(?=[ \u00a0])|(?<=\d),(?=[ \u00a0])")
_PLAN_SAID_OF_THE_PAST = re.compile(
    r"(?:đạt|bằng|vượt|hoàn thành|so với|theo|thực hiện|các|những|tổng số|hoàn thành tốt|số|kết quả|đến)[ \u00a0]+(?:[^\W\d]+[ \u00a0]+){0,2}$"
)


@cache
def _markers() -> re.Pattern[str]:
    status = data()["status"]
    groups = "|".join(f"(?P<{name}>{alternation(status[name])})" for name in ("planned", "ongoing", "actual"))
    return re.compile(rf"(?<!\w)(?:{groups})(?!\w)")


def read_status(document: Document, mentions: list[Mention]) -> None:
    """Set ``status`` of every mention: the last marker between the start of its sentence and the number decides."""
    for mention in mentions:
        start, end = document.sentence_at(mention.start)
        before = document.lower[max(start, mention.start - 400) : mention.start]
        after = document.lower[mention.end : min(end, mention.end + 60)]
        _from_words(mention, before, after)


def _from_words(mention: Mention, before: str, after: str) -> None:
    marker: tuple[str, str] | None = None
    for match in _markers().finditer(before):
        name, words = str(match.lastgroup), match.group()
        if name == "planned" and not _is_plan(before, match):
            continue
        if name == "ongoing" and len(before) - match.end() > 40:
            continue
        rest = before[match.end() :]
        if name == "planned" and re.search(r"\d[^.]*;|;", rest) and words in ("cần", "phải", "sẽ", "yêu cầu"):
            continue
        marker = (name, words)
    behind = re.match(r"[^.;,()]{0,30}?(?<!\w)(đang|dự kiến|sẽ)(?!\w)", after)
    if behind and (marker is None or marker[0] != "planned"):
        marker = ("ongoing" if behind[1] == "đang" else "planned", behind[1])
    if marker and marker[0] != "actual":
        mention.status = marker[0]  # type: ignore[assignment]
        mention.evidence["status"] = marker[1]


def _is_plan(before: str, match: re.Match[str]) -> bool:
    """Whether a planning word plans here: "đạt 92% kế hoạch", "so với chỉ tiêu" speak of what was planned before."""
    words = match.group()
    left = before[: match.start()]
    rest = before[match.end() :]
    if words in ("chỉ tiêu", "mục tiêu", "nhiệm vụ", "yêu cầu", "đăng ký"):
        return (
            not (re.search(r"[%\d][ \u00a0]*$", left) or _PLAN_SAID_OF_THE_PAST.search(left))
            and len(rest) < 60
            and not re.search(r"(?:đạt|đã|hoàn thành)(?!\w)", rest)
        )
    if words in ("cần", "phải", "giao", "được giao", "đề nghị", "chuẩn bị", "đặt ra", "đề ra"):
        return len(rest) < 80 and not re.search(r"[.;]|(?:đã|đạt)(?!\w)", rest)
    return True
