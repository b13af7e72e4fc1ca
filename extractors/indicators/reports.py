"""What observations are derived from: one bulletin with its figures, as stored and as corrected by people."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from extractors.indicators.places import Resolve


@dataclass(frozen=True, slots=True, kw_only=True)
class Reported:
    """A figure with what stands around it; ``part_of`` is an index into the list it stands in.

    ``corrected`` names the fields that a person changed.
    """

    id: str
    start: int
    end: int
    quote: str
    kind: str
    value: Decimal
    denominator: Decimal | None
    unit: str | None
    relation: str
    status: str
    approx: str
    subject: str | None
    scope: str | None
    period: tuple[date, date] | None
    sentence_start: int
    part_of: int | None = None
    corrected: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One text: its title, its figures, the area of its source and the day it was published.

    ``implied`` are the plans that arithmetic gives, pairs: index of the figure that was reached, the whole number that
    must have been planned. ``dropped`` are places of numbers that a person took out.
    """

    title: str
    text: str
    area: str
    published: date
    figures: Sequence[Reported]
    implied: Sequence[tuple[int, Decimal]] = ()
    resolve: Resolve | None = None
    dropped: frozenset[tuple[int, int]] = frozenset()
