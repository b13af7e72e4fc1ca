"""A text made ready for reading: canonical (NFC) characters, an equal-length lower-case twin, and its divisions.

Everything in ``extractors`` works on offsets into ``Document.text``. ``Document.lower`` has the same length, so a
match in one is a place in the other: lower case, old and new tone placement made one (``uỷ`` is ``ủy``).
"""

from __future__ import annotations

import re
import unicodedata
from bisect import bisect_right
from dataclasses import dataclass, field
from functools import cached_property

_TONES = "\u0300\u0301\u0303\u0309\u0323"
#: an end of sentence: space and anything behind it, the end of the line, or a capital that lacks its space
_SENTENCE_END = re.compile(r"[.!?…]+[\"”’)\]]*(?:(?=\s+[^\W_])|(?=\s*$)|(?<=[^\W\d]\.)(?=[^\W\d_][^\W\d_]))")
_ABBREVIATION = re.compile(
    r"(?:^|[\s(])(?:[A-ZĐ]|Tr|tr|TP|Tp|tp|TX|TT|Th|ThS|TS|GS|PGS|BS|KS|Ths|Ts|Bs|Q|P|H|St|Mr|Mrs|No|v\.v)$"
)


def _old_placements() -> dict[str, str]:
    """``oà`` (new placement) -> ``òa`` (old): both are two characters in NFC, so offsets stay."""
    table: dict[str, str] = {}
    for first, second in (("o", "a"), ("o", "e"), ("u", "y")):
        for tone in _TONES:
            new = first + unicodedata.normalize("NFC", second + tone)
            table[new] = unicodedata.normalize("NFC", first + tone) + second
    return table


_PLACEMENT = _old_placements()
_PLACEMENT_RE = re.compile("|".join(f"{key}(?![^\\W\\d_])" for key in _PLACEMENT))


def lower_same_length(text: str) -> str:
    """Lower case without changing the length, tone marks in one placement.

    >>> lower_same_length("Quận UỶ hoà giải, Thuỷ, quý")
    'quận ủy hòa giải, thủy, quý'
    """
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return _PLACEMENT_RE.sub(_place, low)


def _place(match: re.Match[str]) -> str:
    found = match.group()
    if found[0] == "u" and match.start() and match.string[match.start() - 1] == "q":
        return found  # quý, quỹ: the tone belongs to the y
    return _PLACEMENT[found]


@dataclass(frozen=True)
class Document:
    """A canonical text with its divisions. ``text`` must be NFC (see ``extractors.text.canonical``).

    ``title`` and ``published`` are context: they help to find years, places and topics but hold no figures.
    """

    text: str
    title: str | None = None
    published: str | None = None
    lower: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lower", lower_same_length(self.text))

    @cached_property
    def lines(self) -> list[tuple[int, int]]:
        """Start and end of every line that is not blank: a paragraph, a list item, a table row."""
        out, at = [], 0
        for line in self.text.split("\n"):
            if line.strip():
                out.append((at, at + len(line)))
            at += len(line) + 1
        return out

    @cached_property
    def sentences(self) -> list[tuple[int, int]]:
        """Start and end of every sentence; a sentence never crosses a line."""
        out = []
        for start, end in self.lines:
            at = start
            for match in _SENTENCE_END.finditer(self.text, start, end):
                if not self._begins(match.end(), end) or _ABBREVIATION.search(
                    self.text[max(at, match.start() - 8) : match.start()]
                ):
                    continue
                if self.text[match.start()] == "." and self.text[at : match.start()].strip().isdigit():
                    continue  # "1. Thu ngân sách" is one sentence
                out.append((at, match.end()))
                at = match.end()
            if self.text[at:end].strip():
                out.append((at, end))
        return out

    def _begins(self, at: int, end: int) -> bool:
        """Whether a sentence may begin behind ``at``: not with a small letter."""
        rest = self.text[at : min(end, at + 4)]
        first = rest.lstrip()[:1]
        if not first:
            return True
        return not first.islower() if rest[0].isspace() else first.isupper() and rest[1:2].islower()

    @cached_property
    def _line_starts(self) -> list[int]:
        return [start for start, _ in self.lines]

    @cached_property
    def _sentence_starts(self) -> list[int]:
        return [start for start, _ in self.sentences]

    def line_at(self, offset: int) -> tuple[int, int]:
        """The line around an offset."""
        index = bisect_right(self._line_starts, offset) - 1
        return self.lines[max(index, 0)]

    def sentence_index(self, offset: int) -> int:
        """Which sentence stands around an offset."""
        return max(bisect_right(self._sentence_starts, offset) - 1, 0)

    def sentence_at(self, offset: int) -> tuple[int, int]:
        """The sentence around an offset."""
        return self.sentences[self.sentence_index(offset)]
