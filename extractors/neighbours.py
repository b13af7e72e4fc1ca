"""Numbers that are read together with their neighbour: a magnitude said once for both, a place out of so many."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from extractors.numerals import Number
from extractors.numerals.digits import read_digits
from extractors.setaside import ranks
from extractors.text.document import Document

_OUT_OF = re.compile(r"[ \u00a0]+(?:trong|trên)(?:[ \u00a0]+tổng)?(?:[ \u00a0]+số)?[ \u00a0]+")
#: ", Cầu Mây ": the next name of a list, nothing counted before it
_NEXT_NAME = re.compile(r"[ \u00a0]*[,;][ \u00a0]*(?:và[ \u00a0]+)?(?:[^\W\d_]+[ \u00a0]+){1,5}")
#: "từ 65 đến 58 nghìn đồng/kg", "từ mức dưới 17 lên dưới 24 triệu": a movement whose magnitude is said once
_HEDGE = r"(?:(?:dưới|trên|hơn|gần|khoảng)[ \u00a0]+)?"
_FROM = re.compile(rf"(?<!\w)từ[ \u00a0]+(?:mức(?:[ \u00a0]+[^\W\d]+){{0,3}}[ \u00a0]+)?{_HEDGE}$")
_TO = re.compile(rf"[ \u00a0]+(?:rồi[ \u00a0]+)?(?:đến|tới|lên|xuống)(?:[ \u00a0]+còn)?[ \u00a0]+{_HEDGE}")


def with_shared_magnitude(document: Document, numbers: Sequence[Number]) -> list[Number]:
    """Numbers whose last one alone has the magnitude: "Bến Cau 1.492, An Hạ 1.402 triệu đồng", "từ 65 đến 58 nghìn"."""
    out = list(numbers)
    for index in range(len(out) - 2, -1, -1):
        number, following = out[index], out[index + 1]
        if number.form != "digits" or number.magnitude or not following.magnitude or number.value is None:
            continue
        between = document.text[number.end : following.start]
        if following.form != "digits" or following.value is None:
            continue
        base = read_digits(following.token)
        moves = _TO.fullmatch(between) and _FROM.search(document.lower, max(0, number.start - 40), number.start)
        near = moves and base and base < 10 * number.value and number.value < 10 * base
        if _NEXT_NAME.fullmatch(between) or near:
            factor = following.value / base if base else Decimal(1)
            out[index] = replace(number, value=number.value * factor, magnitude=factor > 1)
    return out


def ranked(lower: str, numbers: Sequence[Number]) -> Iterator[Number]:
    """Join "thứ 117 trong số 189" into one rank of so many."""
    waiting: Number | None = None
    for number in numbers:
        if waiting is not None and _OUT_OF.fullmatch(lower[waiting.end : number.start]) and number.form == "digits":
            yield replace(
                waiting,
                end=number.end,
                form="ratio",
                denominator=number.value,
                atoms=(*waiting.atoms, *number.atoms),
                first_end=waiting.end,
            )
            waiting = None
            continue
        if waiting is not None:
            yield waiting
        is_rank = number.form == "digits" and ranks(lower[max(0, number.start - 32) : number.start])
        waiting = number if is_rank else None
        if not is_rank:
            yield number
    if waiting is not None:
        yield waiting
