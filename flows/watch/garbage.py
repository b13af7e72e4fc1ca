"""Is a text Vietnamese at all?"""

from __future__ import annotations

#: letters that a text needs for its marks to be counted
_FEWEST = 100
#: Vietnamese prose has a mark on every fourth letter; English and broken encodings have next to none
_FEWEST_MARKED = 0.03
_MOST_REPLACED = 0.005


def garbled(text: str) -> bool:
    """Whether a text lost its letters: characters replaced in decoding, or hardly a letter with a mark.

    >>> garbled("Quận có 300 mô hình Dân vận khéo. " * 9), garbled("Quan co 300 mo hinh Dan van kheo. " * 9)
    (False, True)
    >>> garbled("Qu\\ufffdn c\\ufffd 300 m\\ufffd h\\ufffdnh")
    True
    """
    if text.count("\ufffd") > len(text) * _MOST_REPLACED:
        return True
    letters = [char for char in text if char.isalpha()]
    return len(letters) >= _FEWEST and sum(char > "\x7f" for char in letters) < len(letters) * _FEWEST_MARKED
