"""The words that stand around a figure, within its clause."""

from __future__ import annotations

import re

from extractors.links.units import content_words
from extractors.mention import Mention
from extractors.text.document import Document

_BREAK = re.compile(r"[;:()\[\]|!?…\n–]|[,.](?!\d)")
#: what is joined on behind these belongs to the next figure
_WITH = re.compile(r"\s(?:với|và|cho)\s")
_REACH = 160


class Surroundings:
    """Clause texts before and after each figure of a document, in lower case, cut at ``_REACH`` characters."""

    def __init__(self, document: Document, mentions: list[Mention]) -> None:
        self._low = document.lower
        self._mentions = mentions
        self._words: dict[int, set[str]] = {}

    def gap(self, index: int) -> str:
        """Everything between the figure before and this one."""
        start = self._mentions[index].start
        previous = self._mentions[index - 1].end if index else 0
        return self._low[max(previous, start - _REACH) : start]

    def before(self, index: int) -> tuple[str, bool]:
        """The clause up to the figure, and whether it holds the figure before (nothing parts the two)."""
        gap = self.gap(index)
        last = None
        for match in _BREAK.finditer(gap):
            last = match
        if last:
            return gap[last.end() :], False
        whole = index > 0 and self._mentions[index].start - self._mentions[index - 1].end <= _REACH
        return gap, whole

    def after(self, index: int) -> str:
        """The clause after the figure, up to a sign or the next figure."""
        end = self._mentions[index].end
        stop = self._mentions[index + 1].start if index + 1 < len(self._mentions) else len(self._low)
        text = self._low[end : min(stop, end + _REACH)]
        found = _BREAK.search(text)
        return text[: found.start()] if found else text

    def words(self, index: int) -> set[str]:
        """The naming words of the figure's clause, its unit included."""
        if index not in self._words:
            unit = (self._mentions[index].unit or "").lower()
            own = _WITH.split(self.after(index), maxsplit=1)[0]
            self._words[index] = self.topic(index) | content_words(f"{unit} {own}")
        return self._words[index]

    def topic(self, index: int) -> set[str]:
        """The naming words before the figure: of its clause, else of the nearest clause before that names something."""
        clauses = _BREAK.split(self.gap(index))
        if index and self._mentions[index].start - self._mentions[index - 1].end <= _REACH:
            clauses[0] = "".join(
                _WITH.split(clauses[0])[1:]
            )  # what is attached to the figure before is not of this one
        for clause in reversed(clauses):
            words = content_words(clause)
            if words:
                return words
        return set()
