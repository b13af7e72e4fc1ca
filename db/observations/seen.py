"""What bulletins say of one indicator in one district, as the checks see it: read once, places beside their totals."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from sqlite_utils import Database

from db.observations.wording import amount


def below(column: str) -> str:
    """The condition that an area is ``:root`` or below it, as a range that an index can be searched for.

    >>> below("a")
    "a >= :root AND a < :root || '/' AND (a = :root OR substr(a, 1, length(:root) + 1) = :root || '.')"
    """
    return (
        f"{column} >= :root AND {column} < :root || '/'"  # the sign after the dot
        f" AND ({column} = :root OR substr({column}, 1, length(:root) + 1) = :root || '.')"
    )


_SQL = f"""
SELECT o.id, o.series_id, o.ref_area, o.scope, o.freq, o.time_period, o.period_start, o.period_end, o.obs_value_text,
  o.unit_measure, o.conflicting, o.document_id, o.valid_from, i.nature, i.name, b.title, o.superseded_by, o.score
FROM observations_history o JOIN indicators i ON i.code = o.indicator JOIN bulletins b ON b.id = o.bulletin_id
WHERE o.indicator = :indicator AND {below("o.ref_area")}
  AND o.obs_status = 'A' AND o.detail = '' AND o.era <> 'across' AND i.generated = 0
  AND (o.comparable_since IS NULL OR o.comparable_since <= o.period_start)
ORDER BY o.period_end, o.valid_from, o.id
"""


@dataclass(frozen=True, slots=True)
class Seen:
    """An observation that may be held against others."""

    id: str
    series: str
    area: str
    scope: str
    freq: str
    period: str
    start: date
    end: date
    value: Decimal
    unit: str
    conflicting: int
    document: str
    known: str
    nature: str
    name: str
    title: str
    score: float

    def said(self) -> str:
        """The value with its unit and the bulletin that states it."""
        return f"bản tin “{self.title}” ghi {amount(self.value, self.unit)}"


def root_of(area: str) -> str:
    """The area below which observations are compared: the district of a ward.

    >>> root_of("99.quan-hai-linh.lach-sen"), root_of("99.quan-hai-linh")
    ('99.quan-hai-linh', '99.quan-hai-linh')
    """
    return ".".join(area.split(".")[:2])


def read_seen(db: Database, indicator: str, root: str) -> list[Seen]:
    """The last word of every bulletin on every fact."""
    rows = db.conn.execute(_SQL, {"indicator": indicator, "root": root}).fetchall()
    documents = {row[0]: row[11] for row in rows}
    made = []
    for row in rows:
        if row[16] is not None and documents.get(row[16]) == row[11]:
            continue  # the bulletin itself was revised
        first, last = date.fromisoformat(row[6]), date.fromisoformat(row[7])
        fields: tuple[Any, ...] = (*row[:6], first, last, Decimal(row[8]), *row[9:16], row[17])
        made.append(Seen(*fields))
    return made


class Places:
    """What each bulletin says of the places right under one area in one period, and the totals that are stated."""

    def __init__(self, seen: list[Seen]) -> None:
        self._below: defaultdict[tuple[str, str, str], list[Seen]] = defaultdict(list)
        self._stated: defaultdict[tuple[str, str], set[Decimal]] = defaultdict(set)
        for one in seen:
            self._stated[one.area, one.period].add(one.value)
            if not one.scope:
                self._below[one.document, one.period, one.area.rpartition(".")[0]].append(one)

    def below(self, document: str, period: str, area: str) -> list[Seen]:
        """The places of a bulletin that lie right under an area."""
        return self._below.get((document, period, area), [])

    def fit_total(self, one: Seen) -> bool:
        """Whether the places of the same bulletin, this one among them, add up to a total that is stated."""
        parent = one.area.rpartition(".")[0]
        places = self.below(one.document, one.period, parent)
        total = sum((other.value for other in places), Decimal(0))
        return len(places) > 2 and total in self._stated.get((parent, one.period), ())
