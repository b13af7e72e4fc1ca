"""Whose bare head it is: the work that the sentence opened with ("Dự án ... được phê duyệt, quy mô 300 ha")."""

from __future__ import annotations

from extractors.subjects.clean import untimed
from extractors.subjects.frame import FIGURE, Frame
from extractors.subjects.grammar import skip_openers
from extractors.subjects.lexicon import phrases

_ENDS = frozenset(
    ("được", "bị", "do", "có", "nằm", "là", "đã", "đang", "sẽ", "khởi", "đi", "nối", "gồm", "theo", "(", ",")
)
_REACH = 60
_LONGEST = 9


def work_before(frame: Frame, stop: int) -> list[int]:
    """The project, building or road that a clause before word ``stop`` of the same sentence opens with, or nothing."""
    floor = max(0, stop - _REACH)
    at = next((i + 1 for i in range(stop - 1, floor - 1, -1) if frame.stops(i) or frame.words[i] == FIGURE), floor)
    stop = next((i for i in range(stop - 1, at, -1) if frame.words[i] == ","), at)
    if at and frame.words[at - 1] == FIGURE:
        return []
    while at < stop:
        kept, _ = untimed(frame, at, min(stop, at + 24))
        kept = kept[skip_openers([frame.words[i] for i in kept]) :]
        words = [frame.words[i] for i in kept]
        if size := phrases("work").at(words, 0, len(words)):
            end = next((i for i in range(size, len(words)) if words[i] in _ENDS), len(words))
            if size < end <= _LONGEST and words[end - 1] not in phrases("demonstrative"):
                return kept[:end]
        at = next((i + 1 for i in range(at, stop) if frame.words[i] == ","), stop)
    return []
