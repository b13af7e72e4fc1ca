"""Times in tables written as lines of cells: a figure's own cell, its row's first, or the head of its column."""

from __future__ import annotations

from bisect import bisect_left

from extractors.periods.roles import Governor
from extractors.text.document import Document

_BAR = "|"
#: a longer line is no row, but running text with a bar in it
_ROW_LENGTH = 2000
_DATED = ("covers", "point", "event", "year_to")


class Tables:
    """Runs of lines with bars. The times of a run's first line are the heads of its columns."""

    def __init__(self, document: Document, times: list[Governor]) -> None:
        self._text = document.text
        self._times = times
        self._starts = [g.start for g in times]
        self._head_of: dict[int, tuple[int, int]] = {}
        head: tuple[int, int] | None = None
        for line in document.lines:
            if not self.is_row(line):
                head = None
                continue
            head = head or line
            self._head_of[line[0]] = head

    def is_row(self, line: tuple[int, int]) -> bool:
        """Is the line a row of cells?"""
        return line[1] - line[0] <= _ROW_LENGTH and self._text.find(_BAR, *line) >= 0

    def time_of(self, line: tuple[int, int], at: int) -> Governor | None:
        """The time that a table gives to a figure at ``at``, if it stands in one and the table says so."""
        head = self._head_of.get(line[0])
        if head is None:
            return None
        column = self._text.count(_BAR, line[0], at)
        own = self._in_column(line, column) or self._in_column(line, 0)
        return own or (self._in_column(head, column) if head != line else None)

    def _in_column(self, line: tuple[int, int], column: int) -> Governor | None:
        first, last = bisect_left(self._starts, line[0]), bisect_left(self._starts, line[1])
        for g in self._times[first:last]:
            if g.role in _DATED and self._text.count(_BAR, line[0], g.start) == column:
                return g
        return None
