"""What time each figure covers: the words of its sentence, else those that govern its paragraph, else nothing."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass, replace

from extractors.mention import Mention
from extractors.periods import vocabulary as v
from extractors.periods.model import TimeExpression
from extractors.periods.roles import Governor, governors, innermost_brackets
from extractors.periods.years import Years
from extractors.text.document import Document
from schemas.figures import Period

_W = r"(?<![0-9a-zà-ỹđ])"
_E = r"(?![0-9a-zà-ỹđ])"
_ADJACENT = re.compile(r"[^\S\n]*(?:(?:này|đó|nói trên)[^\S\n]+)?(?:(?:trong|vào|của|ở)[^\S\n]+)?$")
_REPORTS = re.compile(_W + v.alternation(v.words("reports")) + _E)
_ATTENDANCE = re.compile(_W + "(?<!đi )" + v.alternation(v.words("attendance")) + _E)
_HELD = re.compile(_W + v.alternation(v.words("held")) + _E)
_AWARDS = re.compile(_W + v.alternation(v.words("awards")) + _E)
_OFFICE = re.compile(_W + v.alternation(v.words("office_holders")) + r"[^\S\n]*(?:(?:trên|hơn|gần|khoảng)[^\S\n]*)?$")
_CONTINUES = re.compile(r"[^\S\n]*" + v.alternation(v.words("continuing")) + _E)
#: between a figure and a later time: what shows that the time belongs to something else
_FOREIGN = re.compile(_W + r"(?:theo|kế hoạch|chỉ tiêu|dự toán|nghị quyết|đề án|mục tiêu|so với|cho đến|nhằm|để)" + _E)
_NORM = re.compile(r"[^\S\n]*(?:theo|căn cứ)[^\S\n]+(?:nghị quyết|quyết định|nghị định|quy định|thông tư|luật)" + _E)
_RESPECTIVELY = re.compile(_W + r"(?:lần lượt|tương ứng)" + _E)
_LISTED = re.compile(r"[^\S\n]*(?:,|và|,[^\S\n]*và)[^\S\n]*")
_COMMA = re.compile(r"(?<!\d),|,(?!\d)")
_AREAS = frozenset(v.words("areas"))
_PEOPLE = frozenset(v.words("people"))
_TIMELESS_REACH = 25
#: how far, in characters, words act on each other; and how many times around a figure are looked at, so that a sentence
#: of a megabyte still takes linear time
_NEAR = 300
_TIMES_BEFORE, _TIMES_BEHIND = 40, 20
#: sentences without a figure or a time after which what governed lapses
_LAPSE = 3
_BULLET = re.compile(r"[^\S\n]*(?:[-+•*–]|\d+[.)]|[a-zđ][.)])")
_OPEN_END = re.compile(r"[\w”\"’)\]][^\S\n]*$")


@dataclass(frozen=True, slots=True)
class Reading:
    """A period with the words that gave it, and where they and their year stand."""

    period: Period | None
    words: str = ""
    where: str = "sentence"
    year: str = "sentence"

    def evidence(self) -> str:
        """``words (where; year: where the year came from)``."""
        return f"{self.words} ({self.where}; year: {self.year})"


NOTHING = Reading(None)


@dataclass(slots=True)
class _Carried:
    """What governs the sentences to come: within the paragraph by mood, and beyond it."""

    result: Reading | None = None
    plan: Reading | None = None
    point: Reading | None = None
    section: Reading | None = None
    event: Governor | None = None
    #: did ``result`` open its sentence?
    firm: bool = False


def assign_periods(document: Document, mentions: list[Mention], times: list[TimeExpression]) -> None:
    """Set ``period`` and ``evidence["period"]`` of every mention; null where the text does not say."""
    _Assigner(document, mentions, times).run()


class _Assigner:
    def __init__(self, document: Document, mentions: list[Mention], times: list[TimeExpression]) -> None:
        self.document = document
        self.mentions = sorted(mentions, key=lambda m: m.start)
        self._semicolons = [match.start() for match in re.finditer(";", document.text)]
        self._starts = [m.start for m in self.mentions]
        self.governors = governors(document, times)
        self.years = Years(document, [g.time for g in self.governors if g.anchor])
        self.insides = innermost_brackets(document.text, [m.start for m in self.mentions])
        self.carried = _Carried()
        self.reported: set[Period] = set()

    def run(self) -> None:
        starts = [start for start, _ in self.document.sentences]
        by_sentence: list[tuple[list[Governor], list[int]]] = [([], []) for _ in starts]
        for g in self.governors:
            by_sentence[max(bisect_right(starts, g.start) - 1, 0)][0].append(g)
        for i, m in enumerate(self.mentions):
            by_sentence[max(bisect_right(starts, m.start) - 1, 0)][1].append(i)
        line = (-1, -1)
        self._idle = 0
        for (start, end), (inside, figures) in zip(self.document.sentences, by_sentence, strict=True):
            here = self.document.line_at(start)
            if here != line:
                line = here
                self._new_paragraph(here, self._idle)
            self._idle = 0 if figures or any(g.role == "covers" for g in inside) else self._idle + 1
            if self._idle > _LAPSE:
                self.carried.result = self.carried.plan = self.carried.point = None
            if not inside and not figures:
                continue
            places = [g.start for g in inside]
            for i in figures:
                here = bisect_left(places, self.mentions[i].start)
                near = inside[max(0, here - _TIMES_BEFORE) : here + _TIMES_BEHIND]
                self._assign(i, near, start, end)
            self._carry(inside, line)

    # ---- one figure ------------------------------------------------------------------------------

    def _assign(self, i: int, inside: list[Governor], start: int, end: int) -> None:
        m = self.mentions[i]
        reading = self._in_sentence(m, self.insides[i], inside, start, end)
        if reading is None:
            reading = self._from_before(m, start)
        if reading.period:
            m.period = reading.period
            m.evidence["period"] = reading.evidence()

    def _in_sentence(
        self, m: Mention, bracket: tuple[int, int] | None, inside: list[Governor], start: int, end: int
    ) -> Reading | None:
        lower = self.document.lower
        active = [g for g in inside if g.role != "silent" and g.inside in (bracket, None)]
        for g in active:
            if g.start >= m.end and _ADJACENT.match(lower[max(m.unit_end, m.end) : g.start]):
                return self._read(g, active)
        event = self._attended(m, active, start, end)
        if event:
            return self._at_event(event, m, active)
        if bracket:
            reading = self._pick(m, [g for g in active if g.inside == bracket], start)
            if reading:
                return reading
        if self._is_static(m, start):
            return NOTHING
        outer = [g for g in active if g.inside is None]
        if _AWARDS.search(lower, max(start, m.start - _NEAR), m.start):
            later = [g for g in outer if g.start > m.end and g.role == "covers"]
            return self._read(later[0], active) if later else NOTHING
        return self._pick(m, outer, start)

    def _pick(self, m: Mention, active: list[Governor], start: int) -> Reading | None:
        before = [g for g in active if g.end <= m.start and self._governs(g, m)]
        before = [g for g in before if not g.label] or before
        matched = self._respectively(m, active)
        if matched:
            return self._read(matched, active)
        if before:
            nearest = before[-1]
            if nearest.label and self._from_before(m, start).period:
                return None
            topics = [g for g in before if g.adverbial]
            if not nearest.adverbial and self._semicolon(nearest.end, m.start):
                if topics:
                    nearest = topics[-1]
                elif self._from_before(m, start).period:
                    return None
            elif topics and not nearest.adverbial and self._in_new_clause(nearest, m):
                nearest = topics[-1]
            if nearest.role == "now":
                spans = [g for g in before if g.role == "covers" and g.adverbial]
                if spans:
                    return self._read(spans[-1], active)
                return None if nearest.time.rule == "to_date" else self.carried.section or NOTHING
            return self._read(nearest, active)
        for g in active:
            if g.start >= m.end and self._governs(g, m) and self._reaches_back(g, m):
                return self._read(g, active)
        return None

    def _semicolon(self, start: int, end: int) -> bool:
        """Is there a semicolon between two places?"""
        here = bisect_left(self._semicolons, start)
        return here < len(self._semicolons) and self._semicolons[here] < end

    def _respectively(self, m: Mention, active: list[Governor]) -> Governor | None:
        """``năm 2017 và 2018 lần lượt là 14,6% và 7,6%``: the first of the one list with the first of the other."""
        before = [g for g in active if g.end <= m.start and g.role == "covers"]
        if len(before) < 2:
            return None
        said = _RESPECTIVELY.search(self.document.lower, before[-1].end, min(m.start, before[-1].end + _NEAR))
        if not said:
            return None
        listed = [before[-1]]
        for g in reversed(before[:-1]):
            if not _LISTED.fullmatch(self.document.lower, g.end, listed[0].start):
                break
            listed.insert(0, g)
        place = bisect_left(self._starts, m.start) - bisect_left(self._starts, said.end())
        return listed[place] if 2 <= len(listed) and place < len(listed) else None

    def _in_new_clause(self, g: Governor, m: Mention) -> bool:
        """``thu cả năm đạt 105% dự toán, xây thêm 2 cầu``: is the later figure another clause's own statement?"""
        if m.relation != "level":
            return False
        here = bisect_left(self._starts, m.start)
        if here == 0 or self.mentions[here - 1].start < g.end:
            return False
        return bool(_COMMA.search(self.document.text, self.mentions[here - 1].end, m.start))

    def _governs(self, g: Governor, m: Mention) -> bool:
        """Can this time govern that figure at all?"""
        if g.role == "event":
            first, last = sorted((g.end, m.start))
            return last - first < _NEAR and not _REPORTS.search(self.document.lower, first, last)
        if g.role == "unknown" and not g.adverbial and g.end <= m.start:
            return m.start - g.end <= _TIMELESS_REACH
        if g.role == "point" and m.status == "planned" and g.mood != "plan":
            return False
        return not (g.mood == "plan" and m.status != "planned" and not g.adverbial)

    def _reaches_back(self, g: Governor, m: Mention) -> bool:
        """Does a time behind a figure still cover it?"""
        if g.role == "now" or g.start - m.end > _NEAR:
            return False
        between = self.document.lower[m.end : g.start]
        if ";" in between or _FOREIGN.search(between):
            return False
        commas = len(_COMMA.findall(between))
        return commas == 0 or (g.adverbial and commas == 1)

    def _attended(self, m: Mention, active: list[Governor], start: int, end: int) -> Governor | None:
        """``Dự hội nghị có gần 90 đại biểu``: the event that a figure of people is about."""
        unit = (m.unit or "").split(",")[0].strip()
        if m.relation != "level" or unit not in _PEOPLE:
            return None
        around = self.document.lower[max(start, m.start - 60) : min(end, m.end + 60)]
        if not _ATTENDANCE.search(around):
            return None
        event = next((g for g in reversed(active) if g.role == "event" and g.end <= m.start), self.carried.event)
        c = self.carried
        if unit != "đại biểu" and (c.section or c.result or c.point or any(g.role != "event" for g in active)):
            return None
        return event

    def _at_event(self, event: Governor, m: Mention, active: list[Governor]) -> Reading:
        """The day of the event; where nothing else is reported, what follows is of that day too."""
        reading = self._read(event, active)
        if self.carried.section is None and self.carried.result is None and m.unit != "đại biểu":
            self.carried.result = replace(reading, where="paragraph")
        return reading

    def _is_static(self, m: Mention, start: int) -> bool:
        """``lãnh đạo 12 phường``: how many there are, at no time that the text says."""
        before = self.document.lower[max(start, m.start - 40) : m.start]
        return m.relation == "level" and (m.unit or "").split(",")[0].strip() in _AREAS and bool(_OFFICE.search(before))

    # ---- meaning ---------------------------------------------------------------------------------

    def _read(self, g: Governor, others: list[Governor]) -> Reading:
        words = self.document.text[g.start : g.end]
        if g.role == "unknown":
            return Reading(None, words)
        if g.role == "previous":
            return self._year_before(g, others)
        when, source = g.time.when, "sentence"
        if when.year is None:
            found = self.years.at(g.start)
            if found is None:
                return Reading(None, words)
            when, source = when.in_year(found.year), found.source
        period = when.period()
        if period and g.role == "year_to":
            period = Period(period.end.replace(month=1, day=1), period.end)
        if period and g.role == "point":
            period = self._named_too(g, period, others) or Period(period.end, period.end)
        return Reading(period, words, "sentence", source)

    def _named_too(self, g: Governor, period: Period, others: list[Governor]) -> Period | None:
        """``trong năm 2015, số nợ đến hết năm 2015``: the time covered is named too."""
        for other in others:
            if other is not g and other.role == "covers" and other.end <= g.start:
                named = other.time.when.period()
                if named and named.end == period.end:
                    return named
        return None

    def _year_before(self, g: Governor, others: list[Governor]) -> Reading:
        """``cùng kỳ đạt 46%``: the time that governs, a year earlier or in the year named."""
        base: Reading | None = None
        for other in others:
            if other is not g and other.end <= g.start and other.role in ("covers", "point"):
                base = self._read(other, others)
        base = base or self.carried.result or self.carried.section
        words = self.document.text[g.start : g.end]
        if not base or not base.period:
            return Reading(None, words)
        year = g.time.when.year or base.period.end.year + g.time.when.shift
        shift = year - base.period.end.year
        try:
            period = Period(
                base.period.start.replace(year=base.period.start.year + shift), base.period.end.replace(year=year)
            )
        except ValueError:  # 29 February
            return Reading(None, words)
        return replace(base, period=period, words=words)

    # ---- from sentence to sentence ---------------------------------------------------------------

    def _new_paragraph(self, line: tuple[int, int], idle: int) -> None:
        """What was said in a paragraph ends with it, unless the next one goes on.

        Some texts have one sentence a line: there a time that opened a sentence holds for the next line too.
        """
        c = self.carried
        if _CONTINUES.match(self.document.lower, line[0]):
            return
        blank_before = self.document.text[max(0, line[0] - 2) : line[0]] == "\n\n"
        if not (c.firm and idle == 0 and not blank_before):
            c.result = None
        c.plan = c.point = None

    def _from_before(self, m: Mention, start: int) -> Reading:
        if _NORM.match(self.document.lower, start):
            return NOTHING
        c = self.carried
        if m.status == "planned":
            return c.plan or NOTHING
        if c.result is None and self._is_caption(m):
            return NOTHING
        if c.point and _CONTINUES.match(self.document.lower, start):
            return c.point
        return c.result or c.point or c.section or NOTHING

    def _is_caption(self, m: Mention) -> bool:
        """A short line without an end mark that is no list item: a heading or the words under a picture."""
        start, end = self.document.line_at(m.start)
        if end - start >= 200:
            return False
        text = self.document.text[start:end]
        return bool(_OPEN_END.search(text)) and not _BULLET.match(text) and ":" not in text and "|" not in text

    def _carry(self, inside: list[Governor], line: tuple[int, int]) -> None:
        c = self.carried
        for g in inside:
            if g.role == "event" and _HELD.search(self.document.lower, g.end, min(line[1], g.end + _NEAR)):
                c.event = g
        self._carry_event(inside, line)
        free = [
            g
            for g in inside
            if g.inside is None and not g.label and g.role in ("covers", "point", "unknown", "year_to")
        ]
        topics = [g for g in free if g.adverbial]
        for g in topics or free:
            if g.role == "unknown" and not g.adverbial:
                continue
            reading = replace(self._read(g, inside), where="paragraph")
            if g.mood == "plan" or (g.mood is None and not g.adverbial):
                c.plan = reading
            if g.mood == "plan":
                continue
            if g.role == "point":
                c.point = reading
            else:
                c.result, c.point, c.firm = reading, None, g.adverbial
                if reading.period and g.mood == "result":
                    self.reported.add(reading.period)
                if g.adverbial and (reading.period in self.reported or self._opens_list(line)):
                    c.section = replace(reading, where="heading")
                elif g.adverbial and g.role == "unknown":
                    c.section = None

    def _carry_event(self, inside: list[Governor], line: tuple[int, int]) -> None:
        """``Ngày 9/7, sạt lở xảy ra ...``: an accident's day holds for the paragraph; a meeting's does not."""
        for g in inside:
            if g.role == "event" and g.adverbial and g.inside is None:
                end = min(self.document.sentence_at(g.start)[1], g.start + _NEAR)
                if not _REPORTS.search(self.document.lower, g.start, end):
                    self.carried.result = replace(self._read(g, inside), where="paragraph")

    def _opens_list(self, line: tuple[int, int]) -> bool:
        return self.document.text[max(line[0], line[1] - 4) : line[1]].rstrip().endswith(":")
