"""A sentence as a row of words in which every figure (number and unit together) is one word."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from extractors.mention import Mention
from extractors.text.document import Document

#: What a figure looks like among the words; a phrase of the lexicon never matches it.
FIGURE = "\0"
_WORD = re.compile(r"(?:tp|tx|tt)\.(?=\s?[^\W\d])|[^\W\d_]+|\d+(?:[.,/-]\d+)*|\.\.\.|[^\w\s]")
_HARD = frozenset(".;:!?…•|") | {"..."}
_QUOTES = {"“": "”", "‘": "’", "«": "»"}


@dataclass(slots=True)
class Frame:
    """Words of one sentence with their offsets; ``figure[i]`` is the mention at word ``i`` or -1."""

    document: Document
    words: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    figure: list[int] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    """Word index of each figure, in order."""
    first: int = 0
    """Index of the first mention of the sentence."""
    quoted: list[bool] = field(default_factory=list)

    def add(self, word: str, start: int, end: int, figure: int = -1) -> None:
        """Append a word."""
        if figure >= 0:
            self.places.append(len(self.words))
        self.words.append(word)
        self.starts.append(start)
        self.ends.append(end)
        self.figure.append(figure)

    def written(self, indexes: Sequence[int]) -> str:
        """The words as they stand in the text; words that do not stand side by side are joined by a space."""
        pieces: list[str] = []
        start = end = last = -1
        for index in indexes:
            if index != last + 1 or end < 0:
                if end >= 0:
                    pieces.append(self.document.text[start:end])
                start = self.starts[index]
            end, last = self.ends[index], index
        if end >= 0:
            pieces.append(self.document.text[start:end])
        return " ".join(" ".join(pieces).split())

    def capital(self, index: int) -> bool:
        """Whether the word is written with a capital."""
        return self.document.text[self.starts[index]].isupper()

    def stops(self, index: int) -> bool:
        """Whether the word is punctuation that ends every phrase."""
        return self.words[index] in _HARD and not self.quoted[index]


def frames(document: Document, mentions: Sequence[Mention]) -> Iterator[Frame]:
    """Each sentence that holds mentions, as a Frame. Work is proportional to those sentences' length."""
    at = 0
    while at < len(mentions):
        start, end = document.sentence_at(mentions[at].start)
        frame = Frame(document, first=at)
        place = start
        while at < len(mentions) and mentions[at].start < max(end, mentions[at].start + (at == frame.first)):
            mention = mentions[at]
            _words(frame, place, mention.start)
            close = max(mention.end, mention.unit_end)
            if at + 1 < len(mentions):
                close = min(close, max(mentions[at + 1].start, mention.end))
            frame.add(FIGURE, mention.start, close, at)
            place = close
            at += 1
        _words(frame, place, end)
        _mark_quotes(frame)
        yield frame


def _words(frame: Frame, start: int, end: int) -> None:
    for match in _WORD.finditer(frame.document.lower, start, max(start, end)):
        frame.add(match.group(), match.start(), match.end())


def _mark_quotes(frame: Frame) -> None:
    """Note the words between quotation marks: punctuation there ends nothing."""
    closing = ""
    opened = 0
    frame.quoted = [False] * len(frame.words)
    for index, word in enumerate(frame.words):
        if closing and word == closing:
            frame.quoted[opened : index + 1] = [True] * (index + 1 - opened)
            closing = ""
        elif not closing and word in _QUOTES:
            closing, opened = _QUOTES[word], index
        elif not closing and word == '"':
            closing, opened = '"', index
        elif closing and (word == FIGURE or index - opened > 40):
            closing = ""
