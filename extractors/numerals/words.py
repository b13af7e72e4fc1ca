"""Vietnamese number words: "ba mươi hai", "một triệu rưỡi", "hai nghìn không trăm linh năm", "hai phẩy năm".

The grammar is positional. A group below a thousand stands before a magnitude (nghìn, vạn, triệu), magnitudes fall from
left to right, and tỷ multiplies all that stands before it ("một nghìn hai trăm tỷ"). Both standard readings are read:
northern linh/nghìn/tỷ, southern lẻ/ngàn/tỉ. A lone digit behind a magnitude or trăm counts tenths of it ("hai triệu
tư" is 2.4 million, "một trăm hai" 120).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
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
#: forms that a last digit takes only behind mươi, mười, linh, or a digit whose mươi is left out
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
POINT = "phẩy"
_MILLIARD = ("tỷ", "tỉ")
#: digits that also end a number: behind them "năm" is a year and "một" an article ("hai triệu một tháng")
_NO_TENTH = ("không", "một", "năm")
#: "ba tư vấn viên" is three consultants, not 34
_TU_BEGINS = re.compile(
    "pháp|lệnh|liệu|nhân|vấn|tưởng|cách|duy|thế|thục|tế|thương|thù|sản|gia|lập|hữu|lợi|nghị|thông|chất|trang|dinh"
)
#: "tỷ lệ", "tỷ trọng" are no magnitudes
_TY_BEGINS = re.compile("lệ|trọng|giá|suất|số")
_ALL = sorted((*UNITS, *LAST, *MAGNITUDES, *LINKS, *HALF, POINT, "mười", "mươi", "trăm", "chục"), key=len, reverse=True)
_FIRST = sorted((*UNITS, "mười", "trăm", *MAGNITUDES), key=len, reverse=True)

#: a run of number words; a reader then finds the phrases in it that are numbers
WORD_RUN = re.compile(rf"(?<!\w)(?:{'|'.join(_FIRST)})(?!\w)(?:[ \u00a0]{{1,3}}(?:{'|'.join(_ALL)})(?!\w))*+")


def read_words(words: Sequence[str], at: int = 0, follower: str = "") -> tuple[int, Decimal] | None:
    """The longest number that starts at ``words[at]`` (lower case): how many words it takes, and its value.

    ``follower`` is the word behind the last one, which decides whether tư and tỷ are number words. "không" alone is
    "no" and "năm" behind a full number is "year", so neither is read there.

    >>> read_words("hai nghìn không trăm linh năm hộ".split())
    (6, Decimal('2005'))
    >>> read_words("một triệu rưỡi".split()), read_words("tư pháp".split())
    ((3, Decimal('1500000')), None)
    """
    return _Reader(words, follower).number(at)


class _Reader:
    """The grammar, one method a rule; each gives the place behind what it read, and the value, or None."""

    def __init__(self, words: Sequence[str], follower: str) -> None:
        self.words = words
        self.follower = follower

    def word(self, at: int) -> str:
        return self.words[at] if at < len(self.words) else ""

    def number(self, at: int) -> tuple[int, Decimal] | None:
        start = at
        if self.word(at) in ("trăm", *MAGNITUDES) and self.word(at + 1) in HALF:
            return 2, Decimal(MAGNITUDES.get(self.word(at), 100)) * 3 / 2  # trăm rưỡi, triệu rưỡi
        if self.word(at) == "không" and self.word(at + 1) == POINT:
            read: tuple[int, int, int] | None = (at + 1, 0, 1)
        else:
            read = self.below_milliard(at, inner=False)
        if read is None:
            return None
        at, whole, last = read
        if self.word(at) == POINT and (decimal := self.decimals(at + 1)):
            at, digits = decimal
            return self.scaled(start, at, Decimal(f"{whole}.{digits}"))
        if self.milliard(at):
            at, whole = at + 1, whole * 10**9
            tail = self.tail(at, 10**9) or self.below_milliard(at, inner=True)
            if tail:
                return tail[0] - start, Decimal(whole + tail[1])
            return at - start, Decimal(whole)
        if last > 1 and (end := self.tail(at, last)):
            at, whole = end[0], whole + end[1]
            if self.milliard(at):  # hai nghìn rưỡi tỷ
                at, whole = at + 1, whole * 10**9
        return at - start, Decimal(whole)

    def milliard(self, at: int) -> bool:
        after = self.word(at + 1) or self.follower
        return self.word(at) in _MILLIARD and not _TY_BEGINS.fullmatch(after)

    def scaled(self, start: int, at: int, value: Decimal) -> tuple[int, Decimal]:
        """A decimal in words may carry one magnitude, or one and tỷ: "hai phẩy năm nghìn tỷ"."""
        if self.word(at) in MAGNITUDES and self.word(at) not in _MILLIARD:
            value, at = value * MAGNITUDES[self.word(at)], at + 1
        if self.milliard(at):
            value, at = value * 10**9, at + 1
        return at - start, value

    def decimals(self, at: int) -> tuple[int, str] | None:
        """Behind phẩy: digits one by one, or one number below a hundred ("ba phẩy mười bốn")."""
        if tens := self.tens(at):
            return tens[0], str(tens[1])
        digits = ""
        while self.word(at) in UNITS and len(digits) < 6:
            if self.word(at) == "năm" and digits and self.word(at + 1) not in UNITS:
                break
            digits, at = digits + str(UNITS[self.word(at)]), at + 1
        return (at, digits) if digits else None

    def below_milliard(self, at: int, *, inner: bool) -> tuple[int, int, int] | None:
        """Groups with falling magnitudes: place behind, value, the last magnitude (1 for none)."""
        total, last, read = 0, 10**9, False
        while group := self.group(at, inner=inner or read):
            end, value = group
            factor = MAGNITUDES.get(self.word(end), 1) if self.word(end) not in _MILLIARD else 1
            if factor == 1000 and self.word(end + 1) == "triệu" and not (read or inner):
                end, factor = end + 1, 10**9  # hai nghìn triệu
            elif factor >= last or (factor == 1 and end == at + 1 and self.word(at) in UNITS and (read or inner)):
                break  # "hai triệu năm": the lone digit belongs to what follows
            at, total, last, read = end + (factor > 1), total + value * factor, factor, True
            if factor == 1 or self.tail(at, factor):
                break
        return (at, total, last) if read else None

    def tail(self, at: int, factor: int) -> tuple[int, int] | None:
        """Behind a magnitude or trăm: rưỡi is half of it, a lone digit counts its tenths."""
        word, after = self.word(at), self.word(at + 1)
        if word in HALF:
            return at + 1, factor // 2
        if after in ("mươi", "trăm", "chục", POINT, *LAST, *UNITS):
            return None
        if after in MAGNITUDES and after not in _MILLIARD and factor > 100:
            return None  # a group of its own: "hai triệu ba nghìn"
        digit = LAST[word] if word in ("mốt", "tư") else UNITS.get(word, 0)
        if word in _NO_TENTH and not (word == "năm" and after in MAGNITUDES):
            return None
        return (at + 1, digit * factor // 10) if digit and not (word == "tư" and self.is_name(at)) else None

    def is_name(self, at: int) -> bool:
        """Whether the tư at ``at`` begins another word."""
        return at == len(self.words) - 1 and _TU_BEGINS.fullmatch(self.follower) is not None

    def group(self, at: int, *, inner: bool) -> tuple[int, int] | None:
        """A number below a thousand."""
        word, after = self.word(at), self.word(at + 1)
        if word in UNITS and after == "trăm" and (UNITS[word] or inner):
            hundreds, end = UNITS[word] * 100, at + 2
            if tens := (self.tens(end) or self.linked(end)):
                return tens[0], hundreds + tens[1]
            if hundreds and (tail := self.tail(end, 100)):
                return tail[0], hundreds + tail[1]
            if hundreds or (self.word(end) in MAGNITUDES):
                return end, hundreds
            return None
        if inner and (linked := self.linked(at)):
            return linked
        if tens := self.tens(at):
            return tens
        if word in UNITS and (UNITS[word] or (inner and after in MAGNITUDES)):
            return at + 1, UNITS[word]
        return None

    def linked(self, at: int) -> tuple[int, int] | None:
        """ "linh năm", "lẻ tư"."""
        word, digit = self.word(at), self.word(at + 1)
        value = UNITS.get(digit, LAST.get(digit, 0))
        return (at + 2, value) if word in LINKS and value else None

    def tens(self, at: int) -> tuple[int, int] | None:
        """From 10 to 99: "mười lăm", "hai mươi mốt", "ba chục", and with mươi left out "hai mốt", "ba lăm"."""
        word, after = self.word(at), self.word(at + 1)
        if word == "mười":
            last = self.last(at + 1, teens=True)
            return (at + 2, 10 + last) if last else (at + 1, 10)
        if UNITS.get(word, 0) == 0:
            return None
        if after == "chục":
            return at + 2, UNITS[word] * 10
        if after == "mươi" and word != "một":
            last = self.last(at + 2, teens=False)
            return (at + 3, UNITS[word] * 10 + last) if last else (at + 2, UNITS[word] * 10)
        if after in LAST and word != "một" and not (after == "tư" and self.is_name(at + 1)):
            return at + 2, UNITS[word] * 10 + LAST[after]
        return None

    def last(self, at: int, *, teens: bool) -> int:
        """The last digit behind mười or mươi, 0 for none: "hai mươi năm" is twenty years."""
        word, after = self.word(at), self.word(at + 1)
        if after in ("mươi", "trăm", "chục") or (word == "tư" and self.is_name(at)):
            return 0
        if word == "năm":
            return 5 if after in MAGNITUDES else 0
        if word in LAST:
            return 0 if word == "mốt" and teens else LAST[word]
        return UNITS.get(word, 0)
