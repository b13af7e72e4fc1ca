"""Names of places: rows of capitals, countries, regions; and what only looks like one."""

from __future__ import annotations

import re
from unicodedata import combining, normalize

from extractors.subjects.frame import Frame
from extractors.subjects.lexicon import phrases

#: One syllable without its marks; the initials and finals of highland names count ("Krông", "Đắk").
_SYLLABLE = re.compile(
    r"(?:ch|gh?|gi|kh|kr|kl|bl|pl|ngh?|nh|ph|qu|th|tr|[bcdhklmnprstvxy])?[aeiouy]{1,3}(?:ch|ng|nh|[ckmnpt])?"
)


def country_length(frame: Frame, kept: list[int], at: int) -> int:
    """How many words from ``at`` on are a country's name, which may be of one word and foreign, or 0."""
    size = phrases("country").at([frame.words[i] for i in kept], at, len(kept))
    return size if size and frame.capital(kept[at]) else 0


def native(words: list[str]) -> bool:
    """Whether all words are syllables as Vietnamese writes them: goods have foreign names, its places have not."""
    return all(not word.isalpha() or _SYLLABLE.fullmatch(_bare(word)) for word in words)


def _bare(word: str) -> str:
    return "".join(c for c in normalize("NFD", word.replace("đ", "d")) if not combining(c))


def name_length(frame: Frame, kept: list[int], at: int) -> int:
    """How many words from ``at`` on are a name: capitals, numbers after the first, side by side."""
    if at < len(kept) and frame.capital(kept[at]):
        near = [frame.words[i] for i in kept[at : at + 6]]
        if region := phrases("region").at(near, 0, len(near)):
            return region
    size = 0
    while at + size < len(kept) and size < (9 if "-" in frame.words[kept[at] : kept[at] + 4] else 5):
        index = kept[at + size]
        if size and index != kept[at + size - 1] + 1:
            break
        if size > 1 and frame.words[index] in ("-", "–") and _named(frame, kept, at + size + 1):
            size += 1  # "Bà Rịa - Vũng Tàu"
            continue
        if not (frame.capital(index) or (frame.words[index].isdigit() and size < 2)):
            break
        size += 1
    return size


def _named(frame: Frame, kept: list[int], at: int) -> bool:
    """Whether the word at ``at`` stands right there and has a capital."""
    return at < len(kept) and kept[at] == kept[at - 1] + 1 and frame.capital(kept[at])


def organisation(frame: Frame, indexes: list[int]) -> bool:
    """Whether a capitalised row is an office or a party body rather than a place."""
    text = frame.document.text
    return (
        any(text[frame.starts[i] : frame.ends[i]].isupper() and frame.ends[i] - frame.starts[i] > 1 for i in indexes)
        or phrases("office").at([frame.words[i] for i in indexes], 0, len(indexes)) > 0
    )
