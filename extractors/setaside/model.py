"""What a recogniser is given (a number in its place) and what it answers (a reason, made into a claim)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from extractors.numerals import Number
from extractors.text.document import Document
from extractors.units import UnitReading, read_unit
from schemas.ledger import Reason


@dataclass(frozen=True, slots=True)
class Claim:
    """Why what stands at ``start``..``end`` is no figure."""

    start: int
    end: int
    reason: Reason


@dataclass(frozen=True, slots=True)
class Place:
    """A number where it stands; slices are cut off at the ends of the text."""

    document: Document
    number: Number

    def left(self, width: int) -> str:
        """The lower-case characters before the number."""
        start = self.number.start
        return self.document.lower[max(0, start - width) : start]

    def right(self, width: int) -> str:
        """The lower-case characters behind the number."""
        end = self.number.end
        return self.document.lower[end : end + width]

    def raw_left(self, width: int) -> str:
        """The characters before the number as written."""
        start = self.number.start
        return self.document.text[max(0, start - width) : start]

    def raw_right(self, width: int) -> str:
        """The characters behind the number as written."""
        end = self.number.end
        return self.document.text[end : end + width]

    def unit(self) -> UnitReading | None:
        """The unit of the lexicon behind the number."""
        return read_unit(self.document.lower, self.number.end, magnitude=self.number.magnitude, guess=False)

    def names_a_place(self, unit: UnitReading) -> bool:
        """ "thôn 3 xã Nam Bình", "giai đoạn 1 nhiệm kỳ 2016": the noun behind begins the name of a place, a time."""
        behind = self.document.text[unit.end : unit.end + 3].lstrip(" \u00a0")
        if unit.kind == "duration" and behind[:1].isdigit():
            return True
        return unit.text in _PLACES and len(behind) < 3 and behind[:1].isupper()


#: says why a number in its place is no figure, or None
Recogniser = Callable[[Place], Reason | None]

_PLACES = frozenset({"xã", "phường", "quận", "huyện", "thị trấn", "thị xã", "tỉnh", "thành phố", "thôn", "ấp"})
