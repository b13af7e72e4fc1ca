"""Commas that join: kinds of areas, people in a row, and words that are one term ("quốc phòng, an ninh")."""

from __future__ import annotations

from extractors.subjects.frame import Frame
from extractors.subjects.lexicon import phrases

_OF = frozenset(("của", "các", "cho", "với", "những", "mọi", "giữa"))
#: a longer row is a list of its own
_MEMBERS = 6


def joins(frame: Frame, comma: int) -> bool:
    """Whether the comma at ``comma`` joins the words around it into one phrase."""
    return _term(frame, comma) or _kinds_of_areas(frame, comma) or _people(frame, comma)


def one_term(frame: Frame, comma: int) -> bool:
    """Whether the words around the comma are one term of the language ("khám, chữa bệnh", "phòng, chống")."""
    return _term(frame, comma)


def _term(frame: Frame, comma: int) -> bool:
    words, pair = frame.words, phrases("one_term")
    return any(pair.at(words, comma - left, min(len(words), comma + 4)) > left for left in (1, 2, 3) if comma >= left)


def _kinds_of_areas(frame: Frame, comma: int) -> bool:
    """Whether a comma parts bare kinds of areas ("các tỉnh, thành phố", "xã, phường, thị trấn")."""
    words = frame.words
    size = phrases("district").at(words, comma + 1, len(words))
    if not size or not phrases("district").ending(words, max(0, comma - 2), comma):
        return False
    behind = comma + 1 + size
    return behind >= len(words) or not frame.capital(behind)


def _people(frame: Frame, comma: int) -> bool:
    """Whether people or bodies stand in a row behind a preposition ("của người dân, doanh nghiệp đối với ...")."""
    words, person = frame.words, phrases("person")
    for _ in range(_MEMBERS):
        size = person.ending(words, max(0, comma - 4), comma)
        at = comma - size - 1
        if not size or at < 0 or not person.at(words, comma + 1, len(words)):
            return False
        if words[at] != ",":
            return words[at] in _OF
        comma = at
    return False
