"""Parts and their total."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal


@dataclass(frozen=True, slots=True)
class Sum:
    """What the parts make together; ``remainder`` is what the total leaves over, below 0 where they exceed it."""

    verdict: Literal["holds", "fails"]
    made: Decimal
    remainder: Decimal


def compare_sum(parts: Sequence[Decimal], total: Decimal) -> Sum:
    """Do the parts, said to be all, make the total?

    >>> parts = [Decimal(297), Decimal(3)]
    >>> compare_sum(parts, Decimal(300)).verdict, compare_sum(parts, Decimal(310)).verdict
    ('holds', 'fails')
    """
    made = sum(parts, Decimal(0))
    return Sum("holds" if made == total else "fails", made, total - made)


def compare_partial_sum(parts: Sequence[Decimal], total: Decimal) -> Sum:
    """Do the parts, said to be some, stay within the total? The remainder is what was not said.

    >>> compare_partial_sum([Decimal(11), Decimal(18)], Decimal(40))
    Sum(verdict='holds', made=Decimal('29'), remainder=Decimal('11'))
    """
    made = sum(parts, Decimal(0))
    return Sum("holds" if made <= total else "fails", made, total - made)
