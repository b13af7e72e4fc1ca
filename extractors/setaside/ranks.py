"""A place in an order ("xếp thứ 12/63") is a figure of its own kind, though an ordinal word stands before it."""

from __future__ import annotations

import re

_SP = r"[ \u00a0]"
_RANK_BEFORE = re.compile(
    rf"(?:\((?:đứng{_SP}|xếp{_SP})?thứ|(?:xếp|đứng|đạt|giữ|ở|về|lên|xuống)(?:{_SP}(?:ở|hạng|vị trí|vị trí số))?"
    rf"{_SP}(?:thứ|hạng)(?:{_SP}hạng)?"
    rf"|(?:xếp hạng|thứ hạng|đứng vị trí|xếp vị trí|vị trí thứ|xếp loại thứ|xếp thứ hạng)(?:{_SP}thứ)?"
    rf"|(?:xếp|đứng){_SP}(?:hạng|vị trí|ở vị trí)(?:{_SP}thứ)?){_SP}+$"
)

#: what all of it ends in, asked first
_ENDINGS = ("thứ", "hạng", "vị trí")


def ranks(left: str) -> bool:
    """Whether the lower-case words before a number make it a place in an order.

    >>> ranks("huyện xếp thứ "), ranks("quận khác (thứ "), ranks("đại hội lần thứ ")
    (True, True, False)
    """
    near = left[-32:]
    return near.rstrip().endswith(_ENDINGS) and bool(_RANK_BEFORE.search(near))
