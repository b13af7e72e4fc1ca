"""Words without marks and case, which is how indicators are compared."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

#: words of a text that make a part of a code
LONGEST = 8

_WORD = re.compile(r"[a-z0-9%]+")
_LETTERS = str.maketrans({"đ": "d", "ð": "d", "²": "2", "³": "3"})


@lru_cache(maxsize=4_000)  # some bulletins' worth: sentences are long, and few come again
def words(text: str) -> tuple[str, ...]:
    """The words of a text, folded.

    >>> words("Mô hình “Dân vận khéo”")
    ('mo', 'hinh', 'dan', 'van', 'kheo')
    """
    plain = unicodedata.normalize("NFD", text.lower().translate(_LETTERS))
    return tuple(_WORD.findall("".join(char for char in plain if not unicodedata.combining(char))))


def slug(text: str, *, longest: int = LONGEST) -> str:
    """A text as a part of a code: its first ``longest`` words, folded, with hyphens.

    >>> slug("Lạch Sen"), slug("%")
    ('lach-sen', 'pct')
    """
    return "-".join(words(text)[:longest]).replace("%", "pct")


def place_of(phrase: tuple[str, ...], text: tuple[str, ...]) -> int:
    """Where a phrase stands in a text of words, -1 where it does not.

    >>> place_of(("dan", "van"), ("to", "dan", "van"))
    1
    """
    if not phrase:
        return 0
    first, size, at = phrase[0], len(phrase), -1
    for _ in range(text.count(first)):
        at = text.index(first, at + 1)
        if text[at : at + size] == phrase:
            return at
    return -1
