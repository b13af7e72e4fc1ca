"""Decide for every number whether it is no figure, and why. What is not set aside here goes on to be read."""

from __future__ import annotations

import re

from extractors.numerals import Number
from extractors.setaside import names, shapes
from extractors.setaside.model import Claim, Place, Recogniser
from extractors.setaside.ranks import ranks
from extractors.setaside.stretches import stretches
from extractors.setaside.wording import motto, number_words
from extractors.text.document import Document
from schemas.ledger import Reason

#: asked in this order; what tells by shape comes before what tells by words
BY_SHAPE: tuple[Recogniser, ...] = (
    shapes.list_number,
    shapes.age,
    shapes.born,
    shapes.before_tet,
    shapes.address,
    shapes.edition,
    shapes.stars,
    shapes.document_symbol,
    shapes.scale,
    shapes.glued,
)
#: asked only where the number is no place in an order
BY_WORDS: tuple[Recogniser, ...] = (
    names.leading_group,
    names.triggered,
    names.version,
    names.time_zone,
    names.grade,
    names.alone,
    motto,
)
_ROMAN_TRIGGER = re.compile(
    r"(?<!\w)(?:khóa|khoá|loại|lần thứ|thứ|hạng|đại hội|hội nghị|khu vực|bậc|mức|cấp|chương|phần|mục|kỳ|nhóm|tuyến|đợt"
    r"|thế kỷ|nhiệm kỳ|vùng|đô thị loại|thiên niên kỷ)[ \u00a0]+([ivxlc]+)(?!\w)"
)
_ROMAN_HEAD = re.compile(r"(?m)^[ \t]*([IVX]+)[ \u00a0]*[.\-/)][ \u00a0]")


def set_aside(document: Document, numbers: list[Number]) -> list[Claim]:
    """Claims on numbers that are no figures (time expressions apart), in text order."""
    waiting = stretches(document)
    at = 0
    claims: list[Claim] = []
    for number in numbers:
        while at < len(waiting) and waiting[at].end <= number.start:
            at += 1
        reason: Reason | None
        if at < len(waiting) and waiting[at].start <= number.start and number.end <= waiting[at].end:
            reason = waiting[at].reason
        elif claims and names.goes_on(document.lower, claims[-1], number):
            reason = claims[-1].reason
        else:
            reason = _reason(Place(document, number))
        if reason:
            claims.append(Claim(number.start, number.end, reason))
    return claims


def _reason(place: Place) -> Reason | None:
    if place.number.form in ("words", "fraction") or (
        place.number.form == "range" and not place.number.token[:1].isdigit()
    ):
        return number_words(place)
    for recognise in BY_SHAPE:
        if reason := recognise(place):
            return reason
    if ranks(place.left(32)):
        return None
    for recognise in BY_WORDS:
        if reason := recognise(place):
            return reason
    return None


def roman_numerals(document: Document) -> list[Claim]:
    """Roman numerals behind a trigger word or at the head of a line; those of quarters are times and not told here."""
    found = [Claim(*match.span(1), "ordinal") for match in _ROMAN_TRIGGER.finditer(document.lower)]
    found += [Claim(*match.span(1), "list_number") for match in _ROMAN_HEAD.finditer(document.text)]
    return sorted(found, key=lambda claim: claim.start)
