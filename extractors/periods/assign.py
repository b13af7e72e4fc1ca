"""What time each figure covers: the words of its sentence, else those that govern its paragraph, else nothing."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from datetime import date

from extractors.mention import Mention
from extractors.periods import vocabulary as v
from extractors.periods.model import TimeExpression
from extractors.periods.roles import Governor, governors, innermost_brackets
from extractors.periods.years import Years
from extractors.text.document import Document
from schemas.figures import Period

_ADJACENT = re.compile(r"[^\S\n]*(?:(?:trong|vào|của|ở)[^\S\n]+)?$")
_REPORTS = re.compile(rf"(?<![0-9a-zà-ỹđ]){v.alternation(v.words('reports'))}(?![0-9a-zà-ỹđ])")
_ATTENDANCE = re.compile(rf"(?<![0-9a-zà-ỹđ]){v.alternation(v.words('attendance'))}(?![0-9a-zà-ỹđ])")
_OFFICE = re.compile(rf"(?<![0-9a-zà-ỹđ]){v.alternation(v.words('office_holders'))}[^\S\n]*(?:(?:trên|hơn|gần|khoảng)[^\S\n]*)?$")
_AREAS = set(v.words("areas"))


@dataclass(frozen=True, slots=True)
class Reading:
    """A period with the words that gave it and where they and their year stand."""

    period: Period | None
    words: str
    where: str
    year: str = "sentence"

    def evidence(self) -> str:
        """``words (where; year from ...)``."""
        return f"{self.words} ({self.where}" + (f"; year: {self.year})" if self.year != self.where else ")")


@dataclass(slots=True)
class _Carried:
    """What governs the sentences to come, by mood."""

    result: Reading | None = None
    plan: Reading | None = None


def assign_periods(document: Document, mentions: list[Mention], times: list[TimeExpression]) -> None:
    """Set ``period`` and ``evidence["period"]`` of every mention; null where the text does not say."""
    _Assigner(document, mentions, times).run()


class _Assigner:
    def __init__(self, document: Document, mentions: list[Mention], times: list[TimeExpression]) -> None:
        self.document = document
        self.mentions = sorted(mentions, key=lambda m: m.start)
        self.governors = governors(document, times)
        self.years = Years(document, [g.time for g in self.governors if g.anchor])
        self.insides = innermost_brackets(document.text, [m.start for m in self.mentions])
        self.carried = _Carried()

    def run(self) -> None:
        starts = [start for start, _ in self.document.sentences]
        by_sentence: list[tuple[list[Governor], list[int]]] = [([], []) for _ in starts]
        for g in self.governors:
            by_sentence[max(bisect_right(starts, g.start) - 1, 0)][0].append(g)
        for i, m in enumerate(self.mentions):
            by_sentence[max(bisect_right(starts, m.start) - 1, 0)][1].append(i)
        line = -1
        for (start, end), (inside, figures) in zip(self.document.sentences, by_sentence, strict=True):
            if not inside and not figures:
                continue
            here = self.document.line_at(start)[0]
            if here != line:
                line = here
                self._new_paragraph()
            for i in figures:
                self._assign(i, inside, start, end)
            self._carry(inside, figures)

    # ---- one figure ------------------------------------------------------------------------------

    def _assign(self, i: int, inside: list[Governor], start: int, end: int) -> None:
        m, bracket = self.mentions[i], self.insides[i]
        reading = self._choose(m, bracket, inside, start, end)
        if reading is None:
            reading = self._from_before(m)
        if reading and reading.period:
            m.period = reading.period
            m.evidence["period"] = reading.evidence()

    def _choose(self, m: Mention, bracket: tuple[int, int] | None, inside: list[Governor], start: int, end: int) -> Reading | None:
        active = [g for g in inside if g.role != "silent"]
        own = [g for g in active if bracket and g.inside == bracket]
        outer = [g for g in active if g.inside is None]
        for g in active:
            if g.inside in (bracket, None) and g.start >= m.end and _ADJACENT.match(self.document.lower[max(m.unit_end, m.end) : g.start]):
                return self._read(g, m)
        if own:
            return self._pick(m, own, start)
        if self._is_static(m, start):
            return Reading(None, "", "")
        return self._pick(m, outer, start)

    def _pick(self, m: Mention, active: list[Governor], start: int) -> Reading | None:
        before = [g for g in active if g.end <= m.start and self._fits(g, m)]
        after = [g for g in active if g.start >= m.end and self._fits(g, m)]
        if before:
            nearest = before[-1]
            topics = [g for g in before if g.adverbial]
            if not nearest.adverbial and topics and ";" in self.document.text[nearest.end : m.start]:
                nearest = topics[-1]
            return self._read(nearest, m)
        for g in after:
            if ";" not in self.document.text[m.end : g.start]:
                return self._read(g, m)
        return None

    def _fits(self, g: Governor, m: Mention) -> bool:
        if g.role == "event":
            return self._is_of_event(g, m)
        if g.mood == "plan" and m.status == "actual" and not g.adverbial:
            return False
        return True

    def _is_of_event(self, g: Governor, m: Mention) -> bool:
        first, last = sorted((g.end, m.start))
        between = self.document.lower[first:last]
        return bool(_ATTENDANCE.search(between)) or not _REPORTS.search(between)

    def _is_static(self, m: Mention, start: int) -> bool:
        before = self.document.lower[max(start, m.start - 40) : m.start]
        return m.relation == "level" and (m.unit or "").split(",")[0].strip() in _AREAS and bool(_OFFICE.search(before))

    # ---- meaning ---------------------------------------------------------------------------------

    def _read(self, g: Governor, m: Mention | None = None) -> Reading:
        words = self.document.text[g.start : g.end]
        when, source = g.time.when, "sentence"
        if g.role in ("unknown", "previous"):
            return Reading(None, words, "sentence")
        if when.year is None:
            found = self.years.at(g.start)
            if found is None:
                return Reading(None, words, "sentence")
            when, source = when.in_year(found.year), found.source
        period = when.period()
        if period and g.role == "point":
            period = Period(period.end, period.end)
        return Reading(period, words, "sentence", source)

    # ---- from sentence to sentence ---------------------------------------------------------------

    def _new_paragraph(self) -> None:
        pass

    def _from_before(self, m: Mention) -> Reading | None:
        return self.carried.plan if m.status == "planned" else self.carried.result

    def _carry(self, inside: list[Governor], figures: list[int]) -> None:
        free = [g for g in inside if g.inside is None and g.role in ("covers", "point", "unknown")]
        topics = [g for g in free if g.adverbial] or free
        for g in topics:
            reading = replace(self._read(g), where="paragraph")
            if g.mood == "plan":
                self.carried.plan = reading
            else:
                self.carried.result = reading
