"""Who is no area and yet what a figure holds for: a household, a firm by its name, an officer with a power."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import takewhile

from extractors.subjects.frame import Frame
from extractors.subjects.lexicon import phrases
from extractors.subjects.names import name_length, native

#: words between what a firm is and its name ("công ty cổ phần thực phẩm Hòa Phát")
_KIND = 7
_NAMED_FIRM = re.compile(
    r"(?<!\w)(?:[Cc]ông ty|[Tt]ập đoàn|[Hh]ợp tác xã)(?: [^\W\d_A-ZĐ]{1,9}){0,6}((?: [^\W\d_a-z][^\W\d_]*){1,5})"
)
#: "Tập đoàn Điện lực Hòa Bắc (HBE)"
_SHORT_NAME = re.compile(r"(?<!\w)(?:[Cc]ông ty|[Tt]ập đoàn|[Nn]gân hàng)[^.;:,()\n]{2,80} \(([A-ZĐ]{2,8})\)")
_NO_NAME = ("auxiliary", "have", "copula", "change", "light", "verb", "act", "oblique", "opener", "organ", "district")
_HARD = frozenset((".", ";", ":", "\0", "("))


def household_length(frame: Frame, kept: list[int], at: int) -> int:
    """How many words from ``at`` on are a household by whose it is ("gia đình bà Hòa", "hộ ông Nam"), or 0."""
    words = [frame.words[i] for i in kept[at : at + 12]]
    size = phrases("household").at(words, 0, len(words))
    if not size or words[size : size + 1] == [] or words[size] not in phrases("form_of_address"):
        return 0
    size += 1
    return size + name_length(frame, kept, at + size)


def firm_length(frame: Frame, kept: list[int], at: int) -> int:
    """How many words from ``at`` on are a firm with its name ("Công ty cổ phần Hòa Phát"), or 0."""
    words = [frame.words[i] for i in kept[at : at + 16]]
    size = phrases("firm").at(words, 0, len(words))
    if not size or phrases("organ").at(words, 0, len(words)):
        return 0
    stop = next((i for i in range(size, min(len(words), size + _KIND)) if frame.capital(kept[at + i])), 0)
    if not stop or any(not word.isalpha() for word in words[size:stop]) or not _beside(kept, at, stop):
        return 0
    if any(phrases(name).at(words, i, len(words)) for i in range(size, stop) for name in ("auxiliary", "oblique")):
        return 0
    end = stop + name_length(frame, kept, at + stop)
    for skip in (1, 2):  # "Công ty Điện lực Hòa Bắc": names of fields go on in small letters
        more = name_length(frame, kept, at + end + skip) if _beside(kept, at, end + skip) else 0
        if more and not any(phrases(name).at(words, end + i, len(words)) for i in range(skip) for name in _NO_NAME):
            return end + skip + more
    return end


@lru_cache(maxsize=8)
def _firm_names(text: str) -> frozenset[str]:
    """The names behind "Công ty cổ phần ..." in a text: later it says them alone."""
    names = set()
    for match in _SHORT_NAME.finditer(text):
        names.add(match[1])
    for match in _NAMED_FIRM.finditer(text):
        words = list(takewhile(lambda word: word[0].isupper(), match[1].split()))
        while len(words) > 1 and words[0].isupper():
            words = words[1:]  # "TNHH MTV Hòa Phát"
        if len(words) > 1 or (words and not native([words[0].lower()])):
            names.add(" ".join(words))
    return frozenset(names)


def firm_name_length(frame: Frame, kept: list[int], at: int) -> int:
    """How many words from ``at`` on are the name of a firm that the text has named with its kind, or 0."""
    names = _firm_names(frame.document.text)
    size = name_length(frame, kept, at) if names else 0
    return size if size and frame.written(kept[at : at + size]) in names else 0


def party_length(frame: Frame, kept: list[int], at: int) -> int:
    """How many words from ``at`` on are a household or a firm, also by its name alone, or 0."""
    return household_length(frame, kept, at) or firm_length(frame, kept, at) or firm_name_length(frame, kept, at)


def empowered(frame: Frame, start: int, stop: int) -> tuple[list[int], int]:
    """The officers of whom ``start:stop`` says what they may impose, and where their power is told.

    "Chánh Thanh tra Sở có quyền phạt tiền đến 50 triệu đồng", "Trưởng Công an xã được phạt đến 5 triệu đồng".
    """
    words = frame.words
    power = next((i for i in range(start, stop) if phrases("power").at(words, i, stop)), -1)
    if power <= start:
        return [], start
    begin = next((i for i in range(start, power) if phrases("officer").at(words, i, power)), -1)
    if begin < 0 or (begin > start and words[begin - 1].isalpha() and not _opened(frame, start, begin)):
        return [], start
    while begin > 1 and words[begin - 1] == "," and power - begin < 40:
        before = next((i + 1 for i in range(begin - 2, max(begin - 20, -1), -1) if words[i] in _HARD | {","}), 0)
        if not phrases("officer").at(words, before, begin):
            break
        begin = before
    return list(range(begin, power)), power


def _opened(frame: Frame, start: int, begin: int) -> bool:
    """Whether nothing but openers stand before the officers of a clause."""
    at = start
    while at < begin and (size := phrases("opener").at(frame.words, at, begin)):
        at += size
    return at == begin


def _beside(kept: list[int], at: int, size: int) -> bool:
    return at + size < len(kept) and kept[at + size] - kept[at] == size
