"""The times that a title reports on, and which of them the comparisons in a sentence point to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from extractors.periods import vocabulary as v
from extractors.periods.find import find_times
from extractors.periods.model import Grain
from extractors.periods.reading import Reading, read
from extractors.periods.roles import INDEX, Governor, governors
from extractors.periods.years import Years
from extractors.text.canonical import canonical
from extractors.text.document import Document
from schemas.figures import Period

#: "so với tháng trước", "so với tháng cùng kỳ", "trong tháng, ..." speak of a month, "so với quý trước" of a quarter
_THIS_ONE = re.compile(
    rf"{v.LEFT}(?:(?:so với|hơn|bằng)[^\S\n]+(?P<unit>tháng|quý)[^\S\n]+(?:liền[^\S\n]+)?trước{v.RIGHT}"
    rf"|so với[^\S\n]+(?:cùng[^\S\n]+)?(?P<same>tháng|quý)[^\S\n]+(?:cùng kỳ|năm (?:trước|ngoái)){v.RIGHT}"
    rf"|trong[^\S\n]+(?P<own>tháng|quý)(?:,|[^\S\n]+(?:có|đã|toàn|các|ước|đạt|tăng|giảm){v.RIGHT}))"
)
#: "Tính chung, ..." adds up the longer time
_ALTOGETHER = re.compile(r"[^\S\n]*(?:tính chung|lũy kế|cộng dồn)[^\S\n]*,")
#: "giảm tội phạm trong 5 tháng đầu năm": what the title tells lies in that time
_WITHIN = re.compile(rf"{v.LEFT}(?:trong|suốt|cả|qua)[^\S\n]*$")
#: a text that names indices as often as this is about one
_OFTEN = 4
_GRAINS: dict[str, Grain] = {"tháng": "month", "quý": "quarter"}


@dataclass(frozen=True, slots=True)
class TitleTimes:
    """What a title says of time. ``sole`` is the one time that it reports on, ``by_grain`` the last of each kind.

    ``topic``: is the text about an index or a survey, so that a year named with it holds until another one is?
    """

    sole: Reading | None
    by_grain: dict[Grain, Reading]
    topic: bool

    def pointed_at(
        self, lower: str, start: int, end: int, before: Period | None, compared: Sequence[Period]
    ) -> Reading | None:
        """Which of several times of the title ("tháng 4 và 4 tháng đầu năm") the sentence ``start``-``end`` means.

        Not where the time ``before`` it already is as short as a month and as a quarter ("từ 15/7 đến 14/8"). What is
        ``compared`` with the same time of the year before ("so với 4 tháng đầu năm 2024") is of that time itself.
        """
        for own in self.by_grain.values():
            if own.period and any(_is_year_before(one, own.period) for one in compared):
                return None if _as_short(before, own) else own
        if len(self.by_grain) < 2:
            return None
        said = _THIS_ONE.search(lower, start, end)
        if said:
            reading = self.by_grain.get(_GRAINS[said["unit"] or said["same"] or said["own"]])
            return reading if reading and not _as_short(before, reading) else None
        return self.by_grain.get("months") if _ALTOGETHER.match(lower, start) else None


def _is_year_before(one: Period, period: Period) -> bool:
    """Is ``one`` the same stretch of the year before? The last day of a month may differ by one."""
    starts = (one.start.year + 1, one.start.month, one.start.day) == _parts(period.start)
    return starts and one.end.year + 1 == period.end.year and one.end.month == period.end.month


def _parts(day: date) -> tuple[int, int, int]:
    return day.year, day.month, day.day


def _as_short(before: Period | None, reading: Reading) -> bool:
    if before is None or reading.period is None:
        return False
    return before.end - before.start <= reading.period.end - reading.period.start + timedelta(days=1)


def title_times(document: Document) -> TitleTimes:
    """``Sơ kết 6 tháng đầu năm 2019``, ``Kinh tế tháng 4 và 4 tháng đầu năm 2025``: what a title reports on."""
    topic = len(INDEX.findall(document.lower)) >= _OFTEN
    if not document.title:
        return TitleTimes(None, {}, topic)
    title = Document(canonical(document.title.replace("\n", " "))[0], None, document.published)
    times = governors(title, find_times(title))
    years = Years(title, [g.time for g in times if g.anchor])
    covering = [(g, _of_title(g, times, years, title)) for g in times if g.role == "covers" and not g.label]
    covering = [(g, reading) for g, reading in covering if g.mood != "plan" and reading.period]
    told = [
        reading
        for g, reading in covering
        if g.mood == "result" or g.adverbial or _of_index(g, title) or _WITHIN.search(title.lower, 0, g.start)
    ]
    sole = told[0] if len({reading.period for reading in told}) == 1 else None
    return TitleTimes(
        sole, {g.time.when.grain: reading for g, reading in covering}, topic or bool(INDEX.search(title.lower))
    )


def _of_title(g: Governor, times: list[Governor], years: Years, title: Document) -> Reading:
    return replace(read(g, times, years, title.text), where="title", year="title")


def _of_index(g: Governor, title: Document) -> bool:
    """``Chỉ số hài lòng năm 2024``: a year that an index is named by."""
    return g.time.when.grain == "year" and bool(INDEX.search(title.lower, 0, g.start))
