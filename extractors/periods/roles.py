"""What a time does in its sentence: cover figures, end at a day, compare, date a paper or an event, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

from extractors.periods import vocabulary as v
from extractors.periods.model import TimeExpression
from extractors.text.document import Document

#: ``covers`` a stretch of time; ``point`` the day up to which is counted; ``event`` the day of a meeting; ``unknown``
#: says when without dates ("từ năm 2010", "5 năm qua") and so governs with nothing; ``previous`` the same period of
#: the year before; ``year_to`` from the first of January to its end; ``now`` ("đến nay") the time that governs already; ``silent`` governs no figure (comparisons, papers, deadlines, hours)
Role = Literal["covers", "point", "event", "unknown", "previous", "year_to", "now", "silent"]
Mood = Literal["plan", "result"]

_COMPARED = re.compile(
    r"(?:(?<![0-9a-zà-ỹđ])so(?: với| cùng)?(?![0-9a-zà-ỹđ])[^,;:()\n]{0,60}"
    r"|(?:tăng|giảm|hơn|thấp hơn|cao hơn|bằng)(?:[^,;:()\n]|(?<=\d),(?=\d)){0,40} (?:với|hơn|của)[^,;.:()\n\d]{0,30}|(?:bằng|hơn) (?:cùng kỳ |mức |của |thời điểm )*|cùng (?:kỳ|kì)(?: của)? ?|chào mừng [^,;.\n]{0,40}|(?:sinh|sn|khóa|kỳ họp)[^\S\n]*)$"
)
#: "khóa IV, nhiệm kỳ 2021 - 2026" names a body; "trong nhiệm kỳ 2021 - 2026" says when
_IN_TERM = re.compile(r"(?:trong|cả|suốt|kết quả|đầu|giữa|qua)(?: toàn)?[^\S\n]*$")
_WITH = re.compile(r"(?:với|so|bằng|hơn|như)[^\S\n]*$")
_DEADLINE = re.compile(r"(?<![0-9a-zà-ỹđ])(?:trước|sau|chậm nhất|hạn)(?: thời điểm| ngày| cuối)*[^\S\n]*$")
_SINCE = re.compile(r"(?<![0-9a-zà-ỹđ])(?:kể từ|từ|tính từ)(?: sau| đầu| cuối| giữa| khi| tháng| ngày)*[^\S\n]*$")
_UNTIL = re.compile(
    r"(?<![0-9a-zà-ỹđ])(?:(?:đến|tới)(?: nay)?(?: \(| hết| cuối| thời điểm| thời gian| khoảng| ngày)*|hết|cuối|thời điểm|tại thời điểm|tại ngày)[^\S\n]*$"
)
_UNTIL_END = re.compile(r"(?<![0-9a-zà-ỹđ])(?:hết|cuối)[^\S\n]*$")
_BEGINNING = re.compile(r"(?<![0-9a-zà-ỹđ])(?:đầu|giữa)[^\S\n]*$")
_PAPER_NUMBER = re.compile(r"(?:số[^\S\n]*\S+|/[a-zđ0-9-]+|-[a-zđ]+)[^\S\n]*,?[^\S\n]*$")
_PAPER = re.compile(rf"{v.alternation(v.words('documents'))}[^,;.:()\n]{{0,40}}$")
_IN_NAME = re.compile(
    r"(?:(?<![0-9a-zà-ỹđ])(?:kế hoạch|đề án|chương trình|chiến lược|quy hoạch|bộ tiêu chí|chuẩn nghèo|tiêu chuẩn|nghị quyết|đợt)(?![0-9a-zà-ỹđ]))"
    r"[^,;:.()\n]{0,50}$"
)
_STAMP = re.compile(r"(?:cập nhật|đăng(?: tải| lúc)?|ngày đăng|đăng ngày|xuất bản|ngày tạo|lúc)[^\S\n]*:?[^\S\n]*$")
_NAMED_YEAR = re.compile(rf"(?<![0-9a-zà-ỹđ]){v.alternation(v.words('named_years'))}(?: của)?[^\S\n]*$")
_PLANNED_YEAR = re.compile(rf"(?<![0-9a-zà-ỹđ]){v.alternation(v.words('planned_years'))}(?: của)?[^\S\n]*$")
_YEAR_TO = re.compile(
    r"(?<![0-9a-zà-ỹđ])từ đầu năm(?: nay| \d{4})? (?:đến|tới)(?: hết| cuối| thời điểm| ngày)*[^\S\n]*$"
)
_FROM_NOW = re.compile(r"(?<![0-9a-zà-ỹđ])từ (?:nay|bây giờ)[^,;.\n]{0,12}$")
_CLAUSE_HEAD = re.compile(
    r"(?:^|[,;:(–\-\"“.…]|(?:yêu cầu|đề nghị|cho biết|theo đó|cụ thể|riêng|tính chung|lũy kế|tính|ước|và|cho thấy|mà|nhưng|trong khi|nếu))[^\S\n]*"
    r"(?:(?:cũng |ngay |chỉ |riêng |tính |ước |chung |cộng dồn |lũy kế |kết quả |từ )*(?:trong|vào|đến|tới|tính đến|hết|đến hết|qua|sang|cả|đến cuối|cuối|đầu|giữa|hồi|trung tuần|từ|của)?)[^\S\n]*$"
)
_PLAN = re.compile(rf"(?<![0-9a-zà-ỹđ]){v.alternation(v.words('plans'))}(?![0-9a-zà-ỹđ])")
_RESULT = re.compile(rf"(?<![0-9a-zà-ỹđ]){v.alternation(v.words('results'))}(?![0-9a-zà-ỹđ])")
#: "năm 2024, huyện phấn đấu": what comes right after the time
_PLAN_AFTER = re.compile(
    r"[^;.()\n]{0,40}?(?<![0-9a-zà-ỹđ])(?:phấn đấu|sẽ|dự kiến|đặt mục tiêu|phải|cần)(?![0-9a-zà-ỹđ])"
)


@dataclass(slots=True)
class Governor:
    """A time with what it does. ``inside`` is the bracket it stands in, ``adverbial`` whether it opens its clause."""

    time: TimeExpression
    role: Role
    #: may its year stand in for a missing one elsewhere?
    anchor: bool
    adverbial: bool
    mood: Mood | None
    inside: tuple[int, int] | None
    #: "theo chuẩn nghèo giai đoạn 2016-2020": part of a name, it governs only what follows at once
    label: bool

    @property
    def start(self) -> int:
        """Where its words start."""
        return self.time.start

    @property
    def end(self) -> int:
        """Where its words end."""
        return self.time.end


def governors(document: Document, times: list[TimeExpression]) -> list[Governor]:
    """What each time does, in order."""
    insides = innermost_brackets(document.text, [time.start for time in times])
    return [_governor(document, time, inside) for time, inside in zip(times, insides, strict=True)]


def _governor(document: Document, time: TimeExpression, inside: tuple[int, int] | None) -> Governor:
    """What a time does, from the words of its sentence before it."""
    first, last = document.sentence_at(time.start)
    before = document.lower[max(first, time.start - 90) : time.start]
    opening = before if inside is None else document.lower[max(inside[0], time.start - 90) : time.start]
    role, anchor = _role(time, document.lower[time.start : time.end], before)
    return Governor(
        time,
        role,
        anchor,
        bool(_CLAUSE_HEAD.search(opening)),
        _mood(before, document.lower[time.end : min(last, time.end + 60)]),
        inside,
        bool(_IN_NAME.search(before)),
    )


def _role(time: TimeExpression, words: str, before: str) -> tuple[Role, bool]:
    """The role, and whether the year named is one that the text is about."""
    when = time.when
    if time.kind in ("time", "anniversary"):
        return "silent", False
    if when.grain == "same_period":
        return ("silent" if _COMPARED.search(before) or _WITH.search(before) else "previous"), False
    if time.rule in ("to_date", "at_present"):
        return "now", False
    if _COMPARED.search(before) or (words.startswith(("nhiệm kỳ", "khóa")) and not _IN_TERM.search(before)):
        return "silent", False
    if (time.kind == "date" or when.grain == "year") and (_PAPER_NUMBER.search(before) or _PAPER.search(before)):
        return "silent", False
    if (
        _DEADLINE.search(before)
        or (time.kind == "date" and _STAMP.search(before))
        or (when.grain == "year" and _NAMED_YEAR.search(before))
    ):
        return "silent", True
    if when.grain == "vague":
        return "unknown", False
    if _YEAR_TO.search(before):
        return "year_to", True
    if _FROM_NOW.search(before):
        return "unknown", True
    if when.grain in ("days", "months", "years") or time.rule == "from_to":
        return ("event" if time.rule == "days_of_month" else "covers"), True
    if _SINCE.search(before) or (_BEGINNING.search(before) and when.grain != "month"):
        return "unknown", False
    if _UNTIL.search(before) and (when.grain == "day" or _UNTIL_END.search(before)):
        return "point", True
    return ("event" if when.grain == "day" else "covers"), True


def _mood(before: str, after: str) -> Mood | None:
    """Does the clause plan or report? The nearest word before the time tells, else one right after it."""
    if _PLANNED_YEAR.search(before):
        return "plan"
    clause = re.split(r"[;.]", before)[-1]
    plan = [match.start() for match in _PLAN.finditer(clause)]
    result = [match.start() for match in _RESULT.finditer(clause)]
    if plan or result:
        return "plan" if plan and (not result or plan[-1] > result[-1]) else "result"
    return "plan" if _PLAN_AFTER.match(after) else None


def innermost_brackets(text: str, places: list[int]) -> list[tuple[int, int] | None]:
    """For places in rising order, the innermost round bracket (closed on its own line) around each."""
    pairs: list[tuple[int, int]] = []
    opened: list[int] = []
    for match in re.finditer(r"[()\n]", text):
        if match.group() == "(":
            opened.append(match.start())
        elif match.group() == "\n":
            opened.clear()
        elif opened:
            pairs.append((opened.pop(), match.start()))
    pairs.sort()
    out: list[tuple[int, int] | None] = []
    around: list[tuple[int, int]] = []
    upcoming = 0
    for place in places:
        while upcoming < len(pairs) and pairs[upcoming][0] < place:
            around.append(pairs[upcoming])
            upcoming += 1
        while around and around[-1][1] < place:
            around.pop()
        out.append(around[-1] if around else None)
    return out
