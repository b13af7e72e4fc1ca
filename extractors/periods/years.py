"""The year of a time that names none.

From the sentence, the paragraph, a heading, the title, the publication date; at last the one that the text names most.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass

from extractors.periods.model import Grain, TimeExpression
from extractors.text.document import Document

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True, slots=True)
class YearFound:
    """A year and where it came from (the names that evidence is written in)."""

    year: int
    source: str


class Years:
    """The years that a document names, ready to be asked for the one that holds at a place.

    ``anchors`` are the expressions whose year is the time of the text: not those of comparisons, of papers or births.
    """

    def __init__(self, document: Document, anchors: list[TimeExpression], ahead: frozenset[int] = frozenset()) -> None:
        """``ahead``: where the anchors start that lie ahead ("phấn đấu đến năm 2030")."""
        self._document = document
        usable = [t for t in anchors if t.when.year is not None and t.when.grain != "years"]
        self._all = [t.start for t in usable], [t.when.year for t in usable]
        # a meeting's day lies in no year that it plans for
        past = [t for t in usable if t.start not in ahead or t.when.grain == "day"]
        self._past = [t.start for t in past], [t.when.year for t in past]
        self._headings = [(t.start, t.when.year) for t in usable if t.when.year and _is_heading(document, t.start)]
        self._title = _only_year(document.title)
        published = _YEAR.match(document.published or "")
        self._published = int(published.group()) if published else None
        told = [t.when.year for t in usable if t.when.year and t.start not in ahead]
        self._latest = max(told, default=None)
        self._dated = Counter(t.when.year for t in usable if t.when.year and t.when.grain != "year").most_common(1)
        self._main = Counter(told or [t.when.year for t in usable if t.when.year]).most_common(1)

    def today(self) -> YearFound | None:
        """The year that "năm nay" is said in: of the title, of publication, else the latest one that is told of."""
        for source, year in (("title", self._title), ("published", self._published), ("text", self._latest)):
            if year:
                return YearFound(year, source)
        return None

    def at(self, start: int, grain: Grain) -> YearFound | None:
        """The year that holds at a place, by nearness; None where the document names none.

        A day is of a year that only another date in the text can tell: the years that a story goes back to do not.
        """
        for source, (first, last) in (
            ("sentence", self._document.sentence_at(start)),
            ("paragraph", self._document.line_at(start)),
        ):
            year = self._near(start, first, last, grain)
            if year:
                return YearFound(year, source)
        for source, year in (("heading", self._heading(start)), ("title", self._title), ("published", self._published)):
            if year:
                return YearFound(year, source)
        main = self._dated if grain == "day" else self._main
        return YearFound(main[0][0], "text") if main else None

    def _heading(self, start: int) -> int | None:
        """The year of the last heading before a place."""
        here = bisect_left(self._headings, (start,))
        return self._headings[here - 1][1] if here else None

    def _near(self, start: int, first: int, last: int, grain: Grain) -> int | None:
        """The nearest year between two places: the last before ``start``, else the first after it."""
        starts, years = self._past if grain == "day" else self._all
        here = bisect_left(starts, start)
        if here > 0 and starts[here - 1] >= first:
            return years[here - 1]
        if here < len(starts) and starts[here] < last:
            return years[here]
        return None


def _is_heading(document: Document, at: int) -> bool:
    """A short line without an end mark, or one that ends in a colon."""
    start, end = document.line_at(at)
    return end - start < 200 and not document.text[start:end].rstrip().endswith((".", ";", ",", "!", "?"))


def _only_year(text: str | None) -> int | None:
    """The last year that a title names ("9 tháng ..., nhiệm vụ 3 tháng cuối năm 2023")."""
    years = _YEAR.findall(text or "")
    return int(years[-1]) if years else None
