"""A mention: the working record of a figure while the stages fill in its fields, one field or two a stage."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from schemas.figures import Approx, Basis, Direction, Figure, Kind, Period, Relation, Status


@dataclass(slots=True)
class Mention:
    """Offsets are into the canonical text.

    ``start``/``end`` span the number. ``unit_start``/``unit_end`` span the unit's words where they are written beside
    it (equal when elided). ``lead`` is where the whole expression starts, approximator and verb of change included
    ("tăng hơn 27%" -> at "tăng"), ``tail`` where it ends, basis words included ("27% so với kế hoạch" -> after it).
    """

    start: int
    end: int
    kind: Kind
    value: Decimal
    rule: str
    denominator: Decimal | None = None
    value_max: Decimal | None = None
    unit: str | None = None
    unit_start: int = -1
    unit_end: int = -1
    lead: int = -1
    tail: int = -1
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
    evidence: dict[str, str] = field(default_factory=dict)

    def freeze(self, text: str) -> Figure:
        """The figure that this mention became, its quote cut from ``text``."""
        return Figure(
            start=self.start,
            end=self.end,
            quote=text[self.start : self.end],
            kind=self.kind,
            value=self.value,
            unit=self.unit,
            rule=self.rule,
            denominator=self.denominator,
            value_max=self.value_max,
            relation=self.relation,
            basis=self.basis,
            other_bases=self.other_bases,
            direction=self.direction,
            status=self.status,
            approx=self.approx,
            subject=self.subject,
            scope=self.scope,
            period=self.period,
            part_of=self.part_of,
            about=self.about,
            evidence=dict(self.evidence),
        )
