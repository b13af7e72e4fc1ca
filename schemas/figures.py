"""A figure: a number that a text states, and what it says about the world.

The fields and their closed lists are those of the labelling guidelines: a figure stands at ``text[start:end]``
(Python ``str`` offsets into the canonical text), numbers are ``Decimal``, periods are inclusive dates.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Literal, get_args

Kind = Literal["count", "ratio", "percent", "money", "measure", "duration", "rank"]
Relation = Literal["level", "change", "relative", "share"]
Basis = Literal["plan", "same_period", "earlier", "other"]
Direction = Literal["up", "down"]
Status = Literal["actual", "ongoing", "planned"]
Approx = Literal["exact", "about", "over", "under", "at_least", "at_most"]

KINDS: tuple[str, ...] = get_args(Kind)
RELATIONS: tuple[str, ...] = get_args(Relation)
BASES: tuple[str, ...] = get_args(Basis)
DIRECTIONS: tuple[str, ...] = get_args(Direction)
STATUSES: tuple[str, ...] = get_args(Status)
APPROXES: tuple[str, ...] = get_args(Approx)


@dataclass(frozen=True, slots=True)
class Period:
    """Days from ``start`` to ``end``, both included."""

    start: date
    end: date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"a period ends on or after its start, found {self.start}/{self.end}")

    def __str__(self) -> str:
        """``YYYY-MM-DD/YYYY-MM-DD``, the form of the extraction contract."""
        return f"{self.start.isoformat()}/{self.end.isoformat()}"


@dataclass(frozen=True, slots=True)
class Figure:
    """One number read from a text. ``part_of`` and ``about`` are indices into the list the figure stands in."""

    start: int
    end: int
    quote: str
    kind: Kind
    value: Decimal
    unit: str | None
    rule: str
    denominator: Decimal | None = None
    value_max: Decimal | None = None
    relation: Relation = "level"
    basis: Basis | None = None
    other_bases: tuple[Basis, ...] = ()
    direction: Direction | None = None
    status: Status = "actual"
    approx: Approx = "exact"
    subject: str | None = None
    scope: str | None = None
    period: Period | None = None
    part_of: int | None = None
    about: int | None = None
    #: field name -> the words of the text (or the rule) that decided it
    evidence: dict[str, str] = field(default_factory=dict)

    def to_contract(self) -> dict[str, Any]:
        """The figure as the extraction contract writes it (JSON types only; decimals as plain strings)."""
        return {
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "kind": self.kind,
            "value": plain(self.value),
            "denominator": plain(self.denominator),
            "value_max": plain(self.value_max),
            "unit": self.unit,
            "relation": self.relation,
            "basis": self.basis,
            "other_bases": list(self.other_bases),
            "direction": self.direction,
            "status": self.status,
            "approx": self.approx,
            "subject": self.subject,
            "scope": self.scope,
            "period": str(self.period) if self.period else None,
            "part_of": self.part_of,
            "about": self.about,
            "rule": self.rule,
            "evidence": dict(self.evidence),
        }


def plain(number: Decimal | None) -> str | None:
    """A decimal as plain digits, without exponent and without trailing zeros after the point.

    >>> plain(Decimal("92.30")), plain(Decimal("2.5E+9")), plain(None)
    ('92.3', '2500000000', None)
    """
    if number is None:
        return None
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
