"""Number words that do not count, and mottoes: "một số", "tư pháp", "năm qua", "hàng trăm", "ba cùng", "5 không"."""

from __future__ import annotations

import re

from extractors.setaside.model import Place
from extractors.setaside.ranks import ranks
from extractors.setaside.shapes import age
from extractors.setaside.triggers import pattern_of, trigger_before, words_of
from schemas.ledger import Reason

_SP = r"[ \u00a0]"
_WORDS_BEHIND = re.compile(rf"{_SP}+([a-zà-ỹđ]+(?: [a-zà-ỹđ]+)?)")
_COUNT = r"(?:\d|hai|ba|bốn|năm|sáu)"
_VIRTUE = r"(?:không|sạch|có|tốt|nhất|rõ|biết|an|tự|xây|chống)\b"
_WORD_BEFORE = re.compile(rf"(?:^|\W)([^\W\d_]+)[:,()]?{_SP}*[(]?$")
_WORD_BEHIND = re.compile(rf"{_SP}([^\W\d_]{{2,}})")
_TWO_VIRTUES = re.compile(rf"{_COUNT} {_VIRTUE}.*{_COUNT} {_VIRTUE}|(?:phong trào|phương châm|mô hình|thực hiện)")


def number_words(place: Place) -> Reason | None:
    """Why a number written in words is no figure."""
    number = place.number
    reason = age(place)
    if reason or number.form == "fraction":
        return reason
    words, left = number.token.split(), place.left(32)
    if (len(words) == 1 or number.magnitude) and pattern_of("vague", "before").search(left):
        return "vague"
    if number.value in (0, 1):
        return "vague"
    if ranks(left):
        return None
    trigger = trigger_before(place.document.lower, number.start)
    if (
        trigger
        and number.form == "words"
        and trigger.reason in ("ordinal", "document", "name")
        and (trigger.firm or (len(words) == 1 and trigger.words in words_of("ordinal", "with_words")))
    ):
        return trigger.reason
    told = None if len(words) > 1 and number.form == "words" else _single(place, words[0], left)
    return told or ("name" if _in_a_name(place) else None)


def _in_a_name(place: Place) -> bool:
    """ "Khu kinh tế Năm Căn", "thị xã Ba Đồn": capitals within a sentence."""
    before, behind = place.raw_left(24), place.raw_right(12)
    small, capital = _WORD_BEFORE.search(before), _WORD_BEHIND.match(behind)
    if not (small and capital and place.document.text[place.number.start].isupper()):
        return False
    inside = place.number.start - len(small[1]) - 2 > place.document.sentence_at(place.number.start)[0]
    return (small[1].islower() or (small[1].isupper() and inside)) and capital[1].istitle()


def _single(place: Place, word: str, left: str) -> Reason | None:
    """A single word counts only before a counted noun, and "năm" is a year behind most words."""
    if word == "năm" and (left.endswith("/") or pattern_of("year", "before").search(left)):
        return "idiom"
    unit = place.unit()
    if unit is None or unit.kind == "money" or (unit.kind == "count" and unit.text in words_of("idiom", "nouns")):
        return motto(place) or "idiom"
    return "idiom" if left[-1:] not in ("", " ", "\n", "(", "“", '"') else None


def motto(place: Place) -> Reason | None:
    """A small number and a word that counts nothing: "5 không, 3 sạch", "bốn tại chỗ"."""
    number = place.number
    if number.magnitude or number.form not in ("digits", "words") or (number.value or 99) > 12:
        return None
    match = _WORDS_BEHIND.match(place.right(24))
    if not match:
        return None
    first, after = match[1].split()[0], words_of("slogan", "after")
    if (match[1] not in after and first not in after) or place.unit() is not None:
        return None
    if first in words_of("slogan", "ambiguous"):
        # words that may also begin what is said next: a motto only where another one stands beside it
        return "slogan" if _TWO_VIRTUES.search(place.left(24) + number.token + place.right(30)) else None
    return "slogan"
