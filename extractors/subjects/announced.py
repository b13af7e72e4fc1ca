"""The topic that a sentence without figures announces for the next one."""

from __future__ import annotations

import re

from extractors.subjects.frame import Frame
from extractors.subjects.lexicon import phrases
from extractors.text.document import Document

#: "Công tác chống buôn lậu, hàng giả được tăng cường kiểm tra": the work, and where its predicate begins
_WORK = re.compile(
    r"\W*công tác (?:đấu tranh )?(?:(?:phòng,? )?chống )?(?P<topic>[^.;:()\d]{6,80}?)"
    r"(?: trên địa bàn[^.;:]*?)? (?:được|tiếp tục|đã|luôn|có nhiều|đạt)\b"
)


def announced(document: Document, frame: Frame, floor: int) -> str:
    """The work that the sentence right before ``frame`` is about, when this one begins with a verb; else "".

    ``floor`` is where the last figure ended: a sentence with a figure tells of itself.
    """
    skip = 0
    while size := phrases("auxiliary").at(frame.words, skip, len(frame.words)):
        skip += size
    if not phrases("verb").at(frame.words, skip, len(frame.words)):
        return ""
    start, _ = document.sentence_at(frame.starts[0])
    if start < 2:
        return ""
    before, end = document.sentence_at(start - 1)
    while before and end <= start and not document.text[before:end].strip():
        before, end = document.sentence_at(before - 1)
    if before < floor or end > start or document.line_at(before)[0] != document.line_at(start)[0]:
        return ""
    found = _WORK.match(document.lower, before, end)
    return " ".join(document.text[slice(*found.span("topic"))].split()) if found else ""
