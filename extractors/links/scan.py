"""One pass over a text: figures, brackets, list cues, sentence and clause ends, in the order in which they stand."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from extractors.mention import Mention
from extractors.text.document import Document

EventKind = Literal["sentence", "open", "close", "cue", "semicolon", "figure"]

#: words after which the parts of a total are listed; "trong" right before a figure ("trong 35 dự án có 12 dự án chậm")
_CUES = (
    r"trong (?:số )?(?:đó|này|ấy)\b|(?:bao )?gồm(?: có)?\b(?! cả)|cụ thể(?=\s*(?:như sau|là)?\s*[:,])"
    r"|(?:chia|phân) ra\b|(?:(?:chia|phân) )?theo (?:(?:các|từng) )?"
    r"(?:lĩnh vực|địa bàn|ngành|nhóm|loại|cấp|chuyên đề|hành vi)\b(?! (?:quản|trên|trung))"
    r"|chủ yếu (?:là|từ|đến từ)\b|trong tổng số\b|trong số\b|trong (?=(?:hơn |gần |khoảng |tổng )?$)"
    r"|đến nay(?: mới| đã|\b)|(?:như sau|sau đây|dưới đây)\s*:"
    r"|(?<=[.,;] )riêng (?!biệt|lẻ|tư|rẽ|về)(?=[^.;,\d]{0,60}(?:\d|$))"
    r"|các (?:lĩnh vực|ngành|loại|nhóm|khu vực|địa phương|đơn vị|khoản)\b[^:;.,\d\n]{0,40}:"
)
_SIGNS = re.compile(rf"(?P<open>[(\[])|(?P<close>[)\]])|(?P<semicolon>;)|(?<!\w)(?P<cue>{_CUES})")


@dataclass(frozen=True, slots=True)
class Event:
    """Something that matters to the structure, at ``start``; ``index`` is the figure's, ``words`` the cue's."""

    start: int
    kind: EventKind
    index: int = -1
    words: str = ""


def events(document: Document, mentions: list[Mention]) -> Iterator[Event]:
    """Everything in the text that opens, closes or fills a list, by offset; signs inside numbers are left out."""
    found = [Event(start, "sentence") for start, _ in document.sentences]
    at = 0
    for index, mention in enumerate(mentions):
        found.extend(_signs(document, at, mention.start))
        found.append(Event(mention.start, "figure", index))
        at = max(at, mention.end)
    found.extend(_signs(document, at, len(document.text)))
    found.sort(key=lambda event: (event.start, event.kind != "sentence"))
    return iter(found)


def _signs(document: Document, start: int, end: int) -> Iterator[Event]:
    for match in _SIGNS.finditer(document.lower, start, end):
        kind: EventKind = match.lastgroup  # type: ignore[assignment]
        yield Event(match.start(), kind, words=match.group())
