"""Vietnamese words by underthesea, for the few places where the lexicon has no answer; imported on first use."""

from __future__ import annotations

from functools import lru_cache
from threading import Lock

_LOCK = Lock()  # underthesea's first calls fail when several threads make them at once


@lru_cache(maxsize=65536)
def first_word(syllables: str) -> int:
    """How many of the syllables (NFC, parted by single spaces) the first word takes.

    ``use_token_normalize`` is off: normalising moves the boundaries and rewrites tone marks.

    >>> first_word("cuộc đối thoại định kỳ")
    1
    """
    with _LOCK:
        from underthesea import word_tokenize

        words = word_tokenize(syllables, use_token_normalize=False)
    return len(words[0].split()) if words else 0


@lru_cache(maxsize=65536)
def begins_with_noun(syllables: str) -> bool:
    """Whether the first word is tagged as a noun.

    >>> begins_with_noun("chi cục thuế"), begins_with_noun("triển khai thực hiện")
    (True, False)
    """
    with _LOCK:
        from underthesea import pos_tag

        tags = pos_tag(syllables)
    return bool(tags) and str(tags[0][1]).startswith("N")
