"""What a time does in its sentence: cover figures, end at a day, compare, date a paper or an event, or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from extractors.periods import vocabulary as v
from extractors.periods.model import TimeExpression
from extractors.text.document import Document

#: ``covers`` a stretch of time; ``point`` the day up to which is counted; ``event`` the day on which something was;
#: ``year_to`` from the first of January to its end; ``unknown`` says when without dates ("từ năm 2010", "5 năm qua")
#: and so governs with nothing; ``previous`` the same period of the year before; ``now`` ("đến nay") what governs
#: already; ``act`` when something was approved, which is not the time of what stands behind; ``silent`` governs no
#: figure (comparisons, papers, deadlines, hours).
Role = Literal["covers", "point", "event", "year_to", "unknown", "previous", "now", "act", "silent"]
Mood = Literal["plan", "result"]

#: How far, in characters, words act on each other: a sentence of a megabyte must still take linear time.
NEAR = 300
_BEFORE, _BEHIND = 90, 60

_S = r"[^\S\n]*"
_DAY_WORDS = r"(?: hết| cuối| thời điểm| thời gian| khoảng| ngày)*"
_COMPARED = re.compile(
    rf"(?:{v.LEFT}so(?: với| cùng)?{v.RIGHT}(?! sánh(?! với))[^,;:()\n]{{0,60}}"
    r"|(?:tăng(?! trưởng)|giảm|hơn|thấp hơn|cao hơn|bằng)(?:[^,;:()\n]|(?<=\d),(?=\d)){0,40}"
    r" (?:với|hơn|của)[^,;.:()\n\d]{0,30}"
    rf"|(?:bằng|hơn) (?:cùng kỳ |mức |của |thời điểm )*|cùng (?:kỳ|kì)(?: của)?{_S}"
    rf"|chào mừng [^,;.\n]{{0,40}}|(?:sinh|sn|khóa|kỳ họp){_S})$"
)
_WITH = re.compile(rf"(?:với|so|bằng|hơn|như){_S}$")
_DEADLINE = re.compile(rf"{v.LEFT}(?:trước|sau|chậm nhất|hạn)(?: thời điểm| ngày| cuối)*{_S}$")
_SINCE = re.compile(rf"{v.LEFT}(?:kể từ|từ|tính từ)(?: sau| đầu| cuối| giữa| khi| tháng| ngày)*{_S}$")
_UNTIL = re.compile(
    rf"{v.LEFT}(?:(?:đến|tới)(?: nay)?(?: \()?{_DAY_WORDS}|hết|cuối|thời điểm|tại thời điểm|tại ngày){_S}$"
)
_UNTIL_END = re.compile(rf"{v.LEFT}(?:hết|cuối){_S}$")
_YEAR_TO = re.compile(rf"{v.LEFT}từ đầu năm(?: nay| \d{{4}})? (?:đến|tới){_DAY_WORDS}{_S}$")
#: "lũy kế đến hết tháng 8": added up since the year began
_ADDED_UP = re.compile(rf"{v.LEFT}(?:lũy kế|cộng dồn)(?: từ đầu năm)? (?:đến|tới)(?: hết| cuối)*{_S}$")
#: "dự án được phê duyệt vào tháng 10/2011, dài 450 m": the approval is of then, the length is not
_APPROVED = re.compile(rf"{v.LEFT}{v.alternation(v.words('approvals'))}(?: [^\W\d]+){{0,3}}? (?:vào|từ|hồi){_S}$")
_FROM_NOW = re.compile(rf"{v.LEFT}từ (?:nay|bây giờ)[^,;.\n]{{0,12}}$")
_BEGINNING = re.compile(rf"{v.LEFT}(?:đầu|giữa){_S}$")
#: "khóa IV, nhiệm kỳ 2021 - 2026" names a body; "trong nhiệm kỳ 2021 - 2026" says when
_IN_TERM = re.compile(rf"(?:trong|cả|suốt|kết quả|đầu|giữa|qua)(?: toàn)?{_S}$")
#: "15/kh-ubnd ", but not the day in "16/12, năm 2019"
_PAPER_NUMBER = re.compile(rf"(?:số{_S}\S+|/[0-9-]*[a-zđ][a-zđ0-9-]*|-[a-zđ]+){_S},?{_S}$")
_PAPER = re.compile(
    rf"{v.alternation(v.words('documents'))}(?!(?:{_S}[^\W\d]+){{0,3}}{_S}(?:giao|đề ra|đặt ra|xác định))"
    r"[^,;.:()\n]{0,40}$"
)
_STAMP = re.compile(rf"(?:cập nhật|đăng(?: tải| lúc)?|ngày đăng|đăng ngày|xuất bản|ngày tạo|lúc){_S}:?{_S}$")
_IN_NAME = re.compile(v.pattern("named_papers").pattern + r"[^,;:.()\n]{0,50}$")
#: "Liên hoan Dân ca toàn tỉnh năm 2025", "... - 2025": an event that is named by its year
_HELD_YEARLY = re.compile(v.pattern("yearly_events").pattern + r"[^;:.()\n\d]{0,70}$")
_NAMED_YEAR = v.before("named_years", rf"(?:của)?{_S}")
#: "đấu giá năm 2017", "đánh giá năm 2023": a deed, not the prices of a year
_PRICING = re.compile(rf"{v.LEFT}(?:đấu|đánh|định|thẩm|trợ|bình) giá{_S}$")
#: "tạo nền tảng cho giai đoạn 2026 - 2030": what is served later
_SERVED = re.compile(
    rf"{v.LEFT}(?:nền tảng|tiền đề|cơ sở|động lực|bước đệm|chuẩn bị)[^,;.:()\n]{{0,24}} (?:cho|của|vào)(?: cả)?{_S}$"
)
_PLANNED_YEAR = v.before("planned_years", rf"(?:của)?{_S}")
_CLAUSE_HEAD = re.compile(
    rf"(?:^|[,;:(–\-\"“.…]|{v.alternation(v.words('clause_openers'))}){_S}"
    rf"(?:{v.alternation(v.words('time_openers'))}{_S})*$"
)
_DATED = re.compile(r"(?:(?:tính|kể|từ|ngày|tức)[^\S\n]*)*")
#: the planning department ("Sở Kế hoạch và Đầu tư") plans nothing by its name
_PLAN = re.compile(r"(?<!bộ )(?<!sở )(?<!phòng )(?<!ban )(?<!vụ )(?<!cục )" + v.pattern("plans").pattern)
_RESULT = v.pattern("results")
#: "năm 2024, huyện phấn đấu": what comes right behind the time
_PLAN_BEHIND = re.compile(r"[^;.()\n]{0,40}?" + v.pattern("plan_verbs").pattern)


#: what is measured once a year and named by it: "Chỉ số hài lòng năm 2024"
INDEX = v.pattern("indices")


@dataclass(slots=True)
class Governor:
    """A time with what it does in its sentence."""

    time: TimeExpression
    role: Role
    #: may its year stand in for a missing one elsewhere?
    anchor: bool
    #: does it open its clause ("Năm 2023, ...") rather than qualify a noun ("thu ngân sách năm 2023")?
    adverbial: bool
    mood: Mood | None
    #: the round bracket that it stands in
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

    @property
    def is_season(self) -> bool:
        """Does it name a stretch of time whose dates nobody states ("vụ đông năm 2024")?"""
        return self.time.rule in ("season", "school_year")

    @property
    def lasts(self) -> bool:
        """Can it govern beyond its sentence?"""
        return self.role in ("covers", "point", "year_to", "unknown")


def governors(document: Document, times: list[TimeExpression]) -> list[Governor]:
    """What each time does, in order."""
    insides = innermost_brackets(document.text, [time.start for time in times])
    out = [_governor(document, time, inside) for time, inside in zip(times, insides, strict=True)]
    for named, dated in pairwise(out):
        if dated.inside and named.inside is None and _spells_out(document.lower, named, dated):
            dated.inside, dated.adverbial, dated.mood = None, named.adverbial, named.mood or dated.mood
            named.role = "silent"
    return out


def _spells_out(lower: str, named: Governor, dated: Governor) -> bool:
    """``dịp Tết (từ 20/01 đến 26/01)``, ``tháng 5 (26/4 - 25/5)``: does the bracket behind a time say which days?"""
    if dated.time.when.grain != "days" or named.role not in ("covers", "unknown") or dated.inside is None:
        return False
    opening, closing = dated.inside
    return (
        not lower[named.end : opening].strip()
        and bool(_DATED.fullmatch(lower[opening + 1 : dated.start]))
        and not lower[dated.end : closing].strip()
    )


def _governor(document: Document, time: TimeExpression, inside: tuple[int, int] | None) -> Governor:
    first, last = document.sentence_at(time.start)
    before = document.lower[max(first, time.start - _BEFORE) : time.start]
    behind = document.lower[time.end : min(last, time.end + _BEHIND)]
    opening = before if inside is None else document.lower[max(inside[0], time.start - _BEFORE) : time.start]
    role, anchor = _role(time, document.lower[time.start : time.end], before)
    adverbial, label = bool(_CLAUSE_HEAD.search(opening)), bool(_IN_NAME.search(before))
    if time.when.grain == "year" and _HELD_YEARLY.search(before):
        label, adverbial = True, False
    if role in ("covers", "event") and not adverbial and _APPROVED.search(before):
        role = "act"
    return Governor(time, role, anchor, adverbial, _mood(before, behind), inside, label)


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
    if _DEADLINE.search(before) or (time.kind == "date" and _STAMP.search(before)):
        return "silent", True
    if _SERVED.search(before):
        return "silent", True
    if when.grain == "year" and _NAMED_YEAR.search(before) and not _PRICING.search(before):
        return "silent", True
    if when.grain == "vague":
        return "unknown", when.year is not None
    return _covering_role(time, before)


def _covering_role(time: TimeExpression, before: str) -> tuple[Role, bool]:
    """The role of a time that has dates and that nothing silences."""
    grain = time.when.grain
    if _YEAR_TO.search(before) or (grain == "month" and _ADDED_UP.search(before)):
        return "year_to", True
    if _FROM_NOW.search(before):
        return "unknown", False
    if time.rule == "half_year" and _UNTIL.search(before):
        return "point", True
    if grain in ("days", "months", "years"):
        return ("event" if time.rule == "days_of_month" else "covers"), True
    if _SINCE.search(before) or (_BEGINNING.search(before) and grain != "month"):
        return "unknown", False
    if _UNTIL.search(before) and (grain == "day" or _UNTIL_END.search(before)):
        return "point", True
    return ("event" if grain == "day" else "covers"), True


def _mood(before: str, behind: str) -> Mood | None:
    """Does the clause plan or report? The nearest word before the time tells, else a verb right behind it."""
    if _PLANNED_YEAR.search(before):
        return "plan"
    clause = re.split(r"[;.]", before)[-1]
    plan = max((match.start() for match in _PLAN.finditer(clause)), default=-1)
    result = max((match.start() for match in _RESULT.finditer(clause)), default=-1)
    if plan != result:
        return "plan" if plan > result else "result"
    return "plan" if _PLAN_BEHIND.match(behind) else None


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
