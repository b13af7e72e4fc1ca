"""What a scan finds."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

Form = Literal["digits", "words", "ratio", "range", "fraction"]


@dataclass(slots=True)
class Number:
    """A number in a text. ``start``/``end`` include magnitude words, and both ends of a ratio or range.

    ``atoms`` are the spans of the digit tokens or word phrases it is made of. ``value`` is None where digits are no
    number ("1.2.3"). ``token`` is the (first) digit token or word phrase, ``first_end`` where the first number of a
    ratio or range ends.
    """

    start: int
    end: int
    form: Form
    value: Decimal | None
    value_max: Decimal | None = None
    denominator: Decimal | None = None
    magnitude: bool = False
    atoms: tuple[tuple[int, int], ...] = ()
    token: str = ""
    first_end: int = 0
