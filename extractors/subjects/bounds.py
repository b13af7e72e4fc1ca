"""Where the clause that ends at a word begins."""

from __future__ import annotations

from extractors.subjects.frame import FIGURE, Frame
from extractors.subjects.pairs import joins

_REACH = 60


def boundary(frame: Frame, floor: int, stop: int) -> int:
    """Where the clause that ends at ``stop`` begins: after the last comma, bracket, stop or figure."""
    depth = 0
    floor = max(floor, stop - _REACH)
    for at in range(stop - 1, floor - 1, -1):
        word = frame.words[at]
        if frame.quoted[at]:
            continue
        if word == ")" and _enumerates(frame, at):
            return at + 1
        if word == ")":
            depth += 1
        elif word == "(":
            if not depth:
                return at + 1
            depth -= 1
        elif not depth and (frame.stops(at) or word in (",", FIGURE, '"', "“", "”")):
            if word == "," and joins(frame, at):
                continue
            return at + 1
    return floor


def _enumerates(frame: Frame, close: int) -> bool:
    """Whether the bracket closes the letter or number of a list entry ("a) Mức đóng ...; b) Mức hưởng ...")."""
    words = frame.words
    letter = words[close - 1] if close else ""
    if not ((letter.isdigit() and len(letter) < 3) or (letter.isalpha() and len(letter) == 1)):
        return False
    return close == 1 or frame.stops(close - 2) or words[close - 2] == ","
