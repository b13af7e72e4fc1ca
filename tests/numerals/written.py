"""Write whole numbers in Vietnamese words, in every variant that speakers accept.

Independent of the reader: built from the number downwards, group by group, a choice at every place where usage differs.
"""

from __future__ import annotations

from collections.abc import Callable

#: takes a row of accepted variants and gives the one to use
Choose = Callable[[tuple[str, ...]], str]

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")


def in_words(number: int, choose: Choose) -> str:
    """``number`` from 1 to 10^12, in words; ``choose`` picks among variants."""
    assert 1 <= number <= 10**12
    milliards, rest = divmod(number, 10**9)
    words = []
    if milliards:
        words += [*_below_milliard(milliards, choose, inner=False), choose(("tỷ", "tỉ"))]
    if rest:
        words += _below_milliard(rest, choose, inner=bool(milliards))
    return " ".join(words)


def _below_milliard(number: int, choose: Choose, *, inner: bool) -> list[str]:
    millions, rest = divmod(number, 10**6)
    words: list[str] = []
    if millions:
        words += [*_group(millions, choose, inner=inner), "triệu"]
    read = inner or bool(millions)
    ten_thousands, low = divmod(rest, 10**4)
    if 0 < ten_thousands < 10 and not read and choose(("nghìn", "vạn")) == "vạn":
        words += [DIGITS[ten_thousands], "vạn"]
        thousands, ones = divmod(low, 1000)
        if thousands:
            words += [DIGITS[thousands], _thousand(choose)]
        return [*words, *(_group(ones, choose, inner=True) if ones else ())]
    thousands, ones = divmod(rest, 1000)
    if thousands:
        words += [*_group(thousands, choose, inner=read), _thousand(choose)]
    elif read and ones and choose(("", "không nghìn")):
        words += [choose(("không", "không trăm")), _thousand(choose)]
    if ones:
        words += _group(ones, choose, inner=read or bool(thousands))
    return words


def _thousand(choose: Choose) -> str:
    return choose(("nghìn", "ngàn"))


def _group(number: int, choose: Choose, *, inner: bool) -> list[str]:
    """1 to 999; ``inner`` behind a higher group, where empty hundreds are said (or, from ten up, left out)."""
    hundreds, rest = divmod(number, 100)
    words: list[str] = []
    if hundreds:
        words = [DIGITS[hundreds] if hundreds != 7 else choose(("bảy", "bẩy")), "trăm"]
    elif inner and choose(("không trăm", "")):
        words = ["không", "trăm"]
    tens, ones = divmod(rest, 10)
    if tens:
        return [*words, *_tens(tens, ones, choose)]
    if ones and (hundreds or inner):
        return [*words, choose(("linh", "lẻ")), choose(("bốn", "tư")) if ones == 4 else DIGITS[ones]]
    return [*words, DIGITS[ones]] if ones else words


def _tens(tens: int, ones: int, choose: Choose) -> list[str]:
    if tens == 1:
        if ones == 5:
            return ["mười", choose(("lăm", "nhăm"))]
        last = choose(("bốn", "tư")) if ones == 4 else DIGITS[ones]
        return ["mười", last] if ones else [choose(("mười", "một chục"))]
    lead = DIGITS[tens] if tens != 7 else choose(("bảy", "bẩy"))
    if not ones:
        return [lead, choose(("mươi", "chục"))]
    special = {1: ("mốt",), 4: ("tư",), 5: ("lăm", "nhăm")}.get(ones)
    if special and choose(("mươi", "")) == "":
        return [lead, choose(special)]  # "hai mốt", "ba lăm"
    plain = {1: ("mốt", "một"), 4: ("tư", "bốn"), 5: ("lăm", "nhăm")}.get(ones, (DIGITS[ones],))
    return [lead, "mươi", choose(plain)]
