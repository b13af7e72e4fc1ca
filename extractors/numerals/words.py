"""Vietnamese number words: "ba mươi hai", "một triệu rưỡi", "hai nghìn không trăm linh năm".

The grammar is positional: a group below a thousand, then a magnitude that multiplies what stands before it and is
smaller. Forms after the two standard readings (northern linh/nghìn/tỷ, southern lẻ/ngàn/tỉ).
"""

from __future__ import annotations

import re
from decimal import Decimal

UNITS = {
    "không": 0,
    "một": 1,
    "hai": 2,
    "ba": 3,
    "bốn": 4,
    "năm": 5,
    "sáu": 6,
    "bảy": 7,
    "bẩy": 7,
    "tám": 8,
    "chín": 9,
}
#: forms a last digit takes only behind mươi, mười or linh
LAST = {"mốt": 1, "tư": 4, "lăm": 5, "nhăm": 5}
MAGNITUDES = {
    "nghìn": 10**3,
    "ngàn": 10**3,
    "vạn": 10**4,
    "triệu": 10**6,
    "tỷ": 10**9,
    "tỉ": 10**9,
}
LINKS = ("linh", "lẻ")
HALF = ("rưỡi", "rưởi")
_ALL = (*UNITS, *LAST, *MAGNITUDES, *LINKS, *HALF, "mười", "mươi", "trăm", "chục")

#: a run of number words; a reader then finds the longest phrase in it that is a number
WORD_RUN = re.compile(
    rf"(?<!\w)(?:{'|'.join(sorted(_ALL, key=len, reverse=True))})(?:[ \u00a0]+(?:{'|'.join(_ALL)}))*(?!\w)"
)


def read_words(words: list[str]) -> tuple[int, Decimal] | None:
    """The longest number at the start of ``words`` (lower case): how many words it takes, and its value.

    >>> read_words("hai nghìn không trăm linh năm hộ".split())
    (6, Decimal('2005'))
    >>> read_words("một triệu rưỡi".split()), read_words("tư pháp".split())
    ((3, Decimal('1500000')), None)
    """
    terms: list[tuple[Decimal, int]] = []  # (value, magnitude), magnitudes falling
    at = 0
    limit = 10**30
    while at < len(words):
        group = _below_thousand(words, at, bool(terms))
        if group is None:
            break
        used, value = group
        size, end = 1, at + used
        pending = Decimal(value)
        while end < len(words) and words[end] in MAGNITUDES:
            factor = MAGNITUDES[words[end]]
            smaller = [t for t in terms if t[1] < factor]
            if smaller:
                pending += sum(v for v, _ in smaller)
                terms = terms[: len(terms) - len(smaller)]
            pending *= factor
            size = factor * size if size > 1 else factor
            end += 1
        ceiling = min([m for _, m in terms], default=limit)
        if size >= ceiling or (terms and size == 1 and value >= 1000):
            break
        if size == 1 and terms and terms[-1][1] >= 1000 and used == 1 and value and not _inside_group(words, at):
            # một triệu hai: the lone digit counts tenths of the magnitude
            value_of_tenth = Decimal(terms[-1][1]) * value / 10
            terms.append((value_of_tenth, 1))
            at = end
            break
        terms.append((pending, size))
        at = end
        if at < len(words) and words[at] in HALF and size > 1:
            terms.append((Decimal(size) / 2, 1))
            at += 1
            break
        if size == 1:
            break
    if not terms:
        return None
    return at, sum((v for v, _ in terms), Decimal(0))


def _inside_group(words: list[str], at: int) -> bool:
    """Whether the digit at ``at`` stands behind linh or lẻ, so that it counts ones."""
    return at > 0 and words[at - 1] in LINKS


def _below_thousand(words: list[str], at: int, inner: bool) -> tuple[int, int] | None:
    """A group of up to three digits at ``at``: words used and value. ``inner``: behind a magnitude already."""
    start = at
    value = 0
    hundreds = False
    if at + 1 < len(words) and words[at] in UNITS and words[at + 1] == "trăm":
        value, at, hundreds = UNITS[words[at]] * 100, at + 2, True
        if at < len(words) and words[at] in HALF:
            return at + 1 - start, value + 50
    elif words[at] == "trăm" and at + 1 < len(words) and words[at + 1] in HALF:
        return 2, 150
    tens = _tens(words, at, hundreds or inner)
    if tens:
        return at + tens[0] - start, value + tens[1]
    if hundreds:
        return at - start, value
    return None


def _tens(words: list[str], at: int, inner: bool) -> tuple[int, int] | None:
    if at >= len(words):
        return None
    word = words[at]
    after = words[at + 1] if at + 1 < len(words) else ""
    if word in LINKS and inner:
        last = UNITS.get(after, LAST.get(after))
        return (2, last) if last and after != "mốt" else None
    if word == "mười":
        last = _last(words, at + 1, teens=True)
        return (2, 10 + last) if last else (1, 10)
    if word == "chục" and not inner:
        return None
    if word in UNITS and after in ("mươi", "chục"):
        if not UNITS[word]:
            return None
        last = _last(words, at + 2, teens=False) if after == "mươi" else 0
        return (3, UNITS[word] * 10 + last) if last else (2, UNITS[word] * 10)
    if word in UNITS and after in ("mốt", "tư", "lăm", "nhăm") and UNITS[word] > 1:
        return 2, UNITS[word] * 10 + LAST[after]  # hai mốt, ba lăm: mươi left out
    if word in UNITS and (UNITS[word] or inner):
        if word == "năm" and inner and after not in (*MAGNITUDES, "trăm"):
            return None  # một trăm năm: a hundred years; 105 is "một trăm linh năm"
        return 1, UNITS[word]
    return None


def _last(words: list[str], at: int, *, teens: bool) -> int:
    """The last digit behind mười or mươi, 0 for none ("hai mươi năm" is twenty years)."""
    if at >= len(words):
        return 0
    word, after = words[at], words[at + 1] if at + 1 < len(words) else ""
    if after in ("mươi", "trăm", "chục"):
        return 0
    if word in LAST:
        return 0 if teens and word == "mốt" else LAST[word]
    if word == "năm" or (word == "một" and not teens):
        return 0 if word == "năm" else 1
    return UNITS.get(word, 0)
