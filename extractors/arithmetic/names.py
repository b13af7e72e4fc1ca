"""Lists of names beside a count: "10/12 phường ... (phường Lạc Viên, Cầu Tre dự kiến tháng 9)"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

#: kinds of places; their names are capitalised or numbers, so that a list of them can be counted
PLACES = (
    "phường",
    "xã",
    "quận",
    "huyện",
    "thị trấn",
    "thị xã",
    "thành phố",
    "tp.",
    "tp",
    "tỉnh",
    "thôn",
    "bản",
    "ấp",
    "khu phố",
    "tổ dân phố",
)
_KIND = r"(?:" + "|".join(re.escape(place) for place in sorted(PLACES, key=len, reverse=True)) + r")"
_PARTED = re.compile(r"\s*[,;]\s*|\s+và\s+")


def names_in(text: str) -> tuple[list[str], str]:
    """The names that ``text`` begins with, and what follows the last of them.

    >>> names_in("phường Lạc Viên, Cầu Tre dự kiến tháng 9")
    (['Lạc Viên', 'Cầu Tre'], 'dự kiến tháng 9')
    >>> names_in("quận 4, 7, Bình Thạnh và Thủ Đức")
    (['4', '7', 'Bình Thạnh', 'Thủ Đức'], '')
    """
    names: list[str] = []
    rest = text
    pieces = _PARTED.split(text)
    for number, piece in enumerate(pieces):
        name, rest = _first_name(piece.strip())
        if name is None:
            return names, rest
        names.append(name)
        if rest:
            following = pieces[number + 1 :]
            return names, rest if not following else f"{rest}, " + ", ".join(following)
    return names, rest


def _first_name(piece: str) -> tuple[str | None, str]:
    piece = re.sub(rf"^(?:(?:các|ở|tại)\s+)?(?:{_KIND}(?=\s)\s*)?", "", piece, count=1, flags=re.IGNORECASE)
    words = piece.split()
    taken = 0
    while taken < len(words) and (_is_capital(words[taken]) or (taken == 0 and words[0].isdigit())):
        taken += 1
        if words[taken - 1].isdigit():
            break
    if taken == 0:
        return None, piece
    return " ".join(words[:taken]), " ".join(words[taken:])


def _is_capital(word: str) -> bool:
    return word[0].isupper()


def compare_names(named: Sequence[str], count: int, of: int | None = None) -> Literal["all", "missing", "differs"]:
    """Do so many names answer the count (``all``), or those that "count of" leaves out (``missing``)?

    >>> two = ["Lạc Viên", "Cầu Tre"]
    >>> compare_names(two, 10, 12), compare_names(two, 9, 12), compare_names(two, 2)
    ('missing', 'differs', 'all')
    """
    if len(named) == count:
        return "all"
    if of is not None and len(named) == of - count:
        return "missing"
    return "differs"
