"""Which of the times in its sentence governs a figure."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import replace

from extractors.attributes import is_attribute
from extractors.mention import Mention
from extractors.periods import vocabulary as v
from extractors.periods.carried import REPORTS, Carried
from extractors.periods.reading import NOTHING, Reading, read
from extractors.periods.roles import NEAR, Governor
from extractors.periods.years import Years
from extractors.text.document import Document

Bracket = tuple[int, int] | None

_ADJACENT = re.compile(r"[^\S\n]*(?:(?:này|đó|nói trên)[^\S\n]+)?(?:(?:trong|vào|của|ở)[^\S\n]+)?$")
_ATTENDANCE = re.compile("(?<!đi )" + v.pattern("attendance").pattern)
_AWARDS = v.pattern("awards")
_FOREIGN = v.pattern("foreign")
_OFFICE = re.compile(v.before("office_holders", r"(?:(?:trên|hơn|gần|khoảng)[^\S\n]*)?").pattern)
_RESPECTIVELY = re.compile(r"(?<![0-9a-zà-ỹđ])(?:lần lượt|tương ứng)(?![0-9a-zà-ỹđ])")
_LISTED = re.compile(r"[^\S\n]*(?:,|và|,[^\S\n]*và)[^\S\n]*")
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_COMPARISON = re.compile(rf"{v.LEFT}(?:so với|hơn|bằng|cùng kỳ)[^,;:()\n]{{0,40}}$")
_COMPARISON_STARTS = re.compile(rf"{v.LEFT}so với(?: (?:mức|con số|tỷ lệ|số|khoảng|gần|hơn|là))*[^\S\n]*$")
_AT_END = re.compile(rf"{v.LEFT}(?:cuối|hết)[^\S\n]*$")
#: "thấp hơn ngưỡng 5%", "theo chuẩn 3 triệu đồng": what is held against is set once
_MEETS = re.compile(rf"{v.LEFT}(?:ngưỡng|mức chuẩn)[^\S\n]+(?:trên |dưới |là )?$")
#: "đã kiểm tra đối với 52 đơn vị": a deed, not how many there are
_DONE = re.compile(rf"{v.LEFT}(?:đã|được)[^\S\n]+(?:[^\W\d]+[^\S\n]+){{1,6}}đối với[^\S\n]+")
_SUPPORT = re.compile(
    rf"{v.LEFT}(?:hỗ trợ|đóng|miễn|trợ giá|hưởng|chi trả)[^\S\n]+(?:thêm |mức |tối đa |ít nhất |bằng )*$"
)
_PRICE = re.compile(rf"[^\S\n]*(?:giá|mức|tiền|lương){v.RIGHT}(?! (?:trị|thành))")
_BREAK = re.compile(r"[;:.()\n]|(?<!\d),|,(?!\d)")
_AREAS = frozenset(v.words("areas"))
_PEOPLE = frozenset(v.words("people"))
#: characters within which "hằng năm", without opening its clause, still speaks of a figure
_TIMELESS_REACH = 25
_BESIDE = 60


class Chooser:
    """Chooses among the times of a sentence; knows the document and what is carried into the sentence."""

    def __init__(self, document: Document, mentions: list[Mention], years: Years, carried: Carried) -> None:
        self._document = document
        self._text = document.text
        self._lower = document.lower
        self._mentions = mentions
        self._starts = [m.start for m in mentions]
        self._semicolons = [match.start() for match in re.finditer(";", document.text)]
        self._years = years
        self._carried = carried

    def choose(self, m: Mention, bracket: Bracket, near: list[Governor], start: int, end: int) -> Reading | None:
        """The reading from the sentence ``start``-``end``, NOTHING where it rules one out, None where it is silent."""
        if _MEETS.search(self._lower[max(start, m.start - _BESIDE) : m.start]) and m.relation != "change":
            return NOTHING
        past = self._compared_value(m, near, bracket)
        if past:
            at_end = _AT_END.search(self._lower[max(0, past.start - 20) : past.start])
            return self._read(replace(past, role="point" if at_end else "covers"), near)
        active = [g for g in near if g.role != "silent" and g.inside in (bracket, None)]
        for g in active:
            if self._right_behind(g, m):
                return self._read(g, active)
        event = self._attended(m, active, start, end)
        if event:
            reading = self._read(event, active)
            if m.unit != "đại biểu":
                self._carried.hold_event(reading)
            return reading
        if bracket:
            reading_inside = self._pick(m, [g for g in active if g.inside == bracket], active, start)
            if reading_inside:
                return reading_inside
        if self._is_rate_of_support(m) and not any(self._in_clause(g, m) for g in active):
            return NOTHING
        if self._is_static(m, start) or is_attribute(self._document, m):
            return NOTHING
        outer = [g for g in active if g.inside is None]
        if _AWARDS.search(self._lower, max(start, m.start - NEAR), m.start):
            return next((self._read(g, active) for g in outer if g.start > m.end and g.role == "covers"), NOTHING)
        return self._pick(m, outer, active, start)

    def year_of_plan(self, m: Mention, near: list[Governor]) -> Reading | None:
        """``đạt 92% kế hoạch năm 2023``, where no other time is said: what was reached is of the plan's year."""
        if m.basis != "plan" or m.relation not in ("relative", "change"):
            return None
        for g in near:
            words = self._lower[m.end : g.start] if m.end <= g.start <= m.end + NEAR else ""
            if g.time.when.grain == "year" and g.mood == "plan" and words and not _BREAK.search(words):
                return self._read(g, near)
        return None

    def _read(self, g: Governor, others: list[Governor]) -> Reading:
        return read(g, others, self._years, self._text, self._carried.result or self._carried.section)

    def _pick(self, m: Mention, active: list[Governor], others: list[Governor], start: int) -> Reading | None:
        """The last time before the figure, as far as its clause reaches; else one behind it."""
        matched = self._respectively(m, active)
        if matched:
            return self._read(matched, others)
        before = [g for g in active if g.end <= m.start and self._governs(g, m)]
        before = [g for g in before if not g.label] or before
        if before:
            nearest = self._in_reach(m, before, start)
            if nearest is None:
                return None
            if nearest.role == "now":
                if self._open_since(nearest, before):
                    return NOTHING
                spans = [g for g in before if g.role == "covers" and g.adverbial]
                if spans:
                    return self._read(spans[-1], others)
                return self._carried.so_far(nearest.time.rule == "to_date")
            return self._read(nearest, others)
        for g in active:
            if g.start >= m.end and self._governs(g, m) and self._reaches_back(g, m):
                return self._read(g, others)
        return None

    def _open_since(self, now: Governor, before: list[Governor]) -> bool:
        """``từ tháng 5/2023 đến nay``: a stretch whose end the text does not date."""
        since = before[-2] if len(before) > 1 else None
        if since is None or since.role != "unknown" or since.time.when.grain == "vague":
            return False
        return not self._lower[since.end : now.start].strip()

    def _in_reach(self, m: Mention, before: list[Governor], start: int) -> Governor | None:
        """The last time, or the one that opened the sentence where the last belonged to an earlier clause only."""
        nearest = before[-1]
        if nearest.adverbial:
            return nearest
        topic = next((g for g in reversed(before) if g.adverbial), None)
        carried = self._carried.for_figure(m, start)
        carries = bool(carried.period) and carried.where != "title"
        if nearest.label and carried.period:
            return None
        if self._semicolon(nearest.end, m.start):
            return topic or (None if carries and not self._heads_list(nearest) else nearest)
        return topic if topic and self._in_new_clause(nearest, m) else nearest

    def _semicolon(self, start: int, end: int) -> bool:
        here = bisect_left(self._semicolons, start)
        return here < len(self._semicolons) and self._semicolons[here] < end

    def _heads_list(self, g: Governor) -> bool:
        """``Sản lượng 6 tháng đầu năm như sau: ngô 5 tấn; lạc 3 tấn``: is it said before the colon of a list?"""
        semicolon = self._semicolons[bisect_left(self._semicolons, g.end)]
        return self._text.find(":", g.end, min(semicolon, g.end + NEAR)) >= 0

    def _in_new_clause(self, g: Governor, m: Mention) -> bool:
        """``thu cả năm đạt 105% dự toán, xây thêm 2 cầu``: is the later figure another clause's own statement?"""
        here = bisect_left(self._starts, m.start)
        if m.relation != "level" or here == 0 or self._mentions[here - 1].start < g.end:
            return False
        return bool(_COMMA.search(self._text, self._mentions[here - 1].end, m.start))

    def _respectively(self, m: Mention, active: list[Governor]) -> Governor | None:
        """``năm 2017 và 2018 lần lượt là 14,6% và 7,6%``: the first of the one list with the first of the other."""
        before = [g for g in active if g.end <= m.start and g.role == "covers"]
        if len(before) < 2:
            return None
        said = _RESPECTIVELY.search(self._lower, before[-1].end, min(m.start, before[-1].end + NEAR))
        if not said:
            return None
        listed = [before[-1]]
        for g in reversed(before[:-1]):
            if not _LISTED.fullmatch(self._lower, g.end, listed[0].start):
                break
            listed.insert(0, g)
        place = bisect_left(self._starts, m.start) - bisect_left(self._starts, said.end())
        return listed[place] if len(listed) >= 2 and place < len(listed) else None

    def _governs(self, g: Governor, m: Mention) -> bool:
        """Can this time govern that figure at all?"""
        if g.role == "act":
            return g.start >= m.end
        if g.role == "event":
            first, last = sorted((g.end, m.start))
            return last - first < NEAR and not REPORTS.search(self._lower, first, last)
        if g.role == "unknown" and not (g.adverbial or g.is_season) and g.end <= m.start:
            return m.start - g.end <= _TIMELESS_REACH
        if g.role == "point" and m.status == "planned" and g.mood != "plan":
            return False
        return not (g.mood == "plan" and m.status != "planned" and not g.adverbial)

    def _reaches_back(self, g: Governor, m: Mention) -> bool:
        """Does a time behind a figure still cover it?"""
        if g.role == "now" or g.start - m.end > NEAR:
            return False
        between = self._lower[m.end : g.start]
        if ";" in between or _FOREIGN.search(between):
            return False
        commas = len(_COMMA.findall(between))
        return commas == 0 or (g.adverbial and commas == 1)

    def _attended(self, m: Mention, active: list[Governor], start: int, end: int) -> Governor | None:
        """``Dự hội nghị có gần 90 đại biểu``: the event that a figure of people is about."""
        unit = (m.unit or "").split(",")[0].strip()
        if m.relation != "level" or unit not in _PEOPLE:
            return None
        if not _ATTENDANCE.search(self._lower, max(start, m.start - _BESIDE), min(end, m.end + _BESIDE)):
            return None
        if unit != "đại biểu" and (not self._carried.is_free() or any(g.role != "event" for g in active)):
            return None
        return next((g for g in reversed(active) if g.role == "event" and g.end <= m.start), self._carried.event)

    def _is_rate_of_support(self, m: Mention) -> bool:
        """``được hỗ trợ 70% mức đóng``, ``bằng 5 lần giá đất``: the term of a rule, in force until it is changed."""
        if m.unit == "lần" and m.basis is None:
            return bool(_PRICE.match(self._lower, max(m.end, m.unit_end)))
        if m.kind != "percent" or m.relation == "change":
            return False
        return bool(_SUPPORT.search(self._lower[max(0, m.start - _BESIDE) : m.start]))

    def _in_clause(self, g: Governor, m: Mention) -> bool:
        """Does a time stand in the sentence before the figure and open a clause, or behind it without a comma?"""
        return (g.end <= m.start and g.adverbial) or self._reaches_back(g, m)

    def _right_behind(self, g: Governor, m: Mention) -> bool:
        """``20 ha năm 2022``: do the words of time follow the unit at once?"""
        between = self._lower[max(m.unit_end, m.end) : g.start][:_BESIDE]
        return g.start >= m.end and bool(_ADJACENT.match(between))

    def _compared_value(self, m: Mention, near: list[Governor], bracket: Bracket) -> Governor | None:
        """``so với năm 2022 (84%)``, ``so với mức 84% của năm 2022``: the value that a comparison starts from."""
        if m.relation not in ("level", "share"):
            return None
        for g in near:
            if g.role != "silent" or g.time.when.grain in ("vague", "same_period"):
                continue
            if bracket and g.inside is None and g.end <= bracket[0]:
                apart = self._text[g.end : bracket[0]]
                compared = _COMPARISON.search(self._lower[max(0, g.start - _BESIDE) : g.start])
                if compared and not apart.strip() and not self._text[bracket[0] + 1 : m.start].strip():
                    return g
            starts = _COMPARISON_STARTS.search(self._lower[max(0, m.start - _BESIDE) : m.start])
            if starts and self._right_behind(g, m):
                return g
        return None

    def _is_static(self, m: Mention, start: int) -> bool:
        """``lãnh đạo 12 phường``: how many there are, at no time that the text says."""
        if m.relation != "level" or (m.unit or "").split(",")[0].strip() not in _AREAS:
            return False
        before = self._lower[max(start, m.start - _BESIDE) : m.start]
        return bool(_OFFICE.search(before)) and not _DONE.search(before)
