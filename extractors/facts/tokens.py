"""A document as words and marks, made once and read by every rule."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property

from extractors.text.document import Document

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|đ/c|\d+|[^\w\s]|_|\n\s*", re.IGNORECASE)


class Tokens:
    """Words, digits, marks and line ends of a document with their places."""

    def __init__(self, document: Document) -> None:
        self.document = document
        found = list(_TOKEN.finditer(document.text))
        self.starts = [match.start() for match in found]
        self.ends = [match.end() for match in found]
        self.words = [document.lower[match.start() : match.end()] for match in found]
        self.capital = [match.group()[0].isupper() for match in found]

    def __len__(self) -> int:
        return len(self.words)

    def word(self, i: int) -> str:
        """The word at ``i`` in lower case; "" outside the document."""
        return self.words[i] if 0 <= i < len(self.words) else ""

    def is_capital(self, i: int) -> bool:
        """Whether a word that begins with a capital stands at ``i``."""
        return 0 <= i < len(self.words) and self.capital[i]

    def text(self, first: int, after: int) -> str:
        """The text of the tokens ``first:after``."""
        return self.document.text[self.starts[first] : self.ends[after - 1]]

    def index(self, offset: int) -> int:
        """The first token that begins at ``offset`` or behind it."""
        return bisect_left(self.starts, offset)

    @cached_property
    def shouting(self) -> frozenset[int]:
        """Tokens inside runs of four words or more all in capitals: there a capital says nothing."""
        out: set[int] = set()
        run: list[int] = []
        for i, word in enumerate([*self.words, ""]):
            shown = self.text(i, i + 1) if word else ""
            if shown.isupper() and shown.isalpha():
                run.append(i)
            elif not word or shown[0].isalpha() or shown[0] == "\n":
                if len(run) >= 4:
                    out.update(run)
                run = []
        return frozenset(out)
