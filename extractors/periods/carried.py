"""What governs the sentences to come: a paragraph's time, a section's, a plan's, the day of an event."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import replace

from extractors.mention import Mention
from extractors.periods import vocabulary as v
from extractors.periods.reading import NOTHING, Reading
from extractors.periods.roles import INDEX, NEAR, Governor
from extractors.periods.title import TitleTimes
from extractors.text.document import Document
from schemas.figures import Period

REPORTS = v.pattern("reports")
_HELD = v.pattern("held")
_CONTINUES = re.compile(r"[^\S\n]*" + v.pattern("continuing").pattern)
_INQUIRY = re.compile(r"[^\S\n]*" + v.pattern("inquiries").pattern)
_NORM = re.compile(r"[^\S\n]*(?:theo|căn cứ)[^\S\n]+" + v.pattern("papers").pattern)
_EXTENT = v.before("extents", r"(?:(?:là|hơn|gần|khoảng|trên)[^\S\n]*)*")
_EXTENT_REACH = 40
_BULLET = re.compile(r"[^\S\n]*(?:[-+•*–]|\d+[.)]|[a-zđ][.)])")
_OPEN_END = re.compile(r"[\w”\"’)\]][^\S\n]*$")
#: sentences without a figure or a time after which what governed lapses
_LAPSE = 3
#: times before one that may say what it means: a sentence with thousands must still take linear time
_TIMES_BEFORE = 20
_CAPTION_LENGTH = 200
#: characters between an index and its year
_INDEX_REACH = 60


class Carried:
    """The times that hold beyond their sentence.

    A paragraph's time holds to its end, a plan's for what is planned, a "tính đến" for the sentences that go on from
    it. A time of which the text says that it reports on it ("kết quả 9 tháng", "sơ kết 6 tháng") holds from where it
    opens a sentence to where another one does: that is the section. At first it is the time that the title reports on.
    """

    def __init__(
        self, document: Document, read: Callable[[Governor, list[Governor]], Reading], title: TitleTimes
    ) -> None:
        self._document = document
        self._read = read
        self._reported: set[Period] = set()
        self._idle = 0
        self._firm = False
        #: does what governs come from another line?
        self._crossed = False
        self.result: Reading | None = None
        self.plan: Reading | None = None
        self.point: Reading | None = None
        self.section: Reading | None = title.sole
        self._title = title
        self.event: Governor | None = None

    def for_figure(self, m: Mention, sentence: int) -> Reading:
        """What the sentences before give to a figure whose own says nothing; ``sentence`` is where that one starts."""
        lower = self._document.lower
        if _NORM.match(lower, sentence):
            return NOTHING
        if m.status == "planned":
            return self.plan or NOTHING
        if self.result is None and self._is_caption(m.start):
            return NOTHING
        if self.result and self.result.where == "paragraph" and self._is_extent(m):
            return NOTHING
        if self.point and _CONTINUES.match(lower, sentence):
            return self.point
        return self.result or self.point or self.section or NOTHING

    def _is_extent(self, m: Mention) -> bool:
        """``tuyến đường dài 12 km``, ``công suất 300 m3``: how large a thing is, whenever it was told of."""
        before = self._document.lower[max(0, m.start - _EXTENT_REACH) : m.start]
        return m.relation == "level" and bool(_EXTENT.search(before))

    def so_far(self, to_date: bool) -> Reading | None:
        """What "đến nay" and "hiện nay" stand in; None for what governs anyway.

        "Đến nay" goes on with the time of its paragraph, but not with the day of an event, nor with a time of another
        line that the text does not report on ("Năm 2000, xã được công nhận ...").
        """
        told = self.result.period if self.result else None
        if not to_date or (told and (told.start == told.end or (self._crossed and told not in self._reported))):
            return self.section or NOTHING
        return None

    def is_free(self) -> bool:
        """Does nothing but an event govern?"""
        return not (self.section or self.result or self.point)

    def new_paragraph(self, start: int) -> None:
        """What was said in a paragraph ends with it, unless the next one goes on.

        Some texts have one sentence a line: there a time that opened a sentence holds for the next line too.
        """
        if _CONTINUES.match(self._document.lower, start):
            return
        next_line = self._document.text[max(0, start - 2) : start] != "\n\n"
        self._crossed = True
        if not (self._firm and next_line and self._idle == 0):
            self.result = None
        self.plan = self.point = None

    def new_sentence(self, start: int, end: int, busy: bool, compared: Sequence[Period] = ()) -> None:
        """``busy``: has the sentence a figure or a time? What governs lapses when several have none.

        ``compared`` are the times that it compares with.
        """
        self._idle = 0 if busy else self._idle + 1
        if self._idle > _LAPSE:
            self.result = self.plan = self.point = None
        if self.section is None and _INQUIRY.match(self._document.lower, start):
            self.result = self.point = None  # "Theo điều tra, nhóm này đã ...": before the day of the arrest
        before = self.result.period if self.result else None
        self.result = self._title.pointed_at(self._document.lower, start, end, before, compared) or self.result

    def hold_event(self, reading: Reading) -> None:
        """Where nothing else is reported, what follows a figure of an event is of its day too."""
        if self.section is None and self.result is None:
            self.result = replace(reading, where="paragraph")

    def leave(self, inside: list[Governor], line_end: int, planned: bool) -> None:
        """After a sentence: what its times leave behind. ``planned``: had it a figure that lies ahead?"""
        for g in inside:
            if g.role == "event":
                self._leave_event(g, inside, line_end)
        free = [g for g in inside if g.inside is None and not g.label and g.lasts]
        for g in [g for g in free if g.adverbial] or free:
            if g.role != "unknown" or g.adverbial or g.is_season:
                self._leave_time(g, inside, line_end, planned)

    def _leave_event(self, g: Governor, inside: list[Governor], line_end: int) -> None:
        """``Ngày 9/7, sạt lở xảy ra``: an accident's day holds for the paragraph; a meeting's for who came."""
        lower = self._document.lower
        if _HELD.search(lower, g.end, min(line_end, g.end + NEAR)):
            self.event = g
        end = min(self._document.sentence_at(g.start)[1], g.start + NEAR)
        if g.adverbial and g.inside is None and not REPORTS.search(lower, g.start, end):
            self.result = self._beyond(g, inside)

    def _beyond(self, g: Governor, inside: list[Governor]) -> Reading:
        """What a time means to the sentences after it; only the times shortly before it can bear on that."""
        here = bisect_left(inside, g.start, key=lambda other: other.start)
        return replace(self._read(g, inside[max(0, here - _TIMES_BEFORE) : here + 1]), where="paragraph")

    def _leave_time(self, g: Governor, inside: list[Governor], line_end: int, planned: bool) -> None:
        reading = self._beyond(g, inside)
        if g.mood == "plan" or (g.mood is None and (planned or not g.adverbial)):
            self.plan = reading
        if g.mood == "plan":
            return
        if g.role == "point":
            self.point = reading
            return
        self.result, self.point, self._firm, self._crossed = reading, None, g.adverbial, False
        if reading.period and g.mood == "result":
            self._reported.add(reading.period)
        if self._title.topic and g.time.when.grain == "year" and self._names_index(g):
            self.section = replace(reading, where="heading")
            return
        if g.adverbial and (reading.period in self._reported or self._opens_list(line_end)):
            self.section = replace(reading, where="heading")
        elif g.adverbial and g.role == "unknown":
            self.section = None

    def _names_index(self, g: Governor) -> bool:
        """``Mức độ hài lòng năm 2024``, in a text about it."""
        first = max(self._document.sentence_at(g.start)[0], g.start - _INDEX_REACH)
        return bool(INDEX.search(self._document.lower, first, g.start))

    def _opens_list(self, line_end: int) -> bool:
        return self._document.text[max(0, line_end - 4) : line_end].rstrip().endswith(":")

    def _is_caption(self, at: int) -> bool:
        """A short line without an end mark that is no list item: a heading, or the words under a picture."""
        start, end = self._document.line_at(at)
        if end - start >= _CAPTION_LENGTH:
            return False
        text = self._document.text[start:end]
        return bool(_OPEN_END.search(text)) and not _BULLET.match(text) and ":" not in text and "|" not in text
